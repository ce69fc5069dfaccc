/* function_test.c: native functions and closures. */
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

/* ---- closures ---- */

static GiltObject *sum_captured(GiltObject *captured, GiltObject *const *arguments,
                                size_t count) {
    int64_t start;
    if (!gilt_int_value(captured, &start)) return NULL;
    return sum(&(int){(int)start}, arguments, count);
}

static GiltObject *give_captured(GiltObject *captured, GiltObject *const *arguments,
                                 size_t count) {
    (void)arguments, (void)count;
    return gilt_incref(captured);
}

TEST(closure_is_called_with_what_it_captured_and_arguments) {
    GiltObject *start = gilt_int(1000), *text = gilt_str_from("text");
    GiltObject *c = gilt_closure_new("sum", sum_captured, start);
    GiltObject *wrong = gilt_closure_new("sum", sum_captured, text);
    GiltObject *n[] = {gilt_int(1), gilt_int(2)};
    gilt_decref(start);
    gilt_decref(text);
    assert_repr(gilt_call(c, n, 2), "1003");
    assert_repr(gilt_call(c, NULL, 0), "1000");
    assert_null(gilt_call(wrong, n, 2));
    assert_raised(GILT_TYPE_ERROR);
    gilt_decref(c);
    gilt_decref(wrong);
}

TEST(closure_keeps_what_it_captured_and_drops_it) {
    GiltObject *list = gilt_list_new(NULL, 0);
    GiltObject *c = gilt_closure_new("give", give_captured, list);
    assert_int_equal(gilt_refcount(list), 2);
    gilt_decref(list);
    assert_repr(gilt_call(c, NULL, 0), "[]");
    list = gilt_call(c, NULL, 0);
    gilt_decref(c);
    assert_int_equal(gilt_refcount(list), 1);
    gilt_decref(list);
}

TEST(closure_is_a_function_with_a_name_of_its_own) {
    char name[] = "a name that is longer than one word";
    GiltObject *none = gilt_none();
    GiltObject *c = gilt_closure_new(name, give_captured, none);
    GiltObject *d = gilt_closure_new(name, give_captured, none);
    memset(name, '?', sizeof name - 1);
    assert_repr(gilt_incref(c), "<function a name that is longer than one word>");
    assert_true(gilt_is(c, GILT_CLOSURE));
    assert_string_equal(gilt_type_name(c), "function");
    int64_t one, two;
    assert_int_equal(gilt_equal(c, c), 1);
    assert_int_equal(gilt_equal(c, d), 0);
    assert_true(gilt_hash(c, &one) && gilt_hash(d, &two) && one != two);
    GiltObject *w = gilt_weakref_new(c, NULL);
    gilt_decref(c);
    assert_null(gilt_weakref_get(w));
    gilt_decref(w);
    gilt_decref(d);
}

TESTS(test(function_is_called_with_its_data_and_arguments),
      test(error_of_a_function_is_the_error_of_the_call), test(function_copies_its_name),
      test(functions_are_equal_only_to_themselves),
      test(function_has_no_attributes_of_its_own),
      test(closure_is_called_with_what_it_captured_and_arguments),
      test(closure_keeps_what_it_captured_and_drops_it),
      test(closure_is_a_function_with_a_name_of_its_own))
