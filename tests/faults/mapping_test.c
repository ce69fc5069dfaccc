/* mapping_test.c: the system does not give memory, or does not take it back: the n-th call
 * of mmap, munmap, madvise or mprotect fails, or all from it on.
 *
 * For each n a runtime starts, grows by more than a chunk of containers and one of the
 * rest, makes objects so large that they have mappings of their own, collects, gives all
 * back and ends. What cannot be made is a MemoryError, a start that fails says so; what
 * cannot be given back fails nothing. Then all of it is done without fault, and no more is
 * mapped than before, but for what could not be unmapped. */
#define _GNU_SOURCE
#include "tests/faults/limited.h"

#include "tests/faults/checked.h"
#include "tests/faults/failing_calls.h"

#include "core/memory/arena.h"

enum { CHUNK = 560, ITEMS = 2100, BYTES = 17000 }; /* each of these has a page of its own */
#define LARGE 2200000                              /* items: more than half a chunk */

/* ---- The program ---- */

static GiltObject *kept; /* a list */

static void keep(GiltObject *o) {
    if (done(o != NULL)) done(gilt_list_append(kept, o));
    gilt_decref(o);
}

static void grow(void) {
    static GiltObject *items[ITEMS];
    static char bytes[BYTES];
    for (int i = 0; i < ITEMS; i++) items[i] = gilt_none();
    for (int i = 0; i < CHUNK; i++) {
        keep(gilt_tuple_new(items, ITEMS));
        keep(gilt_bytes_new(bytes, BYTES));
    }
}

static void make_large(void) {
    GiltObject *one = gilt_none(), *times = made(gilt_int(LARGE));
    GiltObject *tuple = made(gilt_tuple_new(&one, 1)),
               *text = made(gilt_str_from("8 bytes."));
    if (text && times) keep(gilt_multiply(text, times));
    if (tuple && times) keep(gilt_multiply(tuple, times));
}

static void make_garbage(void) {
    for (int i = 0; i < 100; i++) {
        GiltObject *list = gilt_list_new(NULL, 0);
        if (done(list)) done(gilt_list_append(list, list));
        gilt_decref(list);
    }
}

/* How many calls failed; all that it has made is gone again. */
static unsigned use_memory(void) {
    failures = 0;
    step_name = "of mappings";
    kept = gilt_list_new(NULL, 0);
    if (done(kept)) {
        grow();
        make_garbage();
        answered(gilt_gc_collect(2));
        make_large();
        pool_drop();
        for (size_t i = gilt_list_size(kept); i > 300; i--)
            gilt_decref(gilt_list_pop(kept, -1));
    }
    gilt_decref(kept);
    gilt_safepoint();
    answered(gilt_gc_collect(2));
    return failures;
}

/* ---- Each n ---- */

typedef struct Fault {
    unsigned kinds;
    uint64_t n;
    bool go_on;
} Fault;

static void check_program(Fault f, const char *when, unsigned failed, unsigned most) {
    if (*complaint) fail_msg("call %d, %s: %s", (int)f.n, when, complaint);
    if (failed > most) fail_msg("call %d, %s: %u calls failed", (int)f.n, when, failed);
    const char *wrong = gilt_gc_verify();
    if (wrong) fail_msg("call %d, %s: %s", (int)f.n, when, wrong);
}

/* What a runtime that has just begun holds. */
static size_t blocks_of_start(void) { return gilt_memory().blocks; }

/* With `again`, all is done once more in the same runtime. false: n is past the end. */
static bool run_with(Fault f, bool again) {
    int64_t mapped_before = mapped - stuck;
    *complaint = 0;
    calls_fail_at(f.kinds, f.n, f.go_on);
    const char *wrong = gilt_start(NULL, 0);
    if (wrong) {
        assert_string_equal(wrong, "no memory to start");
    } else {
        size_t blocks = blocks_of_start();
        check_program(f, "with the fault", use_memory(), f.kinds & CALL_MMAP ? ~0u : 0);
        if (again) {
            calls_succeed();
            check_program(f, "after the fault", use_memory(), 0);
        }
        if (gilt_memory().blocks != blocks) fail_msg("call %d: blocks are left", (int)f.n);
        gilt_finish();
    }
    bool failed = calls_failed;
    calls_succeed();
    assert_int_equal(arena_pages(), 0);
    if (mapped - stuck > mapped_before)
        fail_msg("call %d: %lld bytes stay mapped", (int)f.n,
                 (long long)(mapped - stuck - mapped_before));
    return failed;
}

static void run_well(void) {
    Fault none = {0, 0, false};
    assert_null(gilt_start(NULL, 0));
    check_program(none, "without fault", use_memory(), 0);
    gilt_finish();
    assert_int_equal(arena_pages(), 0);
}

#if defined SANITIZED || defined COVERAGE
#define STRIDE 7
#else
#define STRIDE 1
#endif

static void each_call_fails(unsigned kinds, uint64_t step) {
    ONLY_IF_CALLS_CAN_FAIL;
    NOT_UNDER_STRESS("the collector would have most of the calls");
    bool any = false, more = true;
    run_well();
    for (uint64_t n = 1; more; n += step * STRIDE) {
        more = run_with((Fault){kinds, n, false}, n % 2);
        run_with((Fault){kinds, n, true}, n % 2);
        any |= more;
    }
    assert_true(any);
    run_well();
}

TEST(any_mapping_may_fail) { each_call_fails(CALL_MMAP, 1); }
TEST(any_change_of_protection_may_fail) { each_call_fails(CALL_MPROTECT, 1); }
TEST(any_unmapping_may_fail) { each_call_fails(CALL_MUNMAP, 1); }
TEST(any_advice_may_fail) { each_call_fails(CALL_MADVISE, 401); } /* there are many */

/* The first start reserves addresses, of which others make use: so in a new process. */
static void body_reservation(void) {
    const char *wrong = gilt_start(NULL, 0);
    if (wrong) check(!strcmp(wrong, "no memory to start"));
    if (!wrong) use_memory(), gilt_finish();
    calls_succeed();
    check(!*complaint);
    check(!gilt_start(NULL, 0));
    check(use_memory() == 0 && !*complaint && !gilt_gc_verify());
    gilt_finish();
    check(!arena_pages());
}

static int status_with(unsigned kinds, uint64_t n, bool go_on) {
    int status;
    pid_t child = fork();
    if (!child) {
        calls_fail_at(kinds, n, go_on);
        body_reservation();
        _exit(0);
    }
    return waitpid(child, &status, 0) == child ? status : -1;
}

/* This test comes first, before anything is reserved. */
TEST(any_mapping_of_the_first_start_may_fail) {
    ONLY_IF_CALLS_CAN_FAIL;
    for (uint64_t n = 1; n <= 6; n++) {
        assert_int_equal(status_with(CALL_MMAP, n, false), 0);
        assert_int_equal(status_with(CALL_MMAP, n, true), 0);
    }
    assert_int_equal(status_with(CALL_MPROTECT, 1, true), 0);
    assert_int_equal(status_with(CALL_MUNMAP, 1, true), 0);
    assert_int_equal(status_with(CALL_MMAP | CALL_MPROTECT, 2, true), 0);
}

/* More often than there are chunks in what is reserved. */
TEST(addresses_that_cannot_be_used_stay_reserved) {
    ONLY_IF_CALLS_CAN_FAIL;
    run_well();
    int64_t before = mapped;
    for (int i = 0; i < 2200; i++) {
        calls_fail_at(CALL_MPROTECT, 1, true);
        assert_null(gilt_start(NULL, 0));
        gilt_finish();
    }
    assert_true(calls_failed);
    calls_succeed();
    assert_int_equal(mapped, before);
}

static size_t resident(void) {
    size_t pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%*u %zu", &pages) != 1) fail_msg("no statm");
    fclose(file);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

/* Of what cannot be unmapped at least the memory goes back. */
TEST(memory_that_cannot_be_unmapped_goes_back) {
    ONLY_IF_CALLS_CAN_FAIL;
    const size_t size = 64 << 20;
    run_well();
    assert_null(gilt_start(NULL, 0));
    size_t before = resident();
    GiltObject *one = gilt_bytes_new("x", 1), *times = gilt_int((int64_t)size);
    GiltObject *large = gilt_multiply(one, times);
    assert_non_null(large);
    assert_true(resident() > before + size / 2);
    calls_fail_at(CALL_MUNMAP, 1, true);
    gilt_decref(large), gilt_decref(one), gilt_decref(times);
    gilt_memory();
    assert_true(calls_failed);
    assert_true(resident() < before + size / 2);
    gilt_finish();
    calls_succeed();
}

/* And of what may not be given back, once it may. */
TEST(pages_that_could_not_be_given_back_are_tried_again) {
    ONLY_IF_CALLS_CAN_FAIL;
    run_well();
    assert_null(gilt_start(NULL, 0));
    size_t before = resident();
    calls_fail_at(CALL_MADVISE, 1, true);
    use_memory();
    assert_true(calls_failed > 100);
    calls_succeed();
    GiltObject *large = gilt_list_new(NULL, 0);
    assert_true(gilt_gc_collect(2) >= 0);
    gilt_decref(large);
    assert_true(resident() < before + (8 << 20));
    gilt_finish();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_mapping_of_the_first_start_may_fail),
        cmocka_unit_test(any_mapping_may_fail),
        cmocka_unit_test(any_change_of_protection_may_fail),
        cmocka_unit_test(any_unmapping_may_fail),
        cmocka_unit_test(any_advice_may_fail),
        cmocka_unit_test(addresses_that_cannot_be_used_stay_reserved),
        cmocka_unit_test(memory_that_cannot_be_unmapped_goes_back),
        cmocka_unit_test(pages_that_could_not_be_given_back_are_tried_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
