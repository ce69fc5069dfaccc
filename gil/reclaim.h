/* gil/reclaim.h: when does memory die? Now.
 *
 * There is no reader but the thread that frees. */
#pragma once
#include "refcount.h"

static inline void read_begin(void) {}
static inline void read_end(void) {}
static inline void retire(Retired *block) { memory_release(block); }
static inline bool reclaim_object(RefCount *dead, size_t bytes) {
    (void)dead, (void)bytes;
    return true;
}
static inline void reclaim_flush(void) {}
static inline void reclaim_drain(void) {}
static inline const char *reclaim_policy(void) { return "now"; }
