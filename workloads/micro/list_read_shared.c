/* list-read-shared: what does an index into a list that all threads read cost?
 *
 * The main thread makes one list of 4096 ints; each thread reads all of it. Reads take no
 * lock in nogil, but each counts the item: the counts are what moves between the cores. */
#include "workloads/micro/values.h"

enum { ITEMS = 4096, ROUNDS = 16 };

static GiltObject *list;

static bool setup(int threads, char **arguments, int count) {
    (void)threads, (void)arguments, (void)count;
    if (!(list = gilt_list_new(NULL, 0))) return false;
    for (int i = 0; i < ITEMS; i++)
        if (!put_last(list, gilt_int(1000 + i))) return false;
    return true;
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    uint64_t sum = 0;
    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < ITEMS; i++) {
            if (!mix_taken(&sum, gilt_list_get(list, i))) return false;
            if (i % 16 == 0) gilt_safepoint();
        }
    *checksum = sum;
    return true;
}

static void teardown(void) { drop(&list); }

WORKLOAD(list_read_shared) = {
    .name = "list-read-shared",
    .title = "all threads read one list",
    .operations = ITEMS * ROUNDS,
    .data = SHARED,
    .setup = setup,
    .batch = batch,
    .teardown = teardown,
};
