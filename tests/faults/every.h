/* every.h: for each N, a runtime in which the N-th allocation fails.
 *
 * That is an allocation of a block of its heaps, with -X oom=N, or of what it takes from
 * malloc; in gilt_start, which then says so, or in the program of steps.h. The program must
 * go on, and a second run must do everything and leave exactly as many blocks as in a
 * runtime in which nothing failed: so nothing was lost or broken by the failure. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/faults/failing_malloc.h"
#include "tests/faults/steps.h"
#include "tests/testing.h"

#include "core/memory/arena.h"
#include "core/options.h"

/* Sanitizers, and collections all the time, are slow. The stride is no divisor of what the
 * program's loops allocate. */
static unsigned stride(void) {
#ifdef SANITIZED
    return 17;
#else
    return testing_under_stress() ? 17 : 1;
#endif
}
#define NEVER UINT64_C(1000000)

static void no_more_faults(void) {
    options.out_of_memory = UINT64_MAX; /* so that blocks are made the same way as before */
    malloc_fail_at(0);
}

static const char *further_settings[2]; /* besides these */
static size_t further_count;

/* Starts a runtime whose `oom`-th allocation fails, and the n-th malloc. */
static const char *start(uint64_t oom, uint64_t n) {
    char text[40];
    snprintf(text, sizeof text, "oom=%llu", (unsigned long long)oom);
    const char *settings[4] = {text, "interval=0.0001"}; /* threads hand over often */
    for (size_t i = 0; i < further_count; i++) settings[2 + i] = further_settings[i];
    program_forget();
    malloc_fail_at(n);
    return gilt_start(settings, 2 + further_count);
}

/* So much that lives that a collection looks for helpers; every page is its own. */
static void make_ballast(size_t count) {
    static GiltObject *nothing[1000];
    for (size_t i = 0; i < 1000; i++) nothing[i] = gilt_none();
    while (count--) assert_non_null(gilt_tuple_new(nothing, 1000));
}

static size_t ballast; /* tuples of 8 KiB */

/* The same in the program: allocations count from where it begins. */
static void start_program(uint64_t oom, uint64_t n) {
    const char *wrong = start(NEVER, 0);
    if (wrong) fail_msg("it did not start: %s", wrong);
    make_ballast(ballast);
    arena_reset_count();
    options.out_of_memory = oom;
    malloc_fail_at(n);
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
    start_program(NEVER, NEVER);
    assert_int_equal(program_run(), 0);
    sound.program = count_since_start();
    assert_int_equal(program_run(), 0);
    if (*complaint) fail_msg("without any fault: %s", complaint);
    sound.blocks = gilt_memory().blocks - remains_of_classes;
    gilt_finish();
    return sound;
}

static unsigned told; /* calls that have failed */

static void check_heap(uint64_t n) {
    const char *wrong = gilt_gc_verify();
    if (wrong) fail_msg("after fault %llu: %s", (unsigned long long)n, wrong);
}

static void check_well(uint64_t n, unsigned calls_failed, unsigned most) {
    unsigned long long fault = n;
    if (*complaint) fail_msg("fault %llu: %s", fault, complaint);
    if (calls_failed > most)
        fail_msg("fault %llu: %u calls failed, not %u", fault, calls_failed, most);
    check_heap(n);
}

/* An allocation fails; then the program is run again. */
static void run_with_fault(uint64_t n, const Sound *sound) {
    unsigned calls_failed = program_run();
    no_more_faults();
    told += calls_failed;
    check_well(n, calls_failed, 1);
    check_well(n, program_run(), 0);
    size_t blocks = gilt_memory().blocks - remains_of_classes;
    /* Fewer, if a class could not have its table of special methods (types/special.c). */
    if (blocks > sound->blocks)
        fail_msg("fault %llu: %zu blocks are left, without it %zu", (unsigned long long)n,
                 blocks, sound->blocks);
    gilt_finish();
}

static void every_allocation_may_fail(void) {
    Sound sound = measure_sound();
    unsigned runs = 0;
    told = 0;
    for (uint64_t n = 1; n < sound.program.allocations + 20; n += stride(), runs++) {
        start_program(n, 0);
        run_with_fault(n, &sound);
    }
    assert_true(told >
                runs / 2); /* the others are of callbacks, whose errors are dropped */
}

static void every_malloc_may_fail(void) {
    if (!MALLOC_CAN_FAIL) skip();
    NOT_UNDER_STRESS("nearly all would be the collector's: tests/gc/oom_test.c");
    told = 0;
    Sound sound = measure_sound();
    for (uint64_t n = 1; n < sound.program.mallocs + 20; n++) {
        start_program(NEVER, n);
        run_with_fault(n, &sound);
    }
    assert_true(told > 2);
}
