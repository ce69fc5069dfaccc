/* int_power.c: powers of ints, with and without a modulus, and rounding to powers of ten.
 *
 * The size of a power is known before it is computed, so one that is too large is a
 * MemoryError at once. Work in 64 bits comes first; GMP does the rest. */
#include "core/types/float.h"
#include "core/types/int.h"

static bool is_small(const Object *o, int64_t value) {
    return !int_is_big(o) && int_small(o) == value;
}

/* ---- Without a modulus ----------------------------------------------------------- */

/* Squares and multiplies. false: it does not fit in 64 bits. */
static bool small_power(int64_t base, uint64_t exponent, int64_t *result) {
    *result = 1;
    for (;;) {
        if ((exponent & 1) && __builtin_mul_overflow(*result, base, result)) return false;
        if (!(exponent >>= 1)) return true;
        if (__builtin_mul_overflow(base, base, &base)) return false;
    }
}

/* |a| is at least 2 and the exponent at least 1. */
static Object *big_power(Object *a, Object *b) {
    uint64_t bits = int_bit_length(a), limit = INT_LIMBS_MAX * 64;
    if (int_is_big(b) || (uint64_t)int_small(b) > limit / (bits > 1 ? bits - 1 : 1))
        return gilt_raise(GILT_MEMORY_ERROR, NULL);
    uint64_t exponent = (uint64_t)int_small(b), limbs = bits * exponent / 64 + 2;
    if (limbs > ARITHMETIC_ON_STACK && !int_work_fits(limbs)) return NULL;
    IntView view;
    mpz_t base, power;
    int_view(a, &view);
    int_view_mpz(base, &view);
    mpz_init2(power, limbs * 64);
    mpz_pow_ui(power, base, exponent);
    Object *result = int_of_mpz(power);
    mpz_clear(power);
    return result;
}

static Object *plain_power(Object *a, Object *b) {
    int64_t result;
    if (int_is_negative(b)) return float_operate(OP_POWER, a, b);
    if (is_small(b, 0) || is_small(a, 1)) return gilt_int(1);
    if (is_small(a, 0)) return gilt_int(0);
    if (is_small(a, -1)) return gilt_int(int_is_odd(b) ? -1 : 1);
    if (!int_is_big(a) && !int_is_big(b) &&
        small_power(int_small(a), (uint64_t)int_small(b), &result))
        return gilt_int(result);
    return big_power(a, b);
}

/* ---- With a modulus -------------------------------------------------------------- */

static int64_t small_modular(int64_t a, uint64_t exponent, int64_t modulus) {
    uint64_t m = (uint64_t)(modulus < 0 ? -modulus : modulus), result = 1 % m;
    int64_t rest = a % (int64_t)m;
    uint64_t base = rest < 0 ? (uint64_t)rest + m : (uint64_t)rest;
    for (; exponent; exponent >>= 1) {
        if (exponent & 1) result = (uint64_t)((unsigned __int128)result * base % m);
        base = (uint64_t)((unsigned __int128)base * base % m);
    }
    return (int64_t)result + (modulus < 0 && result ? modulus : 0);
}

/* The window of mpz_powm holds up to some hundred numbers as long as the modulus. */
static bool modular_fits(const IntView *a, const IntView *b, const IntView *m) {
    size_t work = m->size * 80 + a->size + b->size;
    return work <= ARITHMETIC_ON_STACK || int_work_fits(work);
}

static Object *big_modular(Object *a_object, Object *b_object, Object *modulus) {
    IntView a, b, m;
    mpz_t base, exponent, by, result;
    int_view(a_object, &a);
    int_view(b_object, &b);
    int_view(modulus, &m);
    if (!modular_fits(&a, &b, &m)) return NULL;
    bool inverse = b.negative, negative = m.negative, well = true;
    b.negative = m.negative = false;
    int_view_mpz(base, &a);
    int_view_mpz(exponent, &b);
    int_view_mpz(by, &m);
    mpz_init(result);
    if (inverse) well = mpz_cmp_ui(by, 1) == 0 || mpz_invert(result, base, by);
    if (well) mpz_powm(result, inverse ? result : base, exponent, by);
    if (well && negative && mpz_sgn(result)) mpz_sub(result, result, by);
    Object *o =
        well ? int_of_mpz(result)
             : gilt_raise(GILT_VALUE_ERROR, "base is not invertible for the given modulus");
    mpz_clear(result);
    return o;
}

Object *int_power(Object *a, Object *b, Object *modulus) {
    if (!modulus) return plain_power(a, b);
    if (is_small(modulus, 0))
        return gilt_raise(GILT_VALUE_ERROR, "pow() 3rd argument cannot be 0");
    bool small = !int_is_big(a) && !int_is_big(b) && !int_is_big(modulus);
    if (small && int_small(b) >= 0 && int_small(modulus) != INT64_MIN)
        return gilt_int(
            small_modular(int_small(a), (uint64_t)int_small(b), int_small(modulus)));
    return big_modular(a, b, modulus);
}

/* ---- Rounding -------------------------------------------------------------------- */

/* o - (o mod unit), or the next multiple of unit above, whichever is nearer; if both are,
 * the even multiple. */
static Object *round_to(Object *o, Object *unit) {
    Object *both = int_operate(OP_DIVMOD, o, unit), *result = NULL;
    if (!both) return NULL;
    Object *quotient = gilt_tuple_get(both, 0), *rest = gilt_tuple_get(both, 1);
    Object *down = int_operate(OP_SUBTRACT, o, rest);
    Object *twice = int_operate(OP_ADD, rest, rest);
    if (down && twice) {
        int order = int_compare(twice, unit);
        bool up = order > 0 || (order == 0 && int_is_odd(quotient));
        result = up ? int_operate(OP_ADD, down, unit) : incref(down);
    }
    decref_maybe(down);
    decref_maybe(twice);
    decref(quotient);
    decref(rest);
    decref(both);
    return result;
}

Object *int_round(Object *o, Object *digits) {
    if (!int_is_negative(digits)) return int_exact(o);
    /* Below 10 ** n / 2, which has more than 3 n bits, all becomes 0. */
    uint64_t bits = int_bit_length(o);
    if (int_is_big(digits) || -(uint64_t)int_small(digits) > bits / 3 + 1)
        return gilt_int(0);
    Object *ten = gilt_int(10), *zeros = int_negative(digits);
    Object *unit = zeros ? int_power(ten, zeros, NULL) : NULL;
    Object *result = unit ? round_to(o, unit) : NULL;
    decref_maybe(unit);
    decref_maybe(zeros);
    decref(ten);
    return result;
}
