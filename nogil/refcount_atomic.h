/* refcount_atomic.h: one atomic word, `shared`, counts for everybody.
 *
 * The state is always SHARED, so the word of a living object is never 0 and counts by
 * steps of REF_ONE; there is no owner's count and nothing to merge. Kept to be compared with:
 * every count is a locked instruction, and a line that two threads count is passed to and
 * fro. */
#pragma once

static inline void ref_init(RefCount *r, uint8_t marks) {
    ref_set(r, birth_word, marks, 0, REF_ONE | REF_SHARED);
}

static inline void ref_add(RefCount *r) {
    if (likely(!ref_is_immortal(r)))
        atomic_fetch_add_explicit(&r->shared, REF_ONE, memory_order_relaxed);
}

/* Release: what was done to the object comes before its end; acquire, for the last. */
static inline bool ref_drop(RefCount *r) {
    if (unlikely(ref_is_immortal(r))) return false;
    uint32_t before = atomic_fetch_sub_explicit(&r->shared, REF_ONE, memory_order_acq_rel);
    return before == (REF_ONE | REF_SHARED);
}

static inline bool ref_was_last(RefCount *r) { return (void)r, true; }

static inline void ref_share(RefCount *r) { (void)r; }

static inline bool ref_try(RefCount *r) {
    if (ref_is_immortal(r)) return true;
    uint32_t shared = atomic_load_explicit(&r->shared, memory_order_relaxed);
    do {
        if ((int32_t)shared < REF_ONE) return false;
    } while (!atomic_compare_exchange_weak_explicit(
        &r->shared, &shared, shared + REF_ONE, memory_order_acq_rel, memory_order_relaxed));
    return true;
}

static inline RefCount *ref_merge_next(void) { return NULL; }
static inline bool ref_merge_lost(void) { return false; }
static inline bool ref_merge_found(RefCount *r) { return (void)r, false; }

static inline void ref_merge_stopped(void) {}
static inline bool ref_asks(void) { return false; }
static inline void ref_ask_stopped(void) {}
static inline bool ref_settled(void) { return true; }

static inline bool ref_stays(const RefCount *r) { return ref_is_immortal(r); }

/* Whoever sees it in a slot may count it at once. */
static inline bool ref_is_private(const RefCount *r) { return (void)r, false; }

static inline bool ref_is_sole(const RefCount *r) {
    return atomic_load_explicit(&r->shared, memory_order_acquire) == (REF_ONE | REF_SHARED);
}

static inline int64_t ref_count(const RefCount *r) {
    if (ref_is_immortal(r)) return INT64_C(1) << 32;
    return ref_in_word(atomic_load_explicit(&r->shared, memory_order_relaxed));
}

static inline const char *ref_policy(void) { return "atomic"; }
