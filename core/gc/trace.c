/* trace.c: takes references into account again, from what is held from outside; see
 * search.h.
 *
 * More or less depth first: what there is no room for in the queue goes to a stack, as
 * spans. The stack grows as far as there is memory; an object for which there may be no
 * place is left alone and found by another scan (`again`), see search.h. */
#include "core/object/builtin.h"
#include "core/gc/classes.h"
#include "core/gc/marker.h"

#define QUEUE 64u

/* Does the tuple or dict hold nothing that is or may ever be tracked? */
static bool holds_no_container(Object *o) {
    Span spans[SPANS_MAX];
    unsigned count = gc_spans(o, spans);
    for (unsigned i = 0; i < count; i++)
        while (spans[i].count) {
            Object *to = span_next(&spans[i]);
            if (to && gc_may_be_tracked(to)) return false;
        }
    return true;
}

/* If there is no memory to note it, it stays tracked. */
static NEVER_INLINE void note_loose(Marker *m, Object *o) {
    if (holds_no_container(o)) vector_push(&m->loose, o);
}

/* The candidate is reached. false: nothing leads on from it. */
static ALWAYS_INLINE bool reach(Marker *m, Object *o, unsigned marks, unsigned reached) {
    marks_store(o, marks % MARK_STATE_BIT + reached);
    m->reached_count++;
    if (m->sight.classes && o->type >= BUILTIN_TYPES &&
        class_claim(type_of(o), m->sight.involved))
        stack_push(m, (Span){&type_of(o)->kept, 1, sizeof(Slot)});
    if (unlikely(is_type(o, GILT_TUPLE) || is_type(o, GILT_DICT))) note_loose(m, o);
    return likely(marks & MARK_LINKED);
}

/* What leads on waits on the stack. */
static void reach_and_push(Marker *m, Object *o) {
    if (!reach(m, o, marks_load(o), m->sight.reached)) return;
    Span spans[SPANS_MAX];
    for (unsigned i = gc_spans(o, spans); i--;)
        if (!m->helpers || !posted(m, spans[i])) stack_push(m, spans[i]);
}

/* From another thread, whose ring is full: what leads on waits on the stack. */
static void take_added(Marker *m, Object *o) {
    unsigned marks = marks_load(o);
    if (!gc_in(m->sight.involved, marks)) return;
    ref_trial_add(&o->refs, 1);
    if (!gc_in(m->sight.candidates, marks)) return;
    if (likely(stack_has_room(m)))
        reach_and_push(m, o);
    else
        m->again = true;
}

/* References that were found and are to be looked into, in turn. Between finding and
 * looking their headers arrive. */
typedef struct Queue {
    Object *items[QUEUE];
    unsigned first, end;
} Queue;

static ALWAYS_INLINE unsigned queue_count(const Queue *q) { return q->end - q->first; }

static ALWAYS_INLINE void queue_add(Queue *q, Object *to) {
    __builtin_prefetch(to, 1);
    q->items[q->end++ % QUEUE] = to;
}

/* Takes in all but the last of the references that name the same from here on. */
static ALWAYS_INLINE void take_repeated(Marker *m, Span *rest, Object *to) {
    size_t times = 0;
    for (; rest->count && span_held(rest->first) == to; times++) span_next(rest);
    if (unlikely(times) && gc_in(m->sight.involved, marks_load(to)))
        ref_trial_add(&to->refs, times);
}

/* In a span's stride: it was posted, and this thread has to do with its own objects only.
 */
#define MINE_ONLY 1u

/* Finds what a span refers to; what there is no room for goes to the stack. */
static NEVER_INLINE void enqueue_span(Marker *m, Queue *q, Span rest, bool helped) {
    const Sight sight = m->sight;
    size_t mine_only = helped ? rest.stride & MINE_ONLY : 0;
    rest.stride -= mine_only;
    while (rest.count) {
        if (unlikely(queue_count(q) == QUEUE)) {
            rest.stride += mine_only;
            m->stack[m->depth++] = rest;
            return;
        }
        Object *to = span_next(&rest);
        if (!may_be_container(sight, to)) continue;
        if (!helped) take_repeated(m, &rest, to);
        if (!helped || (mine_only ? is_mine(sight, to) : !sent(m, to, take_added)))
            queue_add(q, to);
    }
}

static NEVER_INLINE void enqueue_spans(Marker *m, Queue *q, Object *o, bool helped) {
    Span spans[SPANS_MAX];
    unsigned count = gc_spans(o, spans);
    for (unsigned i = 0; i < count; i++)
        if (!helped || !posted(m, spans[i])) enqueue_span(m, q, spans[i], helped);
}

/* Finds what an object refers to. */
static ALWAYS_INLINE void enqueue(Marker *m, Queue *q, Object *o, const Sight sight,
                                  bool helped) {
    const Slot *at, *end;
    if (unlikely(!gc_dense(o, &at, &end) || end - at > QUEUE / 4)) {
        enqueue_spans(m, q, o, helped);
        return;
    }
    if (unlikely(queue_count(q) > QUEUE - QUEUE / 4)) {
        m->stack[m->depth++] = (Span){at, (size_t)(end - at), sizeof(Slot)};
        return;
    }
    while (at != end) {
        Object *to = object_of(slot_peek(at++));
        if (may_be_container(sight, to) && (!helped || !sent(m, to, take_added)))
            queue_add(q, to);
    }
}

/* Takes what other threads have for this one, as far as there is room for it. */
static ALWAYS_INLINE void refill_come(Marker *m, Queue *q) {
    RefCount *come;
    while (queue_count(q) < QUEUE / 2 && (come = helpers_receive(m->helpers, m->number)))
        queue_add(q, object_of(come));
    Span span;
    if (stack_has_room(m) && helpers_posted(m->helpers, m->number, &span)) {
        span.stride += MINE_ONLY;
        stack_push(m, span);
    }
}

/* Fills the queue up to half. */
static ALWAYS_INLINE void refill(Marker *m, Queue *q, bool helped) {
    if (helped) refill_come(m, q);
    while (m->depth && queue_count(q) < QUEUE / 2) {
        Span *top = &m->stack[m->depth - 1], part = *top;
        if (part.count > QUEUE / 2) {
            part.count = QUEUE / 2;
            top->first = (const Slot *)((const char *)top->first +
                                        (top->stride & ~(size_t)MINE_ONLY) * part.count);
            top->count -= part.count;
        } else {
            m->depth--;
        }
        enqueue_span(m, q, part, helped);
    }
}

/* Traces what is on the stack, and what leads on from there, until there is nothing more.
 */
static ALWAYS_INLINE void trace_stack(Marker *m, bool helped) {
    const Sight sight = m->sight;
    Queue q = {.first = 0};
    for (;;) {
        if (queue_count(&q) < QUEUE / 4) {
            refill(m, &q, helped);
            if (!queue_count(&q)) return;
        }
        Object *to = q.items[q.first++ % QUEUE];
        unsigned marks = marks_load(to);
        if (!gc_in(sight.involved, marks)) continue;
        ref_trial_add(&to->refs, 1);
        if (!gc_in(sight.candidates, marks)) continue;
        if (unlikely(!stack_has_room(m))) {
            m->again = true;
            continue;
        }
        if (reach(m, to, marks, sight.reached)) enqueue(m, &q, to, sight, helped);
    }
}

/* From each candidate that is held from outside. When all are reached no more are sought.
 */
static ALWAYS_INLINE void trace_roots(Marker *m, bool helped) {
    for (Cursor c = cursor_at_start(m); cursor_on(&c, m);) {
        if (m->reached_count == m->candidate_count) return;
        for (Object *o; (o = cursor_next(&c, m->sight.candidates));) {
            if (!ref_trial_held(&o->refs)) continue;
            if (likely(stack_has_room(m)))
                reach_and_push(m, o);
            else
                m->again = true;
            if (m->depth) trace_stack(m, helped);
        }
        if (helped) trace_stack(m, helped); /* what has come meanwhile */
    }
}

/* No candidate refers to another: so all are held from outside, and done with. */
static void settle_unlinked(Marker *m) {
    unsigned survivor = m->search->survivor * MARK_STATE_BIT;
    for (Cursor c = cursor_at_start(m); cursor_on(&c, m);)
        for (Object *o; (o = cursor_next(&c, m->sight.candidates));) {
            marks_store(o, marks_load(o) % MARK_STATE_BIT + survivor);
            if (unlikely(is_type(o, GILT_TUPLE) || is_type(o, GILT_DICT))) note_loose(m, o);
        }
    m->reached_count = m->candidate_count;
    m->search->settled = true;
}

void trace_alone(Marker *m) {
    if (!m->subtracted && m->search->survivor) {
        settle_unlinked(m);
        return;
    }
    do {
        m->again = false;
        trace_roots(m, false);
    } while (m->again);
}

void trace_helped(Marker *m) {
    m->again = true;
    do {
        bool scan = m->again;
        m->again = false;
        if (scan) trace_roots(m, true);
        trace_stack(m, true);
    } while (m->again || helpers_wait(m->helpers, m->number));
}
