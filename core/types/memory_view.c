/* memory_view.c: the type memoryview: its bytes, items, slices and comparison. See
 * memory_view.h. */
#include "core/types/memory_view.h"
#include "core/object/arguments.h"
#include "core/object/operations.h"
#include "core/types/bytearray.h"
#include "core/types/fields.h"
#include "core/types/slice.h"
#include <string.h>

static Object *base_of(MemoryView *m) { return field_get(&m->base); }

/* Is it one whose size and bytes may change? */
static bool is_array(Object *base) { return !bytes_check(base); }

/* ---- looking at bytes ---- */

static bool is_released(MemoryView *m) {
    return atomic_load_explicit(&m->released, memory_order_relaxed);
}

static bool raise_released(void) {
    return gilt_raise(GILT_VALUE_ERROR,
                      "operation forbidden on released memoryview object");
}

bool memory_view_usable(MemoryView *m) { return !is_released(m) || raise_released(); }

/* From here to look_end the bytes stay. */
static bool look_begin(MemoryView *m) {
    Object *base = base_of(m);
    if (is_array(base)) object_lock(base);
    if (likely(!is_released(m))) return true;
    if (is_array(base)) object_unlock(base);
    return raise_released();
}

static void look_end(MemoryView *m) {
    if (is_array(base_of(m))) object_unlock(base_of(m));
}

static uint8_t *place(const MemoryView *m, size_t index) {
    return m->data + (ssize_t)index * m->stride;
}

bool memory_view_read(MemoryView *m, size_t index, void *item) {
    if (!look_begin(m)) return false;
    memcpy(item, place(m, index), memory_view_unit(m));
    look_end(m);
    return true;
}

bool memory_view_write(MemoryView *m, size_t index, const void *item) {
    if (!look_begin(m)) return false;
    bytes_store(place(m, index), item, memory_view_unit(m));
    look_end(m);
    return true;
}

bool memory_view_fill(MemoryView *m, const uint8_t *items) {
    size_t unit = memory_view_unit(m);
    if (!look_begin(m)) return false;
    if (m->stride == (ssize_t)unit)
        bytes_store(m->data, items, m->count * unit);
    else
        for (size_t i = 0; i < m->count; i++)
            bytes_store(place(m, i), items + i * unit, unit);
    look_end(m);
    return true;
}

Object *memory_view_pack(MemoryView *m) {
    size_t unit = memory_view_unit(m);
    Bytes *bytes = bytes_make(m->count * unit);
    if (!bytes) return NULL;
    if (!look_begin(m)) return decref(&bytes->head), NULL;
    if (m->stride == (ssize_t)unit && m->count)
        memcpy(bytes->data, m->data, m->count * unit);
    else
        for (size_t i = 0; i < m->count; i++)
            memcpy(bytes->data + i * unit, place(m, i), unit);
    look_end(m);
    return &bytes->head;
}

bool memory_view_bytes(ByteView *view, Object *o) {
    MemoryView *m = (MemoryView *)o;
    Object *base = base_of(m);
    if (!memory_view_usable(m)) return false;
    if (!is_array(base) && memory_view_is_packed(m)) {
        *view = (ByteView){m->data, memory_view_size(m), incref(base)};
        return true;
    }
    Bytes *copy = (Bytes *)memory_view_pack(m);
    if (copy) *view = (ByteView){copy->data, copy->size, &copy->head};
    return copy;
}

/* ---- making ---- */

static MemoryView *view_alloc(Object *base) {
    MemoryView *m = (MemoryView *)object_new(TYPE_MEMORY_VIEW, MEMORY_CONTAINER, sizeof *m);
    if (!m) return NULL;
    memset((char *)m + sizeof(Object), 0, sizeof *m - sizeof(Object));
    atomic_init(&m->released, true); /* until it is pinned */
    field_init(&m->base, incref(base));
    return m;
}

/* Pins the base: from here on the view holds its bytes. */
static size_t hold(MemoryView *m) {
    Object *base = base_of(m);
    size_t size = is_array(base) ? 0 : ((Bytes *)base)->size;
    m->data = is_array(base) ? bytearray_pin(base, &size) : ((Bytes *)base)->data;
    atomic_store_explicit(&m->released, false, memory_order_relaxed);
    return size;
}

MemoryView *memory_view_derived(MemoryView *from) {
    if (!memory_view_usable(from)) return NULL;
    MemoryView *m = view_alloc(base_of(from));
    if (!m) return NULL;
    /* Of the base as long as `from` holds it: else it may have changed since. */
    hold(m);
    if (is_released(from)) return decref(&m->head), raise_released(), NULL;
    m->data = from->data;
    m->count = from->count;
    m->stride = from->stride;
    m->code = from->code;
    m->readonly = from->readonly;
    m->prefixed = from->prefixed;
    return m;
}

Object *memory_view_new(Object *base) {
    if (is_type(base, TYPE_MEMORY_VIEW))
        return (Object *)memory_view_derived((MemoryView *)base);
    if (!buffer_check(base))
        return gilt_raise(GILT_TYPE_ERROR,
                          "memoryview: a bytes-like object is required, not '%.200s'",
                          type_of(base)->name);
    MemoryView *m = view_alloc(base);
    if (!m) return NULL;
    size_t size = hold(m);
    char code = is_array(base) ? ((ByteArray *)base)->code : 0;
    m->code = item_code(code ? (uint32_t)code : 'B');
    m->stride = (ssize_t)memory_view_unit(m);
    m->count = size >> m->code->shift;
    m->readonly = !is_array(base);
    return &m->head;
}

static Object *view_make(Type *type, Object *const *arguments, size_t count,
                         Object *names) {
    Object *base;
    (void)type;
    if (!arguments_order("memoryview(object)", arguments, count, names, &base)) return NULL;
    return memory_view_new(base);
}

static size_t view_bytes(const Object *o) { return (void)o, sizeof(MemoryView); }

static unsigned view_spans(const Object *o, Span *spans) {
    spans[0] = (Span){&((const MemoryView *)o)->base, 1, sizeof(Slot)};
    return 1;
}

static void view_destroy(Object *o) {
    MemoryView *m = (MemoryView *)o;
    Object *base = base_of(m);
    if (!base) return; /* it is garbage, too */
    if (is_array(base) && !is_released(m)) bytearray_unpin(base);
    decref(base);
}

/* ---- items and slices ---- */

/* The index that a key means, a tuple of one, too. false: TypeError. */
static bool key_index(Object *key, ssize_t *index) {
    if (is_type(key, GILT_TUPLE)) {
        size_t size = gilt_tuple_size(key);
        bool slices = size;
        for (size_t i = 0; i < size; i++)
            slices &= is_type(((Tuple *)key)->items[i], TYPE_SLICE);
        if (slices)
            return gilt_raise(GILT_NOT_IMPLEMENTED_ERROR,
                              "multi-dimensional slicing is not implemented");
        for (size_t i = 0; i < size; i++)
            if (!index_has(((Tuple *)key)->items[i]))
                return gilt_raise(GILT_TYPE_ERROR, "memoryview: invalid slice key");
        if (!size)
            return gilt_raise(GILT_NOT_IMPLEMENTED_ERROR, "sub-views are not implemented");
        if (size > 1)
            return gilt_raise(GILT_TYPE_ERROR,
                              "cannot index 1-dimension view with %zu-element tuple", size);
        key = ((Tuple *)key)->items[0];
    }
    if (index_has(key)) return index_number(key, GILT_INDEX_ERROR, index);
    return gilt_raise(GILT_TYPE_ERROR, "memoryview: invalid slice key");
}

static bool item_index(MemoryView *m, Object *key, ssize_t *index) {
    if (!key_index(key, index)) return false;
    return index_within(index, m->count) ||
           gilt_raise(GILT_INDEX_ERROR, "index out of bounds on dimension 1");
}

static MemoryView *sliced(MemoryView *m, Object *slice) {
    SliceNumbers numbers;
    ssize_t start;
    if (!slice_numbers(slice, &numbers)) return NULL;
    MemoryView *part = memory_view_derived(m);
    if (!part) return NULL;
    part->count = slice_adjust(&numbers, m->count, &start);
    if (part->count) part->data += start * m->stride;
    if (__builtin_mul_overflow(m->stride, numbers.step, &part->stride)) part->stride = 1;
    return part;
}

static Object *view_get_item(Object *o, Object *key) {
    MemoryView *m = (MemoryView *)o;
    ssize_t index;
    uint64_t item;
    if (!memory_view_usable(m)) return NULL;
    if (is_type(key, TYPE_SLICE)) return (Object *)sliced(m, key);
    if (!item_index(m, key, &index) || !memory_view_read(m, (size_t)index, &item))
        return NULL;
    return item_object(m->code, &item);
}

/* What array.array says of a wrong item, in the words of memoryview. */
static bool view_item(MemoryView *m, Object *value, void *item) {
    if (item_of(m->code, value, item)) return true;
    const char *wrong = gilt_error_is(GILT_TYPE_ERROR) ? "type" : "value";
    if (*wrong == 'v' && !gilt_error_is(GILT_OVERFLOW_ERROR) &&
        !gilt_error_is(GILT_VALUE_ERROR))
        return false;
    return gilt_raise(*wrong == 't' ? GILT_TYPE_ERROR : GILT_VALUE_ERROR,
                      "memoryview: invalid %s for format '%s%c'", wrong,
                      m->prefixed ? "@" : "", m->code->code);
}

static bool set_part(MemoryView *part, Object *value) {
    Object *other = buffer_check(value) ? memory_view_new(value) : NULL;
    if (!other) {
        if (!gilt_error())
            gilt_raise(GILT_TYPE_ERROR, "a bytes-like object is required, not '%.100s'",
                       type_of(value)->name);
        return false;
    }
    MemoryView *from = (MemoryView *)other;
    Object *packed = NULL;
    if (from->count != part->count || from->code->code != part->code->code)
        gilt_raise(GILT_VALUE_ERROR, "memoryview assignment: lvalue and rvalue have "
                                     "different structures");
    else
        packed = memory_view_pack(from);
    bool well = packed && memory_view_fill(part, ((Bytes *)packed)->data);
    decref_maybe(packed);
    decref(other);
    return well;
}

static bool set_slice(MemoryView *m, Object *slice, Object *value) {
    MemoryView *part = sliced(m, slice);
    bool well = part && set_part(part, value);
    decref_maybe((Object *)part);
    return well;
}

static bool view_set_item(Object *o, Object *key, Object *value) {
    MemoryView *m = (MemoryView *)o;
    ssize_t index;
    uint64_t item = 0;
    if (!memory_view_usable(m)) return false;
    if (m->readonly) return gilt_raise(GILT_TYPE_ERROR, "cannot modify read-only memory");
    if (!value) return gilt_raise(GILT_TYPE_ERROR, "cannot delete memory");
    if (is_type(key, TYPE_SLICE)) return set_slice(m, key, value);
    return item_index(m, key, &index) && view_item(m, value, &item) &&
           memory_view_write(m, (size_t)index, &item);
}

static ssize_t view_length(Object *o) {
    MemoryView *m = (MemoryView *)o;
    return memory_view_usable(m) ? (ssize_t)m->count : -1;
}

/* ---- comparing ---- */

/* Items of other letters are equal if they are as objects. */
static int same_item(const ItemCode *a, const void *x, const ItemCode *b, const void *y) {
    if (a->code == b->code && a->kind != ITEM_FLOAT)
        return !memcmp(x, y, (size_t)1 << a->shift);
    Object *left = item_object(a, x), *right = left ? item_object(b, y) : NULL;
    int same = right ? object_compare_true(COMPARE_EQUAL, left, right) : -1;
    decref_maybe(left);
    decref_maybe(right);
    return same;
}

static int same_items_in(MemoryView *a, MemoryView *b) {
    if (a->count != b->count) return 0;
    Object *x = memory_view_pack(a), *y = x ? memory_view_pack(b) : NULL;
    int same = y ? 1 : -1;
    for (size_t i = 0; same == 1 && i < a->count; i++)
        same = same_item(a->code, ((Bytes *)x)->data + (i << a->code->shift), b->code,
                         ((Bytes *)y)->data + (i << b->code->shift));
    decref_maybe(x);
    decref_maybe(y);
    return same;
}

/* A released one is equal to itself alone. */
static int view_equal(Object *a, Object *b) {
    if (!buffer_check(b)) return 2;
    if (is_released((MemoryView *)a)) return a == b;
    if (is_type(b, TYPE_MEMORY_VIEW) && is_released((MemoryView *)b)) return 0;
    Object *other = memory_view_new(b);
    int same = other ? same_items_in((MemoryView *)a, (MemoryView *)other) : -1;
    decref_maybe(other);
    return same;
}

static bool view_hash(Object *o, int64_t *hash) {
    MemoryView *m = (MemoryView *)o;
    *hash = atomic_load_explicit(&m->hash, memory_order_relaxed);
    if (*hash) return true;
    if (!memory_view_usable(m)) return false;
    if (!m->readonly)
        return gilt_raise(GILT_VALUE_ERROR, "cannot hash writable memoryview object");
    if (!strchr("Bbc", m->code->code))
        return gilt_raise(GILT_VALUE_ERROR,
                          "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
    if (is_array(base_of(m)) && !gilt_hash(base_of(m), hash)) return false;
    Object *packed = memory_view_pack(m);
    bool well = packed && gilt_hash(packed, hash);
    decref_maybe(packed);
    if (well) atomic_store_explicit(&m->hash, *hash, memory_order_relaxed);
    return well;
}

static Object *view_repr(Object *o) {
    return gilt_str_format(is_released((MemoryView *)o) ? "<released memory at %p>"
                                                        : "<memory at %p>",
                           (void *)o);
}

/* ---- iterating ---- */

typedef struct ViewIterator {
    Object head;
    Slot view; /* never changes */
    _Atomic size_t index;
} ViewIterator;

FIELDS(iterator, ViewIterator, view, 1)

static Object *view_iterate(Object *o) {
    if (!memory_view_usable((MemoryView *)o)) return NULL;
    ViewIterator *i =
        (ViewIterator *)object_new(TYPE_MEMORY_ITERATOR, MEMORY_CONTAINER, sizeof *i);
    if (!i) return NULL;
    field_init(&i->view, incref(o));
    atomic_init(&i->index, 0);
    return &i->head;
}

static Object *iterator_next(Object *o) {
    ViewIterator *i = (ViewIterator *)o;
    MemoryView *m = (MemoryView *)field_get(&i->view);
    size_t index = number_get(&i->index);
    uint64_t item;
    if (!m || index >= m->count || !memory_view_read(m, index, &item)) return NULL;
    number_put(&i->index, index + 1);
    return item_object(m->code, &item);
}

const TypeOps memory_iterator_ops = {FIELDS_OPS(iterator), .iterate = iterator_itself,
                                     .next = iterator_next};

const TypeOps memory_view_ops = {
    .kind = MEMORY_CONTAINER,
    .bytes = view_bytes,
    .spans = view_spans,
    .destroy = view_destroy,
    .hash = view_hash,
    .equal = view_equal,
    .repr = view_repr,
    .length = view_length,
    .get_item = view_get_item,
    .set_item = view_set_item,
    .iterate = view_iterate,
    .make = view_make,
    .methods = memory_view_methods,
};
