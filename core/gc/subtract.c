/* subtract.c: leaves the references between candidates out of account; see search.h.
 *
 * Sets MARK_LINKED on the candidates that refer to containers at all: `trace` need only
 * look into those again. Most others are instances with numbers and text in them. */
#include "core/gc/marker.h"

#define AHEAD 32u

/* Returns 1 if it is a candidate. */
static ALWAYS_INLINE unsigned subtract(Object *to, unsigned candidates) {
    if (!gc_in(candidates, marks_load(to))) return 0;
    ref_trial_drop(&to->refs);
    return 1;
}

static void take_dropped(Marker *m, Object *o) { subtract(o, m->sight.candidates); }

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
    ahead->subtracted += subtract(*place, candidates);
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

/* Subtracts all that a candidate holds. */
static ALWAYS_INLINE unsigned subtract_from(Marker *m, Object *o, const Sight sight,
                                            Ahead *ahead, bool helped) {
    const Slot *at, *end;
    unsigned linked = 0;
    if (unlikely(!gc_dense(o, &at, &end))) return subtract_spans(m, o, ahead, helped);
    if (helped && posted(m, (Span){at, (size_t)(end - at), sizeof(Slot)}))
        return MARK_LINKED;
    while (at != end)
        linked |= subtract_held(m, object_of(slot_peek(at++)), sight, ahead, helped);
    return linked;
}

/* What other threads have for this one. */
static void subtract_come(Marker *m, const Sight sight, Ahead *ahead) {
    Span rest;
    for (RefCount *come; (come = helpers_receive(m->helpers, m->number));)
        subtract_later(ahead, object_of(come), sight.candidates);
    while (helpers_posted(m->helpers, m->number, &rest))
        while (rest.count) {
            Object *to = span_next(&rest);
            if (may_be_container(sight, to) && is_mine(m, to))
                subtract_later(ahead, to, sight.candidates);
        }
}

static ALWAYS_INLINE void subtract_all(Marker *m, bool helped) {
    const Sight sight = m->sight;
    Ahead ahead = {.found = 0};
    size_t candidates = 0;
    RefCount *come;
    for (unsigned i = 0; i < AHEAD; i++) ahead.waiting[i] = &nothing;
    for (Cursor c = cursor_at_start(m); cursor_on(&c, m);)
        for (Object *o; (o = cursor_next(&c, sight.candidates)); candidates++) {
            unsigned linked = subtract_from(m, o, sight, &ahead, helped);
            unsigned marks = marks_load(o);
            if ((marks & MARK_LINKED) != linked) marks_store(o, marks ^ MARK_LINKED);
            if (helped && (come = helpers_receive(m->helpers, m->number)))
                subtract_later(&ahead, object_of(come), sight.candidates);
        }
    do {
        if (helped) subtract_come(m, sight, &ahead);
    } while (helped && helpers_wait(m->helpers, m->number));
    for (unsigned i = 0; i < AHEAD; i++)
        ahead.subtracted += subtract(ahead.waiting[i], sight.candidates);
    m->candidate_count = candidates;
    m->subtracted = ahead.subtracted;
}

void subtract_alone(Marker *m) { subtract_all(m, false); }
void subtract_helped(Marker *m) { subtract_all(m, true); }
