/* tracking_test.c: what can be part of no cycle is not tracked: leaves never, tuples and
 * dicts that hold no container from the first collection that looks at them; a dict is
 * tracked again as soon as it gets one. */
#include "tests/gc/cycles.h"

static bool tracked(GiltObject *o) { return gilt_gc_is_tracked(o); }

TEST(leaves_and_immortal_objects_are_never_tracked) {
    GiltObject *leaves[] = {
        gilt_float(1.5),        gilt_int(100000), gilt_str_from("some text"),
        gilt_bytes_new("x", 1), gilt_lock_new(),  gilt_none(),
        gilt_tuple_new(NULL, 0)};
    for (size_t i = 0; i < sizeof leaves / sizeof *leaves; i++) {
        assert_false(tracked(leaves[i]));
        gilt_decref(leaves[i]);
    }
}

TEST(tuples_of_leaves_are_not_tracked_after_a_collection) {
    GiltObject *number = gilt_float(1.5), *leaves = tuple_of(number);
    GiltObject *deep = tuple_of(leaves), *list = empty_list(), *holder = tuple_of(list);
    assert_true(tracked(leaves) && tracked(deep) && tracked(holder));
    gilt_gc_collect(0);
    assert_false(tracked(leaves));
    assert_true(tracked(deep) && tracked(holder));
    gilt_gc_collect(1);
    assert_false(tracked(deep));
    assert_true(tracked(holder));
    gilt_gc_collect(2);
    assert_true(tracked(holder) && tracked(list));
    GiltObject *o[] = {number, leaves, deep, list, holder};
    for (int i = 0; i < 5; i++) gilt_decref(o[i]);
}

/* A dict that is not tracked yet when `put` runs, and then must be: it makes a ring of the
 * dict and a list. */
static void expect_tracked_again(bool (*put)(GiltObject *dict, GiltObject *list)) {
    GiltObject *dict = gilt_dict_new(), *list = list_of(dict);
    put_in(dict, gilt_intern("next"), gilt_intern("next"));
    gilt_gc_collect(0);
    assert_false(tracked(dict));
    assert_true(put(dict, list));
    assert_true(tracked(dict));
    assert_sound();
    gilt_decref(dict);
    gilt_decref(list);
    assert_found(2);
}

static bool put_new(GiltObject *dict, GiltObject *list) {
    return gilt_dict_set(dict, gilt_intern("item"), list);
}
static bool put_over(GiltObject *dict, GiltObject *list) {
    return gilt_dict_set(dict, gilt_intern("next"), list);
}
static bool put_item(GiltObject *dict, GiltObject *list) {
    return gilt_set_item(dict, gilt_intern("item"), list);
}
static bool put_default(GiltObject *dict, GiltObject *list) {
    GiltObject *there = gilt_dict_set_default(dict, gilt_intern("item"), list);
    gilt_decref(there);
    return there == list;
}
static bool put_update(GiltObject *dict, GiltObject *list) {
    GiltObject *other = gilt_dict_new();
    put_in(other, gilt_intern("item"), list);
    bool well = gilt_dict_update(dict, other);
    gilt_decref(other);
    return well;
}
/* When it has to grow for it. */
static bool put_many(GiltObject *dict, GiltObject *list) {
    for (int i = 0; i < 100; i++) {
        GiltObject *number = gilt_int(i);
        put_in(dict, number, number);
    }
    return !tracked(dict) && put_new(dict, list);
}

TEST(dicts_of_leaves_are_tracked_again_when_they_get_a_container) {
    bool (*const ways[])(GiltObject *, GiltObject *) = {put_new,     put_over,   put_item,
                                                        put_default, put_update, put_many};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) expect_tracked_again(ways[i]);
}

TEST(a_key_that_is_a_container_makes_a_dict_tracked_too) {
    GiltObject *dict = gilt_dict_new(), *key = node();
    gilt_gc_collect(2);
    assert_false(tracked(dict));
    put_in(dict, key, gilt_none());
    assert_true(tracked(dict));
    link_to(key, "item", dict);
    gilt_decref(key);
    gilt_decref(dict);
    assert_found(2);
}

TEST(a_dict_in_a_dict_keeps_it_tracked) {
    GiltObject *inner = gilt_dict_new(), *outer = gilt_dict_new();
    put_in(outer, gilt_intern("item"), inner);
    gilt_gc_collect(2);
    gilt_gc_collect(2);
    assert_false(tracked(inner));
    assert_true(tracked(outer));
    put_in(inner, gilt_intern("item"), outer);
    gilt_decref(inner);
    gilt_decref(outer);
    assert_found(2);
}

static void put_list(void *dict) {
    GiltObject *list = list_of(dict);
    put_in(dict, gilt_intern("item"), list);
    gilt_decref(list);
}

TEST(another_thread_may_make_a_dict_tracked) {
    for (int frozen = 0; frozen < 2; frozen++) {
        GiltObject *dict = gilt_dict_new();
        gilt_gc_collect(2);
        assert_false(tracked(dict));
        if (frozen) gilt_gc_freeze();
        GiltThread *thread = gilt_thread_start(put_list, dict);
        assert_true(gilt_thread_join(thread));
        assert_true(tracked(dict));
        assert_sound();
        if (frozen) gilt_gc_unfreeze();
        assert_found(0);
        gilt_decref(dict);
        assert_found(2);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        gc_test(leaves_and_immortal_objects_are_never_tracked),
        gc_test(tuples_of_leaves_are_not_tracked_after_a_collection),
        gc_test(dicts_of_leaves_are_tracked_again_when_they_get_a_container),
        gc_test(a_key_that_is_a_container_makes_a_dict_tracked_too),
        gc_test(a_dict_in_a_dict_keeps_it_tracked),
        gc_test(another_thread_may_make_a_dict_tracked),
    };
    return cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL);
}
