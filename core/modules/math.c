/* math.c: the module math: functions of doubles, and the table of all the others, which are
 * in math_whole.c (whole numbers), math_sums.c (many numbers) and math_special.c.
 *
 * A function that has no value at its argument is ValueError 'math domain error', one whose
 * value is too large OverflowError 'math range error'. So: a NaN that did not come from a
 * NaN is the first, an infinity that did not come from an infinity the second, or the first
 * at a pole. */
#include "core/modules/math.h"
#include "core/modules/module.h"
#include "core/types/float.h"
#include "core/object/operations.h"
#include "core/types/int.h"
#include "core/types/class.h"
#include "core/types/number.h"
#include <float.h>
#include <math.h>
#include <string.h>

Object *math_domain_error(void) {
    return gilt_raise(GILT_VALUE_ERROR, "math domain error");
}

Object *math_range_error(void) {
    return gilt_raise(GILT_OVERFLOW_ERROR, "math range error");
}

/* ---- Of one double --------------------------------------------------------------- */

typedef enum Infinite { POLE, TOO_LARGE } Infinite;

/* What an infinity means that comes from a finite argument, is the third column. */
static Object *of_one(Object *const *arguments, double (*function)(double),
                      Infinite means) {
    double x;
    if (!number_double(arguments[0], &x)) return NULL;
    double result = function(x);
    if (isnan(result) && !isnan(x)) return math_domain_error();
    if (isinf(result) && isfinite(x))
        return means == TOO_LARGE ? math_range_error() : math_domain_error();
    return gilt_float(result);
}

#define OF_ONE(F)                                                                          \
    F(acos, POLE)                                                                          \
    F(acosh, POLE)                                                                         \
    F(asin, POLE)                                                                          \
    F(asinh, POLE)                                                                         \
    F(atan, POLE)                                                                          \
    F(atanh, POLE)                                                                         \
    F(cbrt, POLE)                                                                          \
    F(cos, POLE)                                                                           \
    F(cosh, TOO_LARGE)                                                                     \
    F(erf, POLE)                                                                           \
    F(erfc, POLE)                                                                          \
    F(exp, TOO_LARGE)                                                                      \
    F(exp2, TOO_LARGE)                                                                     \
    F(expm1, TOO_LARGE)                                                                    \
    F(fabs, POLE)                                                                          \
    F(log1p, POLE)                                                                         \
    F(sin, POLE)                                                                           \
    F(sinh, TOO_LARGE)                                                                     \
    F(sqrt, POLE)                                                                          \
    F(tan, POLE)                                                                           \
    F(tanh, POLE)

#define F(function, means)                                                                 \
    static Object *do_##function(Object *self, Object *const *arguments, size_t count) {   \
        (void)self, (void)count;                                                           \
        return of_one(arguments, function, means);                                         \
    }
OF_ONE(F)
#undef F

static double to_degrees(double x) { return x * (180.0 / M_PI); }
static double to_radians(double x) { return x * (M_PI / 180.0); }

#define PLAIN(name, expression)                                                            \
    static Object *do_##name(Object *self, Object *const *arguments, size_t count) {       \
        (void)self, (void)count;                                                           \
        double x;                                                                          \
        return number_double(arguments[0], &x) ? expression : NULL;                        \
    }
PLAIN(degrees, gilt_float(to_degrees(x)))
PLAIN(radians, gilt_float(to_radians(x)))
PLAIN(isfinite, gilt_bool(isfinite(x)))
PLAIN(isinf, gilt_bool(isinf(x)))
PLAIN(isnan, gilt_bool(isnan(x)))

static double ulp_of(double x) {
    x = fabs(x);
    if (!isfinite(x)) return x;
    double above = nextafter(x, INFINITY);
    return isinf(above) ? x - nextafter(x, 0) : above - x;
}
PLAIN(ulp, gilt_float(ulp_of(x)))
#undef PLAIN

static Object *do_modf(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    double x, whole;
    if (!number_double(arguments[0], &x)) return NULL;
    double part = modf(x, &whole);
    return number_pair(gilt_float(part), gilt_float(whole));
}

static Object *do_frexp(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    double x;
    int exponent = 0;
    if (!number_double(arguments[0], &x)) return NULL;
    double part = isfinite(x) ? frexp(x, &exponent) : x;
    return number_pair(gilt_float(part), gilt_int(exponent));
}

/* ---- Of two doubles -------------------------------------------------------------- */

static bool two(Object *const *arguments, double *x, double *y) {
    return number_double(arguments[0], x) && number_double(arguments[1], y);
}

static Object *do_atan2(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    double y, x;
    return two(arguments, &y, &x) ? gilt_float(atan2(y, x)) : NULL;
}

static Object *do_copysign(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    double x, y;
    return two(arguments, &x, &y) ? gilt_float(copysign(x, y)) : NULL;
}

static Object *of_two(Object *const *arguments, double (*function)(double, double)) {
    double x, y;
    if (!two(arguments, &x, &y)) return NULL;
    double result = function(x, y);
    if (isnan(result) && !isnan(x) && !isnan(y)) return math_domain_error();
    return gilt_float(result);
}

static Object *do_fmod(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return of_two(arguments, fmod);
}

static Object *do_remainder(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return of_two(arguments, remainder);
}

/* A pole, 0 to a negative power, is no range error. */
static Object *do_pow(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    double x, y;
    if (!two(arguments, &x, &y)) return NULL;
    double result = pow(x, y);
    bool finite = isfinite(x) && isfinite(y);
    if (finite && isnan(result)) return math_domain_error();
    if (finite && isinf(result)) return x == 0 ? math_domain_error() : math_range_error();
    return gilt_float(result);
}

static Object *do_ldexp(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    double x;
    if (!number_double(arguments[0], &x)) return NULL;
    if (!int_check(arguments[1]))
        return gilt_raise(GILT_TYPE_ERROR, "Expected an int as second argument to ldexp.");
    int64_t exponent;
    if (!number_index_cut(arguments[1], &exponent)) return NULL;
    if (exponent > 10000) exponent = 10000;
    if (exponent < -10000) exponent = -10000;
    double result = ldexp(x, (int)exponent);
    if (isinf(result) && isfinite(x)) return math_range_error();
    return gilt_float(result);
}

/* `steps` to y; more than there are stop there. */
static double step_to(double x, double y, uint64_t steps) {
    union {
        double d;
        int64_t bits;
    } from = {x}, to = {y};
    if (!steps || isnan(x)) return x;
    if (isnan(y) || x == y) return y;
    int64_t low = from.bits < 0 ? -(from.bits & INT64_MAX) : from.bits;
    int64_t high = to.bits < 0 ? -(to.bits & INT64_MAX) : to.bits;
    uint64_t apart =
        high > low ? (uint64_t)high - (uint64_t)low : (uint64_t)low - (uint64_t)high;
    if (steps >= apart) return y;
    int64_t result = high > low ? low + (int64_t)steps : low - (int64_t)steps;
    bool negative = result < 0 || (result == 0 && from.bits < 0);
    from.bits = result < 0 ? -result : result;
    return negative ? -from.d : from.d;
}

static Object *do_nextafter(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    double x, y;
    if (!two(arguments, &x, &y)) return NULL;
    if (!arguments[2] || is_type(arguments[2], GILT_NONE))
        return gilt_float(nextafter(x, y));
    Object *steps = object_as_int(arguments[2]);
    if (!steps) return NULL;
    uint64_t many = int_is_big(steps) ? UINT64_MAX : (uint64_t)int_small(steps);
    bool negative = int_is_negative(steps);
    decref(steps);
    if (negative)
        return gilt_raise(GILT_VALUE_ERROR, "steps must be a non-negative integer");
    return gilt_float(step_to(x, y, many));
}

static bool tolerance_of(Object *o, double otherwise, double *value) {
    *value = otherwise;
    return !o || number_double(o, value);
}

static Object *do_isclose(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    double a, b, relative, absolute;
    if (!two(arguments, &a, &b) || !tolerance_of(arguments[2], 1e-9, &relative) ||
        !tolerance_of(arguments[3], 0, &absolute))
        return NULL;
    if (relative < 0 || absolute < 0)
        return gilt_raise(GILT_VALUE_ERROR, "tolerances must be non-negative");
    if (a == b) return gilt_bool(true);
    if (isinf(a) || isinf(b)) return gilt_bool(false);
    double apart = fabs(b - a);
    return gilt_bool(apart <= fabs(relative * b) || apart <= fabs(relative * a) ||
                     apart <= absolute);
}

/* ---- Logarithms ------------------------------------------------------------------ */

/* An int too large for a double is a double times a power of two. */
static bool big_log(Object *o, double (*function)(double), double *result) {
    uint64_t bits = int_bit_length(o);
    Object *count = gilt_int((int64_t)bits - 64);
    Object *top = count ? int_operate(OP_SHIFT_RIGHT, o, count) : NULL;
    double value = 0;
    bool well = top && int_to_double(top, &value);
    *result = function(value * 0x1p-64) + (double)bits * function(2);
    decref_maybe(count);
    decref_maybe(top);
    return well;
}

static bool log_of(Object *o, double (*function)(double), double *result) {
    double x;
    if (int_check(o) && int_is_big(o) && !int_is_negative(o) && int_bit_length(o) > 1023)
        return big_log(o, function, result);
    if (int_check(o) && int_is_big(o) && int_is_negative(o))
        x = -1;
    else if (!number_double(o, &x))
        return false;
    if (x <= 0) return math_domain_error();
    *result = function(x);
    return true;
}

static Object *do_log(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    double result, base;
    if (!log_of(arguments[0], log, &result)) return NULL;
    if (!arguments[1]) return gilt_float(result);
    if (!log_of(arguments[1], log, &base)) return NULL;
    if (base == 0) return gilt_raise(GILT_ZERO_DIVISION_ERROR, "float division by zero");
    return gilt_float(result / base);
}

static Object *do_log2(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    double result;
    return log_of(arguments[0], log2, &result) ? gilt_float(result) : NULL;
}

static Object *do_log10(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    double result;
    return log_of(arguments[0], log10, &result) ? gilt_float(result) : NULL;
}

/* ---- Rounding -------------------------------------------------------------------- */

/* By the special method, or, of what is worth a double, by the function. */
static Object *whole_of(Object *o, Special special, double (*function)(double)) {
    double x;
    if (is_type(o, GILT_FLOAT)) return int_of_double(function(float_value(o)));
    Object *result = number_special(o, special);
    if (result || gilt_error()) return result;
    return number_double(o, &x) ? int_of_double(function(x)) : NULL;
}

static Object *do_floor(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return whole_of(arguments[0], SPECIAL_MATH_FLOOR, floor);
}

static Object *do_ceil(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return whole_of(arguments[0], SPECIAL_CEIL, ceil);
}

static Object *do_trunc(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    Object *o = arguments[0];
    if (is_type(o, GILT_FLOAT)) return int_of_double(float_value(o));
    Object *result = number_special(o, SPECIAL_TRUNC);
    if (result || gilt_error()) return result;
    return gilt_raise(GILT_TYPE_ERROR, "type %s doesn't define __trunc__ method",
                      gilt_type_name(o));
}

/* ---- The module ------------------------------------------------------------------ */

static const Native functions[] = {
#define F(function, means) {#function "(x, /)", do_##function},
    OF_ONE(F)
#undef F
        {"degrees(x, /)", do_degrees},
    {"radians(x, /)", do_radians},
    {"isfinite(x, /)", do_isfinite},
    {"isinf(x, /)", do_isinf},
    {"isnan(x, /)", do_isnan},
    {"ulp(x, /)", do_ulp},
    {"modf(x, /)", do_modf},
    {"frexp(x, /)", do_frexp},
    {"atan2(y, x, /)", do_atan2},
    {"copysign(x, y, /)", do_copysign},
    {"fmod(x, y, /)", do_fmod},
    {"remainder(x, y, /)", do_remainder},
    {"pow(x, y, /)", do_pow},
    {"ldexp(x, i, /)", do_ldexp},
    {"nextafter(x, y, /, *, steps=)", do_nextafter},
    {"isclose(a, b, *, rel_tol=, abs_tol=)", do_isclose},
    {"log(x, base=, /)", do_log},
    {"log2(x, /)", do_log2},
    {"log10(x, /)", do_log10},
    {"floor(x, /)", do_floor},
    {"ceil(x, /)", do_ceil},
    {"trunc(x, /)", do_trunc},
    {0},
};

static bool fill(Object *module) {
    Object *dict = module_dict(module);
    return natives_add(dict, math_whole, NULL, module) &&
           natives_add(dict, math_sums, NULL, module) &&
           natives_add(dict, math_special, NULL, module) &&
           module_put(module, "pi", gilt_float(M_PI)) &&
           module_put(module, "e", gilt_float(M_E)) &&
           module_put(module, "tau", gilt_float(2 * M_PI)) &&
           module_put(module, "inf", gilt_float(INFINITY)) &&
           module_put(module, "nan", gilt_float(NAN));
}

const ModuleSpec math_module = {"math", functions, fill};
