/* nogil/refcount.h: who owns a count? That is a policy of its own, one file each:
 *
 *   refcount_biased.h  the thread that made the object counts without atomics, all others
 *                      in a second, atomic word (the default)
 *   refcount_atomic.h  one atomic word for everybody
 *   refcount_mutex.h   one word and one mutex for all objects of the program, as in the
 *                      patch of 1996 that gave free threading its name for slowness
 *
 * Here is what they have in common: the layout, immortality, and dead counts.
 *
 * `owner` is the number of the thread that made the object. It says who may count in
 * `local` (biased) and who may lock without an atomic (lock.h); 0 is nobody, IMMORTAL an
 * object whose counts are neither read nor written. `shared` is a signed count times 16
 * plus a state, and four times the visitor (refcache.h), of which the rest takes no notice;
 * in every policy a late reader's ref_try fails on a word that is 0, and on one in state
 * MERGED whose count is not positive.
 *
 * A dead object's words are a link: `shared` is MERGED with the sign bit set and the upper
 * bits of the address, `local` the lower ones, so ref_try still fails. */
#pragma once
#include "core/lent.h"

enum { OWNER_NONE = 0, OWNER_IMMORTAL = 0xFFFF };

struct RefCount {
    uint32_t local;          /* the owner's count; only the owner touches it */
    _Atomic uint32_t shared; /* count << 4 | visitor << 2 | state, two's complement */
    _Atomic uint16_t owner;
    _Atomic uint8_t lock; /* lock.h */
    uint8_t marks;        /* core's */
};

/* The states of `shared`. */
enum {
    REF_BIASED = 0, /* nobody has tried to count it without holding a reference */
    REF_SHARED = 1, /* somebody may: the owner must merge with a compare-and-swap */
    REF_QUEUED = 2, /* the owner's merge queue holds it, or is about to */
    REF_MERGED = 3, /* `local` counts no more; everybody counts in `shared` */
    REF_STATES = 3, /* mask */
    REF_VISITORS = 12,
    REF_ONE = 16 /* one reference */
};

/* Beyond this the word of a living object does not grow: the object becomes immortal. */
#define REF_MAX ((int32_t)1 << 28)

/* The word without the visitor. */
static inline uint32_t ref_bare(uint32_t shared) {
    return shared & ~(uint32_t)REF_VISITORS;
}

/* The count in a word. */
static inline int32_t ref_in_word(uint32_t shared) { return (int32_t)shared >> 4; }

/* This thread's number; 0 while it is not attached. */
extern _Thread_local uint16_t owner_self;

/* The same, read so that the compiler may keep it in a register over calls: the number of a
 * thread does not change between its world_enter and world_leave, which are functions of
 * their own. A loop of counts is a third faster for it. */
static inline uint32_t owner_kept(void) {
#if defined __x86_64__ && defined __OPTIMIZE__
    uint32_t self;
    __asm__("movzwl %%fs:owner_self@tpoff, %0" : "=r"(self));
    return self;
#else
    return owner_self;
#endif
}

/* What a new object's owner and lock are: owner_self | lock byte << 16. The lock byte is 0
 * or LOCK_UNBIASED (lock.h). */
extern _Thread_local uint32_t birth_word;

static inline uint16_t ref_owner(const RefCount *r) {
    return atomic_load_explicit(&r->owner, memory_order_acquire);
}

static inline bool ref_is_immortal(const RefCount *r) {
    return atomic_load_explicit(&r->owner, memory_order_relaxed) == OWNER_IMMORTAL;
}

static inline void ref_overflow(RefCount *r) {
    atomic_store_explicit(&r->owner, OWNER_IMMORTAL, memory_order_relaxed);
}

/* Writes a header in two stores, 8 bytes of counts and 4 of the rest: making and freeing
 * are bound by stores. Atomic for late readers (slot.h), who look at `shared` and `owner`.
 */
static inline void ref_set(RefCount *r, uint32_t owner_and_lock, uint8_t marks,
                           uint32_t local, uint32_t shared) {
    _Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ &&
                       offsetof(RefCount, shared) == 4 && offsetof(RefCount, owner) == 8 &&
                       offsetof(RefCount, lock) == 10 && offsetof(RefCount, marks) == 11,
                   "the two words are put together for this layout");
    uint64_t counts = local | (uint64_t)shared << 32;
    uint32_t rest = owner_and_lock | (uint32_t)marks << 24;
    __atomic_store_n((uint64_t *)(void *)r, counts, __ATOMIC_RELAXED);
    __atomic_store_n((uint32_t *)(void *)r + 2, rest, __ATOMIC_RELAXED);
}

static inline void ref_init_immortal(RefCount *r, uint8_t marks) {
    ref_set(r, OWNER_IMMORTAL, marks, 0, REF_MERGED);
}

static inline bool shared_is_dead(uint32_t shared) {
    return ref_bare(shared) == 0 ||
           ((shared & REF_STATES) == REF_MERGED && (int32_t)shared < REF_ONE);
}

static inline void ref_bury(RefCount *dead, RefCount *next) {
    uint64_t link = (uint64_t)(uintptr_t)next >> 3;
    dead->local = (uint32_t)link;
    atomic_store_explicit(&dead->owner, OWNER_NONE, memory_order_relaxed);
    atomic_store_explicit(&dead->shared,
                          UINT32_C(0x80000000) | (uint32_t)(link >> 32) << 2 | REF_MERGED,
                          memory_order_relaxed);
}

static inline RefCount *ref_next(const RefCount *dead) {
    uint64_t high = atomic_load_explicit(&dead->shared, memory_order_relaxed);
    return (RefCount *)(uintptr_t)(((high & 0x7FFFFFFF) >> 2 << 32 | dead->local) << 3);
}

/* With the world stopped both counts are read together: their sum is what is left in the
 * account, which only needs one of them to change. What waits in a merge queue is held by
 * its entry. */
static inline void ref_trial_change(RefCount *r, uint32_t by) {
    uint32_t shared = atomic_load_explicit(&r->shared, memory_order_relaxed);
    atomic_store_explicit(&r->shared, shared + by, memory_order_relaxed);
}

static inline void ref_trial_drop(RefCount *r, size_t times) {
    ref_trial_change(r, -(uint32_t)REF_ONE * (uint32_t)times);
}

static inline void ref_trial_add(RefCount *r, size_t times) {
    ref_trial_change(r, (uint32_t)REF_ONE * (uint32_t)times);
}

static inline bool ref_trial_held(const RefCount *r) {
    uint32_t shared = atomic_load_explicit(&r->shared, memory_order_relaxed);
    return (shared & REF_STATES) == REF_QUEUED || ref_is_immortal(r) ||
           r->local + (uint32_t)ref_in_word(shared) != 0;
}

/* Nobody may find itself the owner of a free block, nor count it. */
static inline void ref_clear(RefCount *r) { ref_set(r, OWNER_NONE, 0, 0, 0); }

#include REFCOUNT_POLICY
