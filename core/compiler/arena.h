/* arena.h: the memory of one syntax tree: handed out piece by piece, freed as a whole.
 *
 * It is malloc's, not the heap's: no object lives in it, and the collector does not look.
 */
#pragma once
#include <stddef.h>

typedef struct Arena Arena;

/* NULL, MemoryError. */
Arena *arena_new(void);

/* Zeroed memory, aligned for pointers. NULL, MemoryError. */
void *arena_allocate(Arena *arena, size_t bytes);

/* NULL is nothing. */
void arena_free(Arena *arena);
