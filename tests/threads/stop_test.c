/* stop_test.c: between world_stop and world_resume nobody else makes progress, whatever the
 * others are doing, and all of them go on after it.
 *
 * Every thread counts its steps, each of which it takes attached. No time is measured: a
 * stop that is too early shows as a step in between, one that never comes is ended by the
 * alarm. While the world is stopped nothing is asserted, because asserts jump. */
#include "core/object/object.h"
#include "core/threads/thread.h"
#include "tests/testing.h"
#include <unistd.h>

#ifdef __has_feature
#if __has_feature(thread_sanitizer)
#define __SANITIZE_THREAD__ 1
#endif
#endif
#ifdef __SANITIZE_THREAD__
enum { MANY = 200, STOPS = 60, AT_ONCE = 100 };
#else
enum { MANY = 1000, STOPS = 200, AT_ONCE = 1000 };
#endif
enum { FEW = 4 };

static atomic_long steps[MANY];
static atomic_int here;
static atomic_bool over;
static int ends[2];
static GiltObject *lock, *changed, *shared;

static void step(long number) { atomic_fetch_add(&steps[number], 1); }

static long sum_of_steps(void) {
    long sum = 0;
    for (int i = 0; i < MANY; i++) sum += atomic_load(&steps[i]);
    return sum;
}

/* ---- What threads do; the argument is their number ---- */

static void spin(void *number) {
    atomic_fetch_add(&here, 1);
    while (!atomic_load(&over)) {
        step((long)number);
        gilt_safepoint();
    }
}

static void come_and_go(void *number) {
    atomic_fetch_add(&here, 1);
    while (!atomic_load(&over)) {
        step((long)number);
        gilt_blocking_begin();
        gilt_blocking_end();
    }
}

/* Seldom, because a thousand that wait for a GIL wake each other all the time. */
static void sleep_long(void *number) {
    atomic_fetch_add(&here, 1);
    while (!atomic_load(&over)) {
        step((long)number);
        gilt_blocking_begin();
        nanosleep(&(struct timespec){.tv_nsec = 200000000}, NULL);
        gilt_blocking_end();
    }
}

static void sleep_again_and_again(void *number) {
    atomic_fetch_add(&here, 1);
    while (!atomic_load(&over)) {
        step((long)number);
        gilt_blocking_begin();
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        gilt_blocking_end();
    }
}

/* Ends when there is something to read, or nobody left to write it. */
static void read_pipe(void *number) {
    char letter;
    atomic_fetch_add(&here, 1);
    gilt_blocking_begin();
    ssize_t got = read(ends[0], &letter, 1);
    gilt_blocking_end();
    if (got >= 0) step((long)number);
}

static void take_lock(void *number) {
    atomic_fetch_add(&here, 1);
    gilt_lock_acquire(lock);
    step((long)number);
    gilt_lock_release(lock);
}

static void await_change(void *number) {
    gilt_lock_acquire(lock);
    atomic_fetch_add(&here, 1);
    gilt_condition_wait(changed);
    step((long)number);
    gilt_lock_release(lock);
}

static void take_object(void *number) {
    atomic_fetch_add(&here, 1);
    object_lock(shared);
    object_unlock(shared);
    step((long)number);
}

/* Makes others be waited for: what it retires needs a grace period. */
static void retire_all_the_time(void *number) {
    GiltObject *own = gilt_list_new(NULL, 0);
    atomic_fetch_add(&here, 1);
    while (!atomic_load(&over)) {
        step((long)number);
        for (int i = 0; i < 200; i++) gilt_list_append(own, shared);
        gilt_list_clear(own);
        gilt_safepoint();
    }
    gilt_decref(own);
}

static void short_life(void *number) { step((long)number); }

static void start_and_join(void *number) {
    atomic_fetch_add(&here, 1);
    while (!atomic_load(&over)) {
        GiltThread *thread = gilt_thread_start(short_life, number);
        if (!thread || !gilt_thread_join(thread)) return;
    }
}

/* ---- Stopping ---- */

static GiltThread *threads[MANY];

static void pause_briefly(void) {
    gilt_blocking_begin();
    usleep(50);
    gilt_blocking_end();
}

static void wait_until_here(int count) {
    while (atomic_load(&here) < count) pause_briefly();
}

static void start(int from, int count, void (*run)(void *)) {
    for (int i = from; i < from + count; i++)
        assert_non_null(threads[i] = gilt_thread_start(run, (void *)(long)i));
}

static void begin(void) {
    for (int i = 0; i < MANY; i++) atomic_store(&steps[i], 0);
    atomic_store(&here, 0);
    atomic_store(&over, false);
    gilt_set_switch_interval(1e-4);
    assert_int_equal(pipe(ends), 0);
    lock = gilt_lock_new();
    changed = gilt_condition_new(lock);
    shared = gilt_list_new(NULL, 0);
}

static void end(int count) {
    atomic_store(&over, true);
    close(ends[1]);
    for (int i = 0; i < count; i++) assert_true(gilt_thread_join(threads[i]));
    close(ends[0]);
    gilt_decref(changed);
    gilt_decref(lock);
    gilt_decref(shared);
}

/* One stop. Does `during` meanwhile, after which others might go on if they were let. */
static bool nobody_moves(void (*during)(void)) {
    world_stop();
    long before = sum_of_steps();
    if (during) during();
    usleep(100);
    bool same = sum_of_steps() == before;
    world_resume();
    gilt_safepoint();
    return same;
}

static void wait_for_step(void) {
    for (long before = sum_of_steps(); sum_of_steps() == before;) pause_briefly();
}

/* Stops again and again, and in between somebody moves. */
static void stop_often(int stops) {
    int moved = 0;
    for (int i = 0; i < stops; i++) {
        moved += !nobody_moves(NULL);
        wait_for_step();
    }
    assert_int_equal(moved, 0);
}

static void stop_while(int count, void (*run)(void *)) {
    begin();
    start(0, count, run);
    wait_until_here(count);
    stop_often(STOPS);
    end(count);
}

TEST(threads_at_safepoints_stop) { stop_while(FEW, spin); }
TEST(threads_that_attach_and_detach_all_the_time_stop) { stop_while(FEW, come_and_go); }
TEST(threads_that_sleep_cannot_attach_meanwhile) { stop_while(FEW, sleep_again_and_again); }
TEST(threads_that_start_and_end_stop) { stop_while(FEW, start_and_join); }
TEST(threads_that_wait_for_grace_periods_stop) { stop_while(FEW, retire_all_the_time); }

/* ---- Threads that block are stopped, and stay so when what they wait for comes ---- */

static void write_letters(void) {
    for (int i = 0; i < FEW; i++)
        if (write(ends[1], "x", 1) != 1) step(0);
}

TEST(a_thread_in_a_read_counts_as_stopped) {
    begin();
    start(0, FEW, read_pipe);
    wait_until_here(FEW);
    for (int i = 0; i < 10; i++) assert_true(nobody_moves(NULL));
    assert_true(nobody_moves(write_letters));
    for (int i = 0; i < FEW; i++) assert_true(gilt_thread_join(threads[i]));
    assert_int_equal(sum_of_steps(), FEW);
    end(0);
}

static void release_lock(void) { gilt_lock_release(lock); }

TEST(a_thread_that_waits_for_a_lock_counts_as_stopped) {
    begin();
    gilt_lock_acquire(lock);
    start(0, FEW, take_lock);
    wait_until_here(FEW);
    for (int i = 0; i < 10; i++) assert_true(nobody_moves(NULL));
    assert_true(nobody_moves(release_lock));
    for (int i = 0; i < FEW; i++) assert_true(gilt_thread_join(threads[i]));
    assert_int_equal(sum_of_steps(), FEW);
    end(0);
}

static void change(void) {
    gilt_condition_notify(changed, FEW);
    gilt_lock_release(lock);
}

TEST(a_thread_that_waits_for_a_condition_counts_as_stopped) {
    begin();
    start(0, FEW, await_change);
    wait_until_here(FEW);
    gilt_lock_acquire(lock); /* free: so all of them wait */
    for (int i = 0; i < 10; i++) assert_true(nobody_moves(NULL));
    assert_true(nobody_moves(change));
    for (int i = 0; i < FEW; i++) assert_true(gilt_thread_join(threads[i]));
    assert_int_equal(sum_of_steps(), FEW);
    end(0);
}

/* ---- Locks of objects, where there are any ---- */

static void unlock_shared(void) { object_unlock(shared); }

static bool is_waited_for(GiltObject *o) {
    unsigned lock = __atomic_load_n((uint8_t *)&o->refs.lock, __ATOMIC_SEQ_CST);
    return lock & 1 ? lock & 2 : lock & 4; /* held by its byte: parked; or else: revoking */
}

TEST(a_thread_that_waits_for_an_object_counts_as_stopped) {
    if (strcmp(gilt_mode(), "nogil")) skip();
    begin();
    object_lock(shared);
    start(0, FEW, take_object);
    wait_until_here(FEW);
    while (!is_waited_for(shared)) usleep(50);
    for (int i = 0; i < 10; i++) assert_true(nobody_moves(NULL));
    assert_true(nobody_moves(unlock_shared));
    for (int i = 0; i < FEW; i++) assert_true(gilt_thread_join(threads[i]));
    assert_int_equal(sum_of_steps(), FEW);
    end(0);
}

/* A thread has locked the first of two objects by its bias and waits for the second. What
 * others have dropped for it is merged by who has the world stopped: but not now, for then
 * the bias would be nobody's, and a third could come in. */
static GiltObject *first, *second;

static void take_two(void *number) {
    GiltObject *a = gilt_list_new(NULL, 0), *b = gilt_list_new(NULL, 0);
    first = a < b ? a : b;
    second = a < b ? b : a;
    atomic_fetch_add(&here, 1);
    while (!atomic_load(&over)) gilt_safepoint();
    gilt_incref(first); /* counted by its owner, and dropped by the main thread */
    lock_take_two(&first->refs, &second->refs);
    step((long)number);
    lock_drop_two(&first->refs, &second->refs);
}

static void take_first(void *number) {
    atomic_fetch_add(&here, 1);
    object_lock(first);
    object_unlock(first);
    step((long)number);
}

TEST(who_waits_for_a_second_lock_keeps_the_first) {
    if (strcmp(gilt_mode(), "nogil")) skip();
    begin();
    start(0, 1, take_two);
    wait_until_here(1);
    object_lock(second);
    atomic_store(&over, true);
    while (!is_waited_for(second)) usleep(50);
    gilt_decref(first); /* to the queue of its owner, who is away */
    world_stop();
    ref_merge_stopped();
    world_resume();
    start(1, 1, take_first);
    wait_until_here(2);
    for (int i = 0; i < 20; i++) pause_briefly();
    long moved = sum_of_steps();
    object_unlock(second);
    for (int i = 0; i < 2; i++) assert_true(gilt_thread_join(threads[i]));
    gilt_decref(first);
    gilt_decref(second);
    end(0);
    assert_int_equal(moved, 0);
    assert_int_equal(sum_of_steps(), 2);
}

/* ---- Many ---- */

TEST(a_thousand_threads_stop) {
    begin();
    gilt_set_switch_interval(1e-3);
    start(0, MANY / 2, read_pipe);
    start(MANY / 2, MANY / 2 - 4, sleep_long);
    start(MANY - 4, 2, spin);
    start(MANY - 2, 2, come_and_go);
    wait_until_here(MANY);
    stop_often(20);
    end(MANY);
}

/* All of them at once, while the world is being stopped and not. */
TEST(threads_that_begin_meanwhile_stop) {
    begin();
    int moved = 0;
    for (int i = 0; i < MANY / 8; i++) {
        start(i, 1, i % 4 ? read_pipe : i % 64 ? sleep_long : spin);
        moved += !nobody_moves(NULL);
    }
    assert_int_equal(moved, 0);
    end(MANY / 8);
}

/* ---- Several threads that stop the world ---- */

static atomic_int inside, mistakes;
static long plain; /* only touched while the world is stopped */

static void stop_and_count(void *number) {
    atomic_fetch_add(&here, 1);
    for (int i = 0; i < AT_ONCE; i++) {
        world_stop();
        if (atomic_fetch_add(&inside, 1)) atomic_fetch_add(&mistakes, 1);
        long before = sum_of_steps();
        plain++;
        if (sum_of_steps() != before) atomic_fetch_add(&mistakes, 1);
        atomic_fetch_sub(&inside, 1);
        world_resume();
        step((long)number);
        if (i % 3) gilt_safepoint();
    }
}

/* Half of the threads stop the world, half of them are `others`. */
static void stop_at_once(int stoppers, int others, void (*run)(void *)) {
    begin();
    plain = 0;
    atomic_store(&mistakes, 0);
    start(0, stoppers, stop_and_count);
    start(stoppers, others, run);
    for (int i = 0; i < stoppers; i++) assert_true(gilt_thread_join(threads[i]));
    for (int i = 0; i < others; i++) threads[i] = threads[stoppers + i];
    end(others);
    assert_int_equal(atomic_load(&mistakes), 0);
    assert_int_equal(plain, stoppers * AT_ONCE);
}

TEST(two_threads_that_ask_at_once_take_turns) { stop_at_once(2, 0, NULL); }
TEST(eight_threads_that_ask_at_once_take_turns) { stop_at_once(8, 0, NULL); }
TEST(several_threads_stop_others_that_run) { stop_at_once(3, FEW, spin); }
TEST(several_threads_stop_others_that_come_and_go) { stop_at_once(3, FEW, come_and_go); }
TEST(several_threads_stop_others_that_start_and_end) {
    stop_at_once(2, FEW, start_and_join);
}
TEST(several_threads_stop_others_that_retire) { stop_at_once(2, FEW, retire_all_the_time); }

/* ---- What others have half done is done after the stop ---- */

static void start_with_waits(void) {
    const char *settings[] = {"retire=2000"};
    gilt_finish();
    assert_null(gilt_start(settings, 1));
    testing_blocks = gilt_memory().blocks;
}

TEST(threads_that_always_wait_for_grace_periods_stop) {
    start_with_waits();
    stop_while(FEW, retire_all_the_time);
}

TEST(several_threads_stop_others_that_always_wait) {
    start_with_waits();
    stop_at_once(2, FEW, retire_all_the_time);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        test(threads_at_safepoints_stop),
        test(threads_that_attach_and_detach_all_the_time_stop),
        test(threads_that_sleep_cannot_attach_meanwhile),
        test(threads_that_start_and_end_stop),
        test(threads_that_wait_for_grace_periods_stop),
        test(a_thread_in_a_read_counts_as_stopped),
        test(a_thread_that_waits_for_a_lock_counts_as_stopped),
        test(a_thread_that_waits_for_a_condition_counts_as_stopped),
        test(a_thread_that_waits_for_an_object_counts_as_stopped),
        test(who_waits_for_a_second_lock_keeps_the_first),
        test(a_thousand_threads_stop),
        test(threads_that_begin_meanwhile_stop),
        test(two_threads_that_ask_at_once_take_turns),
        test(eight_threads_that_ask_at_once_take_turns),
        test(several_threads_stop_others_that_run),
        test(several_threads_stop_others_that_come_and_go),
        test(several_threads_stop_others_that_start_and_end),
        test(several_threads_stop_others_that_retire),
        test(threads_that_always_wait_for_grace_periods_stop),
        test(several_threads_stop_others_that_always_wait),
    };
    alarm(300); /* a stop that never comes */
    return cmocka_run_group_tests_name("stop", tests, NULL, NULL);
}
