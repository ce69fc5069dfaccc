/* iterate.h: walking through anything that can be iterated. */
#pragma once
#include "core/object/object.h"

/* A new iterator over the object: its type's, or one that asks __getitem__ from 0 on.
 * TypeError: "'int' object is not iterable". */
Object *iterate(Object *o);

/* The next item: a new reference. NULL without an exception at the end (a StopIteration
 * that a program raised has been taken off), or with one. */
Object *iterate_next(Object *iterator);

/* Calls step(item, data) for each item (borrowed) until it answers false. Quick for list
 * and tuple. false: an exception, of the iteration or of step. */
bool iterate_each(Object *o, bool (*step)(Object *item, void *data), void *data);

/* How many items there may be, for a first capacity: len, else __length_hint__, else
 * `otherwise`; never raises. */
size_t iterate_hint(Object *o, size_t otherwise);

/* The same into *hint, which stays as it is if nobody knows. false: what len or
 * __length_hint__ raised, but for a TypeError. */
bool iterate_ask_hint(Object *o, size_t *hint);

/* A new list or tuple of all items. */
Object *list_of(Object *o);
Object *tuple_of(Object *o);
