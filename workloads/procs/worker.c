/* worker.c: the program that runs one workload in one mode, for build/bench or by hand.
 *
 * Exit codes: 0 fine, 1 the workload failed (a line "error ..." on stdout says why), 2 the
 * command line is wrong. What the workload itself prints goes to stderr: stdout belongs
 * to the protocol, serve.h. */
#include "workloads/procs/about.h"
#include "workloads/procs/registry.h"
#include "workloads/procs/serve.h"
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define THREADS_MOST 10000
#define OPTIONS_MOST 64

static const char usage[] =
    "usage: worker --workload NAME [--threads N] [--procs] [--seconds S]\n"
    "              [-X name=value]... [-- ARGUMENTS OF THE WORKLOAD]\n"
    "       worker --list | --about [-X name=value]...\n"
    "Runs one workload as N threads (or N processes) and answers lines on stdin: sample,\n"
    "share SECONDS, quit. build/bench is the comfortable way.\n";

static const struct option long_options[] = {
    {"workload", required_argument, NULL, 'w'}, {"threads", required_argument, NULL, 't'},
    {"procs", no_argument, NULL, 'p'},          {"seconds", required_argument, NULL, 's'},
    {"list", no_argument, NULL, 'l'},           {"about", no_argument, NULL, 'a'},
    {"help", no_argument, NULL, 'h'},           {0}};

typedef enum Task { RUN, LIST, ABOUT, HELP, WRONG } Task;

static Task complain(const char *what, const char *text) {
    fprintf(stderr, "worker: %s%s\n", what, text);
    return WRONG;
}

static Task set_number(Job *job, int option, const char *text) {
    char *end;
    double number = strtod(text, &end);
    bool is_number = *text && !*end;
    if (option == 't') {
        job->threads = (int)(number >= 1 && number <= THREADS_MOST ? number : 0);
        if (!is_number || !job->threads || job->threads != number)
            return complain("--threads must be a whole number from 1 to 10000, not ", text);
    } else {
        job->seconds = number;
        if (!is_number || !(number > 0 && number <= 3600))
            return complain("--seconds must be more than 0 and at most 3600, not ", text);
    }
    return RUN;
}

static Task set_option(Job *job, int option, const char *text) {
    switch (option) {
    case 'w':
        job->workload = registry_find(text);
        return job->workload ? RUN : complain("there is no workload ", text);
    case 'p':
        job->procs = true;
        return RUN;
    case 'X':
        if (job->option_count == OPTIONS_MOST) return complain("too many options", "");
        job->options[job->option_count++] = text;
        return RUN;
    case 'l':
        return LIST;
    case 'a':
        return ABOUT;
    case 'h':
        return HELP;
    case 't':
    case 's':
        return set_number(job, option, text);
    default:
        return WRONG; /* getopt has complained */
    }
}

static Task read_command_line(Job *job, int count, char **arguments) {
    Task task = RUN;
    int option;
    while ((option = getopt_long(count, arguments, "+X:", long_options, NULL)) != -1) {
        Task asked = set_option(job, option, optarg);
        if (asked != RUN && task != WRONG) task = asked;
    }
    job->arguments = arguments + optind;
    job->argument_count = count - optind;
    if (task == RUN && !job->workload) return complain("--workload is missing", "");
    return task;
}

static int list(int output) {
    for (Workload *w = registry_first(); w; w = w->next)
        dprintf(output, "%s\t%s\t%s\t%s\n", w->name, registry_data_name(w),
                w->fork_alone ? "threads" : "any", w->title);
    return 0;
}

static int about(const Job *job, int output) {
    const char *wrong = gilt_start(job->options, job->option_count);
    if (wrong) return serve_error(output, wrong);
    about_print(output);
    gilt_finish();
    return 0;
}

static int run(const Job *job, int output) {
    Team team;
    if (job->procs && job->workload->fork_alone)
        return serve_error(output, "its threads must meet, so it cannot run as processes");
    if (job->threads == 1 && !job->procs) return solo_run(job, output);
    if (team_start(&team, job)) return serve(&team, output);
    team_abandon(&team);
    return serve_error(output, team.error);
}

int main(int count, char **arguments) {
    const char *options[OPTIONS_MOST + 1] = {NULL};
    Job job = {.threads = 1, .seconds = 0.2, .options = options};
    int output = dup(STDOUT_FILENO);
    if (output < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0) return 1;
    int code = 2;
    switch (read_command_line(&job, count, arguments)) {
    case RUN:
        code = run(&job, output);
        break;
    case LIST:
        code = list(output);
        break;
    case ABOUT:
        code = about(&job, output);
        break;
    case HELP:
        code = dprintf(output, "%s", usage) < 0;
        break;
    case WRONG:
        break;
    }
    if (code) _exit(code); /* threads may be stuck for ever: do not tidy up */
    return 0;
}
