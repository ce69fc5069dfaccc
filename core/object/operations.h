/* operations.h: what can be done with any object, whatever its type.
 *
 * The public functions are in gilt.h; here are those that the types and the virtual machine
 * need besides. Files: operations.c (text, truth, items), compare.c, operators.c. */
#pragma once
#include "core/object/object.h"

/* For repr of containers: 1, to be paired with repr_leave; 0 if the calling thread is in
 * the repr of this very object already; -1 if it is too deep, RecursionError. */
int repr_enter(Object *container);
void repr_leave(Object *container);

/* ---- Comparing ---- */

/* What `a op b` is in the program, any object: a new reference. NULL, with an exception. */
Object *object_compare(Comparison op, Object *a, Object *b);

/* The truth of it: 1, 0, -1. Unlike gilt_equal, which takes an object to be equal to itself
 * as containers do, == asks. */
int object_compare_true(Comparison op, Object *a, Object *b);

/* The comparison with its sides exchanged. */
static inline Comparison compare_swapped(Comparison op) {
    return op == COMPARE_EQUAL || op == COMPARE_UNEQUAL ? op
                                                        : (Comparison)((op + 4) % 8 % 6);
}

/* ---- Operators ---- */

Object *object_operate(Operator op, Object *a, Object *b);
Object *object_update(Operator op, Object *a, Object *b); /* a op= b */
Object *object_unary(Unary op, Object *o);

/* ---- Numbers ---- */

/* The value of an int, or of what has __index__. false: TypeError, or OverflowError if it
 * is huge. */
bool object_index(Object *o, ssize_t *value);

/* The int itself: a new reference, of an int or what has __index__. NULL, TypeError. */
Object *object_as_int(Object *o);

/* ---- Items ---- */

/* o[key], where `o` may be a class with __class_getitem__. */
Object *object_get_item(Object *o, Object *key);

/* For `del o[key]`: TypeError; false. */
bool item_not_deletable(Object *o, Object *key);

/* Turns a possibly negative index into one from 0; false if it is outside of 0..size-1. */
static inline bool index_within(ssize_t *index, size_t size) {
    if (*index < 0) *index += (ssize_t)size;
    return *index >= 0 && (size_t)*index < size;
}

/* Cuts a slice to what there is: afterwards 0 <= *from <= *to <= size. */
void slice_within(ssize_t *from, ssize_t *to, size_t size);

/* ---- Text ---- */

/* format(o, spec): a new reference to a str. `spec` NULL is the empty one. */
Object *object_format(Object *o, Object *spec);

bool object_is_callable(Object *o);
