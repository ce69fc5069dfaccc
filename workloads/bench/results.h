/* results.h: what was measured, and what follows from it.
 *
 * One Result is one workload in one mode with one number of threads. Figures:
 *   throughput  median over the samples of operations per second, all threads together
 *   spread      (fastest - slowest sample) / median
 *   speedup     throughput / that of mode gil with one thread
 *   efficiency  (throughput / that of the same mode with one thread), divided by the same
 *               ratio of the control: 1 means as good as the machine allows
 * What the machine allows changes from minute to minute where others use it too. So the
 * control is measured again beside each workload, in the same rounds of samples, and that
 * ratio is taken: companion rows, which are not shown.
 * A figure that cannot be known (no gil mode, the control failed) is NAN. */
#pragma once
#include "workloads/bench/pauses.h"
#include "workloads/bench/plan.h"
#include <stdint.h>

typedef struct Result {
    const Workload *workload;
    const Mode *mode;
    int threads;
    bool companion;
    double *samples; /* operations per second */
    int sample_count;
    double least, most; /* --share: of the median sample, parts of a fair share */
    double switches;    /* GIL switches per second, over all samples */
    uint64_t checksum;
    uint64_t peak_bytes;
    Pauses pauses;
    char *error; /* or NULL */
    double throughput, slowest, fastest, spread, speedup, efficiency;
} Result;

typedef struct Results {
    Result *items; /* ordered by workload, then threads, then mode */
    int count;
} Results;

/* Adds the rows of one workload, without samples. Returns the index of the first; `items`
 * may have moved. */
int results_add(Results *results, const Plan *plan, const Workload *workload);

void result_fail(Result *result, const char *error);

/* Computes the figures of the rows from `first` on: all those of one workload. */
void results_compute(Results *results, int first);

/* The geometric mean of speedup or efficiency over the workloads with such data, for one
 * mode and number of threads. NAN if there is none. */
typedef enum Figure { SPEEDUP, EFFICIENCY } Figure;
double results_mean(const Results *results, Figure figure, Data data, const Mode *mode,
                    int threads);

/* Is it one to be shown: with samples, not failed, not a companion? */
bool result_is_good(const Result *result);

/* Is it good, and did the collector run? */
bool result_has_pauses(const Result *result);

/* Rows that failed. */
int results_failed(const Results *results);
