/* classes_test.c: rings through classes and closures are found. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define SANITIZED 1
#endif
#include "tests/gc/mortal.h"
#include "tests/faults/failing_malloc.h"

#define SLOTS_STAY (testing_blocks += 2)

static int begin_with_two_threads(void **state) {
    const char *const two[] = {"gc_threads=2"};
    (void)state;
    return gc_begin_with(two, 1) || prepare();
}

static int begin_with_late_frees(void **state) {
    const char *const late[] = {"reclaim=object"};
    (void)state;
    return gc_begin_with(late, 1) || prepare();
}

/* ---- Rings through a class ---- */

TEST(ring_through_a_class_is_found_by_a_full_collection_only) {
    GiltObject *C = class_new(NULL), *o = instance(C);
    link_to(C, "item", o);
    gilt_decref(o);
    gilt_decref(C);
    assert_int_equal(gilt_gc_collect(0), 0);
    assert_int_equal(gilt_gc_collect(1), 0);
    assert_found(3); /* the class, its dict, the instance */
    STAYS(0);
}

TEST(ring_by_the_attribute_of_an_instance_is_found) {
    GiltObject *C = class_new(NULL), *o = instance(C);
    link_to(o, "item", C);
    link_to(C, "item", o);
    gilt_decref(C);
    gilt_decref(o);
    assert_found(3);
    STAYS(1);
}

TEST(class_without_anything_is_found) {
    gilt_decref(class_new(NULL));
    assert_found(2);
    gilt_decref(class_new(NULL));
    assert_int_equal(gilt_gc_collect(1), 0);
    assert_found(1);
    testing_blocks += 3 * 2;
}

TEST(class_whose_methods_captured_it_is_found) {
    GiltObject *C = class_new(NULL), *cell = list_of(C);
    for (const char *const *name = (const char *const[]){"next", "before", NULL}; *name;
         name++)
        assert_true(set(C, *name, gilt_closure_new(*name, NULL, cell)));
    gilt_decref(cell);
    gilt_decref(C);
    assert_found(5);
    STAYS(0);
}

TEST(thousand_classes_are_found) {
    for (int i = 0; i < 1000; i++) {
        GiltObject *C = class_new(NULL), *o = instance(C);
        if (i % 2) link_to(C, "item", o);
        gilt_decref(o);
        gilt_decref(C);
    }
    assert_found(2500);
    testing_blocks += 3 * 1000;
}

TEST(class_and_its_base_are_found_together) {
    GiltObject *A = class_new(NULL), *B = class_new(A), *C = class_new(B);
    link_to(A, "item", C);
    gilt_decref(A);
    gilt_decref(B);
    assert_found(0);
    gilt_decref(C);
    assert_found(4); /* and the dict of A */
    testing_blocks += 3 * 3;
}

TEST(dead_class_drops_its_base) {
    GiltObject *C = class_new(NULL), *Sub = class_new(C);
    gilt_decref(Sub);
    assert_found(2);
    gilt_decref(C);
    assert_found(1);
    testing_blocks += 3 * 2;
}

static void slots_die(void) {
    const char *const slots[] = {"left", "right", NULL};
    GiltObject *C = some(gilt_class_new("Mortal", NULL, slots)), *pair = instance(C);
    link_to(pair, "left", pair);
    link_to(pair, "right", C);
    gilt_decref(pair);
    gilt_decref(C);
    assert_found(3);
    SLOTS_STAY;
}

TEST(class_with_slots_is_found) { slots_die(); }

/* With -X reclaim=object the instance asks its class for its size when that is dead. */
TEST(class_may_be_gone_before_the_memory_of_its_instances) {
    for (int i = 0; i < 20; i++) slots_die();
}

TEST(exception_class_is_found) {
    GiltObject *E = class_new(gilt_type(GILT_VALUE_ERROR)), *e = instance(E);
    link_to(e, "item", e);
    gilt_decref(e);
    gilt_decref(E);
    assert_found(3); /* the class, its dict, the exception; its args are the empty tuple */
    STAYS(1);
}

/* ---- Weak references ---- */

static GiltObject *count_call(void *data, GiltObject *const *arguments, size_t count) {
    assert_int_equal(count, 1);
    assert_null(gilt_weakref_get(arguments[0]));
    ++*(int *)data;
    return gilt_none();
}

TEST(weak_references_to_a_dead_class_call_back) {
    int calls = 0;
    GiltObject *callback = gilt_function_new("callback", count_call, &calls);
    GiltObject *C = class_new(NULL), *w = gilt_weakref_new(C, callback);
    GiltObject *own = gilt_weakref_new(C, callback); /* garbage, too: not called */
    assert_true(set(C, "item", own));
    GiltObject *got = gilt_weakref_get(w);
    assert_ptr_equal(got, C);
    gilt_decref(got);
    gilt_decref(C);
    assert_int_equal(gilt_gc_collect(1), 0);
    assert_alive(w);
    assert_found(3);
    assert_int_equal(calls, 1);
    assert_gone(w);
    gilt_decref(callback);
    STAYS(0);
}

/* ---- Beside the usual ---- */

TEST(saved_class_is_whole) {
    GiltObject *C = class_new(NULL);
    give_del(C, del_noting);
    gilt_decref(C);
    GiltObject *garbage = some(gilt_gc_garbage());
    testing_blocks = blocks_now() - 6; /* this list stays; the class is to die */
    gilt_gc_set_debug(GILT_GC_DEBUG_SAVEALL);
    assert_found(2);
    gilt_gc_set_debug(0);
    assert_found(0);
    C = gilt_list_get(garbage, 0);
    if (!gilt_is(C, GILT_TYPE)) gilt_decref(C), C = gilt_list_get(garbage, 1);
    gilt_list_clear(garbage);
    gilt_decref(instance(C));
    assert_true(deaths == 1 && words == 1);
    gilt_decref(C);
    assert_found(1);
    testing_blocks = blocks_now();
}

TEST(classes_are_among_the_objects_of_the_collector) {
    GiltObject *C = class_new(NULL), *young = gilt_gc_objects(0), *old = gilt_gc_objects(2);
    assert_int_equal(gilt_contains(young, C), 0);
    assert_int_equal(gilt_contains(old, C), 1);
    gilt_decref(young);
    gilt_decref(old);
    GiltObject *Sub = class_new(C), *referrers = gilt_gc_referrers(&C, 1);
    GiltObject *referents = gilt_gc_referents(&Sub, 1);
    assert_int_equal(gilt_contains(referrers, Sub), 1);
    assert_int_equal(gilt_contains(referents, C), 1);
    gilt_decref(referrers);
    gilt_decref(referents);
    gilt_decref(Sub);
    gilt_decref(C);
    assert_found(4);
    testing_blocks += 3 * 2;
}

/* Enough pages for two threads; of every second class only an instance is held, by an
 * object somewhere among those pages. */
TEST(two_threads_find_the_same) {
    enum { CLASSES = 60, EACH = 300 };
    GiltObject *all = empty_list();
    for (int i = 0; i < CLASSES; i++) {
        GiltObject *C = class_new(NULL), *o = instance(C), *wide = NULL;
        set(C, "item_of_class", gilt_int(1));
        if (i % 2) link_to(C, "item", o);
        for (int k = 0; k < EACH; k++) {
            wide = instance(Wide);
            if (k == i && i % 2 == 0) link_to(wide, "s7", o);
            append(all, wide);
            gilt_decref(wide);
        }
        gilt_decref(o);
        gilt_decref(C);
    }
    assert_found(3 * CLASSES / 2);
    assert_found(0);
    for (int i = 0; i < CLASSES; i += 2) {
        GiltObject *wide = gilt_list_get(all, i * EACH + i), *o = get(wide, "s7");
        assert_true(has_word(o));
        gilt_decref(o);
        gilt_decref(wide);
    }
    gilt_decref(all);
    assert_found(CLASSES / 2);
    testing_blocks += 3 * CLASSES;
}

/* Lists in lists, each with an instance of a class of its own: tracing them takes a stack
 * that grows. A collection that fails loses nothing, and one that cannot grow its stack
 * finds all the same. */
TEST(without_memory_no_class_is_lost) {
    enum { DEEP = 300 };
    if (!MALLOC_CAN_FAIL) skip();
    GiltObject *o[DEEP], *deep = empty_list();
    ssize_t found = 0, failed = 0;
    uint64_t rings = 0;
    bool whole = false;
    for (int i = 0; i < DEEP; i++) {
        GiltObject *C = class_new(NULL), *outer = list_of(deep);
        set(C, "item_of_class", gilt_int(i));
        append(outer, o[i] = instance(C));
        gilt_decref(C);
        gilt_decref(deep);
        deep = outer;
    }
    while (!whole) {
        GiltObject *C = class_new(NULL);
        link_to(C, "item", C);
        gilt_decref(C);
        malloc_fail_at(++rings);
        ssize_t now = gilt_gc_collect(2);
        whole = mallocs_until_failure;
        malloc_fail_at(0);
        if (now < 0) assert_raised(GILT_MEMORY_ERROR);
        failed += now < 0;
        found += now < 0 ? 0 : now;
        assert_sound();
        for (int i = 0; i < DEEP; i++) assert_true(has_word(o[i]));
    }
    assert_int_equal(found, 2 * rings);
    assert_in_range(failed, 2, rings - 2);
    for (int i = 0; i < DEEP; i++) gilt_decref(o[i]);
    gilt_decref(deep);
    assert_found(DEEP);
    testing_blocks += 3 * (DEEP + rings);
}

static _Atomic int living; /* threads that make classes */

static void make_classes(void *unused) {
    (void)unused;
    for (int i = 0; i < 60; i++) {
        GiltObject *C = class_new(NULL), *o = instance(C);
        set(C, "item_of_class", gilt_int(1));
        if (i % 3) link_to(C, "item", o);
        gilt_decref(C);
        for (int k = 0; k < 20; k++) {
            gilt_safepoint();
            if (!has_word(o)) abort();
        }
        gilt_decref(o);
    }
    living--;
}

TEST(classes_die_while_others_are_made) {
    enum { MAKERS = 3 };
    GiltThread *makers[MAKERS];
    living = MAKERS;
    gilt_set_switch_interval(1e-4);
    for (int i = 0; i < MAKERS; i++)
        assert_non_null(makers[i] = gilt_thread_start(make_classes, NULL));
    while (living) {
        assert_true(gilt_gc_collect(2) >= 0);
        gilt_safepoint();
    }
    for (int i = 0; i < MAKERS; i++) assert_true(gilt_thread_join(makers[i]));
    gilt_gc_collect(2);
    assert_found(0);
    testing_blocks += 3 * 60 * MAKERS;
}

/* ---- Closures ---- */

/* Appends its argument to the list that it captured. */
static GiltObject *append_captured(GiltObject *captured, GiltObject *const *arguments,
                                   size_t count) {
    return count == 1 && gilt_list_append(captured, arguments[0]) ? gilt_none() : NULL;
}

TEST(closure_in_a_list_that_it_captured_is_found) {
    GiltObject *list = empty_list(), *c = gilt_closure_new("c", append_captured, list);
    gilt_decref(list);
    gilt_decref(some(gilt_call(c, &c, 1)));
    assert_found(0);
    GiltObject *w = gilt_weakref_new(c, NULL);
    gilt_decref(c);
    assert_alive(w);
    assert_found(2);
    assert_gone(w);
}

TEST(young_ring_through_a_closure_is_found_by_a_young_collection) {
    GiltObject *list = empty_list(), *c = gilt_closure_new("c", append_captured, list);
    append(list, c);
    gilt_decref(list);
    gilt_decref(c);
    assert_int_equal(gilt_gc_collect(0), 2);
}

TEST(closure_in_an_instance_that_it_captured_is_found) {
    GiltObject *o = node();
    set(o, "item", gilt_closure_new("c", append_captured, o));
    gilt_decref(o);
    assert_found(2);
}

static const struct CMUnitTest tests[] = {
    class_test(ring_through_a_class_is_found_by_a_full_collection_only),
    class_test(ring_by_the_attribute_of_an_instance_is_found),
    class_test(class_without_anything_is_found),
    class_test(class_whose_methods_captured_it_is_found),
    class_test(thousand_classes_are_found),
    class_test(class_and_its_base_are_found_together),
    class_test(dead_class_drops_its_base),
    class_test(class_with_slots_is_found),
    cmocka_unit_test_setup_teardown(class_may_be_gone_before_the_memory_of_its_instances,
                                    begin_with_late_frees, gc_end),
    class_test(exception_class_is_found),
    class_test(weak_references_to_a_dead_class_call_back),
    class_test(saved_class_is_whole),
    class_test(classes_are_among_the_objects_of_the_collector),
    cmocka_unit_test_setup_teardown(two_threads_find_the_same, begin_with_two_threads,
                                    gc_end),
    class_test(without_memory_no_class_is_lost),
    class_test(classes_die_while_others_are_made),
    class_test(closure_in_a_list_that_it_captured_is_found),
    class_test(young_ring_through_a_closure_is_found_by_a_young_collection),
    class_test(closure_in_an_instance_that_it_captured_is_found),
};

int main(void) { return cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL); }
