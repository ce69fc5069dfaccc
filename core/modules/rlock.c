/* rlock.c: see rlock.h. A lock, and who holds it how often. Invariant: `owner` is the
 * holder's number as long as it holds the lock, else 0; only the holder writes `owner` and
 * `depth`. Others only ask whether `owner` is themselves, so relaxed is enough: what the
 * lock guards goes through the lock. */
#include "core/modules/rlock.h"
#include "core/object/arguments.h"
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/threads/thread.h"
#include "core/types/fields.h"
#include "core/types/heir.h"
#include "core/types/int.h"
#include "core/types/lock.h"
#include "core/types/tuple.h"

typedef struct RLock {
    Object head;
    Slot lock; /* never changes */
    _Atomic uint32_t owner;
    uint32_t depth;
} RLock;

FIELDS(rlock, RLock, lock, 1)

static RLock *rlock_of(Object *o) { return (RLock *)o; }
static Object *lock_in(Object *o) { return field_get(&rlock_of(o)->lock); }

static bool is_mine(Object *o) {
    return atomic_load_explicit(&rlock_of(o)->owner, memory_order_relaxed) ==
           thread_self()->id;
}

static void set_owner(Object *o, uint32_t owner, uint32_t depth) {
    rlock_of(o)->depth = depth;
    atomic_store_explicit(&rlock_of(o)->owner, owner, memory_order_relaxed);
}

static Object *rlock_make(Type *type, Object *const *arguments, size_t count,
                          Object *names) {
    (void)arguments;
    if (!arguments_plain("RLock", count, names, 0, 0)) return NULL;
    RLock *rlock = (RLock *)heir_or_native_new(type, MEMORY_CONTAINER, sizeof *rlock);
    if (!rlock) return NULL;
    atomic_init(&rlock->owner, 0);
    rlock->depth = 0;
    field_init(&rlock->lock, gilt_lock_new());
    if (field_get(&rlock->lock)) return &rlock->head;
    return decref(&rlock->head), NULL;
}

/* 1, 0 (not in time), -1. */
static int take(Object *o, bool try, const struct timespec *until) {
    if (is_mine(o)) {
        if (rlock_of(o)->depth == UINT32_MAX)
            return gilt_raise(GILT_OVERFLOW_ERROR, "Internal lock count overflowed"), -1;
        rlock_of(o)->depth++;
        return 1;
    }
    int taken = gilt_lock_try(lock_in(o)) ? 1 : try ? 0 : lock_wait(lock_in(o), until);
    if (taken > 0) set_owner(o, thread_self()->id, 1);
    return taken;
}

static Object *method_acquire(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    bool try;
    struct timespec deadline;
    const struct timespec *until;
    if (!lock_wait_read(arguments[0], arguments[1], &try, &deadline, &until)) return NULL;
    int taken = take(o, try, until);
    return taken < 0 ? NULL : gilt_bool(taken);
}

static Object *method_enter(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return take(o, false, NULL) < 0 ? NULL : gilt_bool(true);
}

static bool mine_expect(Object *o) {
    if (is_mine(o)) return true;
    return gilt_raise(GILT_RUNTIME_ERROR, "cannot release un-acquired lock"), false;
}

static Object *method_release(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    if (!mine_expect(o)) return NULL;
    if (--rlock_of(o)->depth) return gilt_none();
    set_owner(o, 0, 0);
    return gilt_lock_release(lock_in(o)) ? gilt_none() : NULL;
}

static Object *method_is_owned(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_bool(is_mine(o));
}

static Object *method_locked(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_bool(lock_is_held(lock_in(o)));
}

/* For conditions: gives it up altogether, and takes it again as deep. */
static Object *method_release_save(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    if (!mine_expect(o)) return NULL;
    Object *depth = gilt_int(rlock_of(o)->depth);
    if (!depth) return NULL;
    set_owner(o, 0, 0);
    gilt_lock_release(lock_in(o));
    return depth;
}

static Object *method_restore(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    int64_t depth;
    if (!gilt_int_value(arguments[0], &depth)) return NULL;
    gilt_lock_acquire(lock_in(o)); /* whatever signals say: the caller counts on it */
    set_owner(o, thread_self()->id, (uint32_t)depth);
    return gilt_none();
}

static Object *rlock_repr(Object *o) {
    return gilt_str_format("<%s _thread.RLock object owner=%u count=%u at %p>",
                           lock_is_held(lock_in(o)) ? "locked" : "unlocked",
                           atomic_load_explicit(&rlock_of(o)->owner, memory_order_relaxed),
                           is_mine(o) ? rlock_of(o)->depth : 0, (void *)o);
}

static const Native methods[] = {
    {"acquire(blocking=, timeout=)", method_acquire},
    {"release()", method_release},
    {"locked()", method_locked},
    {"__enter__()", method_enter},
    {"__exit__(*exception)", method_release},
    {"_is_owned()", method_is_owned},
    {"_release_save()", method_release_save},
    {"_acquire_restore(depth, /)", method_restore},
    {0},
};

static const TypeOps rlock_ops = {FIELDS_OPS(rlock), .hash = hash_by_address,
                                  .repr = rlock_repr, .make = rlock_make,
                                  .methods = methods};

Type *rlock_type_new(void) {
    return type_builtin_new("_thread.RLock", &rlock_ops, &types[GILT_OBJECT], TYPE_WEAKLY);
}
