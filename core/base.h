/* base.h: the few words that every file uses.
 *
 * die() is for broken invariants only: it says what was broken and stops the
 * program. Whatever a user can cause is an exception instead (object/error.h). */
#pragma once
#include <assert.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

/* For short paths that are worth a copy in each caller, and for the long ones beside them.
 */
#define ALWAYS_INLINE inline __attribute__((always_inline))
#define NEVER_INLINE __attribute__((noinline))

/* The object of type T whose member M is at address P. */
#define container_of(P, T, M) ((T *)((char *)(P)-offsetof(T, M)))

/* Prints "gilt: " and the message on stderr, then aborts. */
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* In a loop that waits for another core. */
static inline void cpu_relax(void) {
#if defined __x86_64__ || defined __i386__
    __builtin_ia32_pause();
#elif defined __aarch64__
    __asm__ volatile("yield");
#endif
}
