/* dict_test.c: what a dict does for one thread, through gilt.h. The expected results and
 * texts of errors are Python's. dict_keys_test.c is about which keys are equal, and
 * tests/threads/dict_test.c about many threads. */
#include "tests/types/dict_under_test.h"
#include <sys/wait.h>
#include <unistd.h>

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

static size_t bytes_now(void) { return gilt_memory().block_bytes; }

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

/* How one round ended. A child may also crash, and then it exits with none of these. */
enum { WRONG = 1, FAILED_WELL, NOTHING_FAILED };

static int run_without_memory(int failing) {
    char option[32];
    const char *options[] = {option};
    snprintf(option, sizeof option, "oom=%d", failing);
    if (gilt_start(options, 1)) return FAILED_WELL; /* there is no memory to start */
    size_t blocks = gilt_memory().blocks;
    GiltObject *d = gilt_dict_new();
    bool well = d && use_all(d);
    bool raised = gilt_error_is(GILT_MEMORY_ERROR);
    gilt_error_clear();
    bool again = !d || well || use_all(d); /* only one allocation fails */
    gilt_decref(d);
    bool lost = gilt_memory().blocks != blocks;
    gilt_finish();
    if (well == raised || !again || lost) return WRONG;
    return well ? NOTHING_FAILED : FAILED_WELL;
}

/* In children, because a broken dict may crash; in few, because a fork takes long when
 * there is a sanitizer. */
enum { ROUNDS_OF_A_CHILD = 50 };

static int run_some_without_memory(int first) {
    int result = FAILED_WELL;
    gilt_finish();
    for (int i = 0; i < ROUNDS_OF_A_CHILD && result == FAILED_WELL; i++)
        if ((result = run_without_memory(first + i)) == WRONG)
            fprintf(stderr, "# wrong when allocation %d fails\n", first + i);
    return result;
}

TEST(any_allocation_may_fail) {
    for (int first = 1, result = 0; result != NOTHING_FAILED; first += ROUNDS_OF_A_CHILD) {
        pid_t child = fork();
        if (!child) _exit(run_some_without_memory(first));
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        result = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
        if (result != FAILED_WELL && result != NOTHING_FAILED)
            fail_msg("when one of the allocations from %d on fails", first);
        assert_true(first < 20000);
    }
}

TESTS(test(new_dict_is_empty_and_false), test(get_finds_what_was_set),
      test(set_replaces_the_value_and_keeps_key_and_place),
      test(dict_keeps_order_of_insertion), test(missing_key_is_a_key_error_with_its_repr),
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
      test(repr_shows_a_dict_in_itself_as_dots), test(any_allocation_may_fail))
