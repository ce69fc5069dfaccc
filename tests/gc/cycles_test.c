/* cycles_test.c: every shape of garbage is found, all of it and nothing else. Each test
 * ends with as many blocks as it began (cycles.h), so what was found is really gone. */
#include "tests/gc/cycles.h"

/* ---- Alone ---- */

TEST(objects_that_hold_themselves_are_found) {
    GiltObject *list = empty_list(), *dict = gilt_dict_new(), *instance = node();
    GiltObject *fixed = some(gilt_instance_new(Slots)), *w = gilt_weakref_new(fixed, NULL);
    append(list, list);
    put_in(dict, gilt_intern("item"), dict);
    link_to(instance, "next", instance);
    link_to(fixed, "left", fixed);
    gilt_decref(list);
    assert_found(1);
    gilt_decref(dict);
    assert_found(1);
    gilt_decref(instance);
    assert_found(1);
    gilt_decref(fixed);
    assert_alive(w);
    assert_found(1);
    assert_gone(w);
}

TEST(a_set_cannot_hold_itself) {
    GiltObject *set = gilt_set_new(NULL, 0);
    assert_false(gilt_set_add(set, set));
    assert_raised(GILT_TYPE_ERROR);
    gilt_decref(set);
    assert_found(0);
}

TEST(an_object_that_holds_itself_many_times_is_found) {
    GiltObject *list = empty_list();
    for (int i = 0; i < 1000; i++) append(list, list);
    gilt_decref(list);
    assert_found(1);
}

/* ---- Rings ---- */

TEST(rings_of_any_size_are_found) {
    static const size_t sizes[] = {2, 3, 10, 1000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        gilt_decref(ring_of_lists(sizes[i]));
        assert_found((ssize_t)sizes[i]);
        gilt_decref(ring_of_nodes(sizes[i]));
        assert_found((ssize_t)sizes[i]);
    }
}

TEST(a_ring_that_is_held_stays_as_it_is) {
    GiltObject *ring = ring_of_lists(100), *at = gilt_incref(ring);
    for (int generation = 0; generation < 3; generation++)
        assert_int_equal(gilt_gc_collect(generation), 0);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(gilt_list_size(at), 1);
        assert_int_equal(gilt_refcount(at), i ? 2 : 3);
        GiltObject *next = some(gilt_list_get(at, 0));
        gilt_decref(at);
        at = next;
    }
    assert_ptr_equal(at, ring);
    gilt_decref(at);
    gilt_decref(ring);
    assert_found(100);
}

/* Any member holds all. */
TEST(a_ring_that_is_held_in_the_middle_stays) {
    GiltObject *ring = ring_of_nodes(50), *at = gilt_incref(ring);
    for (int i = 0; i < 25; i++) {
        GiltObject *next = some(get(at, "next"));
        gilt_decref(at);
        at = next;
    }
    gilt_decref(ring);
    assert_found(0);
    gilt_decref(at);
    assert_found(50);
}

TEST(of_two_rings_the_one_that_points_goes_first) {
    GiltObject *from = ring_of_lists(10), *to = ring_of_lists(20);
    append(from, to);
    gilt_decref(from);
    assert_found(10);
    assert_int_equal(gilt_refcount(to), 2);
    gilt_decref(to);
    assert_found(20);
}

TEST(of_two_rings_the_one_that_is_pointed_at_waits_for_the_other) {
    GiltObject *from = ring_of_lists(10), *to = ring_of_lists(20);
    append(from, to);
    gilt_decref(to);
    assert_found(0);
    gilt_decref(from);
    assert_found(30);
}

TEST(two_rings_joined_both_ways_are_one) {
    GiltObject *one = ring_of_lists(10), *other = ring_of_lists(20);
    append(one, other);
    append(other, one);
    gilt_decref(one);
    assert_found(0);
    gilt_decref(other);
    assert_found(30);
}

TEST(the_tail_of_a_ring_goes_with_it) {
    GiltObject *ring = ring_of_lists(3), *at = gilt_incref(ring);
    for (int i = 0; i < 5; i++) {
        GiltObject *tail = empty_list();
        append(at, tail);
        gilt_decref(at);
        at = tail;
    }
    GiltObject *head = list_of(ring), *kept = gilt_incref(at);
    gilt_decref(at);
    gilt_decref(ring);
    assert_found(0);
    gilt_decref(head); /* by its count */
    assert_found(3 + 4);
    assert_int_equal(gilt_refcount(kept), 1);
    gilt_decref(kept);
}

/* ---- Through every type ---- */

TEST(rings_through_every_type_are_found) {
    GiltObject *list = empty_list(), *tuple = tuple_of(list), *instance = node();
    append(list, tuple);
    gilt_decref(list);
    gilt_decref(tuple);
    assert_found(2);

    GiltObject *dict = gilt_dict_new(); /* as a key, and as what the key leads to */
    put_in(dict, instance, gilt_intern("item"));
    link_to(instance, "item", dict);
    gilt_decref(instance);
    assert_found(0);
    gilt_decref(dict);
    assert_found(2);

    GiltObject *set_ = gilt_set_new(NULL, 0);
    instance = node();
    assert_true(gilt_set_add(set_, instance));
    link_to(instance, "item", set_);
    gilt_decref(instance);
    gilt_decref(set_);
    assert_found(2);

    GiltObject *one = gilt_instance_new(Slots), *other = gilt_instance_new(Slots);
    link_to(one, "right", other);
    link_to(other, "left", one);
    gilt_decref(one);
    gilt_decref(other);
    assert_found(2);
}

TEST(a_ring_through_an_exception_is_found) {
    GiltObject *list = empty_list();
    GiltObject *error = gilt_call(gilt_type(GILT_VALUE_ERROR), &list, 1);
    append(list, error);
    gilt_decref(list);
    gilt_decref(error);
    assert_found(3); /* and its args */
    error = some(gilt_instance_new(gilt_type(GILT_KEY_ERROR)));
    CHECKED_FOR_LEAKS {
        GiltObject *raised = some(gilt_instance_new(gilt_type(GILT_KEY_ERROR)));
        link_to(raised, "context", raised);
        gilt_raise_object(raised);
        gilt_decref(raised);
        assert_found(0); /* the thread holds it */
        gilt_error_clear();
        assert_found(1);
    }
    gilt_decref(error);
    testing_blocks = blocks_now();
}

/* The weak reference holds its callback, not its referent. */
TEST(a_ring_through_the_callback_of_a_weak_reference_is_found) {
    GiltObject *referent = node(), *callback = node();
    GiltObject *w = gilt_weakref_new(referent, callback);
    link_to(callback, "item", w);
    gilt_decref(w);
    assert_found(0);
    gilt_decref(callback);
    assert_found(2);
    assert_int_equal(gilt_refcount(referent), 1);
    gilt_decref(referent);
}

TEST(a_weak_reference_makes_no_ring) {
    GiltObject *o = node(), *w = gilt_weakref_new(o, NULL);
    link_to(o, "item", w);
    gilt_decref(o);
    assert_gone(w);
    assert_found(0);
}

static GiltObject *nothing(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    return gilt_none();
}

/* What a native function is given as data is not counted, so it makes no ring. */
TEST(the_data_of_a_function_makes_no_ring) {
    GiltObject *list = empty_list();
    GiltObject *function = gilt_function_new("nothing", nothing, list);
    append(list, function);
    gilt_decref(function);
    gilt_decref(list);
    assert_found(0);
}

TEST(a_ring_through_a_condition_is_kept_by_what_holds_it) {
    GiltObject *lock = gilt_lock_new(), *condition = gilt_condition_new(lock);
    GiltObject *list = list_of(condition), *w = gilt_weakref_new(condition, NULL);
    append(list, list);
    gilt_decref(condition);
    assert_alive(w);
    gilt_decref(list);
    assert_found(2);
    assert_gone(w);
    assert_int_equal(gilt_refcount(lock), 1);
    gilt_decref(lock);
}

static GiltObject *with_many_attributes(GiltObject *last) {
    GiltObject *o = node();
    char name[16];
    for (int i = 0; i < 30; i++) {
        snprintf(name, sizeof name, "a%d", i);
        assert_true(set(o, name, i == 29 ? gilt_incref(last) : gilt_int(i)));
    }
    return o;
}

TEST(a_ring_through_the_further_attributes_of_an_instance_is_found) {
    CHECKED_FOR_LEAKS {
        GiltObject *list = empty_list(), *o = with_many_attributes(list);
        append(list, o);
        gilt_decref(o);
        gilt_decref(list);
        assert_found(2);
    }
}

TEST(a_ring_through_an_instance_with_a_dict_is_found) {
    CHECKED_FOR_LEAKS {
        GiltObject *list = empty_list(), *o = with_many_attributes(list);
        assert_true(del(o, "a3"));
        append(list, o);
        assert_found(0);
        GiltObject *there = get(o, "a29");
        assert_ptr_equal(there, list);
        gilt_decref(there);
        gilt_decref(o);
        gilt_decref(list);
        assert_found(3);
    }
}

/* ---- What is not found ---- */

TEST(living_objects_and_leaves_are_not_found) {
    GiltObject *all = empty_list();
    for (int i = 0; i < 1000; i++) {
        GiltObject *o[] = {node(), empty_list(), gilt_float(i), gilt_str_format("%d", i)};
        for (int k = 0; k < 4; k++) {
            append(all, o[k]);
            gilt_decref(o[k]);
        }
    }
    assert_found(0);
    assert_int_equal(gilt_list_size(all), 4000);
    gilt_decref(all);
    assert_found(0);
    for (int i = 0; i < 1000; i++) gilt_decref(gilt_float(i));
    assert_found(0);
}

TEST(garbage_drops_the_living_once_for_each_reference) {
    GiltObject *living = node(), *number = gilt_float(2.5), *list = ring_of_lists(4);
    GiltObject *tuple = tuple_of(number);
    append(list, living);
    append(list, living);
    append(list, number);
    append(list, tuple);
    link_to(living, "item", number);
    gilt_gc_collect(2); /* the tuple is not tracked any more */
    assert_int_equal(gilt_refcount(living), 3);
    assert_int_equal(gilt_refcount(number), 4);
    assert_int_equal(gilt_refcount(tuple), 2);
    gilt_decref(list);
    assert_found(4);
    assert_int_equal(gilt_refcount(living), 1);
    assert_int_equal(gilt_refcount(number), 3);
    assert_int_equal(gilt_refcount(tuple), 1);
    assert_repr(get(living, "item"), "2.5");
    gilt_decref(living);
    gilt_decref(tuple);
    assert_repr(number, "2.5");
}

TEST(large_objects_in_a_ring_are_found) {
    enum { COUNT = 10000 };
    static GiltObject *items[COUNT];
    GiltObject *list = empty_list();
    for (int i = 0; i < COUNT; i++) items[i] = i % 2 ? list : Node;
    GiltObject *tuple = some(gilt_tuple_new(items, COUNT));
    append(list, tuple);
    gilt_decref(tuple);
    assert_int_equal(gilt_refcount(list), 1 + COUNT / 2);
    assert_found(0);
    size_t pages = gilt_memory().pages;
    gilt_decref(list);
    assert_found(2);
    assert_true(gilt_memory().pages < pages);
}

/* ---- Large graphs ---- */

TEST(a_million_nested_lists_that_close_a_ring_are_found) {
    enum { COUNT = 1000000 };
    gilt_decref(ring_of_lists(COUNT));
    assert_found(COUNT);
}

TEST(a_ring_of_a_million_nodes_is_found) {
    enum { COUNT = 1000000 };
    GiltObject *ring = ring_of_nodes(COUNT), *w = gilt_weakref_new(ring, NULL);
    assert_found(0);
    gilt_decref(ring);
    assert_found(COUNT);
    assert_gone(w);
}

TEST(a_doubly_linked_list_is_found) {
    enum { COUNT = 100000 };
    GiltObject *first = node(), *last = gilt_incref(first);
    for (int i = 1; i < COUNT; i++) {
        GiltObject *next = node();
        link_to(last, "next", next);
        link_to(next, "before", last);
        gilt_decref(last);
        last = next;
    }
    gilt_decref(first);
    assert_found(0);
    gilt_decref(last);
    assert_found(COUNT);
}

/* The root of a tree in which each knows its parent. */
static GiltObject *tree(int depth) {
    GiltObject *o = node();
    const char *const sides[] = {"next", "before"};
    for (int i = 0; depth && i < 2; i++) {
        GiltObject *child = tree(depth - 1);
        link_to(child, "item", o);
        link_to(o, sides[i], child);
        gilt_decref(child);
    }
    return o;
}

TEST(a_tree_with_links_to_parents_is_found_and_a_leaf_holds_all_of_it) {
    GiltObject *root = tree(13), *leaf = gilt_incref(root);
    for (int i = 0; i < 13; i++) {
        GiltObject *child = some(get(leaf, "next"));
        gilt_decref(leaf);
        leaf = child;
    }
    gilt_decref(root);
    assert_found(0);
    gilt_decref(leaf);
    assert_found((1 << 14) - 1);
}

TEST(a_complete_graph_is_found) {
    enum { COUNT = 200 };
    static GiltObject *o[COUNT];
    for (int i = 0; i < COUNT; i++) o[i] = empty_list();
    for (int i = 0; i < COUNT; i++)
        for (int k = 0; k < COUNT; k++) append(o[i], o[k]);
    for (int i = 1; i < COUNT; i++) gilt_decref(o[i]);
    assert_found(0);
    assert_int_equal(gilt_refcount(o[0]), COUNT + 1);
    assert_int_equal(gilt_refcount(o[COUNT - 1]), COUNT);
    gilt_decref(o[0]);
    assert_found(COUNT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        gc_test(objects_that_hold_themselves_are_found),
        gc_test(a_set_cannot_hold_itself),
        gc_test(an_object_that_holds_itself_many_times_is_found),
        gc_test(rings_of_any_size_are_found),
        gc_test(a_ring_that_is_held_stays_as_it_is),
        gc_test(a_ring_that_is_held_in_the_middle_stays),
        gc_test(of_two_rings_the_one_that_points_goes_first),
        gc_test(of_two_rings_the_one_that_is_pointed_at_waits_for_the_other),
        gc_test(two_rings_joined_both_ways_are_one),
        gc_test(the_tail_of_a_ring_goes_with_it),
        gc_test(rings_through_every_type_are_found),
        gc_test(a_ring_through_an_exception_is_found),
        gc_test(a_ring_through_the_callback_of_a_weak_reference_is_found),
        gc_test(a_weak_reference_makes_no_ring),
        gc_test(the_data_of_a_function_makes_no_ring),
        gc_test(a_ring_through_a_condition_is_kept_by_what_holds_it),
        gc_test(a_ring_through_the_further_attributes_of_an_instance_is_found),
        gc_test(a_ring_through_an_instance_with_a_dict_is_found),
        gc_test(living_objects_and_leaves_are_not_found),
        gc_test(garbage_drops_the_living_once_for_each_reference),
        gc_test(large_objects_in_a_ring_are_found),
        gc_test(a_million_nested_lists_that_close_a_ring_are_found),
        gc_test(a_ring_of_a_million_nodes_is_found),
        gc_test(a_doubly_linked_list_is_found),
        gc_test(a_tree_with_links_to_parents_is_found_and_a_leaf_holds_all_of_it),
        gc_test(a_complete_graph_is_found),
    };
    return cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL);
}
