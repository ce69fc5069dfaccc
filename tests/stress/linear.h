/* linear.h: is there an order of the operations that explains all answers?
 *
 * A history is linearizable (Herlihy, Wing, 1990) if each operation can be thought to
 * happen at one moment between its beginning and its end, such that a sequential object
 * would have given the same answers. The search is that of Wing and Gong ('Testing and
 * verifying concurrent objects', 1993), with Lowe's memory of what was tried in vain
 * ('Testing for linearizability', 2016). It is exact both ways; only if it runs out of room
 * does it leave the question open.
 *
 * Not all that gilt promises is one moment: an update of a dict puts one key after another,
 * and the size of a set follows its contents. Such a call has several steps, each at a
 * moment of its own, in order, all within the call. The sequential object then says what
 * each step does, and which other steps may come in between. */
#pragma once
#include "tests/stress/history.h"

enum { LINEAR_STATE = 64, LINEAR_STEPS = 64 };

/* A sequential object, whose state is a few bytes, at most LINEAR_STATE. */
typedef struct Spec {
    const char *name;
    const OpForm *forms; /* for showing the calls */
    size_t state;

    /* Changes the state as this step of the call does. false: not with this answer, not
     * now; then what is left in *state does not matter. Equal states have equal bytes. */
    bool (*step)(void *state, const Call *call, int step);

    /* The part of the object that the call is about, from 0 to 255, if it neither reads nor
     * writes another; or -1. Parts are objects of their own: if all calls keep to one,
     * each part is checked alone (linearizability is local). NULL: there are no parts. */
    int (*part)(const Call *call);
} Spec;

typedef enum Verdict { LINEAR_NO, LINEAR_YES, LINEAR_OPEN } Verdict;

/* Each call has at least one step; a whole object, or each part, at most LINEAR_STEPS
 * steps. If more, or too many states were tried, the answer is LINEAR_OPEN. If the answer
 * is LINEAR_NO, *text has the history and the longest order that was found. */
Verdict linear_check(const Spec *spec, const void *initial, const History *history,
                     Text *text);
