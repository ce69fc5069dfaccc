/* bytes_find.c: where bytes are in others, how often, and putting others in their place. */
#include "core/types/bytes_internal.h"
#include "core/types/slice.h"
#include "core/types/str_internal.h"
#include "core/types/tuple.h"

typedef enum Direction { FIRST, LAST } Direction;

/* The index in the view, or -1. */
static ssize_t find_in(const ByteView *view, const ByteView *part, size_t from, size_t to,
                       Direction direction) {
    const uint8_t *at =
        direction == FIRST
            ? bytes_find(view->data + from, to - from, part->data, part->size)
            : bytes_find_last(view->data + from, to - from, part->data, part->size, 0);
    return at ? at - view->data : -1;
}

/* What (part, start=, end=) of a method says about self. */
typedef struct Search {
    ByteView self, part;
    ssize_t from, to;
    uint8_t room;
} Search;

static bool search_begin(Search *s, Object *self, Object *const *arguments) {
    if (!byte_needle(&s->part, arguments[0], &s->room)) return false;
    if (byte_view(&s->self, self)) {
        if (find_bounds(arguments[1], arguments[2], s->self.size, &s->from, &s->to))
            return true;
        byte_view_end(&s->self);
    }
    byte_view_end(&s->part);
    return false;
}

static void search_end(Search *s) {
    byte_view_end(&s->self);
    byte_view_end(&s->part);
}

static Object *find_with(Object *self, Object *const *arguments, Direction direction,
                         bool must) {
    Search s;
    if (!search_begin(&s, self, arguments)) return NULL;
    ssize_t at = -1;
    if (s.to - s.from >= (ssize_t)s.part.size)
        at = find_in(&s.self, &s.part, (size_t)s.from, (size_t)s.to, direction);
    search_end(&s);
    if (at < 0 && must) return gilt_raise(GILT_VALUE_ERROR, "subsection not found");
    return gilt_int(at);
}

Object *bytes_method_find(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return find_with(self, arguments, FIRST, false);
}
Object *bytes_rfind(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return find_with(self, arguments, LAST, false);
}
Object *bytes_index(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return find_with(self, arguments, FIRST, true);
}
Object *bytes_rindex(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return find_with(self, arguments, LAST, true);
}

/* How often, at most `most` times; the part is not empty. */
static size_t count_finds(const ByteView *view, const ByteView *part, size_t from,
                          size_t to, size_t most) {
    size_t finds = 0;
    for (ssize_t at; finds < most && (at = find_in(view, part, from, to, FIRST)) >= 0;
         finds++)
        from = (size_t)at + part->size;
    return finds;
}

Object *bytes_count(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Search s;
    if (!search_begin(&s, self, arguments)) return NULL;
    int64_t finds = 0;
    if (s.to - s.from >= (ssize_t)s.part.size) {
        if (!s.part.size)
            finds = s.to - s.from + 1;
        else
            finds = (int64_t)count_finds(&s.self, &s.part, (size_t)s.from, (size_t)s.to,
                                         SIZE_MAX);
    }
    search_end(&s);
    return gilt_int(finds);
}

/* ---- startswith, endswith and what removes them ---- */

static bool has_end(const ByteView *view, const ByteView *part, ssize_t from, ssize_t to,
                    Direction end) {
    ssize_t size = (ssize_t)part->size;
    if (to - from < size) return false;
    return !memcmp(view->data + (end == LAST ? to - size : from), part->data, part->size);
}

/* 1, 0, -1. */
static int part_is_at(const ByteView *view, Object *o, ssize_t from, ssize_t to,
                      Direction end) {
    ByteView part;
    if (!byte_view(&part, o)) return -1;
    bool there = has_end(view, &part, from, to, end);
    byte_view_end(&part);
    return there;
}

static int any_is_at(const ByteView *view, const Tuple *parts, ssize_t from, ssize_t to,
                     Direction end) {
    int there = 0;
    for (size_t i = 0; !there && i < parts->size; i++)
        there = part_is_at(view, parts->items[i], from, to, end);
    return there;
}

static Object *ends_with(Object *self, Object *const *arguments, Direction end) {
    ByteView view;
    ssize_t from, to;
    int there = -1;
    if (!byte_view(&view, self)) return NULL;
    if (!find_bounds(arguments[1], arguments[2], view.size, &from, &to))
        ;
    else if (is_kind(arguments[0], GILT_TUPLE))
        there = any_is_at(&view, (Tuple *)arguments[0], from, to, end);
    else if (buffer_check(arguments[0]))
        there = part_is_at(&view, arguments[0], from, to, end);
    else
        gilt_raise(GILT_TYPE_ERROR,
                   "%s first arg must be bytes or a tuple of bytes, not %s",
                   end == LAST ? "endswith" : "startswith", type_of(arguments[0])->name);
    byte_view_end(&view);
    return there < 0 ? NULL : gilt_bool(there);
}

Object *bytes_startswith(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return ends_with(self, arguments, FIRST);
}
Object *bytes_endswith(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return ends_with(self, arguments, LAST);
}

static Object *without_end(Object *self, Object *o, Direction end) {
    ByteView view, part;
    if (!byte_view(&part, o)) return NULL;
    if (!byte_view(&view, self)) return byte_view_end(&part), NULL;
    size_t size = has_end(&view, &part, 0, (ssize_t)view.size, end) ? part.size : 0;
    Object *rest = end == FIRST ? bytes_part(self, &view, size, view.size)
                                : bytes_part(self, &view, 0, view.size - size);
    byte_view_end(&view);
    byte_view_end(&part);
    return rest;
}

Object *bytes_removeprefix(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return without_end(self, arguments[0], FIRST);
}
Object *bytes_removesuffix(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return without_end(self, arguments[0], LAST);
}

/* ---- replace ---- */

typedef struct Replacement {
    ByteView self, part, fresh;
    size_t finds;
} Replacement;

static uint8_t *put(uint8_t *to, const uint8_t *from, size_t size) {
    if (size) memcpy(to, from, size);
    return to + size;
}

/* The empty part is before each byte and at the end. */
static void fill_between(const Replacement *r, uint8_t *to) {
    size_t i = 0;
    for (; i < r->finds; i++) {
        to = put(to, r->fresh.data, r->fresh.size);
        if (i < r->self.size) *to++ = r->self.data[i];
    }
    if (i < r->self.size) put(to, r->self.data + i, r->self.size - i);
}

static void fill_replaced(const Replacement *r, uint8_t *to) {
    size_t from = 0;
    for (size_t i = 0; i < r->finds; i++) {
        size_t at = (size_t)find_in(&r->self, &r->part, from, r->self.size, FIRST);
        to = put(to, r->self.data + from, at - from);
        to = put(to, r->fresh.data, r->fresh.size);
        from = at + r->part.size;
    }
    put(to, r->self.data + from, r->self.size - from);
}

static Object *replaced(Object *self, Replacement *r, size_t most) {
    if (!r->part.size)
        r->finds = r->self.size + 1 < most ? r->self.size + 1 : most;
    else
        r->finds = count_finds(&r->self, &r->part, 0, r->self.size, most);
    if (!r->finds) return bytes_part(self, &r->self, 0, r->self.size);
    size_t size;
    if (__builtin_mul_overflow(r->finds, r->fresh.size, &size) || size > BYTES_MAX)
        return gilt_raise(GILT_OVERFLOW_ERROR, "replace bytes is too long");
    Bytes *b = bytes_make(r->self.size - r->finds * r->part.size + size);
    if (b && r->part.size)
        fill_replaced(r, b->data);
    else if (b)
        fill_between(r, b->data);
    return bytes_turned(self, (Object *)b);
}

Object *bytes_replace(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Replacement r;
    ssize_t most = -1;
    if (!byte_view(&r.part, arguments[0])) return NULL;
    Object *result = NULL;
    if (byte_view(&r.fresh, arguments[1])) {
        if (index_argument(arguments[2], &most) && byte_view(&r.self, self)) {
            result = replaced(self, &r, most < 0 ? SIZE_MAX : (size_t)most);
            byte_view_end(&r.self);
        }
        byte_view_end(&r.fresh);
    }
    byte_view_end(&r.part);
    return result;
}
