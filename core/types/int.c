/* int.c: the int type: small ints, and the way to int_big.c for all else.
 *
 * Invariant: whatever fits in 64 bits is computed here without a limb; each operation
 * tries that first and falls through to int_big.c when the result does not fit. What
 * mixes with a float is the float's business (float.c), which answers 'do not know' for
 * all other types. */
#include "core/types/int.h"
#include "core/types/class.h"
#include "core/types/float.h"
#include "core/types/number.h"

#define CACHE_LOW (-5)
#define CACHE_HIGH 256

static Object *cache[CACHE_HIGH - CACHE_LOW + 1];

static Object *int_new(int64_t value) {
    IntObject *o = (IntObject *)object_new(GILT_INT, MEMORY_LEAF, sizeof *o);
    if (unlikely(!o)) return NULL;
    o->value = value;
    return &o->head;
}

bool int_heir_check(const Object *o) {
    return class_inherits(type_of(o), &types[GILT_INT]);
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

/* An int answers for a float, to be quick, but not for an heir of float: that may have
 * methods of its own. */
static bool is_for_float(const Object *a, const Object *b) {
    return is_type(a, GILT_FLOAT) || is_type(b, GILT_FLOAT);
}

int int_equal(Object *a, Object *b) {
    if (likely(int_check(a) && int_check(b))) return int_compare(a, b) == 0;
    return is_for_float(a, b) ? float_equal(a, b) : 2;
}

int int_less(Object *a, Object *b) {
    if (likely(int_check(a) && int_check(b))) return int_compare(a, b) < 0;
    return is_for_float(a, b) ? float_less(a, b) : 2;
}

Object *int_ordered(Comparison op, Object *a, Object *b) {
    if (likely(int_check(a) && int_check(b)))
        return gilt_bool(order_answers(op, int_compare(a, b)));
    return is_for_float(a, b) ? float_ordered(op, a, b) : NOT_IMPLEMENTED;
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

/* x << y, if it fits: what is shifted out must be the sign again. */
static bool small_shift(int64_t x, int64_t y, int64_t *result) {
    if (y < 0 || (y > 62 && x)) return false;
    *result = (int64_t)((uint64_t)x << (y & 63));
    return *result >> (y & 63) == x;
}

static Object *small_divmod(int64_t x, int64_t y) {
    return number_pair(gilt_int(small_floor(x, y)), gilt_int(small_remainder(x, y)));
}

static Object *operate_mixed(Operator op, Object *a, Object *b) {
    return is_for_float(a, b) ? float_operate(op, a, b) : NOT_IMPLEMENTED;
}

Object *int_operate(Operator op, Object *a, Object *b) {
    if (unlikely(!int_check(a) || !int_check(b))) return operate_mixed(op, a, b);
    if (op == OP_POWER) return int_power(a, b, NULL);
    if (op == OP_MATRIX_MULTIPLY) return NOT_IMPLEMENTED;
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
    case OP_DIVMOD:
        if (likely(y != 0 && (y != -1 || x != INT64_MIN))) return small_divmod(x, y);
        break;
    case OP_SHIFT_LEFT:
        if (likely(small_shift(x, y, &result))) return gilt_int(result);
        break;
    case OP_SHIFT_RIGHT:
        if (likely(y >= 0)) return gilt_int(x >> (y < 63 ? y : 63));
        break;
    case OP_AND:
        return gilt_int(x & y);
    case OP_OR:
        return gilt_int(x | y);
    case OP_XOR:
        return gilt_int(x ^ y);
    default:
        break;
    }
    return int_big_operate(op, a, b);
}

static Object *big_copy(Object *o, bool negative) {
    IntView view;
    int_view(o, &view);
    BigInt *result = int_big_new(view.size);
    if (!result) return NULL;
    mpn_copyi(result->limbs, view.limbs, (mp_size_t)view.size);
    return int_big_finish(result, view.size, negative);
}

Object *int_negative(Object *o) {
    if (likely(!int_is_big(o) && int_small(o) != INT64_MIN)) return gilt_int(-int_small(o));
    return big_copy(o, !int_is_negative(o));
}

Object *int_exact(Object *o) {
    if (likely(is_type(o, GILT_INT))) return incref(o);
    return int_is_big(o) ? big_copy(o, int_is_negative(o)) : gilt_int(int_small(o));
}

Object *int_unary(Unary op, Object *o) {
    switch (op) {
    case UNARY_NEGATIVE:
        return int_negative(o);
    case UNARY_INVERT:
        return int_is_big(o) ? int_big_invert(o) : gilt_int(~int_small(o));
    case UNARY_ABSOLUTE:
        if (int_is_negative(o)) return int_negative(o);
        break;
    case UNARY_POSITIVE:
        break;
    }
    return int_exact(o);
}

const TypeOps int_ops = {
    .kind = MEMORY_LEAF,
    .plain = true,
    .bytes = int_bytes,
    .hash = int_hash,
    .equal = int_equal,
    .less = int_less,
    .compare = int_ordered,
    .truth = int_truth,
    .repr = int_repr,
    .operate = int_operate,
    .unary = int_unary,
    .make = int_make,
    .methods = int_methods,
};
