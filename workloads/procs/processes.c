/* processes.c: a team of processes, one thread each, forked before there is any thread and
 * before gilt is started: each child starts its own.
 *
 * Nobody waits for ever: the parent looks for dead children while it waits, and a child
 * is killed by the kernel when its parent dies. */
#define _GNU_SOURCE
#include "workloads/procs/team.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define LONGEST_END_SECONDS 10

/* The child's whole life; the workload sees one thread, number 0. */
static bool child_run(Team *team, int number) {
    char error[200];
    if (!workload_start(team->job, 1, error, sizeof error)) {
        crew_fail(team->crew, number, "%s", error);
        return false;
    }
    if (!member_run(team->crew, team->job, number, 0)) return false;
    workload_finish(team->job);
    return true;
}

static pid_t fork_child(Team *team, int number) {
    pid_t parent = getpid();
    pid_t child = fork();
    if (child) return child;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(1); /* it died before prctl */
    if (!child_run(team, number)) _exit(1);
    exit(0);
}

/* Who has started the worker may ignore SIGCHLD, and so the worker, too: then the system
 * would forget how a child ended. */
bool processes_start(Team *team) {
    int size = team->job->threads;
    signal(SIGCHLD, SIG_DFL);
    team->processes = calloc((size_t)size, sizeof *team->processes);
    if (!team->processes) {
        snprintf(team->error, sizeof team->error, "no memory");
        return false;
    }
    for (int i = 0; i < size; i++) {
        pid_t child = fork_child(team, i);
        if (child < 0) {
            snprintf(team->error, sizeof team->error,
                     "cannot fork worker process %d of %d: %s", i + 1, size,
                     strerror(errno));
            return false;
        }
        team->processes[i] = child;
    }
    return true;
}

static void describe_death(Team *team, int number, int status) {
    if (WIFSIGNALED(status))
        snprintf(team->error, sizeof team->error,
                 "worker process %d was killed by signal %d", number + 1, WTERMSIG(status));
    else
        snprintf(team->error, sizeof team->error, "worker process %d ended with code %d",
                 number + 1, WEXITSTATUS(status));
}

bool processes_watch(Team *team) {
    for (int i = 0; i < team->job->threads; i++) {
        int status;
        if (!team->processes[i]) continue;
        if (waitpid(team->processes[i], &status, WNOHANG) != team->processes[i]) continue;
        team->processes[i] = 0;
        describe_death(team, i, status);
        return false;
    }
    return true;
}

/* true: all have ended with code 0. Those that do not end in time are left running. */
bool processes_finish(Team *team) {
    uint64_t end = now_nanoseconds() + LONGEST_END_SECONDS * UINT64_C(1000000000);
    for (int i = 0; i < team->job->threads; i++) {
        int status;
        pid_t reaped;
        while (!(reaped = waitpid(team->processes[i], &status, WNOHANG))) {
            if (now_nanoseconds() >= end) {
                snprintf(team->error, sizeof team->error, "worker process %d does not end",
                         i + 1);
                return false;
            }
            usleep(1000);
        }
        team->processes[i] = 0;
        if (reaped > 0 && !status) continue;
        describe_death(team, i, status);
        return false;
    }
    free(team->processes);
    team->processes = NULL;
    return true;
}

void processes_kill(Team *team) {
    for (int i = 0; i < team->job->threads; i++)
        if (team->processes[i]) kill(team->processes[i], SIGKILL);
    for (int i = 0; i < team->job->threads; i++)
        if (team->processes[i]) waitpid(team->processes[i], NULL, 0);
}
