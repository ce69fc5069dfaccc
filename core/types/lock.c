/* lock.c: a lock is one byte, HELD and PARKED; who waits stands in threads/parking.
 *
 * Whoever wants a held lock sets PARKED and parks while both bits are set; whoever releases
 * a lock with PARKED set wakes one waiter, which competes again. PARKED is cleared, with
 * the queue locked, when the last waiter leaves. Nobody is handed the lock: that would make
 * each hand-over wait for a thread to be scheduled.
 *
 * A condition is a number that notify increments; a waiter that has read the number while
 * it held the lock parks only if it is still the same, so no notify is lost. A wait may
 * end without a notify: ask again in a loop. */
#include "core/types/lock.h"
#include "core/object/attributes.h"
#include "core/threads/parking.h"
#include "core/threads/thread.h"

enum { HELD = 1, PARKED = 2 };
#define SPINS 40

typedef struct Lock {
    Object head;
    _Atomic uint8_t state;
} Lock;

typedef struct Condition {
    Object head;
    Lock *lock;
    _Atomic uint32_t notified;
} Condition;

GiltObject *gilt_lock_new(void) {
    Lock *lock = (Lock *)object_new(GILT_LOCK, MEMORY_LEAF, sizeof *lock);
    if (lock) atomic_init(&lock->state, 0);
    return (Object *)lock;
}

/* Acquire pairs with the release in gilt_lock_release. */
static bool try_take(Lock *lock) {
    uint8_t state = atomic_load_explicit(&lock->state, memory_order_relaxed);
    return !(state & HELD) && atomic_compare_exchange_strong_explicit(
                                  &lock->state, &state, state | HELD, memory_order_acquire,
                                  memory_order_relaxed);
}

static void wait_at(void *address, bool (*must_wait)(void *data), void *data,
                    const struct timespec *deadline) {
    blocking_begin();
    park_detached_until(address, must_wait, data, deadline);
    blocking_end();
}

static bool is_contended(void *lock) {
    return atomic_load_explicit(&((Lock *)lock)->state, memory_order_relaxed) ==
           (HELD | PARKED);
}

static bool is_over(const struct timespec *deadline) {
    struct timespec now;
    if (!deadline) return false;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec != deadline->tv_sec ? now.tv_sec > deadline->tv_sec
                                          : now.tv_nsec >= deadline->tv_nsec;
}

/* false: the deadline (NULL: none) has passed. A waiter that leaves for it may leave PARKED
 * behind: who releases finds nobody then, and clears it. */
static bool take_slowly(Lock *lock, const struct timespec *deadline) {
    for (int spin = 0;;) {
        if (try_take(lock)) return true;
        if (is_over(deadline)) return false;
        uint8_t state = atomic_load_explicit(&lock->state, memory_order_relaxed);
        if (!(state & HELD)) continue;
        if (!(state & PARKED) && spin++ < SPINS) {
            cpu_relax();
            continue;
        }
        if ((state & PARKED) || atomic_compare_exchange_weak_explicit(
                                    &lock->state, &state, HELD | PARKED,
                                    memory_order_relaxed, memory_order_relaxed))
            wait_at(lock, is_contended, lock, deadline);
    }
}

bool gilt_lock_acquire(GiltObject *o) {
    Lock *lock = (Lock *)o;
    if (unlikely(!try_take(lock))) take_slowly(lock, NULL);
    return true;
}

bool lock_acquire_until(Object *o, const struct timespec *deadline) {
    return likely(try_take((Lock *)o)) || take_slowly((Lock *)o, deadline);
}

bool lock_is_held(Object *o) {
    return atomic_load_explicit(&((Lock *)o)->state, memory_order_relaxed) & HELD;
}

bool gilt_lock_try(GiltObject *o) { return try_take((Lock *)o); }

static void keep_parked(void *address, bool woken, bool more) {
    (void)woken;
    Lock *lock = address;
    if (!more)
        atomic_fetch_and_explicit(&lock->state, (uint8_t)~PARKED, memory_order_relaxed);
}

bool gilt_lock_release(GiltObject *o) {
    Lock *lock = (Lock *)o;
    uint8_t before =
        atomic_fetch_and_explicit(&lock->state, (uint8_t)~HELD, memory_order_release);
    if (!(before & HELD))
        return gilt_raise(GILT_RUNTIME_ERROR, "release unlocked lock"), false;
    if (before & PARKED) unpark_one(lock, keep_parked);
    return true;
}

GiltObject *gilt_condition_new(GiltObject *lock) {
    if (!is_type(lock, GILT_LOCK))
        return gilt_raise(GILT_TYPE_ERROR, "a condition needs a lock, not '%s'",
                          type_of(lock)->name);
    Condition *c = (Condition *)object_new(GILT_CONDITION, MEMORY_CONTAINER, sizeof *c);
    if (!c) return NULL;
    c->lock = (Lock *)incref(lock);
    atomic_init(&c->notified, 0);
    return &c->head;
}

typedef struct Wait {
    Condition *condition;
    uint32_t before;
} Wait;

static bool not_notified(void *data) {
    Wait *wait = data;
    return atomic_load_explicit(&wait->condition->notified, memory_order_relaxed) ==
           wait->before;
}

bool gilt_condition_wait(GiltObject *o) {
    Condition *c = (Condition *)o;
    Wait wait = {c, atomic_load_explicit(&c->notified, memory_order_relaxed)};
    if (!gilt_lock_release(&c->lock->head)) {
        gilt_error_clear();
        return gilt_raise(GILT_RUNTIME_ERROR, "cannot wait on un-acquired lock"), false;
    }
    wait_at(c, not_notified, &wait, NULL);
    return gilt_lock_acquire(&c->lock->head);
}

static bool is_held(Lock *lock) {
    return atomic_load_explicit(&lock->state, memory_order_relaxed) & HELD;
}

bool gilt_condition_notify(GiltObject *o, size_t count) {
    Condition *c = (Condition *)o;
    if (!is_held(c->lock))
        return gilt_raise(GILT_RUNTIME_ERROR, "cannot notify on un-acquired lock"), false;
    atomic_fetch_add_explicit(&c->notified, 1, memory_order_relaxed);
    for (size_t i = 0; i < count; i++)
        if (!unpark_one(c, NULL)) break;
    return true;
}

static size_t lock_bytes(const Object *o) { return (void)o, sizeof(Lock); }
static size_t condition_bytes(const Object *o) { return (void)o, sizeof(Condition); }
static void condition_destroy(Object *o) { decref(&((Condition *)o)->lock->head); }
static unsigned condition_spans(const Object *o, Span *spans) {
    spans[0] = (Span){(const Slot *)&((const Condition *)o)->lock, 1, sizeof(Slot)};
    return 1;
}

static Object *lock_repr(Object *o) {
    return gilt_str_format("<%s _thread.lock object at %p>",
                           is_held((Lock *)o) ? "locked" : "unlocked", (void *)o);
}

const TypeOps lock_ops = {.kind = MEMORY_LEAF,
                          .bytes = lock_bytes,
                          .hash = hash_by_address,
                          .repr = lock_repr,
                          .methods = lock_methods};
const TypeOps condition_ops = {.kind = MEMORY_CONTAINER,
                               .bytes = condition_bytes,
                               .spans = condition_spans,
                               .hash = hash_by_address,
                               .destroy = condition_destroy};
