/* bytes.h: bytes that never change, inside the object, and what sequences of bytes share.
 *
 * The hash is 0 until somebody asks: see str.h. */
#pragma once
#include "core/object/object.h"

typedef struct Bytes {
    Object head;
    _Atomic int64_t hash; /* 0: not computed */
    size_t size;
    uint8_t data[];
} Bytes;

#define BYTES_MAX ((size_t)1 << 46)

extern const TypeOps bytes_ops;

/* SipHash-1-3 (Aumasson, Bernstein, 2012) with a fixed key, so that a run can be repeated.
 * Never 0. Different salts give unrelated hashes. */
int64_t bytes_hash_block(const void *data, size_t size, uint64_t salt);

/* Fills `to` with copies of its first `unit` bytes, up to `total`, a multiple of it. */
void bytes_fill(uint8_t *to, size_t unit, size_t total);

/* Where `part` first is in `in`, or NULL. Takes linear time. */
const uint8_t *bytes_find(const uint8_t *in, size_t size, const uint8_t *part,
                          size_t part_size);

/* For the product of a sequence of `unit` bytes or items and the int object `times`: how
 * many it has. false: TypeError, OverflowError, MemoryError if more than `most`. */
bool bytes_product(Object *times, size_t unit, size_t most, size_t *total);

/* Is the object of a built-in type, whose operators know nothing of str and bytes? */
static inline bool is_built_in(const Object *o) { return o->type < GILT_TYPE_COUNT; }
