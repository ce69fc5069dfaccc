/* html.c: one page with machine, table and plot, that needs nothing else: no script, no
 * other file. */
#include "workloads/bench/output.h"
#include "workloads/bench/table.h"
#include <inttypes.h>
#include <math.h>
#include <string.h>

static const char style[] =
    "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 "
    "1rem;"
    "color:#202020;background:#fff}\n"
    "h1{margin-bottom:0}p{max-width:50rem}svg{max-width:100%;height:auto}\n"
    "table{border-collapse:collapse;font-size:.9rem}\n"
    "th,td{padding:.15rem .7rem;text-align:right;white-space:nowrap}\n"
    "th{border-bottom:2px solid #404040;position:sticky;top:0;background:#fff}\n"
    "th:nth-child(-n+2),td:nth-child(-n+2),dd{text-align:left}\n"
    "tr.first td{border-top:1px solid #d0d0d0}td.error{text-align:left;color:#b00020;"
    "white-space:normal}\n"
    "td.bar{min-width:9rem;text-align:left}td.bar i{display:inline-block;height:.7rem;"
    "margin-right:.4rem}\n"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem "
    "1rem;font-size:.9rem}\n"
    "dt{color:#606060}dd{margin:0;overflow-wrap:anywhere}\n";

static void put_text(FILE *out, const char *text) {
    for (; *text; text++) {
        const char *escape = *text == '<'   ? "&lt;"
                             : *text == '>' ? "&gt;"
                             : *text == '&' ? "&amp;"
                             : *text == '"' ? "&quot;"
                                            : NULL;
        if (escape)
            fputs(escape, out);
        else
            putc(*text, out);
    }
}

static void put_fact(FILE *out, const char *name, const char *text) {
    fprintf(out, "<dt>%s</dt><dd>", name);
    put_text(out, text);
    fputs("</dd>\n", out);
}

static void put_facts(FILE *out, const Plan *plan) {
    Machine machine = machine_facts();
    char text[500];
    fputs("<dl>\n", out);
    snprintf(text, sizeof text, "%s, %d core%s, %.1f GiB, %s", machine.cpu, machine.cores,
             machine.cores == 1 ? "" : "s", (double)machine.memory_bytes / (1 << 30),
             machine.kernel);
    put_fact(out, "Machine", text);
    put_fact(out, "Compiler", plan->modes[0].compiler);
    put_fact(out, "Flags", plan->modes[0].flags);
    put_fact(out, "Commit", plan->modes[0].commit);
    put_fact(out, "Date", machine.date);
    put_fact(out, "Command", plan->command);
    for (int m = 0; m < plan->mode_count; m++) {
        snprintf(text, sizeof text, "Mode %.200s", plan->modes[m].label);
        put_fact(out, text, plan->modes[m].policies);
    }
    fputs("</dl>\n", out);
}

/* A bar as long as the speed-up, so that one sees at a glance what scales. */
static void put_speedup(FILE *out, const Plan *plan, const Result *r, double longest) {
    fputs("<td class=bar>", out);
    if (!isnan(r->speedup))
        fprintf(out, "<i style=\"background:%s;width:%.1fem\"></i>",
                plot_colour(plan, (int)(r->mode - plan->modes)), 6 * r->speedup / longest);
    fprintf(out, "%s</td>", figure_ratio(r->speedup));
}

static void put_row(FILE *out, const Plan *plan, const Result *r, bool first,
                    double longest) {
    fprintf(out, "<tr%s><td>", first ? " class=first" : "");
    if (first) put_text(out, r->workload->name);
    fputs("</td><td>", out);
    put_text(out, r->mode->label);
    fprintf(out, "</td><td>%d</td>", r->threads);
    if (r->error) {
        fputs("<td class=error colspan=5>", out);
        put_text(out, r->error);
        fputs("</td></tr>\n", out);
        return;
    }
    fprintf(out, "<td>%s</td><td>%.1f%%</td>", figure_throughput(plan, r->throughput),
            100 * r->spread);
    put_speedup(out, plan, r, longest);
    fprintf(out, "<td>%s</td><td>%.1f</td></tr>\n", figure_ratio(r->efficiency),
            (double)r->peak_bytes / 1048576);
}

static void put_table(FILE *out, const Plan *plan, const Results *results) {
    const Workload *last = NULL;
    double longest = 1;
    for (int i = 0; i < results->count; i++)
        if (results->items[i].speedup > longest) longest = results->items[i].speedup;
    fprintf(out,
            "<table>\n<tr><th>workload</th><th>mode</th><th>threads</th><th>%s</th>"
            "<th>spread</th><th>speed-up</th><th>efficiency</th><th>peak MiB</th></tr>\n",
            unit_name(plan));
    for (int i = 0; i < results->count; i++) {
        const Result *r = &results->items[i];
        if (!result_is_good(r) && !r->error) continue;
        put_row(out, plan, r, r->workload != last, longest);
        last = r->workload;
    }
    fputs("</table>\n", out);
}

static void put_pauses(FILE *out, const Results *results) {
    const Workload *last = NULL;
    fputs("<table>\n<tr><th>workload</th><th>mode</th><th>threads</th><th>young</th>"
          "<th>middle</th><th>full</th><th>stopped ms</th><th>p99</th><th>worst</th>"
          "<th>to stop ms</th><th>p99</th><th>worst</th></tr>\n",
          out);
    for (int i = 0; i < results->count; i++) {
        const Result *r = &results->items[i];
        const char *figures[PAUSE_COLUMNS];
        if (!result_has_pauses(r)) continue;
        fprintf(out, "<tr%s><td>", r->workload == last ? "" : " class=first");
        if (r->workload != last) put_text(out, r->workload->name);
        fputs("</td><td>", out);
        put_text(out, r->mode->label);
        fprintf(out, "</td><td>%d</td>", r->threads);
        pauses_figures(r, figures);
        for (int c = 0; c < PAUSE_COLUMNS; c++) fprintf(out, "<td>%s</td>", figures[c]);
        fputs("</tr>\n", out);
        last = r->workload;
    }
    fputs("</table>\n", out);
}

/* What gnuplot wrote, without the XML header that has no place inside a page. */
static bool put_plot(FILE *out, const Plan *plan, const Results *results,
                     bool (*draw)(const Plan *, const Results *, FILE *)) {
    FILE *svg = tmpfile();
    char line[4096];
    bool inside = false;
    if (!svg || !draw(plan, results, svg)) {
        if (svg) fclose(svg);
        return false;
    }
    rewind(svg);
    while (fgets(line, sizeof line, svg)) {
        inside |= !strncmp(line, "<svg", 4);
        if (inside) fputs(line, out);
    }
    fclose(svg);
    return true;
}

bool html_write(const Plan *plan, const Results *results, const char *path) {
    NewFile html;
    if (!new_file_begin(&html, path)) return false;
    FILE *out = html.file;
    fprintf(
        out,
        "<!doctype html>\n<html lang=en>\n<meta charset=utf-8>\n"
        "<meta name=viewport content=\"width=device-width\">\n<title>gilt</title>\n"
        "<style>\n%s</style>\n<h1>gilt</h1>\n"
        "<p>Speed-up is against one thread of mode gil. Efficiency is what a mode gains "
        "over its own one thread, as part of what the control gains, a workload that "
        "touches no object: 1.00 is as good as the machine allows. Spread is from the "
        "slowest to the fastest of %d samples.</p>\n%s",
        style, plan->repeat,
        interrupted() ? "<p><strong>This run was interrupted.</strong></p>\n" : "");
    put_facts(out, plan);
    bool fine = put_plot(out, plan, results, plot);
    put_table(out, plan, results);
    if (pauses_any(results)) {
        fputs("<p>Pauses of the collector: how often each generation was collected, and "
              "how long the world was stopped and took to stop, median, 99th percentile "
              "and worst, during all samples of a row.</p>\n",
              out);
        fine = fine && put_plot(out, plan, results, plot_pauses);
        put_pauses(out, results);
    }
    if (!fine) {
        new_file_abandon(&html);
        return false;
    }
    fputs("</html>\n", out);
    return new_file_commit(&html);
}
