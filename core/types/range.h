/* range.h: range: arithmetic sequences that never change.
 *
 * If its three numbers are below 2^62 in magnitude they stand in the object as they are:
 * `small`. Then no sum of two of them overflows, and the number of items fits, too. Else
 * they are int objects. Ints refer to nothing, so a range is a leaf in either case. */
#pragma once
#include "core/object/builtin.h"

typedef union RangeNumber {
    int64_t small;
    Object *big;
} RangeNumber;

typedef struct Range {
    Object head;
    bool small;
    RangeNumber start, stop, step;
} Range;

/* The items are start, start + step, ... of which `index` have been given, and there are
 * `length`. Of a range that is not small, the iterator has MARK_OWN and is a
 * BigRangeIterator. */
typedef struct RangeIterator {
    Object head;
    int64_t start, step;
    size_t length;
    _Atomic size_t index;
} RangeIterator;

typedef struct BigRangeIterator {
    Object head;
    Object *range;
    Slot index; /* an int: of the next item */
} BigRangeIterator;

#define RANGE_SMALL ((int64_t)1 << 62)
static inline bool range_fits(int64_t number) {
    return number > -RANGE_SMALL && number < RANGE_SMALL;
}

/* Of small numbers, `step` not zero. MemoryError. */
Object *range_new_small(int64_t start, int64_t stop, int64_t step);

/* How many items there are from start up to stop. */
static inline size_t range_count(int64_t start, int64_t stop, int64_t step) {
    if (step > 0)
        return stop <= start ? 0 : (uint64_t)(stop - start - 1) / (uint64_t)step + 1;
    return start <= stop ? 0 : (uint64_t)(start - stop - 1) / (uint64_t)-step + 1;
}
static inline size_t range_length(const Range *range) {
    return range_count(range->start.small, range->stop.small, range->step.small);
}

/* The item with this index, which is below the length. */
static inline int64_t range_at(int64_t start, int64_t step, size_t index) {
    return (int64_t)((uint64_t)start + (uint64_t)step * index);
}

/* range_big.c: the same for any numbers; new references, NULL with an exception. Parts
 * are start, stop, step as ints. */
Object *range_part(Object *range, unsigned part);
Object *range_new(Object *start, Object *stop, Object *step); /* ints; ValueError: step 0 */
Object *range_big_length(Object *range);
Object *range_big_at(Object *range, Object *index); /* from 0 on, within */
Object *range_big_slice(Object *range, Object *slice);
Object *range_big_get(Object *range, Object *key);   /* an index; IndexError */
int range_big_contains(Object *range, Object *item); /* an int */
Object *range_big_find(Object *range, Object *item); /* where an int is that is in it */
int range_big_equal(Object *a, Object *b);
Object *range_big_iterate(Object *range, bool reversed);
Object *range_big_next(Object *iterator);

/* range_iterator.c */
Object *range_iterate(Object *range);
Object *range_reversed(Object *range);
