/* arena.c: chunks, a bitmap of free pages in each, and the mutex round them.
 *
 * Invariants, under `mutex`: a page's bit in `free` is set exactly when it is not handed
 * out; `warm` says which free pages may still hold memory of the system. Chunks stand in
 * a list; those of one large run have pages == 0 and no bitmap. Nothing is locked inside
 * this mutex and the system is asked for memory while it is held: contention is rare,
 * because heaps keep the pages they use. */
#include "core/memory/arena.h"
#include "core/options.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define CHUNK_PAGES (2 * ARENA_LARGE)
#define CHUNK_BYTES (CHUNK_PAGES * PAGE_BYTES)
#define WORDS (CHUNK_PAGES / 64)
#define WARM_MAX 64 /* 4 MiB that are kept for the next request */

typedef struct Chunk {
    char *base;
    struct Chunk *next;
    size_t free_count;
    bool containers, reserved; /* its pages are for containers; from the reservation */
    uint64_t free[WORDS], warm[WORDS];
} Chunk;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static Chunk *chunks;
static size_t warm_count;
static _Atomic size_t pages_out;
static uintptr_t low = UINTPTR_MAX, high; /* where containers are */
static _Atomic uint64_t allocations;      /* counted only with -X oom=N */

void arena_reset_count(void) { atomic_store(&allocations, 0); }

bool arena_must_fail(void) {
    return atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed) + 1 ==
           options.out_of_memory;
}

#define ANONYMOUS (MAP_PRIVATE | MAP_ANONYMOUS)
#define RESERVED (ANONYMOUS | MAP_NORESERVE)

/* What cannot be unmapped (the system's table of mappings is full) is at least emptied. */
static void unmap(char *at, size_t bytes) {
    watched_take(at, bytes); /* by whoever is mapped there next */
    if (munmap(at, bytes)) madvise(at, bytes, MADV_DONTNEED);
}

/* Maps `bytes` aligned to PAGE_BYTES by mapping one page more and cutting the ends. */
static void *map_aligned(size_t bytes, int protection) {
    size_t whole = bytes + PAGE_BYTES;
    int flags = protection == PROT_NONE ? RESERVED : ANONYMOUS;
    char *at = mmap(NULL, whole, protection, flags, -1, 0);
    if (at == MAP_FAILED) return NULL;
    size_t before = (size_t)(-(uintptr_t)at & (PAGE_BYTES - 1));
    if (before) unmap(at, before);
    if (PAGE_BYTES - before) unmap(at + before + bytes, PAGE_BYTES - before);
    return at + before;
}

/* ---- The reservation: addresses for chunks of containers ---- */

#define RESERVED_MOST ((size_t)64 << 30)
#define RESERVED_LEAST ((size_t)1 << 30)
#define RETURNED_MAX 64

static char *reserved, *reserved_end; /* what was never used of it */
static char *returned[RETURNED_MAX];  /* chunks of it that are free again */
static unsigned returned_count;

/* As much as the system gives; where it gives little, chunks are mapped one by one. */
static void reserve(void) {
    for (size_t bytes = RESERVED_MOST; bytes >= RESERVED_LEAST; bytes /= 4) {
        reserved = map_aligned(bytes, PROT_NONE);
        reserved_end = reserved ? reserved + bytes : NULL;
        if (reserved) return;
    }
}

static char *take_reserved(void) {
    if (returned_count) return returned[--returned_count];
    if ((size_t)(reserved_end - reserved) < CHUNK_BYTES) reserve();
    if (!reserved) return NULL;
    reserved += CHUNK_BYTES;
    return reserved - CHUNK_BYTES;
}

static void give_reserved(char *base) {
    void *emptied = mmap(base, CHUNK_BYTES, PROT_NONE, RESERVED | MAP_FIXED, -1, 0);
    if (emptied != MAP_FAILED && returned_count < RETURNED_MAX)
        returned[returned_count++] = base;
    else
        unmap(base, CHUNK_BYTES);
}

static void note_containers(const char *base, size_t bytes) {
    if ((uintptr_t)base < low) low = (uintptr_t)base;
    if ((uintptr_t)base + bytes > high) high = (uintptr_t)base + bytes;
}

void arena_containers(uintptr_t *from, uintptr_t *to) {
    pthread_mutex_lock(&mutex);
    *from = low;
    *to = high;
    pthread_mutex_unlock(&mutex);
}

/* ---- Chunks ---- */

static void chunk_map(Chunk *chunk) {
    char *base = chunk->containers ? take_reserved() : NULL;
    chunk->reserved = base && !mprotect(base, CHUNK_BYTES, PROT_READ | PROT_WRITE);
    if (base && !chunk->reserved) returned[returned_count++] = base; /* there is room */
    chunk->base = chunk->reserved ? base : map_aligned(CHUNK_BYTES, PROT_READ | PROT_WRITE);
}

static Chunk *chunk_new(bool containers) {
    Chunk *chunk = calloc(1, sizeof *chunk);
    if (!chunk) return NULL;
    chunk->containers = containers;
    chunk_map(chunk);
    if (!chunk->base) {
        free(chunk);
        return NULL;
    }
    watched_roots(chunk->base, CHUNK_BYTES);
    if (containers) note_containers(chunk->base, CHUNK_BYTES);
    memset(chunk->free, 0xFF, sizeof chunk->free);
    chunk->free_count = CHUNK_PAGES;
    chunk->next = chunks;
    return chunks = chunk;
}

static bool bit(const uint64_t *words, size_t i) { return words[i / 64] >> (i % 64) & 1; }
static void set_bit(uint64_t *words, size_t i) { words[i / 64] |= UINT64_C(1) << (i % 64); }
static void clear_bit(uint64_t *words, size_t i) {
    words[i / 64] &= ~(UINT64_C(1) << (i % 64));
}

/* The first run of `pages` free pages, or CHUNK_PAGES. */
static size_t find_run(const Chunk *chunk, size_t pages) {
    size_t run = 0;
    for (size_t i = 0; i < CHUNK_PAGES; i++) {
        if (!run && i % 64 == 0 && !chunk->free[i / 64]) {
            i += 63;
            continue;
        }
        run = bit(chunk->free, i) ? run + 1 : 0;
        if (run == pages) return i + 1 - pages;
    }
    return CHUNK_PAGES;
}

static char *take_from(Chunk *chunk, size_t pages) {
    if (chunk->free_count < pages) return NULL;
    size_t first = find_run(chunk, pages);
    if (first == CHUNK_PAGES) return NULL;
    for (size_t i = first; i < first + pages; i++) {
        clear_bit(chunk->free, i);
        if (bit(chunk->warm, i)) warm_count--;
        clear_bit(chunk->warm, i);
    }
    chunk->free_count -= pages;
    return chunk->base + first * PAGE_BYTES;
}

/* A run of its own. */
static char *large_take(size_t pages, bool containers) {
    char *run = map_aligned(pages * PAGE_BYTES, PROT_READ | PROT_WRITE);
    if (run) watched_roots(run, pages * PAGE_BYTES);
    if (run && containers) note_containers(run, pages * PAGE_BYTES);
    return run;
}

void *arena_take(size_t pages, bool containers) {
    char *run = NULL;
    pthread_mutex_lock(&mutex);
    if (pages > ARENA_LARGE) {
        run = large_take(pages, containers);
    } else {
        for (Chunk *c = chunks; c && !run; c = c->next)
            if (c->containers == containers) run = take_from(c, pages);
        if (!run && chunk_new(containers)) run = take_from(chunks, pages);
    }
    pthread_mutex_unlock(&mutex);
    if (run) atomic_fetch_add_explicit(&pages_out, pages, memory_order_relaxed);
    return run;
}

static void forget_warm(Chunk *chunk) {
    for (size_t i = 0; i < WORDS; i++)
        warm_count -= (size_t)__builtin_popcountll(chunk->warm[i]);
}

/* Is there no other chunk for what it is for? */
static bool is_last(const Chunk *chunk) {
    for (const Chunk *c = chunks; c; c = c->next)
        if (c != chunk && c->containers == chunk->containers) return false;
    return true;
}

/* Unmaps the chunk at *at if it is wholly free. */
static bool drop_if_free(Chunk **at) {
    Chunk *chunk = *at;
    if (chunk->free_count < CHUNK_PAGES) return false;
    forget_warm(chunk);
    *at = chunk->next;
    watched_take(chunk->base, CHUNK_BYTES);
    watched_no_roots(chunk->base, CHUNK_BYTES);
    if (chunk->reserved)
        give_reserved(chunk->base);
    else
        unmap(chunk->base, CHUNK_BYTES);
    free(chunk);
    return true;
}

static bool empty(const Chunk *chunk, size_t first, size_t pages) {
    return !madvise(chunk->base + first * PAGE_BYTES, pages * PAGE_BYTES, MADV_DONTNEED);
}

/* Keeps a few pages warm; the rest goes to the system at once, if it takes them. */
static void free_pages(Chunk *chunk, size_t first, size_t pages) {
    bool keep = warm_count + pages <= WARM_MAX || !empty(chunk, first, pages);
    if (keep) warm_count += pages;
    for (size_t i = first; i < first + pages; i++) {
        set_bit(chunk->free, i);
        if (keep) set_bit(chunk->warm, i);
    }
    chunk->free_count += pages;
}

void arena_give(void *run, size_t pages) {
    atomic_fetch_sub_explicit(&pages_out, pages, memory_order_relaxed);
    pthread_mutex_lock(&mutex);
    if (pages > ARENA_LARGE) {
        watched_no_roots(run, pages * PAGE_BYTES);
        unmap(run, pages * PAGE_BYTES);
    } else {
        Chunk **at = &chunks;
        while (*at &&
               !((char *)run >= (*at)->base && (char *)run < (*at)->base + CHUNK_BYTES))
            at = &(*at)->next;
        if (!*at) die("arena: a page at %p came back that was never handed out", run);
        Chunk *chunk = *at;
        free_pages(chunk, (size_t)((char *)run - chunk->base) / PAGE_BYTES, pages);
        if (!is_last(chunk)) drop_if_free(at); /* one stays for the next request */
    }
    pthread_mutex_unlock(&mutex);
}

static void chunk_cool(Chunk *chunk) {
    for (size_t i = 0; i < CHUNK_PAGES; i++)
        if (bit(chunk->warm, i) && empty(chunk, i, 1)) {
            clear_bit(chunk->warm, i);
            warm_count--;
        }
}

void arena_cool(void) {
    pthread_mutex_lock(&mutex);
    for (Chunk *c = chunks; c; c = c->next) chunk_cool(c);
    pthread_mutex_unlock(&mutex);
}

void arena_trim(void) {
    pthread_mutex_lock(&mutex);
    for (Chunk **at = &chunks; *at;)
        if (!drop_if_free(at)) at = &(*at)->next;
    pthread_mutex_unlock(&mutex);
}

void arena_each_chunk(void (*visit)(char *base, size_t pages, void *data), void *data) {
    pthread_mutex_lock(&mutex);
    for (Chunk *c = chunks; c; c = c->next) visit(c->base, CHUNK_PAGES, data);
    pthread_mutex_unlock(&mutex);
}

size_t arena_pages(void) { return atomic_load_explicit(&pages_out, memory_order_relaxed); }

void arena_fork(ForkStep step) { fork_mutex(&mutex, step); }
