/* function_test.c: native functions. */
#include "tests/types/kept.h"

static GiltObject *sum(void *data, GiltObject *const *arguments, size_t count) {
    int64_t total = *(int *)data, n;
    for (size_t i = 0; i < count; i++) {
        if (!gilt_int_value(arguments[i], &n)) return NULL;
        total += n;
    }
    return gilt_int(total);
}

TEST(function_is_called_with_its_data_and_arguments) {
    int start = 1000;
    GiltObject *f = gilt_function_new("sum", sum, &start);
    GiltObject *n[] = {gilt_int(1), gilt_int(2)};
    assert_repr(gilt_call(f, n, 2), "1003");
    assert_repr(gilt_call(f, NULL, 0), "1000");
    start = 2000;
    assert_repr(gilt_call(f, n, 1), "2001");
    gilt_decref(f);
}

TEST(error_of_a_function_is_the_error_of_the_call) {
    int start = 0;
    GiltObject *f = gilt_function_new("sum", sum, &start), *none = gilt_none();
    assert_null(gilt_call(f, &none, 1));
    assert_raised(GILT_TYPE_ERROR);
    gilt_decref(f);
}

TEST(function_copies_its_name) {
    char name[] = "a name that is longer than one word";
    GiltObject *f = gilt_function_new(name, sum, NULL);
    memset(name, '?', sizeof name - 1);
    assert_repr(f, "<built-in function a name that is longer than one word>");
}

TEST(functions_are_equal_only_to_themselves) {
    GiltObject *f = gilt_function_new("f", sum, NULL),
               *g = gilt_function_new("f", sum, NULL);
    int64_t one, two;
    assert_int_equal(gilt_equal(f, f), 1);
    assert_int_equal(gilt_equal(f, g), 0);
    assert_true(gilt_hash(f, &one) && gilt_hash(g, &two) && one != two);
    assert_true(gilt_is(f, GILT_FUNCTION));
    assert_string_equal(gilt_type_name(f), "builtin_function_or_method");
    gilt_decref(f);
    gilt_decref(g);
}

TEST(function_has_no_attributes_of_its_own) {
    GiltObject *f = gilt_function_new("f", sum, NULL);
    GiltObject *x = gilt_intern("x");
    testing_blocks = gilt_memory().blocks - 1; /* the name stays */
    assert_null(gilt_get_attr(f, x));
    assert_raised_text(GILT_ATTRIBUTE_ERROR,
                       "'builtin_function_or_method' object has no attribute 'x'");
    assert_repr(get(f, "__class__"), "<class 'builtin_function_or_method'>");
    gilt_decref(f);
}

TESTS(test(function_is_called_with_its_data_and_arguments),
      test(error_of_a_function_is_the_error_of_the_call), test(function_copies_its_name),
      test(functions_are_equal_only_to_themselves),
      test(function_has_no_attributes_of_its_own))
