/* str_builder.c: text that grows in scratch memory until it becomes a str. */
#include "core/object/operations.h"
#include "core/types/str.h"

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

void builder_append_ascii(StrBuilder *b, const char *text, size_t size) {
    if (!builder_reserve(b, size, STR_ASCII)) return;
    uint8_t *to = b->data + (b->used << kind_shift(b->kind));
    points_copy(to, b->kind, (const uint8_t *)text, STR_ASCII, size);
    b->used += size;
}

void builder_append_part(StrBuilder *b, Object *o, size_t from, size_t to) {
    StrKind kind = str_kind(o);
    if (!builder_reserve(b, to - from, kind)) return;
    points_copy(b->data + (b->used << kind_shift(b->kind)), b->kind,
                ((Str *)o)->data + (from << kind_shift(kind)), kind, to - from);
    b->used += to - from;
}

void builder_append_str(StrBuilder *b, Object *o) {
    builder_append_part(b, o, 0, str_length(o));
}

void builder_append_many(StrBuilder *b, uint32_t point, size_t count) {
    if (!builder_reserve(b, count, kind_for(point))) return;
    if (kind_shift(b->kind) == 0 && count) memset(b->data + b->used, (int)point, count);
    for (size_t i = 0; kind_shift(b->kind) && i < count; i++)
        point_put(b->data, b->kind, b->used + i, point);
    b->used += count;
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
        gilt_raise(GILT_UNICODE_DECODE_ERROR, "invalid UTF-8");
    builder_free(b);
    return s;
}

void builder_abandon(StrBuilder *b) { builder_free(b); }
