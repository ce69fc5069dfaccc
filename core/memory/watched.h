/* watched.h: tells a sanitizer which memory is free. It knows malloc's, not that of our own
 * heaps, and would be blind to a use after free there.
 *
 * The first 16 bytes of a free block may be looked at: late readers do (nogil/slot.h), and
 * the free list is linked through them. The rest may not: under AddressSanitizer it is
 * poisoned until the block is made anew, and to ThreadSanitizer a free is a write, so that
 * whoever still reads, with nothing that orders it before, is reported at once. What stands
 * in a used block, LeakSanitizer has to look through: that is where malloc's blocks, those
 * of code or of a big int, are named. */
#pragma once
#include "core/base.h"

#define WATCHED_HEADER ((size_t)16)

#ifdef __has_feature
#if __has_feature(thread_sanitizer)
#define __SANITIZE_THREAD__ 1 /* as gcc says it */
#endif
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

#if defined __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#include <sanitizer/lsan_interface.h>
static inline void watched_take(void *memory, size_t bytes) {
    __asan_unpoison_memory_region(memory, bytes);
}
static inline void watched_free(void *block, size_t bytes) {
    if (bytes > WATCHED_HEADER)
        __asan_poison_memory_region((char *)block + WATCHED_HEADER, bytes - WATCHED_HEADER);
}
static inline void watched_roots(void *memory, size_t bytes) {
    __lsan_register_root_region(memory, bytes);
}
static inline void watched_no_roots(void *memory, size_t bytes) {
    __lsan_unregister_root_region(memory, bytes);
}
#elif defined __SANITIZE_THREAD__
void __tsan_write_range(void *memory, long bytes); /* of the run-time library */
/* It knows no more than 65,536 calls inside one another, and stops the program. */
#define WATCHED_DEEPEST ((size_t)3 << 20)
static inline void watched_take(void *memory, size_t bytes) { (void)memory, (void)bytes; }
static inline void watched_free(void *block, size_t bytes) {
    if (bytes > WATCHED_HEADER)
        __tsan_write_range((char *)block + WATCHED_HEADER, (long)(bytes - WATCHED_HEADER));
}
#else
static inline void watched_take(void *memory, size_t bytes) { (void)memory, (void)bytes; }
static inline void watched_free(void *block, size_t bytes) { (void)block, (void)bytes; }
#endif

#ifndef __SANITIZE_ADDRESS__
static inline void watched_roots(void *memory, size_t bytes) { (void)memory, (void)bytes; }
static inline void watched_no_roots(void *memory, size_t bytes) {
    (void)memory, (void)bytes;
}
#endif

#ifndef WATCHED_DEEPEST /* so much stack may calls take */
#define WATCHED_DEEPEST ((size_t)PTRDIFF_MAX)
#endif
