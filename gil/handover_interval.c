/* handover_interval.c: ask after the switch interval; the switch is forced.
 *
 * No lost request: a waiter asks again after each interval that passes without a switch.
 * No starvation by the holder: after a release on request it waits for `taken`, so it
 * cannot win the race against the thread that it has just woken.
 * Source: Antoine Pitrou's GIL of CPython 3.2; Beazley, 'Understanding the Python GIL'. */
#include "gil/handover.h"
#include "core/options.h"
#include <errno.h>
#include <time.h>

#define POLL_HAND_OVER 1u

static struct timespec after_interval(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    long nanoseconds = at.tv_nsec + (long)atomic_load_explicit(&options.switch_nanoseconds,
                                                               memory_order_relaxed);
    at.tv_sec += nanoseconds / 1000000000;
    at.tv_nsec = nanoseconds % 1000000000;
    return at;
}

static void interval_wait(Gil *gil) {
    uint64_t before = atomic_load_explicit(&gil->switches, memory_order_relaxed);
    World *holder = gil->holder;
    struct timespec at = after_interval();
    int error = pthread_cond_timedwait(&gil->released, &gil->mutex, &at);
    bool switched = before != atomic_load_explicit(&gil->switches, memory_order_relaxed);
    if (error == ETIMEDOUT && gil->held && !switched)
        atomic_fetch_or_explicit(&holder->poll, POLL_HAND_OVER, memory_order_relaxed);
}

/* A request may be left over from an earlier turn, when nobody waits any more: so the
 * forced switch lasts only while there are waiters. */
static void interval_poll(Gil *gil, World *me) {
    uint32_t asked = atomic_exchange_explicit(&me->poll, 0, memory_order_relaxed);
    if (!(asked & POLL_HAND_OVER)) return;
    pthread_mutex_lock(&gil->mutex);
    gil->held = false;
    pthread_cond_signal(&gil->released);
    while (gil->holder == me && gil->waiters) pthread_cond_wait(&gil->taken, &gil->mutex);
    pthread_mutex_unlock(&gil->mutex);
    gil_take(gil, me);
}

const Handover handover_interval = {"interval", 0, interval_wait, interval_poll};
