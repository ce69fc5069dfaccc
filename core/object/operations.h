/* operations.h: what can be done with any object, whatever its type.
 *
 * The public functions are in gilt.h; here are those that the types need among
 * themselves. */
#pragma once
#include "core/object/object.h"

/* For repr of containers: 1, to be paired with repr_leave; 0 if the calling thread is in
 * the repr of this very object already; -1 if it is too deep, RecursionError. */
int repr_enter(Object *container);
void repr_leave(Object *container);

/* Reads an index from an int or bool object. false with TypeError ("... indices must be
 * integers, not 'str'", where `what` is such as "list") or IndexError if it is huge. */
bool index_value(Object *key, const char *what, ssize_t *index);

/* Turns a possibly negative index into one from 0; false if it is outside of 0..size-1. */
static inline bool index_within(ssize_t *index, size_t size) {
    if (*index < 0) *index += (ssize_t)size;
    return *index >= 0 && (size_t)*index < size;
}

/* Cuts a slice to what there is: afterwards 0 <= *from <= *to <= size. */
void slice_within(ssize_t *from, ssize_t *to, size_t size);
