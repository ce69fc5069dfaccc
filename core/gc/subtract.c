/* subtract.c: leaves the references between candidates out of account; see search.h.
 *
 * Sets MARK_LINKED on the candidates that refer to containers at all: `trace` need only
 * look into those again. Most others are instances with numbers and text in them. */
#include "core/gc/marker.h"

#define AHEAD 32u

/* Returns 1 if it is a candidate. */
static ALWAYS_INLINE unsigned subtract(Object *to, unsigned candidates, size_t times) {
    if (!gc_in(candidates, marks_load(to))) return 0;
    ref_trial_drop(&to->refs, times);
    return 1;
}

static void take_dropped(Marker *m, Object *o) { subtract(o, m->sight.candidates, 1); }

/* References that wait until the headers that they name have arrived. */
typedef struct Ahead {
    Object *waiting[AHEAD];
    unsigned found; /* the first AHEAD of them name `nothing`, which is no candidate */
    size_t subtracted;
} Ahead;

static Object nothing;

static ALWAYS_INLINE void subtract_later(Ahead *ahead, Object *to, unsigned candidates) {
    Object **place = &ahead->waiting[ahead->found++ % AHEAD];
    __builtin_prefetch(to, 1);
    ahead->subtracted += subtract(*place, candidates, 1);
    *place = to;
}

/* Subtracts a reference that a candidate holds. Returns MARK_LINKED if it may be one to a
 * container. */
static ALWAYS_INLINE unsigned subtract_held(Marker *m, Object *to, const Sight sight,
                                            Ahead *ahead, bool helped) {
    if (likely(!may_be_container(sight, to))) return 0;
    if (!helped || !sent(m, to, take_dropped)) subtract_later(ahead, to, sight.candidates);
    return MARK_LINKED;
}

static NEVER_INLINE unsigned subtract_spans(Marker *m, Object *o, Ahead *ahead,
                                            bool helped) {
    const Sight sight = m->sight;
    Span spans[SPANS_MAX];
    unsigned linked = 0, count = gc_spans(o, spans);
    for (unsigned i = 0; i < count; i++) {
        if (helped && posted(m, spans[i])) {
            linked = MARK_LINKED;
            continue;
        }
        while (spans[i].count)
            linked |= subtract_held(m, span_next(&spans[i]), sight, ahead, helped);
    }
    return linked;
}

/* Puts a long span off, if no other is: alone to this thread's own, helped to all threads'.
 */
static ALWAYS_INLINE bool put_off(Marker *m, Span span, bool helped) {
    if (helped) return posted(m, span);
    if (likely(span.count < LONG) || m->later.count) return false;
    m->later = span;
    return true;
}

/* How often more the same is named from `at` on: a list is often [row] * n. */
static ALWAYS_INLINE size_t repeated(const Slot **at, const Slot *end, const Object *to) {
    const Slot *first = *at;
    while (*at != end && object_of(slot_peek(*at)) == to) ++*at;
    return (size_t)(*at - first);
}

/* Subtracts all that a candidate holds. */
static ALWAYS_INLINE unsigned subtract_from(Marker *m, Object *o, const Sight sight,
                                            Ahead *ahead, bool helped) {
    const Slot *at, *end;
    unsigned linked = 0;
    if (unlikely(!gc_dense(o, &at, &end))) return subtract_spans(m, o, ahead, helped);
    if (put_off(m, (Span){at, (size_t)(end - at), sizeof(Slot)}, helped))
        return MARK_LINKED;
    while (at != end) {
        Object *to = object_of(slot_peek(at++));
        if (!may_be_container(sight, to)) continue;
        size_t again = helped ? 0 : repeated(&at, end, to);
        if (unlikely(again)) ahead->subtracted += subtract(to, sight.candidates, again);
        linked |= subtract_held(m, to, sight, ahead, helped);
    }
    return linked;
}

/* Goes on with the span that was put off, as long as it refers to what is below `until`:
 * just behind the walk, so that headers need not come from memory twice. (What a long list
 * holds was often made in that order; if not, it is done at the end.) */
static void subtract_put_off(Marker *m, Ahead *ahead, const char *until, bool helped) {
    const Sight sight = m->sight;
    if (helped && !m->later.count) helpers_posted(m->helpers, m->number, &m->later);
    while (m->later.count) {
        Object *to = span_held(m->later.first);
        bool container = may_be_container(sight, to);
        if (container && (char *)to >= until) return;
        span_next(&m->later);
        if (container && (!helped || is_mine(sight, to)))
            subtract_later(ahead, to, sight.candidates);
    }
}

/* What is left when the walk is over; and what other threads have for this one. */
static void subtract_rest(Marker *m, Ahead *ahead, bool helped) {
    do {
        if (helped)
            for (RefCount *come; (come = helpers_receive(m->helpers, m->number));)
                subtract_later(ahead, object_of(come), m->sight.candidates);
        do subtract_put_off(m, ahead, (const char *)UINTPTR_MAX, helped);
        while (helped && helpers_posted(m->helpers, m->number, &m->later));
    } while (helped && helpers_wait(m->helpers, m->number));
    for (unsigned i = 0; i < AHEAD; i++)
        ahead->subtracted += subtract(ahead->waiting[i], m->sight.candidates, 1);
}

static ALWAYS_INLINE void subtract_all(Marker *m, bool helped) {
    const Sight sight = m->sight;
    Ahead ahead = {.found = 0};
    size_t candidates = 0;
    RefCount *come;
    for (unsigned i = 0; i < AHEAD; i++) ahead.waiting[i] = &nothing;
    for (Cursor c = cursor_at_start(m); cursor_on(&c, m);) {
        for (Object *o; (o = cursor_next(&c, sight.candidates)); candidates++) {
            unsigned linked = subtract_from(m, o, sight, &ahead, helped);
            unsigned marks = marks_load(o);
            if ((marks & MARK_LINKED) != linked) marks_store(o, marks ^ MARK_LINKED);
            if (helped && (come = helpers_receive(m->helpers, m->number)))
                subtract_later(&ahead, object_of(come), sight.candidates);
        }
        subtract_put_off(m, &ahead, c.end, helped);
    }
    subtract_rest(m, &ahead, helped);
    m->candidate_count = candidates;
    m->subtracted = ahead.subtracted;
}

void subtract_alone(Marker *m) { subtract_all(m, false); }
void subtract_helped(Marker *m) { subtract_all(m, true); }
