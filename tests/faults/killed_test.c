/* killed_test.c: a forked child dies at every stage, and its parent does not mind.
 *
 * The child kills itself at its k-th point of core/chaos.h, from the first one inside of
 * the fork to the end of its runtime, for every k until it lives through; it has a short
 * life with threads, a collection and a child of its own. Builds without points kill it
 * from outside, whenever. The parent's other threads run all the while. After each death
 * the parent's heap is in order, what it does adds up, and it can fork again. */
#include "core/chaos.h"
#include "tests/threads/forking.h"
#include <signal.h>

static bool in_child; /* set before the runtime's own handlers run there */
static void note_child(void) { in_child = true; }

static void be_grandchild(void) {
    GiltObject *one = gilt_list_new(NULL, 0);
    expect(one);
    gilt_decref(one);
}

static void work_shortly(void *unused) {
    (void)unused;
    GiltObject *number = gilt_int(1000), *own = gilt_list_new(&number, 1);
    for (int k = 0; k < 10; k++) gilt_list_append(own, number);
    gilt_list_append(list, own);
    gilt_dict_set(dict, number, own);
    gilt_decref(number), gilt_decref(own), gilt_decref(ring());
    gilt_safepoint();
}

static void live_shortly(void) {
    size_t size = gilt_list_size(list);
    int threads = 0;
    work_shortly(NULL);
#ifndef __SANITIZE_THREAD__
    GiltThread *thread = gilt_thread_start(work_shortly, NULL);
    expect(thread && gilt_thread_join(thread));
    threads++;
#endif
    expect(gilt_list_size(list) == size + 1 + (size_t)threads);
    expect(gilt_gc_collect(2) >= 0);
    fork_and(be_grandchild); /* it may die, too */
    gilt_finish();
}

/* ---- The parent ---- */

static GiltObject *mine; /* a list that only the main thread changes */

static void check_parent(int deaths) {
    GiltObject *own = gilt_lock_new(), *number = gilt_int(5000 + deaths);
    assert_true(gilt_lock_acquire(own) && gilt_lock_release(own));
    assert_true(gilt_list_append(mine, number));
    assert_int_equal(gilt_list_size(mine), deaths);
    gilt_decref(own), gilt_decref(number);
    gilt_decref(ring());
    if (deaths % 16) return;
    assert_true(gilt_gc_collect(2) >= 0);
    assert_null(gilt_gc_verify());
    assert_int_equal(fork_and(live_shortly), 0);
}

static bool was_killed(int status) {
    if (status && !(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL))
        fail_msg("the child ended with status 0x%x", status);
    return status;
}

static void (*const crowd[])(void *) = {churn, collect, wait_for_lock, read_pipe};
enum { CROWD_SIZE = sizeof crowd / sizeof *crowd };

static void among_crowd(void (*kill_children)(void)) {
    GiltThread *threads[CROWD_SIZE];
    mine = gilt_list_new(NULL, 0);
    start_crowd(threads, crowd, CROWD_SIZE);
    kill_children();
    stop_crowd(threads, CROWD_SIZE);
    gilt_decref(mine);
    assert_null(gilt_gc_verify());
}

/* ---- At each point ---- */

#ifdef CHAOS
static _Atomic uint64_t passed, last; /* points of the child; where it dies, 0: nowhere */

static void die_here(ChaosPoint point) {
    (void)point;
    if (in_child && ++passed == last) kill(getpid(), SIGKILL);
}

static void kill_at_each_point(void) {
    int deaths = 0;
    atomic_store(&chaos_visit, die_here);
    for (last = 1; was_killed(fork_and(live_shortly)); last++) {
        uint64_t at = last;
        last = 0;
        check_parent(++deaths);
        last = at;
    }
    atomic_store(&chaos_visit, NULL);
    print_message("# it died at %d points\n", deaths);
    assert_true(deaths > 20);
}

#endif

TEST(a_child_dies_at_each_point) {
    NOT_UNDER_STRESS("too many points");
#ifdef CHAOS
    mine = gilt_list_new(NULL, 0);
    kill_at_each_point();
    gilt_decref(mine);
#else
    print_message("# this build has no points\n");
    skip();
#endif
}

TEST(a_child_of_many_threads_dies_at_each_point) {
    NOT_UNDER_STRESS("too many points");
#ifdef CHAOS
    among_crowd(kill_at_each_point);
#else
    print_message("# this build has no points\n");
    skip();
#endif
}

/* ---- At any time ---- */

static void live_on(void) {
    for (;;) work_shortly(NULL);
}

static void kill_at_any_time(void) {
    for (int i = 1; i <= 64; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (!child) live_on();
        gilt_blocking_begin();
        usleep((unsigned)(i * 37 % 64) * 20);
        kill(child, SIGKILL);
        int status = wait_for(child);
        gilt_blocking_end();
        assert_true(was_killed(status));
        check_parent(i);
    }
}

TEST(a_child_dies_at_any_time) { among_crowd(kill_at_any_time); }

/* The trace is the parent's alone: nothing of a child is in it. */
static char trace_path[] = "/tmp/gilt-killed-XXXXXX";

static int begin_traced(void **state) {
    (void)state;
    static char setting[64];
    int file = mkstemp(trace_path);
    if (file < 0 || close(file)) return -1;
    snprintf(setting, sizeof setting, "trace=%s", trace_path);
    return begin_with((const char *[]){setting}, 1);
}

static void check_trace(void) {
    char line[500];
    int ends_seen = 0;
    FILE *file = fopen(trace_path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        if (*line == '[') continue;
        int me = (int)getpid(), process = 0;
        char *at = strstr(line, "\"pid\":");
        if (*line == '{' && at && sscanf(at, "\"pid\":%d", &process) == 1)
            assert_int_equal(process, me);
        ends_seen += *line == ']';
    }
    fclose(file);
    assert_int_equal(ends_seen, 1);
}

static int end_traced(void **state) {
    int wrong = end(state);
    check_trace();
    return unlink(trace_path) || wrong ? -1 : 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        fork_test(a_child_dies_at_each_point),
        fork_test(a_child_of_many_threads_dies_at_each_point),
        fork_test(a_child_dies_at_any_time),
        cmocka_unit_test_setup_teardown(a_child_dies_at_any_time, begin_traced, end_traced),
    };
    pthread_atfork(NULL, NULL, note_child);
    alarm(300);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
