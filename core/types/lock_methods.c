/* lock_methods.c: locks as programs see them: acquire with a timeout, release, with. */
#include "core/object/builtin.h"
#include "core/object/operations.h"
#include "core/threads/thread.h"
#include "core/types/lock.h"
#include "core/types/number.h"
#include <math.h>

#define SLICE 50000000 /* ns: how often the main thread looks at signals */
#define NANO 1000000000

static struct timespec time_after(double seconds) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double whole = (double)(int64_t)seconds;
    now.tv_sec += (time_t)whole;
    now.tv_nsec += (long)((seconds - whole) * NANO);
    if (now.tv_nsec >= NANO) {
        now.tv_nsec -= NANO;
        now.tv_sec++;
    }
    return now;
}

static bool is_before(const struct timespec *a, const struct timespec *b) {
    return a->tv_sec != b->tv_sec ? a->tv_sec < b->tv_sec : a->tv_nsec < b->tv_nsec;
}

static bool is_main_thread(void) { return thread_self()->id == 1; }

int lock_wait(Object *lock, const struct timespec *deadline) {
    if (!is_main_thread() || !signals_check) return lock_acquire_until(lock, deadline);
    for (;;) {
        struct timespec slice = time_after((double)SLICE / NANO);
        bool last = deadline && is_before(deadline, &slice);
        if (lock_acquire_until(lock, last ? deadline : &slice)) return 1;
        if (!signals_check()) return -1;
        if (last) return 0;
    }
}

bool lock_wait_read(Object *blocking, Object *timeout, bool *try, struct timespec *deadline,
                    const struct timespec **until) {
    int blocks = blocking ? gilt_true(blocking) : 1;
    double seconds = -1;
    if (blocks < 0 || (timeout && !number_double(timeout, &seconds))) return false;
    *try = !blocks || seconds == 0;
    *until = NULL;
    if (!blocks && seconds != -1)
        return gilt_raise(GILT_VALUE_ERROR,
                          "can't specify a timeout for a non-blocking call"),
               false;
    if (seconds == -1) return true;
    if (isnan(seconds))
        return gilt_raise(GILT_VALUE_ERROR, "Invalid value NaN (not a number)"), false;
    if (seconds < 0)
        return gilt_raise(GILT_VALUE_ERROR, "timeout value must be positive"), false;
    if (seconds > 9223372036.0)
        return gilt_raise(GILT_OVERFLOW_ERROR,
                          "timestamp out of range for platform time_t"),
               false;
    *deadline = time_after(seconds);
    *until = deadline;
    return true;
}

static Object *method_acquire(Object *lock, Object *const *arguments, size_t count) {
    (void)count;
    bool try;
    struct timespec deadline;
    const struct timespec *until;
    if (!lock_wait_read(arguments[0], arguments[1], &try, &deadline, &until)) return NULL;
    int taken = gilt_lock_try(lock) ? 1 : try ? 0 : lock_wait(lock, until);
    return taken < 0 ? NULL : gilt_bool(taken);
}

static Object *method_release(Object *lock, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_lock_release(lock) ? gilt_none() : NULL;
}

static Object *method_enter(Object *lock, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    if (gilt_lock_try(lock) || lock_wait(lock, NULL) > 0) return gilt_bool(true);
    return NULL;
}

static Object *method_locked(Object *lock, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_bool(lock_is_held(lock));
}

const Native lock_methods[] = {
    {"acquire(blocking=, timeout=)", method_acquire},
    {"acquire_lock(blocking=, timeout=)", method_acquire},
    {"release()", method_release},
    {"release_lock()", method_release},
    {"locked()", method_locked},
    {"locked_lock()", method_locked},
    {"__enter__()", method_enter},
    {"__exit__(*exception)", method_release},
    {0},
};
