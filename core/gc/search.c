/* search.c: one search, alone or with helpers, and the pages that it is about. */
#include "core/object/builtin.h"
#include "core/gc/search.h"
#include "core/gc/classes.h"
#include "core/gc/marker.h"
#include "core/memory/arena.h"
#include "core/threads/thread.h"
#include <string.h>

/* ---- Markers ---- */

static void marker_init(Marker *m, Search *search, Helpers *helpers, unsigned number) {
    uintptr_t high;
    memset(m, 0, offsetof(Marker, first));
    m->search = search;
    m->helpers = helpers;
    m->number = number;
    m->sight.candidates = search->candidates;
    m->sight.involved = search->candidates | GC_IN(search->reached);
    m->sight.reached = search->reached * MARK_STATE_BIT;
    arena_containers(&m->sight.low, &high);
    m->sight.size = high - m->sight.low;
    m->sight.classes = search->classes;
    if (helpers) helpers_stretch(helpers, number, &m->sight.mine, &m->sight.mine_size);
    m->stack = m->first;
    m->room = FIRST_STACK;
}

bool stack_grow(Marker *m) {
    size_t bytes = m->room * sizeof *m->stack;
    Span *stack = realloc(m->stack == m->first ? NULL : m->stack, 2 * bytes);
    if (!stack) return false;
    if (m->stack == m->first) memcpy(stack, m->first, bytes);
    m->stack = stack;
    m->room *= 2;
    return true;
}

Cursor cursor_at_start(const Marker *m) {
    const Search *search = m->search;
    if (search->objects) return (Cursor){.last = search->objects->count};
    size_t pages = search->pages.count, parts = m->helpers ? m->helpers->size : 1;
    return (Cursor){.next = pages * m->number / parts,
                    .last = pages * (m->number + 1) / parts,
                    .classes = search->classes && (parts == 1 || is_mine(m->sight, types))};
}

bool cursor_on(Cursor *c, const Marker *m) {
    const Search *search = m->search;
    if (c->next == c->last) {
        if (!c->classes) return false;
        c->classes = false;
        c->at = (char *)&types[BUILTIN_TYPES];
        c->step = sizeof *types;
        c->end = (char *)&types[types_count()];
    } else if (search->objects) {
        c->at = search->objects->items[c->next++];
        c->step = 1;
        c->end = c->at + 1;
    } else {
        char *page = search->pages.items[c->next++];
        c->at = page + PAGE_FIRST;
        c->step = page_step((Page *)page);
        c->end = page + page_end((Page *)page);
    }
    return true;
}

void receive_all(Marker *m, void (*take)(Marker *, Object *)) {
    for (RefCount *ref; (ref = helpers_receive(m->helpers, m->number));)
        take(m, object_of(ref));
}

void send_late(Marker *m, unsigned owner, Object *o, void (*take)(Marker *, Object *)) {
    unsigned spins = 0;
    do {
        receive_all(m, take);
        helpers_relax(&spins);
    } while (!helpers_send(m->helpers, m->number, owner, &o->refs));
}

/* ---- Both steps ---- */

static void search_helped(void *markers, unsigned number) {
    Marker *m = (Marker *)markers + number;
    subtract_helped(m);
    helpers_meet(m->helpers);
    trace_helped(m);
}

static void marker_finish(Marker *m) {
    Search *search = m->search;
    search->candidate_count += m->candidate_count;
    search->reached_count += m->reached_count;
    for (size_t i = 0; i < m->loose.count; i++)
        vector_push(&search->loose, m->loose.items[i]);
    vector_free(&m->loose);
    if (m->stack != m->first) free(m->stack);
}

static bool search_together(Search *search, unsigned threads) {
    Helpers *helpers = helpers_new(&search->pages, threads);
    Marker *markers = helpers ? malloc(threads * sizeof *markers) : NULL;
    for (unsigned i = 0; markers && i < threads; i++)
        marker_init(&markers[i], search, helpers, i);
    if (markers) helpers_run(helpers, search_helped, markers);
    for (unsigned i = 0; markers && i < threads; i++) marker_finish(&markers[i]);
    bool ran = markers;
    free(markers);
    if (helpers) helpers_free(helpers);
    return ran;
}

void search_run(Search *search, unsigned threads) {
    search->threads = threads;
    if (search->classes) classes_leave_out(search);
    if (threads <= 1 || !search_together(search, threads)) {
        search->threads = 1;
        Marker alone;
        marker_init(&alone, search, NULL, 0);
        subtract_alone(&alone);
        trace_alone(&alone);
        marker_finish(&alone);
    }
    if (search->classes) classes_take_in(search);
}

/* ---- Pages ---- */

typedef struct Gather {
    Vector *pages;
    PageList last;
    bool failed;
} Gather;

static void gather(Thread *thread, void *data) {
    Gather *g = data;
    for (unsigned list = 0; list <= g->last; list++)
        for (Page *page = thread->heap.pages[list]; page; page = page->all_next)
            if (!vector_push(g->pages, page)) g->failed = true;
}

static int by_address(const void *a, const void *b) {
    const char *left = *(const char *const *)a, *right = *(const char *const *)b;
    return left < right ? -1 : left > right;
}

bool search_pages(Search *search, PageList last) {
    Vector *pages = &search->pages;
    Gather g = {pages, last, false};
    threads_each(gather, &g);
    if (pages->count) /* qsort wants an array even for nothing */
        qsort(pages->items, pages->count, sizeof *pages->items, by_address);
    return !g.failed;
}

void search_each(const Search *search, unsigned states, void (*visit)(Object *, void *data),
                 void *data) {
    for (size_t i = 0; i < search->pages.count; i++) {
        const Page *page = search->pages.items[i];
        size_t size = page_step(page), end = page_end(page);
        for (size_t at = PAGE_FIRST; at < end; at += size) {
            Object *o = (Object *)((char *)page + at);
            if (gc_in(states, marks_load(o))) visit(o, data);
        }
    }
    if (search->classes) classes_each(states, visit, data);
}

void search_free(Search *search) {
    vector_free(&search->pages);
    vector_free(&search->loose);
}
