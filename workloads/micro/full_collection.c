/* full-collection: what does it cost to look at everything?
 *
 * A batch is one full collection over a million containers, each of which is an operation:
 * 500,000 instances with two attributes, one of them one of 500,000 lists. Each thread asks
 * for collections of its own; the world stops for each. A pair of dead nodes, seen through
 * a weak reference, is the proof that it collects. */
#include "workloads/micro/cycles.h"

enum { CONTAINERS = 1000000 };

static GiltObject *heap;

static bool setup(int threads, char **arguments, int count) {
    (void)threads, (void)arguments, (void)count;
    gilt_gc_disable();
    return nodes_setup() && (heap = heap_new_old(CONTAINERS));
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    uint64_t sum = 0;
    GiltObject *pair = pair_new(1), *weakly = pair ? gilt_weakref_new(pair, NULL) : NULL;
    bool ok = weakly && pair_read(pair, &sum);
    gilt_decref(pair);
    ok = ok && gilt_gc_collect(2) >= 0 && heap_read(heap, &sum);
    GiltObject *left = ok ? gilt_weakref_get(weakly) : NULL;
    *checksum = mix(sum, left != NULL);
    gilt_decref(left);
    gilt_decref(weakly);
    return ok;
}

static void teardown(void) {
    drop(&heap);
    nodes_teardown();
}

WORKLOAD(full_collection) = {
    .name = "full-collection",
    .title = "look at a million containers; an operation is one of them",
    .operations = CONTAINERS,
    .data = SHARED,
    .setup = setup,
    .batch = batch,
    .teardown = teardown,
};
