/* forced_test.c: who is asked for the GIL gives it to somebody else, and only then goes on;
 * and a request that nobody stands behind any more holds nobody up.
 *
 * A thread that holds the GIL sees in its poll word that another has waited for a whole
 * interval: so that one is known to wait, and nothing here is left to chance. */
#include "core/object/object.h"
#include "core/threads/thread.h"
#include "tests/testing.h"
#include <unistd.h>

static _Atomic bool ended;

static void spin(void *unused) {
    (void)unused;
    while (!atomic_load(&ended)) gilt_safepoint();
}

static GiltThread *begin(void) {
    alarm(120);
    atomic_store(&ended, false);
    gilt_set_switch_interval(0.001);
    GiltThread *other = gilt_thread_start(spin, NULL);
    assert_non_null(other);
    return other;
}

/* A request may be left from before: of one who has taken the GIL since, given it back, and
 * is not yet waiting again. Once there is none, the next is of one who waits. */
static void settle(void) {
    while (world_polled()) gilt_safepoint();
}

/* In nogil nobody asks. */
static bool nobody_asks(void) { return strcmp(gilt_mode(), "gil") != 0; }

static void wait_until_asked(void) {
    while (!world_polled()) continue;
}

TEST(who_is_asked_goes_on_only_after_another) {
    if (nobody_asks()) skip();
    GiltThread *other = begin();
    for (int i = 0; i < 20; i++) {
        settle();
        wait_until_asked();
        uint64_t before = gilt_switches();
        gilt_safepoint();
        assert_true(gilt_switches() >= before + 2); /* to the other, and back */
    }
    atomic_store(&ended, true);
    assert_true(gilt_thread_join(other));
}

TEST(a_request_whose_asker_has_ended_holds_nobody_up) {
    if (nobody_asks()) skip();
    GiltThread *other = begin();
    settle();
    wait_until_asked();
    atomic_store(&ended, true);
    assert_true(gilt_thread_join(other)); /* lets the GIL go without having been asked */
    assert_true(world_polled());
    gilt_safepoint();
    assert_false(world_polled());
}

TESTS(test(who_is_asked_goes_on_only_after_another),
      test(a_request_whose_asker_has_ended_holds_nobody_up))
