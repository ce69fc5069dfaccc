/* plan.h: what is to be measured, as the command line says.
 *
 * A mode is a worker program and options for it. `procs` is the worker of the gil build
 * run as processes. A mode may also be the directory of any other build (nogil-atomic),
 * and carry options of its own: gil+gil=ticks. So policies can be compared in one run,
 * sample by sample.
 *
 * Instead of the workloads in C it may be the Python programs in workloads/programs: then a
 * worker is a Python, gilt in a mode or a peer, that runs workloads/programs/worker.py. */
#pragma once
#include "workloads/bench/tool.h"

typedef struct Mode {
    char *label;    /* as on the command line */
    char **command; /* the worker, with the mode's options; NULL ends it */
    bool procs;
    char *policies, *compiler, *flags, *commit; /* as the worker tells */
} Mode;

typedef enum Data { DATA_PRIVATE, DATA_SHARED, DATA_CONTROL } Data;

typedef struct Workload {
    char *name, *title;
    Data data;
    bool processes; /* does it make sense as processes? */
    bool chosen;
} Workload;

typedef struct Plan {
    Mode *modes;
    int mode_count;
    Workload *workloads; /* all that the workers have, the control first */
    int workload_count;
    const Workload *control;  /* what is measured beside each of the others, and whose */
    const Mode *control_mode; /* worker runs it. NULL: there is none */
    int *threads;             /* ascending, the first is 1 */
    int thread_count;
    int repeat;
    double seconds;
    double share; /* 0, or the seconds of a fixed-time sample */
    bool list;
    bool programs;                 /* those in Python */
    const char *json, *svg, *html; /* paths or NULL */
    char **arguments;              /* for the workloads, NULL ends them */
    char *command;                 /* the command line, to be shown */
} Plan;

/* Reads the command line. Returns -1 if all is well, or the exit code. */
int plan_read(Plan *plan, int count, char **arguments);

/* Asks the workers who they are and what they have: modes and workloads. As plan_read. */
int plan_ask_workers(Plan *plan);

/* Cores on which this process may run. */
int allowed_cores(void);
