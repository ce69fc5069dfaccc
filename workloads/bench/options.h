/* options.h: the command line, before anybody has been asked whether it makes sense.
 * Lists end with NULL; texts are borrowed from argv where possible. */
#pragma once
#include "workloads/bench/plan.h"

typedef struct Asked {
    char **workloads; /* names or patterns, empty: all */
    char **modes;
    char **builds;  /* MODE=DIR */
    char **options; /* name=value for all modes */
    char **peers;   /* NAME=COMMAND */
} Asked;

/* Fills in what it can of `plan`. Returns -1 or an exit code. */
int options_read(Plan *plan, Asked *asked, int count, char **arguments);
