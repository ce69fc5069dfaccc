/* arena.c: chunks of memory in a list; the first is the one in use. A request that does not
 * fit gets a new chunk: what is left of the old one is lost, at most an eighth of it, for
 * larger requests get a chunk of their own behind the first. */
#include "core/compiler/arena.h"
#include "core/gilt.h"
#include <stdlib.h>

enum { CHUNK_BYTES = 64 << 10, LARGE_BYTES = CHUNK_BYTES / 8 };

typedef struct Chunk {
    struct Chunk *next;
    char data[];
} Chunk;

struct Arena {
    Chunk *chunks;
    char *at, *end; /* what is left of the first chunk */
};

static Chunk *chunk_new(size_t bytes) {
    Chunk *chunk = calloc(1, sizeof(Chunk) + bytes);
    if (!chunk) gilt_raise(GILT_MEMORY_ERROR, NULL);
    return chunk;
}

Arena *arena_new(void) {
    Arena *arena = calloc(1, sizeof *arena);
    if (!arena) gilt_raise(GILT_MEMORY_ERROR, NULL);
    return arena;
}

static void *allocate_large(Arena *arena, size_t bytes) {
    Chunk *chunk = chunk_new(bytes);
    if (!chunk) return NULL;
    Chunk **place = arena->chunks ? &arena->chunks->next : &arena->chunks;
    chunk->next = *place;
    *place = chunk;
    return chunk->data;
}

void *arena_allocate(Arena *arena, size_t bytes) {
    bytes = bytes ? (bytes + 7) & ~(size_t)7 : 8; /* never NULL */
    if (bytes > (size_t)(arena->end - arena->at)) {
        if (bytes > LARGE_BYTES) return allocate_large(arena, bytes);
        Chunk *chunk = chunk_new(CHUNK_BYTES);
        if (!chunk) return NULL;
        chunk->next = arena->chunks;
        arena->chunks = chunk;
        arena->at = chunk->data;
        arena->end = chunk->data + CHUNK_BYTES;
    }
    void *piece = arena->at;
    arena->at += bytes;
    return piece;
}

void arena_free(Arena *arena) {
    if (!arena) return;
    while (arena->chunks) {
        Chunk *next = arena->chunks->next;
        free(arena->chunks);
        arena->chunks = next;
    }
    free(arena);
}
