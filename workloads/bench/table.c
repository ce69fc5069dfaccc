/* table.c: columns of fixed width, one line per row, no colours: made to be read and to
 * be given to grep and awk alike. */
#include "workloads/bench/table.h"
#include <math.h>
#include <stdarg.h>
#include <string.h>

static const char *remember(const char *format, double number) {
    static char texts[8][32];
    static int next;
    char *text = texts[next++ % 8];
    snprintf(text, sizeof texts[0], format, number);
    return text;
}

const char *unit_name(const Plan *plan) { return plan->programs ? "runs/s" : "Mops/s"; }

double in_units(const Plan *plan, double operations_per_second) {
    return operations_per_second / (plan->programs ? 1 : 1e6);
}

const char *figure_throughput(const Plan *plan, double operations_per_second) {
    double m = in_units(plan, operations_per_second);
    return remember(m < 9.9995   ? "%.3f"
                    : m < 99.995 ? "%.2f"
                    : m < 999.95 ? "%.1f"
                                 : "%.0f",
                    m);
}

const char *figure_ratio(double ratio) {
    return isnan(ratio) ? "-" : remember("%.2f", ratio);
}

static int widest(const char *title, int width) {
    int length = (int)strlen(title);
    return length > width ? length : width;
}

static int name_width(const Plan *plan) {
    int width = widest("workload", 0);
    for (int i = 0; i < plan->workload_count; i++)
        if (plan->workloads[i].chosen || plan->list)
            width = widest(plan->workloads[i].name, width);
    return width;
}

static int mode_width(const Plan *plan) {
    int width = widest("mode", 0);
    for (int i = 0; i < plan->mode_count; i++) width = widest(plan->modes[i].label, width);
    return width;
}

void table_start_row(const Plan *plan, const char *name, const char *mode,
                     const char *threads) {
    progress_clear();
    printf("%-*s  %-*s  %7s", name_width(plan), name, mode_width(plan), mode, threads);
}

static void finish_row(const Plan *plan, const char *const columns[5]) {
    static const int widths[2][5] = {{7, 9, 11, 9, 0}, {7, 7, 7, 11, 9}};
    for (int i = 0; i < 5; i++)
        if (columns[i]) printf("  %*s", widths[plan->share > 0][i], columns[i]);
    putchar('\n');
    fflush(stdout);
}

void table_header(const Plan *plan) {
    static const char *const normal[5] = {"spread", "speed-up", "efficiency", "peak MiB"};
    static const char *const share[5] = {"spread", "least", "most", "switches/s",
                                         "peak MiB"};
    table_start_row(plan, "workload", "mode", "threads");
    printf("  %9s", unit_name(plan));
    finish_row(plan, plan->share ? share : normal);
}

static void row(const Plan *plan, const Result *r) {
    char threads[16];
    snprintf(threads, sizeof threads, "%d", r->threads);
    table_start_row(plan, r->workload->name, r->mode->label, threads);
    if (r->error) {
        printf("  error: %s\n", r->error);
        fflush(stdout);
        return;
    }
    printf("  %9s", figure_throughput(plan, r->throughput));
    const char *spread = remember("%.1f%%", 100 * r->spread);
    const char *peak = remember("%.1f", (double)r->peak_bytes / 1048576);
    if (plan->share)
        finish_row(plan,
                   (const char *[5]){spread, figure_ratio(r->least), figure_ratio(r->most),
                                     remember("%.1f", r->switches), peak});
    else
        finish_row(plan, (const char *[5]){spread, figure_ratio(r->speedup),
                                           figure_ratio(r->efficiency), peak});
}

void table_rows(const Plan *plan, const Results *results, int first) {
    for (int i = first; i < results->count; i++) {
        const Result *r = &results->items[i];
        if (result_is_good(r) || r->error) row(plan, r);
    }
}

static void mean_row(const Plan *plan, const Results *results, Data data, int mode,
                     int threads) {
    const Mode *m = &plan->modes[mode];
    double speedup = results_mean(results, SPEEDUP, data, m, threads);
    double efficiency = results_mean(results, EFFICIENCY, data, m, threads);
    if (isnan(speedup) && isnan(efficiency)) return;
    char text[16];
    snprintf(text, sizeof text, "%d", threads);
    table_start_row(plan, data == DATA_PRIVATE ? "(mean, private)" : "(mean, shared)",
                    m->label, text);
    printf("  %9s", "");
    finish_row(plan,
               (const char *[5]){"", figure_ratio(speedup), figure_ratio(efficiency)});
}

static int chosen_with(const Plan *plan, Data data) {
    int count = 0;
    for (int i = 0; i < plan->workload_count; i++)
        count += plan->workloads[i].chosen && plan->workloads[i].data == data;
    return count;
}

void table_means(const Plan *plan, const Results *results) {
    if (plan->share) return;
    for (Data data = DATA_PRIVATE; data <= DATA_SHARED; data++) {
        if (chosen_with(plan, data) < 2) continue;
        for (int t = 0; t < plan->thread_count; t++)
            for (int m = 0; m < plan->mode_count; m++)
                mean_row(plan, results, data, m, plan->threads[t]);
    }
}

void table_workloads(const Plan *plan) {
    static const char *const data[] = {"private", "shared", "control"};
    for (int i = 0; i < plan->workload_count; i++)
        printf("%-*s  %-7s  %s\n", name_width(plan), plan->workloads[i].name,
               data[plan->workloads[i].data], plan->workloads[i].title);
}
