/* oom_test.c: whichever allocation of the start, or of a program with values of all types,
 * fails, the caller is told and the runtime goes on. */
#include "tests/faults/every.h"

/* A failing start says so in one line, leaves nothing, and can be tried again. */
TEST(every_allocation_of_the_start_may_fail) {
    Sound sound = measure_sound();
    assert_true(sound.start.allocations > 0);
    for (uint64_t n = 1; n <= sound.start.allocations; n++) {
        assert_string_equal(start(n, 0), "no memory to start");
        assert_int_equal(arena_pages(), 0);
    }
    assert_null(start(sound.start.allocations + 1, 0));
    run_with_fault(sound.start.allocations + 1, &sound);
}

TEST(every_malloc_of_the_start_may_fail) {
    if (!MALLOC_CAN_FAIL) skip();
    Sound sound = measure_sound();
    assert_true(sound.start.mallocs > 0);
    for (uint64_t n = 1; n <= sound.start.mallocs; n++) {
        const char *wrong = start(NEVER, n);
        no_more_faults();
        if (!wrong && testing_under_stress()) { /* it was the collector's */
            run_with_fault(n, &sound);
            continue;
        }
        assert_non_null(wrong);
        assert_memory_equal(wrong, "no memory", 9);
        assert_int_equal(arena_pages(), 0);
    }
    assert_null(start(NEVER, 0));
    run_with_fault(0, &sound);
}

TEST(every_allocation_of_values_may_fail) { every_allocation_may_fail(); }

/* The table of names must grow. */
TEST(every_malloc_of_values_may_fail) {
    name_count = 600;
    every_malloc_may_fail();
    name_count = 10;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_of_the_start_may_fail),
        cmocka_unit_test(every_malloc_of_the_start_may_fail),
        cmocka_unit_test(every_allocation_of_values_may_fail),
        cmocka_unit_test(every_malloc_of_values_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
