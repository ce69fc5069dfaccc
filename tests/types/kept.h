/* kept.h: for tests with classes. Names and shapes stay until the runtime ends, and so does
 * a class that a test does not drop, with its attributes; so the body of CHECKED_FOR_LEAKS
 * runs twice on the same classes, and the end of the test compares the blocks with those
 * before the second time. */
#pragma once
#include "tests/testing.h"

#define CHECKED_FOR_LEAKS                                                                  \
    for (int pass = 0;                                                                     \
         pass < 2 && (gilt_safepoint(), testing_blocks = gilt_memory().blocks, true);      \
         pass++)

/* Shorter words for tests: names as C strings. */
static inline GiltObject *get(GiltObject *o, const char *name) {
    return gilt_get_attr(o, gilt_intern(name));
}

/* Drops the value, so that makers can be nested. */
static inline bool set(GiltObject *o, const char *name, GiltObject *value) {
    bool well = gilt_set_attr(o, gilt_intern(name), value);
    gilt_decref(value);
    return well;
}

static inline bool del(GiltObject *o, const char *name) {
    return gilt_del_attr(o, gilt_intern(name));
}

static inline GiltObject *make(GiltObject *class) { return gilt_call(class, NULL, 0); }
