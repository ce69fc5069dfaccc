/* tool.c: messages, memory, signals and files. */
#define _GNU_SOURCE
#include "workloads/bench/tool.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int complain(const char *format, ...) {
    va_list values;
    progress_clear();
    fputs("bench: ", stderr);
    va_start(values, format);
    vfprintf(stderr, format, values);
    va_end(values);
    fputc('\n', stderr);
    return EXIT_USAGE;
}

static void *checked(void *block) {
    if (block) return block;
    complain("no memory");
    exit(EXIT_FAILED);
}

void *make(size_t count, size_t size) { return checked(calloc(count ? count : 1, size)); }

void *grow(void *block, size_t count, size_t size) {
    return checked(reallocarray(block, count, size));
}

char *copy_text(const char *text) { return checked(strdup(text)); }

char *format_text(const char *format, ...) {
    va_list values;
    char *text;
    va_start(values, format);
    if (vasprintf(&text, format, values) < 0) text = NULL;
    va_end(values);
    return checked(text);
}

int list_length(char *const *list) {
    int length = 0;
    while (list[length]) length++;
    return length;
}

void list_add(char ***list, char *text) {
    int length = *list ? list_length(*list) : 0;
    *list = grow(*list, (size_t)length + 2, sizeof **list);
    (*list)[length] = text;
    (*list)[length + 1] = NULL;
}

/* ---- Signals: blocked, except while waiting, so that none comes at a bad time ---- */

static volatile sig_atomic_t signalled;
static sigset_t old_mask;

static void note(int signal) {
    (void)signal;
    signalled = 1;
}

void interrupts_begin(void) {
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    sigset_t blocked;
    signal(SIGCHLD, SIG_DFL); /* or, if it came ignored, nobody could be waited for */
    sigemptyset(&blocked);
    for (int i = 0; i < 3; i++) {
        struct sigaction action = {.sa_handler = note}, old;
        sigaction(signals[i], NULL, &old);
        if (signals[i] == SIGHUP && old.sa_handler == SIG_IGN) continue; /* nohup */
        sigaddset(&blocked, signals[i]);
        sigaction(signals[i], &action, NULL);
    }
    sigprocmask(SIG_BLOCK, &blocked, &old_mask);
}

bool interrupted(void) { return signalled; }

void interrupts_reset(void) { sigprocmask(SIG_SETMASK, &old_mask, NULL); }

int wait_readable(int fd, double seconds) {
    struct pollfd one = {.fd = fd, .events = POLLIN};
    double end = now_seconds() + seconds;
    while (!signalled) {
        double left = end - now_seconds();
        if (left < 0) left = 0;
        struct timespec time = {(time_t)left, (long)((left - (double)(time_t)left) * 1e9)};
        int ready = ppoll(&one, 1, &time, &old_mask);
        if (ready >= 0) return ready;
    }
    return -1;
}

double now_seconds(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

/* ---- Progress -------------------------------------------------------------------- */

static bool progress_shown;

void progress(const char *format, ...) {
    if (!isatty(STDERR_FILENO)) return;
    va_list values;
    va_start(values, format);
    fputs("\r\033[K", stderr);
    vfprintf(stderr, format, values);
    va_end(values);
    progress_shown = true;
}

void progress_clear(void) {
    if (progress_shown) fputs("\r\033[K", stderr);
    progress_shown = false;
}

/* ---- New files ------------------------------------------------------------------- */

bool new_file_begin(NewFile *new_file, const char *path) {
    *new_file = (NewFile){.path = path, .temporary = format_text("%s.XXXXXX", path)};
    int fd = mkstemp(new_file->temporary);
    new_file->file = fd < 0 ? NULL : fdopen(fd, "w+");
    if (new_file->file) return true;
    complain("cannot write %s: %s", path, strerror(errno));
    free(new_file->temporary);
    return false;
}

/* mkstemp makes files that only their owner may read. */
bool new_file_commit(NewFile *new_file) {
    mode_t mask = umask(0);
    umask(mask);
    bool fine = !fchmod(fileno(new_file->file), 0666 & ~mask);
    fine &= !fflush(new_file->file) && !ferror(new_file->file);
    fine &= !fclose(new_file->file);
    fine = fine && !rename(new_file->temporary, new_file->path);
    if (!fine) {
        complain("cannot write %s: %s", new_file->path, strerror(errno));
        unlink(new_file->temporary);
    }
    free(new_file->temporary);
    return fine;
}

void new_file_abandon(NewFile *new_file) {
    fclose(new_file->file);
    unlink(new_file->temporary);
    free(new_file->temporary);
}

bool new_file_possible(const char *path) {
    NewFile trial;
    struct stat there;
    if (!stat(path, &there) && S_ISDIR(there.st_mode)) {
        complain("cannot write %s: it is a directory", path);
        return false;
    }
    if (!new_file_begin(&trial, path)) return false;
    new_file_abandon(&trial);
    return true;
}
