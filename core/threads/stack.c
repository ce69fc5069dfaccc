/* stack.c: see stack.h. The main thread's stack grows up to its limit, which glibc would
 * read from /proc to tell; for other threads it knows. */
#define _GNU_SOURCE
#include "core/threads/stack.h"
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#define MARGIN ((size_t)192 << 10) /* for what does not ask, and for the exception */
#define MOST ((size_t)64 << 20)    /* of a stack without limit */

_Thread_local uintptr_t stack_floor = UINTPTR_MAX;

/* From where it is now, the stack of the main thread may grow by nearly its limit. */
static uintptr_t main_floor(uintptr_t here) {
    struct rlimit limit;
    size_t size = MOST;
    if (!getrlimit(RLIMIT_STACK, &limit) && limit.rlim_cur < MOST)
        size = (size_t)limit.rlim_cur;
    return here - size + 2 * MARGIN;
}

static uintptr_t other_floor(uintptr_t here) {
    pthread_attr_t attributes;
    void *lowest = NULL;
    size_t size = 0;
    if (pthread_getattr_np(pthread_self(), &attributes)) return here - MARGIN;
    pthread_attr_getstack(&attributes, &lowest, &size);
    pthread_attr_destroy(&attributes);
    return (uintptr_t)lowest + (size > 4 * MARGIN ? MARGIN : size / 4);
}

bool stack_ask(void) {
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    if (stack_floor == UINTPTR_MAX)
        stack_floor = gettid() == getpid() ? main_floor(here) : other_floor(here);
    return here < stack_floor;
}
