/* dict_change_test.c: what many threads may rely on when they change one dict: each key is
 * deleted once, each value dies once, a clear is seen as a whole; and what an update and a
 * comparison of dicts do one key after the other. */
#include "tests/threads/counted.h"
#include "tests/threads/meeting.h"

enum { MANY = 4, KEYS = 24 };

static GiltObject *dict, *twin;
static GiltObject *keys[KEYS]; /* the main thread's, alive all the time */

/* By turns an int and a text. */
static GiltObject *key_make(int i) {
    return i % 2 ? gilt_int(1000 + i) : gilt_str_format("key %d", i);
}

static void begin(void) {
    dict = gilt_dict_new();
    for (int i = 0; i < KEYS; i++) assert_non_null(keys[i] = key_make(i));
}

static void finish(void) {
    for (int i = 0; i < KEYS; i++) gilt_decref(keys[i]);
    gilt_decref(dict);
}

static void set_int(GiltObject *to, GiltObject *key, int value) {
    GiltObject *number = gilt_int(value);
    check(gilt_dict_set(to, key, number));
    gilt_decref(number);
}

/* ---- single keys ---- */

enum { SETS = 30000 };

static void set_over(int number) {
    for (int i = 0; i < SETS; i++) {
        GiltObject *value = held[(i + number) % HELD];
        check(number ? gilt_set_item(dict, keys[i % 3], value)
                     : gilt_dict_set(dict, keys[i % 3], value));
        if (i % 64 == 0) gilt_safepoint();
    }
}

static void get_held(int number) {
    for (int i = number; keep_reading(); i++) {
        GiltObject *value =
            i % 2 ? gilt_dict_get(dict, keys[i % 3]) : gilt_get_item(dict, keys[i % 3]);
        check(is_held(value));
        gilt_decref(value);
    }
}

TEST(a_value_that_is_set_over_is_dropped_once) {
    for (int readers = 0; readers < 2; readers++) {
        held_begin();
        begin();
        for (int i = 0; i < 3; i++) assert_true(gilt_dict_set(dict, keys[i], held[i]));
        together(2, set_over, readers, get_held);
        assert_int_equal(gilt_dict_size(dict), 3);
        finish();
        held_end();
    }
}

static void delete_all(int number) {
    long count = 0;
    for (int i = 0; i < KEYS; i++) {
        GiltObject *key = keys[(i + number) % KEYS];
        if (number % 2 ? gilt_dict_delete(dict, key) : gilt_del_item(dict, key))
            count++;
        else
            check(gilt_error_is(GILT_KEY_ERROR));
        gilt_error_clear();
    }
    atomic_fetch_add(&sum, count);
}

TEST(each_key_is_deleted_once) {
    begin();
    for (int round = 0; round < 12; round++) {
        for (int i = 0; i < KEYS; i++) set_int(dict, keys[i], i);
        together(MANY, delete_all, 0, NULL);
        assert_int_equal(atomic_load(&sum), KEYS);
        assert_int_equal(gilt_dict_size(dict), 0);
    }
    finish();
}

/* There is one key, or two: the next comes before the last one goes. */
static void step(int number) {
    (void)number;
    for (int turn = 1; turn < 20000; turn++) {
        set_int(dict, keys[turn % KEYS], turn);
        check(gilt_dict_delete(dict, keys[(turn - 1) % KEYS]));
        if (turn % 8 == 0) gilt_safepoint();
    }
}

static void see_one_or_two(int number) {
    (void)number;
    while (keep_reading()) {
        size_t size = gilt_dict_size(dict);
        ssize_t length = gilt_len(dict);
        check((size == 1 || size == 2) && (length == 1 || length == 2));
        check(gilt_true(dict) == 1);
    }
}

TEST(size_of_a_dict_is_that_of_a_moment) {
    begin();
    set_int(dict, keys[0], 0);
    together(1, step, 2, see_one_or_two);
    assert_int_equal(gilt_dict_size(dict), 1);
    finish();
}

/* ---- keys that are compared by code of the program ---- */

enum { NUMBERS = 24 };

static GiltObject *Key, *number_name;

static int64_t key_number(GiltObject *key) {
    GiltObject *number = gilt_get_attr(key, number_name);
    int64_t value = -1;
    check(number && gilt_int_value(number, &value));
    gilt_decref(number);
    return value;
}

static GiltObject *key_equal(void *data, GiltObject *const *arguments, size_t count) {
    (void)data;
    check(count == 2);
    gilt_safepoint();
    return gilt_bool(key_number(arguments[0]) == key_number(arguments[1]));
}

/* All hashes are the same, so that every key is compared with every other. */
static GiltObject *key_hash(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments;
    check(count == 1);
    return gilt_int(7);
}

static GiltObject *key_new(int n) {
    GiltObject *key = gilt_instance_new(Key), *number = gilt_int(n);
    check(gilt_set_attr(key, number_name, number));
    gilt_decref(number);
    return key;
}

static void make_key_class(void) {
    number_name = gilt_intern("number");
    GiltObject *equal = gilt_function_new("__eq__", key_equal, NULL);
    GiltObject *hash = gilt_function_new("__hash__", key_hash, NULL);
    Key = gilt_class_new("Key", NULL, NULL);
    assert_true(gilt_set_attr(Key, gilt_intern("__eq__"), equal));
    assert_true(gilt_set_attr(Key, gilt_intern("__hash__"), hash));
    gilt_decref(equal);
    gilt_decref(hash);
    gilt_decref(key_new(0));
    testing_blocks = gilt_memory().blocks; /* the class stays */
}

/* Counts what it has put in, and what it has taken out. */
static void put_compared(int number) {
    long count = 0;
    for (int i = 0; i < 9 * NUMBERS; i++) {
        GiltObject *key = key_new((i * 5 + number) % NUMBERS), *popped = NULL;
        GiltObject *there = gilt_dict_set_default(dict, key, key);
        check(there && key_number(there) == key_number(key));
        count += there == key;
        if (i % 3 == 0) popped = gilt_dict_pop(dict, key);
        gilt_error_clear(); /* somebody else has taken it out */
        count -= popped != NULL;
        gilt_decref(popped);
        gilt_decref(there);
        gilt_decref(key);
    }
    atomic_fetch_add(&sum, count);
}

TEST(keys_that_code_of_the_program_compares_are_in_once) {
    make_key_class();
    dict = gilt_dict_new();
    together(MANY, put_compared, 0, NULL);
    assert_int_equal(gilt_dict_size(dict), atomic_load(&sum));
    GiltObject *key;
    int seen[NUMBERS] = {0};
    for (size_t at = 0; gilt_dict_next(dict, &at, &key, NULL);) {
        assert_int_equal(seen[key_number(key)]++, 0);
        gilt_decref(key);
    }
    gilt_decref(dict);
}

static GiltObject *in_way;

static void clear_and_set(void) {
    gilt_dict_clear(dict);
    set_int(dict, keys[0], 1);
}

static void delete_in_way(void) { check(gilt_dict_delete(dict, in_way)); }

/* A key is compared with the one that is in, and meanwhile another thread acts. */
static void set_while(void (*act)(void), bool equal, size_t size) {
    meeting_begin(act, equal);
    begin();
    GiltObject *key = meeting_new();
    set_int(dict, in_way = meeting_new(), 1);
    set_int(dict, key, 2);
    meeting_end();
    assert_int_equal(gilt_dict_size(dict), size);
    GiltObject *value = gilt_dict_get(dict, key);
    assert_repr(value, "2");
    gilt_decref(in_way);
    gilt_decref(key);
    finish();
}

TEST(a_key_gets_into_a_dict_that_is_cleared_while_it_is_compared) {
    set_while(clear_and_set, false, 2);
}

TEST(a_key_gets_into_a_dict_from_which_its_equal_is_deleted_meanwhile) {
    set_while(delete_in_way, true, 1);
}

/* ---- whole dicts ---- */

enum { STEPS = 6 };

static void fill_and_clear(int number) {
    (void)number;
    for (int turn = 0; turn < 30000; turn++) {
        for (int i = 0; i < STEPS; i++) set_int(dict, keys[i], i);
        gilt_dict_clear(dict);
        if (turn % 4 == 0) gilt_safepoint();
    }
}

static GiltObject *texts[STEPS + 1]; /* of the dict with so many of the keys */

static void check_the_first(GiltObject *listed) {
    size_t size = gilt_list_size(listed);
    check(size <= STEPS);
    for (size_t i = 0; i < size; i++) {
        GiltObject *key = gilt_list_get(listed, (ssize_t)i);
        check(key == keys[i]);
        gilt_decref(key);
    }
    gilt_decref(listed);
}

/* The keys are put in one after the other and cleared at once, so what is in at any moment
 * are the first so many. */
static void see_the_first(int number) {
    while (keep_reading()) {
        check_the_first(gilt_dict_keys(dict));
        GiltObject *copy = gilt_dict_copy(dict), *shown = NULL;
        size_t count = 0;
        for (size_t at = 0; gilt_dict_next(copy, &at, NULL, NULL);) count++;
        check(gilt_dict_size(copy) == count);
        check_the_first(gilt_dict_keys(copy));
        gilt_decref(copy);
        if (number == 0) continue;
        shown = gilt_repr(dict);
        int same = 0;
        for (int i = 0; i <= STEPS; i++) same += gilt_equal(shown, texts[i]) == 1;
        check(same == 1);
        gilt_decref(shown);
    }
}

TEST(clear_takes_all_keys_at_once) {
    begin();
    for (int i = 0; i <= STEPS; i++) {
        texts[i] = gilt_repr(dict);
        set_int(dict, keys[i], i);
    }
    gilt_dict_clear(dict);
    together(1, fill_and_clear, 2, see_the_first);
    for (int i = 0; i <= STEPS; i++) gilt_decref(texts[i]);
    finish();
}

static void set_equal_values(int number) {
    for (int turn = 0; turn < 30000; turn++) {
        set_int(number % 2 ? dict : twin, keys[turn % KEYS], 1000 + turn % KEYS);
        if (turn % 16 == 0) gilt_safepoint();
    }
}

static void compare(int number) {
    (void)number;
    while (keep_reading()) check(gilt_equal(dict, twin) == 1);
}

TEST(dicts_whose_values_are_set_to_equal_ones_stay_equal) {
    begin();
    for (int i = 0; i < KEYS; i++) set_int(dict, keys[i], 1000 + i);
    twin = gilt_dict_copy(dict);
    together(2, set_equal_values, 2, compare);
    gilt_decref(twin);
    finish();
}

static void change_both_values(void) {
    set_int(dict, keys[0], 3);
    set_int(dict, keys[1], 3);
}

/* The dicts are {M, 2} and {M, 3}, and then {3, 3} and {M, 3}: never equal. */
TEST(equality_of_dicts_may_mix_values_of_two_moments) {
    meeting_begin(change_both_values, true);
    begin();
    GiltObject *one = meeting_new(), *other = meeting_new();
    assert_true(gilt_dict_set(dict, keys[0], one));
    set_int(dict, keys[1], 2);
    twin = gilt_dict_new();
    assert_true(gilt_dict_set(twin, keys[0], other));
    set_int(twin, keys[1], 3);
    assert_int_equal(gilt_equal(dict, twin), 1);
    meeting_end();
    assert_int_equal(gilt_equal(dict, twin), 0);
    gilt_decref(one);
    gilt_decref(other);
    gilt_decref(twin);
    finish();
}

/* ---- update ---- */

static void update_from_own(int number) {
    GiltObject *own = gilt_dict_new();
    for (int round = 0; round < 60; round++) {
        for (int i = 0; i < 20; i++) {
            GiltObject *key = gilt_int(1000 + number * 1200 + round * 20 + i);
            set_int(own, key, number);
            gilt_decref(key);
        }
        check(gilt_dict_update(dict, own));
        gilt_dict_clear(own);
        gilt_safepoint();
    }
    gilt_decref(own);
}

TEST(updates_by_many_threads_lose_nothing) {
    begin();
    together(MANY, update_from_own, 0, NULL);
    assert_int_equal(gilt_dict_size(dict), MANY * 1200);
    finish();
}

static void update_each_other(int number) {
    GiltObject *to = number % 2 ? dict : twin, *from = number % 2 ? twin : dict;
    for (int i = 0; i < 1500; i++) {
        set_int(from, keys[(i + number) % KEYS], 1000 + (i + number) % KEYS);
        check(gilt_dict_update(to, from) && gilt_dict_update(to, to));
        if (i % 50 == 0) gilt_dict_clear(to);
        gilt_safepoint();
    }
}

TEST(dicts_that_update_each_other_do_not_block_for_ever) {
    begin();
    twin = gilt_dict_new();
    together(MANY, update_each_other, 0, NULL);
    for (int i = 0; i < KEYS; i++) {
        GiltObject *value = gilt_dict_get(dict, keys[i]);
        int64_t n = 1000 + i;
        if (value) assert_true(gilt_int_value(value, &n));
        assert_int_equal(n, 1000 + i);
        gilt_decref(value);
    }
    gilt_decref(twin);
    finish();
}

static void see_the_first_key_only(void) {
    check(gilt_contains(dict, keys[0]) == 1);
    check(gilt_contains(dict, keys[1]) == 0);
}

/* Comparing the second of three keys meets who looks. */
TEST(update_puts_one_key_after_the_other) {
    meeting_begin(see_the_first_key_only, true);
    begin();
    GiltObject *one = meeting_new(), *other = meeting_new();
    set_int(dict, one, 0);
    twin = gilt_dict_new();
    set_int(twin, keys[0], 1);
    set_int(twin, other, 1);
    set_int(twin, keys[1], 1);
    assert_true(gilt_dict_update(dict, twin));
    meeting_end();
    assert_int_equal(gilt_dict_size(dict), 3);
    gilt_decref(one);
    gilt_decref(other);
    gilt_decref(twin);
    finish();
}

TESTS(test(a_value_that_is_set_over_is_dropped_once), test(each_key_is_deleted_once),
      test(size_of_a_dict_is_that_of_a_moment),
      test(keys_that_code_of_the_program_compares_are_in_once),
      test(a_key_gets_into_a_dict_that_is_cleared_while_it_is_compared),
      test(a_key_gets_into_a_dict_from_which_its_equal_is_deleted_meanwhile),
      test(clear_takes_all_keys_at_once),
      test(dicts_whose_values_are_set_to_equal_ones_stay_equal),
      test(equality_of_dicts_may_mix_values_of_two_moments),
      test(updates_by_many_threads_lose_nothing),
      test(dicts_that_update_each_other_do_not_block_for_ever),
      test(update_puts_one_key_after_the_other))
