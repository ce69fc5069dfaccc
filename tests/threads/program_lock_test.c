/* program_lock_test.c: locks and conditions for programs, and what needs one: whatever
 * takes more than one operation. */
#include "tests/threads/together.h"

enum { MANY = 4, TURNS = 8000, QUEUED = 2000 };

static GiltObject *lock, *condition, *dict, *key;
static long plain; /* only touched with the lock */

static void begin(void) {
    plain = 0;
    assert_non_null(lock = gilt_lock_new());
    assert_non_null(condition = gilt_condition_new(lock));
}

static void finish(void) {
    gilt_decref(condition);
    gilt_decref(lock);
}

/* ---- locks ---- */

static atomic_int inside;

static void stay_inside(void) {
    check(atomic_fetch_add(&inside, 1) == 0);
    plain++;
    gilt_safepoint();
    check(atomic_fetch_sub(&inside, 1) == 1);
}

static void acquire(int number) {
    (void)number;
    for (int i = 0; i < TURNS; i++, gilt_safepoint()) {
        check(gilt_lock_acquire(lock));
        stay_inside();
        check(gilt_lock_release(lock));
    }
}

TEST(a_lock_lets_one_thread_in) {
    begin();
    together(MANY, acquire, 0, NULL);
    assert_int_equal(plain, MANY * TURNS);
    finish();
}

static void acquire_or_try(int number) {
    long count = 0;
    for (int i = 0; i < TURNS; i++, gilt_safepoint()) {
        if (number == 0)
            check(gilt_lock_acquire(lock));
        else if (!gilt_lock_try(lock))
            continue;
        stay_inside();
        count++;
        check(gilt_lock_release(lock));
    }
    atomic_fetch_add(&sum, count);
}

TEST(whoever_tries_a_lock_gets_it_alone_or_not) {
    begin();
    together(MANY, acquire_or_try, 0, NULL);
    assert_int_equal(plain, atomic_load(&sum));
    assert_true(gilt_lock_try(lock) && !gilt_lock_try(lock));
    assert_true(gilt_lock_release(lock));
    finish();
}

static void release_once(int number) {
    (void)number;
    if (gilt_lock_release(lock))
        atomic_fetch_add(&sum, 1);
    else
        check(gilt_error_is(GILT_RUNTIME_ERROR));
    gilt_error_clear();
}

TEST(of_threads_that_release_a_lock_at_once_one_does) {
    begin();
    for (int round = 0; round < 60; round++) {
        assert_true(gilt_lock_acquire(lock));
        together(2, release_once, 0, NULL);
        assert_int_equal(atomic_load(&sum), 1);
    }
    finish();
}

/* ---- conditions ---- */

static GiltObject *queue;

static void produce(int number) {
    for (int i = 0; i < QUEUED; i++, gilt_safepoint()) {
        GiltObject *item = gilt_int(1000 + number);
        check(gilt_lock_acquire(lock));
        check(gilt_list_append(queue, item));
        check(gilt_condition_notify(condition, 1));
        check(gilt_lock_release(lock));
        gilt_decref(item);
    }
}

/* Nobody notifies again if one is lost. */
static void consume(int number) {
    (void)number;
    long total = 0;
    for (int i = 0; i < QUEUED; i++, gilt_safepoint()) {
        check(gilt_lock_acquire(lock));
        while (!gilt_list_size(queue)) check(gilt_condition_wait(condition));
        GiltObject *item = gilt_list_pop(queue, 0);
        check(gilt_lock_release(lock));
        int64_t value = 0;
        check(item && gilt_int_value(item, &value));
        gilt_decref(item);
        total += value - 1000;
    }
    atomic_fetch_add(&sum, total);
}

TEST(a_queue_with_a_condition_loses_no_item_and_no_waiter) {
    begin();
    queue = gilt_list_new(NULL, 0);
    together(2, produce, 2, consume);
    assert_int_equal(gilt_list_size(queue), 0);
    assert_int_equal(atomic_load(&sum), QUEUED);
    gilt_decref(queue);
    finish();
}

static int waiting_now, open; /* with the lock */

static void wait_for_the_gate(int number) {
    (void)number;
    check(gilt_lock_acquire(lock));
    waiting_now++;
    while (!open) check(gilt_condition_wait(condition));
    check(gilt_lock_release(lock));
}

static void open_the_gate(int number) {
    (void)number;
    for (bool all = false; !all; gilt_safepoint()) {
        check(gilt_lock_acquire(lock));
        all = waiting_now == MANY;
        if (all) {
            open = 1;
            check(gilt_condition_notify(condition, MANY));
        }
        check(gilt_lock_release(lock));
    }
}

TEST(notify_wakes_all_that_wait) {
    for (int round = 0; round < 10; round++) {
        begin();
        waiting_now = open = 0;
        together(MANY, wait_for_the_gate, 1, open_the_gate);
        finish();
    }
}

/* ---- more than one operation ---- */

/* x += 1 for the value of a key. */
static int64_t get_count(void) {
    int64_t value = -1;
    GiltObject *count = gilt_dict_get(dict, key);
    check(count && gilt_int_value(count, &value));
    gilt_decref(count);
    return value;
}

static void set_count(int64_t value) {
    GiltObject *count = gilt_int(value);
    check(gilt_dict_set(dict, key, count));
    gilt_decref(count);
}

static void increment_locked(int number) {
    (void)number;
    for (int i = 0; i < TURNS; i++, gilt_safepoint()) {
        check(gilt_lock_acquire(lock));
        set_count(get_count() + 1);
        check(gilt_lock_release(lock));
    }
}

static void begin_count(void) {
    begin();
    dict = gilt_dict_new();
    key = gilt_str_from("count");
    set_count(0);
}

static void finish_count(void) {
    gilt_decref(dict);
    gilt_decref(key);
    finish();
}

TEST(increments_with_a_lock_lose_nothing) {
    begin_count();
    together(MANY, increment_locked, 0, NULL);
    assert_int_equal(get_count(), MANY * TURNS);
    finish_count();
}

static atomic_int have_read;

/* Both have read before either writes. */
static void increment_together(int number) {
    (void)number;
    int64_t value = get_count();
    atomic_fetch_add(&have_read, 1);
    while (atomic_load(&have_read) < 2) gilt_safepoint();
    set_count(value + 1);
}

TEST(of_two_increments_without_a_lock_one_may_be_lost) {
    begin_count();
    atomic_store(&have_read, 0);
    together(2, increment_together, 0, NULL);
    assert_int_equal(get_count(), 1);
    finish_count();
}

TESTS(test(a_lock_lets_one_thread_in), test(whoever_tries_a_lock_gets_it_alone_or_not),
      test(of_threads_that_release_a_lock_at_once_one_does),
      test(a_queue_with_a_condition_loses_no_item_and_no_waiter),
      test(notify_wakes_all_that_wait), test(increments_with_a_lock_lose_nothing),
      test(of_two_increments_without_a_lock_one_may_be_lost))
