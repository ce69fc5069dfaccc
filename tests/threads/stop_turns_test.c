/* stop_turns_test.c: the shortest test of stopping the world: one thread stops it, again
 * and again; another makes no progress meanwhile, and some afterwards. stop_test.c has the
 * long ones. A thread that never gets its turn hangs the test. */
#include "core/threads/stop.h"
#include "core/threads/thread.h"
#include "tests/threads/together.h"

enum { STOPS = 100 };

static atomic_int turns;
static atomic_bool over, stopped;

static void spin(void *unused) {
    (void)unused;
    while (!atomic_load(&over)) {
        atomic_fetch_add(&turns, 1);
        gilt_safepoint();
    }
}

static void come_and_go(void *unused) {
    (void)unused;
    while (!atomic_load(&over)) {
        gilt_blocking_begin();
        gilt_blocking_end();
        atomic_fetch_add(&turns, 1);
    }
}

static void relax(void) {
    for (volatile int i = 0; i < 2000; i++) continue;
}

static void stop_once(void) {
    stop_world("test");
    int before = atomic_load(&turns);
    relax();
    check(atomic_load(&turns) == before);
    resume_world();
    while (atomic_load(&turns) == before) gilt_safepoint();
}

static void stop_while(void (*act)(void *)) {
    atomic_store(&wrong, 0);
    atomic_store(&over, false);
    gilt_set_switch_interval(1e-4);
    GiltThread *other = gilt_thread_start(act, NULL);
    for (int i = 0; i < STOPS; i++) stop_once();
    atomic_store(&over, true);
    assert_true(gilt_thread_join(other));
    assert_int_equal(atomic_load(&wrong), 0);
}

TEST(who_comes_by_safepoints_stops_and_goes_on) { stop_while(spin); }
TEST(who_attaches_stops_and_goes_on) { stop_while(come_and_go); }

static void stop_alone(int number) {
    (void)number;
    for (int i = 0; i < STOPS; i++) {
        stop_world("test");
        check(!atomic_exchange(&stopped, true));
        relax();
        atomic_store(&stopped, false);
        resume_world();
    }
}

TEST(one_at_a_time_has_the_world_stopped) { together(4, stop_alone, 0, NULL); }

TESTS(test(who_comes_by_safepoints_stops_and_goes_on), test(who_attaches_stops_and_goes_on),
      test(one_at_a_time_has_the_world_stopped))
