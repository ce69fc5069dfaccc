/* number_text.c: numbers as programs write them: what int(), float() and complex() read.
 *
 * Invariant: from here on the text is ASCII. Other scripts' digits and spaces have become
 * ASCII ones, and whatever else there was has become a '?', which no number has; a NUL,
 * too, so that the text ends where its NUL is. */
#include "core/types/bytes.h"
#include "core/types/float.h"
#include "core/types/number.h"
#include "core/types/str.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* ---- Reading any object's text --------------------------------------------------- */

static char ascii_of(uint32_t point) {
    if (point_is_space(point)) return ' ';
    if (point < 0x80) return point ? (char)point : '?';
    int digit = point_decimal(point);
    return digit < 0 ? '?' : (char)('0' + digit);
}

static bool text_room(NumberText *t, size_t size) {
    t->text = t->room;
    if (size < sizeof t->room) return true;
    t->text = malloc(size + 1);
    if (t->text) return true;
    gilt_raise(GILT_MEMORY_ERROR, NULL);
    return false;
}

/* Takes the spaces off, where `size` characters are there. */
static int text_strip(NumberText *t, size_t size) {
    char *at = t->text;
    while (size && at[size - 1] == ' ') size--;
    size_t skip = 0;
    while (skip < size && at[skip] == ' ') skip++;
    memmove(at, at + skip, size - skip);
    at[size - skip] = 0;
    return 1;
}

static int text_of_str(NumberText *t, Object *o) {
    size_t size = str_length(o);
    if (!text_room(t, size)) return -1;
    for (size_t i = 0; i < size; i++) t->text[i] = ascii_of(str_at(o, i));
    return text_strip(t, size);
}

static int text_of_bytes(NumberText *t, const uint8_t *data, size_t size) {
    if (!text_room(t, size)) return -1;
    for (size_t i = 0; i < size; i++) t->text[i] = data[i] < 0x80 ? ascii_of(data[i]) : '?';
    return text_strip(t, size);
}

/* A bytearray and the like: others may write it meanwhile, so a copy is read. */
static int text_of_array(NumberText *t, Object *o) {
    ByteView view;
    if (!byte_view(&view, o)) return -1;
    int known = text_of_bytes(t, view.data, view.size);
    byte_view_end(&view);
    return known;
}

int number_text_read(NumberText *t, Object *o) {
    if (is_kind(o, GILT_STR)) return text_of_str(t, o);
    if (is_kind(o, GILT_BYTES))
        return text_of_bytes(t, ((Bytes *)o)->data, ((Bytes *)o)->size);
    return buffer_check(o) ? text_of_array(t, o) : 0;
}

void number_text_free(NumberText *t) {
    if (t->text != t->room) free(t->text);
}

bool number_text_plain(char *text) {
    if (!strchr(text, '_')) return true;
    char last = 0, *to = text;
    for (char *at = text; *at; last = *at++) {
        if (*at == '_') {
            if (!is_digit(last)) return false;
            continue;
        }
        if (last == '_' && !is_digit(*at)) return false;
        *to++ = *at;
    }
    *to = 0;
    return last != '_';
}

Object *number_text_refuse(const char *what, Object *shown) {
    Object *repr = gilt_repr(shown);
    char *text = repr ? gilt_str_utf8(repr, NULL) : NULL;
    if (text) gilt_raise(GILT_VALUE_ERROR, "%s%s", what, text);
    free(text);
    decref_maybe(repr);
    return NULL;
}

/* ---- Doubles --------------------------------------------------------------------- */

/* `word` is in lower case. Returns what is behind it, or NULL. */
static const char *skip_word(const char *at, const char *word) {
    for (; *word; at++, word++)
        if (tolower((unsigned char)*at) != *word) return NULL;
    return at;
}

static const char *read_named(const char *at, bool negative, double *value) {
    const char *end = skip_word(at, "infinity");
    if (!end) end = skip_word(at, "inf");
    *value = negative ? -INFINITY : INFINITY;
    if (end) return end;
    *value = negative ? -NAN : NAN;
    return skip_word(at, "nan");
}

static const char *skip_digits(const char *at) {
    while (is_digit(*at)) at++;
    return at;
}

/* Where the decimal ends; NULL: it has no digit. */
static const char *skip_decimal(const char *at) {
    const char *whole = skip_digits(at), *end = whole;
    if (*end == '.') end = skip_digits(end + 1);
    if (end == at || (end == at + 1 && *at == '.')) return NULL;
    if ((*end | 32) != 'e') return end;
    const char *power = end + 1;
    if (*power == '+' || *power == '-') power++;
    return is_digit(*power) ? skip_digits(power) : end;
}

/* A decimal that skip_decimal has found, of at most 19 digits. */
static bool read_quickly(const char *at, const char *end, double *value) {
    uint64_t digits = 0;
    int count = 0, ten = 0;
    bool point = false;
    for (; at < end && (*at | 32) != 'e'; at++) {
        if (*at == '.') {
            point = true;
            continue;
        }
        digits = digits * 10 + (uint64_t)(*at - '0');
        count += digits != 0;
        ten -= point;
        if (count > 19) return false;
    }
    if (end - at > 5) return false; /* e-123 */
    if (at < end) ten += atoi(at + 1);
    return float_of_digits(digits, ten, value);
}

/* strtod would also take hexadecimals, so the end is found first. */
const char *number_text_double(const char *text, double *value) {
    bool negative = *text == '-';
    const char *at = text + (*text == '-' || *text == '+');
    if (isalpha((unsigned char)*at)) return read_named(at, negative, value);
    const char *end = skip_decimal(at);
    if (!end) return NULL;
    if (!read_quickly(at, end, value))
        *value = strtod(text, NULL);
    else if (negative)
        *value = -*value;
    return end;
}
