/* policy.c: when to collect, and what.
 *
 * The young generation is collected when `threshold[0]` more containers have been made than
 * destroyed since it was last, for each thread that a core can run: many threads make them
 * sooner, and each collection stops all of them. Every `threshold[1]` of those the middle
 * one is collected with it; and the old one when that has happened `threshold[2]` times
 * and, besides, it has grown by as much as survived its last collection, or by four times
 * as much if that was in vain. So what a heap of n objects costs to build is linear in n,
 * though a full collection looks at all of it: the full ones look at less than 5/4 n.
 *
 * Counting. A thread counts down an allowance, in its heap, with each container that it
 * makes, and up, to where it began, with each that it destroys. When it is spent, what was
 * made is added to `young` and a new one is given: what is left to the limit, shared
 * between the threads that ran at the last collection. So with one thread the limit is
 * met exactly, and with several no thread touches a shared line often. */
#include "core/gc/policy.h"
#include "core/gc/gc.h"
#include "core/gc/helpers.h"
#include "core/gc/report.h"
#include "core/gc/stats.h"
#include "core/memory/arena.h"
#include "core/options.h"
#include "core/threads/stop.h"
#include "core/threads/thread.h"

#define SHARE_LEAST 16 /* of several threads */
#define PATIENCE 4     /* after a full collection in vain */

static struct Policy {
    _Atomic size_t threshold[GC_GENERATIONS];
    _Atomic size_t young; /* containers made, less those destroyed; without allowances */
    _Atomic size_t middle, full; /* collections of the generation before since the last */
    size_t old, grown;           /* survivors of the last full collection; come since */
    size_t patience;             /* how many times as many are to come until the next */
    unsigned running, at_once;   /* threads, at the last collection; with a core each */
    _Atomic bool enabled, wanted;
} policy;

static const size_t thresholds[GC_GENERATIONS] = {2000, 10, 10};

static size_t load(_Atomic size_t *number) {
    return atomic_load_explicit(number, memory_order_relaxed);
}

static size_t load_threshold(unsigned generation) {
    return load(&policy.threshold[generation]);
}

bool gc_start(void) {
    gc_stats_start();
    for (unsigned i = 0; i < GC_GENERATIONS; i++)
        atomic_store(&policy.threshold[i], thresholds[i]);
    atomic_store(&policy.young, 0);
    atomic_store(&policy.middle, 0);
    atomic_store(&policy.full, 0);
    policy.old = policy.grown = 0;
    policy.patience = 1;
    policy.running = policy.at_once = 1;
    atomic_store(&policy.enabled, true);
    atomic_store(&policy.wanted, false);
    return true;
}

/* ---- Counting ---- */

static int32_t bounded(size_t allowance) {
    return allowance < INT32_MAX ? (int32_t)allowance : INT32_MAX;
}

/* How large `young` may become. */
static size_t young_most(void) {
    size_t most;
    bool huge = __builtin_mul_overflow(load_threshold(0), policy.at_once, &most);
    return huge ? SIZE_MAX : most;
}

/* What a thread may make until it asks again. */
static int32_t allowance(size_t young) {
    size_t most = young_most();
    if (options.gc_stress) return bounded(options.gc_stress - 1);
    if (young >= most) return bounded(most ? most : thresholds[0]);
    size_t left = most - young;
    if (policy.running < 2) return bounded(left);
    size_t share = left / policy.running;
    return bounded(share > SHARE_LEAST ? share : SHARE_LEAST);
}

static void allowance_give(Heap *heap, size_t young) {
    heap->allowance = heap->allowance_most = allowance(young);
}

/* Which generation is due; -1: none. */
static int generation_due(void) {
    if (!load_threshold(0) || load(&policy.young) <= young_most()) return -1;
    bool grown = policy.grown > policy.old * policy.patience;
    if (load(&policy.full) > load_threshold(2) && grown) return 2;
    return load(&policy.middle) > load_threshold(1);
}

/* Collects at this very allocation: the block is not made yet, no lock is held. */
static void stress(void) {
    static _Atomic size_t turn;
    size_t turns = atomic_fetch_add(&turn, 1);
    bool full = turns % 1000 == 999 || (turns % 100 == 99 && policy.grown > policy.old);
    gc_collect(full ? 2 : turns % 10 == 9, "stress");
}

void gc_allowance_spent(void) {
    Heap *heap = heap_current;
    size_t made = (size_t)(heap->allowance_most - heap->allowance);
    size_t young = atomic_fetch_add(&policy.young, made) + made;
    allowance_give(heap, young);
    if (!atomic_load_explicit(&policy.enabled, memory_order_relaxed)) return;
    if (options.gc_stress) {
        stress();
    } else if (generation_due() >= 0) {
        atomic_store(&policy.wanted, true);
        world_poke(world_self());
    }
}

void gc_poll(void) {
    if (likely(!atomic_load_explicit(&policy.wanted, memory_order_relaxed))) return;
    if (thread_self()->collecting || !atomic_exchange(&policy.wanted, false)) return;
    int generation = generation_due();
    if (generation >= 0) gc_collect((unsigned)generation, "threshold");
}

static void give_anew(Thread *thread, void *unused) {
    (void)unused;
    allowance_give(&thread->heap, 0);
}

static void count_running(Thread *thread, void *count) {
    *(unsigned *)count += thread->running;
}

/* Has a full collection found next to nothing? Then the heap is being built. */
static bool is_fruitless(const Search *search) {
    size_t garbage = search->candidate_count - search->reached_count;
    return garbage < search->candidate_count / 16;
}

void policy_collected(const Collection *c) {
    unsigned cores = helpers_cores();
    policy.running = 0;
    threads_each(count_running, &policy.running);
    policy.at_once = policy.running < cores ? policy.running : cores;
    threads_each(give_anew, NULL);
    atomic_store(&policy.young, 0);
    if (c->generation == 0) atomic_fetch_add(&policy.middle, 1);
    if (c->generation == 1) atomic_fetch_add(&policy.full, 1);
    if (c->generation >= 1) atomic_store(&policy.middle, 0);
    if (c->generation == 1) policy.grown += c->search.reached_count;
    if (c->generation < 2) return;
    atomic_store(&policy.full, 0);
    policy.old = c->search.reached_count;
    policy.grown = 0;
    policy.patience = is_fruitless(&c->search) ? PATIENCE : 1;
}

void policy_frozen(void) {
    atomic_store(&policy.young, 0);
    atomic_store(&policy.middle, 0);
    atomic_store(&policy.full, 0);
    policy.old = policy.grown = 0;
}

/* ---- For programs ---- */

/* Who asks for a full collection wants the memory to go back to the system, too. */
static void give_memory_back(void) {
    heap_give_back(heap_current);
    reclaim_drain();
    arena_cool();
}

ssize_t gilt_gc_collect(int generation) {
    if (generation < 0 || generation >= GC_GENERATIONS)
        return gilt_raise(GILT_VALUE_ERROR, "invalid generation"), -1;
    safepoint_settle(); /* what waits to be merged may be what keeps a cycle */
    ssize_t found = gc_collect((unsigned)generation, "request");
    if (generation == GC_GENERATIONS - 1) give_memory_back();
    if (found < 0) gilt_raise(GILT_MEMORY_ERROR, NULL);
    return found;
}

void gilt_gc_enable(void) { atomic_store(&policy.enabled, true); }
void gilt_gc_disable(void) { atomic_store(&policy.enabled, false); }
bool gilt_gc_is_enabled(void) { return atomic_load(&policy.enabled); }

/* So that it holds from here on, what was made so far counts as it is. */
static void count_all(Thread *thread, void *unused) {
    (void)unused;
    Heap *heap = &thread->heap;
    size_t made = (size_t)(heap->allowance_most - heap->allowance);
    allowance_give(heap, atomic_fetch_add(&policy.young, made) + made);
}

void gilt_gc_set_thresholds(const size_t wanted[3]) {
    stop_world("gc thresholds");
    for (unsigned i = 0; i < GC_GENERATIONS; i++)
        atomic_store(&policy.threshold[i], wanted[i]);
    threads_each(count_all, NULL);
    resume_world();
}

void gilt_gc_thresholds(size_t now[3]) {
    for (unsigned i = 0; i < GC_GENERATIONS; i++) now[i] = load_threshold(i);
}

static void add_made(Thread *thread, void *young) {
    const Heap *heap = &thread->heap;
    *(size_t *)young += (size_t)(heap->allowance_most - heap->allowance);
}

/* Changes no allowance: what is destroyed later counts against what was made before. */
void gilt_gc_counts(size_t counts[3]) {
    stop_world("gc counts");
    counts[0] = load(&policy.young);
    threads_each(add_made, &counts[0]);
    resume_world();
    counts[1] = load(&policy.middle);
    counts[2] = load(&policy.full);
}

/* ---- Tracking ---- */

/* By its maker it can be made young, because the page is his. Somebody else's page may be
 * moved by its owner meanwhile: there the object goes to the old generation at once, which
 * is right on any page but a frozen one, which searches do not walk. On such a one it is
 * frozen, too, which is right wherever the page has moved since. */
void gc_track(Object *o) {
    Page *page = page_of(o);
    if (ref_is_immortal(&o->refs) || gc_is_tracked(o)) return;
    if (page->heap == heap_current) {
        page_move(page, PAGES_YOUNG);
        gc_set_state(o, GC_YOUNG);
    } else {
        PageList list = (PageList)__atomic_load_n(&page->list, __ATOMIC_RELAXED);
        gc_set_state(o, list == PAGES_FROZEN ? GC_FROZEN : gc_old_state);
    }
}

void gc_finish(void) { gc_report_finish(); }
