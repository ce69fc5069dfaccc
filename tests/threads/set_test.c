/* set_test.c: what many threads may rely on when they use one set. The table under it is
 * tested more closely in dict_test.c.
 *
 * Each operation is atomic: of many threads that discard an item one did, what stays in is
 * always found, nothing is lost, and nothing leaks (testing.h counts blocks). */
#include "tests/threads/together.h"

enum { ITEMS = 64, MANY = 4 };

static GiltObject *set;
static GiltObject *items[ITEMS]; /* the main thread's, alive all the time */

/* By turns an int and a text. */
static GiltObject *item_make(int i) {
    return i % 2 ? gilt_int(1000 + i) : gilt_str_format("item number %d", i);
}

/* The gil changes hands often, so that it, too, is met in the middle of things. */
static void begin(void) {
    assert_non_null(set = gilt_set_new(NULL, 0));
    for (int i = 0; i < ITEMS; i++) assert_non_null(items[i] = item_make(i));
}

static void finish(void) {
    for (int i = 0; i < ITEMS; i++) gilt_decref(items[i]);
    gilt_decref(set);
}

/* ---- the parts that threads play ---- */

static void churn_upper_half(int number) {
    (void)number;
    for (int turn = 0; turn < 200; turn++, gilt_safepoint())
        for (int i = ITEMS / 2; i < ITEMS; i++) {
            GiltObject *item = item_make(i);
            if (turn % 2)
                check(gilt_set_discard(set, item) == 1);
            else
                check(gilt_set_add(set, item));
            gilt_decref(item);
        }
}

static void find_lower_half(int number) {
    (void)number;
    while (keep_reading())
        for (int i = 0; i < ITEMS; i++) {
            GiltObject *item = item_make(i);
            int found = gilt_set_contains(set, item);
            check(i < ITEMS / 2 ? found == 1 : found >= 0);
            gilt_decref(item);
        }
}

TEST(permanent_items_are_never_missed) {
    begin();
    for (int i = 0; i < ITEMS / 2; i++) assert_true(gilt_set_add(set, items[i]));
    together(1, churn_upper_half, 3, find_lower_half);
    assert_int_equal(gilt_set_size(set), ITEMS / 2);
    finish();
}

static void add_all(int number) {
    for (int i = 0; i < 500; i++) {
        GiltObject *own = gilt_int(5000 + number * 500 + i), *common = item_make(i % ITEMS);
        check(gilt_set_add(set, own) && gilt_set_add(set, common));
        gilt_decref(own);
        gilt_decref(common);
        gilt_safepoint();
    }
}

TEST(writers_lose_nothing_and_add_nothing_twice) {
    begin();
    together(MANY, add_all, 0, NULL);
    assert_int_equal(gilt_set_size(set), MANY * 500 + ITEMS);
    GiltObject *item;
    size_t count = 0;
    for (size_t at = 0; gilt_set_next(set, &at, &item); count++) gilt_decref(item);
    assert_int_equal(count, MANY * 500 + ITEMS);
    finish();
}

static void discard_all(int number) {
    long count = 0;
    for (int i = 0; i < ITEMS; i++) {
        GiltObject *item = item_make((i + number) % ITEMS);
        count += gilt_set_discard(set, item);
        gilt_decref(item);
    }
    atomic_fetch_add(&sum, count);
}

TEST(each_item_is_discarded_once) {
    begin();
    for (int round = 0; round < 20; round++) {
        for (int i = 0; i < ITEMS; i++) assert_true(gilt_set_add(set, items[i]));
        together(MANY, discard_all, 0, NULL);
        assert_int_equal(atomic_load(&sum), ITEMS);
        assert_int_equal(gilt_set_size(set), 0);
    }
    finish();
}

static void add_and_clear(int number) {
    for (int turn = 0; turn < 150; turn++, gilt_safepoint()) {
        for (int i = number; i < ITEMS; i++) {
            GiltObject *item = item_make(i);
            check(gilt_set_add(set, item));
            gilt_decref(item);
        }
        if (turn % 3 == 0) gilt_set_clear(set);
    }
}

static bool is_item(GiltObject *item) {
    for (int i = 0; i < ITEMS; i++)
        if (gilt_equal(item, items[i]) == 1) return true;
    return false;
}

static void walk(int number) {
    (void)number;
    while (keep_reading()) {
        GiltObject *item;
        for (size_t at = 0; gilt_set_next(set, &at, &item);) {
            check(is_item(item));
            gilt_decref(item);
        }
        GiltObject *shown = gilt_repr(set);
        check(shown != NULL);
        gilt_decref(shown);
    }
}

TEST(walks_meet_items_while_others_clear) {
    begin();
    together(2, add_and_clear, 2, walk);
    finish();
}

TESTS(test(permanent_items_are_never_missed),
      test(writers_lose_nothing_and_add_nothing_twice), test(each_item_is_discarded_once),
      test(walks_meet_items_while_others_clear))
