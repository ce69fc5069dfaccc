/* math_whole.c: the functions of math on whole numbers of any size: by GMP, but for those
 * that fit in 64 bits. */
#include "core/modules/math.h"
#include "core/object/operations.h"
#include "core/types/int.h"
#include "core/types/number.h"

/* Enough memory for a result of so many bits, and the work on it? */
static bool bits_fit(double bits) {
    if (bits > 64.0 * INT_LIMBS_MAX) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    size_t limbs = (size_t)(bits / 64) + 1;
    return limbs <= ARITHMETIC_ON_STACK || int_work_fits(2 * limbs);
}

/* ---- gcd, lcm -------------------------------------------------------------------- */

static uint64_t small_gcd(uint64_t a, uint64_t b) {
    while (b) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static uint64_t small_size(const Object *o) {
    return int_small(o) < 0 ? -(uint64_t)int_small(o) : (uint64_t)int_small(o);
}

typedef void Binary(mpz_t, const mpz_t, const mpz_t);

static Object *with_gmp(Binary *function, Object *a, Object *b) {
    IntView x, y;
    mpz_t left, right, result;
    int_view(a, &x);
    int_view(b, &y);
    if (!bits_fit(((double)x.size + (double)y.size) * 64)) return NULL;
    int_view_mpz(left, &x);
    int_view_mpz(right, &y);
    mpz_init(result);
    function(result, left, right);
    Object *o = int_of_mpz(result);
    mpz_clear(result);
    return o;
}

static Object *gcd_of(Object *a, Object *b) {
    if (!int_is_big(a) && !int_is_big(b))
        return int_of_unsigned(small_gcd(small_size(a), small_size(b)));
    return with_gmp(mpz_gcd, a, b);
}

static Object *lcm_of(Object *a, Object *b) {
    if (!int_is_big(a) && !int_is_big(b)) {
        uint64_t x = small_size(a), y = small_size(b), product;
        if (x == 0 || y == 0) return gilt_int(0);
        if (!__builtin_mul_overflow(x / small_gcd(x, y), y, &product))
            return int_of_unsigned(product);
    }
    return with_gmp(mpz_lcm, a, b);
}

/* Of all arguments, one after the other. */
static Object *fold(Object *const *arguments, size_t count, int64_t nothing,
                    Object *(*function)(Object *, Object *)) {
    Object *result = gilt_int(nothing);
    for (size_t i = 0; i < count && result; i++) {
        Object *item = object_as_int(arguments[i]);
        Object *next = item ? function(result, item) : NULL;
        decref_maybe(item);
        decref(result);
        result = next;
    }
    return result;
}

static Object *do_gcd(Object *self, Object *const *arguments, size_t count) {
    (void)self;
    return fold(arguments, count, 0, gcd_of);
}

static Object *do_lcm(Object *self, Object *const *arguments, size_t count) {
    (void)self;
    return fold(arguments, count, 1, lcm_of);
}

/* ---- isqrt ----------------------------------------------------------------------- */

static Object *do_isqrt(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    Object *o = object_as_int(arguments[0]), *result = NULL;
    IntView view;
    mpz_t square, root;
    if (!o) return NULL;
    int_view(o, &view);
    if (view.negative) {
        gilt_raise(GILT_VALUE_ERROR, "isqrt() argument must be nonnegative");
    } else if (bits_fit((double)view.size * 64)) {
        int_view_mpz(square, &view);
        mpz_init(root);
        mpz_sqrt(root, square);
        result = int_of_mpz(root);
        mpz_clear(root);
    }
    decref(o);
    return result;
}

/* ---- Products -------------------------------------------------------------------- */

/* n (n-1) ... (n-k+1), halves first, so that large numbers meet large ones. */
static void falling(mpz_t result, const mpz_t n, uint64_t from, uint64_t k) {
    mpz_t other;
    if (k == 0) {
        mpz_set_ui(result, 1);
    } else if (k == 1) {
        mpz_sub_ui(result, n, from);
    } else {
        mpz_init(other);
        falling(result, n, from, k / 2);
        falling(other, n, from + k / 2, k - k / 2);
        mpz_mul(result, result, other);
        mpz_clear(other);
    }
}

/* n! / (n-k)!, divided by k! if `choose`. */
static Object *product_of(Object *n, uint64_t k, bool choose) {
    IntView view;
    mpz_t whole, result;
    double bits = (double)int_bit_length(n) * (double)k;
    if (!bits_fit(bits)) return NULL;
    int_view(n, &view);
    int_view_mpz(whole, &view);
    mpz_init(result);
    if (choose)
        mpz_bin_ui(result, whole, k);
    else
        falling(result, whole, 0, k);
    Object *o = int_of_mpz(result);
    mpz_clear(result);
    return o;
}

static Object *factorial_of(Object *o) {
    if (int_is_negative(o))
        return gilt_raise(GILT_VALUE_ERROR, "factorial() not defined for negative values");
    if (int_is_big(o))
        return gilt_raise(GILT_OVERFLOW_ERROR,
                          "factorial() argument should not exceed %lld",
                          (long long)INT64_MAX);
    uint64_t n = (uint64_t)int_small(o), small = 1;
    if (n <= 20) {
        for (uint64_t i = 2; i <= n; i++) small *= i;
        return gilt_int((int64_t)small);
    }
    if (!bits_fit((double)int_bit_length(o) * (double)n)) return NULL;
    mpz_t result;
    mpz_init(result);
    mpz_fac_ui(result, n);
    Object *product = int_of_mpz(result);
    mpz_clear(result);
    return product;
}

static Object *do_factorial(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    Object *o = object_as_int(arguments[0]);
    Object *result = o ? factorial_of(o) : NULL;
    decref_maybe(o);
    return result;
}

/* ---- perm, comb ------------------------------------------------------------------ */

/* n and k as ints that are not negative. */
static bool two_counts(Object *const *arguments, Object **n, Object **k) {
    const char *wrong = NULL;
    *k = NULL;
    if (!(*n = object_as_int(arguments[0]))) return false;
    if ((*k = object_as_int(arguments[1]))) {
        if (int_is_negative(*n))
            wrong = "n";
        else if (int_is_negative(*k))
            wrong = "k";
        if (!wrong) return true;
        gilt_raise(GILT_VALUE_ERROR, "%s must be a non-negative integer", wrong);
        decref(*k);
    }
    decref(*n);
    return false;
}

static Object *perm_of(Object *n, Object *k) {
    if (int_compare(n, k) < 0) return gilt_int(0);
    if (int_is_big(k))
        return gilt_raise(GILT_OVERFLOW_ERROR, "k must not exceed %lld",
                          (long long)INT64_MAX);
    return product_of(n, (uint64_t)int_small(k), false);
}

/* The smaller of k and n - k says how much there is to do. */
static Object *comb_of(Object *n, Object *k) {
    if (int_compare(n, k) < 0) return gilt_int(0);
    Object *rest = int_operate(OP_SUBTRACT, n, k), *result;
    if (!rest) return NULL;
    Object *less = int_compare(rest, k) < 0 ? rest : k;
    if (int_is_big(less))
        result = gilt_raise(GILT_OVERFLOW_ERROR, "min(n - k, k) must not exceed %lld",
                            (long long)INT64_MAX);
    else
        result = product_of(n, (uint64_t)int_small(less), true);
    decref(rest);
    return result;
}

static Object *of_two_counts(Object *const *arguments, Object *(*of)(Object *, Object *)) {
    Object *n, *k;
    if (!two_counts(arguments, &n, &k)) return NULL;
    Object *result = of(n, k);
    decref(n);
    decref(k);
    return result;
}

static Object *do_perm(Object *self, Object *const *arguments, size_t count) {
    if (!arguments[1] || is_type(arguments[1], GILT_NONE))
        return do_factorial(self, arguments, count);
    return of_two_counts(arguments, perm_of);
}

static Object *do_comb(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return of_two_counts(arguments, comb_of);
}

const Native math_whole[] = {
    {"gcd(*integers)", do_gcd},
    {"lcm(*integers)", do_lcm},
    {"isqrt(n, /)", do_isqrt},
    {"factorial(n, /)", do_factorial},
    {"perm(n, k=, /)", do_perm},
    {"comb(n, k, /)", do_comb},
    {0},
};
