/* search.c: subtract and trace; search.h has the algorithm and its invariant.
 *
 * MARK_LINKED is set by `subtract` on the candidates that refer to a candidate: only those
 * are looked into again. Most are not: numbers and text in an instance are leaves.
 *
 * Tracing goes depth first, with a stack of what is left of the spans that it is in, and
 * descends into an object when it first meets it, while its header is at hand. The stack
 * grows as far as there is memory; what finds no place on it is left alone and found by
 * another scan (`again`), see search.h.
 *
 * With several threads (helpers.h) each does both steps for the pages that it owns. The two
 * versions, alone and with helpers, are one text: `helpers` is a constant in each. Of an object of
 * another thread only the marks are read, and of those only whether it is a candidate or
 * one that was reached, which is the same for both and does not change; the loads and
 * stores of marks are atomic. */
#include "core/gc/search.h"
#include "core/gc/helpers.h"
#include "core/threads/thread.h"
#include <string.h>

#define FIRST_STACK 128
#define POLL_EVERY 256 /* objects that are traced between looks at the rings */

/* What is left of a span. */
typedef struct Rest {
    const Slot *at;
    size_t count, stride;
} Rest;

typedef struct Marker {
    Search *search;
    Helpers *helpers;
    unsigned number;
    unsigned candidates, involved; /* sets of states; involved: and those reached */
    bool again;
    size_t candidate_count, reached_count, depth, room;
    Rest *stack, first[FIRST_STACK];
    Vector loose;
} Marker;

static void marker_init(Marker *m, Search *search, Helpers *helpers, unsigned number) {
    memset(m, 0, offsetof(Marker, first));
    m->search = search;
    m->helpers = helpers;
    m->number = number;
    m->candidates = search->candidates;
    m->involved = search->candidates | GC_IN(search->reached);
    m->stack = m->first;
    m->room = FIRST_STACK;
    m->loose = (Vector){0};
}

/* Is there room for the two rests that one step may need? */
static bool stack_grow(Marker *m) {
    size_t bytes = m->room * sizeof *m->stack;
    Rest *stack = realloc(m->stack == m->first ? NULL : m->stack, 2 * bytes);
    if (!stack) return false;
    if (m->stack == m->first) memcpy(stack, m->first, bytes);
    m->stack = stack;
    m->room *= 2;
    return true;
}

static ALWAYS_INLINE bool stack_has_room(Marker *m) {
    return likely(m->depth + SPANS_MAX <= m->room) || stack_grow(m);
}

static ALWAYS_INLINE Object *rest_next(Rest *rest) {
    Object *o = object_of(slot_peek(rest->at));
    rest->at = (const Slot *)((const char *)rest->at + rest->stride);
    rest->count--;
    return o;
}

/* ---- Walking ---- */

typedef void Step(Marker *m, Object *o, bool helpers);

static ALWAYS_INLINE void each_on_page(Marker *m, const Page *page, Step *step, bool helpers) {
    size_t size = page_step(page), end = page_end(page);
    for (size_t at = PAGE_FIRST; at < end; at += size) {
        Object *o = (Object *)((char *)page + at);
        if (gc_in(m->candidates, marks_load(o))) step(m, o, helpers);
    }
}

static void receive(Marker *m, void (*take)(Marker *, Object *)) {
    for (RefCount *ref; (ref = helpers_receive(m->helpers, m->number));) take(m, object_of(ref));
}

static void send(Marker *m, unsigned to, Object *o, void (*take)(Marker *, Object *)) {
    while (!helpers_send(m->helpers, m->number, to, &o->refs)) receive(m, take);
}

/* All candidates that this thread owns. */
static ALWAYS_INLINE void each_candidate(Marker *m, Step *step, bool helpers,
                                         void (*take)(Marker *, Object *)) {
    Search *search = m->search;
    if (search->objects) {
        for (size_t i = 0; i < search->objects->count; i++) {
            Object *o = search->objects->items[i];
            if (gc_in(m->candidates, marks_load(o))) step(m, o, helpers);
        }
        return;
    }
    size_t parts = helpers ? m->helpers->size : 1;
    size_t from = search->pages.count * m->number / parts;
    size_t to = search->pages.count * (m->number + 1) / parts;
    for (size_t i = from; i < to; i++) {
        each_on_page(m, search->pages.items[i], step, helpers);
        if (helpers) receive(m, take);
    }
}

/* ---- Subtracting ---- */

static void take_dropped(Marker *m, Object *o) {
    (void)m;
    ref_trial_drop(&o->refs);
}

static ALWAYS_INLINE void subtract(Marker *m, Object *o, bool helpers) {
    Span spans[SPANS_MAX];
    unsigned count = type_of(o)->ops->spans(o, spans), linked = 0;
    for (unsigned i = 0; i < count; i++) {
        Rest rest = {spans[i].first, spans[i].count, spans[i].stride};
        while (rest.count) {
            Object *to = rest_next(&rest);
            if (!to || !gc_in(m->candidates, marks_load(to))) continue;
            linked = MARK_LINKED;
            unsigned owner = helpers ? helpers_owner(m->helpers, to) : 0;
            if (helpers && owner != m->number)
                send(m, owner, to, take_dropped);
            else
                ref_trial_drop(&to->refs);
        }
    }
    unsigned marks = marks_load(o);
    if ((marks & MARK_LINKED) != linked) marks_store(o, marks ^ MARK_LINKED);
    m->candidate_count++;
}

/* ---- Tracing ---- */

/* Does the tuple or dict hold nothing that is or may ever be tracked? */
static bool holds_no_container(Object *o) {
    Span spans[SPANS_MAX];
    unsigned count = type_of(o)->ops->spans(o, spans);
    for (unsigned i = 0; i < count; i++) {
        Rest rest = {spans[i].first, spans[i].count, spans[i].stride};
        while (rest.count) {
            Object *to = rest_next(&rest);
            if (to && gc_may_be_tracked(to)) return false;
        }
    }
    return true;
}

/* If there is no memory to note it, it stays tracked. */
static NEVER_INLINE void note_loose(Marker *m, Object *o) {
    if (holds_no_container(o)) vector_push(&m->loose, o);
}

/* The candidate is reached. Pushes the places that lead on from it, if any do. */
static ALWAYS_INLINE void reach(Marker *m, Object *o, unsigned marks) {
    marks_store(o, marks % MARK_STATE_BIT + m->search->reached * MARK_STATE_BIT);
    m->reached_count++;
    if (!(marks & MARK_LINKED)) {
        if (unlikely(is_type(o, GILT_TUPLE) || is_type(o, GILT_DICT))) note_loose(m, o);
        return;
    }
    Span spans[SPANS_MAX];
    for (unsigned i = type_of(o)->ops->spans(o, spans); i--;)
        if (spans[i].count)
            m->stack[m->depth++] = (Rest){spans[i].first, spans[i].count, spans[i].stride};
}

/* One more reference to an object of this thread. */
static ALWAYS_INLINE void take_in(Marker *m, Object *o, unsigned marks) {
    ref_trial_add(&o->refs);
    if (!gc_in(m->candidates, marks)) return;
    if (likely(stack_has_room(m)))
        reach(m, o, marks);
    else
        m->again = true;
}

static void take_added(Marker *m, Object *o) { take_in(m, o, marks_load(o)); }

/* Works off the stack. */
static ALWAYS_INLINE void trace_on(Marker *m, bool helpers) {
    for (unsigned steps = 1; m->depth; steps++) {
        Rest *top = &m->stack[m->depth - 1];
        Object *to = rest_next(top);
        if (!top->count) m->depth--; /* before it descends: a chain needs no depth */
        if (helpers && steps % POLL_EVERY == 0) receive(m, take_added);
        if (!to) continue;
        unsigned marks = marks_load(to);
        if (!gc_in(m->involved, marks)) continue;
        unsigned owner = helpers ? helpers_owner(m->helpers, to) : 0;
        if (helpers && owner != m->number)
            send(m, owner, to, take_added);
        else
            take_in(m, to, marks);
    }
}

/* A candidate that is held from outside is a root. */
static ALWAYS_INLINE void trace(Marker *m, Object *o, bool helpers) {
    if (!ref_trial_held(&o->refs)) return;
    if (unlikely(!stack_has_room(m))) {
        m->again = true;
        return;
    }
    reach(m, o, marks_load(o));
    trace_on(m, helpers);
}

/* ---- Alone ---- */

static void search_alone(Marker *m) {
    each_candidate(m, subtract, false, NULL);
    do {
        m->again = false;
        each_candidate(m, trace, false, NULL);
    } while (m->again);
}

/* ---- With helpers ---- */

static void search_with_helpers(void *markers, unsigned number) {
    Marker *m = (Marker *)markers + number;
    each_candidate(m, subtract, true, take_dropped);
    do receive(m, take_dropped);
    while (helpers_wait(m->helpers, number));
    helpers_meet(m->helpers);
    m->again = true;
    do {
        bool scan = m->again;
        m->again = false;
        if (scan) each_candidate(m, trace, true, take_added);
        receive(m, take_added);
        trace_on(m, true);
    } while (m->again || helpers_wait(m->helpers, number));
}

/* ---- All of it ---- */

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
    if (markers) helpers_run(helpers, search_with_helpers, markers);
    for (unsigned i = 0; markers && i < threads; i++) marker_finish(&markers[i]);
    bool ran = markers;
    free(markers);
    if (helpers) helpers_free(helpers);
    return ran;
}

void search_run(Search *search, unsigned threads) {
    search->threads = threads;
    if (threads > 1 && search_together(search, threads)) return;
    search->threads = 1;
    Marker alone;
    marker_init(&alone, search, NULL, 0);
    search_alone(&alone);
    marker_finish(&alone);
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

bool search_pages(Search *search, PageList last) {
    Gather g = {&search->pages, last, false};
    threads_each(gather, &g);
    return !g.failed;
}

void search_each(const Search *search, unsigned states,
                 void (*visit)(Object *, void *data), void *data) {
    for (size_t i = 0; i < search->pages.count; i++) {
        const Page *page = search->pages.items[i];
        size_t size = page_step(page), end = page_end(page);
        for (size_t at = PAGE_FIRST; at < end; at += size) {
            Object *o = (Object *)((char *)page + at);
            if (gc_in(states, marks_load(o))) visit(o, data);
        }
    }
}

void search_free(Search *search) {
    vector_free(&search->pages);
    vector_free(&search->loose);
}
