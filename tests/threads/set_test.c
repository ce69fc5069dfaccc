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

/* ---- whole sets ---- */

enum { STEPS = 6 };

static GiltObject *texts[STEPS + 1]; /* of the set with so many of the items */

static void fill_and_clear(int number) {
    (void)number;
    for (int turn = 0; turn < 20000; turn++) {
        for (int i = 0; i < STEPS; i++) check(gilt_set_add(set, items[i]));
        gilt_set_clear(set);
        if (turn % 4 == 0) gilt_safepoint();
    }
}

/* The items come one after the other and are cleared at once, so what is in at any moment
 * are the first so many. */
static void print_the_first(int number) {
    (void)number;
    while (keep_reading()) {
        GiltObject *shown = gilt_repr(set);
        int same = 0;
        for (int i = 0; i <= STEPS; i++) same += gilt_equal(shown, texts[i]) == 1;
        check(same == 1);
        gilt_decref(shown);
    }
}

TEST(clear_takes_all_items_at_once) {
    begin();
    for (int i = 0; i <= STEPS; i++) {
        texts[i] = gilt_repr(set);
        assert_true(gilt_set_add(set, items[i]));
    }
    gilt_set_clear(set);
    together(1, fill_and_clear, 2, print_the_first);
    for (int i = 0; i <= STEPS; i++) gilt_decref(texts[i]);
    finish();
}

/* There is one item, or two: the next comes before the last one goes. */
static void step(int number) {
    (void)number;
    for (int turn = 1; turn < 20000; turn++) {
        check(gilt_set_add(set, items[turn % ITEMS]));
        check(gilt_set_discard(set, items[(turn - 1) % ITEMS]) == 1);
        if (turn % 8 == 0) gilt_safepoint();
    }
}

static void see_one_or_two(int number) {
    (void)number;
    while (keep_reading()) {
        size_t size = gilt_set_size(set), at = 0;
        ssize_t length = gilt_len(set);
        check((size == 1 || size == 2) && (length == 1 || length == 2));
        check(gilt_true(set) == 1 && gilt_set_next(set, &at, NULL));
    }
}

TEST(a_set_that_is_never_empty_never_seems_so) {
    begin();
    assert_true(gilt_set_add(set, items[0]));
    together(1, step, 2, see_one_or_two);
    assert_int_equal(gilt_set_size(set), 1);
    finish();
}

static GiltObject *twin;

static void churn_both(int number) {
    for (int turn = 0; turn < 10000; turn++) {
        GiltObject *changed = (turn + number) % 2 ? set : twin;
        if (turn % 4 < 2)
            check(gilt_set_add(changed, items[turn % 10]));
        else
            check(gilt_set_discard(changed, items[turn % 10]) >= 0);
        if (turn % 16 == 0) gilt_safepoint();
    }
}

/* Item 20 is in one of them only, item 30 in the other only; 40 and 41 are in both. All
 * four stand before what comes and goes, so that no walk misses them. */
static void compare(int number) {
    (void)number;
    while (keep_reading()) {
        check(gilt_equal(set, twin) == 0 && gilt_equal(twin, set) == 0);
        check(gilt_contains(set, items[40]) == 1 && gilt_contains(twin, items[41]) == 1);
    }
}

TEST(sets_of_which_each_keeps_an_item_of_its_own_are_unequal) {
    begin();
    GiltObject *both[] = {items[40], items[41]};
    twin = gilt_set_new(both, 2);
    for (int i = 0; i < 2; i++) assert_true(gilt_set_add(set, both[i]));
    assert_true(gilt_set_add(set, items[20]) && gilt_set_add(twin, items[30]));
    together(2, churn_both, 2, compare);
    gilt_decref(twin);
    finish();
}

TESTS(test(permanent_items_are_never_missed),
      test(writers_lose_nothing_and_add_nothing_twice), test(each_item_is_discarded_once),
      test(walks_meet_items_while_others_clear), test(clear_takes_all_items_at_once),
      test(a_set_that_is_never_empty_never_seems_so),
      test(sets_of_which_each_keeps_an_item_of_its_own_are_unequal))
