/* churn.h: the crowd of objects of kind_churn.c, and what its files share.
 *
 *   kind_churn.c    makes programs, runs them, and says what must hold in the end
 *   churn_crowd.c   nodes: their classes, finalisers, weak references; what a read must
 * find churn_graph.c   operations: nodes linked, boxed, dropped, found churn_stock.c
 * operations: things that are put in and taken out exactly once churn_life.c    operations:
 * locks, collections, threads and processes
 *
 * All threads work on the same few places. Each node has a number that nobody else has, by
 * which its fate is noted outside of the heap. Notes are relaxed atomics: what checks the
 * threads must not order them. What is wrong is said by churn_wrong, once, and then all
 * threads end their scripts. */
#pragma once
#include "tests/stress/stress.h"

#include <stdatomic.h>

enum { PLACES = 16, WEAKS = 16, VALUES = 8, HANDLES = 4 };
enum { NODES = 1 << 15, CALLBACKS = 1 << 14, GOODS = 1 << 13 };

/* name, weight, and whether short-lived threads and forked children do it, too: nothing
 * that waits for others. */
#define CHURN_OPS(X)                                                                       \
    X(node, 50, true)                                                                      \
    X(revive, 10, false)                                                                   \
    X(ring, 30, true)                                                                      \
    X(link, 50, true)                                                                      \
    X(unlink, 15, true)                                                                    \
    X(drop, 40, true)                                                                      \
    X(move, 25, true)                                                                      \
    X(box, 40, true)                                                                       \
    X(stir, 40, true)                                                                      \
    X(walk, 50, true)                                                                      \
    X(rescue, 15, true)                                                                    \
    X(weak, 40, true)                                                                      \
    X(ask, 50, true)                                                                       \
    X(class, 6, true)                                                                      \
    X(value, 15, true)                                                                     \
    X(reckon, 15, true)                                                                    \
    X(push, 50, true)                                                                      \
    X(pop, 50, true)                                                                       \
    X(peek, 30, true)                                                                      \
    X(order, 5, true)                                                                      \
    X(count, 30, false)                                                                    \
    X(wait, 6, false)                                                                      \
    X(notify, 12, false)                                                                   \
    X(collect, 8, true)                                                                    \
    X(verify, 2, true)                                                                     \
    X(pause, 15, true)                                                                     \
    X(spawn, 8, false)                                                                     \
    X(process, 1, false)

typedef enum ChurnCode {
#define CHURN_CODE(name, weight, simple) CHURN_##name,
    CHURN_OPS(CHURN_CODE)
#undef CHURN_CODE
        CHURN_CODES
} ChurnCode;

typedef struct ChurnOp {
    const char *name;
    int weight;
    bool simple;
    void (*act)(const Op *op);
} ChurnOp;
extern const ChurnOp churn_ops[CHURN_CODES]; /* kind_churn.c */

#define CHURN_DECLARED(name, weight, simple) void churn_##name(const Op *op);
CHURN_OPS(CHURN_DECLARED)
#undef CHURN_DECLARED

typedef enum Store { STORE_LIST, STORE_DICT, STORE_SET, STORES } Store;

typedef struct Churn {
    GiltObject *plain, *slotted;       /* the classes of nodes */
    GiltObject *number, *left, *right; /* names, interned */
    GiltObject *box, *item;            /* likewise */
    GiltObject *places;                /* a list: each a node or None */
    GiltObject *weaks;                 /* a list of None or (weakref, node, callback) */
    GiltObject *values;                /* a list of ints and strs */
    GiltObject *graveyard;             /* a list of nodes that were brought back */
    GiltObject *stores[STORES];        /* a list, a dict, a set */
    GiltObject *lock, *changed;        /* a condition */
    uint64_t counter;                  /* all four guarded by `lock` */
    uint64_t news;                     /* notifications so far */
    size_t active, waiting;            /* threads of the crew */
    _Atomic uint64_t counted;          /* what the counter must be */
    _Atomic(GiltThread *) handles[HANDLES]; /* of short-lived threads */
    bool revives;  /* may finalisers of this program bring something back? */
    bool in_child; /* this is a forked process */
    uint64_t seed;
    char *complaint;
    _Atomic bool complained;

    _Atomic int nodes, callbacks, goods[STORES];    /* numbers given so far */
    _Atomic uint8_t finalized[NODES], lives[NODES]; /* lives: 1, its finaliser revives it */
    _Atomic uint8_t called[CALLBACKS];
    _Atomic uint8_t put[STORES][GOODS], taken[STORES][GOODS];
} Churn;

extern Churn churn; /* of the one program that runs */

/* ---- churn_crowd.c ---- */

void churn_wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));
static inline bool churn_is_over(void) {
    return atomic_load_explicit(&churn.complained, memory_order_relaxed);
}

/* Says what the exception is, if there is no object. */
GiltObject *churn_some(GiltObject *o);
bool churn_done(bool well); /* likewise */

/* A number that nobody had; -1 if there are no more. */
static inline int churn_next(_Atomic int *given, int most) {
    int number = atomic_fetch_add_explicit(given, 1, memory_order_relaxed);
    return number < most ? number : -1;
}
static inline int churn_given(_Atomic int *given, int most) {
    int count = atomic_load_explicit(given, memory_order_relaxed);
    return count < most ? count : most;
}

/* Marks that something happened; says how often it had before. */
static inline int churn_mark(_Atomic uint8_t *mark) {
    return atomic_fetch_add_explicit(mark, 1, memory_order_relaxed);
}
static inline int churn_marks(_Atomic uint8_t *mark) {
    return atomic_load_explicit(mark, memory_order_relaxed);
}

bool churn_make_crowd(void); /* all of it, empty */

/* A node of this class with all its attributes; NULL if there are no more numbers. */
GiltObject *churn_node_new(GiltObject *class, bool revives);

/* The number of what should be a node; -1, and something is wrong. */
int churn_node_number(GiltObject *o);

GiltObject *churn_at(int place); /* the node there, or NULL for None */
void churn_put(int place, GiltObject *node);

void churn_check_fates(void);  /* when all nodes are gone */
void churn_check_stores(void); /* when all threads are */

void churn_member_ends(void); /* a thread of the crew waits for nobody and acts no more */
void churn_join_handles(void);

void churn_act(const Op *op);
