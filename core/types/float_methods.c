/* float_methods.c: how a float is made, and its methods. */
#include "core/types/float.h"
#include "core/types/class.h"
#include "core/types/format.h"
#include "core/types/heir.h"
#include "core/types/int.h"
#include "core/types/number.h"
#include "core/types/str.h"
#include <math.h>

/* ---- Making ---------------------------------------------------------------------- */

static Object *make_value(Type *type, double value) {
    if (!type_is_heir(type)) return gilt_float(value);
    Object *o = heir_new(type, sizeof(FloatObject));
    if (o) ((FloatObject *)o)->value = value;
    return o;
}

/* 1; 0: it is no text; -1: ValueError, MemoryError. */
static int read_text(Object *o, double *value) {
    NumberText t;
    int known = number_text_read(&t, o);
    if (known <= 0) return known;
    const char *end = NULL;
    if (number_text_plain(t.text)) end = number_text_double(t.text, value);
    bool well = end && *end == 0;
    number_text_free(&t);
    if (well) return 1;
    number_text_refuse("could not convert string to float: ", o);
    return -1;
}

Object *float_make(Type *type, Object *const *arguments, size_t count, Object *names) {
    double value = 0;
    if (names && !type_is_heir(type))
        return gilt_raise(GILT_TYPE_ERROR, "float() takes no keyword arguments");
    if (count > 1)
        return gilt_raise(GILT_TYPE_ERROR, "float expected at most 1 argument, got %zu",
                          count);
    if (count == 0) return make_value(type, 0);
    Object *o = arguments[0];
    if (is_type(o, GILT_FLOAT) && !type_is_heir(type)) return incref(o);
    if (number_has_double(o))
        return number_double(o, &value) ? make_value(type, value) : NULL;
    int known = read_text(o, &value);
    if (known == 0)
        gilt_raise(GILT_TYPE_ERROR,
                   "float() argument must be a string or a real number, not '%s'",
                   gilt_type_name(o));
    return known > 0 ? make_value(type, value) : NULL;
}

static Object *from_hex(Object *class, Object *const *arguments, size_t count) {
    (void)count;
    NumberText t;
    double value;
    if (!is_kind(arguments[0], GILT_STR))
        return gilt_raise(GILT_TYPE_ERROR, "bad argument type for built-in operation");
    if (number_text_read(&t, arguments[0]) < 0) return NULL;
    bool well = float_read_hex(t.text, &value);
    number_text_free(&t);
    if (!well) return NULL;
    Object *o = gilt_float(value), *made;
    if (!o || class == gilt_type(GILT_FLOAT)) return o;
    made = gilt_call(class, &o, 1);
    decref(o);
    return made;
}

/* ---- To ints --------------------------------------------------------------------- */

static Object *to_int(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return int_of_double(float_value(self));
}

static Object *to_floor(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return int_of_double(floor(float_value(self)));
}

static Object *to_ceil(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return int_of_double(ceil(float_value(self)));
}

static Object *to_rounded(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    int64_t digits;
    double value = float_value(self);
    if (!arguments[0] || is_type(arguments[0], GILT_NONE))
        return int_of_double(nearbyint(value));
    if (!number_index_cut(arguments[0], &digits)) return NULL;
    return float_round(&value, digits) ? gilt_float(value) : NULL;
}

static Object *is_integer(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    double value = float_value(self);
    return gilt_bool(isfinite(value) && floor(value) == value);
}

/* 2 ** exponent as an int. */
static Object *power_of_two(int exponent) {
    Object *one = gilt_int(1), *count = gilt_int(exponent);
    Object *power = count ? int_operate(OP_SHIFT_LEFT, one, count) : NULL;
    decref_maybe(count);
    return power;
}

/* A finite double is a whole number of at most 53 bits times a power of two. */
static Object *ratio_of(double value) {
    int exponent;
    double part = frexp(value, &exponent);
    for (int i = 0; i < 53 && part != floor(part); i++) part *= 2, exponent--;
    Object *above = int_of_double(part), *below = gilt_int(1);
    Object *power = power_of_two(exponent < 0 ? -exponent : exponent);
    if (exponent < 0) {
        below = power; /* the 1 is immortal */
    } else if (above && power) {
        Object *product = int_operate(OP_MULTIPLY, above, power);
        decref(above);
        decref(power);
        above = product;
    } else {
        decref_maybe(power);
        below = NULL;
    }
    return number_pair(above, below);
}

static Object *as_integer_ratio(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    double value = float_value(self);
    if (isinf(value))
        return gilt_raise(GILT_OVERFLOW_ERROR, "cannot convert Infinity to integer ratio");
    if (isnan(value))
        return gilt_raise(GILT_VALUE_ERROR, "cannot convert NaN to integer ratio");
    return ratio_of(value);
}

/* ---- Others ---------------------------------------------------------------------- */

static Object *exact(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return float_exact(self);
}

static Object *zero(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_float(0);
}

static Object *to_hex(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    char text[FLOAT_TEXT];
    size_t size = float_write_hex(text, float_value(self));
    return gilt_str_new(text, size);
}

static Object *get_new_args(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *value = float_exact(self);
    return value ? tuple_of_own(&value, 1) : NULL;
}

static Object *get_format(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_str_from("IEEE, little-endian");
}

const Native float_methods[] = {
    {"get real", exact},
    {"get imag", zero},
    {"conjugate()", exact},
    {"__float__()", exact},
    {"__int__()", to_int},
    {"__trunc__()", to_int},
    {"__floor__()", to_floor},
    {"__ceil__()", to_ceil},
    {"__round__(ndigits=, /)", to_rounded},
    {"is_integer()", is_integer},
    {"as_integer_ratio()", as_integer_ratio},
    {"hex()", to_hex},
    {"class fromhex(string, /)", from_hex},
    {"class __getformat__(typestr, /)", get_format},
    {"__getnewargs__()", get_new_args},
    {"__format__(format_spec, /)", format_native_method},
    {0},
};
