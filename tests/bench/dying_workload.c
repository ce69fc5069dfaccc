/* dying_workload.c: a workload one of whose processes dies, at the stage and in the way
 * that its arguments say: STAGE HOW FILE. Who makes FILE is the one that dies. The stage
 * `batch` comes when FILE.now is there, too. Linked with the worker by faults.t. */
#include "workloads/workload.h"
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *stage, *how, *file;
static char file_now[4096];

static void die(void) {
    if (!strcmp(how, "KILL")) raise(SIGKILL);
    if (!strcmp(how, "SEGV")) raise(SIGSEGV);
    if (!strcmp(how, "STOP")) raise(SIGSTOP);
    if (!strncmp(how, "exit", 4)) _exit(atoi(how + 4));
}

static void reach(const char *name) {
    if (strcmp(stage, name)) return;
    int made = open(file, O_CREAT | O_EXCL | O_WRONLY, 0600);
    if (made < 0) return;
    close(made);
    die();
}

static bool set_up(int threads, char **arguments, int count) {
    (void)threads;
    if (count != 3) return gilt_raise(GILT_VALUE_ERROR, "arguments: STAGE HOW FILE"), false;
    stage = arguments[0], how = arguments[1], file = arguments[2];
    snprintf(file_now, sizeof file_now, "%s.now", file);
    reach("setup");
    return true;
}

static bool begin(int thread) {
    (void)thread;
    reach("begin");
    return true;
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    uint64_t sum = 1;
    for (uint64_t i = 0; i < 1000; i++) sum = mix(sum, i);
    gilt_safepoint();
    reach("first");
    if (!strcmp(stage, "batch") && !access(file_now, F_OK)) reach("batch");
    *checksum = sum;
    return true;
}

static void end(int thread) {
    (void)thread;
    reach("end");
}

static void tear_down(void) { reach("teardown"); }

WORKLOAD(dies) = {.name = "dies",
                  .title = "one of its processes dies",
                  .operations = 1000,
                  .data = PRIVATE,
                  .setup = set_up,
                  .begin = begin,
                  .batch = batch,
                  .end = end,
                  .teardown = tear_down};
