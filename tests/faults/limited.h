/* limited.h: a child process with little memory.
 *
 * A test runs its body with in_child(): the child starts a runtime of its own, and ends
 * with exit code 0 if all its check()s were so. memory_limit leaves it so many bytes of
 * address space more than it has. Sanitizers need far more than any limit: there,
 * in_child skips the test. */
#pragma once
#include "tests/testing.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined __has_feature
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define CHILD_CAN_BE_LIMITED 0
#endif
#endif
#if defined __SANITIZE_THREAD__ || defined __SANITIZE_ADDRESS__
#define CHILD_CAN_BE_LIMITED 0
#endif
#ifndef CHILD_CAN_BE_LIMITED
#define CHILD_CAN_BE_LIMITED 1
#endif

#define check(what)                                                                        \
    do {                                                                                   \
        if (!(what)) {                                                                     \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #what);             \
            gilt_error_print();                                                            \
            _exit(1);                                                                      \
        }                                                                                  \
    } while (0)

/* The exception of this type is set; clears it. */
#define check_raised(type)                                                                 \
    do {                                                                                   \
        check(gilt_error_is(type));                                                        \
        gilt_error_clear();                                                                \
    } while (0)

static inline void memory_limit(size_t more) {
    size_t pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    check(file && fscanf(file, "%zu", &pages) == 1);
    fclose(file);
    struct rlimit limit;
    getrlimit(RLIMIT_AS, &limit);
    limit.rlim_cur = pages * (size_t)sysconf(_SC_PAGESIZE) + more;
    check(!setrlimit(RLIMIT_AS, &limit));
}

static inline void memory_unlimit(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_AS, &limit);
    limit.rlim_cur = limit.rlim_max;
    check(!setrlimit(RLIMIT_AS, &limit));
}

/* Everything that a program needs, once: is the runtime usable? The safepoint is where
 * nogil gives back what has died. */
static inline void check_usable(void) {
    gilt_safepoint();
    GiltObject *list = gilt_list_new(NULL, 0), *dict = gilt_dict_new();
    GiltObject *key = gilt_str_from("some key"), *number = gilt_int(12345);
    check(list && dict && key && number);
    check(gilt_list_append(list, key) && gilt_dict_set(dict, key, list));
    GiltObject *shown = gilt_repr(dict), *sum = gilt_add(number, number);
    check(shown && sum && !gilt_error());
    gilt_decref(shown), gilt_decref(sum);
    gilt_decref(list), gilt_decref(dict), gilt_decref(key), gilt_decref(number);
}

/* Runs `body` in a process of its own, in a runtime; the blocks must be as before. */
static inline void in_child(void (*body)(void)) {
    if (!CHILD_CAN_BE_LIMITED) skip();
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (!child) {
        signal(SIGSEGV, SIG_DFL); /* cmocka would go on with its next test */
        signal(SIGBUS, SIG_DFL);
        check(!gilt_start(NULL, 0));
        size_t blocks = gilt_memory().blocks;
        body();
        memory_unlimit();
        check_usable();
        check(!gilt_error());
        check(gilt_memory().blocks == blocks);
        gilt_finish();
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status)) fail_msg("the child died of signal %d", WTERMSIG(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}
