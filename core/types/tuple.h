/* tuple.h: immutable sequences. A tuple's items never change, and whoever holds the tuple
 * keeps them alive, so reading one needs neither lock nor grace period. */
#pragma once
#include "core/object/native.h"
#include "core/object/object.h"

typedef struct Tuple {
    Object head;
    size_t size;
    Object *items[];
} Tuple;

extern const TypeOps tuple_ops;

/* A slice: a new reference. MemoryError. */
struct SliceNumbers;
Object *tuple_copy_slice(Object *tuple, const struct SliceNumbers *numbers);

bool tuple_start(void);

/* For the VM: `index` is the next item's. */
typedef struct TupleIterator {
    Object head;
    Slot tuple; /* never changes */
    _Atomic size_t index;
} TupleIterator;

/* tuple_methods.c */
extern const Native tuple_methods[];
Object *tuple_iterate(Object *tuple);

/* A tuple of `size` items, all NULL, to be filled before anybody else sees it. MemoryError.
 */
Tuple *tuple_make(size_t size);

/* Tuples that take over the references, also if there is no memory. */
Object *tuple_of_own(Object *const *items, size_t count);
static inline Object *tuple_of_two(Object *a, Object *b) {
    Object *items[] = {a, b};
    return tuple_of_own(items, 2);
}

/* A tuple of the items of a list, at one moment. */
Object *tuple_from_list(Object *list);

/* Joins the reprs of `size` items with ", " between an opening and a closing text; used
 * by tuple and list. `item(container, i)` gives a new reference, or NULL at the end. */
Object *sequence_repr(Object *container, const char *open, const char *close,
                      Object *(*item)(Object *container, size_t i));
