/* chaos_test.c: each point of schedule noise is on some path that programs take, the noise
 * is that of its seed, and builds without points say so. */
#include "tests/testing.h"

#include "core/chaos.h"
#include "core/options.h"

#include <sys/wait.h>
#include <unistd.h>

#ifdef CHAOS
static _Atomic unsigned met[CHAOS_KINDS];

static void count_point(ChaosPoint point) { atomic_fetch_add(&met[point], 1); }

static const char *const names[] = {
#define POINT_NAME(name, when) #name,
    CHAOS_POINTS(POINT_NAME)
#undef POINT_NAME
};

/* Those of nogil's lock-free code are not in gil, and the other way round. */
static bool is_of_this_mode(ChaosPoint point) {
    bool gil = !strcmp(gilt_mode(), "gil");
    switch (point) {
    case CHAOS_SAFEPOINT:
    case CHAOS_PARK:
    case CHAOS_DEAD:
    case CHAOS_GIVE:
    case CHAOS_BEGIN:
    case CHAOS_END:
    case CHAOS_HELPER:
    case CHAOS_FORK:
        return true;
    case CHAOS_RELEASE:
        return gil;
    case CHAOS_BIAS:
    case CHAOS_REVOKE:
        return !gil; /* if the system has membarrier, as Linux has */
    case CHAOS_ZERO:
    case CHAOS_MERGE:
    case CHAOS_QUEUE:
    case CHAOS_PUSH:
    case CHAOS_SPREAD:
        return !gil && strstr(gilt_policies(), "biased");
    default:
        return !gil;
    }
}

static GiltObject *shared, *lock;
static _Atomic bool other_is_done;
static _Atomic int turn = -1;

/* By turns with another: an object that is fought over. */
static void count_by_turns(void *number) {
    for (int i = (int)(intptr_t)number; i < 200; i += 2) {
        while (turn != i) gilt_safepoint();
        gilt_decref(gilt_incref(shared));
        turn++;
    }
}

static void fight(void) {
    GiltThread *threads[2];
    shared = gilt_list_new(NULL, 0);
    for (intptr_t i = 0; i < 2; i++)
        threads[i] = gilt_thread_start(count_by_turns, (void *)i);
    gilt_blocking_begin(); /* so that they merge what this thread owns */
    for (turn = 0; turn < 200;) usleep(100);
    gilt_blocking_end();
    for (int i = 0; i < 2; i++) gilt_thread_join(threads[i]);
    gilt_decref(shared);
}

/* Reads, writes, and drops what the main thread has made. */
static void other(void *unused) {
    (void)unused;
    for (int i = 0; i < 200; i++) {
        for (int again = 0; again < 2; again++) /* the first read shares it, locked */
            gilt_decref(gilt_list_get(shared, i));
        GiltObject *number = gilt_int(1000 + i);
        gilt_list_append(shared, number);
        gilt_decref(number);
        gilt_safepoint();
    }
    gilt_list_clear(shared);
    gilt_lock_acquire(lock);
    gilt_lock_release(lock);
    other_is_done = true;
}

static void retire_much(void) {
    for (int round = 0; round < 300; round++) {
        GiltObject *list = gilt_list_new(NULL, 0);
        for (int i = 0; i < 60; i++) gilt_list_append(list, shared);
        gilt_decref(list);
        gilt_safepoint();
    }
}

/* The child runs the child's half of the fork's points. */
static void fork_once(void) {
    fflush(NULL);
    pid_t child = fork();
    if (!child) _exit(0);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void take_every_path(void) {
    fork_once();
    shared = gilt_list_new(NULL, 0);
    lock = gilt_lock_new();
    for (int i = 0; i < 200; i++) {
        GiltObject *number = gilt_int(5000 + i);
        gilt_list_append(shared, number);
        gilt_decref(number);
    }
    gilt_lock_acquire(lock);
    GiltThread *thread = gilt_thread_start(other, NULL);
    retire_much();
    while (gilt_list_size(shared)) gilt_safepoint();
    gilt_blocking_begin();
    usleep(20000); /* until it waits for the lock */
    gilt_blocking_end();
    gilt_lock_release(lock);
    gilt_thread_join(thread);
    gilt_gc_collect(2);
    gilt_decref(shared);
    gilt_decref(lock);
}

/* Enough for two threads to search together. */
static void collect_together(void) {
    options.gc_threads = 2;
    GiltObject *all = gilt_list_new(NULL, 0);
    for (int i = 0; i < 250000; i++) {
        GiltObject *list = gilt_list_new(NULL, 0);
        gilt_list_append(all, list);
        gilt_decref(list);
    }
    gilt_gc_collect(2);
    gilt_decref(all);
}

TEST(each_point_is_met) {
    chaos_visit = count_point;
    fight();
    take_every_path();
    collect_together();
    chaos_visit = NULL;
    for (ChaosPoint point = 0; point < CHAOS_KINDS; point++) {
        bool expected = is_of_this_mode(point);
        if (expected != (met[point] > 0))
            fail_msg("%s: met %u times in %s", names[point], met[point], gilt_mode());
    }
}

static unsigned noises(uint64_t seed) {
    unsigned count = 0;
    chaos_start(seed);
    for (int i = 0; i < 10000; i++) count = count * 31 + chaos(CHAOS_LOAD);
    chaos_start(0);
    return count;
}

TEST(the_noise_is_that_of_the_seed) {
    noises(3); /* the run itself may be one with the next seed */
    unsigned two = noises(2), one = noises(1);
    assert_int_not_equal(one, two);
    assert_int_equal(two, noises(2));
    assert_int_equal(one, noises(1));
    assert_int_equal(noises(0), 0);
}

/* Operations do the same, and end, whatever the noise. */
TEST(a_program_under_noise_does_the_same) {
    for (uint64_t seed = 1; seed <= 3; seed++) {
        chaos_start(seed);
        take_every_path();
        chaos_start(0);
        assert_true(other_is_done);
        other_is_done = false;
        assert_null(gilt_gc_verify());
    }
}

TESTS(test(each_point_is_met), test(the_noise_is_that_of_the_seed),
      test(a_program_under_noise_does_the_same))
#else
static void noise_needs_a_build_with_points(void **state) {
    (void)state;
    const char *const settings[] = {"chaos=1"};
    assert_string_equal(
        gilt_start(settings, 1),
        "this build has no points for chaos: make it with DEBUG=1, SAN= or CHAOS=1");
    const char *const none[] = {"chaos=0"};
    assert_null(gilt_start(none, 1));
    gilt_finish();
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(noise_needs_a_build_with_points)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
#endif
