/* verify.h: is the heap in order? */
#pragma once
#include "core/gc/search.h"

/* Stopped: see gilt_gc_verify in gilt.h; dies at the first mistake. In debug builds after
 * collections, though not after each if the heap is large; nothing in others. */
void gc_verify_stopped(void);
