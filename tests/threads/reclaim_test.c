/* reclaim_test.c: what waits for readers is bounded, and waiting for them ends. */
#include "core/object/object.h"
#include "core/threads/thread.h"
#include "tests/sanitized.h"
#include "tests/testing.h"

#ifdef SANITIZED
enum { REPLACED = 300 };
#else
enum { REPLACED = 3000 };
#endif
#ifdef THREADS_WATCHED
enum { MOST = 400 }; /* MiB: there are shadows of all */
#else
enum { MOST = 40 };
#endif

static _Atomic bool ended, begun;

static void start_with(const char *const *settings, size_t count) {
    const char *wrong = gilt_start(settings, count);
    if (wrong) fail_msg("%s", wrong);
    atomic_store(&ended, false);
    atomic_store(&begun, false);
}

static long resident_mib(void) {
    long pages = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%ld %ld", &pages, &resident), 2);
    fclose(file);
    return resident * 4 / 1024;
}

/* Replaces the array of a list, and retires one of about `bytes`, at each call. */
static void replace_array(GiltObject *list, size_t bytes) {
    GiltObject *none = gilt_none();
    for (size_t i = 0; i < bytes / 16; i++) assert_true(gilt_list_append(list, none));
    gilt_list_clear(list);
    gilt_safepoint();
}

static void pass_safepoints(void *unused) {
    (void)unused;
    while (!atomic_load(&ended)) gilt_safepoint();
}

/* With retire=0 each array waits for a grace period: no poke may be lost. */
static void waiting_for_readers_ends(void **state) {
    (void)state;
    start_with((const char *[]){"retire=0"}, 1);
    GiltThread *reader = gilt_thread_start(pass_safepoints, NULL);
    GiltThread *other = gilt_thread_start(pass_safepoints, NULL);
    GiltObject *list = gilt_list_new(NULL, 0);
    for (int i = 0; i < REPLACED; i++) replace_array(list, 64);
    gilt_decref(list);
    atomic_store(&ended, true);
    assert_true(gilt_thread_join(reader) && gilt_thread_join(other));
    gilt_finish();
}

/* Attached, but at no safepoint for 0.3 seconds. */
static void be_deaf(void *unused) {
    (void)unused;
    struct timespec from, now;
    clock_gettime(CLOCK_MONOTONIC, &from);
    atomic_store(&begun, true);
    do clock_gettime(CLOCK_MONOTONIC, &now);
    while ((now.tv_sec - from.tv_sec) * 1000 + (now.tv_nsec - from.tv_nsec) / 1000000 <
           300);
    atomic_store(&ended, true);
}

static void little_waits_while_a_thread_is_deaf(void **state) {
    (void)state;
    start_with((const char *[]){"retire=1000000"}, 1);
    GiltThread *deaf = gilt_thread_start(be_deaf, NULL);
    while (!atomic_load(&begun)) gilt_safepoint();
    GiltObject *list = gilt_list_new(NULL, 0);
    long before = resident_mib();
    for (int i = 0; i < REPLACED * 4; i++) replace_array(list, 100000); /* 120 MiB */
    assert_true(resident_mib() - before < MOST);
    gilt_decref(list);
    assert_true(gilt_thread_join(deaf));
    gilt_finish();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waiting_for_readers_ends),
        cmocka_unit_test(little_waits_while_a_thread_is_deaf)};
    return cmocka_run_group_tests_name("reclaim", tests, NULL, NULL);
}
