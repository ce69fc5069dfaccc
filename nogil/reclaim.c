/* nogil/reclaim.c: the grace period. See reclaim.h for when, rcu.h for why it is one. */
#include "core/mode.h"

void reclaim_object_later(RefCount *dead, size_t bytes) {
    World *me = world_current;
    ref_bury(dead, me->retired_objects);
    me->retired_objects = dead;
    retired_grow(me, bytes);
}

static void acquire_quiescent(World *world) {
    (void)atomic_load_explicit(&world->quiescent, memory_order_acquire);
}

/* Detached, because a thread that stops the world must not wait for one that waits here. */
static void wait_for_readers(void) {
    world_each(world_poke);
    world_detach();
    rcu_wait();
    world_attach();
    world_each(acquire_quiescent);
}

static void release_all(Retired *blocks, RefCount *objects) {
    for (Retired *next; blocks; blocks = next) {
        next = blocks->next;
        memory_release(blocks);
    }
    for (RefCount *next; objects; objects = next) {
        next = ref_next(objects);
        object_release(objects);
    }
}

/* Freeing may retire pages that have become empty: those wait for the next time, unless
 * this is reclaim_drain. */
static void reclaim_once(World *me) {
    Retired *blocks = me->retired;
    RefCount *objects = me->retired_objects;
    me->retired = NULL;
    me->retired_objects = NULL;
    me->retired_bytes = 0;
    wait_for_readers();
    release_all(blocks, objects);
}

void reclaim_flush(void) {
    World *me = world_current;
    if (me->retired_bytes > options.retire_bytes) reclaim_once(me);
}

void reclaim_drain(void) {
    World *me = world_current;
    while (me->retired || me->retired_objects) reclaim_once(me);
}
