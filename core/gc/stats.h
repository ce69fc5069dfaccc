/* stats.h: what collections have cost, for gilt_gc_stats and gilt_gc_pauses. */
#pragma once
#include "core/gc/collect.h"

/* All sums are 0 again. */
void gc_stats_start(void);

/* By the collecting thread, with the world running: after each stop, and at the end. */
void gc_stats_pause(const StopTimes *times);
void gc_stats_add(const Collection *c);
