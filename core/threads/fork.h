/* fork.h: what each mutex of core does about a fork. Why and in what order: fork.c.
 *
 * A module with a static mutex has a function NAME_fork(ForkStep), which stands in fork.c's
 * table at its place in the order of locks. */
#pragma once
#include "core/base.h"
#include <pthread.h>

typedef enum ForkStep {
    FORK_PREPARE, /* in the parent, before: lock it */
    FORK_PARENT,  /* after: unlock it */
    FORK_CHILD    /* the same, and forget what the threads have left that are not there */
} ForkStep;

/* At the start of the runtime. false: no memory. */
bool fork_start(void);

/* Is this the child of a thread that gilt did not know? Then the runtime cannot be used. */
bool fork_was_foreign(void);

/* For a mutex that guards nothing of the threads themselves. It is the forking thread that
 * holds it in the child, too, so it can unlock it. */
static inline void fork_mutex(pthread_mutex_t *mutex, ForkStep step) {
    if (step == FORK_PREPARE)
        pthread_mutex_lock(mutex);
    else
        pthread_mutex_unlock(mutex);
}
