/* fork_test.c: the child of a fork has a runtime that works, whoever forks and whatever the
 * other threads of the parent are doing. */
#include "tests/threads/forking.h"
#include <pthread.h>

/* ---- One thread ---- */

TEST(a_child_of_one_thread_goes_on) {
    for (int i = 0; i < 3; i++) assert_int_equal(fork_and(live_and_finish), 0);
}

static void live_again(void) {
    live_and_finish();
    expect(!gilt_start(NULL, 0));
    finish();
}

TEST(a_child_can_start_the_runtime_anew) { assert_int_equal(fork_and(live_again), 0); }

static void fork_once_more(void) {
    use_everything();
    expect(fork_and(live_and_finish) == 0);
    live_and_finish();
}

TEST(a_child_can_fork) { assert_int_equal(fork_and(fork_once_more), 0); }

static void make_a_child(void) { expect(fork_and(live_and_finish) == 0); }

TEST(a_child_whose_threads_have_ended_can_fork) {
    start_and_join(CROWD);
    assert_int_equal(fork_and(make_a_child), 0);
}

TEST(threads_that_mutate_do_not_come_along) {
    NOT_UNDER_TSAN;
    fork_among((void (*[])(void *)){churn, churn, churn, churn}, 4, live_and_finish);
}

TEST(threads_that_collect_do_not_come_along) {
    NOT_UNDER_TSAN;
    fork_among((void (*[])(void *)){collect, collect, churn}, 3, live_and_finish);
}

TEST(threads_that_wait_do_not_come_along) {
    NOT_UNDER_TSAN;
    void (*const parts[])(void *) = {read_pipe, wait_for_lock, wait_for_lock, read_pipe};
    fork_among(parts, 4, live_and_finish);
}

TEST(threads_that_begin_and_end_do_not_come_along) {
    NOT_UNDER_TSAN;
    NOT_UNDER_ASAN;
    void (*const parts[])(void *) = {start_threads, start_threads, start_threads};
    fork_among(parts, 3, live_and_finish);
}

TEST(children_of_a_crowd_can_fork_among_a_crowd) {
    NOT_UNDER_TSAN;
    NOT_UNDER_ASAN;
    void (*const parts[])(void *) = {churn, collect, read_pipe, start_threads};
    GiltThread *threads[CROWD];
    start_crowd(threads, parts, 4);
    int status = fork_and(fork_once_more);
    stop_crowd(threads, 4);
    assert_int_equal(status, 0);
}

static void collect_and_live(void) {
    expect(gilt_gc_collect(2) >= 0);
    live_and_finish();
}

/* So much that helpers are asked for; those of the parent are not there. */
TEST(the_child_gets_helpers_of_its_own) {
    NOT_UNDER_TSAN;
    for (int i = 0; i < 100000; i++) {
        GiltObject *one = ring();
        gilt_list_append(list, one);
        gilt_decref(one);
    }
    assert_true(gilt_gc_collect(2) >= 0);
    assert_int_equal(fork_and(collect_and_live), 0);
}

/* ---- Who forks ---- */

static _Atomic int status_of_child;

static void fork_here(void *unused) {
    (void)unused;
    atomic_store(&status_of_child, fork_and(live_and_finish));
}

TEST(any_thread_of_gilt_can_fork) {
    NOT_UNDER_TSAN;
    GiltThread *thread = gilt_thread_start(fork_here, NULL);
    assert_true(gilt_thread_join(thread));
    assert_int_equal(atomic_load(&status_of_child), 0);
}

/* Before a leak checker, which does not know the stacks that were left behind. */
static void end_at_once(void) { _exit(0); }

/* The child is the thread: it returns from its function, and the process ends. */
static void fork_and_return(void *unused) {
    (void)unused;
    pid_t child = fork();
    if (!child) {
        alarm(PATIENCE);
        atexit(end_at_once);
        use_everything();
        return;
    }
    gilt_blocking_begin();
    atomic_store(&status_of_child, wait_for(child));
    gilt_blocking_end();
}

TEST(a_thread_can_end_in_the_child) {
    NOT_UNDER_TSAN;
    GiltThread *thread = gilt_thread_start(fork_and_return, NULL);
    assert_true(gilt_thread_join(thread));
    assert_int_equal(atomic_load(&status_of_child), 0);
}

/* Another thread of the child waits for the one that forked. */
static GiltThread *forker;

static void join_forker(void *unused) {
    (void)unused;
    expect(gilt_thread_join(forker));
    _exit(atomic_load(&over) ? 0 : 1);
}

static void fork_and_be_joined(void *unused) {
    (void)unused;
    while (!atomic_load(&here)) gilt_safepoint(); /* forker is known */
    pid_t child = fork();
    if (child) {
        gilt_blocking_begin();
        atomic_store(&status_of_child, wait_for(child));
        gilt_blocking_end();
        return;
    }
    alarm(PATIENCE);
    expect(gilt_thread_start(join_forker, NULL));
    for (int i = 0; i < 20; i++) pause_briefly();
    atomic_store(&over, true);
}

TEST(the_thread_that_forked_can_be_joined_in_the_child) {
    NOT_UNDER_TSAN;
    atomic_store(&over, false);
    atomic_store(&here, 0);
    assert_non_null(forker = gilt_thread_start(fork_and_be_joined, NULL));
    atomic_store(&here, 1);
    assert_true(gilt_thread_join(forker));
    assert_int_equal(atomic_load(&status_of_child), 0);
}

static void go_on_detached(void) {
    gilt_blocking_end();
    live_and_finish();
}

TEST(a_detached_thread_can_fork) {
    NOT_UNDER_TSAN;
    GiltThread *threads[2];
    start_crowd(threads, (void (*[])(void *)){churn, collect}, 2);
    int failed = 0;
    for (int i = 0; i < FORKS; i++) {
        gilt_blocking_begin();
        pid_t child = fork();
        if (!child) {
            alarm(PATIENCE);
            go_on_detached();
            _exit(0);
        }
        failed += wait_for(child) != 0;
        gilt_blocking_end();
    }
    stop_crowd(threads, 2);
    assert_int_equal(failed, 0);
}

static void be_foreign(void) {
    const char *why = gilt_thread_attach();
    expect(why && strstr(why, "forked"));
    expect(gilt_mode() && gilt_policies());
}

static void *fork_foreign(void *unused) {
    (void)unused;
    for (int i = 0; i < FORKS; i++) {
        pid_t child = fork();
        if (!child) {
            alarm(PATIENCE);
            be_foreign();
            _exit(0);
        }
        if (wait_for(child)) return &status_of_child;
    }
    return NULL;
}

/* The child learns that it cannot use the runtime; all else goes on. */
TEST(a_foreign_thread_can_fork) {
    GiltThread *threads[2];
    pthread_t foreign;
    void *failed;
    start_crowd(threads, (void (*[])(void *)){churn, collect}, 2);
    assert_int_equal(pthread_create(&foreign, NULL, fork_foreign, NULL), 0);
    gilt_blocking_begin();
    pthread_join(foreign, &failed);
    gilt_blocking_end();
    stop_crowd(threads, 2);
    assert_null(failed);
}

static void *attach_and_fork(void *unused) {
    (void)unused;
    if (gilt_thread_attach()) return NULL;
    atomic_store(&status_of_child, fork_and(live_and_finish));
    gilt_thread_leave();
    return NULL;
}

TEST(a_foreign_thread_that_is_attached_can_fork) {
    NOT_UNDER_TSAN;
    GiltThread *threads[2];
    pthread_t foreign;
    start_crowd(threads, (void (*[])(void *)){churn, collect}, 2);
    assert_int_equal(pthread_create(&foreign, NULL, attach_and_fork, NULL), 0);
    gilt_blocking_begin();
    pthread_join(foreign, NULL);
    gilt_blocking_end();
    stop_crowd(threads, 2);
    assert_int_equal(atomic_load(&status_of_child), 0);
}

/* Several threads fork, each at any time. */
static void fork_often(void *unused) {
    (void)unused;
    atomic_fetch_add(&here, 1);
    for (int i = 0; i < 5; i++) {
        int status = fork_and(use_everything);
        if (status) atomic_store(&status_of_child, status);
    }
}

TEST(several_threads_fork_at_once) {
    NOT_UNDER_TSAN;
    GiltThread *threads[4];
    atomic_store(&status_of_child, 0);
    start_crowd(threads, (void (*[])(void *)){fork_often, fork_often, churn, fork_often},
                4);
    for (int i = 0; i < 4; i++)
        if (i != 2) assert_true(gilt_thread_join(threads[i]));
    stop_crowd(&threads[2], 1);
    assert_int_equal(atomic_load(&status_of_child), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        fork_test(a_child_of_one_thread_goes_on),
        fork_test(a_child_can_start_the_runtime_anew),
        fork_test(a_child_can_fork),
        fork_test(a_child_whose_threads_have_ended_can_fork),
        fork_test(threads_that_mutate_do_not_come_along),
        waiting_test(threads_that_mutate_do_not_come_along),
        fork_test(threads_that_collect_do_not_come_along),
        waiting_test(threads_that_collect_do_not_come_along),
        helpers_test(threads_that_collect_do_not_come_along),
        fork_test(threads_that_wait_do_not_come_along),
        fork_test(threads_that_begin_and_end_do_not_come_along),
        waiting_test(threads_that_begin_and_end_do_not_come_along),
        fork_test(children_of_a_crowd_can_fork_among_a_crowd),
        helpers_test(the_child_gets_helpers_of_its_own),
        fork_test(any_thread_of_gilt_can_fork),
        fork_test(a_thread_can_end_in_the_child),
        fork_test(the_thread_that_forked_can_be_joined_in_the_child),
        fork_test(a_detached_thread_can_fork),
        fork_test(a_foreign_thread_can_fork),
        fork_test(a_foreign_thread_that_is_attached_can_fork),
        fork_test(several_threads_fork_at_once),
    };
    alarm(300);
    return cmocka_run_group_tests_name("fork", tests, NULL, NULL);
}
