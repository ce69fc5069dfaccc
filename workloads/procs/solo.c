/* solo.c: a team of one thread, and that is the main thread: it owns what the workload's
 * setup has made, as in any program that has but one. (Otherwise one nogil thread would
 * pay for sharing all that with a main thread that only waits.) The conductor is a thread
 * of which gilt knows nothing. */
#include "workloads/procs/serve.h"
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct Solo {
    Team team;
    int output;
} Solo;

/* After a failure the main thread may be stuck: end the process from here. */
static void *conduct(void *data) {
    Solo *solo = data;
    bool begun = team_wait(&solo->team);
    int code = begun ? serve(&solo->team, solo->output)
                     : serve_error(solo->output, solo->team.error);
    if (code) _exit(code);
    return NULL;
}

int solo_run(const Job *job, int output) {
    Solo solo = {.team = {.job = job, .crew = crew_new(1)}, .output = output};
    char *error = solo.team.error;
    size_t size = sizeof solo.team.error;
    if (!solo.team.crew) return serve_error(output, "no shared memory");
    if (!workload_start(job, 1, error, size)) return serve_error(output, error);
    pthread_t conductor;
    int wrong = pthread_create(&conductor, NULL, conduct, &solo);
    if (wrong) {
        snprintf(error, size, "cannot start the thread that conducts: %s", strerror(wrong));
        return serve_error(output, error);
    }
    bool fine = member_run(solo.team.crew, job, 0, 0);
    while (!fine) pause(); /* conduct() ends the process */
    workload_finish(job);
    return pthread_join(conductor, NULL);
}
