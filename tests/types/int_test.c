/* int_test.c: ints of any size behave as Python's; results are those of Python 3.11. */
#include "tests/testing.h"

typedef GiltObject *Operation(GiltObject *, GiltObject *);

static GiltObject *number(const char *text) {
    GiltObject *o = gilt_int_parse(text, 10);
    if (!o) gilt_error_print();
    assert_non_null(o);
    return o;
}

static GiltObject *operated(Operation *operation, const char *a, const char *b) {
    GiltObject *x = number(a), *y = number(b), *result = operation(x, y);
    gilt_decref(x);
    gilt_decref(y);
    return result;
}

#define assert_operation(operation, a, b, text) assert_repr(operated(operation, a, b), text)

static int64_t hash_of(GiltObject *o) {
    int64_t hash;
    assert_non_null(o);
    assert_true(gilt_hash(o, &hash));
    gilt_decref(o);
    return hash;
}

/* Is a < b, and not b < a, and are they not equal? */
static void assert_ordered(GiltObject *a, GiltObject *b) {
    assert_int_equal(gilt_less(a, b), 1);
    assert_int_equal(gilt_less(b, a), 0);
    assert_int_equal(gilt_equal(a, b), 0);
    assert_int_equal(gilt_equal(b, a), 0);
    gilt_decref(a);
    gilt_decref(b);
}

static void assert_same_value(GiltObject *a, GiltObject *b) {
    assert_int_equal(gilt_equal(a, b), 1);
    assert_int_equal(gilt_equal(b, a), 1);
    assert_int_equal(gilt_less(a, b), 0);
    assert_int_equal(gilt_less(b, a), 0);
    assert_int_equal(hash_of(a), hash_of(b));
}

/* ---- Making and printing --------------------------------------------------------- */

TEST(int_prints_all_64_bits) {
    assert_repr(gilt_int(0), "0");
    assert_repr(gilt_int(-1), "-1");
    assert_repr(gilt_int(1000000), "1000000");
    assert_repr(gilt_int(INT64_MAX), "9223372036854775807");
    assert_repr(gilt_int(INT64_MIN), "-9223372036854775808");
}

TEST(int_from_minus_5_to_256_is_one_immortal_object) {
    for (int64_t value = -5; value <= 256; value++) {
        GiltObject *a = gilt_int(value), *b = gilt_int(value);
        assert_ptr_equal(a, b);
        assert_true(gilt_refcount(a) > 1 << 30);
        int64_t back;
        assert_true(gilt_int_value(a, &back));
        assert_int_equal(back, value);
    }
    GiltObject *a = gilt_int(257), *b = gilt_int(257), *c = gilt_int(-6);
    assert_ptr_not_equal(a, b);
    assert_int_equal(gilt_refcount(a), 1);
    assert_int_equal(gilt_refcount(c), 1);
    gilt_decref(a);
    gilt_decref(b);
    gilt_decref(c);
}

TEST(int_value_refuses_what_does_not_fit) {
    int64_t value = 7;
    GiltObject *big = number("9223372036854775808"), *low = number("-9223372036854775808");
    assert_false(gilt_int_value(big, &value));
    assert_raised_text(GILT_OVERFLOW_ERROR, "int too big to convert");
    assert_true(gilt_int_value(low, &value));
    assert_true(value == INT64_MIN);
    GiltObject *text = gilt_str_from("5");
    assert_false(gilt_int_value(text, &value));
    assert_raised_text(GILT_TYPE_ERROR, "'str' object cannot be interpreted as an integer");
    gilt_decref(text);
    gilt_decref(big);
    gilt_decref(low);
}

TEST(int_is_false_only_if_zero) {
    GiltObject *zero = gilt_int(0), *two = gilt_int(2),
               *big = number("-18446744073709551616");
    assert_int_equal(gilt_true(zero), 0);
    assert_int_equal(gilt_true(two), 1);
    assert_int_equal(gilt_true(big), 1);
    gilt_decref(big);
}

/* ---- Parsing --------------------------------------------------------------------- */

TEST(int_parse_reads_bases_signs_spaces_and_underscores) {
    assert_repr(gilt_int_parse(" \t\n+42\r ", 10), "42");
    assert_repr(gilt_int_parse("-0", 10), "0");
    assert_repr(gilt_int_parse("0007", 10), "7");
    assert_repr(gilt_int_parse("1_000_000", 10), "1000000");
    assert_repr(gilt_int_parse("0x_fF", 16), "255");
    assert_repr(gilt_int_parse("0b", 16), "11");
    assert_repr(gilt_int_parse("-0b101", 0), "-5");
    assert_repr(gilt_int_parse("0O17", 0), "15");
    assert_repr(gilt_int_parse("0_0", 0), "0");
    assert_repr(gilt_int_parse("zZ", 36), "1295");
    assert_repr(gilt_int_parse("-9223372036854775808", 10), "-9223372036854775808");
    assert_repr(gilt_int_parse("9223372036854775808", 10), "9223372036854775808");
    assert_repr(gilt_int_parse("0xffff_ffff_ffff_ffff_ffff", 0),
                "1208925819614629174706175");
}

TEST(int_parse_refuses_with_the_text_of_python) {
    static const struct {
        const char *text;
        int base;
        const char *message;
    } wrong[] = {
        {"x", 10, "invalid literal for int() with base 10: 'x'"},
        {"", 10, "invalid literal for int() with base 10: ''"},
        {" ", 0, "invalid literal for int() with base 0: ' '"},
        {"- 1", 10, "invalid literal for int() with base 10: '- 1'"},
        {"+-1", 10, "invalid literal for int() with base 10: '+-1'"},
        {"1__2", 10, "invalid literal for int() with base 10: '1__2'"},
        {"_1", 10, "invalid literal for int() with base 10: '_1'"},
        {"1_", 10, "invalid literal for int() with base 10: '1_'"},
        {"1 2", 10, "invalid literal for int() with base 10: '1 2'"},
        {"12", 2, "invalid literal for int() with base 2: '12'"},
        {"0x", 0, "invalid literal for int() with base 0: '0x'"},
        {"010", 0, "invalid literal for int() with base 0: '010'"},
        {"0x1", 8, "invalid literal for int() with base 8: '0x1'"},
        {"1.0", 10, "invalid literal for int() with base 10: '1.0'"},
        {"1", 1, "int() base must be >= 2 and <= 36, or 0"},
        {"1", 37, "int() base must be >= 2 and <= 36, or 0"},
        {"1", -1, "int() base must be >= 2 and <= 36, or 0"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_null(gilt_int_parse(wrong[i].text, wrong[i].base));
        assert_raised_text(GILT_VALUE_ERROR, wrong[i].message);
    }
}

/* Of the text as repr shows it: the quote is one of the 200. */
TEST(int_parse_shows_200_characters_of_a_long_text) {
    char text[601], shown[500] = "invalid literal for int() with base 10: '";
    for (int i = 0; i < 600; i += 2) memcpy(text + i, "é", 2);
    text[600] = 0;
    memcpy(shown + strlen(shown), text, 2 * 199);
    assert_null(gilt_int_parse(text, 10));
    assert_raised_text(GILT_VALUE_ERROR, shown);
}

static void assert_there_and_back(char *text) {
    GiltObject *o = number(text);
    assert_repr(o, text);
}

TEST(int_of_10000_digits_goes_there_and_back) {
    static char text[10002];
    uint32_t random = 12345;
    text[0] = '-';
    for (int i = 1; i <= 10000; i++) {
        random = random * 1664525 + 1013904223;
        text[i] = (char)('1' + (random >> 16) % 9);
    }
    assert_there_and_back(text);
    memset(text + 1, '9', 10000);
    assert_there_and_back(text + 1);
    memset(text + 2, '0', 9999); /* 90000... */
    assert_there_and_back(text);
}

/* ---- Arithmetic ------------------------------------------------------------------ */

TEST(int_grows_where_64_bits_end) {
    assert_operation(gilt_add, "9223372036854775807", "1", "9223372036854775808");
    assert_operation(gilt_add, "-9223372036854775808", "-1", "-9223372036854775809");
    assert_operation(gilt_subtract, "-9223372036854775808", "1", "-9223372036854775809");
    assert_operation(gilt_subtract, "9223372036854775807", "-1", "9223372036854775808");
    assert_operation(gilt_multiply, "9223372036854775807", "9223372036854775807",
                     "85070591730234615847396907784232501249");
    assert_operation(gilt_multiply, "-9223372036854775808", "-1", "9223372036854775808");
    assert_operation(gilt_floor_divide, "-9223372036854775808", "-1",
                     "9223372036854775808");
    assert_operation(gilt_remainder, "-9223372036854775808", "-1", "0");
    assert_repr(gilt_negative(gilt_int(-5)), "5");
    GiltObject *low = gilt_int(INT64_MIN), *high = gilt_negative(low);
    assert_repr(gilt_negative(high), "-9223372036854775808");
    assert_repr(high, "9223372036854775808");
    gilt_decref(low);
}

TEST(int_that_shrinks_is_small_again) {
    assert_operation(gilt_subtract, "9223372036854775808", "1", "9223372036854775807");
    assert_operation(gilt_add, "-9223372036854775809", "1", "-9223372036854775808");
    GiltObject *zero =
        operated(gilt_subtract, "1000000000000000000000", "1000000000000000000000");
    assert_ptr_equal(zero, gilt_int(0));
    GiltObject *five =
        operated(gilt_floor_divide, "-5000000000000000000000", "1000000000000000000000");
    assert_ptr_equal(five, gilt_int(-5));
}

TEST(int_adds_and_multiplies_big_numbers) {
    const char *a = "123456789012345678901234567890", *b = "987654321098765432109876543210";
    assert_operation(gilt_add, a, b, "1111111110111111111011111111100");
    assert_operation(gilt_subtract, a, b, "-864197532086419753208641975320");
    assert_operation(gilt_subtract, b, a, "864197532086419753208641975320");
    assert_operation(gilt_subtract, "5", "-18446744073709551616", "18446744073709551621");
    assert_operation(gilt_subtract, "-5", "18446744073709551616", "-18446744073709551621");
    assert_operation(gilt_add, "-18446744073709551616", "0", "-18446744073709551616");
    assert_operation(gilt_multiply, a, b,
                     "121932631137021795226185032733622923332237463801111263526900");
    assert_operation(gilt_multiply, a, "0", "0");
    assert_operation(gilt_multiply, "-3", a, "-370370367037037036703703703670");
    GiltObject *n = number(a);
    assert_repr(gilt_multiply(n, n),
                "15241578753238836750495351562536198787501905199875019052100");
    gilt_decref(n);
}

TEST(int_factorial_of_100) {
    GiltObject *product = gilt_int(1);
    for (int64_t i = 2; i <= 100; i++) {
        GiltObject *factor = gilt_int(i), *next = gilt_multiply(product, factor);
        assert_non_null(next);
        gilt_decref(product);
        product = next;
    }
    assert_repr(product,
                "9332621544394415268169923885626670049071596826438162146859296389521759999"
                "3229915608941463976156518286253697920827223758251185210916864000000000000"
                "000000000000");
}

TEST(int_floor_and_remainder_have_signs_as_in_python) {
    static const char *const rows[][4] = {
        {"7", "2", "3", "1"},
        {"-7", "2", "-4", "1"},
        {"7", "-2", "-4", "-1"},
        {"-7", "-2", "3", "-1"},
        {"-6", "2", "-3", "0"},
        {"0", "-5", "0", "0"},
        {"10000000000000000000000000000000000000001", "7000000000000000003",
         "1428571428571428570816", "2285714285714287553"},
        {"-10000000000000000000000000000000000000001", "7000000000000000003",
         "-1428571428571428570817", "4714285714285712450"},
        {"10000000000000000000000000000000000000001", "-7000000000000000003",
         "-1428571428571428570817", "-4714285714285712450"},
        {"-10000000000000000000000000000000000000001", "-7000000000000000003",
         "1428571428571428570816", "-2285714285714287553"},
        {"1000000000000000000000000000000", "-10000000000000000000000000000000000000000",
         "-1", "-9999999999000000000000000000000000000000"},
        {"-1000000000000000000000000000000", "-10000000000000000000000000000000000000000",
         "0", "-1000000000000000000000000000000"},
        {"-1", "100000000000000000000000000000000000000000", "-1",
         "99999999999999999999999999999999999999999"},
        {"0", "-100000000000000000000000000000000000000000", "0", "0"},
        {"36893488147419103232", "-18446744073709551616", "-2", "0"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_operation(gilt_floor_divide, rows[i][0], rows[i][1], rows[i][2]);
        assert_operation(gilt_remainder, rows[i][0], rows[i][1], rows[i][3]);
    }
}

TEST(int_division_by_zero_is_an_error) {
    static const char *const numbers[] = {"1", "0", "1000000000000000000000000000000"};
    for (int i = 0; i < 3; i++) {
        assert_null(operated(gilt_divide, numbers[i], "0"));
        assert_raised_text(GILT_ZERO_DIVISION_ERROR, "division by zero");
        assert_null(operated(gilt_floor_divide, numbers[i], "0"));
        assert_raised_text(GILT_ZERO_DIVISION_ERROR, "integer division or modulo by zero");
        assert_null(operated(gilt_remainder, numbers[i], "0"));
        assert_raised_text(GILT_ZERO_DIVISION_ERROR, "integer modulo by zero");
    }
}

/* 1 and `zeros` zeros. */
static GiltObject *power_of_ten(int zeros) {
    char *text = malloc((size_t)zeros + 2);
    memset(text, '0', (size_t)zeros + 1);
    text[0] = '1';
    text[zeros + 1] = 0;
    GiltObject *o = number(text);
    free(text);
    return o;
}

TEST(int_true_division_is_rounded_once) {
    assert_operation(gilt_divide, "1", "2", "0.5");
    assert_operation(gilt_divide, "0", "-5", "-0.0");
    assert_operation(gilt_divide, "9007199254740993", "1", "9007199254740992.0");
    assert_operation(gilt_divide, "100000000000000000000000", "7",
                     "1.4285714285714286e+22");
    assert_operation(gilt_divide, "100000000000000000000000", "10000000000000000000000",
                     "10.0");
    GiltObject *huge = power_of_ten(400), *more = power_of_ten(399), *one = gilt_int(-1);
    assert_repr(gilt_divide(huge, more), "10.0");
    assert_repr(gilt_divide(more, huge), "0.1");
    assert_repr(gilt_divide(one, huge), "-0.0");
    assert_null(gilt_divide(huge, one));
    assert_raised_text(GILT_OVERFLOW_ERROR,
                       "integer division result too large for a float");
    GiltObject *tiny = power_of_ten(320), *three = gilt_int(3);
    GiltObject *divisor = gilt_multiply(tiny, three);
    assert_repr(gilt_divide(one, divisor), "-3.335e-321");
    gilt_decref(divisor);
    gilt_decref(tiny);
    gilt_decref(huge);
    gilt_decref(more);
}

TEST(int_does_not_know_other_types) {
    GiltObject *one = gilt_int(1), *text = gilt_str_from("ab"), *none = gilt_none();
    GiltObject *three = gilt_int(3);
    assert_repr(gilt_multiply(three, text), "'ababab'");
    assert_null(gilt_add(one, text));
    assert_raised_text(GILT_TYPE_ERROR,
                       "unsupported operand type(s) for +: 'int' and 'str'");
    assert_null(gilt_floor_divide(none, one));
    assert_raised(GILT_TYPE_ERROR);
    assert_int_equal(gilt_equal(one, text), 0);
    assert_int_equal(gilt_less(one, none), -1);
    assert_raised_text(GILT_TYPE_ERROR,
                       "'<' not supported between instances of 'int' and 'NoneType'");
    gilt_decref(text);
}

/* ---- Order and hash -------------------------------------------------------------- */

TEST(int_order_is_that_of_the_values) {
    assert_ordered(gilt_int(-1), gilt_int(1));
    assert_ordered(number("-18446744073709551616"), gilt_int(INT64_MIN));
    assert_ordered(gilt_int(INT64_MAX), number("9223372036854775808"));
    assert_ordered(number("18446744073709551616"), number("18446744073709551617"));
    assert_ordered(number("-18446744073709551617"), number("-18446744073709551616"));
    assert_ordered(number("-99999999999999999999999999"), number("99999999999999999999"));
    assert_same_value(number("18446744073709551616"), number("18446744073709551616"));
}

TEST(int_and_float_compare_exactly) {
    assert_same_value(gilt_int(9007199254740992), gilt_float(9007199254740992.0));
    assert_ordered(gilt_float(9007199254740992.0), gilt_int(9007199254740993));
    assert_ordered(gilt_int(INT64_MAX), gilt_float(0x1p63));
    assert_same_value(gilt_int(INT64_MIN), gilt_float(-0x1p63));
    assert_same_value(number("18446744073709551616"), gilt_float(0x1p64));
    assert_ordered(gilt_float(0x1p64), number("18446744073709551617"));
    assert_ordered(number("-18446744073709551617"), gilt_float(-0x1p64));
    assert_ordered(gilt_int(2), gilt_float(2.5));
    assert_ordered(gilt_float(-2.5), gilt_int(-2));
    assert_ordered(power_of_ten(400), gilt_float(1.0 / 0.0));
    assert_ordered(gilt_float(-1.0 / 0.0), gilt_int(INT64_MIN));
    assert_ordered(gilt_float(1.7976931348623157e308), power_of_ten(400));
}

TEST(int_hash_is_that_of_python) {
    assert_int_equal(hash_of(gilt_int(0)), 0);
    assert_int_equal(hash_of(gilt_int(12)), 12);
    assert_int_equal(hash_of(gilt_int(-1)), -2);
    assert_int_equal(hash_of(gilt_int(2305843009213693951)), 0);
    assert_int_equal(hash_of(gilt_int(-2305843009213693952)), -2);
    assert_int_equal(hash_of(gilt_int(INT64_MIN)), -4);
    assert_int_equal(hash_of(number("9223372036854775808")), 4);
    assert_int_equal(hash_of(number("1000000000000000000000000000000")),
                     465258685558744706);
    assert_int_equal(hash_of(number("-1000000000000000000000000000000")),
                     -465258685558744706);
    assert_int_equal(hash_of(number("12345678901234567890123456789012345678901234567890")),
                     1191721886691330324);
}

TESTS(test(int_prints_all_64_bits), test(int_from_minus_5_to_256_is_one_immortal_object),
      test(int_value_refuses_what_does_not_fit), test(int_is_false_only_if_zero),
      test(int_parse_reads_bases_signs_spaces_and_underscores),
      test(int_parse_refuses_with_the_text_of_python),
      test(int_parse_shows_200_characters_of_a_long_text),
      test(int_of_10000_digits_goes_there_and_back), test(int_grows_where_64_bits_end),
      test(int_that_shrinks_is_small_again), test(int_adds_and_multiplies_big_numbers),
      test(int_factorial_of_100), test(int_floor_and_remainder_have_signs_as_in_python),
      test(int_division_by_zero_is_an_error), test(int_true_division_is_rounded_once),
      test(int_does_not_know_other_types), test(int_order_is_that_of_the_values),
      test(int_and_float_compare_exactly), test(int_hash_is_that_of_python))
