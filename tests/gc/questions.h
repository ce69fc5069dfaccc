/* questions.h: asking the collector about objects, in tests. */
#pragma once
#include "tests/types/kept.h"

/* Collections happen when a test says so. */
#define QUIET                                                                              \
    gilt_gc_disable();                                                                     \
    CHECKED_FOR_LEAKS

static inline GiltObject *list_of(GiltObject *item) { return gilt_list_new(&item, 1); }
static inline GiltObject *empty(void) { return gilt_list_new(NULL, 0); }

/* How often the list holds the object. */
static inline size_t times(GiltObject *list, GiltObject *wanted) {
    size_t found = 0;
    for (size_t i = 0; i < gilt_list_size(list); i++) {
        GiltObject *item = gilt_list_get(list, (ssize_t)i);
        found += item == wanted;
        gilt_decref(item);
    }
    return found;
}

static inline bool is_in(int generation, GiltObject *object) {
    GiltObject *objects = gilt_gc_objects(generation);
    assert_non_null(objects);
    size_t found = times(objects, object);
    assert_in_range(found, 0, 1);
    gilt_decref(objects);
    return found;
}

static inline bool refers(GiltObject *from, GiltObject *to) {
    GiltObject *referrers = gilt_gc_referrers(&to, 1);
    assert_non_null(referrers);
    size_t found = times(referrers, from);
    assert_in_range(found, 0, 1);
    gilt_decref(referrers);
    return found;
}

static inline void is_sound(void) {
    const char *wrong = gilt_gc_verify();
    if (wrong) fail_msg("%s", wrong);
}

/* How many objects are in all generations together. */
static inline size_t objects_tracked(void) {
    GiltObject *objects = gilt_gc_objects(-1);
    assert_non_null(objects);
    size_t count = gilt_list_size(objects);
    gilt_decref(objects);
    return count;
}
