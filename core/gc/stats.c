/* stats.c: sums for each generation, and a histogram of the stops of all.
 *
 * Several threads may end collections at the same time, and anybody may read meanwhile, so
 * each sum is an atomic of its own: no sum loses anything, but two that are read while a
 * collection ends may differ by it. No lock, so none is left locked in a forked child.
 *
 * A stop enters the histogram when it is over, a collection the sums when it is: it may
 * have stopped the world twice, with finalisers in between. One that had no memory to begin
 * counts no collection, but it did stop the world. */
#include "core/gc/stats.h"
#include "core/gilt.h"
#include <string.h>

#define LEAST 1e-6
#define GROWTH 1.125

typedef _Atomic uint64_t Sum;

/* Times in nanoseconds. */
static struct Sums {
    Sum collections, collected, uncollectable, candidates, finalized, resurrected;
    Sum to_stop, stopped, longest;
} sums[GC_GENERATIONS];

static struct Pauses {
    double bounds[GILT_GC_PAUSES]; /* seconds; written by gc_stats_start alone */
    Sum stopped[GILT_GC_PAUSES], to_stop[GILT_GC_PAUSES];
} pauses;

static void add(Sum *sum, uint64_t number) {
    atomic_fetch_add_explicit(sum, number, memory_order_relaxed);
}

static uint64_t load(Sum *sum) { return atomic_load_explicit(sum, memory_order_relaxed); }

static double seconds(uint64_t nanoseconds) { return (double)nanoseconds / 1e9; }

static void raise_to(Sum *most, uint64_t number) {
    uint64_t before = load(most);
    while (before < number && !atomic_compare_exchange_weak_explicit(most, &before, number,
                                                                     memory_order_relaxed,
                                                                     memory_order_relaxed))
        ;
}

/* Nobody else runs yet. */
void gc_stats_start(void) {
    memset((void *)sums, 0, sizeof sums);
    memset((void *)&pauses, 0, sizeof pauses);
    double bound = LEAST;
    for (unsigned i = 1; i < GILT_GC_PAUSES; i++, bound *= GROWTH) pauses.bounds[i] = bound;
}

/* ---- Adding ---- */

/* The last bucket whose bound is not above it. */
static unsigned bucket_of(uint64_t nanoseconds) {
    unsigned low = 0, high = GILT_GC_PAUSES;
    while (high - low > 1) {
        unsigned middle = (low + high) / 2;
        if (pauses.bounds[middle] <= seconds(nanoseconds))
            low = middle;
        else
            high = middle;
    }
    return low;
}

void gc_stats_pause(const StopTimes *times) {
    add(&pauses.to_stop[bucket_of(times->stopped - times->asked)], 1);
    add(&pauses.stopped[bucket_of(times->resumed - times->stopped)], 1);
}

void gc_stats_add(const Collection *c) {
    struct Sums *s = &sums[c->generation];
    add(&s->collections, !c->failed);
    add(&s->collected, c->garbage.found);
    add(&s->uncollectable, c->uncollectable);
    add(&s->candidates, c->search.candidate_count);
    add(&s->finalized, c->garbage.finalized);
    add(&s->resurrected, c->resurrected);
    add(&s->to_stop, c->to_stop);
    add(&s->stopped, c->paused);
    raise_to(&s->longest, c->longest);
}

/* ---- For programs ---- */

void gilt_gc_stats(int generation, GiltGcStats *stats) {
    *stats = (GiltGcStats){0};
    if (generation < 0 || generation >= GC_GENERATIONS) return;
    struct Sums *s = &sums[generation];
    *stats = (GiltGcStats){.collections = load(&s->collections),
                           .collected = load(&s->collected),
                           .uncollectable = load(&s->uncollectable),
                           .candidates = load(&s->candidates),
                           .finalized = load(&s->finalized),
                           .resurrected = load(&s->resurrected),
                           .seconds_to_stop = seconds(load(&s->to_stop)),
                           .seconds_stopped = seconds(load(&s->stopped)),
                           .longest_stop = seconds(load(&s->longest))};
}

void gilt_gc_pauses(GiltGcPauses *result) {
    for (unsigned i = 0; i < GILT_GC_PAUSES; i++) {
        result->seconds[i] = pauses.bounds[i];
        result->stopped[i] = load(&pauses.stopped[i]);
        result->to_stop[i] = load(&pauses.to_stop[i]);
    }
}
