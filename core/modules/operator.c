/* operator.c: the module operator: operators as functions. What makes functions (itemgetter
 * and its like) is in operator_getters.c. */
#include "core/modules/operator.h"
#include "core/modules/module.h"
#include "core/object/iterate.h"
#include "core/object/operations.h"
#include "core/types/class.h"
#include "core/types/sequence.h"
#include "core/types/slice.h"
#include <stdio.h>
#include <string.h>

#define FUNCTION(name)                                                                     \
    static Object *name(Object *module, Object *const *arguments, size_t count)
#define UNUSED (void)module, (void)count

/* Each row: the name, its special method's, the operator. */
#define BINARY(X)                                                                          \
    X(add, OP_ADD)                                                                         \
    X(sub, OP_SUBTRACT)                                                                    \
    X(mul, OP_MULTIPLY)                                                                    \
    X(truediv, OP_DIVIDE)                                                                  \
    X(floordiv, OP_FLOOR)                                                                  \
    X(mod, OP_REMAINDER)                                                                   \
    X(pow, OP_POWER)                                                                       \
    X(matmul, OP_MATRIX_MULTIPLY)                                                          \
    X(lshift, OP_SHIFT_LEFT)                                                               \
    X(rshift, OP_SHIFT_RIGHT)                                                              \
    X(xor, OP_XOR)                                                                         \
    X(and, OP_AND)                                                                         \
    X(or, OP_OR)
#define COMPARISONS(X)                                                                     \
    X(lt, COMPARE_LESS)                                                                    \
    X(le, COMPARE_LESS_EQUAL)                                                              \
    X(eq, COMPARE_EQUAL)                                                                   \
    X(ne, COMPARE_UNEQUAL)                                                                 \
    X(gt, COMPARE_GREATER)                                                                 \
    X(ge, COMPARE_GREATER_EQUAL)
#define UNARIES(X)                                                                         \
    X(neg, UNARY_NEGATIVE)                                                                 \
    X(pos, UNARY_POSITIVE)                                                                 \
    X(invert, UNARY_INVERT)                                                                \
    X(abs, UNARY_ABSOLUTE)

#define X(name, op)                                                                        \
    FUNCTION(do_##name) {                                                                  \
        UNUSED;                                                                            \
        return object_operate(op, arguments[0], arguments[1]);                             \
    }                                                                                      \
    FUNCTION(do_i##name) {                                                                 \
        UNUSED;                                                                            \
        return object_update(op, arguments[0], arguments[1]);                              \
    }
BINARY(X)
#undef X

#define X(name, op)                                                                        \
    FUNCTION(do_##name) {                                                                  \
        UNUSED;                                                                            \
        return object_compare(op, arguments[0], arguments[1]);                             \
    }
COMPARISONS(X)
#undef X

#define X(name, op)                                                                        \
    FUNCTION(do_##name) {                                                                  \
        UNUSED;                                                                            \
        return object_unary(op, arguments[0]);                                             \
    }
UNARIES(X)
#undef X

/* ---- truth and identity ---- */

static Object *answer(int truth) { return truth < 0 ? NULL : gilt_bool(truth); }

FUNCTION(do_truth) {
    UNUSED;
    return answer(gilt_true(arguments[0]));
}

FUNCTION(do_not) {
    UNUSED;
    int truth = gilt_true(arguments[0]);
    return answer(truth < 0 ? truth : !truth);
}

FUNCTION(do_is) {
    UNUSED;
    return gilt_bool(arguments[0] == arguments[1]);
}

FUNCTION(do_is_not) {
    UNUSED;
    return gilt_bool(arguments[0] != arguments[1]);
}

/* ---- items ---- */

FUNCTION(do_getitem) {
    UNUSED;
    return object_get_item(arguments[0], arguments[1]);
}

FUNCTION(do_setitem) {
    UNUSED;
    return gilt_set_item(arguments[0], arguments[1], arguments[2]) ? gilt_none() : NULL;
}

FUNCTION(do_delitem) {
    UNUSED;
    return gilt_del_item(arguments[0], arguments[1]) ? gilt_none() : NULL;
}

FUNCTION(do_contains) {
    UNUSED;
    return answer(gilt_contains(arguments[0], arguments[1]));
}

/* What countOf and indexOf have seen. */
typedef struct Search {
    Object *wanted;
    int64_t seen, count;
    bool first; /* end at the first that is the same */
} Search;

static bool search_step(Object *item, void *data) {
    Search *search = data;
    int same = same_items(item, search->wanted);
    search->count += same > 0;
    if (same < 0 || (same && search->first)) return false;
    search->seen++;
    return true;
}

/* false: an exception. */
static bool search(Object *o, Search *search) {
    if (iterate_each(o, search_step, search)) return true;
    return !gilt_error();
}

FUNCTION(do_count_of) {
    UNUSED;
    Search all = {.wanted = arguments[1]};
    return search(arguments[0], &all) ? gilt_int(all.count) : NULL;
}

FUNCTION(do_index_of) {
    UNUSED;
    Search one = {.wanted = arguments[1], .first = true};
    if (!search(arguments[0], &one)) return NULL;
    if (one.count) return gilt_int(one.seen);
    return gilt_raise(GILT_VALUE_ERROR, "sequence.index(x): x not in sequence");
}

static bool can_be_concatenated(Object *o) {
    return type_is_program(type_of(o)) ? class_has_special(type_of(o), SPECIAL_GETITEM)
                                       : type_of(o)->ops->get_item != NULL;
}

static Object *concat(Object *(*add)(Operator, Object *, Object *),
                      Object *const *arguments) {
    if (can_be_concatenated(arguments[0])) return add(OP_ADD, arguments[0], arguments[1]);
    return gilt_raise(GILT_TYPE_ERROR, "'%s' object can't be concatenated",
                      type_of(arguments[0])->name);
}

FUNCTION(do_concat) {
    UNUSED;
    return concat(object_operate, arguments);
}

FUNCTION(do_iconcat) {
    UNUSED;
    return concat(object_update, arguments);
}

FUNCTION(do_length_hint) {
    UNUSED;
    ssize_t otherwise = 0;
    if (!index_argument(arguments[1], &otherwise)) return NULL;
    size_t hint = (size_t)otherwise;
    return iterate_ask_hint(arguments[0], &hint) ? gilt_int((int64_t)hint) : NULL;
}

FUNCTION(do_index) {
    UNUSED;
    return index_object(arguments[0]);
}

FUNCTION(do_call) {
    UNUSED;
    Object *more = arguments[1];
    return operator_call(arguments[0], arguments + 2, count - 2, more);
}

/* ---- the module ---- */

/* The functions whose names are words of the language have a '_' behind them. */
static const Native functions[] = {
#define X(name, op) {#name "(a, b, /)", do_##name},
    COMPARISONS(X)
#undef X
#define X(name, op) {#name "(a, /)", do_##name},
        UNARIES(X)
#undef X
            {"add(a, b, /)", do_add},
    {"sub(a, b, /)", do_sub},
    {"mul(a, b, /)", do_mul},
    {"truediv(a, b, /)", do_truediv},
    {"floordiv(a, b, /)", do_floordiv},
    {"mod(a, b, /)", do_mod},
    {"pow(a, b, /)", do_pow},
    {"matmul(a, b, /)", do_matmul},
    {"lshift(a, b, /)", do_lshift},
    {"rshift(a, b, /)", do_rshift},
    {"xor(a, b, /)", do_xor},
    {"and_(a, b, /)", do_and},
    {"or_(a, b, /)", do_or},
#define X(name, op) {"i" #name "(a, b, /)", do_i##name},
    BINARY(X)
#undef X
        {"truth(a, /)", do_truth},
    {"not_(a, /)", do_not},
    {"is_(a, b, /)", do_is},
    {"is_not(a, b, /)", do_is_not},
    {"inv(a, /)", do_invert},
    {"index(a, /)", do_index},
    {"getitem(a, b, /)", do_getitem},
    {"setitem(a, b, c, /)", do_setitem},
    {"delitem(a, b, /)", do_delitem},
    {"contains(a, b, /)", do_contains},
    {"countOf(a, b, /)", do_count_of},
    {"indexOf(a, b, /)", do_index_of},
    {"concat(a, b, /)", do_concat},
    {"iconcat(a, b, /)", do_iconcat},
    {"length_hint(obj, default=, /)", do_length_hint},
    {"call(obj, /, *args, **kwargs)", do_call},
    {0},
};

/* operator.__add__ is operator.add, and so on. */
static const char *const doubled[] = {
#define X(name, op) #name,
    COMPARISONS(X) UNARIES(X)
#undef X
#define X(name, op) "i" #name,
        BINARY(X)
#undef X
            "add",
    "sub",
    "mul",
    "truediv",
    "floordiv",
    "mod",
    "pow",
    "matmul",
    "lshift",
    "rshift",
    "xor",
    "and_",
    "or_",
    "not_",
    "inv",
    "index",
    "getitem",
    "setitem",
    "delitem",
    "contains",
    "concat",
    "iconcat",
    "call",
};

static bool add_double(Object *module, const char *text) {
    char name[24];
    size_t length = strlen(text) - (text[strlen(text) - 1] == '_');
    snprintf(name, sizeof name, "__%.*s__", (int)length, text);
    Object *key = gilt_intern(text);
    Object *function = key ? gilt_dict_get(module_dict(module), key) : NULL;
    return function && module_put(module, name, function);
}

static bool fill(Object *module) {
    for (size_t i = 0; i < sizeof doubled / sizeof *doubled; i++)
        if (!add_double(module, doubled[i])) return false;
    return operator_add_getters(module);
}

const ModuleSpec operator_module = {"operator", functions, fill};
