/* lifetime_test.c: threads and objects come and go in every order. */
#include "core/object/object.h"
#include "core/threads/thread.h"
#include "tests/testing.h"

#ifdef __SANITIZE_THREAD__
enum { ALIVE = 200, CHAIN = 100000, COME_AND_GO = 100, HANDED = 20000 };
#else
enum { ALIVE = 1000, CHAIN = 10000000, COME_AND_GO = 1000, HANDED = 100000 };
#endif

static GiltObject *chain(size_t length) {
    GiltObject *head = gilt_none();
    for (size_t i = 0; i < length; i++) {
        GiltObject *longer = gilt_tuple_new(&head, 1);
        gilt_decref(head);
        head = longer;
    }
    return head;
}

TEST(a_tuple_nested_a_million_deep_dies_without_recursion) { gilt_decref(chain(1000000)); }

/* The talk's linked list: instances, each with a value and the next. */
TEST(a_linked_list_of_ten_million_nodes_dies_in_one_drop) {
    const char *slots[] = {"value", "next", NULL};
    GiltObject *node = gilt_class_new("Node", NULL, slots);
    GiltObject *value = gilt_intern("value"), *next = gilt_intern("next");
    GiltObject *head = gilt_none();
    for (int i = 0; i < CHAIN; i++) {
        GiltObject *one = gilt_instance_new(node), *number = gilt_int(i % 200);
        assert_non_null(one);
        assert_true(gilt_set_attr(one, value, number) && gilt_set_attr(one, next, head));
        gilt_decref(number);
        gilt_decref(head);
        head = one;
    }
    size_t blocks = gilt_memory().blocks;
    gilt_decref(head);
    assert_true(blocks - gilt_memory().blocks >= CHAIN);
    testing_blocks = gilt_memory().blocks; /* the class stays */
}

TEST(a_wide_and_deep_tree_dies) {
    GiltObject *deep = chain(200);
    GiltObject *list = gilt_list_new(NULL, 0);
    for (int i = 0; i < 200000; i++) {
        GiltObject *one = gilt_tuple_new(&deep, 1);
        assert_true(gilt_list_append(list, one));
        gilt_decref(one);
    }
    for (int i = 0; i < 100; i++) {
        GiltObject *outer = gilt_tuple_new(&list, 1);
        gilt_decref(list);
        list = outer;
    }
    gilt_decref(deep);
    gilt_decref(list);
}

static _Atomic int alive;
static GiltObject *box, *lock;

/* Waits at a lock that the main thread holds until all are there. */
static void stay(void *argument) {
    GiltObject *list = argument, *number = gilt_int(1000);
    gilt_list_append(list, number);
    gilt_decref(number);
    atomic_fetch_add(&alive, 1);
    gilt_lock_acquire(lock);
    gilt_lock_release(lock);
}

TEST(a_thousand_threads_are_alive_at_once) {
    static GiltThread *threads[ALIVE];
    GiltObject *list = gilt_list_new(NULL, 0);
    atomic_store(&alive, 0);
    lock = gilt_lock_new();
    gilt_lock_acquire(lock);
    for (int i = 0; i < ALIVE; i++)
        assert_non_null(threads[i] = gilt_thread_start(stay, list));
    while (atomic_load(&alive) < ALIVE)
        gilt_safepoint(), gilt_blocking_begin(), gilt_blocking_end();
    world_stop();
    world_resume();
    gilt_lock_release(lock);
    for (int i = 0; i < ALIVE; i++) assert_true(gilt_thread_join(threads[i]));
    assert_int_equal(gilt_list_size(list), ALIVE);
    gilt_decref(list);
    gilt_decref(lock);
}

static void make_one(void *argument) {
    GiltObject *number = gilt_float(0.5);
    GiltObject *inner = gilt_list_new(&number, 1);
    gilt_list_append(argument, inner);
    gilt_decref(inner);
    gilt_decref(number);
}

TEST(threads_come_and_go_and_leave_their_objects_behind) {
    GiltObject *list = gilt_list_new(NULL, 0);
    for (int i = 0; i < COME_AND_GO; i++) {
        GiltThread *thread = gilt_thread_start(make_one, list);
        assert_non_null(thread);
        assert_true(gilt_thread_join(thread));
        if (i % 3) continue;
        GiltObject *one = gilt_list_pop(list, 0);
        assert_repr(one, "[0.5]");
    }
    assert_int_equal(gilt_list_size(list), COME_AND_GO - (COME_AND_GO + 2) / 3);
    gilt_decref(list);
}

/* Makes objects that another thread drops while this one is busy, blocked or gone. */
static _Atomic int made;

static void make_many(void *detach) {
    for (int i = 0; i < HANDED; i++) {
        GiltObject *number = gilt_int(100000 + i), *pair[] = {number, number};
        GiltObject *tuple = gilt_tuple_new(pair, 2);
        gilt_list_append(box, tuple);
        gilt_decref(tuple);
        gilt_decref(number);
        if (i % 16 == 0) gilt_safepoint();
        if (detach && i % 1024 == 0) gilt_blocking_begin(), gilt_blocking_end();
    }
    atomic_fetch_add(&made, 1);
}

static void drop_many(void *unused) {
    (void)unused;
    int64_t sum = 0;
    for (int i = 0; i < HANDED;) {
        gilt_safepoint();
        GiltObject *tuple = gilt_list_size(box) ? gilt_list_pop(box, -1) : NULL;
        if (!tuple) {
            gilt_blocking_begin();
            gilt_blocking_end();
            continue;
        }
        GiltObject *number = gilt_tuple_get(tuple, 1);
        int64_t value;
        gilt_int_value(number, &value);
        sum += value;
        gilt_decref(number);
        gilt_decref(tuple);
        i++;
    }
    if (sum != (int64_t)HANDED * 100000 + (int64_t)HANDED * (HANDED - 1) / 2)
        gilt_raise(GILT_VALUE_ERROR, "an item was lost or came twice");
}

static void hand_over(void *detach) {
    box = gilt_list_new(NULL, 0);
    GiltThread *maker = gilt_thread_start(make_many, detach);
    GiltThread *dropper = gilt_thread_start(drop_many, NULL);
    assert_true(gilt_thread_join(maker));
    assert_true(gilt_thread_join(dropper));
    gilt_decref(box);
}

TEST(what_one_thread_makes_another_drops) { hand_over(NULL); }
TEST(what_a_thread_that_is_away_has_made_dies_too) { hand_over(&lock); }

/* A thread drops what the main thread has made and waits for with world_stop in between. */
static void stop_often(void *unused) {
    (void)unused;
    for (int i = 0; i < 50; i++) {
        world_stop();
        world_resume();
        GiltObject *list = gilt_list_new(NULL, 0);
        gilt_list_append(box, list);
        gilt_decref(list);
        gilt_safepoint();
    }
}

TEST(many_threads_stop_the_world_at_once) {
    GiltThread *threads[4];
    box = gilt_list_new(NULL, 0);
    for (int i = 0; i < 4; i++)
        assert_non_null(threads[i] = gilt_thread_start(stop_often, NULL));
    for (int i = 0; i < 4; i++) assert_true(gilt_thread_join(threads[i]));
    assert_int_equal(gilt_list_size(box), 200);
    gilt_decref(box);
}

TESTS(test(a_tuple_nested_a_million_deep_dies_without_recursion),
      test(a_linked_list_of_ten_million_nodes_dies_in_one_drop),
      test(a_wide_and_deep_tree_dies), test(a_thousand_threads_are_alive_at_once),
      test(threads_come_and_go_and_leave_their_objects_behind),
      test(what_one_thread_makes_another_drops),
      test(what_a_thread_that_is_away_has_made_dies_too),
      test(many_threads_stop_the_world_at_once))
