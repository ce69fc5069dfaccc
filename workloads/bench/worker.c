/* worker.c: fork, exec, and lines over a socket pair. */
#define _GNU_SOURCE
#include "workloads/bench/worker.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define END_SECONDS 20

static _Noreturn void become(char *const *command, int fd, pid_t parent) {
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(1); /* it died before prctl */
    interrupts_reset();
    dup2(fd, STDIN_FILENO);
    dup2(fd, STDOUT_FILENO);
    execvp(command[0], command);
    dprintf(STDOUT_FILENO, "error cannot run %s: %s\n", command[0], strerror(errno));
    _exit(1);
}

bool worker_start(Worker *worker, char *const *command) {
    int pair[2];
    pid_t parent = getpid();
    *worker = (Worker){.fd = -1};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair)) {
        snprintf(worker->error, sizeof worker->error, "no socket: %s", strerror(errno));
        return false;
    }
    worker->fd = pair[0];
    worker->pid = fork();
    if (!worker->pid) become(command, pair[1], parent);
    close(pair[1]);
    if (worker->pid < 0) {
        snprintf(worker->error, sizeof worker->error, "cannot fork: %s", strerror(errno));
        close(worker->fd);
        worker->pid = 0;
        return false;
    }
    setpgid(worker->pid, worker->pid); /* whoever of the two is first */
    return true;
}

/* Ends what is left of it and of its children, and fetches its status: a process that is
 * already on its way out keeps its own exit code. */
static void bury(Worker *worker) {
    if (!worker->pid) return;
    close(worker->fd);
    kill(-worker->pid, SIGKILL);
    waitpid(worker->pid, &worker->status, 0);
    worker->pid = 0;
    free(worker->buffer);
    worker->buffer = NULL;
    worker->size = worker->filled = worker->taken = 0;
}

void worker_kill(Worker *worker) { bury(worker); }

static char *give_up(Worker *worker, const char *why) {
    worker_kill(worker);
    snprintf(worker->error, sizeof worker->error, "%s", why);
    return NULL;
}

/* It closed its end: it is about to be dead, or is. */
static char *ended(Worker *worker) {
    bury(worker);
    if (WIFSIGNALED(worker->status))
        snprintf(worker->error, sizeof worker->error, "the worker was killed by signal %d",
                 WTERMSIG(worker->status));
    else
        snprintf(worker->error, sizeof worker->error, "the worker ended with code %d",
                 WEXITSTATUS(worker->status));
    return NULL;
}

bool worker_ended_well(const Worker *worker) {
    return !worker->pid && WIFEXITED(worker->status) && !WEXITSTATUS(worker->status) &&
           !interrupted();
}

bool worker_send(Worker *worker, const char *line) {
    size_t length = strlen(line);
    if (send(worker->fd, line, length, MSG_NOSIGNAL) == (ssize_t)length) return true;
    /* It is dead, and its last words, or its status, say why. */
    while (worker_receive(worker, 1)) {
    }
    return false;
}

static char *take_line(Worker *worker) {
    char *start = worker->buffer + worker->taken;
    char *end = memchr(start, '\n', worker->filled - worker->taken);
    if (!end) return NULL;
    *end = 0;
    worker->taken = (size_t)(end + 1 - worker->buffer);
    return start;
}

/* More bytes into the buffer; false: there are none, now or ever. */
static bool fill(Worker *worker) {
    memmove(worker->buffer, worker->buffer + worker->taken, worker->filled - worker->taken);
    worker->filled -= worker->taken;
    worker->taken = 0;
    if (worker->filled == worker->size) {
        worker->size = worker->size ? 2 * worker->size : 4096;
        worker->buffer = grow(worker->buffer, worker->size, 1);
    }
    ssize_t n =
        recv(worker->fd, worker->buffer + worker->filled, worker->size - worker->filled, 0);
    if (n <= 0) return false;
    worker->filled += (size_t)n;
    return true;
}

char *worker_receive(Worker *worker, double seconds) {
    double end = now_seconds() + seconds;
    for (;;) {
        char *line = worker->buffer ? take_line(worker) : NULL;
        if (line && !strncmp(line, "error ", 6)) {
            char *why = copy_text(line + 6);
            give_up(worker, why);
            free(why);
            return NULL;
        }
        if (line) return line;
        double left = end - now_seconds();
        int ready = wait_readable(worker->fd, left > 0 ? left : 0);
        if (ready < 0) return give_up(worker, "interrupted");
        if (!ready) return give_up(worker, "the worker does not answer");
        if (!worker->buffer) worker->buffer = make(worker->size = 4096, 1);
        if (!fill(worker)) return ended(worker);
    }
}

bool worker_finish(Worker *worker) {
    if (!worker->pid) return true;
    shutdown(worker->fd, SHUT_WR);
    while (worker_receive(worker, END_SECONDS)) {
    }
    return worker_ended_well(worker);
}

/* ---- Fields ---------------------------------------------------------------------- */

static const char *field(const char *line, const char *name) {
    size_t length = strlen(name);
    for (const char *at = line; (at = strstr(at, name)); at += length)
        if ((at == line || at[-1] == ' ') && at[length] == '=') return at + length + 1;
    return NULL;
}

bool line_number(const char *line, const char *name, uint64_t *number) {
    const char *value = field(line, name);
    char *end;
    if (!value) return false;
    *number = strtoull(value, &end, 0);
    return end > value;
}

void line_numbers(const char *line, const char *name, void (*take)(void *, uint64_t),
                  void *data) {
    const char *value = field(line, name);
    for (char *end; value; value = *end == ',' ? end + 1 : NULL) {
        uint64_t number = strtoull(value, &end, 0);
        if (end == value) return;
        take(data, number);
    }
}
