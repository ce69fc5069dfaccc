/* held.h: for tests in which one thread is held in the middle of an operation, at a point
 * of core/chaos.h, while others act: so a race has one outcome, the same in each run.
 *
 *     held_start(body, CHAOS_LOAD, 0);  body() runs in a thread, calls held_arm(), and is
 *     held_await();                     held at the first such point that it comes by after
 *     ... act ...                       that (at the second if the last number is 1)
 *     held_release();                   it goes on; joined
 *
 * Others that may have to wait for it are started by other_start, and other_waits tells
 * whether they wait or have got through. While one is held what is wrong is counted by
 * check(), since an assert would leave it there; hold_end asserts. Who acts reaches no
 * safepoint and makes nothing that could begin a collection: the one that is held does not
 * stop for it. */
#pragma once
#include "core/mode.h"
#include "tests/threads/counted.h"
#include <sched.h>

typedef enum HeldStage { HELD_COMING, HELD_THERE, HELD_GONE } HeldStage;

static _Thread_local bool held_me, other_me; /* armed */
static ChaosPoint held_point;
static int held_skip;
static atomic_int held_stage;
static GiltThread *held_thread, *other_threads[4];
static int others;
static atomic_int others_waiting, others_inside, others_over;

/* At each point. `inside` is an object's lock. */
static inline void held_visit(ChaosPoint point) {
    if (other_me && point == CHAOS_DETACH) atomic_fetch_add(&others_waiting, 1);
    if (other_me && point == CHAOS_LOCK) atomic_fetch_add(&others_inside, 1);
    if (!held_me || point != held_point || held_skip-- > 0) return;
    held_me = false;
    atomic_store(&held_stage, HELD_THERE);
    while (atomic_load(&held_stage) == HELD_THERE) sched_yield();
}

static inline void held_arm(void) { held_me = true; }
static inline void other_arm(void) { other_me = true; }

static inline void held_run(void *body) { ((void (*)(void))body)(); }

static inline void other_run(void *body) {
    held_run(body);
    other_me = false;
    atomic_fetch_add(&others_over, 1);
}

static inline void hold_begin(void) {
    alarm(120);
    counted_begin();
    gilt_gc_disable();
    reclaim_drain(); /* nobody is to wait for readers but who the test says */
    others = 0;
    atomic_store(&wrong, 0);
    atomic_store(&others_waiting, 0);
    atomic_store(&others_inside, 0);
    atomic_store(&others_over, 0);
    atomic_store(&held_stage, HELD_COMING);
#ifdef CHAOS
    atomic_store(&chaos_visit, held_visit);
#endif
}

static inline void held_start(void (*body)(void), ChaosPoint point, int skip) {
    held_point = point;
    held_skip = skip;
    assert_non_null(held_thread = gilt_thread_start(held_run, (void *)body));
}

/* Detached: it may need a stop of the world to come there. */
static inline void held_await(void) {
    gilt_blocking_begin();
    while (atomic_load(&held_stage) == HELD_COMING) sched_yield();
    gilt_blocking_end();
}

static inline void held_let_go(void) { atomic_store(&held_stage, HELD_GONE); }
static inline void held_join(void) { assert_true(gilt_thread_join(held_thread)); }
static inline void held_release(void) {
    held_let_go();
    held_join();
}

static inline void other_start(void (*body)(void)) {
    GiltThread *thread = gilt_thread_start(other_run, (void *)body);
    assert_non_null(other_threads[others++] = thread);
}

/* Does each of them wait now? false: one is inside, or at its end. */
static inline bool other_waits(void) {
    bool through = false;
    gilt_blocking_begin();
    while (!through && atomic_load(&others_waiting) < others) {
        through = atomic_load(&others_inside) || atomic_load(&others_over);
        sched_yield();
    }
    gilt_blocking_end();
    return !through && !atomic_load(&others_inside) && !atomic_load(&others_over);
}

static inline void other_join(void) {
    for (int i = 0; i < others; i++) assert_true(gilt_thread_join(other_threads[i]));
}

static inline void hold_end(void) {
#ifdef CHAOS
    atomic_store(&chaos_visit, NULL);
#endif
    gilt_gc_enable();
    counted_end();
}

static inline bool held_in(const char *mode) {
    return CHAOS_IS_HERE && !strcmp(gilt_mode(), mode);
}

/* At the start of a test in which a thread is held where only nogil has something to hold.
 */
#define ONLY_NOGIL                                                                         \
    do {                                                                                   \
        NOT_UNDER_STRESS("a collection would wait for the one that is held");              \
        if (!held_in("nogil")) skip();                                                     \
    } while (0)
