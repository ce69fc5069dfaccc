/* int_bits.c: ints of any size as rows of bits: shifts, and, or, xor, not.
 *
 * Python's ints behave as if they were in two's complement with endless sign bits; ours
 * are a sign and a magnitude. So a negative operand is turned into two's complement limb by
 * limb as it is read, and a negative result is turned back in place. */
#include "core/types/int.h"

/* ---- Shifts ---------------------------------------------------------------------- */

static Object *shift_left(const IntView *a, uint64_t count) {
    size_t whole = count / 64, size = a->size + whole + 1;
    unsigned bits = count % 64;
    if (count / 64 > INT_LIMBS_MAX) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    BigInt *result = int_big_new(size);
    if (!result) return NULL;
    mp_limb_t *limbs = result->limbs;
    mpn_zero(limbs, (mp_size_t)whole);
    limbs[size - 1] = 0;
    if (bits)
        limbs[size - 1] = mpn_lshift(limbs + whole, a->limbs, (mp_size_t)a->size, bits);
    else
        mpn_copyi(limbs + whole, a->limbs, (mp_size_t)a->size);
    return int_big_finish(result, size, a->negative);
}

/* Rounds down: if a negative one lost bits, its magnitude is one more. */
static Object *shift_right(const IntView *a, uint64_t count) {
    size_t whole = count / 64;
    unsigned bits = count % 64;
    if (whole >= a->size) return gilt_int(a->negative ? -1 : 0);
    size_t size = a->size - whole;
    BigInt *result = int_big_new(size + 1);
    if (!result) return NULL;
    bool cut = a->negative && whole && !mpn_zero_p(a->limbs, (mp_size_t)whole);
    if (bits)
        cut |= mpn_rshift(result->limbs, a->limbs + whole, (mp_size_t)size, bits) != 0;
    else
        mpn_copyi(result->limbs, a->limbs + whole, (mp_size_t)size);
    result->limbs[size] = 0;
    if (a->negative && cut) mpn_add_1(result->limbs, result->limbs, (mp_size_t)size + 1, 1);
    return int_big_finish(result, size + 1, a->negative);
}

Object *int_big_shift(Operator op, Object *a, Object *b) {
    IntView view;
    if (int_is_negative(b)) return gilt_raise(GILT_VALUE_ERROR, "negative shift count");
    int_view(a, &view);
    if (int_view_is_zero(&view)) return gilt_int(0);
    uint64_t count = int_is_big(b) ? UINT64_MAX : (uint64_t)int_small(b);
    if (op == OP_SHIFT_RIGHT) return shift_right(&view, count);
    if (int_is_big(b)) return gilt_raise(GILT_OVERFLOW_ERROR, "too many digits in integer");
    return shift_left(&view, count);
}

/* ---- Bit by bit ------------------------------------------------------------------ */

/* An int read as two's complement, from the lowest limb on. */
typedef struct Twos {
    const mp_limb_t *limbs;
    size_t size;
    mp_limb_t flip;  /* all ones for a negative int */
    mp_limb_t carry; /* of the 1 that is added to the flipped limbs */
} Twos;

static Twos twos_of(const IntView *v) {
    return (Twos){v->limbs, v->size, v->negative ? ~(mp_limb_t)0 : 0, v->negative};
}

static inline mp_limb_t twos_next(Twos *t, size_t i) {
    mp_limb_t limb = ((i < t->size ? t->limbs[i] : 0) ^ t->flip) + t->carry;
    t->carry &= limb == 0;
    return limb;
}

static inline mp_limb_t combine(Operator op, mp_limb_t x, mp_limb_t y) {
    return op == OP_AND ? x & y : op == OP_OR ? x | y : x ^ y;
}

/* Limbs of the result. What is and-ed with a non-negative int is no longer than that. */
static size_t bits_size(Operator op, const IntView *a, const IntView *b) {
    size_t more = a->size > b->size ? a->size : b->size;
    if (op != OP_AND || (a->negative && b->negative)) return more + 1;
    if (a->negative) return b->size;
    if (b->negative) return a->size;
    return a->size < b->size ? a->size : b->size;
}

Object *int_big_bits(Operator op, Object *a_object, Object *b_object) {
    IntView a, b;
    int_view(a_object, &a);
    int_view(b_object, &b);
    size_t size = bits_size(op, &a, &b);
    bool negative = combine(op, a.negative, b.negative);
    Twos x = twos_of(&a), y = twos_of(&b);
    if (size == 1) return int_of_limb(twos_next(&x, 0) & twos_next(&y, 0), false);
    BigInt *result = int_big_new(size);
    if (!result) return NULL;
    for (size_t i = 0; i < size; i++) {
        mp_limb_t left = twos_next(&x, i);
        result->limbs[i] = combine(op, left, twos_next(&y, i));
    }
    if (negative) mpn_neg(result->limbs, result->limbs, (mp_size_t)size);
    return int_big_finish(result, size, negative);
}

/* ~x is -x - 1. */
Object *int_big_invert(Object *o) {
    IntView v;
    int_view(o, &v);
    BigInt *result = int_big_new(v.size + 1);
    if (!result) return NULL;
    mp_limb_t *top = &result->limbs[v.size];
    if (v.negative)
        *top = 0, mpn_sub_1(result->limbs, v.limbs, (mp_size_t)v.size, 1);
    else
        *top = mpn_add_1(result->limbs, v.limbs, (mp_size_t)v.size, 1);
    return int_big_finish(result, v.size + 1, !v.negative);
}
