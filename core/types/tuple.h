/* tuple.h: immutable sequences. A tuple's items never change, and whoever holds the tuple
 * keeps them alive, so reading one needs neither lock nor grace period. */
#pragma once
#include "core/object/object.h"

typedef struct Tuple {
    Object head;
    size_t size;
    Object *items[];
} Tuple;

extern const TypeOps tuple_ops;

bool tuple_start(void);

/* Joins the reprs of `size` items with ", " between an opening and a closing text; used
 * by tuple and list. `item(container, i)` gives a new reference, or NULL at the end. */
Object *sequence_repr(Object *container, const char *open, const char *close,
                      Object *(*item)(Object *container, size_t i));
