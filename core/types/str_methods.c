/* str_methods.c: what one does with text: find, slice, strip, split, join, case.
 *
 * A str never changes, so all of this runs on plain memory with no lock; only join reads
 * an object that may change, and works on a copy of it. */
#include "core/object/operations.h"
#include "core/types/bytes.h"
#include "core/types/str.h"

/* ---- Find ---- */

/* A text to look for in strs of one kind: its code points, as wide as theirs. */
typedef struct Needle {
    const uint8_t *data; /* NULL: it has a code point that theirs cannot have */
    size_t bytes;
    uint8_t *scratch; /* data, if it is a widened copy that is too long for `room` */
    uint8_t room[64];
} Needle;

static bool needle_begin(Needle *needle, Object *part, StrKind kind) {
    const Str *s = (Str *)part;
    needle->scratch = NULL;
    needle->data = str_kind(part) <= kind ? s->data : NULL;
    needle->bytes = str_length(part) << kind_shift(kind);
    if (!needle->data || kind_shift(kind) == kind_shift(str_kind(part))) return true;
    uint8_t *wide = needle->room;
    if (needle->bytes > sizeof needle->room)
        wide = needle->scratch = memory_new(MEMORY_ARRAY, needle->bytes);
    if (!wide) {
        gilt_raise(GILT_MEMORY_ERROR, NULL);
        return false;
    }
    points_copy(wide, kind, s->data, str_kind(part), str_length(part));
    needle->data = wide;
    return true;
}

static void needle_end(Needle *needle) {
    if (needle->scratch) memory_free(needle->scratch, needle->bytes);
}

/* Where it is in `o` at or after `from`, or -1. A find between two code points is none. */
static ssize_t needle_find(const Needle *needle, Object *o, size_t from) {
    unsigned shift = kind_shift(str_kind(o));
    const uint8_t *first = ((Str *)o)->data, *end = first + str_data_bytes(o);
    const uint8_t *at = first + (from << shift);
    while (needle->data) {
        at = bytes_find(at, (size_t)(end - at), needle->data, needle->bytes);
        if (!at) return -1;
        size_t offset = (size_t)(at - first);
        if (!(offset & ((1u << shift) - 1))) return (ssize_t)(offset >> shift);
        at++;
    }
    return -1;
}

ssize_t str_search(Object *o, Object *part, size_t from) {
    Needle needle;
    if (str_length(part) > str_length(o) - from) return -1;
    if (!needle_begin(&needle, part, str_kind(o))) return -2;
    ssize_t at = needle_find(&needle, o, from);
    needle_end(&needle);
    return at;
}

ssize_t gilt_str_find(GiltObject *o, GiltObject *part, ssize_t from) {
    if (!str_expect(o) || !str_expect(part)) return -2;
    ssize_t length = (ssize_t)str_length(o);
    if (from < 0) from = from + length < 0 ? 0 : from + length;
    return from > length ? -1 : str_search(o, part, (size_t)from);
}

/* ---- Slice and strip ---- */

Object *str_part(Object *o, size_t from, size_t to) {
    if (from == 0 && to == str_length(o)) return incref(o);
    const uint8_t *data = ((Str *)o)->data + (from << kind_shift(str_kind(o)));
    return str_of_points(data, str_kind(o), to - from);
}

GiltObject *gilt_str_slice(GiltObject *o, ssize_t from, ssize_t to) {
    if (!str_expect(o)) return NULL;
    slice_within(&from, &to, str_length(o));
    return str_part(o, (size_t)from, (size_t)to);
}

GiltObject *gilt_str_strip(GiltObject *o) {
    if (!str_expect(o)) return NULL;
    size_t from = 0, to = str_length(o);
    while (from < to && point_is_space(str_at(o, from))) from++;
    while (to > from && point_is_space(str_at(o, to - 1))) to--;
    return str_part(o, from, to);
}

/* ---- Split and join ---- */

/* The parts of a split, each an own reference, until one list takes them all at once:
 * to append them one by one would take and drop the list's lock for each. */
typedef struct Parts {
    Object **items; /* `few`, or scratch memory */
    size_t used, room;
    Object *few[16];
} Parts;

static void parts_init(Parts *parts) {
    parts->items = parts->few;
    parts->used = 0;
    parts->room = sizeof parts->few / sizeof *parts->few;
}

static void parts_free(Parts *parts) {
    size_t bytes = parts->room * sizeof *parts->items;
    if (parts->items != parts->few) memory_free(parts->items, bytes);
}

static bool parts_grow(Parts *parts) {
    size_t bytes = parts->room * sizeof *parts->items;
    Object **items = memory_new(MEMORY_ARRAY, 2 * bytes);
    if (!items) {
        gilt_raise(GILT_MEMORY_ERROR, NULL);
        return false;
    }
    memcpy(items, parts->items, bytes);
    parts_free(parts);
    parts->items = items;
    parts->room *= 2;
    return true;
}

static bool parts_add(Parts *parts, Object *o, size_t from, size_t to) {
    if (parts->used == parts->room && !parts_grow(parts)) return false;
    Object *part = str_part(o, from, to);
    if (part) parts->items[parts->used++] = part;
    return part;
}

/* The list, if all went well. */
static Object *parts_finish(Parts *parts, bool well) {
    Object *list = well ? gilt_list_new(parts->items, parts->used) : NULL;
    for (size_t i = 0; i < parts->used; i++) decref(parts->items[i]);
    parts_free(parts);
    return list;
}

static bool split_at_spaces(Parts *parts, Object *o) {
    size_t length = str_length(o);
    for (size_t from, to = 0;;) {
        for (from = to; from < length && point_is_space(str_at(o, from));) from++;
        if (from == length) return true;
        for (to = from; to < length && !point_is_space(str_at(o, to));) to++;
        if (!parts_add(parts, o, from, to)) return false;
    }
}

static bool split_at(Parts *parts, Object *o, Object *separator) {
    Needle needle;
    if (!needle_begin(&needle, separator, str_kind(o))) return false;
    size_t from = 0;
    bool well = true;
    for (ssize_t at; well && (at = needle_find(&needle, o, from)) >= 0;) {
        well = parts_add(parts, o, from, (size_t)at);
        from = (size_t)at + str_length(separator);
    }
    needle_end(&needle);
    return well && parts_add(parts, o, from, str_length(o));
}

GiltObject *gilt_str_split(GiltObject *o, GiltObject *separator) {
    if (!str_expect(o) || (separator && !str_expect(separator))) return NULL;
    if (separator && !str_length(separator))
        return gilt_raise(GILT_VALUE_ERROR, "empty separator");
    Parts parts;
    parts_init(&parts);
    bool well = separator ? split_at(&parts, o, separator) : split_at_spaces(&parts, o);
    return parts_finish(&parts, well);
}

/* Appends item `i` of a list or tuple that nobody changes. */
static bool join_item(StrBuilder *b, Object *items, size_t i) {
    Object *item = is_type(items, GILT_LIST) ? gilt_list_get(items, (ssize_t)i)
                                             : gilt_tuple_get(items, (ssize_t)i);
    if (!item) return false;
    bool well = is_type(item, GILT_STR);
    if (well)
        builder_append_str(b, item);
    else
        gilt_raise(GILT_TYPE_ERROR, "sequence item %zu: expected str instance, %s found", i,
                   type_of(item)->name);
    decref(item);
    return well;
}

static Object *join_items(Object *separator, Object *items, size_t count) {
    StrBuilder b;
    builder_init(&b);
    for (size_t i = 0; i < count; i++) {
        if (i) builder_append_str(&b, separator);
        if (join_item(&b, items, i)) continue;
        builder_abandon(&b);
        return NULL;
    }
    return builder_finish(&b);
}

GiltObject *gilt_str_join(GiltObject *separator, GiltObject *list) {
    if (!str_expect(separator)) return NULL;
    if (is_type(list, GILT_TUPLE))
        return join_items(separator, list, gilt_tuple_size(list));
    if (!is_type(list, GILT_LIST))
        return gilt_raise(GILT_TYPE_ERROR, "can only join an iterable");
    Object *items = gilt_list_slice(list, 0, PTRDIFF_MAX);
    if (!items) return NULL;
    Object *joined = join_items(separator, items, gilt_list_size(items));
    decref(items);
    return joined;
}

/* ---- Case ---- */

/* ASCII letters from `first` on change case, which is one bit. */
static Object *case_flip_ascii(Object *o, uint8_t first) {
    const Str *s = (Str *)o;
    size_t length = str_length(o);
    Str *flipped = str_make(length, STR_ASCII);
    if (!flipped) return NULL;
    for (size_t i = 0; i < length; i++)
        flipped->data[i] =
            s->data[i] ^ (uint8_t)(((uint8_t)(s->data[i] - first) < 26) << 5);
    return &flipped->head;
}

static Object *case_map(Object *o, uint32_t (*map)(uint32_t)) {
    StrBuilder b;
    builder_init(&b);
    for (size_t i = 0; i < str_length(o); i++) builder_append_char(&b, map(str_at(o, i)));
    return builder_finish(&b);
}

GiltObject *gilt_str_lower(GiltObject *o) {
    if (!str_expect(o)) return NULL;
    if (str_kind(o) == STR_ASCII && str_length(o) > 1) return case_flip_ascii(o, 'A');
    return case_map(o, point_lower);
}

GiltObject *gilt_str_upper(GiltObject *o) {
    if (!str_expect(o)) return NULL;
    if (str_kind(o) == STR_ASCII && str_length(o) > 1) return case_flip_ascii(o, 'a');
    return case_map(o, point_upper);
}
