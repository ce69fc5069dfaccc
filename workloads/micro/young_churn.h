/* young_churn.h: the program of young-churn and young-churn-alone, which differ in the heap
 * alone: OLD is how many old containers are alive meanwhile.
 *
 * Pairs of instances that refer to each other are made, read and dropped; the collector
 * runs by itself. If a young collection depends on the old heap, it shows in the ratio of
 * the two. */
#include "workloads/micro/cycles.h"

enum { PAIRS = 2048 };

static GiltObject *old;

static bool setup(int threads, char **arguments, int count) {
    (void)threads, (void)arguments, (void)count;
    return nodes_setup() && (!OLD || (old = heap_new_old(OLD)));
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    uint64_t sum = 0;
    bool ok = nodes_drop_pairs(PAIRS, &sum);
    *checksum = sum;
    return ok;
}

static void teardown(void) {
    drop(&old);
    nodes_teardown();
}
