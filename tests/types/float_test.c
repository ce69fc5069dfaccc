/* float_test.c: floats behave as Python's; results are those of Python 3.11. */
#include "tests/testing.h"
#include <math.h>

typedef GiltObject *Operation(GiltObject *, GiltObject *);

static GiltObject *operated(Operation *operation, double a, double b) {
    GiltObject *x = gilt_float(a), *y = gilt_float(b), *result = operation(x, y);
    gilt_decref(x);
    gilt_decref(y);
    return result;
}

static int64_t hash_of(GiltObject *o) {
    int64_t hash;
    assert_non_null(o);
    assert_true(gilt_hash(o, &hash));
    gilt_decref(o);
    return hash;
}

TEST(float_prints_the_shortest_text_that_reads_back) {
    static const struct {
        double value;
        const char *text;
    } rows[] = {
        {1, "1.0"},
        {-0.0, "-0.0"},
        {0.1, "0.1"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1.0 / 3, "0.3333333333333333"},
        {123.456, "123.456"},
        {1e15, "1000000000000000.0"},
        {1e16, "1e+16"},
        {1234567890123456.0, "1234567890123456.0"},
        {12345678901234567.0, "1.2345678901234568e+16"},
        {0.0001, "0.0001"},
        {0.00001, "1e-05"},
        {0.00012345, "0.00012345"},
        {-1.5e-7, "-1.5e-07"},
        {1e100, "1e+100"},
        {9007199254740993.0, "9007199254740992.0"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {2.2250738585072014e-308, "2.2250738585072014e-308"},
        {5e-324, "5e-324"},
        {1.5e-323, "1.5e-323"},
        {INFINITY, "inf"},
        {-INFINITY, "-inf"},
        {NAN, "nan"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_repr(gilt_float(rows[i].value), rows[i].text);
}

/* Where the nearest decimal of 16 digits does not read back but the next one does. */
TEST(float_prints_powers_of_two_as_short_as_python) {
    assert_repr(gilt_float(0x1p-44), "5.684341886080802e-14");
    assert_repr(gilt_float(0x1p89), "6.189700196426902e+26");
    for (int exponent = -1022; exponent < 1024; exponent++) {
        GiltObject *o = gilt_float(ldexp(1, exponent)), *repr = gilt_repr(o);
        char *text = gilt_str_utf8(repr, NULL);
        assert_true(strtod(text, NULL) == ldexp(1, exponent));
        for (const char *at = text; *at; at++) assert_true(strchr("0123456789.e+-", *at));
        free(text);
        gilt_decref(repr);
        gilt_decref(o);
    }
}

TEST(float_floor_and_remainder_have_signs_as_in_python) {
    static const struct {
        double a, b;
        const char *floor, *remainder;
    } rows[] = {
        {7, 2.5, "2.0", "2.0"},
        {-7, 2.5, "-3.0", "0.5"},
        {7, -2.5, "-3.0", "-0.5"},
        {-7, -2.5, "2.0", "-2.0"},
        {5, -5, "-1.0", "-0.0"},
        {0.0, -3, "-0.0", "-0.0"},
        {-0.0, 3, "-0.0", "0.0"},
        {-1, INFINITY, "-1.0", "inf"},
        {1, INFINITY, "0.0", "1.0"},
        {INFINITY, 2, "nan", "nan"},
        {1, 0.1, "9.0", "0.09999999999999995"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_repr(operated(gilt_floor_divide, rows[i].a, rows[i].b), rows[i].floor);
        assert_repr(operated(gilt_remainder, rows[i].a, rows[i].b), rows[i].remainder);
    }
}

TEST(float_arithmetic) {
    assert_repr(operated(gilt_add, 0.1, 0.2), "0.30000000000000004");
    assert_repr(operated(gilt_subtract, 1, 0.9), "0.09999999999999998");
    assert_repr(operated(gilt_multiply, 1e308, 10), "inf");
    assert_repr(operated(gilt_divide, -1, 3), "-0.3333333333333333");
    GiltObject *o = gilt_float(0.0);
    assert_repr(gilt_negative(o), "-0.0");
    gilt_decref(o);
}

TEST(float_division_by_zero_is_an_error) {
    assert_null(operated(gilt_divide, 1, 0.0));
    assert_raised_text(GILT_ZERO_DIVISION_ERROR, "float division by zero");
    assert_null(operated(gilt_floor_divide, 1, -0.0));
    assert_raised_text(GILT_ZERO_DIVISION_ERROR, "float floor division by zero");
    assert_null(operated(gilt_remainder, NAN, 0));
    assert_raised_text(GILT_ZERO_DIVISION_ERROR, "float modulo");
}

TEST(float_takes_ints_and_bools) {
    GiltObject *half = gilt_float(0.5), *two = gilt_int(2), *yes = gilt_bool(true);
    assert_repr(gilt_add(half, two), "2.5");
    assert_repr(gilt_subtract(two, half), "1.5");
    assert_repr(gilt_divide(yes, half), "2.0");
    assert_repr(gilt_remainder(half, yes), "0.5");
    gilt_decref(half);
}

TEST(float_refuses_an_int_that_is_too_large) {
    char text[402];
    memset(text, '9', 401);
    text[401] = 0;
    GiltObject *huge = gilt_int_parse(text, 10), *one = gilt_float(1);
    double value;
    assert_null(gilt_multiply(huge, one));
    assert_raised_text(GILT_OVERFLOW_ERROR, "int too large to convert to float");
    assert_null(gilt_remainder(one, huge));
    assert_raised(GILT_OVERFLOW_ERROR);
    assert_false(gilt_float_value(huge, &value));
    assert_raised(GILT_OVERFLOW_ERROR);
    assert_int_equal(gilt_less(one, huge), 1);
    gilt_decref(huge);
    gilt_decref(one);
}

static double value_of(GiltObject *o) {
    double value = -1;
    assert_non_null(o);
    assert_true(gilt_float_value(o, &value));
    gilt_decref(o);
    return value;
}

TEST(float_value_is_the_nearest_double) {
    assert_true(value_of(gilt_float(0.1)) == 0.1);
    assert_true(value_of(gilt_bool(true)) == 1);
    assert_true(value_of(gilt_int(9007199254740993)) == 9007199254740992.0);
    assert_true(value_of(gilt_int(9007199254740995)) == 9007199254740996.0);
    assert_true(value_of(gilt_int_parse("-18446744073709551615", 10)) == -0x1p64);
    /* 2^128 + 2^75 lies in the middle of two doubles: to even; one more: up. */
    assert_true(value_of(gilt_int_parse("0x100000000000008000000000000000000", 0)) ==
                0x1p128);
    assert_true(value_of(gilt_int_parse("0x100000000000008000000000000000001", 0)) ==
                0x1.0000000000001p128);
    GiltObject *none = gilt_none();
    double value;
    assert_false(gilt_float_value(none, &value));
    assert_raised_text(GILT_TYPE_ERROR, "must be real number, not NoneType");
}

TEST(float_nan_is_equal_to_nothing) {
    GiltObject *nan = gilt_float(NAN), *other = gilt_float(NAN), *one = gilt_int(1);
    assert_int_equal(gilt_equal(nan, other), 0);
    assert_int_equal(gilt_equal(nan, one), 0);
    assert_int_equal(gilt_equal(one, nan), 0);
    assert_int_equal(gilt_less(nan, one), 0);
    assert_int_equal(gilt_less(one, nan), 0);
    assert_int_equal(gilt_true(nan), 1);
    gilt_decref(nan);
    gilt_decref(other);
}

TEST(float_compares_by_value) {
    GiltObject *zero = gilt_float(0.0), *minus = gilt_float(-0.0), *half = gilt_float(0.5);
    assert_int_equal(gilt_equal(zero, minus), 1);
    assert_int_equal(gilt_less(zero, half), 1);
    assert_int_equal(gilt_less(half, zero), 0);
    assert_int_equal(gilt_true(minus), 0);
    assert_int_equal(gilt_true(half), 1);
    gilt_decref(zero);
    gilt_decref(minus);
    gilt_decref(half);
}

TEST(float_hash_is_that_of_python) {
    assert_int_equal(hash_of(gilt_float(0.0)), 0);
    assert_int_equal(hash_of(gilt_float(-1.0)), -2);
    assert_int_equal(hash_of(gilt_float(0.1)), 230584300921369408);
    assert_int_equal(hash_of(gilt_float(2.5)), 1152921504606846978);
    assert_int_equal(hash_of(gilt_float(-0.5)), -1152921504606846976);
    assert_int_equal(hash_of(gilt_float(1e300)), 1224995262755759164);
    assert_int_equal(hash_of(gilt_float(-INFINITY)), -314159);
    assert_int_equal(hash_of(gilt_float(0x1p63)), 4);
}

TESTS(test(float_prints_the_shortest_text_that_reads_back),
      test(float_prints_powers_of_two_as_short_as_python),
      test(float_floor_and_remainder_have_signs_as_in_python), test(float_arithmetic),
      test(float_division_by_zero_is_an_error), test(float_takes_ints_and_bools),
      test(float_refuses_an_int_that_is_too_large), test(float_value_is_the_nearest_double),
      test(float_nan_is_equal_to_nothing), test(float_compares_by_value),
      test(float_hash_is_that_of_python))
