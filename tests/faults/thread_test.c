/* thread_test.c: threads that the system does not give: because there is no memory for
 * their stacks, or because the n-th pthread_create fails, for every n; to a program, or to
 * the collector. And what else of the system may be missing at the start. */
#define _GNU_SOURCE
#include "tests/faults/failing_calls.h"
#include "tests/faults/failing_malloc.h"
#include "tests/faults/limited.h"

#define MEGABYTE ((size_t)1 << 20)
#define THREADS 200

static _Atomic bool go_on;
static _Atomic int ran;

static void run_until_told(void *unused) {
    (void)unused;
    GiltObject *list = gilt_list_new(NULL, 0);
    if (!list) gilt_error_clear();
    gilt_blocking_begin();
    while (!go_on) usleep(1000);
    gilt_blocking_end();
    gilt_decref(list);
    ran++;
}

static void check_no_thread(void) {
    check(gilt_error_is(GILT_RUNTIME_ERROR));
    GiltObject *error = gilt_error_take(), *shown = gilt_str(error);
    char *text = gilt_str_utf8(shown, NULL);
    check(!strncmp(text, "can't start new thread: ", 24) && strlen(text) > 24);
    free(text);
    gilt_decref(shown);
    gilt_decref(error);
}

/* The stack of a thread takes more than there is. */
static void body_no_stack(void) {
    memory_limit(2 * MEGABYTE);
    for (int i = 0; i < 10; i++) {
        check(!gilt_thread_start(run_until_told, NULL));
        check_no_thread();
    }
    check_usable();
    memory_unlimit();
    go_on = true;
    GiltThread *thread = gilt_thread_start(run_until_told, NULL);
    check(thread && gilt_thread_join(thread));
    check(ran == 1);
}

/* Threads are started until there are no more: those that were run on. */
static void body_no_more(void) {
    GiltThread *threads[THREADS];
    int count = 0;
    memory_limit(100 * MEGABYTE);
    while (count < THREADS && (threads[count] = gilt_thread_start(run_until_told, NULL)))
        count++;
    check(count > 0 && count < THREADS);
    check_no_thread();
    check_usable();
    go_on = true;
    for (int i = 0; i < count; i++) check(gilt_thread_join(threads[i]));
    check(ran == count);
}

static void a_thread_that_cannot_start_is_a_runtime_error(void **state) {
    (void)state;
    in_child(body_no_stack);
}

static void threads_go_on_when_there_are_no_more(void **state) {
    (void)state;
    in_child(body_no_more);
}

/* ---- The n-th one ---- */

enum { STARTERS = 3, STARTED = 2, APPENDS = 50, ALL = STARTERS * (1 + STARTED) };

static GiltObject *appended;           /* by each thread, APPENDS items */
static _Atomic int asked, not_started; /* threads */

static GiltThread *start_or_note(void (*run)(void *)) {
    GiltThread *thread = gilt_thread_start(run, NULL);
    asked++;
    if (thread) return thread;
    check_no_thread();
    not_started++;
    return NULL;
}

static void append(void *unused) {
    (void)unused;
    for (int i = 0; i < APPENDS; i++) {
        GiltObject *number = gilt_int(1000 + i);
        check(gilt_list_append(appended, number));
        gilt_decref(number);
        gilt_safepoint();
    }
}

static void start_more(void *unused) {
    GiltThread *threads[STARTED];
    for (int i = 0; i < STARTED; i++) threads[i] = start_or_note(append);
    append(unused);
    for (int i = 0; i < STARTED; i++)
        if (threads[i]) check(gilt_thread_join(threads[i]));
}

static void start_all(void) {
    GiltThread *threads[STARTERS];
    asked = not_started = 0;
    for (int i = 0; i < STARTERS; i++) threads[i] = start_or_note(start_more);
    for (int i = 0; i < STARTERS; i++)
        if (threads[i]) check(gilt_thread_join(threads[i]));
}

/* Those who could run have done all their work. */
static void check_done(void) {
    assert_int_equal(gilt_list_size(appended), (asked - not_started) * APPENDS);
    gilt_list_clear(appended);
    assert_null(gilt_gc_verify());
    assert_int_equal(gilt_memory().blocks, testing_blocks + 1);
}

static void start_without_fault(void) {
    start_all();
    assert_int_equal(asked, ALL);
    assert_int_equal(not_started, 0);
    check_done();
}

static void every_thread_fails(bool go_on) {
    ONLY_IF_CALLS_CAN_FAIL;
    appended = gilt_list_new(NULL, 0);
    start_without_fault();
    for (uint64_t n = 1; n <= ALL + 1; n++) {
        calls_fail_at(CALL_THREAD, n, go_on);
        start_all();
        calls_succeed();
        assert_int_equal(not_started, calls_failed);
        assert_int_equal(not_started > 0, n <= ALL);
        assert_in_range(asked - not_started, n - 1, ALL);
        check_done();
        start_without_fault();
    }
    gilt_decref(appended);
}

TEST(any_thread_of_a_program_may_not_start) { every_thread_fails(false); }
TEST(all_threads_from_any_on_may_not_start) { every_thread_fails(true); }

TEST(a_thread_that_does_not_start_leaves_nothing) {
    ONLY_IF_CALLS_CAN_FAIL;
    if (!MALLOC_CAN_FAIL) skip(); /* the leak checker sees it */
    int64_t mallocs = mallocs_alive;
    calls_fail_at(CALL_THREAD, 1, true);
    for (int i = 0; i < 100; i++) assert_null(start_or_note(append));
    calls_succeed();
    assert_int_equal(mallocs_alive, mallocs);
}

/* ---- Helpers of the collector ----
 *
 * They stay until the process ends: hence one for each fault. */

enum { LIVING = 110000, GARBAGE = 500, HELPERS = 3 };

static GiltObject *ring(void) {
    GiltObject *list = gilt_list_new(NULL, 0);
    check(list && gilt_list_append(list, list));
    return list;
}

static void make_living(GiltObject *all) {
    for (int i = 0; i < LIVING; i++) {
        GiltObject *one = gilt_tuple_new(&all, 1),
                   *rest[10] = {one, one, one, one, one, one, one, one, one, one};
        GiltObject *ten = gilt_tuple_new(rest, 10);
        check(one && ten && gilt_list_append(all, ten));
        gilt_decref(one), gilt_decref(ten);
    }
}

static void collect_some(void) {
    for (int i = 0; i < GARBAGE; i++) gilt_decref(ring());
    check(gilt_gc_collect(2) == GARBAGE);
    check(!gilt_gc_verify());
}

static void collect_with(uint64_t n, bool go_on) {
    check(!gilt_start((const char *[]){"gc_threads=4"}, 1));
    gilt_gc_disable();
    GiltObject *all = gilt_list_new(NULL, 0);
    make_living(all);
    calls_fail_at(CALL_THREAD, n, go_on);
    collect_some();
    check(calls_failed == 1 && threads_created == n - 1);
    collect_some();
    check(threads_created == (go_on ? n - 1 : HELPERS));
    calls_succeed();
    collect_some();
    check(threads_created == HELPERS);
    check(gilt_list_size(all) == LIVING && gilt_refcount(all) == 1 + LIVING);
    gilt_list_clear(all);
    gilt_decref(all);
    gilt_finish();
}

static int collect_in_child(uint64_t n, bool go_on) {
    int status;
    fflush(NULL);
    pid_t child = fork();
    if (!child) {
        collect_with(n, go_on);
        _exit(0);
    }
    return waitpid(child, &status, 0) == child ? status : -1;
}

static void collections_do_without_helpers(void **state) {
    (void)state;
    ONLY_IF_CALLS_CAN_FAIL;
    for (uint64_t n = 1; n <= HELPERS; n++) {
        assert_int_equal(collect_in_child(n, false), 0);
        assert_int_equal(collect_in_child(n, true), 0);
    }
}

/* ---- What a mode needs of the system ---- */

static void a_gil_without_conditions_does_not_start(void **state) {
    (void)state;
    ONLY_IF_CALLS_CAN_FAIL;
    calls_fail_at(CALL_CONDITION, 1, true);
    const char *wrong = gilt_start(NULL, 0);
    calls_succeed();
    if (!wrong) gilt_finish();
    assert_int_equal(wrong != NULL, calls_failed > 0);
    if (wrong) assert_string_equal(wrong, "this system cannot run this mode");
    testing_begin(state);
    assert_int_equal(testing_end(state), 0);
}

/* Then objects have no bias to those who made them. */
static void threads_do_without_membarrier(void **state) {
    ONLY_IF_CALLS_CAN_FAIL;
    calls_fail_at(CALL_BARRIER, 1, true);
    assert_null(gilt_start(NULL, 0));
    calls_succeed(); /* liburcu may have it */
    testing_blocks = gilt_memory().blocks;
    if (!strcmp(gilt_mode(), "nogil")) assert_int_equal(calls_failed, 1);
    appended = gilt_list_new(NULL, 0);
    for (int i = 0; i < 20; i++) start_without_fault();
    gilt_decref(appended);
    assert_int_equal(testing_end(state), 0);
}

/* An attached thread cannot attach again, and says so. */
TEST(attaching_twice_is_refused) {
    assert_string_equal(gilt_thread_attach(), "this thread is attached already");
    assert_null(gilt_error());
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thread_that_cannot_start_is_a_runtime_error),
        cmocka_unit_test(threads_go_on_when_there_are_no_more),
        cmocka_unit_test(collections_do_without_helpers),
        test(any_thread_of_a_program_may_not_start),
        test(all_threads_from_any_on_may_not_start),
        test(a_thread_that_does_not_start_leaves_nothing),
        cmocka_unit_test(a_gil_without_conditions_does_not_start),
        cmocka_unit_test(threads_do_without_membarrier),
        test(attaching_twice_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
