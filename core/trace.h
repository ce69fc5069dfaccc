/* trace.h: a timeline of the run in a file, -X trace=FILE: every stop of the world, what
 * the collector does, every hand-over of the GIL. Opens in ui.perfetto.dev and
 * chrome://tracing.
 *
 * All of it may be called by any thread, attached or not, with any lock held: inside it
 * there is no safepoint, no object, and no lock but its own, which is a leaf. When there is
 * no trace, a caller pays for the one branch on tracing(). */
#pragma once
#include "core/threads/fork.h"

extern _Atomic bool trace_is_on;

static inline bool tracing(void) {
    return unlikely(atomic_load_explicit(&trace_is_on, memory_order_relaxed));
}

/* Nanoseconds, monotonic: the clock of all times here. */
uint64_t trace_clock(void);

/* What time it is, if somebody will be told; else 0. */
static inline uint64_t trace_time(void) { return tracing() ? trace_clock() : 0; }

/* Begins a new file, unless the path is empty. NULL, or what is wrong (static text).
 * trace_finish ends it, if there is one. */
const char *trace_start(const char *path);
void trace_finish(void);
void trace_fork(ForkStep step);

/* What is told of an event besides: a number, or a text if that is not NULL. */
typedef struct TraceArg {
    const char *name;
    uint64_t number;
    const char *text;
} TraceArg;
#define TRACE_ARGS_MAX 5

/* The thread with this number was at something from one time to another. Slices of a thread
 * nest: if two begin at the same time, the outer one is told first. */
void trace_slice(const char *name, uint16_t thread, uint64_t from, uint64_t to,
                 const TraceArg *args, unsigned count);

/* The GIL has just gone from one thread to another. */
void trace_handover(uint16_t from, uint16_t to);
