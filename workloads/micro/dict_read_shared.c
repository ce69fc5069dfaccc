/* dict-read-shared: what does a look-up in a dict that all threads read cost?
 *
 * One dict of 256 interned names, as a module's globals: found by address, without a lock
 * in nogil. Names are immortal, so only the values are counted. */
#include "workloads/micro/values.h"
#include <stdio.h>

enum { KEYS = 256, ROUNDS = 128 };

static GiltObject *dict;
static GiltObject *keys[KEYS];

static bool setup(int threads, char **arguments, int count) {
    (void)threads, (void)arguments, (void)count;
    if (!(dict = gilt_dict_new())) return false;
    for (int i = 0; i < KEYS; i++) {
        char name[32];
        snprintf(name, sizeof name, "global_%d", i);
        if (!(keys[i] = gilt_intern(name)) || !put_key(dict, keys[i], gilt_int(1000 + i)))
            return false;
    }
    return true;
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    uint64_t sum = 0;
    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < KEYS; i++) {
            if (!mix_taken(&sum, get_key(dict, keys[i]))) return false;
            if (i % 16 == 0) gilt_safepoint();
        }
    *checksum = sum;
    return true;
}

static void teardown(void) {
    drop_all(keys, KEYS);
    drop(&dict);
}

WORKLOAD(dict_read_shared) = {
    .name = "dict-read-shared",
    .title = "all threads look up names in one dict",
    .operations = KEYS * ROUNDS,
    .data = SHARED,
    .setup = setup,
    .batch = batch,
    .teardown = teardown,
};
