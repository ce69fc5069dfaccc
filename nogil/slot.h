/* nogil/slot.h: who may read a slot? Anybody, without a lock: load, count, look again.
 *
 * What a reader sees in a slot may be dropped, destroyed and its block reused before the
 * reader has counted it. Why slot_read is right nevertheless:
 *
 * 1. The block stays an object's block. Pages of objects change their use only after a
 *    grace period, and the reader is in a read section (with -X reclaim=object that holds
 *    for each block). So its header is always one that ref_try understands: of the object
 *    seen, of a dead one, of a free block, or of a later object in the same place.
 * 2. If ref_try succeeds, the block holds a living object, counted now, that stays until
 *    the reader drops it. It may be another object than the one that was seen.
 * 3. If then the slot still names that block, and the Link still names the array (arrays
 *    that were replaced keep stale names, living ones do not), the slot owns a reference
 *    to the object that is in the block now: it is the one that was counted, because a
 *    counted object's block is not reused. The loads are acquire: they see the object as
 *    it was published, and they come after the count, which is acquire too.
 *    A slot that was emptied before the block died is seen to be so: emptying it happens
 *    before the drop, the death, the block's next life, and the count that succeeded on it.
 * 4. If they do not, what was counted is dropped like any reference. That may be the last
 *    one, and destruction may run any code, while the caller is in a read section: so core
 *    only notes the object (object_died) and destroys it at the next safepoint.
 * 5. ref_try fails on a living object only if nobody has ever shared it: READ_LOCKED. */
#pragma once
#include "refcount.h"

typedef struct Slot {
    _Atomic(RefCount *) ref;
} Slot;

typedef struct Link {
    _Atomic(void *) array;
} Link;

typedef enum ReadResult { READ_DONE, READ_RETRY, READ_LOCKED } ReadResult;

static inline void slot_init(Slot *slot, RefCount *ref) {
    atomic_store_explicit(&slot->ref, ref, memory_order_relaxed);
}

static inline RefCount *slot_peek(const Slot *slot) {
    return atomic_load_explicit(&slot->ref, memory_order_relaxed);
}

/* Release: the object's fields come before its name. Pairs with slot_seen. */
static inline void slot_put(Slot *slot, RefCount *ref) {
    atomic_store_explicit(&slot->ref, ref, memory_order_release);
    chaos(CHAOS_PUT);
}

static inline RefCount *slot_seen(const Slot *slot) {
    return atomic_load_explicit(&slot->ref, memory_order_acquire);
}

static inline void link_init(Link *link, void *array) {
    atomic_store_explicit(&link->array, array, memory_order_relaxed);
}

static inline void *link_peek(const Link *link) {
    return atomic_load_explicit(&link->array, memory_order_relaxed);
}

static inline void link_put(Link *link, void *array) {
    atomic_store_explicit(&link->array, array, memory_order_release);
}

static inline void *link_load(const Link *link) {
    void *array = atomic_load_explicit(&link->array, memory_order_acquire);
    chaos(CHAOS_LINK);
    return array;
}

/* Drops what was counted in vain [4]: world.c. */
void slot_regret(RefCount *counted);

static inline ReadResult slot_count(const Slot *slot, RefCount *seen) {
    chaos(CHAOS_LOAD);
    if (unlikely(!ref_try(seen))) return slot_seen(slot) == seen ? READ_LOCKED : READ_RETRY;
    chaos(CHAOS_COUNT);
    if (likely(slot_seen(slot) == seen)) return READ_DONE;
    slot_regret(seen);
    return READ_RETRY;
}

/* What is the caller's own, or immortal, was alive when it was seen and cannot die before
 * the caller itself drops or merges something: only the caller makes objects in blocks of
 * its own, so it is the object that was seen. If the Link still names the array, the slot
 * was not a stale one. */
static inline RefCount *slot_borrow(const Slot *slot, const Link *link, const void *array) {
    RefCount *seen = slot_seen(slot);
    if (unlikely(!seen || !ref_stays(seen))) return NULL;
    return likely(link_load(link) == array) ? seen : NULL;
}

static inline ReadResult slot_read(const Slot *slot, const Link *link, const void *array,
                                   RefCount **found) {
    RefCount *seen = *found = slot_seen(slot);
    if (!seen) return link_load(link) == array ? READ_DONE : READ_RETRY;
    chaos(CHAOS_LOAD);
    if (unlikely(!ref_try(seen))) return slot_seen(slot) == seen ? READ_LOCKED : READ_RETRY;
    chaos(CHAOS_COUNT);
    if (likely(slot_seen(slot) == seen && link_load(link) == array)) return READ_DONE;
    slot_regret(seen);
    return READ_RETRY;
}
