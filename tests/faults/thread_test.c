/* thread_test.c: threads that the system does not give. */
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

/* An attached thread cannot attach again, and says so. */
TEST(attaching_twice_is_refused) {
    assert_string_equal(gilt_thread_attach(), "this thread is attached already");
    assert_null(gilt_error());
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thread_that_cannot_start_is_a_runtime_error),
        cmocka_unit_test(threads_go_on_when_there_are_no_more),
        test(attaching_twice_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
