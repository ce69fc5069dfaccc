/* bytes_split.c: cutting bytes into parts, joining parts, and taking off the ends. */
#include "core/object/iterate.h"
#include "core/types/bytes_internal.h"
#include "core/types/parts.h"
#include "core/types/slice.h"
#include "core/types/tuple.h"

static bool is_space(uint8_t byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

static bool is_none(const Object *o) { return !o || is_type(o, GILT_NONE); }

/* ---- strip ---- */

enum { STRIP_LEFT = 1, STRIP_RIGHT = 2 };

static Object *strip(Object *self, Object *set, int ends) {
    ByteView view, of = {.data = (const uint8_t *)" \t\n\v\f\r", .size = 6};
    if (!is_none(set) && !byte_view(&of, set)) return NULL;
    if (!byte_view(&view, self)) return byte_view_end(&of), NULL;
    size_t from = 0, to = view.size;
    if (ends & STRIP_LEFT)
        while (from < to && memchr(of.data, view.data[from], of.size)) from++;
    if (ends & STRIP_RIGHT)
        while (to > from && memchr(of.data, view.data[to - 1], of.size)) to--;
    Object *part = bytes_part(self, &view, from, to);
    byte_view_end(&view);
    byte_view_end(&of);
    return part;
}

Object *bytes_strip(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return strip(self, arguments[0], STRIP_LEFT | STRIP_RIGHT);
}
Object *bytes_lstrip(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return strip(self, arguments[0], STRIP_LEFT);
}
Object *bytes_rstrip(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return strip(self, arguments[0], STRIP_RIGHT);
}

/* ---- split ---- */

typedef struct Splitter {
    Object *self;
    ByteView view, separator;
    Parts parts;
    size_t most;
} Splitter;

static bool add(Splitter *s, size_t from, size_t to) {
    return parts_take(&s->parts, bytes_part(s->self, &s->view, from, to));
}

static bool split_at_spaces(Splitter *s) {
    const uint8_t *data = s->view.data;
    size_t size = s->view.size;
    for (size_t from, to = 0;; s->most--) {
        for (from = to; from < size && is_space(data[from]);) from++;
        if (from == size) return true;
        if (!s->most) return add(s, from, size);
        for (to = from; to < size && !is_space(data[to]);) to++;
        if (!add(s, from, to)) return false;
    }
}

static bool rsplit_at_spaces(Splitter *s) {
    const uint8_t *data = s->view.data;
    for (size_t to = s->view.size, from;; to = from, s->most--) {
        while (to > 0 && is_space(data[to - 1])) to--;
        if (to == 0) return true;
        if (!s->most) return add(s, 0, to);
        for (from = to; from > 0 && !is_space(data[from - 1]);) from--;
        if (!add(s, from, to)) return false;
    }
}

static bool split_at(Splitter *s) {
    size_t from = 0;
    for (; s->most; s->most--) {
        const uint8_t *at = bytes_find(s->view.data + from, s->view.size - from,
                                       s->separator.data, s->separator.size);
        if (!at) break;
        if (!add(s, from, (size_t)(at - s->view.data))) return false;
        from = (size_t)(at - s->view.data) + s->separator.size;
    }
    return add(s, from, s->view.size);
}

static bool rsplit_at(Splitter *s) {
    size_t to = s->view.size;
    for (; s->most; s->most--) {
        const uint8_t *at =
            bytes_find_last(s->view.data, to, s->separator.data, s->separator.size, 0);
        if (!at) break;
        size_t offset = (size_t)(at - s->view.data);
        if (!add(s, offset + s->separator.size, to)) return false;
        to = offset;
    }
    return add(s, 0, to);
}

static Object *split_view(Splitter *s, bool by_spaces, bool last) {
    bool well;
    parts_init(&s->parts);
    if (by_spaces)
        well = last ? rsplit_at_spaces(s) : split_at_spaces(s);
    else
        well = last ? rsplit_at(s) : split_at(s);
    if (last) parts_reverse(&s->parts);
    return parts_finish(&s->parts, well);
}

static Object *split(Object *self, Object *const *arguments, bool last) {
    ssize_t most = -1;
    Splitter s = {.self = self};
    bool by_spaces = is_none(arguments[0]);
    if (!index_argument(arguments[1], &most)) return NULL;
    s.most = most < 0 ? SIZE_MAX : (size_t)most;
    if (!by_spaces && !byte_view(&s.separator, arguments[0])) return NULL;
    Object *list = NULL;
    if (!by_spaces && !s.separator.size)
        gilt_raise(GILT_VALUE_ERROR, "empty separator");
    else if (byte_view(&s.view, self)) {
        list = split_view(&s, by_spaces, last);
        byte_view_end(&s.view);
    }
    byte_view_end(&s.separator);
    return list;
}

Object *bytes_split(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return split(self, arguments, false);
}
Object *bytes_rsplit(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return split(self, arguments, true);
}

Object *bytes_splitlines(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Splitter s = {.self = self};
    int keep = arguments[0] ? gilt_true(arguments[0]) : 0;
    if (keep < 0 || !byte_view(&s.view, self)) return NULL;
    const uint8_t *data = s.view.data;
    bool well = true;
    parts_init(&s.parts);
    for (size_t from = 0, to = 0, size = s.view.size; well && from < size; from = to) {
        while (to < size && data[to] != '\n' && data[to] != '\r') to++;
        size_t end = to;
        if (to < size)
            to += data[to] == '\r' && to + 1 < size && data[to + 1] == '\n' ? 2 : 1;
        well = add(&s, from, keep ? to : end);
    }
    byte_view_end(&s.view);
    return parts_finish(&s.parts, well);
}

/* ---- partition ---- */

static Object *parted(Object *self, const ByteView *view, const ByteView *separator,
                      Object *given, bool last) {
    if (!separator->size) return gilt_raise(GILT_VALUE_ERROR, "empty separator");
    const uint8_t *at =
        last ? bytes_find_last(view->data, view->size, separator->data, separator->size, 0)
             : bytes_find(view->data, view->size, separator->data, separator->size);
    Object *whole = NULL, *none[2] = {NULL};
    if (at) {
        Object *part = bytes_check(self)
                           ? incref(given)
                           : bytes_alike(self, separator->data, separator->size);
        size_t from = (size_t)(at - view->data), to = from + separator->size;
        return bytes_triple(bytes_part(self, view, 0, from), part,
                            bytes_part(self, view, to, view->size));
    }
    whole = bytes_part(self, view, 0, view->size);
    for (int i = 0; i < 2; i++) none[i] = bytes_alike(self, NULL, 0);
    return last ? bytes_triple(none[0], none[1], whole)
                : bytes_triple(whole, none[0], none[1]);
}

static Object *partition(Object *self, Object *separator, bool last) {
    ByteView view, by;
    if (!byte_view(&by, separator)) return NULL;
    Object *triple = NULL;
    if (byte_view(&view, self)) {
        triple = parted(self, &view, &by, separator, last);
        byte_view_end(&view);
    }
    byte_view_end(&by);
    return triple;
}

Object *bytes_partition(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return partition(self, arguments[0], false);
}
Object *bytes_rpartition(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return partition(self, arguments[0], true);
}

/* ---- join ---- */

/* All items as bytes objects, in a new tuple: bytearrays as they are now. */
static Tuple *join_items(Object *o) {
    Object *iterator = iterate(o);
    if (!iterator) {
        if (gilt_error_is(GILT_TYPE_ERROR))
            gilt_raise(GILT_TYPE_ERROR, "can only join an iterable");
        return NULL;
    }
    Object *list = list_of(iterator);
    decref(iterator);
    if (!list) return NULL;
    size_t count = gilt_list_size(list), i = 0;
    Tuple *items = tuple_make(count);
    for (; items && i < count; i++) {
        Object *item = gilt_list_get(list, (ssize_t)i);
        if (item && !buffer_check(item))
            gilt_raise(GILT_TYPE_ERROR,
                       "sequence item %zu: expected a bytes-like object, %s found", i,
                       type_of(item)->name);
        else if (item)
            items->items[i] =
                bytes_check(item)
                    ? incref(item)
                    : bytes_from((Object *const[]){item, NULL, NULL}, GILT_BYTES);
        decref_maybe(item);
        if (!items->items[i]) break;
    }
    decref(list);
    if (!items || i == count) return items;
    decref(&items->head);
    return NULL;
}

static Bytes *join_tuple(const ByteView *by, const Tuple *items) {
    size_t size = 0;
    for (size_t i = 0; i < items->size; i++) {
        size += ((Bytes *)items->items[i])->size + (i ? by->size : 0);
        if (size > BYTES_MAX) return (Bytes *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    }
    Bytes *joined = bytes_make(size);
    uint8_t *to = joined ? joined->data : NULL;
    for (size_t i = 0; joined && i < items->size; i++) {
        const Bytes *item = (Bytes *)items->items[i];
        if (i) memcpy(to, by->data, by->size), to += by->size;
        memcpy(to, item->data, item->size);
        to += item->size;
    }
    return joined;
}

Object *bytes_join(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    ByteView by;
    Tuple *items = join_items(arguments[0]);
    if (!items) return NULL;
    Bytes *joined = NULL;
    if (byte_view(&by, self)) {
        joined = join_tuple(&by, items);
        byte_view_end(&by);
    }
    decref(&items->head);
    return bytes_turned(self, (Object *)joined);
}
