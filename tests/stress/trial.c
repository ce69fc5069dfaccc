/* trial.c: running the threads of a program on an object, again and again, and judging.
 *
 * A program is over in microseconds, a thread takes longer to start. So the threads stay
 * for several trials, each with an object of its own, and meet before each. The object is
 * made by one of them, in turn: who owns an object locks it in another way than strangers,
 * and takes part. Meeting orders only what was before a trial with what is in it. */
#include "tests/stress/trial.h"
#include <sched.h>
#include <stdatomic.h>

enum { TRIALS = 8, SPINS_TOGETHER = 500 };

typedef struct Trials {
    Trial trials[TRIALS];
    atomic_size_t arrived; /* threads at the beginnings of trials, all in all */
} Trials;

Answer answer_unless_error(AnswerKind kind, int number) {
    static const GiltType expected[] = {GILT_INDEX_ERROR, GILT_KEY_ERROR, GILT_VALUE_ERROR};
    int type = 0;
    if (!gilt_error()) return answer(kind, number);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        if (gilt_error_is(expected[i])) type = (int)expected[i];
    gilt_error_clear();
    return answer(ANSWER_ERROR, type);
}

/* ---- the threads ---- */

static void yield(void) {
    gilt_blocking_begin();
    sched_yield();
    gilt_blocking_end();
}

/* Those that wait spin, so that all go on at once; but not for long: there may be fewer
 * cores than threads, or one GIL. */
static void meet(Trials *all, size_t round, size_t threads) {
    atomic_fetch_add_explicit(&all->arrived, 1, memory_order_acq_rel);
    size_t expected = (round + 1) * threads;
    for (int i = 0; atomic_load_explicit(&all->arrived, memory_order_acquire) < expected;
         i++)
        if (i < SPINS_TOGETHER)
            gilt_safepoint();
        else
            yield();
}

static void pause(int spins) {
    for (volatile int k = spins; k > 0; k--) {
    }
    gilt_safepoint();
}

static void play_script(Trial *trial, size_t thread) {
    const Script *script = &trial->program->scripts[thread];
    const Subject *subject = trial->subject;
    Log *log = trial->logs[thread];
    for (size_t i = 0; i < script->count; i++) {
        Op op = script->ops[i];
        if (op.code == OP_PAUSE) pause(op.a);
        if (op.code < OP_FIRST) continue;
        Call *call = &log->calls[log->count++];
        call->op = subject->fit ? subject->fit(trial, op) : op;
        call->thread = (int)thread;
        subject->play(trial, call);
    }
}

static void run_thread(const Program *program, size_t thread, void *data) {
    Trials *all = data;
    for (size_t i = 0; i < TRIALS; i++) {
        Trial *trial = &all->trials[i];
        if (i % program->threads == thread)
            trial->object = trial->subject->make(trial, trial->initial);
        meet(all, i, program->threads);
        if (trial->object) play_script(trial, thread);
    }
}

/* ---- before and after ---- */

static bool trial_begin(Trial *trial, const Subject *subject, const Program *program) {
    bool well = true;
    *trial = (Trial){.subject = subject, .program = program};
    for (size_t t = 0; t < program->threads; t++) {
        const Script *script = &program->scripts[t];
        for (size_t i = 0; i < script->count; i++) {
            trial->used |= UINT64_C(1) << script->ops[i].code;
            if (script->ops[i].code == OP_SETUP) trial->setup = script->ops[i];
        }
        well = (trial->logs[t] = log_new(script->count)) && well;
    }
    if (subject->data) well = (trial->data = calloc(1, subject->data)) && well;
    return well;
}

static bool trial_check(Trial *trial, Text *text) {
    static History history; /* of the main thread, which checks one after another */
    const Subject *subject = trial->subject;
    if (!trial->object) return text_add(text, "the object was not made\n"), false;
    if (!history_gather(&history, trial->logs, trial->program->threads)) return true;
    for (size_t i = 0; i < history.count; i++) {
        Call *call = &history.calls[i];
        call->steps = subject->steps ? subject->steps(trial, call) : 1;
    }
    return linear_check(&subject->spec, trial->initial, &history, text) != LINEAR_NO;
}

static bool trial_end(Trial *trial, Text *text) {
    bool well = true;
    if (trial->object && trial->subject->end)
        well = trial->subject->end(trial, text);
    else
        gilt_decref(trial->object);
    for (size_t t = 0; t < trial->program->threads; t++) free(trial->logs[t]);
    free(trial->data);
    return well;
}

/* A program with more calls than a history holds is not judged. The first trial that went
 * wrong is told of. */
bool trial_run(const Subject *subject, const Program *program, char complaint[COMPLAINT]) {
    Text text = {complaint, 0, COMPLAINT};
    Trials *all = calloc(1, sizeof *all);
    bool well = all;
    complaint[0] = 0;
    for (size_t i = 0; all && i < TRIALS; i++)
        well = trial_begin(&all->trials[i], subject, program) && well;
    if (!well) text_add(&text, "no memory to begin\n");
    if (well && !(well = crew_run(program, run_thread, all)))
        text_add(&text, "a thread did not start, or ended with an exception\n");
    for (size_t i = 0; well && i < TRIALS; i++) well = trial_check(&all->trials[i], &text);
    for (size_t i = 0; all && i < TRIALS; i++)
        well = trial_end(&all->trials[i], &text) && well;
    free(all);
    gilt_safepoint();
    return well;
}

/* ---- generating ---- */

uint64_t trial_choose(Random *random, int codes, uint64_t needed) {
    uint64_t all = (UINT64_C(1) << codes) - (1 << OP_FIRST), chosen;
    bool few = random_below(random, 2);
    do {
        chosen = random_next(random) & all;
        if (few) chosen &= random_next(random);
    } while (!(chosen & needed) || !(chosen & (chosen - 1)));
    return chosen;
}

int trial_pick(Random *random, uint64_t chosen) {
    for (;;) {
        int code = random_below(random, 64);
        if (chosen >> code & 1) return code;
    }
}

size_t trial_threads(Random *random, size_t threads) {
    size_t usual = threads < 4 ? threads : 4, most = threads < 16 ? threads : 16;
    if (usual < 2) return 1;
    if (most > 4 && random_below(random, 4) == 0) usual = most;
    return 2 + (size_t)random_below(random, (int)usual - 1);
}

int trial_calls(Random *random, size_t threads) {
    int most = TRIAL_CALLS / (int)threads;
    return 3 + random_below(random, (most < 8 ? most : 8) - 2);
}

void trial_maybe_pause(Program *program, Random *random, size_t thread) {
    if (program->seed & 1 || random_below(random, 3)) return;
    int spins = 1 << random_below(random, 10);
    program_op(program, thread, (Op){OP_PAUSE, random_below(random, spins), 0, 0});
}
