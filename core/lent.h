/* lent.h: what core lends to the modes: the other direction of mode.h.
 *
 * Besides this a mode uses base.h, options.h, chaos.h, trace.h (hand-overs in the
 * timeline), memory/memory.h (blocks of its own) and threads/parking.h (waiting) of core.
 */
#pragma once
#include "core/base.h"
#include "core/chaos.h"

/* What begins each block that readers without a lock may look at. `bytes` is the whole
 * block; its lowest bit says that the block is a run of pages (memory/memory.c). */
typedef struct Retired {
    struct Retired *next;
    size_t bytes;
} Retired;

typedef struct RefCount RefCount;
typedef struct World World;
void memory_release(Retired *block); /* memory/memory.c: the block is free now */
void object_release(RefCount *dead); /* object/object.c: likewise a dead object's */
void object_died(RefCount *dead);    /* likewise: it will be destroyed, at a safepoint */
void object_destroy_noted(void);     /* or here */
World *world_of(uint16_t id);        /* threads/thread.c: of a thread that ever was */
void world_each(void (*visit)(World *)); /* the World of every running thread */
