/* float_text.c: doubles to decimal text, rounded or in full, and to and from hexadecimal.
 *
 * The C library prints and reads decimals of any length correctly rounded (halves to even),
 * so rounding is printing and reading, where exact arithmetic is not enough. */
#include "core/types/float.h"
#include "core/types/number.h"
#include "core/types/str.h"
#include <ctype.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- To text --------------------------------------------------------------------- */

typedef struct Decimal {
    char digits[20]; /* no point, no zeros at the end */
    int count;
    int exponent; /* of the first digit */
} Decimal;

static void decimal_shortest(Decimal *decimal, double magnitude) {
    int ten;
    uint64_t left = float_digits(magnitude, &ten);
    char reversed[20];
    decimal->count = 0;
    for (; left; left /= 10) reversed[decimal->count++] = (char)('0' + left % 10);
    for (int i = 0; i < decimal->count; i++)
        decimal->digits[i] = reversed[decimal->count - 1 - i];
    decimal->exponent = ten + decimal->count - 1;
}

/* Digits with a point among them or zeros around: for exponents -4 to 15. */
static char *write_fixed(char *to, const Decimal *d) {
    int whole = d->exponent + 1; /* digits before the point */
    if (whole <= 0) *to++ = '0';
    for (int i = 0; i < whole; i++) *to++ = i < d->count ? d->digits[i] : '0';
    *to++ = '.';
    for (int i = whole; i < 0; i++) *to++ = '0';
    if (whole >= d->count) *to++ = '0';
    for (int i = whole > 0 ? whole : 0; i < d->count; i++) *to++ = d->digits[i];
    return to;
}

static char *write_scientific(char *to, const Decimal *d) {
    *to++ = d->digits[0];
    if (d->count > 1) {
        *to++ = '.';
        memcpy(to, d->digits + 1, (size_t)d->count - 1);
        to += d->count - 1;
    }
    return to + sprintf(to, "e%c%02d", d->exponent < 0 ? '-' : '+', abs(d->exponent));
}

/* A whole number below 2^53 has all its digits right, and no shorter form reads back. */
static char *write_whole(char *to, uint64_t value) {
    char digits[20];
    int count = 0;
    do digits[count++] = (char)('0' + value % 10);
    while (value /= 10);
    while (count) *to++ = digits[--count];
    *to++ = '.';
    *to++ = '0';
    return to;
}

size_t float_write(char *text, double value) {
    char *end = text;
    if (isnan(value)) return strlen(strcpy(text, "nan"));
    if (signbit(value)) *end++ = '-';
    value = fabs(value);
    if (isinf(value)) {
        end = stpcpy(end, "inf");
    } else if (value < 0x1p53 && value == (double)(uint64_t)value) {
        end = write_whole(end, (uint64_t)value);
    } else {
        Decimal decimal = {.count = 0};
        decimal_shortest(&decimal, value);
        bool fixed = decimal.exponent >= -4 && decimal.exponent < 16;
        end = fixed ? write_fixed(end, &decimal) : write_scientific(end, &decimal);
    }
    *end = 0;
    return (size_t)(end - text);
}

Object *float_repr(Object *o) {
    char text[FLOAT_TEXT];
    size_t size = float_write(text, float_value(o));
    return str_of_ascii(text, size);
}

/* ---- Rounding -------------------------------------------------------------------- */

/* Rounds the whole number in `digits` at `cut` places from its end, halves to even;
 * `more` says that the number is a fraction above. Writes over it: there is a free place in
 * front of it, in case that it gets longer. */
static char *round_digits(char *digits, size_t cut, bool more) {
    size_t count = strlen(digits);
    *--digits = '0';
    char *last = digits + count - cut; /* the last digit to stay */
    int order = last[1] - '5';
    if (order == 0) order = more || strspn(last + 2, "0") != cut - 1;
    bool up = order > 0 || (order == 0 && (*last & 1));
    memset(last + 1, '0', cut);
    for (; up && *last == '9'; last--) *last = '0';
    if (up) ++*last;
    return digits;
}

/* To a multiple of 10^cut. */
static double round_whole(double value, size_t cut) {
    char text[DBL_MAX_10_EXP + 8], *digits = text + 1;
    double whole = trunc(fabs(value));
    size_t count = (size_t)snprintf(digits, sizeof text - 1, "%.0f", whole);
    if (count < cut) return copysign(0, value);
    return copysign(strtod(round_digits(digits, cut, whole != fabs(value)), NULL), value);
}

/* Where value * 10^digits has its point among its 53 bits: exactly, as the product and what
 * it lost by rounding say. The quotient of two whole doubles then rounds once. */
static bool round_quickly(double *value, int64_t digits) {
    double power = 1, size = fabs(*value);
    if (digits < 0 || digits > 22) return false;
    for (int64_t i = 0; i < digits; i++) power *= 10;
    double scaled = size * power;
    if (!(scaled < 0x1p52)) return false;
    double lost = fma(size, power, -scaled), whole = floor(scaled), part = scaled - whole;
    bool odd = (uint64_t)whole & 1;
    if (part > 0.5 || (part == 0.5 && (lost > 0 || (lost == 0 && odd)))) whole += 1;
    *value = copysign(whole / power, *value);
    return true;
}

bool float_round(double *value, int64_t digits) {
    if (round_quickly(value, digits)) return true;
    char text[DBL_MAX_10_EXP + 345];
    const int64_t most = (DBL_MANT_DIG - DBL_MIN_EXP) * 30103 / 100000;
    const int64_t least = -(DBL_MAX_EXP + 1) * 30103 / 100000;
    if (!isfinite(*value) || digits > most) return true;
    if (digits < least) {
        *value *= 0.0;
    } else if (digits < 0) {
        *value = round_whole(*value, (size_t)-digits);
    } else {
        snprintf(text, sizeof text, "%.*f", (int)digits, *value);
        *value = strtod(text, NULL);
    }
    if (!isinf(*value)) return true;
    gilt_raise(GILT_OVERFLOW_ERROR, "rounded value too large to represent");
    return false;
}

/* ---- Hexadecimal ----------------------------------------------------------------- */

size_t float_write_hex(char *text, double value) {
    int exponent;
    if (!isfinite(value)) return float_write(text, value);
    const char *sign = signbit(value) ? "-" : "";
    if (value == 0) return (size_t)sprintf(text, "%s0x0.0p+0", sign);
    double part = frexp(fabs(value), &exponent);
    int shift = exponent - 1 < DBL_MIN_EXP - 1 ? DBL_MIN_EXP - exponent : 0;
    uint64_t bits = (uint64_t)ldexp(part, DBL_MANT_DIG - shift);
    exponent += shift - 1;
    return (size_t)sprintf(
        text, "%s0x%llu.%013llxp%+d", sign, (unsigned long long)(bits >> 52),
        (unsigned long long)(bits & ((UINT64_C(1) << 52) - 1)), exponent);
}

/* Is it [sign] [0x] digits [. digits] [p [sign] digits], with a digit before the p? */
static bool hex_is_well_formed(const char *at, bool *prefixed) {
    if (*at == '+' || *at == '-') at++;
    *prefixed = at[0] == '0' && (at[1] | 32) == 'x';
    if (*prefixed) at += 2;
    int digits = 0;
    for (; isxdigit((unsigned char)*at); at++) digits++;
    if (*at == '.')
        for (at++; isxdigit((unsigned char)*at); at++) digits++;
    if (!digits) return false;
    if ((*at | 32) != 'p') return *at == 0;
    at++;
    if (*at == '+' || *at == '-') at++;
    if (!isdigit((unsigned char)*at)) return false;
    while (isdigit((unsigned char)*at)) at++;
    return *at == 0;
}

/* strtod reads hexadecimals, too, but wants the prefix. */
static double hex_read(const char *text, bool prefixed) {
    if (prefixed) return strtod(text, NULL);
    size_t size = strlen(text) + 3;
    char *whole = malloc(size);
    if (!whole) return NAN;
    bool negative = *text == '-';
    if (*text == '-' || *text == '+') text++;
    snprintf(whole, size, "0x%s", text);
    double value = strtod(whole, NULL);
    free(whole);
    return negative ? -value : value;
}

bool float_read_hex(const char *text, double *value) {
    bool prefixed;
    const char *end;
    if (!hex_is_well_formed(text, &prefixed)) {
        const char *first = text + (*text == '-' || *text == '+');
        if (isalpha((unsigned char)*first) && (end = number_text_double(text, value)))
            if (!*end) return true; /* inf, nan */
        gilt_raise(GILT_VALUE_ERROR, "invalid hexadecimal floating-point string");
        return false;
    }
    *value = hex_read(text, prefixed);
    if (isnan(*value)) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    if (!isinf(*value)) return true;
    gilt_raise(GILT_OVERFLOW_ERROR, "hexadecimal value too large to represent as a float");
    return false;
}
