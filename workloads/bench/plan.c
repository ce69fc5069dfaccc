/* plan.c: asks the workers. A mode that is not there, an option that the runtime does not
 * know, and a workload that nobody has are found here, before anything is measured. */
#include "workloads/bench/plan.h"
#include "workloads/bench/options.h"
#include "workloads/bench/worker.h"
#include <fnmatch.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ANSWER_SECONDS 60

static Asked asked;

int plan_read(Plan *plan, int count, char **arguments) {
    return options_read(plan, &asked, count, arguments);
}

/* The directory that this program is in, with all builds beside it. */
static const char *build_directory(void) {
    static char path[PATH_MAX];
    if (*path) return path;
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0) return strcpy(path, ".");
    return dirname(path);
}

/* What --build says of this mode, or its own name; procs is the gil build. */
static const char *mode_directory(const char *mode) {
    size_t length = strlen(mode);
    for (char **build = asked.builds; *build; build++)
        if (!strncmp(*build, mode, length) && (*build)[length] == '=')
            return *build + length + 1;
    return strcmp(mode, "procs") ? mode : mode_directory("gil");
}

/* The program that speaks the workers' protocol, in Python. */
static char *programs_worker(void) {
    return format_text("%s/../workloads/programs/worker.py", build_directory());
}

/* The path of a program of the mode. */
static char *mode_program(const char *name, const char *program) {
    const char *directory = mode_directory(name);
    if (strchr(directory, '/')) return format_text("%s/%s", directory, program);
    return format_text("%s/%s/%s", build_directory(), directory, program);
}

/* Puts the path of the mode's program into its command. */
static int find_worker(Mode *mode, const char *name, bool programs) {
    const char *directory = mode_directory(name);
    bool is_path = strchr(directory, '/') != NULL;
    char *path = mode_program(name, programs ? "gilt" : "worker");
    list_add(&mode->command, path);
    if (programs && !strcmp(name, "procs"))
        return complain("mode %s: Python programs run as threads only", mode->label);
    if (!access(path, X_OK)) return -1;
    if (!is_path && strcmp(directory, "gil") && strcmp(directory, "nogil"))
        return complain("unknown mode %s: it is none of gil, nogil and procs, and there is "
                        "no %s",
                        mode->label, path);
    return complain("mode %s: there is no %s; build it first", mode->label, path);
}

static void add_option(Mode *mode, char *option) {
    list_add(&mode->command, "-X");
    list_add(&mode->command, option);
}

/* NAME or NAME+option=value+option=value */
static int read_mode(Mode *mode, const char *label, bool programs) {
    char *name = format_text("%.*s", (int)strcspn(label, "+"), label);
    const char *rest = strchr(label, '+');
    *mode = (Mode){.label = copy_text(label), .procs = !strcmp(name, "procs")};
    int code = find_worker(mode, name, programs);
    free(name);
    for (char **option = asked.options; *option; option++) add_option(mode, *option);
    for (; rest; rest = strchr(rest, '+')) {
        rest++;
        add_option(mode, format_text("%.*s", (int)strcspn(rest, "+"), rest));
    }
    if (programs) list_add(&mode->command, programs_worker());
    return code;
}

/* NAME=COMMAND: words between spaces. */
static int read_peer(const Plan *plan, Mode *mode, const char *text) {
    size_t length = strcspn(text, "=");
    *mode = (Mode){.label = format_text("%.*s", (int)length, text)};
    char *rest = copy_text(text[length] ? text + length + 1 : ""), *word;
    while ((word = strsep(&rest, " ")))
        if (*word) list_add(&mode->command, word);
    if (!length || !mode->command)
        return complain("--peer: \"%s\" is not NAME=COMMAND", text);
    for (Mode *other = plan->modes; other < mode; other++)
        if (!strcmp(other->label, mode->label))
            return complain("--peer: %s is there twice", mode->label);
    list_add(&mode->command, programs_worker());
    return -1;
}

static int check_builds(void) {
    for (char **build = asked.builds; *build; build++) {
        const char *equals = strchr(*build, '=');
        if (!equals || equals == *build || !equals[1])
            return complain("--build: \"%s\" is not MODE=DIR", *build);
        bool used = false;
        for (char **mode = asked.modes; *mode; mode++) {
            size_t length = strcspn(*mode, "+");
            used |= length == (size_t)(equals - *build) && !strncmp(*mode, *build, length);
            used |= !strncmp(*mode, "procs", 5) && !strncmp(*build, "gil=", 4);
        }
        if (!used) return complain("--build: no such mode: %s", *build);
    }
    return -1;
}

/* ---- What a worker is, and what it has ------------------------------------------- */

static void about_line(Mode *mode, const char *line) {
    const struct {
        const char *name;
        char **place;
    } fields[] = {{"policies=", &mode->policies},
                  {"compiler=", &mode->compiler},
                  {"flags=", &mode->flags},
                  {"commit=", &mode->commit}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        size_t length = strlen(fields[i].name);
        if (!strncmp(line, fields[i].name, length))
            *fields[i].place = copy_text(line + length);
    }
}

/* Does with all lines of a worker's answer; false: `worker->error` says why not. */
static bool each_line(Worker *worker, Mode *mode, const char *what,
                      void (*take)(void *, const char *), void *data) {
    char **command = NULL;
    for (char **word = mode->command; *word; word++) list_add(&command, *word);
    list_add(&command, (char *)what);
    bool started = worker_start(worker, command);
    free(command);
    if (!started) return false;
    for (const char *line; (line = worker_receive(worker, ANSWER_SECONDS));)
        take(data, line);
    return worker_ended_well(worker);
}

static void take_about(void *data, const char *line) { about_line(data, line); }

static int ask_about(Mode *mode) {
    Worker worker;
    mode->policies = mode->compiler = mode->flags = mode->commit = "unknown";
    if (each_line(&worker, mode, "--about", take_about, mode)) return -1;
    if (interrupted()) return EXIT_INTERRUPTED;
    return complain("mode %s: %s", mode->label, worker.error);
}

/* NAME tab DATA tab threads|any tab TITLE */
static void take_workload(void *data, const char *line) {
    Plan *plan = data;
    char *fields[4], *rest = copy_text(line);
    for (int i = 0; i < 4; i++)
        if (!(fields[i] = strsep(&rest, i < 3 ? "\t" : "\n"))) return;
    plan->workloads =
        grow(plan->workloads, (size_t)plan->workload_count + 1, sizeof *plan->workloads);
    plan->workloads[plan->workload_count++] =
        (Workload){.name = fields[0],
                   .title = fields[3],
                   .data = *fields[1] == 'c'   ? DATA_CONTROL
                           : *fields[1] == 's' ? DATA_SHARED
                                               : DATA_PRIVATE,
                   .processes = !strcmp(fields[2], "any")};
}

static int ask_workloads(Plan *plan) {
    Worker worker;
    if (each_line(&worker, &plan->modes[0], "--list", take_workload, plan)) return -1;
    if (interrupted()) return EXIT_INTERRUPTED;
    return complain("mode %s: %s", plan->modes[0].label, worker.error);
}

static bool set_control(Plan *plan, const Plan *listed, const Mode *mode) {
    for (int i = 0; i < listed->workload_count && !plan->control; i++)
        if (listed->workloads[i].data == DATA_CONTROL)
            plan->control = &listed->workloads[i];
    plan->control_mode = mode;
    return plan->control;
}

/* The control touches no object, so it is the same in all modes: the first will do. It is
 * in C beside Python programs, too: the worker of the first mode, if it has been built. */
static int find_control(Plan *plan) {
    static Mode mode;
    static Plan listed;
    Worker worker;
    if (!plan->programs) {
        set_control(plan, plan, &plan->modes[0]);
        return -1;
    }
    mode.label = format_text("%.*s", (int)strcspn(asked.modes[0], "+"), asked.modes[0]);
    char *path = mode_program(mode.label, "worker");
    list_add(&mode.command, path);
    if (access(path, X_OK)) return -1;
    if (each_line(&worker, &mode, "--list", take_workload, &listed) &&
        set_control(plan, &listed, &mode))
        return -1;
    if (interrupted()) return EXIT_INTERRUPTED;
    return complain("%s: %s", path, *worker.error ? worker.error : "it has no control");
}

/* The control is always measured: the efficiency of the others is against it. Without
 * names, --share takes those on private data, since the others cannot be shared out. */
static int choose(Plan *plan) {
    for (char **name = asked.workloads; *name; name++) {
        bool found = false;
        for (int i = 0; i < plan->workload_count; i++) {
            if (fnmatch(*name, plan->workloads[i].name, 0)) continue;
            plan->workloads[i].chosen = found = true;
            if (plan->share && plan->workloads[i].data == DATA_SHARED)
                return complain("--share needs private data, and that of %s is shared",
                                plan->workloads[i].name);
        }
        if (!found) return complain("unknown workload %s: see --list", *name);
    }
    for (int i = 0; i < plan->workload_count; i++) {
        Workload *w = &plan->workloads[i];
        if (!*asked.workloads) w->chosen = !plan->share || w->data != DATA_SHARED;
        if (w->data == DATA_CONTROL && !plan->share) w->chosen = true;
    }
    return -1;
}

int plan_ask_workers(Plan *plan) {
    int code = check_builds();
    int own = list_length(asked.modes);
    plan->mode_count = own + list_length(asked.peers);
    plan->modes = make((size_t)plan->mode_count, sizeof *plan->modes);
    for (int i = 0; i < own && code < 0; i++)
        code = read_mode(&plan->modes[i], asked.modes[i], plan->programs);
    for (int i = own; i < plan->mode_count && code < 0; i++)
        code = read_peer(plan, &plan->modes[i], asked.peers[i - own]);
    for (int i = 0; i < plan->mode_count && code < 0; i++)
        code = ask_about(&plan->modes[i]);
    if (code < 0) code = ask_workloads(plan);
    if (code < 0) code = find_control(plan);
    if (code < 0) code = choose(plan);
    return code;
}
