/* pauses_plot.c: how long are the pauses? A panel for each workload in which the collector
 * ran, with the most threads: the share of the stops that took so long, a line for each
 * mode, and dashed the time that it took to stop. Both axes are the same in all panels, and
 * logarithmic: it is the rare long pauses that are felt. */
#include "workloads/bench/output.h"
#include <math.h>
#include <string.h>

#define PANEL_WIDTH 250
#define PANEL_HEIGHT 170
#define HEAD_HEIGHT 84
#define FOOT_HEIGHT 44
#define LEFT_WIDTH 60
#define RIGHT_WIDTH 20
#define MERGED 4         /* buckets that make one step of a line */
#define LEAST_SHARE 0.01 /* percent, at the foot of the axis */

typedef struct Layout {
    int panels, columns, rows, width, height;
    double least, most; /* of the axis, in milliseconds */
} Layout;

static const Result *find(const Plan *plan, const Results *results,
                          const Workload *workload, const Mode *mode) {
    int most = plan->threads[plan->thread_count - 1];
    for (int i = 0; i < results->count; i++) {
        const Result *r = &results->items[i];
        if (r->workload == workload && r->mode == mode && r->threads == most &&
            result_has_pauses(r))
            return r;
    }
    return NULL;
}

static bool has_panel(const Plan *plan, const Results *results, const Workload *workload) {
    for (int m = 0; m < plan->mode_count; m++)
        if (find(plan, results, workload, &plan->modes[m])) return true;
    return false;
}

static void stretch(Layout *l, const Pauses *pauses, const Histogram *histogram) {
    for (int i = 0; i < pauses->buckets; i++) {
        if (!histogram->counts[i]) continue;
        l->least = fmin(l->least, pauses_from(pauses, i) * 1e3);
        l->most = fmax(l->most, pauses_to(pauses, i) * 1e3);
    }
}

static Layout layout(const Plan *plan, const Results *results) {
    Layout l = {.least = 1, .most = 1};
    for (int w = 0; w < plan->workload_count; w++) {
        l.panels += has_panel(plan, results, &plan->workloads[w]);
        for (int m = 0; m < plan->mode_count; m++) {
            const Result *r = find(plan, results, &plan->workloads[w], &plan->modes[m]);
            if (r) stretch(&l, &r->pauses, &r->pauses.stopped);
            if (r) stretch(&l, &r->pauses, &r->pauses.to_stop);
        }
    }
    l.least = fmax(l.least, 0.0005); /* the first bucket begins at 0 */
    l.columns = l.panels < 4 ? (l.panels ? l.panels : 1) : 4;
    l.rows = (l.panels + l.columns - 1) / l.columns;
    if (!l.rows) l.rows = 1;
    l.width = LEFT_WIDTH + l.columns * PANEL_WIDTH + RIGHT_WIDTH;
    if (l.width < 720) l.width = 720;
    l.height = HEAD_HEIGHT + l.rows * PANEL_HEIGHT + FOOT_HEIGHT;
    return l;
}

/* ---- The script ------------------------------------------------------------------- */

static void put_head(FILE *out, const Plan *plan, const Layout *l) {
    double width = l->width, height = l->height, x = 16;
    int most = plan->threads[plan->thread_count - 1];
    fprintf(out,
            "set label 1 'Pauses of the collector' at screen %g, %g font ',18' "
            "textcolor rgb '#202020'\n"
            "set label 2 'Share of the stops that took so long, %d thread%s or "
            "process%s. Dashed: the time until the world stood.' "
            "at screen %g, %g font ',11' textcolor rgb '#606060'\n",
            16 / width, 1 - 20 / height, most, most == 1 ? "" : "s", most == 1 ? "" : "es",
            16 / width, 1 - 42 / height);
    for (int m = 0; m < plan->mode_count; m++) {
        const char *colour = plot_colour(plan, m);
        double y = 1 - 63 / height;
        fprintf(out,
                "set arrow %d from screen %g, %g to screen %g, %g nohead lw 3 lc rgb '%s'\n"
                "set label %d '%s' at screen %g, %g font ',13' textcolor rgb '%s'\n",
                m + 1, x / width, y, (x + 24) / width, y, colour, m + 10,
                plan->modes[m].label, (x + 30) / width, y, colour);
        x += 60 + 8.5 * (double)strlen(plan->modes[m].label);
    }
}

static void put_style(FILE *out, const Plan *plan, const Layout *l) {
    double width = l->width, height = l->height;
    fprintf(out,
            "set terminal svg size %d,%d font 'Helvetica,Arial,sans-serif,12' "
            "background rgb 'white' noenhanced name 'pauses'\n",
            l->width, l->height);
    put_head(out, plan, l);
    fprintf(out,
            "unset key\n"
            "set border 3 lc rgb '#909090'\n"
            "set tics nomirror scale 0.5 textcolor rgb '#404040'\n"
            "set grid ytics lc rgb '#e4e4e4' lw 1 lt 1\n"
            "set logscale xy\nset yrange [%g:100]\nset ytics 10\nset format y '%%g%%%%'\n"
            "set xrange [%g:%g]\nset format x '%%g'\nset xtics 10\n"
            "set multiplot layout %d,%d rowsfirst margins %g,%g,%g,%g spacing %g,%g\n",
            LEAST_SHARE, l->least / 2, l->most * 2, l->rows, l->columns, LEFT_WIDTH / width,
            1 - RIGHT_WIDTH / width, FOOT_HEIGHT / height, 1 - (HEAD_HEIGHT + 24) / height,
            46 / width, 56 / height);
}

/* Steps from where a few buckets begin to where they end. */
static void put_points(FILE *out, const Pauses *pauses, const Histogram *histogram,
                       const char *name, int number) {
    double all = (double)pauses_count(histogram);
    fprintf(out, "$%s%d << END\n", name, number);
    for (int i = 0; i < pauses->buckets; i += MERGED) {
        double count = 0;
        for (int j = i; j < i + MERGED && j < pauses->buckets; j++)
            count += (double)histogram->counts[j];
        fprintf(out, "%g %g\n", fmax(pauses_from(pauses, i) * 1e3, 0.0005),
                count > 0 ? 100 * count / all : LEAST_SHARE / 10);
    }
    fputs("END\n", out);
}

static void put_panel(FILE *out, const Plan *plan, const Results *results,
                      const Workload *workload, const Layout *l, int panel) {
    bool lowest = panel + l->columns >= l->panels;
    for (int m = 0; m < plan->mode_count; m++) {
        const Result *r = find(plan, results, workload, &plan->modes[m]);
        if (!r) continue;
        put_points(out, &r->pauses, &r->pauses.stopped, "stopped", m);
        put_points(out, &r->pauses, &r->pauses.to_stop, "tostop", m);
    }
    fprintf(out,
            "set title '%s' font ',13' textcolor rgb '#202020' offset 0,-0.5\n"
            "set xlabel '%s' offset 0,0.6 textcolor rgb '#606060'\n",
            workload->name, lowest ? "milliseconds" : "");
    const char *word = "plot ";
    for (int m = 0; m < plan->mode_count; m++) {
        if (!find(plan, results, workload, &plan->modes[m])) continue;
        const char *colour = plot_colour(plan, m);
        fprintf(out,
                "%s$stopped%d using 1:2 with steps lw 2 lc rgb '%s', "
                "$tostop%d using 1:2 with steps lw 1 dt 2 lc rgb '%s'",
                word, m, colour, m, colour);
        word = ", ";
    }
    putc('\n', out);
    if (panel) return;
    for (int m = 0; m < plan->mode_count; m++)
        fprintf(out, "unset arrow %d\nunset label %d\n", m + 1, m + 10);
    fputs("unset label 1\nunset label 2\n", out);
}

static void put_script(FILE *out, const Plan *plan, const Results *results) {
    Layout l = layout(plan, results);
    int panel = 0;
    put_style(out, plan, &l);
    for (int i = 0; i < plan->workload_count; i++)
        if (has_panel(plan, results, &plan->workloads[i]))
            put_panel(out, plan, results, &plan->workloads[i], &l, panel++);
    fputs("unset multiplot\n", out);
}

bool plot_pauses(const Plan *plan, const Results *results, FILE *svg) {
    return plot_script(put_script, plan, results, svg);
}
