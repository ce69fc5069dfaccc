/* sequence.h: what list, tuple and range have in common: comparing items, and what they say
 * about operands that they do not know. A class of the program may know them, so it is asked
 * first: then these answer NOT_IMPLEMENTED. */
#pragma once
#include "core/types/int.h"
#include "core/types/special.h"

/* For the items of containers: identical ones are the same, whatever they say. 1, 0, -1. */
static inline int same_items(Object *a, Object *b) {
    if (a == b) return 1;
    if (is_type(a, GILT_INT) && is_type(b, GILT_INT) && !int_is_big(a) && !int_is_big(b))
        return int_small(a) == int_small(b);
    return gilt_equal(a, b);
}

/* How sequences compare of which one begins with all of the other: by their sizes. */
Object *sizes_compare(Comparison op, size_t left, size_t right);

/* Is the other factor a number of times: an int, or what has __index__ and no
 * multiplication (`special`) of its own? */
bool sequence_is_times(Object *o, Special special);

/* How many items `count` of them make, so often. TypeError, OverflowError, MemoryError. */
bool sequence_product(Object *times, size_t count, size_t *size);

/* TypeOps.refuse of sequences: "can only concatenate list (not "int") to list", "can't
 * multiply sequence by non-int of type 'str'". */
Object *sequence_refuse(Operator op, Object *o, Object *other, bool left);

/* ValueError, "3 is not in list"; NULL. */
Object *sequence_has_not(const char *type, Object *wanted);
