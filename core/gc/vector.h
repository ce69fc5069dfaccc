/* vector.h: arrays of pointers that grow, for the collector's own notes.
 *
 * Their memory is malloc's, because the threads that help to search have no heap, and so
 * that the collector does not change the heap that it looks at. Having none is never fatal:
 * each user says what it does instead. */
#pragma once
#include "core/base.h"
#include <stdlib.h>

typedef struct Vector {
    void **items;
    size_t count, room;
} Vector;

/* false: no memory; the vector is as before. */
static inline bool vector_reserve(Vector *v, size_t room) {
    if (room <= v->room) return true;
    void **items = realloc(v->items, room * sizeof *items);
    if (!items) return false;
    v->items = items;
    v->room = room;
    return true;
}

static inline bool vector_push(Vector *v, void *item) {
    if (unlikely(v->count == v->room) && !vector_reserve(v, v->room ? 2 * v->room : 64))
        return false;
    v->items[v->count++] = item;
    return true;
}

static inline void vector_free(Vector *v) {
    free(v->items);
    *v = (Vector){0};
}
