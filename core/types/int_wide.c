/* int_wide.c: ints of up to 127 bits, in two machine words.
 *
 * What has just outgrown 64 bits (products that a modulus follows, hashes, clocks in
 * nanoseconds) is computed here without limbs or scratch. Invariant: -2^127 is not a value
 * here, so that each has its negative. */
#include "core/types/int.h"
#include "core/types/number.h"

typedef __int128 Wide;
typedef unsigned __int128 WideSize;

static inline WideSize size_of(Wide v) { return v < 0 ? -(WideSize)v : (WideSize)v; }

static inline bool wide_read(const Object *o, Wide *value) {
    if (!int_is_big(o)) {
        *value = int_small(o);
        return true;
    }
    const BigInt *big = (const BigInt *)o;
    int32_t size = big->size < 0 ? -big->size : big->size;
    if (size > 2 || (size == 2 && big->limbs[1] >> 63)) return false;
    WideSize magnitude = size == 2 ? (WideSize)big->limbs[1] << 64 : 0;
    magnitude |= big->limbs[0];
    *value = big->size < 0 ? -(Wide)magnitude : (Wide)magnitude;
    return true;
}

static Object *wide_object(Wide value) {
    if (value == (int64_t)value) return gilt_int((int64_t)value);
    WideSize magnitude = size_of(value);
    int32_t size = magnitude >> 64 ? 2 : 1;
    BigInt *big = int_big_new((size_t)size);
    if (!big) return NULL;
    big->limbs[0] = (mp_limb_t)magnitude;
    if (size == 2) big->limbs[1] = (mp_limb_t)(magnitude >> 64);
    big->size = value < 0 ? -size : size;
    return &big->head;
}

/* false: more than 127 bits. */
static inline bool wide_multiply(Wide x, Wide y, Wide *result) {
    WideSize a = size_of(x), b = size_of(y);
    if (a >> 64 || b >> 64) return false;
    WideSize product = a * b;
    if (product >> 127) return false;
    *result = (x < 0) != (y < 0) ? -(Wide)product : (Wide)product;
    return true;
}

static inline bool wide_shift(Wide x, Wide count, Wide *result) {
    if (count < 0 || count > 126) return false;
    *result = (Wide)((WideSize)x << count);
    return *result >> count == x && size_of(*result) >> 127 == 0;
}

/* Rounds down; hardware divides where one word is enough. */
static Object *wide_divide(Operator op, Wide x, Wide y) {
    WideSize a = size_of(x), b = size_of(y), quotient, rest;
    if (a >> 64 == 0 && b >> 64 == 0) {
        quotient = (uint64_t)a / (uint64_t)b;
        rest = (uint64_t)a % (uint64_t)b;
    } else {
        quotient = a / b;
        rest = a - quotient * b;
    }
    if (rest && (x < 0) != (y < 0)) quotient++, rest = b - rest;
    Wide whole = (x < 0) != (y < 0) ? -(Wide)quotient : (Wide)quotient;
    Wide left = y < 0 ? -(Wide)rest : (Wide)rest;
    if (op == OP_FLOOR) return wide_object(whole);
    if (op == OP_REMAINDER) return wide_object(left);
    return number_pair(wide_object(whole), wide_object(left));
}

static bool wide_compute(Operator op, Wide x, Wide y, Wide *result) {
    switch (op) {
    case OP_ADD: /* of two with 127 bits: overflow shows in the sign or makes -2^127 */
        *result = (Wide)((WideSize)x + (WideSize)y);
        return ((x ^ *result) & (y ^ *result)) >= 0 && size_of(*result) >> 127 == 0;
    case OP_SUBTRACT:
        return wide_compute(OP_ADD, x, -y, result);
    case OP_MULTIPLY:
        return wide_multiply(x, y, result);
    case OP_AND:
        *result = x & y;
        return size_of(*result) >> 127 == 0;
    case OP_OR:
        *result = x | y;
        return true;
    case OP_XOR:
        *result = x ^ y;
        return size_of(*result) >> 127 == 0;
    case OP_SHIFT_LEFT:
        return wide_shift(x, y, result);
    case OP_SHIFT_RIGHT:
        if (y < 0) return false;
        *result = x >> (y < 127 ? (int)y : 127);
        return true;
    default:
        return false;
    }
}

bool int_wide_operate(Operator op, Object *a, Object *b, Object **result) {
    Wide x, y, value;
    if (!wide_read(a, &x) || !wide_read(b, &y)) return false;
    if (op == OP_FLOOR || op == OP_REMAINDER || op == OP_DIVMOD) {
        if (y == 0) return false;
        *result = wide_divide(op, x, y);
        return true;
    }
    if (!wide_compute(op, x, y, &value)) return false;
    *result = wide_object(value);
    return true;
}
