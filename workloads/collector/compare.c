/* compare.c: the command line of build/collector, and its processes. */
#include "workloads/collector/compare.h"
#include <getopt.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WAIT_SECONDS 300

static const char help[] =
    "usage: collector [options]\n"
    "\n"
    "Measures the collector in all modes: full and young collections, garbage beside an "
    "old\n"
    "heap, a growing list; compares what it counts; shows what memory comes back.\n"
    "\n"
    "  --modes LIST    gil,nogil (the default), or other builds: nogil-atomic; a\n"
    "                  name with a slash is the directory of one\n"
    "  --peer PROGRAM  the same in this Python, for ratios (may be repeated)\n"
    "  --only WORD     times, counts or memory\n"
    "  --repeat N      samples of each figure (default: 5 to 45, by table)\n"
    "  --scale S       multiply all sizes by this, for a quick look\n"
    "  --help          show this and end\n"
    "\n"
    "Exit code: 0; 1 if something failed or counts differ between modes; 2 for a wrong\n"
    "command line.\n";

enum { MODES = 256, PEER, ONLY, REPEAT, SCALE, HELP };

static const struct option long_options[] = {{"modes", required_argument, NULL, MODES},
                                             {"peer", required_argument, NULL, PEER},
                                             {"only", required_argument, NULL, ONLY},
                                             {"repeat", required_argument, NULL, REPEAT},
                                             {"scale", required_argument, NULL, SCALE},
                                             {"help", no_argument, NULL, HELP},
                                             {0}};

/* ---- Processes -------------------------------------------------------------------- */

static bool fail(Compare *compare, const Party *party, const char *why) {
    progress_clear();
    printf("  %s  error: %s\n", party->label, why);
    compare->failed = true;
    return false;
}

bool party_start(Compare *compare, const Party *party, Worker *worker, const char *scene,
                 double size, const char *option) {
    char **command = NULL;
    char *number = format_text("%.0f", size * compare->scale);
    list_add(&command, party->program);
    if (party->script) list_add(&command, party->script);
    list_add(&command, (char *)scene);
    list_add(&command, number);
    if (option && !party->script) list_add(&command, (char *)option);
    progress("%s: %s %s", party->label, scene, number);
    bool ready = worker_start(worker, command) && worker_receive(worker, WAIT_SECONDS);
    free(command);
    free(number);
    return ready || fail(compare, party, worker->error);
}

const char *party_sample(Compare *compare, const Party *party, Worker *worker) {
    const char *line = NULL;
    if (worker_send(worker, "sample\n")) line = worker_receive(worker, WAIT_SECONDS);
    if (!line) fail(compare, party, worker->error);
    return line;
}

/* ---- The command line --------------------------------------------------------------- */

static int wrong(const char *what, const char *text) {
    fprintf(stderr, "collector: %s%s\n", what, text);
    return EXIT_USAGE;
}

/* The directory that this program is in, with all builds beside it. */
static char *beside(const char *path) {
    char self[PATH_MAX] = ".";
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    if (length > 0) self[length] = 0;
    return format_text("%s/%s", dirname(self), path);
}

static int add_party(Compare *compare, char *label, char *program, char *script) {
    if (compare->count == PARTIES_MAX) return wrong("too many modes and peers", "");
    if (access(program, X_OK)) return wrong("there is no ", program);
    compare->parties[compare->count++] = (Party){label, program, script};
    return -1;
}

static int add_modes(Compare *compare, char *list) {
    int code = -1;
    for (char *name, *rest = list; code < 0 && (name = strsep(&rest, ","));) {
        char *path = format_text("%s/collector", name);
        code = add_party(compare, name, strchr(name, '/') ? path : beside(path), NULL);
    }
    compare->modes = compare->count;
    return code;
}

static int add_peers(Compare *compare, char **peers) {
    int code = -1;
    for (char **peer = peers; peer && *peer && code < 0; peer++)
        code = add_party(compare, *peer, *peer, beside("../workloads/collector/peer.py"));
    return code;
}

static bool read_number(const char *text, double least, double most, double *number) {
    char *end;
    *number = strtod(text, &end);
    return *text && !*end && *number >= least && *number <= most;
}

typedef struct Asked {
    char *modes, **peers;
    const char *only;
} Asked;

static int set_option(Compare *compare, Asked *asked, int option, char *text) {
    double number;
    switch (option) {
    case MODES:
        asked->modes = text;
        return -1;
    case PEER:
        list_add(&asked->peers, text);
        return -1;
    case ONLY:
        asked->only = text;
        if (!strcmp(text, "times") || !strcmp(text, "counts") || !strcmp(text, "memory"))
            return -1;
        return wrong("--only is times, counts or memory, not ", text);
    case REPEAT:
        if (!read_number(text, 1, 1000, &number))
            return wrong("--repeat is a number from 1 to 1000, not ", text);
        compare->repeat = (int)number;
        return -1;
    case SCALE:
        if (read_number(text, 0.0001, 10, &compare->scale)) return -1;
        return wrong("--scale is a number from 0.0001 to 10, not ", text);
    case HELP:
        fputs(help, stdout);
        return EXIT_FINE;
    default:
        fputs("collector: see --help\n", stderr);
        return EXIT_USAGE;
    }
}

static bool wanted(const Asked *asked, const char *what) {
    return !asked->only || !strcmp(asked->only, what);
}

int main(int count, char **arguments) {
    Compare compare = {.scale = 1};
    Asked asked = {.modes = copy_text("gil,nogil")};
    int option, code = -1;
    while ((option = getopt_long(count, arguments, "", long_options, NULL)) != -1)
        if ((code = set_option(&compare, &asked, option, optarg)) >= 0) return code;
    if (optind < count) return wrong("what is ", arguments[optind]);
    if ((code = add_modes(&compare, asked.modes)) >= 0) return code;
    if ((code = add_peers(&compare, asked.peers)) >= 0) return code;
    if (compare.scale != 1) printf("All sizes are times %g.\n\n", compare.scale);
    interrupts_begin();
    if (wanted(&asked, "times")) compare_times(&compare);
    if (wanted(&asked, "counts") && !interrupted()) compare_counts(&compare);
    if (wanted(&asked, "memory") && !interrupted()) compare_memory(&compare);
    if (interrupted()) return EXIT_INTERRUPTED;
    return compare.failed ? EXIT_FAILED : EXIT_FINE;
}
