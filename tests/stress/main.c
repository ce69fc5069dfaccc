/* main.c: stress: programs from a seed, batch by batch, each batch in a child of its own
 * with settings of its own, until the time is up or one fails. What a failure prints can be
 * run again by two commands that stand below it.
 *
 * Program number n of a run is made from seed + n, and its kind chosen by the same number.
 * So a run that begins with that seed begins with that program. */
#include "core/chaos.h"
#include "tests/stress/options.h"
#include "tests/stress/shrink.h"

#include <inttypes.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BATCH = 200, REPLAYS = 1000 };
static const double BATCH_SECONDS = 3;
static const double HANG_SECONDS = 3; /* of a program that is known to fail */

typedef struct Batch {
    Program *programs[BATCH];
    size_t count, passes;
    char drawn[4][40]; /* settings that are not the user's */
    const char *settings[SETTINGS_MAX + 4];
    size_t setting_count;
} Batch;

typedef struct Tally {
    const Kind *kind;
    uint64_t programs, operations;
} Tally;

static StressOptions options;
static Program *replayed; /* or NULL */
static Tally tallies[KINDS_MAX];
static double begun, told; /* when */

/* ---- Making a batch ---- */

/* A stream of its own for each purpose. */
static Random random_for(uint64_t seed, uint64_t purpose) {
    Random random = {seed ^ purpose * UINT64_C(0xD1342543DE82EF95)};
    random_next(&random);
    return random;
}

static const Kind *kind_for(uint64_t seed) {
    Random random = random_for(seed, 1);
    size_t weight = 0;
    for (const Kind **kind = options.kinds; *kind; kind++) weight += (*kind)->weight;
    size_t left = random_next(&random) % weight;
    const Kind **kind = options.kinds;
    while (left >= (*kind)->weight) left -= (*kind++)->weight;
    return *kind;
}

static Program *program_for(uint64_t number) {
    uint64_t seed = options.seed + number;
    return program_new(kind_for(seed), seed, options.threads);
}

static void draw(Batch *batch, const char *format, uint64_t value)
    __attribute__((format(printf, 2, 0)));
static void draw(Batch *batch, const char *format, uint64_t value) {
    size_t number = batch->setting_count - options.setting_count;
    snprintf(batch->drawn[number], sizeof *batch->drawn, format, value);
    batch->settings[batch->setting_count++] = batch->drawn[number];
}

/* An interval is always among them, so that a command with them has a setting, and none is
 * drawn besides. */
static void draw_settings(Batch *batch, Random *random) {
    static const int microseconds[] = {1, 5, 20, 100, 5000};
    draw(batch, "interval=%" PRIu64 "e-6", (uint64_t)microseconds[random_below(random, 5)]);
    if (random_below(random, 4) == 0) draw(batch, "retire=%" PRIu64, 20000);
    if (random_below(random, 4) == 0)
        draw(batch, random_below(random, 2) ? "reclaim=object" : "gil=ticks", 0);
}

static bool has_setting(const char *start) {
    for (size_t i = 0; i < options.setting_count; i++)
        if (!strncmp(options.settings[i], start, strlen(start))) return true;
    return false;
}

static void choose_settings(Batch *batch, uint64_t seed) {
    Random random = random_for(seed, 2);
    memcpy(batch->settings, options.settings, sizeof options.settings);
    batch->setting_count = options.setting_count;
    if (!options.setting_count) draw_settings(batch, &random);
    bool noise = options.chaos == CHAOS_ALWAYS ||
                 (options.chaos == CHAOS_HALF && random_below(&random, 2));
    if (noise && !has_setting("chaos="))
        draw(batch, "chaos=%" PRIu64, 1 + random_next(&random) % 1000000);
}

/* Batch number n. A file is a batch, and so is what --programs says, if it is that small.
 */
static void batch_make(Batch *batch, uint64_t n) {
    uint64_t first = n * BATCH, most = options.programs ? options.programs : UINT64_MAX;
    batch->count = 0;
    if (replayed) batch->programs[batch->count++] = program_copy(replayed);
    for (uint64_t i = 0; !replayed && i < BATCH && i < most; i++)
        batch->programs[batch->count++] = program_for((first + i) % most);
    batch->passes = batch->count == 1 ? REPLAYS : 2;
    choose_settings(batch, options.seed + first);
}

static void batch_clear(Batch *batch) {
    for (size_t i = 0; i < batch->count; i++) program_free(batch->programs[i]);
}

static Job job_of(const Batch *batch, double seconds) {
    return (Job){.programs = (const Program *const *)batch->programs,
                 .count = batch->count,
                 .passes = batch->passes,
                 .seconds = seconds,
                 .patience = options.patience,
                 .settings = batch->settings,
                 .setting_count = batch->setting_count};
}

/* ---- What was done ---- */

static Tally *tally_of(const Kind *kind) {
    Tally *tally = tallies;
    while (tally->kind && tally->kind != kind) tally++;
    tally->kind = kind;
    return tally;
}

static void tally_add(const Batch *batch, const Result *result) {
    for (size_t i = 0; i < batch->count; i++) {
        Tally *tally = tally_of(batch->programs[i]->kind);
        tally->programs += result->runs[i];
        tally->operations += result->runs[i] * program_ops(batch->programs[i]);
    }
}

static Tally tally_sum(void) {
    Tally sum = {0};
    for (size_t i = 0; i < KINDS_MAX; i++) {
        sum.programs += tallies[i].programs;
        sum.operations += tallies[i].operations;
    }
    return sum;
}

static void tell(FILE *file, const char *what) {
    double seconds = seconds_now() - begun;
    Tally sum = tally_sum();
    fprintf(file,
            "%s: %" PRIu64 " programs, %" PRIu64 " operations in %.1f s, %.0f a second\n",
            what, sum.programs, sum.operations, seconds, (double)sum.operations / seconds);
}

static void tell_all(const char *what) {
    tell(stdout, what);
    for (size_t i = 0; i < KINDS_MAX && tallies[i].kind; i++)
        printf("  %-8s %10" PRIu64 " programs %12" PRIu64 " operations\n",
               tallies[i].kind->name, tallies[i].programs, tallies[i].operations);
}

static void tell_progress(void) {
    if (!isatty(STDERR_FILENO) || seconds_now() < told + 3) return;
    told = seconds_now();
    tell(stderr, "so far");
}

/* ---- A failure ---- */

typedef struct Failure {
    const Batch *batch;
    Result *result;
    const Program
        *program;        /* the one that failed; NULL: not known which one of the batch */
    char path[PATH_MAX]; /* where it is written */
} Failure;

/* The path of this program, as it can be called from here. */
static const char *self_path(void) {
    static char path[PATH_MAX], here[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0) return "stress";
    path[length] = 0;
    size_t prefix = getcwd(here, sizeof here) ? strlen(here) : 0;
    bool below = prefix && !strncmp(path, here, prefix) && path[prefix] == '/';
    return below ? path + prefix + 1 : path;
}

/* Its directory is named like the variant of the build. */
static const char *variant(void) {
    static char path[PATH_MAX];
    snprintf(path, sizeof path, "%s", self_path());
    return basename(dirname(path));
}

static void print_settings(const Batch *batch, FILE *file) {
    bool noise = false;
    for (size_t i = 0; i < batch->setting_count; i++) {
        fprintf(file, " -X %s", batch->settings[i]);
        noise |= !strncmp(batch->settings[i], "chaos=", 6);
    }
    if (!noise) fputs(" --chaos 0", file);
}

static void print_commands(const Failure *failure, FILE *file, const char *start) {
    const Program *program = failure->program;
    if (program && failure->path[0]) {
        fprintf(file, "%s%s --seconds 60 --replay %s", start, self_path(), failure->path);
        print_settings(failure->batch, file);
        fputc('\n', file);
    }
    if (replayed) return;
    fprintf(file, "%s%s --seconds 60 --seed %" PRIu64 " --programs %zu --threads %zu",
            start, self_path(), program ? program->seed : failure->batch->programs[0]->seed,
            program ? (size_t)1 : failure->batch->count, options.threads);
    if (program) fprintf(file, " --kind %s", program->kind->name);
    for (size_t i = 0; !program && options.kinds[i]; i++)
        fprintf(file, " --kind %s", options.kinds[i]->name);
    print_settings(failure->batch, file);
    fputc('\n', file);
}

static void print_indented(const char *title, const char *text) {
    if (!*text) return;
    printf("%s:\n", title);
    while (*text) {
        int length = (int)strcspn(text, "\n");
        printf("    %.*s\n", length, text);
        text += length + (text[length] == '\n');
    }
}

static void print_result(const Result *result) {
    char text[200];
    process_describe(result, text, sizeof text);
    printf("  %s\n", text);
    print_indented("  what it says", result->complaint);
    print_indented("  the last of its stderr", result->said);
}

static void print_failure(const Failure *failure) {
    const Program *program = failure->program;
    printf("FAILED: a program of kind %s, seed %" PRIu64 ", in %s (%s),",
           program ? program->kind->name : "unknown",
           program ? program->seed : failure->batch->programs[0]->seed, variant(),
           BUILD_COMMIT);
    print_settings(failure->batch, stdout);
    printf("\n");
    print_result(failure->result);
    fflush(stdout);
}

static FILE *open_first(Failure *failure, const char *format) {
    snprintf(failure->path, sizeof failure->path, format, failure->program->seed);
    return fopen(failure->path, "w");
}

/* The first path that can be written. */
static FILE *open_for(Failure *failure) {
    FILE *file = NULL;
    if (options.write) {
        snprintf(failure->path, sizeof failure->path, "%s", options.write);
        return fopen(options.write, "w");
    }
    static const char *const paths[] = {"build/stress-failure-%" PRIu64 ".txt",
                                        "/tmp/stress-failure-%" PRIu64 ".txt"};
    for (size_t i = 0; !file && i < 2; i++) file = open_first(failure, paths[i]);
    return file;
}

static void write_program(Failure *failure, const Program *program, const char *what) {
    char text[200];
    FILE *file = open_for(failure);
    if (!file) {
        printf("  %s cannot be written\n", failure->path);
        failure->path[0] = 0;
        return;
    }
    process_describe(failure->result, text, sizeof text);
    fprintf(file, "# %s\n# %s in %s (%s)\n", text, what, variant(), BUILD_COMMIT);
    print_commands(failure, file, "#   ");
    program_write(program, file);
    fclose(file);
}

/* What makes it small prints it, too. */
static void make_small(Failure *failure, Trials *trials) {
    Program *small = shrink(failure->program, (Judge){trials_fail, trials});
    printf(
        "  made small in %zu trials: %zu threads, %zu operations (was %zu, %zu); it fails "
        "in one of %.0f runs%s\n",
        trials->tried, small->threads, program_ops(small), failure->program->threads,
        program_ops(failure->program), trials->mean,
        seconds_now() > trials->until ? "; there was no time for more" : "");
    if (trials->tried) print_result(trials->result);
    program_write(small, stdout);
    write_program(failure, small, "made small");
    program_free(small);
}

static void investigate(Failure *failure) {
    Trials trials = {.job = job_of(failure->batch, 0), .result = failure->result};
    if (trials.job.patience > HANG_SECONDS) trials.job.patience = HANG_SECONDS;
    write_program(failure, failure->program, "as it was made");
    if (options.shrink == 0) return;
    printf("  making it small, for up to %g seconds ...\n", options.shrink);
    fflush(stdout);
    trials.until = seconds_now() + options.shrink;
    if (trials_begin(&trials, failure->program, options.shrink / 2))
        make_small(failure, &trials);
    else
        printf("  by itself it has not failed again in %g seconds\n", options.shrink / 2);
}

/* What shows at the end of a pass may be the work of any program: each by itself. */
static const Program *find_culprit(const Batch *batch, Result *result) {
    Result *alone = malloc(sizeof *alone);
    const Program *found = NULL;
    printf("  looking for the program that does it ...\n");
    fflush(stdout);
    for (size_t i = 0; alone && i < batch->count && !found; i++) {
        Job job = job_of(batch, 2);
        job.programs += i;
        job.count = 1;
        job.passes = 6;
        process_run(&job, alone);
        if (alone->outcome == RUN_PASSED) continue;
        found = batch->programs[i];
        *result = *alone;
    }
    free(alone);
    return found;
}

static void report(const Batch *batch, Result *result) {
    Failure failure = {.batch = batch, .result = result};
    if (result->number < batch->count || batch->count == 1)
        failure.program = batch->programs[batch->count == 1 ? 0 : result->number];
    print_failure(&failure);
    if (!failure.program && (failure.program = find_culprit(batch, result)))
        print_failure(&failure);
    if (failure.program) investigate(&failure);
    printf("run it again:\n");
    print_commands(&failure, stdout, "  ");
}

/* ---- The run ---- */

/* false: a failure, which is reported. */
static bool run_batch(Batch *batch, Result *result, double left) {
    Job job = job_of(batch, left < BATCH_SECONDS ? left : BATCH_SECONDS);
    process_run(&job, result);
    tally_add(batch, result);
    if (result->outcome == RUN_PASSED) return true;
    if (process_interrupted()) return true; /* it had to be killed, or was */
    report(batch, result);
    return false;
}

static bool run(void) {
    static Batch batch;
    static Result result;
    bool well = true;
    begun = told = seconds_now();
    for (uint64_t n = 0; well && !process_interrupted(); n++) {
        double left = options.seconds - (seconds_now() - begun);
        if (left <= 0) break;
        batch_make(&batch, n);
        well = run_batch(&batch, &result, left);
        batch_clear(&batch);
        tell_progress();
    }
    tell_all(!well ? "failed" : process_interrupted() ? "interrupted" : "passed");
    return well;
}

static bool read_replayed(void) {
    char complaint[COMPLAINT];
    FILE *file = fopen(options.replay, "r");
    if (!file)
        return fprintf(stderr, "stress: %s: cannot read it\n", options.replay), false;
    replayed = program_read(file, complaint);
    fclose(file);
    if (!replayed) fprintf(stderr, "stress: %s: %s\n", options.replay, complaint);
    return replayed;
}

static void print_programs(void) {
    for (uint64_t n = 0; n < (options.programs ? options.programs : 1); n++) {
        Program *program = replayed ? program_copy(replayed) : program_for(n);
        program_write(program, stdout);
        program_free(program);
    }
}

static void on_signal(int number) {
    (void)number;
    process_interrupt();
}

int main(int count, char **arguments) {
    if (!stress_options_read(&options, count, arguments)) return 2;
    if (options.help) return 0;
    if (options.replay && !read_replayed()) return 2;
    if (options.print) return print_programs(), 0;
    signal(SIGINT, on_signal);
    signal(SIGTERM, on_signal);
    if (replayed)
        printf("replaying %s in %s\n", options.replay, variant());
    else
        printf("seed %" PRIu64 ", at most %zu threads, in %s\n", options.seed,
               options.threads, variant());
    fflush(stdout);
    bool well = run();
    program_free(replayed);
    return well ? 0 : 1;
}
