/* float.h: doubles as objects.
 *
 * The functions below answer for any two objects of which each is a float, an int or a
 * bool, and say 'do not know' for all others: equal and less with 2, operate with
 * NOT_IMPLEMENTED. int.c passes on to them whatever is not int with int. */
#pragma once
#include "core/object/builtin.h"

typedef struct FloatObject {
    Object head;
    double value;
} FloatObject;

extern const TypeOps float_ops;

int float_equal(Object *a, Object *b);
int float_less(Object *a, Object *b);
Object *float_ordered(Comparison op, Object *a, Object *b);
Object *float_operate(Operator op, Object *a, Object *b);

/* The same value as a float and nothing more. */
Object *float_exact(Object *o);

/* The hash of a number with this value; `o` is the object, for a NaN. */
int64_t float_hash_double(double value, const Object *o);

/* OverflowError, with the number and text of ERANGE. Returns NULL. */
Object *float_raise_range(void);

/* float(...) for this type: float itself or an heir of it. */
Object *float_make(Type *type, Object *const *arguments, size_t count, Object *names);

/* Is it a float, or an heir of float? */
bool float_heir_check(const Object *o);
static inline bool float_check(const Object *o) {
    if (likely(o->type == GILT_FLOAT)) return true;
    return o->type >= BUILTIN_TYPES && float_heir_check(o);
}

static inline double float_value(const Object *o) {
    return ((const FloatObject *)o)->value;
}

/* ---- float_text.c ---------------------------------------------------------------- */

/* Writes the shortest text that reads back as the same double, as repr shows it; a final
 * NUL; how long it is. */
enum { FLOAT_TEXT = 40 };
size_t float_write(char *text, double value);
Object *float_repr(Object *o);

/* float.hex and float.fromhex; the text has no spaces around. ValueError, OverflowError. */
size_t float_write_hex(char *text, double value);
bool float_read_hex(const char *text, double *value);

/* Rounds to `digits` decimals, the exact value, halves to even. OverflowError. */
bool float_round(double *value, int64_t digits);

/* ---- float_digits.c -------------------------------------------------------------- */

/* The shortest decimal that reads back as this double, which is finite and above 0: whole
 * digits, not ending in 0, times 10 to the power of *ten. */
uint64_t float_digits(double value, int *ten);

/* The nearest double to digits times 10^ten. false: hard to tell, or too large or small. */
bool float_of_digits(uint64_t digits, int ten, double *value);
