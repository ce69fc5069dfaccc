/* team.h: how the members of a crew come to be and go: as threads of one gilt, as forked
 * processes with a gilt each, or (solo.c) as the one main thread.
 *
 * A Team is the conductor's side. A function that fails leaves one line in `error`; the
 * worker then prints it and calls team_abandon, which ends what is left without waiting
 * for anybody who may be stuck. */
#pragma once
#include "workloads/procs/member.h"
#include <sys/types.h>

typedef struct Team {
    const Job *job;
    Crew *crew;
    GiltThread **threads; /* or NULL */
    pid_t *processes;     /* or NULL; 0: not started, or already reaped */
    char error[300];
} Team;

/* Starts all members and waits until each has begun. */
bool team_start(Team *team, const Job *job);

/* Waits until all members wait for an order. */
bool team_wait(Team *team);

/* All members carry out an order; returns when the last has finished. */
bool team_order(Team *team, Order order);

/* All members end; so do the workload and gilt (of a solo team: by the main thread). */
bool team_finish(Team *team);
void team_abandon(Team *team);

/* Memory and GIL switches so far, of all members together. */
uint64_t team_peak_bytes(const Team *team);
uint64_t team_switches(const Team *team);

/* Pauses so far, of all members together; asks them, so they must be waiting. */
bool team_pauses(Team *team, Pauses *pauses);

/* The two ways: threads.c and processes.c. */
bool threads_start(Team *team);
bool threads_finish_all(Team *team);
bool processes_start(Team *team);
bool processes_watch(Team *team); /* false: one is dead, `error` says which and how */
bool processes_finish(Team *team);
void processes_kill(Team *team);
