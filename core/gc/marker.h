/* marker.h: one thread's part in a search: what subtract.c and trace.c have in common.
 *
 * What a search costs is to fetch headers from memory, and then instructions. So a
 * reference is not looked into when it is found: its header is asked for, and it waits in a
 * short queue until those that were found before it are done. Leaves are told by their
 * addresses alone (memory/arena.h).
 *
 * With helpers (helpers.h) each thread does both steps for the pages that it owns, and
 * looks at no other: a reference to an object there is sent to its owner, who finds out
 * what it is. So no line goes to and fro between cores. The two versions of each step,
 * alone and helped, are one text: `helped` is a constant in each. */
#pragma once
#include "core/gc/helpers.h"
#include "core/gc/places.h"
#include "core/gc/search.h"

#define FIRST_STACK 128
#define FAR 2048 /* bytes: how far ahead of itself a walk fetches */

/* How to tell what an object is to this search. */
typedef struct Sight {
    unsigned candidates, involved; /* sets of states; involved: and those reached */
    unsigned reached;              /* the marks' state of those */
    uintptr_t low, size;       /* containers are not below, and less than so far above */
    bool classes;              /* classes take part; they are in `types` */
    uintptr_t mine, mine_size; /* where this thread's objects are, if it is helped */
} Sight;

typedef struct Marker {
    Search *search;
    Helpers *helpers;
    unsigned number; /* of this thread among them */
    Sight sight;
    bool again;
    size_t candidate_count, reached_count, subtracted;
    Vector loose;
    Span later;  /* what subtract.c has put off */
    Span *stack; /* what is left of spans */
    size_t depth, room;
    Span first[FIRST_STACK];
} Marker;

static ALWAYS_INLINE bool may_be_container(const Sight sight, const Object *o) {
    if (likely((uintptr_t)o - sight.low < sight.size)) return true;
    return sight.classes && (uintptr_t)o - (uintptr_t)types < sizeof types;
}

/* ---- The stack ---- */

bool stack_grow(Marker *m); /* search.c */

/* Is there a place for what leads on from one object, and, if on the way to it something
 * comes from another thread, from one of these? */
static ALWAYS_INLINE bool stack_has_room(Marker *m) {
    return likely(m->depth + 2 * (SPANS_MAX + 1) <= m->room) || stack_grow(m);
}

static ALWAYS_INLINE void stack_push(Marker *m, Span rest) {
    if (rest.count) m->stack[m->depth++] = rest;
}

/* ---- Walking the candidates that a thread owns ---- */

static ALWAYS_INLINE bool is_mine(const Sight sight, const void *o) {
    return (uintptr_t)o - sight.mine < sight.mine_size;
}

typedef struct Cursor {
    char *at, *end;
    size_t step;
    size_t next, last; /* pages, or objects */
    bool classes;      /* after these */
} Cursor;

Cursor cursor_at_start(const Marker *m);

/* The next page, or object, or all classes. false: there is nothing more. */
bool cursor_on(Cursor *c, const Marker *m);

/* The next candidate of those between at and end, or NULL. */
static ALWAYS_INLINE Object *cursor_next(Cursor *c, unsigned candidates) {
    while (c->at < c->end) {
        Object *o = (Object *)c->at;
        c->at += c->step;
        __builtin_prefetch(c->at + FAR);
        if (gc_in(candidates, marks_load(o))) return o;
    }
    return NULL;
}

/* ---- Sending to other threads ---- */

/* A long span is not worked off by the thread that finds it, half of it to be sent: it is
 * posted for all, and each looks through it for its own objects. */
#define LONG 2048u

static ALWAYS_INLINE bool posted(Marker *m, Span span) {
    return unlikely(span.count >= LONG) && helpers_post(m->helpers, span);
}

/* Takes all that has come for this thread: search.c. */
void receive_all(Marker *m, void (*take)(Marker *, Object *));

/* The ring to the owner is full: until there is room, this thread takes what has come for
 * it, so that no two wait for each other. */
void send_late(Marker *m, unsigned owner, Object *o, void (*take)(Marker *, Object *));

/* true: it is another thread's, which will take it. */
static ALWAYS_INLINE bool sent(Marker *m, Object *o, void (*take)(Marker *, Object *)) {
    if (likely(is_mine(m->sight, o))) return false;
    unsigned owner = helpers_owner(m->helpers, o);
    if (unlikely(!helpers_send(m->helpers, m->number, owner, &o->refs)))
        send_late(m, owner, o, take);
    return true;
}

/* ---- The two steps ---- */

/* Leaves out what the candidates of this thread refer to; helped: returns when all threads
 * have. */
void subtract_alone(Marker *m);
void subtract_helped(Marker *m);

/* Traces from what is held from outside, until there is nothing more. */
void trace_alone(Marker *m);
void trace_helped(Marker *m);
