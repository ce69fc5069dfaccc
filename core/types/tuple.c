/* tuple.c: see tuple.h. The empty tuple is one immortal object. What programs call by name,
 * and iterators, are in tuple_methods.c. */
#include "core/types/tuple.h"
#include "core/object/arguments.h"
#include "core/object/iterate.h"
#include "core/object/operations.h"
#include "core/types/class.h"
#include "core/types/heir.h"
#include "core/types/int.h"
#include "core/types/list.h"
#include "core/types/sequence.h"
#include "core/types/slice.h"
#include "core/types/str.h"
#include <string.h>

static Object *empty;

static Tuple *tuple_alloc_of(Type *type, size_t size) {
    if (size > (PTRDIFF_MAX - sizeof(Tuple)) / sizeof(Object *))
        return (Tuple *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    size_t bytes = sizeof(Tuple) + size * sizeof(Object *);
    Tuple *tuple = (Tuple *)heir_or_native_new(type, MEMORY_CONTAINER, bytes);
    if (tuple) tuple->size = size;
    return tuple;
}

static Tuple *tuple_alloc(size_t size) { return tuple_alloc_of(&types[GILT_TUPLE], size); }

bool tuple_start(void) {
    empty = (Object *)tuple_alloc(0);
    if (empty) object_immortalise(empty);
    return empty;
}

GiltObject *gilt_tuple_new(GiltObject *const *items, size_t count) {
    if (!count) return empty;
    Tuple *tuple = tuple_alloc(count);
    if (!tuple) return NULL;
    for (size_t i = 0; i < count; i++) tuple->items[i] = incref(items[i]);
    return &tuple->head;
}

Tuple *tuple_make(size_t size) {
    if (!size) return (Tuple *)empty;
    Tuple *tuple = tuple_alloc(size);
    for (size_t i = 0; tuple && i < size; i++) tuple->items[i] = NULL;
    return tuple;
}

Object *tuple_of_own(Object *const *items, size_t count) {
    Tuple *tuple = count ? tuple_alloc(count) : (Tuple *)empty;
    for (size_t i = 0; i < count; i++) {
        if (likely(tuple))
            tuple->items[i] = items[i];
        else
            decref(items[i]);
    }
    return (Object *)tuple;
}

/* Made with room for what the list holds now; if it has another size when the lock is
 * taken, once more. */
Object *tuple_from_list(Object *o) {
    List *list = (List *)o;
    for (;;) {
        size_t size = gilt_list_size(o);
        Tuple *tuple = tuple_make(size);
        if (!tuple || !size) return (Object *)tuple;
        object_lock(o);
        bool same = list_size(list) == size;
        for (size_t i = 0; same && i < size; i++)
            tuple->items[i] = incref(object_of(slot_peek(&list_array(list)->slots[i])));
        object_unlock(o);
        if (same) return &tuple->head;
        decref(&tuple->head);
    }
}

/* The arguments are for tuple(), not for __init__. */
static Object *tuple_make_from(Type *type, Object *const *arguments, size_t count,
                               Object *names) {
    if (type_is_heir(type) && names && gilt_tuple_size(names) && count) names = NULL;
    if (!arguments_plain("tuple", count, names, 0, 1)) return NULL;
    Tuple *items = (Tuple *)(count ? tuple_of(arguments[0]) : empty);
    if (!items || !type_is_heir(type)) return (Object *)items;
    Tuple *tuple = tuple_alloc_of(type, items->size);
    for (size_t i = 0; tuple && i < items->size; i++)
        tuple->items[i] = incref(items->items[i]);
    decref(&items->head);
    return (Object *)tuple;
}

size_t gilt_tuple_size(GiltObject *o) { return ((Tuple *)o)->size; }

GiltObject *gilt_tuple_get(GiltObject *o, ssize_t index) {
    Tuple *tuple = (Tuple *)o;
    if (!index_within(&index, tuple->size))
        return gilt_raise(GILT_INDEX_ERROR, "tuple index out of range");
    return incref(tuple->items[index]);
}

static size_t tuple_bytes(const Object *o) {
    return sizeof(Tuple) + ((const Tuple *)o)->size * sizeof(Object *);
}

static void tuple_destroy(Object *o) {
    Tuple *tuple = (Tuple *)o;
    for (size_t i = tuple->size; i-- > 0;) decref_maybe(tuple->items[i]);
}

/* A Slot is as good as a pointer when nobody else writes it. */
static unsigned tuple_spans(const Object *o, Span *spans) {
    const Tuple *tuple = (const Tuple *)o;
    spans[0] = (Span){(const Slot *)tuple->items, tuple->size, sizeof *tuple->items};
    return 1;
}

/* xxHash's way (Collet, 2012) of mixing the items' hashes, with the same constants as
 * CPython, so that hashes of tuples of numbers are the same. */
static bool tuple_hash(Object *o, int64_t *hash) {
    const uint64_t first = UINT64_C(11400714785074694791);
    const uint64_t second = UINT64_C(14029467366897019727);
    const uint64_t fifth = UINT64_C(2870177450012600261);
    Tuple *tuple = (Tuple *)o;
    uint64_t sum = fifth;
    for (size_t i = 0; i < tuple->size; i++) {
        Object *item = tuple->items[i];
        int64_t one;
        if (is_type(item, GILT_INT) && !int_is_big(item) && is_own_hash(int_small(item)))
            one = int_small(item);
        else if (!gilt_hash(item, &one))
            return false;
        sum += (uint64_t)one * second;
        sum = (sum << 31 | sum >> 33) * first;
    }
    sum += tuple->size ^ (fifth ^ UINT64_C(3527539));
    *hash = sum == UINT64_MAX ? 1546275796 : (int64_t)sum;
    return true;
}

/* The first index at which two tuples differ, or the shorter one's size. -1: an exception.
 */
static ssize_t first_difference(Tuple *left, Tuple *right) {
    size_t size = left->size < right->size ? left->size : right->size;
    for (size_t i = 0; i < size; i++) {
        int same = same_items(left->items[i], right->items[i]);
        if (same != 1) return same < 0 ? -1 : (ssize_t)i;
    }
    return (ssize_t)size;
}

static int tuple_equal(Object *a, Object *b) {
    if (!is_kind(b, GILT_TUPLE)) return 2;
    Tuple *left = (Tuple *)a, *right = (Tuple *)b;
    if (left->size != right->size) return 0;
    ssize_t at = first_difference(left, right);
    return at < 0 ? -1 : (size_t)at == left->size;
}

static inline bool both_reach(Tuple *left, Tuple *right, ssize_t at) {
    return (size_t)at < left->size && (size_t)at < right->size;
}

static int tuple_less(Object *a, Object *b) {
    if (!is_kind(b, GILT_TUPLE)) return 2;
    Tuple *left = (Tuple *)a, *right = (Tuple *)b;
    ssize_t at = first_difference(left, right);
    if (at < 0) return -1;
    if (both_reach(left, right, at)) return gilt_less(left->items[at], right->items[at]);
    return left->size < right->size;
}

static Object *tuple_compare(Comparison op, Object *a, Object *b) {
    if (!is_kind(b, GILT_TUPLE)) return NOT_IMPLEMENTED;
    Tuple *left = (Tuple *)a, *right = (Tuple *)b;
    ssize_t at = first_difference(left, right);
    if (at < 0) return NULL;
    if (both_reach(left, right, at))
        return object_compare(op, left->items[at], right->items[at]);
    return sizes_compare(op, left->size, right->size);
}

static Object *tuple_item(Object *o, size_t i) {
    Tuple *tuple = (Tuple *)o;
    return i < tuple->size ? incref(tuple->items[i]) : NULL;
}

static bool append_items(StrBuilder *text, Object *container,
                         Object *(*item)(Object *, size_t)) {
    Object *one;
    for (size_t i = 0; (one = item(container, i)); i++) {
        Object *shown = gilt_repr(one);
        decref(one);
        if (!shown) return false;
        if (i) builder_append_utf8(text, ", ");
        builder_append_str(text, shown);
        decref(shown);
    }
    return true;
}

Object *sequence_repr(Object *container, const char *open, const char *close,
                      Object *(*item)(Object *container, size_t i)) {
    int entered = repr_enter(container);
    if (entered <= 0) return entered < 0 ? NULL : gilt_str_format("%s...%s", open, close);
    StrBuilder text;
    builder_init(&text);
    builder_append_utf8(&text, open);
    bool complete = append_items(&text, container, item);
    builder_append_utf8(&text, close);
    repr_leave(container);
    if (complete) return builder_finish(&text);
    builder_abandon(&text);
    return NULL;
}

static Object *tuple_repr(Object *o) {
    return sequence_repr(o, "(", ((Tuple *)o)->size == 1 ? ",)" : ")", tuple_item);
}

static ssize_t tuple_length(Object *o) { return (ssize_t)((Tuple *)o)->size; }

Object *tuple_copy_slice(Object *o, const SliceNumbers *numbers) {
    Tuple *tuple = (Tuple *)o;
    ssize_t start, step = numbers->step;
    size_t count = slice_adjust(numbers, tuple->size, &start);
    if (count == tuple->size && step == 1 && is_type(o, GILT_TUPLE)) return incref(o);
    Tuple *part = count ? tuple_alloc(count) : (Tuple *)empty;
    for (size_t i = 0; part && i < count; i++)
        part->items[i] = incref(tuple->items[start + (ssize_t)i * step]);
    return (Object *)part;
}

static Object *tuple_get_item(Object *o, Object *key) {
    ssize_t index;
    SliceNumbers numbers;
    if (key->type == TYPE_SLICE)
        return slice_numbers(key, &numbers) ? tuple_copy_slice(o, &numbers) : NULL;
    return index_key(key, "tuple", &index) ? gilt_tuple_get(o, index) : NULL;
}

static int tuple_contains(Object *o, Object *item) {
    Tuple *tuple = (Tuple *)o;
    int found = 0;
    for (size_t i = 0; i < tuple->size && !found; i++)
        found = same_items(tuple->items[i], item);
    return found;
}

/* An exact tuple may stand for one like it. */
static Object *tuple_concat(Tuple *a, Tuple *b) {
    if (!a->size && is_type(&b->head, GILT_TUPLE)) return incref(&b->head);
    if (!b->size && is_type(&a->head, GILT_TUPLE)) return incref(&a->head);
    if (!(a->size + b->size)) return empty;
    Tuple *sum = tuple_alloc(a->size + b->size);
    if (!sum) return NULL;
    for (size_t i = 0; i < a->size; i++) sum->items[i] = incref(a->items[i]);
    for (size_t i = 0; i < b->size; i++) sum->items[a->size + i] = incref(b->items[i]);
    return &sum->head;
}

static Object *tuple_repeat(Tuple *tuple, Object *times) {
    size_t size, from = 0;
    if (!sequence_product(times, tuple->size, &size)) return NULL;
    if (size == tuple->size && is_type(&tuple->head, GILT_TUPLE))
        return incref(&tuple->head);
    if (!size) return empty;
    Tuple *product = tuple_alloc(size);
    if (!product) return NULL;
    for (size_t i = 0; i < size; i++) {
        product->items[i] = incref(tuple->items[from]);
        if (++from == tuple->size) from = 0;
    }
    return &product->head;
}

static Object *tuple_operate(Operator op, Object *a, Object *b) {
    bool left = is_kind(a, GILT_TUPLE), right = is_kind(b, GILT_TUPLE);
    if (op == OP_ADD && left)
        return right ? tuple_concat((Tuple *)a, (Tuple *)b) : NOT_IMPLEMENTED;
    if (op != OP_MULTIPLY) return NOT_IMPLEMENTED;
    Object *times = left ? b : a;
    if (!sequence_is_times(times, left ? SPECIAL_RMULTIPLY : SPECIAL_MULTIPLY))
        return NOT_IMPLEMENTED;
    return tuple_repeat((Tuple *)(left ? a : b), times);
}

const TypeOps tuple_ops = {
    .kind = MEMORY_CONTAINER,
    .bytes = tuple_bytes,
    .spans = tuple_spans,
    .destroy = tuple_destroy,
    .hash = tuple_hash,
    .equal = tuple_equal,
    .less = tuple_less,
    .compare = tuple_compare,
    .repr = tuple_repr,
    .length = tuple_length,
    .get_item = tuple_get_item,
    .contains = tuple_contains,
    .operate = tuple_operate,
    .refuse = sequence_refuse,
    .iterate = tuple_iterate,
    .make = tuple_make_from,
    .methods = tuple_methods,
};
