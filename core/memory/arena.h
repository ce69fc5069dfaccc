/* arena.h: pages from the system and back.
 *
 * The arena maps chunks of 32 MiB and hands out runs of 64 KiB pages from them; runs of
 * more than half a chunk get a mapping of their own. Pages that come back are given to
 * the system at once (madvise), except for a few that are kept warm; a chunk that is
 * wholly free is unmapped. All functions may be called from any thread. */
#pragma once
#include "core/memory/memory.h"

/* A run of `pages` pages, aligned to PAGE_BYTES. Not cleared. NULL if there is none. */
void *arena_take(size_t pages);
void arena_give(void *run, size_t pages);

/* True if this allocation is the one that -X oom=N has chosen to fail. */
bool arena_must_fail(void);
void arena_reset_count(void); /* the next allocation is the first */

/* Pages that are handed out now. */
size_t arena_pages(void);

/* Unmaps everything that is free. */
void arena_trim(void);
