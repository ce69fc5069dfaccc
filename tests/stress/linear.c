/* linear.c: the search for an order that explains the answers.
 *
 * Depth first: of the steps that may come next, because nothing that must come before them
 * is missing, each is tried in turn. What was tried is a set of steps done and a state: it
 * does not matter in which order they were done, so one attempt is enough for each pair.
 *
 * A read that may come next and fits is done at once, with no other attempt: in any order
 * that has it later, it can be moved to the front, since all that it passes finds the same
 * state as before. (So it is with what can only read, whatever the state; not with a write
 * that happens to change nothing now: it could be needed later, as one that does.) */
#include "tests/stress/linear.h"
#include <stdlib.h>
#include <string.h>

enum { TRIED_FIRST = 256, TRIED_MAX = 1 << 19 };

/* A pair that was tried; a state is kept in whole words, the rest of which are zero. */
typedef struct State {
    uint64_t words[LINEAR_STATE / 8];
} State;

typedef struct Tried {
    uint64_t done;
    State state;
} Tried;

typedef struct TriedSet {
    Tried *entries;  /* in the order of coming */
    uint32_t *cells; /* number of an entry + 1, or 0; twice as many as entries */
    size_t count, room;
} TriedSet;

typedef struct Step {
    uint64_t before; /* the steps that must have come before */
    uint8_t call, number;
} Step;

typedef struct Search {
    const Spec *spec;
    const History *history;
    Step steps[LINEAR_STEPS];
    size_t count;
    TriedSet tried;
    uint8_t path[LINEAR_STEPS], longest[LINEAR_STEPS];
    size_t longest_count;
} Search;

/* ---- what was tried ---- */

static size_t tried_hash(const Tried *entry) {
    uint64_t hash = entry->done;
    for (size_t i = 0; i < LINEAR_STATE / 8; i++) {
        hash = (hash ^ entry->state.words[i]) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 32;
    }
    return hash;
}

/* The cell that has the entry, or the empty one where it belongs. */
static uint32_t *tried_cell(const TriedSet *set, const Tried *entry) {
    size_t mask = 2 * set->room - 1, i = tried_hash(entry) & mask;
    while (set->cells[i] && memcmp(&set->entries[set->cells[i] - 1], entry, sizeof *entry))
        i = (i + 1) & mask;
    return &set->cells[i];
}

static bool tried_grow(TriedSet *set) {
    size_t room = set->room ? 2 * set->room : TRIED_FIRST;
    if (room > TRIED_MAX) return false;
    Tried *entries = realloc(set->entries, room * sizeof *entries);
    if (entries) set->entries = entries;
    uint32_t *cells = calloc(2 * room, sizeof *cells);
    if (!entries || !cells) {
        free(cells);
        return false;
    }
    free(set->cells);
    set->cells = cells;
    set->room = room;
    for (size_t i = 0; i < set->count; i++)
        *tried_cell(set, &set->entries[i]) = (uint32_t)i + 1;
    return true;
}

/* LINEAR_YES: it is new. LINEAR_NO: it was there. LINEAR_OPEN: no room for it. */
static Verdict tried_add(TriedSet *set, uint64_t done, const State *state) {
    if (set->count == set->room && !tried_grow(set)) return LINEAR_OPEN;
    Tried entry = {done, *state};
    uint32_t *cell = tried_cell(set, &entry);
    if (*cell) return LINEAR_NO;
    set->entries[set->count] = entry;
    *cell = (uint32_t)++set->count;
    return LINEAR_YES;
}

/* ---- the search ---- */

static Verdict explore(Search *search, uint64_t done, const State *state, size_t depth);

/* Does the step come next in some order? Then *after is the state after it. */
static bool step_fits(const Search *search, size_t i, uint64_t done, const State *state,
                      State *after) {
    const Step *step = &search->steps[i];
    if (done >> i & 1 || step->before & ~done) return false;
    *after = *state;
    return search->spec->step(after, &search->history->calls[step->call], step->number);
}

static bool reads(const Search *search, size_t i) {
    const Call *call = &search->history->calls[search->steps[i].call];
    return search->spec->forms[call->op.code].reads;
}

static Verdict take(Search *search, size_t i, uint64_t done, const State *after,
                    size_t depth) {
    search->path[depth] = (uint8_t)i;
    if (depth + 1 > search->longest_count) {
        search->longest_count = depth + 1;
        memcpy(search->longest, search->path, depth + 1);
    }
    return explore(search, done | UINT64_C(1) << i, after, depth + 1);
}

static Verdict explore(Search *search, uint64_t done, const State *state, size_t depth) {
    State after;
    if (depth == search->count) return LINEAR_YES;
    Verdict fresh = tried_add(&search->tried, done, state);
    if (fresh != LINEAR_YES) return fresh;
    for (size_t i = 0; i < search->count; i++)
        if (reads(search, i) && step_fits(search, i, done, state, &after))
            return take(search, i, done, &after, depth);
    for (size_t i = 0; i < search->count; i++) {
        if (!step_fits(search, i, done, state, &after)) continue;
        Verdict verdict = take(search, i, done, &after, depth);
        if (verdict != LINEAR_NO) return verdict;
    }
    return LINEAR_NO;
}

/* ---- what must come before what ---- */

static bool precedes(const Call *a, const Call *b) {
    if (a->thread == b->thread) return a < b; /* the history keeps their order */
    return a->end < b->begin;
}

/* The steps of the calls of one part; -1: of all calls. false: too many. */
static bool list_steps(Search *search, int part) {
    const Spec *spec = search->spec;
    search->count = 0;
    for (size_t c = 0; c < search->history->count; c++) {
        const Call *call = &search->history->calls[c];
        if (part >= 0 && spec->part(call) != part) continue;
        for (int k = 0; k < call->steps; k++) {
            if (search->count == LINEAR_STEPS) return false;
            search->steps[search->count++] =
                (Step){.call = (uint8_t)c, .number = (uint8_t)k};
        }
    }
    return true;
}

static void order_steps(Search *search) {
    const Call *calls = search->history->calls;
    for (size_t i = 0; i < search->count; i++) {
        Step *step = &search->steps[i];
        for (size_t k = 0; k < search->count; k++) {
            const Step *other = &search->steps[k];
            bool same = other->call == step->call;
            if (same ? other->number < step->number
                     : precedes(&calls[other->call], &calls[step->call]))
                step->before |= UINT64_C(1) << k;
        }
    }
}

/* ---- saying what is wrong ---- */

static void step_show(const Search *search, size_t i, Text *text) {
    const Step *step = &search->steps[i];
    text_add(text, " %d", step->call + 1);
    if (search->history->calls[step->call].steps > 1)
        text_add(text, "%c", 'a' + step->number);
}

static void explain(const Search *search, Text *text) {
    uint64_t done = 0;
    text_add(text, "not linearizable (%s): no order explains these answers\n",
             search->spec->name);
    history_show(search->history, search->spec->forms, text);
    text_add(text, "the longest order that explains some:");
    for (size_t i = 0; i < search->longest_count; i++) {
        step_show(search, search->longest[i], text);
        done |= UINT64_C(1) << search->longest[i];
    }
    text_add(text, "%s\nafter these, none of the next fits:",
             search->longest_count ? "" : " none");
    for (size_t i = 0; i < search->count; i++)
        if (!(done >> i & 1) && !(search->steps[i].before & ~done))
            step_show(search, i, text);
    text_add(text, "\n");
}

static Verdict check_part(const Spec *spec, const void *initial, const History *history,
                          int part, Text *text) {
    Search search = {.spec = spec, .history = history};
    State state = {{0}};
    memcpy(&state, initial, spec->state);
    if (!list_steps(&search, part)) return LINEAR_OPEN;
    order_steps(&search);
    Verdict verdict = explore(&search, 0, &state, 0);
    free(search.tried.entries);
    free(search.tried.cells);
    if (verdict == LINEAR_NO) explain(&search, text);
    return verdict;
}

Verdict linear_check(const Spec *spec, const void *initial, const History *history,
                     Text *text) {
    uint8_t parts[UINT8_MAX + 1] = {0};
    bool divided = spec->part != NULL;
    for (size_t i = 0; divided && i < history->count; i++) {
        int part = spec->part(&history->calls[i]);
        divided = part >= 0;
        if (divided) parts[part] = 1;
    }
    if (!divided) return check_part(spec, initial, history, -1, text);
    Verdict verdict = LINEAR_YES;
    for (int part = 0; part <= UINT8_MAX && verdict != LINEAR_NO; part++) {
        if (!parts[part]) continue;
        Verdict one = check_part(spec, initial, history, part, text);
        if (one != LINEAR_YES) verdict = one;
    }
    return verdict;
}
