/* stack.c: see stack.h. The main thread's stack grows up to its limit, which glibc would
 * read from /proc to tell; a thread that gilt has started says itself where it begins; of
 * others the system knows (glibc, too, but its pthread_getattr_np needs memory, and dies if
 * there is none). */
#define _GNU_SOURCE
#include "core/threads/stack.h"
#include "core/memory/watched.h"
#include <fcntl.h>
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#define MARGIN ((size_t)192 << 10)  /* for what does not ask, and for the exception */
#define OVERHEAD ((size_t)32 << 10) /* thread-local variables, the guard page */
#define MOST ((size_t)64 << 20)     /* of a stack without limit */

_Thread_local uintptr_t stack_floor = UINTPTR_MAX;

/* From where it is now, the stack of the main thread may grow by nearly its limit. */
static uintptr_t main_floor(uintptr_t here) {
    struct rlimit limit;
    size_t size = MOST;
    if (!getrlimit(RLIMIT_STACK, &limit) && limit.rlim_cur < MOST)
        size = (size_t)limit.rlim_cur;
    return here - size + 2 * MARGIN;
}

static uintptr_t floor_of(uintptr_t lowest, size_t size) {
    return lowest + (size > 4 * MARGIN ? MARGIN : size / 4);
}

/* The lowest address of the mapping that `here` is in, or 0: by the lines of the file,
 * "from-to ...", both in hexadecimal. Below a stack there is a guard page. */
static uintptr_t mapping_of(uintptr_t here, int file) {
    enum { FROM, TO, REST } state = FROM;
    uintptr_t bounds[2] = {0, 0};
    char text[1024];
    ssize_t length;
    while ((length = read(file, text, sizeof text)) > 0)
        for (ssize_t i = 0; i < length; i++) {
            char c = text[i];
            if (c == '\n') {
                state = FROM;
                bounds[FROM] = bounds[TO] = 0;
            } else if (state == REST) {
                continue;
            } else if (c == '-') {
                state = TO;
            } else if (c != ' ') {
                bounds[state] = bounds[state] * 16 + (c <= '9' ? c - '0' : c - 'a' + 10);
            } else {
                if (here >= bounds[FROM] && here < bounds[TO]) return bounds[FROM];
                state = REST;
            }
        }
    return 0;
}

static uintptr_t other_floor(uintptr_t here) {
    int file = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
    uintptr_t lowest = file < 0 ? 0 : mapping_of(here, file);
    if (file >= 0) close(file);
    return lowest ? floor_of(lowest, here - lowest) : here - MARGIN / 4;
}

/* From here downwards. */
static void floor_set(uintptr_t here, uintptr_t lowest) {
    bool deep = lowest < here && here - lowest > WATCHED_DEEPEST;
    stack_floor = deep ? here - WATCHED_DEEPEST : lowest;
}

/* Above the caller's frame stands little more than what the thread keeps for itself. */
void stack_begin(void) {
    pthread_attr_t defaults;
    size_t size = 0;
    pthread_attr_init(&defaults);
    pthread_attr_getstacksize(&defaults, &size);
    pthread_attr_destroy(&defaults);
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    floor_set(here, floor_of(here - size + OVERHEAD, size));
}

bool stack_ask(void) {
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    if (stack_floor == UINTPTR_MAX)
        floor_set(here, gettid() == getpid() ? main_floor(here) : other_floor(here));
    return here < stack_floor;
}
