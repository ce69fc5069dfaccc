/* compare.h: build/collector, which runs the scenes in all modes, and in other Pythons
 * beside them, and prints what came of it, with ratios.
 *
 * All processes of a table live at the same time and take their samples in turn, so
 * whatever else the machine does hits all alike; ratios are of the least figures. */
#pragma once
#include "workloads/bench/worker.h"

#define PARTIES_MAX 8

/* Who is measured: a mode of gilt, or a peer. */
typedef struct Party {
    char *label;
    char *program, *script; /* script: a peer's; NULL: a mode */
} Party;

typedef struct Compare {
    Party parties[PARTIES_MAX];
    int modes, count; /* the modes come first */
    double scale;     /* of all sizes */
    int repeat;       /* 0: each table its own */
    bool failed;
} Compare;

/* Starts a party's process for a scene; false after a complaint. `option` may be NULL. */
bool party_start(Compare *compare, const Party *party, Worker *worker, const char *scene,
                 double size, const char *option);

/* A sample's line, valid until the next; NULL after a complaint. */
const char *party_sample(Compare *compare, const Party *party, Worker *worker);

/* compare_time.c: the tables of times. compare_state.c: counts, memory and maps. */
void compare_times(Compare *compare);
void compare_counts(Compare *compare);
void compare_memory(Compare *compare);
