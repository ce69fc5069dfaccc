/* kind_set.c: single operations on one set are linearizable.
 *
 * As in kind_dict.c, the size follows the contents: a write that changes it has two steps,
 * between which reads may come, but neither another write nor a copy. The text of a set is
 * made from a copy of one moment, so it counts as one operation here: there is no other
 * that copies. Walking with gilt_set_next and comparing are many operations. */
#include "tests/stress/trial.h"

enum {
    SET_ADD = OP_FIRST,
    SET_DISCARD,
    SET_CONTAINS,
    SET_SIZE,
    SET_CLEAR,
    SET_SHOW,
    SET_CODES
};

static const char *const names[] = {"setup", "pause", "add",  "discard", "contains",
                                    "size",  "clear", "show", NULL};

/* setup: so many items, of this style of keys. The others: an item; c says which of two
 * equal ones. */
static const OpForm forms[] = {
    {"setup", 2, false},   {"pause", 1, false}, {"add", 1, false},   {"discard", 1, false},
    {"contains", 1, true}, {"size", 0, true},   {"clear", 0, false}, {"show", 0, true}};

enum { SET_ITEMS = 16 };

/* ---- the sequential set ---- */

typedef struct SetState {
    uint8_t count;  /* of items, in the order of insertion; the rest is 0 */
    uint8_t size;   /* what is answered: may be behind */
    uint8_t writer; /* thread + 1 whose call has changed the count, and not yet the size */
    uint8_t items[SET_ITEMS];
} SetState;

static uint8_t *find(SetState *s, int item) { return memchr(s->items, item, s->count); }

static bool add(SetState *s, int item) {
    if (find(s, item)) return true;
    if (s->count == SET_ITEMS) return false;
    s->items[s->count++] = (uint8_t)item;
    return true;
}

static bool discard(SetState *s, int item) {
    uint8_t *there = find(s, item);
    if (!there) return false;
    uint8_t *last = &s->items[--s->count];
    memmove(there, there + 1, (size_t)(last - there));
    *last = 0;
    return true;
}

static bool step_locked(SetState *s, const Call *call) {
    switch (call->op.code) {
    case SET_ADD:
        return call->answer.kind == ANSWER_DONE && add(s, call->op.a);
    case SET_DISCARD:
        return answer_is(call, ANSWER_NUMBER, discard(s, call->op.a));
    case SET_CLEAR:
        memset(s->items, 0, sizeof s->items);
        s->count = 0;
        return call->answer.kind == ANSWER_DONE;
    default:
        return answer_is(call, ANSWER_LIST, s->count) &&
               !memcmp(call->answer.items, s->items, s->count);
    }
}

static bool set_step(void *state, const Call *call, int step) {
    SetState *s = state;
    if (call->op.code == SET_SIZE) return answer_is(call, ANSWER_NUMBER, s->size);
    if (call->op.code == SET_CONTAINS)
        return answer_is(call, ANSWER_NUMBER, find(s, call->op.a) != NULL);
    if (step) { /* the size follows */
        if (s->writer == call->thread + 1) s->writer = 0, s->size = s->count;
        return true;
    }
    int before = s->count;
    if (s->writer || !step_locked(s, call)) return false;
    if (call->steps == 1)
        s->size = s->count;
    else if (s->count != before)
        s->writer = (uint8_t)(call->thread + 1);
    return true;
}

/* Nobody sees when the size changes if nobody asks for it. */
static int set_steps(Trial *trial, Call *call) {
    int code = call->op.code;
    bool writes = code == SET_ADD || code == SET_DISCARD || code == SET_CLEAR;
    return writes && trial->used >> SET_SIZE & 1 ? 2 : 1;
}

static int set_part(const Call *call) {
    return call->op.code <= SET_CONTAINS ? call->op.a : -1;
}

/* ---- the real one ---- */

static KeyStyle key_style(const Trial *trial) {
    return (KeyStyle)fit(trial->setup.b, KEY_STYLES);
}

static GiltObject *set_make(Trial *trial, void *state) {
    SetState *s = state;
    int count = fit(trial->setup.a, key_limit(key_style(trial)) + 1);
    GiltObject *set = gilt_set_new(NULL, 0);
    for (int i = 0; set && i < count; i++) {
        GiltObject *item = key_new(key_style(trial), i, false);
        gilt_set_add(set, item);
        gilt_decref(item);
        add(s, i);
    }
    s->size = s->count;
    return set;
}

/* The number of an item from its text: an int, a float, or a str in quotes. */
static int shown_number(KeyStyle style, const char *text, char **end) {
    bool str = *text == '\'';
    GiltObject *item = NULL;
    if (str) {
        const char *quote = strchr(text + 1, '\'');
        *end = quote ? (char *)quote + 1 : (char *)text + strlen(text);
        item = gilt_str_new(text + 1, quote ? (size_t)(quote - text - 1) : 0);
    } else {
        item = gilt_int(strtoll(text, end, 10));
        if (**end == '.') strtod(text, end);
    }
    int number = item ? key_number(style, item) : -1;
    gilt_decref(item);
    return number;
}

/* Of the text "{a, b, c}" or "set()". */
static Answer shown_answer(const Trial *trial, GiltObject *shown) {
    Answer all = answer(ANSWER_LIST, 0);
    char *text = gilt_str_utf8(shown, NULL), *at = text;
    while (at && *at && all.number < ANSWER_ITEMS) {
        if (!strchr("'-0123456789", *at))
            at++;
        else
            all.items[all.number++] = (uint8_t)shown_number(key_style(trial), at, &at);
    }
    free(text);
    return all;
}

/* The object that it answers, if any; or else the number, if that is what it answers. */
static GiltObject *set_do(GiltObject *set, int code, GiltObject *item, int *number) {
    switch (code) {
    case SET_ADD:
        return gilt_set_add(set, item), NULL;
    case SET_DISCARD:
        return *number = gilt_set_discard(set, item), NULL;
    case SET_CONTAINS:
        return *number = gilt_set_contains(set, item), NULL;
    case SET_SIZE:
        return *number = (int)gilt_set_size(set), NULL;
    case SET_CLEAR:
        return gilt_set_clear(set), NULL;
    default:
        return gilt_repr(set);
    }
}

static void set_play(Trial *trial, Call *call) {
    int code = call->op.code, number = 0;
    bool counts = code == SET_DISCARD || code == SET_CONTAINS || code == SET_SIZE;
    GiltObject *item = NULL;
    if (code <= SET_CONTAINS) item = key_new(key_style(trial), call->op.a, call->op.c);
    call_begin(call);
    GiltObject *got = set_do(trial->object, code, item, &number);
    call_end(call);
    if (got)
        call->answer = shown_answer(trial, got);
    else
        call->answer = answer_unless_error(counts ? ANSWER_NUMBER : ANSWER_DONE, number);
    gilt_decref(got);
    gilt_decref(item);
}

/* ---- programs ---- */

static Op set_fit(const Trial *trial, Op op) {
    op.a = fit(op.a, key_limit(key_style(trial)));
    return op;
}

static void set_generate(Program *program, Random *random, size_t threads) {
    const uint64_t writes = 1 << SET_ADD | 1 << SET_DISCARD | 1 << SET_CLEAR;
    uint64_t chosen = trial_choose(random, SET_CODES, writes);
    int style = random_below(random, KEY_STYLES), limit = key_limit((KeyStyle)style);
    int items = random_below(random, 3) ? 1 + random_below(random, 4) : limit;
    int full = random_below(random, 2) ? items : items / 2;
    threads = trial_threads(random, threads);
    int calls = trial_calls(random, threads), steps = 0;
    program_op(program, 0, (Op){OP_SETUP, full, style, 0});
    for (int i = 0; i < calls; i++)
        for (size_t t = 0; t < threads; t++) {
            int code = trial_pick(random, chosen);
            if ((steps += 2) > LINEAR_STEPS && chosen >> SET_SIZE & 1) return;
            program_op(program, t,
                       (Op){code, random_below(random, items), 0, random_below(random, 2)});
            trial_maybe_pause(program, random, t);
        }
}

static const Subject set_subject = {
    .spec = {"set", forms, sizeof(SetState), set_step, set_part},
    .fit = set_fit,
    .make = set_make,
    .play = set_play,
    .steps = set_steps,
};

static bool set_run(const Program *program, char complaint[COMPLAINT]) {
    return trial_run(&set_subject, program, complaint);
}

const Kind kind_set = {"set", names, 3, set_generate, set_run};
