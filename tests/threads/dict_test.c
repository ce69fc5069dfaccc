/* dict_test.c: what many threads may rely on when they use one dict.
 *
 * Each operation is atomic: a key has a value that was set for this key, one of many
 * set_defaults wins, nothing is lost, and nothing leaks (testing.h counts blocks). Keys and
 * values are such that each value tells its key. */
#include "tests/threads/together.h"

enum { KEYS = 64, VALUES = 1000, MANY = 4 };

static GiltObject *dict;
static GiltObject *keys[KEYS]; /* of all sorts: the main thread's, alive all the time */

/* Key i is, by turns, an int, a large int, a text and a tuple. */
static GiltObject *key_make(int i) {
    GiltObject *part, *tuple;
    switch (i % 4) {
    case 0:
        return gilt_int(1000 + i);
    case 1:
        return gilt_int(INT64_MAX - i);
    case 2:
        return gilt_str_format("key number %d", i);
    }
    part = gilt_int(10000 + i);
    tuple = gilt_tuple_new(&part, 1);
    gilt_decref(part);
    return tuple;
}

static GiltObject *value_make(int i, int turn) {
    return gilt_int(1000 + i * VALUES + turn);
}

static bool value_fits(GiltObject *value, int i) {
    int64_t n = 0;
    return gilt_int_value(value, &n) && (n - 1000) / VALUES == i;
}

/* The gil changes hands often, so that it, too, is met in the middle of things. */
static void begin(void) {
    assert_non_null(dict = gilt_dict_new());
    for (int i = 0; i < KEYS; i++) assert_non_null(keys[i] = key_make(i));
}

static void finish(void) {
    for (int i = 0; i < KEYS; i++) gilt_decref(keys[i]);
    gilt_decref(dict);
}

static void set_key(int i, int turn) {
    GiltObject *value = value_make(i, turn % VALUES);
    check(gilt_dict_set(dict, keys[i], value));
    gilt_decref(value);
}

/* The key is another object with the same value every other time. */
static void read_key(int i, int turn) {
    GiltObject *key = turn % 2 ? gilt_incref(keys[i]) : key_make(i);
    GiltObject *value = gilt_dict_get(dict, key);
    if (value) check(value_fits(value, i));
    check(!gilt_error());
    gilt_decref(value);
    gilt_decref(key);
}

static void read_all(int number) {
    for (int turn = number; keep_reading(); turn++)
        for (int i = 0; i < KEYS; i++) read_key(i, turn);
}

/* ---- readers and a writer ---- */

static void set_all(int number) {
    (void)number;
    for (int turn = 0; turn < 200; turn++, gilt_safepoint())
        for (int i = 0; i < KEYS; i++) set_key(i, turn);
}

TEST(readers_see_values_of_their_key) {
    begin();
    together(1, set_all, 3, read_all);
    assert_int_equal(gilt_dict_size(dict), KEYS);
    finish();
}

/* Grows, empties and grows again: readers meet every state of a table. */
static void grow_and_shrink(int number) {
    (void)number;
    for (int turn = 0; turn < 60; turn++) {
        for (int i = 0; i < KEYS; i++) set_key(i, turn);
        for (int i = 0; i < KEYS; i++) check(gilt_dict_delete(dict, keys[(i * 7) % KEYS]));
        gilt_safepoint();
    }
}

TEST(readers_see_values_of_their_key_in_a_dict_that_comes_and_goes) {
    begin();
    together(1, grow_and_shrink, 3, read_all);
    assert_int_equal(gilt_dict_size(dict), 0);
    finish();
}

/* Tables come and go as fast as can be, each with what a few keys need. */
static void set_and_clear_few(int number) {
    (void)number;
    for (int turn = 0; turn < 6000; turn++) {
        for (int i = 0; i < 3; i++) set_key((turn + i) % KEYS, turn);
        gilt_dict_clear(dict);
        if (turn % 8 == 0) gilt_safepoint();
    }
}

TEST(readers_see_values_of_their_key_while_a_writer_clears) {
    begin();
    together(1, set_and_clear_few, 3, read_all);
    assert_int_equal(gilt_dict_size(dict), 0);
    finish();
}

/* What is in for good is found at any moment, whatever happens to the rest. */
static void churn_others(int number) {
    (void)number;
    for (int turn = 0; turn < 150; turn++, gilt_safepoint())
        for (int i = KEYS / 2; i < KEYS; i++) {
            if (turn % 2)
                check(gilt_dict_delete(dict, keys[i]));
            else
                set_key(i, turn);
        }
}

static void find_the_permanent(int number) {
    (void)number;
    while (keep_reading())
        for (int i = 0; i < KEYS / 2; i++) {
            GiltObject *key = key_make(i), *value = gilt_dict_get(dict, key);
            check(value && value_fits(value, i));
            check(gilt_contains(dict, key) == 1);
            gilt_decref(value);
            gilt_decref(key);
        }
}

TEST(permanent_keys_are_never_missed) {
    begin();
    for (int i = 0; i < KEYS / 2; i++) set_key(i, 0);
    together(1, churn_others, 3, find_the_permanent);
    finish();
}

/* The value of key 0 only grows. It is deleted now and then, and the table is replaced. */
static void count_up(int number) {
    (void)number;
    for (int turn = 0; turn < VALUES; turn++, gilt_safepoint()) {
        set_key(0, turn);
        set_key(1 + turn % (KEYS - 1), turn);
        if (turn % 3 == 0) check(gilt_dict_delete(dict, keys[0]));
        if (turn % 50 == 0) gilt_dict_clear(dict);
    }
}

static void see_it_grow(int number) {
    int64_t before = 0, now = 0;
    while (keep_reading()) {
        GiltObject *key = number % 2 ? gilt_incref(keys[0]) : key_make(0);
        GiltObject *value = gilt_dict_get(dict, key);
        if (value) {
            check(gilt_int_value(value, &now) && now >= before);
            before = now;
        }
        gilt_decref(value);
        gilt_decref(key);
    }
}

TEST(a_reader_never_sees_an_older_value_again) {
    begin();
    together(1, count_up, 3, see_it_grow);
    finish();
}

/* ---- many writers ---- */

enum { OWN = 400 };

static void set_own(int number) {
    for (int i = 0; i < OWN; i++) {
        GiltObject *key = gilt_int(1000 + number * OWN + i);
        check(gilt_dict_set(dict, key, key));
        gilt_decref(key);
        if (i % 16 == 0) gilt_safepoint();
    }
}

static void delete_own_odd(int number) {
    for (int i = 1; i < OWN; i += 2) {
        GiltObject *key = gilt_int(1000 + number * OWN + i);
        check(gilt_dict_delete(dict, key));
        gilt_decref(key);
        if (i % 16 == 1) gilt_safepoint();
    }
}

TEST(writers_of_distinct_keys_lose_nothing) {
    begin();
    together(MANY, set_own, 0, NULL);
    assert_int_equal(gilt_dict_size(dict), MANY * OWN);
    together(MANY, delete_own_odd, 0, NULL);
    assert_int_equal(gilt_dict_size(dict), MANY * OWN / 2);
    for (int i = 0; i < MANY * OWN; i++) {
        GiltObject *key = gilt_int(1000 + i);
        assert_int_equal(gilt_contains(dict, key), i % 2 == 0);
        gilt_decref(key);
    }
    finish();
}

TEST(writers_of_the_same_keys_leave_each_key_once) {
    begin();
    together(MANY, set_all, 1, read_all);
    assert_int_equal(gilt_dict_size(dict), KEYS);
    GiltObject *value;
    for (int i = 0; i < KEYS; i++) {
        assert_non_null(value = gilt_dict_get(dict, keys[i]));
        assert_true(value_fits(value, i));
        gilt_decref(value);
    }
    finish();
}

/* Puts a key in if it can, takes one out if it can, and counts what was done. */
static void put_and_pop(int number) {
    long count = 0;
    for (int turn = 0; turn < 2000; turn++, gilt_safepoint()) {
        int i = (turn * (number + 3)) % KEYS;
        GiltObject *own = value_make(i, number), *there;
        there = gilt_dict_set_default(dict, keys[i], own);
        check(there && value_fits(there, i));
        count += there == own;
        gilt_decref(there);
        gilt_decref(own);
        i = (i * 5) % KEYS;
        GiltObject *popped = gilt_dict_pop(dict, keys[i]);
        if (popped)
            check(value_fits(popped, i));
        else
            gilt_error_clear();
        count -= popped != NULL;
        gilt_decref(popped);
    }
    atomic_fetch_add(&sum, count);
}

TEST(what_is_put_in_is_popped_once) {
    begin();
    together(MANY, put_and_pop, 1, read_all);
    assert_int_equal(gilt_dict_size(dict), atomic_load(&sum));
    GiltObject *listed = gilt_dict_keys(dict);
    assert_int_equal(gilt_list_size(listed), atomic_load(&sum));
    gilt_decref(listed);
    finish();
}

static GiltObject *winners[2][KEYS];
static atomic_int arrived[KEYS];

/* Both threads come to each key at the same time. */
static void set_defaults(int number) {
    for (int i = 0; i < KEYS; i++) {
        GiltObject *own = value_make(i, number);
        atomic_fetch_add(&arrived[i], 1);
        while (atomic_load(&arrived[i]) < 2) gilt_safepoint();
        winners[number][i] = gilt_dict_set_default(dict, keys[i], own);
        gilt_decref(own);
    }
}

TEST(one_set_default_wins) {
    for (int round = 0; round < 20; round++) {
        begin();
        for (int i = 0; i < KEYS; i++) atomic_store(&arrived[i], 0);
        together(2, set_defaults, 0, NULL);
        assert_int_equal(gilt_dict_size(dict), KEYS);
        for (int i = 0; i < KEYS; i++) {
            assert_ptr_equal(winners[0][i], winners[1][i]);
            assert_true(value_fits(winners[0][i], i));
            gilt_decref(winners[0][i]);
            gilt_decref(winners[1][i]);
        }
        finish();
    }
}

/* ---- whole dicts ---- */

static void set_and_clear(int number) {
    for (int turn = 0; turn < 150; turn++, gilt_safepoint()) {
        for (int i = number; i < KEYS; i++) set_key(i, turn);
        if (turn % 3 == 0) gilt_dict_clear(dict);
    }
}

static void check_pair(GiltObject *key, GiltObject *value) {
    int64_t n = 0;
    check(gilt_int_value(value, &n) && n >= 1000 && n < 1000 + KEYS * VALUES);
    check(gilt_equal(key, keys[(n - 1000) / VALUES]) == 1);
}

static void walk(int number) {
    (void)number;
    while (keep_reading()) {
        GiltObject *key, *value;
        for (size_t at = 0; gilt_dict_next(dict, &at, &key, &value);) {
            check_pair(key, value);
            gilt_decref(key);
            gilt_decref(value);
        }
    }
}

TEST(walks_meet_whole_items_while_others_clear) {
    begin();
    together(2, set_and_clear, 2, walk);
    finish();
}

/* There are always one or two keys: the next one comes before the last one goes. */
static void step(int number) {
    (void)number;
    for (int turn = 1; turn < 4000; turn++) {
        set_key(turn % KEYS, turn);
        check(gilt_dict_delete(dict, keys[(turn - 1) % KEYS]));
        if (turn % 8 == 0) gilt_safepoint();
    }
}

static void look_whole(int number) {
    while (keep_reading()) {
        size_t at = 0;
        check(gilt_dict_next(dict, &at, NULL, NULL));
        GiltObject *copy = gilt_dict_copy(dict), *listed = NULL;
        check(gilt_dict_size(copy) == 1 || gilt_dict_size(copy) == 2);
        listed = number % 2 ? gilt_dict_keys(dict) : gilt_dict_values(dict);
        check(gilt_list_size(listed) == 1 || gilt_list_size(listed) == 2);
        gilt_decref(listed);
        GiltObject *other = gilt_dict_new(), *shown = gilt_repr(dict);
        check(gilt_dict_update(other, dict));
        check(gilt_dict_size(other) == 1 || gilt_dict_size(other) == 2);
        gilt_decref(shown);
        gilt_decref(other);
        gilt_decref(copy);
    }
}

TEST(copies_are_of_one_moment) {
    begin();
    set_key(0, 0);
    together(1, step, 2, look_whole);
    assert_int_equal(gilt_dict_size(dict), 1);
    finish();
}

/* ---- objects that change hands ---- */

static void produce(int number) {
    for (int i = 0; i < 1500; i++) {
        GiltObject *key = gilt_str_format("%d of %d", i, number), *value = gilt_dict_new();
        check(gilt_dict_set(value, key, key) && gilt_dict_set(dict, key, value));
        gilt_decref(key);
        gilt_decref(value);
        gilt_safepoint();
    }
}

static void consume(int number) {
    (void)number;
    long count = 0;
    for (bool more = true, last = false; more || !last;) {
        last = !keep_reading();
        size_t at = 0;
        GiltObject *key, *value = NULL;
        more = gilt_dict_next(dict, &at, &key, NULL);
        if (!more) continue;
        value = gilt_dict_pop(dict, key);
        if (value)
            check(gilt_contains(value, key) == 1);
        else
            gilt_error_clear();
        count += value != NULL;
        gilt_decref(key);
        gilt_decref(value);
    }
    atomic_fetch_add(&sum, count);
}

TEST(objects_made_by_one_thread_are_dropped_by_another) {
    begin();
    together(2, produce, 2, consume);
    assert_int_equal(gilt_dict_size(dict), 0);
    assert_int_equal(atomic_load(&sum), 2 * 1500);
    finish();
}

static void use_private(int number) {
    GiltObject *own = gilt_dict_new();
    for (int i = 0; i < 1000; i++) {
        GiltObject *key = gilt_int(1000 + i), *value = gilt_int(1000 * number + i);
        check(gilt_dict_set(own, key, value));
        gilt_decref(value);
        if (i % 3 == 0) check(gilt_dict_delete(own, key));
        gilt_decref(key);
        if (i % 16 == 0) gilt_safepoint();
    }
    check(gilt_dict_size(own) == 666);
    gilt_decref(own);
}

TEST(private_dicts_do_not_disturb_each_other) {
    begin();
    together(MANY, use_private, 0, NULL);
    finish();
}

TESTS(test(readers_see_values_of_their_key),
      test(readers_see_values_of_their_key_in_a_dict_that_comes_and_goes),
      test(readers_see_values_of_their_key_while_a_writer_clears),
      test(permanent_keys_are_never_missed), test(a_reader_never_sees_an_older_value_again),
      test(writers_of_distinct_keys_lose_nothing),
      test(writers_of_the_same_keys_leave_each_key_once),
      test(what_is_put_in_is_popped_once), test(one_set_default_wins),
      test(walks_meet_whole_items_while_others_clear), test(copies_are_of_one_moment),
      test(objects_made_by_one_thread_are_dropped_by_another),
      test(private_dicts_do_not_disturb_each_other))
