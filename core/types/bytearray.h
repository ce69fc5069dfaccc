/* bytearray.h: bytes that may change.
 *
 * A bytearray is a size and a Link to an array of bytes, as a list (list.h), but simpler,
 * for a byte is no reference. Invariants, under the lock: `array` has room for `size`, or
 * is NULL if size is 0.
 *   - A byte in place is written and read as a relaxed atomic. Bytes that move along do so
 *     into a new array, which replaces the old one as a whole.
 *   - What grows publishes the array before the size, what shrinks the size before the
 *     array; a reader without the lock loads the size, the array and the byte, and then
 * both again: the byte was in the bytearray at a moment between. An array that was replaced
 *     is never written again, and dies by retire().
 *   - `fresh` of an array: bytes from there on were never part of any size, so no reader
 *     looks at them, and they can be filled by memcpy. */
#pragma once
#include "core/types/bytes.h"
#include "core/types/slice.h"

typedef struct ByteArrayBlock {
    Retired retired;
    size_t fresh;
    uint8_t data[];
} ByteArrayBlock;

typedef struct ByteArray {
    Object head;
    Link array;
    _Atomic size_t size;
} ByteArray;

extern const TypeOps bytearray_ops, bytearray_iterator_ops;

/* A new one with these bytes. MemoryError. */
Object *bytearray_new(const void *data, size_t size);

/* A bytes object with what it holds now. MemoryError. */
Object *bytearray_snapshot(Object *o);

size_t bytearray_size(Object *o);

/* Replaces `count` bytes from `from` on (cut to what there is) by others, in one step.
 * MemoryError. */
bool bytearray_splice(Object *o, size_t from, size_t count, const uint8_t *data,
                      size_t size);

/* The byte, or -1 if the index is outside. */
int bytearray_at(Object *o, size_t index);

/* Takes out the byte at the index, which may be negative, and gives the size before. -1: it
 * is outside; -2: no memory, no exception. */
int bytearray_take(Object *o, ssize_t index, size_t *size);

/* Sets the byte; false: the index is outside. */
bool bytearray_put(Object *o, ssize_t index, uint8_t byte);

/* Takes out the first byte of this value: 1; 0, there is none; -1, no memory, no exception.
 */
int bytearray_take_byte(Object *o, uint8_t byte);
bool bytearray_reverse_all(Object *o); /* MemoryError */

/* Puts bytes in the place of what a slice without a step means. MemoryError. */
bool bytearray_set_range(Object *o, const SliceNumbers *numbers, const uint8_t *data,
                         size_t size);

/* Of one with a step: no bytes take them out. 1; 0, it is of another size: *count; -1, no
 * memory, no exception. */
int bytearray_set_steps(Object *o, const SliceNumbers *numbers, const uint8_t *data,
                        size_t size, size_t *count);

/* bytearray_methods.c */
bool bytearray_set_item(Object *o, Object *key, Object *value);
Object *bytearray_update(Operator op, Object *o, Object *other);
NativeCall bytearray_append, bytearray_extend, bytearray_insert, bytearray_pop,
    bytearray_remove, bytearray_reverse, bytearray_clear, bytearray_copy;
