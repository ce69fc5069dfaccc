/* bytearray.c: the type bytearray: what is in it, and how it changes, also of array.array.
 * The methods that change it by values are in bytearray_methods.c; all others are those of
 * bytes. */
#include "core/types/bytearray.h"
#include "core/object/operations.h"
#include "core/object/arguments.h"
#include "core/types/bytes_internal.h"
#include "core/types/heir.h"
#include "core/types/sequence.h"
#include "core/types/slice.h"
#include <stdio.h>
#include <string.h>

/* ---- arrays ---- */

static ByteArrayBlock *block_new(size_t capacity) {
    if (capacity > BYTES_MAX) return NULL;
    ByteArrayBlock *block = memory_new_array(sizeof *block + capacity);
    if (block) block->fresh = 0;
    return block;
}

static size_t block_capacity(const ByteArrayBlock *block) {
    return block ? block->retired.bytes - sizeof *block : 0;
}

static void block_retire(ByteArrayBlock *block) {
    if (block) retire(&block->retired);
}

_Static_assert(sizeof(ByteArrayBlock) % 8 == 0, "items are aligned");

#define STORE(type)                                                                        \
    do {                                                                                   \
        type word;                                                                         \
        memcpy(&word, from + i, sizeof word);                                              \
        __atomic_store_n((type *)(void *)(to + i), word, __ATOMIC_RELAXED);                \
        i += sizeof word;                                                                  \
    } while (0)

/* In the largest words that fit, so an item is never torn. Pairs with item_load. */
void bytes_store(uint8_t *to, const uint8_t *from, size_t size) {
    for (size_t i = 0; i < size;) {
        size_t aligned = (uintptr_t)(to + i) | 8, left = size - i;
        if (!(aligned & 7) && left >= 8)
            STORE(uint64_t);
        else if (!(aligned & 3) && left >= 4)
            STORE(uint32_t);
        else if (!(aligned & 1) && left >= 2)
            STORE(uint16_t);
        else
            STORE(uint8_t);
    }
}

static void item_load(const uint8_t *from, unsigned shift, void *item) {
    switch (shift) {
    case 0:
        *(uint8_t *)item = __atomic_load_n(from, __ATOMIC_RELAXED);
        return;
    case 1:
        *(uint16_t *)item =
            __atomic_load_n((const uint16_t *)(const void *)from, __ATOMIC_RELAXED);
        return;
    case 2:
        *(uint32_t *)item =
            __atomic_load_n((const uint32_t *)(const void *)from, __ATOMIC_RELAXED);
        return;
    default:
        *(uint64_t *)item =
            __atomic_load_n((const uint64_t *)(const void *)from, __ATOMIC_RELAXED);
    }
}

/* Bytes in place, which others may be reading: from `at` on. */
static void block_put(ByteArrayBlock *block, size_t at, const uint8_t *data, size_t size) {
    size_t old = block->fresh > at ? block->fresh - at : 0;
    if (old > size) old = size;
    bytes_store(block->data + at, data, old);
    if (size > old) memcpy(block->data + at + old, data + old, size - old);
}

/* ---- with the lock ---- */

static ByteArrayBlock *array_of(ByteArray *a) { return link_peek(&a->array); }
static size_t size_of(ByteArray *a) {
    return atomic_load_explicit(&a->size, memory_order_relaxed);
}

static void set_size(ByteArray *a, size_t size) {
    ByteArrayBlock *block = array_of(a);
    if (block && block->fresh < size) block->fresh = size;
    atomic_store_explicit(&a->size, size, memory_order_release);
}

/* Puts a new array with `size` bytes in the place of the old one, which is returned. */
static ByteArrayBlock *replace(ByteArray *a, ByteArrayBlock *block, size_t size) {
    ByteArrayBlock *old = array_of(a);
    if (block) block->fresh = size;
    if (size < size_of(a)) atomic_store_explicit(&a->size, size, memory_order_release);
    link_put(&a->array, block);
    atomic_store_explicit(&a->size, size, memory_order_release);
    return old;
}

/* Can the change be made in the array that is there? Then what stays keeps its place. */
static bool fits_in_place(ByteArray *a, size_t from, size_t count, size_t size) {
    size_t capacity = block_capacity(array_of(a)), now = size_of(a),
           then = now - count + size;
    if (size == count) return true;
    return from + count == now && then <= capacity && (then >= capacity / 4 || then > now);
}

static Change splice_locked(ByteArray *a, size_t from, size_t count, const uint8_t *data,
                            size_t size, ByteArrayBlock **old) {
    size_t now = size_of(a);
    *old = NULL;
    if (from > now) from = now;
    if (count > now - from) count = now - from;
    size_t then = now - count + size, behind = now - from - count;
    if (a->exports && then != now) return EXPORTED;
    if (fits_in_place(a, from, count, size)) {
        if (size) block_put(array_of(a), from, data, size);
        if (size != count) set_size(a, then);
        return CHANGED;
    }
    ByteArrayBlock *block = NULL;
    if (then && !(block = block_new(now ? then + then / 4 + 8 : then))) return NO_MEMORY;
    const uint8_t *kept = now ? array_of(a)->data : NULL;
    if (from) memcpy(block->data, kept, from);
    if (size) memcpy(block->data + from, data, size);
    if (behind) memcpy(block->data + from + size, kept + from + count, behind);
    *old = replace(a, block, then);
    return CHANGED;
}

bool bytearray_changed(Object *o, Change change) {
    if (likely(change < NO_MEMORY)) return change == CHANGED;
    if (change == NO_MEMORY) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    return gilt_raise(GILT_BUFFER_ERROR,
                      bytearray_check(o)
                          ? "Existing exports of data: object cannot be re-sized"
                          : "cannot resize an array that is exporting buffers");
}

bool bytearray_splice(Object *o, size_t from, size_t count, const void *data, size_t size) {
    ByteArrayBlock *old;
    object_lock(o);
    Change change = splice_locked((ByteArray *)o, from, count, data, size, &old);
    object_unlock(o);
    block_retire(old);
    return bytearray_changed(o, change);
}

Change bytearray_take(Object *o, ssize_t index, const void *wanted, void *item,
                      size_t *count) {
    ByteArray *a = (ByteArray *)o;
    ByteArrayBlock *old = NULL;
    size_t unit = bytearray_unit(o);
    Change change = NOT_THERE;
    object_lock(o);
    *count = size_of(a) / unit;
    if (index_within(&index, *count)) {
        memcpy(item, array_of(a)->data + (size_t)index * unit, unit);
        if (!wanted || !memcmp(item, wanted, unit))
            change = splice_locked(a, (size_t)index * unit, unit, NULL, 0, &old);
    }
    object_unlock(o);
    block_retire(old);
    return change;
}

bool bytearray_put(Object *o, ssize_t index, const void *item) {
    ByteArray *a = (ByteArray *)o;
    size_t unit = bytearray_unit(o);
    object_lock(o);
    bool inside = index_within(&index, size_of(a) / unit);
    if (inside) block_put(array_of(a), (size_t)index * unit, item, unit);
    object_unlock(o);
    return inside;
}

Change bytearray_take_byte(Object *o, uint8_t byte) {
    ByteArray *a = (ByteArray *)o;
    ByteArrayBlock *old = NULL;
    Change change = NOT_THERE;
    object_lock(o);
    const uint8_t *data = size_of(a) ? array_of(a)->data : NULL;
    const uint8_t *at = data ? memchr(data, byte, size_of(a)) : NULL;
    if (at) change = splice_locked(a, (size_t)(at - data), 1, NULL, 0, &old);
    object_unlock(o);
    block_retire(old);
    return change;
}

/* ---- changing the order: into a new array, or in place if there are exports ---- */

static void reverse_into(uint8_t *to, const uint8_t *from, size_t size, size_t unit) {
    for (size_t i = 0; i < size; i += unit) memcpy(to + i, from + size - unit - i, unit);
}

static void reverse_in_place(uint8_t *data, size_t size, size_t unit) {
    uint64_t left, right;
    for (size_t i = 0, j = size - unit; i < j; i += unit, j -= unit) {
        memcpy(&left, data + i, unit);
        memcpy(&right, data + j, unit);
        bytes_store(data + i, (uint8_t *)&right, unit);
        bytes_store(data + j, (uint8_t *)&left, unit);
    }
}

bool bytearray_reverse_all(Object *o) {
    ByteArray *a = (ByteArray *)o;
    ByteArrayBlock *old = NULL, *block = NULL;
    size_t unit = bytearray_unit(o);
    object_lock(o);
    size_t size = size_of(a);
    bool in_place = a->exports;
    if (size && in_place) {
        reverse_in_place(array_of(a)->data, size, unit);
    } else if (size && (block = block_new(size))) {
        reverse_into(block->data, array_of(a)->data, size, unit);
        old = replace(a, block, size);
    }
    object_unlock(o);
    block_retire(old);
    return block || in_place || !size || gilt_raise(GILT_MEMORY_ERROR, NULL);
}

void bytearray_swap_all(Object *o) {
    ByteArray *a = (ByteArray *)o;
    size_t unit = bytearray_unit(o);
    uint8_t item[8];
    object_lock(o);
    uint8_t *data = size_of(a) ? array_of(a)->data : NULL;
    for (size_t at = 0; at < size_of(a); at += unit) {
        for (size_t i = 0; i < unit; i++) item[i] = data[at + unit - 1 - i];
        bytes_store(data + at, item, unit);
    }
    object_unlock(o);
}

/* ---- slices ---- */

static ByteArrayBlock *without_steps(ByteArray *a, ssize_t start, ssize_t step,
                                     size_t count) {
    size_t unit = (size_t)1 << a->shift, items = size_of(a) / unit, used = 0;
    if (step < 0) start += step * (ssize_t)(count - 1), step = -step;
    ByteArrayBlock *block = block_new((items - count) * unit);
    if (!block) return NULL;
    for (size_t i = 0; i < items; i++) {
        size_t offset = i - (size_t)start;
        bool taken = i >= (size_t)start && offset % (size_t)step == 0 &&
                     offset / (size_t)step < count;
        if (!taken) memcpy(block->data + used++ * unit, array_of(a)->data + i * unit, unit);
    }
    return block;
}

/* Every item of a slice with a step is set, or taken out. */
static Change set_steps(ByteArray *a, ssize_t start, ssize_t step, size_t count,
                        const uint8_t *data, size_t size, ByteArrayBlock **old) {
    size_t unit = (size_t)1 << a->shift;
    if (!size && count) {
        if (a->exports) return EXPORTED;
        ByteArrayBlock *block = without_steps(a, start, step, count);
        if (block) *old = replace(a, block, size_of(a) - count * unit);
        return block ? CHANGED : NO_MEMORY;
    }
    if (size != count * unit) return NOT_THERE;
    for (size_t i = 0; i < size; i += unit, start += step)
        block_put(array_of(a), (size_t)start * unit, data + i, unit);
    return CHANGED;
}

Change bytearray_set_slice(Object *o, const SliceNumbers *numbers, const void *data,
                           size_t size, size_t *count) {
    ByteArray *a = (ByteArray *)o;
    ByteArrayBlock *old = NULL;
    size_t unit = bytearray_unit(o);
    ssize_t start;
    Change change;
    object_lock(o);
    *count = slice_adjust(numbers, size_of(a) / unit, &start);
    if (numbers->step == 1)
        change = splice_locked(a, (size_t)start * unit, *count * unit, data, size, &old);
    else
        change = set_steps(a, start, numbers->step, *count, data, size, &old);
    object_unlock(o);
    block_retire(old);
    return change;
}

/* ---- reading ---- */

size_t bytearray_size(Object *o) {
    return atomic_load_explicit(&((ByteArray *)o)->size, memory_order_acquire);
}

size_t bytearray_count(Object *o) { return bytearray_size(o) >> ((ByteArray *)o)->shift; }

bool bytearray_item(Object *o, size_t index, void *item) {
    ByteArray *a = (ByteArray *)o;
    unsigned shift = a->shift;
    for (;;) {
        if (index >= bytearray_count(o)) return false;
        read_begin();
        ByteArrayBlock *block = link_load(&a->array);
        bool inside = index < block_capacity(block) >> shift;
        if (inside) item_load(block->data + (index << shift), shift, item);
        bool same = link_load(&a->array) == block;
        read_end();
        if (likely(inside && same && index < bytearray_count(o))) return true;
    }
}

int bytearray_at(Object *o, size_t index) {
    uint8_t byte;
    return bytearray_item(o, index, &byte) ? byte : -1;
}

uint8_t *bytearray_pin(Object *o, size_t *size) {
    ByteArray *a = (ByteArray *)o;
    object_lock(o);
    a->exports++;
    *size = size_of(a);
    uint8_t *data = array_of(a) ? array_of(a)->data : NULL;
    object_unlock(o);
    return data;
}

void bytearray_unpin(Object *o) {
    object_lock(o);
    ((ByteArray *)o)->exports--;
    object_unlock(o);
}

Object *bytearray_snapshot(Object *o) {
    ByteArray *a = (ByteArray *)o;
    for (;;) {
        size_t size = bytearray_size(o);
        Bytes *copy = bytes_make(size);
        if (!copy) return NULL;
        object_lock(o);
        bool same = size_of(a) == size;
        if (same && size) memcpy(copy->data, array_of(a)->data, size);
        object_unlock(o);
        if (same) return &copy->head;
        decref(&copy->head);
    }
}

/* ---- the type ---- */

Object *bytearray_empty(Type *type, uint8_t shift, char code) {
    ByteArray *a = (ByteArray *)heir_or_native_new(type, MEMORY_LEAF, sizeof *a);
    if (!a) return NULL;
    link_init(&a->array, NULL);
    atomic_init(&a->size, 0);
    a->exports = 0;
    a->shift = shift;
    a->code = code;
    return &a->head;
}

Object *bytearray_new(const void *data, size_t size) {
    Object *o = bytearray_empty(&types[TYPE_BYTEARRAY], 0, 0);
    if (!o || !size || bytearray_splice(o, 0, 0, data, size)) return o;
    decref(o);
    return NULL;
}

size_t bytearray_bytes(const Object *o) { return (void)o, sizeof(ByteArray); }

void bytearray_destroy(Object *o) {
    ByteArrayBlock *block = array_of((ByteArray *)o);
    link_put(&((ByteArray *)o)->array, NULL);
    if (block) memory_free(block, block->retired.bytes);
}

static Object *bytearray_repr(Object *o) {
    char open[300];
    snprintf(open, sizeof open, "%.250s(b", type_of(o)->name);
    return bytes_repr_of(o, open, ")", '\'');
}

static ssize_t bytearray_length(Object *o) { return (ssize_t)bytearray_size(o); }

static Object *bytearray_get_item(Object *o, Object *key) {
    ssize_t index;
    if (is_type(key, TYPE_SLICE)) return bytes_get_slice(o, key);
    if (!index_key(key, "bytearray", &index)) return NULL;
    if (index < 0) index += bytearray_length(o);
    int byte = index < 0 ? -1 : bytearray_at(o, (size_t)index);
    return byte >= 0 ? gilt_int(byte)
                     : gilt_raise(GILT_INDEX_ERROR, "bytearray index out of range");
}

static Object *bytearray_make(Type *type, Object *const *arguments, size_t count,
                              Object *names) {
    (void)arguments, (void)count, (void)names;
    return bytearray_empty(type, 0, 0);
}

static bool bytearray_init(Object *o, Object *const *arguments, size_t count,
                           Object *names) {
    Object *given[3];
    if (!arguments_order("bytearray(source=, encoding=, errors=)", arguments, count, names,
                         given))
        return false;
    Bytes *bytes = (Bytes *)bytes_from(given, TYPE_BYTEARRAY);
    if (!bytes) return false;
    bool well = bytearray_splice(o, 0, SIZE_MAX, bytes->data, bytes->size);
    decref(&bytes->head);
    return well;
}

const TypeOps bytearray_ops = {
    .kind = MEMORY_LEAF,
    .bytes = bytearray_bytes,
    .destroy = bytearray_destroy,
    .equal = bytes_equal_any,
    .less = bytes_less_any,
    .repr = bytearray_repr,
    .length = bytearray_length,
    .get_item = bytearray_get_item,
    .set_item = bytearray_set_item,
    .contains = bytes_contains,
    .operate = bytes_operate,
    .refuse = sequence_refuse,
    .update = bytearray_update,
    .iterate = bytearray_iterate,
    .make = bytearray_make,
    .init = bytearray_init,
    .methods = bytearray_methods,
};
