/* bounded-queue: what does handing objects from thread to thread through a queue cost?
 *
 * One queue for all: a list, a lock, and conditions for "not full" and "not empty". A batch
 * has two rounds. In one a thread puts its items, in the other it takes as many; of each
 * pair of threads one puts first, the other takes first, so that producers wait when the
 * queue is full and consumers when it is empty. A round ends for all pairs at once, when
 * as much was taken as was put: so nobody waits for ever. A thread without a partner, also
 * the only one, puts and takes alternately and leaves the queue as it found it. */
#include "workloads/micro/values.h"

enum { ITEMS = 3000, CAPACITY = 16 };

static GiltObject *lock, *not_full, *not_empty, *round_ended, *queue;
static int partners;    /* threads that have a partner */
static int finished;    /* of these, with their part of the round; under lock */
static unsigned rounds; /* rounds that have ended; under lock */

static bool setup(int threads, char **arguments, int count) {
    (void)arguments, (void)count;
    partners = threads / 2 * 2;
    finished = 0;
    return (lock = gilt_lock_new()) && (not_full = gilt_condition_new(lock)) &&
           (not_empty = gilt_condition_new(lock)) &&
           (round_ended = gilt_condition_new(lock)) && (queue = gilt_list_new(NULL, 0));
}

static bool put(void) {
    GiltObject *item = gilt_int(1000);
    if (!item || !gilt_lock_acquire(lock)) return gilt_decref(item), false;
    bool ok = true;
    while (ok && gilt_list_size(queue) >= CAPACITY) ok = gilt_condition_wait(not_full);
    ok = ok && gilt_list_append(queue, item) && gilt_condition_notify(not_empty, 1);
    ok = gilt_lock_release(lock) && ok;
    gilt_decref(item);
    return ok;
}

static GiltObject *take(void) {
    if (!gilt_lock_acquire(lock)) return NULL;
    bool ok = true;
    while (ok && !gilt_list_size(queue)) ok = gilt_condition_wait(not_empty);
    GiltObject *item = ok ? gilt_list_pop(queue, 0) : NULL;
    if (item && !gilt_condition_notify(not_full, 1)) drop(&item);
    if (!gilt_lock_release(lock)) drop(&item);
    return item;
}

/* Who takes which item depends on the threads' speed: so all items are of one value, but
 * each is an object of its own. */
static bool take_into(uint64_t *sum) {
    int64_t value;
    if (!take_int(take(), &value)) return false;
    *sum = mix(*sum, (uint64_t)value);
    return true;
}

static bool put_all(void) {
    for (int i = 0; i < ITEMS; i++) {
        if (!put()) return false;
        gilt_safepoint();
    }
    return true;
}

static bool take_all(uint64_t *sum) {
    for (int i = 0; i < ITEMS; i++) {
        if (!take_into(sum)) return false;
        gilt_safepoint();
    }
    return true;
}

/* Waits until every thread with a partner is here. */
static bool end_round(void) {
    if (!gilt_lock_acquire(lock)) return false;
    unsigned now = rounds;
    bool ok = true;
    if (++finished == partners) {
        finished = 0;
        rounds++;
        ok = gilt_condition_notify(round_ended, (size_t)partners);
    }
    while (ok && rounds == now) ok = gilt_condition_wait(round_ended);
    return gilt_lock_release(lock) && ok;
}

static bool batch_alone(uint64_t *sum) {
    for (int i = 0; i < ITEMS; i++) {
        if (!put() || !take_into(sum)) return false;
        gilt_safepoint();
    }
    return true;
}

static bool batch(int thread, uint64_t *checksum) {
    uint64_t sum = 0;
    if (thread >= partners ? !batch_alone(&sum)
        : thread % 2       ? !take_all(&sum) || !end_round() || !put_all() || !end_round()
                           : !put_all() || !end_round() || !take_all(&sum) || !end_round())
        return false;
    *checksum = sum;
    return true;
}

static void teardown(void) {
    GiltObject **all[] = {&queue, &round_ended, &not_empty, &not_full, &lock};
    for (int i = 0; i < 5; i++) drop(all[i]);
}

WORKLOAD(bounded_queue) = {
    .name = "bounded-queue",
    .title = "threads put and take through one queue of 16 places",
    .operations = ITEMS * 2,
    .data = SHARED,
    .setup = setup,
    .batch = batch,
    .teardown = teardown,
};
