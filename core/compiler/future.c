/* future.c: see future.h. All that a feature could ask for is so anyway, but for
 * `annotations`, which makes them text. */
#include "core/compiler/future.h"
#include "core/compiler/syntax_error.h"
#include <stdlib.h>
#include <string.h>

static bool is_named(Object *name, const char *text) {
    return name && name == gilt_intern(text);
}

static bool is_future(const Node *node) {
    return node->kind == NODE_IMPORT_FROM && !node->import_from.level &&
           is_named(node->import_from.module, "__future__");
}

static bool is_text(const Node *node) {
    if (node->kind != NODE_EXPR || node->value.value->kind != NODE_CONSTANT) return false;
    return is_type(node->value.value->constant.value, GILT_STR);
}

/* How many statements at the beginning may be such imports: one text may stand first. */
static size_t beginning(const Ast *ast) {
    size_t i = ast->body.count && is_text(ast->body.items[0]);
    while (i < ast->body.count && is_future(ast->body.items[i])) i++;
    return i;
}

static bool wrong(Ast *ast, const Node *node, const char *format, const char *name) {
    Object *message = gilt_str_format(format, name);
    Place place = {node->place.line, node->place.column, node->place.line, -1};
    syntax_error_raise_at(ast->filename, place, message);
    decref_maybe(message);
    return false;
}

static bool feature_read(Ast *ast, const Node *node, const char *name) {
    static const char *const known[] = {
        "nested_scopes",  "generators",     "division",         "absolute_import",
        "with_statement", "print_function", "unicode_literals", "barry_as_FLUFL",
        "generator_stop", "annotations",
    };
    if (!strcmp(name, "braces")) return wrong(ast, node, "%s", "not a chance");
    if (!strcmp(name, "annotations")) ast->lazy_annotations = true;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(name, known[i])) return true;
    return wrong(ast, node, "future feature %s is not defined", name);
}

bool future_read(Ast *ast) {
    size_t count = beginning(ast);
    for (size_t i = 0; i < count; i++) {
        const Node *node = ast->body.items[i];
        if (!is_future(node)) continue;
        for (size_t n = 0; n < node->import_from.names.count; n++) {
            char *name =
                gilt_str_utf8(((Alias *)node->import_from.names.items[n])->name, NULL);
            bool well = name && feature_read(ast, node, name);
            free(name);
            if (!well) return false;
        }
    }
    return true;
}

bool future_is_late(const Ast *ast, const Node *node) {
    if (!is_future(node)) return false;
    size_t count = beginning(ast);
    for (size_t i = 0; i < count; i++)
        if (ast->body.items[i] == node) return false;
    return true;
}
