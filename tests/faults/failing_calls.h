/* failing_calls.h: lets the n-th call of the system that is of some chosen kinds fail, or
 * all from it on: threads, mappings, conditions, membarrier.
 *
 * It replaces the C library's functions in this program by ones that count, and then call
 * the next ones: a sanitizer's, if it has its own, or the library's. What glibc does for
 * itself (the stack of a thread, malloc) does not come here. ThreadSanitizer needs these
 * functions before it is ready to watch any: there, nothing fails, and CALLS_CAN_FAIL is 0.
 * `mapped` is what has been mapped and not unmapped, in bytes, `stuck` what could not be
 * unmapped, which is part of it. */
#pragma once
#ifndef _GNU_SOURCE
#error "define _GNU_SOURCE before any header: for RTLD_NEXT"
#endif
#include "tests/sanitized.h"
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>

enum {
    CALL_THREAD = 1,
    CALL_MMAP = 2,
    CALL_MUNMAP = 4,
    CALL_MADVISE = 8,
    CALL_MPROTECT = 16,
    CALL_CONDITION = 32,
    CALL_BARRIER = 64,
    CALL_MAPPINGS = CALL_MMAP | CALL_MUNMAP | CALL_MADVISE | CALL_MPROTECT
};

static _Atomic unsigned calls_chosen;        /* kinds */
static _Atomic uint64_t calls_until_failure; /* counts down to 0; 0: none fails */
static _Atomic bool calls_go_on_failing;     /* it stays at 1 */
static _Atomic uint64_t calls_failed;
static __attribute__((unused)) _Atomic uint64_t threads_created;
static __attribute__((unused)) _Atomic int64_t mapped, stuck;

static inline void calls_fail_at(unsigned chosen, uint64_t n, bool go_on) {
    calls_chosen = chosen;
    calls_until_failure = n;
    calls_go_on_failing = go_on;
    calls_failed = 0;
}
static inline void calls_succeed(void) { calls_until_failure = 0; }

static inline bool call_must_fail(unsigned kind) {
    if (!(calls_chosen & kind)) return false;
    uint64_t left = calls_until_failure;
    bool last = left == 1 && calls_go_on_failing;
    while (!last && left &&
           !atomic_compare_exchange_weak(&calls_until_failure, &left, left - 1)) {
    }
    calls_failed += left == 1;
    return left == 1;
}

#ifdef THREADS_WATCHED
#define CALLS_CAN_FAIL 0
#else
#define CALLS_CAN_FAIL 1
/* The next function of this name. Sanitizers that are linked in cannot be found by dlsym:
 * but they call theirs __interceptor_NAME. */
#define NEXT(name, type, ...)                                                              \
    extern __attribute__((weak)) type __interceptor_##name(__VA_ARGS__);                   \
    static type (*next_##name(void))(__VA_ARGS__) {                                        \
        static _Atomic(void *) next;                                                       \
        if (__interceptor_##name) return __interceptor_##name;                             \
        if (!next) next = dlsym(RTLD_NEXT, #name);                                         \
        return (type(*)(__VA_ARGS__))next;                                                 \
    }

#pragma GCC visibility push(default)
NEXT(pthread_create, int, pthread_t *, const pthread_attr_t *, void *(*)(void *), void *)
NEXT(pthread_condattr_init, int, pthread_condattr_t *)
NEXT(mmap, void *, void *, size_t, int, int, int, off_t)
NEXT(munmap, int, void *, size_t)
NEXT(madvise, int, void *, size_t, int)
NEXT(mprotect, int, void *, size_t, int)

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                   void *(*run)(void *), void *argument) {
    if (call_must_fail(CALL_THREAD)) return EAGAIN;
    threads_created++;
    return next_pthread_create()(thread, attributes, run, argument);
}

int pthread_condattr_init(pthread_condattr_t *attributes) {
    if (call_must_fail(CALL_CONDITION)) return ENOMEM;
    return next_pthread_condattr_init()(attributes);
}

static int call_failed(int error) {
    errno = error;
    return -1;
}

void *mmap(void *at, size_t bytes, int protection, int flags, int file, off_t offset) {
    if (call_must_fail(CALL_MMAP)) return call_failed(ENOMEM), MAP_FAILED;
    void *result = next_mmap()(at, bytes, protection, flags, file, offset);
    if (result != MAP_FAILED && !(flags & MAP_FIXED)) mapped += (int64_t)bytes;
    return result;
}

int munmap(void *at, size_t bytes) {
    if (call_must_fail(CALL_MUNMAP)) {
        stuck += (int64_t)bytes;
        return call_failed(ENOMEM);
    }
    mapped -= (int64_t)bytes;
    return next_munmap()(at, bytes);
}

int madvise(void *at, size_t bytes, int advice) {
    return call_must_fail(CALL_MADVISE) ? call_failed(EINVAL)
                                        : next_madvise()(at, bytes, advice);
}

int mprotect(void *at, size_t bytes, int protection) {
    return call_must_fail(CALL_MPROTECT) ? call_failed(ENOMEM)
                                         : next_mprotect()(at, bytes, protection);
}

/* Takes more arguments than most callers pass: the rest is not looked at. */
long syscall(long number, ...) {
    static _Atomic(void *) next;
    long argument[6];
    va_list arguments;
    if (number == SYS_membarrier && call_must_fail(CALL_BARRIER))
        return call_failed(ENOSYS);
    va_start(arguments, number);
    for (int i = 0; i < 6; i++) argument[i] = va_arg(arguments, long);
    va_end(arguments);
    if (!next) next = dlsym(RTLD_NEXT, "syscall");
    return ((long (*)(long, ...))next)(number, argument[0], argument[1], argument[2],
                                       argument[3], argument[4], argument[5]);
}
#pragma GCC visibility pop
#endif

#define ONLY_IF_CALLS_CAN_FAIL                                                             \
    do {                                                                                   \
        if (CALLS_CAN_FAIL) break;                                                         \
        print_message("# ThreadSanitizer: calls of the system cannot be replaced\n");      \
        skip();                                                                            \
    } while (0)
