/* collect.c: one collection, from the wish for it to its end.
 *
 *   running   callbacks are told "start"
 *   stopped   what waits in merge queues is merged; the search; survivors are promoted;
 *             garbage is settled (garbage.h)
 *   running   finalisers, if there are any; then, stopped again, who was resurrected
 *   running   callbacks of weak references; the dead are dismantled; callbacks: "stop"
 *
 * Only the searches are done with the world stopped. Several threads may be in collections
 * at the same time, each in its running part: what one of them has found is either held by
 * it or cannot be seen by the others. A thread that is in a collection, in one of its
 * finalisers for instance, begins no other. */
#include "core/gc/collect.h"
#include "core/gc/helpers.h"
#include "core/gc/garbage.h"
#include "core/gc/gc.h"
#include "core/gc/policy.h"
#include "core/gc/report.h"
#include "core/gc/stats.h"
#include "core/gc/verify.h"
#include "core/threads/stop.h"
#include "core/threads/thread.h"
#include "core/trace.h"

GcState gc_old_state = GC_OLD_EVEN;

static bool is_full(const Collection *c) { return c->generation == GC_GENERATIONS - 1; }

/* ---- Stopped: what is searched ---- */

static void search_init(Collection *c) {
    Search *search = &c->search;
    search->candidates = GC_IN(GC_YOUNG);
    search->reached = GC_REACHED;
    if (c->generation >= 1) search->candidates |= GC_IN(GC_MIDDLE);
    if (!is_full(c)) return;
    search->classes = true;
    search->candidates |= GC_IN(gc_old_state);
    search->reached = gc_old_state == GC_OLD_EVEN ? GC_OLD_ODD : GC_OLD_EVEN;
}

/* ---- Stopped: what survives ---- */

static void promote(Object *o, void *state) { gc_set_state(o, *(GcState *)state); }

/* There is no memory to list the garbage: it stays for the next collection. */
static void keep(Object *o, void *data) { garbage_restore(o, data); }

/* After a full search the survivors have their state; after others it is this one. */
static void promote_survivors(Collection *c, GcState survivor) {
    Search *search = &c->search;
    if (c->lost) search_each(search, search->candidates, promote, &survivor);
    if (!is_full(c) && !search->settled && search->reached_count)
        search_each(search, GC_IN(search->reached), promote, &survivor);
    for (size_t i = 0; i < search->loose.count; i++)
        gc_set_state(search->loose.items[i], GC_UNTRACKED);
}

static void move_pages(Collection *c) {
    PageList to = c->generation ? PAGES_OLD : PAGES_MIDDLE;
    for (size_t i = 0; i < c->search.pages.count; i++) {
        Page *page = c->search.pages.items[i];
        if (page_rest(page)) page_move(page, to);
    }
}

/* ---- Stopped ---- */

static void find(Collection *c) {
    Search *search = &c->search;
    search_init(c);
    GcState survivor = c->generation == 0 ? GC_MIDDLE
                       : is_full(c)       ? search->reached
                                          : gc_old_state;
    PageList last = is_full(c) ? PAGES_OLD : (PageList)c->generation;
    if (!search_pages(search, last)) {
        c->failed = true;
        return;
    }
    if (!is_full(c)) search->survivor = survivor;
    search_run(search, helpers_size(search->pages.count));
    c->searched = trace_time();
    size_t garbage = search->candidate_count - search->reached_count;
    if (garbage) {
        c->lost = !garbage_list(&c->garbage, search, garbage);
        if (c->lost)
            search_each(search, search->candidates, keep, search);
        else
            garbage_settle(&c->garbage, search, survivor);
    }
    promote_survivors(c, survivor);
    if (is_full(c)) gc_old_state = survivor;
    move_pages(c);
}

static void search_stopped(Collection *c) {
    ref_merge_stopped();
    c->merged = trace_time();
    find(c);
    c->settled = trace_time();
    if (!c->failed) policy_collected(c);
    gc_verify_stopped();
}

static void settle_stopped(Collection *c) {
    ref_merge_stopped();
    c->merged = trace_time();
    garbage_settle_again(&c->garbage);
    c->settled = trace_time();
    c->resurrected = c->garbage.living.count;
    gc_verify_stopped();
}

static void while_stopped(Collection *c, void (*work)(Collection *)) {
    static const char *const names[GC_GENERATIONS] = {"gc young", "gc middle", "gc full"};
    stop_world(names[c->generation]);
    work(c);
    c->stop = resume_world();
    uint64_t paused = c->stop.resumed - c->stop.stopped;
    c->to_stop += c->stop.stopped - c->stop.asked;
    c->paused += paused;
    if (paused > c->longest) c->longest = paused;
    gc_stats_pause(&c->stop);
}

/* ---- The timeline ---- */

static void trace_search(const Collection *c) {
    const Search *search = &c->search;
    uint16_t me = thread_self()->id;
    TraceArg args[] = {
        {.name = "why", .text = c->why},
        {.name = "threads", .number = search->threads},
        {.name = "candidates", .number = search->candidate_count},
        {.name = "reached", .number = search->reached_count},
        {.name = "garbage", .number = search->candidate_count - search->reached_count}};
    trace_slice("merge", me, c->stop.stopped, c->merged, NULL, 0);
    if (c->failed) return;
    trace_slice("search", me, c->merged, c->searched, args, 5);
    trace_slice("settle", me, c->searched, c->settled, NULL, 0);
}

static void trace_finalize(const Collection *c, uint64_t from, uint64_t to) {
    uint16_t me = thread_self()->id;
    TraceArg finalized = {.name = "finalized", .number = c->garbage.finalized};
    trace_slice("finalise", me, from, to, &finalized, 1);
}

static void trace_settle(const Collection *c) {
    uint16_t me = thread_self()->id;
    TraceArg resurrected = {.name = "resurrected", .number = c->resurrected};
    trace_slice("merge", me, c->stop.stopped, c->merged, NULL, 0);
    trace_slice("settle", me, c->merged, c->settled, &resurrected, 1);
}

static void trace_sweep(const Collection *c, uint64_t from) {
    TraceArg collected = {.name = "collected", .number = c->garbage.found};
    trace_slice("sweep", thread_self()->id, from, trace_clock(), &collected, 1);
}

/* ---- All of it ---- */

static void finalize(Collection *c) {
    uint64_t begun = trace_time();
    garbage_finalize(&c->garbage);
    if (tracing()) trace_finalize(c, begun, trace_clock());
    while_stopped(c, settle_stopped);
    if (tracing()) trace_settle(c);
}

static void run(Collection *c) {
    while_stopped(c, search_stopped);
    if (tracing()) trace_search(c);
    if (c->garbage.finalizers) finalize(c);
    uint64_t begun = trace_time();
    garbage_end(&c->garbage);
    if (tracing()) trace_sweep(c, begun);
    search_free(&c->search);
}

ssize_t gc_collect(unsigned generation, const char *why) {
    Thread *self = thread_self();
    if (self->collecting) return 0;
    self->collecting = true;
    Collection c = {.generation = generation, .why = why};
    gc_report_start(&c);
    run(&c);
    gc_stats_add(&c);
    gc_report_stop(&c);
    self->collecting = false;
    return c.failed || c.lost ? -1 : (ssize_t)c.garbage.found;
}
