/* operations.c: dispatch to what the type of an object can do.
 *
 * The rules are Python's: an operation asks the left operand's type, then the right one's;
 * equality between types that do not know each other is identity. Comparing and printing
 * recurse as deep as the objects do, up to a limit that is an exception. */
#include "core/object/operations.h"
#include "core/threads/thread.h"
#include "core/types/float.h"
#include "core/types/int.h"
#include "core/types/str.h"

#define DEPTH_MAX 500 /* of nested comparisons, reprs and calls on one thread, together */

static _Thread_local unsigned depth;

static bool deeper(const char *what) {
    if (depth < DEPTH_MAX) {
        depth++;
        return true;
    }
    gilt_raise(GILT_RECURSION_ERROR, "maximum recursion depth exceeded %s", what);
    return false;
}

/* ---- printing ---- */

static _Thread_local Object *printing[DEPTH_MAX];
static _Thread_local unsigned printing_depth;

int repr_enter(Object *container) {
    for (unsigned i = 0; i < printing_depth; i++)
        if (printing[i] == container) return 0;
    if (!deeper("while getting the repr of an object")) return -1;
    printing[printing_depth++] = container;
    return 1;
}

void repr_leave(Object *container) {
    if (!printing_depth || printing[printing_depth - 1] != container)
        die("repr_leave: not the container that was entered last");
    printing_depth--;
    depth--;
}

GiltObject *gilt_repr(GiltObject *o) {
    const TypeOps *ops = type_of(o)->ops;
    if (ops->repr) return ops->repr(o);
    return gilt_str_format("<%s object at %p>", type_of(o)->name, (void *)o);
}

GiltObject *gilt_str(GiltObject *o) {
    const TypeOps *ops = type_of(o)->ops;
    return ops->str ? ops->str(o) : gilt_repr(o);
}

/* ---- comparing ---- */

bool gilt_hash(GiltObject *o, int64_t *hash) {
    const TypeOps *ops = type_of(o)->ops;
    if (ops->hash) {
        if (!deeper("while hashing an object")) return false;
        bool well = ops->hash(o, hash);
        depth--;
        return well;
    }
    gilt_raise(GILT_TYPE_ERROR, "unhashable type: '%s'", type_of(o)->name);
    return false;
}

static int ask(int (*compare)(Object *, Object *), Object *a, Object *b) {
    if (!compare) return 2;
    if (!deeper("in comparison")) return -1;
    int answer = compare(a, b);
    depth--;
    return answer;
}

int gilt_equal(GiltObject *a, GiltObject *b) {
    if (a == b && !is_type(a, GILT_FLOAT)) return 1;
    int answer = ask(type_of(a)->ops->equal, a, b);
    if (answer == 2) answer = ask(type_of(b)->ops->equal, b, a);
    return answer == 2 ? a == b : answer;
}

int gilt_less(GiltObject *a, GiltObject *b) {
    int answer = ask(type_of(a)->ops->less, a, b);
    if (answer != 2) return answer;
    gilt_raise(GILT_TYPE_ERROR, "'<' not supported between instances of '%s' and '%s'",
               type_of(a)->name, type_of(b)->name);
    return -1;
}

int gilt_true(GiltObject *o) {
    const TypeOps *ops = type_of(o)->ops;
    if (ops->truth) return ops->truth(o);
    if (!ops->length) return 1;
    ssize_t length = ops->length(o);
    return length < 0 ? -1 : length > 0;
}

/* ---- items ---- */

static const char *name_of(Object *o) { return type_of(o)->name; }

ssize_t gilt_len(GiltObject *o) {
    const TypeOps *ops = type_of(o)->ops;
    if (ops->length) return ops->length(o);
    gilt_raise(GILT_TYPE_ERROR, "object of type '%s' has no len()", name_of(o));
    return -1;
}

GiltObject *gilt_get_item(GiltObject *o, GiltObject *key) {
    const TypeOps *ops = type_of(o)->ops;
    if (ops->get_item) return ops->get_item(o, key);
    return gilt_raise(GILT_TYPE_ERROR, "'%s' object is not subscriptable", name_of(o));
}

bool gilt_set_item(GiltObject *o, GiltObject *key, GiltObject *value) {
    const TypeOps *ops = type_of(o)->ops;
    if (ops->set_item) return ops->set_item(o, key, value);
    return gilt_raise(GILT_TYPE_ERROR, "'%s' object does not support item assignment",
                      name_of(o));
}

bool gilt_del_item(GiltObject *o, GiltObject *key) {
    const TypeOps *ops = type_of(o)->ops;
    if (ops->set_item) return ops->set_item(o, key, NULL);
    return gilt_raise(GILT_TYPE_ERROR, "'%s' object doesn't support item deletion",
                      name_of(o));
}

int gilt_contains(GiltObject *o, GiltObject *item) {
    const TypeOps *ops = type_of(o)->ops;
    if (ops->contains) return ops->contains(o, item);
    gilt_raise(GILT_TYPE_ERROR, "argument of type '%s' is not iterable", name_of(o));
    return -1;
}

bool index_value(Object *key, const char *what, ssize_t *index) {
    int64_t value;
    if (!is_type(key, GILT_INT) && !is_type(key, GILT_BOOL)) {
        gilt_raise(GILT_TYPE_ERROR, "%s indices must be integers, not '%s'", what,
                   name_of(key));
        return false;
    }
    if (!gilt_int_value(key, &value)) {
        gilt_raise(GILT_INDEX_ERROR, "cannot fit 'int' into an index-sized integer");
        return false;
    }
    *index = value;
    return true;
}

void slice_within(ssize_t *from, ssize_t *to, size_t size) {
    ssize_t end = (ssize_t)size;
    if (*from < 0) *from = *from + end < 0 ? 0 : *from + end;
    if (*to < 0) *to = *to + end < 0 ? 0 : *to + end;
    if (*from > end) *from = end;
    if (*to > end) *to = end;
    if (*to < *from) *to = *from;
}

/* ---- arithmetic ---- */

static const char *const symbols[] = {"+", "-", "*", "/", "//", "%"};

static Object *operate(Operator op, Object *a, Object *b) {
    const TypeOps *left = type_of(a)->ops, *right = type_of(b)->ops;
    Object *result = left->operate ? left->operate(op, a, b) : NOT_IMPLEMENTED;
    if (likely(result != NOT_IMPLEMENTED)) return result;
    if (right != left && right->operate) result = right->operate(op, a, b);
    if (result != NOT_IMPLEMENTED) return result;
    return gilt_raise(GILT_TYPE_ERROR, "unsupported operand type(s) for %s: '%s' and '%s'",
                      symbols[op], name_of(a), name_of(b));
}

GiltObject *gilt_add(GiltObject *a, GiltObject *b) { return operate(OP_ADD, a, b); }
GiltObject *gilt_subtract(GiltObject *a, GiltObject *b) {
    return operate(OP_SUBTRACT, a, b);
}
GiltObject *gilt_multiply(GiltObject *a, GiltObject *b) {
    return operate(OP_MULTIPLY, a, b);
}
GiltObject *gilt_divide(GiltObject *a, GiltObject *b) { return operate(OP_DIVIDE, a, b); }
GiltObject *gilt_floor_divide(GiltObject *a, GiltObject *b) {
    return operate(OP_FLOOR, a, b);
}
GiltObject *gilt_remainder(GiltObject *a, GiltObject *b) {
    return operate(OP_REMAINDER, a, b);
}

GiltObject *gilt_negative(GiltObject *a) {
    if (is_type(a, GILT_FLOAT)) return float_negative(a);
    if (is_type(a, GILT_INT) || is_type(a, GILT_BOOL)) return int_negative(a);
    return gilt_raise(GILT_TYPE_ERROR, "bad operand type for unary -: '%s'", name_of(a));
}

/* ---- calls ---- */

GiltObject *gilt_call(GiltObject *callable, GiltObject *const *arguments, size_t count) {
    const TypeOps *ops = type_of(callable)->ops;
    if (!ops->call)
        return gilt_raise(GILT_TYPE_ERROR, "'%s' object is not callable",
                          name_of(callable));
    if (!deeper("while calling an object")) return NULL;
    Object *result = ops->call(callable, arguments, count);
    depth--;
    return result;
}
