/* syntax_error.c: makes the exception with all that a traceback shows of it. */
#include "core/compiler/syntax_error.h"
#include "core/object/error.h"
#include "core/types/str.h"
#include "core/vm/lines.h"
#include <stdlib.h>

/* The line that the exception shows; what is not UTF-8 (the source could not be read) is
 * shown as question marks. */
static Object *line_text(const Source *source, int line) {
    size_t bytes;
    const char *text = source_line(source, line, &bytes);
    Utf8Scan scan;
    if (utf8_scan((const uint8_t *)text, bytes, &scan)) return gilt_str_new(text, bytes);
    StrBuilder b;
    builder_init(&b);
    for (size_t i = 0; i < bytes; i++)
        builder_append_char(&b, text[i] & 0x80 ? '?' : (uint8_t)text[i]);
    return builder_finish(&b);
}

/* Where the end is on another line, CPython cuts its offset to the first: so do we. */
static int end_offset(Where w, Object *text) {
    if (w.end_line == w.line || !text) return w.end_offset;
    int length = (int)str_length(text);
    if (length && str_at(text, (size_t)length - 1) == '\n') length--;
    return w.end_offset > length + 1 ? length + 1 : w.end_offset;
}

/* The tuple (filename, line, offset, text, end line, end offset). */
static Object *details(const Source *source, Where w) {
    Object *text = line_text(source, w.line);
    Object *items[6] = {incref(source->filename), gilt_int(w.line),
                        gilt_int(w.offset),       text,
                        gilt_int(w.end_line),     NULL};
    items[5] = gilt_int(end_offset(w, text));
    bool whole = true;
    for (int i = 0; i < 6; i++) whole &= items[i] != NULL;
    Object *tuple = whole ? gilt_tuple_new(items, 6) : NULL;
    for (int i = 0; i < 6; i++) decref_maybe(items[i]);
    return tuple;
}

void *syntax_error_format(const Source *source, GiltType type, Where where,
                          const char *format, va_list list) {
    Object *args[2] = {str_format(format, list), NULL};
    if (args[0]) args[1] = details(source, where);
    if (args[1]) error_raise_args(type, args, 2);
    decref_maybe(args[0]);
    decref_maybe(args[1]);
    return NULL;
}

void *syntax_error_raise(const Source *source, GiltType type, Where where,
                         const char *format, ...) {
    va_list list;
    va_start(list, format);
    syntax_error_format(source, type, where, format, list);
    va_end(list);
    return NULL;
}

/* A new reference; NULL: there is none, or an exception. */
static Object *file_line(Object *filename, int line) {
    Lines lines = {0};
    size_t bytes;
    char *name = gilt_str_utf8(filename, NULL);
    const char *text = name ? lines_get(&lines, name, line, &bytes) : NULL;
    Utf8Scan scan;
    Object *result = NULL;
    if (text && utf8_scan((const uint8_t *)text, bytes, &scan))
        result = gilt_str_format("%.*s\n", (int)bytes, text);
    lines_free(&lines);
    free(name);
    return result;
}

void syntax_error_raise_at(Object *filename, Place place, Object *message) {
    Object *text = message ? file_line(filename, place.line) : NULL;
    bool ends = place.end_column >= 0;
    if (message && !gilt_error()) {
        Object *parts[6] = {filename,
                            gilt_int(place.line),
                            gilt_int(place.column + 1),
                            text ? text : gilt_none(),
                            gilt_int(place.end_line),
                            ends ? gilt_int(place.end_column + 1) : gilt_none()};
        Object *args[2] = {message, gilt_tuple_new(parts, 6)};
        if (args[1]) error_raise_args(GILT_SYNTAX_ERROR, args, 2);
        decref_maybe(args[1]);
        decref(parts[1]), decref(parts[2]), decref(parts[4]), decref(parts[5]);
    }
    decref_maybe(text);
}
