/* kind_dict.c: single operations on one dict are linearizable.
 *
 * What is not one moment has steps (linear.h), as the code gives it:
 *   the size  is read without the lock and follows the contents: whoever changes it does so
 *             a moment after the key has come or gone, both under the lock. So a write
 *             has two steps, between which no other write and no copy comes; but reads do,
 *             and then contains and size may disagree by that one operation.
 *   update    puts one key after another, from a copy of the other dict made at one moment:
 *             others may come between two keys.
 * Keys, values and copy are of one moment. Walking with gilt_dict_next, comparing and
 * showing are many operations, and not checked here. */
#include "tests/stress/trial.h"

enum {
    DICT_GET = OP_FIRST,
    DICT_GET_ITEM,
    DICT_SET,
    DICT_SET_DEFAULT,
    DICT_POP,
    DICT_DEL,
    DICT_CONTAINS,
    DICT_UPDATE,
    DICT_SIZE,
    DICT_CLEAR,
    DICT_KEYS,
    DICT_VALUES,
    DICT_COPY,
    DICT_CODES
};

static const char *const names[] = {
    "setup",    "pause",  "get",  "get_item", "set",  "set_default", "pop",  "del",
    "contains", "update", "size", "clear",    "keys", "values",      "copy", NULL};

/* setup: so many keys, of this style, with values of that style. The others: a key, then a
 * value; c says which of two equal keys (KEYS_MIXED). update: key a with value b, and key c
 * with the value after that. */
static const OpForm forms[] = {
    {"setup", 3, false},   {"pause", 1, false}, {"get", 1, true},
    {"get_item", 1, true}, {"set", 2, false},   {"set_default", 2, false},
    {"pop", 1, false},     {"del", 1, false},   {"contains", 1, true},
    {"update", 3, false},  {"size", 0, true},   {"clear", 0, false},
    {"keys", 0, true},     {"values", 0, true}, {"copy", 0, true}};

enum { DICT_KEYS_MAX = 16 };

/* ---- the sequential dict ---- */

typedef struct Pair {
    uint8_t key, value;
} Pair;

typedef struct DictState {
    uint8_t count;  /* of pairs, in the order of insertion; the rest is 0 */
    uint8_t size;   /* what is answered: may be behind */
    uint8_t writer; /* thread + 1 whose call has changed the count, and not yet the size */
    Pair pairs[DICT_KEYS_MAX];
} DictState;

_Static_assert(sizeof(DictState) <= LINEAR_STATE, "small");

static Pair *find(DictState *s, int key) {
    for (size_t i = 0; i < s->count; i++)
        if (s->pairs[i].key == key) return &s->pairs[i];
    return NULL;
}

static bool put(DictState *s, int key, int value) {
    Pair *pair = find(s, key);
    if (!pair && s->count == DICT_KEYS_MAX) return false;
    if (!pair) pair = &s->pairs[s->count++];
    *pair = (Pair){(uint8_t)key, (uint8_t)value};
    return true;
}

static void take(DictState *s, Pair *pair) {
    Pair *last = &s->pairs[--s->count];
    memmove(pair, pair + 1, (size_t)(last - pair) * sizeof *pair);
    *last = (Pair){0, 0};
}

static bool step_take(DictState *s, const Call *call) {
    Pair *pair = find(s, call->op.a);
    if (!pair) return answer_is(call, ANSWER_ERROR, GILT_KEY_ERROR);
    int value = pair->value;
    take(s, pair);
    if (call->op.code == DICT_DEL) return call->answer.kind == ANSWER_DONE;
    return answer_is(call, ANSWER_VALUE, value);
}

static bool step_get(DictState *s, const Call *call) {
    const Pair *pair = find(s, call->op.a);
    if (call->op.code == DICT_CONTAINS) return answer_is(call, ANSWER_NUMBER, pair != NULL);
    if (pair) return answer_is(call, ANSWER_VALUE, pair->value);
    if (call->op.code == DICT_GET) return call->answer.kind == ANSWER_NOTHING;
    return answer_is(call, ANSWER_ERROR, GILT_KEY_ERROR);
}

/* The second key of an update; not the first one again. */
static int second_key(Op op) { return op.c != op.a ? op.c : (op.a + 1) % 4; }

static bool step_update(DictState *s, const Call *call, bool second) {
    Op op = call->op;
    return call->answer.kind == ANSWER_DONE &&
           put(s, second ? second_key(op) : op.a, second ? op.b + 1 : op.b);
}

static bool step_list(const DictState *s, const Call *call) {
    bool both = call->op.code == DICT_COPY, keys = call->op.code != DICT_VALUES;
    int n = 0;
    if (!answer_is(call, ANSWER_LIST, s->count * (both ? 2 : 1))) return false;
    for (size_t i = 0; i < s->count; i++) {
        if (keys && call->answer.items[n++] != s->pairs[i].key) return false;
        if ((both || !keys) && call->answer.items[n++] != s->pairs[i].value) return false;
    }
    return true;
}

static bool step_clear(DictState *s, const Call *call) {
    memset(s->pairs, 0, sizeof s->pairs);
    s->count = 0;
    return call->answer.kind == ANSWER_DONE;
}

static bool step_set_default(DictState *s, const Call *call) {
    const Pair *pair = find(s, call->op.a);
    return answer_is(call, ANSWER_VALUE, pair ? pair->value : call->op.b) &&
           (pair || put(s, call->op.a, call->op.b));
}

/* What is done to the contents under the lock. */
static bool step_locked(DictState *s, const Call *call, bool second) {
    switch (call->op.code) {
    case DICT_SET:
        return call->answer.kind == ANSWER_DONE && put(s, call->op.a, call->op.b);
    case DICT_SET_DEFAULT:
        return step_set_default(s, call);
    case DICT_UPDATE:
        return step_update(s, call, second);
    case DICT_CLEAR:
        return step_clear(s, call);
    case DICT_POP:
    case DICT_DEL:
        return step_take(s, call);
    default:
        return step_list(s, call);
    }
}

static bool needs_lock(DictState *s, const Call *call) {
    int code = call->op.code;
    if (code == DICT_SET_DEFAULT) return !find(s, call->op.a);
    return code != DICT_GET && code != DICT_GET_ITEM && code != DICT_CONTAINS;
}

static bool dict_step(void *state, const Call *call, int step) {
    DictState *s = state;
    int moments = call->op.code == DICT_UPDATE ? call->steps / 2 : call->steps;
    if (call->op.code == DICT_SIZE) return answer_is(call, ANSWER_NUMBER, s->size);
    if (step % moments) { /* the size follows */
        if (s->writer == call->thread + 1) s->writer = 0, s->size = s->count;
        return true;
    }
    if (call->op.code <= DICT_GET_ITEM || call->op.code == DICT_CONTAINS)
        return step_get(s, call);
    int before = s->count;
    if (needs_lock(s, call) && s->writer) return false;
    if (!step_locked(s, call, step / moments)) return false;
    if (moments == 1)
        s->size = s->count;
    else if (s->count != before)
        s->writer = (uint8_t)(call->thread + 1);
    return true;
}

/* Nobody sees when the size changes if nobody asks for it. */
static int dict_steps(Trial *trial, Call *call) {
    int sized = trial->used >> DICT_SIZE & 1 ? 2 : 1;
    switch (call->op.code) {
    case DICT_UPDATE:
        return 2 * sized;
    case DICT_SET:
    case DICT_SET_DEFAULT:
    case DICT_POP:
    case DICT_DEL:
    case DICT_CLEAR:
        return sized;
    default:
        return 1;
    }
}

/* Operations on one key are independent of those on others. */
static int dict_part(const Call *call) {
    return call->op.code < DICT_UPDATE ? call->op.a : -1;
}

/* ---- the real one ---- */

static KeyStyle key_style(const Trial *trial) {
    return (KeyStyle)fit(trial->setup.b, KEY_STYLES);
}

static bool put_new(const Trial *trial, GiltObject *dict, int key, int value, bool other) {
    GiltObject *k = key_new(key_style(trial), key, other);
    GiltObject *v = value_new((ValueStyle)(trial->setup.c & 1), value);
    bool well = k && v && gilt_dict_set(dict, k, v);
    gilt_decref(k);
    gilt_decref(v);
    return well;
}

static GiltObject *dict_make(Trial *trial, void *state) {
    DictState *s = state;
    int count = fit(trial->setup.a, key_limit(key_style(trial)) + 1);
    GiltObject *dict = gilt_dict_new();
    for (int i = 0; dict && i < count; i++) {
        put_new(trial, dict, i, i + 1, false);
        put(s, i, i + 1);
    }
    s->size = s->count;
    return dict;
}

static GiltObject *update_argument(const Trial *trial, Op op) {
    GiltObject *other = gilt_dict_new();
    if (!other) return NULL;
    put_new(trial, other, op.a, op.b, false);
    put_new(trial, other, second_key(op), op.b + 1, true);
    return other;
}

/* The object that it answers, if any; or else the number, if that is what it answers. */
static GiltObject *dict_do(GiltObject *dict, Op op, GiltObject *key, GiltObject *value,
                           int *number) {
    switch (op.code) {
    case DICT_GET:
        return gilt_dict_get(dict, key);
    case DICT_GET_ITEM:
        return gilt_get_item(dict, key);
    case DICT_SET:
        return gilt_dict_set(dict, key, value), NULL;
    case DICT_SET_DEFAULT:
        return gilt_dict_set_default(dict, key, value);
    case DICT_POP:
        return gilt_dict_pop(dict, key);
    case DICT_DEL:
        return gilt_dict_delete(dict, key), NULL;
    case DICT_CONTAINS:
        return *number = gilt_contains(dict, key), NULL;
    case DICT_UPDATE:
        return gilt_dict_update(dict, value), NULL;
    case DICT_SIZE:
        return *number = (int)gilt_dict_size(dict), NULL;
    case DICT_CLEAR:
        return gilt_dict_clear(dict), NULL;
    case DICT_KEYS:
        return gilt_dict_keys(dict);
    case DICT_VALUES:
        return gilt_dict_values(dict);
    case DICT_COPY:
        return gilt_dict_copy(dict);
    default:
        return NULL;
    }
}

static void answer_add(Answer *answer, int number) {
    if (answer->number < ANSWER_ITEMS) answer->items[answer->number++] = (uint8_t)number;
}

/* Of a list of keys or values that nobody else has. */
static Answer list_answer(const Trial *trial, GiltObject *list, bool keys) {
    Answer all = answer(ANSWER_LIST, 0);
    for (size_t i = 0; i < gilt_list_size(list); i++) {
        GiltObject *item = gilt_list_get(list, (ssize_t)i);
        answer_add(&all, keys ? key_number(key_style(trial), item) : value_number(item));
        gilt_decref(item);
    }
    return all;
}

static Answer copy_answer(const Trial *trial, GiltObject *copy) {
    Answer all = answer(ANSWER_LIST, 0);
    GiltObject *key, *value;
    for (size_t at = 0; gilt_dict_next(copy, &at, &key, &value);) {
        answer_add(&all, key_number(key_style(trial), key));
        answer_add(&all, value_number(value));
        gilt_decref(key);
        gilt_decref(value);
    }
    return all;
}

static Answer object_answer(const Trial *trial, int code, GiltObject *got) {
    if (code == DICT_COPY) return copy_answer(trial, got);
    if (code == DICT_KEYS || code == DICT_VALUES)
        return list_answer(trial, got, code == DICT_KEYS);
    return answer(ANSWER_VALUE, value_number(got));
}

static void dict_play(Trial *trial, Call *call) {
    Op op = call->op;
    int number = 0;
    bool stores = op.code == DICT_SET || op.code == DICT_SET_DEFAULT;
    GiltObject *key = NULL, *value = NULL;
    if (op.code < DICT_UPDATE) key = key_new(key_style(trial), op.a, op.c);
    if (stores) value = value_new((ValueStyle)(trial->setup.c & 1), op.b);
    if (op.code == DICT_UPDATE) value = update_argument(trial, op);
    call_begin(call);
    GiltObject *got = dict_do(trial->object, op, key, value, &number);
    call_end(call);
    bool counts = op.code == DICT_SIZE || op.code == DICT_CONTAINS;
    if (got)
        call->answer = object_answer(trial, op.code, got);
    else
        call->answer = answer_unless_error(counts                ? ANSWER_NUMBER
                                           : op.code == DICT_GET ? ANSWER_NOTHING
                                                                 : ANSWER_DONE,
                                           number);
    gilt_decref(got);
    gilt_decref(key);
    gilt_decref(value);
}

/* ---- programs ---- */

static Op dict_fit(const Trial *trial, Op op) {
    int limit = key_limit(key_style(trial));
    op.a = fit(op.a, limit);
    op.b = fit(op.b, VALUES - 1);
    if (op.code == DICT_UPDATE) op.c = fit(op.c, limit);
    return op;
}

typedef struct Making {
    int keys, value, steps;
} Making;

static Op dict_op(Random *random, int code, bool sized, Making *making) {
    int key = random_below(random, making->keys),
        second = random_below(random, making->keys);
    bool update = code == DICT_UPDATE;
    int cost = (update ? 2 : 1) * (sized ? 2 : 1);
    if (cost > making->steps) code = DICT_CONTAINS, cost = 1, update = false;
    making->steps -= cost;
    int value = making->value;
    making->value += update ? 2 : 1;
    if (update) return (Op){code, key, value, second};
    return (Op){code, key, value, random_below(random, 2)};
}

/* Few keys, so that threads meet; or as many as make the table grow, from just before. */
static void dict_generate(Program *program, Random *random, size_t threads) {
    const uint64_t writes = 1 << DICT_SET | 1 << DICT_SET_DEFAULT | 1 << DICT_POP |
                            1 << DICT_DEL | 1 << DICT_UPDATE | 1 << DICT_CLEAR;
    uint64_t chosen = trial_choose(random, DICT_CODES, writes);
    int style = random_below(random, KEY_STYLES), limit = key_limit((KeyStyle)style);
    int keys = random_below(random, 3) ? 1 + random_below(random, 4) : limit;
    int full = random_below(random, 2) ? keys : keys / 2;
    threads = trial_threads(random, threads);
    int calls = trial_calls(random, threads);
    program_op(program, 0, (Op){OP_SETUP, full, style, random_below(random, 2)});
    Making making = {keys, full + 1, LINEAR_STEPS - TRIAL_CALLS};
    for (int i = 0; i < calls; i++)
        for (size_t t = 0; t < threads; t++) {
            making.steps += making.steps < LINEAR_STEPS;
            program_op(program, t,
                       dict_op(random, trial_pick(random, chosen), chosen >> DICT_SIZE & 1,
                               &making));
            trial_maybe_pause(program, random, t);
        }
}

static const Subject dict_subject = {
    .spec = {"dict", forms, sizeof(DictState), dict_step, dict_part},
    .fit = dict_fit,
    .make = dict_make,
    .play = dict_play,
    .steps = dict_steps,
};

static bool dict_run(const Program *program, char complaint[COMPLAINT]) {
    return trial_run(&dict_subject, program, complaint);
}

const Kind kind_dict = {"dict", names, 4, dict_generate, dict_run};
