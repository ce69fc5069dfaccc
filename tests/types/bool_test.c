/* bool_test.c: True, False and None. */
#include "tests/testing.h"

static int64_t hash_of(GiltObject *o) {
    int64_t hash;
    assert_true(gilt_hash(o, &hash));
    return hash;
}

TEST(bool_has_two_immortal_objects) {
    GiltObject *yes = gilt_bool(true), *no = gilt_bool(false);
    assert_ptr_equal(yes, gilt_bool(true));
    assert_ptr_equal(no, gilt_bool(false));
    assert_ptr_not_equal(yes, no);
    assert_true(gilt_refcount(yes) > 1 << 30);
    assert_true(gilt_is(yes, GILT_BOOL));
    assert_false(gilt_is(yes, GILT_INT));
    assert_true(gilt_is_instance(yes, gilt_type(GILT_INT)));
    assert_int_equal(gilt_true(yes), 1);
    assert_int_equal(gilt_true(no), 0);
}

TEST(bool_prints_its_name) {
    assert_repr(gilt_bool(true), "True");
    assert_repr(gilt_bool(false), "False");
}

TEST(bool_counts_as_int) {
    GiltObject *yes = gilt_bool(true), *no = gilt_bool(false), *two = gilt_int(2);
    int64_t value;
    assert_true(gilt_int_value(yes, &value));
    assert_int_equal(value, 1);
    assert_repr(gilt_add(yes, yes), "2");
    assert_repr(gilt_subtract(no, yes), "-1");
    assert_repr(gilt_multiply(yes, two), "2");
    assert_repr(gilt_floor_divide(two, yes), "2");
    assert_repr(gilt_divide(yes, two), "0.5");
    assert_repr(gilt_negative(yes), "-1");
    assert_null(gilt_remainder(yes, no));
    assert_raised_text(GILT_ZERO_DIVISION_ERROR, "integer modulo by zero");
}

/* What is computed from bools is an int, also where it is the left operand itself. */
TEST(bool_results_are_ints) {
    GiltObject *yes = gilt_bool(true), *no = gilt_bool(false);
    GiltObject *big = gilt_int_parse("1000000000000000000000", 10);
    GiltObject *rest = gilt_remainder(yes, big), *sum = gilt_add(yes, no);
    assert_true(gilt_is(rest, GILT_INT));
    assert_true(gilt_is(sum, GILT_INT));
    gilt_decref(rest);
    gilt_decref(sum);
    gilt_decref(big);
}

TEST(bool_equals_and_hashes_like_its_number) {
    GiltObject *yes = gilt_bool(true), *no = gilt_bool(false);
    GiltObject *one = gilt_int(1), *real = gilt_float(1);
    assert_int_equal(gilt_equal(yes, one), 1);
    assert_int_equal(gilt_equal(real, yes), 1);
    assert_int_equal(gilt_equal(no, one), 0);
    assert_int_equal(gilt_less(no, yes), 1);
    assert_int_equal(gilt_less(yes, one), 0);
    assert_int_equal(hash_of(yes), hash_of(one));
    assert_int_equal(hash_of(yes), hash_of(real));
    gilt_decref(real);
}

TEST(none_is_one_false_object) {
    GiltObject *none = gilt_none(), *zero = gilt_int(0);
    assert_ptr_equal(none, gilt_none());
    assert_true(gilt_refcount(none) > 1 << 30);
    assert_int_equal(gilt_true(none), 0);
    assert_int_equal(gilt_equal(none, none), 1);
    assert_int_equal(gilt_equal(none, zero), 0);
    assert_int_equal(gilt_equal(zero, none), 0);
    assert_int_equal(hash_of(none), hash_of(none));
    assert_repr(none, "None");
}

TEST(none_has_no_order_and_no_arithmetic) {
    GiltObject *none = gilt_none(), *one = gilt_int(1);
    assert_int_equal(gilt_less(none, none), -1);
    assert_raised(GILT_TYPE_ERROR);
    assert_null(gilt_add(none, one));
    assert_raised_text(GILT_TYPE_ERROR,
                       "unsupported operand type(s) for +: 'NoneType' and 'int'");
    assert_null(gilt_negative(none));
    assert_raised(GILT_TYPE_ERROR);
}

TESTS(test(bool_has_two_immortal_objects), test(bool_prints_its_name),
      test(bool_counts_as_int), test(bool_results_are_ints),
      test(bool_equals_and_hashes_like_its_number), test(none_is_one_false_object),
      test(none_has_no_order_and_no_arithmetic))
