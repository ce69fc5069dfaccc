/* int_text.c: ints from text and to text.
 *
 * Text is read twice: the first pass checks its form, counts digits and computes the value
 * as long as it fits in 64 bits; only if it did not fit, the second pass hands the digits
 * to mpn_set_str. The form is Python's: white space around, a sign, a prefix if the base
 * allows it, and single underscores between digits (or after the prefix). */
#include "core/types/int.h"
#include "core/types/number.h"
#include "core/types/str.h"
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Atomic int digits_limit; /* relaxed: nothing hangs on it */

void int_limit_digits(int digits) {
    atomic_store_explicit(&digits_limit, digits, memory_order_relaxed);
}

int int_digits_limit(void) {
    return atomic_load_explicit(&digits_limit, memory_order_relaxed);
}

#define RAISE_LIMIT "; use sys.set_int_max_str_digits() to increase the limit"

/* ---- From text ------------------------------------------------------------------- */

typedef struct Numeral {
    const char *digits; /* where the digits begin, underscores among them */
    unsigned base;
    bool negative;
    bool plain_zeros; /* a leading 0 may only be followed by zeros: base 0, no prefix */
    size_t count;     /* of digits */
    uint64_t value;
    bool fits; /* value is the magnitude */
} Numeral;

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* 255 if it is no digit in any base. */
static unsigned digit_value(char c) {
    if (c >= '0' && c <= '9') return (unsigned)(c - '0');
    if (c >= 'a' && c <= 'z') return (unsigned)(c - 'a') + 10;
    if (c >= 'A' && c <= 'Z') return (unsigned)(c - 'A') + 10;
    return 255;
}

static unsigned prefix_base(const char *text) {
    if (text[0] != '0') return 0;
    switch (text[1]) {
    case 'x':
    case 'X':
        return 16;
    case 'o':
    case 'O':
        return 8;
    case 'b':
    case 'B':
        return 2;
    default:
        return 0;
    }
}

/* White space, sign and prefix. */
static void numeral_begin(Numeral *n, const char *text, unsigned base) {
    while (is_space(*text)) text++;
    n->negative = *text == '-';
    if (*text == '-' || *text == '+') text++;
    unsigned named = prefix_base(text);
    bool prefixed = named && (base == 0 || base == named);
    n->base = base ? base : named ? named : 10;
    n->plain_zeros = base == 0 && !named && *text == '0';
    if (prefixed) text += text[2] == '_' ? 3 : 2;
    n->digits = text;
}

/* The digits up to the end of the text. false if that is not how an int looks. */
static bool numeral_scan(Numeral *n) {
    const char *at = n->digits;
    n->count = 0;
    n->value = 0;
    n->fits = true;
    for (;; at++) {
        unsigned digit = digit_value(*at);
        if (digit >= n->base) break;
        n->count++;
        if (__builtin_mul_overflow(n->value, n->base, &n->value) ||
            __builtin_add_overflow(n->value, digit, &n->value))
            n->fits = false;
        if (at[1] == '_' && digit_value(at[2]) < n->base) at++;
    }
    while (is_space(*at)) at++;
    if (n->plain_zeros && (!n->fits || n->value)) return false;
    return *at == '\0' && n->count > 0;
}

/* mpn_set_str wants the digits as numbers, and no zeros in front. */
static size_t numeral_digits(const Numeral *n, unsigned char *digits) {
    size_t count = 0;
    const char *at = n->digits;
    for (size_t i = 0; i < n->count; i++, at++) {
        if (*at == '_') at++;
        unsigned digit = digit_value(*at);
        if (digit || count) digits[count++] = (unsigned char)digit;
    }
    return count;
}

static Object *numeral_big(const Numeral *n) {
    double bits = (double)n->count * log2(n->base);
    if (bits > 64.0 * INT_LIMBS_MAX + 1) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    BigInt *big = int_big_new((size_t)bits / 64 + 2);
    if (!big) return NULL;
    size_t scratch_size = n->count / sizeof(mp_limb_t) + 1;
    mp_limb_t *scratch = int_scratch_for_work(scratch_size, big->room, TEXT_ON_STACK);
    if (!scratch) {
        decref(&big->head);
        return NULL;
    }
    unsigned char *digits = (unsigned char *)scratch;
    size_t count = numeral_digits(n, digits);
    mp_size_t size = mpn_set_str(big->limbs, digits, count, (int)n->base);
    int_scratch_free(scratch, scratch_size);
    return int_big_finish(big, (size_t)size, n->negative);
}

/* Python shows the text as repr does, cut to 200 code points. */
static void raise_invalid(Object *shown, int base) {
    Object *repr = gilt_repr(shown), *cut = NULL;
    char *utf8 = NULL;
    if (repr) cut = gilt_str_slice(repr, 0, 200);
    if (cut) utf8 = gilt_str_utf8(cut, NULL);
    if (utf8)
        gilt_raise(GILT_VALUE_ERROR, "invalid literal for int() with base %d: %s", base,
                   utf8);
    free(utf8);
    decref_maybe(cut);
    decref_maybe(repr);
}

/* Bases that are powers of two are read in linear time, so they have no limit. */
static bool numeral_is_too_long(const Numeral *n) {
    size_t limit = (size_t)int_digits_limit();
    if (!limit || n->count <= limit || (n->base & (n->base - 1)) == 0) return false;
    gilt_raise(GILT_VALUE_ERROR,
               "Exceeds the limit (%zu digits) for integer string conversion: value has "
               "%zu digits" RAISE_LIMIT,
               limit, n->count);
    return true;
}

/* `shown` NULL: the text itself. */
Object *int_from_text(const char *text, int base, Object *shown) {
    if (base != 0 && (base < 2 || base > 36))
        return gilt_raise(GILT_VALUE_ERROR, "int() base must be >= 2 and <= 36, or 0");
    Numeral n;
    numeral_begin(&n, text, (unsigned)base);
    if (!numeral_scan(&n)) {
        shown = shown ? incref(shown) : gilt_str_from(text);
        if (!shown) return NULL;
        raise_invalid(shown, base);
        decref(shown);
        return NULL;
    }
    if (n.fits) return int_of_limb(n.value, n.negative);
    return numeral_is_too_long(&n) ? NULL : numeral_big(&n);
}

Object *gilt_int_parse(const char *text, int base) {
    return int_from_text(text, base, NULL);
}

/* ---- To text --------------------------------------------------------------------- */

static Object *small_repr(int64_t value) {
    char text[21], *at = text + sizeof text;
    uint64_t left = value < 0 ? -(uint64_t)value : (uint64_t)value;
    do {
        *--at = (char)('0' + left % 10);
    } while (left /= 10);
    if (value < 0) *--at = '-';
    return str_of_ascii(at, (size_t)(text + sizeof text - at));
}

/* mpn_get_str wants a copy of the limbs with room for one more, for it destroys them, and
 * writes digits as numbers, perhaps with zeros in front. They go to `text`, which has room
 * for as many as there can be and one more; returns where they begin. NULL, MemoryError. */
static char *write_digits(char *text, const IntView *v, unsigned base, size_t *count) {
    static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    size_t limbs_size = v->size + 1;
    mp_limb_t *limbs = int_scratch_for_work(limbs_size, v->size, TEXT_ON_STACK);
    if (!limbs) return NULL;
    mpn_copyi(limbs, v->limbs, (mp_size_t)v->size);
    *count = mpn_get_str((unsigned char *)text, (int)base, limbs, (mp_size_t)v->size);
    int_scratch_free(limbs, limbs_size);
    for (size_t i = 0; i < *count; i++) text[i] = digits[(unsigned char)text[i]];
    for (; *count > 1 && *text == '0'; --*count) text++;
    return text;
}

/* A limb has at most 64 digits, in base 2; 20 in base 10. */
static size_t digits_room(const IntView *v, unsigned base) {
    return v->size * (base < 8 ? 64 : base < 10 ? 22 : 20) + 3;
}

char *int_digits(Object *o, unsigned base, size_t *count) {
    IntView v;
    int_view(o, &v);
    if (int_view_is_zero(&v)) return *count = 1, strdup("0");
    char *room = malloc(digits_room(&v, base)), *text = NULL;
    if (room) text = write_digits(room, &v, base, count);
    if (!room) gilt_raise(GILT_MEMORY_ERROR, NULL);
    if (!text) return free(room), NULL;
    memmove(room, text, *count);
    room[*count] = 0;
    return room;
}

/* No int of so many limbs has fewer decimal digits than this: a look at its size saves the
 * work when there are far too many. */
static bool is_too_long(size_t digits) {
    int limit = int_digits_limit();
    if (!limit || digits <= (size_t)limit) return false;
    gilt_raise(GILT_VALUE_ERROR,
               "Exceeds the limit (%d digits) for integer string conversion" RAISE_LIMIT,
               limit);
    return true;
}

static Object *big_repr(const IntView *v) {
    if (is_too_long((v->size - 1) * 19)) return NULL;
    size_t count, scratch_size = digits_room(v, 10) / sizeof(mp_limb_t) + 1;
    mp_limb_t *scratch = int_scratch_new(scratch_size);
    if (!scratch) return NULL;
    Object *repr = NULL;
    /* The sign goes before the digits. */
    char *text = write_digits((char *)scratch + 1, v, 10, &count);
    if (text && !is_too_long(count)) {
        if (v->negative) *--text = '-', count++;
        repr = str_of_ascii(text, count);
    }
    int_scratch_free(scratch, scratch_size);
    return repr;
}

Object *int_repr(Object *o) {
    if (likely(!int_is_big(o))) return small_repr(int_small(o));
    IntView view;
    int_view(o, &view);
    return big_repr(&view);
}
