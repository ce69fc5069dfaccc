/* oom_test.c: whichever allocation fails, the caller is told and the runtime goes on.
 *
 * For each N the runtime is started so that its N-th allocation fails: of a block of its
 * heaps, with -X oom=N, or of what it takes from malloc. That happens in gilt_start, which
 * then says so, or in the program of program.h. The program must go on, and a second run
 * must do everything and leave exactly as many blocks as in a runtime in which nothing
 * failed: so nothing was lost or broken by the failure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/faults/program.h"
#include "tests/faults/failing_malloc.h"
#include "tests/testing.h"

#include "core/memory/arena.h"
#include "core/options.h"

/* A sanitizer is slow. The stride is no divisor of what the program's loops allocate. */
#ifdef SANITIZED
#define STRIDE 17
#else
#define STRIDE 1
#endif
#define NEVER UINT64_C(1000000)

static void no_more_faults(void) {
    options.out_of_memory = UINT64_MAX; /* so that blocks are made the same way as before */
    malloc_fail_at(0);
}

/* Starts a runtime whose `oom`-th allocation fails, and the n-th malloc. */
static const char *start(uint64_t oom, uint64_t n) {
    char text[40];
    snprintf(text, sizeof text, "oom=%llu", (unsigned long long)oom);
    const char *const settings[] = {text, "interval=0.0001"}; /* threads hand over often */
    classes = (Classes){0};
    finalized_class = NULL;
    remains_of_classes = 0;
    *complaint = 0;
    malloc_fail_at(n);
    return gilt_start(settings, 2);
}

typedef struct Count {
    uint64_t allocations, mallocs;
} Count;

/* How many there were since the start, and no more faults. */
static Count count_since_start(void) {
    Count count = {.mallocs = NEVER - mallocs_until_failure};
    while (!arena_must_fail()) count.allocations++;
    count.allocations = NEVER - 1 - count.allocations;
    no_more_faults();
    return count;
}

/* What is so if nothing fails. */
typedef struct Sound {
    Count start, program;
    size_t blocks;
} Sound;

static Sound measure_sound(void) {
    Sound sound;
    assert_null(start(NEVER, NEVER));
    sound.start = count_since_start();
    gilt_finish();
    assert_null(start(NEVER, NEVER));
    assert_int_equal(program_run(), 0);
    sound.program = count_since_start();
    assert_int_equal(program_run(), 0);
    if (*complaint) fail_msg("without any fault: %s", complaint);
    sound.blocks = gilt_memory().blocks - remains_of_classes;
    gilt_finish();
    return sound;
}

static unsigned told; /* runs in which a call failed */

static void check_heap(uint64_t n) {
    const char *wrong = gilt_gc_verify();
    if (wrong) fail_msg("after fault %llu: %s", (unsigned long long)n, wrong);
}

/* An allocation fails; then the program is run again. */
static void run_with_fault(uint64_t n, const Sound *sound) {
    unsigned failed_calls = program_run();
    no_more_faults();
    told += failed_calls;
    if (*complaint) fail_msg("fault %llu: %s", (unsigned long long)n, complaint);
    if (failed_calls > 1)
        fail_msg("fault %llu: %u calls failed, not one", (unsigned long long)n,
                 failed_calls);
    check_heap(n);
    unsigned failed_later = program_run();
    check_heap(n);
    size_t blocks = gilt_memory().blocks - remains_of_classes;
    if (*complaint) fail_msg("after fault %llu: %s", (unsigned long long)n, complaint);
    if (failed_later)
        fail_msg("after fault %llu: %u calls failed", (unsigned long long)n, failed_later);
    if (blocks != sound->blocks)
        fail_msg("fault %llu: %zu blocks are left, without it %zu", (unsigned long long)n,
                 blocks, sound->blocks);
    gilt_finish();
}

/* A failing start says so in one line, leaves nothing, and can be tried again. */
static void every_allocation_of_the_start_may_fail(void **state) {
    (void)state;
    Sound sound = measure_sound();
    assert_true(sound.start.allocations > 0);
    for (uint64_t n = 1; n <= sound.start.allocations; n++) {
        assert_string_equal(start(n, 0), "no memory to start");
        assert_int_equal(arena_pages(), 0);
    }
    assert_null(start(sound.start.allocations + 1, 0));
    run_with_fault(sound.start.allocations + 1, &sound);
}

static void every_allocation_of_the_program_may_fail(void **state) {
    (void)state;
    Sound sound = measure_sound();
    unsigned runs = 0;
    told = 0;
    for (uint64_t n = sound.start.allocations + 1; n < sound.program.allocations + 20;
         n += STRIDE, runs++) {
        const char *wrong = start(n, 0);
        if (wrong) fail_msg("oom=%llu: %s", (unsigned long long)n, wrong);
        run_with_fault(n, &sound);
    }
    assert_true(told > runs * 9 / 10); /* few failures do not matter to any call */
}

static void every_malloc_of_the_start_may_fail(void **state) {
    (void)state;
    if (!MALLOC_CAN_FAIL) skip();
    Sound sound = measure_sound();
    assert_true(sound.start.mallocs > 0);
    for (uint64_t n = 1; n <= sound.start.mallocs; n++) {
        const char *wrong = start(NEVER, n);
        no_more_faults();
        if (!wrong && testing_under_stress()) { /* it was the collector's */
            run_with_fault(n, &sound);
            continue;
        }
        assert_non_null(wrong);
        assert_memory_equal(wrong, "no memory", 9);
        assert_int_equal(arena_pages(), 0);
    }
    assert_null(start(NEVER, 0));
    run_with_fault(0, &sound);
}

static void every_malloc_of_the_program_may_fail(void **state) {
    (void)state;
    if (!MALLOC_CAN_FAIL) skip();
    NOT_UNDER_STRESS("nearly all would be the collector's: tests/gc/oom_test.c");
    name_count = 600;
    told = 0;
    Sound sound = measure_sound();
    for (uint64_t n = sound.start.mallocs + 1; n < sound.program.mallocs + 20; n++) {
        assert_null(start(NEVER, n));
        run_with_fault(n, &sound);
    }
    assert_true(told > 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_of_the_start_may_fail),
        cmocka_unit_test(every_allocation_of_the_program_may_fail),
        cmocka_unit_test(every_malloc_of_the_start_may_fail),
        cmocka_unit_test(every_malloc_of_the_program_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
