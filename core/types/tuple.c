/* tuple.c: see tuple.h. The empty tuple is one immortal object. */
#include "core/types/tuple.h"
#include "core/object/operations.h"
#include "core/types/bytes.h"
#include "core/types/str.h"
#include <string.h>

static Object *empty;

static Tuple *tuple_alloc(size_t size) {
    if (size > (PTRDIFF_MAX - sizeof(Tuple)) / sizeof(Object *))
        return (Tuple *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    size_t bytes = sizeof(Tuple) + size * sizeof(Object *);
    Tuple *tuple = (Tuple *)object_new(GILT_TUPLE, MEMORY_CONTAINER, bytes);
    if (tuple) tuple->size = size;
    return tuple;
}

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
    for (size_t i = 0; i < tuple->size; i++) decref_maybe(tuple->items[i]);
}

/* A Slot is as good as a pointer when nobody else writes it. */
static unsigned tuple_spans(const Object *o, Span *spans) {
    const Tuple *tuple = (const Tuple *)o;
    spans[0] = (Span){(const Slot *)tuple->items, tuple->size, sizeof *tuple->items};
    return 1;
}

static bool tuple_hash(Object *o, int64_t *hash) {
    Tuple *tuple = (Tuple *)o;
    uint64_t sum = UINT64_C(0x2545F4914F6CDD1D) + tuple->size;
    for (size_t i = 0; i < tuple->size; i++) {
        int64_t one;
        if (!gilt_hash(tuple->items[i], &one)) return false;
        sum = (sum ^ (uint64_t)one) * UINT64_C(0x9E3779B97F4A7C15);
        sum ^= sum >> 29;
    }
    *hash = (int64_t)sum;
    return true;
}

static int tuple_equal(Object *a, Object *b) {
    if (!is_type(b, GILT_TUPLE)) return 2;
    Tuple *left = (Tuple *)a, *right = (Tuple *)b;
    if (left->size != right->size) return 0;
    for (size_t i = 0; i < left->size; i++) {
        int same = gilt_equal(left->items[i], right->items[i]);
        if (same != 1) return same;
    }
    return 1;
}

static int tuple_less(Object *a, Object *b) {
    if (!is_type(b, GILT_TUPLE)) return 2;
    Tuple *left = (Tuple *)a, *right = (Tuple *)b;
    for (size_t i = 0; i < left->size && i < right->size; i++) {
        int same = gilt_equal(left->items[i], right->items[i]);
        if (same < 0) return -1;
        if (!same) return gilt_less(left->items[i], right->items[i]);
    }
    return left->size < right->size;
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

static Object *tuple_get_item(Object *o, Object *key) {
    ssize_t index;
    if (!index_value(key, "tuple", &index)) return NULL;
    return gilt_tuple_get(o, index);
}

static int tuple_contains(Object *o, Object *item) {
    Tuple *tuple = (Tuple *)o;
    int found = 0;
    for (size_t i = 0; i < tuple->size && !found; i++)
        found = gilt_equal(tuple->items[i], item);
    return found;
}

static Object *tuple_concat(Tuple *a, Tuple *b) {
    if (!a->size) return incref(&b->head);
    if (!b->size) return incref(&a->head);
    Tuple *sum = tuple_alloc(a->size + b->size);
    if (!sum) return NULL;
    for (size_t i = 0; i < a->size; i++) sum->items[i] = incref(a->items[i]);
    for (size_t i = 0; i < b->size; i++) sum->items[a->size + i] = incref(b->items[i]);
    return &sum->head;
}

static Object *tuple_repeat(Tuple *tuple, Object *times) {
    size_t size;
    if (!bytes_product(times, tuple->size, PTRDIFF_MAX, &size)) return NULL;
    if (!size) return empty;
    Tuple *product = tuple_alloc(size);
    if (!product) return NULL;
    for (size_t i = 0; i < size; i++)
        product->items[i] = incref(tuple->items[i % tuple->size]);
    return &product->head;
}

static bool is_count(Object *o) { return is_type(o, GILT_INT) || is_type(o, GILT_BOOL); }

static Object *tuple_operate(Operator op, Object *a, Object *b) {
    bool left = is_type(a, GILT_TUPLE), right = is_type(b, GILT_TUPLE);
    if (op == OP_ADD && left && right) return tuple_concat((Tuple *)a, (Tuple *)b);
    if (op == OP_MULTIPLY && left && is_count(b)) return tuple_repeat((Tuple *)a, b);
    if (op == OP_MULTIPLY && right && is_count(a)) return tuple_repeat((Tuple *)b, a);
    return NOT_IMPLEMENTED;
}

const TypeOps tuple_ops = {
    .kind = MEMORY_CONTAINER,
    .bytes = tuple_bytes,
    .spans = tuple_spans,
    .destroy = tuple_destroy,
    .hash = tuple_hash,
    .equal = tuple_equal,
    .less = tuple_less,
    .repr = tuple_repr,
    .length = tuple_length,
    .get_item = tuple_get_item,
    .contains = tuple_contains,
    .operate = tuple_operate,
};
