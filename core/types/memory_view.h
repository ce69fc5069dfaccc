/* memory_view.h: memoryview: items in the bytes of another object, without a copy.
 *
 * A view names bytes in a bytes object, a bytearray or an array.array, its base, which does
 * not change its size as long as there is one (bytearray.h: exports). Items are `unit`
 * bytes, `stride` bytes apart, the first at `data`. All of this never changes. What may is
 * `released`, once: from then on the base can change, so who looks at bytes of a bytearray
 * or array.array holds its lock and has looked at `released` in it. The base itself lives
 * as long as the view. One dimension only. */
#pragma once
#include "core/types/bytes.h"
#include "core/types/item.h"

typedef struct MemoryView {
    Object head;
    Slot base; /* never changes */
    uint8_t *data;
    size_t count;
    ssize_t stride;
    const ItemCode *code;
    _Atomic int64_t hash;    /* 0: not computed */
    bool readonly, prefixed; /* prefixed: its format was written with an @ */
    _Atomic bool released;
} MemoryView;

extern const TypeOps memory_view_ops, memory_iterator_ops;

/* byte_view of a memoryview. ValueError if it is released. */
bool memory_view_bytes(ByteView *view, Object *o);

/* Of a bytes-like object. TypeError; ValueError, MemoryError. */
Object *memory_view_new(Object *base);

/* Another view of the same base. NULL: released, MemoryError. */
MemoryView *memory_view_derived(MemoryView *from);

/* Reads or writes one item, at an index that is within. false: ValueError, released. */
bool memory_view_read(MemoryView *m, size_t index, void *item);
bool memory_view_write(MemoryView *m, size_t index, const void *item);

/* Writes packed items to all places. false likewise. */
bool memory_view_fill(MemoryView *m, const uint8_t *items);

/* false: ValueError, it is released. */
bool memory_view_usable(MemoryView *m);

static inline size_t memory_view_unit(const MemoryView *m) {
    return (size_t)1 << m->code->shift;
}
static inline size_t memory_view_size(const MemoryView *m) {
    return m->count << m->code->shift;
}
static inline bool memory_view_is_packed(const MemoryView *m) {
    return m->count <= 1 || m->stride == (ssize_t)memory_view_unit(m);
}

/* The packed bytes, in order or from the last item on: a new bytes object. */
Object *memory_view_pack(MemoryView *m);

/* For readinto: as many bytes as `target` has room for, from what `read` answers to their
 * number, come to its first bytes. How many they were, as an int; None stays. */
Object *memory_view_read_into(Object *target, Object *self, NativeCall *read);

/* memory_view_methods.c */
extern const Native memory_view_methods[];
