/* refcount_biased.h: the owner counts in `local`, everybody else in `shared`.
 *
 * The number of references is local + count(shared), until the object is MERGED; then it
 * is count(shared) alone. count(shared) may be negative: a stranger may drop a reference
 * that the owner counted. After Choi, Shull, Torrellas, 'Biased reference counting', PACT
 * 2018; the states differ, the argument is ours.
 *
 *      BIASED --ref_share--> SHARED
 *         |                    |          a stranger's drop below zero, or ref_disown
 *         +---------+----------+---------------------> QUEUED
 *                   | the owner's local is zero           | the owner, at a safepoint
 *                   v                                     v
 *         0 references: dead       else          MERGED, or dead
 *
 * 1. Who holds a reference keeps the object alive: local + count >= 1 as long as it does.
 *    So when `local` becomes 0 in state BIASED or SHARED, count >= 0; if it is 0 too, the
 *    owner was the last.
 * 2. If `shared` is 0 as a word (BIASED, count 0, no visitor) no stranger has ever counted the
 *    object, and none can: whoever holds no reference fails in ref_try, and nobody holds
 *    one. So the owner may destroy without an atomic, and has nothing to acquire.
 * 3. In every other case the owner leaves by compare-and-swap to MERGED, and ref_try adds by
 *    compare-and-swap: one of them comes first. After MERGED with count 0, ref_try fails.
 * 4. A drop that would make the count negative swaps to QUEUED and pushes the object on the
 *    owner's queue. A QUEUED object dies only by the merge of its queue entry: so it stays
 *    in memory while it is in a queue. An owner whose local becomes 0 in QUEUED leaves it
 *    to the queue. There is one entry: only the swap into QUEUED pushes. ref_disown does
 *    the same without a drop, for an object that strangers count often.
 * 5. `owner` becomes 0 before the swap to MERGED, and never changes back, so that it is not
 *    written after another thread may have destroyed the object. A stranger that finds
 *    owner 0 but not MERGED knows that local is 0; by 1 its count is then at least 1 and it
 *    queues nothing.
 * 6. What strangers fight over they count elsewhere: refcache.h.
 * 7. The owner is a number with a World, not a thread: when a thread has ended, or is
 *    detached, another may borrow its World (world.h) and merges in its place. */
#pragma once
#include "refcache.h"

bool ref_merge_zero(RefCount *r); /* the owner's local is 0: was it the last? */
void ref_add_stranger(RefCount *r) __attribute__((cold));
bool ref_drop_stranger(RefCount *r);
bool ref_try_stranger(RefCount *r);
void ref_share_slow(RefCount *r);
RefCount *ref_merge_next(void);
bool ref_merge_lost(void);
bool ref_merge_found(RefCount *r);
void ref_merge_stopped(void);

static inline bool ref_is_mine(const RefCount *r) {
    return likely(atomic_load_explicit(&r->owner, memory_order_relaxed) == owner_self);
}

static inline void ref_init(RefCount *r, uint8_t marks) {
    ref_set(r, birth_word, marks, 1, REF_BIASED);
}

/* The owner's part and the immortal's stay in the caller, in one straight line; a stranger
 * pays for an atomic and can pay for a call. */
static inline void ref_add(RefCount *r) {
    uint32_t owner = atomic_load_explicit(&r->owner, memory_order_relaxed);
    if (likely(owner == owner_kept())) {
        if (unlikely(++r->local == 0)) ref_overflow(r);
    } else if (unlikely(owner != OWNER_IMMORTAL)) {
        ref_add_stranger(r);
    }
}

/* True: a stranger's drop, or the owner's last. */
static inline bool ref_drop(RefCount *r) {
    uint32_t owner = atomic_load_explicit(&r->owner, memory_order_relaxed);
    if (likely(owner == owner_kept())) return unlikely(!--r->local);
    return unlikely(owner != OWNER_IMMORTAL);
}

/* If the object is mine, its `local` has just become 0. */
static inline bool ref_was_last(RefCount *r) {
    if (!ref_is_mine(r)) return ref_drop_stranger(r);
    chaos(CHAOS_ZERO);
    return likely(atomic_load_explicit(&r->shared, memory_order_relaxed) == REF_BIASED) ||
           ref_merge_zero(r);
}

/* Swaps BIASED for SHARED; what is QUEUED or MERGED can be tried as it is. */
static inline void ref_share(RefCount *r) {
    uint32_t shared = atomic_load_explicit(&r->shared, memory_order_relaxed);
    if ((shared & REF_STATES) == REF_BIASED && !ref_is_immortal(r)) ref_share_slow(r);
}

static inline bool ref_try(RefCount *r) {
    if (ref_is_mine(r)) {
        r->local++; /* a block of mine that is not free is alive: ref_clear */
        return true;
    }
    return ref_is_immortal(r) || ref_try_stranger(r);
}

/* While its owner is the caller it is not merged, so `local` is at least 1, and only the
 * caller takes from that: in ref_drop, or at a safepoint, where it merges. */
static inline bool ref_stays(const RefCount *r) {
    uint32_t owner = atomic_load_explicit(&r->owner, memory_order_relaxed);
    return likely(owner == owner_kept()) || owner == OWNER_IMMORTAL;
}

/* The owner's one reference, and none of others. Acquire: what they did comes before what
 * the owner does next. */
static inline bool ref_is_sole(const RefCount *r) {
    return ref_is_mine(r) && r->local == 1 &&
           atomic_load_explicit(&r->shared, memory_order_acquire) <= REF_SHARED;
}

/* Who sees it in a slot cannot count it before it is shared, which takes the lock (slot.h
 * [5]). */
static inline bool ref_is_private(const RefCount *r) {
    return ref_is_mine(r) && r->local == 1 &&
           atomic_load_explicit(&r->shared, memory_order_acquire) == REF_BIASED;
}

static inline int64_t ref_count(const RefCount *r) {
    if (ref_is_immortal(r)) return INT64_C(1) << 32;
    uint32_t shared = atomic_load_explicit(&r->shared, memory_order_relaxed);
    int64_t local = (shared & REF_STATES) == REF_MERGED ? 0 : r->local;
    if (unlikely(ref_is_spread(shared)))
        return local + ref_in_word(shared - REF_SPREAD) + refcache_sum(r);
    return local + ref_in_word(shared);
}

static inline bool ref_asks(void) { return refcache_asks(); }
static inline void ref_ask_stopped(void) { refcache_ask(); }
static inline bool ref_settled(void) { return refcache_is_empty(); }

static inline const char *ref_policy(void) { return "biased"; }
