/* int_big.c: ints that do not fit in 64 bits, on GMP's mpn functions.
 *
 * Results are computed in the block of the new object itself, and other limbs in scratch
 * blocks of our own, so that a failing allocation is a MemoryError. What GMP itself takes
 * for its work on large numbers is asked for, and given back, just before: see
 * int_work_fits. int_big_finish then drops leading zeros and picks the layout.
 *
 * Rounding to a double always goes through 62 to 64 leading bits, the lowest of which is
 * 'sticky': set if anything below is not zero. That leaves at least 9 bits below the 53 of
 * a double, so rounding them to even rounds the exact value. */
#include "core/types/int.h"
#include "core/types/number.h"
#include "core/types/float.h"
#include <float.h>
#include <math.h>
#include <stdlib.h>

/* ---- Making ---------------------------------------------------------------------- */

static size_t big_bytes(size_t room) { return sizeof(BigInt) + room * sizeof(mp_limb_t); }

BigInt *int_big_new(size_t room) {
    if (room > INT_LIMBS_MAX + 2) return (void *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    BigInt *big = (BigInt *)object_new(GILT_INT, MEMORY_LEAF, big_bytes(room));
    if (!big) return NULL;
    big->head.refs.marks |= MARK_OWN;
    big->size = 0;
    big->room = (uint32_t)room;
    return big;
}

/* Does +-limb fit in 64 bits with its sign? */
static bool limb_fits(mp_limb_t limb, bool negative) {
    return limb <= (mp_limb_t)INT64_MAX + negative;
}

static BigInt *big_shrunk(BigInt *big, size_t size) {
    BigInt *copy = int_big_new(size);
    if (copy) mpn_copyi(copy->limbs, big->limbs, (mp_size_t)size);
    decref(&big->head);
    return copy;
}

Object *int_big_finish(BigInt *big, size_t size, bool negative) {
    while (size && !big->limbs[size - 1]) size--;
    if (size == 0 || (size == 1 && limb_fits(big->limbs[0], negative))) {
        mp_limb_t value = size ? big->limbs[0] : 0;
        decref(&big->head);
        return gilt_int((int64_t)(negative ? -value : value));
    }
    if (size > INT_LIMBS_MAX) {
        decref(&big->head);
        return gilt_raise(GILT_MEMORY_ERROR, NULL);
    }
    if (big->room - size > size / 2 + 1) big = big_shrunk(big, size);
    if (!big) return NULL;
    big->size = negative ? -(int32_t)size : (int32_t)size;
    return &big->head;
}

Object *int_of_mpz(const mpz_t z) {
    size_t size = mpz_size(z);
    if (size <= 1) return int_of_limb(mpz_getlimbn(z, 0), mpz_sgn(z) < 0);
    BigInt *big = int_big_new(size);
    if (!big) return NULL;
    mpn_copyi(big->limbs, mpz_limbs_read(z), (mp_size_t)size);
    return int_big_finish(big, size, mpz_sgn(z) < 0);
}

Object *int_of_unsigned(uint64_t value) {
    if (value <= INT64_MAX) return gilt_int((int64_t)value);
    BigInt *big = int_big_new(1);
    if (!big) return NULL;
    big->limbs[0] = value;
    big->size = 1;
    return &big->head;
}

/* A block is at least 16 bytes: hence one limb more than asked for. */
mp_limb_t *int_scratch_new(size_t limbs) {
    mp_limb_t *scratch = memory_new(MEMORY_ARRAY, (limbs + 1) * sizeof *scratch);
    if (unlikely(!scratch)) gilt_raise(GILT_MEMORY_ERROR, NULL);
    return scratch;
}

void int_scratch_free(mp_limb_t *scratch, size_t limbs) {
    memory_free(scratch, (limbs + 1) * sizeof *scratch);
}

/* GMP 6.2 takes at most 6.8 times the larger operand, and 6 KiB. Another thread may take
 * the memory in between; then GMP ends the program, as without this it always would. */
bool int_work_fits(size_t limbs) {
    void *volatile probe = malloc(limbs * 8 * sizeof(mp_limb_t) + 16384);
    if (!probe) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    free(probe);
    return true;
}

mp_limb_t *int_scratch_for_work(size_t limbs, size_t work, size_t on_stack) {
    mp_limb_t *scratch = int_scratch_new(limbs);
    if (!scratch || work <= on_stack || int_work_fits(work)) return scratch;
    int_scratch_free(scratch, limbs);
    return NULL;
}

/* ---- Adding, multiplying --------------------------------------------------------- */

static int magnitude_compare(const IntView *a, const IntView *b) {
    if (a->size != b->size) return a->size > b->size ? 1 : -1;
    return mpn_cmp(a->limbs, b->limbs, (mp_size_t)a->size);
}

static Object *magnitudes_add(const IntView *a, const IntView *b, bool negative) {
    if (a->size < b->size) return magnitudes_add(b, a, negative);
    BigInt *sum = int_big_new(a->size + 1);
    if (!sum) return NULL;
    sum->limbs[a->size] =
        mpn_add(sum->limbs, a->limbs, (mp_size_t)a->size, b->limbs, (mp_size_t)b->size);
    return int_big_finish(sum, a->size + 1, negative);
}

/* a + b, where b counts as negative if `negative` says so. */
static Object *big_add(const IntView *a, const IntView *b, bool negative) {
    if (a->negative == negative) return magnitudes_add(a, b, negative);
    bool swap = magnitude_compare(a, b) < 0;
    const IntView *large = swap ? b : a, *little = swap ? a : b;
    BigInt *rest = int_big_new(large->size);
    if (!rest) return NULL;
    mpn_sub(rest->limbs, large->limbs, (mp_size_t)large->size, little->limbs,
            (mp_size_t)little->size);
    return int_big_finish(rest, large->size, swap ? negative : a->negative);
}

static Object *big_multiply(const IntView *a, const IntView *b) {
    if (a->size < b->size) return big_multiply(b, a);
    size_t size = a->size + b->size;
    BigInt *product = int_big_new(size);
    if (!product) return NULL;
    if (a->size > ARITHMETIC_ON_STACK && !int_work_fits(a->size)) {
        decref(&product->head);
        return NULL;
    }
    if (b->size == 1)
        product->limbs[a->size] =
            mpn_mul_1(product->limbs, a->limbs, (mp_size_t)a->size, b->limbs[0]);
    else if (a->limbs == b->limbs)
        mpn_sqr(product->limbs, a->limbs, (mp_size_t)a->size);
    else
        mpn_mul(product->limbs, a->limbs, (mp_size_t)a->size, b->limbs, (mp_size_t)b->size);
    return int_big_finish(product, size, a->negative != b->negative);
}

/* ---- Floor division -------------------------------------------------------------- */

/* a is shorter than b: the quotient is 0, or -1 if the signs differ. */
static Object *short_divide(Operator op, const IntView *a, const IntView *b,
                            Object *a_object) {
    bool below = a->negative != b->negative && !int_view_is_zero(a);
    if (op == OP_FLOOR) return gilt_int(below ? -1 : 0);
    Object *rest = below ? big_add(a, b, b->negative) : int_exact(a_object);
    return op == OP_DIVMOD ? number_pair(gilt_int(below ? -1 : 0), rest) : rest;
}

/* By one limb, which takes no scratch. */
static Object *limb_divide(Operator op, const IntView *a, const IntView *b) {
    mp_limb_t by = b->limbs[0], rest;
    bool below = a->negative != b->negative;
    BigInt *quotient = NULL;
    if (op == OP_REMAINDER) {
        rest = mpn_mod_1(a->limbs, (mp_size_t)a->size, by);
    } else {
        if (!(quotient = int_big_new(a->size + 1))) return NULL;
        rest = mpn_divrem_1(quotient->limbs, 0, a->limbs, (mp_size_t)a->size, by);
        quotient->limbs[a->size] = 0;
        if (below && rest)
            mpn_add_1(quotient->limbs, quotient->limbs, (mp_size_t)a->size + 1, 1);
    }
    if (below && rest) rest = by - rest;
    if (op == OP_REMAINDER) return int_of_limb(rest, b->negative);
    Object *whole = int_big_finish(quotient, a->size + 1, below);
    if (op == OP_FLOOR || !whole) return whole;
    return number_pair(whole, int_of_limb(rest, b->negative));
}

/* Divides towards zero, then steps down if the signs differ and there is a rest. Of
 * quotient and rest, what is not wanted goes to scratch. */
static Object *long_divide(Operator op, const IntView *a, const IntView *b) {
    size_t quotient_size = a->size - b->size + 2, rest_size = b->size;
    size_t spare_size = op == OP_REMAINDER ? quotient_size : op == OP_FLOOR ? rest_size : 0;
    BigInt *whole = op == OP_REMAINDER ? NULL : int_big_new(quotient_size);
    BigInt *left = op == OP_FLOOR ? NULL : int_big_new(rest_size);
    mp_limb_t *spare = NULL;
    if ((whole || op == OP_REMAINDER) && (left || op == OP_FLOOR))
        spare = int_scratch_for_work(spare_size, a->size, ARITHMETIC_ON_STACK);
    if (!spare) {
        if (whole) decref(&whole->head);
        if (left) decref(&left->head);
        return NULL;
    }
    mp_limb_t *quotient = whole ? whole->limbs : spare, *rest = left ? left->limbs : spare;
    mpn_tdiv_qr(quotient, rest, 0, a->limbs, (mp_size_t)a->size, b->limbs,
                (mp_size_t)b->size);
    quotient[quotient_size - 1] = 0;
    bool below = a->negative != b->negative;
    if (below && !mpn_zero_p(rest, (mp_size_t)rest_size)) {
        mpn_add_1(quotient, quotient, (mp_size_t)quotient_size, 1);
        mpn_sub_n(rest, b->limbs, rest, (mp_size_t)rest_size);
    }
    int_scratch_free(spare, spare_size);
    if (!left) return int_big_finish(whole, quotient_size, below);
    Object *modulo = int_big_finish(left, rest_size, b->negative);
    if (!whole) return modulo;
    return number_pair(int_big_finish(whole, quotient_size, below), modulo);
}

/* ---- To and from doubles --------------------------------------------------------- */

static int64_t bit_length(const IntView *v) {
    return (int64_t)v->size * 64 - __builtin_clzll(v->limbs[v->size - 1]);
}

/* `top` * 2^exponent as the nearest double. top has 62 to 64 bits, the lowest sticky. A
 * subnormal result keeps fewer than 53 bits. Infinity if too large. */
static double scaled(uint64_t top, int64_t exponent) {
    int64_t bits = 64 - __builtin_clzll(top);
    int64_t keep = bits + exponent + 1074;
    if (keep < 0) return 0;
    if (keep > 53) keep = 53;
    unsigned drop = (unsigned)(bits - keep);
    uint64_t kept = top >> drop, rest = top & ((UINT64_C(1) << drop) - 1);
    uint64_t half = UINT64_C(1) << (drop - 1);
    if (rest > half || (rest == half && (kept & 1))) kept++;
    return ldexp((double)kept, (int)(exponent + drop));
}

/* The top 64 bits of a magnitude with more than 64, the lowest sticky. */
static uint64_t top_bits(const IntView *v) {
    const mp_limb_t *top = &v->limbs[v->size - 1];
    unsigned shift = (unsigned)__builtin_clzll(*top);
    uint64_t bits = shift ? top[0] << shift | top[-1] >> (64 - shift) : top[0];
    bool below = (shift ? top[-1] << shift : top[-1]) != 0;
    if (v->size > 2) below |= !mpn_zero_p(v->limbs, (mp_size_t)v->size - 2);
    return bits | below;
}

bool int_to_double(const Object *o, double *value) {
    if (likely(!int_is_big(o))) {
        *value = (double)int_small(o);
        return true;
    }
    IntView v;
    int_view(o, &v);
    int64_t bits = bit_length(&v);
    double magnitude = INFINITY;
    if (v.size == 1)
        magnitude = (double)v.limbs[0];
    else if (bits <= DBL_MAX_EXP)
        magnitude = scaled(top_bits(&v), bits - 64);
    if (isinf(magnitude)) {
        gilt_raise(GILT_OVERFLOW_ERROR, "int too large to convert to float");
        return false;
    }
    *value = v.negative ? -magnitude : magnitude;
    return true;
}

Object *int_of_double(double d) {
    if (likely(d >= -0x1p63 && d < 0x1p63)) return gilt_int((int64_t)d);
    if (isnan(d))
        return gilt_raise(GILT_VALUE_ERROR, "cannot convert float NaN to integer");
    if (isinf(d))
        return gilt_raise(GILT_OVERFLOW_ERROR, "cannot convert float infinity to integer");
    int exponent;
    uint64_t top = (uint64_t)ldexp(frexp(fabs(d), &exponent), 64);
    size_t whole = (size_t)(exponent - 64) / 64;
    unsigned bits = (unsigned)(exponent - 64) % 64;
    BigInt *big = int_big_new(whole + 2);
    if (!big) return NULL;
    mpn_zero(big->limbs, (mp_size_t)whole);
    big->limbs[whole] = top << bits;
    big->limbs[whole + 1] = bits ? top >> (64 - bits) : 0;
    return int_big_finish(big, whole + 2, d < 0);
}

uint64_t int_bit_length(const Object *o) {
    IntView v;
    int_view(o, &v);
    return int_view_is_zero(&v) ? 0 : (uint64_t)bit_length(&v);
}

/* |a| against d, both with as many bits before the point: 64 or more, so d is whole. */
static int magnitude_compare_double(const IntView *a, double d, int64_t bits) {
    uint64_t leading = (uint64_t)ldexp(d, (int)(64 - bits)); /* 53 bits, then zeros */
    uint64_t top = a->size == 1 ? a->limbs[0] : top_bits(a);
    return (top > leading) - (top < leading);
}

int int_compare_double(const Object *o, double d) {
    if (!int_is_big(o)) {
        if (d >= 0x1p63) return -1;
        if (d < -0x1p63) return 1;
        int64_t value = int_small(o), whole = (int64_t)d;
        if (value != whole) return value > whole ? 1 : -1;
        double part = d - (double)whole; /* exact: whole has no more bits than d */
        return (part < 0) - (part > 0);
    }
    IntView v;
    int_view(o, &v);
    int sign = v.negative ? -1 : 1, exponent;
    if (isinf(d)) return d > 0 ? -1 : 1;
    double magnitude = v.negative ? -d : d;
    if (magnitude < 0x1p63) return sign;
    frexp(magnitude, &exponent); /* 2^(exponent-1) <= magnitude < 2^exponent */
    int64_t bits = bit_length(&v);
    if (bits != exponent) return bits > exponent ? sign : -sign;
    return sign * magnitude_compare_double(&v, magnitude, bits);
}

/* ---- True division --------------------------------------------------------------- */

/* Writes |a| * 2^shift, rounded down, and says whether something was cut off. The place
 * has room for one limb more than the result needs; *size is the result's. */
static bool shift_into(mp_limb_t *place, size_t *size, const IntView *a, int64_t shift) {
    size_t whole = (size_t)(shift < 0 ? -shift : shift) / 64;
    unsigned bits = (unsigned)((shift < 0 ? -shift : shift) % 64);
    bool cut = false;
    size_t n;
    if (shift >= 0) {
        n = a->size + whole + 1;
        mpn_zero(place, (mp_size_t)whole);
        mpn_copyi(place + whole, a->limbs, (mp_size_t)a->size);
        place[n - 1] = 0;
        if (bits) mpn_lshift(place + whole, place + whole, (mp_size_t)a->size + 1, bits);
    } else {
        n = a->size - whole;
        cut = whole && !mpn_zero_p(a->limbs, (mp_size_t)whole);
        mpn_copyi(place, a->limbs + whole, (mp_size_t)n);
        if (bits) cut |= mpn_rshift(place, place, (mp_size_t)n, bits) != 0;
    }
    while (n && !place[n - 1]) n--;
    *size = n;
    return cut;
}

/* |a| / |b| as the nearest double, from a quotient of 62 or 63 bits. Both are not zero,
 * and their lengths are near enough for a double. -1 if there is no memory. */
static double quotient_double(const IntView *a, const IntView *b, int64_t shift) {
    size_t room = b->size + 3, size;
    if (room < a->size) room = a->size;
    mp_limb_t *scaled_a = int_scratch_for_work(room, room, ARITHMETIC_ON_STACK),
              quotient[4];
    if (!scaled_a) return -1;
    bool sticky = shift_into(scaled_a, &size, a, shift);
    mpn_tdiv_qr(quotient, scaled_a, 0, scaled_a, (mp_size_t)size, b->limbs,
                (mp_size_t)b->size);
    sticky |= !mpn_zero_p(scaled_a, (mp_size_t)b->size);
    int_scratch_free(scaled_a, room);
    return scaled(quotient[0] | sticky, -shift);
}

static Object *big_divide(const IntView *a, const IntView *b) {
    bool negative = a->negative != b->negative;
    double result = 0;
    if (!int_view_is_zero(a)) {
        int64_t longer = bit_length(a) - bit_length(b);
        if (longer > DBL_MAX_EXP)
            result = INFINITY;
        else if (longer > -1080)
            result = quotient_double(a, b, 62 - longer);
        if (result < 0) return NULL;
    }
    if (isinf(result))
        return gilt_raise(GILT_OVERFLOW_ERROR,
                          "integer division result too large for a float");
    return gilt_float(negative ? -result : result);
}

/* ---- All operators --------------------------------------------------------------- */

static Object *raise_zero_division(Operator op) {
    const char *text = op == OP_DIVIDE      ? "division by zero"
                       : op == OP_REMAINDER ? "integer modulo by zero"
                                            : "integer division or modulo by zero";
    return gilt_raise(GILT_ZERO_DIVISION_ERROR, "%s", text);
}

Object *int_big_operate(Operator op, Object *a_object, Object *b_object) {
    IntView a, b;
    Object *result;
    if (int_wide_operate(op, a_object, b_object, &result)) return result;
    if (op == OP_SHIFT_LEFT || op == OP_SHIFT_RIGHT)
        return int_big_shift(op, a_object, b_object);
    if (op == OP_AND || op == OP_OR || op == OP_XOR)
        return int_big_bits(op, a_object, b_object);
    int_view(a_object, &a);
    int_view(b_object, &b);
    if (op == OP_ADD) return big_add(&a, &b, b.negative);
    if (op == OP_SUBTRACT) return big_add(&a, &b, !b.negative);
    if (op == OP_MULTIPLY) return big_multiply(&a, &b);
    if (int_view_is_zero(&b)) return raise_zero_division(op);
    if (op == OP_DIVIDE) return big_divide(&a, &b);
    if (a.size < b.size) return short_divide(op, &a, &b, a_object);
    if (b.size == 1) return limb_divide(op, &a, &b);
    return long_divide(op, &a, &b);
}
