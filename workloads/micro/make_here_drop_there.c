/* make-here-drop-there: what does it cost when an object dies on another thread than the
 * one that made it?
 *
 * The threads are a ring: each makes parcels of small objects, puts each parcel into the
 * inbox of the next thread, and takes one from its own inbox and drops the objects one by
 * one. A batch sends some parcels ahead, or threads would mostly wait for each other; it
 * sends as many as it takes, and to send never waits, so nobody waits for ever. One thread
 * alone is its own neighbour. */
#include "workloads/micro/values.h"
#include <stdlib.h>

enum { PARCELS = 192, OBJECTS = 64, AHEAD = 32 };

typedef struct Inbox {
    GiltObject *lock, *filled, *parcels;
} Inbox;

static Inbox *inboxes;
static int inbox_count;

static bool setup(int threads, char **arguments, int count) {
    (void)arguments, (void)count;
    inboxes = calloc((size_t)threads, sizeof *inboxes);
    if (!inboxes) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    inbox_count = threads;
    for (Inbox *box = inboxes; box < inboxes + threads; box++)
        if (!(box->lock = gilt_lock_new()) ||
            !(box->filled = gilt_condition_new(box->lock)) ||
            !(box->parcels = gilt_list_new(NULL, 0)))
            return false;
    return true;
}

static GiltObject *parcel_new(int number) {
    GiltObject *parcel = gilt_list_new(NULL, 0);
    for (int i = 0; parcel && i < OBJECTS; i++)
        if (!put_last(parcel, gilt_int(1000 + number * OBJECTS + i))) drop(&parcel);
    return parcel;
}

/* The parcel is used up. */
static bool send(Inbox *box, GiltObject *parcel) {
    if (!parcel || !gilt_lock_acquire(box->lock)) return gilt_decref(parcel), false;
    bool ok = put_last(box->parcels, parcel) && gilt_condition_notify(box->filled, 1);
    return gilt_lock_release(box->lock) && ok;
}

static GiltObject *receive(Inbox *box) {
    if (!gilt_lock_acquire(box->lock)) return NULL;
    bool ok = true;
    while (ok && !gilt_list_size(box->parcels)) ok = gilt_condition_wait(box->filled);
    GiltObject *parcel = ok ? gilt_list_pop(box->parcels, 0) : NULL;
    if (!gilt_lock_release(box->lock)) drop(&parcel);
    return parcel;
}

static bool unpack(GiltObject *parcel, uint64_t *sum) {
    bool ok = parcel != NULL;
    for (int i = 0; ok && i < OBJECTS; i++) {
        ok = mix_taken(sum, gilt_list_pop(parcel, -1));
        if (i % 16 == 0) gilt_safepoint();
    }
    gilt_decref(parcel);
    return ok;
}

static bool batch(int thread, uint64_t *checksum) {
    Inbox *mine = &inboxes[thread], *next = &inboxes[(thread + 1) % inbox_count];
    uint64_t sum = 0;
    for (int i = 0; i < PARCELS + AHEAD; i++) {
        if (i < PARCELS && !send(next, parcel_new(i))) return false;
        if (i >= AHEAD && !unpack(receive(mine), &sum)) return false;
        gilt_safepoint();
    }
    *checksum = sum;
    return true;
}

static void teardown(void) {
    for (Inbox *box = inboxes; box < inboxes + inbox_count; box++) {
        drop(&box->parcels);
        drop(&box->filled);
        drop(&box->lock);
    }
    free(inboxes);
    inboxes = NULL;
    inbox_count = 0;
}

WORKLOAD(make_here_drop_there) = {
    .name = "make-here-drop-there",
    .title = "each thread drops what its neighbour has made",
    .operations = PARCELS * OBJECTS,
    .data = SHARED,
    .setup = setup,
    .batch = batch,
    .teardown = teardown,
};
