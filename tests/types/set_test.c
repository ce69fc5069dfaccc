/* set_test.c: what a set does for one thread, through gilt.h. The table that it shares with
 * dict is tested more closely in dict_test.c. Results and errors are Python's. */
#include "tests/testing.h"

static GiltObject *set; /* of the running test: made and dropped by SET_TEST */

/* These drop the reference that they are given. */
static void add(GiltObject *item) {
    assert_non_null(item);
    assert_true(gilt_set_add(set, item));
    gilt_decref(item);
}

static int has(GiltObject *item) {
    int found = gilt_set_contains(set, item);
    assert_int_equal(gilt_contains(set, item), found);
    gilt_decref(item);
    return found;
}

static int discard(GiltObject *item) {
    int was = gilt_set_discard(set, item);
    gilt_decref(item);
    return was;
}

static GiltObject *text(const char *utf8) { return gilt_str_from(utf8); }
static GiltObject *same(GiltObject *o) { return gilt_incref(o); }

#define SET_TEST(name)                                                                     \
    static void name##_body(void);                                                         \
    TEST(name) {                                                                           \
        assert_non_null(set = gilt_set_new(NULL, 0));                                      \
        name##_body();                                                                     \
        gilt_decref(set);                                                                  \
    }                                                                                      \
    static void name##_body(void)

SET_TEST(new_set_is_empty_and_false) {
    assert_int_equal(gilt_set_size(set), 0);
    assert_int_equal(gilt_len(set), 0);
    assert_int_equal(gilt_true(set), 0);
    assert_int_equal(has(gilt_int(1)), 0);
    assert_repr(same(set), "set()");
}

SET_TEST(set_holds_each_item_once) {
    add(gilt_int(1));
    add(gilt_float(1));
    add(gilt_bool(true));
    add(text("a"));
    add(gilt_intern("a"));
    assert_int_equal(gilt_set_size(set), 2);
    assert_int_equal(gilt_true(set), 1);
    assert_int_equal(has(gilt_int(1)), 1);
    assert_int_equal(has(gilt_intern("a")), 1);
    assert_int_equal(has(text("b")), 0);
    assert_repr(same(set), "{1, 'a'}");
}

TEST(new_set_takes_its_items_once) {
    GiltObject *a = text("first"), *b = text("second"), *items[] = {a, b, a};
    set = gilt_set_new(items, 3);
    assert_int_equal(gilt_refcount(a), 2);
    assert_repr(set, "{'first', 'second'}");
    assert_int_equal(gilt_refcount(a), 1);
    gilt_decref(a);
    gilt_decref(b);
}

SET_TEST(discard_says_whether_it_was_there) {
    GiltObject *item = text("item");
    add(same(item));
    assert_int_equal(discard(text("item")), 1);
    assert_int_equal(gilt_refcount(item), 1);
    assert_int_equal(discard(same(item)), 0);
    assert_int_equal(has(item), 0);
    assert_int_equal(gilt_set_size(set), 0);
}

SET_TEST(unhashable_item_is_a_type_error) {
    GiltObject *list = gilt_list_new(NULL, 0);
    const char *message = "unhashable type: 'list'";
    assert_false(gilt_set_add(set, list));
    assert_raised_text(GILT_TYPE_ERROR, message);
    assert_int_equal(gilt_set_discard(set, list), -1);
    assert_raised_text(GILT_TYPE_ERROR, message);
    assert_int_equal(gilt_set_contains(set, list), -1);
    assert_raised_text(GILT_TYPE_ERROR, message);
    assert_null(gilt_set_new(&list, 1));
    assert_raised_text(GILT_TYPE_ERROR, message);
    assert_false(gilt_set_add(set, set));
    assert_raised_text(GILT_TYPE_ERROR, "unhashable type: 'set'");
    gilt_decref(list);
}

SET_TEST(what_is_not_a_set_is_a_type_error) {
    GiltObject *list = gilt_list_new(NULL, 0);
    assert_false(gilt_set_add(list, list));
    assert_raised(GILT_TYPE_ERROR);
    assert_int_equal(gilt_set_contains(list, list), -1);
    assert_raised(GILT_TYPE_ERROR);
    gilt_decref(list);
}

SET_TEST(set_grows_to_any_size) {
    const int counts[] = {1, 4, 5, 128, 129, 1000, 32769, 70000};
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
        int count = counts[c];
        for (int i = 0; i < count; i++) add(gilt_int(i * 1000));
        assert_int_equal(gilt_set_size(set), count);
        for (int i = 0; i < count; i += 2) assert_int_equal(discard(gilt_int(i * 1000)), 1);
        for (int i = 0; i < count; i++) assert_int_equal(has(gilt_int(i * 1000)), i % 2);
        for (int i = 0; i < count; i++) add(gilt_int(i * 1000));
        assert_int_equal(gilt_set_size(set), count);
        gilt_set_clear(set);
        assert_int_equal(gilt_set_size(set), 0);
    }
}

TEST(small_sets_are_small) {
    size_t before = gilt_memory().block_bytes;
    GiltObject *one = gilt_int(1);
    set = gilt_set_new(&one, 1);
    assert_true(gilt_memory().block_bytes - before <= 220);
    gilt_decref(set);
}

SET_TEST(next_gives_each_item) {
    for (int i = 0; i < 100; i++) add(gilt_int(i));
    for (int i = 0; i < 100; i += 3) discard(gilt_int(i));
    GiltObject *item;
    int64_t value, sum = 0;
    size_t at = 0, count = 0;
    while (gilt_set_next(set, &at, &item)) {
        assert_true(gilt_int_value(item, &value));
        assert_true(value % 3);
        sum += value;
        gilt_decref(item);
    }
    assert_int_equal(sum, 4950 - 1683);
    for (at = 0; gilt_set_next(set, &at, NULL);) count++;
    assert_int_equal(count, 66);
}

SET_TEST(equal_sets_have_equal_items) {
    GiltObject *a = set, *b = set = gilt_set_new(NULL, 0);
    add(gilt_int(1000));
    add(text("x"));
    assert_int_equal(gilt_equal(a, b), 0);
    set = a;
    add(text("x"));
    add(gilt_int(1001));
    assert_int_equal(gilt_equal(a, b), 0);
    discard(gilt_int(1001));
    add(gilt_float(1000));
    assert_int_equal(gilt_equal(a, b), 1);
    GiltObject *list = gilt_list_new(NULL, 0);
    assert_int_equal(gilt_equal(a, list), 0);
    gilt_decref(list);
    gilt_decref(b);
}

SET_TEST(clear_drops_the_items) {
    GiltObject *item = text("item");
    add(same(item));
    gilt_set_clear(set);
    gilt_set_clear(set);
    assert_int_equal(gilt_refcount(item), 1);
    add(item);
    assert_repr(same(set), "{'item'}");
}

SET_TEST(set_can_be_weakly_referenced) {
    GiltObject *other = gilt_set_new(NULL, 0), *weak = gilt_weakref_new(other, NULL);
    assert_non_null(weak);
    GiltObject *found = gilt_weakref_get(weak);
    assert_ptr_equal(found, other);
    gilt_decref(found);
    gilt_decref(other);
    assert_null(gilt_weakref_get(weak));
    gilt_decref(weak);
}

TESTS(test(new_set_is_empty_and_false), test(set_holds_each_item_once),
      test(new_set_takes_its_items_once), test(discard_says_whether_it_was_there),
      test(unhashable_item_is_a_type_error), test(what_is_not_a_set_is_a_type_error),
      test(set_grows_to_any_size), test(small_sets_are_small), test(next_gives_each_item),
      test(equal_sets_have_equal_items), test(clear_drops_the_items),
      test(set_can_be_weakly_referenced))
