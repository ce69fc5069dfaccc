/* signal_test.c: signals arrive at any time, on threads that wait for anything: nothing
 * returns too early, nothing is lost, no call of the system that was interrupted is taken
 * for one that has failed.
 *
 * A test of waiting: somebody waits for what the main thread does only when the waiting
 * thread has been hit by many signals. When it returns, what it has waited for must be so.
 */
#include "tests/sanitized.h"
#include "tests/faults/signals.h"
#include "tests/testing.h"

#include "core/mode.h"
#include "core/threads/stop.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

enum { THREADS = 4, ROUNDS = 500 };

static int begin(void **state) {
    testing_begin(state);
    return storm_begin() ? 0 : -1;
}

static int end(void **state) {
    storm_end();
    return testing_end(state);
}

static GiltThread *started(void (*run)(void *), void *argument) {
    GiltThread *thread = gilt_thread_start(run, argument);
    assert_non_null(thread);
    return thread;
}

/* ---- Waits ---- */

typedef struct Wait {
    void (*wait)(struct Wait *);
    GiltObject *lock, *condition;
    GiltThread *other;
    _Atomic(Target *) who; /* set before it waits */
    _Atomic bool so;       /* what it waits for */
    _Atomic bool early;    /* it was not yet so when the wait was over */
} Wait;

static void run_wait(void *argument) {
    Wait *w = argument;
    targets_join();
    w->wait(w);
    targets_leave();
}

/* Lets a thread wait that way; `make_so` ends it. */
static void wait_and_make_so(void (*wait)(Wait *), void (*make_so)(Wait *), Wait *w) {
    w->wait = wait;
    GiltThread *thread = started(run_wait, w);
    gilt_blocking_begin();
    while (!w->who) sched_yield();
    wait_for_hits(w->who);
    gilt_blocking_end();
    make_so(w);
    assert_true(gilt_thread_join(thread));
    assert_false(w->early);
}

static void wait_lock(Wait *w) {
    w->who = target;
    gilt_lock_acquire(w->lock);
    w->early = !w->so;
    gilt_lock_release(w->lock);
}

static void make_free(Wait *w) {
    w->so = true;
    gilt_lock_release(w->lock);
}

TEST(acquire_waits_until_the_lock_is_released) {
    Wait w = {.lock = gilt_lock_new()};
    gilt_lock_acquire(w.lock);
    wait_and_make_so(wait_lock, make_free, &w);
    gilt_decref(w.lock);
}

/* A wait may end without a notify, says gilt.h; but not because of a signal. */
static void wait_condition(Wait *w) {
    gilt_lock_acquire(w->lock);
    w->who = target;
    gilt_condition_wait(w->condition);
    w->early = !w->so;
    gilt_lock_release(w->lock);
}

static void notify(Wait *w) {
    gilt_lock_acquire(w->lock);
    w->so = true;
    gilt_condition_notify(w->condition, 1);
    gilt_lock_release(w->lock);
}

TEST(a_condition_waits_until_it_is_notified) {
    Wait w = {.lock = gilt_lock_new()};
    w.condition = gilt_condition_new(w.lock);
    wait_and_make_so(wait_condition, notify, &w);
    gilt_decref(w.condition);
    gilt_decref(w.lock);
}

static void run_until_so(void *argument) {
    Wait *w = argument;
    gilt_blocking_begin();
    while (!w->so) sched_yield();
    gilt_blocking_end();
    w->condition = gilt_incref(w->lock); /* the last thing that it does */
}

static void wait_join(Wait *w) {
    w->other = gilt_thread_start(run_until_so, w);
    w->who = target;
    w->early = !gilt_thread_join(w->other) || !w->condition;
}

static void let_end(Wait *w) { w->so = true; }

TEST(join_waits_until_the_thread_has_ended) {
    Wait w = {.lock = gilt_lock_new()};
    wait_and_make_so(wait_join, let_end, &w);
    gilt_decref(w.condition);
    gilt_decref(w.lock);
}

/* The main thread is attached, has the world stopped, or reads, and reaches no safepoint
 * until the other one, which waits for that, has been hit. */
static void hold_out(void (*wait)(Wait *), bool stop, bool read) {
    Wait w = {.wait = wait};
    GiltThread *thread = started(run_wait, &w);
    gilt_blocking_begin();
    while (!w.who) sched_yield();
    gilt_blocking_end();
    Target *who = w.who;
    if (stop) stop_world("test");
    if (read) read_begin();
    w.so = false;
    wait_for_hits(who);
    w.so = true;
    if (read) read_end();
    if (stop) resume_world();
    gilt_blocking_begin();
    while (w.who) sched_yield();
    gilt_blocking_end();
    assert_true(gilt_thread_join(thread));
    assert_false(w.early);
}

static void wait_attach(Wait *w) {
    w->so = true;
    w->who = target;
    gilt_blocking_begin();
    while (w->so) sched_yield();
    gilt_blocking_end();
    w->early = !w->so;
    w->who = NULL;
}

TEST(who_attaches_waits_while_the_world_is_stopped) { hold_out(wait_attach, true, false); }

TEST(who_attaches_waits_for_the_gil) {
    if (strcmp(gilt_mode(), "gil")) skip();
    hold_out(wait_attach, false, false);
}

static void wait_stop(Wait *w) {
    w->so = true;
    w->who = target;
    gilt_blocking_begin();
    while (w->so) sched_yield();
    gilt_blocking_end();
    stop_world("test");
    w->early = !w->so;
    resume_world();
    w->who = NULL;
}

TEST(who_stops_the_world_waits_until_all_have_stopped) {
    hold_out(wait_stop, false, false);
}

/* What it has retired may still be read. */
static void wait_readers(Wait *w) {
    GiltObject *list = gilt_list_new(NULL, 0);
    w->so = true;
    w->who = target;
    while (w->so) gilt_safepoint();
    for (int i = 0; i < 100; i++) gilt_list_append(list, list);
    reclaim_drain();
    w->early = !w->so;
    gilt_list_clear(list);
    gilt_decref(list);
    w->who = NULL;
}

TEST(who_frees_waits_for_readers) {
#ifdef THREADS_WATCHED
    print_message("# ThreadSanitizer: no signal is seen before liburcu has waited\n");
    skip();
#endif
    if (strcmp(gilt_mode(), "nogil")) skip();
    hold_out(wait_readers, false, true);
}

/* ---- Nothing is lost ---- */

static GiltObject *shared, *lock, *changed;
static int64_t sum; /* guarded by lock */
static int turn;    /* likewise */

static void run_all(void (*run)(void *)) {
    GiltThread *threads[THREADS];
    for (intptr_t i = 0; i < THREADS; i++) threads[i] = started(run, (void *)i);
    for (int i = 0; i < THREADS; i++) assert_true(gilt_thread_join(threads[i]));
}

static _Atomic int rounds;  /* by all */
static _Atomic int blocked; /* how often somebody was found with signals blocked */

static void add_one(int i) {
    GiltObject *number = gilt_int(1000 + i), *list = gilt_list_new(NULL, 0);
    gilt_lock_acquire(lock);
    int64_t now = sum;
    gilt_safepoint();
    sum = now + 1;
    gilt_lock_release(lock);
    gilt_list_append(list, list);
    gilt_list_append(shared, number);
    gilt_decref(number), gilt_decref(list);
    gilt_blocking_begin(), gilt_blocking_end();
    if (i % 100 == 0) gilt_gc_collect(i / 100 % 3);
    blocked += !signals_come(); /* or it never ends */
    rounds++;
}

static void add_up(void *unused) {
    (void)unused;
    targets_join();
    for (int i = 0; i < ROUNDS || target->hits < 5 * ENOUGH; i++) add_one(i);
    targets_leave();
}

TEST(what_threads_do_adds_up) {
    lock = gilt_lock_new();
    shared = gilt_list_new(NULL, 0);
    sum = 0;
    rounds = 0;
    run_all(add_up);
    assert_int_equal(blocked, 0);
    assert_int_equal(sum, rounds);
    assert_int_equal(gilt_list_size(shared), rounds);
    assert_true(gilt_gc_collect(2) >= 0);
    assert_null(gilt_gc_verify());
    gilt_decref(shared), gilt_decref(lock);
}

/* Each waits for its turn. */
static void take_turns(void *number) {
    targets_join();
    for (int i = 0; i < ROUNDS / 5; i++) {
        gilt_lock_acquire(lock);
        while (turn % THREADS != (intptr_t)number) gilt_condition_wait(changed);
        turn++;
        gilt_condition_notify(changed, THREADS);
        gilt_lock_release(lock);
    }
    targets_leave();
}

TEST(no_notify_is_lost) {
    lock = gilt_lock_new();
    changed = gilt_condition_new(lock);
    turn = 0;
    run_all(take_turns);
    assert_int_equal(turn, ROUNDS / 5 * THREADS);
    gilt_decref(changed), gilt_decref(lock);
}

static void live_shortly(void *list) { gilt_list_append(list, gilt_none()); }

TEST(threads_begin_and_end) {
    shared = gilt_list_new(NULL, 0);
    for (int i = 0; i < 100; i++)
        assert_true(gilt_thread_join(started(live_shortly, shared)));
    assert_int_equal(gilt_list_size(shared), 100);
    gilt_decref(shared);
}

/* ---- Calls of the system ---- */

TEST(children_are_forked) {
    for (int i = 0; i < 10; i++) {
        int status = -1;
        pid_t child = fork();
        if (!child) {
            alarm(60);
            GiltObject *list = gilt_list_new(NULL, 0);
            bool well = list && gilt_list_append(list, list) && gilt_gc_collect(2) == 0;
            _exit(well && !gilt_gc_verify() ? 0 : 1);
        }
        assert_true(child > 0);
        while (waitpid(child, &status, 0) < 0) assert_int_equal(errno, EINTR);
        assert_int_equal(status, 0);
    }
}

typedef struct Pipe {
    char folder[64], path[80], setting[96];
    int file;
    Target *writer;
    char *text;
    size_t size;
} Pipe;

static void pipe_make(Pipe *p) {
    *p = (Pipe){.folder = "/tmp/gilt-signal-XXXXXX", .writer = target};
    assert_non_null(mkdtemp(p->folder));
    snprintf(p->path, sizeof p->path, "%s/pipe", p->folder);
    snprintf(p->setting, sizeof p->setting, "trace=%s", p->path);
    assert_int_equal(mkfifo(p->path, 0600), 0);
}

/* Opens it when the writer has been hit while there was no reader, and begins to read when
 * the writer has been hit while the pipe was full. */
static void *read_all(void *argument) {
    Pipe *p = argument;
    char part[4096];
    ssize_t count = 0;
    FILE *text = open_memstream(&p->text, &p->size);
    wait_for_hits(p->writer);
    while ((p->file = open(p->path, O_RDONLY)) < 0) assert_int_equal(errno, EINTR);
    for (int filled = 0; filled < 60000; sched_yield()) ioctl(p->file, FIONREAD, &filled);
    wait_for_hits(p->writer);
    do {
        if (count > 0) fwrite(part, 1, (size_t)count, text);
        count = read(p->file, part, sizeof part);
    } while (count > 0 || (count < 0 && errno == EINTR));
    fclose(text);
    close(p->file);
    return NULL;
}

static void check_trace(const Pipe *p, int collections) {
    size_t lines = 0;
    assert_true(p->size > 70000);
    assert_memory_equal(p->text, "[\n{\"name\":\"process_name\"", 24);
    assert_memory_equal(p->text + p->size - 4, "}\n]\n", 4);
    for (char *at = p->text; (at = strstr(at, "\n{\"name\":\"to stop\"")); at++) lines++;
    assert_true(lines >= (size_t)collections);
}

/* A trace in a pipe that nobody opens, and then nobody reads, for a while. */
TEST(the_trace_is_whole) {
    enum { COLLECTIONS = 300 };
    Pipe p;
    pthread_t reader;
    const char *setting = p.setting;
    pipe_make(&p);
    gilt_finish();
    assert_int_equal(pthread_create(&reader, NULL, read_all, &p), 0);
    assert_null(gilt_start(&setting, 1));
    for (int i = 0; i < COLLECTIONS; i++) {
        assert_true(signals_come()); /* or the reader waits for ever */
        assert_int_equal(gilt_gc_collect(i % 3), 0);
    }
    gilt_finish();
    pthread_join(reader, NULL);
    check_trace(&p, COLLECTIONS);
    free(p.text);
    unlink(p.path);
    rmdir(p.folder);
    assert_null(gilt_start(NULL, 0));
}

#define storm_test(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        storm_test(acquire_waits_until_the_lock_is_released),
        storm_test(a_condition_waits_until_it_is_notified),
        storm_test(join_waits_until_the_thread_has_ended),
        storm_test(who_attaches_waits_while_the_world_is_stopped),
        storm_test(who_attaches_waits_for_the_gil),
        storm_test(who_stops_the_world_waits_until_all_have_stopped),
        storm_test(who_frees_waits_for_readers),
        storm_test(what_threads_do_adds_up),
        storm_test(no_notify_is_lost),
        storm_test(threads_begin_and_end),
        storm_test(children_are_forked),
        storm_test(the_trace_is_whole),
    };
    alarm(300);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
