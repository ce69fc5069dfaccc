/* int.h: integers of any size.
 *
 * Two layouts share the type. What fits in 64 bits is an IntObject; anything else is a
 * BigInt, with MARK_OWN set in its marks and its magnitude inline as limbs, least
 * significant first. Invariants: a value has exactly one layout (a BigInt never fits in 64
 * bits, and its top limb is not zero); ints do not change after they are made; -5 to 256
 * are the immortal ones of int_start, so there they are identical when they are equal.
 *
 * A bool has the layout of an IntObject. The functions below take any object: they check
 * types themselves, unless they say that they do not. */
#pragma once
#include "core/object/builtin.h"
#include <gmp.h>

typedef struct IntObject {
    Object head;
    int64_t value;
} IntObject;

typedef struct BigInt {
    Object head;
    int32_t size;  /* limbs in use; negative for a negative int */
    uint32_t room; /* limbs in the block */
    mp_limb_t limbs[];
} BigInt;

_Static_assert(sizeof(mp_limb_t) == 8 && GMP_NAIL_BITS == 0, "a limb is 64 bits");

#define INT_LIMBS_MAX ((size_t)1 << 25) /* 2^31 bits: beyond is a MemoryError */

extern const TypeOps int_ops;
bool int_start(void);

/* Entries of int_ops that bool_ops shares. */
size_t int_bytes(const Object *o);
bool int_hash(Object *o, int64_t *hash);
int int_equal(Object *a, Object *b);
int int_less(Object *a, Object *b);
int int_truth(Object *o);
Object *int_operate(Operator op, Object *a, Object *b);

Object *int_ordered(Comparison op, Object *a, Object *b);
Object *int_unary(Unary op, Object *o);

bool int_heir_check(const Object *o);

/* Is it an int, a bool or an heir of int? The functions below want one. */
static inline bool int_check(const Object *o) {
    if (likely(o->type == GILT_INT) || o->type == GILT_BOOL) return true;
    return o->type >= BUILTIN_TYPES && int_heir_check(o);
}

/* Is it the value of one of the immortal ints? */
static inline bool int_is_cached(int64_t value) { return value >= -5 && value <= 256; }

static inline bool int_is_big(const Object *o) { return o->refs.marks & MARK_OWN; }
static inline int64_t int_small(const Object *o) { return ((const IntObject *)o)->value; }

/* -o, as a new reference. MemoryError. */
Object *int_negative(Object *o);

/* The same value as an int and nothing more: what a bool or an heir of int counts as. */
Object *int_exact(Object *o);

/* a ** b, or pow(a, b, modulus); modulus NULL: none. A negative b without modulus gives a
 * float. ValueError (modulus 0, no inverse), ZeroDivisionError, MemoryError. */
Object *int_power(Object *a, Object *b, Object *modulus);

/* The whole part of a double. ValueError for a NaN, OverflowError for infinity. */
Object *int_of_double(double d);

Object *int_of_unsigned(uint64_t value);
static inline Object *int_of_limb(mp_limb_t limb, bool negative);

/* Rounded to a multiple of 10 ** -digits, halves to even; `digits` is an int. */
Object *int_round(Object *o, Object *digits);

/* How many bits the magnitude has; 0 has none. */
uint64_t int_bit_length(const Object *o);
static inline bool int_is_negative(const Object *o);
static inline bool int_is_odd(const Object *o);

/* int(...) for this type: int itself or an heir of it. */
Object *int_make(Type *type, Object *const *arguments, size_t count, Object *names);

/* The nearest double, ties to even. false, OverflowError if there is none. */
bool int_to_double(const Object *o, double *value);

/* The hash of +-magnitude as Python has it: modulo 2^61 - 1, and never -1. */
#define HASH_MODULUS ((UINT64_C(1) << 61) - 1)
int64_t int_hash_residue(uint64_t residue, bool negative);

/* Is the number its own hash? */
static inline bool is_own_hash(int64_t value) {
    return value > -(int64_t)HASH_MODULUS && value < (int64_t)HASH_MODULUS && value != -1;
}

/* Exact comparison with a number: below 0, 0 or above 0. `d` must not be a NaN. */
int int_compare(const Object *a, const Object *b);
int int_compare_double(const Object *a, double d);

/* ---- int_big.c: any size, slow ------------------------------------------------- */

/* An int of either layout seen as limbs: at least one, of which the top one is zero only
 * if the int is. `limbs` may point into the view itself: do not copy it. */
typedef struct IntView {
    const mp_limb_t *limbs;
    size_t size;
    bool negative;
    mp_limb_t small;
} IntView;

static inline void int_view(const Object *o, IntView *view) {
    if (int_is_big(o)) {
        const BigInt *big = (const BigInt *)o;
        view->limbs = big->limbs;
        view->negative = big->size < 0;
        view->size = (size_t)(view->negative ? -big->size : big->size);
    } else {
        int64_t value = int_small(o);
        view->negative = value < 0;
        view->small = value < 0 ? -(mp_limb_t)value : (mp_limb_t)value;
        view->limbs = &view->small;
        view->size = 1;
    }
}

static inline bool int_view_is_zero(const IntView *view) {
    return view->limbs[0] == 0 && view->size == 1;
}

static inline bool int_is_negative(const Object *o) {
    return int_is_big(o) ? ((const BigInt *)o)->size < 0 : int_small(o) < 0;
}

static inline bool int_is_odd(const Object *o) {
    return (int_is_big(o) ? ((const BigInt *)o)->limbs[0] : (mp_limb_t)int_small(o)) & 1;
}

/* The int as GMP's own kind of number, to be read only, as long as the view lives. */
static inline void int_view_mpz(mpz_t z, const IntView *view) {
    mp_size_t size = (mp_size_t)view->size;
    mpz_roinit_n(z, view->limbs, view->negative ? -size : size);
}

/* A new int with this value. MemoryError. */
Object *int_of_mpz(const mpz_t z);

static inline Object *int_of_limb(mp_limb_t limb, bool negative) {
    if (limb <= INT64_MAX) return gilt_int(negative ? -(int64_t)limb : (int64_t)limb);
    if (!negative) return int_of_unsigned(limb);
    Object *positive = int_of_unsigned(limb), *result;
    if (!positive) return NULL;
    result = int_negative(positive);
    decref(positive);
    return result;
}

/* A BigInt with room for this many limbs, not set. NULL, MemoryError. */
BigInt *int_big_new(size_t room);

/* Turns limbs 0 to `size` of a BigInt made above into the int that they say: consumes it,
 * and returns an int in the right layout. NULL, MemoryError. */
Object *int_big_finish(BigInt *big, size_t size, bool negative);

/* int_operate for two ints of any layout: all operators but power. */
Object *int_big_operate(Operator op, Object *a, Object *b);

/* int_wide.c: if all fits in 127 bits, does it, and is true; *result is as usual. */
bool int_wide_operate(Operator op, Object *a, Object *b, Object **result);

/* int_bits.c: the shifts, and the operators on bits, of any layout. */
Object *int_big_shift(Operator op, Object *a, Object *b);
Object *int_big_bits(Operator op, Object *a, Object *b);
Object *int_big_invert(Object *o);

/* Is there the memory that GMP takes for work on so many limbs? false: MemoryError. */
bool int_work_fits(size_t limbs);

/* Limbs that no other thread sees. NULL, MemoryError; free with the same size. */
mp_limb_t *int_scratch_new(size_t limbs);
void int_scratch_free(mp_limb_t *scratch, size_t limbs);

/* The same, if besides there is the memory that GMP itself takes from malloc for work on
 * `work` limbs: it ends the program if there is none. Up to `on_stack` it takes none. */
mp_limb_t *int_scratch_for_work(size_t limbs, size_t work, size_t on_stack);
enum { ARITHMETIC_ON_STACK = 1000, TEXT_ON_STACK = 24 };

/* ---- int_text.c ---------------------------------------------------------------- */

Object *int_repr(Object *o);

/* The digits in a base from 2 to 36, in lower case, without sign or prefix, as a new block
 * with a final NUL, which the caller gives to free(). No limit of digits. NULL,
 * MemoryError. */
char *int_digits(Object *o, unsigned base, size_t *count);

/* An int from text as gilt_int_parse reads it; errors show `shown`. The limit of digits
 * holds. */
Object *int_from_text(const char *text, int base, Object *shown);

/* sys.set_int_max_str_digits: more decimal digits than this are a ValueError; 0: no limit,
 * as it is for users of the C API until somebody sets one. */
#define INT_DIGITS_DEFAULT 4300
#define INT_DIGITS_LEAST 640
void int_limit_digits(int digits);
int int_digits_limit(void);
