/* value_test.c: each int and float that a register can hold comes out of it as it went in,
 * and what it cannot hold is told. */
#include "core/vm/value.h"
#include "tests/testing.h"

static uint64_t bits_of(double d) {
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    return bits;
}

static double of_bits(uint64_t bits) {
    double d;
    memcpy(&d, &bits, sizeof d);
    return d;
}

/* Is it held, and the same again? */
static bool is_held(double d) {
    Value v = value_try_float(d);
    if (!v) return false;
    assert_true(value_is_float(v));
    assert_false(value_is_int(v) || value_is_object(v) || value_is_owned(v));
    assert_int_equal(bits_of(value_float(v)), bits_of(d));
    return true;
}

TEST(floats_near_1_are_held_and_others_are_not) {
    assert_true(is_held(0.0));
    assert_false(is_held(-0.0));
    assert_false(is_held(0x1p-255)); /* its word means 0.0 */
    assert_true(is_held(-0x1p-255));
    for (int exponent = -1074; exponent < 1024; exponent++)
        for (double sign = -1; sign <= 1; sign += 2) {
            double power = __builtin_ldexp(sign, exponent);
            bool held = exponent >= -255 && exponent <= 256;
            if (power != 0x1p-255) assert_int_equal(is_held(power), held);
            assert_int_equal(is_held(power * 1.75), held && exponent >= -255);
        }
    assert_false(is_held(__builtin_inf()));
    assert_false(is_held(-__builtin_inf()));
    assert_false(is_held(__builtin_nan("")));
}

TEST(all_bits_of_floats_are_held) {
    uint64_t bits = 1, held = 0;
    for (int i = 0; i < 1000000; i++) {
        bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
        held += is_held(of_bits(bits));
    }
    assert_in_range(held, 240000, 260000); /* two of eight upper exponents */
}

TEST(ints_of_63_bits_are_held) {
    const int64_t some[] = {0, 1, -1, VALUE_INT_MAX, VALUE_INT_MIN, 1000000007, -5};
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        assert_true(int_fits_value(some[i]));
        Value v = value_of_int(some[i]);
        assert_true(value_is_int(v) && !value_is_float(v) && !value_is_object(v));
        assert_int_equal(value_int(v), some[i]);
    }
    assert_false(int_fits_value(VALUE_INT_MAX + 1));
    assert_false(int_fits_value(VALUE_INT_MIN - 1));
}

TESTS(test(floats_near_1_are_held_and_others_are_not), test(all_bits_of_floats_are_held),
      test(ints_of_63_bits_are_held))
