/* scope_walk.h: what scopes.c and scope_walk.c do for each other. */
#pragma once
#include "core/compiler/scopes.h"

/* Makes the scopes inside the module's, and the symbols of all. false: SyntaxError,
 * MemoryError. */
bool scope_walk(const Ast *ast, Scope *module);

/* The last child of `parent`. MemoryError. */
Scope *scope_new(Scope *parent, ScopeKind kind, Node *node);

/* The symbol with this (mangled) name, made if there is none. MemoryError. */
Symbol *scope_symbol(Scope *scope, Object *name);

/* SyntaxError; `name`, or NULL, goes into the format. false. */
bool scope_wrong(const Ast *ast, Place place, const char *format, Object *name);
