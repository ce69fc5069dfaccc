/* float.c: the float type, and arithmetic that mixes floats with ints.
 *
 * Invariant: arithmetic turns an int into the nearest double first (OverflowError if there
 * is none), as Python does; comparison and hash do not: they are exact, so that 2**53 + 1
 * is not equal to 2.0**53, and equal numbers hash the same. */
#include "core/types/float.h"
#include "core/types/int.h"
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Object *gilt_float(double value) {
    FloatObject *o = (FloatObject *)object_new(GILT_FLOAT, MEMORY_LEAF, sizeof *o);
    if (unlikely(!o)) return NULL;
    o->value = value;
    return &o->head;
}

static size_t float_bytes(const Object *o) {
    (void)o;
    return sizeof(FloatObject);
}

static inline bool is_number(const Object *o) {
    return is_type(o, GILT_FLOAT) || int_check(o);
}

/* Of a number. false, OverflowError if it is an int that is too large. */
static inline bool number_to_double(const Object *o, double *value) {
    if (unlikely(!is_type(o, GILT_FLOAT))) return int_to_double(o, value);
    *value = float_value(o);
    return true;
}

bool gilt_float_value(Object *o, double *value) {
    if (likely(is_number(o))) return number_to_double(o, value);
    gilt_raise(GILT_TYPE_ERROR, "must be real number, not %s", gilt_type_name(o));
    return false;
}

/* ---- Hash and order -------------------------------------------------------------- */

static int float_truth(Object *o) { return float_value(o) != 0; }

/* A finite double is m * 2^e with m below 2^53. Modulo 2^61 - 1, 2^61 is 1, so times 2^e
 * is a rotation of 61 bits by e. */
static bool float_hash(Object *o, int64_t *hash) {
    double value = float_value(o);
    if (isinf(value)) {
        *hash = value > 0 ? 314159 : -314159;
    } else if (isnan(value)) {
        *hash = (int64_t)((uintptr_t)o >> 4); /* equal to nothing but itself */
    } else {
        int exponent;
        uint64_t residue = (uint64_t)ldexp(frexp(fabs(value), &exponent), 53);
        int turn = (exponent - 53) % 61;
        if (turn < 0) turn += 61;
        residue = (residue << turn & HASH_MODULUS) | residue >> (61 - turn);
        *hash = int_hash_residue(residue, value < 0);
    }
    return true;
}

enum { UNORDERED = 2, UNKNOWN = 3 };

/* -1, 0 or 1; UNORDERED if one is a NaN; UNKNOWN if one is no number. */
static int number_compare(const Object *a, const Object *b) {
    bool a_float = is_type(a, GILT_FLOAT), b_float = is_type(b, GILT_FLOAT);
    if (a_float && b_float) {
        double x = float_value(a), y = float_value(b);
        if (unlikely(isunordered(x, y))) return UNORDERED;
        return (x > y) - (x < y);
    }
    if (!is_number(a) || !is_number(b)) return UNKNOWN;
    if (!a_float && !b_float) return int_compare(a, b);
    double d = float_value(a_float ? a : b);
    if (isnan(d)) return UNORDERED;
    return a_float ? -int_compare_double(b, d) : int_compare_double(a, d);
}

int float_equal(Object *a, Object *b) {
    int order = number_compare(a, b);
    return order == UNKNOWN ? 2 : order == 0;
}

int float_less(Object *a, Object *b) {
    int order = number_compare(a, b);
    return order == UNKNOWN ? 2 : order == -1;
}

/* ---- Arithmetic ------------------------------------------------------------------ */

/* fmod has the sign of a; a remainder that is not zero takes the sign of b, and a zero
 * does too. */
static double remainder_of(double a, double b) {
    double rest = fmod(a, b);
    if (rest == 0) return copysign(0, b);
    return (rest < 0) != (b < 0) ? rest + b : rest;
}

/* a - fmod(a, b) is a multiple of b, but for its own rounding: so the quotient is next to
 * a whole number, which is the answer. */
static double floor_of(double a, double b) {
    double rest = fmod(a, b);
    double quotient = (a - rest) / b;
    if (rest != 0 && (rest < 0) != (b < 0)) quotient -= 1;
    if (quotient == 0) return copysign(0, a / b);
    double whole = floor(quotient);
    return quotient - whole > 0.5 ? whole + 1 : whole;
}

static Object *raise_zero_division(Operator op) {
    const char *text = op == OP_DIVIDE  ? "float division by zero"
                       : op == OP_FLOOR ? "float floor division by zero"
                                        : "float modulo";
    return gilt_raise(GILT_ZERO_DIVISION_ERROR, "%s", text);
}

Object *float_operate(Operator op, Object *a, Object *b) {
    double x, y;
    if (unlikely(!is_number(a) || !is_number(b))) return NOT_IMPLEMENTED;
    if (unlikely(!number_to_double(a, &x) || !number_to_double(b, &y))) return NULL;
    switch (op) {
    case OP_ADD:
        return gilt_float(x + y);
    case OP_SUBTRACT:
        return gilt_float(x - y);
    case OP_MULTIPLY:
        return gilt_float(x * y);
    default:
        break;
    }
    if (unlikely(y == 0)) return raise_zero_division(op);
    if (op == OP_DIVIDE) return gilt_float(x / y);
    return gilt_float(op == OP_FLOOR ? floor_of(x, y) : remainder_of(x, y));
}

Object *float_negative(Object *o) { return gilt_float(-float_value(o)); }

/* ---- To text --------------------------------------------------------------------- */

typedef struct Decimal {
    char digits[24]; /* no point, no zeros at the end */
    int count;
    int exponent; /* of the first digit */
} Decimal;

static void decimal_read(Decimal *decimal, const char *text) {
    decimal->count = 0;
    for (; *text != 'e'; text++)
        if (*text >= '0' && *text <= '9') decimal->digits[decimal->count++] = *text;
    decimal->exponent = atoi(text + 1);
    while (decimal->count > 1 && decimal->digits[decimal->count - 1] == '0')
        decimal->count--;
}

#define DECIMAL_TEXT 40

/* Writes the nearest decimal of this many digits. Does it read back as the same double?
 * Doubles are denser below a power of two than above it; so the nearest decimal may be a
 * little too far below, and still the next one up reads back. (Its last digit is never a 9
 * then: the test goes through all powers of two.) */
static bool decimal_try(char *text, int precision, double magnitude) {
    int exponent;
    snprintf(text, DECIMAL_TEXT, "%.*e", precision - 1, magnitude);
    if (strtod(text, NULL) == magnitude) return true;
    if (precision <= DBL_DIG || frexp(magnitude, &exponent) != 0.5) return false;
    ++*(strchr(text, 'e') - 1);
    return strtod(text, NULL) == magnitude;
}

/* The shortest decimal that reads back as this double. 15 digits survive the way through
 * any normal double, so if 15 are enough, cutting zeros gives the shortest. */
static void decimal_shortest(Decimal *decimal, double magnitude) {
    char text[DECIMAL_TEXT];
    int precision = magnitude < DBL_MIN ? 1 : DBL_DIG;
    while (!decimal_try(text, precision, magnitude)) precision++;
    decimal_read(decimal, text);
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

static Object *float_repr(Object *o) {
    double value = float_value(o);
    if (isnan(value)) return gilt_str_from("nan");
    if (isinf(value)) return gilt_str_from(value < 0 ? "-inf" : "inf");
    char text[40], *end = text;
    if (signbit(value)) *end++ = '-';
    Decimal decimal;
    decimal_shortest(&decimal, fabs(value));
    bool fixed = decimal.exponent >= -4 && decimal.exponent < 16;
    end = fixed ? write_fixed(end, &decimal) : write_scientific(end, &decimal);
    return gilt_str_new(text, (size_t)(end - text));
}

const TypeOps float_ops = {
    .kind = MEMORY_LEAF,
    .bytes = float_bytes,
    .hash = float_hash,
    .equal = float_equal,
    .less = float_less,
    .truth = float_truth,
    .repr = float_repr,
    .operate = float_operate,
};
