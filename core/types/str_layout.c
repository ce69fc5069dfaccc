/* str_layout.c: text in columns: padding, tabs, zeros; and translate, by a table. */
#include "core/object/operations.h"
#include "core/types/dict.h"
#include "core/types/slice.h"
#include "core/types/str_internal.h"

/* ---- Padding ---- */

static Object *pad(Object *o, size_t left, size_t right, uint32_t fill) {
    if (!left && !right) return str_exact(o);
    StrBuilder b;
    builder_init(&b);
    builder_append_many(&b, fill, left);
    builder_append_str(&b, o);
    builder_append_many(&b, fill, right);
    return builder_finish(&b);
}

/* For (width, fillchar=' '): how much padding, and of what. */
static bool pad_arguments(Object *o, Object *const *arguments, size_t *room,
                          uint32_t *fill) {
    ssize_t width, length = (ssize_t)str_length(o);
    if (!index_argument(arguments[0], &width)) return false;
    *fill = ' ';
    *room = width > length ? (size_t)(width - length) : 0;
    if (*room > STR_POINTS_MAX) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    if (!arguments[1]) return true;
    if (!str_check(arguments[1]))
        return gilt_raise(GILT_TYPE_ERROR,
                          "The fill character must be a unicode character, not %s",
                          type_of(arguments[1])->name);
    if (str_length(arguments[1]) != 1)
        return gilt_raise(GILT_TYPE_ERROR,
                          "The fill character must be exactly one character long");
    *fill = str_at(arguments[1], 0);
    return true;
}

/* An odd space more goes to the left if the width is odd, as in Python. */
Object *str_center(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    size_t room;
    uint32_t fill;
    if (!pad_arguments(o, arguments, &room, &fill)) return NULL;
    size_t left = room / 2 + (room & (room + str_length(o)) & 1);
    return pad(o, left, room - left, fill);
}

Object *str_ljust(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    size_t room;
    uint32_t fill;
    return pad_arguments(o, arguments, &room, &fill) ? pad(o, 0, room, fill) : NULL;
}

Object *str_rjust(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    size_t room;
    uint32_t fill;
    return pad_arguments(o, arguments, &room, &fill) ? pad(o, room, 0, fill) : NULL;
}

Object *str_zfill(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    size_t room;
    uint32_t fill;
    Object *const width[] = {arguments[0], NULL};
    if (!pad_arguments(o, width, &room, &fill)) return NULL;
    if (!room) return str_exact(o);
    size_t sign = str_length(o) && (str_at(o, 0) == '+' || str_at(o, 0) == '-');
    StrBuilder b;
    builder_init(&b);
    builder_append_part(&b, o, 0, sign);
    builder_append_many(&b, '0', room);
    builder_append_part(&b, o, sign, str_length(o));
    return builder_finish(&b);
}

Object *str_expandtabs(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    ssize_t size = 8;
    size_t column = 0;
    if (!int_argument(arguments[0], &size)) return NULL;
    StrBuilder b;
    builder_init(&b);
    for (size_t i = 0; i < str_length(o); i++) {
        uint32_t point = str_at(o, i);
        if (point == '\t') {
            size_t room = size > 0 ? (size_t)size - column % (size_t)size : 0;
            if (room > STR_POINTS_MAX) {
                builder_abandon(&b);
                return gilt_raise(GILT_OVERFLOW_ERROR, "new string is too long");
            }
            builder_append_many(&b, ' ', room);
            column += room;
        } else {
            builder_append_char(&b, point);
            column = point == '\n' || point == '\r' ? 0 : column + 1;
        }
    }
    return builder_finish(&b);
}

/* ---- translate ---- */

static bool append_translated(StrBuilder *b, Object *to) {
    ssize_t point;
    if (is_type(to, GILT_NONE)) return true;
    if (str_check(to)) {
        builder_append_str(b, to);
        return true;
    }
    if (!is_kind(to, GILT_INT))
        return gilt_raise(GILT_TYPE_ERROR,
                          "character mapping must return integer, None or str");
    if (!index_number(to, INDEX_CUT, &point)) return false;
    if (point < 0 || point > 0x10FFFF)
        return gilt_raise(GILT_VALUE_ERROR, "character mapping must be in range(0x110000)");
    builder_append_char(b, (uint32_t)point);
    return true;
}

/* What the table has for the code point; it stays as it is if there is a LookupError. */
static bool translate_point(StrBuilder *b, Object *table, uint32_t point) {
    Object *key = gilt_int(point);
    if (!key) return false;
    bool plain = is_type(table, GILT_DICT);
    Object *to = plain ? gilt_dict_get(table, key) : gilt_get_item(table, key);
    decref(key);
    if (to) {
        bool well = append_translated(b, to);
        decref(to);
        return well;
    }
    if (gilt_error_is(GILT_LOOKUP_ERROR)) gilt_error_clear();
    if (gilt_error()) return false;
    builder_append_char(b, point);
    return true;
}

Object *str_translate(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    StrBuilder b;
    builder_init(&b);
    for (size_t i = 0; i < str_length(o); i++)
        if (!translate_point(&b, arguments[0], str_at(o, i))) {
            builder_abandon(&b);
            return NULL;
        }
    return builder_finish(&b);
}

/* ---- maketrans ---- */

static bool table_put(Object *table, uint32_t point, Object *value) {
    Object *key = gilt_int(point);
    bool well = key && gilt_dict_set(table, key, value);
    decref_maybe(key);
    return well;
}

static bool table_from_dict(Object *table, Object *dict) {
    Object *key, *value;
    size_t position = 0;
    bool well = true;
    while (well && gilt_dict_next(dict, &position, &key, &value)) {
        if (is_kind(key, GILT_INT))
            well = gilt_dict_set(table, key, value);
        else if (!str_check(key))
            well = gilt_raise(GILT_TYPE_ERROR,
                              "keys in translate table must be strings or integers");
        else if (str_length(key) != 1)
            well = gilt_raise(GILT_VALUE_ERROR,
                              "string keys in translate table must be of length 1");
        else
            well = table_put(table, str_at(key, 0), value);
        decref(key);
        decref(value);
    }
    return well;
}

static bool table_from_texts(Object *table, Object *from, Object *to, Object *none) {
    if (str_length(from) != str_length(to))
        return gilt_raise(GILT_VALUE_ERROR,
                          "the first two maketrans arguments must have equal length");
    for (size_t i = 0; i < str_length(from); i++) {
        Object *value = gilt_int(str_at(to, i));
        bool well = value && table_put(table, str_at(from, i), value);
        decref_maybe(value);
        if (!well) return false;
    }
    for (size_t i = 0; none && i < str_length(none); i++)
        if (!table_put(table, str_at(none, i), gilt_none())) return false;
    return true;
}

static bool table_fill(Object *table, Object *const *arguments) {
    Object *from = arguments[0], *to = arguments[1], *none = arguments[2];
    if (!to) {
        if (is_kind(from, GILT_DICT)) return table_from_dict(table, from);
        return gilt_raise(GILT_TYPE_ERROR,
                          "if you give only one argument to maketrans it must be a dict");
    }
    if (!str_argument(to, "maketrans() argument 2")) return false;
    if (none && !str_argument(none, "maketrans() argument 3")) return false;
    if (!str_check(from))
        return gilt_raise(GILT_TYPE_ERROR, "first maketrans argument must be a string if "
                                           "there is a second argument");
    return table_from_texts(table, from, to, none);
}

Object *str_maketrans(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    Object *table = gilt_dict_new();
    if (table && table_fill(table, arguments)) return table;
    decref_maybe(table);
    return NULL;
}
