/* shrink.c: delta debugging (Zeller, Hildebrandt, 'Simplifying and isolating
 * failure-inducing input', 2002): leaves out larger pieces first, then smaller ones, until
 * no single one can go.
 *
 * Invariant: `best` is a program that was seen to fail. */
#include "tests/stress/shrink.h"

#include <stdlib.h>
#include <string.h>

typedef struct Shrink {
    Program *best;
    Judge judge;
} Shrink;

/* Takes the candidate: it becomes the best one if it fails. */
static bool attempt(Shrink *shrink, Program *candidate) {
    bool better = candidate->threads && shrink->judge.fails(candidate, shrink->judge.data);
    program_free(better ? shrink->best : candidate);
    if (better) shrink->best = candidate;
    return better;
}

/* ---- Pieces: a copy without those from `from` to `to` ---- */

typedef Program *Cut(const Program *program, size_t from, size_t to);

static Program *cut_threads(const Program *program, size_t from, size_t to) {
    Program *cut = program_copy(program);
    for (size_t t = from; t < to; t++) free(cut->scripts[t].ops);
    memmove(&cut->scripts[from], &cut->scripts[to], (cut->threads - to) * sizeof(Script));
    cut->threads -= to - from;
    return cut;
}

/* Operations are counted through all threads. */
static Program *cut_ops(const Program *program, size_t from, size_t to) {
    Program *cut = program_copy(program);
    size_t number = 0;
    for (size_t t = 0; t < cut->threads; t++) {
        Script *script = &cut->scripts[t];
        size_t kept = 0;
        for (size_t i = 0; i < script->count; i++, number++)
            if (number < from || number >= to) script->ops[kept++] = script->ops[i];
        script->count = kept;
    }
    return cut;
}

static size_t threads_of(const Program *program) { return program->threads; }

/* From the end, in pieces of half of it, a quarter, ... one. Was anything left out? */
static bool leave_out(Shrink *shrink, Cut *cut, size_t (*size)(const Program *)) {
    bool any = false;
    for (size_t piece = (size(shrink->best) + 1) / 2; piece; piece /= 2)
        for (size_t to = size(shrink->best); to;) {
            size_t from = to > piece ? to - piece : 0;
            any |= attempt(shrink, cut(shrink->best, from, to));
            to = from;
        }
    return any;
}

/* ---- Numbers ---- */

static int *number_of(Op *op, int which) {
    return which == 0 ? &op->a : which == 1 ? &op->b : &op->c;
}

static bool try_number(Shrink *shrink, size_t t, size_t i, int which, int value) {
    Program *candidate = program_copy(shrink->best);
    *number_of(&candidate->scripts[t].ops[i], which) = value;
    return attempt(shrink, candidate);
}

/* Nothing, then halves, then one less. */
static bool lower_number(Shrink *shrink, size_t t, size_t i, int which) {
    bool any = false;
    for (;;) {
        int value = *number_of(&shrink->best->scripts[t].ops[i], which);
        if (!value) return any;
        if (try_number(shrink, t, i, which, 0)) return true;
        bool lower = value / 2 && try_number(shrink, t, i, which, value / 2);
        int nearer = value > 0 ? value - 1 : value + 1;
        if (!lower && nearer) lower = try_number(shrink, t, i, which, nearer);
        if (!lower) return any;
        any = true;
    }
}

static bool lower_numbers(Shrink *shrink) {
    bool any = false;
    for (size_t t = 0; t < shrink->best->threads; t++)
        for (size_t i = 0; i < shrink->best->scripts[t].count; i++)
            for (int which = 0; which < 3; which++)
                any |= lower_number(shrink, t, i, which);
    return any;
}

Program *shrink(const Program *program, Judge judge) {
    Shrink shrink = {program_copy(program), judge};
    bool smaller = true;
    while (smaller) {
        smaller = leave_out(&shrink, cut_threads, threads_of);
        smaller |= leave_out(&shrink, cut_ops, program_ops);
        smaller |= lower_numbers(&shrink);
    }
    return shrink.best;
}

/* ---- Trials ----
 *
 * A program whose runs fail with probability 1/mean passes 5 * mean of them with
 * probability e^-5: so seldom is something kept that could have gone. What is left out may
 * make failures rarer: the mean follows. */

enum { FEWEST = 10, MOST = 4000 };

static size_t runs_for(double mean) {
    double runs = 5 * mean;
    return runs < FEWEST ? FEWEST : runs > MOST ? MOST : (size_t)runs;
}

/* Runs it in a child; leaks show from the second pass on. true: it failed, in *pass. */
static bool fails_once(Trials *trials, const Program *program, size_t runs, double seconds,
                       size_t *pass) {
    Result *result = malloc(sizeof *result);
    Job job = trials->job;
    job.programs = &program;
    job.count = 1;
    job.passes = runs;
    job.seconds = seconds;
    if (result) process_run(&job, result);
    bool failed = result && result->outcome != RUN_PASSED && result->outcome != RUN_REFUSED;
    if (failed) {
        *pass = result->pass;
        *trials->result = *result;
    }
    free(result);
    return failed;
}

bool trials_begin(Trials *trials, const Program *program, double seconds) {
    enum { SAMPLES = 3 };
    double until = seconds_now() + seconds, left;
    size_t failures = 0, runs = 0, pass;
    while (failures < SAMPLES && (left = until - seconds_now()) > 0 &&
           !process_interrupted()) {
        if (!fails_once(trials, program, MOST, left, &pass)) continue;
        runs += pass + 1;
        failures++;
    }
    if (failures) trials->mean = (double)runs / (double)failures;
    return failures;
}

bool trials_fail(const Program *candidate, void *data) {
    Trials *trials = data;
    double left = trials->until - seconds_now();
    size_t pass;
    if (left <= 0 || process_interrupted()) return false;
    trials->tried++;
    if (!fails_once(trials, candidate, runs_for(trials->mean), left, &pass)) return false;
    trials->mean = 0.7 * trials->mean + 0.3 * (double)(pass + 1);
    return true;
}
