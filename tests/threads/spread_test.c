/* spread_test.c: an object that several threads count again and again is spread
 * (nogil/refcache.h): each counts it in a cache of its own. It must have no other effect
 * than that it dies a little later: at a safepoint of a thread that has dropped more than
 * it had counted, or when all counts are gathered. The numbers in brackets are those of
 * nogil/refcache.h. In gil, and where counts are atomic, it dies at once. */
#include "core/mode.h"
#include "core/options.h"
#include "tests/faults/failing_malloc.h"
#include "tests/threads/counted.h"
#include "tests/threads/forking.h"
#include <sched.h>

enum { COUNTERS = 2, TURNS = 200 };

static GiltObject *object;
static GiltThread *counters[COUNTERS];
static int kept; /* references that each of them keeps, till it may go on */
static atomic_int turn, ready, stage;

static bool is_biased(void) {
    return !strcmp(gilt_mode(), "nogil") && !strcmp(ref_policy(), "biased");
}

/* Detached, so that who stops the world need not wait. */
static void await_stage(int wanted) {
    gilt_blocking_begin();
    while (atomic_load(&stage) < wanted) sched_yield();
    gilt_blocking_end();
}

/* By turns, so that each sees that the other has been there. */
static void count(void *number) {
    int mine = (int)(intptr_t)number;
    for (int i = mine; i < TURNS; i += COUNTERS) {
        while (atomic_load(&turn) != i) {
            gilt_safepoint();
            sched_yield();
        }
        gilt_incref(object);
        gilt_decref(object);
        atomic_store(&turn, i + 1);
    }
    for (int i = 0; i < kept; i++) gilt_incref(object);
    atomic_fetch_add(&ready, 1);
    await_stage(1);
    for (int i = 0; i < kept; i++) gilt_decref(object);
    gilt_safepoint();
    atomic_fetch_add(&ready, 1);
    await_stage(2);
}

static void await_ready(int wanted) {
    gilt_blocking_begin();
    while (atomic_load(&ready) < wanted) sched_yield();
    gilt_blocking_end();
}

/* Spread now, with one reference here and `keep` in each thread. */
static void be_spread(int keep) {
    gilt_gc_disable();
    kept = keep;
    atomic_store(&turn, -1);
    atomic_store(&ready, 0);
    atomic_store(&stage, 0);
    atomic_store(&wrong, 0);
    object = counted_new();
    for (intptr_t i = 0; i < COUNTERS; i++)
        assert_non_null(counters[i] = gilt_thread_start(count, (void *)i));
    gilt_blocking_begin(); /* so that the owner of the object is away */
    atomic_store(&turn, 0);
    while (atomic_load(&ready) < COUNTERS) sched_yield();
    gilt_blocking_end();
}

static void spread_begin(int keep) {
    alarm(300);
    counted_begin();
    be_spread(keep);
}

static void drop_kept(void) {
    atomic_store(&stage, 1);
    await_ready(2 * COUNTERS);
}

static void spread_end(void) {
    atomic_store(&stage, 2);
    for (int i = 0; i < COUNTERS; i++) assert_true(gilt_thread_join(counters[i]));
    counted_end();
    gilt_gc_enable();
}

static int dead(void) { return (int)atomic_load(&died); }

/* What has died by the stop is destroyed at the next safepoint. */
static void gather(int generation) {
    gilt_gc_collect(generation);
    gilt_safepoint();
}

/* [1], [2], [4] */
TEST(what_is_spread_dies_when_the_counts_are_gathered) {
    spread_begin(0);
    drop_kept();
    gilt_decref(object);
    assert_int_equal(dead(), !is_biased());
    gather(0);
    assert_int_equal(dead(), 1);
    spread_end();
}

/* [5] */
TEST(who_drops_more_than_it_has_counted_gathers) {
    spread_begin(3);
    drop_kept();
    gilt_decref(object);
    assert_int_equal(dead(), !is_biased());
    gilt_safepoint();
    assert_int_equal(dead(), 1);
    spread_end();
}

TEST(who_asked_before_the_last_drop_left_the_question_to_others) {
    spread_begin(3);
    gilt_decref(object);
    gilt_safepoint();
    assert_int_equal(dead(), 0);
    drop_kept();
    assert_int_equal(dead(), 1);
    spread_end();
}

static void drop_all_without_cache(void *unused) {
    (void)unused;
    malloc_fail_from(1);
    for (int i = 0; i < 1 + 3 * COUNTERS; i++) gilt_decref(object);
    malloc_fail_at(0);
    check(dead() == !is_biased());
    gilt_safepoint();
    check(dead() == 1);
}

TEST(who_has_no_memory_for_a_cache_gathers) {
    if (!MALLOC_CAN_FAIL) skip();
    spread_begin(3);
    GiltThread *poor = gilt_thread_start(drop_all_without_cache, NULL);
    assert_non_null(poor);
    assert_true(gilt_thread_join(poor));
    kept = 0;
    drop_kept();
    spread_end();
}

/* Of what is handed from one to the other the last drop may be anybody's. */
TEST(others_may_drop_last) {
    spread_begin(3);
    gilt_decref(object);
    gather(0);
    assert_int_equal(dead(), 0);
    assert_int_equal(gilt_refcount(object), 3 * COUNTERS);
    drop_kept();
    assert_int_equal(dead(), 1);
    spread_end();
}

/* [6] */
TEST(a_thread_that_ends_gathers) {
    spread_begin(2);
    for (int i = 0; i < 2 * COUNTERS; i++) gilt_incref(object);
    drop_kept();
    atomic_store(&stage, 2);
    for (int i = 0; i < COUNTERS; i++) assert_true(gilt_thread_join(counters[i]));
    assert_int_equal(gilt_refcount(object), 1 + 2 * COUNTERS);
    for (int i = 0; i < 2 * COUNTERS; i++) gilt_decref(object);
    assert_int_equal(dead(), 0);
    gilt_decref(object);
    assert_int_equal(dead(), 1);
    counted_end();
    gilt_gc_enable();
}

/* More than a cache keeps: COUNT_MOST. */
TEST(counts_are_exact_while_nobody_counts) {
    const int many[] = {0, 1, 65535, 65536, 65537, 200000};
    for (size_t i = 0; i < sizeof many / sizeof *many; i++) {
        spread_begin(many[i]);
        assert_int_equal(gilt_refcount(object), 1 + COUNTERS * many[i]);
        gilt_incref(object);
        assert_int_equal(gilt_refcount(object), 2 + COUNTERS * many[i]);
        drop_kept();
        assert_int_equal(gilt_refcount(object), 2);
        gather(0);
        assert_int_equal(gilt_refcount(object), 2);
        gilt_decref(object);
        gilt_decref(object);
        gather(0);
        spread_end();
    }
}

TEST(a_weak_reference_to_it_ends_when_it_dies) {
    spread_begin(1);
    GiltObject *weak = gilt_weakref_new(object, NULL), *got;
    gilt_decref(object);
    assert_ptr_equal(got = gilt_weakref_get(weak), object);
    gilt_decref(got);
    drop_kept();
    gather(0);
    assert_int_equal(dead(), 1);
    assert_null(gilt_weakref_get(weak));
    gilt_decref(weak);
    spread_end();
}

/* A cycle through it is garbage like any other, for a full collection and for a young one.
 */
TEST(what_is_spread_may_be_garbage) {
    GiltObject *name = gilt_intern("self");
    for (int generation = 0; generation <= 2; generation += 2) {
        counted_begin();
        GiltObject *first = gilt_instance_new(Counted);
        assert_true(gilt_set_attr(first, name, gilt_none()));
        gilt_decref(first);
        atomic_store(&died, 0);
        testing_blocks = gilt_memory().blocks; /* the shape stays */
        be_spread(1);
        assert_true(gilt_set_attr(object, name, object));
        gilt_decref(object);
        gather(generation);
        assert_int_equal(dead(), 0);
        drop_kept();
        gather(2);
        assert_int_equal(dead(), 1);
        spread_end();
    }
}

/* The child has the counts of threads that it has not. */
TEST(a_fork_keeps_what_is_spread) {
    spread_begin(4);
    fflush(NULL);
    pid_t child = fork();
    if (!child) {
        alarm(PATIENCE);
        expect(gilt_refcount(object) == 1 + 4 * COUNTERS);
        for (int i = 0; i < 4 * COUNTERS; i++) gilt_decref(object);
        expect(gilt_refcount(object) == 1 && !dead());
        gilt_decref(object);
        expect(dead() == 1);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    gilt_decref(object);
    drop_kept();
    spread_end();
}

/* ---- many objects, at any moment ---- */

enum { ITEMS = 8, ROUNDS = 3000 };

static GiltObject *list;

static void read_items(int number) {
    GiltObject *mine[ITEMS] = {NULL};
    for (int i = 0; i < ROUNDS; i++) {
        GiltObject *got = gilt_list_get(list, (i * 7 + number) % ITEMS);
        check(got != NULL);
        gilt_decref(mine[i % ITEMS]);
        mine[i % ITEMS] = got;
        if (i % 16 == 0) gilt_safepoint();
    }
    for (int i = 0; i < ITEMS; i++) gilt_decref(mine[i]);
}

static void replace_items(int number) {
    (void)number;
    for (int i = 0; i < ROUNDS / ITEMS; i++) {
        GiltObject *fresh = counted_new();
        check(gilt_list_set(list, i % ITEMS, fresh));
        gilt_decref(fresh);
        if (i % 32 == 0) gather(0);
        gilt_safepoint();
    }
}

TEST(items_that_all_read_are_replaced) {
    counted_begin();
    unsigned before = options.refcache;
    options.refcache = 1;
    list = gilt_list_new(NULL, 0);
    for (int i = 0; i < ITEMS; i++) {
        GiltObject *item = counted_new();
        assert_true(gilt_list_append(list, item));
        gilt_decref(item);
    }
    together(1, replace_items, 3, read_items);
    gilt_decref(list);
    gather(0);
    options.refcache = before;
    counted_end();
}

TESTS(test(what_is_spread_dies_when_the_counts_are_gathered),
      test(who_drops_more_than_it_has_counted_gathers),
      test(who_asked_before_the_last_drop_left_the_question_to_others),
      test(who_has_no_memory_for_a_cache_gathers), test(others_may_drop_last),
      test(a_thread_that_ends_gathers), test(counts_are_exact_while_nobody_counts),
      test(a_weak_reference_to_it_ends_when_it_dies), test(what_is_spread_may_be_garbage),
      test(a_fork_keeps_what_is_spread), test(items_that_all_read_are_replaced))
