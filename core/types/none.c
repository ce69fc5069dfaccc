/* none.c: the type of None: one immortal object, made by none_start, equal only to itself
 * and false. */
#include "core/types/none.h"
#include "core/types/singletons.h"

static Object *none;

bool none_start(void) {
    none = object_new(GILT_NONE, MEMORY_LEAF, sizeof *none);
    if (none) object_immortalise(none);
    return none != NULL;
}

Object *gilt_none(void) { return none; }

static size_t none_bytes(const Object *o) {
    (void)o;
    return sizeof(Object);
}

/* Any number does; this one is CPython's since 3.12. */
static bool none_hash(Object *o, int64_t *hash) {
    (void)o;
    *hash = INT64_C(0xfca86420);
    return true;
}

static int none_equal(Object *a, Object *b) { return a == b ? 1 : 2; }

static int none_truth(Object *o) {
    (void)o;
    return 0;
}

static Object *none_repr(Object *o) {
    (void)o;
    return gilt_str_from("None");
}

static Object *none_make(Type *type, Object *const *arguments, size_t count,
                         Object *names) {
    (void)type, (void)arguments;
    return singleton_made(none, "NoneType", count, names);
}

const TypeOps none_ops = {
    .kind = MEMORY_LEAF,
    .bytes = none_bytes,
    .hash = none_hash,
    .equal = none_equal,
    .truth = none_truth,
    .repr = none_repr,
    .make = none_make,
};
