/* remote_test.c: blocks that another thread than their maker frees are used again, and
 * entries of the merge queue for which there is no memory lose no object. */
#include "core/memory/arena.h"
#include "core/mode.h"
#include "core/options.h"
#include "tests/threads/counted.h"
#include <sched.h>

enum { NUMBERS = 20000, ROUNDS = 20 };

static GiltObject *numbers[NUMBERS];
static atomic_int step; /* even: the maker's turn */

static void await_step(int wanted) {
    gilt_blocking_begin();
    while (atomic_load(&step) < wanted) sched_yield();
    gilt_blocking_end();
}

/* ---- Blocks ---- */

static size_t pages_first, pages_last;

static void make_numbers(void *unused) {
    (void)unused;
    for (int round = 0; round < ROUNDS; round++) {
        await_step(2 * round);
        for (int i = 0; i < NUMBERS; i++) numbers[i] = gilt_int(1000 + i);
        *(round ? &pages_last : &pages_first) = arena_pages();
        gilt_safepoint(); /* where empty pages go back */
        atomic_fetch_add(&step, 1);
    }
}

/* What is dropped here dies here, or there, which makes no difference for the blocks. */
TEST(blocks_that_another_thread_frees_are_used_again) {
    atomic_store(&step, 0);
    GiltThread *maker = gilt_thread_start(make_numbers, NULL);
    for (int round = 0; round < ROUNDS; round++) {
        await_step(2 * round + 1);
        for (int i = 0; i < NUMBERS; i++) gilt_decref(numbers[i]);
        gilt_safepoint();
        atomic_fetch_add(&step, 1);
    }
    assert_true(gilt_thread_join(maker));
    assert_true(pages_last < 3 * pages_first);
}

/* ---- Entries ---- */

static GiltObject *object;

static void make_one(void *unused) {
    (void)unused;
    object = counted_new();
    atomic_store(&step, 1);
    while (atomic_load(&step) < 2) sched_yield();
    gilt_safepoint();
    check(atomic_load(&died) == 1);
}

/* With -X oom=N every allocation is counted; the next one is the first. */
static void an_object_without_an_entry_in_the_queue_dies_too(void **state) {
    (void)state;
    if (strcmp(gilt_mode(), "nogil")) skip();
    const char *setting = "oom=1000000000";
    assert_null(gilt_start(&setting, 1));
    counted_begin();
    gilt_gc_disable();
    atomic_store(&step, 0);
    atomic_store(&wrong, 0);
    GiltThread *maker = gilt_thread_start(make_one, NULL);
    await_step(1);
    uint64_t before = options.out_of_memory;
    arena_reset_count();
    options.out_of_memory = 1;
    gilt_decref(object);
    options.out_of_memory = before;
    atomic_store(&step, 2);
    assert_true(gilt_thread_join(maker));
    counted_end();
    gilt_finish();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        test(blocks_that_another_thread_frees_are_used_again),
        cmocka_unit_test(an_object_without_an_entry_in_the_queue_dies_too)};
    return cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL);
}
