/* iterators.h: the built-in iterators that are no container's own: sequence_iterator.c
 * (over anything with __getitem__, over calls, and reversed), enumerate.c, zip.c, map.c
 * (map and filter).
 *
 * Several threads may use one iterator: each step of one that it stands on is that one's,
 * and what it keeps itself are fields (fields.h), so nothing is torn; but a number may come
 * twice, or an item with the number of another. */
#pragma once
#include "core/object/object.h"

/* Over o[0], o[1] and so on, until an IndexError or StopIteration. MemoryError. */
Object *sequence_iterator_new(Object *o);

/* iter(callable, sentinel): calls until it answers what equals the sentinel. MemoryError.
 */
Object *callable_iterator_new(Object *callable, Object *sentinel);

/* For the VM, which walks over these without making the tuples. */
typedef struct Enumerate {
    Object head;
    Slot iterator;        /* never changes */
    Slot big;             /* the next number, an int, if it began beyond 2^62; else NULL */
    _Atomic size_t index; /* the next number, if it is not big */
} Enumerate;

typedef struct Zip {
    Object head;
    Slot iterators; /* a tuple; never changes */
    bool strict;
} Zip;

/* What these and those of itertools share. */

/* A tuple of an iterator over each. */
Object *iterators_of(Object *const *iterables, size_t count);

/* Is the item true, or what the function (NULL: none) says of it? 1, 0, -1. */
int item_passes(Object *function, Object *item);
