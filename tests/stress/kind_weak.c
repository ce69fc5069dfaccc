/* kind_weak.c: weak references are linearizable with the references that keep alive.
 *
 * Threads make things, put them into the two slots of a box, take them out of there or get
 * them by their weak references, hold at most one each, and let go of it. What must hold:
 *   - as long as there is a reference, a weak reference gives the thing;
 *   - once it has given nothing, it never gives the thing again. Between the last drop and
 *     that moment it may do either: in nogil a thing dies when its owner has merged what
 *     others have dropped, and until then it can be brought back;
 *   - the callback is called once, after that, and finds nothing.
 * A thing is a set of its own number, since sets can be referred to weakly. Its weak
 * reference is published before the thing itself, in a list that keeps it for the whole
 * program. */
#include "tests/stress/trial.h"
#include <stdatomic.h>

enum {
    WEAK_MAKE = OP_FIRST,
    WEAK_GET,
    WEAK_TAKE,
    WEAK_PUT,
    WEAK_DROP,
    WEAK_RELEASE,
    WEAK_CODES
};

static const char *const names[] = {"setup", "pause", "make",    "get", "take",
                                    "put",   "drop",  "release", NULL};

/* make: a thing with this number, into this slot. get: by the weak reference to the thing
 * with this number. take, put, drop: the slot; put leaves there what the thread holds, drop
 * None. get and take let go of what the thread held before. */
static const OpForm forms[] = {
    {"setup", 0, false}, {"pause", 1, false}, {"make", 2, false}, {"get", 1, false},
    {"take", 1, false},  {"put", 1, false},   {"drop", 1, false}, {"release", 0, false}};

enum { SLOTS = 2, THINGS = 8, HOLDERS = 16 };

/* ---- the sequential model ---- */

typedef enum Life { LIFE_NONE, LIFE_ALIVE, LIFE_DEAD } Life;

/* Things are numbered from 1; 0 is none. */
typedef struct WeakState {
    uint8_t slots[SLOTS], held[HOLDERS];
    uint8_t life[THINGS + 1], references[THINGS + 1];
} WeakState;

_Static_assert(sizeof(WeakState) <= LINEAR_STATE, "small");

/* Puts a thing, or 0, in the place of another. */
static void replace(WeakState *s, uint8_t *place, int thing) {
    s->references[thing]++;
    s->references[*place]--;
    s->references[0] = 0;
    *place = (uint8_t)thing;
}

static bool step_make(WeakState *s, const Call *call, int step) {
    int thing = call->op.a;
    if (step) {
        replace(s, &s->slots[call->op.b], thing);
        s->references[thing]--; /* its maker's */
    } else {
        if (s->life[thing] != LIFE_NONE) return false;
        s->life[thing] = LIFE_ALIVE;
        s->references[thing] = 1;
    }
    return call->answer.kind == ANSWER_DONE;
}

static bool step_get(WeakState *s, const Call *call) {
    int thing = call->op.a;
    uint8_t *held = &s->held[call->thread];
    if (answer_is(call, ANSWER_VALUE, thing)) {
        if (s->life[thing] != LIFE_ALIVE) return false;
        replace(s, held, thing);
        return true;
    }
    if (call->answer.kind == ANSWER_NOTHING) {
        if (s->life[thing] == LIFE_NONE || s->references[thing]) return false;
        s->life[thing] = LIFE_DEAD;
    } else if (!answer_is(call, ANSWER_NUMBER, 0) || s->life[thing] != LIFE_NONE) {
        return false;
    }
    replace(s, held, 0);
    return true;
}

static bool step_take(WeakState *s, const Call *call) {
    int thing = s->slots[call->op.a];
    if (!(thing ? answer_is(call, ANSWER_VALUE, thing)
                : call->answer.kind == ANSWER_NOTHING))
        return false;
    replace(s, &s->held[call->thread], thing);
    return true;
}

static bool weak_step(void *state, const Call *call, int step) {
    WeakState *s = state;
    bool done = call->answer.kind == ANSWER_DONE;
    switch (call->op.code) {
    case WEAK_MAKE:
        return step_make(s, call, step);
    case WEAK_GET:
        return step_get(s, call);
    case WEAK_TAKE:
        return step_take(s, call);
    case WEAK_PUT:
        replace(s, &s->slots[call->op.a], s->held[call->thread]);
        return done;
    case WEAK_DROP:
        replace(s, &s->slots[call->op.a], 0);
        return done;
    default:
        replace(s, &s->held[call->thread], 0);
        return done;
    }
}

static int weak_steps(Trial *trial, Call *call) {
    (void)trial;
    return call->op.code == WEAK_MAKE ? 2 : 1;
}

/* ---- the real one ---- */

/* What callbacks found. Relaxed: they must order nothing. */
typedef struct Calls {
    atomic_int called, found;
} Calls;

typedef struct Weak {
    GiltObject *weaks; /* by number: a weak reference or None */
    GiltObject *held[HOLDERS];
    Calls calls[THINGS + 1];
} Weak;

static GiltObject *on_death(void *data, GiltObject *const *arguments, size_t count) {
    Calls *calls = data;
    GiltObject *found = count == 1 ? gilt_weakref_get(arguments[0]) : NULL;
    atomic_fetch_add_explicit(&calls->called, 1, memory_order_relaxed);
    if (found || count != 1)
        atomic_fetch_add_explicit(&calls->found, 1, memory_order_relaxed);
    gilt_decref(found);
    return gilt_none();
}

static GiltObject *nones(size_t count) {
    GiltObject *list = gilt_list_new(NULL, 0), *none = gilt_none();
    for (size_t i = 0; list && i < count; i++) gilt_list_append(list, none);
    gilt_decref(none);
    return list;
}

static GiltObject *weak_make(Trial *trial, void *state) {
    (void)state;
    Weak *weak = trial->data;
    weak->weaks = nones(THINGS + 1);
    return nones(SLOTS);
}

static GiltObject *thing_new(int number) {
    GiltObject *item = value_new(VALUES_INT, number);
    GiltObject *thing = gilt_set_new(&item, 1);
    gilt_decref(item);
    return thing;
}

/* 0 for None, -1 for what is not a thing. */
static int thing_number(GiltObject *thing) {
    GiltObject *item;
    size_t position = 0;
    if (gilt_is(thing, GILT_NONE)) return 0;
    if (!gilt_is(thing, GILT_SET) || !gilt_set_next(thing, &position, &item)) return -1;
    int number = value_number(item);
    gilt_decref(item);
    return number;
}

static void hold(GiltObject **held, GiltObject *thing) {
    GiltObject *before = *held;
    *held = thing;
    gilt_decref(before);
}

static void play_make(Trial *trial, Call *call) {
    Weak *weak = trial->data;
    GiltObject *function =
        gilt_function_new("on_death", on_death, &weak->calls[call->op.a]);
    GiltObject *thing = thing_new(call->op.a),
               *reference = gilt_weakref_new(thing, function);
    call_begin(call);
    gilt_list_set(weak->weaks, call->op.a, reference);
    gilt_list_set(trial->object, call->op.b, thing);
    gilt_decref(thing);
    call_end(call);
    gilt_decref(reference);
    gilt_decref(function);
    call->answer = answer_unless_error(ANSWER_DONE, 0);
}

static void play_get(Trial *trial, Call *call) {
    Weak *weak = trial->data;
    GiltObject *thing = NULL;
    call_begin(call);
    GiltObject *reference = gilt_list_get(weak->weaks, call->op.a);
    bool made = gilt_is(reference, GILT_WEAKREF);
    if (made) thing = gilt_weakref_get(reference);
    hold(&weak->held[call->thread], thing);
    call_end(call);
    gilt_decref(reference);
    if (thing)
        call->answer = answer(ANSWER_VALUE, thing_number(thing));
    else
        call->answer = answer_unless_error(made ? ANSWER_NOTHING : ANSWER_NUMBER, 0);
}

static void play_take(Trial *trial, Call *call) {
    Weak *weak = trial->data;
    call_begin(call);
    GiltObject *thing = gilt_list_get(trial->object, call->op.a);
    bool none = gilt_is(thing, GILT_NONE);
    hold(&weak->held[call->thread], none ? NULL : thing);
    call_end(call);
    call->answer =
        none ? answer(ANSWER_NOTHING, 0) : answer(ANSWER_VALUE, thing_number(thing));
}

static void play_put(Trial *trial, Call *call) {
    Weak *weak = trial->data;
    GiltObject *thing = call->op.code == WEAK_PUT ? weak->held[call->thread] : NULL;
    GiltObject *none = gilt_none();
    call_begin(call);
    gilt_list_set(trial->object, call->op.a, thing ? thing : none);
    call_end(call);
    gilt_decref(none);
    call->answer = answer_unless_error(ANSWER_DONE, 0);
}

static void play_release(Trial *trial, Call *call) {
    Weak *weak = trial->data;
    call_begin(call);
    hold(&weak->held[call->thread], NULL);
    call_end(call);
    call->answer = answer(ANSWER_DONE, 0);
}

static void weak_play(Trial *trial, Call *call) {
    switch (call->op.code) {
    case WEAK_MAKE:
        play_make(trial, call);
        break;
    case WEAK_GET:
        play_get(trial, call);
        break;
    case WEAK_TAKE:
        play_take(trial, call);
        break;
    case WEAK_PUT:
    case WEAK_DROP:
        play_put(trial, call);
        break;
    default:
        play_release(trial, call);
    }
}

/* Without references nothing is alive, and each that was made has been called back for. */
static bool check_dead(Weak *weak, int number, Text *text) {
    GiltObject *reference = gilt_list_get(weak->weaks, number);
    bool made = gilt_is(reference, GILT_WEAKREF), alive = false;
    if (made) {
        GiltObject *thing = gilt_weakref_get(reference);
        alive = thing;
        gilt_decref(thing);
    }
    gilt_decref(reference);
    int called = atomic_load(&weak->calls[number].called);
    int found = atomic_load(&weak->calls[number].found);
    if (!alive && called == made && !found) return true;
    text_add(
        text,
        "thing %d, with no reference left: %s; callbacks: %d of %d, %d found it alive\n",
        number, alive ? "still alive" : "dead", called, made, found);
    return false;
}

static bool weak_end(Trial *trial, Text *text) {
    Weak *weak = trial->data;
    bool well = true;
    gilt_decref(trial->object);
    for (size_t t = 0; t < HOLDERS; t++) gilt_decref(weak->held[t]);
    gilt_safepoint();
    for (int i = 1; i <= THINGS; i++) well = check_dead(weak, i, text) && well;
    gilt_decref(weak->weaks);
    return well;
}

/* ---- programs ---- */

static Op weak_fit(const Trial *trial, Op op) {
    (void)trial;
    if (op.code == WEAK_GET)
        op.a = fit(op.a, THINGS + 1);
    else if (op.code == WEAK_MAKE)
        op.b = fit(op.b, SLOTS);
    else
        op.a = fit(op.a, SLOTS);
    return op;
}

/* Is each thing made at most once, and by no more threads than can be looked after? */
static bool makes_sense(const Program *program) {
    bool made[THINGS + 1] = {true};
    for (size_t t = 0; t < program->threads; t++)
        for (size_t i = 0; i < program->scripts[t].count; i++) {
            Op op = program->scripts[t].ops[i];
            if (op.code != WEAK_MAKE) continue;
            if (op.a < 1 || op.a > THINGS || made[op.a]) return false;
            made[op.a] = true;
        }
    return program->threads <= HOLDERS;
}

/* The first call of a thread likely makes something. What is got or made is near what was
 * made last. */
static Op weak_op(Random *random, uint64_t chosen, int call, int *made) {
    int code = trial_pick(random, chosen), slot = random_below(random, SLOTS);
    if ((call == 0 || code == WEAK_MAKE) && *made < THINGS && random_below(random, 2))
        return (Op){WEAK_MAKE, ++*made, slot, 0};
    if (code == WEAK_MAKE) code = WEAK_GET;
    if (code != WEAK_GET) return (Op){code, slot, 0, 0};
    int thing = 1 + *made - random_below(random, 3);
    return (Op){code, thing < 1 ? 1 : thing > THINGS ? THINGS : thing, 0, 0};
}

static void weak_generate(Program *program, Random *random, size_t threads) {
    const uint64_t needed = 1 << WEAK_DROP | 1 << WEAK_PUT | 1 << WEAK_MAKE;
    uint64_t chosen = trial_choose(random, WEAK_CODES, needed) | 1 << WEAK_GET;
    threads = trial_threads(random, threads);
    int calls = trial_calls(random, threads), made = 0;
    for (int i = 0; i < calls; i++)
        for (size_t t = 0; t < threads; t++) {
            program_op(program, t, weak_op(random, chosen, i, &made));
            trial_maybe_pause(program, random, t);
        }
}

static const Subject weak_subject = {
    .spec = {"weak references", forms, sizeof(WeakState), weak_step, NULL},
    .data = sizeof(Weak),
    .fit = weak_fit,
    .make = weak_make,
    .play = weak_play,
    .steps = weak_steps,
    .end = weak_end,
};

static bool weak_run(const Program *program, char complaint[COMPLAINT]) {
    if (!makes_sense(program)) return true;
    return trial_run(&weak_subject, program, complaint);
}

const Kind kind_weak = {"weak", names, 3, weak_generate, weak_run};
