/* int_methods.c: how an int is made, and its methods.
 *
 * Results are ints and nothing more, whatever heir `self` is of. */
#include "core/types/bytes.h"
#include "core/types/class.h"
#include "core/types/float.h"
#include "core/types/format.h"
#include "core/types/heir.h"
#include "core/object/operations.h"
#include "core/types/int.h"
#include "core/types/number.h"
#include "core/types/slice.h"
#include "core/types/str.h"
#include <stdlib.h>
#include <string.h>

/* ---- Making ---------------------------------------------------------------------- */

/* The int as an object of the heir; takes over the reference. */
static Object *heir_of(Type *type, Object *o) {
    if (!o || (!type_is_heir(type) && is_type(o, GILT_INT))) return o;
    if (!type_is_heir(type)) {
        Object *exact = int_exact(o);
        decref(o);
        return exact;
    }
    size_t bytes = int_bytes(o);
    Object *heir = heir_new(type, bytes);
    if (heir) {
        memcpy(heir + 1, o + 1, bytes - sizeof(Object));
        if (int_is_big(o)) heir->refs.marks |= MARK_OWN;
    }
    decref(o);
    return heir;
}

/* What __int__, or else __index__ or __trunc__, of the object answers; NULL without an
 * exception: it has none of them. */
static Object *int_special(Object *o) {
    Object *answer = number_special(o, SPECIAL_INT);
    const char *name = "__int__";
    if (!answer && !gilt_error()) {
        answer = number_special(o, SPECIAL_INDEX);
        name = "__index__";
    }
    if (!answer && !gilt_error()) {
        Object *whole = number_special(o, SPECIAL_TRUNC);
        if (!whole || int_check(whole)) return whole;
        answer = object_as_int(whole);
        decref(whole);
        return answer;
    }
    if (!answer || int_check(answer)) return answer;
    gilt_raise(GILT_TYPE_ERROR, "%s returned non-int (type %s)", name,
               gilt_type_name(answer));
    decref(answer);
    return NULL;
}

/* A str of few digits and nothing else. */
static bool few_digits(Object *o, int64_t *value) {
    if (!is_type(o, GILT_STR) || str_kind(o) != STR_ASCII) return false;
    size_t size = str_length(o);
    const uint8_t *data = ((const Str *)o)->data;
    if (size == 0 || size > 18) return false;
    *value = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned digit = data[i] - (unsigned)'0';
        if (digit > 9) return false;
        *value = *value * 10 + digit;
    }
    return true;
}

/* 1; 0: it is no text; -1. */
static int int_of_any_text(Object *o, int base, Object **result) {
    NumberText t;
    int known = number_text_read(&t, o);
    if (known <= 0) return known;
    *result = int_from_text(t.text, base, o);
    number_text_free(&t);
    return *result ? 1 : -1;
}

static Object *int_of_object(Object *o) {
    Object *result = NULL;
    int64_t small;
    if (is_type(o, GILT_INT)) return incref(o);
    if (is_type(o, GILT_FLOAT)) return int_of_double(float_value(o));
    if (few_digits(o, &small)) return gilt_int(small);
    if (!is_type(o, GILT_STR)) result = int_special(o);
    if (result || gilt_error()) return result;
    if (int_of_any_text(o, 10, &result)) return result;
    return gilt_raise(GILT_TYPE_ERROR,
                      "int() argument must be a string, a bytes-like object or a real "
                      "number, not '%s'",
                      gilt_type_name(o));
}

static Object *int_of_text(Object *o, Object *base) {
    int64_t value;
    Object *result = NULL;
    if (!number_index_cut(base, &value)) return NULL;
    if (value != 0 && (value < 2 || value > 36))
        return gilt_raise(GILT_VALUE_ERROR, "int() base must be >= 2 and <= 36, or 0");
    if (int_of_any_text(o, (int)value, &result)) return result;
    return gilt_raise(GILT_TYPE_ERROR, "int() can't convert non-string with explicit base");
}

Object *int_make(Type *type, Object *const *arguments, size_t count, Object *names) {
    static const char *const words[] = {"base"};
    size_t named = names ? gilt_tuple_size(names) : 0;
    if (count + named > 2)
        return gilt_raise(GILT_TYPE_ERROR, "int() takes at most 2 arguments (%zu given)",
                          count + named);
    for (size_t i = 0; i < named; i++)
        if (number_keyword(names, i, words, 1, "int") < 0) return NULL;
    if (named && !count)
        return gilt_raise(GILT_TYPE_ERROR, "int() missing string argument");
    if (count + named == 2) return heir_of(type, int_of_text(arguments[0], arguments[1]));
    return heir_of(type, count ? int_of_object(arguments[0]) : gilt_int(0));
}

/* ---- To and from bytes ----------------------------------------------------------- */

/* 1 little, 0 big, -1 ValueError. Nothing given means big. */
static int endian_of(Object *order) {
    if (!order) return 0;
    if (str_check(order)) {
        if (gilt_equal(order, gilt_intern("little")) == 1) return 1;
        if (gilt_equal(order, gilt_intern("big")) == 1) return 0;
        gilt_raise(GILT_VALUE_ERROR, "byteorder must be either 'little' or 'big'");
    } else {
        gilt_raise(GILT_TYPE_ERROR, "to_bytes() argument 'byteorder' must be str, not %s",
                   gilt_type_name(order));
    }
    return -1;
}

static int is_given(Object *flag) { return flag ? gilt_true(flag) : 0; }

/* Do so many bytes hold the int? */
static bool bytes_hold(Object *o, uint64_t size, bool with_sign) {
    uint64_t bits = int_bit_length(o);
    if (!with_sign) return bits <= size * 8;
    if (bits < size * 8) return true;
    if (bits > size * 8 || !int_is_negative(o)) return bits == 0;
    Object *below = int_unary(UNARY_INVERT, o); /* -128 to 127 */
    bool fits = below && int_bit_length(below) < size * 8;
    decref_maybe(below);
    return fits;
}

/* Little-endian, in two's complement. */
static void bytes_write(uint8_t *to, size_t size, Object *o) {
    IntView v;
    int_view(o, &v);
    unsigned carry = v.negative, flip = v.negative ? 0xFF : 0;
    for (size_t i = 0; i < size; i++) {
        mp_limb_t limb = i / 8 < v.size ? v.limbs[i / 8] : 0;
        unsigned byte = ((limb >> (i % 8 * 8) & 0xFF) ^ flip) + carry;
        to[i] = (uint8_t)byte;
        carry = byte >> 8;
    }
}

static void bytes_reverse(uint8_t *data, size_t size) {
    for (size_t i = 0; i < size / 2; i++) {
        uint8_t byte = data[i];
        data[i] = data[size - 1 - i];
        data[size - 1 - i] = byte;
    }
}

static Object *raise_too_big(Object *o, bool with_sign) {
    if (int_is_negative(o) && !with_sign)
        return gilt_raise(GILT_OVERFLOW_ERROR, "can't convert negative int to unsigned");
    return gilt_raise(GILT_OVERFLOW_ERROR, "int too big to convert");
}

static Object *to_bytes(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    ssize_t size = 1;
    int little = endian_of(arguments[1]), with_sign = is_given(arguments[2]);
    if (little < 0 || with_sign < 0) return NULL;
    if (arguments[0] && !index_argument(arguments[0], &size)) return NULL;
    if (size < 0)
        return gilt_raise(GILT_VALUE_ERROR, "length argument must be non-negative");
    if (size > (ssize_t)1 << 46) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    if ((int_is_negative(self) && !with_sign) ||
        !bytes_hold(self, (uint64_t)size, with_sign))
        return raise_too_big(self, with_sign);
    uint8_t *data = malloc((size_t)size + 1);
    if (!data) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    bytes_write(data, (size_t)size, self);
    if (!little) bytes_reverse(data, (size_t)size);
    Object *result = gilt_bytes_new(data, (size_t)size);
    free(data);
    return result;
}

/* `data` is little-endian, and padded with its sign to whole limbs. */
static Object *int_of_bytes(const mp_limb_t *data, size_t size) {
    bool negative = size && data[size - 1] >> 63;
    BigInt *big = int_big_new(size ? size : 1);
    if (!big) return NULL;
    big->limbs[0] = 0;
    if (negative)
        mpn_neg(big->limbs, data, (mp_size_t)size);
    else if (size)
        mpn_copyi(big->limbs, data, (mp_size_t)size);
    return int_big_finish(big, size, negative);
}

static Object *read_bytes(Bytes *bytes, bool little, bool with_sign) {
    size_t size = bytes->size, limbs = size / sizeof(mp_limb_t) + 1;
    mp_limb_t *scratch = int_scratch_new(limbs);
    if (!scratch) return NULL;
    uint8_t *data = (uint8_t *)scratch;
    memcpy(data, bytes->data, size);
    if (!little) bytes_reverse(data, size);
    bool negative = with_sign && size && data[size - 1] & 0x80;
    memset(data + size, negative ? 0xFF : 0, limbs * sizeof *scratch - size);
    Object *result = int_of_bytes(scratch, limbs);
    int_scratch_free(scratch, limbs);
    return result;
}

/* bytes of what can be made into it: but not of an int or str. */
static Object *bytes_of(Object *o) {
    if (is_type(o, GILT_BYTES)) return incref(o);
    if (str_check(o) || int_check(o))
        return gilt_raise(GILT_TYPE_ERROR, "cannot convert '%s' object to bytes",
                          gilt_type_name(o));
    return gilt_call(gilt_type(GILT_BYTES), &o, 1);
}

static Object *from_bytes(Object *class, Object *const *arguments, size_t count) {
    (void)count;
    int little = endian_of(arguments[1]), with_sign = is_given(arguments[2]);
    if (little < 0 || with_sign < 0) return NULL;
    Object *bytes = bytes_of(arguments[0]);
    if (!bytes) return NULL;
    Object *value = read_bytes((Bytes *)bytes, little, with_sign), *made;
    decref(bytes);
    if (!value || class == gilt_type(GILT_INT)) return value;
    made = gilt_call(class, &value, 1);
    decref(value);
    return made;
}

/* ---- Others ---------------------------------------------------------------------- */

static Object *exact(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return int_exact(self);
}

static Object *zero(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_int(0);
}

static Object *one(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_int(1);
}

static Object *to_float(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    double value;
    return int_to_double(self, &value) ? gilt_float(value) : NULL;
}

static Object *bit_length(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_int((int64_t)int_bit_length(self));
}

static Object *bit_count(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    IntView v;
    int_view(self, &v);
    return gilt_int((int64_t)mpn_popcount(v.limbs, (mp_size_t)v.size));
}

static Object *is_integer(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_bool(true);
}

static Object *to_rounded(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    if (!arguments[0] || is_type(arguments[0], GILT_NONE)) return int_exact(self);
    Object *digits = object_as_int(arguments[0]);
    Object *result = digits ? int_round(self, digits) : NULL;
    decref_maybe(digits);
    return result;
}

static Object *as_integer_ratio(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return number_pair(int_exact(self), gilt_int(1));
}

static Object *get_new_args(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *value = int_exact(self);
    return value ? tuple_of_own(&value, 1) : NULL;
}

const Native int_methods[] = {
    {"get real", exact},
    {"get imag", zero},
    {"get numerator", exact},
    {"get denominator", one},
    {"conjugate()", exact},
    {"bit_length()", bit_length},
    {"bit_count()", bit_count},
    {"to_bytes(length=, byteorder=, *, signed=)", to_bytes},
    {"class from_bytes(bytes, byteorder=, *, signed=)", from_bytes},
    {"as_integer_ratio()", as_integer_ratio},
    {"is_integer()", is_integer},
    {"__int__()", exact},
    {"__index__()", exact},
    {"__float__()", to_float},
    {"__trunc__()", exact},
    {"__floor__()", exact},
    {"__ceil__()", exact},
    {"__round__(ndigits=, /)", to_rounded},
    {"__getnewargs__()", get_new_args},
    {"__format__(format_spec, /)", format_native_method},
    {0},
};
