/* pauses_table.c: the second table: rows of workloads in which the collector ran, in
 * milliseconds. */
#include "workloads/bench/table.h"

bool pauses_any(const Results *results) {
    for (int i = 0; i < results->count; i++)
        if (result_has_pauses(&results->items[i])) return true;
    return false;
}

void pauses_figures(const Result *r, const char *texts[PAUSE_COLUMNS]) {
    static char room[PAUSE_COLUMNS][24];
    const Pauses *p = &r->pauses;
    for (int g = 0; g < GENERATIONS; g++)
        snprintf(room[g], sizeof room[g], "%llu", (unsigned long long)p->collections[g]);
    const Histogram *both[2] = {&p->stopped, &p->to_stop};
    for (int h = 0; h < 2; h++) {
        char(*at)[24] = room + GENERATIONS + 3 * h;
        snprintf(at[0], sizeof *at, "%.3f", pauses_quantile(p, both[h], 0.5) * 1e3);
        snprintf(at[1], sizeof *at, "%.3f", pauses_quantile(p, both[h], 0.99) * 1e3);
        snprintf(at[2], sizeof *at, "%.3f", pauses_worst(p, both[h]) * 1e3);
    }
    for (int i = 0; i < PAUSE_COLUMNS; i++) texts[i] = room[i];
}

static void put_columns(const char *const *columns) {
    static const int widths[PAUSE_COLUMNS] = {7, 7, 7, 10, 8, 8, 10, 8, 8};
    for (int i = 0; i < PAUSE_COLUMNS; i++) printf("  %*s", widths[i], columns[i]);
    putchar('\n');
}

void table_pauses(const Plan *plan, const Results *results) {
    static const char *const titles[PAUSE_COLUMNS] = {"young",      "middle", "full",
                                                      "stopped ms", "p99",    "worst",
                                                      "to stop ms", "p99",    "worst"};
    if (!pauses_any(results)) return;
    putchar('\n');
    table_start_row(plan, "pauses", "mode", "threads");
    put_columns(titles);
    for (int i = 0; i < results->count; i++) {
        const Result *r = &results->items[i];
        const char *columns[PAUSE_COLUMNS];
        char threads[16];
        if (!result_has_pauses(r)) continue;
        snprintf(threads, sizeof threads, "%d", r->threads);
        table_start_row(plan, r->workload->name, r->mode->label, threads);
        pauses_figures(r, columns);
        put_columns(columns);
    }
    fflush(stdout);
}
