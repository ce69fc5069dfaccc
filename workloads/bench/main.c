/* main.c: build/bench, the runner: reads the command line, measures workload by workload,
 * prints the table as it grows, writes the files. What can be found wrong is found before
 * anything is measured; a workload that fails is a row that says so, and the others are
 * measured all the same. */
#include "workloads/bench/measure.h"
#include "workloads/bench/output.h"
#include "workloads/bench/table.h"

static bool outputs_possible(const Plan *plan) {
    const char *paths[] = {plan->json, plan->svg, plan->html};
    for (int i = 0; i < 3; i++)
        if (paths[i] && !new_file_possible(paths[i])) return false;
    return !(plan->svg || plan->html) || plot_possible();
}

static bool write_outputs(const Plan *plan, const Results *results) {
    bool fine = true;
    if (plan->json) fine &= json_write(plan, results, plan->json);
    if (plan->svg) fine &= svg_write(plan, results, plan->svg);
    if (plan->html) fine &= html_write(plan, results, plan->html);
    return fine;
}

static int count_chosen(const Plan *plan) {
    int count = 0;
    for (int i = 0; i < plan->workload_count; i++) count += plan->workloads[i].chosen;
    return count;
}

static void measure_all(const Plan *plan, Results *results) {
    int step = 0, steps = count_chosen(plan);
    table_header(plan);
    for (int i = 0; i < plan->workload_count && !interrupted(); i++) {
        if (!plan->workloads[i].chosen) continue;
        int first = results_add(results, plan, &plan->workloads[i]);
        measure(plan, results, first, ++step, steps);
        results_compute(results, first);
        table_rows(plan, results, first);
    }
    table_means(plan, results);
    table_pauses(plan, results);
}

int main(int count, char **arguments) {
    Plan plan;
    Results results = {0};
    int code = plan_read(&plan, count, arguments);
    if (code >= 0) return code;
    if (!outputs_possible(&plan)) return EXIT_USAGE;
    interrupts_begin();
    code = plan_ask_workers(&plan);
    if (code >= 0) return code;
    if (plan.list) {
        table_workloads(&plan);
        return EXIT_FINE;
    }
    measure_all(&plan, &results);
    bool written = write_outputs(&plan, &results);
    if (interrupted()) return EXIT_INTERRUPTED;
    return written && !results_failed(&results) ? EXIT_FINE : EXIT_FAILED;
}
