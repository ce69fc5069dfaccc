/* format_digits.c: the decimal digits of a double, correctly rounded: those of glibc's
 * printf, which are exact for any precision, in Python's layout. The most common request,
 * a few digits behind the point, is answered by exact arithmetic on doubles. */
#include "core/types/float.h"
#include "core/types/format_internal.h"
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static bool text_room(DoubleText *t, size_t room) {
    t->text = t->few;
    t->room = sizeof t->few;
    if (room <= t->room) return true;
    t->text = memory_new(MEMORY_ARRAY, room);
    t->room = room;
    if (t->text) return true;
    t->room = 0;
    return gilt_raise(GILT_MEMORY_ERROR, NULL);
}

void double_text_free(DoubleText *t) {
    if (t->text && t->text != t->few) memory_free(t->text, t->room);
}

/* ---- fixed point ---- */

/* The number times 10^precision as an integer, rounded half to even, if doubles can tell:
 * `scaled` is the product as rounded, `error` what rounding took from it, both exact (fma).
 * Below 2^52 the fraction of `scaled` is exact, and so is its distance from a half, which
 * is at least an ulp of `scaled` unless it is zero: so `error` decides only then. */
static bool scale_exactly(double magnitude, ssize_t precision, uint64_t *integer) {
    static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10};
    if (precision > 10) return false;
    double scaled = magnitude * powers[precision];
    if (!(scaled < 0x1p52) || (scaled < 0x1p-900 && scaled != 0)) return false;
    double error = fma(magnitude, powers[precision], -scaled);
    double whole = floor(scaled), half = (scaled - whole) - 0.5;
    *integer = (uint64_t)whole;
    if (half > 0 || (half == 0 && (error > 0 || (error == 0 && (*integer & 1)))))
        ++*integer;
    return true;
}

static size_t write_scaled(char *text, uint64_t integer, ssize_t precision) {
    char digits[24], *at = digits + sizeof digits;
    ssize_t written = 0;
    do {
        *--at = (char)('0' + integer % 10);
        integer /= 10;
        if (++written == precision) *--at = '.';
    } while (integer || written <= precision);
    size_t size = (size_t)(digits + sizeof digits - at);
    memcpy(text, at, size);
    return size;
}

static bool fixed_text(DoubleText *t, double magnitude, ssize_t precision, int flags) {
    uint64_t integer;
    if (scale_exactly(magnitude, precision, &integer)) {
        if (!text_room(t, 32)) return false;
        t->size = write_scaled(t->text, integer, precision);
    } else {
        if (!text_room(t, (size_t)precision + 320)) return false;
        t->size = (size_t)snprintf(t->text, t->room, "%.*f", (int)precision, magnitude);
    }
    if (!precision && flags & DOUBLE_ALTERNATE) t->text[t->size++] = '.';
    return true;
}

/* ---- general ---- */

/* Digits without the point, and the exponent of the first. */
typedef struct Digits {
    char *digits;
    size_t count;
    int exponent;
} Digits;

/* Takes apart what printf wrote for %e. */
static Digits digits_read(char *text) {
    char *e = strchr(text, 'e');
    Digits d = {text, 0, atoi(e + 1)};
    for (char *at = text; at < e; at++)
        if (*at != '.') d.digits[d.count++] = *at;
    return d;
}

static void digits_trim(Digits *d) {
    while (d->count > 1 && d->digits[d->count - 1] == '0') d->count--;
}

static char *write_exponent(char *to, const Digits *d, int flags) {
    *to++ = d->digits[0];
    if (d->count > 1 || flags & DOUBLE_ALTERNATE) *to++ = '.';
    memcpy(to, d->digits + 1, d->count - 1);
    to += d->count - 1;
    return to + sprintf(to, "e%c%02d", d->exponent < 0 ? '-' : '+', abs(d->exponent));
}

static char *write_point(char *to, const Digits *d, int flags) {
    ssize_t whole = d->exponent + 1, count = (ssize_t)d->count;
    if (whole <= 0) *to++ = '0';
    for (ssize_t i = 0; i < whole; i++) *to++ = i < count ? d->digits[i] : '0';
    bool ends = whole >= count;
    if (!ends || flags) *to++ = '.';
    for (ssize_t i = whole; i < 0; i++) *to++ = '0';
    for (ssize_t i = whole > 0 ? whole : 0; i < count; i++) *to++ = d->digits[i];
    if (ends && flags & DOUBLE_POINT) *to++ = '0';
    return to;
}

/* 'g': exponents from -4 up to the precision go without e. */
static bool general_text(DoubleText *t, double magnitude, ssize_t precision, int flags) {
    if (precision == 0) precision = 1;
    size_t room = (size_t)precision + 16;
    DoubleText raw;
    if (!text_room(&raw, room)) return false;
    snprintf(raw.text, raw.room, "%.*e", (int)precision - 1, magnitude);
    Digits d = digits_read(raw.text);
    if (!(flags & DOUBLE_ALTERNATE)) digits_trim(&d);
    ssize_t most = flags & DOUBLE_POINT ? precision - 1 : precision;
    bool well = text_room(t, room + 16);
    if (well) {
        bool fixed = d.exponent >= -4 && d.exponent < most;
        char *end = fixed ? write_point(t->text, &d, flags)
                          : write_exponent(t->text, &d, flags & DOUBLE_ALTERNATE);
        t->size = (size_t)(end - t->text);
    }
    double_text_free(&raw);
    return well;
}

static bool exponent_text(DoubleText *t, double magnitude, ssize_t precision, int flags) {
    if (!text_room(t, (size_t)precision + 16)) return false;
    const char *format = flags & DOUBLE_ALTERNATE ? "%#.*e" : "%.*e";
    t->size = (size_t)snprintf(t->text, t->room, format, (int)precision, magnitude);
    return true;
}

/* As repr has it; without `.0` where the flags do not ask for it. */
static bool shortest_text(DoubleText *t, double magnitude, int flags) {
    text_room(t, FLOAT_TEXT);
    t->size = float_write(t->text, magnitude);
    char *e = memchr(t->text, 'e', t->size);
    if (!e && !(flags & DOUBLE_POINT) && !memcmp(t->text + t->size - 2, ".0", 2))
        t->size -= flags & DOUBLE_ALTERNATE ? 1 : 2;
    if (e && flags & DOUBLE_ALTERNATE && !memchr(t->text, '.', t->size)) {
        memmove(e + 1, e, t->size - (size_t)(e - t->text));
        *e = '.';
        t->size++;
    }
    return true;
}

bool double_text(DoubleText *t, double magnitude, char type, ssize_t precision, int flags) {
    bool well;
    char lower = (char)(type | 32);
    if (!isfinite(magnitude)) {
        text_room(t, 4);
        t->size = 3;
        memcpy(t->text, isnan(magnitude) ? "nan" : "inf", 3);
        well = true;
    } else if (precision > INT32_MAX - 400) {
        return gilt_raise(GILT_VALUE_ERROR, "precision too big");
    } else if (lower == 'f') {
        well = fixed_text(t, magnitude, precision, flags);
    } else if (lower == 'e') {
        well = exponent_text(t, magnitude, precision, flags);
    } else if (lower == 'g') {
        well = general_text(t, magnitude, precision, flags);
    } else {
        well = shortest_text(t, magnitude, flags);
    }
    if (well && type != lower)
        for (size_t i = 0; i < t->size; i++) t->text[i] = (char)toupper(t->text[i]);
    return well;
}
