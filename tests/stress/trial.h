/* trial.h: what the kinds of linear.h share: a program runs on one object, its calls are
 * recorded, and a Spec must explain them.
 *
 * Each of these kinds begins its list of operations with `setup` and `pause`. A setup is
 * done before the threads begin, wherever it stands: its numbers say how the object is made
 * (so that the shrinker can take it away, too). A pause spins a while and is a safepoint.
 * Programs use a random part of the operations each (Groce et al., 'Swarm testing', 2012):
 * few operations that meet often find more than all of them meeting seldom. */
#pragma once
#include "tests/stress/linear.h"
#include "tests/stress/values.h"
#include <string.h>

enum { OP_SETUP, OP_PAUSE, OP_FIRST };

typedef struct Trial Trial;

typedef struct Subject {
    Spec spec;
    size_t data; /* bytes of the kind's own in a Trial, zeroes at first */
    /* The numbers of an operation are any, after the shrinker or a person was at them: puts
     * them within bounds. NULL: all will do. */
    Op (*fit)(const Trial *trial, Op op);
    /* Makes the object and, in *state, what the Spec begins with. NULL: an exception. */
    GiltObject *(*make)(Trial *trial, void *state);
    /* Does the operation of a call, between call_begin and call_end, and fills its answer.
     */
    void (*play)(Trial *trial, Call *call);
    /* How many steps the call has had. Called in order of time; may renumber. NULL: one. */
    int (*steps)(Trial *trial, Call *call);
    /* Drops the object; false, with *text, if something is wrong then. NULL: gilt_decref.
     */
    bool (*end)(Trial *trial, Text *text);
} Subject;

/* One object, and what was done with it. */
struct Trial {
    const Subject *subject;
    const Program *program;
    GiltObject *object;
    uint64_t initial[LINEAR_STATE / 8];
    Op setup;      /* the last of the program; zeroes if there is none */
    uint64_t used; /* the operations that the program has, as bits */
    void *data;
    Log *logs[STRESS_THREADS];
};

/* What Kind.run does: a few trials, one after another, by the same threads. */
bool trial_run(const Subject *subject, const Program *program, char complaint[COMPLAINT]);

/* The error that is set, which is cleared; `kind` and `number` if there is none. */
Answer answer_unless_error(AnswerKind kind, int number);

/* From 0 to n - 1. */
static inline int fit(int number, int n) { return (int)((unsigned)number % (unsigned)n); }

/* ---- generating ---- */

enum { TRIAL_CALLS = 48 };

/* Which of the operations up to `codes` a program uses, as bits: some, and always one of
 * `needed`, without which nothing happens. And one of those. */
uint64_t trial_choose(Random *random, int codes, uint64_t needed);
int trial_pick(Random *random, uint64_t chosen);

/* Two to four threads, at times as many as there may be, up to 16; and how many calls each
 * of them makes: 3 to 8, all in all at most TRIAL_CALLS. */
size_t trial_threads(Random *random, size_t threads);
int trial_calls(Random *random, size_t threads);

/* In half of the programs, pauses now and then. */
void trial_maybe_pause(Program *program, Random *random, size_t thread);
