/* gc.h: the collector, as the rest of core sees it. README.md beside this file is the way
 * in; what an object is to the collector is GcState in object/object.h. */
#pragma once
#include "core/object/object.h"

/* After types_start, and before types_finish. */
bool gc_start(void);
void gc_finish(void);

/* At a safepoint: collects if it is time. Runs finalisers and callbacks. */
void gc_poll(void);

/* Which name the old generation goes by: GC_OLD_EVEN or GC_OLD_ODD. Changes only while the
 * world is stopped. */
extern GcState gc_old_state;
