/* failing_calls.c: preloaded by faults.t, lets the N-th call of one function of the system
 * fail, or all from it on: FAILING="fork 2", "pthread_create 1", "mmap 1+" (of shared
 * memory). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static bool must_fail(const char *name) {
    static _Atomic int calls;
    const char *failing = getenv("FAILING");
    size_t length = strlen(name);
    if (!failing || strncmp(failing, name, length) || failing[length] != ' ') return false;
    char *end;
    int number = ++calls, n = (int)strtol(failing + length, &end, 10);
    return number == n || (*end == '+' && number > n);
}

pid_t fork(void) {
    if (must_fail("fork")) return errno = EAGAIN, -1;
    return ((pid_t(*)(void))dlsym(RTLD_NEXT, "fork"))();
}

typedef int Create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                   void *(*run)(void *), void *argument) {
    if (must_fail("pthread_create")) return EAGAIN;
    return ((Create *)dlsym(RTLD_NEXT, "pthread_create"))(thread, attributes, run,
                                                          argument);
}

typedef void *Map(void *, size_t, int, int, int, off_t);

void *mmap(void *at, size_t bytes, int protection, int flags, int file, off_t offset) {
    if (flags & MAP_SHARED && must_fail("mmap")) return errno = ENOMEM, MAP_FAILED;
    return ((Map *)dlsym(RTLD_NEXT, "mmap"))(at, bytes, protection, flags, file, offset);
}
