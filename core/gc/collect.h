/* collect.h: a collection under way, as policy, statistics and trace see it. */
#pragma once
#include "core/gc/garbage.h"
#include "core/gc/search.h"
#include "core/threads/stop.h"

#define GC_GENERATIONS 3

/* Times are trace_clock()'s, or nanoseconds. */
typedef struct Collection {
    unsigned generation; /* 0 young, 1 and middle, 2 and old */
    const char *why;     /* "threshold", "request" or "stress" */
    Search search;
    Garbage garbage;
    bool failed;                        /* there was no memory to begin */
    bool lost;                          /* nor to list the garbage: it stays */
    size_t resurrected;                 /* garbage until a finaliser ran */
    size_t uncollectable;               /* kept in gilt_gc_garbage() */
    uint64_t merged, searched, settled; /* for the trace: ends of these steps */
    StopTimes stop;                     /* the latest one */
    uint64_t to_stop, paused;           /* in both stops together */
    uint64_t longest;                   /* of the two pauses */
} Collection;

/* Collects the generations up to this one. Runs finalisers and callbacks. Returns how many
 * objects were garbage; 0 if this thread is in a collection already; -1 if the collector
 * had no memory, without an exception: then nothing was lost, and a later one finds it. */
ssize_t gc_collect(unsigned generation, const char *why);
