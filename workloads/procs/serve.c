/* serve.c: finds out how many batches make a sample, and then takes samples as asked. */
#include "workloads/procs/serve.h"
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A line that grows; answers of a thousand threads are long. */
typedef struct Line {
    FILE *file;
    char *text;
    size_t size;
} Line;

static bool line_send(int output, Line *line) {
    fputc('\n', line->file);
    if (fclose(line->file)) return false;
    size_t sent = 0;
    while (sent < line->size) {
        ssize_t n = write(output, line->text + sent, line->size - sent);
        if (n <= 0) break;
        sent += (size_t)n;
    }
    bool all = sent == line->size;
    free(line->text);
    return all;
}

int serve_error(int output, const char *text) {
    dprintf(output, "error %s\n", text);
    return 1;
}

/* From the first start to the last end. */
static uint64_t crew_nanoseconds(const Crew *crew) {
    uint64_t started = UINT64_MAX, ended = 0;
    for (int i = 0; i < crew->size; i++) {
        const Member *m = &crew->members[i];
        if (m->started < started) started = m->started;
        if (m->ended > ended) ended = m->ended;
    }
    return ended - started;
}

static uint64_t crew_batches(const Crew *crew) {
    uint64_t batches = 0;
    for (int i = 0; i < crew->size; i++) batches += crew->members[i].batches;
    return batches;
}

/* The members have checked each batch against their first. */
static bool checksums_agree(Team *team) {
    const Member *members = team->crew->members;
    for (int i = 1; i < team->crew->size; i++) {
        if (members[i].checksum == members[0].checksum) continue;
        snprintf(team->error, sizeof team->error,
                 "checksum mismatch: thread %d computed 0x%016" PRIx64
                 ", thread 0 0x%016" PRIx64,
                 i, members[i].checksum, members[0].checksum);
        return false;
    }
    return true;
}

/* Runs more and more batches until they take half a sample's time: that warms up too.
 * Growth is limited, because the first runs are slow and say little. */
static bool calibrate(Team *team, uint64_t *batches) {
    double wanted = team->job->seconds * 1e9;
    for (*batches = 1;;) {
        if (!team_order(team, (Order){RUN_BATCHES, *batches})) return false;
        if (!checksums_agree(team)) return false;
        double factor = wanted / ((double)crew_nanoseconds(team->crew) + 1);
        double next = (double)*batches * (factor > 10 ? 10 : factor);
        if (factor <= 2) {
            *batches = next < 1 ? 1 : (uint64_t)(next + 0.5);
            return true;
        }
        *batches = (uint64_t)(next + 0.5);
    }
}

static bool answer(Team *team, int output, const char *kind, uint64_t switches) {
    const Crew *crew = team->crew;
    uint64_t operations = team->crew->members[0].operations;
    Line line = {0};
    line.file = open_memstream(&line.text, &line.size);
    if (!line.file) return false;
    fprintf(line.file, "%s operations=%" PRIu64 " nanoseconds=%" PRIu64 " each=", kind,
            crew_batches(crew) * operations, crew_nanoseconds(crew));
    for (int i = 0; i < crew->size; i++) {
        const Member *m = &crew->members[i];
        bool sample = !strcmp(kind, "sample");
        fprintf(line.file, "%s%" PRIu64, i ? "," : "",
                sample ? m->ended - m->started : m->batches * operations);
    }
    fprintf(line.file, " checksum=0x%016" PRIx64 " peak=%" PRIu64 " switches=%" PRIu64,
            crew->members[0].checksum, team_peak_bytes(team),
            team_switches(team) - switches);
    return line_send(output, &line);
}

static void put_counts(FILE *out, const char *name, const uint64_t *counts, int count) {
    fprintf(out, " %s=", name);
    for (int i = 0; i < count; i++) fprintf(out, "%s%" PRIu64, i ? "," : "", counts[i]);
}

static bool answer_pauses(Team *team, int output, const Pauses *before) {
    Pauses pauses;
    uint64_t bounds[GILT_GC_PAUSES];
    Line line = {0};
    if (!team_pauses(team, &pauses)) return false;
    line.file = open_memstream(&line.text, &line.size);
    if (!line.file) return false;
    pauses_subtract(&pauses, before);
    for (int i = 0; i < GILT_GC_PAUSES; i++)
        bounds[i] = (uint64_t)(pauses.of.seconds[i] * 1e9 + 0.5);
    fputs("pauses", line.file);
    put_counts(line.file, "collections", pauses.collections, GENERATIONS);
    put_counts(line.file, "bounds", bounds, GILT_GC_PAUSES);
    put_counts(line.file, "stopped", pauses.of.stopped, GILT_GC_PAUSES);
    put_counts(line.file, "to_stop", pauses.of.to_stop, GILT_GC_PAUSES);
    return line_send(output, &line);
}

/* Carries out one line. false: the worker must end, with or without an error. */
static bool serve_line(Team *team, int output, char *line, uint64_t batches,
                       const Pauses *before) {
    line[strcspn(line, "\r\n")] = 0;
    if (!strcmp(line, "pauses")) return answer_pauses(team, output, before);
    uint64_t switches = team_switches(team);
    Order order = {RUN_BATCHES, batches};
    const char *kind = "sample";
    if (!strncmp(line, "share ", 6)) {
        char *end;
        double seconds = strtod(line + 6, &end);
        bool private = team->job->workload->data != SHARED;
        if (!private || *end || !(seconds > 0 && seconds <= 3600)) {
            snprintf(team->error, sizeof team->error, "%s",
                     private ? "share needs a number of seconds"
                             : "share needs a workload on private data");
            return false;
        }
        order = (Order){RUN_TIME, (uint64_t)(seconds * 1e9)};
        kind = "share";
    } else if (strcmp(line, "sample")) {
        if (strcmp(line, "quit"))
            snprintf(team->error, sizeof team->error, "unknown command");
        return false;
    }
    if (!team_order(team, order) || !checksums_agree(team)) return false;
    return answer(team, output, kind, switches);
}

static int serve_failed(Team *team, int output) {
    team_abandon(team);
    return serve_error(output, team->error);
}

int serve(Team *team, int output) {
    uint64_t batches;
    Pauses before;
    if (!calibrate(team, &batches) || !team_pauses(team, &before))
        return serve_failed(team, output);
    dprintf(output,
            "ready batches=%" PRIu64 " operations=%" PRIu64 " checksum=0x%016" PRIx64 "\n",
            batches, team->crew->members[0].operations, team->crew->members[0].checksum);
    char line[200];
    while (fgets(line, sizeof line, stdin))
        if (!serve_line(team, output, line, batches, &before)) break;
    if (*team->error) return serve_failed(team, output);
    if (team_finish(team)) return 0;
    return serve_failed(team, output);
}
