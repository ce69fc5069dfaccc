/* scopes.c: scopes, their symbols, and how each name is reached.
 *
 * Names are interned, so they are compared by address. scope_walk.c has noted what each
 * scope does with each name. Now a function asks its surroundings for the names that it
 * does not bind: the nearest function that binds it makes it a cell, and those in between
 * pass it on. Classes are passed over, except for their own code. */
#include "core/compiler/scope_walk.h"
#include "core/compiler/syntax_error.h"
#include "core/object/error.h"
#include <stdlib.h>
#include <string.h>

/* ---- scopes and symbols ---- */

Scope *scope_new(Scope *parent, ScopeKind kind, Node *node) {
    Scope *scope = calloc(1, sizeof *scope);
    if (!scope) return (Scope *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    scope->kind = kind;
    scope->node = node;
    scope->parent = parent;
    if (parent) {
        scope->class_name = parent->class_name;
        if (parent->last)
            parent->last->next = scope;
        else
            parent->first = scope;
        parent->last = scope;
    }
    return scope;
}

void scopes_free(Scope *scope) {
    if (!scope) return;
    for (Scope *child = scope->first, *next; child; child = next) {
        next = child->next;
        scopes_free(child);
    }
    free(scope->symbols);
    free(scope);
}

Symbol *scope_find(const Scope *scope, const Object *name) {
    for (size_t i = 0; i < scope->count; i++)
        if (scope->symbols[i].name == name) return &scope->symbols[i];
    return NULL;
}

Symbol *scope_symbol(Scope *scope, Object *name) {
    Symbol *found = scope_find(scope, name);
    if (found) return found;
    if (scope->count == scope->room) {
        size_t room = scope->room ? 2 * scope->room : 8;
        Symbol *symbols = realloc(scope->symbols, room * sizeof *symbols);
        if (!symbols) return (Symbol *)gilt_raise(GILT_MEMORY_ERROR, NULL);
        scope->symbols = symbols;
        scope->room = room;
    }
    Symbol *symbol = &scope->symbols[scope->count++];
    *symbol = (Symbol){.name = name};
    return symbol;
}

Object *name_mangle(Object *class_name, Object *name) {
    if (!class_name) return name;
    size_t bytes;
    char *text = gilt_str_utf8(name, &bytes);
    if (!text) return NULL;
    bool private = bytes > 2 && !memcmp(text, "__", 2) && !strchr(text, '.') &&
                   memcmp(text + bytes - 2, "__", 2) != 0;
    Object *result = name;
    char *class_text = private ? gilt_str_utf8(class_name, NULL) : NULL;
    if (class_text) {
        const char *from = class_text + strspn(class_text, "_");
        Object *joined = *from ? gilt_str_format("_%s%s", from, text) : NULL;
        char *utf8 = joined ? gilt_str_utf8(joined, NULL) : NULL;
        if (*from) result = utf8 ? gilt_intern(utf8) : NULL;
        free(utf8);
        decref_maybe(joined);
    }
    free(class_text);
    free(text);
    return result;
}

bool scope_wrong(const Ast *ast, Place place, const char *format, Object *name) {
    char *text = name ? gilt_str_utf8(name, NULL) : NULL;
    Object *message = gilt_str_format(format, text ? text : "");
    free(text);
    syntax_error_raise_at(ast->filename, place, message);
    decref_maybe(message);
    return false;
}

/* ---- deciding ---- */

static bool binds(const Symbol *symbol) {
    return symbol->assigned && !symbol->global && !symbol->nonlocal;
}

/* Somebody inside `scope` asks for a variable of the functions around: the reach that it
 * has in `scope`; REACH_GLOBAL if no function has it. `shared`: it will be in a cell. */
static Reach reach_from(Scope *scope, Object *name, bool shared) {
    Symbol *symbol = scope_find(scope, name);
    if (scope->kind == SCOPE_MODULE) return REACH_GLOBAL;
    if (scope->kind == SCOPE_CLASS) {
        if (name == gilt_intern("__class__")) {
            scope->needs_class_cell = true;
            symbol = scope_symbol(scope, name);
            if (symbol) symbol->reach = REACH_CELL;
            return REACH_FREE;
        }
        Reach outer = reach_from(scope->parent, name, true);
        if (outer == REACH_GLOBAL) return REACH_GLOBAL;
        if (!symbol) {
            symbol = scope_symbol(scope, name);
            if (symbol) symbol->passes = true, symbol->reach = REACH_FREE;
        } else if (!binds(symbol)) {
            symbol->reach = REACH_FREE;
        } else {
            symbol->passes = true; /* its own by the dict, the other in a cell */
        }
        return REACH_FREE;
    }
    if (symbol && symbol->global) return REACH_GLOBAL;
    if (symbol && binds(symbol)) {
        if (shared && !scope->inlined) symbol->reach = REACH_CELL;
        return symbol->reach;
    }
    Reach outer = reach_from(scope->parent, name, shared || !scope->inlined);
    if (outer == REACH_GLOBAL) return REACH_GLOBAL;
    if (scope->inlined) return outer;
    if (!symbol && (symbol = scope_symbol(scope, name))) symbol->passes = true;
    if (symbol) symbol->reach = REACH_FREE;
    return REACH_FREE;
}

static bool decide_symbol(const Ast *ast, Scope *scope, size_t i) {
    Object *name = scope->symbols[i].name;
    Symbol symbol = scope->symbols[i];
    Reach reach;
    if ((symbol.passes && !binds(&symbol)) || symbol.reach == REACH_CELL ||
        symbol.reach == REACH_FREE)
        return true;
    bool dict = scope->kind == SCOPE_MODULE || scope->kind == SCOPE_CLASS;
    if (symbol.global) {
        reach = REACH_GLOBAL;
    } else if (binds(&symbol)) {
        reach = dict ? REACH_NAME : REACH_LOCAL;
    } else if (scope->kind == SCOPE_MODULE) {
        reach = REACH_NAME;
    } else {
        Reach outer = reach_from(scope->parent, name, !scope->inlined);
        bool found = outer != REACH_GLOBAL;
        if (symbol.nonlocal && !found)
            return scope_wrong(ast, symbol.declared->place,
                               "no binding for nonlocal '%s' found", name);
        reach = !found           ? (scope->kind == SCOPE_CLASS ? REACH_NAME : REACH_GLOBAL)
                : scope->inlined ? outer
                                 : REACH_FREE;
    }
    scope->symbols[i].reach = reach;
    return true;
}

static bool decide(const Ast *ast, Scope *scope) {
    for (size_t i = 0; i < scope->count; i++)
        if (!decide_symbol(ast, scope, i)) return false;
    for (Scope *child = scope->first; child; child = child->next)
        if (!decide(ast, child)) return false;
    return true;
}

Scope *scopes_make(const Ast *ast) {
    Scope *module = scope_new(NULL, SCOPE_MODULE, NULL);
    if (!module) return NULL;
    if (scope_walk(ast, module) && decide(ast, module)) return module;
    scopes_free(module);
    return NULL;
}
