/* oom_test.c: the collector without memory: nothing is lost.
 *
 * There is a heap of some megabytes that lives: a chain so deep that the stack of the
 * search must grow, and a list so long that all threads look through it. Each round then
 * makes garbage of every kind and collects it while a malloc, an allocation in the heap or
 * the start of a thread fails: the N-th, for every N until a round has no N-th one.
 * Invariant: such a collection returns a number, or -1 with MemoryError; the heap is in
 * order after it, what lives has the counts that it had; and collections with memory then
 * find what is left, each finaliser and each callback has been called once, and every block
 * is back. */
#define _GNU_SOURCE /* RTLD_NEXT */
#include "tests/faults/failing_malloc.h"
#include "tests/gc/finalizers.h"
#include "tests/gc/mortal.h"

#include "core/memory/arena.h"
#include "core/options.h"
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>

#ifdef SANITIZED
enum { FEW = 500, ENOUGH_FOR_TWO = 500, ENOUGH_FOR_FOUR = 500, STRIDE = 7 };
#else
/* 32 of what lives are on a page; helpers come for 48 pages each. */
enum { FEW = 1500, ENOUGH_FOR_TWO = 3200, ENOUGH_FOR_FOUR = 6400, STRIDE = 1 };
#endif
enum { REFERENCES = WIDE, LONG = 5000, LOOSE = 100, MOST = 20000 };

/* ---- Threads that the system does not give ---- */

static int threads_until_failure; /* counts down to 1: from there on, all fail; 0: none */
static int threads_started;

#ifndef SANITIZED
#pragma GCC visibility push(default)
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                   void *(*run)(void *), void *argument) {
    static int (*create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    if (!create) *(void **)&create = dlsym(RTLD_NEXT, "pthread_create");
    if (threads_until_failure == 1) return EAGAIN;
    if (threads_until_failure) threads_until_failure--;
    threads_started++;
    return create(thread, attributes, run, argument);
}
#pragma GCC visibility pop
#endif

/* ---- What lives ---- */

static GiltObject *chain[ENOUGH_FOR_FOUR], *hub, *long_list;
static int living; /* how many are in the chain */

static const char *slot_name(int slot) {
    static char name[8];
    snprintf(name, sizeof name, "s%d", slot);
    return name;
}

static void set_slot(GiltObject *o, int slot, GiltObject *value) {
    link_to(o, slot_name(slot), value);
}

static int by_falling_address(const void *a, const void *b) {
    const char *left = *(const char *const *)a, *right = *(const char *const *)b;
    return left < right ? 1 : -1;
}

/* The first place of each leads to the next, so that what is left of all of them waits:
 * that is more than the search takes at a time. And to a lower address, because what there
 * is no place to note is found by another scan, which goes up. */
static void make_living(void) {
    hub = empty_list();
    long_list = empty_list();
    for (int i = 0; i < LONG; i++) append(long_list, hub);
    for (int i = 0; i < living; i++) chain[i] = some(gilt_instance_new(Wide));
    qsort(chain, (size_t)living, sizeof *chain, by_falling_address);
    for (int i = 0; i < living; i++) {
        set_slot(chain[i], 1, hub);
        for (int slot = 2; slot < REFERENCES; slot++) /* no two alike side by side */
            set_slot(chain[i], slot, slot % 2 ? hub : chain[i]);
        if (i) set_slot(chain[i - 1], 0, chain[i]);
    }
    for (int i = 1; i < living; i++) gilt_decref(chain[i]);
}

static void assert_living(void) {
    assert_int_equal(gilt_refcount(hub), 1 + LONG + living * (REFERENCES / 2));
    assert_int_equal(gilt_refcount(long_list), 1);
    for (int i = 0; i < living; i++)
        if (gilt_refcount(chain[i]) != (REFERENCES - 1) / 2 + 1)
            fail_msg("number %d of the chain has %d references", i,
                     (int)gilt_refcount(chain[i]));
}

static void drop_living(void) {
    gilt_decref(chain[0]);
    gilt_decref(long_list);
    gilt_decref(hub);
    assert_int_equal(gilt_gc_collect(2), living + 1); /* and the hub */
}

/* ---- What is garbage in a round ---- */

enum { WEAK = 3, RING = 500 };
enum { DEL = 3, REVIVED = 2, CLASS = 3, TUPLE = 2 };
enum { FOUND = DEL + REVIVED + 2 * RING + CLASS + TUPLE + 1 };

static GiltObject *Del, *item_name, *saved, *callback, *weak[WEAK], *loose[LOOSE];
static int called, dels;
static bool
    finalizing; /* or else there are no finalisers, and one search is all there is */

/* Takes memory of its own. One that has an `item` is brought back to life. */
static GiltObject *del_allocating(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)count;
    dels++;
    GiltObject *own = gilt_list_new(arguments, 1), *item;
    if (!own) return NULL;
    gilt_decref(own);
    if (!(item = gilt_get_attr(arguments[0], item_name))) {
        gilt_error_clear();
        return gilt_none();
    }
    gilt_decref(item);
    return gilt_list_append(saved, arguments[0]) ? gilt_none() : NULL;
}

static GiltObject *call_allocating(void *data, GiltObject *const *arguments, size_t count) {
    (void)data;
    called++;
    GiltObject *own = gilt_list_new(arguments, count);
    gilt_decref(own);
    return own ? gilt_none() : NULL;
}

static GiltObject *listen(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    return gilt_list_new(NULL, 0);
}

static GiltObject *ring_of_dels(int count) {
    GiltObject *class = finalizing ? Del : Node;
    GiltObject *first = some(gilt_instance_new(class)), *last = gilt_incref(first);
    for (int i = 1; i < count; i++) {
        GiltObject *o = some(gilt_instance_new(class));
        link_to(last, "next", o);
        gilt_decref(last);
        last = o;
    }
    link_to(last, "next", first);
    gilt_decref(last);
    return first;
}

static void make_weak(void) {
    GiltObject *dead = ring_of_dels(DEL), *nodes = ring_of_nodes(RING), *inside;
    weak[0] = some(gilt_weakref_new(dead, callback));
    weak[1] = some(gilt_weakref_new(nodes, callback));
    weak[2] = some(gilt_weakref_new(nodes, NULL));
    inside = some(gilt_weakref_new(dead, callback)); /* dies, too: never called */
    link_to(nodes, "item", inside);
    gilt_decref(inside);
    gilt_decref(dead);
    gilt_decref(nodes);
}

static void make_garbage(void) {
    make_weak();
    gilt_decref(ring_of_lists(RING));
    GiltObject *revived = ring_of_dels(REVIVED);
    link_to(revived, "item", callback);
    gilt_decref(revived);
    GiltObject *class = class_new(NULL), *o = instance(class), *list = empty_list();
    link_to(class, "item", o);
    gilt_decref(o);
    gilt_decref(class);
    append(list, o = tuple_of(list));
    gilt_decref(o);
    gilt_decref(list);
}

/* They hold no container: collections stop tracking them, now or later. */
static void make_loose(void) {
    GiltObject *number = gilt_float(0.5);
    for (int i = 0; i < LOOSE; i++) {
        loose[i] = i % 2 ? tuple_of(number) : some(gilt_dict_new());
        if (!(i % 2)) put_in(loose[i], number, number);
    }
    gilt_decref(number);
}

static void drop_loose(void) {
    for (int i = 0; i < LOOSE; i++) {
        assert_false(gilt_gc_is_tracked(loose[i]));
        assert_int_equal(gilt_len(loose[i]), 1);
        gilt_decref(loose[i]);
    }
}

/* ---- A round ---- */

typedef struct Fault {
    void (*arm)(uint64_t n);
    bool (*disarm)(void); /* has nothing failed? */
    int debug;            /* GILT_GC_DEBUG_... */
    bool calls_fail;      /* of finalisers; then it is not known what they revive */
} Fault;

static void check_heap(void) {
    assert_sound();
    assert_living();
}

/* What was kept is garbage again, all of it. */
static void forget_saved(int debug) {
    gilt_gc_set_debug(0);
    if (debug) gilt_list_clear(gilt_gc_garbage());
}

static void collect_the_rest(ssize_t found, uint64_t n) {
    for (int i = 0; i < 2; i++) {
        ssize_t more = gilt_gc_collect(2);
        assert_true(more >= 0);
        found += more;
        check_heap();
        gilt_list_clear(saved);
    }
    ssize_t more = gilt_gc_collect(2);
    if (found + more != FOUND)
        fail_msg("fault %d: %zd of %d were found", (int)n, found + more, FOUND);
}

static void check_calls(uint64_t n) {
    if (called != 2 || dels != (finalizing ? DEL + REVIVED : 0))
        fail_msg("fault %d: %d callbacks, %d finalisers were called", (int)n, called, dels);
    for (int i = 0; i < WEAK; i++) assert_gone(weak[i]);
    drop_loose();
}

/* But for what the threads that begin take for themselves. */
static bool mallocs_are_even;

/* true: nothing has failed. */
static bool round_with(const Fault *fault, int generation, uint64_t n) {
    size_t blocks = blocks_now();
    int64_t mallocs = mallocs_alive;
    called = dels = 0;
    make_garbage();
    make_loose();
    gilt_gc_set_debug(fault->debug);
    fault->arm(n);
    ssize_t found = gilt_gc_collect(generation);
    bool whole = fault->disarm();
    assert_true(found >= 0 ? !gilt_error() : gilt_error_is(GILT_MEMORY_ERROR));
    gilt_error_clear();
    check_heap();
    if (found >= 0 && !fault->calls_fail)
        assert_int_equal(found,
                         FOUND - (finalizing ? REVIVED : 0) - (generation < 2 ? CLASS : 0));
    if (fault->debug) found = 0;
    forget_saved(fault->debug);
    gilt_list_clear(saved);
    collect_the_rest(found < 0 ? 0 : found, n);
    check_calls(n);
    gilt_safepoint();
    STAYS(0); /* of the class */
    if (blocks_now() != blocks + 3)
        fail_msg("fault %d: %d blocks are left", (int)n, (int)(blocks_now() - blocks - 3));
    if (mallocs_alive != mallocs && mallocs_are_even)
        fail_msg("fault %d: %d mallocs are left", (int)n, (int)(mallocs_alive - mallocs));
    return whole;
}

/* Every N; how many there were. */
static uint64_t rounds_with(const Fault *fault, int generation, bool with_finalizers) {
    uint64_t n = 1;
    finalizing = with_finalizers;
    mallocs_are_even = true;
    while (!round_with(fault, generation, n)) {
        n += STRIDE;
        if (n > MOST) fail_msg("it never ends");
    }
    return n - 1;
}

/* ---- Set-up ---- */

static FILE *real_stderr;

/* What is raised in finalisers and callbacks is printed. */
static void silence(void) {
    real_stderr = stderr;
    FILE *nowhere = fopen("/dev/null", "w");
    if (!nowhere) return;
    setvbuf(nowhere, NULL, _IONBF, 0); /* no malloc for a buffer */
    stderr = nowhere;
}

static void speak(void) {
    if (stderr != real_stderr) fclose(stderr);
    stderr = real_stderr;
}

static int begin_with(const char *const *settings, size_t count, int chain_length) {
    gc_begin_with(settings, count);
    silence();
    Del = class_with_del(NULL, del_allocating, NULL);
    item_name = gilt_intern("item");
    callback = some(gilt_function_new("callback", call_allocating, NULL));
    saved = empty_list();
    gilt_gc_garbage(), gilt_gc_callbacks();
    finalizing = true;
    GiltObject *o = ring_of_dels(1);
    link_to(o, "item", callback);
    gilt_decref(o);
    gilt_gc_collect(2);
    gilt_list_clear(saved);
    gilt_gc_collect(2);
    gilt_safepoint();
    testing_blocks = blocks_now();
    living = chain_length;
    make_living();
    return 0;
}

static int end_test(void **state) {
    malloc_fail_at(0);
    speak();
    gilt_list_clear(gilt_gc_callbacks());
    drop_living();
    return gc_end(state);
}

static int begin_alone(void **state) {
    (void)state;
    return begin_with((const char *[]){"gc_threads=1"}, 1, FEW);
}

static int begin_with_two(void **state) {
    (void)state;
    return begin_with((const char *[]){"gc_threads=2"}, 1, ENOUGH_FOR_TWO);
}

static int begin_with_four(void **state) {
    (void)state;
    return begin_with((const char *[]){"gc_threads=4"}, 1, ENOUGH_FOR_FOUR);
}

static int begin_counting(void **state) {
    (void)state;
    return begin_with((const char *[]){"gc_threads=1", "oom=1000000000"}, 2, FEW);
}

/* ---- malloc ---- */

static bool no_malloc_failed(void) {
    bool none =
        mallocs_until_failure && (!mallocs_go_on_failing || mallocs_until_failure > 1);
    malloc_fail_at(0);
    return none;
}

static const Fault one_malloc = {malloc_fail_at, no_malloc_failed, 0, false};
static const Fault all_mallocs = {malloc_fail_from, no_malloc_failed, 0, false};

static void malloc_may_fail(const Fault *fault) {
    if (!MALLOC_CAN_FAIL) skip();
    uint64_t full = rounds_with(fault, 2, false), young = rounds_with(fault, 0, false);
    assert_true(full >= young + 4);                  /* the stack has grown that often */
    assert_true(rounds_with(fault, 2, true) > full); /* more must be listed */
    rounds_with(fault, 0, true);
}

TEST(any_malloc_of_a_collection_may_fail) { malloc_may_fail(&one_malloc); }
TEST(all_mallocs_of_a_collection_may_fail) { malloc_may_fail(&all_mallocs); }
TEST(any_malloc_of_a_collection_with_a_helper_may_fail) { malloc_may_fail(&one_malloc); }
TEST(all_mallocs_of_a_collection_with_a_helper_may_fail) { malloc_may_fail(&all_mallocs); }

/* ---- Allocations in the heap: by finalisers and callbacks ---- */

static void fail_allocation_at(uint64_t n) {
    arena_reset_count();
    options.out_of_memory = n;
}

/* If there were fewer, the one that is to fail is still to come. */
static bool no_allocation_failed(void) {
    bool none = false;
    for (uint64_t left = options.out_of_memory; left && !none; left--)
        none = arena_must_fail();
    options.out_of_memory = UINT64_MAX; /* so that blocks are made the same way as before */
    return none;
}

TEST(any_allocation_of_finalisers_and_callbacks_may_fail) {
    const Fault fault = {fail_allocation_at, no_allocation_failed, 0, true};
    uint64_t without = rounds_with(&fault, 2, true);
    assert_true(without > 5);
    GiltObject *listener = some(gilt_function_new("listen", listen, NULL));
    append(gilt_gc_callbacks(), listener);
    gilt_decref(listener);
    uint64_t with = rounds_with(&fault, 2, true);
    assert_true(with > without + 5);
}

TEST(any_allocation_of_saved_garbage_may_fail) {
    const Fault fault = {fail_allocation_at, no_allocation_failed, GILT_GC_DEBUG_SAVEALL,
                         true};
    assert_true(rounds_with(&fault, 2, true) > 1);
}

/* ---- Threads ---- */

static void collect_with_faults(int fault) {
    const Fault none = {malloc_fail_at, no_malloc_failed, 0, false};
    threads_until_failure = fault;
    mallocs_are_even = false;
    round_with(&none, 2, 0);
    threads_until_failure = 0;
}

/* This test comes first, because helpers stay until the process ends. */
TEST(helpers_that_cannot_be_started_are_not_needed) {
#ifdef SANITIZED
    skip();
#endif
    threads_started = 0;
    collect_with_faults(1);
    assert_int_equal(threads_started, 0);
    collect_with_faults(2);
    assert_int_equal(threads_started, 1);
    collect_with_faults(2);
    assert_int_equal(threads_started, 2);
    collect_with_faults(0);
    assert_int_equal(threads_started, 3);
    collect_with_faults(0);
    assert_int_equal(threads_started, 3);
}

#define oom_test(name, begin) cmocka_unit_test_setup_teardown(name, begin, end_test)

TESTS(oom_test(helpers_that_cannot_be_started_are_not_needed, begin_with_four),
      oom_test(any_malloc_of_a_collection_may_fail, begin_alone),
      oom_test(all_mallocs_of_a_collection_may_fail, begin_alone),
      oom_test(any_malloc_of_a_collection_with_a_helper_may_fail, begin_with_two),
      oom_test(all_mallocs_of_a_collection_with_a_helper_may_fail, begin_with_two),
      oom_test(any_allocation_of_finalisers_and_callbacks_may_fail, begin_counting),
      oom_test(any_allocation_of_saved_garbage_may_fail, begin_counting))
