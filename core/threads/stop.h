/* stop.h: stopping the world, with its reason and its price.
 *
 * Between stop_world and resume_world no other thread is attached, and the caller does not
 * detach (world.h). There is one such stretch at a time in the whole process. Whoever in
 * core stops the world does it here, so that each stop is timed, counted and traced. */
#pragma once
#include "core/base.h"

/* trace_clock()'s: somebody wished the world to stop; it stood; it was about to go on. */
typedef struct StopTimes {
    uint64_t asked, stopped, resumed;
} StopTimes;

/* `why`, a static text, is the stop's name in the trace. */
void stop_world(const char *why);

/* What the stop has cost. */
StopTimes resume_world(void);

/* How often the world was stopped since the process began. May be called detached. */
uint64_t stop_count(void);
