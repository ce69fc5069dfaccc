/* count-shared: what does a reference count cost when all threads count one object?
 *
 * Each thread fills an array with references to one object that the main thread made, and
 * drops them again: with more than one thread the cache line of its header goes to and
 * fro between the cores. Inline functions as in count-private, to compare the two. */
#include "core/object/object.h"
#include "workloads/micro/values.h"

enum { COPIES = 32, ROUNDS = 4096 };

static GiltObject *shared;

static bool setup(int threads, char **arguments, int count) {
    (void)threads, (void)arguments, (void)count;
    shared = gilt_int(123456789);
    return shared != NULL;
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    GiltObject *copies[COPIES];
    uint64_t sum = 0;
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < COPIES; i++) copies[i] = incref(shared);
        int64_t value;
        bool ok = gilt_int_value(copies[round % COPIES], &value);
        for (int i = 0; i < COPIES; i++) decref(copies[i]);
        if (!ok) return false;
        sum = mix(sum, (uint64_t)value);
        gilt_safepoint();
    }
    *checksum = sum;
    return true;
}

static void teardown(void) { drop(&shared); }

WORKLOAD(count_shared) = {
    .name = "count-shared",
    .title = "all threads count references to one object",
    .operations = (uint64_t)COPIES * ROUNDS,
    .data = SHARED,
    .setup = setup,
    .batch = batch,
    .teardown = teardown,
};
