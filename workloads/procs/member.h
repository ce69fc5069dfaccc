/* member.h: what one member of a crew does: begin, batches as ordered, end.
 *
 * A member is attached to gilt while it runs batches and detached while it waits, except
 * for the control: that one stays detached, because it is to show what the machine can do
 * and not what the GIL allows. */
#pragma once
#include "workloads/procs/crew.h"
#include "workloads/workload.h"

typedef struct Job {
    Workload *workload;
    int threads;
    bool procs;
    double seconds;       /* a sample should take about so long */
    const char **options; /* for gilt_start, NULL ends them */
    size_t option_count;
    char **arguments; /* for the workload's setup */
    int argument_count;
} Job;

/* Pins the calling thread to the member's core: the allowed ones in turn. false: errno. */
bool member_pin(int number);

/* Runs on the member's thread, attached, until the order to go home: `number` is its place
 * in the crew, `thread` what the workload is told. false: it has failed and said so with
 * crew_fail(); the caller must end without touching gilt again. */
bool member_run(Crew *crew, const Job *job, int number, int thread);

/* Starts gilt and sets the workload up on the calling thread. false: `error` says why. */
bool workload_start(const Job *job, int threads, char *error, size_t size);

/* Tears the workload down and ends gilt. */
void workload_finish(const Job *job);

/* Writes the exception that is set as "Type: text" and clears it. */
void error_text(char *text, size_t size);

/* The greatest amount of memory that this process has had resident, in bytes. */
uint64_t peak_bytes(void);
