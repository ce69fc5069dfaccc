/* range.c: see range.h; range_big.c has what big numbers need, range_iterator.c walks. */
#include "core/types/range.h"
#include "core/object/arguments.h"
#include "core/object/iterate.h"
#include "core/types/int.h"
#include "core/types/sequence.h"
#include "core/types/slice.h"
#include "core/types/str.h"
#include "core/types/tuple.h"

static inline Range *range_of(Object *o) { return (Range *)o; }

/* ---- making ---- */

Object *range_new_small(int64_t start, int64_t stop, int64_t step) {
    Range *range = (Range *)object_new(TYPE_RANGE, MEMORY_LEAF, sizeof *range);
    if (!range) return NULL;
    range->small = true;
    range->start.small = start;
    range->stop.small = stop;
    range->step.small = step;
    return &range->head;
}

/* A small number; false: it is not. */
static inline bool small_number(const Object *o, int64_t *number) {
    if (!is_type(o, GILT_INT) || int_is_big(o)) return false;
    *number = int_small(o);
    return range_fits(*number);
}

/* Of ints. */
static Object *range_of_ints(Object *start, Object *stop, Object *step) {
    int64_t numbers[3];
    if (!small_number(start, &numbers[0]) || !small_number(stop, &numbers[1]) ||
        !small_number(step, &numbers[2]))
        return range_new(start, stop, step);
    if (numbers[2]) return range_new_small(numbers[0], numbers[1], numbers[2]);
    return gilt_raise(GILT_VALUE_ERROR, "range() arg 3 must not be zero");
}

static Object *make_general(Object *const *arguments, size_t count) {
    Object *zero = gilt_int(0), *one = gilt_int(1), *ints[3] = {zero, zero, one},
           *made = NULL;
    size_t first = count == 1, found = first;
    for (size_t i = 0; i < count; i++, found++)
        if (!(ints[found] = index_object(arguments[i]))) goto done;
    made = range_of_ints(ints[0], ints[1], ints[2]);
done:
    while (found-- > first) decref(ints[found]);
    return made;
}

static Object *range_make(Type *type, Object *const *arguments, size_t count,
                          Object *names) {
    (void)type;
    int64_t start = 0, stop;
    if (!arguments_plain("range", count, names, 1, 3)) return NULL;
    if (count == 1 && small_number(arguments[0], &stop)) return range_new_small(0, stop, 1);
    if (count == 2 && small_number(arguments[0], &start) &&
        small_number(arguments[1], &stop))
        return range_new_small(start, stop, 1);
    return make_general(arguments, count);
}

/* ---- asking ---- */

static size_t range_bytes(const Object *o) { return (void)o, sizeof(Range); }

static void range_destroy(Object *o) {
    Range *range = range_of(o);
    if (range->small) return;
    decref_maybe(range->start.big);
    decref_maybe(range->stop.big);
    decref_maybe(range->step.big);
}

static ssize_t range_size(Object *o) {
    if (likely(range_of(o)->small)) return (ssize_t)range_length(range_of(o));
    ssize_t size;
    Object *length = range_big_length(o);
    bool well = length && index_argument(length, &size);
    decref_maybe(length);
    return well ? size : -1;
}

static int range_truth(Object *o) {
    if (likely(range_of(o)->small)) return range_length(range_of(o)) != 0;
    Object *length = range_big_length(o);
    int truth = length ? gilt_true(length) : -1;
    decref_maybe(length);
    return truth;
}

/* Its ends are where the ends of the slice lead. */
static Object *small_slice(Range *range, Object *slice) {
    SliceNumbers numbers;
    ssize_t from, to;
    int64_t by = range->step.small, first = range->start.small, step;
    if (!slice_numbers(slice, &numbers)) return NULL;
    size_t length = range_length(range);
    slice_adjust(&numbers, length, &from);
    numbers.start = numbers.stop;
    slice_adjust(&numbers, length, &to);
    int64_t start = range_at(first, by, (size_t)from),
            stop = range_at(first, by, (size_t)to);
    if (__builtin_mul_overflow(by, numbers.step, &step) || !range_fits(step) ||
        !range_fits(start) || !range_fits(stop))
        return range_big_slice(&range->head, slice);
    return range_new_small(start, stop, step);
}

static Object *range_get_item(Object *o, Object *key) {
    Range *range = range_of(o);
    ssize_t index;
    if (key->type == TYPE_SLICE)
        return range->small ? small_slice(range, key) : range_big_slice(o, key);
    if (!index_has(key)) return index_key(key, "range", &index), NULL;
    if (!range->small || !is_type(key, GILT_INT) || int_is_big(key))
        return range_big_get(o, key);
    size_t length = range_length(range);
    index = int_small(key);
    if (index < 0) index += (ssize_t)length;
    if (index < 0 || (size_t)index >= length)
        return gilt_raise(GILT_INDEX_ERROR, "range object index out of range");
    return gilt_int(range_at(range->start.small, range->step.small, (size_t)index));
}

/* The index of a number, or -1. */
static ssize_t small_find(const Range *range, int64_t number) {
    if (!range_fits(number)) return -1;
    int64_t distance = number - range->start.small, step = range->step.small;
    if (distance % step) return -1;
    int64_t index = distance / step;
    return index >= 0 && (size_t)index < range_length(range) ? index : -1;
}

static bool is_whole(const Object *o) {
    return is_type(o, GILT_INT) || is_type(o, GILT_BOOL);
}

/* Other types may be equal to an item in their own way: each is asked. */
typedef struct Search {
    Object *item;
    int64_t index, found, count;
} Search;

static bool search_first(Object *item, void *data) {
    Search *search = data;
    int same = same_items(item, search->item);
    if (same < 0) return false;
    if (same) search->found = search->index;
    search->index++;
    return !same;
}

static bool search_all(Object *item, void *data) {
    Search *search = data;
    int same = same_items(item, search->item);
    search->count += same;
    return same >= 0;
}

static int range_contains(Object *o, Object *item) {
    if (!is_whole(item)) {
        Search search = {.item = item, .found = -1};
        iterate_each(o, search_first, &search);
        return gilt_error() ? -1 : search.found >= 0;
    }
    if (!range_of(o)->small) return range_big_contains(o, item);
    return !int_is_big(item) && small_find(range_of(o), int_small(item)) >= 0;
}

static int range_equal(Object *a, Object *b) {
    if (b->type != TYPE_RANGE) return 2;
    Range *left = range_of(a), *right = range_of(b);
    if (!left->small || !right->small) return range_big_equal(a, b);
    size_t length = range_length(left);
    if (length != range_length(right)) return 0;
    if (length && left->start.small != right->start.small) return 0;
    return length < 2 || left->step.small == right->step.small;
}

/* As CPython: that of the tuple (length, start, step), with None where it does not matter.
 */
static bool range_hash(Object *o, int64_t *hash) {
    Object *none = gilt_none(), *parts[3] = {range_big_length(o), none, none};
    Object *one = gilt_int(1), *tuple = NULL;
    if (!parts[0]) return false;
    bool many = int_compare(parts[0], one) > 0, some = gilt_true(parts[0]);
    if (some) parts[1] = range_part(o, 0);
    if (many) parts[2] = range_part(o, 2);
    if (parts[1] && parts[2]) tuple = gilt_tuple_new(parts, 3);
    bool well = tuple && gilt_hash(tuple, hash);
    decref_maybe(tuple);
    for (size_t i = 0; i < 3; i++) decref_maybe(parts[i]);
    return well;
}

static Object *range_repr(Object *o) {
    StrBuilder text;
    Object *step = range_part(o, 2), *one = gilt_int(1);
    if (!step) return NULL;
    unsigned parts = int_compare(step, one) ? 3 : 2;
    decref(step);
    builder_init(&text);
    builder_append_utf8(&text, "range(");
    for (unsigned i = 0; i < parts; i++) {
        Object *part = range_part(o, i);
        if (i) builder_append_utf8(&text, ", ");
        bool well = part && builder_append_repr(&text, part);
        decref_maybe(part);
        if (!well) return builder_abandon(&text), NULL;
    }
    builder_append_utf8(&text, ")");
    return builder_finish(&text);
}

/* ---- methods ---- */

static Object *method_count(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    if (is_whole(arguments[0])) {
        int there = range_contains(self, arguments[0]);
        return there < 0 ? NULL : gilt_int(there);
    }
    Search search = {.item = arguments[0]};
    iterate_each(self, search_all, &search);
    return gilt_error() ? NULL : gilt_int(search.count);
}

static Object *method_index(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Object *item = arguments[0];
    if (is_whole(item)) {
        int there = range_contains(self, item);
        if (there <= 0) return there ? NULL : sequence_has_not("range", item);
        if (!range_of(self)->small) return range_big_find(self, item);
        return gilt_int(small_find(range_of(self), int_small(item)));
    }
    Search search = {.item = item, .found = -1};
    iterate_each(self, search_first, &search);
    if (gilt_error()) return NULL;
    if (search.found >= 0) return gilt_int(search.found);
    return gilt_raise(GILT_VALUE_ERROR, "sequence.index(x): x not in sequence");
}

static Object *method_reversed(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return range_reversed(self);
}

static Object *get_start(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return range_part(self, 0);
}

static Object *get_stop(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return range_part(self, 1);
}

static Object *get_step(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return range_part(self, 2);
}

static const Native range_methods[] = {
    {"count(value, /)", method_count},
    {"index(value, /)", method_index},
    {"__reversed__()", method_reversed},
    {"get start", get_start},
    {"get stop", get_stop},
    {"get step", get_step},
    {0},
};

const TypeOps range_ops = {
    .kind = MEMORY_LEAF,
    .bytes = range_bytes,
    .destroy = range_destroy,
    .hash = range_hash,
    .equal = range_equal,
    .truth = range_truth,
    .repr = range_repr,
    .length = range_size,
    .get_item = range_get_item,
    .contains = range_contains,
    .iterate = range_iterate,
    .make = range_make,
    .methods = range_methods,
};
