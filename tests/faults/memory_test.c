/* memory_test.c: more memory asked for than there is, and sizes that nothing has.
 *
 * In a child process that may use little memory, containers and numbers grow until a call
 * fails: that is a MemoryError, what was there is still there, and when it has been dropped
 * everything works again. */
#include "tests/faults/limited.h"

#define MEGABYTE ((size_t)1 << 20)

static GiltObject *dropped(GiltObject *old, GiltObject *new) {
    gilt_decref(old);
    return new;
}

static void body_list(void) {
    GiltObject *list = gilt_list_new(NULL, 0);
    size_t count = 0;
    memory_limit(64 * MEGABYTE);
    for (; gilt_list_append(list, gilt_int(1)); count++) gilt_safepoint();
    check_raised(GILT_MEMORY_ERROR);
    check(count > 1000000 && gilt_list_size(list) == count);
    check(gilt_list_get(list, -1) == gilt_int(1));
    check(!gilt_list_extend(list, list) && gilt_list_size(list) == count);
    check_raised(GILT_MEMORY_ERROR);
    gilt_list_clear(list);
    check_usable();
    gilt_decref(list);
}

/* Small objects, until no page is left. */
static void body_small(void) {
    GiltObject *first = gilt_list_new(NULL, 0), *one;
    memory_limit(40 * MEGABYTE);
    while ((one = gilt_list_new(&first, 1))) first = dropped(first, one);
    check_raised(GILT_MEMORY_ERROR);
    gilt_decref(first); /* a long chain: destroying it takes no memory */
    check_usable();
}

static void body_dict(void) {
    GiltObject *dict = gilt_dict_new(), *set = gilt_set_new(NULL, 0), *key = NULL;
    size_t count = 0;
    memory_limit(64 * MEGABYTE);
    while ((key = gilt_int(1000 + (int64_t)count)) &&
           gilt_dict_set(dict, key, gilt_none())) {
        gilt_decref(key);
        gilt_safepoint();
        count++;
    }
    check_raised(GILT_MEMORY_ERROR);
    gilt_decref(key);
    check(count > 10000 && gilt_dict_size(dict) == count);
    gilt_dict_clear(dict);
    for (count = 0; (key = gilt_int(1000 + (int64_t)count)) && gilt_set_add(set, key);
         count++)
        gilt_decref(key), gilt_safepoint();
    check_raised(GILT_MEMORY_ERROR);
    gilt_decref(key);
    check(count > 10000 && gilt_set_size(set) == count);
    gilt_decref(set);
    gilt_decref(dict);
    check_usable();
}

/* Doubles what `one` is until there is no memory. */
static void double_until_full(GiltObject *one) {
    GiltObject *twice;
    check(one);
    for (int i = 0; i < 64 && (twice = gilt_add(one, one)); i++) one = dropped(one, twice);
    check_raised(GILT_MEMORY_ERROR);
    check(gilt_len(one) > 1000000);
    gilt_decref(one);
    gilt_safepoint();
    check_usable();
}

static void body_sequences(void) {
    GiltObject *items[] = {gilt_int(1), gilt_int(2)};
    memory_limit(64 * MEGABYTE);
    double_until_full(gilt_str_from("ab"));
    double_until_full(gilt_str_from("aΩ𝄞"));
    double_until_full(gilt_bytes_new("ab", 2));
    double_until_full(gilt_tuple_new(items, 2));
    double_until_full(gilt_list_new(items, 2));
}

/* Squares an int until there is no memory; GMP, which takes memory of its own, must not
 * end the program. `use` tries something with each. */
static void square_until_full(void (*use)(GiltObject *)) {
    GiltObject *one = gilt_int_parse("123456789", 10), *square;
    int rounds = 0;
    check(one);
    for (; rounds < 64 && (square = gilt_multiply(one, one)); rounds++) {
        one = dropped(one, square);
        if (use) use(one);
    }
    check(rounds > 10);
    check_raised(GILT_MEMORY_ERROR);
    gilt_decref(one);
    gilt_safepoint();
    check_usable();
}

static void allow_memory_error(GiltObject *result) {
    if (!result) check_raised(GILT_MEMORY_ERROR);
    gilt_decref(result);
}

static void use_division(GiltObject *big) {
    GiltObject *divisor = gilt_floor_divide(big, gilt_int(99)), *result;
    if (!divisor) {
        check_raised(GILT_MEMORY_ERROR);
        return;
    }
    allow_memory_error(gilt_remainder(big, divisor));
    allow_memory_error(gilt_floor_divide(big, divisor));
    result = gilt_divide(big, divisor);
    check(result ? !gilt_error() : gilt_error_is(GILT_MEMORY_ERROR));
    gilt_error_clear();
    gilt_decref(result);
    gilt_decref(divisor);
}

static void use_text(GiltObject *big) {
    size_t digits = 1000000;
    int64_t small;
    if (gilt_int_value(big, &small)) return;
    gilt_error_clear();
    allow_memory_error(gilt_repr(big));
    char *text = malloc(digits + 1);
    if (!text) return;
    memset(text, '7', digits);
    text[digits] = 0;
    allow_memory_error(gilt_int_parse(text, 10));
    free(text);
}

static void body_int(void) {
    memory_limit(64 * MEGABYTE);
    square_until_full(NULL);
}

static void body_int_division(void) {
    memory_limit(48 * MEGABYTE);
    square_until_full(use_division);
}

/* Text of millions of digits would take seconds: hence a little less memory. */
static void body_int_text(void) {
    memory_limit(8 * MEGABYTE);
    square_until_full(use_text);
}

/* 20 MB of words, and no room for as much again. */
static void body_text(void) {
    const size_t count = 2000000;
    GiltObject *word = gilt_str_from(" wordwordw"), *many = gilt_int((int64_t)count);
    GiltObject *text, *words;
    check(word && many && (text = gilt_multiply(word, many)));
    memory_limit(8 * MEGABYTE);
    check(!gilt_str_split(text, NULL));
    check_raised(GILT_MEMORY_ERROR);
    check(!gilt_str_upper(text));
    check_raised(GILT_MEMORY_ERROR);
    check(!gilt_str_utf8(text, NULL));
    check_raised(GILT_MEMORY_ERROR);
    check(!gilt_repr(text));
    check_raised(GILT_MEMORY_ERROR);
    check(!gilt_raise(GILT_VALUE_ERROR, "%020000000d", 7));
    check_raised(GILT_MEMORY_ERROR);
    memory_unlimit();
    check((words = gilt_str_split(text, NULL)) && gilt_list_size(words) == count);
    memory_limit(8 * MEGABYTE);
    check(!gilt_list_sort(words) && gilt_list_size(words) == count);
    check_raised(GILT_MEMORY_ERROR);
    check(!gilt_str_join(word, words));
    check_raised(GILT_MEMORY_ERROR);
    gilt_decref(words), gilt_decref(text), gilt_decref(word), gilt_decref(many);
}

/* ---- sizes ---- */

static void check_too_many(GiltObject *one, GiltObject *times) {
    check(one && times);
    check(!gilt_multiply(one, times));
    check(gilt_error_is(GILT_MEMORY_ERROR) || gilt_error_is(GILT_OVERFLOW_ERROR));
    gilt_error_clear();
    check(!gilt_multiply(times, one));
    check(gilt_error_is(GILT_MEMORY_ERROR) || gilt_error_is(GILT_OVERFLOW_ERROR));
    gilt_error_clear();
}

static void body_sizes(void) {
    static const char *const counts[] = {
        "0x7fffffffffffffff", "0x7ffffffffffffff0", "0x4000000000000000",
        "0x3fffffffffffffff", "0x2000000000000000", "0x1fffffffffffffff",
        "0x1000000000000000", "0x0fffffffffffffff", "0x0ffffffffffffffd",
        "0x400000000000",     "0x100000000001",     "0x100000000000",
        "0x8000000000000000", "0xffffffffffffffff", "0x10000000000000000",
        "0xfffffffff"};
    GiltObject *items[] = {gilt_int(1), gilt_int(2), gilt_int(3)};
    memory_limit(256 * MEGABYTE);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        for (size_t n = 1; n <= 3; n++) {
            GiltObject *all[] = {gilt_list_new(items, n), gilt_tuple_new(items, n),
                                 gilt_bytes_new("abc", n), gilt_str_new("abc", n),
                                 gilt_str_from(n == 1   ? "Ω"
                                               : n == 2 ? "𝄞"
                                                        : "a𝄞Ω")};
            GiltObject *times = gilt_int_parse(counts[i], 0);
            for (size_t k = 0; k < 5; k++)
                check_too_many(all[k], times), gilt_decref(all[k]);
            gilt_decref(times);
        }
    check_usable();
}

static void body_counts(void) {
    GiltObject *item = gilt_int(1);
    const size_t counts[] = {SIZE_MAX,         SIZE_MAX - 7,    SIZE_MAX / 8,
                             SIZE_MAX / 8 - 3, PTRDIFF_MAX,     PTRDIFF_MAX / 8,
                             PTRDIFF_MAX - 16, (size_t)1 << 61, (size_t)1 << 60,
                             (size_t)1 << 46};
    memory_limit(256 * MEGABYTE);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        check(!gilt_list_new(&item, counts[i]));
        check_raised(GILT_MEMORY_ERROR);
        check(!gilt_tuple_new(&item, counts[i]));
        check_raised(GILT_MEMORY_ERROR);
        check(!gilt_bytes_new("a", counts[i]));
        check_raised(GILT_MEMORY_ERROR);
    }
    check_usable();
}

/* ---- the tests ---- */

#define IN_CHILD(name, body)                                                               \
    static void name(void **state) {                                                       \
        (void)state;                                                                       \
        in_child(body);                                                                    \
    }

IN_CHILD(a_list_that_does_not_fit_keeps_its_items, body_list)
IN_CHILD(small_objects_without_number_are_a_memory_error, body_small)
IN_CHILD(dicts_and_sets_that_do_not_fit_keep_their_items, body_dict)
IN_CHILD(sequences_that_do_not_fit_are_a_memory_error, body_sequences)
IN_CHILD(ints_that_do_not_fit_are_a_memory_error, body_int)
IN_CHILD(division_that_does_not_fit_is_a_memory_error, body_int_division)
IN_CHILD(digits_that_do_not_fit_are_a_memory_error, body_int_text)
IN_CHILD(text_that_does_not_fit_is_a_memory_error, body_text)
IN_CHILD(products_of_any_size_are_refused_or_made, body_sizes)
IN_CHILD(counts_of_any_size_are_refused, body_counts)

/* Types have a number each, and there are only so many. */
TEST(more_classes_than_there_are_numbers_are_a_memory_error) {
    int count = 0;
    while (count < 1000000 && gilt_class_new("Class", NULL, NULL)) count++;
    assert_raised(GILT_MEMORY_ERROR);
    assert_in_range(count, 100000, 999999);
    testing_blocks = gilt_memory().blocks; /* classes are kept */
    assert_null(gilt_class_new("Class", NULL, NULL));
    assert_raised(GILT_MEMORY_ERROR);
}

/* Indices at the ends of their type are outside of everything, and slices are cut. */
TEST(extreme_indices_are_outside) {
    GiltObject *items[] = {gilt_int(1), gilt_int(2)};
    GiltObject *list = gilt_list_new(items, 2), *tuple = gilt_tuple_new(items, 2);
    GiltObject *text = gilt_str_from("two"), *part = gilt_str_from("o");
    const ssize_t ends[] = {PTRDIFF_MIN, PTRDIFF_MIN + 1, PTRDIFF_MAX - 1, PTRDIFF_MAX};
    for (int i = 0; i < 4; i++) {
        assert_null(gilt_list_get(list, ends[i]));
        assert_raised(GILT_INDEX_ERROR);
        assert_null(gilt_tuple_get(tuple, ends[i]));
        assert_raised(GILT_INDEX_ERROR);
        assert_null(gilt_list_pop(list, ends[i]));
        assert_raised(GILT_INDEX_ERROR);
        assert_false(gilt_list_set(list, ends[i], list));
        assert_raised(GILT_INDEX_ERROR);
        for (int k = 0; k < 4; k++) {
            bool all = i < 2 && k > 1;
            assert_repr(gilt_list_slice(list, ends[i], ends[k]), all ? "[1, 2]" : "[]");
            assert_repr(gilt_str_slice(text, ends[i], ends[k]), all ? "'two'" : "''");
        }
        assert_int_equal(gilt_str_find(text, part, ends[i]), i < 2 ? 2 : -1);
    }
    assert_true(gilt_list_insert(list, PTRDIFF_MIN, gilt_int(0)));
    assert_true(gilt_list_insert(list, PTRDIFF_MAX, gilt_int(3)));
    assert_repr(list, "[0, 1, 2, 3]");
    gilt_decref(tuple), gilt_decref(text), gilt_decref(part);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_that_does_not_fit_keeps_its_items),
        cmocka_unit_test(small_objects_without_number_are_a_memory_error),
        cmocka_unit_test(dicts_and_sets_that_do_not_fit_keep_their_items),
        cmocka_unit_test(sequences_that_do_not_fit_are_a_memory_error),
        cmocka_unit_test(ints_that_do_not_fit_are_a_memory_error),
        cmocka_unit_test(division_that_does_not_fit_is_a_memory_error),
        cmocka_unit_test(digits_that_do_not_fit_are_a_memory_error),
        cmocka_unit_test(text_that_does_not_fit_is_a_memory_error),
        cmocka_unit_test(products_of_any_size_are_refused_or_made),
        cmocka_unit_test(counts_of_any_size_are_refused),
        test(extreme_indices_are_outside),
        test(more_classes_than_there_are_numbers_are_a_memory_error),
        test(extreme_indices_are_outside), /* after it, all of that is forgotten */
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
