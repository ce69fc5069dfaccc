/* measure.c: one worker for each mode and number of threads, all alive at the same time,
 * and samples taken in turn, so whatever else the machine does hits all of them alike. Each
 * round begins with another one and goes the other way, A B C, A C B, C A B: a machine that
 * is slower after two threads were busy would otherwise always punish the same one. Only
 * one worker runs at a time; the others are blocked in a read.
 *
 * Invariant: a row without error has a living worker, until the end. */
#include "workloads/bench/measure.h"
#include "workloads/bench/worker.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

typedef struct Bench {
    const Plan *plan;
    Result *rows;
    Worker *workers; /* of each row */
    int count;
    int step, steps; /* for the progress line */
} Bench;

static double longest_wait(const Plan *plan) {
    return 60 + 50 * plan->seconds + 2 * plan->share;
}

static void show(const Bench *bench, const Result *row, int round) {
    char what[60] = "starting";
    if (round) snprintf(what, sizeof what, "sample %d of %d", round, bench->plan->repeat);
    progress("[%d/%d] %s: %s, %d thread%s, %s", bench->step, bench->steps,
             row->workload->name, row->mode->label, row->threads,
             row->threads == 1 ? "" : "s", what);
}

/* An interrupted worker has not failed. */
static void fail(Result *row, Worker *worker) {
    worker_kill(worker);
    if (!interrupted()) result_fail(row, worker->error);
}

/* The numbers are texts of the caller's. */
static char **command_of(const Plan *plan, const Result *row, char *threads,
                         char *seconds) {
    char **command = NULL;
    for (char **word = row->mode->command; *word; word++) list_add(&command, *word);
    list_add(&command, "--workload");
    list_add(&command, row->workload->name);
    list_add(&command, "--threads");
    list_add(&command, threads);
    list_add(&command, "--seconds");
    list_add(&command, seconds);
    if (row->mode->procs) list_add(&command, "--procs");
    list_add(&command, "--");
    for (char **argument = plan->arguments; *argument; argument++)
        list_add(&command, *argument);
    return command;
}

static bool start(const Bench *bench, int i) {
    Result *row = &bench->rows[i];
    Worker *worker = &bench->workers[i];
    char threads[16], seconds[32];
    snprintf(threads, sizeof threads, "%d", row->threads);
    snprintf(seconds, sizeof seconds, "%g", bench->plan->seconds);
    char **command = command_of(bench->plan, row, threads, seconds);
    show(bench, row, 0);
    const char *line = NULL;
    if (worker_start(worker, command))
        line = worker_receive(worker, longest_wait(bench->plan));
    free(command);
    if (line && line_number(line, "checksum", &row->checksum)) return true;
    if (line)
        snprintf(worker->error, sizeof worker->error, "not a worker's answer: %.200s",
                 line);
    fail(row, worker);
    return false;
}

/* The first row that has started, a companion being the last, is the one that the others
 * must agree with. */
static void check_checksum(const Bench *bench, int i) {
    Result *row = &bench->rows[i], *first = bench->rows;
    while (first->error) first++;
    if (first->checksum == row->checksum || row->companion) return;
    Worker *worker = &bench->workers[i];
    snprintf(worker->error, sizeof worker->error,
             "checksum mismatch: 0x%016" PRIx64 ", but 0x%016" PRIx64
             " in %s with %d thread%s",
             row->checksum, first->checksum, first->mode->label, first->threads,
             first->threads == 1 ? "" : "s");
    fail(row, worker);
}

/* ---- Samples ---------------------------------------------------------------------- */

typedef struct Each {
    uint64_t least, most, sum, count;
} Each;

static void take_each(void *data, uint64_t operations) {
    Each *each = data;
    if (!each->count || operations < each->least) each->least = operations;
    if (operations > each->most) each->most = operations;
    each->sum += operations;
    each->count++;
}

/* Of all samples of a share, the most unfair one is what counts. */
static void note_shares(Result *row, const char *line) {
    Each each = {0};
    line_numbers(line, "each", take_each, &each);
    if (!each.sum) return;
    double fair = (double)each.sum / (double)each.count;
    double least = (double)each.least / fair, most = (double)each.most / fair;
    if (row->sample_count && row->most - row->least > most - least) return;
    row->least = least;
    row->most = most;
}

static bool note_sample(Result *row, const char *line, bool share) {
    uint64_t operations, nanoseconds, peak, switches, checksum;
    if (!line_number(line, "operations", &operations) ||
        !line_number(line, "nanoseconds", &nanoseconds) || !nanoseconds ||
        !line_number(line, "peak", &peak) || !line_number(line, "switches", &switches) ||
        !line_number(line, "checksum", &checksum) || checksum != row->checksum)
        return false;
    double seconds = (double)nanoseconds * 1e-9;
    if (share) note_shares(row, line);
    row->switches = (row->switches * row->sample_count + (double)switches / seconds) /
                    (row->sample_count + 1);
    row->samples[row->sample_count++] = (double)operations / seconds;
    row->peak_bytes = peak;
    return true;
}

static void sample(const Bench *bench, int i, int round) {
    Result *row = &bench->rows[i];
    Worker *worker = &bench->workers[i];
    double share = bench->plan->share;
    char command[60] = "sample\n";
    if (share) snprintf(command, sizeof command, "share %g\n", share);
    show(bench, row, round);
    const char *line = NULL;
    if (worker_send(worker, command))
        line = worker_receive(worker, longest_wait(bench->plan));
    if (line && note_sample(row, line, share > 0)) return;
    if (line)
        snprintf(worker->error, sizeof worker->error, "not a worker's answer: %.200s",
                 line);
    fail(row, worker);
}

static void ask_pauses(const Bench *bench, int i) {
    Result *row = &bench->rows[i];
    Worker *worker = &bench->workers[i];
    const char *line = NULL;
    if (worker_send(worker, "pauses\n"))
        line = worker_receive(worker, longest_wait(bench->plan));
    if (line && pauses_take(&row->pauses, line)) return;
    if (line)
        snprintf(worker->error, sizeof worker->error, "not a worker's answer: %.200s",
                 line);
    fail(row, worker);
}

/* A worker that dies on its way out has failed too: it may have lost memory or threads. */
static void finish(const Bench *bench) {
    for (int i = 0; i < bench->count; i++) {
        Result *row = &bench->rows[i];
        if (row->error) continue;
        if (!interrupted()) ask_pauses(bench, i);
        if (row->error) continue;
        if (interrupted())
            worker_kill(&bench->workers[i]);
        else if (!worker_finish(&bench->workers[i]))
            fail(row, &bench->workers[i]);
    }
}

static int whose_turn(const Bench *bench, int round, int turn) {
    int forward = round % 2 ? turn : bench->count - turn;
    return (round / 2 + forward) % bench->count;
}

void measure(const Plan *plan, Results *results, int first, int step, int steps) {
    Bench bench = {.plan = plan,
                   .rows = results->items + first,
                   .count = results->count - first,
                   .step = step,
                   .steps = steps};
    bench.workers = make((size_t)bench.count, sizeof *bench.workers);
    for (int i = 0; i < bench.count && !interrupted(); i++)
        if (start(&bench, i)) check_checksum(&bench, i);
    for (int round = 1; round <= plan->repeat; round++)
        for (int turn = 0; turn < bench.count && !interrupted(); turn++) {
            int i = whose_turn(&bench, round, turn);
            if (!bench.rows[i].error) sample(&bench, i, round);
        }
    finish(&bench);
    free(bench.workers);
    progress_clear();
}
