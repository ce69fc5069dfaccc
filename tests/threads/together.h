/* together.h: for tests where writers and readers of one object run at the same time.
 *
 * A test gives parts to together(), which plays each in threads of its own. Threads only
 * count what they find wrong; the main thread asserts, because cmocka's asserts jump. All
 * begin at once, and the switch interval is short, so that under a GIL, too, they meet. */
#pragma once
#include "tests/testing.h"
#include <stdatomic.h>
#include <unistd.h>

typedef void Part(int number);

typedef struct Job {
    Part *part;
    int number; /* among the threads that play this part, from 0 */
    bool writes;
} Job;

static atomic_int wrong;   /* what threads found that must not be */
static atomic_int writing; /* writers that are not yet done */
static atomic_int waiting; /* threads that have not come to the start yet */
static atomic_long sum;    /* what the threads of a test count together */

/* A deadlock is a failure too. */
__attribute__((constructor)) static void watch(void) { alarm(300); }

static inline void check(bool right) {
    if (!right) atomic_fetch_add(&wrong, 1);
}

/* No thread goes on before all of them are here. */
static inline void start_at_once(void) {
    atomic_fetch_sub(&waiting, 1);
    while (atomic_load(&waiting) > 0) gilt_safepoint();
}

static inline void run(void *data) {
    const Job *job = data;
    start_at_once();
    job->part(job->number);
    check(!gilt_error());
    if (job->writes) atomic_fetch_sub(&writing, 1);
}

/* Runs `writers` threads of one part, and `readers` of another, which go on while
 * keep_reading() says so. At most 16 threads. */
static inline void together(int writers, Part *write, int readers, Part *read) {
    GiltThread *threads[16];
    Job jobs[16];
    int count = writers + readers;
    gilt_set_switch_interval(1e-4);
    atomic_store(&wrong, 0);
    atomic_store(&sum, 0);
    atomic_store(&writing, writers);
    atomic_store(&waiting, count);
    for (int i = 0; i < count; i++) {
        bool writes = i < writers;
        jobs[i] = (Job){writes ? write : read, writes ? i : i - writers, writes};
        assert_non_null(threads[i] = gilt_thread_start(run, &jobs[i]));
    }
    for (int i = 0; i < count; i++) assert_true(gilt_thread_join(threads[i]));
    assert_int_equal(atomic_load(&wrong), 0);
}

static inline bool keep_reading(void) {
    gilt_safepoint();
    return atomic_load(&writing) > 0;
}
