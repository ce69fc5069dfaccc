/* gil/world.h: who is running? The one thread that holds the GIL.
 *
 * To attach is to take the GIL, to detach is to release it. A thread that wants the GIL
 * sets the holder's poll word; the holder sees it at its next safepoint and hands over.
 * How long one waits before it asks, and what the holder then does, is the hand-over
 * policy: handover.h. */
#pragma once
#include "core/lent.h"

struct World {
    _Atomic uint32_t poll; /* set by whoever wants this thread to reach world_poll */
    uint32_t ticks;        /* safepoints since the last hand-over, for -X gil=ticks */
    uint16_t id;
};

extern _Thread_local World *world_current;

static inline World *world_self(void) { return world_current; }

static inline bool world_polled(void) {
    return atomic_load_explicit(&world_current->poll, memory_order_relaxed) != 0;
}

bool world_start(void);
void world_enter(World *world, uint16_t id);
void world_leave(World *world);
void world_attach(void);
bool world_detach(void);
void world_poll(void);
void world_poke(World *world);
void world_stop(void);
void world_resume(void);
bool world_is_attached(void);
void world_fork_begin(void);
void world_fork_end(bool child);
uint64_t world_switches(void);
const char *world_policy(void);

/* Nothing of a thread stands in the lock but what world_fork_end sets anew. */
static inline void world_gone(World *world) { (void)world; }

static inline const char *world_mode(void) { return "gil"; }
