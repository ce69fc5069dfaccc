/* measure.h: takes the samples of one workload. */
#pragma once
#include "workloads/bench/results.h"

/* Measures the rows from `first` on, which all are of one workload. Failures are noted in
 * the rows. When interrupted, returns at once with the samples that there are. */
void measure(const Plan *plan, Results *results, int first, int step, int steps);
