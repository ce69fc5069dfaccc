/* complex.c: the complex type.
 *
 * Each operation is the one that Python's numbers come from: plain formulas for sums and
 * products (so that infinities and NaNs come out of them as they do), a division scaled by
 * the larger part of the divisor (Smith, 1962), small whole powers by squaring, all others
 * by polar coordinates. A real operand counts as one with the imaginary part 0. */
#include "core/types/complex.h"
#include "core/types/class.h"
#include "core/types/float.h"
#include "core/types/format.h"
#include "core/types/heir.h"
#include "core/types/int.h"
#include "core/types/number.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Complex {
    double real, imag;
} Complex;

Object *complex_new(double real, double imag) {
    ComplexObject *o = (ComplexObject *)object_new(TYPE_COMPLEX, MEMORY_LEAF, sizeof *o);
    if (!o) return NULL;
    o->real = real;
    o->imag = imag;
    return &o->head;
}

bool complex_check(const Object *o) { return is_kind(o, TYPE_COMPLEX); }

int complex_value(const Object *o, double *real, double *imag) {
    *imag = 0;
    if (complex_check(o)) {
        *real = ((const ComplexObject *)o)->real;
        *imag = ((const ComplexObject *)o)->imag;
    } else if (float_check(o)) {
        *real = float_value(o);
    } else {
        if (!int_check(o)) return 0;
        return int_to_double(o, real) ? 1 : -1;
    }
    return 1;
}

static size_t complex_bytes(const Object *o) {
    (void)o;
    return sizeof(ComplexObject);
}

static Complex value_of(const Object *o) {
    return (Complex){((const ComplexObject *)o)->real, ((const ComplexObject *)o)->imag};
}

/* ---- Arithmetic ------------------------------------------------------------------ */

static Complex product(Complex a, Complex b) {
    return (Complex){a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real};
}

/* b is not 0. Scaled by the larger part of b, so that nothing overflows on the way. */
static Complex quotient(Complex a, Complex b) {
    if (fabs(b.real) >= fabs(b.imag)) {
        double ratio = b.imag / b.real, by = b.real + b.imag * ratio;
        return (Complex){(a.real + a.imag * ratio) / by, (a.imag - a.real * ratio) / by};
    }
    if (fabs(b.imag) >= fabs(b.real)) {
        double ratio = b.real / b.imag, by = b.real * ratio + b.imag;
        return (Complex){(a.real * ratio + a.imag) / by, (a.imag * ratio - a.real) / by};
    }
    return (Complex){NAN, NAN};
}

static Complex whole_power(Complex base, int exponent) {
    Complex result = {1, 0};
    for (unsigned n = (unsigned)abs(exponent); n;) {
        if (n & 1) result = product(result, base);
        if (n >>= 1) base = product(base, base);
    }
    return exponent > 0 ? result : quotient((Complex){1, 0}, result);
}

/* An infinite angle has no sine: a NaN comes out, and Python says the same as of a pole. */
static Complex polar_power(Complex a, Complex b, bool *pole) {
    double size = hypot(a.real, a.imag), angle = atan2(a.imag, a.real);
    double length = pow(size, b.real), phase = angle * b.real;
    if (b.imag != 0) {
        length /= exp(angle * b.imag);
        phase += b.imag * log(size);
    }
    *pole = isinf(phase);
    return (Complex){length * cos(phase), length * sin(phase)};
}

Object *complex_power(double a, double b, double c, double d) {
    Complex base = {a, b}, exponent = {c, d}, power = {0, 0};
    if (c == 0 && d == 0) return complex_new(1, 0);
    bool whole = d == 0 && c == floor(c) && fabs(c) <= 100;
    bool pole = false;
    if (a == 0 && b == 0)
        pole = d != 0 || c < 0;
    else
        power = whole ? whole_power(base, (int)c) : polar_power(base, exponent, &pole);
    if (pole)
        return gilt_raise(GILT_ZERO_DIVISION_ERROR, "0.0 to a negative or complex power");
    if (isinf(power.real) || isinf(power.imag))
        return gilt_raise(GILT_OVERFLOW_ERROR, "complex exponentiation");
    return complex_new(power.real, power.imag);
}

static Object *complex_operate(Operator op, Object *x, Object *y) {
    Complex a, b, result;
    bool known = op <= OP_DIVIDE || op == OP_POWER;
    int left = known ? complex_value(x, &a.real, &a.imag) : 0;
    int right = left > 0 ? complex_value(y, &b.real, &b.imag) : left;
    if (right <= 0) return right ? NULL : NOT_IMPLEMENTED;
    switch (op) {
    case OP_ADD:
        return complex_new(a.real + b.real, a.imag + b.imag);
    case OP_SUBTRACT:
        return complex_new(a.real - b.real, a.imag - b.imag);
    case OP_MULTIPLY:
        result = product(a, b);
        break;
    case OP_POWER:
        return complex_power(a.real, a.imag, b.real, b.imag);
    default:
        if (b.real == 0 && b.imag == 0)
            return gilt_raise(GILT_ZERO_DIVISION_ERROR, "complex division by zero");
        result = quotient(a, b);
    }
    return complex_new(result.real, result.imag);
}

static Object *complex_unary(Unary op, Object *o) {
    Complex a = value_of(o);
    if (op == UNARY_INVERT) return NOT_IMPLEMENTED;
    if (op == UNARY_NEGATIVE) return complex_new(-a.real, -a.imag);
    if (op == UNARY_POSITIVE) return complex_new(a.real, a.imag);
    double size = hypot(a.real, a.imag);
    if (isinf(size) && isfinite(a.real) && isfinite(a.imag))
        return gilt_raise(GILT_OVERFLOW_ERROR, "absolute value too large");
    return gilt_float(size);
}

/* ---- Equality and hash ----------------------------------------------------------- */

/* Exact, also with a large int. */
static int complex_equal(Object *a, Object *b) {
    Complex x = value_of(a);
    if (complex_check(b)) {
        Complex y = value_of(b);
        return x.real == y.real && x.imag == y.imag;
    }
    if (float_check(b)) return x.imag == 0 && x.real == float_value(b);
    if (!int_check(b)) return 2;
    return x.imag == 0 && !isnan(x.real) && int_compare_double(b, x.real) == 0;
}

static bool complex_hash(Object *o, int64_t *hash) {
    Complex a = value_of(o);
    uint64_t both = (uint64_t)float_hash_double(a.real, o) +
                    UINT64_C(1000003) * (uint64_t)float_hash_double(a.imag, o);
    *hash = (int64_t)both == -1 ? -2 : (int64_t)both;
    return true;
}

static int complex_truth(Object *o) {
    Complex a = value_of(o);
    return a.real != 0 || a.imag != 0;
}

/* ---- Text ------------------------------------------------------------------------ */

/* As a float, but whole numbers have no ".0". */
static char *write_part(char *to, double value) {
    size_t size = float_write(to, value);
    if (size > 2 && memcmp(to + size - 2, ".0", 3) == 0) size -= 2;
    return to + size;
}

static Object *complex_repr(Object *o) {
    Complex a = value_of(o);
    char text[2 * FLOAT_TEXT + 8], *end = text;
    bool whole = a.real != 0 || signbit(a.real);
    if (whole) {
        *end++ = '(';
        end = write_part(end, a.real);
        if (isnan(a.imag) || !signbit(a.imag)) *end++ = '+';
    }
    end = write_part(end, a.imag);
    *end++ = 'j';
    if (whole) *end++ = ')';
    return gilt_str_new(text, (size_t)(end - text));
}

static bool is_sign(char c) { return c == '+' || c == '-'; }

/* "+", "-" or nothing before a j mean 1. */
static const char *read_unit(const char *at, double *value) {
    *value = *at == '-' ? -1 : 1;
    if (is_sign(*at)) at++;
    return (*at | 32) == 'j' ? at : NULL;
}

static const char *read_part(const char *at, double *value) {
    const char *end = number_text_double(at, value);
    return end ? end : read_unit(at, value);
}

/* A real part, an imaginary part with j, or both. Returns the end, or NULL. */
static const char *read_parts(const char *at, Complex *value) {
    double first, second;
    *value = (Complex){0, 0};
    if (!(at = read_part(at, &first))) return NULL;
    if ((*at | 32) == 'j') {
        value->imag = first;
        return at + 1;
    }
    value->real = first;
    if (!is_sign(*at)) return at;
    if (!(at = read_part(at, &second)) || (*at | 32) != 'j') return NULL;
    value->imag = second;
    return at + 1;
}

static bool read_whole(const char *at, Complex *value) {
    bool inside = *at == '(';
    if (inside)
        for (at++; *at == ' ';) at++;
    if (!(at = read_parts(at, value))) return false;
    while (*at == ' ') at++;
    if (inside && *at++ != ')') return false;
    while (*at == ' ') at++;
    return *at == 0;
}

/* 1; 0: no str; -1: ValueError, MemoryError. */
static int read_text(Object *o, Complex *value) {
    NumberText t;
    if (!is_kind(o, GILT_STR)) return 0;
    if (number_text_read(&t, o) < 0) return -1;
    bool well = number_text_plain(t.text) && read_whole(t.text, value);
    number_text_free(&t);
    if (!well) gilt_raise(GILT_VALUE_ERROR, "complex() arg is a malformed string");
    return well ? 1 : -1;
}

/* ---- Making ---------------------------------------------------------------------- */

/* What __complex__ of an object answers, or its float. 1, 0, -1. */
static int part_of(Object *o, Complex *value) {
    int well = complex_value(o, &value->real, &value->imag);
    if (well) return well;
    Object *answer = number_special(o, SPECIAL_COMPLEX);
    if (!answer) {
        if (gilt_error()) return -1;
        value->imag = 0;
        if (number_double(o, &value->real)) return 1;
        if (!gilt_error_is(GILT_TYPE_ERROR) ||
            class_has_special(type_of(o), SPECIAL_FLOAT) ||
            class_has_special(type_of(o), SPECIAL_INDEX))
            return -1;
        gilt_error_clear();
        return 0;
    }
    well = complex_check(answer) ? 1 : -1;
    if (well > 0) *value = value_of(answer);
    if (well < 0)
        gilt_raise(GILT_TYPE_ERROR, "__complex__ returned non-complex (type %s)",
                   gilt_type_name(answer));
    decref(answer);
    return well;
}

static Object *make_value(Type *type, Complex value) {
    Object *o = heir_or_native_new(type, MEMORY_LEAF, sizeof(ComplexObject));
    if (!o) return NULL;
    ((ComplexObject *)o)->real = value.real;
    ((ComplexObject *)o)->imag = value.imag;
    return o;
}

static Object *refuse_part(const char *which, const char *kinds, Object *o) {
    return gilt_raise(GILT_TYPE_ERROR, "complex() %s argument must be a %snumber, not '%s'",
                      which, kinds, gilt_type_name(o));
}

/* The second one may be complex itself: it is multiplied by j. */
static Object *make_of(Type *type, Object *real, Object *imag) {
    Complex a = {0, 0}, b = {0, 0};
    bool text = real && is_kind(real, GILT_STR);
    if (text && imag)
        return gilt_raise(GILT_TYPE_ERROR,
                          "complex() can't take second arg if first is a string");
    if (imag && is_kind(imag, GILT_STR))
        return gilt_raise(GILT_TYPE_ERROR, "complex() second arg can't be a string");
    int well = text ? read_text(real, &a) : real ? part_of(real, &a) : 1;
    if (well < 0) return NULL;
    if (!well) return refuse_part("first", "string or a ", real);
    if (!imag) return make_value(type, a);
    well = part_of(imag, &b);
    if (well < 0) return NULL;
    if (!well) return refuse_part("second", "", imag);
    bool plain = !complex_check(imag);
    return make_value(type,
                      (Complex){plain ? a.real : a.real - b.imag,
                                real && complex_check(real) ? a.imag + b.real : b.real});
}

static Object *complex_make(Type *type, Object *const *arguments, size_t count,
                            Object *names) {
    Object *parts[2] = {NULL, NULL};
    static const char *const words[] = {"real", "imag"};
    size_t named = names ? gilt_tuple_size(names) : 0;
    if (count + named > 2)
        return gilt_raise(GILT_TYPE_ERROR,
                          "complex() takes at most 2 arguments (%zu given)", count + named);
    for (size_t i = 0; i < count; i++) parts[i] = arguments[i];
    for (size_t i = 0; i < named; i++) {
        int at = number_keyword(names, i, words, 2, "complex");
        if (at < 0) return NULL;
        if (parts[at])
            return gilt_raise(GILT_TYPE_ERROR,
                              "argument for complex() given by name ('%s') and position "
                              "(%d)",
                              words[at], at + 1);
        parts[at] = arguments[count + i];
    }
    Object *only = parts[0];
    if (count + named == 1 && only && is_type(only, TYPE_COMPLEX) && !type_is_heir(type))
        return incref(only);
    return make_of(type, parts[0], parts[1]);
}

/* ---- Methods --------------------------------------------------------------------- */

static Object *get_real(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_float(value_of(self).real);
}

static Object *get_imag(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_float(value_of(self).imag);
}

static Object *conjugate(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return complex_new(value_of(self).real, -value_of(self).imag);
}

static Object *as_complex(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return complex_new(value_of(self).real, value_of(self).imag);
}

static Object *get_new_args(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return number_pair(get_real(self, arguments, 0), get_imag(self, arguments, 0));
}

const Native complex_methods[] = {
    {"get real", get_real},
    {"get imag", get_imag},
    {"conjugate()", conjugate},
    {"__complex__()", as_complex},
    {"__getnewargs__()", get_new_args},
    {"__format__(format_spec, /)", format_native_method},
    {0},
};

const TypeOps complex_ops = {
    .kind = MEMORY_LEAF,
    .plain = true,
    .bytes = complex_bytes,
    .hash = complex_hash,
    .equal = complex_equal,
    .truth = complex_truth,
    .repr = complex_repr,
    .operate = complex_operate,
    .unary = complex_unary,
    .make = complex_make,
    .methods = complex_methods,
};
