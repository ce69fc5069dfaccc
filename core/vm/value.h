/* value.h: what a register holds: a reference, or a number that is no object yet.
 *
 *      .....................xxxxx1   an int of 63 bits
 *      .....................xxxx10   a float whose exponent is near that of 1
 *      ..aligned to 8........ 000    an object; the register owns a reference
 *      ..aligned to 8........ 100    an object that somebody else keeps: borrowed
 *      0                             nothing: an unbound variable, a dead temporary
 *
 * A borrowed object is immortal, or is kept by a register of a caller or by the code for
 * at least as long as the frame runs. Results of arithmetic are numbers; they become
 * objects where they are stored in the heap, or get a second name (value_box).
 *
 * The three bits under a double's sign, the upper ones of its exponent, are 011 or 100 in
 * doubles of about 1e-77 to 1e77. With one added they are 100 or 101; turned by three, the
 * sign and those upper two come to the low end, and so the tag 10 is there by itself. (As
 * Ruby's flonum, Sasada, 2012, with the addition instead of masks.) Other doubles are
 * objects. */
#pragma once
#include "core/object/object.h"
#include "core/types/float.h"
#include "core/types/int.h"
#include <string.h>

typedef uint64_t Value;

#define EMPTY ((Value)0)
#define BORROWED ((Value)4)

/* ---- ints ---- */

#define VALUE_INT_MAX (INT64_MAX >> 1)
#define VALUE_INT_MIN (INT64_MIN >> 1)

static inline bool value_is_int(Value v) { return v & 1; }
static inline bool values_are_ints(Value a, Value b) { return a & b & 1; }
static inline int64_t value_int(Value v) { return (int64_t)v >> 1; }
static inline bool int_fits_value(int64_t n) {
    return n >= VALUE_INT_MIN && n <= VALUE_INT_MAX;
}
static inline Value value_of_int(int64_t n) { return (Value)n << 1 | 1; }

/* ---- floats ---- */

static inline bool value_is_float(Value v) { return (v & 3) == 2; }
static inline bool values_are_floats(Value a, Value b) {
    return ((a & 3) == 2) & ((b & 3) == 2);
}

/* 0.0 has none of the exponents; the word that 2**-255 would have stands for it, and that
 * number is an object. */
#define VALUE_ZERO ((Value)2)
#define FLOAT_BIAS (UINT64_C(1) << 60)

static inline double value_float(Value v) {
    if (unlikely(v == VALUE_ZERO)) return 0.0;
    uint64_t bits = (v >> 3 | v << 61) - FLOAT_BIAS;
    double d;
    memcpy(&d, &bits, sizeof d);
    return d;
}

/* EMPTY if the double must be an object. */
static inline Value value_try_float(double d) {
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    uint64_t biased = bits + FLOAT_BIAS;
    Value v = biased << 3 | biased >> 61;
    if (likely(value_is_float(v) && v != VALUE_ZERO)) return v;
    return bits == 0 ? VALUE_ZERO : EMPTY;
}

/* ---- objects ---- */

static inline bool value_is_object(Value v) { return !(v & 3); }
static inline bool value_is_owned(Value v) { return v && !(v & 7); }
static inline bool value_is_borrowed(Value v) { return (v & 7) == BORROWED; }
static inline Object *value_object(Value v) { return (Object *)(v & ~(Value)7); }
static inline Value value_owned(Object *o) { return (Value)o; }
static inline Value value_borrowed(Object *o) { return (Value)o | BORROWED; }

static inline void value_drop(Value v) {
    if (value_is_owned(v)) decref((Object *)v);
}

/* The same, as another register may hold it that lives no longer. */
static inline Value value_lend(Value v) { return v & 3 ? v : v | BORROWED; }

/* A value of its own, for any time. */
static inline Value value_copy(Value v) {
    return v & 3 ? v : value_owned(incref(value_object(v)));
}

/* ---- from one to the other ---- */

/* A double as a value; EMPTY, MemoryError. */
static inline Value value_of_float(double d) {
    Value v = value_try_float(d);
    return likely(v) ? v : value_owned(gilt_float(d));
}

/* An int as a value; EMPTY, MemoryError. */
static inline Value value_of_int64(int64_t n) {
    return likely(int_fits_value(n)) ? value_of_int(n) : value_owned(gilt_int(n));
}

/* The object: a new reference; a number becomes an object. NULL, MemoryError. */
static inline Object *value_box(Value v) {
    if (!(v & 3)) return incref(value_object(v));
    return v & 1 ? gilt_int(value_int(v)) : gilt_float(value_float(v));
}

/* Takes over the reference: an int or float becomes a number. */
static inline Value value_unbox(Object *o) {
    if (is_type(o, GILT_FLOAT)) {
        Value v = value_try_float(float_value(o));
        if (likely(v)) {
            decref(o);
            return v;
        }
    } else if (is_type(o, GILT_INT) && !int_is_big(o) && int_fits_value(int_small(o))) {
        int64_t n = int_small(o);
        decref(o);
        return value_of_int(n);
    }
    return value_owned(o);
}

/* The number that an int or float stands for, be it an object or not; EMPTY: it is neither,
 * or too large for a register. */
static inline Value value_number(Value v) {
    if (v & 3) return v;
    const Object *o = value_object(v);
    if (!o) return EMPTY;
    if (is_type(o, GILT_FLOAT)) return value_try_float(float_value(o));
    bool small = is_type(o, GILT_INT) && !int_is_big(o) && int_fits_value(int_small(o));
    return small ? value_of_int(int_small(o)) : EMPTY;
}

/* What was found in an object that keeps it for the moment. An immortal int becomes a
 * number, since the number becomes that int again; `number`: any int and float. */
static ALWAYS_INLINE Value value_found(Object *o, bool number) {
    if (number || ref_is_immortal(&o->refs)) {
        if (is_type(o, GILT_INT) || (number && is_type(o, GILT_FLOAT))) {
            Value v = value_number(value_borrowed(o));
            if (likely(v)) return v;
        }
        if (ref_is_immortal(&o->refs)) return value_borrowed(o);
    }
    return value_owned(incref(o));
}

/* Takes over the reference: an int or float that nobody else knows, or that is immortal,
 * becomes a number. */
static inline Value value_taken(Object *o) {
    bool number = is_type(o, GILT_INT) || is_type(o, GILT_FLOAT);
    if (!number) return value_owned(o);
    return ref_is_immortal(&o->refs) || ref_is_sole(&o->refs) ? value_unbox(o)
                                                              : value_owned(o);
}

static inline Value value_result(Object *o) { return likely(o) ? value_taken(o) : EMPTY; }

/* Writes the number v into the object that stands in a slot, if it is of that type and
 * nobody else can know it: quicker than to make another one. The caller has the lock of the
 * slot's object. */
static ALWAYS_INLINE bool value_write(Object *o, Value v) {
    if (!o || !ref_is_private(&o->refs)) return false;
    if (value_is_float(v) && is_type(o, GILT_FLOAT))
        return ((FloatObject *)o)->value = value_float(v), true;
    if (!value_is_int(v) || !is_type(o, GILT_INT) || int_is_big(o)) return false;
    if (int_is_cached(value_int(v))) return false;
    return ((IntObject *)o)->value = value_int(v), true;
}
