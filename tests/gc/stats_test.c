/* stats_test.c: what is known of a few collections is what the statistics say. */
#include "core/gc/stats.h"
#include "core/threads/stop.h"
#include "tests/types/kept.h"
#include <unistd.h>

static GiltGcStats stats_of(int generation) {
    GiltGcStats stats;
    gilt_gc_stats(generation, &stats);
    return stats;
}

static uint64_t sum(const uint64_t buckets[GILT_GC_PAUSES]) {
    uint64_t all = 0;
    for (int i = 0; i < GILT_GC_PAUSES; i++) all += buckets[i];
    return all;
}

/* The stops in the histogram, each counted in both of its halves. */
static uint64_t pauses(void) {
    GiltGcPauses now;
    gilt_gc_pauses(&now);
    assert_int_equal(sum(now.stopped), sum(now.to_stop));
    return sum(now.stopped);
}

/* From here on, nothing is young, and nothing is collected by itself. */
static void settle(void) {
    gilt_gc_disable();
    assert_true(gilt_gc_collect(2) >= 0);
}

/* Lists that hold themselves. */
static void make_rings(int count) {
    for (int i = 0; i < count; i++) {
        GiltObject *list = gilt_list_new(NULL, 0);
        gilt_list_append(list, list);
        gilt_decref(list);
    }
}

TEST(a_young_collection_counts_what_it_looked_at_and_what_it_collected) {
    NOT_UNDER_STRESS("it counts collections");
    settle();
    GiltObject *kept = gilt_list_new(NULL, 0);
    make_rings(100);
    assert_int_equal(gilt_gc_collect(0), 100);
    GiltGcStats young = stats_of(0);
    assert_int_equal(young.collections, 1);
    assert_int_equal(young.candidates, 101);
    assert_int_equal(young.collected, 100);
    assert_int_equal(young.uncollectable + young.finalized + young.resurrected, 0);
    gilt_decref(kept);
}

TEST(each_generation_has_sums_of_its_own) {
    NOT_UNDER_STRESS("it counts collections");
    settle();
    uint64_t full = stats_of(2).collections;
    GiltObject *kept = gilt_list_new(NULL, 0);
    for (int i = 0; i < 3; i++) assert_int_equal(gilt_gc_collect(0), 0);
    assert_int_equal(stats_of(0).candidates, 1);
    make_rings(7);
    for (int i = 0; i < 2; i++) assert_true(gilt_gc_collect(1) >= 0);
    assert_int_equal(stats_of(0).collections, 3);
    assert_int_equal(stats_of(0).collected, 0);
    assert_int_equal(stats_of(1).collections, 2);
    assert_int_equal(stats_of(1).candidates, 8);
    assert_int_equal(stats_of(1).collected, 7);
    assert_int_equal(stats_of(2).collections, full);
    gilt_decref(kept);
}

TEST(there_are_no_statistics_of_generations_that_do_not_exist) {
    assert_int_equal(gilt_gc_collect(2), 0);
    assert_int_equal(stats_of(2).collections, 1);
    assert_int_equal(stats_of(3).collections, 0);
    assert_int_equal(stats_of(-1).collections, 0);
}

/* ---- Finalisers ---- */

static GiltObject *saved; /* a list: what its finaliser has resurrected */

static GiltObject *finalizer(void *unused, GiltObject *const *arguments, size_t count) {
    (void)unused, (void)count;
    GiltObject *wants = get(arguments[0], "wants_to_live");
    if (gilt_true(wants) == 1) gilt_list_append(saved, arguments[0]);
    gilt_decref(wants);
    return gilt_none();
}

static void make_finalized_rings(GiltObject *class, int count, bool wants_to_live) {
    for (int i = 0; i < count; i++) {
        GiltObject *o = make(class);
        set(o, "wants_to_live", gilt_bool(wants_to_live));
        set(o, "self", gilt_incref(o));
        gilt_decref(o);
    }
}

TEST(finalised_and_resurrected_objects_are_counted) {
    GiltObject *class = gilt_class_new("Finalized", NULL, NULL);
    set(class, "__del__", gilt_function_new("__del__", finalizer, NULL));
    CHECKED_FOR_LEAKS {
        settle();
        GiltGcStats before = stats_of(0);
        saved = gilt_list_new(NULL, 0);
        make_finalized_rings(class, 7, false);
        make_finalized_rings(class, 3, true);
        uint64_t stops = pauses();
        assert_int_equal(gilt_gc_collect(0), 7);
        GiltGcStats after = stats_of(0);
        assert_int_equal(after.collections - before.collections, 1);
        assert_int_equal(after.collected - before.collected, 7);
        assert_int_equal(after.finalized - before.finalized, 10);
        assert_int_equal(after.resurrected - before.resurrected, 3);
        assert_int_equal(pauses() - stops, 2); /* before finalisers, and after */
        assert_int_equal(gilt_list_size(saved), 3);
        gilt_decref(saved);
        assert_int_equal(gilt_gc_collect(2), 3);
    }
    gilt_decref(class);
}

/* ---- Pauses ---- */

TEST(every_stop_of_a_collection_is_in_the_histogram_and_no_other) {
    NOT_UNDER_STRESS("it counts collections");
    uint64_t stops = stop_count();
    for (int i = 0; i < 12; i++) {
        make_rings(20);
        gilt_gc_collect(i % 3);
    }
    assert_int_equal(pauses(), 12);
    assert_int_equal(stop_count() - stops, 12);
    size_t counts[3];
    gilt_gc_counts(counts);
    gilt_memory();
    assert_int_equal(pauses(), 12);
    assert_int_equal(stop_count() - stops, 14);
}

TEST(the_histogram_agrees_with_the_sums_of_seconds) {
    GiltGcPauses now;
    double stopped = 0, longest = 0, least = 0, most = 0;
    for (int i = 0; i < 12; i++) {
        make_rings(300);
        gilt_gc_collect(i % 3);
    }
    gilt_gc_pauses(&now);
    for (int i = 0; i + 1 < GILT_GC_PAUSES; i++) {
        least += (double)now.stopped[i] * now.seconds[i];
        most += (double)now.stopped[i] * now.seconds[i + 1];
    }
    for (int i = 0; i < 3; i++) {
        GiltGcStats stats = stats_of(i);
        assert_true(stats.longest_stop > 0 && stats.longest_stop <= stats.seconds_stopped);
        stopped += stats.seconds_stopped;
        if (stats.longest_stop > longest) longest = stats.longest_stop;
    }
    assert_true(least <= stopped && stopped <= most);
    for (int i = GILT_GC_PAUSES - 1; !now.stopped[i]; i--)
        assert_true(now.seconds[i] > longest);
}

TEST(bounds_grow_by_an_eighth_from_a_microsecond_to_more_than_ten_seconds) {
    GiltGcPauses now;
    gilt_gc_pauses(&now);
    assert_true(now.seconds[0] == 0 && now.seconds[1] == 1e-6);
    for (int i = 2; i < GILT_GC_PAUSES; i++) {
        double growth = now.seconds[i] / now.seconds[i - 1];
        assert_true(growth > 1.1249 && growth < 1.1251);
    }
    assert_true(now.seconds[GILT_GC_PAUSES - 1] > 10);
}

static void adds_to(uint64_t nanoseconds, int to_stop, int stopped) {
    GiltGcPauses before, after;
    gilt_gc_pauses(&before);
    gc_stats_pause(&(StopTimes){
        .asked = 50, .stopped = 50 + nanoseconds, .resumed = 50 + 3 * nanoseconds});
    gilt_gc_pauses(&after);
    assert_int_equal(after.to_stop[to_stop] - before.to_stop[to_stop], 1);
    assert_int_equal(after.stopped[stopped] - before.stopped[stopped], 1);
    assert_int_equal(sum(after.to_stop) - sum(before.to_stop), 1);
    assert_int_equal(sum(after.stopped) - sum(before.stopped), 1);
}

TEST(a_stop_goes_into_the_bucket_between_whose_bounds_it_is) {
    int last = GILT_GC_PAUSES - 1;
    adds_to(0, 0, 0);
    adds_to(499, 0, 0);                 /* 998 */
    adds_to(500, 0, 1);                 /* 1000: the bound itself */
    adds_to(560, 0, 1);                 /* 1120 */
    adds_to(565, 0, 2);                 /* 1130 */
    adds_to(1000, 1, 6);                /* 2000, of 1802 to 2027 */
    adds_to(3600000000000, last, last); /* an hour */
}

/* ---- Threads ---- */

static _Atomic bool busy, told;

/* Attached, and away from safepoints for 50 ms. */
static void dawdle(void *unused) {
    (void)unused;
    atomic_store(&busy, true);
    while (!atomic_load(&told) && !strcmp(gilt_mode(), "nogil")) usleep(100);
    usleep(50000);
}

TEST(time_to_stop_is_apart_from_time_stopped) {
    atomic_store(&busy, false);
    atomic_store(&told, false);
    GiltThread *thread = gilt_thread_start(dawdle, NULL);
    assert_non_null(thread);
    while (!atomic_load(&busy)) gilt_safepoint();
    atomic_store(&told, true);
    assert_int_equal(gilt_gc_collect(0), 0);
    GiltGcStats young = stats_of(0);
    if (!strcmp(gilt_mode(), "nogil"))
        assert_true(young.seconds_to_stop > 0.045);
    else
        assert_true(young.seconds_to_stop < 0.045); /* who has the GIL need not wait */
    assert_true(young.seconds_stopped < 0.045);
    assert_true(gilt_thread_join(thread));
}

#define THREADS 4
#define ROUNDS 50

static _Atomic size_t found;

static void collect_often(void *unused) {
    (void)unused;
    for (int i = 0; i < ROUNDS; i++) {
        GiltGcPauses now;
        make_rings(5);
        atomic_fetch_add(&found, (size_t)gilt_gc_collect(i % 2));
        gilt_gc_pauses(&now);
        gilt_safepoint();
    }
}

TEST(collections_of_many_threads_lose_nothing) {
    NOT_UNDER_STRESS("it counts collections");
    GiltThread *threads[THREADS];
    settle();
    uint64_t before = pauses(), full = stats_of(2).collected;
    atomic_store(&found, 0);
    for (int i = 0; i < THREADS; i++)
        assert_non_null(threads[i] = gilt_thread_start(collect_often, NULL));
    for (int i = 0; i < THREADS; i++) assert_true(gilt_thread_join(threads[i]));
    assert_int_equal(atomic_load(&found), THREADS * ROUNDS * 5);
    assert_int_equal(stats_of(0).collections, THREADS * ROUNDS / 2);
    assert_int_equal(stats_of(1).collections, THREADS * ROUNDS / 2);
    assert_int_equal(stats_of(0).collected + stats_of(1).collected, THREADS * ROUNDS * 5);
    assert_int_equal(pauses() - before, THREADS * ROUNDS);
    assert_int_equal(stats_of(2).collected, full);
}

static void a_new_run_begins_at_zero(void **state) {
    NOT_UNDER_STRESS("it counts collections");
    (void)state;
    for (int run = 0; run < 2; run++) {
        assert_null(gilt_start(NULL, 0));
        assert_int_equal(stats_of(2).collections, 0);
        assert_true(stats_of(2).longest_stop == 0);
        assert_int_equal(pauses(), 0);
        assert_int_equal(gilt_gc_collect(2), 0);
        assert_int_equal(stats_of(2).collections, 1);
        gilt_finish();
    }
}

TESTS(test(a_young_collection_counts_what_it_looked_at_and_what_it_collected),
      test(each_generation_has_sums_of_its_own),
      test(there_are_no_statistics_of_generations_that_do_not_exist),
      test(finalised_and_resurrected_objects_are_counted),
      test(every_stop_of_a_collection_is_in_the_histogram_and_no_other),
      test(the_histogram_agrees_with_the_sums_of_seconds),
      test(bounds_grow_by_an_eighth_from_a_microsecond_to_more_than_ten_seconds),
      test(a_stop_goes_into_the_bucket_between_whose_bounds_it_is),
      test(time_to_stop_is_apart_from_time_stopped),
      test(collections_of_many_threads_lose_nothing),
      cmocka_unit_test(a_new_run_begins_at_zero))
