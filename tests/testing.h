/* testing.h: what every C test of gilt includes.
 *
 * A test file lists its tests as TEST(behaviour_in_words) { ... } functions and ends with
 * TESTS(test(first), test(second), ...). Each test starts and ends a runtime of its own and
 * fails if it ends with an exception set or with more blocks in use than it began with. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* prove takes the line that cmocka prints of a skipped test for a failure. In the function
 * of a test only. */
#undef skip
#define skip() return print_message("# skipped\n")

#include "core/gilt.h"

static size_t testing_blocks;

static inline int testing_begin(void **state) {
    (void)state;
    const char *wrong = gilt_start(NULL, 0);
    if (wrong) fail_msg("gilt_start: %s", wrong);
    testing_blocks = gilt_memory().blocks;
    return 0;
}

static inline int testing_end(void **state) {
    (void)state;
    bool raised = gilt_error() != NULL;
    gilt_error_print();
    size_t blocks = gilt_memory().blocks;
    gilt_finish();
    if (raised) print_error("the test left an exception set\n");
    if (blocks != testing_blocks)
        print_error("%zu blocks before the test, %zu after\n", testing_blocks, blocks);
    return raised || blocks != testing_blocks ? -1 : 0;
}

/* Does GILT_X=gc_stress=N make the collector run at every N-th container? Tests of when it
 * runs, or of how often, cannot hold then. */
static inline bool testing_under_stress(void) {
    const char *settings = getenv("GILT_X"), *stress = settings;
    if (stress) stress = strstr(settings, "gc_stress=");
    return stress && atoi(stress + strlen("gc_stress=")) > 0;
}

#define NOT_UNDER_STRESS(why)                                                              \
    do {                                                                                   \
        if (!testing_under_stress()) break;                                                \
        print_message("# under stress: %s\n", why);                                        \
        skip();                                                                            \
    } while (0)

#define TEST(name) static void name(void **state __attribute__((unused)))
#define test(name) cmocka_unit_test_setup_teardown(name, testing_begin, testing_end)
#define TESTS(...)                                                                         \
    int main(void) {                                                                       \
        const struct CMUnitTest tests[] = {__VA_ARGS__};                                   \
        return cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL);                   \
    }

/* The exception of this type is set; clears it. */
#define assert_raised(type)                                                                \
    do {                                                                                   \
        assert_true(gilt_error_is(type));                                                  \
        gilt_error_clear();                                                                \
    } while (0)

/* The exception of this type is set with this text; clears it. */
static inline void testing_raised_text(GiltType type, const char *text) {
    assert_true(gilt_error_is(type));
    GiltObject *error = gilt_error_take();
    GiltObject *shown = gilt_str(error);
    char *utf8 = gilt_str_utf8(shown, NULL);
    assert_string_equal(utf8, text);
    free(utf8);
    gilt_decref(shown);
    gilt_decref(error);
}
#define assert_raised_text(type, text) testing_raised_text(type, text)

/* repr(object) is this text; drops the reference, so that makers can be nested. */
static inline void testing_repr(GiltObject *object, const char *text) {
    if (!object) gilt_error_print();
    assert_non_null(object);
    GiltObject *shown = gilt_repr(object);
    assert_non_null(shown);
    char *utf8 = gilt_str_utf8(shown, NULL);
    assert_string_equal(utf8, text);
    free(utf8);
    gilt_decref(shown);
    gilt_decref(object);
}
#define assert_repr(object, text) testing_repr(object, text)
