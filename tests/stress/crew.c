/* crew.c: a gilt thread for each script of a program, let go together.
 *
 * A small program is over in the time that it takes to wake a thread. So the threads first
 * wait at a gate, detached, until all have been started; then each waits a little more,
 * running, for the others to be on their way. That second wait is bounded: with more
 * threads than cores, or one GIL, not all can run. */
#include "core/base.h"
#include "tests/stress/stress.h"

#include <pthread.h>

#define SPINS 500

typedef struct Crew {
    const Program *program;
    void (*run)(const Program *program, size_t thread, void *data);
    void *data;
    pthread_mutex_t mutex; /* guards `open` and `cancelled` */
    pthread_cond_t opened;
    bool open, cancelled;
    _Atomic size_t through; /* the gate */
} Crew;

typedef struct Member {
    Crew *crew;
    size_t number;
} Member;

/* false: not all could be started, so nobody shall run. */
static bool pass_gate(Crew *crew) {
    gilt_blocking_begin();
    pthread_mutex_lock(&crew->mutex);
    while (!crew->open) pthread_cond_wait(&crew->opened, &crew->mutex);
    bool go = !crew->cancelled;
    pthread_mutex_unlock(&crew->mutex);
    gilt_blocking_end();
    atomic_fetch_add_explicit(&crew->through, 1, memory_order_relaxed);
    return go;
}

/* Relaxed: where threads begin is not to order what they do. */
static void wait_shortly(Crew *crew) {
    for (int spin = 0; spin < SPINS; spin++) {
        if (atomic_load_explicit(&crew->through, memory_order_relaxed) >=
            crew->program->threads)
            return;
        cpu_relax();
        if (spin % 64 == 0) gilt_safepoint();
    }
}

static void member_run(void *argument) {
    Member *member = argument;
    Crew *crew = member->crew;
    if (!pass_gate(crew)) return;
    wait_shortly(crew);
    crew->run(crew->program, member->number, crew->data);
}

static void open_gate(Crew *crew, bool cancelled) {
    pthread_mutex_lock(&crew->mutex);
    crew->open = true;
    crew->cancelled = cancelled;
    pthread_cond_broadcast(&crew->opened);
    pthread_mutex_unlock(&crew->mutex);
}

bool crew_run(const Program *program,
              void (*run)(const Program *program, size_t thread, void *data), void *data) {
    Crew crew = {.program = program, .run = run, .data = data};
    Member members[STRESS_THREADS];
    GiltThread *threads[STRESS_THREADS];
    size_t started = 0;
    pthread_mutex_init(&crew.mutex, NULL);
    pthread_cond_init(&crew.opened, NULL);
    for (; started < program->threads; started++) {
        members[started] = (Member){&crew, started};
        threads[started] = gilt_thread_start(member_run, &members[started]);
        if (!threads[started]) break;
    }
    bool well = started == program->threads;
    gilt_error_print();
    open_gate(&crew, !well);
    for (size_t t = 0; t < started; t++)
        if (!gilt_thread_join(threads[t])) well = false;
    pthread_cond_destroy(&crew.opened);
    pthread_mutex_destroy(&crew.mutex);
    return well;
}
