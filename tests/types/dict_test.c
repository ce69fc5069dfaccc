/* dict_test.c: what a dict does for one thread, through gilt.h. The expected results and
 * texts of errors are Python's. tests/threads/dict_test.c is about many threads. */
#include "tests/testing.h"
#include <sys/wait.h>
#include <unistd.h>

static GiltObject *dict; /* of the running test: made by SETUP, dropped by it */

static GiltObject *number(int64_t value) {
    GiltObject *o = gilt_int(value);
    assert_non_null(o);
    return o;
}

/* These drop the references that they are given, so that makers can be nested. */
static void put(GiltObject *key, GiltObject *value) {
    assert_true(gilt_dict_set(dict, key, value));
    gilt_decref(key);
    gilt_decref(value);
}

static void put_ints(int64_t key, int64_t value) {
    put(number(key), number(value));
}

/* The int at a key; -1 if there is none. */
static int64_t look(GiltObject *key) {
    int64_t result = -1;
    GiltObject *value = gilt_dict_get(dict, key);
    assert_null(gilt_error());
    assert_int_equal(gilt_contains(dict, key), value != NULL);
    gilt_decref(key);
    if (value) assert_true(gilt_int_value(value, &result));
    gilt_decref(value);
    return result;
}

static int64_t look_int(int64_t key) {
    return look(number(key));
}
static GiltObject *text(const char *utf8) {
    return gilt_str_from(utf8);
}
static GiltObject *same(GiltObject *o) {
    return gilt_incref(o);
}

/* Classes and interned names live until the runtime ends: from here on nothing may leak. */
static void count_blocks_from_here(void) {
    testing_blocks = gilt_memory().blocks;
}

static void delete (GiltObject *key) {
    assert_true(gilt_dict_delete(dict, key));
    gilt_decref(key);
}

#define DICT_TEST(name)                                                                    \
    static void name##_body(void);                                                         \
    TEST(name) {                                                                           \
        assert_non_null(dict = gilt_dict_new());                                           \
        name##_body();                                                                     \
        gilt_decref(dict);                                                                 \
    }                                                                                      \
    static void name##_body(void)

/* ---- items ---- */

DICT_TEST(new_dict_is_empty_and_false) {
    assert_int_equal(gilt_dict_size(dict), 0);
    assert_int_equal(gilt_len(dict), 0);
    assert_int_equal(gilt_true(dict), 0);
    assert_int_equal(look_int(1), -1);
    assert_repr(same(dict), "{}");
}

DICT_TEST(get_finds_what_was_set) {
    put_ints(1, 10);
    put(text("one"), number(11));
    put(gilt_none(), number(12));
    put(gilt_float(1.5), number(13));
    put(gilt_bytes_new("one", 3), number(14));
    assert_int_equal(look_int(1), 10);
    assert_int_equal(look(text("one")), 11);
    assert_int_equal(look(gilt_none()), 12);
    assert_int_equal(look(gilt_float(1.5)), 13);
    assert_int_equal(look(gilt_bytes_new("one", 3)), 14);
    assert_int_equal(look_int(2), -1);
    assert_int_equal(look(text("two")), -1);
    assert_int_equal(gilt_dict_size(dict), 5);
    assert_int_equal(gilt_true(dict), 1);
}

DICT_TEST(set_replaces_the_value_and_keeps_key_and_place) {
    put(gilt_float(1.0), number(10));
    put_ints(2, 20);
    put_ints(1, 11);
    assert_repr(same(dict), "{1.0: 11, 2: 20}");
}

DICT_TEST(dict_keeps_order_of_insertion) {
    for (int i = 0; i < 6; i++) put_ints(5 - i, i);
    delete (number(4));
    put_ints(4, 9);
    assert_repr(same(dict), "{5: 0, 3: 2, 2: 3, 1: 4, 0: 5, 4: 9}");
}

DICT_TEST(equal_numbers_are_one_key) {
    put_ints(1, 10);
    assert_int_equal(look(gilt_bool(true)), 10);
    assert_int_equal(look(gilt_float(1.0)), 10);
    put(gilt_float(-0.0), number(20));
    assert_int_equal(look_int(0), 20);
    assert_int_equal(look(gilt_bool(false)), 20);
    put(gilt_float(-1.0), number(30)); /* -1 hashes like -2 */
    put_ints(-2, 40);
    assert_int_equal(look_int(-1), 30);
    assert_int_equal(look(gilt_float(-2.0)), 40);
    assert_int_equal(gilt_dict_size(dict), 4);
}

DICT_TEST(numbers_with_equal_hashes_stay_apart) {
    const char *keys[] = {"0",
                          "2305843009213693951",
                          "4611686018427387902",
                          "1",
                          "2305843009213693952",
                          "-2305843009213693951",
                          "-1",
                          "-2",
                          "6917529027641081853",
                          "340282366920938463463374607431768211456"};
    int count = sizeof keys / sizeof *keys;
    for (int i = 0; i < count; i++) put(gilt_int_parse(keys[i], 10), number(i));
    assert_int_equal(gilt_dict_size(dict), count);
    for (int i = 0; i < count; i++) assert_int_equal(look(gilt_int_parse(keys[i], 10)), i);
    assert_int_equal(look(gilt_float(0x1p61)), 4);
    assert_int_equal(look(gilt_float(0x1p128)), 9);
    assert_int_equal(look(gilt_float(0x1p127)), -1);
}

DICT_TEST(texts_are_equal_interned_or_not) {
    gilt_intern("a name"), gilt_intern("a text"), gilt_intern("another");
    count_blocks_from_here();
    testing_blocks--; /* the dict, that there is already */
    put(gilt_intern("a name"), number(1));
    put(text("a text"), number(2));
    assert_int_equal(look(text("a name")), 1);
    assert_int_equal(look(gilt_intern("a name")), 1);
    assert_int_equal(look(gilt_intern("a text")), 2);
    assert_int_equal(look(text("a text")), 2);
    assert_int_equal(look(gilt_intern("another")), -1);
    put(text("a name"), number(3));
    assert_int_equal(gilt_dict_size(dict), 2);
    assert_int_equal(look(gilt_intern("a name")), 3);
}

DICT_TEST(nan_is_found_by_identity_alone) {
    GiltObject *nan = gilt_float(__builtin_nan(""));
    put(same(nan), number(1));
    assert_int_equal(look(same(nan)), 1);
    assert_int_equal(look(gilt_float(__builtin_nan(""))), -1);
    gilt_decref(nan);
}

DICT_TEST(tuples_are_keys_by_value) {
    GiltObject *parts[2] = {number(1000), text("x")};
    GiltObject *a = gilt_tuple_new(parts, 2), *b = gilt_tuple_new(parts, 2);
    put(a, number(7));
    assert_int_equal(look(b), 7);
    gilt_decref(parts[0]);
    gilt_decref(parts[1]);
}

DICT_TEST(unhashable_key_is_a_type_error) {
    GiltObject *list = gilt_list_new(NULL, 0);
    const char *message = "unhashable type: 'list'";
    assert_null(gilt_dict_get(dict, list));
    assert_raised_text(GILT_TYPE_ERROR, message);
    assert_false(gilt_dict_set(dict, list, list));
    assert_raised_text(GILT_TYPE_ERROR, message);
    assert_null(gilt_dict_set_default(dict, list, list));
    assert_raised_text(GILT_TYPE_ERROR, message);
    assert_null(gilt_dict_pop(dict, list));
    assert_raised_text(GILT_TYPE_ERROR, message);
    assert_int_equal(gilt_contains(dict, list), -1);
    assert_raised_text(GILT_TYPE_ERROR, message);
    assert_int_equal(gilt_refcount(list), 1);
    gilt_decref(list);
}

DICT_TEST(missing_key_is_a_key_error_with_its_repr) {
    GiltObject *key = text("a 'key'");
    put_ints(1, 1);
    assert_null(gilt_get_item(dict, key));
    assert_raised_text(GILT_KEY_ERROR, "\"a 'key'\"");
    assert_false(gilt_del_item(dict, key));
    assert_raised(GILT_KEY_ERROR);
    assert_false(gilt_dict_delete(dict, key));
    assert_raised(GILT_KEY_ERROR);
    assert_null(gilt_dict_pop(dict, key));
    assert_raised(GILT_KEY_ERROR);
    assert_null(gilt_dict_get(dict, key));
    assert_null(gilt_error());
    gilt_decref(key);
}

DICT_TEST(what_is_not_a_dict_is_a_type_error) {
    GiltObject *list = gilt_list_new(NULL, 0);
    assert_null(gilt_dict_get(list, list));
    assert_raised(GILT_TYPE_ERROR);
    assert_false(gilt_dict_update(dict, list));
    assert_raised(GILT_TYPE_ERROR);
    gilt_decref(list);
}

DICT_TEST(items_work_through_the_general_functions) {
    GiltObject *key = text("key"), *value = number(5000);
    assert_true(gilt_set_item(dict, key, value));
    GiltObject *found = gilt_get_item(dict, key);
    assert_ptr_equal(found, value);
    gilt_decref(found);
    assert_int_equal(gilt_contains(dict, key), 1);
    assert_true(gilt_del_item(dict, key));
    assert_int_equal(gilt_contains(dict, key), 0);
    assert_int_equal(gilt_refcount(key), 1);
    gilt_decref(key);
    gilt_decref(value);
}

DICT_TEST(set_default_returns_what_is_there) {
    GiltObject *key = text("key"), *first = number(5000), *second = number(5001);
    GiltObject *a = gilt_dict_set_default(dict, key, first);
    GiltObject *b = gilt_dict_set_default(dict, key, second);
    assert_ptr_equal(a, first);
    assert_ptr_equal(b, first);
    assert_int_equal(gilt_refcount(first), 4);
    assert_int_equal(gilt_refcount(second), 1);
    GiltObject *all[] = {key, first, second, a, b};
    for (int i = 0; i < 5; i++) gilt_decref(all[i]);
}

DICT_TEST(pop_takes_the_item_out) {
    GiltObject *key = text("key"), *value = number(5000);
    put(same(key), same(value));
    assert_int_equal(gilt_refcount(key), 2);
    GiltObject *popped = gilt_dict_pop(dict, key);
    assert_ptr_equal(popped, value);
    assert_int_equal(gilt_refcount(key), 1);
    assert_int_equal(gilt_refcount(value), 2);
    assert_int_equal(gilt_dict_size(dict), 0);
    gilt_decref(popped);
    gilt_decref(key);
    gilt_decref(value);
}

/* ---- many items ---- */

/* Sizes on both sides of the widths of index cells: 128 and 32768 entries. */
static void fill_and_empty(int count, int64_t stride) {
    for (int i = 0; i < count; i++) put_ints(i * stride, i);
    assert_int_equal(gilt_dict_size(dict), count);
    for (int i = 0; i < count; i++) assert_int_equal(look_int(i * stride), i);
    assert_int_equal(look_int(count * stride), -1);
    for (int i = 0; i < count; i += 2) delete (number(i * stride));
    for (int i = 0; i < count; i++) assert_int_equal(look_int(i * stride), i % 2 ? i : -1);
    for (int i = 0; i < count; i += 2) put_ints(i * stride, i);
    assert_int_equal(gilt_dict_size(dict), count);
    for (int i = 0; i < count; i++) assert_int_equal(look_int(i * stride), i);
    gilt_dict_clear(dict);
    assert_int_equal(gilt_dict_size(dict), 0);
}

DICT_TEST(dict_grows_to_any_size) {
    const int counts[] = {1, 3, 4, 5, 8, 9, 127, 128, 129, 1000, 32768, 32769, 70000};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        fill_and_empty(counts[i], 1);
}

DICT_TEST(keys_that_share_low_bits_are_found) {
    fill_and_empty(2000, 1 << 20);
    fill_and_empty(2000, -((int64_t)1 << 40));
    fill_and_empty(4, (INT64_C(1) << 61) - 1); /* all of one hash: 0 */
}

DICT_TEST(order_is_kept_over_growth_and_deletion) {
    enum { COUNT = 3000 };
    for (int i = 0; i < COUNT; i++) put_ints(i, i);
    for (int i = 0; i < COUNT; i += 3) delete (number(i));
    for (int i = COUNT; i < 3 * COUNT; i++) put_ints(i, i);
    GiltObject *key;
    int64_t before = -1, value;
    size_t seen = 0;
    for (size_t at = 0; gilt_dict_next(dict, &at, &key, NULL); seen++) {
        assert_true(gilt_int_value(key, &value));
        assert_true(value > before && (value >= COUNT || value % 3));
        before = value;
        gilt_decref(key);
    }
    assert_int_equal(seen, gilt_dict_size(dict));
}

static size_t bytes_now(void) {
    return gilt_memory().block_bytes;
}

/* A queue: as much is deleted as is put in. Also bounds time: each walk to the oldest item
 * must not pass all that was deleted before it. */
DICT_TEST(queue_of_items_stays_small_and_quick) {
    enum { LENGTH = 1000, ROUNDS = 200000 };
    for (int i = 0; i < LENGTH; i++) put_ints(i, i);
    size_t bytes = bytes_now();
    for (int i = LENGTH; i < ROUNDS; i++) {
        size_t at = 0;
        GiltObject *oldest;
        int64_t value;
        assert_true(gilt_dict_next(dict, &at, &oldest, NULL));
        assert_true(gilt_int_value(oldest, &value));
        assert_int_equal(value, i - LENGTH);
        delete (oldest);
        put_ints(i, i);
    }
    assert_true(bytes_now() < 3 * bytes);
    assert_int_equal(gilt_dict_size(dict), LENGTH);
}

TEST(small_dicts_are_small) {
    size_t before = bytes_now();
    dict = gilt_dict_new();
    assert_true(bytes_now() - before <= 64);
    put_ints(1, 1);
    assert_true(bytes_now() - before <= 190);
    gilt_decref(dict);
}

DICT_TEST(clear_drops_everything_and_the_dict_goes_on) {
    GiltObject *key = text("key"), *value = number(5000);
    put(same(key), same(value));
    put(same(value), same(key));
    gilt_dict_clear(dict);
    gilt_dict_clear(dict);
    assert_int_equal(gilt_refcount(key), 1);
    assert_int_equal(gilt_refcount(value), 1);
    put(key, number(1));
    assert_repr(same(dict), "{'key': 1}");
    gilt_decref(value);
}

TEST(dropped_dict_drops_what_it_holds) {
    GiltObject *key = text("key"), *value = number(5000);
    dict = gilt_dict_new();
    put(same(key), same(value));
    put(same(value), gilt_dict_copy(dict));
    gilt_decref(dict);
    assert_int_equal(gilt_refcount(key), 1);
    assert_int_equal(gilt_refcount(value), 1);
    gilt_decref(key);
    gilt_decref(value);
}

/* ---- whole dicts ---- */

DICT_TEST(next_walks_in_order_and_ends) {
    for (int i = 0; i < 5; i++) put_ints(i, 10 * i);
    GiltObject *key, *value;
    int64_t k, v, i = 0;
    size_t at = 0, count = 0;
    for (; gilt_dict_next(dict, &at, &key, &value); i++) {
        assert_true(gilt_int_value(key, &k) && gilt_int_value(value, &v));
        assert_true(k == i && v == 10 * i);
        gilt_decref(key);
        gilt_decref(value);
    }
    assert_int_equal(i, 5);
    assert_false(gilt_dict_next(dict, &at, &key, &value));
    for (at = 0; gilt_dict_next(dict, &at, NULL, NULL);) count++;
    assert_int_equal(count, 5);
}

DICT_TEST(items_may_be_deleted_and_set_on_a_walk) {
    for (int i = 0; i < 100; i++) put_ints(i, i);
    GiltObject *key, *value;
    size_t seen = 0;
    for (size_t at = 0; gilt_dict_next(dict, &at, &key, &value); seen++) {
        if (seen % 2)
            put(same(key), number(5000));
        else
            delete (same(key));
        gilt_decref(key);
        gilt_decref(value);
    }
    assert_int_equal(seen, 100);
    assert_int_equal(gilt_dict_size(dict), 50);
    assert_int_equal(look_int(1), 5000);
}

DICT_TEST(keys_and_values_are_lists_in_order) {
    assert_repr(gilt_dict_keys(dict), "[]");
    put_ints(3, 30);
    put_ints(1, 10);
    put_ints(2, 20);
    delete (number(1));
    assert_repr(gilt_dict_keys(dict), "[3, 2]");
    assert_repr(gilt_dict_values(dict), "[30, 20]");
}

DICT_TEST(copy_keeps_order_and_is_its_own) {
    assert_repr(gilt_dict_copy(dict), "{}");
    for (int i = 9; i >= 0; i--) put_ints(i, i);
    for (int i = 9; i > 2; i--) delete (number(i));
    GiltObject *copy = gilt_dict_copy(dict);
    put_ints(0, 7);
    put_ints(5, 5);
    assert_repr(same(copy), "{2: 2, 1: 1, 0: 0}");
    for (int i = 100; i < 200; i++) {
        GiltObject *key = number(i);
        assert_true(gilt_dict_set(copy, key, key));
        gilt_decref(key);
    }
    assert_int_equal(gilt_dict_size(copy), 103);
    assert_repr(same(dict), "{2: 2, 1: 1, 0: 7, 5: 5}");
    gilt_decref(copy);
}

DICT_TEST(update_sets_each_item_of_the_other) {
    GiltObject *other = gilt_dict_new(), *first = dict;
    put_ints(1, 1);
    put_ints(2, 2);
    dict = other;
    put_ints(3, 30);
    put_ints(1, 10);
    dict = first;
    assert_true(gilt_dict_update(dict, other));
    assert_repr(same(dict), "{1: 10, 2: 2, 3: 30}");
    assert_true(gilt_dict_update(dict, dict));
    assert_int_equal(gilt_dict_size(dict), 3);
    assert_repr(other, "{3: 30, 1: 10}");
}

DICT_TEST(equal_dicts_have_equal_items_in_any_order) {
    put_ints(1, 1000);
    put(text("a"), gilt_float(2));
    GiltObject *a = dict, *b = dict = gilt_dict_new();
    put(text("a"), number(2));
    assert_int_equal(gilt_equal(a, b), 0);
    put(gilt_float(1), number(1000));
    assert_int_equal(gilt_equal(a, b), 1);
    assert_int_equal(gilt_equal(a, a), 1);
    put_ints(1, 1001);
    assert_int_equal(gilt_equal(a, b), 0);
    GiltObject *list = gilt_list_new(NULL, 0);
    assert_int_equal(gilt_equal(a, list), 0);
    gilt_decref(list);
    gilt_decref(b);
    dict = a;
}

DICT_TEST(dict_has_no_hash_and_no_order) {
    int64_t hash;
    assert_false(gilt_hash(dict, &hash));
    assert_raised_text(GILT_TYPE_ERROR, "unhashable type: 'dict'");
    assert_int_equal(gilt_less(dict, dict), -1);
    assert_raised(GILT_TYPE_ERROR);
}

DICT_TEST(repr_shows_a_dict_in_itself_as_dots) {
    put(text("key"), text("value"));
    put_ints(1, 2);
    put_ints(2, 3);
    assert_true(gilt_dict_set(dict, gilt_none(), dict));
    assert_repr(same(dict), "{'key': 'value', 1: 2, 2: 3, None: {...}}");
    gilt_dict_clear(dict);
}

/* ---- keys whose equality runs code ---- */

static int64_t wanted_hash = 7;
static enum { EQUAL, UNEQUAL, RAISE, CLEAR, GROW, REPLACE, REFILL } answer;
static int comparisons;

static GiltObject *key_hash(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    return gilt_int(wanted_hash);
}

/* Changes the dict that is being searched, if it is told to, but only once. */
static GiltObject *key_equal(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    int action = answer;
    comparisons++;
    if (action == EQUAL || action == UNEQUAL) return gilt_bool(action == EQUAL);
    answer = EQUAL;
    if (action == RAISE) return gilt_raise(GILT_VALUE_ERROR, "cannot compare");
    if (action != GROW) gilt_dict_clear(dict);
    /* To refill is to make a table of the same size, likely where the other one was. */
    int fill = action == CLEAR ? 0 : action == REFILL ? 2 : 20;
    for (int i = 1000; i < 1000 + fill; i++) put_ints(i, i);
    return gilt_bool(true);
}

static GiltObject *key_class(void) {
    GiltObject *class = gilt_class_new("Key", NULL, NULL);
    GiltObject *hash = gilt_function_new("__hash__", key_hash, NULL);
    GiltObject *equal = gilt_function_new("__eq__", key_equal, NULL);
    GiltObject *names[] = {gilt_intern("__hash__"), gilt_intern("__eq__")};
    assert_true(gilt_set_attr(class, names[0], hash));
    assert_true(gilt_set_attr(class, names[1], equal));
    gilt_decref(hash);
    gilt_decref(equal);
    gilt_decref(gilt_instance_new(class));
    count_blocks_from_here();
    return class;
}

TEST(keys_of_a_class_are_compared_by_its_eq) {
    GiltObject *class = key_class(), *a = gilt_instance_new(class);
    GiltObject *b = gilt_instance_new(class);
    dict = gilt_dict_new();
    answer = UNEQUAL;
    put_ints(7, 70);
    put(same(a), number(1));
    put(same(b), number(2));
    assert_int_equal(look(same(a)), 1);
    assert_int_equal(look(same(b)), 2);
    comparisons = 0;
    assert_int_equal(look_int(7), 70); /* found first, and by value */
    assert_int_equal(comparisons, 0);
    answer = EQUAL;
    assert_int_equal(look(same(b)), 70);
    assert_int_equal(look_int(7), 70);
    assert_int_equal(gilt_dict_size(dict), 3);
    assert_int_equal(look_int(8), -1);
    gilt_decref(a);
    gilt_decref(b);
    gilt_decref(dict);
    gilt_decref(class);
}

/* Each operation by each thing that can happen meanwhile. */
static void search_while(int action, GiltObject *key, int operation) {
    GiltObject *value = number(5000), *found = NULL;
    answer = action;
    bool raises = action == RAISE, stays = action == GROW;
    switch (operation) {
    case 0:
        found = gilt_dict_get(dict, key);
        assert_int_equal(found != NULL, stays);
        break;
    case 1:
        assert_int_equal(gilt_contains(dict, key), raises ? -1 : stays);
        break;
    case 2:
        assert_int_equal(gilt_dict_set(dict, key, value), !raises);
        if (!raises) assert_int_equal(look(same(key)), 5000);
        break;
    case 3:
        found = gilt_dict_pop(dict, key);
        assert_int_equal(found != NULL, stays);
        if (!found && !raises) assert_raised(GILT_KEY_ERROR);
        break;
    case 4:
        found = gilt_dict_set_default(dict, key, value);
        assert_int_equal(found != NULL, !raises);
        break;
    }
    if (raises) assert_raised_text(GILT_VALUE_ERROR, "cannot compare");
    gilt_decref(found);
    gilt_decref(value);
}

TEST(comparing_may_raise_or_change_the_dict) {
    GiltObject *class = key_class();
    for (int action = RAISE; action <= REFILL; action++)
        for (int operation = 0; operation < 5; operation++) {
            dict = gilt_dict_new();
            answer = EQUAL;
            put(gilt_instance_new(class), number(1));
            GiltObject *key = gilt_instance_new(class);
            search_while(action, key, operation);
            answer = EQUAL;
            gilt_decref(key);
            gilt_decref(dict);
        }
    gilt_decref(class);
}

static GiltObject *raise_always(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    return gilt_raise(GILT_RUNTIME_ERROR, "no hash today");
}

TEST(what_hash_raises_comes_out) {
    GiltObject *class = gilt_class_new("Key", NULL, NULL);
    GiltObject *hash = gilt_function_new("__hash__", raise_always, NULL);
    assert_true(gilt_set_attr(class, gilt_intern("__hash__"), hash));
    gilt_decref(hash);
    count_blocks_from_here();
    GiltObject *key = gilt_instance_new(class);
    dict = gilt_dict_new();
    assert_false(gilt_dict_set(dict, key, key));
    assert_raised_text(GILT_RUNTIME_ERROR, "no hash today");
    gilt_decref(key);
    gilt_decref(dict);
    gilt_decref(class);
}

/* ---- no memory ---- */

/* A little of everything. True if nothing failed; stops at the first failure. */
static bool use_all(GiltObject *d) {
    bool well = true;
    for (int i = 0; well && i < 40; i++) {
        GiltObject *key = gilt_int(1000 + i);
        well = key && gilt_dict_set(d, key, key);
        gilt_decref(key);
    }
    if (!well) return false;
    GiltObject *all[] = {gilt_dict_copy(d), gilt_dict_keys(d), gilt_dict_values(d),
                         gilt_repr(d), gilt_dict_new()};
    for (int i = 0; i < 5; i++) well = well && all[i];
    well = well && gilt_dict_update(all[4], d) && gilt_equal(all[4], d) == 1;
    for (int i = 0; i < 5; i++) gilt_decref(all[i]);
    return well;
}

/* 0: wrong; 1: an allocation failed, and well; 2: nothing failed. */
static int run_without_memory(int failing) {
    char option[32];
    const char *options[] = {option};
    gilt_finish();
    snprintf(option, sizeof option, "oom=%d", failing);
    if (gilt_start(options, 1)) return 1; /* there is no memory to start */
    size_t blocks = gilt_memory().blocks;
    GiltObject *d = gilt_dict_new();
    bool well = d && use_all(d);
    bool raised = gilt_error_is(GILT_MEMORY_ERROR);
    gilt_error_clear();
    bool again = !d || well || use_all(d); /* only one allocation fails */
    gilt_decref(d);
    if (well == raised || !again || gilt_memory().blocks != blocks) return 0;
    return well ? 2 : 1;
}

/* In a child for each N, because a broken one may crash. */
TEST(any_allocation_may_fail) {
    for (int failing = 1, result = 1; result != 2; failing++) {
        pid_t child = fork();
        if (!child) _exit(run_without_memory(failing));
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        result = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
        if (!result) fail_msg("when allocation %d fails", failing);
        assert_true(failing < 20000);
    }
}

TESTS(test(new_dict_is_empty_and_false), test(get_finds_what_was_set),
      test(set_replaces_the_value_and_keeps_key_and_place),
      test(dict_keeps_order_of_insertion), test(equal_numbers_are_one_key),
      test(numbers_with_equal_hashes_stay_apart), test(texts_are_equal_interned_or_not),
      test(nan_is_found_by_identity_alone), test(tuples_are_keys_by_value),
      test(unhashable_key_is_a_type_error), test(missing_key_is_a_key_error_with_its_repr),
      test(what_is_not_a_dict_is_a_type_error),
      test(items_work_through_the_general_functions),
      test(set_default_returns_what_is_there), test(pop_takes_the_item_out),
      test(dict_grows_to_any_size), test(keys_that_share_low_bits_are_found),
      test(order_is_kept_over_growth_and_deletion),
      test(queue_of_items_stays_small_and_quick), test(small_dicts_are_small),
      test(clear_drops_everything_and_the_dict_goes_on),
      test(dropped_dict_drops_what_it_holds), test(next_walks_in_order_and_ends),
      test(items_may_be_deleted_and_set_on_a_walk),
      test(keys_and_values_are_lists_in_order), test(copy_keeps_order_and_is_its_own),
      test(update_sets_each_item_of_the_other),
      test(equal_dicts_have_equal_items_in_any_order), test(dict_has_no_hash_and_no_order),
      test(repr_shows_a_dict_in_itself_as_dots),
      test(keys_of_a_class_are_compared_by_its_eq),
      test(comparing_may_raise_or_change_the_dict), test(what_hash_raises_comes_out),
      test(any_allocation_may_fail))
