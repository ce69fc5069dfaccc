/* pending_test.c: operations while an exception is set already.
 *
 * A program may clean up, or even compute, before it looks at an exception. What succeeds
 * then must say so, and leave the exception as it was. */
#include "tests/testing.h"

/* The exception that was pending is still there, and there is a result; clears both. */
static void assert_made_while_pending(GiltObject *result, const char *text) {
    GiltObject *error = gilt_error_take();
    assert_non_null(error);
    assert_ptr_equal(gilt_type_of(error), gilt_type(GILT_OS_ERROR));
    gilt_decref(error);
    assert_repr(result, text);
}

static void pending(void) { gilt_raise(GILT_OS_ERROR, "from before"); }

TEST(operators_ask_the_right_operand_although_an_exception_is_set) {
    GiltObject *list = gilt_list_new(NULL, 0), *text = gilt_str_from("ab"),
               *two = gilt_int(2);
    GiltObject *half = gilt_float(0.5), *bytes = gilt_bytes_new("x", 1);
    GiltObject *tuple = gilt_tuple_new(&two, 1);
    assert_true(gilt_list_append(list, two));
    pending(), assert_made_while_pending(gilt_multiply(two, list), "[2, 2]");
    pending(), assert_made_while_pending(gilt_multiply(two, text), "'abab'");
    pending(), assert_made_while_pending(gilt_multiply(two, bytes), "b'xx'");
    pending(), assert_made_while_pending(gilt_multiply(two, tuple), "(2, 2)");
    pending(), assert_made_while_pending(gilt_add(two, half), "2.5");
    gilt_decref(list), gilt_decref(text), gilt_decref(half), gilt_decref(bytes),
        gilt_decref(tuple);
}

TEST(operands_that_do_not_match_replace_the_exception_that_is_set) {
    GiltObject *list = gilt_list_new(NULL, 0), *text = gilt_str_from("ab");
    pending();
    assert_null(gilt_subtract(list, text));
    assert_raised_text(GILT_TYPE_ERROR,
                       "unsupported operand type(s) for -: 'list' and 'str'");
    pending();
    assert_null(gilt_add(gilt_none(), list));
    assert_raised_text(GILT_TYPE_ERROR,
                       "unsupported operand type(s) for +: 'NoneType' and 'list'");
    gilt_decref(list), gilt_decref(text);
}

TEST(containers_in_themselves_are_shown_although_an_exception_is_set) {
    GiltObject *list = gilt_list_new(NULL, 0), *dict = gilt_dict_new();
    assert_true(gilt_list_append(list, list));
    assert_true(gilt_dict_set(dict, gilt_int(1), dict));
    pending(), assert_made_while_pending(gilt_repr(list), "'[[...]]'");
    pending(), assert_made_while_pending(gilt_repr(dict), "'{1: {...}}'");
    gilt_list_clear(list), gilt_dict_clear(dict);
    gilt_decref(list), gilt_decref(dict);
}

TEST(destroying_leaves_the_exception_that_is_set) {
    GiltObject *set = gilt_set_new(NULL, 0), *weakref = gilt_weakref_new(set, NULL);
    GiltObject *list = gilt_list_new(&set, 1);
    gilt_decref(set);
    pending();
    gilt_decref(list);
    assert_null(gilt_weakref_get(weakref));
    assert_made_while_pending(gilt_int(1), "1");
    gilt_decref(weakref);
}

TESTS(test(operators_ask_the_right_operand_although_an_exception_is_set),
      test(operands_that_do_not_match_replace_the_exception_that_is_set),
      test(containers_in_themselves_are_shown_although_an_exception_is_set),
      test(destroying_leaves_the_exception_that_is_set))
