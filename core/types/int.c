/* int.c: the int type: small ints, and the way to int_big.c for all else.
 *
 * Invariant: whatever fits in 64 bits is computed here without a limb; each operation
 * tries that first and falls through to int_big.c when the result does not fit. What
 * mixes with a float is the float's business (float.c), which answers 'do not know' for
 * all other types. */
#include "core/types/int.h"
#include "core/types/float.h"

#define CACHE_LOW (-5)
#define CACHE_HIGH 256

static Object *cache[CACHE_HIGH - CACHE_LOW + 1];

static Object *int_new(int64_t value) {
    IntObject *o = (IntObject *)object_new(GILT_INT, MEMORY_LEAF, sizeof *o);
    if (unlikely(!o)) return NULL;
    o->value = value;
    return &o->head;
}

bool int_start(void) {
    for (int64_t value = CACHE_LOW; value <= CACHE_HIGH; value++) {
        Object *o = int_new(value);
        if (!o) return false;
        object_immortalise(o);
        cache[value - CACHE_LOW] = o;
    }
    return true;
}

Object *gilt_int(int64_t value) {
    uint64_t index = (uint64_t)value - (uint64_t)(int64_t)CACHE_LOW;
    if (index <= CACHE_HIGH - CACHE_LOW) return cache[index];
    return int_new(value);
}

bool gilt_int_value(Object *o, int64_t *value) {
    if (unlikely(!int_check(o))) {
        gilt_raise(GILT_TYPE_ERROR, "'%s' object cannot be interpreted as an integer",
                   gilt_type_name(o));
        return false;
    }
    if (unlikely(int_is_big(o))) {
        gilt_raise(GILT_OVERFLOW_ERROR, "int too big to convert");
        return false;
    }
    *value = int_small(o);
    return true;
}

size_t int_bytes(const Object *o) {
    if (likely(!int_is_big(o))) return sizeof(IntObject);
    return sizeof(BigInt) + ((const BigInt *)o)->room * sizeof(mp_limb_t);
}

int int_truth(Object *o) { return int_is_big(o) || int_small(o) != 0; }

/* ---- Hash and order -------------------------------------------------------------- */

int64_t int_hash_residue(uint64_t residue, bool negative) {
    int64_t hash = negative ? -(int64_t)residue : (int64_t)residue;
    return hash == -1 ? -2 : hash;
}

bool int_hash(Object *o, int64_t *hash) {
    const int64_t modulus = (int64_t)HASH_MODULUS;
    if (likely(!int_is_big(o))) {
        int64_t rest = int_small(o);
        if (unlikely(rest >= modulus || rest <= -modulus)) rest %= modulus;
        *hash = rest == -1 ? -2 : rest;
        return true;
    }
    IntView view;
    int_view(o, &view);
    mp_limb_t residue = mpn_mod_1(view.limbs, (mp_size_t)view.size, HASH_MODULUS);
    *hash = int_hash_residue(residue, view.negative);
    return true;
}

int int_compare(const Object *a, const Object *b) {
    if (likely(!int_is_big(a) && !int_is_big(b))) {
        int64_t x = int_small(a), y = int_small(b);
        return (x > y) - (x < y);
    }
    IntView x, y;
    int_view(a, &x);
    int_view(b, &y);
    if (x.negative != y.negative) return x.negative ? -1 : 1;
    int order = x.size != y.size ? (x.size > y.size ? 1 : -1)
                                 : mpn_cmp(x.limbs, y.limbs, (mp_size_t)x.size);
    return x.negative ? -order : order;
}

int int_equal(Object *a, Object *b) {
    if (unlikely(!int_check(a) || !int_check(b))) return float_equal(a, b);
    return int_compare(a, b) == 0;
}

int int_less(Object *a, Object *b) {
    if (unlikely(!int_check(a) || !int_check(b))) return float_less(a, b);
    return int_compare(a, b) < 0;
}

/* ---- Arithmetic ------------------------------------------------------------------ */

/* The remainder with the divisor's sign. -1 is apart because INT64_MIN % -1 traps. */
static int64_t small_remainder(int64_t x, int64_t y) {
    if (y == -1) return 0;
    int64_t rest = x % y;
    return rest && (rest ^ y) < 0 ? rest + y : rest;
}

/* y is not 0, and not -1 if x is INT64_MIN. */
static int64_t small_floor(int64_t x, int64_t y) {
    int64_t quotient = x / y;
    return x % y && (x ^ y) < 0 ? quotient - 1 : quotient;
}

/* Both are doubles exactly, so that one division rounds once. */
static bool small_divides(int64_t x, int64_t y) {
    const int64_t exact = INT64_C(1) << 53;
    return y != 0 && x <= exact && x >= -exact && y <= exact && y >= -exact;
}

Object *int_operate(Operator op, Object *a, Object *b) {
    if (unlikely(!int_check(a) || !int_check(b))) return float_operate(op, a, b);
    if (unlikely(int_is_big(a) || int_is_big(b))) return int_big_operate(op, a, b);
    int64_t x = int_small(a), y = int_small(b), result;
    switch (op) {
    case OP_ADD:
        if (likely(!__builtin_add_overflow(x, y, &result))) return gilt_int(result);
        break;
    case OP_SUBTRACT:
        if (likely(!__builtin_sub_overflow(x, y, &result))) return gilt_int(result);
        break;
    case OP_MULTIPLY:
        if (likely(!__builtin_mul_overflow(x, y, &result))) return gilt_int(result);
        break;
    case OP_DIVIDE:
        if (likely(small_divides(x, y))) return gilt_float((double)x / (double)y);
        break;
    case OP_FLOOR:
        if (likely(y != 0 && (y != -1 || x != INT64_MIN)))
            return gilt_int(small_floor(x, y));
        break;
    case OP_REMAINDER:
        if (likely(y != 0)) return gilt_int(small_remainder(x, y));
        break;
    }
    return int_big_operate(op, a, b);
}

Object *int_negative(Object *o) {
    if (likely(!int_is_big(o) && int_small(o) != INT64_MIN)) return gilt_int(-int_small(o));
    IntView view;
    int_view(o, &view);
    BigInt *result = int_big_new(view.size);
    if (!result) return NULL;
    mpn_copyi(result->limbs, view.limbs, (mp_size_t)view.size);
    return int_big_finish(result, view.size, !view.negative);
}

const TypeOps int_ops = {
    .kind = MEMORY_LEAF,
    .bytes = int_bytes,
    .hash = int_hash,
    .equal = int_equal,
    .less = int_less,
    .truth = int_truth,
    .repr = int_repr,
    .operate = int_operate,
};
