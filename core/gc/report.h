/* report.h: what a collection tells programs: callbacks, debug output, and the garbage that
 * it keeps for them. All of it by the collecting thread, with the world running; the
 * exception that is set on the thread stays set. */
#pragma once
#include "core/gc/collect.h"

/* Calls the callbacks. Nothing is done or allocated if there are none. */
void gc_report_start(const Collection *c);
void gc_report_stop(const Collection *c);

/* Before what was found is dismantled or dropped: names it, if that is wanted. */
void gc_report_found(const Vector *objects);

/* Adds the objects to gilt_gc_garbage(). One for which there is no memory is only left out:
 * it stays alive, to be found again. */
void gc_report_kept(const Vector *objects);

/* Forgets callbacks, garbage and flags. */
void gc_report_finish(void);
