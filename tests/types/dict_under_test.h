/* dict_under_test.h: for tests of one dict, which is made before the body of a DICT_TEST
 * and dropped after it. Short words put into it, look for and delete what is in it. */
#pragma once
#include "tests/testing.h"

static GiltObject *dict; /* of the running test: made and dropped by DICT_TEST */

static inline GiltObject *number(int64_t value) {
    GiltObject *o = gilt_int(value);
    assert_non_null(o);
    return o;
}

/* These drop the references that they are given, so that makers can be nested. */
static inline void put(GiltObject *key, GiltObject *value) {
    assert_true(gilt_dict_set(dict, key, value));
    gilt_decref(key);
    gilt_decref(value);
}

static inline void put_ints(int64_t key, int64_t value) { put(number(key), number(value)); }

/* The int at a key; -1 if there is none. */
static inline int64_t look(GiltObject *key) {
    int64_t result = -1;
    GiltObject *value = gilt_dict_get(dict, key);
    assert_null(gilt_error());
    assert_int_equal(gilt_contains(dict, key), value != NULL);
    gilt_decref(key);
    if (value) assert_true(gilt_int_value(value, &result));
    gilt_decref(value);
    return result;
}

static inline int64_t look_int(int64_t key) { return look(number(key)); }

static inline GiltObject *text(const char *utf8) { return gilt_str_from(utf8); }

static inline GiltObject *same(GiltObject *o) { return gilt_incref(o); }

static inline void delete (GiltObject *key) {
    assert_true(gilt_dict_delete(dict, key));
    gilt_decref(key);
}

#define DICT_TEST(name)                                                                    \
    static void name##_body(void);                                                         \
    TEST(name) {                                                                           \
        assert_non_null(dict = gilt_dict_new());                                           \
        name##_body();                                                                     \
        gilt_decref(dict);                                                                 \
    }                                                                                      \
    static void name##_body(void)
