/* list_change_test.c: what many threads may rely on when they all change one list: nothing
 * is lost or dropped twice, and a change of many items is seen as a whole or not at all. */
#include "tests/threads/counted.h"

enum { MANY = 4, RUN = 16 };

static GiltObject *list;

static GiltObject *number_new(int i) { return gilt_int(1000 + i); }

static int number_at(GiltObject *from, ssize_t i) {
    GiltObject *item = gilt_list_get(from, i);
    int64_t value = 0;
    check(item && gilt_int_value(item, &value));
    gilt_decref(item);
    return (int)value - 1000;
}

static void drop_error(GiltType type) {
    check(gilt_error_is(type));
    gilt_error_clear();
}

/* ---- single items ---- */

enum { SETS = 40000, INSERTS = 700, TURNS = 4000, APPENDS = 40000 };

static void set_over(int number) {
    GiltObject *last = gilt_int(-1);
    for (int i = 0; i < SETS; i++) {
        GiltObject *item = held[(i + number) % HELD];
        check(number ? gilt_set_item(list, last, item) : gilt_list_set(list, 0, item));
        if (i % 64 == 0) gilt_safepoint();
    }
    gilt_decref(last);
}

static void get_held(int number) {
    (void)number;
    GiltObject *zero = gilt_int(0);
    while (keep_reading()) {
        GiltObject *item = gilt_get_item(list, zero);
        check(is_held(item));
        gilt_decref(item);
    }
    gilt_decref(zero);
}

TEST(an_item_that_is_set_over_is_dropped_once) {
    for (int readers = 0; readers < 2; readers++) {
        held_begin();
        list = gilt_list_new(held, 1);
        together(2, set_over, readers, get_held);
        gilt_decref(list);
        held_end();
    }
}

/* Nothing but appends, so that they meet as often as can be. */
static void append_only(int number) {
    GiltObject *item = gilt_int(number);
    for (int i = 0; i < APPENDS; i++) {
        check(gilt_list_append(list, item));
        if (i % 64 == 0) gilt_safepoint();
    }
    gilt_decref(item);
}

TEST(appends_are_all_counted) {
    list = gilt_list_new(NULL, 0);
    together(2, append_only, 0, NULL);
    assert_int_equal(gilt_list_size(list), 2 * APPENDS);
    int64_t value, total = 0;
    for (int i = 0; i < 2 * APPENDS; i++) {
        GiltObject *item = gilt_list_get(list, i);
        assert_true(item && gilt_int_value(item, &value));
        total += value;
        gilt_decref(item);
    }
    assert_int_equal(total, APPENDS);
    gilt_decref(list);
}

static void insert_own(int number) {
    for (int i = 0; i < INSERTS; i++, gilt_safepoint()) {
        GiltObject *item = number_new(number * INSERTS + i);
        check(gilt_list_insert(list, 0, item));
        gilt_decref(item);
    }
}

TEST(inserters_lose_nothing_and_keep_their_order) {
    list = gilt_list_new(NULL, 0);
    together(MANY, insert_own, 0, NULL);
    assert_int_equal(gilt_list_size(list), MANY * INSERTS);
    int left[MANY];
    for (int i = 0; i < MANY; i++) left[i] = INSERTS;
    for (int i = 0; i < MANY * INSERTS; i++) {
        int number = number_at(list, i);
        assert_in_range(number, 0, MANY * INSERTS - 1);
        assert_int_equal(number % INSERTS, --left[number / INSERTS]);
    }
    gilt_decref(list);
}

/* Thread 0 clears, thread 1 deletes, the others put in and take out. */
static void put_and_take(int number) {
    GiltObject *last = gilt_int(-1);
    for (int i = 0; i < TURNS; i++, gilt_safepoint()) {
        GiltObject *item = counted_new(), *popped = NULL;
        check(i % 2 ? gilt_list_append(list, item) : gilt_list_insert(list, 0, item));
        gilt_decref(item);
        if (number == 0 && i % 8 == 0)
            gilt_list_clear(list);
        else if (number == 1 && !gilt_del_item(list, last))
            drop_error(GILT_INDEX_ERROR);
        else if (number > 1 && !(popped = gilt_list_pop(list, i % 3 ? -1 : 0)))
            drop_error(GILT_INDEX_ERROR);
        gilt_decref(popped);
    }
    gilt_decref(last);
}

TEST(an_item_is_popped_deleted_or_cleared_and_dies_once) {
    counted_begin();
    list = gilt_list_new(NULL, 0);
    together(MANY, put_and_take, 0, NULL);
    gilt_decref(list);
    counted_end();
}

static void delete_first(int number) {
    (void)number;
    GiltObject *zero = gilt_int(0);
    long count = 0;
    while (gilt_del_item(list, zero)) {
        count++;
        gilt_safepoint();
    }
    drop_error(GILT_INDEX_ERROR);
    atomic_fetch_add(&sum, count);
    gilt_decref(zero);
}

TEST(each_item_is_deleted_once) {
    list = gilt_list_new(NULL, 0);
    for (int i = 0; i < MANY * INSERTS; i++) {
        GiltObject *item = number_new(i);
        assert_true(gilt_list_append(list, item));
        gilt_decref(item);
    }
    together(MANY, delete_first, 0, NULL);
    assert_int_equal(atomic_load(&sum), MANY * INSERTS);
    assert_int_equal(gilt_list_size(list), 0);
    gilt_decref(list);
}

/* ---- items that move ---- */

#ifdef __SANITIZE_THREAD__
enum { LENGTH = 500, CHANGES = 4000 };
#else
enum { LENGTH = 2000, CHANGES = 10000 };
#endif

/* The list goes to and fro between two states: its change number k ends state k % 2. `turn`
 * is 2 k + 1 while change k runs. */
static atomic_int turn;

static int inserted(int state, int i) { return state ? i - 1 : i; }
static int reversed(int state, int i) { return state ? LENGTH - 1 - i : i; }
static int (*item_in)(int state, int i);

static void insert_or_pop(int state) {
    if (state) {
        gilt_decref(gilt_list_pop(list, 0));
        return;
    }
    GiltObject *item = number_new(-1);
    check(gilt_list_insert(list, 0, item));
    gilt_decref(item);
}

static void change_state(int number) {
    (void)number;
    for (int k = 0; k < CHANGES; k++, gilt_safepoint()) {
        atomic_fetch_add(&turn, 1);
        if (item_in == inserted)
            insert_or_pop(k % 2);
        else
            check(gilt_list_reverse(list));
        atomic_fetch_add(&turn, 1);
    }
}

/* Two reads in the course of one change: if the first sees what comes after the change, so
 * does the second. */
static void see_one_state(int number) {
    const int places[] = {0, LENGTH - 1, LENGTH / 3, 0, LENGTH / 2 + 50};
    for (int i = number; keep_reading(); i = (i + 1) % 4) {
        int before = atomic_load(&turn), after = (before / 2 + 1) % 2;
        int one = number_at(list, places[i]), other = number_at(list, places[i + 1]);
        if (atomic_load(&turn) != before) continue;
        if (one == item_in(after, places[i]) && before % 2)
            check(other == item_in(after, places[i + 1]));
        else
            check(one == item_in(!after, places[i]));
    }
}

static void change_and_see(int (*item)(int state, int i)) {
    item_in = item;
    atomic_store(&turn, 0);
    list = gilt_list_new(NULL, 0);
    for (int i = 0; i < LENGTH; i++) {
        GiltObject *one = number_new(i);
        assert_true(gilt_list_append(list, one));
        gilt_decref(one);
    }
    together(1, change_state, 2, see_one_state);
    gilt_decref(list);
}

TEST(nobody_sees_half_of_an_insertion_or_a_pop) { change_and_see(inserted); }
TEST(nobody_sees_half_of_a_reversal) { change_and_see(reversed); }

static void see_the_last(int number) {
    (void)number;
    while (keep_reading()) check(number_at(list, -1) == 2);
}

static void insert_and_pop(int number) {
    (void)number;
    for (int i = 0; i < 20000; i++) {
        insert_or_pop(i % 2);
        if (i % 8 == 0) gilt_safepoint();
    }
}

TEST(a_negative_index_counts_from_the_end_of_that_moment) {
    list = gilt_list_new(NULL, 0);
    for (int i = 0; i < 3; i++) {
        GiltObject *item = number_new(i);
        assert_true(gilt_list_append(list, item));
        gilt_decref(item);
    }
    together(2, insert_and_pop, 2, see_the_last);
    gilt_decref(list);
}

/* ---- runs of items ---- */

enum { EXTENDS = 1500 };

/* A list, or a tuple, of RUN items that tell the thread. */
static GiltObject *run_new(int number, bool as_list) {
    GiltObject *items[RUN];
    for (int i = 0; i < RUN; i++) items[i] = number_new(number * RUN + i);
    GiltObject *all = as_list ? gilt_list_new(items, RUN) : gilt_tuple_new(items, RUN);
    for (int i = 0; i < RUN; i++) gilt_decref(items[i]);
    return all;
}

static void extend_by_runs(int number) {
    GiltObject *items = run_new(number, number % 2);
    for (int i = 0; i < EXTENDS; i++, gilt_safepoint())
        check(gilt_list_extend(list, items));
    gilt_decref(items);
}

/* Each RUN items from the first on are those of one thread, in order. */
static void check_runs(GiltObject *items) {
    size_t size = gilt_list_size(items);
    check(size % RUN == 0);
    for (size_t i = 0; i + RUN <= size; i += RUN) {
        int first = number_at(items, (ssize_t)i);
        check(first % RUN == 0);
        for (int k = 1; k < RUN; k++) check(number_at(items, (ssize_t)i + k) == first + k);
    }
}

static void look_at_the_end(int number) {
    (void)number;
    while (keep_reading()) {
        for (int i = 0; i < 100; i++)
            check(gilt_list_size(list) % RUN == 0 && gilt_len(list) % RUN == 0);
        GiltObject *end = gilt_list_slice(list, -3 * RUN, PTRDIFF_MAX);
        check_runs(end);
        gilt_decref(end);
    }
}

TEST(extend_adds_all_items_in_one_piece) {
    list = gilt_list_new(NULL, 0);
    together(MANY, extend_by_runs, 1, look_at_the_end);
    assert_int_equal(gilt_list_size(list), MANY * EXTENDS * RUN);
    check_runs(list);
    int count[MANY] = {0};
    for (int i = 0; i < MANY * EXTENDS * RUN; i += RUN) count[number_at(list, i) / RUN]++;
    for (int i = 0; i < MANY; i++) assert_int_equal(count[i], EXTENDS);
    assert_int_equal(atomic_load(&wrong), 0);
    gilt_decref(list);
}

static void extend_and_clear(int number) {
    GiltObject *items = run_new(number, number % 2);
    for (int i = 0; i < EXTENDS; i++, gilt_safepoint()) {
        check(gilt_list_extend(list, items));
        if (i % 4 == number) gilt_list_clear(list);
    }
    gilt_decref(items);
}

static void look_at_all(int number) {
    (void)number;
    while (keep_reading()) {
        check(gilt_list_size(list) % RUN == 0);
        GiltObject *copy = gilt_list_slice(list, 0, PTRDIFF_MAX);
        check_runs(copy);
        gilt_decref(copy);
    }
}

TEST(clear_takes_all_items_at_once) {
    list = gilt_list_new(NULL, 0);
    together(2, extend_and_clear, 2, look_at_all);
    check_runs(list);
    assert_int_equal(atomic_load(&wrong), 0);
    gilt_decref(list);
}

/* ---- two lists ---- */

static void reverse_often(int number) {
    (void)number;
    for (int i = 0; i < 40000; i++) {
        check(gilt_list_reverse(list));
        if (i % 8 == 0) gilt_safepoint();
    }
}

/* Is [from, from + RUN) the run of thread 0, forwards or backwards? */
static void check_direction(GiltObject *items, int from) {
    int first = number_at(items, from), step = first == 0 ? 1 : -1;
    check(first == 0 || first == RUN - 1);
    for (int i = 1; i < RUN; i++) check(number_at(items, from + i) == first + i * step);
}

static void extend_by_and_slice(int number) {
    (void)number;
    while (keep_reading()) {
        GiltObject *copy = gilt_list_new(NULL, 0);
        check(gilt_list_extend(copy, list) && gilt_list_extend(copy, list));
        check(gilt_list_size(copy) == 2 * RUN);
        check_direction(copy, 0);
        check_direction(copy, RUN);
        gilt_decref(copy);
        check_direction(copy = gilt_list_slice(list, 0, RUN), 0);
        gilt_decref(copy);
    }
}

TEST(extend_and_slice_read_a_list_at_one_moment) {
    list = run_new(0, true);
    together(1, reverse_often, 2, extend_by_and_slice);
    gilt_decref(list);
}

/* The halves of a sum are of two moments, if it must be; those of a product of one. */
static void add_and_multiply(int number) {
    (void)number;
    GiltObject *two = gilt_int(2);
    while (keep_reading()) {
        GiltObject *added = gilt_add(list, list), *product = gilt_multiply(list, two);
        check_direction(added, 0);
        check_direction(added, RUN);
        check_direction(product, 0);
        for (int i = 0; i < RUN; i++)
            check(number_at(product, i) == number_at(product, RUN + i));
        gilt_decref(added);
        gilt_decref(product);
    }
    gilt_decref(two);
}

TEST(sum_and_product_take_each_operand_at_one_moment) {
    list = run_new(0, true);
    together(1, reverse_often, 2, add_and_multiply);
    gilt_decref(list);
}

TESTS(test(an_item_that_is_set_over_is_dropped_once), test(appends_are_all_counted),
      test(inserters_lose_nothing_and_keep_their_order),
      test(an_item_is_popped_deleted_or_cleared_and_dies_once),
      test(each_item_is_deleted_once), test(nobody_sees_half_of_an_insertion_or_a_pop),
      test(nobody_sees_half_of_a_reversal),
      test(a_negative_index_counts_from_the_end_of_that_moment),
      test(extend_adds_all_items_in_one_piece), test(clear_takes_all_items_at_once),
      test(extend_and_slice_read_a_list_at_one_moment),
      test(sum_and_product_take_each_operand_at_one_moment))
