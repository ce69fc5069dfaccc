/* serve.h: the protocol between the runner and a worker: lines of text.
 *
 *   worker, when calibrated  ready batches=.. operations=.. checksum=0x..
 *   sample                   sample operations=.. nanoseconds=.. each=..,.. checksum=0x..
 *                            peak=.. switches=..
 *   share SECONDS            share operations=.. nanoseconds=.. each=..,.. ...
 *   pauses                   pauses collections=..,..,.. bounds=.. stopped=.. to_stop=..
 *   quit, or end of input    (the worker ends with exit code 0)
 *   at any time              error TEXT (and the worker ends with exit code 1)
 *
 * A sample is the same number of batches on every thread, `each` its nanoseconds. A share
 * is as many batches as each thread gets done in the time; `each` its operations. Pauses
 * are those of the collector since "ready": histograms, how many took at least so many
 * nanoseconds and less than the next bound. */
#pragma once
#include "workloads/procs/team.h"

/* Calibrates, then serves lines from file descriptor 0; answers go to `output`. Returns
 * the exit code of the worker. */
int serve(Team *team, int output);

/* Runs a job of one thread from start to end, on the calling thread. */
int solo_run(const Job *job, int output);

/* Writes "error TEXT" to `output`. Returns 1, the exit code. */
int serve_error(int output, const char *text);
