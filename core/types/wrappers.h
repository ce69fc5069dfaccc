/* wrappers.h: what a built-in type does, as methods that programs can name.
 *
 * A wrapper is an object such as list.__len__: a special method's number and the type whose
 * TypeOps do it. `object` has some for which it has no ops: the defaults. */
#pragma once
#include "core/types/special.h"

/* Puts a wrapper into `dict` for each special method that the type's ops have and those of
 * its base have not. false: MemoryError. */
bool wrappers_add(Object *dict, Type *type);

/* Is it a wrapper for what a built-in type does? */
bool wrapper_is(const Object *o);

/* A comparison as these ops answer it: a new reference, NOT_IMPLEMENTED or NULL. */
Object *ops_compare(const TypeOps *ops, Comparison comparison, Object *a, Object *b);
