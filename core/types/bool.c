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

const TypeOps bool_ops = {
    .kind = MEMORY_LEAF,
    .bytes = int_bytes,
    .hash = int_hash,
    .equal = int_equal,
    .less = int_less,
    .truth = int_truth,
    .repr = bool_repr,
    .operate = int_operate,
};
