/* kind_list.c: single operations on one list are linearizable.
 *
 * Each happens at one moment, but for two:
 *   - contains looks at the items one by one, as get would. So what it found was in the
 *     list at some moment of the call; that it found nothing is wrong only if nobody
 *     moves items or takes them out.
 *   - sort takes three moments. It looks at the size, and is done if there is nothing to
 *     sort; it takes the items out; and it puts them back, sorted, in front of what has
 *     come meanwhile, which is then a ValueError. In between, the list is empty for
 *     everybody else.
 *
 * Walking, comparing and showing a list are many operations, and not checked here. */
#include "tests/stress/trial.h"

enum {
    LIST_GET = OP_FIRST,
    LIST_SET,
    LIST_APPEND,
    LIST_INSERT,
    LIST_EXTEND,
    LIST_POP,
    LIST_DEL,
    LIST_SLICE,
    LIST_PLUS,
    LIST_REVERSE,
    LIST_CLEAR,
    LIST_SIZE,
    LIST_CONTAINS,
    LIST_SORT,
    LIST_CODES
};

static const char *const names[] = {
    "setup", "pause", "get",     "set",   "append", "insert",   "extend", "pop", "del",
    "slice", "plus",  "reverse", "clear", "size",   "contains", "sort",   NULL};

static const OpForm forms[] = {
    {"setup", 2, false},  {"pause", 1, false},  {"get", 1, true},
    {"set", 2, false},    {"append", 1, false}, {"insert", 2, false},
    {"extend", 2, false}, {"pop", 1, false},    {"del", 1, false},
    {"slice", 2, true},   {"plus", 0, true},    {"reverse", 0, false},
    {"clear", 0, false},  {"size", 0, true},    {"contains", 1, true},
    {"sort", 0, false}};

/* setup: so many items, of this style. For the others, a is an index, or the first value
 * where there is no index; b the value of set and insert, the end of a slice, the number of
 * items of an extend, from a tuple if c. */
enum { SORTS = 2, LIST_ITEMS = 56, EXTEND_MAX = 8, PREFILL_MAX = 16 };

/* ---- the sequential list ---- */

typedef enum SortState { SORT_NONE, SORT_SMALL, SORT_WANTED, SORT_OUT } SortState;

/* The items of the list, then those that each sort has taken out; the rest is 0. */
typedef struct ListState {
    uint8_t size, sort_state[SORTS], out[SORTS];
    uint8_t items[LIST_ITEMS];
} ListState;

_Static_assert(sizeof(ListState) <= LINEAR_STATE, "small");

static size_t all_items(const ListState *s) { return s->size + s->out[0] + s->out[1]; }

static bool put_in(ListState *s, size_t at, int value) {
    size_t all = all_items(s);
    if (all == LIST_ITEMS) return false;
    memmove(s->items + at + 1, s->items + at, all - at);
    s->items[at] = (uint8_t)value;
    s->size++;
    return true;
}

static void take_out(ListState *s, size_t at) {
    size_t all = all_items(s);
    memmove(s->items + at, s->items + at + 1, all - at - 1);
    s->items[all - 1] = 0;
    s->size--;
}

/* A negative index counts from the end. Is it inside? */
static bool inside(const ListState *s, int *index) {
    if (*index < 0) *index += s->size;
    return *index >= 0 && *index < s->size;
}

static int cut(const ListState *s, int index) {
    if (index < 0) index += s->size;
    return index < 0 ? 0 : index > s->size ? s->size : index;
}

static bool step_index(ListState *s, const Call *call) {
    int index = call->op.a;
    if (!inside(s, &index)) return answer_is(call, ANSWER_ERROR, GILT_INDEX_ERROR);
    int there = s->items[index];
    if (call->op.code == LIST_SET) s->items[index] = (uint8_t)call->op.b;
    if (call->op.code == LIST_POP || call->op.code == LIST_DEL) take_out(s, (size_t)index);
    if (call->op.code == LIST_GET || call->op.code == LIST_POP)
        return answer_is(call, ANSWER_VALUE, there);
    return call->answer.kind == ANSWER_DONE;
}

static bool step_add(ListState *s, const Call *call) {
    Op op = call->op;
    bool room = true;
    if (op.code == LIST_INSERT) room = put_in(s, (size_t)cut(s, op.a), op.b);
    if (op.code == LIST_APPEND) room = put_in(s, s->size, op.a);
    for (int i = 0; op.code == LIST_EXTEND && i < op.b; i++)
        room = room && put_in(s, s->size, op.a + i);
    return room && call->answer.kind == ANSWER_DONE;
}

static bool step_slice(const ListState *s, const Call *call) {
    bool part = call->op.code == LIST_SLICE;
    int from = part ? cut(s, call->op.a) : 0, to = part ? cut(s, call->op.b) : s->size;
    int count = to > from ? to - from : 0;
    return answer_is(call, ANSWER_LIST, count) &&
           !memcmp(call->answer.items, s->items + from, (size_t)count);
}

static void reverse(uint8_t *items, size_t size) {
    for (size_t i = 0; i < size / 2; i++) {
        uint8_t swapped = items[i];
        items[i] = items[size - 1 - i];
        items[size - 1 - i] = swapped;
    }
}

static bool step_clear(ListState *s, const Call *call) {
    while (s->size) take_out(s, 0);
    return call->answer.kind == ANSWER_DONE;
}

/* c: items may be moved or taken out in this program. */
static bool step_contains(const ListState *s, const Call *call) {
    if (call->op.c && answer_is(call, ANSWER_NUMBER, 0)) return true;
    return answer_is(call, ANSWER_NUMBER, memchr(s->items, call->op.a, s->size) != NULL);
}

/* What stands in the list now goes to where the sort keeps what it has taken out. */
static void sort_take(ListState *s, int sort) {
    if (sort == 1) { /* behind what sort 0 has out: the list's items go to the end */
        uint8_t own[LIST_ITEMS];
        memcpy(own, s->items, s->size);
        memmove(s->items, s->items + s->size, s->out[0]);
        memcpy(s->items + s->out[0], own, s->size);
    }
    s->out[sort] = s->size;
    s->size = 0;
}

/* Sorted, in front of what is in the list. */
static void sort_put_back(ListState *s, int sort) {
    uint8_t own[LIST_ITEMS];
    size_t count = s->out[sort], at = s->size + (sort ? s->out[0] : 0u);
    memcpy(own, s->items + at, count);
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k && own[k - 1] > own[k]; k--) {
            uint8_t swapped = own[k];
            own[k] = own[k - 1];
            own[k - 1] = swapped;
        }
    memmove(s->items + count, s->items, at);
    memcpy(s->items, own, count);
    s->out[sort] = 0;
    s->size += (uint8_t)count;
}

/* If nothing was taken out, it does not matter what has come, and gilt may not notice. */
static bool sort_answer(const ListState *s, const Call *call, int sort) {
    if (answer_is(call, ANSWER_ERROR, GILT_VALUE_ERROR)) return s->size > 0;
    return call->answer.kind == ANSWER_DONE && (!s->size || !s->out[sort]);
}

static bool step_sort(ListState *s, const Call *call, int step) {
    int sort = call->op.a;
    uint8_t *state = &s->sort_state[sort];
    if (step == 0) {
        *state = s->size < 2 ? SORT_SMALL : SORT_WANTED;
    } else if (step == 1) {
        if (*state == SORT_WANTED) sort_take(s, sort), *state = SORT_OUT;
    } else {
        bool small = *state == SORT_SMALL;
        *state = SORT_NONE;
        if (small) return call->answer.kind == ANSWER_DONE;
        if (!sort_answer(s, call, sort)) return false;
        sort_put_back(s, sort);
    }
    return true;
}

static bool list_step(void *state, const Call *call, int step) {
    ListState *s = state;
    switch (call->op.code) {
    case LIST_APPEND:
    case LIST_INSERT:
    case LIST_EXTEND:
        return step_add(s, call);
    case LIST_SLICE:
    case LIST_PLUS:
        return step_slice(s, call);
    case LIST_REVERSE:
        reverse(s->items, s->size);
        return call->answer.kind == ANSWER_DONE;
    case LIST_CLEAR:
        return step_clear(s, call);
    case LIST_SIZE:
        return answer_is(call, ANSWER_NUMBER, s->size);
    case LIST_CONTAINS:
        return step_contains(s, call);
    case LIST_SORT:
        return step_sort(s, call, step);
    default:
        return step_index(s, call);
    }
}

/* Numbers the sorts, at most SORTS: with more, the question is left open. And says what
 * contains need not find. */
static int list_steps(Trial *trial, Call *call) {
    const uint64_t moves = 1 << LIST_SET | 1 << LIST_INSERT | 1 << LIST_POP |
                           1 << LIST_DEL | 1 << LIST_REVERSE | 1 << LIST_CLEAR |
                           1 << LIST_SORT;
    int *sorts = trial->data;
    call->op.c = (trial->used & moves) != 0;
    if (call->op.code != LIST_SORT) return 1;
    if (*sorts == SORTS) return LINEAR_STEPS + 1;
    call->op.a = (*sorts)++;
    return 3;
}

/* ---- the real one ---- */

static GiltObject *values_list(ValueStyle style, int first, int count, bool tuple) {
    GiltObject *items[EXTEND_MAX] = {NULL};
    for (int i = 0; i < count; i++) items[i] = value_new(style, first + i);
    GiltObject *made =
        tuple ? gilt_tuple_new(items, (size_t)count) : gilt_list_new(items, (size_t)count);
    for (int i = 0; i < count; i++) gilt_decref(items[i]);
    return made;
}

static GiltObject *list_make(Trial *trial, void *state) {
    ListState *s = state;
    int count = fit(trial->setup.a, PREFILL_MAX);
    GiltObject *list = gilt_list_new(NULL, 0);
    for (int i = 0; list && i < count; i++) {
        GiltObject *item = value_new((ValueStyle)(trial->setup.b & 1), i + 1);
        gilt_list_append(list, item);
        gilt_decref(item);
        put_in(s, s->size, i + 1);
    }
    return list;
}

/* What the operation needs besides the list; or NULL. */
static GiltObject *list_argument(const Trial *trial, Op op) {
    ValueStyle style = (ValueStyle)(trial->setup.b & 1);
    switch (op.code) {
    case LIST_APPEND:
    case LIST_CONTAINS:
        return value_new(style, op.a);
    case LIST_SET:
    case LIST_INSERT:
        return value_new(style, op.b);
    case LIST_EXTEND:
        return values_list(style, op.a, op.b, op.c);
    case LIST_PLUS:
        return gilt_list_new(NULL, 0);
    case LIST_DEL:
        return gilt_int(op.a);
    default:
        return NULL;
    }
}

/* The object that it answers, if any; or else the number, if that is what it answers. */
static GiltObject *list_do(GiltObject *list, Op op, GiltObject *argument, int *number) {
    switch (op.code) {
    case LIST_GET:
        return gilt_list_get(list, op.a);
    case LIST_SET:
        return gilt_list_set(list, op.a, argument), NULL;
    case LIST_APPEND:
        return gilt_list_append(list, argument), NULL;
    case LIST_INSERT:
        return gilt_list_insert(list, op.a, argument), NULL;
    case LIST_EXTEND:
        return gilt_list_extend(list, argument), NULL;
    case LIST_POP:
        return gilt_list_pop(list, op.a);
    case LIST_DEL:
        return gilt_del_item(list, argument), NULL;
    case LIST_SLICE:
        return gilt_list_slice(list, op.a, op.b);
    case LIST_PLUS:
        return gilt_add(list, argument);
    case LIST_REVERSE:
        return gilt_list_reverse(list), NULL;
    case LIST_CLEAR:
        return gilt_list_clear(list), NULL;
    case LIST_SIZE:
        return *number = (int)gilt_list_size(list), NULL;
    case LIST_CONTAINS:
        return *number = gilt_contains(list, argument), NULL;
    case LIST_SORT:
        return gilt_list_sort(list), NULL;
    default:
        return NULL;
    }
}

/* A list that nobody else has. Consumes it. */
static Answer list_answer(GiltObject *list) {
    size_t size = gilt_list_size(list);
    Answer all = answer(ANSWER_LIST, (int)(size < ANSWER_ITEMS ? size : ANSWER_ITEMS));
    for (int i = 0; i < all.number; i++) {
        GiltObject *item = gilt_list_get(list, i);
        all.items[i] = (uint8_t)value_number(item);
        gilt_decref(item);
    }
    gilt_decref(list);
    return all;
}

static void list_play(Trial *trial, Call *call) {
    GiltObject *argument = list_argument(trial, call->op);
    int number = 0, code = call->op.code;
    call_begin(call);
    GiltObject *got = list_do(trial->object, call->op, argument, &number);
    call_end(call);
    if (got && (code == LIST_SLICE || code == LIST_PLUS)) {
        call->answer = list_answer(got);
    } else if (got) {
        call->answer = answer(ANSWER_VALUE, value_number(got));
        gilt_decref(got);
    } else {
        bool counts = code == LIST_SIZE || code == LIST_CONTAINS;
        call->answer = answer_unless_error(counts ? ANSWER_NUMBER : ANSWER_DONE, number);
    }
    gilt_decref(argument);
}

/* ---- programs ---- */

static Op list_fit(const Trial *trial, Op op) {
    (void)trial;
    bool first =
        op.code == LIST_APPEND || op.code == LIST_EXTEND || op.code == LIST_CONTAINS;
    if (first) op.a = fit(op.a, VALUES - EXTEND_MAX);
    if (op.code == LIST_SET || op.code == LIST_INSERT) op.b = fit(op.b, VALUES);
    if (op.code == LIST_EXTEND) op.b = fit(op.b, EXTEND_MAX + 1);
    return op;
}

/* No more can ever be in the list; a program with too many makes no sense here. */
static int most_items(const Program *program) {
    int count = 0;
    for (size_t t = 0; t < program->threads; t++)
        for (size_t i = 0; i < program->scripts[t].count; i++) {
            Op op = list_fit(NULL, program->scripts[t].ops[i]);
            if (op.code == OP_SETUP) count += fit(op.a, PREFILL_MAX);
            if (op.code == LIST_APPEND || op.code == LIST_INSERT) count++;
            if (op.code == LIST_EXTEND) count += op.b;
        }
    return count;
}

typedef struct Making {
    int value; /* the next that was in no list yet */
    int room;  /* for so many more items */
    int sorts;
    int places; /* that indices mean: few, so that threads meet */
} Making;

/* The operation with its numbers; a read instead if there is no room for it. */
static Op list_op(Random *random, int code, Making *making) {
    int index = random_below(random, making->places) - (random_below(random, 4) ? 0 : 2);
    int adds = code == LIST_EXTEND ? 2 + random_below(random, EXTEND_MAX - 1) : 1;
    bool valued = code == LIST_SET || code == LIST_APPEND || code == LIST_INSERT;
    if (code == LIST_SORT && making->sorts == SORTS) code = LIST_GET;
    if ((valued || code == LIST_EXTEND) && adds > making->room)
        code = LIST_GET, valued = false;
    if (code == LIST_SORT) return making->sorts++, (Op){code, 0, 0, 0};
    if (code == LIST_SLICE) return (Op){code, index, random_below(random, 12) - 2, 0};
    if (code == LIST_CONTAINS)
        return (Op){code, 1 + random_below(random, making->value), 0, 0};
    if (!valued && code != LIST_EXTEND) return (Op){code, index, 0, 0};
    int value = making->value;
    making->value += adds;
    making->room -= adds;
    if (code == LIST_APPEND) return (Op){code, value, 0, 0};
    if (code == LIST_EXTEND) return (Op){code, value, adds, random_below(random, 2)};
    return (Op){code, index, value, 0};
}

static void list_generate(Program *program, Random *random, size_t threads) {
    const uint64_t writes = 1 << LIST_SET | 1 << LIST_APPEND | 1 << LIST_INSERT |
                            1 << LIST_EXTEND | 1 << LIST_POP | 1 << LIST_REVERSE;
    static const int full[] = {0, 1, 5, 10}; /* an append more, and the array grows */
    uint64_t chosen = trial_choose(random, LIST_CODES, writes);
    int items = random_below(random, 2) ? full[random_below(random, 4)]
                                        : random_below(random, PREFILL_MAX);
    threads = trial_threads(random, threads);
    int calls = trial_calls(random, threads);
    Making making = {items + 1, LIST_ITEMS - items, 0, 1 + random_below(random, 8)};
    program_op(program, 0, (Op){OP_SETUP, items, random_below(random, 3) == 0, 0});
    for (int i = 0; i < calls; i++)
        for (size_t t = 0; t < threads; t++) {
            Op op = list_op(random, trial_pick(random, chosen), &making);
            program_op(program, t, op);
            trial_maybe_pause(program, random, t);
        }
}

static const Subject list_subject = {
    .spec = {"list", forms, sizeof(ListState), list_step, NULL},
    .data = sizeof(int), /* sorts that have got their number */
    .fit = list_fit,
    .make = list_make,
    .play = list_play,
    .steps = list_steps,
};

static bool list_run(const Program *program, char complaint[COMPLAINT]) {
    if (most_items(program) > LIST_ITEMS) return true;
    return trial_run(&list_subject, program, complaint);
}

const Kind kind_list = {"list", names, 4, list_generate, list_run};
