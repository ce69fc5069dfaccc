/* lock.h: locks and conditions for programs, as objects: lock.c what they do,
 * lock_methods.c what programs see of it. */
#pragma once
#include "core/object/native.h"
#include <time.h>

extern const TypeOps lock_ops, condition_ops;
extern const Native lock_methods[];

/* Waits, detached, no longer than until this time of CLOCK_MONOTONIC; NULL: for ever. Is it
 * taken? Sets no exception. */
bool lock_acquire_until(Object *lock, const struct timespec *deadline);
bool lock_is_held(Object *lock);

/* Waits as a program asked to; the main thread looks at signals meanwhile. 1: taken, 0: not
 * in time, -1: a signal's handler raised. */
int lock_wait(Object *lock, const struct timespec *deadline);

/* The arguments of acquire(blocking, timeout), either NULL. `try`: do not wait at all;
 * *until: NULL or `deadline`, which is filled. false: ValueError, OverflowError. */
bool lock_wait_read(Object *blocking, Object *timeout, bool *try, struct timespec *deadline,
                    const struct timespec **until);

/* vm/signals.h; if it is not in the program, there are no signals. */
bool signals_check(void) __attribute__((weak));
