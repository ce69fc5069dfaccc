/* table.h: the table on stdout, row by row as workloads are finished. */
#pragma once
#include "workloads/bench/results.h"

void table_header(const Plan *plan);

/* The rows from `first` on; those without samples and without error are left out. */
void table_rows(const Plan *plan, const Results *results, int first);

/* Geometric means over the workloads, if there is more than one beside the control. */
void table_means(const Plan *plan, const Results *results);

/* The workloads of --list. */
void table_workloads(const Plan *plan);

/* How a figure is written in the table and elsewhere: with as many places as make sense;
 * "-" for NAN. Valid until the eighth next call. */
const char *figure_throughput(double operations_per_second); /* in Mops/s */
const char *figure_ratio(double ratio);
