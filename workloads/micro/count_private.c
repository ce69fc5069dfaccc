/* count-private: what does a reference count cost the thread that owns the object?
 *
 * Each thread walks an array of objects of its own, takes a second reference to each into
 * another array, and drops them again later: nothing else. The inline functions of the
 * runtime are used, because a call from outside would cost more than the count. */
#include "core/object/object.h"
#include "workloads/micro/values.h"

enum { OBJECTS = 256, ROUNDS = 1024, STRIDE = 32 };

static _Thread_local GiltObject *objects[OBJECTS];
static _Thread_local GiltObject *copies[OBJECTS];

static bool begin(int thread) {
    (void)thread;
    for (int i = 0; i < OBJECTS; i++)
        if (!(objects[i] = gilt_int(1000 + i))) return false;
    return true;
}

static void take_round(GiltObject **from, GiltObject **to) {
    for (int i = 0; i < OBJECTS; i += STRIDE) {
        for (int j = i; j < i + STRIDE; j++) to[j] = incref(from[j]);
        gilt_safepoint();
    }
}

static void drop_round(GiltObject **held) {
    for (int i = 0; i < OBJECTS; i += STRIDE) {
        for (int j = i; j < i + STRIDE; j++) decref(held[j]);
        gilt_safepoint();
    }
}

/* Every count is now what it must be, with the copies held and without. */
static bool look(uint64_t *sum) {
    for (int i = 0; i < OBJECTS; i++) {
        int64_t value;
        if (!gilt_int_value(copies[i], &value)) return false;
        *sum = mix(*sum, (uint64_t)value + (uint64_t)gilt_refcount(objects[i]));
    }
    return true;
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    uint64_t sum = 0;
    for (int round = 1; round < ROUNDS; round++) {
        take_round(objects, copies);
        drop_round(copies);
    }
    take_round(objects, copies);
    if (!look(&sum)) return false;
    drop_round(copies);
    if (!look(&sum)) return false;
    *checksum = sum;
    return true;
}

static void end(int thread) {
    (void)thread;
    drop_all(objects, OBJECTS);
}

WORKLOAD(count_private) = {
    .name = "count-private",
    .title = "count references to objects of the thread's own",
    .operations = (uint64_t)OBJECTS * ROUNDS,
    .data = PRIVATE,
    .begin = begin,
    .batch = batch,
    .end = end,
};
