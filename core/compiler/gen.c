/* gen.c: from a tree to code: the frame of each piece of code.
 *
 * Variables of a function get their registers in this order: parameters (positional,
 * keyword-only, *rest, **keywords), other local variables, cells that come from outside, and
 * the variables of inlined comprehensions. */
#include "core/compiler/future.h"
#include "core/compiler/gen.h"
#include "core/object/builtin.h"
#include <stdlib.h>
#include <string.h>

Scope *scope_child(Gen *g, const Node *node) {
    Scope *scope = g->inlined ? g->inlined->scope : g->scope;
    for (Scope *child = scope->first; child; child = child->next)
        if (child->node == node) return child;
    return NULL;
}

/* ---- variables ---- */

static bool is_own(const Symbol *symbol) {
    return symbol->assigned && !symbol->global && !symbol->nonlocal;
}

static int count_inlined(const Scope *scope) {
    int count = 0;
    for (const Scope *child = scope->first; child; child = child->next) {
        if (!child->inlined) continue;
        count += count_inlined(child);
        for (size_t i = 0; i < child->count; i++) count += is_own(&child->symbols[i]);
    }
    return count;
}

static bool has_variable(Gen *g, Object *name) {
    for (int i = 0; i < g->variables; i++)
        if (g->variable_names[i] == name) return true;
    return false;
}

static void variable_add(Gen *g, Object *name) {
    if (!has_variable(g, name)) g->variable_names[g->variables++] = name;
}

static Arguments *arguments_of(const Node *node) {
    if (node && node->kind == NODE_FUNCTION_DEF) return node->function_def.args;
    return node && node->kind == NODE_LAMBDA ? node->lambda.args : NULL;
}

static void parameters_add(Gen *g, NodeList args) {
    for (size_t i = 0; i < args.count; i++)
        variable_add(g, mangled(g, ((Arg *)args.items[i])->name));
}

static void parameters(Gen *g, const Arguments *args) {
    Code *code = g->code;
    parameters_add(g, args->posonlyargs);
    code->positional_only = (uint16_t)args->posonlyargs.count;
    parameters_add(g, args->args);
    code->positional = (uint16_t)g->variables;
    parameters_add(g, args->kwonlyargs);
    code->keyword_only = (uint16_t)args->kwonlyargs.count;
    if (args->vararg) {
        variable_add(g, mangled(g, args->vararg->name));
        code->flags |= CODE_FLAG_REST;
    }
    if (args->kwarg) {
        variable_add(g, mangled(g, args->kwarg->name));
        code->flags |= CODE_FLAG_KEYWORDS;
    }
}

static bool comes_from_outside(const Gen *g, const Symbol *symbol) {
    return symbol->reach == REACH_FREE || (g->scope->kind == SCOPE_CLASS && symbol->passes);
}

static void variables_make(Gen *g) {
    Scope *scope = g->scope;
    Code *code = g->code;
    const Arguments *args = arguments_of(scope->node);
    if (args) parameters(g, args);
    if (scope->kind == SCOPE_COMPREHENSION) {
        variable_add(g, gilt_intern(".0"));
        code->positional = 1;
    }
    int given = g->variables;
    for (size_t i = 0; i < scope->count; i++)
        if (scope->symbols[i].reach <= REACH_CELL && !scope->symbols[i].passes)
            variable_add(g, scope->symbols[i].name);
    int first_cell = g->variables;
    for (size_t i = 0; i < scope->count; i++)
        if (comes_from_outside(g, &scope->symbols[i]))
            variable_add(g, scope->symbols[i].name);
    code->cell_count = (uint16_t)(g->variables - first_cell);
    code->variable_count = (uint32_t)g->variables;
    g->next_inlined = g->variables;
    for (int i = count_inlined(scope); i; i--) g->variable_names[g->variables++] = NULL;
    for (int i = 0; i < given; i++) g->state[1 + i] = 1;
    code->first_temporary = code->registers = (uint16_t)g->variables;
    g->top = g->variables;
}

/* Room for all variables that there can be. */
static size_t variables_most(const Scope *scope) {
    return scope->count + (size_t)count_inlined(scope) + 2;
}

static void cells_make(Gen *g) {
    Scope *scope = g->scope;
    Code *code = g->code;
    for (size_t i = 0; i < scope->count; i++) {
        if (scope->symbols[i].reach != REACH_CELL) continue;
        emit(g, CODE_MAKE_CELL, cell_register(g, scope->symbols[i].name), 0, 0);
    }
    if (code->cell_count)
        emit(g, CODE_COPY_CELLS, (int)code->variable_count - code->cell_count,
             code->cell_count, 0);
    bool plain =
        !code->keyword_only && !(code->flags & (CODE_FLAG_REST | CODE_FLAG_KEYWORDS));
    code->simple = plain ? code->positional : NONE;
}

/* ---- begin and end ---- */

static Object *qualified(Gen *outer, Scope *scope, Object *name) {
    if (!outer || outer->scope->kind == SCOPE_MODULE) return incref(name);
    Symbol *symbol = scope_find(outer->scope, name);
    if (symbol && symbol->global) return incref(name);
    (void)scope;
    const char *format = outer->scope->kind == SCOPE_CLASS ? "%s.%s" : "%s.<locals>.%s";
    char *before = gilt_str_utf8(outer->code->qualname, NULL);
    char *text = gilt_str_utf8(name, NULL);
    Object *result = before && text ? gilt_str_format(format, before, text) : NULL;
    free(before);
    free(text);
    return result;
}

static Code *code_new(Gen *g, Gen *outer, Object *name, int first_line) {
    Object *kept = gilt_list_new(NULL, 0);
    Object *qualname = kept ? qualified(outer, g->scope, name) : NULL;
    Code *code = qualname ? (Code *)object_new(TYPE_CODE, MEMORY_CONTAINER, sizeof *code) : NULL;
    if (!code) {
        decref_maybe(kept);
        decref_maybe(qualname);
        return NULL;
    }
    memset((char *)code + sizeof(Object), 0, sizeof *code - sizeof(Object));
    code->name = incref(name);
    code->qualname = qualname;
    code->filename = incref(g->ast->filename);
    code->kept = kept;
    code->first_line = first_line;
    return code;
}

bool gen_begin(Gen *g, Gen *outer, Scope *scope, Object *name, int first_line) {
    *g = (Gen){.outer = outer, .scope = scope, .place = {first_line, -1, first_line, -1}};
    g->ast = outer->ast;
    g->long_jumps = outer->long_jumps;
    if (!outer->code) outer = NULL; /* the module itself */
    g->outer = outer;
    g->code = code_new(g, outer, name, first_line);
    size_t most = variables_most(scope);
    g->variable_names = calloc(most, sizeof *g->variable_names);
    g->state = calloc(1, most + 1);
    g->constant_numbers = gilt_dict_new();
    g->name_numbers = gilt_dict_new();
    if (!g->code || !g->variable_names || !g->state || !g->constant_numbers ||
        !g->name_numbers) {
        gilt_raise(GILT_MEMORY_ERROR, NULL);
        return g->failed = true, false;
    }
    if (scope->kind == SCOPE_FUNCTION || scope->kind == SCOPE_COMPREHENSION)
        g->code->flags |= CODE_FLAG_FUNCTION;
    if (scope->is_generator) g->code->flags |= CODE_FLAG_GENERATOR;
    if (most > 50000) return gen_wrong(g, g->place, "too many variables");
    variables_make(g);
    if (scope->is_generator) emit(g, CODE_START_GENERATOR, 0, 0, 0);
    cells_make(g);
    return !g->failed;
}

/* The names that people see: of variables, and of the cells from outside. */
static bool names_keep(Gen *g) {
    Code *code = g->code;
    size_t bytes = code->variable_count * sizeof *code->variables;
    code->variables = malloc(bytes ? bytes : 1);
    if (!code->variables) return gilt_raise(GILT_MEMORY_ERROR, NULL), false;
    if (bytes) memcpy(code->variables, g->variable_names, bytes);
    code->cells = code->variables + code->variable_count - code->cell_count;
    return true;
}

Code *gen_end(Gen *g) {
    Code *code = g->code;
    bool short_enough = true;
    if (!g->failed && !names_keep(g)) g->failed = true;
    if (!g->failed) short_enough = gen_patch(g);
    if (!g->failed) code->registers += code->registers % 2; /* frames clear two at once */
    free(g->labels);
    free(g->fixups);
    free(g->variable_names);
    free(g->state);
    decref_maybe(g->constant_numbers);
    decref_maybe(g->name_numbers);
    if (!g->failed && short_enough) return code;
    if (!g->failed) gilt_raise(GILT_OVERFLOW_ERROR, "jump"); /* compile_tree tries again */
    if (code) decref(&code->head);
    return NULL;
}

/* ---- a whole tree ---- */

static void module_body(Gen *g, const Ast *ast) {
    if (g->mode == PARSE_EVAL) {
        Node *only = ast->body.items[0];
        emit(g, CODE_RETURN, expression(g, only->value.value, ANY), g->top, 0);
        return;
    }
    if (ast->body.count) {
        Node *first = ast->body.items[0];
        Object *doc = first->kind == NODE_EXPR ? constant_of(first->value.value) : NULL;
        if (doc && is_type(doc, GILT_STR) && g->mode == PARSE_FILE) {
            int reg = temporary(g);
            emit(g, CODE_CONSTANT, reg, constant(g, doc, false), 0);
            emit(g, CODE_STORE_NAME, reg, name_number(g, gilt_intern("__doc__")), 0);
            g->top = reg;
            g->code->doc = incref(doc);
        }
    }
    for (size_t i = 0; i < ast->body.count; i++) {
        Node *node = ast->body.items[i];
        if (node->kind == NODE_ANN_ASSIGN) {
            emit(g, CODE_SETUP_ANNOTATIONS, 0, 0, 0);
            break;
        }
    }
    statements(g, ast->body);
    emit(g, CODE_RETURN_NONE, g->top, 0, 0);
}

static Code *compile_tree(const Ast *ast, Scope *scope, ParseMode mode, bool long_jumps) {
    Gen outermost = {.ast = ast, .long_jumps = long_jumps};
    Gen g;
    Object *name = gilt_intern("<module>");
    if (!name || !gen_begin(&g, &outermost, scope, name, 1)) return gen_end(&g);
    g.mode = mode;
    module_body(&g, ast);
    return gen_end(&g);
}

Code *compile(const char *text, size_t bytes, Object *filename, ParseMode mode,
              bool *incomplete) {
    Ast *ast = parse(text, bytes, filename, mode, incomplete);
    if (!ast) return NULL;
    Scope *scope = future_read(ast) ? scopes_make(ast) : NULL;
    Code *code = scope ? compile_tree(ast, scope, mode, false) : NULL;
    if (scope && !code && gilt_error_is(GILT_OVERFLOW_ERROR)) {
        gilt_error_clear();
        code = compile_tree(ast, scope, mode, true);
    }
    scopes_free(scope);
    ast_free(ast);
    return code;
}
