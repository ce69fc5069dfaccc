/* held_lock_test.c: one thread is held inside of an object's lock, or on its way there or
 * to sleep, and nobody else gets in, and no wake-up is lost. The argument: nogil/lock.h. */
#include "core/types/list.h"
#include "tests/threads/held.h"

static GiltObject *list, *second, *object, *lock;
static atomic_int step;

static void await_step(int wanted) {
    gilt_blocking_begin();
    while (atomic_load(&step) < wanted) sched_yield();
    gilt_blocking_end();
}

static void append_held(void) {
    held_arm();
    check(gilt_list_append(list, gilt_none()));
}

static void append_other(void) {
    other_arm();
    check(gilt_list_append(list, gilt_none()));
}

static void make_and_append(void) {
    list = gilt_list_new(NULL, 0);
    append_held();
}

static void finish(size_t size) {
    held_release();
    other_join();
    assert_int_equal(gilt_list_size(list), size);
    gilt_decref(list);
    hold_end();
}

TEST(a_stranger_waits_until_the_owner_is_out) {
    ONLY_NOGIL;
    hold_begin();
    held_start(make_and_append, CHAOS_LOCK, 0);
    held_await();
    other_start(append_other);
    check(other_waits());
    finish(2);
}

TEST(so_does_a_second_stranger) {
    ONLY_NOGIL;
    hold_begin();
    held_start(make_and_append, CHAOS_LOCK, 0);
    held_await();
    other_start(append_other);
    check(other_waits());
    other_start(append_other);
    check(other_waits());
    finish(3);
}

/* The owner has said that it is inside, and has not looked whether it may. */
TEST(a_stranger_waits_for_an_owner_that_is_about_to_look) {
    ONLY_NOGIL;
    hold_begin();
    held_start(make_and_append, CHAOS_BIAS, 0);
    held_await();
    other_start(append_other);
    check(other_waits());
    finish(2);
}

static void make_and_append_late(void) {
    list = gilt_list_new(NULL, 0);
    atomic_store(&step, 1);
    await_step(2);
    append_other();
}

TEST(the_owner_waits_for_a_stranger_that_is_inside) {
    ONLY_NOGIL;
    hold_begin();
    atomic_store(&step, 0);
    other_start(make_and_append_late);
    await_step(1);
    held_start(append_held, CHAOS_LOCK, 0);
    held_await();
    atomic_store(&step, 2);
    check(other_waits());
    finish(2);
}

/* ---- Two locks ---- */

static void append_to_second(void) {
    held_arm();
    check(gilt_list_append(second, gilt_none()));
}

static void make_and_extend(void) {
    GiltObject *a = gilt_list_new(NULL, 0), *b = gilt_list_new(NULL, 0);
    list = a < b ? a : b;
    second = a < b ? b : a;
    object = counted_new();
    atomic_store(&step, 1);
    await_step(2);
    other_arm();
    check(gilt_list_extend(list, second));
}

/* What is merged in a thread's place loses its owner, and with it whoever is inside by its
 * bias. So nothing is, while the thread waits for a lock and holds another. */
TEST(nobody_merges_for_a_thread_that_holds_a_lock) {
    ONLY_NOGIL;
    if (strcmp(ref_policy(), "biased")) skip();
    hold_begin();
    atomic_store(&step, 0);
    other_start(make_and_extend);
    await_step(1);
    held_start(append_to_second, CHAOS_LOCK, 0);
    held_await();
    atomic_store(&step, 2);
    check(other_waits());
    gilt_decref(object);
    check(!atomic_load(&died));
    held_release();
    other_join();
    gilt_safepoint();
    assert_int_equal(atomic_load(&died), 1);
    gilt_decref(list);
    gilt_decref(second);
    hold_end();
}

/* ---- Locks for programs ---- */

static void acquire(void) {
    held_arm();
    check(gilt_lock_acquire(lock));
    check(gilt_lock_release(lock));
}

TEST(who_is_about_to_wait_when_the_lock_is_released_gets_it) {
    if (!CHAOS_IS_HERE) skip();
    hold_begin();
    lock = gilt_lock_new();
    gilt_lock_acquire(lock);
    held_start(acquire, CHAOS_PARK, 0);
    held_await();
    gilt_lock_release(lock);
    held_release();
    gilt_decref(lock);
    hold_end();
}

TESTS(test(a_stranger_waits_until_the_owner_is_out), test(so_does_a_second_stranger),
      test(a_stranger_waits_for_an_owner_that_is_about_to_look),
      test(the_owner_waits_for_a_stranger_that_is_inside),
      test(nobody_merges_for_a_thread_that_holds_a_lock),
      test(who_is_about_to_wait_when_the_lock_is_released_gets_it))
