/* str.c: the type str: making, hash, comparing, operators and the builder.
 *
 * Whoever makes a str fills it before anybody else sees it. The invariant that `kind` is
 * the least that fits is kept by going through kind_for() with all code points or'ed
 * together: the kinds end at powers of two. */
#include "core/types/str.h"
#include "core/object/operations.h"
#include "core/types/bytes.h"
#include "core/types/int.h"
#include <stdio.h>
#include <stdlib.h>

static Str *singles[256]; /* immortal, interned: the strs of one Latin-1 character */
static Str *empty;

/* ---- Code points ---- */

void points_copy(uint8_t *to, StrKind to_kind, const uint8_t *from, StrKind kind,
                 size_t count) {
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

static Object *raise_not_utf8(const uint8_t *text, const Utf8Scan *scan) {
    if (scan->wrong_bytes == 1)
        return gilt_raise(GILT_UNICODE_ERROR,
                          "'utf-8' codec can't decode byte 0x%02x in position %zu: %s",
                          text[scan->wrong_from], scan->wrong_from, scan->wrong);
    return gilt_raise(
        GILT_UNICODE_ERROR, "'utf-8' codec can't decode bytes in position %zu-%zu: %s",
        scan->wrong_from, scan->wrong_from + scan->wrong_bytes - 1, scan->wrong);
}

GiltObject *gilt_str_new(const char *utf8, size_t bytes) {
    const uint8_t *text = (const uint8_t *)utf8;
    Utf8Scan scan;
    if (!bytes) return str_empty();
    if (!utf8_scan(text, bytes, &scan)) return raise_not_utf8(text, &scan);
    StrKind kind = kind_for(scan.all);
    if (kind == STR_ASCII) return str_of_points(text, kind, bytes);
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

char *gilt_str_utf8(GiltObject *o, size_t *bytes) {
    if (!str_expect(o)) return NULL;
    size_t length = str_length(o), total = 0;
    for (size_t i = 0; i < length; i++) total += utf8_bytes(str_at(o, i));
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
    return is_type(a, GILT_STR) && is_type(b, GILT_STR) ? str_same(a, b) : 2;
}

static int str_less(Object *a, Object *b) {
    if (!is_type(a, GILT_STR) || !is_type(b, GILT_STR)) return 2;
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

static void append_escaped(StrBuilder *b, uint32_t point, uint32_t quote) {
    char escape[16] = "\\n";
    if (point == quote || point == '\\') builder_append_char(b, '\\');
    if (point_is_printable(point)) {
        builder_append_char(b, point);
        return;
    }
    if (point == '\t')
        escape[1] = 't';
    else if (point == '\r')
        escape[1] = 'r';
    else if (point < 0x100 && point != '\n')
        snprintf(escape, sizeof escape, "\\x%02x", point);
    else if (point >= 0x10000)
        snprintf(escape, sizeof escape, "\\U%08x", point);
    else if (point != '\n')
        snprintf(escape, sizeof escape, "\\u%04x", point);
    builder_append_utf8(b, escape);
}

static Object *str_repr(Object *o) {
    uint32_t quote = quote_for(o);
    StrBuilder b;
    builder_init(&b);
    builder_append_char(&b, quote);
    for (size_t i = 0; i < str_length(o); i++) append_escaped(&b, str_at(o, i), quote);
    builder_append_char(&b, quote);
    return builder_finish(&b);
}

static ssize_t str_size(Object *o) { return (ssize_t)str_length(o); }

static Object *str_get_item(Object *o, Object *key) {
    ssize_t i;
    if (!index_value(key, "string", &i)) return NULL;
    if (!index_within(&i, str_length(o)))
        return gilt_raise(GILT_INDEX_ERROR, "string index out of range");
    return str_of_point(str_at(o, (size_t)i));
}

static int str_contains(Object *o, Object *part) {
    if (!is_type(part, GILT_STR)) {
        gilt_raise(GILT_TYPE_ERROR, "'in <string>' requires string as left operand, not %s",
                   type_of(part)->name);
        return -1;
    }
    ssize_t at = str_search(o, part, 0);
    return at == -2 ? -1 : at >= 0;
}

static Object *str_add(Object *a, Object *b) {
    if (!is_type(a, GILT_STR)) return NOT_IMPLEMENTED;
    if (!is_type(b, GILT_STR)) {
        if (!is_built_in(b)) return NOT_IMPLEMENTED;
        return gilt_raise(GILT_TYPE_ERROR, "can only concatenate str (not \"%s\") to str",
                          type_of(b)->name);
    }
    size_t x = str_length(a), y = str_length(b);
    if (!x || !y) return incref(x ? a : b);
    StrKind kind = str_kind(a) > str_kind(b) ? str_kind(a) : str_kind(b);
    Str *sum = str_make(x + y, kind);
    if (!sum) return NULL;
    points_copy(sum->data, kind, ((Str *)a)->data, str_kind(a), x);
    points_copy(sum->data + (x << kind_shift(kind)), kind, ((Str *)b)->data, str_kind(b),
                y);
    return &sum->head;
}

static Object *str_multiply(Object *a, Object *b) {
    Object *unit = is_type(a, GILT_STR) ? a : b, *times = unit == a ? b : a;
    if (!is_built_in(times)) return NOT_IMPLEMENTED;
    size_t points;
    if (!bytes_product(times, str_length(unit), STR_POINTS_MAX, &points)) return NULL;
    if (points == str_length(unit)) return incref(unit);
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
    return op == OP_MULTIPLY ? str_multiply(a, b) : NOT_IMPLEMENTED;
}

const TypeOps str_ops = {
    .kind = MEMORY_LEAF,
    .bytes = str_bytes,
    .hash = str_hash_into,
    .equal = str_equal,
    .less = str_less,
    .repr = str_repr,
    .str = incref,
    .length = str_size,
    .get_item = str_get_item,
    .contains = str_contains,
    .operate = str_operate,
};

/* ---- The builder ---- */

static void builder_free(StrBuilder *b) {
    if (b->data) memory_free(b->data, b->room << kind_shift(b->kind));
    *b = (StrBuilder){.state = b->state};
}

/* Moves the text to memory for `room` code points of this kind. */
static bool builder_move(StrBuilder *b, size_t room, StrKind kind) {
    size_t bytes = room << kind_shift(kind);
    uint8_t *data = room <= STR_POINTS_MAX ? memory_new(MEMORY_ARRAY, bytes) : NULL;
    if (!data) {
        b->state = BUILDER_NO_MEMORY;
        return false;
    }
    StrBuilder moved = {data, b->used, room, kind, b->state};
    if (b->used) points_copy(data, kind, b->data, b->kind, b->used);
    builder_free(b);
    *b = moved;
    return true;
}

/* Makes room for `count` more of this kind. */
static bool builder_reserve(StrBuilder *b, size_t count, StrKind kind) {
    if (unlikely(b->state != BUILDER_WELL)) return false;
    size_t need = b->used + count, room = b->room;
    if (kind < b->kind) kind = b->kind;
    if (need > room) room = need > 2 * room ? need : 2 * room;
    if (room < 64) room = 64;
    if (room != b->room || kind_shift(kind) != kind_shift(b->kind))
        return builder_move(b, room, kind);
    b->kind = kind;
    return true;
}

void builder_append_utf8(StrBuilder *b, const char *utf8) {
    const uint8_t *at = (const uint8_t *)utf8;
    Utf8Scan scan;
    if (!utf8_scan(at, strlen(utf8), &scan)) {
        if (b->state == BUILDER_WELL) b->state = BUILDER_NOT_UTF8;
        return;
    }
    if (!builder_reserve(b, scan.points, kind_for(scan.all))) return;
    while (*at) point_put(b->data, b->kind, b->used++, utf8_next(&at));
}

void builder_append_str(StrBuilder *b, Object *o) {
    if (!builder_reserve(b, str_length(o), str_kind(o))) return;
    uint8_t *to = b->data + (b->used << kind_shift(b->kind));
    points_copy(to, b->kind, ((Str *)o)->data, str_kind(o), str_length(o));
    b->used += str_length(o);
}

void builder_append_char(StrBuilder *b, uint32_t point) {
    if (builder_reserve(b, 1, kind_for(point)))
        point_put(b->data, b->kind, b->used++, point);
}

bool builder_append_repr(StrBuilder *b, Object *o) {
    if (b->state != BUILDER_WELL) return false;
    Object *text = gilt_repr(o);
    if (!text) {
        b->state = BUILDER_RAISED;
        return false;
    }
    builder_append_str(b, text);
    decref(text);
    return b->state == BUILDER_WELL;
}

Object *builder_finish(StrBuilder *b) {
    Object *s = NULL;
    if (b->state == BUILDER_WELL)
        s = str_of_points(b->data, b->kind, b->used);
    else if (b->state == BUILDER_NO_MEMORY)
        gilt_raise(GILT_MEMORY_ERROR, NULL);
    else if (b->state == BUILDER_NOT_UTF8)
        gilt_raise(GILT_UNICODE_ERROR, "invalid UTF-8");
    builder_free(b);
    return s;
}

void builder_abandon(StrBuilder *b) { builder_free(b); }
