/* cell.h: variables that several functions share. */
#pragma once
#include "core/object/object.h"

typedef struct Cell {
    Object head;
    Slot value; /* NULL: unbound */
} Cell;

extern const TypeOps cell_ops;

/* Takes over the reference to value, which may be NULL. NULL, MemoryError. */
Object *cell_new(Object *value);

/* A new reference, or NULL without an exception. */
static inline Object *cell_get(Object *cell) {
    return slot_take(cell, &((Cell *)cell)->value);
}

/* Takes references of its own; NULL unbinds. */
void cell_set(Object *cell, Object *value);
