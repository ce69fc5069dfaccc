/* str_split.c: cutting a text into parts, joining parts, and taking off its ends.
 *
 * A str never changes, so all of this runs on plain memory with no lock; only join reads
 * an object that may change, and works on a copy of it. */
#include "core/object/iterate.h"
#include "core/object/operations.h"
#include "core/types/parts.h"
#include "core/types/slice.h"
#include "core/types/str_internal.h"
#include "core/types/tuple.h"

/* ---- Slice and strip ---- */

Object *str_part(Object *o, size_t from, size_t to) {
    if (from == 0 && to == str_length(o)) return str_exact(o);
    const uint8_t *data = ((Str *)o)->data + (from << kind_shift(str_kind(o)));
    return str_of_points(data, str_kind(o), to - from);
}

GiltObject *gilt_str_slice(GiltObject *o, ssize_t from, ssize_t to) {
    if (!str_expect(o)) return NULL;
    slice_within(&from, &to, str_length(o));
    return str_part(o, (size_t)from, (size_t)to);
}

static bool in_set(Object *set, uint32_t point) {
    if (!set) return point_is_space(point);
    for (size_t i = 0; i < str_length(set); i++)
        if (str_at(set, i) == point) return true;
    return false;
}

enum { STRIP_LEFT = 1, STRIP_RIGHT = 2 };

/* Takes off code points of `set`, white space if NULL. */
static Object *strip(Object *o, Object *set, int ends) {
    size_t from = 0, to = str_length(o);
    const uint8_t *data = ((Str *)o)->data;
    if (!set && str_kind(o) == STR_ASCII) {
        if (ends & STRIP_LEFT)
            while (from < to && point_is_space(data[from])) from++;
        if (ends & STRIP_RIGHT)
            while (to > from && point_is_space(data[to - 1])) to--;
    } else {
        if (ends & STRIP_LEFT)
            while (from < to && in_set(set, str_at(o, from))) from++;
        if (ends & STRIP_RIGHT)
            while (to > from && in_set(set, str_at(o, to - 1))) to--;
    }
    return str_part(o, from, to);
}

GiltObject *gilt_str_strip(GiltObject *o) {
    return str_expect(o) ? strip(o, NULL, STRIP_LEFT | STRIP_RIGHT) : NULL;
}

static Object *strip_method(Object *o, Object *set, const char *name, int ends) {
    if (!set || is_type(set, GILT_NONE)) return strip(o, NULL, ends);
    if (str_check(set)) return strip(o, set, ends);
    return gilt_raise(GILT_TYPE_ERROR, "%s arg must be None or str", name);
}

Object *str_strip(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    return strip_method(o, arguments[0], "strip", STRIP_LEFT | STRIP_RIGHT);
}
Object *str_lstrip(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    return strip_method(o, arguments[0], "lstrip", STRIP_LEFT);
}
Object *str_rstrip(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    return strip_method(o, arguments[0], "rstrip", STRIP_RIGHT);
}

/* ---- Split ---- */

static bool parts_add(Parts *parts, Object *o, size_t from, size_t to) {
    return parts_take(parts, str_part(o, from, to));
}

static bool split_at_spaces(Parts *parts, Object *o, size_t most) {
    size_t length = str_length(o);
    for (size_t from, to = 0;; most--) {
        for (from = to; from < length && point_is_space(str_at(o, from));) from++;
        if (from == length) return true;
        if (!most) return parts_add(parts, o, from, length);
        for (to = from; to < length && !point_is_space(str_at(o, to));) to++;
        if (!parts_add(parts, o, from, to)) return false;
    }
}

static bool rsplit_at_spaces(Parts *parts, Object *o, size_t most) {
    for (size_t to = str_length(o), from;; to = from) {
        while (to > 0 && point_is_space(str_at(o, to - 1))) to--;
        if (to == 0) return true;
        if (!most--) return parts_add(parts, o, 0, to);
        for (from = to; from > 0 && !point_is_space(str_at(o, from - 1));) from--;
        if (!parts_add(parts, o, from, to)) return false;
    }
}

static bool split_at(Parts *parts, Object *o, const Needle *needle, size_t size,
                     size_t most) {
    size_t from = 0, length = str_length(o);
    for (ssize_t at; most-- && (at = needle_find(needle, o, from, length)) >= 0;) {
        if (!parts_add(parts, o, from, (size_t)at)) return false;
        from = (size_t)at + size;
    }
    return parts_add(parts, o, from, length);
}

static bool rsplit_at(Parts *parts, Object *o, const Needle *needle, size_t size,
                      size_t most) {
    size_t to = str_length(o);
    for (ssize_t at; most-- && (at = needle_find_last(needle, o, 0, to)) >= 0;) {
        if (!parts_add(parts, o, (size_t)at + size, to)) return false;
        to = (size_t)at;
    }
    return parts_add(parts, o, 0, to);
}

static Object *split(Object *o, Object *separator, size_t most, bool last) {
    Parts parts;
    Needle needle;
    bool well;
    if (separator && !str_length(separator))
        return gilt_raise(GILT_VALUE_ERROR, "empty separator");
    if (separator && !needle_begin(&needle, separator, str_kind(o))) return NULL;
    parts_init(&parts);
    if (!separator)
        well = last ? rsplit_at_spaces(&parts, o, most) : split_at_spaces(&parts, o, most);
    else if (last)
        well = rsplit_at(&parts, o, &needle, str_length(separator), most);
    else
        well = split_at(&parts, o, &needle, str_length(separator), most);
    if (separator) needle_end(&needle);
    if (last) parts_reverse(&parts);
    return parts_finish(&parts, well);
}

GiltObject *gilt_str_split(GiltObject *o, GiltObject *separator) {
    if (!str_expect(o) || (separator && !str_expect(separator))) return NULL;
    return split(o, separator, SIZE_MAX, false);
}

/* For (sep=None, maxsplit=-1). */
static Object *split_method(Object *o, Object *const *arguments, bool last) {
    Object *separator = arguments[0];
    ssize_t most = -1;
    if (!index_argument(arguments[1], &most)) return NULL;
    if (separator && is_type(separator, GILT_NONE)) separator = NULL;
    if (separator && !str_check(separator))
        return gilt_raise(GILT_TYPE_ERROR, "must be str or None, not %s",
                          type_of(separator)->name);
    return split(o, separator, most < 0 ? SIZE_MAX : (size_t)most, last);
}

Object *str_split(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    return split_method(o, arguments, false);
}
Object *str_rsplit(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    return split_method(o, arguments, true);
}

static bool ends_line(uint32_t point) {
    if (point <= 0x1E) return (point >= 0x0A && point <= 0x0D) || point >= 0x1C;
    return point == 0x85 || point == 0x2028 || point == 0x2029;
}

Object *str_splitlines(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    int keep = arguments[0] ? gilt_true(arguments[0]) : 0;
    if (keep < 0) return NULL;
    Parts parts;
    bool well = true;
    parts_init(&parts);
    for (size_t from = 0, to = 0, length = str_length(o); well && from < length;
         from = to) {
        while (to < length && !ends_line(str_at(o, to))) to++;
        size_t end = to;
        if (to < length)
            to += str_at(o, to) == '\r' && to + 1 < length && str_at(o, to + 1) == '\n' ? 2
                                                                                        : 1;
        well = parts_add(&parts, o, from, keep ? to : end);
    }
    return parts_finish(&parts, well);
}

/* ---- Partition ---- */

/* Before, the separator, after; takes over the three. */
static Object *triple(Object *a, Object *b, Object *c) {
    Object *items[] = {a, b, c};
    Object *tuple = a && b && c ? gilt_tuple_new(items, 3) : NULL;
    for (int i = 0; i < 3; i++) decref_maybe(items[i]);
    return tuple;
}

static Object *partition(Object *o, Object *separator, bool last) {
    if (!str_expect(separator)) return NULL;
    size_t size = str_length(separator), length = str_length(o);
    if (!size) return gilt_raise(GILT_VALUE_ERROR, "empty separator");
    Needle needle;
    if (!needle_begin(&needle, separator, str_kind(o))) return NULL;
    ssize_t at =
        last ? needle_find_last(&needle, o, 0, length) : needle_find(&needle, o, 0, length);
    needle_end(&needle);
    if (at >= 0)
        return triple(str_part(o, 0, (size_t)at), str_exact(separator),
                      str_part(o, (size_t)at + size, length));
    if (last) return triple(str_empty(), str_empty(), str_exact(o));
    return triple(str_exact(o), str_empty(), str_empty());
}

Object *str_partition(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    return partition(o, arguments[0], false);
}
Object *str_rpartition(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    return partition(o, arguments[0], true);
}

/* ---- Join ---- */

/* How long the items are together, and of which kind. */
static bool join_measure(Object *separator, const Tuple *items, size_t *length,
                         StrKind *kind) {
    size_t total = 0, gaps = items->size > 1 ? items->size - 1 : 0;
    if (__builtin_mul_overflow(gaps, str_length(separator), &total)) total = STR_POINTS_MAX;
    *kind = items->size > 1 ? str_kind(separator) : STR_ASCII;
    for (size_t i = 0; i < items->size; i++) {
        Object *item = items->items[i];
        if (unlikely(!str_check(item)))
            return gilt_raise(GILT_TYPE_ERROR,
                              "sequence item %zu: expected str instance, %s found", i,
                              type_of(item)->name);
        total += str_length(item);
        if (str_kind(item) > *kind) *kind = str_kind(item);
        if (unlikely(total > STR_POINTS_MAX)) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    }
    *length = total;
    return true;
}

static inline uint8_t *join_put(uint8_t *to, StrKind kind, Object *o) {
    points_copy(to, kind, ((Str *)o)->data, str_kind(o), str_length(o));
    return to + (str_length(o) << kind_shift(kind));
}

/* Of items of one byte for each code point, as most are: no longer than a few words. */
static inline uint8_t *join_bytes(uint8_t *to, const Str *s) {
    size_t size = s->shape >> 2;
    const uint8_t *from = s->data;
    if (size > 16) return (uint8_t *)memcpy(to, from, size) + size;
    for (; size >= 8; size -= 8, from += 8, to += 8) memcpy(to, from, 8);
    for (; size; size--) *to++ = *from++;
    return to;
}

static void join_narrow(uint8_t *to, Object *separator, const Tuple *items) {
    for (size_t i = 0; i < items->size; i++) {
        if (i) to = join_bytes(to, (const Str *)separator);
        to = join_bytes(to, (const Str *)items->items[i]);
    }
}

static void join_wide(uint8_t *to, StrKind kind, Object *separator, const Tuple *items) {
    for (size_t i = 0; i < items->size; i++) {
        if (i) to = join_put(to, kind, separator);
        to = join_put(to, kind, items->items[i]);
    }
}

static Object *join_tuple(Object *separator, const Tuple *items) {
    size_t length = 0;
    StrKind kind = STR_ASCII;
    if (!join_measure(separator, items, &length, &kind)) return NULL;
    if (items->size == 1) return str_exact(items->items[0]);
    Str *joined = str_draft(length, kind);
    if (!joined) return NULL;
    if (kind_shift(kind) == 0)
        join_narrow(joined->data, separator, items);
    else
        join_wide(joined->data, kind, separator, items);
    return length > 1 ? &joined->head : str_settle(joined);
}

/* The items as a tuple that nobody changes. */
static Object *join_items(Object *o) {
    if (is_type(o, GILT_TUPLE)) return incref(o);
    if (is_type(o, GILT_LIST)) return tuple_from_list(o);
    Object *iterator = iterate(o);
    if (!iterator) {
        if (gilt_error_is(GILT_TYPE_ERROR))
            gilt_raise(GILT_TYPE_ERROR, "can only join an iterable");
        return NULL;
    }
    Object *items = tuple_of(iterator);
    decref(iterator);
    return items;
}

GiltObject *gilt_str_join(GiltObject *separator, GiltObject *list) {
    if (!str_expect(separator)) return NULL;
    Object *items = join_items(list);
    if (!items) return NULL;
    Object *joined = join_tuple(separator, (Tuple *)items);
    decref(items);
    return joined;
}

Object *str_join(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    return gilt_str_join(o, arguments[0]);
}
