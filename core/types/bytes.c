/* bytes.c: the type bytes. Nothing of it ever changes but the hash, from 0 to its value. */
#define _GNU_SOURCE /* memmem, memrchr */
#include "core/types/bytes_internal.h"
#include "core/types/bytearray.h"
#include "core/types/fields.h"
#include "core/types/format.h"
#include "core/types/heir.h"
#include "core/types/sequence.h"
#include "core/types/slice.h"
#include "core/object/arguments.h"
#include "core/object/operations.h"
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
    if (part_size == 1) return memchr(in, *part, size);
    return memmem(in, size, part, part_size);
}

const uint8_t *bytes_find_last(const uint8_t *in, size_t size, const uint8_t *part,
                               size_t part_size, unsigned shift) {
    size_t step = (size_t)1 << shift;
    if (part_size > size) return NULL;
    if (part_size == 1) return memrchr(in, *part, size);
    for (const uint8_t *at = in + ((size - part_size) & ~(step - 1));; at -= step) {
        if (!part_size || (*at == *part && !memcmp(at, part, part_size))) return at;
        if (at == in) return NULL;
    }
}

bool bytes_repeated(Object *times, size_t unit, size_t most, const char *too_long,
                    size_t *total) {
    ssize_t count;
    if (!index_has(times)) {
        gilt_raise(GILT_TYPE_ERROR, "can't multiply sequence by non-int of type '%s'",
                   type_of(times)->name);
        return false;
    }
    if (!index_number(times, GILT_OVERFLOW_ERROR, &count)) return false;
    if (count < 0) count = 0;
    if (__builtin_mul_overflow(unit, (size_t)count, total) || *total > PTRDIFF_MAX) {
        if (too_long) return gilt_raise(GILT_OVERFLOW_ERROR, "%s", too_long);
        return gilt_raise(GILT_MEMORY_ERROR, NULL);
    }
    return *total <= most || gilt_raise(GILT_MEMORY_ERROR, NULL);
}

bool bytes_product(Object *times, size_t unit, size_t most, size_t *total) {
    return bytes_repeated(times, unit, most, NULL, total);
}

/* ---- bytes ---- */

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

/* Below 0, 0, above 0 in *order. 1; 2: one is not bytes-like; -1: MemoryError. */
static int order_of(Object *a, Object *b, int *order) {
    ByteView x, y;
    if (!bytes_like(a) || !bytes_like(b)) return 2;
    if (!byte_view(&x, a)) return -1;
    bool well = byte_view(&y, b);
    if (well) {
        *order = memcmp(x.data, y.data, x.size < y.size ? x.size : y.size);
        if (!*order) *order = (x.size > y.size) - (x.size < y.size);
        byte_view_end(&y);
    }
    byte_view_end(&x);
    return well ? 1 : -1;
}

int bytes_equal_any(Object *a, Object *b) {
    int order;
    if (is_type(a, GILT_BYTES) && is_type(b, GILT_BYTES) &&
        ((Bytes *)a)->size != ((Bytes *)b)->size)
        return 0;
    int known = order_of(a, b, &order);
    return known == 1 ? order == 0 : known;
}

int bytes_less_any(Object *a, Object *b) {
    int order, known = order_of(a, b, &order);
    return known == 1 ? order < 0 : known;
}

/* `escaped` is a quote that is escaped even where it need not be. */
static void append_byte(StrBuilder *text, uint8_t byte, uint8_t quote, uint8_t escaped) {
    static const char hex[] = "0123456789abcdef";
    if (byte == '\t' || byte == '\n' || byte == '\r') {
        builder_append_ascii(text, byte == '\t' ? "\\t" : byte == '\n' ? "\\n" : "\\r", 2);
    } else if (byte < ' ' || byte > '~') {
        const char escape[] = {'\\', 'x', hex[byte >> 4], hex[byte & 15]};
        builder_append_ascii(text, escape, sizeof escape);
    } else {
        if (byte == quote || byte == '\\' || byte == escaped)
            builder_append_char(text, '\\');
        builder_append_char(text, byte);
    }
}

Object *bytes_repr_of(Object *o, const char *open, const char *close, char escaped) {
    ByteView b;
    if (!byte_view(&b, o)) return NULL;
    bool single = memchr(b.data, '\'', b.size), twice = memchr(b.data, '"', b.size);
    uint8_t quote = single && !twice ? '"' : '\'';
    StrBuilder text;
    builder_init(&text);
    builder_append_utf8(&text, open);
    builder_append_char(&text, quote);
    for (size_t i = 0; i < b.size; i++)
        append_byte(&text, b.data[i], quote, (uint8_t)escaped);
    builder_append_char(&text, quote);
    builder_append_utf8(&text, close);
    byte_view_end(&b);
    return builder_finish(&text);
}

static Object *bytes_repr(Object *o) { return bytes_repr_of(o, "b", "", 0); }

static ssize_t bytes_length(Object *o) { return (ssize_t)((Bytes *)o)->size; }

Object *bytes_get_slice(Object *o, Object *slice) {
    SliceNumbers numbers;
    ssize_t start;
    ByteView view;
    if (!slice_numbers(slice, &numbers) || !byte_view(&view, o)) return NULL;
    size_t count = slice_adjust(&numbers, view.size, &start);
    Object *part = NULL;
    if (numbers.step == 1) {
        part = bytes_part(o, &view, (size_t)start, (size_t)start + count);
    } else {
        Bytes *steps = bytes_make(count);
        for (size_t i = 0; steps && i < count; i++, start += numbers.step)
            steps->data[i] = view.data[start];
        if (steps) part = bytes_alike(o, steps->data, count);
        decref_maybe((Object *)steps);
    }
    byte_view_end(&view);
    return part;
}

static Object *bytes_get_item(Object *o, Object *key) {
    const Bytes *b = (Bytes *)o;
    ssize_t i;
    if (is_type(key, TYPE_SLICE)) return bytes_get_slice(o, key);
    if (!index_key(key, "byte", &i)) return NULL;
    if (!index_within(&i, b->size))
        return gilt_raise(GILT_INDEX_ERROR, "index out of range");
    return gilt_int(b->data[i]);
}

int bytes_contains(Object *o, Object *item) {
    ByteView view, part;
    uint8_t byte;
    if (index_has(item) && !bytes_like(item)) {
        if (!byte_value(item, "byte must be in range(0, 256)", &byte)) return -1;
        part = (ByteView){&byte, 1, NULL};
    } else if (!byte_view(&part, item)) {
        return -1;
    }
    bool well = byte_view(&view, o);
    int found = well ? bytes_find(view.data, view.size, part.data, part.size) != NULL : -1;
    if (well) byte_view_end(&view);
    byte_view_end(&part);
    return found;
}

static Object *bytes_add(Object *a, Object *b) {
    ByteView x, y;
    if (!bytes_like(a) || !buffer_check(b)) return NOT_IMPLEMENTED;
    if (!byte_view(&x, a)) return NULL;
    if (!byte_view(&y, b)) return byte_view_end(&x), NULL;
    Bytes *sum = bytes_make(x.size + y.size);
    if (sum) {
        memcpy(sum->data, x.data, x.size);
        memcpy(sum->data + x.size, y.data, y.size);
    }
    byte_view_end(&x);
    byte_view_end(&y);
    return bytes_turned(a, (Object *)sum);
}

static Object *bytes_multiply(Object *a, Object *b) {
    ByteView unit;
    size_t total;
    if (!bytes_like(a)) {
        Object *other = a;
        a = b, b = other;
    }
    if (!index_has(b)) return NOT_IMPLEMENTED;
    if (!byte_view(&unit, a)) return NULL;
    Bytes *product = NULL;
    const char *too_long = is_kind(a, GILT_BYTES) ? "repeated bytes are too long" : NULL;
    if (bytes_repeated(b, unit.size, BYTES_MAX, too_long, &total)) {
        if (total == unit.size && is_type(a, GILT_BYTES)) return incref(a);
        product = bytes_make(total);
    }
    if (product && total) {
        memcpy(product->data, unit.data, unit.size);
        bytes_fill(product->data, unit.size, total);
    }
    byte_view_end(&unit);
    return bytes_turned(a, (Object *)product);
}

/* format % arguments: as a str of Latin-1, and back. */
static Object *bytes_percent(Object *o, Object *arguments) {
    ByteView view;
    if (!byte_view(&view, o)) return NULL;
    Object *format = str_of_points(view.data, STR_LATIN, view.size);
    byte_view_end(&view);
    Object *text = format ? bytes_percent_text(format, arguments) : NULL;
    decref_maybe(format);
    if (!text) return NULL;
    Object *bytes = bytes_alike(o, ((Str *)text)->data, str_length(text));
    decref(text);
    return bytes;
}

Object *bytes_operate(Operator op, Object *a, Object *b) {
    if (op == OP_ADD) return bytes_add(a, b);
    if (op == OP_REMAINDER) return bytes_like(a) ? bytes_percent(a, b) : NOT_IMPLEMENTED;
    return op == OP_MULTIPLY ? bytes_multiply(a, b) : NOT_IMPLEMENTED;
}

/* ---- Iterating ---- */

typedef struct BytesIterator {
    Object head;
    Slot bytes; /* never changes */
    _Atomic size_t index;
} BytesIterator;

FIELDS(iterator, BytesIterator, bytes, 1)

static Object *iterator_new(Object *o, uint32_t type) {
    BytesIterator *i = (BytesIterator *)object_new(type, MEMORY_CONTAINER, sizeof *i);
    if (!i) return NULL;
    field_init(&i->bytes, incref(o));
    atomic_init(&i->index, 0);
    return &i->head;
}

static Object *bytes_iterate(Object *o) { return iterator_new(o, TYPE_BYTES_ITERATOR); }
Object *bytearray_iterate(Object *o) { return iterator_new(o, TYPE_BYTEARRAY_ITERATOR); }

static Object *iterator_next(Object *o) {
    BytesIterator *i = (BytesIterator *)o;
    const Bytes *bytes = (Bytes *)field_get(&i->bytes);
    size_t index = number_get(&i->index);
    if (!bytes || index >= bytes->size) return NULL;
    number_put(&i->index, index + 1);
    return gilt_int(bytes->data[index]);
}

/* Ends for good when it has come to the end once. */
static Object *array_iterator_next(Object *o) {
    BytesIterator *i = (BytesIterator *)o;
    Object *bytes = field_get(&i->bytes);
    size_t index = number_get(&i->index);
    int byte = bytes && index != SIZE_MAX ? bytearray_at(bytes, index) : -1;
    number_put(&i->index, byte < 0 ? SIZE_MAX : index + 1);
    return byte < 0 ? NULL : gilt_int(byte);
}

const TypeOps bytes_iterator_ops = {FIELDS_OPS(iterator), .iterate = iterator_itself,
                                    .next = iterator_next};
const TypeOps bytearray_iterator_ops = {FIELDS_OPS(iterator), .iterate = iterator_itself,
                                        .next = array_iterator_next};

static Object *bytes_new(Type *type, Object *const *arguments, size_t count,
                         Object *names) {
    Object *given[3];
    if (!arguments_order("bytes(source=, encoding=, errors=)", arguments, count, names,
                         given))
        return NULL;
    return bytes_of_type(type, bytes_from(given, GILT_BYTES));
}

const TypeOps bytes_ops = {
    .kind = MEMORY_LEAF,
    .plain = true,
    .bytes = bytes_bytes,
    .hash = bytes_hash,
    .equal = bytes_equal_any,
    .less = bytes_less_any,
    .repr = bytes_repr,
    .length = bytes_length,
    .get_item = bytes_get_item,
    .contains = bytes_contains,
    .operate = bytes_operate,
    .refuse = sequence_refuse,
    .iterate = bytes_iterate,
    .make = bytes_new,
    .methods = bytes_methods,
};
