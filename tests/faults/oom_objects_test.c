/* oom_objects_test.c: whichever allocation of a program with classes, weak references,
 * finalisers and collections, or with threads, fails, the caller is told and the runtime
 * goes on. */
#include "tests/faults/every.h"

/* Collections at every container find what the program waits to be found. */
#define NOT_UNDER_MUCH_STRESS                                                              \
    do {                                                                                   \
        const char *settings = getenv("GILT_X");                                           \
        if (!testing_under_stress()) break;                                                \
        if (atoi(strstr(settings, "gc_stress=") + strlen("gc_stress=")) >= 100) break;     \
        print_message("# under stress: with gc_stress=100 or more\n");                     \
        skip();                                                                            \
    } while (0)

static int begin_objects(void **state) {
    (void)state;
    program = object_steps;
    further_count = ballast = 0;
    return 0;
}

static int begin_threads(void **state) {
    begin_objects(state);
    program = thread_steps;
    return 0;
}

/* Every collection is told of. */
static int begin_traced(void **state) {
    begin_objects(state);
    program = collector_steps;
    further_settings[0] = "trace=/dev/null";
    further_count = 1;
    return 0;
}

/* And finds help. */
static int begin_helped(void **state) {
    begin_traced(state);
    further_settings[1] = "gc_threads=2";
    further_count = 2;
    ballast = 700; /* 100 pages: helpers come for 48 each */
    return 0;
}

TEST(every_allocation_of_objects_may_fail) {
    NOT_UNDER_MUCH_STRESS;
    every_allocation_may_fail();
}
TEST(every_malloc_of_objects_may_fail) { every_malloc_may_fail(); }
TEST(every_allocation_of_threads_may_fail) {
    NOT_UNDER_MUCH_STRESS;
    every_allocation_may_fail();
}
TEST(every_malloc_of_threads_may_fail) { every_malloc_may_fail(); }
TEST(every_allocation_of_traced_collections_may_fail) {
    NOT_UNDER_MUCH_STRESS;
    every_allocation_may_fail();
}
TEST(every_malloc_of_collections_with_help_may_fail) { every_malloc_may_fail(); }

#define with(begin, name) cmocka_unit_test_setup(name, begin)

int main(void) {
    const struct CMUnitTest tests[] = {
        with(begin_objects, every_allocation_of_objects_may_fail),
        with(begin_objects, every_malloc_of_objects_may_fail),
        with(begin_threads, every_allocation_of_threads_may_fail),
        with(begin_threads, every_malloc_of_threads_may_fail),
        with(begin_traced, every_allocation_of_traced_collections_may_fail),
        with(begin_helped, every_malloc_of_collections_with_help_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
