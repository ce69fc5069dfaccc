/* bool.c: the bool type: two immortal objects, made by bool_start; there are no others, so
 * that bools may be compared by address. */
#include "core/types/bool.h"
#include "core/types/int.h"

static Object *bools[2];

bool bool_start(void) {
    for (int value = 0; value < 2; value++) {
        IntObject *o = (IntObject *)object_new(GILT_BOOL, MEMORY_LEAF, sizeof *o);
        if (!o) return false;
        o->value = value;
        object_immortalise(&o->head);
        bools[value] = &o->head;
    }
    return true;
}

Object *gilt_bool(bool value) { return bools[value]; }

static Object *bool_repr(Object *o) {
    return gilt_str_from(int_small(o) ? "True" : "False");
}

/* Of two bools, the operators on bits make bools. */
static Object *bool_operate(Operator op, Object *a, Object *b) {
    if (!is_type(a, GILT_BOOL) || !is_type(b, GILT_BOOL)) return int_operate(op, a, b);
    int64_t x = int_small(a), y = int_small(b);
    switch (op) {
    case OP_AND:
        return gilt_bool(x & y);
    case OP_OR:
        return gilt_bool(x | y);
    case OP_XOR:
        return gilt_bool(x ^ y);
    default:
        return int_operate(op, a, b);
    }
}

static Object *bool_make(Type *type, Object *const *arguments, size_t count,
                         Object *names) {
    (void)type;
    if (names) return gilt_raise(GILT_TYPE_ERROR, "bool() takes no keyword arguments");
    if (count > 1)
        return gilt_raise(GILT_TYPE_ERROR, "bool expected at most 1 argument, got %zu",
                          count);
    int truth = count ? gilt_true(arguments[0]) : 0;
    return truth < 0 ? NULL : gilt_bool(truth);
}

const TypeOps bool_ops = {
    .kind = MEMORY_LEAF,
    .bytes = int_bytes,
    .hash = int_hash,
    .equal = int_equal,
    .less = int_less,
    .compare = int_ordered,
    .truth = int_truth,
    .repr = bool_repr,
    .operate = bool_operate,
    .unary = int_unary,
    .make = bool_make,
};
