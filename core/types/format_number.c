/* format_number.c: int, float and complex by a format spec. */
#include "core/types/complex.h"
#include "core/types/float.h"
#include "core/types/format_internal.h"
#include "core/types/int.h"
#include "core/types/number.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>

/* ---- int ---- */

static void small_text(IntText *t, uint64_t value, unsigned base, bool upper) {
    const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    char *at = t->room + sizeof t->room;
    if (base == 10) do
            *--at = (char)('0' + value % 10);
        while (value /= 10);
    else
        do *--at = digits[value % base];
        while (value /= base);
    t->digits = at;
    t->count = (size_t)(t->room + sizeof t->room - at);
}

bool int_text(IntText *t, Object *o, unsigned base, bool upper) {
    t->text = NULL;
    if (likely(!int_is_big(o))) {
        int64_t value = int_small(o);
        small_text(t, value < 0 ? -(uint64_t)value : (uint64_t)value, base, upper);
        return true;
    }
    if (base == 10) {
        Object *repr = int_repr(o); /* for its limit of digits */
        if (!repr) return false;
        decref(repr);
    }
    t->text = int_digits(o, base, &t->count);
    t->digits = t->text;
    for (size_t i = 0; upper && t->text && i < t->count; i++)
        t->text[i] = (char)toupper(t->text[i]);
    return t->text;
}

static Object *int_refuses(const FormatSpec *spec) {
    const char *why = spec->precision >= 0 ? "Precision" : "Negative zero coercion (z)";
    return gilt_raise(GILT_VALUE_ERROR, "%s not allowed in integer format specifier", why);
}

/* 'c': the character with this number. */
static Object *int_as_point(Object *value, FormatSpec *spec) {
    if (spec->sign)
        return gilt_raise(GILT_VALUE_ERROR,
                          "Sign not allowed with integer format specifier 'c'");
    if (spec->alternate)
        return gilt_raise(
            GILT_VALUE_ERROR,
            "Alternate form (#) not allowed with integer format specifier 'c'");
    if (int_is_big(value))
        return gilt_raise(GILT_OVERFLOW_ERROR, "Python int too large to convert to C long");
    if (int_small(value) < 0 || int_small(value) > 0x10FFFF)
        return gilt_raise(GILT_OVERFLOW_ERROR, "%%c arg not in range(0x110000)");
    if (spec->align == '=') spec->align = '>';
    Object *point = str_of_point((uint32_t)int_small(value));
    Object *padded = point ? format_pad(point, 0, 1, spec) : NULL;
    decref_maybe(point);
    return padded;
}

static Object *int_by_base(Object *value, const FormatSpec *spec, unsigned base) {
    IntText t;
    if (!int_text(&t, value, base, spec->type == 'X')) return NULL;
    char prefix[] = {'0', (char)spec->type};
    NumberParts parts = {.sign = format_sign(int_is_negative(value), spec->sign),
                         .prefix = prefix,
                         .prefix_size = spec->alternate && base != 10 ? 2 : 0,
                         .digits = t.digits,
                         .digit_count = t.count,
                         .group = !spec->grouping ? 0
                                  : base == 10    ? 3
                                                  : 4};
    Object *text = format_layout(&parts, spec);
    free(t.text);
    return text;
}

static Object *double_by_spec(double number, Object *value, const FormatSpec *spec);

static Object *int_by_spec(Object *value, FormatSpec *spec) {
    double number;
    if (spec->type && spec->type < 128 && strchr("eEfFgG%", (int)spec->type))
        return int_to_double(value, &number) ? double_by_spec(number, value, spec) : NULL;
    unsigned base = spec->type == 'd' || spec->type == 'n' || !spec->type ? 10
                    : spec->type == 'b'                                   ? 2
                    : spec->type == 'o'                                   ? 8
                    : spec->type == 'x' || spec->type == 'X'              ? 16
                                                                          : 0;
    if (!base && spec->type != 'c') return format_raise_code(spec->type, value);
    if (spec->precision >= 0 || spec->no_negative_zero) return int_refuses(spec);
    return base ? int_by_base(value, spec, base) : int_as_point(value, spec);
}

Object *format_int(Object *value, Object *text) {
    FormatSpec spec;
    if (!str_length(text)) return gilt_str(value);
    if (!format_spec_read(&spec, text, value, '>', 'd')) return NULL;
    return int_by_spec(value, &spec);
}

/* ---- float ---- */

/* Are all digits of the text zeros? */
static bool is_zero_text(const DoubleText *t) {
    for (size_t i = 0; i < t->size && (t->text[i] | 32) != 'e'; i++)
        if (t->text[i] > '0') return false;
    return true;
}

/* Splits the text into the digits before the point and the rest. */
static void parts_of_text(NumberParts *parts, const DoubleText *t) {
    size_t whole = 0;
    while (whole < t->size && isdigit((unsigned char)t->text[whole])) whole++;
    parts->digits = t->text;
    parts->digit_count = whole;
    parts->rest = t->text + whole;
    parts->rest_size = t->size - whole;
}

static bool text_by_spec(DoubleText *t, double number, const FormatSpec *spec) {
    int flags = spec->alternate ? DOUBLE_ALTERNATE : 0;
    char type = (char)spec->type;
    ssize_t precision = spec->precision < 0 ? 6 : spec->precision;
    if (!type) {
        flags |= DOUBLE_POINT;
        type = spec->precision < 0 ? 'r' : 'g';
    } else if (type == '%') {
        type = 'f';
        number *= 100;
    } else if (type == 'n') {
        type = 'g';
    }
    if (!double_text(t, fabs(number), type, precision, flags)) return false;
    if (spec->type == '%') t->text[t->size++] = '%'; /* fixed_text leaves room */
    return true;
}

static Object *double_by_spec(double number, Object *value, const FormatSpec *spec) {
    DoubleText t;
    NumberParts parts = {.group = spec->grouping ? 3 : 0};
    if (spec->type && (spec->type >= 128 || !strchr("eEfFgGn%", (int)spec->type)))
        return format_raise_code(spec->type, value);
    if (!text_by_spec(&t, number, spec)) return NULL;
    bool negative = signbit(number) && !isnan(number);
    if (negative && spec->no_negative_zero && is_zero_text(&t)) negative = false;
    parts_of_text(&parts, &t);
    parts.sign = format_sign(negative, spec->sign);
    Object *text = format_layout(&parts, spec);
    double_text_free(&t);
    return text;
}

Object *format_float(Object *value, Object *text) {
    FormatSpec spec;
    if (!str_length(text)) return gilt_str(value);
    if (!format_spec_read(&spec, text, value, '>', 0)) return NULL;
    return double_by_spec(float_value(value), value, &spec);
}

/* ---- complex ---- */

/* One part, as wide as it is. */
static Object *part_by_spec(double number, Object *value, const FormatSpec *spec,
                            char sign) {
    FormatSpec part = *spec;
    part.width = -1;
    part.sign = sign;
    if (part.type || part.precision >= 0) {
        if (!part.type) part.type = 'g'; /* no .0 */
        return double_by_spec(number, value, &part);
    }
    DoubleText t;
    NumberParts parts = {.group = spec->grouping ? 3 : 0};
    if (!double_text(&t, fabs(number), 'r', 0, spec->alternate ? DOUBLE_ALTERNATE : 0))
        return NULL;
    parts_of_text(&parts, &t);
    parts.sign = format_sign(signbit(number) && !isnan(number), sign);
    return format_layout(&parts, &part);
}

static Object *complex_join(Object *real, Object *imag, bool parentheses) {
    StrBuilder b;
    builder_init(&b);
    if (parentheses) builder_append_char(&b, '(');
    if (real) builder_append_str(&b, real);
    builder_append_str(&b, imag);
    builder_append_ascii(&b, "j)", parentheses ? 2 : 1);
    return builder_finish(&b);
}

static Object *complex_by_spec(Object *value, const FormatSpec *spec) {
    double re, im;
    complex_value(value, &re, &im);
    bool bare = !spec->type, alone = bare && re == 0 && !signbit(re);
    Object *real = alone ? NULL : part_by_spec(re, value, spec, spec->sign);
    if (!real && !alone) return NULL;
    Object *imag = part_by_spec(im, value, spec, alone ? spec->sign : '+');
    Object *both = imag ? complex_join(real, imag, bare && !alone) : NULL;
    Object *text = both ? format_pad(both, 0, str_length(both), spec) : NULL;
    decref_maybe(real);
    decref_maybe(imag);
    decref_maybe(both);
    return text;
}

Object *format_complex(Object *value, Object *text) {
    FormatSpec spec;
    if (!str_length(text)) return gilt_str(value);
    if (!format_spec_read(&spec, text, value, '>', 0)) return NULL;
    if (spec.type && (spec.type >= 128 || !strchr("eEfFgGn", (int)spec.type)))
        return format_raise_code(spec.type, value);
    if (spec.fill == '0')
        return gilt_raise(GILT_VALUE_ERROR,
                          "Zero padding is not allowed in complex format specifier");
    if (spec.align == '=')
        return gilt_raise(GILT_VALUE_ERROR,
                          "'=' alignment flag is not allowed in complex format specifier");
    return complex_by_spec(value, &spec);
}
