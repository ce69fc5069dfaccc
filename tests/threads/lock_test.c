/* lock_test.c: an object's lock lets one thread in, also while its bias is being ended. */
#include "core/object/object.h"
#include "core/threads/thread.h"
#include "tests/testing.h"

enum { THREADS = 4, ROUNDS = 20000, OBJECTS = 60 };

typedef struct Counter {
    Object *object;
    long plain; /* only touched with the object's lock */
} Counter;

static Counter counters[OBJECTS];
static _Atomic int ready;

static void add_many(Counter *counter, int rounds) {
    for (int i = 0; i < rounds; i++) {
        object_lock(counter->object);
        counter->plain++;
        object_unlock(counter->object);
        safepoint();
    }
}

static void meet(int threads) {
    atomic_fetch_add(&ready, 1);
    gilt_blocking_begin();
    while (atomic_load(&ready) < threads) cpu_relax();
    gilt_blocking_end();
}

static void contend(void *unused) {
    (void)unused;
    meet(THREADS);
    add_many(&counters[0], ROUNDS);
}

static void run_all(void (*run)(void *), int threads) {
    GiltThread *thread[THREADS];
    atomic_store(&ready, 0);
    for (int i = 0; i < threads; i++)
        assert_non_null(thread[i] = gilt_thread_start(run, NULL));
    for (int i = 0; i < threads; i++) assert_true(gilt_thread_join(thread[i]));
}

TEST(many_threads_take_turns) {
    counters[0] = (Counter){gilt_list_new(NULL, 0), 0};
    run_all(contend, THREADS);
    assert_int_equal(counters[0].plain, THREADS * ROUNDS);
    decref(counters[0].object);
}

/* One thread makes the objects and locks them all the time; the other comes and ends the
 * bias of one after the other. */
static void own(void *unused) {
    (void)unused;
    for (int i = 0; i < OBJECTS; i++) counters[i] = (Counter){gilt_list_new(NULL, 0), 0};
    meet(2);
    for (int round = 0; round < 300; round++)
        for (int i = 0; i < OBJECTS; i++) add_many(&counters[i], 5);
    meet(4); /* do not end, or another might adopt what is still in use */
}

static void intrude(void *unused) {
    (void)unused;
    meet(2);
    for (int i = 0; i < OBJECTS; i++) add_many(&counters[i], 300);
    meet(4);
}

TEST(a_bias_ends_without_letting_two_in) {
    GiltThread *owner, *stranger;
    atomic_store(&ready, 0);
    assert_non_null(owner = gilt_thread_start(own, NULL));
    assert_non_null(stranger = gilt_thread_start(intrude, NULL));
    assert_true(gilt_thread_join(owner));
    assert_true(gilt_thread_join(stranger));
    for (int i = 0; i < OBJECTS; i++) {
        assert_int_equal(counters[i].plain, 300 * 5 + 300);
        decref(counters[i].object);
    }
}

static void take_pairs(void *backwards) {
    meet(2);
    Counter *a = &counters[backwards ? 1 : 0], *b = &counters[backwards ? 0 : 1];
    for (int i = 0; i < ROUNDS; i++) {
        lock_take_two(&a->object->refs, &b->object->refs);
        a->plain++;
        b->plain++;
        lock_drop_two(&a->object->refs, &b->object->refs);
        safepoint();
    }
}

TEST(two_locks_are_taken_in_one_order) {
    for (int i = 0; i < 2; i++) counters[i] = (Counter){gilt_list_new(NULL, 0), 0};
    GiltThread *one, *two;
    atomic_store(&ready, 0);
    assert_non_null(one = gilt_thread_start(take_pairs, NULL));
    assert_non_null(two = gilt_thread_start(take_pairs, &ready));
    assert_true(gilt_thread_join(one));
    assert_true(gilt_thread_join(two));
    for (int i = 0; i < 2; i++) {
        assert_int_equal(counters[i].plain, 2 * ROUNDS);
        decref(counters[i].object);
    }
}

TESTS(test(many_threads_take_turns), test(a_bias_ends_without_letting_two_in),
      test(two_locks_are_taken_in_one_order))
