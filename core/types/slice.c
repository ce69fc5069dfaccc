/* slice.c: see slice.h. A slice is compared and hashed as the tuple of its three parts. */
#include "core/types/slice.h"
#include "core/object/builtin.h"
#include "core/object/native.h"
#include "core/object/operations.h"
#include "core/types/class.h"
#include "core/types/int.h"
#include "core/types/tuple.h"

/* ---- indices ---- */

bool index_has(Object *o) {
    if (is_kind(o, GILT_INT)) return true;
    Object *method = class_special(type_of(o), SPECIAL_INDEX);
    decref_maybe(method);
    return method;
}

/* Of an int, a bool or an heir of int. */
static Object *plain_int(Object *o) {
    if (likely(is_type(o, GILT_INT))) return incref(o);
    if (!int_is_big(o)) return gilt_int(int_small(o));
    return int_big_operate(OP_ADD, o, gilt_int(0));
}

Object *index_object(Object *o) {
    if (likely(is_kind(o, GILT_INT))) return plain_int(o);
    Object *method = class_special(type_of(o), SPECIAL_INDEX);
    if (!method)
        return gilt_raise(GILT_TYPE_ERROR,
                          "'%s' object cannot be interpreted as an integer",
                          type_of(o)->name);
    Object *index = class_call(method, o, NULL, 0);
    if (!index || is_type(index, GILT_INT)) return index;
    Object *plain = NULL;
    if (is_kind(index, GILT_INT))
        plain = plain_int(index);
    else
        gilt_raise(GILT_TYPE_ERROR, "__index__ returned non-int (type %s)",
                   type_of(index)->name);
    return decref(index), plain;
}

/* `o` is an int: false if it had to be cut. */
static bool cut(Object *o, ssize_t *value) {
    bool big = int_is_big(o);
    *value = !big                            ? int_small(o)
             : ((const BigInt *)o)->size < 0 ? -PTRDIFF_MAX - 1
                                             : PTRDIFF_MAX;
    return !big;
}

bool index_number(Object *o, GiltType overflow, ssize_t *value) {
    if (likely(is_type(o, GILT_INT) && !int_is_big(o))) return *value = int_small(o), true;
    Object *index = index_object(o);
    if (!index) return false;
    bool fits = cut(index, value);
    decref(index);
    if (fits || overflow == INDEX_CUT) return true;
    return gilt_raise(overflow, "cannot fit '%s' into an index-sized integer",
                      type_of(o)->name);
}

bool index_argument(Object *o, ssize_t *value) {
    if (!o) return true;
    Object *index = index_object(o);
    if (!index) return false;
    bool fits = cut(index, value);
    decref(index);
    return fits ||
           gilt_raise(GILT_OVERFLOW_ERROR, "Python int too large to convert to C ssize_t");
}

bool int_argument(Object *o, ssize_t *value) {
    Object *index = o ? index_object(o) : NULL;
    if (!index) return !o;
    bool fits = cut(index, value) && *value >= INT_MIN && *value <= INT_MAX;
    decref(index);
    return fits ||
           gilt_raise(GILT_OVERFLOW_ERROR, "Python int too large to convert to C int");
}

bool index_key(Object *key, const char *what, ssize_t *value) {
    if (likely(is_type(key, GILT_INT) && !int_is_big(key)))
        return *value = int_small(key), true;
    if (index_has(key)) return index_number(key, GILT_INDEX_ERROR, value);
    return gilt_raise(GILT_TYPE_ERROR, "%s indices must be integers or slices, not %s",
                      what, type_of(key)->name);
}

bool slice_end(Object *o, ssize_t *value) {
    if (!o) return true;
    if (index_has(o)) return index_number(o, INDEX_CUT, value);
    return gilt_raise(GILT_TYPE_ERROR,
                      "slice indices must be integers or have an __index__ method");
}

bool slice_ends(Object *const ends[2], ssize_t *from, ssize_t *to) {
    *from = 0;
    *to = PTRDIFF_MAX;
    return slice_end(ends[0], from) && slice_end(ends[1], to);
}

/* ---- what a slice means ---- */

static bool part(Object *o, ssize_t *value) {
    if (is_type(o, GILT_NONE)) return true;
    if (index_has(o)) return index_number(o, INDEX_CUT, value);
    return gilt_raise(GILT_TYPE_ERROR,
                      "slice indices must be integers or None or have an __index__ method");
}

static bool zero_step(void) {
    return gilt_raise(GILT_VALUE_ERROR, "slice step cannot be zero");
}

SliceNumbers slice_whole(ssize_t step) {
    bool down = step < 0;
    if (step < -PTRDIFF_MAX) step = -PTRDIFF_MAX; /* so that -step fits */
    return (SliceNumbers){down ? PTRDIFF_MAX : 0, down ? -PTRDIFF_MAX - 1 : PTRDIFF_MAX,
                          step};
}

bool slice_numbers(Object *o, SliceNumbers *numbers) {
    Slice *slice = (Slice *)o;
    ssize_t step = 1;
    if (!part(slice->step, &step)) return false;
    if (!step) return zero_step();
    *numbers = slice_whole(step);
    return part(slice->start, &numbers->start) && part(slice->stop, &numbers->stop);
}

/* An end as an index: from 0 to size, or from -1 to size - 1 when going down. */
static ssize_t within(ssize_t end, ssize_t size, bool down) {
    if (end < 0) {
        end += size;
        return end < 0 ? -down : end;
    }
    return end >= size ? size - down : end;
}

size_t slice_adjust(const SliceNumbers *numbers, size_t size, ssize_t *start) {
    bool down = numbers->step < 0;
    size_t step = (size_t)(down ? -numbers->step : numbers->step);
    ssize_t first = within(numbers->start, (ssize_t)size, down);
    ssize_t stop = within(numbers->stop, (ssize_t)size, down);
    ssize_t span = down ? first - stop : stop - first;
    *start = first;
    return span <= 0 ? 0 : (size_t)(span - 1) / step + 1;
}

/* ---- slice.indices(): in Python's ints, of any size ---- */

/* A number on the way: consumes `o`; a negative one gets `size` added, and what is still
 * below `low` or above `high` becomes that. */
static Object *end_within(Object *o, Object *size, Object *low, Object *high) {
    Object *zero = gilt_int(0);
    if (o && int_compare(o, zero) < 0) {
        Object *sum = gilt_add(o, size);
        decref(o);
        o = sum;
    }
    Object *bound = !o                         ? NULL
                    : int_compare(o, low) < 0  ? low
                    : int_compare(o, high) > 0 ? high
                                               : NULL;
    if (!bound) return o;
    decref(o);
    return incref(bound);
}

static Object *part_object(Object *o) {
    if (index_has(o)) return index_object(o);
    part(o, NULL); /* raises */
    return NULL;
}

static Object *indices_of(Slice *slice, Object *size, Object *step) {
    Object *zero = gilt_int(0), *one = gilt_int(1), *parts[3] = {NULL, NULL, step};
    bool down = int_compare(step, zero) < 0, none;
    Object *low = down ? gilt_int(-1) : gilt_int(0);
    Object *high = down ? gilt_subtract(size, one) : incref(size), *tuple = NULL;
    if (!high) return NULL;
    none = is_type(slice->start, GILT_NONE);
    parts[0] = none ? incref(down ? high : low)
                    : end_within(part_object(slice->start), size, low, high);
    none = is_type(slice->stop, GILT_NONE);
    if (parts[0])
        parts[1] = none ? incref(down ? low : high)
                        : end_within(part_object(slice->stop), size, low, high);
    if (parts[1]) tuple = gilt_tuple_new(parts, 3);
    decref_maybe(parts[0]);
    decref_maybe(parts[1]);
    decref(high);
    return tuple;
}

Object *slice_indices(Object *o, Object *size) {
    Slice *slice = (Slice *)o;
    Object *zero = gilt_int(0), *tuple = NULL;
    Object *step = is_type(slice->step, GILT_NONE) ? gilt_int(1) : part_object(slice->step);
    if (!step) return NULL;
    if (!int_compare(step, zero))
        zero_step();
    else
        tuple = indices_of(slice, size, step);
    decref(step);
    return tuple;
}

static Object *method_indices(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Object *zero = gilt_int(0), *size = index_object(arguments[0]), *tuple = NULL;
    if (size && int_compare(size, zero) < 0)
        gilt_raise(GILT_VALUE_ERROR, "length should not be negative");
    else if (size)
        tuple = slice_indices(self, size);
    decref_maybe(size);
    return tuple;
}

/* ---- as an object ---- */

Object *slice_new(Object *start, Object *stop, Object *step) {
    Slice *slice = (Slice *)object_new(TYPE_SLICE, MEMORY_CONTAINER, sizeof *slice);
    if (!slice) return NULL;
    slice->start = incref(start ? start : gilt_none());
    slice->stop = incref(stop ? stop : gilt_none());
    slice->step = incref(step ? step : gilt_none());
    return &slice->head;
}

static Object *slice_make(Type *type, Object *const *arguments, size_t count,
                          Object *names) {
    (void)type;
    if (names && gilt_tuple_size(names))
        return gilt_raise(GILT_TYPE_ERROR, "slice() takes no keyword arguments");
    if (!count || count > 3)
        return gilt_raise(GILT_TYPE_ERROR, "slice expected at %s, got %zu",
                          count ? "most 3 arguments" : "least 1 argument", count);
    if (count == 1) return slice_new(NULL, arguments[0], NULL);
    return slice_new(arguments[0], arguments[1], count == 3 ? arguments[2] : NULL);
}

static size_t slice_bytes(const Object *o) { return (void)o, sizeof(Slice); }

/* A Slot is as good as a pointer when nobody else writes it. */
static unsigned slice_spans(const Object *o, Span *spans) {
    spans[0] = (Span){(const Slot *)&((const Slice *)o)->start, 3, sizeof(Slot)};
    return 1;
}

static void slice_destroy(Object *o) {
    Slice *slice = (Slice *)o;
    decref_maybe(slice->start);
    decref_maybe(slice->stop);
    decref_maybe(slice->step);
}

static Object *as_tuple(Object *o) { return gilt_tuple_new(&((Slice *)o)->start, 3); }

static bool slice_hash(Object *o, int64_t *hash) {
    Object *tuple = as_tuple(o);
    bool well = tuple && gilt_hash(tuple, hash);
    decref_maybe(tuple);
    return well;
}

/* Is it another slice? As tuples then. */
static int as_tuples(int (*compare)(Object *, Object *), Object *a, Object *b) {
    if (b->type != TYPE_SLICE) return 2;
    Object *left = as_tuple(a), *right = left ? as_tuple(b) : NULL;
    int answer = right ? compare(left, right) : -1;
    decref_maybe(left);
    decref_maybe(right);
    return answer;
}

static int slice_equal(Object *a, Object *b) { return as_tuples(gilt_equal, a, b); }
static int slice_less(Object *a, Object *b) { return as_tuples(gilt_less, a, b); }

static Object *slice_part(Object *o, size_t i) {
    Slice *slice = (Slice *)o;
    Object *parts[] = {slice->start, slice->stop, slice->step};
    return i < 3 ? incref(parts[i]) : NULL;
}

static Object *slice_repr(Object *o) { return sequence_repr(o, "slice(", ")", slice_part); }

static Object *get_start(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(((Slice *)self)->start);
}

static Object *get_stop(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(((Slice *)self)->stop);
}

static Object *get_step(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(((Slice *)self)->step);
}

static const Native slice_methods[] = {
    {"indices(length, /)", method_indices},
    {"get start", get_start},
    {"get stop", get_stop},
    {"get step", get_step},
    {0},
};

const TypeOps slice_ops = {
    .kind = MEMORY_CONTAINER,
    .bytes = slice_bytes,
    .spans = slice_spans,
    .destroy = slice_destroy,
    .hash = slice_hash,
    .equal = slice_equal,
    .less = slice_less,
    .repr = slice_repr,
    .make = slice_make,
    .methods = slice_methods,
};
