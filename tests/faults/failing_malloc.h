/* failing_malloc.h: lets the n-th call of malloc and its like fail, or all from it on, for
 * what the runtime does not take from its own heaps: threads, the table of names, text for
 * the caller.
 *
 * It replaces glibc's functions in this program by ones that count. Under a sanitizer,
 * which does the same, and without glibc, it does nothing, and MALLOC_CAN_FAIL is 0. */
#pragma once
#include "tests/sanitized.h"
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

static _Atomic uint64_t mallocs_until_failure; /* counts down to 0; 0: none fails */
static _Atomic bool mallocs_go_on_failing;     /* it stays at 1 */

static __attribute__((unused)) _Atomic int64_t mallocs_alive; /* made less freed */

static inline void malloc_fail_at(uint64_t n) {
    mallocs_until_failure = n;
    mallocs_go_on_failing = false;
}
static inline void malloc_fail_from(uint64_t n) {
    mallocs_until_failure = n;
    mallocs_go_on_failing = true;
}

#if defined __GLIBC__ && !defined SANITIZED
#define MALLOC_CAN_FAIL 1
#pragma GCC visibility push(default)
extern void *__libc_malloc(size_t bytes), *__libc_calloc(size_t count, size_t bytes);
extern void *__libc_realloc(void *block, size_t bytes);
extern void *__libc_memalign(size_t alignment, size_t bytes);
extern void __libc_free(void *block);

static bool malloc_must_fail(void) {
    uint64_t left = mallocs_until_failure;
    if (left == 1 && mallocs_go_on_failing) return true;
    while (left && !atomic_compare_exchange_weak(&mallocs_until_failure, &left, left - 1)) {
    }
    return left == 1;
}

static void *malloc_count(void *block) {
    mallocs_alive += block != NULL;
    return block;
}

void *malloc(size_t bytes) {
    return malloc_must_fail() ? NULL : malloc_count(__libc_malloc(bytes));
}

void *calloc(size_t count, size_t bytes) {
    return malloc_must_fail() ? NULL : malloc_count(__libc_calloc(count, bytes));
}

void *realloc(void *block, size_t bytes) {
    if (malloc_must_fail()) return NULL;
    void *moved = __libc_realloc(block, bytes);
    return block ? moved : malloc_count(moved);
}

void *aligned_alloc(size_t alignment, size_t bytes) {
    return malloc_must_fail() ? NULL : malloc_count(__libc_memalign(alignment, bytes));
}

void free(void *block) {
    mallocs_alive -= block != NULL;
    __libc_free(block);
}
#pragma GCC visibility pop
#else
#define MALLOC_CAN_FAIL 0
#endif
