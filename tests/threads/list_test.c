/* list_test.c: what many threads may rely on when they use one list.
 *
 * Each operation is atomic: an item is read as it was before or after a change, never
 * twice, never half; nothing is lost, and nothing leaks (testing.h counts blocks). */
#include "tests/threads/together.h"

enum { CHANGES = 4000, READERS = 3 };

static GiltObject *list;

static void append_int(GiltObject *to, int64_t value) {
    GiltObject *item = gilt_int(value);
    check(item && gilt_list_append(to, item));
    gilt_decref(item);
}

static int64_t take_int(GiltObject *object) {
    int64_t value = -1;
    check(object && gilt_int_value(object, &value));
    gilt_decref(object);
    return value;
}

/* The ints from 0 to count - 1, all above 256 by 1000 so that each is an object. */
static void fill(int count) {
    list = gilt_list_new(NULL, 0);
    for (int i = 0; i < count; i++) append_int(list, 1000 + i);
}

/* ---- one writer, many readers ---- */

/* A new list (n, 2n) inside a tuple: something that is made and dies often. */
static GiltObject *pair_new(int n) {
    GiltObject *half[2] = {gilt_int(1000 + n), gilt_int(2000 + 2 * n)};
    GiltObject *pair = gilt_tuple_new(half, 2);
    gilt_decref(half[0]);
    gilt_decref(half[1]);
    return pair;
}

static void check_pair(GiltObject *pair) {
    check(gilt_is(pair, GILT_TUPLE));
    int64_t a = take_int(gilt_tuple_get(pair, 0)), b = take_int(gilt_tuple_get(pair, 1));
    check(b == 2 * a);
    gilt_decref(pair);
}

static void change_pairs(int number) {
    for (int i = 0; i < CHANGES; i++) {
        GiltObject *pair = pair_new(i), *popped = NULL;
        size_t size = gilt_list_size(list);
        if (i % 5 == 0)
            check(gilt_list_insert(list, i % 64, pair));
        else if (i % 5 == 1)
            check(gilt_list_set(list, i % 32, pair));
        else if (i % 5 == 2 && size < 300)
            check(gilt_list_append(list, pair));
        else if (size > 40)
            check((popped = gilt_list_pop(list, i % 2 ? -1 : i % 40)) != NULL);
        gilt_decref(pair);
        if (popped) check_pair(popped);
        gilt_safepoint();
    }
    (void)number;
}

static void read_pairs(int number) {
    for (int i = number; keep_reading(); i = (i + 7) % 400) {
        GiltObject *pair = gilt_list_get(list, i < 350 ? i : 350 - i - 1);
        if (pair)
            check_pair(pair);
        else {
            check(gilt_error_is(GILT_INDEX_ERROR));
            gilt_error_clear();
        }
    }
}

TEST(readers_see_whole_items_while_a_writer_changes_the_list) {
    list = gilt_list_new(NULL, 0);
    for (int i = 0; i < 64; i++) {
        GiltObject *pair = pair_new(i);
        assert_true(gilt_list_append(list, pair));
        gilt_decref(pair);
    }
    together(1, change_pairs, READERS, read_pairs);
    gilt_decref(list);
}

static void insert_and_pop(int number) {
    (void)number;
    GiltObject *extra = gilt_int(5000);
    for (int i = 0; i < CHANGES; i++) {
        check(gilt_list_insert(list, 0, extra));
        gilt_safepoint();
        check(take_int(gilt_list_pop(list, 0)) == 5000);
        gilt_safepoint();
    }
    gilt_decref(extra);
}

static void read_moving(int number) {
    for (int at = number; keep_reading(); at = (at + 13) % 100) {
        int64_t found = take_int(gilt_list_get(list, at));
        check(found == 1000 + at || found == (at ? 999 + at : 5000));
    }
}

TEST(items_that_move_are_read_before_or_after_the_move) {
    fill(100);
    together(1, insert_and_pop, READERS, read_moving);
    gilt_decref(list);
}

static void reverse_often(int number) {
    (void)number;
    for (int i = 0; i < CHANGES; i++) {
        check(gilt_list_reverse(list));
        gilt_safepoint();
    }
}

static void read_reversed(int number) {
    for (int at = number; keep_reading(); at = (at + 13) % 100) {
        int64_t found = take_int(gilt_list_get(list, at));
        check(found == 1000 + at || found == 1099 - at);
    }
}

static void slice_reversed(int number) {
    (void)number;
    while (keep_reading()) {
        GiltObject *slice = gilt_list_slice(list, 0, 100);
        check(slice && gilt_list_size(slice) == 100);
        int64_t first = take_int(gilt_list_get(slice, 0));
        int64_t step = first == 1000 ? 1 : -1;
        for (int i = 0; i < 100; i++)
            check(take_int(gilt_list_get(slice, i)) == first + i * step);
        gilt_decref(slice);
    }
}

TEST(reversed_items_are_read_at_one_of_two_places) {
    fill(100);
    together(1, reverse_often, READERS, read_reversed);
    gilt_decref(list);
}

TEST(slice_is_a_copy_of_one_moment) {
    fill(100);
    together(1, reverse_often, READERS, slice_reversed);
    gilt_decref(list);
}

/* ---- many writers ---- */

enum { APPENDERS = 8, EACH = 2000 };

static void append_many(int number) {
    for (int i = 0; i < EACH; i++) {
        append_int(list, number * EACH + i);
        if (i % 16 == 0) gilt_safepoint();
    }
}

static void watch_growth(int number) {
    (void)number;
    for (size_t before = 0, size; keep_reading(); before = size) {
        size = gilt_list_size(list);
        check(size >= before);
        if (size) take_int(gilt_list_get(list, (ssize_t)size - 1));
    }
}

TEST(appenders_lose_nothing_and_keep_their_order) {
    fill(0);
    together(APPENDERS, append_many, 1, watch_growth);
    assert_int_equal(gilt_list_size(list), APPENDERS * EACH);
    int next[APPENDERS] = {0};
    int64_t sum = 0;
    for (int i = 0; i < APPENDERS * EACH; i++) {
        int64_t value = take_int(gilt_list_get(list, i));
        assert_in_range(value, 0, APPENDERS * EACH - 1);
        assert_int_equal(value % EACH, next[value / EACH]++);
        sum += value;
    }
    assert_int_equal(sum, (int64_t)APPENDERS * EACH * (APPENDERS * EACH - 1) / 2);
    gilt_decref(list);
}

static atomic_llong popped_sum;

static void pop_all(int number) {
    GiltObject *item;
    for (int i = number; (item = gilt_list_pop(list, i % 3 ? -1 : 0)); i++) {
        atomic_fetch_add(&popped_sum, take_int(item));
        gilt_safepoint();
    }
    check(gilt_error_is(GILT_INDEX_ERROR));
    gilt_error_clear();
}

TEST(poppers_get_each_item_once) {
    fill(EACH * 4);
    atomic_store(&popped_sum, 0);
    together(4, pop_all, 0, NULL);
    assert_int_equal(gilt_list_size(list), 0);
    assert_int_equal(atomic_load(&popped_sum),
                     (int64_t)EACH * 4 * (1000 + 1000 + EACH * 4 - 1) / 2);
    gilt_decref(list);
}

/* Each thread puts one item of its own round and round the list: what is taken out at one
 * end goes in at the other. */
static void rotate(int number) {
    for (int i = 0; i < CHANGES; i++) {
        GiltObject *item = gilt_list_pop(list, number % 2 ? 0 : -1);
        check(item && (number % 2 ? gilt_list_append(list, item)
                                  : gilt_list_insert(list, 0, item)));
        gilt_decref(item);
        gilt_safepoint();
    }
}

TEST(rotating_from_both_ends_keeps_every_item) {
    fill(200);
    together(4, rotate, 0, NULL);
    assert_true(gilt_list_sort(list));
    assert_int_equal(gilt_list_size(list), 200);
    for (int i = 0; i < 200; i++)
        assert_int_equal(take_int(gilt_list_get(list, i)), 1000 + i);
    gilt_decref(list);
}

/* ---- operations on the whole list ---- */

static void change_whole(int number) {
    GiltObject *more = gilt_list_new(NULL, 0);
    for (int i = 0; i < 16; i++) append_int(more, 1000 + i * 5 % 16);
    for (int i = 0; i < CHANGES / 4; i++) {
        if (number == 0)
            gilt_list_clear(list);
        else if (number == 1)
            check(gilt_list_reverse(list));
        else if (number == 2) {
            if (!gilt_list_sort(list)) check(gilt_error_is(GILT_VALUE_ERROR));
            gilt_error_clear();
        } else if (gilt_list_size(list) < 400)
            check(gilt_list_extend(list, more));
        gilt_safepoint();
    }
    gilt_decref(more);
}

static void read_some(int number) {
    for (int i = number; keep_reading(); i = (i + 5) % 64) {
        GiltObject *item = gilt_list_get(list, i);
        int64_t value = item ? take_int(item) : 1000;
        check(value >= 1000 && value < 1016);
        gilt_error_clear();
    }
}

TEST(sort_clear_extend_and_reverse_at_once_do_no_harm) {
    fill(16);
    together(5, change_whole, 2, read_some);
    size_t size = gilt_list_size(list);
    for (size_t i = 0; i < size; i++)
        assert_in_range(take_int(gilt_list_get(list, (ssize_t)i)), 1000, 1015);
    gilt_decref(list);
}

static void sort_often(int number) {
    (void)number;
    for (int i = 0; i < 200; i++) {
        check(gilt_list_reverse(list));
        if (!gilt_list_sort(list)) check(gilt_error_is(GILT_VALUE_ERROR));
        gilt_error_clear();
        gilt_safepoint();
    }
}

TEST(threads_that_sort_one_list_lose_no_item) {
    fill(300);
    together(4, sort_often, 0, NULL);
    assert_true(gilt_list_sort(list));
    assert_int_equal(gilt_list_size(list), 300);
    for (int i = 0; i < 300; i++)
        assert_int_equal(take_int(gilt_list_get(list, i)), 1000 + i);
    gilt_decref(list);
}

static GiltObject *other;

static void extend_each_other(int number) {
    GiltObject *to = number % 2 ? list : other, *from = number % 2 ? other : list;
    for (int i = 0; i < CHANGES; i++) {
        if (gilt_list_size(to) > 500) gilt_list_clear(to);
        check(gilt_list_extend(to, from));
        append_int(to, 1000);
        gilt_safepoint();
    }
}

TEST(lists_that_extend_each_other_do_not_block_for_ever) {
    fill(3);
    other = gilt_list_new(NULL, 0);
    together(4, extend_each_other, 0, NULL);
    size_t size = gilt_list_size(other);
    for (size_t i = 0; i < size; i++)
        assert_in_range(take_int(gilt_list_get(other, (ssize_t)i)), 1000, 1002);
    gilt_decref(other);
    gilt_decref(list);
}

/* ---- who makes is not who drops ---- */

static void make_lists(int number) {
    for (int i = 0; i < CHANGES; i++) {
        GiltObject *item = gilt_list_new(NULL, 0);
        append_int(item, 1000 + number);
        append_int(item, 1000 + number);
        check(gilt_list_append(list, item));
        gilt_decref(item);
        gilt_safepoint();
    }
}

static void drop_lists(int number) {
    (void)number;
    for (bool more = true; more; more = keep_reading() || gilt_list_size(list)) {
        GiltObject *item = gilt_list_pop(list, -1);
        gilt_error_clear(); /* it may have been empty, or emptied by another */
        if (!item) continue;
        check(take_int(gilt_list_get(item, 0)) == take_int(gilt_list_get(item, 1)));
        gilt_decref(item);
    }
}

TEST(items_of_one_thread_die_on_another) {
    fill(0);
    together(2, make_lists, 2, drop_lists);
    assert_int_equal(gilt_list_size(list), 0);
    gilt_decref(list);
}

TEST(items_outlive_the_thread_that_made_them) {
    fill(0);
    together(2, make_lists, 0, NULL);
    assert_int_equal(gilt_list_size(list), 2 * CHANGES);
    together(0, NULL, 2, drop_lists); /* on threads that take over what the first owned */
    assert_int_equal(gilt_list_size(list), 0);
    together(2, make_lists, 0, NULL);
    gilt_decref(list); /* and on this one */
}

TESTS(test(readers_see_whole_items_while_a_writer_changes_the_list),
      test(items_that_move_are_read_before_or_after_the_move),
      test(reversed_items_are_read_at_one_of_two_places),
      test(slice_is_a_copy_of_one_moment),
      test(appenders_lose_nothing_and_keep_their_order), test(poppers_get_each_item_once),
      test(rotating_from_both_ends_keeps_every_item),
      test(sort_clear_extend_and_reverse_at_once_do_no_harm),
      test(threads_that_sort_one_list_lose_no_item),
      test(lists_that_extend_each_other_do_not_block_for_ever),
      test(items_of_one_thread_die_on_another),
      test(items_outlive_the_thread_that_made_them))
