/* bytes.c: the type bytes. Nothing of it ever changes but the hash, from 0 to its value. */
#define _GNU_SOURCE /* memmem */
#include "core/types/bytes.h"
#include "core/object/operations.h"
#include "core/types/int.h"
#include "core/types/str.h"
#include <string.h>

/* ---- What sequences of bytes share ---- */

static inline uint64_t rotate(uint64_t x, int bits) { return x << bits | x >> (64 - bits); }

static inline void sip_round(uint64_t v[4]) {
    v[0] += v[1], v[1] = rotate(v[1], 13) ^ v[0], v[0] = rotate(v[0], 32);
    v[2] += v[3], v[3] = rotate(v[3], 16) ^ v[2];
    v[0] += v[3], v[3] = rotate(v[3], 21) ^ v[0];
    v[2] += v[1], v[1] = rotate(v[1], 17) ^ v[2], v[2] = rotate(v[2], 32);
}

static inline void sip_word(uint64_t v[4], uint64_t word) {
    v[3] ^= word;
    sip_round(v);
    v[0] ^= word;
}

int64_t bytes_hash_block(const void *data, size_t size, uint64_t salt) {
    const uint64_t key0 = UINT64_C(0x9E3779B97F4A7C15) ^ salt,
                   key1 = UINT64_C(0xD1B54A32D192ED03);
    uint64_t v[4] = {
        key0 ^ UINT64_C(0x736F6D6570736575), key1 ^ UINT64_C(0x646F72616E646F6D),
        key0 ^ UINT64_C(0x6C7967656E657261), key1 ^ UINT64_C(0x7465646279746573)};
    const uint8_t *at = data, *end = at + (size & ~(size_t)7);
    uint64_t word;
    for (; at < end; at += 8) {
        memcpy(&word, at, 8);
        sip_word(v, word);
    }
    word = 0;
    memcpy(&word, at, size & 7);
    sip_word(v, word | (uint64_t)size << 56);
    v[2] ^= 0xFF;
    for (int i = 0; i < 3; i++) sip_round(v);
    int64_t hash = (int64_t)(v[0] ^ v[1] ^ v[2] ^ v[3]);
    return hash ? hash : 1;
}

void bytes_fill(uint8_t *to, size_t unit, size_t total) {
    if (unit == 1 && total) memset(to, *to, total);
    for (size_t done = unit; unit > 1 && done < total;) {
        size_t more = done < total - done ? done : total - done;
        memcpy(to + done, to, more);
        done += more;
    }
}

const uint8_t *bytes_find(const uint8_t *in, size_t size, const uint8_t *part,
                          size_t part_size) {
    return memmem(in, size, part, part_size);
}

bool bytes_product(Object *times, size_t unit, size_t most, size_t *total) {
    int64_t count;
    if (!int_check(times)) {
        gilt_raise(GILT_TYPE_ERROR, "can't multiply sequence by non-int of type '%s'",
                   type_of(times)->name);
        return false;
    }
    if (!gilt_int_value(times, &count)) {
        gilt_raise(GILT_OVERFLOW_ERROR, "cannot fit 'int' into an index-sized integer");
        return false;
    }
    if (count < 0) count = 0;
    if (unit && (uint64_t)count > most / unit) {
        gilt_raise(GILT_MEMORY_ERROR, NULL);
        return false;
    }
    *total = unit * (size_t)count;
    return true;
}

/* ---- bytes ---- */

/* An object of `size` bytes that the caller fills in. */
static Bytes *bytes_make(size_t size) {
    if (unlikely(size > BYTES_MAX)) return (Bytes *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    Bytes *b = (Bytes *)object_new(GILT_BYTES, MEMORY_LEAF, sizeof(Bytes) + size);
    if (unlikely(!b)) return NULL;
    atomic_init(&b->hash, 0);
    b->size = size;
    return b;
}

GiltObject *gilt_bytes_new(const void *data, size_t size) {
    Bytes *b = bytes_make(size);
    if (b && size) memcpy(b->data, data, size);
    return (Object *)b;
}

const uint8_t *gilt_bytes_data(GiltObject *o, size_t *size) {
    if (!is_type(o, GILT_BYTES)) {
        gilt_raise(GILT_TYPE_ERROR, "a bytes-like object is required, not '%s'",
                   type_of(o)->name);
        return NULL;
    }
    if (size) *size = ((Bytes *)o)->size;
    return ((Bytes *)o)->data;
}

static size_t bytes_bytes(const Object *o) {
    return sizeof(Bytes) + ((const Bytes *)o)->size;
}

/* Relaxed: threads that compute it at once store the same value. */
static bool bytes_hash(Object *o, int64_t *hash) {
    Bytes *b = (Bytes *)o;
    *hash = atomic_load_explicit(&b->hash, memory_order_relaxed);
    if (*hash) return true;
    *hash = bytes_hash_block(b->data, b->size, 4); /* 0 to 3 are the kinds of str */
    if (!ref_is_immortal(&o->refs))
        atomic_store_explicit(&b->hash, *hash, memory_order_relaxed);
    return true;
}

static int bytes_equal(Object *a, Object *b) {
    if (!is_type(a, GILT_BYTES) || !is_type(b, GILT_BYTES)) return 2;
    const Bytes *x = (Bytes *)a, *y = (Bytes *)b;
    return x->size == y->size && memcmp(x->data, y->data, x->size) == 0;
}

static int bytes_less(Object *a, Object *b) {
    if (!is_type(a, GILT_BYTES) || !is_type(b, GILT_BYTES)) return 2;
    const Bytes *x = (Bytes *)a, *y = (Bytes *)b;
    int order = memcmp(x->data, y->data, x->size < y->size ? x->size : y->size);
    return order ? order < 0 : x->size < y->size;
}

static void append_byte(StrBuilder *text, uint8_t byte, uint8_t quote) {
    static const char hex[] = "0123456789abcdef";
    const char *name = byte == '\t'   ? "\\t"
                       : byte == '\n' ? "\\n"
                       : byte == '\r' ? "\\r"
                                      : NULL;
    if (name) {
        builder_append_utf8(text, name);
    } else if (byte < ' ' || byte > '~') {
        const char escape[] = {'\\', 'x', hex[byte >> 4], hex[byte & 15], 0};
        builder_append_utf8(text, escape);
    } else {
        if (byte == quote || byte == '\\') builder_append_char(text, '\\');
        builder_append_char(text, byte);
    }
}

static Object *bytes_repr(Object *o) {
    const Bytes *b = (Bytes *)o;
    bool single = memchr(b->data, '\'', b->size), twice = memchr(b->data, '"', b->size);
    uint8_t quote = single && !twice ? '"' : '\'';
    StrBuilder text;
    builder_init(&text);
    builder_append_char(&text, 'b');
    builder_append_char(&text, quote);
    for (size_t i = 0; i < b->size; i++) append_byte(&text, b->data[i], quote);
    builder_append_char(&text, quote);
    return builder_finish(&text);
}

static ssize_t bytes_length(Object *o) { return (ssize_t)((Bytes *)o)->size; }

static Object *bytes_get_item(Object *o, Object *key) {
    const Bytes *b = (Bytes *)o;
    ssize_t i;
    if (!index_value(key, "byte", &i)) return NULL;
    if (!index_within(&i, b->size))
        return gilt_raise(GILT_INDEX_ERROR, "index out of range");
    return gilt_int(b->data[i]);
}

static int bytes_contains(Object *o, Object *item) {
    const Bytes *b = (Bytes *)o;
    if (int_check(item)) {
        int64_t byte;
        if (gilt_int_value(item, &byte) && byte >= 0 && byte <= 255)
            return memchr(b->data, (int)byte, b->size) != NULL;
        gilt_raise(GILT_VALUE_ERROR, "byte must be in range(0, 256)");
        return -1;
    }
    size_t size;
    const uint8_t *part = gilt_bytes_data(item, &size);
    return part ? bytes_find(b->data, b->size, part, size) != NULL : -1;
}

static Object *bytes_add(Object *a, Object *b) {
    if (!is_type(a, GILT_BYTES) || !is_type(b, GILT_BYTES)) {
        Object *strange = is_type(a, GILT_BYTES) ? b : NULL;
        if (!strange || !is_built_in(strange)) return NOT_IMPLEMENTED;
        return gilt_raise(GILT_TYPE_ERROR, "can't concat %s to bytes", type_of(b)->name);
    }
    const Bytes *x = (Bytes *)a, *y = (Bytes *)b;
    Bytes *sum = bytes_make(x->size + y->size);
    if (!sum) return NULL;
    memcpy(sum->data, x->data, x->size);
    memcpy(sum->data + x->size, y->data, y->size);
    return (Object *)sum;
}

static Object *bytes_multiply(Object *a, Object *b) {
    if (!is_type(a, GILT_BYTES)) {
        Object *other = a;
        a = b, b = other;
    }
    if (!is_built_in(b)) return NOT_IMPLEMENTED;
    const Bytes *unit = (Bytes *)a;
    size_t total;
    if (!bytes_product(b, unit->size, BYTES_MAX, &total)) return NULL;
    if (total == unit->size) return incref(a);
    Bytes *product = bytes_make(total);
    if (!product) return NULL;
    if (total) memcpy(product->data, unit->data, unit->size);
    bytes_fill(product->data, unit->size, total);
    return (Object *)product;
}

static Object *bytes_operate(Operator op, Object *a, Object *b) {
    if (op == OP_ADD) return bytes_add(a, b);
    return op == OP_MULTIPLY ? bytes_multiply(a, b) : NOT_IMPLEMENTED;
}

const TypeOps bytes_ops = {
    .kind = MEMORY_LEAF,
    .bytes = bytes_bytes,
    .hash = bytes_hash,
    .equal = bytes_equal,
    .less = bytes_less,
    .repr = bytes_repr,
    .length = bytes_length,
    .get_item = bytes_get_item,
    .contains = bytes_contains,
    .operate = bytes_operate,
};
