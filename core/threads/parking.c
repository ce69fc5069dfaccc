/* parking.c: a table of queues, chosen by the hash of the address.
 *
 * Each queue has a mutex and a list of waiters, oldest first; a waiter has a condition of
 * its own, so a wake-up wakes one. The mutex is held while must_wait looks and while the
 * waiter is queued, and unpark_one takes it before it looks for waiters: a change of the
 * address before that is seen by must_wait, one after it finds the waiter in the list.
 * Nothing else is locked inside a queue's mutex, and nobody blocks while holding it. */
#define _GNU_SOURCE /* pthread_cond_clockwait */
#include "core/threads/parking.h"
#include "core/mode.h"
#include <errno.h>
#include <pthread.h>

#define QUEUES 256 /* a power of two; collisions only cost a walk */

typedef struct Waiter {
    const void *address;
    struct Waiter *next;
    pthread_cond_t woken;
    bool waiting;
} Waiter;

typedef struct Queue {
    pthread_mutex_t mutex;
    Waiter *first;
} Queue;

static Queue queues[QUEUES] = {[0 ... QUEUES - 1] = {.mutex = PTHREAD_MUTEX_INITIALIZER}};

static Queue *queue_of(const void *address) {
    uint64_t hash = (uint64_t)(uintptr_t)address * UINT64_C(0x9E3779B97F4A7C15);
    return &queues[hash >> 56];
}

static void queue_add(Queue *queue, Waiter *waiter) {
    Waiter **end = &queue->first;
    while (*end) end = &(*end)->next;
    *end = waiter;
}

static void queue_leave(Queue *queue, const Waiter *me) {
    Waiter **at = &queue->first;
    while (*at != me) at = &(*at)->next;
    *at = me->next;
}

/* Who is woken is out of the queue; whose time is over takes itself out. */
static void wait_in(Queue *queue, Waiter *me, const struct timespec *deadline) {
    queue_add(queue, me);
    while (me->waiting) {
        if (!deadline) {
            pthread_cond_wait(&me->woken, &queue->mutex);
        } else if (pthread_cond_clockwait(&me->woken, &queue->mutex, CLOCK_MONOTONIC,
                                          deadline) == ETIMEDOUT &&
                   me->waiting) {
            queue_leave(queue, me);
            return;
        }
    }
}

bool park_detached_until(const void *address, bool (*must_wait)(void *data), void *data,
                         const struct timespec *deadline) {
    Waiter me = {.address = address, .waiting = true};
    Queue *queue = queue_of(address);
    pthread_cond_init(&me.woken, NULL);
    chaos(CHAOS_PARK);
    pthread_mutex_lock(&queue->mutex);
    bool waits = must_wait(data);
    if (waits) wait_in(queue, &me, deadline);
    pthread_mutex_unlock(&queue->mutex);
    pthread_cond_destroy(&me.woken);
    return waits;
}

bool park_detached(const void *address, bool (*must_wait)(void *data), void *data) {
    return park_detached_until(address, must_wait, data, NULL);
}

bool park(const void *address, bool (*must_wait)(void *data), void *data) {
    world_detach();
    bool waited = park_detached(address, must_wait, data);
    world_attach();
    return waited;
}

static Waiter *queue_remove(Queue *queue, const void *address) {
    for (Waiter **at = &queue->first; *at; at = &(*at)->next) {
        Waiter *waiter = *at;
        if (waiter->address != address) continue;
        *at = waiter->next;
        return waiter;
    }
    return NULL;
}

static bool queue_has(const Queue *queue, const void *address) {
    for (const Waiter *w = queue->first; w; w = w->next)
        if (w->address == address) return true;
    return false;
}

bool unpark_one(const void *address, void (*before)(void *address, bool woken, bool more)) {
    Queue *queue = queue_of(address);
    pthread_mutex_lock(&queue->mutex);
    Waiter *waiter = queue_remove(queue, address);
    if (before) before((void *)address, waiter != NULL, queue_has(queue, address));
    if (waiter) {
        waiter->waiting = false;
        pthread_cond_signal(&waiter->woken);
    }
    pthread_mutex_unlock(&queue->mutex);
    return waiter;
}

/* In the child nobody waits, and the waiters' stacks may be used anew. */
void parking_fork(ForkStep step) {
    for (size_t i = 0; i < QUEUES; i++) {
        if (step == FORK_CHILD) queues[i].first = NULL;
        fork_mutex(&queues[i].mutex, step);
    }
}
