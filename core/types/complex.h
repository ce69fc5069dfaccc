/* complex.h: complex numbers of two doubles. */
#pragma once
#include "core/object/builtin.h"

typedef struct ComplexObject {
    Object head;
    double real, imag;
} ComplexObject;

extern const TypeOps complex_ops;

Object *complex_new(double real, double imag);

/* (a + b j) ** (c + d j). ZeroDivisionError, OverflowError. */
Object *complex_power(double a, double b, double c, double d);

/* Is it a complex, or an heir of complex? */
bool complex_check(const Object *o);

/* The parts of a complex; of a float or int, with 0 as the imaginary one. 1; 0: another
 * object; -1: OverflowError. */
int complex_value(const Object *o, double *real, double *imag);
