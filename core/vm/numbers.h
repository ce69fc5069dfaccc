/* numbers.h: arithmetic on values.
 *
 * The int functions give true if they cannot do it (overflow, a zero divisor) and leave the
 * rest to objects. MIXED_ and COMPARE_ are for numbers of which one is a float and the
 * other an int, or a double that no register holds. Who finds int or float objects in
 * registers calls to_numbers first, and begins anew. */
#pragma once
#include "core/vm/value.h"
#include <math.h>

/* The double that an int or float stands for, be it an object or not. */
static inline bool value_as_double(Value v, double *d) {
    if (value_is_float(v)) return *d = value_float(v), true;
    if (value_is_int(v)) return *d = (double)value_int(v), true;
    if (!v || !is_type(value_object(v), GILT_FLOAT)) return false;
    *d = float_value(value_object(v));
    return true;
}

/* Both as doubles, if they are numbers and one is a float. */
static ALWAYS_INLINE bool as_doubles(Value a, Value b, double *x, double *y) {
    if (likely(values_are_floats(a, b))) {
        *x = value_float(a);
        *y = value_float(b);
        return true;
    }
    return !values_are_ints(a, b) && value_as_double(a, x) && value_as_double(b, y);
}

#define INT_ADD(a, b, r)                                                                   \
    __builtin_add_overflow((int64_t)(a), (int64_t)((b)-1), (int64_t *)(r))
#define INT_SUBTRACT(a, b, r)                                                              \
    __builtin_sub_overflow((int64_t)(a), (int64_t)((b)-1), (int64_t *)(r))

static ALWAYS_INLINE bool int_multiply(Value a, Value b, Value *r) {
    int64_t product;
    if (__builtin_mul_overflow((int64_t)(a - 1), value_int(b), &product)) return true;
    *r = (Value)product + 1;
    return false;
}

static ALWAYS_INLINE bool int_floor(Value a, Value b, Value *r) {
    int64_t x = value_int(a), y = value_int(b);
    if (unlikely(y == 0 || y == -1)) return true;
    int64_t q = x / y;
    *r = value_of_int(q - ((x % y != 0) & ((x ^ y) < 0)));
    return false;
}

static ALWAYS_INLINE bool int_remainder(Value a, Value b, Value *r) {
    int64_t x = value_int(a), y = value_int(b);
    if (unlikely(y == 0 || y == -1)) return true;
    int64_t m = x % y;
    *r = value_of_int(m + (((m != 0) & ((m ^ y) < 0)) ? y : 0));
    return false;
}

static ALWAYS_INLINE bool int_and(Value a, Value b, Value *r) { return *r = a & b, false; }
static ALWAYS_INLINE bool int_or(Value a, Value b, Value *r) { return *r = a | b, false; }
static ALWAYS_INLINE bool int_xor(Value a, Value b, Value *r) {
    return *r = (a ^ b) | 1, false;
}

static ALWAYS_INLINE bool int_left(Value a, Value b, Value *r) {
    int64_t x = value_int(a), y = value_int(b);
    if (unlikely((uint64_t)y > 61)) return true;
    int64_t shifted = (int64_t)((uint64_t)x << y);
    *r = value_of_int(shifted);
    return shifted >> y != x || !int_fits_value(shifted);
}

static ALWAYS_INLINE bool int_right(Value a, Value b, Value *r) {
    int64_t y = value_int(b);
    if (unlikely(y < 0)) return true;
    *r = value_of_int(value_int(a) >> (y > 63 ? 63 : y));
    return false;
}

/* Of ints that doubles hold exactly, the quotient is rounded once, as it must be. */
static ALWAYS_INLINE bool int_divide(Value a, Value b, Value *r) {
    const int64_t exact = INT64_C(1) << 53;
    int64_t x = value_int(a), y = value_int(b);
    if (unlikely(y == 0 || x > exact || x < -exact || y > exact || y < -exact)) return true;
    return !(*r = value_try_float((double)x / (double)y));
}

static inline bool int_never(Value a, Value b, Value *r) {
    return (void)a, (void)b, (void)r, true;
}

/* EMPTY where it is complex, or too large, or 0 to a negative power. */
static Value float_power(double x, double y) {
    double power = x > 0 ? pow(x, y) : 0;
    return x > 0 && isfinite(power) ? value_of_float(power) : EMPTY;
}

/* Of two doubles x and y; EMPTY: in general. */
#define FLOAT_ADD value_of_float(x + y)
#define FLOAT_SUBTRACT value_of_float(x - y)
#define FLOAT_MULTIPLY value_of_float(x *y)
#define FLOAT_DIVIDE (unlikely(y == 0) ? EMPTY : value_of_float(x / y))
#define FLOAT_POWER float_power(x, y)

/* Numbers of which one is a float, and one is an object or an int. EMPTY: others. */
#define MIXED(NAME, FLOATS)                                                                \
    static NEVER_INLINE Value mixed_##NAME(Value a, Value b) {                             \
        double x, y;                                                                       \
        return as_doubles(a, b, &x, &y) ? (FLOATS) : EMPTY;                                \
    }
#define MIXED_NONE(NAME)                                                                   \
    static inline Value mixed_##NAME(Value a, Value b) { return (void)a, (void)b, EMPTY; }
MIXED(ADD, FLOAT_ADD)
MIXED(SUBTRACT, FLOAT_SUBTRACT)
MIXED(MULTIPLY, FLOAT_MULTIPLY)
MIXED(DIVIDE, FLOAT_DIVIDE)
MIXED(POWER, FLOAT_POWER)
MIXED_NONE(FLOOR)
MIXED_NONE(REMAINDER)
MIXED_NONE(MATRIX_MULTIPLY)
MIXED_NONE(SHIFT_LEFT)
MIXED_NONE(SHIFT_RIGHT)
MIXED_NONE(AND)
MIXED_NONE(OR)
MIXED_NONE(XOR)

/* Compares numbers of which one is a float: 0 or 1; -1: others. */
#define MIXED_COMPARE(NAME, test)                                                          \
    static NEVER_INLINE int compare_##NAME(Value a, Value b) {                             \
        double x, y;                                                                       \
        if (value_is_int(a) && !(value_int(a) >> 53 == 0 || value_int(a) >> 53 == -1))     \
            return -1;                                                                     \
        if (value_is_int(b) && !(value_int(b) >> 53 == 0 || value_int(b) >> 53 == -1))     \
            return -1;                                                                     \
        return as_doubles(a, b, &x, &y) ? x test y : -1;                                   \
    }
MIXED_COMPARE(LESS, <)
MIXED_COMPARE(LESS_EQUAL, <=)
MIXED_COMPARE(EQUAL, ==)
MIXED_COMPARE(UNEQUAL, !=)
MIXED_COMPARE(GREATER, >)
MIXED_COMPARE(GREATER_EQUAL, >=)

/* ---- int and float objects in registers ---- */

/* Numbers instead of objects in a and b, which may be one register. false: no change. */
static NEVER_INLINE bool to_numbers(Value *a, Value *b) {
    Value old_a = *a, old_b = *b, x = value_number(old_a), y = value_number(old_b);
    if (!x || !y || (x == old_a && y == old_b)) return false;
    *a = x;
    *b = y;
    if (a != b) value_drop(old_b);
    value_drop(old_a);
    return true;
}

static NEVER_INLINE bool to_number(Value *a) {
    Value old = *a, x = value_number(old);
    if (!x || x == old) return false;
    *a = x;
    value_drop(old);
    return true;
}
