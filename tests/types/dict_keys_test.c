/* dict_keys_test.c: which keys of a dict are one key, and what may happen while a dict
 * compares keys. The expected results and texts of errors are Python's. */
#include "tests/types/dict_under_test.h"

/* Classes and interned names live until the runtime ends: from here on nothing may leak. */
static void count_blocks_from_here(void) { testing_blocks = gilt_memory().blocks; }

/* ---- keys of the built-in types ---- */

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

TESTS(test(equal_numbers_are_one_key), test(numbers_with_equal_hashes_stay_apart),
      test(texts_are_equal_interned_or_not), test(nan_is_found_by_identity_alone),
      test(tuples_are_keys_by_value), test(unhashable_key_is_a_type_error),
      test(keys_of_a_class_are_compared_by_its_eq),
      test(comparing_may_raise_or_change_the_dict), test(what_hash_raises_comes_out))
