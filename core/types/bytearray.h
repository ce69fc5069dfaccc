/* bytearray.h: bytes that may change, and the items of array.array.
 *
 * A bytearray is a size and a Link to an array of bytes, as a list (list.h), but simpler,
 * for a byte is no reference. An array.array is the same with items of 1 << shift bytes.
 * Invariants, under the lock: `array` has room for `size`, or is NULL if size is 0.
 *   - An item in place is written and read as a relaxed atomic. What moves along does so
 *     into a new array, which replaces the old one as a whole.
 *   - What grows publishes the array before the size, what shrinks the size before the
 *     array; a reader without the lock loads the size, the array and the item, and then
 *     both again: the item was there at a moment between. An array that was replaced is
 *     never written again, and dies by retire().
 *   - `fresh` of an array: bytes from there on were never part of any size, so no reader
 *     looks at them, and they can be filled by memcpy.
 *   - While there are `exports` (memoryviews), size and array stay as they are. */
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
    _Atomic size_t size; /* in bytes */
    uint32_t exports;    /* guarded by the lock */
    uint8_t shift;       /* never changes, nor the code */
    char code;           /* of an array.array: item.h */
} ByteArray;

extern const TypeOps bytearray_ops, bytearray_iterator_ops;

static inline size_t bytearray_unit(const Object *o) {
    return (size_t)1 << ((const ByteArray *)o)->shift;
}

/* An empty one of this type, bytearray or array.array or an heir. MemoryError. */
Object *bytearray_empty(Type *type, uint8_t shift, char code);

size_t bytearray_bytes(const Object *o);
void bytearray_destroy(Object *o);

/* A new bytearray with these bytes. MemoryError. */
Object *bytearray_new(const void *data, size_t size);

/* A bytes object with what it holds now. MemoryError. */
Object *bytearray_snapshot(Object *o);

size_t bytearray_size(Object *o);  /* in bytes */
size_t bytearray_count(Object *o); /* in items */

/* ---- What follows is a single step each. Indices and counts are of items. What changes
 * the size answers CHANGED, or why it could not; no exception is set. ---- */

typedef enum Change {
    CHANGED,
    NOT_THERE, /* no such index or item; or the slice is of another size */
    NO_MEMORY,
    EXPORTED
} Change;

/* Raises MemoryError or BufferError for the last two. true: CHANGED. */
bool bytearray_changed(Object *o, Change change);

/* Replaces `count` bytes from `from` on (cut to what there is) by others. In bytes! Raises.
 */
bool bytearray_splice(Object *o, size_t from, size_t count, const void *data, size_t size);

/* The item, which may be of 1 byte to 8; false: the index is outside. */
bool bytearray_item(Object *o, size_t index, void *item);

/* The byte of a bytearray, or -1 if the index is outside. */
int bytearray_at(Object *o, size_t index);

/* Takes out the item at the index, which may be negative; *count: how many there were. If
 * `wanted` is an item (else NULL), only if it is that one. */
Change bytearray_take(Object *o, ssize_t index, const void *wanted, void *item,
                      size_t *count);

/* Sets the item; false: the index is outside. */
bool bytearray_put(Object *o, ssize_t index, const void *item);

/* Takes out the first byte of this value. */
Change bytearray_take_byte(Object *o, uint8_t byte);
bool bytearray_reverse_all(Object *o); /* MemoryError */

/* Reverses the bytes of each item. */
void bytearray_swap_all(Object *o);

/* Puts items, `size` bytes, in the place of what a slice means; with a step, no items take
 * them out. *count: how many there were. */
Change bytearray_set_slice(Object *o, const SliceNumbers *numbers, const void *data,
                           size_t size, size_t *count);

/* The bytes in the array, which stay where they are until bytearray_unpin. */
uint8_t *bytearray_pin(Object *o, size_t *size);
void bytearray_unpin(Object *o);

/* Writes bytes in place that others may be reading; the lock is held. */
void bytes_store(uint8_t *to, const uint8_t *from, size_t size);

/* bytearray_methods.c */
bool bytearray_set_item(Object *o, Object *key, Object *value);
Object *bytearray_update(Operator op, Object *o, Object *other);
NativeCall bytearray_append, bytearray_extend, bytearray_insert, bytearray_pop,
    bytearray_remove, bytearray_reverse, bytearray_clear, bytearray_copy;
