/* chaos.h: schedule noise, `-X chaos=SEED`, for tests.
 *
 * A race shows when a thread is held up at the wrong moment, which on an idle machine is
 * rare. So there is a named point at each such moment, and with a seed each thread that
 * comes by a point may yield there, spin, or sleep for a while. The numbers are those of
 * the seed and of the thread's place in the order of starting: the same program meets the
 * same noise, though what the system makes of it differs from run to run.
 *
 * Points are in builds for finding mistakes only: DEBUG=1, SAN=..., CHAOS=1. In others they
 * are nothing at all, so that noise costs no user anything. */
#pragma once
#include "core/base.h"

#define CHAOS_POINTS(X)                                                                    \
    X(SAFEPOINT, "a safepoint is reached")                                                 \
    X(LINK, "an array is found, its slot is not yet looked at")                            \
    X(LOAD, "a slot is looked at, what it names is not yet counted")                       \
    X(COUNT, "that is counted, the slot is not yet looked at again")                       \
    X(PUT, "a slot has another item, what goes with it is not yet written")                \
    X(ZERO, "the owner has dropped its last count and not yet merged")                     \
    X(MERGE, "the owner is 0, the counts are not yet merged")                              \
    X(QUEUE, "a stranger has said QUEUED and not yet pushed")                              \
    X(SPREAD, "an object is noted as spread and not yet spread")                           \
    X(PUSH, "an entry is pushed, its owner may be gone")                                   \
    X(DEAD, "the last reference is dropped, the object can still be found")                \
    X(UNLINK, "a block is unlinked, not yet retired")                                      \
    X(EPOCH, "an epoch has begun that nobody has been told of")                            \
    X(GIVE, "a stranger is about to give a block back to its page")                        \
    X(FREE, "a batch is about to be freed")                                                \
    X(LOCK, "an object's lock is taken")                                                   \
    X(BIAS, "the owner says that it is inside, and has not yet looked if it may")          \
    X(REVOKE, "a stranger has said that it wants in, and told nobody yet")                 \
    X(PARK, "a thread is about to wait")                                                   \
    X(ATTACH, "a thread is attached, and has not yet looked if it may")                    \
    X(OFFLINE, "nobody who waits for readers waits for a thread, which is still attached") \
    X(DETACH, "a thread is detached, and has not yet told who waits for that")             \
    X(STOP, "all are told to stop, nobody has been waited for")                            \
    X(RELEASE, "the GIL has just been released")                                           \
    X(BEGIN, "a thread is registered and not yet attached")                                \
    X(END, "a thread has gone and can still be found")                                     \
    X(HELPER, "a thread that helps the collector is about to say how far it is")           \
    X(FORK, "before, or after, one of the steps of a fork")

typedef enum ChaosPoint {
#define CHAOS_NAME(name, when) CHAOS_##name,
    CHAOS_POINTS(CHAOS_NAME)
#undef CHAOS_NAME
        CHAOS_KINDS
} ChaosPoint;

#ifdef CHAOS
enum { CHAOS_IS_HERE = 1 };

/* For tests: called at each point, before any noise (NULL: nothing). It may be called with
 * locks held and inside read sections: it must not touch objects. */
extern void (*_Atomic chaos_visit)(ChaosPoint point);
extern _Atomic uint64_t chaos_seed; /* 0: no noise */

bool chaos_step(ChaosPoint point);

/* Was there any noise at this point? */
static inline bool chaos(ChaosPoint point) {
    if (likely(!atomic_load_explicit(&chaos_seed, memory_order_relaxed) &&
               !atomic_load_explicit(&chaos_visit, memory_order_relaxed)))
        return false;
    return chaos_step(point);
}
#else
enum { CHAOS_IS_HERE = 0 };
static inline bool chaos(ChaosPoint point) { return (void)point, false; }
#endif

/* At gilt_start: the seed of this run; 0 for none. */
void chaos_start(uint64_t seed);
