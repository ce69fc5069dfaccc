/* dict-write-private: what do inserting, replacing and deleting in a thread's own dict
 * cost?
 *
 * Each batch makes a few dicts, puts 512 int and 512 str keys into each (so that it grows
 * and hashes again), replaces every value, reads all, and deletes every other key. The str
 * keys are not interned: they are found by hash and compared by text or address. */
#include "workloads/micro/values.h"

enum { KEYS = 1024, DICTS = 4, STEPS = KEYS * 3 + KEYS / 2 };

static _Thread_local GiltObject *keys[KEYS], *values[2];

static bool begin(int thread) {
    (void)thread;
    for (int i = 0; i < KEYS; i++) {
        keys[i] = i % 2 ? gilt_str_format("key %d", i) : gilt_int(1000 + i * 7);
        if (!keys[i]) return false;
    }
    return (values[0] = gilt_int(1001)) && (values[1] = gilt_int(1002));
}

static bool set_all(GiltObject *dict, int from) {
    for (int i = 0; i < KEYS; i++) {
        if (!gilt_dict_set(dict, keys[i], values[(i / 3 + from) % 2])) return false;
        if (i % 8 == 0) gilt_safepoint();
    }
    return true;
}

static bool get_all(GiltObject *dict, uint64_t *sum) {
    for (int i = 0; i < KEYS; i++) {
        if (!mix_taken(sum, get_key(dict, keys[i]))) return false;
        if (i % 8 == 0) gilt_safepoint();
    }
    return true;
}

static bool delete_half(GiltObject *dict) {
    for (int i = 0; i < KEYS; i += 2) {
        if (!gilt_dict_delete(dict, keys[i + i / 2 % 2])) return false;
        if (i % 8 == 0) gilt_safepoint();
    }
    return true;
}

static bool one_dict(uint64_t *sum) {
    GiltObject *dict = gilt_dict_new();
    bool ok = dict && set_all(dict, 0) && set_all(dict, 1) && get_all(dict, sum) &&
              delete_half(dict);
    if (ok) *sum = mix(*sum, gilt_dict_size(dict));
    gilt_decref(dict);
    return ok;
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    *checksum = 0;
    for (int i = 0; i < DICTS; i++)
        if (!one_dict(checksum)) return false;
    return true;
}

static void end(int thread) {
    (void)thread;
    drop_all(keys, KEYS);
    drop_all(values, 2);
}

WORKLOAD(dict_write_private) = {
    .name = "dict-write-private",
    .title = "insert, replace, read and delete in a dict of the thread's own",
    .operations = DICTS * STEPS,
    .data = PRIVATE,
    .begin = begin,
    .batch = batch,
    .end = end,
};
