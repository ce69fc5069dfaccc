/* output.h: the files that the runner writes. Each is written whole or not at all; false
 * after a complaint. Rows without samples are left out. */
#pragma once
#include "workloads/bench/machine.h"
#include "workloads/bench/results.h"

bool json_write(const Plan *plan, const Results *results, const char *path);
bool svg_write(const Plan *plan, const Results *results, const char *path);
bool html_write(const Plan *plan, const Results *results, const char *path);

/* Is gnuplot there? Complains if not. */
bool plot_possible(void);

/* Plot into a file that is open for reading and writing: throughput over threads, and
 * histograms of pauses. */
bool plot(const Plan *plan, const Results *results, FILE *svg);
bool plot_pauses(const Plan *plan, const Results *results, FILE *svg);

/* Lets gnuplot draw what `put` writes. */
bool plot_script(void (*put)(FILE *script, const Plan *, const Results *), const Plan *plan,
                 const Results *results, FILE *svg);

/* The colour of the mode with this index, as #rrggbb: the same in plot and report. */
const char *plot_colour(const Plan *plan, int mode);
