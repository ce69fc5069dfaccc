/* forking.h: for tests that fork, alone or among a crowd of threads that do all sorts of
 * things.
 *
 * Children must not jump out of a test, so they use expect(), which ends them. A child that
 * hangs is ended by its alarm, and then the test fails, too. */
#pragma once
#include "core/memory/arena.h"
#include "core/object/object.h"
#include "core/threads/thread.h"
#include "tests/testing.h"
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __has_feature
#if __has_feature(thread_sanitizer)
#define __SANITIZE_THREAD__ 1
#endif
#endif

/* ThreadSanitizer ends a process that has forked with several threads and then starts one;
 * where the child starts none, it sees nothing of what the child does. */
#ifdef __SANITIZE_THREAD__
#define NOT_UNDER_TSAN                                                                     \
    do {                                                                                   \
        print_message("# ThreadSanitizer: no threads in the child of several\n");          \
        skip();                                                                            \
    } while (0)
#else
#define NOT_UNDER_TSAN (void)0
#endif

/* AddressSanitizer's malloc may be locked for ever in a child if others were in it: and
 * threads that begin or end are detached, so that no stop of the world keeps them out. */
#ifdef __SANITIZE_ADDRESS__
#define NOT_UNDER_ASAN                                                                     \
    do {                                                                                   \
        print_message("# AddressSanitizer: its malloc may stay locked in the child\n");    \
        skip();                                                                            \
    } while (0)
#else
#define NOT_UNDER_ASAN (void)0
#endif

enum { CROWD = 8, FORKS = 12, PATIENCE = 60 };

#define expect(right)                                                                      \
    do {                                                                                   \
        if (right) break;                                                                  \
        fprintf(stderr, "in the child, line %d: not %s\n", __LINE__, #right);              \
        gilt_error_print();                                                                \
        _exit(1);                                                                          \
    } while (0)

static inline int wait_for(pid_t child) {
    int status = -1;
    waitpid(child, &status, 0);
    return status;
}

/* What the child ended with; if that is not 0, it says so. SIGALRM: it hung, or was slow. */
static inline int fork_and(void (*run)(void)) {
    pid_t child = fork();
    if (!child) {
        alarm(PATIENCE);
        run();
        _exit(0);
    }
    gilt_blocking_begin();
    int status = child < 0 ? -1 : wait_for(child);
    gilt_blocking_end();
    if (status) fprintf(stderr, "a child ended with status %#x\n", (unsigned)status);
    return status;
}

/* ---- What a child must be able to do ---- */

static GiltObject *list, *dict, *node, *next;
static _Atomic int ended;

static inline GiltObject *ring(void) {
    GiltObject *a = gilt_instance_new(node), *b = gilt_instance_new(node);
    gilt_set_attr(a, next, b);
    gilt_set_attr(b, next, a);
    gilt_decref(b);
    return a;
}

/* Each append makes the list's array be replaced and retired at times. */
static inline void work(void *unused) {
    (void)unused;
    for (int i = 0; i < 300; i++) {
        GiltObject *number = gilt_int(1000 + i), *own = gilt_list_new(&number, 1);
        for (int k = 0; k < 50; k++) gilt_list_append(own, number);
        gilt_list_append(list, number);
        gilt_dict_set(dict, number, own);
        gilt_decref(ring());
        gilt_decref(number);
        gilt_decref(own);
        gilt_safepoint();
    }
    atomic_fetch_add(&ended, 1);
}

static inline void start_and_join(int count) {
    GiltThread *threads[CROWD];
    atomic_store(&ended, 0);
    for (int i = 0; i < count; i++) expect((threads[i] = gilt_thread_start(work, NULL)));
    for (int i = 0; i < count; i++) expect(gilt_thread_join(threads[i]));
    expect(atomic_load(&ended) == count);
}

static inline void use_everything(void) {
    size_t size = gilt_list_size(list);
    work(NULL);
    expect(gilt_list_size(list) == size + 300);
    for (int i = 0; i < 3; i++) start_and_join(CROWD - i);
    expect(gilt_gc_collect(2) >= 0);
    GiltObject *lost = ring();
    gilt_decref(lost);
    expect(gilt_gc_collect(2) >= 2);
    expect(!gilt_gc_verify());
    expect(!gilt_error());
}

static inline void finish(void) {
    gilt_finish();
    expect(arena_pages() == 0);
}

static inline void live_and_finish(void) {
    use_everything();
    finish();
}

/* ---- Set-up ---- */

static inline int begin_with(const char *const *settings, size_t count) {
    const char *wrong = gilt_start(settings, count);
    if (wrong) fail_msg("%s", wrong);
    list = gilt_list_new(NULL, 0);
    dict = gilt_dict_new();
    node = gilt_class_new("Node", NULL, NULL);
    next = gilt_intern("next");
    return 0;
}

static inline int begin(void **state) {
    (void)state;
    return begin_with(NULL, 0);
}

/* Threads wait for grace periods all the time. */
static inline int begin_waiting(void **state) {
    (void)state;
    return begin_with((const char *[]){"retire=2000"}, 1);
}

static inline int begin_with_helpers(void **state) {
    (void)state;
    return begin_with((const char *[]){"gc_threads=2"}, 1);
}

static inline int end(void **state) {
    (void)state;
    gilt_decref(list);
    gilt_decref(dict);
    gilt_finish();
    return arena_pages() ? -1 : 0;
}

/* ---- Other threads, that do all sorts of things ---- */

static _Atomic bool over;
static _Atomic int here;
static GiltObject *lock; /* held by who has started the crowd */
static int ends[2];

static inline void churn(void *unused) {
    (void)unused;
    GiltObject *number = gilt_int(5000);
    atomic_fetch_add(&here, 1);
    while (!atomic_load(&over)) {
        gilt_list_append(list, number);
        if (gilt_list_size(list) > 1000) gilt_list_clear(list);
        gilt_dict_set(dict, number, number);
        gilt_dict_clear(dict);
        gilt_decref(ring());
        gilt_safepoint();
    }
    gilt_decref(number);
}

static inline void collect(void *unused) {
    (void)unused;
    atomic_fetch_add(&here, 1);
    while (!atomic_load(&over)) {
        gilt_decref(ring());
        gilt_gc_collect(2);
        gilt_safepoint();
    }
}

static inline void read_pipe(void *unused) {
    char letter;
    (void)unused;
    atomic_fetch_add(&here, 1);
    gilt_blocking_begin();
    while (read(ends[0], &letter, 1) == 1) continue;
    gilt_blocking_end();
}

static inline void wait_for_lock(void *unused) {
    (void)unused;
    atomic_fetch_add(&here, 1);
    gilt_lock_acquire(lock);
    gilt_lock_release(lock);
}

static inline void start_threads(void *unused) {
    (void)unused;
    atomic_fetch_add(&here, 1);
    while (!atomic_load(&over)) {
        GiltThread *thread = gilt_thread_start(work, NULL);
        if (!thread || !gilt_thread_join(thread)) return;
        gilt_list_clear(list);
        gilt_dict_clear(dict);
    }
}

static inline void pause_briefly(void) {
    gilt_blocking_begin();
    usleep(100);
    gilt_blocking_end();
}

static inline void wait_until_here(int count) {
    while (atomic_load(&here) < count) pause_briefly();
}

static inline void start_crowd(GiltThread **threads, void (*const *parts)(void *),
                               int count) {
    atomic_store(&over, false);
    atomic_store(&here, 0);
    assert_int_equal(pipe(ends), 0);
    lock = gilt_lock_new();
    gilt_lock_acquire(lock);
    for (int i = 0; i < count; i++)
        assert_non_null(threads[i] = gilt_thread_start(parts[i], NULL));
    wait_until_here(count);
}

static inline void stop_crowd(GiltThread **threads, int count) {
    atomic_store(&over, true);
    gilt_lock_release(lock);
    close(ends[1]);
    for (int i = 0; i < count; i++) assert_true(gilt_thread_join(threads[i]));
    close(ends[0]);
    gilt_decref(lock);
}

/* The main thread forks among a crowd that plays these parts. */
static inline void fork_among(void (*const *parts)(void *), int count, void (*run)(void)) {
    GiltThread *threads[CROWD];
    int failed = 0;
    start_crowd(threads, parts, count);
    for (int i = 0; i < FORKS; i++) failed += fork_and(run) != 0;
    stop_crowd(threads, count);
    assert_int_equal(failed, 0);
}

#define fork_test(name) cmocka_unit_test_setup_teardown(name, begin, end)
#define waiting_test(name) cmocka_unit_test_setup_teardown(name, begin_waiting, end)
#define helpers_test(name) cmocka_unit_test_setup_teardown(name, begin_with_helpers, end)
