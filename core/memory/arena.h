/* arena.h: pages from the system and back.
 *
 * The arena maps chunks of 32 MiB and hands out runs of 64 KiB pages from them; runs of
 * more than half a chunk get a mapping of their own. Pages that come back are given to
 * the system at once (madvise), except for a few that are kept warm; a chunk that is
 * wholly free is unmapped. All functions may be called from any thread.
 *
 * Pages for containers come from a stretch of addresses of their own, as far as the system
 * gives one: so the collector sees by its address that an object is no container, and need
 * not fetch its header. */
#pragma once
#include "core/memory/memory.h"
#include "core/threads/fork.h"

/* A run of `pages` pages, aligned to PAGE_BYTES. Not cleared. NULL if there is none. */
void *arena_take(size_t pages, bool containers);
void arena_give(void *run, size_t pages);

/* True if this allocation is the one that -X oom=N has chosen to fail. */
bool arena_must_fail(void);
void arena_reset_count(void); /* the next allocation is the first */

/* Runs of more pages than this have a mapping of their own. */
#define ARENA_LARGE ((size_t)256)

/* Calls visit for each chunk, with its first byte and its pages, under the arena's mutex.
 */
void arena_each_chunk(void (*visit)(char *base, size_t pages, void *data), void *data);

/* Every page for containers that was ever handed out is at *low or above and below *high;
 * other pages may be, too. */
void arena_containers(uintptr_t *low, uintptr_t *high);

/* Pages that are handed out now. */
size_t arena_pages(void);

/* Gives the memory of the free pages that were kept warm to the system. */
void arena_cool(void);

/* Unmaps everything that is free. */
void arena_trim(void);

void arena_fork(ForkStep step);
