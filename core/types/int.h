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
#include "core/object/object.h"
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

/* Is it an int or a bool? The functions below want one. */
static inline bool int_check(const Object *o) {
    return is_type(o, GILT_INT) || is_type(o, GILT_BOOL);
}

static inline bool int_is_big(const Object *o) { return o->refs.marks & MARK_OWN; }
static inline int64_t int_small(const Object *o) { return ((const IntObject *)o)->value; }

/* -o, as a new reference. MemoryError. */
Object *int_negative(Object *o);

/* The nearest double, ties to even. false, OverflowError if there is none. */
bool int_to_double(const Object *o, double *value);

/* The hash of +-magnitude as Python has it: modulo 2^61 - 1, and never -1. */
#define HASH_MODULUS ((UINT64_C(1) << 61) - 1)
int64_t int_hash_residue(uint64_t residue, bool negative);

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

/* A BigInt with room for this many limbs, not set. NULL, MemoryError. */
BigInt *int_big_new(size_t room);

/* Turns limbs 0 to `size` of a BigInt made above into the int that they say: consumes it,
 * and returns an int in the right layout. NULL, MemoryError. */
Object *int_big_finish(BigInt *big, size_t size, bool negative);

/* int_operate for two ints of any layout. */
Object *int_big_operate(Operator op, Object *a, Object *b);

/* Limbs that no other thread sees. NULL, MemoryError; free with the same size. */
mp_limb_t *int_scratch_new(size_t limbs);
void int_scratch_free(mp_limb_t *scratch, size_t limbs);

/* The same, if besides there is the memory that GMP itself takes from malloc for work on
 * `work` limbs: it ends the program if there is none. Up to `on_stack` it takes none. */
mp_limb_t *int_scratch_for_work(size_t limbs, size_t work, size_t on_stack);
enum { ARITHMETIC_ON_STACK = 1000, TEXT_ON_STACK = 24 };

/* ---- int_text.c ---------------------------------------------------------------- */

Object *int_repr(Object *o);
