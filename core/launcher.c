/* launcher.c: build/gilt, which runs a program on the build of gilt that the command line
 * picks: that of the mode's directory beside it, or the program gilt-MODE beside it, as
 * both are installed. It becomes that program (exec), so exit codes, signals and standard
 * streams are that program's own. It links no runtime. */
#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char usage[] = "usage: gilt [--gil | --nogil] [option] ... [file] [arg] ...\n"
                            "  --gil    one thread runs at a time\n"
                            "  --nogil  all threads run (this is the default)\n"
                            "  -h       this text; all other options are those of the "
                            "build: gilt --gil -- -h\n";

/* The program of this mode, into `path` of PATH_MAX bytes; false: there is none, and it is
 * the first place where it should be. */
static bool find(const char *mode, char *path) {
    static const char *const places[] = {"%s/gilt-%s", "%s/%s/gilt"};
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    self[length > 0 ? length : 0] = 0;
    const char *directory = dirname(self);
    for (int i = 0; i < 2; i++) {
        int bytes = snprintf(path, PATH_MAX, places[i], directory, mode);
        if (bytes < PATH_MAX && !access(path, X_OK)) return true;
    }
    return false;
}

int main(int count, char **arguments) {
    const char *mode = "nogil";
    int at = 1;
    for (; at < count; at++) {
        const char *option = arguments[at];
        if (!strcmp(option, "-h") || !strcmp(option, "--help"))
            return fputs(usage, stdout) < 0;
        if (strcmp(option, "--gil") && strcmp(option, "--nogil")) break;
        mode = option + 2;
    }
    if (at < count && !strcmp(arguments[at], "--")) at++;
    char path[PATH_MAX];
    if (!find(mode, path)) {
        fprintf(stderr, "gilt: there is no %s; build it: make build/%s/gilt\n", path, mode);
        return 2;
    }
    arguments[at - 1] = path;
    execv(path, arguments + at - 1);
    fprintf(stderr, "gilt: %s: %s\n", path, strerror(errno));
    return 126;
}
