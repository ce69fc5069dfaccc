/* finalizer_acts_test.c: a finaliser may do what any other code may do, in the midst of a
 * collection or of a drop. */
#include "tests/gc/finalizers.h"

static GiltObject *Del;

#define WITH_DEL(native, data)                                                             \
    Del = class_with_del(NULL, native, data);                                              \
    forget_calls();                                                                        \
    CHECKED_FOR_LEAKS

static GiltObject *allocate(void *data, GiltObject *const *arguments, size_t count) {
    for (int i = 0; i < 5000; i++) {
        gilt_decref(ring_of_nodes(i % 2 ? 1 : 2));
        gilt_safepoint();
    }
    return note_name(data, arguments, count);
}

/* Also so much that a collection is due, by itself, in the middle of this one. */
TEST(it_may_allocate) {
    WITH_DEL(allocate, NULL) {
        gilt_gc_enable();
        gilt_decref(named(Del, "d"));
        gilt_decref(ring_of(Del, "r"));
        gilt_gc_collect(2);
        gilt_gc_disable();
        gilt_gc_collect(2);
        assert_calls("dr");
        assert_sound();
    }
}

static GiltObject *held;

static GiltObject *drop_held(void *data, GiltObject *const *arguments, size_t count) {
    GiltObject *o = held;
    held = NULL;
    gilt_decref(o);
    return note_name(data, arguments, count);
}

TEST(it_may_drop_the_last_reference_to_something_else) {
    WITH_DEL(drop_held, NULL) {
        GiltObject *callback = noting("w");
        for (int ring = 0; ring < 2; ring++) {
            GiltObject *o = ring ? ring_of(Del, "r") : named(Del, "d");
            GiltObject *w = gilt_weakref_new(held = node(), callback);
            gilt_decref(o);
            if (ring) assert_found(1);
            assert_calls(ring ? "wr" : "wd");
            assert_gone(w);
        }
        gilt_decref(callback);
    }
}

/* What it drops is a cycle, garbage since then: the next collection finds it. */
TEST(it_may_make_other_cycles_garbage) {
    WITH_DEL(drop_held, NULL) {
        GiltObject *ring = ring_of(Del, "r");
        held = ring_of_lists(7);
        gilt_decref(ring);
        assert_found(1);
        assert_found(7);
        assert_calls("r");
    }
}

static GiltObject *unlink_next(void *data, GiltObject *const *arguments, size_t count) {
    note_name(data, arguments, count);
    gilt_del_attr(arguments[0], gilt_intern("next"));
    return gilt_none();
}

/* No member dies under the collector's hands; those that are unlinked have a dict now,
 * which the collection did not see. */
TEST(it_may_break_the_cycle) {
    WITH_DEL(unlink_next, NULL) {
        gilt_decref(ring_of(Del, "abc"));
        assert_found(3);
        assert_int_equal(strlen(calls), 3);
        forget_calls();
    }
}

static void make_objects(void *number) {
    for (int i = 0; i < 100; i++) gilt_decref(node());
    *(int *)number += 1;
}

static GiltObject *run_thread(void *number, GiltObject *const *arguments, size_t count) {
    GiltThread *thread = gilt_thread_start(make_objects, number);
    assert_non_null(thread);
    assert_true(gilt_thread_join(thread));
    return note_name(NULL, arguments, count);
}

TEST(it_may_start_and_join_a_thread) {
    static int threads;
    WITH_DEL(run_thread, &threads) {
        threads = 0;
        gilt_decref(named(Del, "d"));
        gilt_decref(ring_of(Del, "rr"));
        assert_found(2);
        assert_int_equal(threads, 3);
        assert_calls("drr");
    }
}

static ssize_t found_inside;

static GiltObject *collect(void *data, GiltObject *const *arguments, size_t count) {
    gilt_decref(ring_of_lists(5));
    found_inside = gilt_gc_collect(2);
    return note_name(data, arguments, count);
}

TEST(a_collection_that_it_asks_for_does_nothing_inside_another) {
    WITH_DEL(collect, NULL) {
        gilt_decref(ring_of(Del, "r"));
        found_inside = -2;
        assert_found(1);
        assert_int_equal(found_inside, 0);
        assert_found(5);
        assert_calls("r");
    }
}

TEST(it_may_collect_when_a_drop_calls_it) {
    WITH_DEL(collect, NULL) {
        GiltObject *o = named(Del, "d");
        link_to(o, "item", o);
        GiltObject *unrelated = named(Del, "u");
        gilt_decref(unrelated);
        assert_int_equal(found_inside, 5);
        gilt_decref(o);
        assert_found(1); /* in which it finds nothing */
        assert_found(5);
        assert_calls("ud");
    }
}

static int generations_left;

static GiltObject *make_another(void *data, GiltObject *const *arguments, size_t count) {
    if (generations_left-- > 0) gilt_decref(ring_of(Del, "r"));
    return note_name(data, arguments, count);
}

TEST(it_may_make_new_garbage_each_time) {
    WITH_DEL(make_another, NULL) {
        generations_left = 5;
        gilt_decref(ring_of(Del, "r"));
        for (int i = 0; i < 6; i++) assert_found(1);
        assert_found(0);
        assert_calls("rrrrrr");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        gc_test(it_may_allocate),
        gc_test(it_may_drop_the_last_reference_to_something_else),
        gc_test(it_may_make_other_cycles_garbage),
        gc_test(it_may_break_the_cycle),
        gc_test(it_may_start_and_join_a_thread),
        gc_test(a_collection_that_it_asks_for_does_nothing_inside_another),
        gc_test(it_may_collect_when_a_drop_calls_it),
        gc_test(it_may_make_new_garbage_each_time),
    };
    return cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL);
}
