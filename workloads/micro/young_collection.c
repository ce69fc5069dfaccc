/* young-collection: what does it cost to look at what is new?
 *
 * A batch is one collection of the youngest generation with 4,000 dead objects in it, in
 * cycles, beside a million old containers; to make them is part of it, and an operation is
 * one object. The last pair,
 * seen through a weak reference, is the proof that they are gone. */
#include "workloads/micro/cycles.h"

enum { OLD = 1000000, PAIRS = 2000 };

static GiltObject *old;

static bool setup(int threads, char **arguments, int count) {
    (void)threads, (void)arguments, (void)count;
    gilt_gc_disable();
    return nodes_setup() && (old = heap_new_old(OLD));
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    uint64_t sum = 0;
    if (!nodes_drop_pairs(PAIRS - 1, &sum)) return false;
    GiltObject *last = pair_new(1), *weakly = last ? gilt_weakref_new(last, NULL) : NULL;
    gilt_decref(last);
    bool ok = weakly && gilt_gc_collect(0) >= 0;
    GiltObject *left = ok ? gilt_weakref_get(weakly) : NULL;
    *checksum = mix(sum, left != NULL);
    gilt_decref(left);
    gilt_decref(weakly);
    return ok;
}

static void teardown(void) {
    drop(&old);
    nodes_teardown();
}

WORKLOAD(young_collection) = {
    .name = "young-collection",
    .title = "make 4,000 objects in dead cycles, collect the youngest",
    .operations = 2 * PAIRS,
    .data = PRIVATE,
    .setup = setup,
    .batch = batch,
    .teardown = teardown,
};
