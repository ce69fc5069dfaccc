/* crew.c: the gate. Ordering: `round` is stored with release after the order was written,
 * and loaded with acquire by members; `done` likewise the other way round, after a member
 * has written its figures. */
#include "workloads/procs/crew.h"
#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

uint64_t now_nanoseconds(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (uint64_t)at.tv_sec * 1000000000 + (uint64_t)at.tv_nsec;
}

/* Returns at a wake-up, when the word is not `value`, after the time, or for no reason. */
static void futex_wait(_Atomic uint32_t *word, uint32_t value, uint64_t nanoseconds) {
    struct timespec time = {.tv_sec = (time_t)(nanoseconds / 1000000000),
                            .tv_nsec = (long)(nanoseconds % 1000000000)};
    syscall(SYS_futex, word, FUTEX_WAIT, value, nanoseconds ? &time : NULL, NULL, 0);
}

static void futex_wake(_Atomic uint32_t *word) {
    syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

Crew *crew_new(int size) {
    size_t bytes = sizeof(Crew) + (size_t)size * sizeof(Member);
    Crew *crew =
        mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (crew == MAP_FAILED) return NULL;
    crew->size = size;
    return crew;
}

void crew_order(Crew *crew, Order order) {
    crew->order = order;
    atomic_store_explicit(&crew->done, 0, memory_order_relaxed);
    atomic_fetch_add_explicit(&crew->round, 1, memory_order_release);
    futex_wake(&crew->round);
}

bool crew_wait(Crew *crew, uint64_t nanoseconds) {
    uint64_t end = now_nanoseconds() + nanoseconds;
    for (;;) {
        uint32_t done = atomic_load_explicit(&crew->done, memory_order_acquire);
        if (atomic_load_explicit(&crew->failed, memory_order_acquire)) return false;
        if (done == (uint32_t)crew->size) return true;
        uint64_t now = nanoseconds ? now_nanoseconds() : 0;
        if (nanoseconds && now >= end) return false;
        futex_wait(&crew->done, done, nanoseconds ? end - now : 0);
    }
}

Order crew_next_order(Crew *crew, uint32_t *round) {
    uint32_t done = atomic_fetch_add_explicit(&crew->done, 1, memory_order_release) + 1;
    if (done == (uint32_t)crew->size) futex_wake(&crew->done);
    while (atomic_load_explicit(&crew->round, memory_order_acquire) == *round)
        futex_wait(&crew->round, *round, 0);
    ++*round;
    return crew->order;
}

/* The conductor sleeps on `done`: it is changed too, or a wake-up between its look at
 * `failed` and its sleep would be lost. What is in `done` no longer matters. */
void crew_fail(Crew *crew, int number, const char *format, ...) {
    Member *member = &crew->members[number];
    va_list values;
    va_start(values, format);
    vsnprintf(member->error, sizeof member->error, format, values);
    va_end(values);
    for (char *c = member->error; *c; c++)
        if (*c == '\n' || *c == '\r') *c = ' '; /* a report is one line */
    uint32_t nobody = 0;
    atomic_compare_exchange_strong_explicit(&crew->failed, &nobody, (uint32_t)number + 1,
                                            memory_order_release, memory_order_relaxed);
    atomic_fetch_add_explicit(&crew->done, 1, memory_order_release);
    futex_wake(&crew->done);
}
