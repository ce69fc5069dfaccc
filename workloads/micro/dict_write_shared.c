/* dict-write-shared: what does it cost when all threads write into one dict?
 *
 * Each thread inserts 256 keys of its own into the same dict, reads them back and deletes
 * them: so threads meet only in the dict itself, its lock and its backing array, which is
 * often replaced while others read it. */
#include "workloads/micro/values.h"

enum { KEYS = 256, ROUNDS = 32 };

static GiltObject *dict;
static _Thread_local GiltObject *keys[KEYS], *values[KEYS];

static bool setup(int threads, char **arguments, int count) {
    (void)threads, (void)arguments, (void)count;
    return (dict = gilt_dict_new()) != NULL;
}

static bool begin(int thread) {
    for (int i = 0; i < KEYS; i++) {
        keys[i] = i % 2 ? gilt_str_format("thread %d key %d", thread, i)
                        : gilt_int(1000 + (int64_t)thread * KEYS + i);
        if (!keys[i] || !(values[i] = gilt_int(5000 + i))) return false;
    }
    return true;
}

static bool one_round(uint64_t *sum) {
    for (int i = 0; i < KEYS; i++) {
        if (!gilt_dict_set(dict, keys[i], values[i])) return false;
        if (i % 8 == 0) gilt_safepoint();
    }
    for (int i = 0; i < KEYS; i++) {
        if (!mix_taken(sum, get_key(dict, keys[i]))) return false;
        if (i % 8 == 0) gilt_safepoint();
    }
    for (int i = 0; i < KEYS; i++) {
        if (!gilt_dict_delete(dict, keys[i])) return false;
        if (i % 8 == 0) gilt_safepoint();
    }
    return true;
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    uint64_t sum = 0;
    for (int round = 0; round < ROUNDS; round++)
        if (!one_round(&sum)) return false;
    *checksum = sum;
    return true;
}

static void end(int thread) {
    (void)thread;
    drop_all(keys, KEYS);
    drop_all(values, KEYS);
}

static void teardown(void) { drop(&dict); }

WORKLOAD(dict_write_shared) = {
    .name = "dict-write-shared",
    .title = "all threads write keys of their own into one dict",
    .operations = KEYS * ROUNDS * 3,
    .data = SHARED,
    .setup = setup,
    .begin = begin,
    .batch = batch,
    .end = end,
    .teardown = teardown,
};
