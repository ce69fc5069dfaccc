/* fork_left_test.c: what becomes, in the child of a fork, of the threads that are not
 * there: of their handles, locks, queues, exceptions and objects. */
#include "tests/threads/forking.h"

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
    for (int i = 0; i < 3; i++)
        expect((threads[i] = gilt_thread_start(check_no_error, NULL)));
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

/* A thread is left behind in a finaliser of a collection; who takes its place can collect.
 */
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

static GiltObject *door, *changed; /* changed belongs to door */

static void wait_for_change(void *unused) {
    (void)unused;
    gilt_lock_acquire(door);
    atomic_fetch_add(&here, 1);
    gilt_condition_wait(changed);
    gilt_lock_release(door);
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
    start_crowd(threads,
                (void (*[])(void *)){wait_for_lock, wait_for_lock, wait_for_change}, 3);
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
    for (int i = 0; i < 3; i++)
        expect((threads[i] = gilt_thread_start(take_and_give, NULL)));
    wait_until_here(3);
    for (int i = 0; i < 20; i++) pause_briefly();
    gilt_lock_release(lock);
    for (int i = 0; i < 3; i++) expect(gilt_thread_join(threads[i]));
}

TEST(new_waiters_are_woken) {
    NOT_UNDER_TSAN;
    GiltThread *threads[4];
    void (*const parts[])(void *) = {wait_for_lock, wait_for_lock, wait_for_lock,
                                     wait_for_lock};
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
    unsigned lock = __atomic_load_n((uint8_t *)&o->refs.lock, __ATOMIC_SEQ_CST);
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

int main(void) {
    const struct CMUnitTest tests[] = {
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
    return cmocka_run_group_tests_name("fork: left behind", tests, NULL, NULL);
}
