/* refcount_mutex.h: one mutex round every count of every object.
 *
 * What the patch of 1996 ('free threading', Greg Stein) did, and why the GIL stayed: even
 * one thread alone pays a lock and an unlock for each reference. Kept to be measured. The
 * word is atomic only so that a late reader may look at it; it changes under the mutex. */
#pragma once
#include <pthread.h>

extern pthread_mutex_t ref_mutex;

/* Adds `step` references to a living object; the count after that. */
static inline int32_t ref_step(RefCount *r, int32_t step) {
    pthread_mutex_lock(&ref_mutex);
    int32_t after =
        (int32_t)atomic_load_explicit(&r->shared, memory_order_relaxed) + step * REF_ONE;
    atomic_store_explicit(&r->shared, (uint32_t)after, memory_order_relaxed);
    pthread_mutex_unlock(&ref_mutex);
    return ref_in_word((uint32_t)after);
}

static inline void ref_init(RefCount *r, uint8_t marks) {
    ref_set(r, birth_word, marks, 0, REF_ONE | REF_SHARED);
}

static inline void ref_add(RefCount *r) {
    if (!ref_is_immortal(r)) ref_step(r, 1);
}

static inline bool ref_drop(RefCount *r) { return !ref_is_immortal(r) && !ref_step(r, -1); }
static inline bool ref_was_last(RefCount *r) { return (void)r, true; }

static inline void ref_share(RefCount *r) { (void)r; }

static inline bool ref_try(RefCount *r) {
    if (ref_is_immortal(r)) return true;
    pthread_mutex_lock(&ref_mutex);
    int32_t shared = (int32_t)atomic_load_explicit(&r->shared, memory_order_relaxed);
    bool alive = shared >= REF_ONE;
    if (alive)
        atomic_store_explicit(&r->shared, (uint32_t)shared + REF_ONE, memory_order_relaxed);
    pthread_mutex_unlock(&ref_mutex);
    return alive;
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

static inline const char *ref_policy(void) { return "mutex"; }
