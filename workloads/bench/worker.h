/* worker.h: a worker process, and lines to and from it (workloads/procs/serve.h).
 *
 * A worker leads a process group of its own, so that Ctrl-C does not reach it and that
 * all it has forked can be killed with it; and it dies if this process does.
 * Invariant: pid is 0 when nothing is left of it, and then `fd` is closed. */
#pragma once
#include "workloads/bench/tool.h"
#include <stdint.h>
#include <sys/types.h>

typedef struct Worker {
    pid_t pid;
    int fd;
    char *buffer; /* what has come and not been given out yet, from `taken` on */
    size_t size, filled, taken;
    int status;      /* of a worker that has ended, as from waitpid */
    char error[400]; /* one line, after a function has failed */
} Worker;

/* Starts a program, found as a shell would; `command` ends with NULL. */
bool worker_start(Worker *worker, char *const *command);

bool worker_send(Worker *worker, const char *line);

/* The next line, without newline, valid until the next call. NULL: the worker has ended,
 * failed ("error ..."), not answered in time, or we were interrupted; it is dead then,
 * and `error` says why. */
char *worker_receive(Worker *worker, double seconds);

/* After worker_receive gave NULL: was that a normal end? */
bool worker_ended_well(const Worker *worker);

/* Asks it to end, and waits a while. */
bool worker_finish(Worker *worker);
void worker_kill(Worker *worker);

/* A field name=value of a line as a number (0x.. too); false if there is none. */
bool line_number(const char *line, const char *name, uint64_t *number);

/* The numbers in a field name=1,2,3: calls `take` for each. */
void line_numbers(const char *line, const char *name, void (*take)(void *, uint64_t),
                  void *data);
