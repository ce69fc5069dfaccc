/* float.c: the float type, and arithmetic that mixes floats with ints.
 *
 * Invariant: arithmetic turns an int into the nearest double first (OverflowError if there
 * is none), as Python does; comparison and hash do not: they are exact, so that 2**53 + 1
 * is not equal to 2.0**53, and equal numbers hash the same. */
#include "core/types/float.h"
#include "core/object/error.h"
#include "core/types/class.h"
#include "core/types/complex.h"
#include "core/types/int.h"
#include "core/types/number.h"
#include <errno.h>
#include <math.h>
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

bool float_heir_check(const Object *o) {
    return class_inherits(type_of(o), &types[GILT_FLOAT]);
}

static inline bool is_number(const Object *o) { return float_check(o) || int_check(o); }

/* Of a number. false, OverflowError if it is an int that is too large. */
static inline bool number_to_double(const Object *o, double *value) {
    if (unlikely(!float_check(o))) return int_to_double(o, value);
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
int64_t float_hash_double(double value, const Object *o) {
    int exponent;
    if (isinf(value)) return value > 0 ? 314159 : -314159;
    if (isnan(value)) return (int64_t)((uintptr_t)o >> 4); /* only itself is the same */
    uint64_t residue = (uint64_t)ldexp(frexp(fabs(value), &exponent), 53);
    int turn = (exponent - 53) % 61;
    if (turn < 0) turn += 61;
    residue = (residue << turn & HASH_MODULUS) | residue >> (61 - turn);
    return int_hash_residue(residue, value < 0);
}

static bool float_hash(Object *o, int64_t *hash) {
    *hash = float_hash_double(float_value(o), o);
    return true;
}

enum { UNORDERED = 2, UNKNOWN = 3 };

/* -1, 0 or 1; UNORDERED if one is a NaN; UNKNOWN if one is no number. */
static int number_compare(const Object *a, const Object *b) {
    bool a_float = float_check(a), b_float = float_check(b);
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

Object *float_ordered(Comparison op, Object *a, Object *b) {
    int order = number_compare(a, b);
    if (order == UNKNOWN) return NOT_IMPLEMENTED;
    if (order == UNORDERED) return gilt_bool(op == COMPARE_UNEQUAL);
    return gilt_bool(order_answers(op, order));
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

static Object *divmod_of(double a, double b) {
    return number_pair(gilt_float(floor_of(a, b)), gilt_float(remainder_of(a, b)));
}

Object *float_raise_range(void) {
    Object *args[] = {gilt_int(ERANGE), gilt_str_from(strerror(ERANGE))};
    if (!args[1]) return NULL;
    error_raise_args(GILT_OVERFLOW_ERROR, args, 2);
    decref(args[0]);
    decref(args[1]);
    return NULL;
}

/* C's pow knows all the special cases, as C99 lists them; a negative base with a fraction
 * as its exponent is the business of complex. */
static Object *power_of(double a, double b) {
    if (a == 0 && b < 0 && isfinite(b))
        return gilt_raise(GILT_ZERO_DIVISION_ERROR,
                          "0.0 cannot be raised to a negative power");
    if (a < 0 && isfinite(a) && isfinite(b) && b != floor(b))
        return complex_power(a, 0, b, 0);
    double power = pow(a, b);
    if (unlikely(isinf(power)) && isfinite(a) && isfinite(b)) return float_raise_range();
    return gilt_float(power);
}

static Object *raise_zero_division(Operator op) {
    const char *text = op == OP_DIVIDE   ? "float division by zero"
                       : op == OP_FLOOR  ? "float floor division by zero"
                       : op == OP_DIVMOD ? "float divmod()"
                                         : "float modulo";
    return gilt_raise(GILT_ZERO_DIVISION_ERROR, "%s", text);
}

/* Those operators that are not so simple. */
static Object *operate_slow(Operator op, double x, double y) {
    if (op == OP_POWER) return power_of(x, y);
    if (unlikely(y == 0)) return raise_zero_division(op);
    if (op == OP_DIVMOD) return divmod_of(x, y);
    return gilt_float(op == OP_FLOOR ? floor_of(x, y) : remainder_of(x, y));
}

Object *float_operate(Operator op, Object *a, Object *b) {
    double x, y;
    if (op > OP_POWER && op != OP_DIVMOD) return NOT_IMPLEMENTED;
    if (unlikely(!is_number(a) || !is_number(b))) return NOT_IMPLEMENTED;
    if (unlikely(!number_to_double(a, &x) || !number_to_double(b, &y))) return NULL;
    switch (op) {
    case OP_ADD:
        return gilt_float(x + y);
    case OP_SUBTRACT:
        return gilt_float(x - y);
    case OP_MULTIPLY:
        return gilt_float(x * y);
    case OP_DIVIDE:
        if (likely(y != 0)) return gilt_float(x / y);
        break;
    default:
        return operate_slow(op, x, y);
    }
    return raise_zero_division(op);
}

Object *float_exact(Object *o) {
    return is_type(o, GILT_FLOAT) ? incref(o) : gilt_float(float_value(o));
}

static Object *float_unary(Unary op, Object *o) {
    switch (op) {
    case UNARY_NEGATIVE:
        return gilt_float(-float_value(o));
    case UNARY_POSITIVE:
        return float_exact(o);
    case UNARY_ABSOLUTE:
        return gilt_float(fabs(float_value(o)));
    default:
        return NOT_IMPLEMENTED;
    }
}

const TypeOps float_ops = {
    .kind = MEMORY_LEAF,
    .plain = true,
    .bytes = float_bytes,
    .hash = float_hash,
    .equal = float_equal,
    .less = float_less,
    .compare = float_ordered,
    .truth = float_truth,
    .repr = float_repr,
    .operate = float_operate,
    .unary = float_unary,
    .make = float_make,
    .methods = float_methods,
};
