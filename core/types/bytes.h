/* bytes.h: bytes that never change, inside the object, and what sequences of bytes share.
 *
 * The hash is 0 until somebody asks: see str.h. The methods of bytes and bytearray are the
 * same C functions: they look at a ByteView, which of a bytearray is a copy (others may
 * change it meanwhile), and answer with an object of the type of `self`. */
#pragma once
#include "core/object/builtin.h"
#include "core/object/native.h"
#include "core/object/object.h"
#include "core/types/class.h"

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

/* Where it is last, at a multiple of 1 << shift bytes from the begin, or NULL. */
const uint8_t *bytes_find_last(const uint8_t *in, size_t size, const uint8_t *part,
                               size_t part_size, unsigned shift);

/* For the product of a sequence of `unit` bytes or items and the int object `times`: how
 * many it has. false: TypeError, OverflowError, MemoryError if more than `most`. */
bool bytes_product(Object *times, size_t unit, size_t most, size_t *total);

/* The same with an OverflowError of this text if no ssize_t can hold how many. */
bool bytes_repeated(Object *times, size_t unit, size_t most, const char *too_long,
                    size_t *total);

/* Is the object of a built-in type, whose operators know nothing of str and bytes? */
static inline bool is_built_in(const Object *o) { return o->type < BUILTIN_TYPES; }

/* How messages about a wrong argument name its type. */
static inline const char *argument_type(const Object *o) {
    return is_type(o, GILT_NONE) ? "None" : type_of(o)->name;
}

/* ---- bytes or bytearray, or an heir ---- */

static inline bool bytes_check(const Object *o) { return is_kind(o, GILT_BYTES); }
static inline bool bytearray_check(const Object *o) { return is_kind(o, TYPE_BYTEARRAY); }
static inline bool bytes_like(const Object *o) {
    return bytes_check(o) || bytearray_check(o);
}

/* Has it bytes: is it one of these, an array.array or a memoryview? */
static inline bool buffer_check(const Object *o) {
    return bytes_like(o) || is_kind(o, TYPE_ARRAY) || is_type(o, TYPE_MEMORY_VIEW);
}

/* The bytes of an object at one moment. */
typedef struct ByteView {
    const uint8_t *data;
    size_t size;
    Object *copy; /* that holds them; or NULL: the object itself, borrowed */
} ByteView;

/* TypeError: "a bytes-like object is required, not 'str'"; MemoryError. */
bool byte_view(ByteView *view, Object *o);
static inline void byte_view_end(ByteView *view) { decref_maybe(view->copy); }

/* The one byte of a bytes-like object of size 1, else -1. */
int bytes_single(Object *o);

/* The byte that an int object is. false: ValueError with this text, TypeError. */
bool byte_value(Object *o, const char *wrong, uint8_t *byte);

/* An object of `size` bytes that the caller fills in, before others see it. */
Bytes *bytes_make(size_t size);

/* The same bytes as an object of `type`, bytes or an heir; takes over. NULL stays. */
Object *bytes_of_type(Type *type, Object *bytes);

/* bytes(...) and what bytearray(...) is filled with, from arguments as they were given:
 * source, encoding, errors, NULL where nothing was. A new bytes object; errors name `type`.
 */
Object *bytes_from(Object *const given[3], uint32_t type);
