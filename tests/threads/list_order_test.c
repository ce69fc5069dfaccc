/* list_order_test.c: sorting, searching, comparing and printing a list that other threads
 * change. A sort takes the items out of the list until it is done. The others go item by
 * item, each of which is read atomically, but not all at one moment. */
#include "tests/threads/meeting.h"

enum { ITEMS = 40 };

static GiltObject *list, *twin;

static void append_new(GiltObject *to, GiltObject *item) {
    check(item && gilt_list_append(to, item));
    gilt_decref(item);
}

static GiltObject *numbers_new(void) {
    GiltObject *numbers = gilt_list_new(NULL, 0);
    for (int i = 0; i < ITEMS; i++) append_new(numbers, gilt_int(1000 + i));
    return numbers;
}

static int64_t number_at(GiltObject *from, ssize_t i) {
    GiltObject *item = gilt_list_get(from, i);
    int64_t value = 0;
    check(item && gilt_int_value(item, &value));
    gilt_decref(item);
    return value;
}

/* ---- sort ---- */

static void reverse_and_sort(int number) {
    (void)number;
    for (int i = 0; i < 4000; i++, gilt_safepoint())
        check(gilt_list_reverse(list) && gilt_list_sort(list));
}

static void see_all_or_none(int number) {
    (void)number;
    while (keep_reading()) {
        size_t size = gilt_list_size(list);
        check(size == 0 || size == ITEMS);
        GiltObject *copy = gilt_list_slice(list, 0, PTRDIFF_MAX);
        size = gilt_list_size(copy);
        check(size == 0 || size == ITEMS);
        int64_t first = size ? number_at(copy, 0) : 0, step = first == 1000 ? 1 : -1;
        check(!size || first == 1000 || first == 1000 + ITEMS - 1);
        for (size_t i = 0; i < size; i++)
            check(number_at(copy, (ssize_t)i) == first + (int64_t)i * step);
        gilt_decref(copy);
    }
}

TEST(others_see_all_items_of_a_list_that_is_sorted_or_none) {
    list = numbers_new();
    together(1, reverse_and_sort, 2, see_all_or_none);
    gilt_decref(list);
}

static GiltObject *pair_new(int value) {
    GiltObject *pair[2] = {meeting_new(), gilt_int(value)};
    GiltObject *items = gilt_list_new(pair, 2);
    gilt_decref(pair[0]);
    gilt_decref(pair[1]);
    return items;
}

static void find_it_empty_and_append(void) {
    check(gilt_list_size(list) == 0 && gilt_true(list) == 0);
    check(!gilt_list_get(list, 0) && gilt_error_is(GILT_INDEX_ERROR));
    gilt_error_clear();
    append_new(list, gilt_int(7));
}

TEST(what_comes_in_during_a_sort_stays_behind_and_is_an_error) {
    meeting_begin(find_it_empty_and_append, true);
    list = gilt_list_new(NULL, 0);
    append_new(list, pair_new(2));
    append_new(list, pair_new(1));
    assert_false(gilt_list_sort(list));
    assert_raised_text(GILT_VALUE_ERROR, "list modified during sort");
    meeting_end();
    assert_repr(list, "[[M, 1], [M, 2], 7]");
}

/* ---- contains ---- */

enum { PLACE = 5 };

/* All but PLACE are set over, and the end comes and goes. */
static void change_the_rest(int number) {
    for (int i = 0; i < 20000; i++) {
        GiltObject *item = gilt_int(5000 + i % 7);
        ssize_t at = i % ITEMS == PLACE ? 0 : i % ITEMS;
        check(gilt_list_set(list, at, item) && gilt_list_append(list, item));
        gilt_decref(item);
        gilt_decref(gilt_list_pop(list, -1));
        if (i % 16 == number) gilt_safepoint();
    }
}

static void find_what_stays(int number) {
    (void)number;
    GiltObject *there = gilt_int(1000 + PLACE), *never = gilt_int(9999);
    while (keep_reading()) {
        check(gilt_contains(list, there) == 1);
        check(gilt_contains(list, never) == 0);
    }
    gilt_decref(there);
    gilt_decref(never);
}

TEST(contains_finds_an_item_that_stays_where_it_is) {
    list = numbers_new();
    together(1, change_the_rest, 2, find_what_stays);
    gilt_decref(list);
}

static void move_to_the_front(void) {
    GiltObject *last = gilt_list_pop(list, -1);
    check(last && gilt_list_insert(list, 0, last));
    gilt_decref(last);
}

/* It is always in, but where it is looked for it is not at that moment. */
TEST(contains_may_miss_an_item_that_moves) {
    meeting_begin(move_to_the_front, false);
    list = gilt_list_new(NULL, 0);
    GiltObject *seven = gilt_int(7);
    append_new(list, meeting_new());
    append_new(list, gilt_int(7));
    assert_int_equal(gilt_contains(list, seven), 0);
    meeting_end();
    assert_repr(list, "[7, M]");
    gilt_decref(seven);
}

/* ---- comparing and printing ---- */

static void change_two_items(void) {
    GiltObject *number = gilt_int(3);
    check(gilt_list_set(list, 0, number) && gilt_list_set(list, 1, number));
    gilt_decref(number);
}

/* [M, 3] it was at no moment. */
TEST(repr_of_a_list_shows_each_item_as_it_was_when_it_came_to_it) {
    meeting_begin(change_two_items, true);
    list = gilt_list_new(NULL, 0);
    append_new(list, meeting_new());
    append_new(list, gilt_int(2));
    GiltObject *shown = gilt_repr(list);
    assert_repr(gilt_incref(list), "[3, 3]");
    char *text = gilt_str_utf8(shown, NULL);
    assert_string_equal(text, "[M, 3]");
    free(text);
    gilt_decref(shown);
    meeting_end();
    gilt_decref(list);
}

/* The lists are [M, 2] and [M, 3], and then [3, 3] and [M, 3]: never equal. */
TEST(equality_of_lists_may_mix_items_of_two_moments) {
    meeting_begin(change_two_items, true);
    list = gilt_list_new(NULL, 0);
    twin = gilt_list_new(NULL, 0);
    append_new(list, meeting_new());
    append_new(list, gilt_int(2));
    append_new(twin, meeting_new());
    append_new(twin, gilt_int(3));
    assert_int_equal(gilt_equal(list, twin), 1);
    meeting_end();
    assert_int_equal(gilt_equal(list, twin), 0);
    gilt_decref(twin);
    gilt_decref(list);
}

static void set_equal_items(int number) {
    for (int i = 0; i < 20000; i++) {
        GiltObject *item = gilt_int(1000 + i % ITEMS);
        check(gilt_list_set(number % 2 ? list : twin, i % ITEMS, item));
        gilt_decref(item);
        if (i % 16 == 0) gilt_safepoint();
    }
}

static void compare(int number) {
    (void)number;
    while (keep_reading()) {
        check(gilt_equal(list, twin) == 1 && gilt_less(list, twin) == 0);
        GiltObject *shown = gilt_repr(list), *same = gilt_repr(twin);
        check(gilt_equal(shown, same) == 1);
        gilt_decref(shown);
        gilt_decref(same);
    }
}

TEST(lists_whose_items_are_set_to_equal_ones_stay_equal) {
    list = numbers_new();
    twin = numbers_new();
    together(2, set_equal_items, 2, compare);
    gilt_decref(twin);
    gilt_decref(list);
}

static void lengthen_and_shorten(int number) {
    (void)number;
    for (int i = 0; i < 10000; i++, gilt_safepoint()) {
        if (i % 10 < 5)
            append_new(list, gilt_int(1000 + i % 3));
        else
            gilt_decref(gilt_list_pop(list, 0));
        if (i % 500 == 0) gilt_list_clear(list);
        gilt_error_clear(); /* it may have been empty */
    }
}

static void compare_and_print(int number) {
    (void)number;
    while (keep_reading()) {
        check(gilt_equal(list, twin) >= 0 && gilt_less(list, twin) >= 0);
        GiltObject *shown = gilt_repr(list);
        check(shown && gilt_len(shown) >= 2);
        gilt_decref(shown);
    }
}

TEST(a_list_that_grows_and_shrinks_can_be_compared_and_printed) {
    list = numbers_new();
    twin = numbers_new();
    together(2, lengthen_and_shorten, 2, compare_and_print);
    gilt_decref(twin);
    gilt_decref(list);
}

/* ---- join ---- */

static void reverse_often(int number) {
    (void)number;
    for (int i = 0; i < 40000; i++) {
        check(gilt_list_reverse(list));
        if (i % 8 == 0) gilt_safepoint();
    }
}

static void join(int number) {
    (void)number;
    GiltObject *dash = gilt_str_from("-"), *forth = gilt_str_from("aa-bb-cc-dd-ee");
    GiltObject *back = gilt_str_from("ee-dd-cc-bb-aa");
    while (keep_reading()) {
        GiltObject *joined = gilt_str_join(dash, list);
        check(gilt_equal(joined, forth) == 1 || gilt_equal(joined, back) == 1);
        gilt_decref(joined);
    }
    gilt_decref(dash);
    gilt_decref(forth);
    gilt_decref(back);
}

TEST(join_reads_its_list_at_one_moment) {
    GiltObject *text = gilt_str_from("aa bb cc dd ee");
    list = gilt_str_split(text, NULL);
    gilt_decref(text);
    together(1, reverse_often, 2, join);
    gilt_decref(list);
}

TESTS(test(others_see_all_items_of_a_list_that_is_sorted_or_none),
      test(what_comes_in_during_a_sort_stays_behind_and_is_an_error),
      test(contains_finds_an_item_that_stays_where_it_is),
      test(contains_may_miss_an_item_that_moves),
      test(repr_of_a_list_shows_each_item_as_it_was_when_it_came_to_it),
      test(equality_of_lists_may_mix_items_of_two_moments),
      test(lists_whose_items_are_set_to_equal_ones_stay_equal),
      test(a_list_that_grows_and_shrinks_can_be_compared_and_printed),
      test(join_reads_its_list_at_one_moment))
