/* nogil/reclaim.h: when does memory die? After a grace period.
 *
 * A thread gathers what it retires in its open batch. When that is full, at its next
 * safepoint, it closes it: it raises the global epoch, tags the batch with it, and pokes
 * all threads, which at their next safepoints note that they have seen that epoch. A batch
 * is free when every thread is either not attached or has seen its epoch; nobody waits for
 * that, one just looks when the next batch is closed. Why it is right: a thread that has
 * seen epoch e was at a safepoint after the batch's blocks were unlinked, where it reads
 * nothing (release; the look is an acquire). One that is not attached reads nothing, and if
 * it attaches later it finds the blocks unlinked: raising the epoch is a full barrier
 * between unlinking and the look at its state, attaching is one between its state and its
 * reads.
 * A thread that begins when all have been poked comes by once unasked (world_enter): so it
 * sees the epoch, and whether somebody waits.
 *
 * What waits is bounded. When a thread's batches hold more than -X retire=BYTES, or there
 * are BATCHES of them, it waits for a grace period of liburcu, which comes when all other
 * threads have been through a safepoint (RCU=qsbr) or out of a read section (RCU=memb). So
 * one thread has at most that many bytes waiting, and what it retires between two of its
 * own safepoints.
 *
 * Dead objects: with -X reclaim=page (the default) their blocks are free at once, since a
 * reader looks again after it has counted (slot.h); with reclaim=object they wait, too. */
#pragma once
#include "core/options.h"
#include "rcu.h"

void reclaim_object_later(RefCount *dead, size_t bytes);
void reclaim_flush(void);
void reclaim_drain(void);
void reclaim_seen(World *me);   /* at a safepoint: this thread has seen the present epoch */
void reclaim_gone(World *gone); /* after a fork: frees what it has retired */
bool reclaim_is_awaited(void);  /* somebody waits for a grace period: come by again */

static inline void read_begin(void) { rcu_read_begin(); }
static inline void read_end(void) { rcu_read_end(); }

/* The open batch has grown by `bytes`. A block costs more than its bytes. */
static inline void batch_grow(World *me, size_t bytes) {
    me->open.bytes += bytes + 64;
    if (unlikely(me->open.bytes > options.retire_bytes / BATCHES))
        atomic_store_explicit(&me->poll, 1, memory_order_relaxed);
}

static inline void retire(Retired *block) {
    World *me = world_current;
    chaos(CHAOS_UNLINK);
    block->next = me->open.blocks;
    me->open.blocks = block;
    batch_grow(me, block->bytes);
}

static inline bool reclaim_object(RefCount *dead, size_t bytes) {
    if (likely(!options.reclaim_object)) return true;
    reclaim_object_later(dead, bytes);
    return false;
}

static inline const char *reclaim_policy(void) {
    return options.reclaim_object ? "object" : "page";
}
