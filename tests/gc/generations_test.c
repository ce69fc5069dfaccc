/* generations_test.c: when collections run by themselves, what they look at, and where the
 * survivors go. All numbers are literal: they are the same in gil and nogil. */
#define _GNU_SOURCE /* cpu sets */
#include "core/gc/gc.h"
#include "tests/gc/cycles.h"
#include <sched.h>

static void assert_counts(size_t young, size_t middle, size_t full) {
    size_t counts[3];
    gilt_gc_counts(counts);
    assert_int_equal(counts[0], young);
    assert_int_equal(counts[1], middle);
    assert_int_equal(counts[2], full);
}

static uint64_t collections(int generation) {
    GiltGcStats stats;
    gilt_gc_stats(generation, &stats);
    return stats.collections;
}

static void set_thresholds(size_t young, size_t middle, size_t full) {
    gilt_gc_set_thresholds((size_t[]){young, middle, full});
}

/* Containers that stay, in `kept`. */
static GiltObject *kept;

static void make_kept(int count) {
    for (int i = 0; i < count; i++) {
        GiltObject *o = node();
        append(kept, o);
        gilt_decref(o);
    }
}

static void drop_kept(void) {
    gilt_decref(kept);
    kept = NULL;
}

/* ---- Numbers ---- */

TEST(thresholds_are_as_documented_and_may_be_set) {
    size_t t[3];
    gilt_gc_thresholds(t);
    assert_true(t[0] == 2000 && t[1] == 10 && t[2] == 10);
    set_thresholds(700, 5, 0);
    gilt_gc_thresholds(t);
    assert_true(t[0] == 700 && t[1] == 5 && t[2] == 0);
}

TEST(the_young_count_is_of_containers_made_less_destroyed) {
    NOT_UNDER_STRESS("it counts collections");
    assert_counts(0, 0, 0);
    GiltObject *list = empty_list(), *number = gilt_float(1.5);
    assert_counts(1, 0, 0);
    GiltObject *o[] = {node(),
                       gilt_dict_new(),
                       tuple_of(number),
                       gilt_set_new(NULL, 0),
                       gilt_weakref_new(Node, NULL),
                       some(gilt_instance_new(Slots))};
    assert_counts(7, 0, 0);
    for (size_t i = 0; i < sizeof o / sizeof *o; i++) gilt_decref(o[i]);
    assert_counts(1, 0, 0);
    gilt_decref(list);
    gilt_decref(number);
    assert_counts(0, 0, 0);
    gilt_decref(gilt_lock_new());
    gilt_decref(gilt_str_from("a text of some length"));
    assert_counts(0, 0, 0);
}

TEST(counts_of_older_generations_are_of_collections_of_the_younger) {
    for (size_t i = 1; i <= 4; i++) {
        gilt_gc_collect(0);
        assert_counts(0, i, 0);
    }
    gilt_gc_collect(1);
    assert_counts(0, 0, 1);
    gilt_gc_collect(0);
    gilt_gc_collect(1);
    assert_counts(0, 0, 2);
    gilt_gc_collect(0);
    assert_counts(0, 1, 2);
    gilt_gc_collect(2);
    assert_counts(0, 0, 0);
}

TEST(there_are_no_other_generations) {
    NOT_UNDER_STRESS("it counts collections");
    assert_int_equal(gilt_gc_collect(-1), -1);
    assert_raised_text(GILT_VALUE_ERROR, "invalid generation");
    assert_int_equal(gilt_gc_collect(3), -1);
    assert_raised(GILT_VALUE_ERROR);
    assert_counts(0, 0, 0);
}

/* ---- Promotion ---- */

TEST(survivors_go_to_the_next_generation) {
    GiltObject *o = node();
    assert_int_equal(gc_state(o), GC_YOUNG);
    gilt_gc_collect(0);
    assert_int_equal(gc_state(o), GC_MIDDLE);
    gilt_gc_collect(0);
    assert_int_equal(gc_state(o), GC_MIDDLE);
    gilt_gc_collect(1);
    assert_int_equal(gc_state(o), gc_old_state);
    for (int i = 0; i < 3; i++) {
        gilt_gc_collect(i);
        assert_int_equal(gc_state(o), gc_old_state);
    }
    gilt_decref(o);
}

TEST(survivors_of_a_collection_of_several_go_where_its_oldest_goes) {
    GiltObject *o = node(), *p = node();
    gilt_gc_collect(1);
    assert_int_equal(gc_state(o), gc_old_state);
    GiltObject *q = node();
    gilt_gc_collect(2);
    assert_int_equal(gc_state(p), gc_old_state);
    assert_int_equal(gc_state(q), gc_old_state);
    gilt_decref(o);
    gilt_decref(p);
    gilt_decref(q);
}

TEST(a_collection_finds_garbage_up_to_its_generation) {
    GiltObject *old = ring_of_lists(4), *middle, *young;
    gilt_gc_collect(1);
    middle = ring_of_lists(8);
    gilt_gc_collect(0);
    young = ring_of_lists(16);
    gilt_decref(old);
    gilt_decref(middle);
    gilt_decref(young);
    assert_int_equal(gilt_gc_collect(0), 16);
    assert_int_equal(gilt_gc_collect(0), 0);
    assert_int_equal(gilt_gc_collect(1), 8);
    assert_int_equal(gilt_gc_collect(1), 0);
    assert_int_equal(gilt_gc_collect(2), 4);
    assert_int_equal(gilt_gc_collect(2), 0);
}

TEST(an_old_object_keeps_a_young_one) {
    GiltObject *old = empty_list();
    gilt_gc_collect(2);
    GiltObject *young = ring_of_lists(3);
    append(old, young);
    gilt_decref(young);
    assert_int_equal(gilt_gc_collect(0), 0);
    assert_int_equal(gilt_gc_collect(1), 0);
    gilt_list_clear(old);
    assert_int_equal(gilt_gc_collect(1), 0);
    assert_int_equal(gilt_gc_collect(2), 3);
    gilt_decref(old);
}

TEST(a_ring_through_two_generations_is_found_with_the_older) {
    GiltObject *old = empty_list(), *young;
    gilt_gc_collect(0);
    young = list_of(old);
    append(old, young);
    gilt_decref(young);
    gilt_decref(old);
    assert_int_equal(gilt_gc_collect(0), 0);
    assert_int_equal(gilt_gc_collect(1), 2);
}

/* ---- By itself ---- */

TEST(a_young_collection_begins_at_the_first_safepoint_after_the_threshold) {
    NOT_UNDER_STRESS("it counts collections");
    kept = empty_list();
    gilt_gc_collect(2);
    gilt_gc_enable();
    uint64_t before = collections(0);
    make_kept(2000);
    gilt_safepoint();
    assert_int_equal(collections(0), before);
    make_kept(1);
    assert_int_equal(collections(0), before); /* not in the midst of something */
    gilt_safepoint();
    assert_int_equal(collections(0), before + 1);
    assert_counts(0, 1, 0);
    gilt_safepoint();
    assert_int_equal(collections(0), before + 1);
    drop_kept();
}

TEST(what_is_destroyed_puts_it_off) {
    NOT_UNDER_STRESS("it counts collections");
    gilt_gc_enable();
    for (int i = 0; i < 100000; i++) {
        gilt_decref(node());
        gilt_safepoint();
    }
    assert_int_equal(collections(0), 0);
    kept = empty_list();
    make_kept(1500);
    for (int i = 0; i < 5000; i++) {
        GiltObject *o[3] = {node(), empty_list(), tuple_of(Node)};
        for (int k = 0; k < 3; k++) gilt_decref(o[k]);
        gilt_safepoint();
    }
    assert_int_equal(collections(0), 0);
    make_kept(500);
    gilt_safepoint();
    assert_int_equal(collections(0), 1);
    drop_kept();
}

TEST(another_threshold_holds_at_once) {
    NOT_UNDER_STRESS("it counts collections");
    kept = empty_list();
    gilt_gc_collect(2);
    gilt_gc_enable();
    make_kept(100);
    set_thresholds(200, 10, 10);
    make_kept(100);
    gilt_safepoint();
    assert_int_equal(collections(0), 0);
    make_kept(1);
    gilt_safepoint();
    assert_int_equal(collections(0), 1);
    drop_kept();
}

TEST(a_threshold_of_zero_is_never_reached) {
    NOT_UNDER_STRESS("it counts collections");
    kept = empty_list();
    set_thresholds(0, 10, 10);
    gilt_gc_enable();
    for (int i = 0; i < 30; i++) {
        make_kept(1000);
        gilt_safepoint();
    }
    assert_int_equal(collections(0) + collections(1), 0);
    set_thresholds(2000, 10, 10);
    make_kept(2001);
    gilt_safepoint();
    assert_int_equal(collections(0), 1);
    drop_kept();
}

TEST(when_disabled_nothing_runs_by_itself_and_all_by_request) {
    NOT_UNDER_STRESS("it counts collections");
    kept = empty_list();
    assert_false(gilt_gc_is_enabled());
    for (int i = 0; i < 10; i++) {
        make_kept(1000);
        gilt_safepoint();
    }
    assert_int_equal(collections(0) + collections(1), 0);
    gilt_decref(ring_of_lists(3));
    assert_int_equal(gilt_gc_collect(0), 3);
    gilt_gc_enable();
    assert_true(gilt_gc_is_enabled());
    make_kept(2001);
    gilt_safepoint();
    assert_int_equal(collections(0), 2);
    drop_kept();
}

/* As many as it takes, each time one container more than the threshold allows. */
static void collect_young_times(int times) {
    for (int i = 0; i < times; i++) {
        make_kept(101);
        gilt_safepoint();
    }
}

TEST(the_middle_generation_is_collected_after_so_many_young_ones) {
    NOT_UNDER_STRESS("it counts collections");
    kept = empty_list();
    gilt_gc_collect(2);
    uint64_t full = collections(2);
    set_thresholds(100, 3, 1000);
    gilt_gc_enable();
    collect_young_times(4);
    assert_int_equal(collections(0), 4);
    assert_int_equal(collections(1), 0);
    assert_counts(0, 4, 0);
    collect_young_times(1);
    assert_int_equal(collections(0), 4);
    assert_int_equal(collections(1), 1);
    assert_counts(0, 0, 1);
    collect_young_times(10);
    assert_int_equal(collections(0), 12);
    assert_int_equal(collections(1), 3);
    assert_int_equal(collections(2), full);
    drop_kept();
}

/* After a full collection with 4,000 survivors, in vain: until there are 12,000 more. */
TEST(the_old_generation_waits_until_it_has_grown) {
    NOT_UNDER_STRESS("it counts collections");
    kept = empty_list();
    make_kept(4000);
    gilt_gc_collect(2);
    gilt_gc_collect(2);
    uint64_t before = collections(2);
    set_thresholds(100, 0, 0);
    gilt_gc_enable();
    int times = 0;
    while (collections(2) == before && times < 1000) {
        collect_young_times(1);
        times++;
    }
    /* Each second collection is of the middle one, and takes 202 along. */
    assert_in_range(times, 2 * 16000 / 202, 2 * 16000 / 202 + 4);
    drop_kept();
}

TEST(building_a_large_heap_takes_few_full_collections) {
    NOT_UNDER_STRESS("it counts collections");
    kept = empty_list();
    gilt_gc_enable();
    for (int i = 0; i < 1000000; i++) {
        make_kept(1);
        gilt_safepoint();
    }
    assert_int_equal(collections(0), 457);
    assert_int_equal(collections(1), 41);
    assert_int_equal(collections(2), 1 + 1); /* one before the test */
    drop_kept();
}

/* ---- The same program, the same numbers ---- */

static uint64_t seed;

static unsigned next_random(unsigned below) {
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(seed >> 33) % below;
}

/* Makes all kinds of containers, links them at random and forgets most of them. */
static void churn(int steps) {
    enum { LIVING = 500 };
    static GiltObject *living[LIVING];
    seed = 42;
    for (int i = 0; i < steps; i++) {
        unsigned at = next_random(LIVING);
        GiltObject *o, *other = living[next_random(LIVING)];
        switch (next_random(4)) {
        case 0:
            o = empty_list();
            if (other) append(o, other);
            break;
        case 1:
            o = tuple_of(other ? other : Node);
            break;
        case 2:
            o = gilt_dict_new();
            put_in(o, gilt_intern("item"), other ? other : gilt_none());
            break;
        default:
            o = node();
            if (other) link_to(o, "item", other);
        }
        if (other && gilt_is(other, GILT_LIST)) append(other, o);
        gilt_decref(living[at]);
        living[at] = o;
        gilt_safepoint();
    }
    for (int i = 0; i < LIVING; i++) {
        gilt_decref(living[i]);
        living[i] = NULL;
    }
}

static void assert_stats(int generation, uint64_t collections, uint64_t collected,
                         uint64_t candidates) {
    GiltGcStats stats;
    gilt_gc_stats(generation, &stats);
    assert_int_equal(stats.collections, collections);
    assert_int_equal(stats.collected, collected);
    assert_int_equal(stats.candidates, candidates);
}

TEST(the_same_program_gives_the_same_numbers) {
    NOT_UNDER_STRESS("it counts collections");
    gilt_gc_enable();
    churn(300000);
    assert_stats(0, 65, 48736, 147115);
    assert_stats(1, 5, 59289, 76613);
    assert_int_equal(gilt_gc_collect(2), 28151);
}

/* ---- Several threads ---- */

/* Waits detached for its lock, so that no other thread than the one that makes objects
 * comes to safepoints. */
static void make_3000(void *lock) {
    gilt_lock_acquire(lock);
    for (int i = 0; i < 3000; i++) {
        gilt_decref(ring_of_lists(1));
        gilt_safepoint();
    }
}

/* For this thread, and those that it starts from now on; returns those that it had. */
static cpu_set_t leave_cores(int count) {
    cpu_set_t all, some;
    sched_getaffinity(0, sizeof all, &all);
    CPU_ZERO(&some);
    for (int i = 0; i < CPU_SETSIZE && CPU_COUNT(&some) < count; i++)
        if (CPU_ISSET(i, &all)) CPU_SET(i, &some);
    sched_setaffinity(0, sizeof some, &some);
    return all;
}

/* 9000 of them, and one core, so that the limit is that of one thread. What a thread has
 * made since it asked last is not seen by others, so a collection may come late, by less
 * than the threshold. */
TEST(containers_of_all_threads_count) {
    NOT_UNDER_STRESS("it counts collections");
    cpu_set_t all = leave_cores(1);
    GiltThread *threads[3];
    GiltObject *locks[3];
    gilt_gc_enable();
    for (int i = 0; i < 3; i++) {
        locks[i] = gilt_lock_new();
        gilt_lock_acquire(locks[i]);
        threads[i] = gilt_thread_start(make_3000, locks[i]);
    }
    for (int i = 0; i < 3; i++) {
        gilt_lock_release(locks[i]);
        assert_true(gilt_thread_join(threads[i]));
        gilt_decref(locks[i]);
    }
    assert_int_equal(collections(0), 4);
    assert_in_range(gilt_gc_collect(2), 0, 9000 - 4 * 2001);
    sched_setaffinity(0, sizeof all, &all);
}

static void make_kept_until_one_more(int until_none, int until_one) {
    uint64_t before = collections(0);
    make_kept(until_none);
    gilt_safepoint();
    assert_int_equal(collections(0), before);
    make_kept(until_one - until_none);
    gilt_safepoint();
    assert_int_equal(collections(0), before + 1);
}

static void acquire_and_release(void *lock) {
    assert_true(gilt_lock_acquire(lock));
    gilt_lock_release(lock);
}

/* Its share may be 16 more than what is left. */
TEST(as_many_more_may_be_made_as_threads_have_cores) {
    NOT_UNDER_STRESS("it counts collections");
    cpu_set_t all = leave_cores(2);
    int cores = CPU_COUNT(&all) < 2 ? 1 : 2;
    GiltObject *lock = gilt_lock_new();
    kept = empty_list();
    gilt_lock_acquire(lock);
    GiltThread *other = gilt_thread_start(acquire_and_release, lock);
    set_thresholds(200, 1000, 10);
    gilt_gc_collect(2);
    gilt_gc_enable();
    make_kept_until_one_more(200 * cores, 200 * cores + 16);
    gilt_lock_release(lock);
    assert_true(gilt_thread_join(other));
    gilt_gc_collect(2);
    make_kept_until_one_more(200, 201);
    drop_kept();
    gilt_decref(lock);
    sched_setaffinity(0, sizeof all, &all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        gc_test(thresholds_are_as_documented_and_may_be_set),
        gc_test(the_young_count_is_of_containers_made_less_destroyed),
        gc_test(counts_of_older_generations_are_of_collections_of_the_younger),
        gc_test(there_are_no_other_generations),
        gc_test(survivors_go_to_the_next_generation),
        gc_test(survivors_of_a_collection_of_several_go_where_its_oldest_goes),
        gc_test(a_collection_finds_garbage_up_to_its_generation),
        gc_test(an_old_object_keeps_a_young_one),
        gc_test(a_ring_through_two_generations_is_found_with_the_older),
        gc_test(a_young_collection_begins_at_the_first_safepoint_after_the_threshold),
        gc_test(what_is_destroyed_puts_it_off),
        gc_test(another_threshold_holds_at_once),
        gc_test(a_threshold_of_zero_is_never_reached),
        gc_test(when_disabled_nothing_runs_by_itself_and_all_by_request),
        gc_test(the_middle_generation_is_collected_after_so_many_young_ones),
        gc_test(the_old_generation_waits_until_it_has_grown),
        gc_test(building_a_large_heap_takes_few_full_collections),
        gc_test(the_same_program_gives_the_same_numbers),
        gc_test(containers_of_all_threads_count),
        gc_test(as_many_more_may_be_made_as_threads_have_cores),
    };
    return cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL);
}
