/* gil/lock.h: who may write an object? Whoever holds the GIL.
 *
 * So a lock is nothing. Debug builds still mark the object, to find in the build that
 * always runs the same way every lock that does not pair up or is taken twice. */
#pragma once
#include "refcount.h"

static inline void lock_take(RefCount *r) {
    assert(!r->lock && "this object is locked already");
#ifndef NDEBUG
    r->lock = 1;
#else
    (void)r;
#endif
}

static inline void lock_drop(RefCount *r) {
    assert(r->lock && "this object is not locked");
#ifndef NDEBUG
    r->lock = 0;
#else
    (void)r;
#endif
}

static inline void lock_take_two(RefCount *a, RefCount *b) {
    lock_take(a);
    if (a != b) lock_take(b);
}

static inline void lock_drop_two(RefCount *a, RefCount *b) {
    lock_drop(a);
    if (a != b) lock_drop(b);
}
