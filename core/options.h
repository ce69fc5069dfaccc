/* options.h: the options of a run, `-X name=value` on every program.
 *
 * Both modes accept every option, so that one command line serves both; an option of the
 * other mode has no effect. The same settings, separated by spaces or commas, are read
 * from the environment variable GILT_X, before those of the command line. */
#pragma once
#include "core/base.h"

typedef struct Options {
    bool gil_ticks;                      /* gil=interval|ticks */
    _Atomic uint64_t switch_nanoseconds; /* interval=SECONDS, settable while running */
    bool reclaim_object;                 /* reclaim=page|object */
    size_t retire_bytes;                 /* retire=BYTES that may wait per thread */
    unsigned refcache;      /* refcache=N: when are counts kept apart? nogil/refcache.h */
    unsigned gc_threads;    /* that search for garbage together; 0: as many as are idle */
    size_t gc_stress;       /* collect at every N-th container that is made; 0: no */
    uint64_t out_of_memory; /* oom=N: the N-th allocation fails; 0: none */
    uint64_t chaos;         /* chaos=SEED, see chaos.h; 0: none */
    char trace[4096];       /* trace=FILE, see trace.h; empty: no trace */
} Options;

extern Options options;

/* All options as they are if nobody sets them. */
void options_reset(void);

/* Sets one option from "name=value". Returns NULL, or what is wrong with it (static
 * text); then nothing is changed. */
const char *options_set(const char *setting);

/* Sets all options of GILT_X. Returns NULL or what is wrong. */
const char *options_from_environment(void);
