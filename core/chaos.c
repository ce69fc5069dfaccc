/* chaos.c: what happens at a point: mostly nothing, often a little, seldom a lot.
 *
 * A yield lets the other threads of this core go first; a spin lets those of other cores go
 * a few instructions further; a sleep lets them run past whole operations. The random
 * state is the thread's own, so noise orders no two threads that the program does not. */
#include "core/chaos.h"

#ifdef CHAOS
#include <sched.h>
#include <time.h>

void (*_Atomic chaos_visit)(ChaosPoint point);
_Atomic uint64_t chaos_seed;

static _Atomic uint64_t threads;        /* that have met noise since the start */
static _Thread_local uint64_t state;    /* of this thread; never 0 once it has one */
static _Thread_local uint64_t its_seed; /* that it was made from */

/* Marsaglia, 'Xorshift RNGs', 2003; the start is mixed as in Steele's SplitMix. */
static uint64_t next_random(uint64_t seed) {
    if (unlikely(its_seed != seed)) {
        uint64_t mixed =
            seed + UINT64_C(0x9E3779B97F4A7C15) *
                       atomic_fetch_add_explicit(&threads, 1, memory_order_relaxed);
        mixed = (mixed ^ mixed >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
        state = mixed ^ mixed >> 27 ^ 1;
        its_seed = seed;
        if (!state) state = 1;
    }
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static void nap(long microseconds) {
    nanosleep(&(struct timespec){.tv_nsec = microseconds * 1000}, NULL);
}

/* One point in eight spins, one in 32 yields, one in 512 sleeps, mostly shortly. */
bool chaos_step(ChaosPoint point) {
    void (*visit)(ChaosPoint) = atomic_load(&chaos_visit);
    if (visit) visit(point);
    uint64_t seed = atomic_load_explicit(&chaos_seed, memory_order_relaxed);
    if (!seed) return false;
    uint64_t random = next_random(seed) >> 20;
    if (random % 8) return false;
    if (random % 512 == 0)
        nap(random >> 20 & 7 ? 20 : 500);
    else if (random % 32 == 0)
        sched_yield();
    else
        for (uint64_t spins = random >> 20 & 255; spins; spins--) cpu_relax();
    return true;
}

void chaos_start(uint64_t seed) {
    atomic_store(&threads, 0);
    atomic_store(&chaos_seed, seed);
}
#else
void chaos_start(uint64_t seed) { (void)seed; }
#endif
