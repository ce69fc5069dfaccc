/* nogil/world.h: who is running? Every thread that is attached.
 *
 *                world_attach                   a stranger with work for its queue
 *   DETACHED <------------------> ATTACHED      DETACHED <----------> BORROWED
 *                world_detach                              borrows
 *
 * Only the thread itself goes between DETACHED and ATTACHED. While DETACHED it touches
 * nothing of its World, so another thread may borrow the World (swap to BORROWED, acquire),
 * merge its queue in its place, and give it back (store DETACHED, release); attach waits
 * for that. A thread that has ended is a World that stays DETACHED until it is adopted.
 *
 * No entry is left behind: a pusher pushes and then looks at the state; a detacher stores
 * DETACHED and then looks at the queue; all four are sequentially consistent, so one of
 * the two sees the other. */
#pragma once
#include "refcount.h"
#include "merge_queue.h"
#include "refcache.h"

enum { WORLD_DETACHED, WORLD_ATTACHED, WORLD_BORROWED };

/* What was retired together: it may be freed when every thread has seen `epoch`. */
typedef struct Batch {
    Retired *blocks;
    RefCount *objects; /* dead ones, with -X reclaim=object */
    size_t bytes;
    uint64_t epoch;
} Batch;
#define BATCHES 8

struct World {
    /* What other threads write or often read. */
    _Atomic uint32_t poll; /* not 0: reach world_poll soon */
    _Atomic uint32_t state;
    _Atomic uint64_t quiescent; /* grows when this thread reads nothing: rcu.h */
    _Atomic uint64_t seen;      /* the epoch at its last safepoint: reclaim.h */
    _Atomic uint32_t
        intrusions; /* biases of its objects that strangers have ended: lock.h */
    uint16_t id;
    void *reader; /* where liburcu has registered the thread, or NULL: rcu.h */
    /* What this thread writes all the time, on lines that others seldom look at. */
    _Alignas(64) _Atomic(RefCount *) held[2]; /* locked without an atomic: lock.h */
    RefCount *waits_with;     /* locked by its byte while it waits for a second lock */
    uint32_t patience;        /* its own locks until it tries biases again */
    bool regretting;          /* inside slot_regret: nothing may be destroyed now */
    unsigned oldest, waiting; /* in `closed`, a ring */
    size_t waiting_bytes;     /* in all of it */
    Batch open;               /* what it retires now */
    Batch closed[BATCHES];
    _Alignas(64) MergeQueue queue;
    _Atomic(Refcache *) refcache; /* counts of spread objects */
    Suspects *suspects;           /* what it counts often, as a stranger */
};

extern _Thread_local World *world_current;

static inline World *world_self(void) { return world_current; }

static inline bool world_polled(void) {
    return atomic_load_explicit(&world_current->poll, memory_order_relaxed) != 0;
}

/* True if the World was DETACHED, holding no lock, and is now the caller's to merge; give
 * it back soon. */
bool world_borrow(World *world);
void world_give_back(World *world);

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
void world_gone(World *world);
uint64_t world_switches(void);
const char *world_policy(void);

static inline const char *world_mode(void) { return "nogil"; }
