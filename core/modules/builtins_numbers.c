/* builtins_numbers.c: the built-in functions on numbers and characters. */
#include "core/modules/builtins_internal.h"
#include "core/object/builtin.h"
#include "core/object/iterate.h"
#include "core/types/class.h"
#include "core/types/float.h"
#include "core/object/operations.h"
#include "core/types/int.h"
#include "core/types/number.h"
#include "core/types/str.h"
#include "core/types/utf8.h"
#include <stdlib.h>
#include <string.h>

static Object *function_abs(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return number_abs(arguments[0]);
}

static Object *function_divmod(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return number_divmod(arguments[0], arguments[1]);
}

static Object *function_pow(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return number_power(arguments[0], arguments[1], arguments[2]);
}

static Object *function_round(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return number_round(arguments[0], arguments[1]);
}

/* ---- hex, oct, bin ---- */

static Object *numeral_small(int64_t value, unsigned shift, char letter) {
    char text[70], *at = text + sizeof text;
    uint64_t left = value < 0 ? -(uint64_t)value : (uint64_t)value;
    do {
        *--at = "0123456789abcdef"[left & ((1u << shift) - 1)];
        left >>= shift;
    } while (left);
    *--at = letter;
    *--at = '0';
    if (value < 0) *--at = '-';
    return str_of_ascii(at, (size_t)(text + sizeof text - at));
}

static Object *numeral_big(Object *o, unsigned shift, char letter) {
    IntView view;
    mpz_t z;
    int_view(o, &view);
    int_view_mpz(z, &view);
    char *text = malloc(mpz_sizeinbase(z, 1 << shift) + 5);
    if (!text) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    size_t sign = view.negative;
    mpz_get_str(text + 2, 1 << shift, z); /* its sign stands where the letter comes */
    text[0] = '-';
    text[sign] = '0';
    text[sign + 1] = letter;
    Object *str = str_of_ascii(text, strlen(text));
    free(text);
    return str;
}

static Object *numeral(Object *o, unsigned shift, char letter) {
    Object *index = object_as_int(o);
    if (!index) return NULL;
    Object *text = int_is_big(index) ? numeral_big(index, shift, letter)
                                     : numeral_small(int_small(index), shift, letter);
    decref(index);
    return text;
}

static Object *function_hex(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return numeral(arguments[0], 4, 'x');
}

static Object *function_oct(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return numeral(arguments[0], 3, 'o');
}

static Object *function_bin(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return numeral(arguments[0], 1, 'b');
}

/* ---- chr, ord ---- */

static Object *function_chr(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    int64_t point;
    Object *index = object_as_int(arguments[0]);
    if (!index) return NULL;
    bool fits = !int_is_big(index);
    point = fits ? int_small(index) : 0;
    decref(index);
    if (!fits || point != (int)point)
        return gilt_raise(GILT_OVERFLOW_ERROR, "Python int too large to convert to C int");
    if (point < 0 || point > 0x10FFFF)
        return gilt_raise(GILT_VALUE_ERROR, "chr() arg not in range(0x110000)");
    return str_of_point((uint32_t)point);
}

static Object *function_ord(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    Object *o = arguments[0];
    size_t length;
    if (str_check(o)) {
        if (likely((length = str_length(o)) == 1)) return gilt_int(str_at(o, 0));
    } else if (is_kind(o, GILT_BYTES)) {
        const uint8_t *data = gilt_bytes_data(o, &length);
        if (length == 1) return gilt_int(data[0]);
    } else if (is_kind(o, TYPE_BYTEARRAY)) {
        if ((length = (size_t)gilt_len(o)) == 1) return gilt_get_item(o, gilt_int(0));
    } else {
        return gilt_raise(GILT_TYPE_ERROR,
                          "ord() expected string of length 1, but %s found",
                          type_of(o)->name);
    }
    return gilt_raise(GILT_TYPE_ERROR,
                      "ord() expected a character, but string of length %zu found", length);
}

/* ---- sum ---- */

/* As long as all are small ints, or floats and small ints, the sum is no object. */
typedef struct Sum {
    enum { SUM_WHOLE, SUM_REAL, SUM_OBJECT } state;
    int64_t whole;
    double real;
    Object *object;
} Sum;

static bool is_small_int(Object *o) { return is_type(o, GILT_INT) && !int_is_big(o); }

/* Makes the sum an object. */
static bool sum_box(Sum *sum) {
    if (sum->state == SUM_OBJECT) return true;
    sum->object = sum->state == SUM_WHOLE ? gilt_int(sum->whole) : gilt_float(sum->real);
    sum->state = SUM_OBJECT;
    return sum->object;
}

static bool sum_add_any(Sum *sum, Object *item) {
    if (!sum_box(sum)) return false;
    Object *next = gilt_add(sum->object, item);
    if (!next) return false;
    decref(sum->object);
    sum->object = next;
    return true;
}

static bool sum_add(Object *item, void *data) {
    Sum *sum = data;
    if (sum->state == SUM_WHOLE) {
        int64_t next;
        if (likely(is_small_int(item)) &&
            !__builtin_add_overflow(sum->whole, int_small(item), &next))
            return sum->whole = next, true;
        if (is_type(item, GILT_FLOAT)) {
            sum->state = SUM_REAL;
            sum->real = (double)sum->whole + float_value(item);
            return true;
        }
    } else if (sum->state == SUM_REAL) {
        if (likely(is_type(item, GILT_FLOAT))) return sum->real += float_value(item), true;
        if (is_small_int(item)) return sum->real += (double)int_small(item), true;
    }
    return sum_add_any(sum, item);
}

static bool sum_start(Sum *sum, Object *start) {
    *sum = (Sum){.state = SUM_WHOLE};
    if (!start) return true;
    if (is_small_int(start)) return sum->whole = int_small(start), true;
    const char *joined = str_check(start)                 ? "strings [use ''"
                         : is_kind(start, GILT_BYTES)     ? "bytes [use b''"
                         : is_kind(start, TYPE_BYTEARRAY) ? "bytearray [use b''"
                                                          : NULL;
    if (joined)
        return gilt_raise(GILT_TYPE_ERROR, "sum() can't sum %s.join(seq) instead]", joined),
               false;
    if (is_type(start, GILT_FLOAT)) {
        sum->state = SUM_REAL;
        sum->real = float_value(start);
    } else {
        sum->state = SUM_OBJECT;
        sum->object = incref(start);
    }
    return true;
}

static Object *function_sum(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    Sum sum;
    if (!sum_start(&sum, arguments[1])) return NULL;
    if (iterate_each(arguments[0], sum_add, &sum) && sum_box(&sum)) return sum.object;
    if (sum.state == SUM_OBJECT) decref_maybe(sum.object);
    return NULL;
}

const Native builtins_numbers[] = {
    {"abs(x, /)", function_abs},
    {"divmod(x, y, /)", function_divmod},
    {"pow(base, exp, mod=)", function_pow},
    {"round(number, ndigits=)", function_round},
    {"hex(number, /)", function_hex},
    {"oct(number, /)", function_oct},
    {"bin(number, /)", function_bin},
    {"chr(i, /)", function_chr},
    {"ord(c, /)", function_ord},
    {"sum(iterable, /, start=)", function_sum},
    {0},
};
