/* nogil/reclaim.c: batches and epochs. The argument stands in reclaim.h; rcu.h says why a
 * grace period of liburcu is one for the memory model, too. */
#include "core/mode.h"

static _Atomic uint64_t epoch;

void reclaim_seen(World *me) {
    uint64_t now = atomic_load(&epoch);
    atomic_store_explicit(&me->seen, now, memory_order_release);
}

void reclaim_object_later(RefCount *dead, size_t bytes) {
    World *me = world_current;
    ref_bury(dead, me->open.objects);
    me->open.objects = dead;
    batch_grow(me, bytes);
}

static void batch_free(Batch *batch) {
    chaos(CHAOS_FREE);
    for (Retired *block = batch->blocks, *next; block; block = next) {
        next = block->next;
        memory_release(block);
    }
    for (RefCount *dead = batch->objects, *next; dead; dead = next) {
        next = ref_next(dead);
        object_release(dead);
    }
}

/* Takes the oldest batch out of the ring, then frees it: that may retire pages. */
static void free_oldest(World *me) {
    Batch batch = me->closed[me->oldest];
    me->oldest = (me->oldest + 1) % BATCHES;
    me->waiting--;
    me->waiting_bytes -= batch.bytes;
    batch_free(&batch);
}

/* ---- without waiting ---- */

static _Thread_local uint64_t seen_by_all;

static void look(World *world) {
    if (world == world_current || atomic_load(&world->state) != WORLD_ATTACHED) return;
    uint64_t seen = atomic_load_explicit(&world->seen, memory_order_acquire);
    if (seen < seen_by_all) seen_by_all = seen;
}

static void free_what_all_have_seen(World *me) {
    seen_by_all = UINT64_MAX;
    world_each(look);
    while (me->waiting && me->closed[me->oldest].epoch <= seen_by_all) free_oldest(me);
}

static void batch_close(World *me) {
    me->open.epoch = atomic_fetch_add(&epoch, 1) + 1;
    me->waiting_bytes += me->open.bytes;
    me->closed[(me->oldest + me->waiting++) % BATCHES] = me->open;
    me->open = (Batch){0};
    chaos(CHAOS_EPOCH);
    world_each(world_poke);
}

/* ---- waiting ----
 *
 * One poke is not enough: the other thread may have been through its safepoint before
 * liburcu has begun the grace period (it may first wait for another one to end). So as long
 * as `waiters` is not 0, each safepoint pokes its own thread again: the next one comes by,
 * too. A thread that has taken a waiter's poke sees its `waiters` (world_poke). */

static _Atomic unsigned waiters;

bool reclaim_is_awaited(void) { return atomic_load(&waiters) != 0; }

static void acquire_quiescent(World *world) {
    (void)atomic_load_explicit(&world->quiescent, memory_order_acquire);
}

/* Detached, because a thread that stops the world must not wait for one that waits here. */
static void wait_for_readers(void) {
    atomic_fetch_add(&waiters, 1);
    world_each(world_poke);
    world_detach();
    rcu_wait();
    atomic_fetch_sub_explicit(&waiters, 1, memory_order_relaxed);
    world_attach();
    world_each(acquire_quiescent);
}

/* In the child of a fork nobody else reads, or waits. */
void reclaim_gone(World *gone) {
    atomic_store(&waiters, 0);
    while (gone->waiting) free_oldest(gone);
    batch_free(&gone->open);
    gone->open = (Batch){0};
}

static void free_closed(World *me) {
    unsigned count = me->waiting; /* waiting lets nobody else retire for this thread */
    if (!count) return;
    wait_for_readers();
    while (count--) free_oldest(me);
}

void reclaim_flush(void) {
    World *me = world_current;
    size_t most = options.retire_bytes;
    if (me->open.bytes <= most / BATCHES) return;
    if (me->waiting) free_what_all_have_seen(me);
    if (me->waiting == BATCHES) free_closed(me);
    batch_close(me);
    if (me->waiting_bytes > most) free_closed(me);
}

void reclaim_drain(void) {
    World *me = world_current;
    while (me->waiting || me->open.blocks || me->open.objects) {
        free_closed(me);
        if (me->open.blocks || me->open.objects) batch_close(me);
    }
}
