/* stop.c: see stop.h.
 *
 * `present` is written and read by who has the world stopped: the mode's own lock, which
 * world_stop takes and world_resume gives back, hands it on. The trace is written when the
 * world runs again: it must not make the stop longer. */
#include "core/threads/stop.h"
#include "core/threads/thread.h"
#include "core/trace.h"

static struct Stop {
    const char *why;
    StopTimes times;
} present;

static _Atomic uint64_t stops;

void stop_world(const char *why) {
    uint64_t asked = trace_clock();
    world_stop();
    present = (struct Stop){why, {.asked = asked, .stopped = trace_clock()}};
}

static void trace_stop(const struct Stop *stop) {
    const StopTimes *t = &stop->times;
    uint16_t me = thread_self()->id;
    TraceArg why = {.name = "why", .text = stop->why};
    trace_slice("to stop", me, t->asked, t->stopped, &why, 1);
    trace_slice(stop->why, me, t->stopped, t->resumed, NULL, 0);
}

StopTimes resume_world(void) {
    struct Stop stop = present;
    atomic_fetch_add_explicit(&stops, 1, memory_order_relaxed);
    stop.times.resumed = trace_clock();
    world_resume();
    if (tracing()) trace_stop(&stop);
    return stop.times;
}

uint64_t stop_count(void) { return atomic_load_explicit(&stops, memory_order_relaxed); }
