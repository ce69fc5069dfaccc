/* scopes.h: which variable each name of each scope means.
 *
 * scopes_make walks a tree once and makes a Scope for the module and for each function,
 * class, lambda and comprehension in it; then it decides for each name of each scope how the
 * variable is reached (enum Reach). The code generator visits the same nodes in the same
 * order, and takes the scopes in that order.
 *
 * A list, set or dict comprehension runs inside the scope that it stands in (`inlined`)
 * unless that is a class or something in it outlives it: its own variables are registers of
 * the surrounding code, and what it names besides is looked up there. */
#pragma once
#include "core/compiler/ast.h"

typedef enum Reach {
    REACH_LOCAL,  /* a register of the function */
    REACH_CELL,   /* a cell that the function makes, for functions inside */
    REACH_FREE,   /* a cell that comes with the function */
    REACH_GLOBAL, /* the module's dict, then the built-in names */
    REACH_NAME    /* the dict of a class or module body, then as global */
} Reach;

typedef enum ScopeKind { SCOPE_MODULE, SCOPE_FUNCTION, SCOPE_CLASS, SCOPE_COMPREHENSION } ScopeKind;

typedef struct Symbol {
    Object *name;
    bool assigned, parameter, global, nonlocal, used, deleted, walrus, annotated;
    bool passes;    /* not of this scope: only on its way to one inside */
    Node *declared; /* `global` or `nonlocal`, or NULL */
    Reach reach;
} Symbol;

typedef struct Scope {
    ScopeKind kind;
    Node *node; /* NULL: the module */
    struct Scope *parent;
    struct Scope *first, *last, *next; /* children, in order */
    Symbol *symbols;
    size_t count, room;
    bool is_generator, inlined;
    bool needs_class_cell; /* a class: a method uses super or __class__ */
    Object *class_name;    /* that private names are mangled with, or NULL */
} Scope;

/* The scopes of a tree; free with scopes_free. NULL with SyntaxError, MemoryError. */
Scope *scopes_make(const Ast *ast);
void scopes_free(Scope *scope);

/* The symbol with this (mangled) name; NULL: the scope does not know it. */
Symbol *scope_find(const Scope *scope, const Object *name);

/* The name as it is inside this class: `__x` in class C is `_C__x`. Interned. */
Object *name_mangle(Object *class_name, Object *name);
