/* str_texts.h: short words for tests that make a str of a C string and look at its text. */
#pragma once
#include "tests/testing.h"

static inline GiltObject *S(const char *utf8) { return gilt_str_from(utf8); }

/* The object is a str with this text; drops the reference. */
static inline void assert_text(GiltObject *o, const char *utf8) {
    if (!o) gilt_error_print();
    assert_non_null(o);
    assert_true(gilt_is(o, GILT_STR));
    size_t bytes;
    char *text = gilt_str_utf8(o, &bytes);
    assert_string_equal(text, utf8);
    assert_int_equal(bytes, strlen(utf8));
    free(text);
    gilt_decref(o);
}

static inline void assert_nothing(GiltObject *o) { assert_null(o); }
