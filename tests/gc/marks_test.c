/* marks_test.c: two marks of one object, added by two threads at the same moment.
 *
 * The first finaliser of a batch gives all of its objects away. While the collector goes on
 * to mark each as finalised, another thread makes a weak reference to it: neither mark may
 * be lost, or an object is finalised twice, or a weak reference finds what it never named.
 */
#include "tests/gc/finalizers.h"
#include <stdatomic.h>

enum { OBJECTS = 600, ROUNDS = 20 };

static GiltObject *objects[OBJECTS], *weak[OBJECTS];
static atomic_int turn; /* of the object that is marked next */
static int called;

static void spin(int times) {
    for (volatile int i = times; i > 0; i--) {
    }
}

static GiltObject *give_away(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    if (!called)
        for (int i = 0; i < OBJECTS; i++) gilt_incref(objects[i]);
    spin(300); /* the other thread waits for its turn again */
    atomic_store(&turn, ++called);
    spin(rand() % 200);
    return gilt_none();
}

static void refer_weakly(void *unused) {
    (void)unused;
    for (int i = 1; i < OBJECTS; i++) {
        while (atomic_load(&turn) < i) gilt_safepoint();
        weak[i] = gilt_weakref_new(objects[i], NULL);
    }
}

static int by_address(const void *a, const void *b) {
    GiltObject *left = *(GiltObject *const *)a, *right = *(GiltObject *const *)b;
    return left < right ? -1 : left > right;
}

/* A ring, in the order in which the collector lists it. */
static void make_ring(GiltObject *class) {
    for (int i = 0; i < OBJECTS; i++) objects[i] = some(gilt_instance_new(class));
    qsort(objects, OBJECTS, sizeof *objects, by_address);
    for (int i = 0; i < OBJECTS; i++)
        assert_true(set(objects[i], "next", gilt_incref(objects[(i + 1) % OBJECTS])));
    for (int i = 0; i < OBJECTS; i++) gilt_decref(objects[i]);
}

static void play_round(GiltObject *class) {
    called = 0;
    atomic_store(&turn, 0);
    make_ring(class);
    GiltThread *thread = gilt_thread_start(refer_weakly, NULL);
    assert_non_null(thread);
    gilt_gc_collect(2);
    assert_true(gilt_thread_join(thread));
    assert_int_equal(called, OBJECTS);
    for (int i = 0; i < OBJECTS; i++) {
        assert_true(gilt_gc_is_finalized(objects[i]));
        gilt_decref(objects[i]);
    }
    gilt_gc_collect(2);
    assert_int_equal(called, OBJECTS);
    for (int i = 0; i < OBJECTS; i++) objects[i] = some(gilt_instance_new(class));
    for (int i = 1; i < OBJECTS; i++) {
        assert_null(gilt_weakref_get(weak[i]));
        gilt_decref(weak[i]);
    }
    called = 1; /* these are not given away */
    for (int i = 0; i < OBJECTS; i++) gilt_decref(objects[i]);
}

static void play(void) {
    GiltObject *class = class_with_del(NULL, give_away, NULL);
    for (int round = 0; round < ROUNDS; round++) play_round(class);
    gilt_decref(class);
}

TEST(finalising_and_referring_weakly_lose_no_mark) {
    NOT_UNDER_STRESS("it collects while the objects are made");
    play();
    gilt_gc_collect(2);
    testing_blocks = gilt_memory().blocks; /* names and shapes stay */
}

TESTS(test(finalising_and_referring_weakly_lose_no_mark))
