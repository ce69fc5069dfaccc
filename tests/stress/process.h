/* process.h: runs programs in a child process, so that whatever they do is a finding.
 *
 * The parent starts no thread, ever: so ThreadSanitizer lets the child start some. A child
 * has one runtime. It runs its programs in passes: each of them in turn, and all again.
 * What stays by design (names, layouts) is there after the first pass; from the second one
 * on, a pass must end with as many blocks as it began with. */
#pragma once
#include "tests/stress/stress.h"

#include <sys/types.h>

#define JOB_PROGRAMS 256 /* most programs of a job */
#define SAID_ROOM 32768

typedef struct Job {
    const Program *const *programs;
    size_t count;
    size_t passes;
    double seconds;  /* no new run of a program is begun after that; the first always is */
    double patience; /* seconds for one program; after that it hangs */
    const char *const *settings; /* for gilt_start */
    size_t setting_count;
} Job;

typedef enum Outcome {
    RUN_PASSED,
    RUN_COMPLAINED, /* an answer of a program was wrong */
    RUN_LEFT,       /* blocks were left behind, or the heap is not in order */
    RUN_CRASHED,    /* a signal */
    RUN_EXITED,     /* by itself, as a sanitizer makes it */
    RUN_HUNG,
    RUN_REFUSED /* no child, or no runtime in it: nothing is known of the programs */
} Outcome;

typedef struct Result {
    Outcome outcome;
    int status;                  /* the signal or exit code */
    size_t number;               /* of the program that ran; job.count: the pass was over */
    size_t pass;                 /* that was under way, from 0 */
    unsigned runs[JOB_PROGRAMS]; /* complete ones of each program */
    char complaint[COMPLAINT];
    char said[SAID_ROOM]; /* the last that came on stderr */
} Result;

/* Ends when the job does or when process_interrupt was called. */
void process_run(const Job *job, Result *result);

/* One line: how it ended. */
void process_describe(const Result *result, char *text, size_t size);

/* Makes the child end after the program that it runs, and all later ones at once; for
 * signal handlers. */
void process_interrupt(void);
bool process_interrupted(void);

double seconds_now(void);
