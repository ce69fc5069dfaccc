/* trace_test.c: the timeline of -X trace=FILE is JSON, and tells what has happened. */
#include "core/threads/stop.h"
#include "tests/gc/trace_read.h"
#include "tests/types/kept.h"
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/gilt-trace-XXXXXX";
static char path[200];

static int folder_begin(void **state) {
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int folder_end(void **state) {
    (void)state;
    return rmdir(folder); /* fails if a test has left a file */
}

static void start_with(const char *setting) {
    const char *wrong = gilt_start(&setting, setting != NULL);
    if (wrong) fail_msg("gilt_start: %s", wrong);
}

static void start(const char *name) {
    char setting[300];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    snprintf(setting, sizeof setting, "trace=%s", path);
    start_with(setting);
}

/* Ends the run, and reads its trace. */
static Trace *finish(void) {
    gilt_finish();
    Trace *trace = trace_read(path, "");
    assert_int_equal(unlink(path), 0);
    return trace;
}

static void make_rings(int count) {
    for (int i = 0; i < count; i++) {
        GiltObject *list = gilt_list_new(NULL, 0);
        gilt_list_append(list, list);
        gilt_decref(list);
    }
}

/* ---- What a trace must be ---- */

/* Each slice is inside those of its thread that it meets, or apart from them. */
static void check_nesting(const Trace *trace) {
    for (size_t i = 0; i < trace->count; i++)
        for (size_t j = 0; j < i; j++) {
            const Event *a = &trace->events[i], *b = &trace->events[j];
            if (*a->kind != 'X' || *b->kind != 'X' || a->thread != b->thread) continue;
            if (!is_in(a, b) && !is_in(b, a) && !is_apart(a, b))
                fail_msg("%s at %.3f and %s at %.3f cross", a->name, a->at, b->name, b->at);
        }
}

/* All slices but the steps of a collection are stops. */
static bool is_stop(const Event *e) {
    static const char *const steps[] = {"to stop", "merge",    "search",
                                        "settle",  "finalise", "sweep"};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (!strcmp(e->name, steps[i])) return false;
    return *e->kind == 'X';
}

/* While one thread has the world stopped, no other has. */
static void check_one_stop_at_a_time(const Trace *trace) {
    for (size_t i = 0; i < trace->count; i++)
        for (size_t j = 0; j < i; j++) {
            const Event *a = &trace->events[i], *b = &trace->events[j];
            if (is_stop(a) && is_stop(b)) assert_true(is_apart(a, b));
        }
}

static void check_threads_have_names(const Trace *trace) {
    for (size_t i = 0; i < trace->count; i++) {
        const Event *e = &trace->events[i];
        bool named = *e->kind == 'M';
        for (size_t j = 0; j < i; j++)
            named |= !strcmp(trace->events[j].name, "thread_name") &&
                     trace->events[j].thread == e->thread;
        assert_true(named);
        assert_true(e->at >= 0 && e->duration >= 0);
    }
}

static void check(const Trace *trace) {
    check_nesting(trace);
    check_one_stop_at_a_time(trace);
    check_threads_have_names(trace);
}

/* The next event with this name, and of this thread, after one (NULL: the first). */
static const Event *expect(const Trace *trace, const Event *after, const char *name,
                           int thread) {
    const Event *e = after ? after + 1 : trace->events;
    for (; e < trace->events + trace->count; e++)
        if (!strcmp(e->name, name) && e->thread == thread) return e;
    fail_msg("there is no %s of thread %d there", name, thread);
    return NULL;
}

/* A collection's first stop, with all that is in it. Returns its last event. */
static const Event *expect_search(const Trace *trace, const Event *after, const char *name,
                                  int thread) {
    const Event *wait = expect(trace, after, "to stop", thread);
    const Event *stop = expect(trace, wait, name, thread);
    const Event *merge = expect(trace, stop, "merge", thread);
    const Event *search = expect(trace, merge, "search", thread);
    const Event *settle = expect(trace, search, "settle", thread);
    assert_string_equal(wait->why, name);
    assert_true(is_apart(wait, stop) && wait->at <= stop->at);
    assert_true(is_in(merge, stop) && is_in(search, stop) && is_in(settle, stop));
    assert_true(merge->at <= search->at && search->at <= settle->at);
    assert_int_equal(search->candidates, search->reached + search->garbage);
    assert_true(search->threads >= 1);
    return settle;
}

/* ---- Collections ---- */

static void a_collection_is_a_stop_with_its_steps_inside(void **state) {
    NOT_UNDER_STRESS("it counts collections");
    (void)state;
    static const char *const names[] = {"gc young", "gc middle", "gc full"};
    start("steps");
    gilt_gc_disable();
    gilt_gc_collect(2);
    uint64_t before = stop_count();
    for (int i = 0; i < 3; i++) {
        make_rings(10 + i);
        assert_int_equal(gilt_gc_collect(i), 10 + i);
    }
    assert_int_equal(stop_count() - before, 3);
    Trace *trace = finish();
    check(trace);
    const Event *e = expect(trace, NULL, "sweep", 1);
    for (int i = 0; i < 3; i++) {
        e = expect_search(trace, e, names[i], 1);
        assert_string_equal(e[-1].why, "request");
        assert_int_equal(e[-1].garbage, 10 + i);
        const Event *sweep = expect(trace, e, "sweep", 1);
        assert_true(sweep->at >= e->at + e->duration);
        assert_int_equal(sweep->collected, 10 + i);
        e = sweep;
    }
    trace_free(trace);
}

static GiltObject *finalizer(void *unused, GiltObject *const *arguments, size_t count) {
    (void)unused, (void)arguments, (void)count;
    gilt_memory(); /* stops the world itself */
    return gilt_none();
}

static void finalisers_run_between_two_stops(void **state) {
    (void)state;
    start("finalisers");
    GiltObject *class = gilt_class_new("Finalized", NULL, NULL);
    set(class, "__del__", gilt_function_new("__del__", finalizer, NULL));
    gilt_gc_disable();
    gilt_gc_collect(2);
    for (int i = 0; i < 5; i++) {
        GiltObject *o = make(class);
        set(o, "self", gilt_incref(o));
        gilt_decref(o);
    }
    assert_int_equal(gilt_gc_collect(0), 5);
    gilt_decref(class);
    Trace *trace = finish();
    check(trace);
    const Event *first = expect(trace, NULL, "sweep", 1);
    const Event *found = expect_search(trace, first, "gc young", 1);
    const Event *memory = expect(trace, found, "memory", 1);
    const Event *finalise = expect(trace, found, "finalise", 1);
    const Event *again = expect(trace, finalise, "gc young", 1);
    const Event *settle = expect(trace, again, "settle", 1);
    const Event *sweep = expect(trace, settle, "sweep", 1);
    assert_int_equal(finalise->finalized, 5);
    assert_true(is_in(memory, finalise));
    assert_true(finalise->at >= found->at && is_apart(finalise, again));
    assert_true(is_in(settle, again) && sweep->at >= settle->at);
    assert_int_equal(sweep->collected, 5);
    trace_free(trace);
}

static void other_stops_say_why(void **state) {
    (void)state;
    size_t three[3];
    start("why");
    gilt_gc_counts(three);
    gilt_gc_thresholds(three);
    gilt_gc_set_thresholds(three);
    gilt_memory();
    Trace *trace = finish();
    check(trace);
    const Event *e = expect(trace, NULL, "gc counts", 1);
    e = expect(trace, e, "gc thresholds", 1);
    e = expect(trace, e, "memory", 1);
    for (e++; e < trace->events + trace->count; e++) assert_false(is_stop(e));
    trace_free(trace);
}

/* ---- Threads ---- */

static _Atomic int missing;

/* Two threads, at the same time: otherwise the second would adopt the first one's number.
 */
static void collect_often(void *unused) {
    (void)unused;
    atomic_fetch_sub(&missing, 1);
    while (atomic_load(&missing)) gilt_safepoint();
    for (int i = 0; i < 30; i++) {
        make_rings(50);
        gilt_gc_collect(i % 3);
        gilt_safepoint();
    }
}

static size_t count_of(const Trace *trace, const char *name) {
    size_t count = 0;
    for (size_t i = 0; i < trace->count; i++) count += !strcmp(trace->events[i].name, name);
    return count;
}

/* Each begins where the one before has ended. */
static void check_handovers(const Trace *trace, size_t expected) {
    int holder = 1;
    assert_int_equal(count_of(trace, "hand-over"), expected);
    for (size_t i = 0; i < trace->count; i++) {
        const Event *e = &trace->events[i];
        if (strcmp(e->name, "hand-over")) continue;
        assert_int_equal(*e->kind, 'i');
        assert_int_equal(e->from, holder);
        assert_int_equal(e->to, e->thread);
        assert_int_not_equal(e->from, e->to);
        holder = e->to;
    }
}

static void trace_two_threads(const char *policy) {
    setenv("GILT_X", policy, 1);
    start("threads");
    unsetenv("GILT_X");
    gilt_gc_disable();
    uint64_t switches = gilt_switches(), stops = stop_count();
    GiltThread *threads[2];
    atomic_store(&missing, 2);
    for (int i = 0; i < 2; i++)
        assert_non_null(threads[i] = gilt_thread_start(collect_often, NULL));
    for (int i = 0; i < 2; i++) assert_true(gilt_thread_join(threads[i]));
    switches = gilt_switches() - switches;
    stops = stop_count() - stops;
    Trace *trace = finish();
    check(trace);
    check_handovers(trace, switches);
    assert_true(!strcmp(gilt_mode(), "gil") ? switches >= 4 : !switches);
    assert_int_equal(count_of(trace, "to stop"), stops);
    for (int thread = 2; thread <= 3; thread++) {
        const Event *e = NULL;
        for (int i = 0; i < 10; i++) {
            e = expect_search(trace, e, "gc young", thread);
            e = expect_search(trace, e, "gc middle", thread);
            e = expect_search(trace, e, "gc full", thread);
        }
    }
    trace_free(trace);
}

static void two_threads_and_their_handovers_are_told(void **state) {
    (void)state;
    trace_two_threads("interval=0.0001");
}

static void handovers_by_ticks_are_told(void **state) {
    (void)state;
    trace_two_threads("gil=ticks");
}

/* ---- Files ---- */

static void a_trace_without_an_end_lacks_only_the_bracket(void **state) {
    (void)state;
    start("unfinished");
    for (int i = 0; i < 1000; i++) gilt_memory();
    Trace *trace = trace_read(path, "\n]\n");
    assert_true(count_of(trace, "memory") > 100);
    check_threads_have_names(trace);
    trace_free(trace);
    trace = finish();
    assert_int_equal(count_of(trace, "memory"), 1000);
    trace_free(trace);
}

static void what_is_old_is_written_before_the_buffer_is_full(void **state) {
    (void)state;
    start("old");
    gilt_memory();
    usleep(1100000);
    gilt_memory();
    Trace *trace = trace_read(path, "\n]\n");
    assert_true(count_of(trace, "memory") >= 1);
    trace_free(trace);
    trace_free(finish());
}

static void refuses(const char *setting, const char *part) {
    const char *wrong = gilt_start(&setting, 1);
    if (!wrong) fail_msg("%s was accepted", setting);
    if (!strstr(wrong, part)) fail_msg("'%s' does not say '%s'", wrong, part);
    assert_null(strchr(wrong, '\n'));
}

static void a_file_that_cannot_be_written_is_an_error_of_start(void **state) {
    (void)state;
    refuses("trace=/tmp", "\"/tmp\": Is a directory");
    refuses("trace=/no/such/folder/x", "No such file or directory");
    refuses("trace=/dev/full", "No space left on device");
    refuses("trace=/no/\"odd\\\n\x01\xC3\xA4", "\"/no/\\\"odd\\\\\\u000a\\u0001\xC3\xA4\"");
    refuses("trace=", "path");
    char setting[5000] = "trace=/tmp/";
    memset(setting + strlen(setting), 'x', 4500);
    refuses(setting, "path");
    setting[2000] = 0;
    refuses(setting, "File name too long");
    start_with(NULL);
    gilt_finish();
}

static void the_path_may_have_any_characters(void **state) {
    (void)state;
    start("a b,c\"d\\e\n\xC3\xA4");
    gilt_memory();
    Trace *trace = finish(); /* reads the file of this very name */
    assert_int_equal(count_of(trace, "memory"), 1);
    trace_free(trace);
}

static void the_next_run_has_no_trace(void **state) {
    (void)state;
    start("once");
    trace_free(finish());
    start_with(NULL);
    gilt_memory();
    gilt_finish();
    assert_int_equal(access(path, F_OK), -1);
}

static void a_forked_child_leaves_the_trace_to_its_parent(void **state) {
    (void)state;
    start("fork");
    gilt_memory();
    pid_t child = fork();
    if (!child) {
        for (int i = 0; i < 1000; i++) gilt_gc_collect(0);
        gilt_finish();
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    gilt_memory();
    Trace *trace = finish();
    assert_int_equal(count_of(trace, "memory"), 2);
    assert_int_equal(count_of(trace, "gc young"), 0);
    trace_free(trace);
}

static void a_full_disk_ends_the_trace_and_not_the_program(void **state) {
    (void)state;
    struct rlimit before, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = (struct rlimit){100000, before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    start("full");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    for (int i = 0; i < 2000; i++) gilt_memory();
    assert_int_equal(gilt_gc_collect(2), 0);
    gilt_finish();
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(unlink(path), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_collection_is_a_stop_with_its_steps_inside),
        cmocka_unit_test(finalisers_run_between_two_stops),
        cmocka_unit_test(other_stops_say_why),
        cmocka_unit_test(two_threads_and_their_handovers_are_told),
        cmocka_unit_test(handovers_by_ticks_are_told),
        cmocka_unit_test(a_trace_without_an_end_lacks_only_the_bracket),
        cmocka_unit_test(what_is_old_is_written_before_the_buffer_is_full),
        cmocka_unit_test(a_file_that_cannot_be_written_is_an_error_of_start),
        cmocka_unit_test(the_path_may_have_any_characters),
        cmocka_unit_test(the_next_run_has_no_trace),
        cmocka_unit_test(a_forked_child_leaves_the_trace_to_its_parent),
        cmocka_unit_test(a_full_disk_ends_the_trace_and_not_the_program)};
    return cmocka_run_group_tests_name("trace", tests, folder_begin, folder_end);
}
