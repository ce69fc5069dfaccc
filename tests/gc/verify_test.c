/* verify_test.c: gilt_gc_verify has nothing to say of a heap in order, whatever was done to
 * it, and in whatever moment it is asked. What it does find: mistakes_test.c. */
#include "tests/gc/cycles.h"

TEST(a_fresh_heap_is_in_order) { assert_sound(); }

/* One of each type; the list that holds them. */
static GiltObject *zoo(void) {
    GiltObject *all = empty_list(), *pair[2] = {all, Node};
    GiltObject *o[] = {gilt_int(1000),
                       gilt_int_parse("123456789012345678901234567890", 10),
                       gilt_float(1.5),
                       gilt_str_from("some text"),
                       gilt_bytes_new("bytes", 5),
                       gilt_list_new(pair, 2),
                       gilt_tuple_new(pair, 2),
                       tuple_of(gilt_none()),
                       gilt_dict_new(),
                       gilt_dict_new(),
                       gilt_set_new(&Node, 1),
                       node(),
                       some(gilt_instance_new(Slots)),
                       gilt_lock_new(),
                       gilt_call(gilt_type(GILT_VALUE_ERROR), pair, 1),
                       gilt_weakref_new(Node, NULL)};
    for (size_t i = 0; i < sizeof o / sizeof *o; i++) append(all, some(o[i]));
    GiltObject *weakref = gilt_weakref_new(o[11], NULL), *condition;
    append(all, weakref);
    append(all, condition = gilt_condition_new(o[13]));
    put_in(o[8], o[3], all);
    put_in(o[9], o[3], o[2]);
    link_to(o[11], "next", all);
    link_to(o[12], "left", all);
    gilt_decref(weakref);
    gilt_decref(condition);
    for (size_t i = 0; i < sizeof o / sizeof *o; i++) gilt_decref(o[i]);
    return all;
}

TEST(objects_of_every_type_are_in_order_in_every_generation) {
    GiltObject *all = zoo();
    assert_sound();
    for (int generation = 0; generation < 3; generation++)
        for (int again = 0; again < 2; again++) {
            assert_int_equal(gilt_gc_collect(generation), 0);
            assert_sound();
        }
    GiltObject *young = zoo();
    append(young, all);
    assert_sound();
    gilt_decref(all);
    gilt_decref(young);
    assert_sound();
    assert_int_equal(gilt_gc_collect(2),
                     14 + 12); /* the old ones less an untracked tuple and dict */
}

TEST(frozen_objects_are_in_order) {
    GiltObject *all = zoo(), *young;
    gilt_gc_freeze();
    assert_sound();
    append(all, young = zoo()); /* on the same pages, some of them */
    gilt_decref(young);
    for (int generation = 0; generation < 3; generation++) {
        assert_int_equal(gilt_gc_collect(generation), 0);
        assert_sound();
    }
    gilt_decref(all);
    assert_found(0);
    gilt_gc_unfreeze();
    assert_sound();
    assert_found(14 + 12);
}

TEST(classes_that_come_and_go_are_in_order) {
    GiltObject *Base = some(gilt_class_new("Base", NULL, NULL));
    GiltObject *Child = some(gilt_class_new("Child", Base, NULL));
    GiltObject *o = some(gilt_instance_new(Child));
    set(Child, "item", gilt_incref(o));
    gilt_decref(Base);
    gilt_decref(o);
    assert_sound();
    assert_found(0);
    gilt_decref(Child);
    assert_sound();
    assert_found(4); /* both, a dict that is tracked, and the instance */
    testing_blocks = blocks_now();
}

TEST(pages_that_are_emptied_and_refilled_are_in_order) {
    enum { COUNT = 20000 };
    static GiltObject *o[COUNT];
    for (int i = 0; i < COUNT; i++) o[i] = i % 3 ? node() : tuple_of(Node);
    for (int step = 2; step < 5; step++) {
        for (int i = 0; i < COUNT; i += step) {
            gilt_decref(o[i]);
            o[i] = NULL;
        }
        assert_sound();
        gilt_gc_collect(step - 2);
        assert_sound();
        for (int i = 0; i < COUNT; i++)
            if (!o[i] && i % 2) o[i] = ring_of_lists(1);
        assert_sound();
    }
    for (int i = 0; i < COUNT; i++) gilt_decref(o[i]);
    assert_sound();
    assert_true(gilt_gc_collect(2) > 0);
}

TEST(large_blocks_are_in_order) {
    enum { COUNT = 30000 };
    static GiltObject *o[COUNT];
    for (int i = 0; i < COUNT; i++) o[i] = node();
    GiltObject *tuple = some(gilt_tuple_new(o, COUNT));
    GiltObject *list = some(gilt_list_new(o, COUNT));
    assert_sound();
    gilt_gc_collect(1);
    assert_sound();
    gilt_decref(tuple);
    assert_sound();
    gilt_decref(list);
    for (int i = 0; i < COUNT; i++) gilt_decref(o[i]);
    assert_sound();
}

typedef struct Exchange {
    GiltObject *made[2000];
    bool wrong;
} Exchange;

static void make_and_verify(void *data) {
    Exchange *exchange = data;
    for (int i = 0; i < 2000; i++) exchange->made[i] = ring_of_lists(1);
    exchange->wrong = gilt_gc_verify();
}

static void drop_and_verify(void *data) {
    Exchange *exchange = data;
    for (int i = 0; i < 2000; i++) gilt_decref(exchange->made[i]);
    exchange->wrong |= gilt_gc_verify() != NULL;
}

TEST(heaps_of_several_threads_are_in_order) {
    static Exchange of[3];
    GiltThread *thread[3];
    for (int i = 0; i < 3; i++) thread[i] = gilt_thread_start(make_and_verify, &of[i]);
    assert_sound();
    for (int i = 0; i < 3; i++) assert_true(gilt_thread_join(thread[i]));
    assert_sound();
    for (int i = 0; i < 3; i++)
        thread[i] = gilt_thread_start(drop_and_verify, &of[(i + 1) % 3]);
    for (int i = 0; i < 3; i++) assert_true(gilt_thread_join(thread[i]));
    for (int i = 0; i < 3; i++) assert_false(of[i].wrong);
    assert_sound();
    assert_found(6000);
}

static GiltObject *verify_here(void *data, GiltObject *const *arguments, size_t count) {
    (void)arguments, (void)count;
    ++*(int *)data;
    assert_sound();
    return gilt_none();
}

/* Deep in what is destroyed, with the dead waiting and half dismantled around it. */
TEST(the_dead_that_wait_are_in_order) {
    int calls = 0;
    GiltObject *Del = some(gilt_class_new("Del", NULL, NULL));
    set(Del, "__del__", gilt_function_new("verify_here", verify_here, &calls));
    CHECKED_FOR_LEAKS {
        GiltObject *chain = make(Del);
        for (int i = 0; i < 300; i++) {
            GiltObject *dict = gilt_dict_new(), *deep = make(Del), *tuple = tuple_of(chain);
            put_in(dict, gilt_intern("tuple"), tuple);
            link_to(deep, "next", dict);
            gilt_decref(tuple);
            gilt_decref(dict);
            gilt_decref(chain);
            chain = deep;
        }
        calls = 0;
        gilt_decref(chain);
        assert_int_equal(calls, 301);
        assert_found(0);
    }
}

TEST(a_heap_is_in_order_in_finalisers_and_callbacks_of_a_collection) {
    int calls = 0;
    GiltObject *Del = some(gilt_class_new("Del", NULL, NULL));
    GiltObject *verifies = gilt_function_new("verify_here", verify_here, &calls);
    set(Del, "__del__", gilt_incref(verifies));
    CHECKED_FOR_LEAKS {
        GiltObject *o = make(Del), *ring = ring_of_lists(5), *dict = gilt_dict_new();
        GiltObject *weakref = gilt_weakref_new(o, verifies);
        append(ring, o);
        link_to(o, "next", dict);
        put_in(dict, gilt_intern("ring"), ring);
        gilt_decref(o);
        gilt_decref(ring);
        gilt_decref(dict);
        calls = 0;
        assert_found(7);
        assert_int_equal(calls, 2);
        assert_gone(weakref);
    }
    gilt_decref(verifies);
}

TEST(an_exception_that_is_set_is_in_order) {
    gilt_raise(GILT_VALUE_ERROR, "x");
    assert_sound();
    gilt_gc_collect(2);
    assert_sound();
    assert_raised(GILT_VALUE_ERROR);
}

TEST(counts_may_be_higher_than_what_is_found) {
    GiltObject *list = empty_list();
    ref_trial_add(&list->refs, 1);
    assert_sound();
    ref_trial_drop(&list->refs, 1);
    gilt_decref(list);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        gc_test(a_fresh_heap_is_in_order),
        gc_test(objects_of_every_type_are_in_order_in_every_generation),
        gc_test(frozen_objects_are_in_order),
        gc_test(classes_that_come_and_go_are_in_order),
        gc_test(pages_that_are_emptied_and_refilled_are_in_order),
        gc_test(large_blocks_are_in_order),
        gc_test(heaps_of_several_threads_are_in_order),
        gc_test(the_dead_that_wait_are_in_order),
        gc_test(a_heap_is_in_order_in_finalisers_and_callbacks_of_a_collection),
        gc_test(an_exception_that_is_set_is_in_order),
        gc_test(counts_may_be_higher_than_what_is_found),
    };
    return cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL);
}
