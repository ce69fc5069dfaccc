/* handover.h: how the GIL goes from one thread to the next. Two policies, two files:
 *
 *   interval  a waiter asks after the switch interval has passed without a switch, and
 *             the holder waits until somebody else has taken the GIL (CPython since 3.2)
 *   ticks     the holder releases at every hundredth safepoint, signals, and takes the
 *             GIL again if nobody was faster (CPython up to 3.1)
 *
 * Invariant: `held` and `holder` change only under `mutex`; `switches` counts the times
 * that the new holder was not the one before; each of those is an event of the trace. */
#pragma once
#include "gil/world.h"
#include <pthread.h>

typedef struct Gil {
    pthread_mutex_t mutex;
    pthread_cond_t released; /* signalled when `held` becomes false */
    pthread_cond_t taken;    /* signalled when a new holder takes over */
    bool held;
    unsigned waiters;   /* threads inside gil_take that found it held */
    World *holder;      /* the last one to take the GIL, even if released since */
    uint16_t holder_id; /* its number: it may have ended, and be about to be adopted */
    _Atomic uint64_t switches;
} Gil;

typedef struct Handover {
    const char *name;
    uint32_t first_poll;               /* the poll word of a thread that starts */
    void (*wait)(Gil *gil);            /* mutex held: wait a little for the release */
    void (*poll)(Gil *gil, World *me); /* at the holder's safepoint */
} Handover;

extern const Handover handover_interval, handover_ticks;

void gil_take(Gil *gil, World *me);
void gil_release(Gil *gil);
