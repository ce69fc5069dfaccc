/* tuple_test.c: what a tuple does, through gilt.h. The expected results and texts of
 * errors are Python's. */
#include "tests/testing.h"
#include <limits.h>

/* A tuple of these ints. */
static GiltObject *ints(size_t count, const int *values) {
    GiltObject *items[16];
    assert_in_range(count, 0, 16);
    for (size_t i = 0; i < count; i++) assert_non_null(items[i] = gilt_int(values[i]));
    GiltObject *tuple = gilt_tuple_new(items, count);
    for (size_t i = 0; i < count; i++) gilt_decref(items[i]);
    assert_non_null(tuple);
    return tuple;
}
#define TUPLE(...)                                                                         \
    ints(sizeof((int[]){__VA_ARGS__}) / sizeof(int), (const int[]){__VA_ARGS__})

static void assert_int(GiltObject *object, int64_t expected) {
    int64_t value;
    assert_non_null(object);
    assert_true(gilt_int_value(object, &value));
    assert_int_equal(value, expected);
    gilt_decref(object);
}

static int64_t hash_of(GiltObject *object) {
    int64_t hash = 0;
    assert_true(gilt_hash(object, &hash));
    return hash;
}

TEST(empty_tuple_is_one_object_and_false) {
    GiltObject *a = gilt_tuple_new(NULL, 0), *b = gilt_tuple_new(NULL, 0);
    assert_ptr_equal(a, b);
    assert_int_equal(gilt_tuple_size(a), 0);
    assert_int_equal(gilt_true(a), 0);
    gilt_decref(b);
    assert_repr(a, "()");
}

TEST(tuple_shows_as_in_python) {
    GiltObject *inner[2] = {TUPLE(1), gilt_str_from("a'b")};
    assert_repr(TUPLE(5), "(5,)");
    assert_repr(TUPLE(1, 2, 3), "(1, 2, 3)");
    assert_repr(gilt_tuple_new(inner, 2), "((1,), \"a'b\")");
    gilt_decref(inner[0]);
    gilt_decref(inner[1]);
}

TEST(tuple_knows_type_size_and_truth) {
    GiltObject *tuple = TUPLE(0, 0, 0);
    assert_true(gilt_is(tuple, GILT_TUPLE));
    assert_string_equal(gilt_type_name(tuple), "tuple");
    assert_int_equal(gilt_tuple_size(tuple), 3);
    assert_int_equal(gilt_len(tuple), 3);
    assert_int_equal(gilt_true(tuple), 1);
    gilt_decref(tuple);
}

TEST(index_counts_from_both_ends) {
    GiltObject *tuple = TUPLE(10, 20, 30);
    assert_int(gilt_tuple_get(tuple, 0), 10);
    assert_int(gilt_tuple_get(tuple, 2), 30);
    assert_int(gilt_tuple_get(tuple, -1), 30);
    assert_int(gilt_tuple_get(tuple, -3), 10);
    gilt_decref(tuple);
}

TEST(index_outside_is_an_index_error) {
    GiltObject *tuple = TUPLE(10, 20, 30), *empty = gilt_tuple_new(NULL, 0);
    assert_null(gilt_tuple_get(tuple, 3));
    assert_raised_text(GILT_INDEX_ERROR, "tuple index out of range");
    assert_null(gilt_tuple_get(tuple, -4));
    assert_raised(GILT_INDEX_ERROR);
    assert_null(gilt_tuple_get(tuple, -SSIZE_MAX - 1));
    assert_raised(GILT_INDEX_ERROR);
    assert_null(gilt_tuple_get(empty, 0));
    assert_raised(GILT_INDEX_ERROR);
    gilt_decref(empty);
    gilt_decref(tuple);
}

TEST(items_are_got_by_key_of_int_or_bool) {
    GiltObject *tuple = TUPLE(10, 20), *key = gilt_int(-2), *yes = gilt_bool(true);
    GiltObject *text = gilt_str_from("0");
    assert_int(gilt_get_item(tuple, key), 10);
    assert_int(gilt_get_item(tuple, yes), 20);
    assert_null(gilt_get_item(tuple, text));
    assert_raised(GILT_TYPE_ERROR);
    gilt_decref(text);
    gilt_decref(tuple);
}

TEST(tuple_cannot_be_changed) {
    GiltObject *tuple = TUPLE(1, 2), *zero = gilt_int(0);
    assert_false(gilt_set_item(tuple, zero, zero));
    assert_raised_text(GILT_TYPE_ERROR, "'tuple' object does not support item assignment");
    assert_false(gilt_del_item(tuple, zero));
    assert_raised(GILT_TYPE_ERROR);
    assert_repr(tuple, "(1, 2)");
}

TEST(tuple_holds_and_drops_its_items) {
    GiltObject *item = gilt_float(1), *items[2] = {item, item};
    GiltObject *tuple = gilt_tuple_new(items, 2);
    assert_int_equal(gilt_refcount(item), 3);
    GiltObject *found = gilt_tuple_get(tuple, 1);
    assert_ptr_equal(found, item);
    assert_int_equal(gilt_refcount(item), 4);
    gilt_decref(found);
    gilt_decref(tuple);
    assert_int_equal(gilt_refcount(item), 1);
    gilt_decref(item);
}

TEST(tuples_are_equal_by_their_items) {
    GiltObject *a = TUPLE(1, 2), *b = TUPLE(1, 2), *c = TUPLE(2, 1), *d = TUPLE(1, 2, 3);
    GiltObject *items[2] = {gilt_float(1), gilt_float(2)};
    GiltObject *floats = gilt_tuple_new(items, 2), *list = gilt_list_new(items, 2);
    assert_int_equal(gilt_equal(a, b), 1);
    assert_int_equal(gilt_equal(a, c), 0);
    assert_int_equal(gilt_equal(a, d), 0);
    assert_int_equal(gilt_equal(a, floats), 1);
    assert_int_equal(gilt_equal(floats, list), 0);
    GiltObject *all[] = {a, b, c, d, floats, list, items[0], items[1]};
    for (int i = 0; i < 8; i++) gilt_decref(all[i]);
}

TEST(order_of_tuples_is_that_of_the_first_difference) {
    GiltObject *a = TUPLE(1, 9), *b = TUPLE(2, 0), *c = TUPLE(1),
               *list = gilt_list_new(NULL, 0);
    assert_int_equal(gilt_less(a, b), 1);
    assert_int_equal(gilt_less(b, a), 0);
    assert_int_equal(gilt_less(c, a), 1);
    assert_int_equal(gilt_less(a, c), 0);
    assert_int_equal(gilt_less(a, a), 0);
    assert_int_equal(gilt_less(a, list), -1);
    assert_raised_text(GILT_TYPE_ERROR,
                       "'<' not supported between instances of 'tuple' and 'list'");
    GiltObject *all[] = {a, b, c, list};
    for (int i = 0; i < 4; i++) gilt_decref(all[i]);
}

TEST(equal_tuples_have_equal_hashes) {
    GiltObject *a = TUPLE(1, 2), *swapped = TUPLE(2, 1);
    GiltObject *items[2] = {gilt_float(1), gilt_float(2)};
    GiltObject *floats = gilt_tuple_new(items, 2);
    assert_int_equal(hash_of(a), hash_of(floats));
    assert_int_not_equal(hash_of(a), hash_of(swapped));
    GiltObject *all[] = {a, swapped, floats, items[0], items[1]};
    for (int i = 0; i < 5; i++) gilt_decref(all[i]);
}

TEST(hashes_of_small_pairs_differ) {
    int64_t seen[100];
    for (int i = 0; i < 100; i++) {
        GiltObject *pair = TUPLE(i / 10, i % 10);
        seen[i] = hash_of(pair);
        gilt_decref(pair);
        for (int j = 0; j < i; j++) assert_int_not_equal(seen[i], seen[j]);
    }
}

TEST(tuple_with_a_list_inside_has_no_hash) {
    GiltObject *list = gilt_list_new(NULL, 0), *tuple = gilt_tuple_new(&list, 1);
    int64_t hash;
    assert_false(gilt_hash(tuple, &hash));
    assert_raised_text(GILT_TYPE_ERROR, "unhashable type: 'list'");
    gilt_decref(list);
    gilt_decref(tuple);
}

TEST(contains_looks_for_an_equal_item) {
    GiltObject *tuple = TUPLE(1, 2), *two = gilt_float(2), *three = gilt_int(3);
    assert_int_equal(gilt_contains(tuple, two), 1);
    assert_int_equal(gilt_contains(tuple, three), 0);
    gilt_decref(two);
    gilt_decref(tuple);
}

TEST(sums_and_products_are_new_tuples) {
    GiltObject *a = TUPLE(1), *b = TUPLE(2, 3), *two = gilt_int(2), *no = gilt_int(0);
    GiltObject *list = gilt_list_new(NULL, 0);
    assert_repr(gilt_add(a, b), "(1, 2, 3)");
    assert_repr(gilt_multiply(b, two), "(2, 3, 2, 3)");
    assert_repr(gilt_multiply(two, b), "(2, 3, 2, 3)");
    assert_repr(gilt_multiply(b, no), "()");
    assert_null(gilt_add(a, list));
    assert_raised(GILT_TYPE_ERROR);
    gilt_decref(a);
    gilt_decref(b);
    gilt_decref(list);
}

TEST(million_deep_tuple_dies_without_recursion) {
    GiltObject *tuple = gilt_tuple_new(NULL, 0);
    for (int i = 0; i < 1000000; i++) {
        GiltObject *outer = gilt_tuple_new(&tuple, 1);
        assert_non_null(outer);
        gilt_decref(tuple);
        tuple = outer;
    }
    gilt_decref(tuple);
}

TEST(tuples_too_deep_are_a_recursion_error) {
    GiltObject *deep[2], *zero = gilt_int(0);
    int64_t hash;
    for (int side = 0; side < 2; side++) {
        deep[side] = gilt_tuple_new(&zero, 1);
        for (int i = 0; i < 100000; i++) {
            GiltObject *outer = gilt_tuple_new(&deep[side], 1);
            gilt_decref(deep[side]);
            deep[side] = outer;
        }
    }
    assert_int_equal(gilt_equal(deep[0], deep[1]), -1);
    assert_raised(GILT_RECURSION_ERROR);
    assert_null(gilt_repr(deep[0]));
    assert_raised(GILT_RECURSION_ERROR);
    assert_false(gilt_hash(deep[0], &hash));
    assert_raised(GILT_RECURSION_ERROR);
    gilt_decref(deep[0]);
    gilt_decref(deep[1]);
}

TESTS(test(empty_tuple_is_one_object_and_false), test(tuple_shows_as_in_python),
      test(tuple_knows_type_size_and_truth), test(index_counts_from_both_ends),
      test(index_outside_is_an_index_error), test(items_are_got_by_key_of_int_or_bool),
      test(tuple_cannot_be_changed), test(tuple_holds_and_drops_its_items),
      test(tuples_are_equal_by_their_items),
      test(order_of_tuples_is_that_of_the_first_difference),
      test(equal_tuples_have_equal_hashes), test(hashes_of_small_pairs_differ),
      test(tuple_with_a_list_inside_has_no_hash), test(contains_looks_for_an_equal_item),
      test(sums_and_products_are_new_tuples),
      test(million_deep_tuple_dies_without_recursion),
      test(tuples_too_deep_are_a_recursion_error))
