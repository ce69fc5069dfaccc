/* nogil/reclaim.h: when does memory die? After a grace period.
 *
 * A thread keeps what it retires until it has more than -X retire=BYTES; then, at its next
 * safepoint, it pokes all threads, waits until each has been through a quiescent state, and
 * frees the lot. So what waits is bounded: at most that many bytes for each thread, and
 * what one thread retires between two of its safepoints. The price of the bound is that
 * a thread may have to wait for another's safepoint.
 *
 * Dead objects: with -X reclaim=page (the default) their blocks are free at once, since a
 * reader looks again after it has counted (slot.h); with reclaim=object they wait, too. */
#pragma once
#include "core/options.h"
#include "rcu.h"

void reclaim_object_later(RefCount *dead, size_t bytes);
void reclaim_flush(void);
void reclaim_drain(void);

static inline void read_begin(void) { rcu_read_begin(); }
static inline void read_end(void) { rcu_read_end(); }

/* What waits has grown by `bytes`. */
static inline void retired_grow(World *me, size_t bytes) {
    me->retired_bytes += bytes + 64; /* a block costs more than its bytes */
    if (unlikely(me->retired_bytes > options.retire_bytes))
        atomic_store_explicit(&me->poll, 1, memory_order_relaxed);
}

static inline void retire(Retired *block) {
    World *me = world_current;
    block->next = me->retired;
    me->retired = block;
    retired_grow(me, block->bytes);
}

static inline bool reclaim_object(RefCount *dead, size_t bytes) {
    if (likely(!options.reclaim_object)) return true;
    reclaim_object_later(dead, bytes);
    return false;
}

static inline const char *reclaim_policy(void) {
    return options.reclaim_object ? "object" : "page";
}
