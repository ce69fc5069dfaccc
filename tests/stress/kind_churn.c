/* kind_churn.c: many threads on few objects of all types: what holds in the end, and at any
 * time, whatever the order of the operations was.
 *
 *   - whatever is found is what can be there: nodes that were made and are alive
 *   - what is put in is taken out at most once, and is there if it was not
 *   - a counter under a lock is exact
 *   - a weak reference gives its own node or nothing
 *   - each finaliser and each callback ran exactly once
 *   - when all is dropped and collected, as many blocks are in use as before
 *
 * The programs are made with a few of the operations each, in shares of their own: what one
 * operation hides is seen where it is left out (swarm testing: Groce et al., 2012). */
#include "tests/stress/churn.h"

#include <string.h>

const ChurnOp churn_ops[] = {
#define CHURN_ROW(name, weight, simple) {#name, weight, simple, churn_##name},
    CHURN_OPS(CHURN_ROW)
#undef CHURN_ROW
};

static const char *const op_names[] = {
#define CHURN_NAME(name, weight, simple) #name,
    CHURN_OPS(CHURN_NAME)
#undef CHURN_NAME
        NULL};

/* ---- Making ---- */

typedef struct Shares {
    int of[CHURN_CODES], sum;
    int few; /* places that most operations are about */
} Shares;

/* A quarter of the operations is left out, a quarter comes four times as often. */
static Shares draw_shares(Random *random) {
    static const int factors[] = {0, 1, 1, 4};
    static const int fews[] = {2, 3, 6, 64};
    Shares shares = {.few = fews[random_below(random, 4)]};
    for (int code = 0; code < CHURN_CODES; code++) {
        shares.of[code] = churn_ops[code].weight * factors[random_below(random, 4)];
        if (code == CHURN_node && !shares.of[code])
            shares.of[code] = churn_ops[code].weight;
        shares.sum += shares.of[code];
    }
    return shares;
}

static int draw_code(const Shares *shares, Random *random) {
    int left = random_below(random, shares->sum), code = 0;
    while (left >= shares->of[code]) left -= shares->of[code++];
    return code;
}

static Op draw_op(const Shares *shares, int code, Random *random) {
    Op op = {.code = code};
    op.a = random_below(random, shares->few);
    op.b = random_below(random, random_below(random, 2) ? shares->few : 64);
    op.c = random_below(random, 64);
    return op;
}

/* Some come in a row: what another thread has just begun is hit by one of them. */
static int draw_row(Random *random) {
    return random_below(random, 8) ? 1 : 2 + random_below(random, 10);
}

static void generate(Program *program, Random *random, size_t most) {
    size_t threads = most > 2 ? 2 + (size_t)random_below(random, (int)most - 1) : most;
    Shares shares = draw_shares(random);
    for (size_t t = 0; t < threads; t++) {
        program_op(program, t, draw_op(&shares, CHURN_node, random));
        for (int count = 10 + random_below(random, 110); count > 0;) {
            Op op = draw_op(&shares, draw_code(&shares, random), random);
            int row = op.code == CHURN_process ? 1 : draw_row(random);
            count -= row;
            for (; row; row--) program_op(program, t, op);
        }
    }
}

/* ---- Running ---- */

void churn_act(const Op *op) {
    gilt_safepoint();
    churn_ops[op->code].act(op);
    if (gilt_error() && !churn_is_over()) churn_done(false);
}

static void act_all(const Program *program, size_t thread, void *data) {
    const Script *script = &program->scripts[thread];
    (void)data;
    for (size_t i = 0; i < script->count && !churn_is_over(); i++)
        churn_act(&script->ops[i]);
    churn_member_ends();
}

static bool has_op(const Program *program, int code) {
    for (size_t t = 0; t < program->threads; t++)
        for (size_t i = 0; i < program->scripts[t].count; i++)
            if (program->scripts[t].ops[i].code == code) return true;
    return false;
}

/* Collections come so often that programs this small meet some. */
static void collect_often(uint64_t seed) {
    static const size_t thresholds[][3] = {{40, 2, 2}, {200, 4, 4}, {2000, 10, 10}};
    gilt_gc_set_thresholds(thresholds[seed % 3]);
}

static bool begin(const Program *program, char *complaint) {
    memset((void *)&churn, 0, sizeof churn);
    churn.complaint = complaint;
    churn.seed = program->seed;
    churn.active = program->threads;
    churn.revives = has_op(program, CHURN_revive);
    collect_often(program->seed);
    return churn_make_crowd();
}

/* ---- The end ---- */

/* Until nothing is brought back any more. */
static void collect_all(void) {
    for (int i = 0; i < 100; i++) {
        gilt_list_clear(churn.graveyard);
        ssize_t found = gilt_gc_collect(2);
        churn_done(found >= 0);
        if (!found && !gilt_list_size(churn.graveyard)) return;
    }
    churn_wrong("a hundred collections have not found all garbage");
}

/* All nodes, whatever refers to them. */
static void drop_nodes(void) {
    gilt_list_clear(churn.places);
    collect_all();
    churn_check_fates();
    churn_verify(NULL);
}

/* The counter is read with the lock, as it was written. */
static void check_counter(void) {
    gilt_lock_acquire(churn.lock);
    uint64_t counter = churn.counter, counted = atomic_load(&churn.counted);
    churn_done(gilt_lock_release(churn.lock));
    if (counter != counted)
        churn_wrong("a counter under a lock is %llu after %llu additions",
                    (unsigned long long)counter, (unsigned long long)counted);
}

static void drop_crowd(void) {
    GiltObject *all[] = {churn.places,    churn.weaks,     churn.values,    churn.graveyard,
                         churn.stores[0], churn.stores[1], churn.stores[2], churn.changed,
                         churn.lock,      churn.plain,     churn.slotted};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) gilt_decref(all[i]);
    churn_done(gilt_gc_collect(2) >= 0);
}

/* What stays of the two classes of nodes, of which the one has fixed slots. */
enum { STAYS = 7 + 2 };

static size_t blocks_now(void) { return gilt_memory().blocks - atomic_load(&stress_stays); }

static void check_blocks(size_t before) {
    size_t after = blocks_now();
    if (after != before)
        churn_wrong("%zu blocks were in use before the program, %zu after it", before,
                    after);
}

/* Names stay, too: they are made first. */
static void warm_up(void) {
    static const char *const names[] = {"number", "left", "right",
                                        "box",    "item", "__del__"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) gilt_intern(names[i]);
    gilt_gc_collect(2);
}

static bool run(const Program *program, char complaint[COMPLAINT]) {
    warm_up();
    size_t before = blocks_now(), thresholds[3];
    gilt_gc_thresholds(thresholds);
    if (begin(program, complaint)) {
        if (!crew_run(program, act_all, NULL)) churn_wrong("a thread did not end well");
        churn_join_handles();
    }
    if (!churn_is_over()) {
        check_counter();
        churn_check_stores();
        drop_nodes();
    }
    if (!churn_is_over()) {
        drop_crowd();
        atomic_fetch_add(&stress_stays, STAYS);
        check_blocks(before);
    }
    gilt_gc_set_thresholds(thresholds);
    return !churn_is_over();
}

const Kind kind_churn = {"churn", op_names, 2, generate, run};
