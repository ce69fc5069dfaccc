/* runtime.c: the start and the end of everything, in order.
 *
 * Start: options, world, trace, main thread, types. A failing start undoes what it has
 * done, so that it can be tried again. At the end no object is destroyed one by one: what
 * is still alive (immortal objects, classes, and what a program has not dropped) goes with
 * the heaps' pages. */
#include "core/gilt.h"
#include "core/chaos.h"
#include "core/memory/arena.h"
#include "core/gc/gc.h"
#include "core/mode.h"
#include "core/modules/module.h"
#include "core/object/object.h"
#include "core/options.h"
#include "core/threads/stop.h"
#include "core/threads/thread.h"
#include "core/trace.h"
#include "core/types/file.h"
#include <stdio.h>

static bool running;

static const char *read_options(const char *const *settings, size_t count) {
    const char *wrong = options_from_environment();
    for (size_t i = 0; i < count && !wrong; i++) wrong = options_set(settings[i]);
    return wrong;
}

static void heap_release_pages(Thread *thread, void *unused) {
    (void)unused;
    for (Page *page = heap_first(&thread->heap), *next; page; page = next) {
        next = page_after(page);
        arena_give(page, (page->retired.bytes & ~(size_t)1) / PAGE_BYTES);
    }
}

/* Detached from everything: gives all memory back. */
static void release_all(void) {
    threads_each(heap_release_pages, NULL);
    threads_finish();
    arena_trim();
}

/* The calling thread, the last one, leaves, and all memory goes. */
static void stop(void) {
    reclaim_drain();
    files_finish();
    gc_finish();
    modules_finish();
    types_finish();
    blocking_begin();
    world_leave(world_self());
    heap_current = NULL;
    release_all();
    trace_finish();
}

const char *gilt_start(const char *const *settings, size_t count) {
    if (running) return "the runtime has started already";
    options_reset();
    const char *wrong = read_options(settings, count);
    if (wrong) return wrong;
    chaos_start(options.chaos);
    arena_reset_count();
    if (!fork_start()) return "no memory to start";
    if (!world_start()) return "this system cannot run this mode";
    wrong = trace_start(options.trace);
    if (wrong) return wrong;
    if (!thread_begin(&wrong)) {
        trace_finish();
        return wrong;
    }
    if (!gc_start() || !types_start()) {
        stop();
        return "no memory to start";
    }
    running = true;
    return NULL;
}

void gilt_finish(void) {
    gilt_error_print();
    safepoint_slow();
    stop();
    running = false;
}

static void measure(Thread *thread, void *sum) { heap_measure(&thread->heap, sum); }

GiltMemory gilt_memory(void) {
    GiltMemory sum = {0};
    safepoint_slow();
    reclaim_drain();
    stop_world("memory");
    threads_each(measure, &sum);
    resume_world();
    return sum;
}

const char *gilt_policies(void) {
    static char text[64];
    snprintf(text, sizeof text, "%s %s %s", world_policy(), ref_policy(), reclaim_policy());
    return text;
}

const char *gilt_mode(void) { return world_mode(); }
