/* options.c: reads the command line; everything wrong is one line and exit code 2. */
#define _GNU_SOURCE
#include "workloads/bench/options.h"
#include <getopt.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#define THREADS_MOST 10000

static const char help[] =
    "usage: bench [WORKLOAD...] [options] [-- ARGUMENTS OF THE WORKLOADS]\n"
    "\n"
    "Measures how workloads scale over threads with a GIL (gil), without one (nogil) and\n"
    "as processes (procs). Without WORKLOAD (a name or a pattern): all of them.\n"
    "\n"
    "  --list            show the workloads and end\n"
    "  --modes LIST      gil,nogil,procs (the default), or other builds: nogil-atomic;\n"
    "                    a mode may have options of its own: gil,gil+gil=ticks\n"
    "  --threads LIST    such as 1,2,4; 1 is always among them, since speed-up is over "
    "one\n"
    "                    thread (default: 1 and the number of cores)\n"
    "  --repeat N        samples of each figure (default 5)\n"
    "  --seconds S       length of a sample (default 0.2)\n"
    "  --share S         instead: all threads run for S seconds; how much gets each done?\n"
    "  -X NAME=VALUE     an option of the runtime, for all modes (may be repeated)\n"
    "  --programs        measure the Python programs in workloads/programs instead; the "
    "modes\n"
    "                    are gil,nogil then, and figures are runs per second\n"
    "  --peer NAME=COMMAND  the same, and beside the modes any other Python, such as\n"
    "                    --peer python3.11=python3.11 (may be repeated)\n"
    "  --build MODE=DIR  where a mode's worker is: a directory beside this program, or a\n"
    "                    path with a slash (default: gil, nogil; gil for procs)\n"
    "  --json FILE       write all figures\n"
    "  --svg FILE        plot throughput over threads (needs gnuplot)\n"
    "  --html FILE       write a report with table and plot\n"
    "  --help            show this and end\n"
    "\n"
    "Columns: throughput of all threads together, median of the samples; spread, from the\n"
    "slowest to the fastest sample; speed-up against one gil thread; efficiency: gain "
    "over\n"
    "the same mode's one thread, as part of what the control gains (1.00: as the machine\n"
    "allows); peak memory. Exit code: 0, 1 if a measurement failed, 2 for a wrong command\n"
    "line, 130 if interrupted.\n";

enum {
    LIST = 256,
    MODES,
    THREADS,
    REPEAT,
    SECONDS,
    SHARE,
    BUILD,
    PROGRAMS,
    PEER,
    JSON,
    SVG,
    HTML,
    HELP
};

static const struct option long_options[] = {{"list", no_argument, NULL, LIST},
                                             {"modes", required_argument, NULL, MODES},
                                             {"threads", required_argument, NULL, THREADS},
                                             {"repeat", required_argument, NULL, REPEAT},
                                             {"seconds", required_argument, NULL, SECONDS},
                                             {"share", required_argument, NULL, SHARE},
                                             {"build", required_argument, NULL, BUILD},
                                             {"programs", no_argument, NULL, PROGRAMS},
                                             {"peer", required_argument, NULL, PEER},
                                             {"json", required_argument, NULL, JSON},
                                             {"svg", required_argument, NULL, SVG},
                                             {"html", required_argument, NULL, HTML},
                                             {"help", no_argument, NULL, HELP},
                                             {0}};

int allowed_cores(void) {
    cpu_set_t allowed;
    return sched_getaffinity(0, sizeof allowed, &allowed) ? 1 : CPU_COUNT(&allowed);
}

/* Words between commas; an empty one is an error of the caller's. */
static char **split(const char *text) {
    char **words = make(1, sizeof *words);
    for (;;) {
        size_t length = strcspn(text, ",");
        list_add(&words, format_text("%.*s", (int)length, text));
        if (!text[length]) return words;
        text += length + 1;
    }
}

static bool read_whole(const char *text, int most, int *number) {
    char *end;
    double value = strtod(text, &end);
    if (!*text || *end || !(value >= 1 && value <= most) || value != (int)value)
        return false;
    *number = (int)value;
    return true;
}

static bool read_seconds(const char *text, double *seconds) {
    char *end;
    *seconds = strtod(text, &end);
    return *text && !*end && *seconds >= 0.001 && *seconds <= 3600;
}

/* Keeps the list ascending and without doubles. */
static void threads_add(Plan *plan, int threads) {
    int at = 0;
    while (at < plan->thread_count && plan->threads[at] < threads) at++;
    if (at < plan->thread_count && plan->threads[at] == threads) return;
    plan->threads = grow(plan->threads, (size_t)plan->thread_count + 1, sizeof(int));
    memmove(plan->threads + at + 1, plan->threads + at,
            (size_t)(plan->thread_count - at) * sizeof(int));
    plan->threads[at] = threads;
    plan->thread_count++;
}

static int set_threads(Plan *plan, const char *text) {
    char **words = split(text);
    for (int i = 0; words[i]; i++) {
        int threads;
        if (!read_whole(words[i], THREADS_MOST, &threads))
            return complain("--threads: \"%s\" is not a whole number from 1 to %d",
                            words[i], THREADS_MOST);
        threads_add(plan, threads);
    }
    return -1;
}

static int set_modes(Asked *asked, const char *text) {
    asked->modes = split(text);
    for (int i = 0; asked->modes[i]; i++)
        for (int j = 0; j < i; j++)
            if (!strcmp(asked->modes[i], asked->modes[j]))
                return complain("--modes: %s is there twice", asked->modes[i]);
    return -1;
}

static int set_number(Plan *plan, int option, const char *text) {
    if (option == REPEAT)
        return read_whole(text, 1000, &plan->repeat)
                   ? -1
                   : complain("--repeat: \"%s\" is not a whole number from 1 to 1000",
                              text);
    bool share = option == SHARE;
    if (read_seconds(text, share ? &plan->share : &plan->seconds)) return -1;
    return complain("--%s: \"%s\" is not a number of seconds from 0.001 to 3600",
                    share ? "share" : "seconds", text);
}

static int set_option(Plan *plan, Asked *asked, int option, char *text) {
    switch (option) {
    case 1:
        list_add(&asked->workloads, text);
        return -1;
    case 'X':
        list_add(&asked->options, text);
        return -1;
    case BUILD:
        list_add(&asked->builds, text);
        return -1;
    case PEER:
        list_add(&asked->peers, text);
        plan->programs = true;
        return -1;
    case PROGRAMS:
        plan->programs = true;
        return -1;
    case LIST:
        plan->list = true;
        return -1;
    case MODES:
        return set_modes(asked, text);
    case THREADS:
        return set_threads(plan, text);
    case REPEAT:
    case SECONDS:
    case SHARE:
        return set_number(plan, option, text);
    case JSON:
        plan->json = text;
        return -1;
    case SVG:
        plan->svg = text;
        return -1;
    case HTML:
        plan->html = text;
        return -1;
    case HELP:
        fputs(help, stdout);
        return EXIT_FINE;
    default:
        fputs("bench: see --help\n", stderr);
        return EXIT_USAGE;
    }
}

static char *join(int count, char **words) {
    char *text = copy_text("bench");
    for (int i = 1; i < count; i++) {
        char *longer = format_text("%s %s", text, words[i]);
        free(text);
        text = longer;
    }
    return text;
}

int options_read(Plan *plan, Asked *asked, int count, char **arguments) {
    *plan = (Plan){.repeat = 5, .seconds = 0.2, .command = join(count, arguments)};
    *asked = (Asked){make(1, sizeof(char *)), NULL, make(1, sizeof(char *)),
                     make(1, sizeof(char *)), make(1, sizeof(char *))};
    int option, code = -1;
    while ((option = getopt_long(count, arguments, "-X:", long_options, NULL)) != -1)
        if ((code = set_option(plan, asked, option, optarg)) >= 0) return code;
    plan->arguments = arguments + optind;
    if (!asked->modes)
        asked->modes = split(plan->programs ? "gil,nogil" : "gil,nogil,procs");
    if (!plan->thread_count) threads_add(plan, allowed_cores());
    threads_add(plan, 1);
    if (plan->share && plan->programs)
        return complain("--share is for the workloads in C, not for programs");
    if (plan->share && (plan->json || plan->svg || plan->html))
        return complain("--share gives a table only, not --json, --svg or --html");
    return -1;
}
