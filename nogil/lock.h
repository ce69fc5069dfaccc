/* nogil/lock.h: who may write an object? Its owner as good as free of charge, until
 * somebody else wants to; from then on whoever has taken its lock byte.
 *
 * The bias. As long as the byte says neither UNBIASED nor REVOKING, only the object's
 * owner (refcount.h) locks it, and takes no atomic: it writes the object's address to its
 * own World.held, looks at the byte, and is in; it leaves by clearing `held`. A stranger
 * first ends the bias, for good: it sets REVOKING, makes every running thread pass a full
 * barrier (membarrier), waits until the owner's `held` is not this object, and sets
 * UNBIASED. Why two threads are never inside together:
 *
 * 1. The owner stores `held` and then loads the byte; the stranger sets REVOKING and, after
 *    the membarrier, loads `held`. The barrier falls in the owner's code either before the
 *    load of the byte, which then sees REVOKING, so the owner leaves; or after it, and then
 *    the store of `held` is visible to the stranger, which waits.
 * 2. Only UNBIASED lets a thread compete for the byte, and it is set after the wait, by
 *    each thread that came by REVOKING; so nobody competes while the owner may be inside.
 * 3. An object whose owner is 0 (merged, see refcount_biased.h) has no bias: its owner was
 *    not inside when it merged: nothing is dropped while a lock is held, and a World that
 *    holds one, waiting for a second, is not borrowed (world_borrow).
 * 4. Clearing `held` is a release and the stranger's load an acquire; the rest goes through
 *    the byte (acquire to take, release to drop): writes are seen by the next to lock.
 *
 * Ending a bias costs tens of microseconds, so it must be rare. A thread whose objects lose
 * it often (it makes lists and gives them away) makes its next objects UNBIASED from the
 * start, and tries again after it has locked such objects of its own a million times.
 *
 * The byte then is a lock that parks its waiters (threads/parking.h): HELD and PARKED.
 * A thread that waits is detached. Biased locking after Kawachiya et al., OOPSLA 2002; the
 * asymmetric barrier after Dice, Huang, Yang, 'Asymmetric Dekker synchronization', 2001. */
#pragma once
#include "world.h"

enum {
    LOCK_HELD = 1,
    LOCK_PARKED = 2,   /* somebody waits */
    LOCK_REVOKING = 4, /* a stranger wants in */
    LOCK_UNBIASED = 8  /* the owner has no privilege any more */
};

extern bool lock_has_bias; /* this system has membarrier */

void lock_expect_strangers(World *me);
void lock_take_byte(RefCount *r);
void lock_drop_byte(RefCount *r);
void lock_take_two(RefCount *a, RefCount *b);
void lock_drop_two(RefCount *a, RefCount *b);
void lock_gone(World *world); /* after a fork: drops what it holds */

/* As the owner, with no atomic; `held` is which of its two places to use. */
static inline bool lock_take_biased(World *me, RefCount *r, int held) {
    if (unlikely(atomic_load_explicit(&r->owner, memory_order_relaxed) != owner_self))
        return false;
    atomic_store_explicit(&me->held[held], r, memory_order_release);
    chaos(CHAOS_BIAS);
    atomic_signal_fence(memory_order_seq_cst); /* the other half is the membarrier [1] */
    uint8_t byte = atomic_load_explicit(&r->lock, memory_order_acquire);
    if (likely(!(byte & (LOCK_REVOKING | LOCK_UNBIASED)))) return true;
    atomic_store_explicit(&me->held[held], NULL, memory_order_release);
    return false;
}

static inline bool lock_drop_biased(World *me, RefCount *r, int held) {
    if (unlikely(atomic_load_explicit(&me->held[held], memory_order_relaxed) != r))
        return false;
    atomic_store_explicit(&me->held[held], NULL, memory_order_release);
    return true;
}

static inline void lock_take(RefCount *r) {
    World *me = world_current;
    assert(!atomic_load(&me->held[0]) && "one lock at a time");
    if (!lock_take_biased(me, r, 0)) lock_take_byte(r);
    chaos(CHAOS_LOCK);
}

static inline void lock_drop(RefCount *r) {
    if (!lock_drop_biased(world_current, r, 0)) lock_drop_byte(r);
}
