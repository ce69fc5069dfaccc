/* counted.h: for tests where each object must die once, and none may be lost.
 *
 * counted_new makes an instance of a class whose __del__ counts. counted_end, after all
 * threads have been joined and all containers dropped, asserts that as many have died as
 * were made. A reference dropped twice, or never, shows here; held_end asserts that of
 * some objects no reference but one is left, which is quicker and shows it, too. */
#pragma once
#include "tests/threads/together.h"

static GiltObject *Counted;
static atomic_long made, died;

static inline GiltObject *count_death(void *data, GiltObject *const *arguments,
                                      size_t count) {
    (void)data, (void)arguments;
    check(count == 1);
    atomic_fetch_add(&died, 1);
    return gilt_none();
}

static inline void counted_begin(void) {
    GiltObject *function = gilt_function_new("__del__", count_death, NULL);
    assert_non_null(Counted = gilt_class_new("Counted", NULL, NULL));
    assert_true(gilt_set_attr(Counted, gilt_intern("__del__"), function));
    gilt_decref(function);
    gilt_decref(gilt_instance_new(Counted));
    testing_blocks = gilt_memory().blocks; /* the class stays */
    atomic_store(&made, 0);
    atomic_store(&died, 0);
}

static inline GiltObject *counted_new(void) {
    atomic_fetch_add(&made, 1);
    return gilt_instance_new(Counted);
}

static inline void counted_end(void) {
    gilt_safepoint();
    assert_int_equal(atomic_load(&died), atomic_load(&made));
    assert_int_equal(atomic_load(&wrong), 0);
}

/* ---- The same by counts, where threads are to do nothing but what a test is about ---- */

enum { HELD = 4 };

static GiltObject *held[HELD]; /* one reference to each is the main thread's */

static inline void held_begin(void) {
    for (int i = 0; i < HELD; i++) assert_non_null(held[i] = gilt_list_new(NULL, 0));
}

static inline bool is_held(GiltObject *object) {
    for (int i = 0; i < HELD; i++)
        if (object == held[i]) return true;
    return false;
}

/* When all other references have been dropped. */
static inline void held_end(void) {
    gilt_safepoint();
    for (int i = 0; i < HELD; i++) {
        assert_int_equal(gilt_refcount(held[i]), 1);
        gilt_decref(held[i]);
    }
}
