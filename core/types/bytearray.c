/* bytearray.c: the type bytearray: what is in it, and how it changes. The methods that
 * change it by values are in bytearray_methods.c; all others are those of bytes. */
#include "core/types/bytearray.h"
#include "core/object/operations.h"
#include "core/object/arguments.h"
#include "core/types/bytes_internal.h"
#include "core/types/heir.h"
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

static uint8_t byte_load(const uint8_t *byte) {
    return __atomic_load_n(byte, __ATOMIC_RELAXED);
}

/* Bytes in place, which others may be reading: from `at` on. */
static void block_put(ByteArrayBlock *block, size_t at, const uint8_t *data, size_t size) {
    size_t old = block->fresh > at ? block->fresh - at : 0;
    if (old > size) old = size;
    for (size_t i = 0; i < old; i++)
        __atomic_store_n(&block->data[at + i], data[i], __ATOMIC_RELAXED);
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

static bool splice_locked(ByteArray *a, size_t from, size_t count, const uint8_t *data,
                          size_t size, ByteArrayBlock **old) {
    size_t now = size_of(a);
    *old = NULL;
    if (from > now) from = now;
    if (count > now - from) count = now - from;
    size_t then = now - count + size, behind = now - from - count;
    if (fits_in_place(a, from, count, size)) {
        if (size) block_put(array_of(a), from, data, size);
        if (size != count) set_size(a, then);
        return true;
    }
    ByteArrayBlock *block = NULL;
    if (then && !(block = block_new(now ? then + then / 4 + 8 : then))) return false;
    const uint8_t *kept = now ? array_of(a)->data : NULL;
    if (from) memcpy(block->data, kept, from);
    if (size) memcpy(block->data + from, data, size);
    if (behind) memcpy(block->data + from + size, kept + from + count, behind);
    *old = replace(a, block, then);
    return true;
}

bool bytearray_splice(Object *o, size_t from, size_t count, const uint8_t *data,
                      size_t size) {
    ByteArrayBlock *old;
    object_lock(o);
    bool well = splice_locked((ByteArray *)o, from, count, data, size, &old);
    object_unlock(o);
    block_retire(old);
    return well || gilt_raise(GILT_MEMORY_ERROR, NULL);
}

int bytearray_take(Object *o, ssize_t index, size_t *size) {
    ByteArray *a = (ByteArray *)o;
    ByteArrayBlock *old = NULL;
    int byte = -1;
    object_lock(o);
    *size = size_of(a);
    if (index_within(&index, *size)) {
        byte = array_of(a)->data[index];
        if (!splice_locked(a, (size_t)index, 1, NULL, 0, &old)) byte = -2;
    }
    object_unlock(o);
    block_retire(old);
    return byte;
}

bool bytearray_put(Object *o, ssize_t index, uint8_t byte) {
    ByteArray *a = (ByteArray *)o;
    object_lock(o);
    bool inside = index_within(&index, size_of(a));
    if (inside) block_put(array_of(a), (size_t)index, &byte, 1);
    object_unlock(o);
    return inside;
}

int bytearray_take_byte(Object *o, uint8_t byte) {
    ByteArray *a = (ByteArray *)o;
    ByteArrayBlock *old = NULL;
    int done = 0;
    object_lock(o);
    const uint8_t *data = size_of(a) ? array_of(a)->data : NULL;
    const uint8_t *at = data ? memchr(data, byte, size_of(a)) : NULL;
    if (at) done = splice_locked(a, (size_t)(at - data), 1, NULL, 0, &old) ? 1 : -1;
    object_unlock(o);
    block_retire(old);
    return done;
}

bool bytearray_reverse_all(Object *o) {
    ByteArray *a = (ByteArray *)o;
    ByteArrayBlock *old = NULL;
    object_lock(o);
    size_t size = size_of(a);
    ByteArrayBlock *block = size ? block_new(size) : NULL;
    if (block) {
        for (size_t i = 0; i < size; i++) block->data[i] = array_of(a)->data[size - 1 - i];
        old = replace(a, block, size);
    }
    object_unlock(o);
    block_retire(old);
    return block || !size || gilt_raise(GILT_MEMORY_ERROR, NULL);
}

/* ---- slices with steps: every byte of one is set, or taken out ---- */

static ByteArrayBlock *without_steps(ByteArray *a, ssize_t start, ssize_t step,
                                     size_t count) {
    size_t size = size_of(a), used = 0;
    if (step < 0) start += step * (ssize_t)(count - 1), step = -step;
    ByteArrayBlock *block = block_new(size - count);
    if (!block) return NULL;
    for (size_t i = 0; i < size; i++) {
        size_t offset = i - (size_t)start;
        bool taken = i >= (size_t)start && offset % (size_t)step == 0 &&
                     offset / (size_t)step < count;
        if (!taken) block->data[used++] = array_of(a)->data[i];
    }
    return block;
}

int bytearray_set_steps(Object *o, const SliceNumbers *numbers, const uint8_t *data,
                        size_t size, size_t *count) {
    ByteArray *a = (ByteArray *)o;
    ByteArrayBlock *old = NULL;
    ssize_t start;
    int done = 1;
    object_lock(o);
    *count = slice_adjust(numbers, size_of(a), &start);
    if (!size && *count) {
        ByteArrayBlock *block = without_steps(a, start, numbers->step, *count);
        if (block) old = replace(a, block, size_of(a) - *count);
        done = block ? 1 : -1;
    } else if (size != *count) {
        done = 0;
    } else {
        for (size_t i = 0; i < size; i++, start += numbers->step)
            block_put(array_of(a), (size_t)start, &data[i], 1);
    }
    object_unlock(o);
    block_retire(old);
    return done;
}

bool bytearray_set_range(Object *o, const SliceNumbers *numbers, const uint8_t *data,
                         size_t size) {
    ByteArray *a = (ByteArray *)o;
    ByteArrayBlock *old;
    ssize_t start;
    object_lock(o);
    size_t count = slice_adjust(numbers, size_of(a), &start);
    bool well = splice_locked(a, (size_t)start, count, data, size, &old);
    object_unlock(o);
    block_retire(old);
    return well || gilt_raise(GILT_MEMORY_ERROR, NULL);
}

/* ---- reading ---- */

size_t bytearray_size(Object *o) {
    return atomic_load_explicit(&((ByteArray *)o)->size, memory_order_acquire);
}

int bytearray_at(Object *o, size_t index) {
    ByteArray *a = (ByteArray *)o;
    for (;;) {
        if (index >= bytearray_size(o)) return -1;
        read_begin();
        ByteArrayBlock *block = link_load(&a->array);
        bool inside = block && index < block_capacity(block);
        int byte = inside ? byte_load(&block->data[index]) : -1;
        bool same = link_load(&a->array) == block;
        read_end();
        if (likely(inside && same && index < bytearray_size(o))) return byte;
    }
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

static Object *bytearray_empty(Type *type) {
    ByteArray *a = (ByteArray *)heir_or_native_new(type, MEMORY_LEAF, sizeof *a);
    if (!a) return NULL;
    link_init(&a->array, NULL);
    atomic_init(&a->size, 0);
    return &a->head;
}

Object *bytearray_new(const void *data, size_t size) {
    Object *o = bytearray_empty(&types[TYPE_BYTEARRAY]);
    if (!o || !size || bytearray_splice(o, 0, 0, data, size)) return o;
    decref(o);
    return NULL;
}

static size_t bytearray_bytes(const Object *o) { return (void)o, sizeof(ByteArray); }

static void bytearray_destroy(Object *o) {
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
    return bytearray_empty(type);
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
    .update = bytearray_update,
    .iterate = bytearray_iterate,
    .make = bytearray_make,
    .init = bytearray_init,
    .methods = bytearray_methods,
};
