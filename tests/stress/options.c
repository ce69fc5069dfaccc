/* options.c: reads the command line: a table of options that each take one value. */
#include "tests/stress/options.h"
#include "core/chaos.h"
#include "core/options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char help[] =
    "stress: random programs over the object API, run by many threads, with their results\n"
    "checked.\n"
    "  --seconds S     how long (10)\n"
    "  --threads N     at most so many in a program, 2 to 64 (8)\n"
    "  --seed X        what the programs are made from (the clock)\n"
    "  --programs N    only the first N programs of the seed, over and over\n"
    "  --kind NAME     only this kind; may be repeated:\n"
    "                  %s\n"
    "  --chaos 0|1     no batch with schedule noise, or all (half of them, if the build\n"
    "                  has points for it)\n"
    "  --replay FILE   this program, over and over\n"
    "  --write FILE    where a failing program goes (build/stress-failure-SEED.txt)\n"
    "  --shrink S      how long to try and make it small, 0 not at all (30)\n"
    "  --patience S    a program that takes longer hangs (30)\n"
    "  --print         write the programs (1, or --programs) to stdout and run none\n"
    "  -X NAME=VALUE   a setting of gilt; without any, each batch has some of its own\n"
    "Exit code: 0 passed, 1 a failure was found, 2 the command line is wrong.\n";

static bool read_seconds(const char *text, double *seconds) {
    char *end;
    errno = 0;
    *seconds = strtod(text, &end);
    return *text && !*end && !errno && *seconds >= 0 && *seconds < 1e7;
}

static bool read_count(const char *text, uint64_t least, uint64_t most, uint64_t *count) {
    char *end;
    errno = 0;
    *count = strtoull(text, &end, 10);
    return *text >= '0' && *text <= '9' && !*end && !errno && *count >= least &&
           *count <= most;
}

/* ---- Each option: NULL, or what its value must be ---- */

static const char *set_seconds(StressOptions *options, const char *value) {
    bool well = read_seconds(value, &options->seconds) && options->seconds > 0;
    return well ? NULL : "a number of seconds above 0";
}

static const char *set_shrink(StressOptions *options, const char *value) {
    return read_seconds(value, &options->shrink) ? NULL : "a number of seconds";
}

static const char *set_patience(StressOptions *options, const char *value) {
    bool well = read_seconds(value, &options->patience) && options->patience > 0;
    return well ? NULL : "a number of seconds above 0";
}

static const char *set_threads(StressOptions *options, const char *value) {
    uint64_t count;
    if (!read_count(value, 2, STRESS_THREADS, &count)) return "a number from 2 to 64";
    options->threads = count;
    return NULL;
}

static const char *set_programs(StressOptions *options, const char *value) {
    uint64_t count;
    if (!read_count(value, 1, 1000000, &count)) return "a number from 1 to 1000000";
    options->programs = count;
    return NULL;
}

static const char *set_seed(StressOptions *options, const char *value) {
    return read_count(value, 0, UINT64_MAX, &options->seed) ? NULL : "a number";
}

static const char *set_chaos(StressOptions *options, const char *value) {
    if (strcmp(value, "0") && strcmp(value, "1")) return "0 or 1";
    if (*value == '1' && !CHAOS_IS_HERE)
        return "0: this build has no points for chaos (make it with CHAOS=1)";
    options->chaos = *value == '1' ? CHAOS_ALWAYS : CHAOS_NEVER;
    return NULL;
}

static const char *kind_names(void) {
    static char names[256];
    for (const Kind *const *kind = stress_kinds; *kind; kind++) {
        size_t length = kind == stress_kinds ? 0 : strlen(names);
        snprintf(names + length, sizeof names - length, "%s%s", length ? ", " : "",
                 (*kind)->name);
    }
    return names;
}

static const char *set_kind(StressOptions *options, const char *value) {
    const Kind *kind = kind_named(value);
    size_t count = 0;
    if (!kind) return kind_names();
    for (; options->kinds[count]; count++)
        if (options->kinds[count] == kind) return NULL;
    if (count < KINDS_MAX) options->kinds[count] = kind;
    return NULL;
}

static const char *set_replay(StressOptions *options, const char *value) {
    options->replay = value;
    return NULL;
}

static const char *set_write(StressOptions *options, const char *value) {
    options->write = value;
    return NULL;
}

/* Checked here, with what the runtime checks it with, so that no child need fail. */
static const char *set_setting(StressOptions *options, const char *value) {
    const char *wrong = options_set(value);
    if (wrong) return wrong;
    if (options->setting_count == SETTINGS_MAX) return "given less often";
    options->settings[options->setting_count++] = value;
    return NULL;
}

static const struct {
    const char *name;
    const char *(*set)(StressOptions *options, const char *value);
} table[] = {
    {"--seconds", set_seconds},   {"--threads", set_threads}, {"--seed", set_seed},
    {"--programs", set_programs}, {"--kind", set_kind},       {"--chaos", set_chaos},
    {"--replay", set_replay},     {"--write", set_write},     {"--shrink", set_shrink},
    {"--patience", set_patience}, {"-X", set_setting}};

static bool wrong_option(const char *name, const char *value, const char *why) {
    if (value && !strcmp(name, "-X"))
        fprintf(stderr, "stress: -X %s: %s\n", value, why);
    else if (value)
        fprintf(stderr, "stress: %s must be %s, not '%s'\n", name, why, value);
    else
        fprintf(stderr, "stress: %s %s; --help says more\n", name, why);
    return false;
}

static bool set_option(StressOptions *options, const char *name, const char *value) {
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (strcmp(table[i].name, name)) continue;
        if (!value) return wrong_option(name, NULL, "needs a value");
        const char *wrong = table[i].set(options, value);
        return !wrong || wrong_option(name, value, wrong);
    }
    return wrong_option(name, NULL, "is no option");
}

static uint64_t clock_seed(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    Random random = {(uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec};
    return random_next(&random) % 1000000000;
}

static void set_defaults(StressOptions *options) {
    *options = (StressOptions){.seconds = 10,
                               .shrink = 30,
                               .patience = 30,
                               .threads = 8,
                               .seed = clock_seed(),
                               .chaos = CHAOS_IS_HERE ? CHAOS_HALF : CHAOS_NEVER};
}

static void choose_all_kinds(StressOptions *options) {
    for (size_t i = 0; stress_kinds[i] && i < KINDS_MAX; i++)
        options->kinds[i] = stress_kinds[i];
}

bool stress_options_read(StressOptions *options, int count, char **arguments) {
    set_defaults(options);
    const char *wrong = options_from_environment();
    if (wrong) return fprintf(stderr, "stress: GILT_X: %s\n", wrong), false;
    for (int i = 1; i < count; i++) {
        if (!strcmp(arguments[i], "--help")) {
            printf(help, kind_names());
            options->help = true;
        } else if (!strcmp(arguments[i], "--print")) {
            options->print = true;
        } else {
            const char *value = i + 1 < count ? arguments[i + 1] : NULL;
            if (!set_option(options, arguments[i], value)) return false;
            i++;
        }
    }
    if (!options->kinds[0]) choose_all_kinds(options);
    return true;
}
