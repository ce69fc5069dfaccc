/* weakref_test.c: weak references while their referents die in other threads. */
#include "tests/types/kept.h"
#include <sched.h>
#include <stdatomic.h>

enum { ROUNDS = 40000, GETTERS = 2 };

static GiltObject *Thing, *number;
static int rounds;
static GiltObject *things[ROUNDS], *weakrefs[ROUNDS];
static atomic_int at;   /* the round that the droppers are in */
static atomic_int done; /* the last round that the dropper of weak references has ended */
static atomic_long found, missed, mistakes, called;

static GiltObject *note_call(void *data, GiltObject *const *arguments, size_t count) {
    (void)data;
    GiltObject *alive = count == 1 ? gilt_weakref_get(arguments[0]) : NULL;
    if (count != 1 || alive) mistakes++;
    gilt_decref(alive);
    called++;
    return gilt_none();
}

static GiltObject *thing(int round) {
    GiltObject *o = make(Thing), *n = gilt_int(100000 + round);
    gilt_set_attr(o, number, n);
    gilt_decref(n);
    return o;
}

static void make_all(GiltObject *callback) {
    at = -1;
    found = missed = mistakes = called = 0;
    for (int i = 0; i < rounds; i++) {
        things[i] = thing(i);
        weakrefs[i] = gilt_weakref_new(things[i], callback);
    }
}

static void begin(void) {
    Thing = gilt_class_new("Thing", NULL, NULL);
    number = gilt_intern("number");
    rounds = ROUNDS;
    gilt_decref(thing(0));
    testing_blocks = gilt_memory().blocks;
}

/* Waits until a round has come. The other thread may have no core of its own. */
static void wait_for(atomic_int *round, int i) {
    for (int k = 0; atomic_load(round) < i; k++) {
        gilt_safepoint();
        if (k > 1000) sched_yield();
    }
}

/* Shifts the threads against each other by a little more each time. */
static void delay(int i) {
    for (volatile int k = i % 200; k > 0; k--) {
    }
}

static void drop_one(int i) {
    atomic_store(&at, i);
    delay(i);
    gilt_decref(things[i]);
    gilt_safepoint();
}

static void drop_things(void *unused) {
    (void)unused;
    for (int i = 0; i < rounds; i++) drop_one(i);
}

static void drop_weakrefs(void *unused) {
    (void)unused;
    for (int i = 0; i < rounds; i++) {
        wait_for(&at, i);
        delay(i / 200);
        gilt_decref(weakrefs[i]);
        atomic_store(&done, i);
    }
}

static void get_things(void *unused) {
    (void)unused;
    for (int i = 0; i < rounds; i++) {
        wait_for(&at, i - (i & 1)); /* before the drop, or after it began */
        GiltObject *o = gilt_weakref_get(weakrefs[i]);
        if (!o) {
            missed++;
            continue;
        }
        int64_t n = 0;
        GiltObject *value = gilt_get_attr(o, number);
        if (!value || !gilt_int_value(value, &n) || n != 100000 + i) mistakes++;
        gilt_decref(value);
        gilt_decref(o);
        found++;
        gilt_safepoint();
    }
}

static void join(GiltThread *thread) { assert_true(gilt_thread_join(thread)); }

static void drop_what_is_left(void) {
    gilt_safepoint();
    for (int i = 0; i < rounds; i++) {
        assert_null(gilt_weakref_get(weakrefs[i]));
        gilt_decref(weakrefs[i]);
    }
    gilt_safepoint();
}

static void race_getters(bool drop_here) {
    begin();
    make_all(NULL);
    GiltThread *getters[GETTERS], *dropper = NULL;
    for (int i = 0; i < GETTERS; i++) getters[i] = gilt_thread_start(get_things, NULL);
    if (drop_here)
        drop_things(NULL);
    else
        dropper = gilt_thread_start(drop_things, NULL);
    if (dropper) join(dropper);
    for (int i = 0; i < GETTERS; i++) join(getters[i]);
    assert_int_equal(mistakes, 0);
    assert_int_equal(found + missed, GETTERS * rounds);
    drop_what_is_left();
}

TEST(get_races_with_the_last_drop_by_the_owner) { race_getters(true); }

TEST(get_races_with_the_last_drop_by_another_thread) { race_getters(false); }

/* Makes them in the thread that drops them, so that they die there. */
static void make_and_drop_weakrefs(void *callback) {
    for (int i = 0; i < rounds; i++) weakrefs[i] = gilt_weakref_new(things[i], callback);
    atomic_store(&done, -1);
    drop_weakrefs(NULL);
}

TEST(weakref_dies_at_the_same_time_as_its_referent) {
    begin();
    gilt_set_switch_interval(1e-6);
    if (!strcmp(gilt_mode(), "gil")) rounds = ROUNDS / 20; /* each costs two hand-overs */
    GiltObject *call = gilt_function_new("note_call", note_call, NULL);
    at = -1;
    mistakes = called = 0;
    done = -2;
    for (int i = 0; i < rounds; i++) things[i] = thing(i);
    GiltThread *other = gilt_thread_start(make_and_drop_weakrefs, call);
    for (int i = 0; i < rounds; i++) {
        wait_for(&done, i - 1);
        drop_one(i);
    }
    join(other);
    gilt_safepoint();
    assert_int_equal(mistakes, 0);
    assert_true(called <= rounds);
    gilt_decref(call);
    gilt_safepoint();
}

/* Every callback of a weak reference that outlives its referent is called, once. */
TEST(callbacks_are_called_once_wherever_the_referent_dies) {
    begin();
    GiltObject *call = gilt_function_new("note_call", note_call, NULL);
    make_all(call);
    join(gilt_thread_start(drop_things, NULL));
    gilt_safepoint();
    drop_what_is_left();
    assert_int_equal(called, rounds);
    gilt_decref(call);
}

static void make_and_drop(void *object) {
    for (int i = 0; i < rounds; i++) {
        GiltObject *few[10];
        for (int k = 0; k < 10; k++) few[k] = gilt_weakref_new(object, NULL);
        for (int k = 0; k < 10; k++) {
            GiltObject *got = gilt_weakref_get(few[k]);
            if (got != object) mistakes++;
            gilt_decref(got);
            gilt_decref(few[k]);
        }
        gilt_safepoint();
    }
}

TEST(many_threads_refer_to_one_object) {
    begin();
    mistakes = 0;
    GiltObject *o = thing(1);
    GiltThread *threads[3];
    for (int i = 0; i < 3; i++) threads[i] = gilt_thread_start(make_and_drop, o);
    for (int i = 0; i < 3; i++) join(threads[i]);
    assert_int_equal(mistakes, 0);
    GiltObject *w = gilt_weakref_new(o, NULL);
    gilt_decref(o);
    gilt_safepoint();
    assert_null(gilt_weakref_get(w));
    gilt_decref(w);
}

/* The first to ask keeps the hash; several may be the first. */
static void hash_and_compare(void *unused) {
    (void)unused;
    for (int i = 0; i < rounds; i++) {
        int64_t hash = 0, same = 1;
        GiltObject *other = gilt_weakref_new(things[i], NULL);
        if (!gilt_hash(weakrefs[i], &hash) || !gilt_hash(things[i], &same)) mistakes++;
        if (hash != same || gilt_equal(weakrefs[i], other) != 1) mistakes++;
        gilt_decref(other);
        gilt_safepoint();
    }
}

TEST(weakrefs_hash_and_compare_as_their_referent_for_all_threads) {
    begin();
    rounds = 800;
    make_all(NULL);
    GiltThread *threads[3];
    for (int i = 0; i < 3; i++) threads[i] = gilt_thread_start(hash_and_compare, NULL);
    for (int i = 0; i < 3; i++) join(threads[i]);
    assert_int_equal(mistakes, 0);
    drop_things(NULL);
    int64_t hash;
    for (int i = 0; i < rounds; i++) assert_true(gilt_hash(weakrefs[i], &hash)); /* kept */
    drop_what_is_left();
}

TESTS(test(get_races_with_the_last_drop_by_the_owner),
      test(get_races_with_the_last_drop_by_another_thread),
      test(weakref_dies_at_the_same_time_as_its_referent),
      test(callbacks_are_called_once_wherever_the_referent_dies),
      test(many_threads_refer_to_one_object),
      test(weakrefs_hash_and_compare_as_their_referent_for_all_threads))
