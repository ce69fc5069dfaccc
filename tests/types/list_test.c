/* list_test.c: what a list does for one thread, through gilt.h. The expected results and
 * texts of errors are Python's. tests/threads/list_test.c is about many threads. */
#include "tests/testing.h"
#include <limits.h>

/* A list of these ints. */
static GiltObject *ints(size_t count, const int *values) {
    GiltObject *list = gilt_list_new(NULL, 0);
    assert_non_null(list);
    for (size_t i = 0; i < count; i++) {
        GiltObject *item = gilt_int(values[i]);
        assert_non_null(item);
        assert_true(gilt_list_append(list, item));
        gilt_decref(item);
    }
    return list;
}
#define LIST(...)                                                                          \
    ints(sizeof((int[]){__VA_ARGS__}) / sizeof(int), (const int[]){__VA_ARGS__})

/* repr(list) is this text; the list is not used up. */
static void assert_shows(GiltObject *list, const char *text) {
    assert_repr(gilt_incref(list), text);
}

static void assert_int(GiltObject *object, int64_t expected) {
    int64_t value;
    assert_non_null(object);
    assert_true(gilt_int_value(object, &value));
    assert_int_equal(value, expected);
    gilt_decref(object);
}

static GiltObject *range(int from, int to) {
    GiltObject *list = gilt_list_new(NULL, 0);
    for (int i = from; i < to; i++) {
        GiltObject *item = gilt_int(i);
        assert_true(gilt_list_append(list, item));
        gilt_decref(item);
    }
    return list;
}

/* ---- making and reading ---- */

TEST(new_list_is_empty_and_false) {
    GiltObject *list = gilt_list_new(NULL, 0);
    assert_int_equal(gilt_list_size(list), 0);
    assert_int_equal(gilt_len(list), 0);
    assert_int_equal(gilt_true(list), 0);
    assert_true(gilt_is(list, GILT_LIST));
    assert_string_equal(gilt_type_name(list), "list");
    assert_repr(list, "[]");
}

TEST(new_list_takes_references_of_its_own) {
    GiltObject *item = gilt_float(1.5), *items[2] = {item, item};
    GiltObject *list = gilt_list_new(items, 2);
    assert_int_equal(gilt_refcount(item), 3);
    gilt_decref(list);
    assert_int_equal(gilt_refcount(item), 1);
    gilt_decref(item);
}

TEST(every_list_is_an_object_of_its_own) {
    GiltObject *a = gilt_list_new(NULL, 0), *b = gilt_list_new(NULL, 0);
    assert_ptr_not_equal(a, b);
    gilt_decref(a);
    gilt_decref(b);
}

TEST(index_counts_from_both_ends) {
    GiltObject *list = LIST(10, 20, 30);
    assert_int(gilt_list_get(list, 0), 10);
    assert_int(gilt_list_get(list, 2), 30);
    assert_int(gilt_list_get(list, -1), 30);
    assert_int(gilt_list_get(list, -3), 10);
    gilt_decref(list);
}

TEST(index_outside_is_an_index_error) {
    GiltObject *list = LIST(10, 20, 30);
    assert_null(gilt_list_get(list, 3));
    assert_raised_text(GILT_INDEX_ERROR, "list index out of range");
    assert_null(gilt_list_get(list, -4));
    assert_raised(GILT_INDEX_ERROR);
    assert_null(gilt_list_get(list, SSIZE_MAX));
    assert_raised(GILT_INDEX_ERROR);
    assert_null(gilt_list_get(list, -SSIZE_MAX - 1));
    assert_raised(GILT_INDEX_ERROR);
    gilt_decref(list);
}

TEST(get_gives_a_new_reference_to_the_same_object) {
    GiltObject *item = gilt_float(2.5), *list = gilt_list_new(&item, 1);
    GiltObject *found = gilt_list_get(list, 0);
    assert_ptr_equal(found, item);
    assert_int_equal(gilt_refcount(item), 3);
    gilt_decref(found);
    gilt_decref(list);
    gilt_decref(item);
}

TEST(items_are_got_set_and_deleted_by_key) {
    GiltObject *list = LIST(1, 2, 3), *one = gilt_int(1), *nine = gilt_int(9);
    assert_int(gilt_get_item(list, one), 2);
    assert_true(gilt_set_item(list, one, nine));
    assert_shows(list, "[1, 9, 3]");
    assert_true(gilt_del_item(list, one));
    assert_shows(list, "[1, 3]");
    assert_false(gilt_del_item(list, nine));
    assert_raised(GILT_INDEX_ERROR);
    gilt_decref(list);
}

TEST(key_that_is_no_int_is_a_type_error) {
    GiltObject *list = LIST(1, 2), *key = gilt_str_from("1"), *half = gilt_float(0.5);
    assert_null(gilt_get_item(list, key));
    assert_raised(GILT_TYPE_ERROR);
    assert_false(gilt_set_item(list, half, key));
    assert_raised(GILT_TYPE_ERROR);
    assert_shows(list, "[1, 2]");
    gilt_decref(key);
    gilt_decref(half);
    gilt_decref(list);
}

TEST(huge_int_as_key_is_an_index_error) {
    GiltObject *list = LIST(1), *key = gilt_int_parse("100000000000000000000000", 10);
    assert_null(gilt_get_item(list, key));
    assert_raised(GILT_INDEX_ERROR);
    gilt_decref(key);
    gilt_decref(list);
}

/* ---- changing ---- */

TEST(append_keeps_ten_thousand_items_in_order) {
    GiltObject *list = range(0, 10000);
    assert_int_equal(gilt_list_size(list), 10000);
    for (int i = 0; i < 10000; i++) assert_int(gilt_list_get(list, i), i);
    gilt_decref(list);
}

TEST(set_replaces_and_drops_the_old_item) {
    GiltObject *old = gilt_float(1), *new = gilt_float(2), *list = gilt_list_new(&old, 1);
    assert_true(gilt_list_set(list, -1, new));
    assert_int_equal(gilt_refcount(old), 1);
    assert_int_equal(gilt_refcount(new), 2);
    assert_false(gilt_list_set(list, 1, new));
    assert_raised_text(GILT_INDEX_ERROR, "list assignment index out of range");
    assert_int_equal(gilt_refcount(new), 2);
    gilt_decref(list);
    gilt_decref(old);
    gilt_decref(new);
}

TEST(set_of_the_item_itself_keeps_it_alive) {
    GiltObject *item = gilt_float(7), *list = gilt_list_new(&item, 1);
    gilt_decref(item);
    assert_true(gilt_list_set(list, 0, item));
    assert_repr(list, "[7.0]");
}

TEST(insert_goes_before_the_index_and_is_cut_to_the_ends) {
    GiltObject *list = LIST(1, 2), *item = gilt_int(0);
    assert_true(gilt_list_insert(list, 1, item));
    assert_shows(list, "[1, 0, 2]");
    assert_true(gilt_list_insert(list, -1, item));
    assert_shows(list, "[1, 0, 0, 2]");
    assert_true(gilt_list_insert(list, 99, item));
    assert_shows(list, "[1, 0, 0, 2, 0]");
    assert_true(gilt_list_insert(list, -99, item));
    assert_shows(list, "[0, 1, 0, 0, 2, 0]");
    gilt_decref(list);
}

TEST(insert_at_the_front_a_thousand_times_reverses) {
    GiltObject *list = gilt_list_new(NULL, 0);
    for (int i = 0; i < 1000; i++) {
        GiltObject *item = gilt_int(i);
        assert_true(gilt_list_insert(list, 0, item));
        gilt_decref(item);
    }
    for (int i = 0; i < 1000; i++) assert_int(gilt_list_get(list, i), 999 - i);
    gilt_decref(list);
}

TEST(pop_takes_from_the_end_the_front_and_the_middle) {
    GiltObject *list = range(0, 6);
    assert_int(gilt_list_pop(list, -1), 5);
    assert_int(gilt_list_pop(list, 0), 0);
    assert_int(gilt_list_pop(list, 1), 2);
    assert_int(gilt_list_pop(list, -2), 3);
    assert_repr(list, "[1, 4]");
}

TEST(pop_hands_over_the_list_s_own_reference) {
    GiltObject *item = gilt_float(1), *list = gilt_list_new(&item, 1);
    assert_int_equal(gilt_refcount(item), 2);
    assert_ptr_equal(gilt_list_pop(list, 0), item);
    assert_int_equal(gilt_refcount(item), 2);
    gilt_decref(item);
    gilt_decref(item);
    gilt_decref(list);
}

TEST(pop_outside_is_an_index_error) {
    GiltObject *list = LIST(1);
    assert_null(gilt_list_pop(list, 1));
    assert_raised_text(GILT_INDEX_ERROR, "pop index out of range");
    gilt_decref(gilt_list_pop(list, 0));
    assert_null(gilt_list_pop(list, -1));
    assert_raised_text(GILT_INDEX_ERROR, "pop from empty list");
    gilt_decref(list);
}

TEST(list_that_was_emptied_can_grow_again) {
    GiltObject *list = range(0, 1000);
    for (int i = 999; i >= 0; i--) assert_int(gilt_list_pop(list, -1), i);
    GiltObject *more = range(0, 3);
    assert_true(gilt_list_extend(list, more));
    gilt_decref(more);
    assert_repr(list, "[0, 1, 2]");
}

TEST(extend_takes_lists_tuples_and_itself) {
    GiltObject *list = LIST(1), *more = LIST(2, 3), *tuple = gilt_tuple_new(&more, 1);
    assert_true(gilt_list_extend(list, more));
    assert_true(gilt_list_extend(list, list));
    assert_shows(list, "[1, 2, 3, 1, 2, 3]");
    assert_true(gilt_list_extend(list, tuple));
    assert_shows(list, "[1, 2, 3, 1, 2, 3, [2, 3]]");
    gilt_decref(tuple);
    gilt_decref(more);
    gilt_decref(list);
}

TEST(extend_by_something_else_is_a_type_error) {
    GiltObject *list = LIST(1), *five = gilt_int(5);
    assert_false(gilt_list_extend(list, five));
    assert_raised(GILT_TYPE_ERROR);
    assert_repr(list, "[1]");
}

TEST(clear_drops_all) {
    GiltObject *item = gilt_float(1), *items[] = {item, item, item};
    GiltObject *list = gilt_list_new(items, 3);
    gilt_list_clear(list);
    assert_int_equal(gilt_refcount(item), 1);
    assert_shows(list, "[]");
    gilt_list_clear(list);
    assert_true(gilt_list_append(list, item));
    assert_repr(list, "[1.0]");
    gilt_decref(item);
}

TEST(reverse_works_for_odd_even_and_empty) {
    GiltObject *odd = LIST(1, 2, 3), *even = LIST(1, 2, 3, 4),
               *none = gilt_list_new(NULL, 0);
    assert_true(gilt_list_reverse(odd));
    assert_true(gilt_list_reverse(even));
    assert_true(gilt_list_reverse(none));
    assert_repr(odd, "[3, 2, 1]");
    assert_repr(even, "[4, 3, 2, 1]");
    assert_repr(none, "[]");
}

/* ---- slices, sums, products ---- */

static void assert_slice(GiltObject *list, ssize_t from, ssize_t to, const char *text) {
    assert_repr(gilt_list_slice(list, from, to), text);
}

TEST(slice_copies_and_is_cut_to_what_there_is) {
    GiltObject *list = range(0, 5);
    assert_slice(list, 1, 3, "[1, 2]");
    assert_slice(list, 0, SSIZE_MAX, "[0, 1, 2, 3, 4]");
    assert_slice(list, -2, 5, "[3, 4]");
    assert_slice(list, 0, -1, "[0, 1, 2, 3]");
    assert_slice(list, 3, 2, "[]");
    assert_slice(list, 9, 99, "[]");
    assert_slice(list, -99, 2, "[0, 1]");
    GiltObject *copy = gilt_list_slice(list, 0, 5);
    gilt_list_clear(list);
    assert_repr(copy, "[0, 1, 2, 3, 4]");
    gilt_decref(list);
}

TEST(sum_of_lists_is_a_new_list) {
    GiltObject *a = LIST(1), *b = LIST(2, 3), *tuple = gilt_tuple_new(NULL, 0);
    assert_repr(gilt_add(a, b), "[1, 2, 3]");
    assert_shows(a, "[1]");
    assert_null(gilt_add(a, tuple));
    assert_raised(GILT_TYPE_ERROR);
    gilt_decref(tuple);
    gilt_decref(a);
    gilt_decref(b);
}

TEST(product_with_an_int_repeats_from_either_side) {
    GiltObject *list = LIST(1, 2), *three = gilt_int(3), *none = gilt_int(-1);
    GiltObject *half = gilt_float(0.5);
    assert_repr(gilt_multiply(list, three), "[1, 2, 1, 2, 1, 2]");
    assert_repr(gilt_multiply(three, list), "[1, 2, 1, 2, 1, 2]");
    assert_repr(gilt_multiply(list, none), "[]");
    assert_null(gilt_multiply(list, half));
    assert_raised(GILT_TYPE_ERROR);
    gilt_decref(half);
    gilt_decref(list);
}

/* ---- comparing ---- */

TEST(lists_are_equal_by_their_items) {
    GiltObject *a = LIST(1, 2), *b = LIST(1, 2), *c = LIST(1, 3), *d = LIST(1);
    GiltObject *items[2] = {gilt_float(1), gilt_bool(true)};
    GiltObject *floats = gilt_list_new(items, 2), *ones = LIST(1, 1);
    GiltObject *tuple = gilt_tuple_new(items, 2);
    assert_int_equal(gilt_equal(a, a), 1);
    assert_int_equal(gilt_equal(a, b), 1);
    assert_int_equal(gilt_equal(a, c), 0);
    assert_int_equal(gilt_equal(a, d), 0);
    assert_int_equal(gilt_equal(floats, ones), 1);
    assert_int_equal(gilt_equal(floats, tuple), 0);
    gilt_decref(items[0]);
    GiltObject *all[] = {a, b, c, d, floats, ones, tuple};
    for (int i = 0; i < 7; i++) gilt_decref(all[i]);
}

TEST(order_of_lists_is_that_of_the_first_difference) {
    GiltObject *a = LIST(1, 2), *b = LIST(1, 3), *c = LIST(1, 2, 0), *none = gilt_int(0);
    assert_int_equal(gilt_less(a, b), 1);
    assert_int_equal(gilt_less(b, a), 0);
    assert_int_equal(gilt_less(a, c), 1);
    assert_int_equal(gilt_less(c, b), 1);
    assert_int_equal(gilt_less(a, a), 0);
    assert_int_equal(gilt_less(a, none), -1);
    assert_raised_text(GILT_TYPE_ERROR,
                       "'<' not supported between instances of 'list' and 'int'");
    gilt_decref(a);
    gilt_decref(b);
    gilt_decref(c);
}

TEST(contains_looks_for_an_equal_item) {
    GiltObject *list = LIST(1, 2, 3), *two = gilt_float(2), *text = gilt_str_from("2");
    assert_int_equal(gilt_contains(list, two), 1);
    assert_int_equal(gilt_contains(list, text), 0);
    gilt_decref(two);
    gilt_decref(text);
    gilt_decref(list);
}

TEST(list_has_no_hash) {
    GiltObject *list = LIST(1);
    int64_t hash;
    assert_false(gilt_hash(list, &hash));
    assert_raised_text(GILT_TYPE_ERROR, "unhashable type: 'list'");
    gilt_decref(list);
}

TEST(list_that_holds_itself_can_be_shown) {
    GiltObject *list = LIST(1);
    assert_true(gilt_list_append(list, list));
    assert_shows(list, "[1, [...]]");
    gilt_list_clear(list); /* there is no collector that would find it */
    gilt_decref(list);
}

/* ---- sorting ---- */

TEST(sort_orders_numbers_of_all_types) {
    GiltObject *items[4] = {gilt_float(2.5), gilt_int(3), gilt_bool(true), gilt_int(-1)};
    GiltObject *list = gilt_list_new(items, 4);
    assert_true(gilt_list_sort(list));
    assert_repr(list, "[-1, True, 2.5, 3]");
    gilt_decref(items[0]);
}

TEST(sort_works_for_every_small_size) {
    for (int size = 0; size < 70; size++) {
        GiltObject *list = gilt_list_new(NULL, 0);
        for (int i = 0; i < size; i++) {
            GiltObject *item = gilt_int(i * 37 % (size + 1) * 10);
            assert_true(gilt_list_append(list, item));
            gilt_decref(item);
        }
        assert_true(gilt_list_sort(list));
        assert_int_equal(gilt_list_size(list), size);
        for (int i = 0; i + 1 < size; i++) {
            GiltObject *a = gilt_list_get(list, i), *b = gilt_list_get(list, i + 1);
            assert_int_equal(gilt_less(b, a), 0);
            gilt_decref(a);
            gilt_decref(b);
        }
        gilt_decref(list);
    }
}

TEST(sort_keeps_equal_items_in_order) {
    GiltObject *items[64], *list = gilt_list_new(NULL, 0);
    for (int i = 0; i < 64; i++) { /* 0.0 many times, and 1.0: equal, but not the same */
        items[i] = gilt_float(i % 2 ? 0 : 1);
        assert_true(gilt_list_append(list, items[i]));
    }
    assert_true(gilt_list_sort(list));
    for (int i = 0; i < 64; i++) {
        GiltObject *found = gilt_list_get(list, i);
        assert_ptr_equal(found, items[i < 32 ? 2 * i + 1 : 2 * (i - 32)]);
        gilt_decref(found);
    }
    for (int i = 0; i < 64; i++) gilt_decref(items[i]);
    gilt_decref(list);
}

TEST(sort_of_what_has_no_order_fails_and_loses_nothing) {
    GiltObject *items[3] = {gilt_int(3), gilt_str_from("two"), gilt_int(1)};
    GiltObject *list = gilt_list_new(items, 3);
    assert_false(gilt_list_sort(list));
    assert_raised_text(GILT_TYPE_ERROR,
                       "'<' not supported between instances of 'str' and 'int'");
    assert_int_equal(gilt_list_size(list), 3);
    for (int i = 0; i < 3; i++) assert_int_equal(gilt_contains(list, items[i]), 1);
    gilt_decref(list);
    gilt_decref(items[1]);
}

/* ---- death ---- */

TEST(dropped_list_drops_its_items) {
    GiltObject *item = gilt_float(1), *inner = gilt_list_new(&item, 1);
    GiltObject *outer = gilt_list_new(&inner, 1);
    gilt_decref(inner);
    assert_int_equal(gilt_refcount(item), 2);
    gilt_decref(outer);
    assert_int_equal(gilt_refcount(item), 1);
    gilt_decref(item);
}

TEST(million_nested_lists_die_without_recursion) {
    GiltObject *list = gilt_list_new(NULL, 0);
    for (int i = 0; i < 1000000; i++) {
        GiltObject *outer = gilt_list_new(&list, 1);
        assert_non_null(outer);
        gilt_decref(list);
        list = outer;
    }
    gilt_decref(list);
}

TEST(lists_too_deep_to_compare_are_a_recursion_error) {
    GiltObject *pair[2];
    for (int side = 0; side < 2; side++) {
        pair[side] = gilt_list_new(NULL, 0);
        for (int i = 0; i < 100000; i++) {
            GiltObject *outer = gilt_list_new(&pair[side], 1);
            gilt_decref(pair[side]);
            pair[side] = outer;
        }
    }
    assert_int_equal(gilt_equal(pair[0], pair[1]), -1);
    assert_raised(GILT_RECURSION_ERROR);
    assert_null(gilt_repr(pair[0]));
    assert_raised(GILT_RECURSION_ERROR);
    gilt_decref(pair[0]);
    gilt_decref(pair[1]);
}

TESTS(test(new_list_is_empty_and_false), test(new_list_takes_references_of_its_own),
      test(every_list_is_an_object_of_its_own), test(index_counts_from_both_ends),
      test(index_outside_is_an_index_error),
      test(get_gives_a_new_reference_to_the_same_object),
      test(items_are_got_set_and_deleted_by_key), test(key_that_is_no_int_is_a_type_error),
      test(huge_int_as_key_is_an_index_error),
      test(append_keeps_ten_thousand_items_in_order),
      test(set_replaces_and_drops_the_old_item),
      test(set_of_the_item_itself_keeps_it_alive),
      test(insert_goes_before_the_index_and_is_cut_to_the_ends),
      test(insert_at_the_front_a_thousand_times_reverses),
      test(pop_takes_from_the_end_the_front_and_the_middle),
      test(pop_hands_over_the_list_s_own_reference), test(pop_outside_is_an_index_error),
      test(list_that_was_emptied_can_grow_again),
      test(extend_takes_lists_tuples_and_itself),
      test(extend_by_something_else_is_a_type_error), test(clear_drops_all),
      test(reverse_works_for_odd_even_and_empty),
      test(slice_copies_and_is_cut_to_what_there_is), test(sum_of_lists_is_a_new_list),
      test(product_with_an_int_repeats_from_either_side),
      test(lists_are_equal_by_their_items),
      test(order_of_lists_is_that_of_the_first_difference),
      test(contains_looks_for_an_equal_item), test(list_has_no_hash),
      test(list_that_holds_itself_can_be_shown), test(sort_orders_numbers_of_all_types),
      test(sort_works_for_every_small_size), test(sort_keeps_equal_items_in_order),
      test(sort_of_what_has_no_order_fails_and_loses_nothing),
      test(dropped_list_drops_its_items), test(million_nested_lists_die_without_recursion),
      test(lists_too_deep_to_compare_are_a_recursion_error))
