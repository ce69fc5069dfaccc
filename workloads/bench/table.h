/* table.h: the table on stdout, row by row as workloads are finished. */
#pragma once
#include "workloads/bench/results.h"

void table_header(const Plan *plan);

/* The rows from `first` on; those without samples and without error are left out. */
void table_rows(const Plan *plan, const Results *results, int first);

/* Geometric means over the workloads, if there is more than one beside the control. */
void table_means(const Plan *plan, const Results *results);

/* The second table: pauses of the collector, if it ran in any workload. */
void table_pauses(const Plan *plan, const Results *results);

/* Begins a row with its first three columns. */
void table_start_row(const Plan *plan, const char *name, const char *mode,
                     const char *threads);

/* What a row of pauses shows after them: collections of the young, middle and old
 * generation; median, 99th percentile and worst of the time stopped, in milliseconds; the
 * same of the time to stop. The texts are valid until the next call. */
#define PAUSE_COLUMNS 9
void pauses_figures(const Result *result, const char *texts[PAUSE_COLUMNS]);
bool pauses_any(const Results *results);

/* The workloads of --list. */
void table_workloads(const Plan *plan);

/* Of throughput: millions of operations or, of programs, runs per second. */
const char *unit_name(const Plan *plan);
double in_units(const Plan *plan, double operations_per_second);

/* How a figure is written in the table and elsewhere: with as many places as make sense;
 * "-" for NAN. Valid until the eighth next call. */
const char *figure_throughput(const Plan *plan, double operations_per_second);
const char *figure_ratio(double ratio);
