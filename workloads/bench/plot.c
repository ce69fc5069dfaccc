/* plot.c: throughput over threads, a small panel for each workload, drawn by gnuplot.
 *
 * The panels share the colours and the axis of threads, but not the axis of throughput:
 * what is to be seen is the shape, does it rise or not. Each starts at 0. Bars are from
 * the slowest to the fastest sample. */
#define _GNU_SOURCE
#include "workloads/bench/output.h"
#include "workloads/bench/table.h"
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PANEL_WIDTH 250
#define PANEL_HEIGHT 190
#define HEAD_HEIGHT 84
#define FOOT_HEIGHT 40
#define LEFT_WIDTH 70
#define RIGHT_WIDTH 20

typedef struct Layout {
    int panels, columns, rows, width, height;
} Layout;

/* Chosen so that people who do not see red or green can tell them apart (Okabe, Ito). */
const char *plot_colour(const Plan *plan, int mode) {
    static const char *const others[] = {"#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f",
                                         "#000000"};
    const char *label = plan->modes[mode].label;
    if (!strcmp(label, "gil")) return "#d55e00";
    if (!strcmp(label, "nogil")) return "#0072b2";
    if (!strcmp(label, "procs")) return "#009e73";
    return others[mode % (int)(sizeof others / sizeof *others)];
}

static bool has_samples(const Results *results, const Workload *workload,
                        const Mode *mode) {
    for (int i = 0; i < results->count; i++) {
        const Result *r = &results->items[i];
        if (r->workload == workload && (!mode || r->mode == mode) && result_is_good(r))
            return true;
    }
    return false;
}

static Layout layout(const Plan *plan, const Results *results) {
    Layout l = {0};
    for (int i = 0; i < plan->workload_count; i++)
        l.panels += has_samples(results, &plan->workloads[i], NULL);
    l.columns = l.panels < 4 ? (l.panels ? l.panels : 1) : 4;
    l.rows = (l.panels + l.columns - 1) / l.columns;
    if (!l.rows) l.rows = 1;
    l.width = LEFT_WIDTH + l.columns * PANEL_WIDTH + RIGHT_WIDTH;
    if (l.width < 600) l.width = 600;
    l.height = HEAD_HEIGHT + l.rows * PANEL_HEIGHT + FOOT_HEIGHT;
    return l;
}

/* ---- The script ------------------------------------------------------------------- */

/* Title, machine and the key stand above all panels: they are labels of the first. */
static void put_head(FILE *out, const Plan *plan, const Layout *l) {
    Machine machine = machine_facts();
    double width = l->width, height = l->height;
    for (char *c = machine.cpu; *c; c++)
        if (*c == '"' || *c == '\\') *c = ' ';
    fprintf(out,
            "set label 1 'Throughput over threads' at screen %g, %g font ',18' "
            "textcolor rgb '#202020'\n"
            "set label 2 \"%s, %d core%s. Millions of operations per second, all threads "
            "together; median, and from the slowest to the fastest sample.\" "
            "at screen %g, %g font ',11' textcolor rgb '#606060'\n",
            16 / width, 1 - 20 / height, machine.cpu, machine.cores,
            machine.cores == 1 ? "" : "s", 16 / width, 1 - 42 / height);
    double x = 16;
    for (int m = 0; m < plan->mode_count; m++) {
        const char *colour = plot_colour(plan, m);
        double y = 1 - 63 / height;
        fprintf(
            out,
            "set arrow %d from screen %g, %g to screen %g, %g nohead lw 3 lc rgb '%s'\n",
            m + 1, x / width, y, (x + 24) / width, y, colour);
        fprintf(out, "set label %d '%s' at screen %g, %g font ',13' textcolor rgb '%s'\n",
                m + 10, plan->modes[m].label, (x + 30) / width, y, colour);
        x += 60 + 8.5 * (double)strlen(plan->modes[m].label);
    }
}

static void put_style(FILE *out, const Plan *plan, const Layout *l) {
    double width = l->width, height = l->height;
    int most = plan->threads[plan->thread_count - 1];
    fprintf(out,
            "set terminal svg size %d,%d font 'Helvetica,Arial,sans-serif,12' "
            "background rgb 'white' noenhanced\n",
            l->width, l->height);
    put_head(out, plan, l);
    fputs("unset key\n"
          "set border 3 lc rgb '#909090'\n"
          "set tics nomirror scale 0.5 textcolor rgb '#404040'\n"
          "set grid ytics lc rgb '#e4e4e4' lw 1 lt 1\n"
          "set yrange [0:*]\nset offsets 0, 0, graph 0.08, 0\n"
          "set ytics autofreq\nset format y '%.4g'\n"
          "set bars 0.6\n",
          out);
    if (most > 8) fputs("set logscale x 2\n", out);
    fprintf(out, "set xrange [%g:%g]\nset xtics (",
            most > 8 ? 0.9 : 1 - 0.12 * (most - 1) - 0.05,
            most > 8 ? most * 1.12 : most + 0.12 * (most - 1) + 0.05);
    for (int t = 0; t < plan->thread_count; t++)
        fprintf(out, "%s%d", t ? ", " : "", plan->threads[t]);
    fprintf(out,
            ")\nset multiplot layout %d,%d rowsfirst margins %g,%g,%g,%g spacing %g,%g\n",
            l->rows, l->columns, LEFT_WIDTH / width, 1 - RIGHT_WIDTH / width,
            FOOT_HEIGHT / height, 1 - (HEAD_HEIGHT + 24) / height, 56 / width, 56 / height);
}

/* The points of one line as a data block; gnuplot has no other way to inline them in a
 * script with several plots. */
static void put_points(FILE *out, const Plan *plan, const Results *results,
                       const Workload *workload, int number) {
    const Mode *mode = &plan->modes[number];
    fprintf(out, "$mode%d << END\n", number);
    for (int i = 0; i < results->count; i++) {
        const Result *r = &results->items[i];
        if (r->workload != workload || r->mode != mode || !result_is_good(r)) continue;
        fprintf(out, "%d %g %g %g\n", r->threads, in_units(plan, r->throughput),
                in_units(plan, r->slowest), in_units(plan, r->fastest));
    }
    fputs("END\n", out);
}

static void put_panel(FILE *out, const Plan *plan, const Results *results,
                      const Workload *workload, const Layout *l, int panel) {
    bool lowest = panel + l->columns >= l->panels;
    for (int m = 0; m < plan->mode_count; m++) put_points(out, plan, results, workload, m);
    fprintf(out, "set title '%s' font ',13' textcolor rgb '#202020' offset 0,-0.5\n",
            workload->name);
    fprintf(out, "set xlabel '%s' offset 0,0.6 textcolor rgb '#606060'\n",
            lowest ? "threads" : "");
    fprintf(out, "set ylabel '%s' offset 0.5,0 textcolor rgb '#606060'\n",
            panel % l->columns ? "" : unit_name(plan));
    const char *word = "plot ";
    for (int m = 0; m < plan->mode_count; m++) {
        if (!has_samples(results, workload, &plan->modes[m])) continue;
        fprintf(out,
                "%s$mode%d using 1:2:3:4 with yerrorlines lw 2 pt 7 ps 0.5 lc rgb '%s'",
                word, m, plot_colour(plan, m));
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
        if (has_samples(results, &plan->workloads[i], NULL))
            put_panel(out, plan, results, &plan->workloads[i], &l, panel++);
    fputs("unset multiplot\n", out);
}

/* ---- Running gnuplot -------------------------------------------------------------- */

/* The script into its stdin, its stdout into the file. */
static pid_t start_gnuplot(char *const *command, int input, int output) {
    pid_t child = fork();
    if (child) return child;
    interrupts_reset();
    dup2(input, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    execvp(command[0], command);
    _exit(127);
}

static bool run_gnuplot(char *const *command, int input, int output) {
    int status = 0;
    pid_t child = start_gnuplot(command, input, output);
    bool ran = child > 0 && waitpid(child, &status, 0) == child;
    if (ran && WIFEXITED(status) && !WEXITSTATUS(status)) return true;
    if (ran && WIFEXITED(status) && WEXITSTATUS(status) == 127)
        complain("cannot plot: there is no gnuplot here; install it, or leave out --svg");
    else
        complain("cannot plot: gnuplot failed");
    return false;
}

bool plot_possible(void) {
    FILE *nothing = fopen("/dev/null", "r+");
    char *command[] = {"gnuplot", "--version", NULL};
    bool fine = nothing && run_gnuplot(command, fileno(nothing), fileno(nothing));
    if (nothing) fclose(nothing);
    return fine;
}

bool plot_script(void (*put)(FILE *script, const Plan *, const Results *), const Plan *plan,
                 const Results *results, FILE *svg) {
    char *command[] = {"gnuplot", NULL};
    FILE *script = tmpfile();
    if (!script) {
        complain("cannot plot: %s", strerror(errno));
        return false;
    }
    put(script, plan, results);
    fflush(script);
    lseek(fileno(script), 0, SEEK_SET);
    bool fine = run_gnuplot(command, fileno(script), fileno(svg));
    fclose(script);
    return fine;
}

bool plot(const Plan *plan, const Results *results, FILE *svg) {
    return plot_script(put_script, plan, results, svg);
}

bool svg_write(const Plan *plan, const Results *results, const char *path) {
    NewFile svg;
    if (!new_file_begin(&svg, path)) return false;
    if (plot(plan, results, svg.file)) return new_file_commit(&svg);
    new_file_abandon(&svg);
    return false;
}
