/* threads.c: a team of threads. The worker's main thread starts gilt and the workload, and
 * is detached from then on until the end. */
#include "workloads/procs/team.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct Place {
    Team *team;
    int number;
} Place;

/* A thread that has failed must not return, since others may be stuck waiting for it: it
 * sleeps, and the worker ends the process. */
static void thread_main(void *argument) {
    Place place = *(Place *)argument;
    free(argument);
    if (member_run(place.team->crew, place.team->job, place.number, place.number)) return;
    for (;;) pause();
}

static bool start_thread(Team *team, int number) {
    Place *place = malloc(sizeof *place);
    if (place) {
        *place = (Place){team, number};
        team->threads[number] = gilt_thread_start(thread_main, place);
    }
    if (place && team->threads[number]) return true;
    char text[200] = "no memory";
    if (place) error_text(text, sizeof text);
    free(place);
    snprintf(team->error, sizeof team->error, "cannot start thread %d of %d: %s",
             number + 1, team->job->threads, text);
    return false;
}

bool threads_start(Team *team) {
    const Job *job = team->job;
    if (!workload_start(job, job->threads, team->error, sizeof team->error)) return false;
    team->threads = calloc((size_t)job->threads, sizeof *team->threads);
    if (!team->threads) {
        snprintf(team->error, sizeof team->error, "no memory");
        return false;
    }
    for (int i = 0; i < job->threads; i++)
        if (!start_thread(team, i)) return false;
    gilt_blocking_begin();
    return true;
}

bool threads_finish_all(Team *team) {
    gilt_blocking_end();
    bool fine = true;
    for (int i = 0; i < team->job->threads; i++) fine &= gilt_thread_join(team->threads[i]);
    free(team->threads);
    workload_finish(team->job);
    if (!fine)
        snprintf(team->error, sizeof team->error, "a thread ended with an exception");
    return fine;
}
