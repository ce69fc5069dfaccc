/* refcount_biased.c: merging. The argument stands in refcount_biased.h; numbers in
 * brackets refer to it. */
#include "core/mode.h"
#include "core/memory/memory.h"
#include "merge_queue.h"

/* By the owner, or who stands in for it: adds `local` to the shared count for good. True
 * if that leaves no reference. [5] */
static bool merge(RefCount *r) {
    uint32_t local = r->local, before, after;
    if (unlikely(local > REF_MAX / REF_ONE)) ref_overflow(r);
    if (ref_is_immortal(r)) return false;
    r->local = 0;
    atomic_store_explicit(&r->owner, OWNER_NONE, memory_order_release);
    chaos(CHAOS_MERGE);
    before = atomic_load_explicit(&r->shared, memory_order_relaxed);
    do {
        after = ((before & ~(uint32_t)REF_STATES) + local * REF_ONE) | REF_MERGED;
    } while (!atomic_compare_exchange_weak_explicit(
        &r->shared, &before, after, memory_order_acq_rel, memory_order_relaxed));
    return ref_bare(after) == REF_MERGED;
}

/* [3], and [4] for QUEUED, also if that happens between the look and the swap. */
bool ref_merge_zero(RefCount *r) {
    uint32_t shared = atomic_load_explicit(&r->shared, memory_order_relaxed), after;
    chaos(CHAOS_ZERO);
    atomic_store_explicit(&r->owner, OWNER_NONE, memory_order_release);
    chaos(CHAOS_MERGE);
    do {
        if ((shared & REF_STATES) == REF_QUEUED) return false;
        after = shared | REF_MERGED;
    } while (!atomic_compare_exchange_weak_explicit(
        &r->shared, &shared, after, memory_order_acq_rel, memory_order_relaxed));
    return ref_bare(after) == REF_MERGED;
}

/* By a stranger with a reference: the owner shall give its count up, as if this had been
 * dropped below zero. Nothing is destroyed now: the caller may be counting. */
static void ref_disown(RefCount *r) {
    uint32_t shared = atomic_load_explicit(&r->shared, memory_order_relaxed);
    uint16_t owner;
    do {
        uint32_t state = shared & REF_STATES;
        owner = ref_owner(r);
        if (state == REF_MERGED || state == REF_QUEUED || owner == OWNER_NONE) return;
    } while (!atomic_compare_exchange_weak_explicit(
        &r->shared, &shared, (shared & ~(uint32_t)REF_STATES) | REF_QUEUED,
        memory_order_acq_rel, memory_order_relaxed));
    chaos(CHAOS_QUEUE);
    bool regretting = world_current->regretting;
    world_current->regretting = true;
    merge_queue_push(owner, r);
    world_current->regretting = regretting;
}

/* The word, with `by` more references, counted by the calling thread. */
static uint32_t counted(uint32_t shared, int32_t by) {
    return ref_bare(shared) + (uint32_t)by * REF_ONE + refcache_visitor();
}

void ref_add_stranger(RefCount *r) {
    uint32_t shared = atomic_load_explicit(&r->shared, memory_order_relaxed);
    do {
        if (ref_is_spread(shared)) {
            refcache_count(r, 1);
            return;
        }
    } while (!atomic_compare_exchange_weak_explicit(&r->shared, &shared, counted(shared, 1),
                                                    memory_order_relaxed,
                                                    memory_order_relaxed));
    if (unlikely(refcache_counted(r, shared))) ref_disown(r);
    if (unlikely((int32_t)shared > REF_MAX)) ref_overflow(r);
}

bool ref_try_stranger(RefCount *r) {
    uint32_t shared = atomic_load_explicit(&r->shared, memory_order_acquire);
    do {
        if (ref_is_spread(shared)) {
            refcache_count(r, 1);
            return true;
        }
        if (shared_is_dead(shared)) return false;
    } while (!atomic_compare_exchange_weak_explicit(&r->shared, &shared, counted(shared, 1),
                                                    memory_order_acq_rel,
                                                    memory_order_acquire));
    if (unlikely(refcache_counted(r, shared))) ref_disown(r);
    return true;
}

/* Release: what this thread did to the object happens before its destruction; acquire: if
 * this was the last drop, so does what all others did. */
bool ref_drop_stranger(RefCount *r) {
    if (ref_is_immortal(r)) return false;
    uint32_t shared = atomic_load_explicit(&r->shared, memory_order_acquire), after;
    uint16_t owner;
    bool queue;
    do {
        if (ref_is_spread(shared)) {
            refcache_count(r, -1);
            return false;
        }
        uint32_t state = shared & REF_STATES;
        owner = ref_owner(r);
        queue = (int32_t)shared < REF_ONE && state != REF_MERGED && state != REF_QUEUED &&
                owner != OWNER_NONE;
        after = counted(shared, -1);
        if (queue) after = (after & ~(uint32_t)REF_STATES) | REF_QUEUED;
    } while (!atomic_compare_exchange_weak_explicit(
        &r->shared, &shared, after, memory_order_acq_rel, memory_order_acquire));
    if (queue) {
        chaos(CHAOS_QUEUE);
        merge_queue_push(owner, r);
    }
    return ref_bare(after) == REF_MERGED;
}

/* Release: the caller has the lock under which the owner may have written a number into the
 * object while it was private (ref_is_private). Who counts it without the lock from now on
 * (ref_try: acquire) must see that number. */
void ref_share_slow(RefCount *r) {
    uint32_t shared = atomic_load_explicit(&r->shared, memory_order_relaxed);
    while ((shared & REF_STATES) == REF_BIASED &&
           !atomic_compare_exchange_weak_explicit(&r->shared, &shared, shared | REF_SHARED,
                                                  memory_order_release,
                                                  memory_order_relaxed)) {
    }
}

RefCount *ref_merge_next(void) {
    for (RefCount *r; (r = merge_queue_pop(world_self()));)
        if (merge(r)) return r;
    return NULL;
}

bool ref_merge_lost(void) { return merge_queue_take_lost(world_self()); }

bool ref_merge_found(RefCount *r) {
    bool queued =
        (atomic_load_explicit(&r->shared, memory_order_acquire) & REF_STATES) == REF_QUEUED;
    return queued && merge(r);
}

/* Not of a thread that waits for a second lock: see world_borrow. */
static void merge_world(World *world) {
    if (atomic_load(&world->held[0]) || atomic_load(&world->held[1])) return;
    for (RefCount *r; (r = merge_queue_pop(world));)
        if (merge(r)) object_died(r);
}

/* A World that nobody runs in has nothing in its queue: who pushes there merges. */
void ref_merge_stopped(void) {
    refcache_gather();
    world_each(merge_world);
}
