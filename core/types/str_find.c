/* str_find.c: where a text is in another, how often, and putting something in its place. */
#define _GNU_SOURCE /* memrchr */
#include "core/object/operations.h"
#include "core/types/bytes.h"
#include "core/types/slice.h"
#include "core/types/str_internal.h"
#include "core/types/tuple.h"

/* ---- Needles ---- */

bool needle_begin(Needle *needle, Object *part, StrKind kind) {
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

void needle_end(Needle *needle) {
    if (needle->scratch) memory_free(needle->scratch, needle->bytes);
}

/* A find between two code points is none. */
ssize_t needle_find(const Needle *needle, Object *o, size_t from, size_t to) {
    unsigned shift = kind_shift(str_kind(o));
    const uint8_t *first = ((Str *)o)->data, *end = first + (to << shift);
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

ssize_t needle_find_last(const Needle *needle, Object *o, size_t from, size_t to) {
    unsigned shift = kind_shift(str_kind(o));
    const uint8_t *first = ((Str *)o)->data + (from << shift);
    size_t size = (to - from) << shift;
    if (!needle->data) return -1;
    const uint8_t *at = bytes_find_last(first, size, needle->data, needle->bytes, shift);
    return at ? (ssize_t)(from + ((size_t)(at - first) >> shift)) : -1;
}

ssize_t str_search(Object *o, Object *part, size_t from) {
    Needle needle;
    if (str_length(part) > str_length(o) - from) return -1;
    if (!needle_begin(&needle, part, str_kind(o))) return -2;
    ssize_t at = needle_find(&needle, o, from, str_length(o));
    needle_end(&needle);
    return at;
}

ssize_t gilt_str_find(GiltObject *o, GiltObject *part, ssize_t from) {
    if (!str_expect(o) || !str_expect(part)) return -2;
    ssize_t length = (ssize_t)str_length(o);
    if (from < 0) from = from + length < 0 ? 0 : from + length;
    return from > length ? -1 : str_search(o, part, (size_t)from);
}

/* ---- find, index, count ---- */

static bool find_end(Object *o, ssize_t *end) {
    if (!o || is_type(o, GILT_NONE)) return true;
    if (index_has(o)) return index_number(o, INDEX_CUT, end);
    return gilt_raise(GILT_TYPE_ERROR, "slice indices must be integers or None or have an "
                                       "__index__ method");
}

bool find_bounds(Object *start, Object *end, size_t length, ssize_t *from, ssize_t *to) {
    *from = 0, *to = (ssize_t)length;
    if (likely(!start && !end)) return true;
    if (!find_end(start, from) || !find_end(end, to)) return false;
    if (*to > (ssize_t)length) *to = (ssize_t)length;
    if (*from < 0) *from = *from + (ssize_t)length < 0 ? 0 : *from + (ssize_t)length;
    if (*to < 0) *to = *to + (ssize_t)length < 0 ? 0 : *to + (ssize_t)length;
    return true;
}

bool str_argument(Object *o, const char *what) {
    if (likely(str_check(o))) return true;
    gilt_raise(GILT_TYPE_ERROR, "%s must be str, not %s", what, argument_type(o));
    return false;
}

typedef ssize_t Finder(const Needle *needle, Object *o, size_t from, size_t to);

/* For (part, start=, end=): the index, -1, or -2 with an exception. */
static ssize_t find_with(Object *o, Object *const *arguments, Finder *find) {
    Object *part = arguments[0];
    ssize_t from, to;
    if (!str_expect(part)) return -2;
    if (!find_bounds(arguments[1], arguments[2], str_length(o), &from, &to)) return -2;
    if (to - from < (ssize_t)str_length(part)) return -1;
    Needle needle;
    if (!needle_begin(&needle, part, str_kind(o))) return -2;
    ssize_t at = find(&needle, o, (size_t)from, (size_t)to);
    needle_end(&needle);
    return at;
}

static Object *index_result(ssize_t at, bool must) {
    if (at == -1 && must) return gilt_raise(GILT_VALUE_ERROR, "substring not found");
    return at == -2 ? NULL : gilt_int(at);
}

Object *str_find(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    return index_result(find_with(o, arguments, needle_find), false);
}
Object *str_rfind(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    return index_result(find_with(o, arguments, needle_find_last), false);
}
Object *str_index(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    return index_result(find_with(o, arguments, needle_find), true);
}
Object *str_rindex(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    return index_result(find_with(o, arguments, needle_find_last), true);
}

/* How often, at most `most` times; the part is not empty. */
static size_t count_finds(const Needle *needle, Object *o, size_t length, size_t from,
                          size_t to, size_t most) {
    size_t finds = 0;
    for (ssize_t at; finds < most && (at = needle_find(needle, o, from, to)) >= 0; finds++)
        from = (size_t)at + length;
    return finds;
}

Object *str_count(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    Object *part = arguments[0];
    ssize_t from, to;
    if (!str_expect(part)) return NULL;
    if (!find_bounds(arguments[1], arguments[2], str_length(o), &from, &to)) return NULL;
    size_t length = str_length(part);
    if (to - from < (ssize_t)length) return gilt_int(0);
    if (!length) return gilt_int(to - from + 1);
    Needle needle;
    if (!needle_begin(&needle, part, str_kind(o))) return NULL;
    size_t finds = count_finds(&needle, o, length, (size_t)from, (size_t)to, SIZE_MAX);
    needle_end(&needle);
    return gilt_int((int64_t)finds);
}

/* ---- startswith, endswith and what removes them ---- */

/* Does the text from `at` on go on as `part`? It is long enough. */
static bool is_at(Object *o, Object *part, size_t at) {
    size_t length = str_length(part);
    StrKind kind = str_kind(o), other = str_kind(part);
    if (other > kind) return false;
    const uint8_t *data = ((Str *)o)->data + (at << kind_shift(kind));
    if (kind_shift(kind) == kind_shift(other))
        return memcmp(data, ((Str *)part)->data, length << kind_shift(kind)) == 0;
    for (size_t i = 0; i < length; i++)
        if (point_get(data, kind, i) != str_at(part, i)) return false;
    return true;
}

static bool has_end(Object *o, Object *part, ssize_t from, ssize_t to, bool last) {
    ssize_t length = (ssize_t)str_length(part);
    if (to - from < length) return false;
    return is_at(o, part, (size_t)(last ? to - length : from));
}

/* For (prefix or tuple of them, start=, end=). */
static Object *ends_with(Object *o, Object *const *arguments, bool last) {
    Object *part = arguments[0];
    const char *name = last ? "endswith" : "startswith";
    ssize_t from, to;
    if (!find_bounds(arguments[1], arguments[2], str_length(o), &from, &to)) return NULL;
    if (str_check(part)) return gilt_bool(has_end(o, part, from, to, last));
    if (!is_kind(part, GILT_TUPLE))
        return gilt_raise(GILT_TYPE_ERROR,
                          "%s first arg must be str or a tuple of str, not %s", name,
                          type_of(part)->name);
    const Tuple *parts = (Tuple *)part;
    for (size_t i = 0; i < parts->size; i++) {
        if (!str_check(parts->items[i]))
            return gilt_raise(GILT_TYPE_ERROR, "tuple for %s must only contain str, not %s",
                              name, type_of(parts->items[i])->name);
        if (has_end(o, parts->items[i], from, to, last)) return gilt_bool(true);
    }
    return gilt_bool(false);
}

Object *str_startswith(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    return ends_with(o, arguments, false);
}
Object *str_endswith(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    return ends_with(o, arguments, true);
}

Object *str_removeprefix(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    if (!str_argument(arguments[0], "removeprefix() argument")) return NULL;
    size_t length = str_length(o);
    bool there = has_end(o, arguments[0], 0, (ssize_t)length, false);
    return str_part(o, there ? str_length(arguments[0]) : 0, length);
}

Object *str_removesuffix(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    if (!str_argument(arguments[0], "removesuffix() argument")) return NULL;
    size_t length = str_length(o);
    bool there = has_end(o, arguments[0], 0, (ssize_t)length, true);
    return str_part(o, 0, there ? length - str_length(arguments[0]) : length);
}

/* ---- replace ---- */

/* A draft that is written from left to right. */
typedef struct Writer {
    Str *draft;
    StrKind kind;
    size_t used;
} Writer;

static void write_part(Writer *w, Object *o, size_t from, size_t to) {
    StrKind kind = str_kind(o);
    points_copy(w->draft->data + (w->used << kind_shift(w->kind)), w->kind,
                ((Str *)o)->data + (from << kind_shift(kind)), kind, to - from);
    w->used += to - from;
}

static bool writer_begin(Writer *w, Object *o, Object *part, Object *fresh, size_t finds) {
    size_t more = str_length(fresh), kept = str_length(o) - finds * str_length(part);
    if (more && finds > (STR_POINTS_MAX - kept) / more) {
        gilt_raise(GILT_OVERFLOW_ERROR, "replace string is too long");
        return false;
    }
    w->kind = str_kind(o) > str_kind(fresh) ? str_kind(o) : str_kind(fresh);
    w->used = 0;
    w->draft = str_draft(kept + finds * more, w->kind);
    return w->draft;
}

/* The empty text is before each code point and at the end. */
static Object *replace_empty(Object *o, Object *part, Object *fresh, size_t most) {
    size_t length = str_length(o), finds = length + 1 < most ? length + 1 : most;
    Writer w;
    if (!writer_begin(&w, o, part, fresh, finds)) return NULL;
    for (size_t i = 0; i < finds; i++) {
        write_part(&w, fresh, 0, str_length(fresh));
        if (i < length) write_part(&w, o, i, i + 1);
    }
    if (finds < length) write_part(&w, o, finds, length);
    return str_settle(w.draft);
}

static Object *replace_finds(Object *o, const Needle *needle, Object *part, Object *fresh,
                             size_t most) {
    size_t from = 0, length = str_length(o), size = str_length(part);
    size_t finds = count_finds(needle, o, size, 0, length, most);
    Writer w;
    if (!finds) return str_exact(o);
    if (!writer_begin(&w, o, part, fresh, finds)) return NULL;
    for (; finds; finds--) {
        size_t at = (size_t)needle_find(needle, o, from, length);
        write_part(&w, o, from, at);
        write_part(&w, fresh, 0, str_length(fresh));
        from = at + size;
    }
    write_part(&w, o, from, length);
    return str_settle(w.draft);
}

Object *str_replace(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    Object *part = arguments[0], *fresh = arguments[1];
    ssize_t most = -1;
    if (!str_argument(part, "replace() argument 1") ||
        !str_argument(fresh, "replace() argument 2") ||
        !index_argument(arguments[2], &most))
        return NULL;
    size_t limit = most < 0 ? SIZE_MAX : (size_t)most;
    if (!limit || str_length(part) > str_length(o)) return str_exact(o);
    if (!str_length(part)) return replace_empty(o, part, fresh, limit);
    Needle needle;
    if (!needle_begin(&needle, part, str_kind(o))) return NULL;
    Object *replaced = replace_finds(o, &needle, part, fresh, limit);
    needle_end(&needle);
    return replaced;
}
