/* fork_test.c: the child of a fork has a runtime that works, whatever the other threads of
 * the parent were doing.
 *
 * Children must not jump out of a test, so they use expect(), which ends them. A child that
 * hangs is ended by its alarm, and the test fails then, too. */
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
#define NOT_UNDER_TSAN skip()
#else
#define NOT_UNDER_TSAN (void)0
#endif

enum { CROWD = 8, FORKS = 12, PATIENCE = 60 };

#define expect(right)                                                                      \
    do {                                                                                   \
        if (right) break;                                                                  \
        fprintf(stderr, "in the child, line %d: not %s\n", __LINE__, #right);              \
        gilt_error_print();                                                                \
        _exit(1);                                                                          \
    } while (0)

static int wait_for(pid_t child) {
    int status = -1;
    waitpid(child, &status, 0);
    return status;
}

/* What the last child ended with. */
static int fork_and(void (*run)(void)) {
    pid_t child = fork();
    if (!child) {
        alarm(PATIENCE);
        run();
        _exit(0);
    }
    gilt_blocking_begin();
    int status = child < 0 ? -1 : wait_for(child);
    gilt_blocking_end();
    return status;
}

/* ---- What a child must be able to do ---- */

static GiltObject *list, *dict, *node, *next;
static _Atomic int ended;

static GiltObject *ring(void) {
    GiltObject *a = gilt_instance_new(node), *b = gilt_instance_new(node);
    gilt_set_attr(a, next, b);
    gilt_set_attr(b, next, a);
    gilt_decref(b);
    return a;
}

/* Each append makes the list's array be replaced and retired at times. */
static void work(void *unused) {
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

static void start_and_join(int count) {
    GiltThread *threads[CROWD];
    atomic_store(&ended, 0);
    for (int i = 0; i < count; i++) expect((threads[i] = gilt_thread_start(work, NULL)));
    for (int i = 0; i < count; i++) expect(gilt_thread_join(threads[i]));
    expect(atomic_load(&ended) == count);
}

static void use_everything(void) {
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

static void finish(void) {
    gilt_finish();
    expect(arena_pages() == 0);
}

static void live_and_finish(void) {
    use_everything();
    finish();
}

static void live_again(void) {
    live_and_finish();
    expect(!gilt_start(NULL, 0));
    finish();
}

/* ---- Set-up ---- */

static int begin_with(const char *const *settings, size_t count) {
    const char *wrong = gilt_start(settings, count);
    if (wrong) fail_msg("%s", wrong);
    list = gilt_list_new(NULL, 0);
    dict = gilt_dict_new();
    node = gilt_class_new("Node", NULL, NULL);
    next = gilt_intern("next");
    return 0;
}

static int begin(void **state) {
    (void)state;
    return begin_with(NULL, 0);
}

/* Threads wait for grace periods all the time. */
static int begin_waiting(void **state) {
    (void)state;
    return begin_with((const char *[]){"retire=2000"}, 1);
}

static int begin_with_helpers(void **state) {
    (void)state;
    return begin_with((const char *[]){"gc_threads=2"}, 1);
}

static int end(void **state) {
    (void)state;
    gilt_decref(list);
    gilt_decref(dict);
    gilt_finish();
    return arena_pages() ? -1 : 0;
}

/* ---- One thread ---- */

TEST(a_child_of_one_thread_goes_on) {
    for (int i = 0; i < 3; i++) assert_int_equal(fork_and(live_and_finish), 0);
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

/* ---- Other threads, that do all sorts of things ---- */

static _Atomic bool over;
static _Atomic int here;
static GiltObject *lock, *door, *changed; /* changed belongs to door */
static int ends[2];

static void churn(void *unused) {
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

static void collect(void *unused) {
    (void)unused;
    atomic_fetch_add(&here, 1);
    while (!atomic_load(&over)) {
        gilt_decref(ring());
        gilt_gc_collect(2);
        gilt_safepoint();
    }
}

static void read_pipe(void *unused) {
    char letter;
    (void)unused;
    atomic_fetch_add(&here, 1);
    gilt_blocking_begin();
    while (read(ends[0], &letter, 1) == 1) continue;
    gilt_blocking_end();
}

static void wait_for_lock(void *unused) {
    (void)unused;
    atomic_fetch_add(&here, 1);
    gilt_lock_acquire(lock);
    gilt_lock_release(lock);
}

static void wait_for_change(void *unused) {
    (void)unused;
    gilt_lock_acquire(door);
    atomic_fetch_add(&here, 1);
    gilt_condition_wait(changed);
    gilt_lock_release(door);
}

static void start_threads(void *unused) {
    (void)unused;
    atomic_fetch_add(&here, 1);
    while (!atomic_load(&over)) {
        GiltThread *thread = gilt_thread_start(work, NULL);
        if (!thread || !gilt_thread_join(thread)) return;
        gilt_list_clear(list);
        gilt_dict_clear(dict);
    }
}

static void pause_briefly(void) {
    gilt_blocking_begin();
    usleep(100);
    gilt_blocking_end();
}

static void wait_until_here(int count) {
    while (atomic_load(&here) < count) pause_briefly();
}

static void start_crowd(GiltThread **threads, void (*const *parts)(void *), int count) {
    atomic_store(&over, false);
    atomic_store(&here, 0);
    assert_int_equal(pipe(ends), 0);
    lock = gilt_lock_new();
    gilt_lock_acquire(lock);
    for (int i = 0; i < count; i++)
        assert_non_null(threads[i] = gilt_thread_start(parts[i], NULL));
    wait_until_here(count);
}

static void stop_crowd(GiltThread **threads, int count) {
    atomic_store(&over, true);
    gilt_lock_release(lock);
    close(ends[1]);
    for (int i = 0; i < count; i++) assert_true(gilt_thread_join(threads[i]));
    close(ends[0]);
    gilt_decref(lock);
}

/* The main thread forks among a crowd that plays these parts. */
static void fork_among(void (*const *parts)(void *), int count, void (*run)(void)) {
    GiltThread *threads[CROWD];
    int failed = 0;
    start_crowd(threads, parts, count);
    for (int i = 0; i < FORKS; i++) failed += fork_and(run) != 0;
    stop_crowd(threads, count);
    assert_int_equal(failed, 0);
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
    void (*const parts[])(void *) = {start_threads, start_threads, start_threads};
    fork_among(parts, 3, live_and_finish);
}

TEST(children_of_a_crowd_can_fork_among_a_crowd) {
    NOT_UNDER_TSAN;
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

/* The child is the thread: it returns from its function, and the process ends. */
static void fork_and_return(void *unused) {
    (void)unused;
    pid_t child = fork();
    if (!child) {
        alarm(PATIENCE);
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
    for (int i = 0; i < 5; i++)
        if (fork_and(use_everything)) atomic_store(&status_of_child, 1);
}

TEST(several_threads_fork_at_once) {
    NOT_UNDER_TSAN;
    GiltThread *threads[4];
    atomic_store(&status_of_child, 0);
    start_crowd(threads, (void (*[])(void *)){fork_often, fork_often, churn, fork_often}, 4);
    for (int i = 0; i < 4; i++)
        if (i != 2) assert_true(gilt_thread_join(threads[i]));
    stop_crowd(&threads[2], 1);
    assert_int_equal(atomic_load(&status_of_child), 0);
}

/* ---- What the others leave behind ---- */

static GiltThread *left[CROWD];

/* They are not there, so nobody waits for them; new ones take their places. */
static void join_those_left(void) {
    for (int i = 0; i < 3; i++) expect(gilt_thread_join(left[i]));
    use_everything();
}

TEST(threads_left_behind_can_be_joined_at_once) {
    NOT_UNDER_TSAN;
    start_crowd(left, (void (*[])(void *)){churn, read_pipe, wait_for_lock}, 3);
    int status = fork_and(join_those_left);
    stop_crowd(left, 3);
    assert_int_equal(status, 0);
}

static void wait_quietly(void *unused) {
    (void)unused;
    GiltObject *one = ring();
    gilt_list_append(list, one);
    gilt_decref(one);
    gilt_raise(GILT_VALUE_ERROR, "of a thread that was left behind");
    read_pipe(NULL);
    gilt_error_clear();
}

static void check_no_error(void *unused) {
    (void)unused;
    if (!gilt_error()) atomic_fetch_add(&ended, 1);
}

static void inherit_no_error(void) {
    GiltThread *threads[3];
    atomic_store(&ended, 0);
    for (int i = 0; i < 3; i++) expect((threads[i] = gilt_thread_start(check_no_error, NULL)));
    for (int i = 0; i < 3; i++) expect(gilt_thread_join(threads[i]));
    expect(atomic_load(&ended) == 3);
}

TEST(an_exception_of_a_thread_left_behind_is_nobodys) {
    NOT_UNDER_TSAN;
    GiltThread *threads[2];
    start_crowd(threads, (void (*[])(void *)){wait_quietly, wait_quietly}, 2);
    int status = fork_and(inherit_no_error);
    stop_crowd(threads, 2);
    assert_int_equal(status, 0);
}

/* A thread is left behind in a finaliser of a collection; who takes its place can collect. */
static GiltObject *block(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    if (!atomic_load(&here)) read_pipe(NULL);
    return gilt_none();
}

static void collect_one(void *unused) {
    (void)unused;
    gilt_decref(ring());
    gilt_gc_collect(2);
}

static void collect_own(void *unused) {
    (void)unused;
    gilt_decref(ring());
    atomic_store(&ended, gilt_gc_collect(2) >= 2);
}

static void collect_in_a_thread(void) {
    GiltThread *thread = gilt_thread_start(collect_own, NULL);
    expect(thread && gilt_thread_join(thread));
    expect(atomic_load(&ended));
}

static void finalize_with(GiltNative *native) {
    GiltObject *function = gilt_function_new("__del__", native, NULL);
    gilt_set_attr(node, gilt_intern("__del__"), function);
    gilt_decref(function);
}

TEST(who_takes_the_place_of_a_thread_that_collected_can_collect) {
    NOT_UNDER_TSAN;
    GiltThread *thread;
    finalize_with(block);
    start_crowd(&thread, (void (*[])(void *)){collect_one}, 1);
    int status = fork_and(collect_in_a_thread);
    stop_crowd(&thread, 1);
    assert_int_equal(status, 0);
}

/* A drop that has gone to the owner's queue, and the owner has not merged it. */
static GiltObject *weak, *theirs;

static void be_busy(void *unused) {
    (void)unused;
    theirs = gilt_instance_new(node);
    atomic_fetch_add(&here, 1);
    while (!atomic_load(&over)) usleep(100); /* attached: nobody merges for it */
    usleep(3000);
    for (atomic_store(&over, false); !atomic_load(&over);) gilt_safepoint();
}

static void find_it_dead(void) {
    gilt_safepoint();
    expect(!gilt_weakref_get(weak));
}

TEST(what_waits_in_the_queues_of_others_dies_in_the_child) {
    NOT_UNDER_STRESS("who is busy cannot be stopped");
    if (strcmp(gilt_mode(), "nogil")) skip();
    GiltThread *thread;
    start_crowd(&thread, (void (*[])(void *)){be_busy}, 1);
    weak = gilt_weakref_new(theirs, NULL);
    gilt_decref(theirs);
    atomic_store(&over, true);
    int status = fork_and(find_it_dead);
    while (atomic_load(&over)) pause_briefly();
    stop_crowd(&thread, 1);
    gilt_decref(weak);
    assert_int_equal(status, 0);
}

/* Objects that threads left behind have made die when the child drops them. */
static _Atomic int finalized;

static GiltObject *finalize(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    atomic_fetch_add(&finalized, 1);
    return gilt_none();
}

static void drop_theirs(void) {
    expect(gilt_list_size(list) == 2);
    GiltObject *one = gilt_list_get(list, 0), *weak = gilt_weakref_new(one, NULL);
    gilt_decref(one);
    gilt_list_clear(list);
    gilt_gc_collect(2);
    expect(atomic_load(&finalized) == 4);
    expect(!gilt_weakref_get(weak));
    gilt_decref(weak);
}

TEST(what_threads_left_behind_have_made_dies_in_the_child) {
    GiltThread *threads[2];
    finalize_with(finalize);
    atomic_store(&finalized, 0);
    start_crowd(threads, (void (*[])(void *)){wait_quietly, wait_quietly}, 2);
    int status = fork_and(drop_theirs);
    stop_crowd(threads, 2);
    assert_int_equal(status, 0);
}

/* What a program's lock guards may be half done, so it stays as it is, as in Python. */
static void try_locks(void) {
    expect(!gilt_lock_try(lock));
    expect(gilt_lock_release(lock)); /* held by the thread that forked */
    expect(gilt_lock_acquire(lock) && gilt_lock_release(lock));
    expect(gilt_lock_acquire(door));
    expect(gilt_condition_notify(changed, 1)); /* nobody is there */
    expect(gilt_lock_release(door));
}

TEST(who_waited_for_a_lock_waits_no_more) {
    GiltThread *threads[3];
    door = gilt_lock_new();
    changed = gilt_condition_new(door);
    start_crowd(threads, (void (*[])(void *)){wait_for_lock, wait_for_lock, wait_for_change},
                3);
    gilt_lock_acquire(door); /* free: so the condition is waited for */
    gilt_lock_release(door);
    int status = fork_and(try_locks);
    gilt_lock_acquire(door);
    gilt_condition_notify(changed, 1);
    gilt_lock_release(door);
    stop_crowd(threads, 3);
    gilt_decref(changed);
    gilt_decref(door);
    assert_int_equal(status, 0);
}

/* Those that waited first are not there: they must not be woken in the place of others. */
static void take_and_give(void *unused) {
    (void)unused;
    atomic_fetch_add(&here, 1);
    gilt_lock_acquire(lock);
    gilt_lock_release(lock);
}

static void wait_anew(void) {
    GiltThread *threads[3];
    atomic_store(&here, 0);
    for (int i = 0; i < 3; i++) expect((threads[i] = gilt_thread_start(take_and_give, NULL)));
    wait_until_here(3);
    for (int i = 0; i < 20; i++) pause_briefly();
    gilt_lock_release(lock);
    for (int i = 0; i < 3; i++) expect(gilt_thread_join(threads[i]));
}

TEST(new_waiters_are_woken) {
    NOT_UNDER_TSAN;
    GiltThread *threads[4];
    void (*const parts[])(void *) = {wait_for_lock, wait_for_lock, wait_for_lock, wait_for_lock};
    start_crowd(threads, parts, 4);
    for (int i = 0; i < 20; i++) pause_briefly();
    int status = fork_and(wait_anew);
    stop_crowd(threads, 4);
    assert_int_equal(status, 0);
}

/* Where objects have locks: a thread that has taken the first of two waits for the second,
 * which the main thread holds, and is left behind with the first. Whose objects they are
 * decides how they are locked. */
static GiltObject *first, *second;
static _Atomic bool may_take;

static void make_two(void) {
    GiltObject *a = gilt_list_new(NULL, 0), *b = gilt_list_new(NULL, 0);
    first = a < b ? a : b;
    second = a < b ? b : a;
}

static void take_two(void *makes) {
    if (makes) make_two();
    atomic_fetch_add(&here, 1);
    while (!atomic_load(&may_take)) gilt_safepoint();
    lock_take_two(&first->refs, &second->refs);
    lock_drop_two(&first->refs, &second->refs);
    read_pipe(NULL);
}

static void lock_both(void) {
    object_unlock(second);
    object_lock(first);
    object_unlock(first);
    expect(gilt_list_append(first, second) && gilt_list_append(second, list));
    use_everything();
}

static bool is_waited_for(GiltObject *o) {
    unsigned lock = __atomic_load_n(&o->refs.lock, __ATOMIC_SEQ_CST);
    return lock & 1 ? lock & 2 : lock & 4; /* held by its byte: parked; or else: revoking */
}

static void leave_behind_with_a_lock(bool theirs) {
    GiltThread *thread;
    if (strcmp(gilt_mode(), "nogil")) skip();
    atomic_store(&here, 0);
    atomic_store(&may_take, false);
    assert_int_equal(pipe(ends), 0);
    if (!theirs) make_two();
    assert_non_null(thread = gilt_thread_start(take_two, theirs ? &here : NULL));
    wait_until_here(1);
    object_lock(second);
    atomic_store(&may_take, true);
    while (!is_waited_for(second)) usleep(100);
    int status = fork_and(lock_both);
    object_unlock(second);
    close(ends[1]);
    assert_true(gilt_thread_join(thread));
    close(ends[0]);
    gilt_decref(first);
    gilt_decref(second);
    assert_int_equal(status, 0);
}

TEST(a_lock_that_was_held_by_its_bias_is_free) {
    NOT_UNDER_TSAN;
    leave_behind_with_a_lock(true);
}

TEST(a_lock_that_was_held_by_its_byte_is_free) {
    NOT_UNDER_TSAN;
    leave_behind_with_a_lock(false);
}

#define fork_test(name) cmocka_unit_test_setup_teardown(name, begin, end)
#define waiting_test(name) cmocka_unit_test_setup_teardown(name, begin_waiting, end)
#define helpers_test(name) cmocka_unit_test_setup_teardown(name, begin_with_helpers, end)

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
        fork_test(threads_left_behind_can_be_joined_at_once),
        fork_test(an_exception_of_a_thread_left_behind_is_nobodys),
        fork_test(what_threads_left_behind_have_made_dies_in_the_child),
        fork_test(who_waited_for_a_lock_waits_no_more),
        fork_test(new_waiters_are_woken),
        fork_test(who_takes_the_place_of_a_thread_that_collected_can_collect),
        fork_test(what_waits_in_the_queues_of_others_dies_in_the_child),
        fork_test(a_lock_that_was_held_by_its_bias_is_free),
        fork_test(a_lock_that_was_held_by_its_byte_is_free),
    };
    alarm(300);
    return cmocka_run_group_tests_name("fork", tests, NULL, NULL);
}
