/* results.c: statistics. */
#include "workloads/bench/results.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static Result *add_row(Results *results, const Plan *plan, const Workload *workload,
                       const Mode *mode, int threads) {
    results->items = grow(results->items, (size_t)results->count + 1, sizeof(Result));
    Result *row = &results->items[results->count++];
    *row = (Result){
        .workload = workload,
        .mode = mode,
        .threads = threads,
        .samples = make((size_t)plan->repeat, sizeof(double)),
        .speedup = NAN,
        .efficiency = NAN,
    };
    return row;
}

static void add_companions(Results *results, const Plan *plan) {
    if (!plan->control) return;
    for (int t = 0; t < plan->thread_count; t++)
        add_row(results, plan, plan->control, plan->control_mode, plan->threads[t])
            ->companion = true;
}

int results_add(Results *results, const Plan *plan, const Workload *workload) {
    int first = results->count;
    for (int t = 0; t < plan->thread_count; t++)
        for (int m = 0; m < plan->mode_count; m++)
            if (!plan->modes[m].procs || workload->processes)
                add_row(results, plan, workload, &plan->modes[m], plan->threads[t]);
    bool is_control = workload->data == DATA_CONTROL;
    if (!is_control && !plan->share && plan->thread_count > 1)
        add_companions(results, plan);
    return first;
}

void result_fail(Result *result, const char *error) {
    free(result->error);
    result->error = copy_text(error);
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void compute_samples(Result *r) {
    int n = r->sample_count;
    double *sorted = make((size_t)n, sizeof *sorted);
    memcpy(sorted, r->samples, (size_t)n * sizeof *sorted);
    qsort(sorted, (size_t)n, sizeof *sorted, compare);
    r->throughput = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    r->slowest = sorted[0];
    r->fastest = sorted[n - 1];
    r->spread = (r->fastest - r->slowest) / r->throughput;
    free(sorted);
}

static bool has_figures(const Result *r) { return r->sample_count && !r->error; }

bool result_is_good(const Result *result) {
    return has_figures(result) && !result->companion;
}

bool result_has_pauses(const Result *result) {
    return result_is_good(result) && pauses_count(&result->pauses.stopped);
}

/* The throughput of so many threads among the rows from `first` on: of a mode, or (NULL)
 * of the companions. NAN if there is none. */
static double throughput(const Results *all, int first, const char *mode, int threads) {
    for (int i = first; i < all->count; i++) {
        const Result *r = &all->items[i];
        if (r->threads != threads || !has_figures(r) || r->companion != !mode) continue;
        if (!mode || !strcmp(r->mode->label, mode)) return r->throughput;
    }
    return NAN;
}

static double gain(const Results *all, int first, const char *mode, int threads) {
    return throughput(all, first, mode, threads) / throughput(all, first, mode, 1);
}

void results_compute(Results *results, int first) {
    for (int i = first; i < results->count; i++)
        if (has_figures(&results->items[i])) compute_samples(&results->items[i]);
    for (int i = first; i < results->count; i++) {
        Result *r = &results->items[i];
        if (!result_is_good(r)) continue;
        const char *mode = r->mode->label;
        const char *ceiling = r->workload->data == DATA_CONTROL ? mode : NULL;
        r->speedup = r->throughput / throughput(results, first, "gil", 1);
        r->efficiency = gain(results, first, mode, r->threads);
        if (r->threads > 1) r->efficiency /= gain(results, first, ceiling, r->threads);
    }
}

double results_mean(const Results *results, Figure figure, Data data, const Mode *mode,
                    int threads) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < results->count; i++) {
        const Result *r = &results->items[i];
        double value = figure == SPEEDUP ? r->speedup : r->efficiency;
        if (r->workload->data != data || r->mode != mode || r->threads != threads) continue;
        if (!result_is_good(r) || isnan(value)) continue;
        sum += log(value);
        count++;
    }
    return count ? exp(sum / count) : NAN;
}

int results_failed(const Results *results) {
    int failed = 0;
    for (int i = 0; i < results->count; i++) failed += results->items[i].error != NULL;
    return failed;
}
