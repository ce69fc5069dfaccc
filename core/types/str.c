/* str.c: the type str: making, hash, comparing, operators and the builder.
 *
 * Whoever makes a str fills it before anybody else sees it. The invariant that `kind` is
 * the least that fits is kept by going through kind_for() with all code points or'ed
 * together: the kinds end at powers of two. */
#include "core/types/str.h"
#include "core/object/error.h"
#include "core/object/operations.h"
#include "core/types/bytes.h"
#include "core/types/heir.h"
#include "core/types/sequence.h"
#include "core/types/slice.h"
#include "core/types/str_internal.h"
#include <stdio.h>
#include <stdlib.h>

static Str *singles[256]; /* immortal, interned: the strs of one Latin-1 character */
static Str *empty;

/* ---- Code points ---- */

void points_copy(uint8_t *to, StrKind to_kind, const uint8_t *from, StrKind kind,
                 size_t count) {
    if (!count) return;
    if (kind_shift(to_kind) == kind_shift(kind))
        memcpy(to, from, count << kind_shift(kind));
    else
        for (size_t i = 0; i < count; i++)
            point_put(to, to_kind, i, point_get(from, kind, i));
}

static uint32_t points_or(const uint8_t *data, StrKind kind, size_t count) {
    uint32_t all = 0;
    if (kind == STR_ASCII) return 0;
    for (size_t i = 0; i < count; i++) all |= point_get(data, kind, i);
    return all;
}

/* ---- Making ---- */

static Str *str_block(size_t length, StrKind kind) {
    if (unlikely(length > STR_POINTS_MAX))
        return (Str *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    size_t bytes = sizeof(Str) + (length << kind_shift(kind));
    Str *s = (Str *)object_new(GILT_STR, MEMORY_LEAF, bytes);
    if (unlikely(!s)) return NULL;
    atomic_init(&s->hash, 0);
    s->shape = length << 2 | kind;
    return s;
}

Str *str_make(size_t length, StrKind kind) {
    assert(length > 1 || (length == 1 && kind >= STR_WIDE));
    return str_block(length, kind);
}

static Str *immortal_make(size_t length, uint32_t point) {
    Str *s = str_block(length, kind_for(length ? point : 0));
    if (!s) return NULL;
    if (length) s->data[0] = (uint8_t)point;
    str_hash(&s->head);
    s->head.refs.marks |= MARK_OWN;
    object_immortalise(&s->head);
    return s;
}

bool str_start(void) {
    if (!(empty = immortal_make(0, 0))) return false;
    for (uint32_t point = 0; point < 256; point++)
        if (!(singles[point] = immortal_make(1, point))) return false;
    return true;
}

Object *str_empty(void) { return &empty->head; }

Object *str_of_point(uint32_t point) {
    if (point < 256) return &singles[point]->head;
    Str *s = str_block(1, kind_for(point));
    if (s) point_put(s->data, kind_for(point), 0, point);
    return (Object *)s;
}

Object *str_of_points(const uint8_t *data, StrKind kind, size_t count) {
    if (count == 0) return str_empty();
    if (count == 1) return str_of_point(point_get(data, kind, 0));
    StrKind least = kind == STR_ASCII ? kind : kind_for(points_or(data, kind, count));
    Str *s = str_make(count, least);
    if (s) points_copy(s->data, least, data, kind, count);
    return (Object *)s;
}

Str *str_copy(Object *o) {
    Str *s = str_block(str_length(o), str_kind(o));
    if (!s) return NULL;
    memcpy(s->data, ((Str *)o)->data, str_data_bytes(o));
    atomic_init(&s->hash, str_hash(o));
    return s;
}

Object *str_exact(Object *o) {
    if (likely(is_type(o, GILT_STR))) return incref(o);
    return str_of_points(((Str *)o)->data, str_kind(o), str_length(o));
}

Str *str_draft(size_t length, StrKind kind) { return str_block(length, kind); }

Object *str_settle(Str *draft) {
    StrKind kind = str_kind(&draft->head);
    size_t length = str_length(&draft->head);
    bool settled = length > 1 && (kind == STR_ASCII ||
                                  kind_for(points_or(draft->data, kind, length)) == kind);
    if (likely(settled)) return &draft->head;
    Object *s = str_of_points(draft->data, kind, length);
    decref(&draft->head);
    return s;
}

Object *str_of_type(Type *type, Object *text) {
    if (likely(!type_is_heir(type)) || !text) return text;
    size_t bytes = sizeof(Str) + str_data_bytes(text);
    Str *s = (Str *)heir_or_native_new(type, MEMORY_LEAF, bytes);
    if (s) {
        atomic_init(&s->hash, 0);
        s->shape = ((Str *)text)->shape;
        memcpy(s->data, ((Str *)text)->data, str_data_bytes(text));
    }
    decref(text);
    return (Object *)s;
}

static Object *raise_not_utf8(const uint8_t *text, size_t size, const Utf8Scan *scan) {
    Object *bytes = gilt_bytes_new(text, size);
    if (!bytes) return NULL;
    error_raise_decode("utf-8", bytes, scan->wrong_from,
                       scan->wrong_from + scan->wrong_bytes, scan->wrong);
    decref(bytes);
    return NULL;
}

static inline bool is_ascii(const uint8_t *text, size_t bytes) {
    uint64_t all = 0, word;
    size_t i = 0;
    for (; i + 8 <= bytes && !(all & UINT64_C(0x8080808080808080)); i += 8) {
        memcpy(&word, text + i, 8);
        all |= word;
    }
    for (; i < bytes; i++) all |= text[i];
    return !(all & UINT64_C(0x8080808080808080));
}

GiltObject *gilt_str_new(const char *utf8, size_t bytes) {
    const uint8_t *text = (const uint8_t *)utf8;
    Utf8Scan scan;
    if (!bytes) return str_empty();
    if (is_ascii(text, bytes)) return str_of_points(text, STR_ASCII, bytes);
    if (!utf8_scan(text, bytes, &scan)) return raise_not_utf8(text, bytes, &scan);
    StrKind kind = kind_for(scan.all);
    if (scan.points == 1) return str_of_point(scan.all);
    Str *s = str_make(scan.points, kind);
    if (!s) return NULL;
    for (size_t i = 0; i < scan.points; i++) point_put(s->data, kind, i, utf8_next(&text));
    return &s->head;
}

GiltObject *gilt_str_from(const char *utf8) { return gilt_str_new(utf8, strlen(utf8)); }

Object *str_format(const char *format, va_list args) {
    char room[256], *text = room;
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(room, sizeof room, format, args);
    size_t bytes = (size_t)length + 1;
    Object *s = NULL;
    if (length < 0) {
        gilt_raise(GILT_VALUE_ERROR, "invalid format");
        goto done;
    }
    if (bytes > sizeof room) {
        text = memory_new(MEMORY_ARRAY, bytes);
        if (!text) {
            gilt_raise(GILT_MEMORY_ERROR, NULL);
            goto done;
        }
        vsnprintf(text, bytes, format, again);
    }
    s = gilt_str_new(text, (size_t)length);
    if (text != room) memory_free(text, bytes);
done:
    va_end(again);
    return s;
}

GiltObject *gilt_str_format(const char *format, ...) {
    va_list args;
    va_start(args, format);
    Object *s = str_format(format, args);
    va_end(args);
    return s;
}

/* ---- Reading ---- */

static void raise_surrogate(Object *o, size_t at) {
    error_raise_encode("utf-8", o, at, at + 1, "surrogates not allowed");
}

char *gilt_str_utf8(GiltObject *o, size_t *bytes) {
    if (!str_expect(o)) return NULL;
    size_t length = str_length(o), total = 0;
    for (size_t i = 0; i < length; i++) {
        if (unlikely(str_at(o, i) - 0xD800 < 0x800u)) return raise_surrogate(o, i), NULL;
        total += utf8_bytes(str_at(o, i));
    }
    uint8_t *text = malloc(total + 1), *at = text;
    if (!text) return (char *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    for (size_t i = 0; i < length; i++) at += utf8_put(str_at(o, i), at);
    *at = 0;
    if (bytes) *bytes = total;
    return (char *)text;
}

/* ---- Entries of str_ops ---- */

static size_t str_bytes(const Object *o) {
    return sizeof(Str) + ((((const Str *)o)->shape >> 2) << kind_shift(str_kind(o)));
}

int64_t str_hash_slow(Str *s) {
    StrKind kind = str_kind(&s->head);
    int64_t hash = bytes_hash_block(s->data, str_data_bytes(&s->head), kind);
    atomic_store_explicit(&s->hash, hash, memory_order_relaxed);
    return hash;
}

static bool str_hash_into(Object *o, int64_t *hash) {
    *hash = str_hash(o);
    return true;
}

static int str_equal(Object *a, Object *b) {
    return str_check(a) && str_check(b) ? str_same(a, b) : 2;
}

static int str_less(Object *a, Object *b) {
    if (!str_check(a) || !str_check(b)) return 2;
    size_t x = str_length(a), y = str_length(b), both = x < y ? x : y;
    if (str_kind(a) <= STR_LATIN && str_kind(b) <= STR_LATIN) {
        int order = memcmp(((Str *)a)->data, ((Str *)b)->data, both);
        return order ? order < 0 : x < y;
    }
    for (size_t i = 0; i < both; i++)
        if (str_at(a, i) != str_at(b, i)) return str_at(a, i) < str_at(b, i);
    return x < y;
}

/* Python prefers the single quote, unless that alone would have to be escaped. */
static uint32_t quote_for(Object *o) {
    bool single = false;
    for (size_t i = 0; i < str_length(o); i++) {
        if (str_at(o, i) == '"') return '\'';
        single |= str_at(o, i) == '\'';
    }
    return single ? '"' : '\'';
}

/* A code point by its number. */
static void append_code(StrBuilder *b, uint32_t point) {
    char escape[16];
    const char *format = point < 0x100     ? "\\x%02x"
                         : point < 0x10000 ? "\\u%04x"
                                           : "\\U%08x";
    int size = snprintf(escape, sizeof escape, format, point);
    builder_append_ascii(b, escape, (size_t)size);
}

static void append_escaped(StrBuilder *b, uint32_t point, uint32_t quote) {
    if (point == quote || point == '\\') builder_append_char(b, '\\');
    if (point_is_printable(point))
        builder_append_char(b, point);
    else if (point == '\t' || point == '\r' || point == '\n')
        builder_append_ascii(b, point == '\t' ? "\\t" : point == '\r' ? "\\r" : "\\n", 2);
    else
        append_code(b, point);
}

static Object *repr_of(Object *o) {
    uint32_t quote = quote_for(o);
    StrBuilder b;
    builder_init(&b);
    builder_append_char(&b, quote);
    for (size_t i = 0; i < str_length(o); i++) append_escaped(&b, str_at(o, i), quote);
    builder_append_char(&b, quote);
    return builder_finish(&b);
}

/* Most strs need no escapes: one look, one copy. */
static bool is_plain(const Str *s, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (s->data[i] < ' ' || s->data[i] == '\'' || s->data[i] == '\\' ||
            s->data[i] >= 0x7F)
            return false;
    return true;
}

static Object *str_repr(Object *o) {
    size_t length = str_length(o);
    if (str_kind(o) != STR_ASCII || !is_plain((Str *)o, length)) return repr_of(o);
    Str *repr = str_draft(length + 2, STR_ASCII);
    if (!repr) return NULL;
    repr->data[0] = repr->data[length + 1] = '\'';
    memcpy(repr->data + 1, ((Str *)o)->data, length);
    return &repr->head;
}

Object *str_ascii(Object *repr) {
    if (!repr || str_kind(repr) == STR_ASCII) return repr;
    StrBuilder b;
    builder_init(&b);
    for (size_t i = 0; i < str_length(repr); i++) {
        uint32_t point = str_at(repr, i);
        if (point < 0x80)
            builder_append_char(&b, point);
        else
            append_code(&b, point);
    }
    decref(repr);
    return builder_finish(&b);
}

static ssize_t str_size(Object *o) { return (ssize_t)str_length(o); }

/* Every step-th code point. */
static Object *str_steps(Object *o, ssize_t start, ssize_t step, size_t count) {
    StrKind kind = str_kind(o);
    Str *s = str_draft(count, kind);
    if (!s) return NULL;
    const uint8_t *from = ((Str *)o)->data;
    for (size_t i = 0; i < count; i++, start += step)
        point_put(s->data, kind, i, point_get(from, kind, (size_t)start));
    return str_settle(s);
}

Object *str_copy_slice(Object *o, const SliceNumbers *numbers) {
    ssize_t start, step = numbers->step;
    size_t count = slice_adjust(numbers, str_length(o), &start);
    if (step == 1) return str_part(o, (size_t)start, (size_t)start + count);
    return count ? str_steps(o, start, step, count) : str_empty();
}

static Object *str_get_item(Object *o, Object *key) {
    ssize_t i;
    SliceNumbers numbers;
    if (is_type(key, TYPE_SLICE))
        return slice_numbers(key, &numbers) ? str_copy_slice(o, &numbers) : NULL;
    if (!is_type(key, GILT_INT) && !index_has(key))
        return gilt_raise(GILT_TYPE_ERROR, "string indices must be integers, not '%s'",
                          type_of(key)->name);
    if (!index_number(key, GILT_INDEX_ERROR, &i)) return NULL;
    if (!index_within(&i, str_length(o)))
        return gilt_raise(GILT_INDEX_ERROR, "string index out of range");
    return str_of_point(str_at(o, (size_t)i));
}

static int str_contains(Object *o, Object *part) {
    if (!str_check(part)) {
        gilt_raise(GILT_TYPE_ERROR, "'in <string>' requires string as left operand, not %s",
                   type_of(part)->name);
        return -1;
    }
    ssize_t at = str_search(o, part, 0);
    return at == -2 ? -1 : at >= 0;
}

static Object *str_join_two(Object *a, Object *b) {
    size_t x = str_length(a), y = str_length(b);
    if (!x || !y) return str_exact(x ? a : b);
    StrKind kind = str_kind(a) > str_kind(b) ? str_kind(a) : str_kind(b);
    Str *sum = str_make(x + y, kind);
    if (!sum) return NULL;
    points_copy(sum->data, kind, ((Str *)a)->data, str_kind(a), x);
    points_copy(sum->data + (x << kind_shift(kind)), kind, ((Str *)b)->data, str_kind(b),
                y);
    return &sum->head;
}

static Object *str_add(Object *a, Object *b) {
    return str_check(a) && str_check(b) ? str_join_two(a, b) : NOT_IMPLEMENTED;
}

static Object *str_multiply(Object *a, Object *b) {
    Object *unit = str_check(a) ? a : b, *times = unit == a ? b : a;
    if (!index_has(times)) return NOT_IMPLEMENTED;
    size_t points;
    if (!bytes_repeated(times, str_length(unit), STR_POINTS_MAX,
                        "repeated string is too long", &points))
        return NULL;
    if (points == str_length(unit)) return str_exact(unit);
    if (!points) return str_empty();
    StrKind kind = str_kind(unit);
    Str *product = str_make(points, kind);
    if (!product) return NULL;
    memcpy(product->data, ((Str *)unit)->data, str_data_bytes(unit));
    bytes_fill(product->data, str_data_bytes(unit), points << kind_shift(kind));
    return &product->head;
}

static Object *str_operate(Operator op, Object *a, Object *b) {
    if (op == OP_ADD) return str_add(a, b);
    if (op == OP_REMAINDER) return str_check(a) ? str_percent(a, b) : NOT_IMPLEMENTED;
    return op == OP_MULTIPLY ? str_multiply(a, b) : NOT_IMPLEMENTED;
}

const TypeOps str_ops = {
    .kind = MEMORY_LEAF,
    .plain = true,
    .bytes = str_bytes,
    .hash = str_hash_into,
    .equal = str_equal,
    .less = str_less,
    .repr = str_repr,
    .str = str_exact,
    .length = str_size,
    .get_item = str_get_item,
    .contains = str_contains,
    .operate = str_operate,
    .refuse = sequence_refuse,
    .iterate = str_iterate,
    .make = str_new,
    .methods = str_methods,
};
