/* check.c: compiles a text in all three ways and judges the result.
 *
 * Names are interned and live until the runtime ends, so a text that leaves more blocks
 * than there were is compiled once more: then its names are all there, and whatever is
 * left is a leak. */
#include "tests/fuzz/check.h"
#include "core/compiler/compiler.h"
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/object/error.h"
#include <stdio.h>

static char wrong[256];

#define WRONG(...) (snprintf(wrong, sizeof wrong, __VA_ARGS__), wrong)

/* ---- the place of a SyntaxError ---- */

/* -1: None; -2: something else. */
static int64_t number_at(Object *error, const char *name) {
    Object *value = attribute_get(error, gilt_intern(name));
    int64_t number = -2;
    if (value == gilt_none())
        number = -1;
    else if (!value || !gilt_int_value(value, &number))
        gilt_error_clear();
    decref_maybe(value);
    return number;
}

/* How many lines there are, and code points in the line `number` from 1, each counted
 * generously: any of '\r', '\n' ends a line, any byte may be a code point. */
static int64_t lines_of(const char *bytes, size_t count, int64_t number, int64_t *length) {
    int64_t line = 1;
    *length = 0;
    for (size_t i = 0; i < count; i++) {
        *length += line == number;
        bool ends = bytes[i] == '\n' ||
                    (bytes[i] == '\r' && !(i + 1 < count && bytes[i + 1] == '\n'));
        line += ends;
    }
    return line;
}

static const char *check_place(Object *error, const char *bytes, size_t count) {
    int64_t line = number_at(error, "lineno"), offset = number_at(error, "offset");
    int64_t length, lines = lines_of(bytes, count, line, &length);
    if (line < (count > 3 || lines > 1) || line > lines + 1)
        return WRONG("line %ld of %ld", (long)line, (long)lines);
    if (offset < 0 || offset > length + 1)
        return WRONG("offset %ld in line %ld of length %ld", (long)offset, (long)line,
                     (long)length);
    int64_t end = number_at(error, "end_lineno"),
            end_offset = number_at(error, "end_offset");
    if (end > lines + 1 || (end < line && end > 0) || end_offset < -1)
        return WRONG("ends in line %ld, offset %ld; begins in line %ld", (long)end,
                     (long)end_offset, (long)line);
    return NULL;
}

/* ---- one text, one way ---- */

static const char *check_error(const char *bytes, size_t count) {
    static const GiltType others[] = {GILT_RECURSION_ERROR, GILT_MEMORY_ERROR,
                                      GILT_OVERFLOW_ERROR, GILT_VALUE_ERROR};
    if (!gilt_error()) return WRONG("neither code nor an exception");
    bool syntax = gilt_error_is(GILT_SYNTAX_ERROR), other = false;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        other |= gilt_error_is(others[i]);
    Object *error = gilt_error_take();
    const char *result = syntax  ? check_place(error, bytes, count)
                         : other ? NULL
                                 : WRONG("an exception of another type");
    decref(error);
    return result;
}

static const char *check_mode(const char *bytes, size_t count, ParseMode mode) {
    bool incomplete;
    Object *filename = gilt_intern("fuzz");
    Code *code = compile(bytes, count, filename, mode, &incomplete);
    if (!code) return check_error(bytes, count);
    const char *result = gilt_error() ? WRONG("code and an exception") : NULL;
    gilt_error_clear();
    decref(&code->head);
    return result;
}

static const char *check_modes(const char *bytes, size_t count) {
    const char *result = check_mode(bytes, count, PARSE_FILE);
    if (!result) result = check_mode(bytes, count, PARSE_EVAL);
    return result ? result : check_mode(bytes, count, PARSE_SINGLE);
}

const char *fuzz_check(const char *bytes, size_t count) {
    size_t before = gilt_memory().blocks;
    const char *result = check_modes(bytes, count);
    size_t after = gilt_memory().blocks;
    if (result || after <= before) return result;
    if ((result = check_modes(bytes, count))) return result;
    size_t again = gilt_memory().blocks;
    if (again <= after) return NULL;
    gilt_gc_collect(2);
    again = gilt_memory().blocks;
    return again > after ? WRONG("%zu blocks are left", again - after) : NULL;
}
