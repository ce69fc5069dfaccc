/* list-append-private: what do appending to and popping from a thread's own list cost?
 *
 * Each batch grows a new list to 16384 items, so the backing array is replaced many times,
 * reads it all, and pops half of it. What is appended are a few objects of the thread's
 * own: allocation of items is not what is measured. */
#include "workloads/micro/values.h"

enum { ITEMS = 16384, OBJECTS = 64 };

static _Thread_local GiltObject *objects[OBJECTS];

static bool begin(int thread) {
    (void)thread;
    for (int i = 0; i < OBJECTS; i++)
        if (!(objects[i] = gilt_int(1000 + i))) return false;
    return true;
}

static bool append_all(GiltObject *list) {
    for (int i = 0; i < ITEMS; i++) {
        if (!gilt_list_append(list, objects[i % OBJECTS])) return false;
        if (i % 16 == 0) gilt_safepoint();
    }
    return true;
}

static bool read_all(GiltObject *list, uint64_t *sum) {
    for (int i = 0; i < ITEMS; i++) {
        if (!mix_taken(sum, gilt_list_get(list, i))) return false;
        if (i % 16 == 0) gilt_safepoint();
    }
    return true;
}

static bool pop_half(GiltObject *list, uint64_t *sum) {
    for (int i = 0; i < ITEMS / 2; i++) {
        if (!mix_taken(sum, gilt_list_pop(list, -1))) return false;
        if (i % 16 == 0) gilt_safepoint();
    }
    return true;
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    uint64_t sum = 0;
    GiltObject *list = gilt_list_new(NULL, 0);
    bool ok = list && append_all(list) && read_all(list, &sum) && pop_half(list, &sum);
    if (ok) *checksum = mix(sum, gilt_list_size(list));
    gilt_decref(list);
    return ok;
}

static void end(int thread) {
    (void)thread;
    drop_all(objects, OBJECTS);
}

WORKLOAD(list_append_private) = {
    .name = "list-append-private",
    .title = "append to, read and pop from a list of the thread's own",
    .operations = ITEMS,
    .data = PRIVATE,
    .begin = begin,
    .batch = batch,
    .end = end,
};
