/* handover_test.c: everybody gets a turn, whatever decides whose it is. In nogil all run
 * at once, so the same must hold there. No time is measured: a thread that never gets its
 * turn hangs the test. */
#include "core/object/object.h"
#include "core/threads/thread.h"
#include "tests/testing.h"
#include <unistd.h>

static _Atomic bool ended;
static _Atomic int turns[3];

/* Never blocks: gives way at safepoints only. */
static void spin(void *number) {
    int mine = *(int *)number;
    while (!atomic_load(&ended)) {
        atomic_fetch_add(&turns[mine], 1);
        gilt_safepoint();
    }
}

static void reset(void) {
    atomic_store(&ended, false);
    for (int i = 0; i < 3; i++) atomic_store(&turns[i], 0);
}

/* Until each of the spinning threads has had some turns after the others had. */
static void wait_for_turns(int threads, int rounds) {
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < threads; i++) {
            int before = atomic_load(&turns[i]);
            while (atomic_load(&turns[i]) == before) gilt_safepoint();
        }
}

static void take_turns(const char *settings, int rounds) {
    const char *wrong = gilt_start(&settings, 1);
    if (wrong) fail_msg("%s", wrong);
    reset();
    int numbers[] = {0, 1, 2};
    GiltThread *threads[3];
    for (int i = 0; i < 3; i++)
        assert_non_null(threads[i] = gilt_thread_start(spin, &numbers[i]));
    uint64_t before = gilt_switches();
    wait_for_turns(3, rounds);
    if (!strcmp(gilt_mode(), "gil"))
        assert_true(gilt_switches() - before >= (uint64_t)rounds);
    atomic_store(&ended, true);
    for (int i = 0; i < 3; i++) assert_true(gilt_thread_join(threads[i]));
    gilt_finish();
}

static void the_holder_is_asked_after_the_interval(void **state) {
    (void)state;
    take_turns("interval=0.001", 20);
}

static void the_holder_gives_way_after_ticks(void **state) {
    (void)state;
    take_turns("gil=ticks", 20);
}

static void the_interval_can_be_set_while_running(void **state) {
    (void)state;
    const char *slow = "interval=10";
    assert_null(gilt_start(&slow, 1));
    assert_true(gilt_switch_interval() == 10);
    gilt_set_switch_interval(0.0005); /* or the next lines take minutes */
    reset();
    int number = 0;
    GiltThread *thread = gilt_thread_start(spin, &number);
    wait_for_turns(1, 50);
    gilt_set_switch_interval(-1);
    assert_true(gilt_switch_interval() == 1e-6);
    atomic_store(&ended, true);
    assert_true(gilt_thread_join(thread));
    gilt_finish();
}

/* One thread blocks in a read; what it waits for is written by another: so it must have
 * let go. The interval is so long that nothing else could make it. */
static int ends[2];

static void block(void *unused) {
    (void)unused;
    char letter = 0;
    gilt_blocking_begin();
    bool got = read(ends[0], &letter, 1) == 1;
    gilt_blocking_end();
    if (!got || letter != 'x') gilt_raise(GILT_OS_ERROR, "nothing to read");
}

static void who_blocks_lets_others_run(void **state) {
    (void)state;
    const char *slow = "interval=10";
    assert_null(gilt_start(&slow, 1));
    assert_int_equal(pipe(ends), 0);
    GiltThread *thread = gilt_thread_start(block, NULL);
    GiltObject *list = gilt_list_new(NULL, 0);
    for (int i = 0; i < 1000; i++) gilt_safepoint();
    assert_int_equal(write(ends[1], "x", 1), 1);
    assert_true(gilt_thread_join(thread));
    gilt_decref(list);
    close(ends[0]);
    close(ends[1]);
    gilt_finish();
}

/* A lock and a condition: each waits for the other, a hundred times. */
static GiltObject *lock, *turned;
static int whose;

static void play(void *number) {
    int mine = *(int *)number;
    for (int i = 0; i < 100; i++) {
        gilt_lock_acquire(lock);
        while (whose != mine)
            if (!gilt_condition_wait(turned)) return;
        whose = !mine;
        gilt_condition_notify(turned, 1);
        gilt_lock_release(lock);
    }
}

TEST(two_threads_wait_for_each_other_by_turns) {
    lock = gilt_lock_new();
    turned = gilt_condition_new(lock);
    whose = 0;
    int numbers[] = {0, 1};
    GiltThread *a = gilt_thread_start(play, &numbers[0]),
               *b = gilt_thread_start(play, &numbers[1]);
    assert_true(gilt_thread_join(a));
    assert_true(gilt_thread_join(b));
    assert_int_equal(whose, 0);
    assert_false(gilt_lock_release(lock));
    assert_raised_text(GILT_RUNTIME_ERROR, "release unlocked lock");
    assert_false(gilt_condition_wait(turned));
    assert_raised(GILT_RUNTIME_ERROR);
    assert_true(gilt_lock_try(lock));
    assert_false(gilt_lock_try(lock));
    assert_true(gilt_lock_release(lock));
    gilt_decref(turned);
    gilt_decref(lock);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_holder_is_asked_after_the_interval),
        cmocka_unit_test(the_holder_gives_way_after_ticks),
        cmocka_unit_test(the_interval_can_be_set_while_running),
        cmocka_unit_test(who_blocks_lets_others_run),
        test(two_threads_wait_for_each_other_by_turns)};
    return cmocka_run_group_tests_name("handover", tests, NULL, NULL);
}
