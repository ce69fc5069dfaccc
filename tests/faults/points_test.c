/* points_test.c: a signal arrives at each safepoint, and at each of the other points of
 * core/chaos.h, on the thread that is there or on another one. The program of steps.h
 * notices nothing: no call fails, and nothing is left of it. */
#include "tests/testing.h"

#include "core/chaos.h"

#ifdef CHAOS
#include "tests/faults/steps.h"
#include <signal.h>

static _Atomic uint64_t points[CHAOS_KINDS], signals;
static pthread_t main_thread;

static void on_signal(int number) {
    (void)number;
    signals++;
}

static void raise_here(ChaosPoint point) {
    points[point]++;
    raise(SIGUSR1);
}

static void raise_elsewhere(ChaosPoint point) {
    points[point]++;
    pthread_kill(main_thread, SIGUSR1);
}

static void forget_points(void) {
    for (int i = 0; i < CHAOS_KINDS; i++) points[i] = 0;
    signals = 0;
}

static uint64_t all_points(void) {
    uint64_t sum = 0;
    for (int i = 0; i < CHAOS_KINDS; i++) sum += points[i];
    return sum;
}

/* Twice, from the start of the runtime to its end. Returns the blocks that are left. */
static size_t run_program(const Step *steps, void (*visit)(ChaosPoint)) {
    program = steps;
    program_forget();
    atomic_store(&chaos_visit, visit);
    assert_null(gilt_start((const char *[]){"interval=0.0001", "retire=20000"}, 2));
    for (int i = 0; i < 2; i++) {
        unsigned calls_failed = program_run();
        if (*complaint) fail_msg("%s", complaint);
        assert_int_equal(calls_failed, 0);
        assert_null(gilt_gc_verify());
    }
    size_t blocks = gilt_memory().blocks - remains_of_classes;
    gilt_finish();
    atomic_store(&chaos_visit, NULL);
    return blocks;
}

static void signals_change_nothing(void (*visit)(ChaosPoint), bool each_arrives) {
    static const Step *const all[] = {value_steps, object_steps, thread_steps};
    struct sigaction action = {.sa_handler = on_signal}; /* no SA_RESTART */
    NOT_UNDER_STRESS("the same points, again and again");
    sigaction(SIGUSR1, &action, NULL);
    main_thread = pthread_self();
    forget_points();
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        assert_int_equal(run_program(all[i], visit), run_program(all[i], NULL));
    print_message("# %d safepoints of %d points\n", (int)points[CHAOS_SAFEPOINT],
                  (int)all_points());
    assert_true(points[CHAOS_SAFEPOINT] > 10 && all_points() > 100);
    if (each_arrives) assert_int_equal(signals, all_points());
}

TEST(a_signal_at_each_point_changes_nothing) { signals_change_nothing(raise_here, true); }

TEST(a_signal_on_the_main_thread_at_each_point_of_any_changes_nothing) {
    signals_change_nothing(raise_elsewhere, false);
}
#else
#define NO_POINTS                                                                          \
    do {                                                                                   \
        print_message("# this build has no points\n");                                     \
        skip();                                                                            \
    } while (0)
TEST(a_signal_at_each_point_changes_nothing) { NO_POINTS; }
TEST(a_signal_on_the_main_thread_at_each_point_of_any_changes_nothing) { NO_POINTS; }
#endif

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_signal_at_each_point_changes_nothing),
        cmocka_unit_test(a_signal_on_the_main_thread_at_each_point_of_any_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
