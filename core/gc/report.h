/* report.h: what a collection tells programs: callbacks and debug output. */
#pragma once
#include "core/gc/collect.h"

/* By the collecting thread, with the world running: calls the callbacks. */
void gc_report_start(const Collection *c);
void gc_report_stop(const Collection *c);
