/* gil/refcount.h: who owns a count? Nobody: it is a plain integer.
 *
 * Only the thread that holds the GIL counts, so no atomics are needed. An immortal
 * count has its top bit set and is only ever read; a count that overflows sets the same
 * bit and becomes immortal, which is a leak instead of an early death. A dead count
 * lends its eight bytes as a link. Source: CPython's Objects/object.c before 3.13. */
#pragma once
#include "core/lent.h"
#include <string.h>

struct RefCount {
    uint32_t count;
    uint32_t unused; /* nogil keeps the count of other threads here */
    uint16_t unused_too;
    uint8_t lock; /* only checked, see lock.h */
    uint8_t marks;
};

#define REF_IMMORTAL UINT32_C(0xC0000000)

/* Keeps the compiler from fetching the count into a register: testing and changing it
 * in memory is two instructions fewer. */
#define REF_IN_MEMORY(r) __asm__("" : "+m"((r)->count))

static inline void ref_init(RefCount *r, uint8_t marks) {
    *r = (RefCount){.count = 1, .marks = marks};
}

static inline void ref_init_immortal(RefCount *r, uint8_t marks) {
    *r = (RefCount){.count = REF_IMMORTAL, .marks = marks};
}

/* Compared with -1 and not with 0, because the compiler does that in memory. */
static inline bool ref_is_immortal(const RefCount *r) { return (int32_t)r->count < -1; }

/* Nobody drops anything while the caller has the GIL. */
static inline bool ref_stays(const RefCount *r) { return (void)r, true; }

static inline void ref_add(RefCount *r) {
    if (unlikely(ref_is_immortal(r))) return;
    REF_IN_MEMORY(r);
    r->count++;
}

static inline bool ref_drop(RefCount *r) {
    if (unlikely((int32_t)r->count <= 1)) return r->count == 1;
    REF_IN_MEMORY(r);
    r->count--;
    return false;
}

static inline bool ref_was_last(RefCount *r) { return (void)r, true; }

static inline void ref_share(RefCount *r) { (void)r; }

/* Whatever a slot or a weak reference still names is alive: see slot.h. */
static inline bool ref_try(RefCount *r) {
    ref_add(r);
    return true;
}

static inline void ref_bury(RefCount *dead, RefCount *next) {
    memcpy((void *)dead, &next, sizeof next);
}

static inline RefCount *ref_next(const RefCount *dead) {
    RefCount *next;
    memcpy(&next, (const void *)dead, sizeof next);
    return next;
}

static inline void ref_clear(RefCount *r) { r->marks = 0; }

static inline RefCount *ref_merge_next(void) { return NULL; }
static inline bool ref_merge_lost(void) { return false; }
static inline bool ref_merge_found(RefCount *r) { return (void)r, false; }

static inline void ref_merge_stopped(void) {}
static inline bool ref_asks(void) { return false; }
static inline void ref_ask_stopped(void) {}
static inline bool ref_settled(void) { return true; }

static inline void ref_trial_drop(RefCount *r, size_t times) {
    r->count -= (uint32_t)times;
}
static inline void ref_trial_add(RefCount *r, size_t times) { r->count += (uint32_t)times; }
static inline bool ref_trial_held(const RefCount *r) { return r->count != 0; }

static inline bool ref_is_sole(const RefCount *r) { return r->count == 1; }
static inline bool ref_is_private(const RefCount *r) { return ref_is_sole(r); }

static inline int64_t ref_count(const RefCount *r) { return r->count; }

static inline const char *ref_policy(void) { return "plain"; }
