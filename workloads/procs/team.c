/* team.c: what threads and processes have in common. */
#include "workloads/procs/team.h"
#include <stdio.h>
#include <string.h>

#define WATCH_NANOSECONDS 20000000 /* how often to look whether a process has died */

/* With processes, looks now and then whether one is dead. A member that says why it failed
 * is believed before the way in which its process ended. */
bool team_wait(Team *team) {
    Crew *crew = team->crew;
    while (!crew_wait(crew, team->processes ? WATCH_NANOSECONDS : 0)) {
        bool all_alive = !team->processes || processes_watch(team);
        uint32_t failed = atomic_load_explicit(&crew->failed, memory_order_acquire);
        if (failed)
            snprintf(team->error, sizeof team->error, "%s",
                     crew->members[failed - 1].error);
        if (failed || !all_alive) return false;
    }
    return true;
}

bool team_start(Team *team, const Job *job) {
    *team = (Team){.job = job, .crew = crew_new(job->threads)};
    if (!team->crew) {
        snprintf(team->error, sizeof team->error, "no shared memory for %d members",
                 job->threads);
        return false;
    }
    return (job->procs ? processes_start(team) : threads_start(team)) && team_wait(team);
}

bool team_order(Team *team, Order order) {
    crew_order(team->crew, order);
    if (!team_wait(team)) return false;
    if (team->threads) { /* what others dropped may be waiting for this thread */
        gilt_blocking_end();
        gilt_safepoint();
        gilt_blocking_begin();
    }
    return true;
}

bool team_finish(Team *team) {
    crew_order(team->crew, (Order){.kind = GO_HOME});
    if (team->processes) return processes_finish(team);
    return !team->threads || threads_finish_all(team);
}

void team_abandon(Team *team) {
    if (team->processes) processes_kill(team);
}

uint64_t team_peak_bytes(const Team *team) {
    if (!team->processes) return peak_bytes();
    uint64_t sum = 0;
    for (int i = 0; i < team->crew->size; i++) sum += team->crew->members[i].peak_bytes;
    return sum;
}

uint64_t team_switches(const Team *team) {
    if (!team->processes) return gilt_switches();
    uint64_t sum = 0;
    for (int i = 0; i < team->crew->size; i++) sum += team->crew->members[i].switches;
    return sum;
}

bool team_pauses(Team *team, Pauses *pauses) {
    memset(pauses, 0, sizeof *pauses);
    if (!team_order(team, (Order){.kind = REPORT})) return false;
    for (int i = 0; i < (team->processes ? team->crew->size : 1); i++)
        pauses_add(pauses, &team->crew->members[i].pauses);
    return true;
}
