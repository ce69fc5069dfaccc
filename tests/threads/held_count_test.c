/* held_count_test.c: an owner is held while it drops or merges its last count, and others
 * count or drop meanwhile; and what is in a merge queue is merged once, and by nobody else.
 * The numbers in brackets are those of nogil/refcount_biased.h. */
#include "core/threads/thread.h"
#include "tests/threads/held.h"

#define ONLY_BIASED                                                                        \
    do {                                                                                   \
        ONLY_NOGIL;                                                                        \
        if (strcmp(ref_policy(), "biased")) skip();                                        \
    } while (0)

static GiltObject *object, *weak;
static atomic_int step; /* who is next, in tests in which two threads act by turns */

static void await_step(int wanted) {
    while (atomic_load(&step) < wanted) sched_yield();
}

/* The same for the main thread, which lets others collect and wait for readers. */
static void await_step_detached(int wanted) {
    gilt_blocking_begin();
    await_step(wanted);
    gilt_blocking_end();
}

static void make(int references) {
    object = counted_new();
    while (--references) gilt_incref(object);
    weak = gilt_weakref_new(object, NULL);
}

static int dead(void) { return (int)atomic_load(&died); }

/* [3] */
static void make_and_drop(void) {
    make(1);
    held_arm();
    gilt_decref(object);
}

TEST(an_owner_at_zero_sees_who_counts_at_the_last_moment) {
    ONLY_BIASED;
    hold_begin();
    held_start(make_and_drop, CHAOS_ZERO, 1); /* the second look */
    held_await();
    GiltObject *got = gilt_weakref_get(weak);
    check(got == object);
    held_release();
    assert_int_equal(dead(), 0);
    gilt_decref(got);
    gilt_safepoint();
    assert_int_equal(dead(), 1);
    gilt_decref(weak);
    hold_end();
}

/* [1], [3] */
static void make_and_wait(void) {
    make(1);
    gilt_decref(weak);
    atomic_store(&step, 1);
    await_step(2);
    gilt_decref(object);
    check(!dead());
}

/* The main thread drops, below zero, one of two references that the owner has counted, and
 * counts once more while the owner merges. */
static void make_and_merge(void) {
    make(2);
    atomic_store(&step, 1);
    await_step(2);
    held_arm();
    gilt_safepoint();
    gilt_decref(object);
}

TEST(a_count_that_comes_while_the_owner_merges_is_not_lost) {
    ONLY_BIASED;
    hold_begin();
    atomic_store(&step, 0);
    held_start(make_and_merge, CHAOS_MERGE, 0);
    await_step_detached(1);
    gilt_decref(object);
    atomic_store(&step, 2);
    held_await();
    GiltObject *got = gilt_weakref_get(weak);
    check(got == object);
    held_release();
    assert_int_equal(dead(), 0);
    gilt_decref(got);
    gilt_safepoint();
    assert_int_equal(dead(), 1);
    gilt_decref(weak);
    hold_end();
}

/* ---- Two threads by turns: nobody is held, the other one is only started as such ---- */

static void other_begin(void (*body)(void)) {
    hold_begin();
    atomic_store(&step, 0);
    other_start(body);
    await_step_detached(1);
}

static void other_end(void) {
    atomic_store(&step, 2);
    other_join();
    assert_int_equal(dead(), 1);
    hold_end();
}

TEST(an_owner_at_zero_sees_who_has_counted_before) {
    ONLY_BIASED;
    other_begin(make_and_wait);
    gilt_incref(object);
    atomic_store(&step, 2);
    other_join();
    assert_int_equal(dead(), 0);
    gilt_decref(object);
    gilt_safepoint();
    assert_int_equal(dead(), 1);
    hold_end();
}

/* [4] */
static void make_and_drop_both(void) {
    make(2);
    atomic_store(&step, 1);
    await_step(2);
    gilt_decref(object);
    gilt_decref(object);
    gilt_decref(weak);
    gilt_safepoint();
}

TEST(what_is_in_a_queue_dies_by_the_queue_alone) {
    ONLY_BIASED;
    other_begin(make_and_drop_both);
    gilt_decref(object); /* queued */
    gilt_incref(object); /* the one that it drops for us */
    other_end();
}

/* [4] */
static void make_for_other(void) {
    make(2);
    gilt_decref(weak);
    atomic_store(&step, 1);
    await_step(2);
    gilt_safepoint();
}

TEST(what_is_dropped_below_zero_twice_is_queued_once) {
    ONLY_BIASED;
    other_begin(make_for_other);
    gilt_decref(object);
    gilt_decref(object);
    other_end();
}

/* nogil/world.h: who detaches is told what has come for it. */
static void make_and_detach(void) {
    make(1);
    gilt_decref(weak);
    atomic_store(&step, 1);
    await_step(2);
    check(!world_detach());
    world_attach();
    gilt_safepoint();
    check(dead() == 1);
}

TEST(who_detaches_is_told_that_its_queue_is_not_empty) {
    ONLY_BIASED;
    other_begin(make_and_detach);
    gilt_decref(object);
    other_end();
}

static void make_and_block_at_once(void) {
    make(1);
    gilt_decref(weak);
    atomic_store(&step, 1);
    await_step(2);
    gilt_blocking_begin();
    check(dead() == 1);
    gilt_blocking_end();
}

TEST(who_blocks_leaves_nothing_in_its_queue) {
    ONLY_BIASED;
    other_begin(make_and_block_at_once);
    gilt_decref(object);
    other_end();
}

static void make_and_end(void) {
    make(1);
    gilt_decref(weak);
    atomic_store(&step, 1);
    await_step(2);
}

TEST(who_ends_leaves_nothing_in_its_queue) {
    ONLY_BIASED;
    other_begin(make_and_end);
    gilt_decref(object);
    other_end();
}

/* The owner blocks for long: nobody waits for it. */
static void make_and_block(void) {
    make(1);
    gilt_decref(weak);
    gilt_blocking_begin();
    atomic_store(&step, 1);
    await_step(2);
    gilt_blocking_end();
}

TEST(what_is_dropped_for_a_thread_that_is_away_dies_at_once) {
    ONLY_BIASED;
    other_begin(make_and_block);
    gilt_decref(object);
    gilt_safepoint();
    assert_int_equal(dead(), 1);
    other_end();
}

/* It has no work of its own, and never blocks. */
static void make_and_run(void) {
    make(1);
    gilt_decref(weak);
    atomic_store(&step, 1);
    while (atomic_load(&step) < 2) gilt_safepoint();
    for (int i = 0; i < 10; i++) gilt_safepoint();
    check(dead() == 1);
}

TEST(what_is_dropped_for_a_thread_that_runs_dies_at_its_safepoint) {
    ONLY_BIASED;
    other_begin(make_and_run);
    gilt_decref(object);
    other_end();
}

TESTS(test(an_owner_at_zero_sees_who_counts_at_the_last_moment),
      test(a_count_that_comes_while_the_owner_merges_is_not_lost),
      test(an_owner_at_zero_sees_who_has_counted_before),
      test(what_is_in_a_queue_dies_by_the_queue_alone),
      test(what_is_dropped_below_zero_twice_is_queued_once),
      test(who_detaches_is_told_that_its_queue_is_not_empty),
      test(who_blocks_leaves_nothing_in_its_queue),
      test(who_ends_leaves_nothing_in_its_queue),
      test(what_is_dropped_for_a_thread_that_is_away_dies_at_once),
      test(what_is_dropped_for_a_thread_that_runs_dies_at_its_safepoint))
