/* float.h: doubles as objects.
 *
 * The functions below answer for any two objects of which each is a float, an int or a
 * bool, and say 'do not know' for all others: equal and less with 2, operate with
 * NOT_IMPLEMENTED. int.c passes on to them whatever is not int with int. */
#pragma once
#include "core/object/object.h"

typedef struct FloatObject {
    Object head;
    double value;
} FloatObject;

extern const TypeOps float_ops;

int float_equal(Object *a, Object *b);
int float_less(Object *a, Object *b);
Object *float_operate(Operator op, Object *a, Object *b);

/* -o, of a float, as a new reference. MemoryError. */
Object *float_negative(Object *o);

static inline double float_value(const Object *o) {
    return ((const FloatObject *)o)->value;
}
