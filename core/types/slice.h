/* slice.h: what stands in the brackets of x[start:stop:step]: three objects that never
 * change, and the arithmetic of where they lead. And how any object is read as an index. */
#pragma once
#include "core/object/object.h"

typedef struct Slice {
    Object head;
    Object *start, *stop, *step; /* None where nothing was written */
} Slice;

extern const TypeOps slice_ops;

/* NULL stands for None. MemoryError. */
Object *slice_new(Object *start, Object *stop, Object *step);

/* What the slice means in a sequence, in two steps, as its size may change while __index__
 * runs: the numbers, cut to what a ssize_t holds; and then, in pure C, what they mean for a
 * size: so many items (returned) from *start on, which is within it. false: TypeError;
 * ValueError, the step is zero; or what __index__ raised. */
typedef struct SliceNumbers {
    ssize_t start, stop, step;
} SliceNumbers;
bool slice_numbers(Object *slice, SliceNumbers *numbers);
SliceNumbers slice_whole(ssize_t step); /* where no end was written; step is not 0 */
size_t slice_adjust(const SliceNumbers *numbers, size_t size, ssize_t *start);

/* The same in Python's ints, for a size that is an int of at least 0: a tuple of start,
 * stop and step, whose ends are within. */
Object *slice_indices(Object *slice, Object *size);

/* An end of a slice as a method gets it (list.index, str.find): cut to what a ssize_t
 * holds. NULL leaves *value as it is. TypeError. */
bool slice_end(Object *o, ssize_t *value);

/* Both ends as the method index gets them: all of the sequence where they are NULL. They
 * run code; then, when the size is known, slice_at says which index an end means. */
bool slice_ends(Object *const ends[2], ssize_t *from, ssize_t *to);
static inline size_t slice_at(ssize_t end, size_t size) {
    if (end >= 0) return (size_t)end;
    size_t back = 0 - (size_t)end;
    return back < size ? size - back : 0;
}

/* ---- indices ---- */

/* The object as an int, never an heir of int: itself, or what its __index__ answers; a new
 * reference. TypeError,
 * "'str' object cannot be interpreted as an integer". */
Object *index_object(Object *o);

/* The same as a number. What does not fit is cut; or, if `overflow` is a type of exception,
 * that is raised: IndexError and OverflowError say "cannot fit 'int' into an index-sized
 * integer". */
bool index_number(Object *o, GiltType overflow, ssize_t *value);
#define INDEX_CUT ((GiltType)0)

/* For an argument of a method: OverflowError, "Python int too large to convert to C
 * ssize_t". NULL leaves *value as it is. */
bool index_argument(Object *o, ssize_t *value);

/* The same where CPython has a C int. */
bool int_argument(Object *o, ssize_t *value);

/* Has it an index: is it an int, or has it __index__? */
bool index_has(Object *o);

/* For container[key] where key is no slice: TypeError, "list indices must be integers or
 * slices, not str"; IndexError if it is huge. */
bool index_key(Object *key, const char *what, ssize_t *value);
