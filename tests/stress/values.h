/* values.h: the objects that programs put into containers, by their number, and back.
 *
 * A value is made anew each time it is asked for, so that objects are really made, counted
 * and freed: no int here is a small, immortal one. Keys come in styles that take different
 * ways through a table: decided by the tag, compared under the lock, compared without, all
 * in one sequence of probes. An object that is no value of the style has the number -1. */
#pragma once
#include "core/gilt.h"
#include <stdio.h>
#include <stdlib.h>

typedef enum ValueStyle { VALUES_INT, VALUES_STR, VALUE_STYLES } ValueStyle;

typedef enum KeyStyle {
    KEYS_INT,
    KEYS_CROWDED, /* ints whose low 20 bits are the same: they begin in one cell */
    KEYS_STR,     /* strs made anew: their texts must be compared */
    KEYS_NAME,    /* interned strs: equal only if identical */
    KEYS_SAME,    /* four ints with one hash: their values must be compared */
    KEYS_MIXED,   /* the same number as int or float */
    KEY_STYLES
} KeyStyle;

enum { VALUES = 256, FIRST_VALUE = 1000, CROWD = 1 << 20 };

/* The modulus of the hash of numbers. */
#define SAME_HASH (((int64_t)1 << 61) - 1)

static inline GiltObject *value_new(ValueStyle style, int number) {
    if (style == VALUES_STR) return gilt_str_format("v%03d", number);
    return gilt_int(FIRST_VALUE + number);
}

/* How many different keys there are in a style. */
static inline int key_limit(KeyStyle style) { return style == KEYS_SAME ? 4 : 16; }

static inline GiltObject *key_new(KeyStyle style, int number, bool other) {
    char name[16];
    snprintf(name, sizeof name, "k%03d", number);
    switch (style) {
    case KEYS_CROWDED:
        return gilt_int((int64_t)number * CROWD + FIRST_VALUE);
    case KEYS_STR:
        return gilt_str_from(name);
    case KEYS_NAME:
        return gilt_intern(name);
    case KEYS_SAME:
        return gilt_int((int64_t)number * SAME_HASH + FIRST_VALUE);
    case KEYS_MIXED:
        if (other) return gilt_float(FIRST_VALUE + number);
        return gilt_int(FIRST_VALUE + number);
    default:
        return gilt_int(FIRST_VALUE + number);
    }
}

static inline int value_within(int64_t number) {
    return number >= 0 && number < VALUES ? (int)number : -1;
}

/* The number in the text of a str such as v017. */
static inline int text_number(GiltObject *str) {
    char *text = gilt_str_utf8(str, NULL), *end;
    if (!text) return gilt_error_clear(), -1;
    long number = strtol(text + 1, &end, 10);
    bool well = (text[0] == 'v' || text[0] == 'k') && end == text + 4 && !*end;
    free(text);
    return well ? value_within(number) : -1;
}

/* Borrows the object. */
static inline int value_number(GiltObject *object) {
    int64_t value;
    if (gilt_is(object, GILT_STR)) return text_number(object);
    if (!gilt_is(object, GILT_INT)) return -1;
    if (!gilt_int_value(object, &value)) return gilt_error_clear(), -1;
    return value_within(value - FIRST_VALUE);
}

static inline int key_number(KeyStyle style, GiltObject *object) {
    int64_t value, spread = style == KEYS_CROWDED ? CROWD
                            : style == KEYS_SAME  ? SAME_HASH
                                                  : 1;
    double real;
    if (gilt_is(object, GILT_FLOAT) && gilt_float_value(object, &real))
        return value_within((int64_t)real - FIRST_VALUE);
    if (!gilt_is(object, GILT_INT)) return value_number(object);
    if (!gilt_int_value(object, &value)) return gilt_error_clear(), -1;
    value -= FIRST_VALUE;
    return value % spread ? -1 : value_within(value / spread);
}
