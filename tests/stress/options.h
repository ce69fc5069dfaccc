/* options.h: the command line of the stress program. */
#pragma once
#include "tests/stress/stress.h"

enum { SETTINGS_MAX = 16, KINDS_MAX = 16 };

typedef enum ChaosChoice { CHAOS_NEVER, CHAOS_ALWAYS, CHAOS_HALF } ChaosChoice;

typedef struct StressOptions {
    double seconds;
    double shrink;   /* seconds; 0: not at all */
    double patience; /* seconds */
    size_t threads;
    size_t programs; /* only so many from the seed, over and over; 0: ever more */
    uint64_t seed;
    ChaosChoice chaos;
    bool print;                       /* the programs, and run none */
    bool help;                        /* has been printed: nothing else to do */
    const char *replay;               /* a file, or NULL */
    const char *write;                /* likewise */
    const Kind *kinds[KINDS_MAX + 1]; /* to choose from; ends with NULL */
    const char *settings[SETTINGS_MAX];
    size_t setting_count;
} StressOptions;

/* Reads them. false: a line on stderr has said what is wrong. */
bool stress_options_read(StressOptions *options, int count, char **arguments);
