/* gen_names.c: variables, and which of them are bound for sure.
 *
 * Reading a local variable costs no instruction if every way to the place binds it; else a
 * CHECK comes first. `state` follows the ways: copied where they part, merged where they
 * meet: bound is what is bound on all ways that get there. */
#include "core/compiler/gen.h"
#include <stdlib.h>
#include <string.h>

Object *mangled(Gen *g, Object *name) {
    Object *result = name_mangle(g->scope->class_name, name);
    if (!result) gen_fail(g);
    return result ? result : name;
}

static bool is_own(const Symbol *symbol) {
    return symbol->assigned && !symbol->global && !symbol->nonlocal;
}

int cell_register(Gen *g, Object *name) {
    for (int i = 0; i < g->variables; i++)
        if (g->variable_names[i] == name) return i;
    return 0;
}

/* In the variables of inlined comprehensions, innermost first. */
static bool find_inlined(Gen *g, Object *name, Variable *variable) {
    for (Inlined *in = g->inlined; in; in = in->outer) {
        int reg = in->first;
        for (size_t i = 0; i < in->scope->count; i++) {
            Symbol *symbol = &in->scope->symbols[i];
            if (!is_own(symbol)) continue;
            if (symbol->name == name) {
                *variable = (Variable){REACH_LOCAL, reg, symbol};
                return true;
            }
            reg++;
        }
    }
    return false;
}

Variable variable_of(Gen *g, Object *name) {
    Variable variable = {REACH_GLOBAL, 0, NULL};
    if (find_inlined(g, name, &variable)) return variable;
    Symbol *symbol = variable.symbol = scope_find(g->scope, name);
    if (symbol)
        variable.reach = symbol->reach;
    else if (g->scope->kind == SCOPE_MODULE)
        variable.reach = REACH_NAME;
    if (variable.reach < REACH_GLOBAL) variable.reg = cell_register(g, name);
    return variable;
}

/* ---- state ---- */

static size_t state_bytes(Gen *g) { return 1 + (size_t)g->variables; }

uint8_t *state_copy(Gen *g) {
    uint8_t *copy = malloc(state_bytes(g));
    if (!copy) {
        gilt_raise(GILT_MEMORY_ERROR, NULL);
        gen_fail(g);
        return NULL;
    }
    return memcpy(copy, g->state, state_bytes(g));
}

void state_set(Gen *g, uint8_t *state) {
    if (state) memcpy(g->state, state, state_bytes(g));
    free(state);
}

uint8_t *state_merge(Gen *g, uint8_t *one, uint8_t *two) {
    if (!one || !two) return one ? one : two;
    if (one[0]) {
        free(one);
        return two;
    }
    for (size_t i = 1; i < state_bytes(g) && !two[0]; i++) one[i] &= two[i];
    free(two);
    return one;
}

void state_dead(Gen *g) { g->state[0] = 1; }

void state_forget_deleted(Gen *g) {
    for (size_t i = 0; i < g->scope->count; i++) {
        Symbol *symbol = &g->scope->symbols[i];
        if (symbol->deleted && symbol->reach == REACH_LOCAL)
            g->state[1 + cell_register(g, symbol->name)] = 0;
    }
}

void name_bound(Gen *g, Object *name) {
    Variable v = variable_of(g, name);
    if (v.reach == REACH_LOCAL && v.symbol && !v.symbol->walrus) g->state[1 + v.reg] = 1;
}

/* ---- load, store, delete ---- */

static int load_local(Gen *g, Variable v, Object *name, int target) {
    if (!g->state[1 + v.reg] && !g->state[0]) {
        emit(g, CODE_CHECK, v.reg, name_number(g, name), 0);
        if (!v.symbol->walrus) g->state[1 + v.reg] = 1;
    }
    if (target == ANY && !v.symbol->walrus) return v.reg;
    target = result_in(g, target);
    if (target != v.reg) emit(g, CODE_MOVE, target, v.reg, 0);
    return target;
}

int load_name(Gen *g, Object *name, int target) {
    name = mangled(g, name);
    Variable v = variable_of(g, name);
    if (v.reach == REACH_LOCAL) return load_local(g, v, name, target);
    int number = name_number(g, name);
    target = result_in(g, target);
    if (v.reach == REACH_GLOBAL)
        emit(g, CODE_LOAD_GLOBAL, target, number, 0);
    else if (v.reach == REACH_NAME)
        emit(g, CODE_LOAD_NAME, target, number, 0);
    else
        emit(g, g->scope->kind == SCOPE_CLASS ? CODE_LOAD_CLASS_CELL : CODE_LOAD_CELL, target,
             v.reg, number);
    return target;
}

int local_target(Gen *g, Object *name) {
    Variable v = variable_of(g, mangled(g, name));
    return v.reach == REACH_LOCAL ? v.reg : ANY;
}

void store_name(Gen *g, Object *name, int reg) {
    name = mangled(g, name);
    Variable v = variable_of(g, name);
    switch (v.reach) {
    case REACH_LOCAL:
        if (reg != v.reg) emit(g, is_temporary(g, reg) ? CODE_TAKE : CODE_MOVE, v.reg, reg, 0);
        name_bound(g, name);
        break;
    case REACH_CELL:
    case REACH_FREE:
        emit(g, CODE_STORE_CELL, v.reg, reg, 0);
        break;
    case REACH_GLOBAL:
        emit(g, CODE_STORE_GLOBAL, reg, name_number(g, name), 0);
        break;
    case REACH_NAME:
        emit(g, CODE_STORE_NAME, reg, name_number(g, name), 0);
    }
}

void delete_name(Gen *g, Object *name) {
    name = mangled(g, name);
    Variable v = variable_of(g, name);
    int number = name_number(g, name);
    switch (v.reach) {
    case REACH_LOCAL:
        emit(g, CODE_DELETE, v.reg, number, 0);
        g->state[1 + v.reg] = 0;
        break;
    case REACH_CELL:
    case REACH_FREE:
        emit(g, CODE_DELETE_CELL, v.reg, number, 0);
        break;
    case REACH_GLOBAL:
        emit(g, CODE_DELETE_GLOBAL, 0, number, 0);
        break;
    case REACH_NAME:
        emit(g, CODE_DELETE_NAME, 0, number, 0);
    }
}
