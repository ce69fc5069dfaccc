/* float_digits.c: doubles to their shortest decimal, and decimals to doubles, in integer
 * arithmetic with powers of ten of 128 bits.
 *
 * To decimal: Giulietti, 'The Schubfach way to render doubles', 2020. Of the multiples of
 * the two largest powers of ten that may have one in the interval that rounds to the
 * double, it takes the one that is in it; of two, the nearer. Products are cut to 64 bits
 * with the last one sticky, for which 126 bits of the power are enough (his proof).
 *
 * From decimal: Lemire, 'Number parsing at a gigabyte per second', 2021. A product with the
 * power cut to 128 bits gives the double, unless it is next to a halfway point; then the C
 * library is asked.
 *
 * A power is computed when it is first needed; two threads that do so write the same. */
#include "core/types/float.h"
#include <gmp.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>

enum { POWER_LEAST = -348, POWER_MOST = 348 };

/* 10^e * 2^n, cut to 128 bits of which the first is set; `exact` if nothing was cut. */
typedef struct Power {
    uint64_t high, low;
    bool exact;
} Power;

static struct PowerSlot {
    _Atomic uint64_t high; /* 0: not there yet; the release pairs with the acquire */
    _Atomic uint64_t low;
} powers[POWER_MOST - POWER_LEAST + 1];

/* 10^e is below 2^128 times a power of two up to this. */
static bool power_is_exact(int e) { return e >= 0 && e <= 55; }

static Power power_compute(int e) {
    mpz_t ten, cut;
    mpz_init(ten);
    mpz_init(cut);
    mpz_ui_pow_ui(ten, 10, (unsigned long)(e < 0 ? -e : e));
    size_t bits = mpz_sizeinbase(ten, 2);
    if (e < 0) {
        mpz_setbit(cut, bits + 127);
        mpz_fdiv_q(cut, cut, ten);
    } else if (bits > 128) {
        mpz_fdiv_q_2exp(cut, ten, bits - 128);
    } else {
        mpz_mul_2exp(cut, ten, 128 - bits);
    }
    Power power = {mpz_getlimbn(cut, 1), mpz_getlimbn(cut, 0), power_is_exact(e)};
    mpz_clear(ten);
    mpz_clear(cut);
    return power;
}

static inline Power power_of_ten(int e) {
    struct PowerSlot *slot = &powers[e - POWER_LEAST];
    Power power = {atomic_load_explicit(&slot->high, memory_order_acquire), 0,
                   power_is_exact(e)};
    if (likely(power.high)) {
        power.low = atomic_load_explicit(&slot->low, memory_order_relaxed);
        return power;
    }
    power = power_compute(e);
    atomic_store_explicit(&slot->low, power.low, memory_order_relaxed);
    atomic_store_explicit(&slot->high, power.high, memory_order_release);
    return power;
}

typedef unsigned __int128 Product;

static inline Product product(uint64_t a, uint64_t b) { return (Product)a * b; }

/* floor(log2(10^e)), floor(log10(2^e)), and floor(log10(3/4 * 2^e)): right for all e here.
 */
static inline int log2_of_ten(int e) { return (int)(((int64_t)e * 1741647) >> 19); }
static inline int log10_of_two(int e) { return (int)(((int64_t)e * 1262611) >> 22); }
static inline int log10_of_less(int e) {
    return (int)(((int64_t)e * 1262611 - 524031) >> 22);
}

/* ---- To decimal ------------------------------------------------------------------ */

/* The high 64 of 192 bits; the lowest is set if anything below is more than the error. */
static inline uint64_t round_to_odd(Power g, uint64_t value) {
    Product low = product(g.low, value), high = product(g.high, value) + (low >> 64);
    return (uint64_t)(high >> 64) | ((uint64_t)high > 1);
}

/* The decimal for significand * 2^exponent. */
static uint64_t shortest(uint64_t significand, int exponent, bool closer, int *ten) {
    bool odd = significand & 1;
    int k = closer ? log10_of_less(exponent) : log10_of_two(exponent);
    int shift = exponent + log2_of_ten(-k) + 1;
    Power g = power_of_ten(-k);
    if (!g.exact && ++g.low == 0) g.high++; /* rounded up, as the proof wants it */
    uint64_t at = round_to_odd(g, 4 * significand << shift);
    uint64_t least = round_to_odd(g, (4 * significand - 2 + closer) << shift) + odd;
    uint64_t most = round_to_odd(g, (4 * significand + 2) << shift) - odd;
    uint64_t down = at / 4;
    *ten = k + 1;
    if (down >= 10) {
        uint64_t tens = down / 10;
        bool under = least <= 40 * tens, over = 40 * tens + 40 <= most;
        if (under != over) return tens + over;
    }
    *ten = k;
    bool under = least <= 4 * down, over = 4 * down + 4 <= most;
    if (under != over) return down + over;
    uint64_t middle = 4 * down + 2;
    return down + (at > middle || (at == middle && (down & 1)));
}

uint64_t float_digits(double value, int *ten) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    uint64_t fraction = bits & ((UINT64_C(1) << 52) - 1);
    int exponent = (int)(bits >> 52 & 0x7FF);
    bool closer = fraction == 0 && exponent > 1;
    uint64_t significand = exponent ? fraction | UINT64_C(1) << 52 : fraction;
    uint64_t digits = shortest(significand, (exponent ? exponent : 1) - 1075, closer, ten);
    while (digits % 10 == 0) digits /= 10, ++*ten;
    return digits;
}

/* ---- From decimal ---------------------------------------------------------------- */

/* The nearest double to 64 bits times 2^exponent and a little more, which is normal: 53
 * bits of them, and one to round by. */
static double assembled(uint64_t top, int exponent) {
    uint64_t kept = (top >> 11) + (top >> 10 & 1);
    return ldexp((double)kept, exponent + 11);
}

bool float_of_digits(uint64_t digits, int ten, double *value) {
    static const double exact[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (digits >> 53 == 0 && ten >= -22 && ten <= 22) { /* both are doubles: one rounding */
        *value = ten < 0 ? (double)digits / exact[-ten] : (double)digits * exact[ten];
        return true;
    }
    if (!digits || ten < -300 || ten > 280) return false;
    int zeros = __builtin_clzll(digits);
    Power g = power_of_ten(ten);
    Product low = product(g.low, digits << zeros);
    Product high = product(g.high, digits << zeros) + (low >> 64);
    int exponent = log2_of_ten(ten) + 1 - zeros;
    uint64_t top = (uint64_t)(high >> 64), rest = (uint64_t)high;
    if (!(top >> 63)) top = top << 1 | rest >> 63, rest <<= 1, exponent--;
    /* What was cut off the power may carry into `top`; and exactly half may be more. */
    if (rest >= UINT64_MAX - 2 || ((top & 0x7FF) == 0x400 && rest == 0)) return false;
    *value = assembled(top, exponent);
    return true;
}
