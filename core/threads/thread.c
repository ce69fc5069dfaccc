/* thread.c: the registry of threads, safepoints, and threads for programs.
 *
 * `registry` guards the table, the list of ended Threads, and `running`. It may be taken
 * attached, because its holder never blocks: it is a leaf in the order of locks, but for
 * what world_each's visitor takes. */
#include "core/threads/thread.h"
#include "core/gc/gc.h"
#include "core/options.h"
#include "core/threads/stack.h"
#include "core/threads/stop.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static pthread_mutex_t registry = PTHREAD_MUTEX_INITIALIZER;
static _Atomic(Thread *) table[THREADS_MAX + 1]; /* by number; [0] stays empty */
static unsigned last_id;                         /* highest number given so far */
static Thread *ended;                            /* Threads to adopt */
static unsigned forks; /* how many forks led to this process: changes only in a child */

World *world_of(uint16_t id) {
    return &atomic_load_explicit(&table[id], memory_order_acquire)->world;
}

/* A Thread for a number that was never used. Pairs its release with world_of. */
static Thread *thread_new(const char **why) {
    if (last_id == THREADS_MAX) {
        *why = "too many threads are running";
        return NULL;
    }
    Thread *thread = aligned_alloc(64, (sizeof *thread + 63) & ~(size_t)63);
    if (!thread) {
        *why = "no memory for a thread";
        return NULL;
    }
    memset(thread, 0, sizeof *thread);
    thread->id = (uint16_t)++last_id;
    heap_init(&thread->heap, &thread->world);
    atomic_store_explicit(&table[thread->id], thread, memory_order_release);
    return thread;
}

bool thread_begin(const char **why) {
    pthread_mutex_lock(&registry);
    Thread *thread = ended;
    if (thread)
        ended = thread->next_ended;
    else
        thread = thread_new(why);
    if (thread) thread->running = true;
    pthread_mutex_unlock(&registry);
    if (!thread) return false;
    heap_current = &thread->heap;
    chaos(CHAOS_BEGIN);
    world_enter(&thread->world, thread->id);
    gilt_error_clear(); /* of a thread that a fork has left behind */
    return true;
}

static void find_queued(RefCount *refs, void *unused) {
    (void)unused;
    if ((refs->marks & MARK_LIVE) && ref_merge_found(refs)) object_died(refs);
}

/* Entries of the merge queue were lost for lack of memory: with the world stopped, nobody
 * is about to push, so after the queue what is still marked as queued is what was lost. */
static void merge_lost(void) {
    for (RefCount *dead; (dead = ref_merge_next());) object_died(dead);
    heap_each(heap_current, find_queued, NULL);
}

static void while_stopped(const char *why, void (*work)(void)) {
    stop_world(why);
    work();
    resume_world();
}

/* Destroys what other threads' drops have left to this one. */
static void merge(void) {
    if (unlikely(ref_asks())) while_stopped("counts", ref_ask_stopped);
    for (RefCount *dead; (dead = ref_merge_next());) object_destroy(object_of(dead));
    if (unlikely(ref_merge_lost())) while_stopped("merge lost", merge_lost);
    object_destroy_noted();
}

/* Leaves nothing undone: what dies by the merge is retired, and given back. */
static void settle(Thread *thread) {
    merge();
    while (!ref_settled()) {
        while_stopped("counts", ref_merge_stopped);
        merge();
    }
    reclaim_drain();
    heap_give_back(&thread->heap);
    reclaim_drain();
}

void thread_end(void) {
    Thread *thread = thread_self();
    gilt_error_print();
    settle(thread);
    while (!world_detach()) {
        world_attach();
        settle(thread);
    }
    chaos(CHAOS_END);
    pthread_mutex_lock(&registry);
    thread->running = false;
    pthread_mutex_unlock(&registry);
    chaos(CHAOS_END);
    world_leave(&thread->world);
    heap_current = NULL;
    pthread_mutex_lock(&registry);
    thread->next_ended = ended;
    ended = thread;
    pthread_mutex_unlock(&registry);
}

void threads_finish(void) {
    for (unsigned id = 1; id <= last_id; id++) {
        free(atomic_load(&table[id]));
        atomic_store(&table[id], NULL);
    }
    last_id = 0;
    ended = NULL;
}

bool threads_exist(void) { return last_id; }

void threads_each(void (*visit)(Thread *, void *), void *data) {
    pthread_mutex_lock(&registry);
    for (unsigned id = 1; id <= last_id; id++)
        visit(atomic_load_explicit(&table[id], memory_order_relaxed), data);
    pthread_mutex_unlock(&registry);
}

void world_each(void (*visit)(World *)) {
    pthread_mutex_lock(&registry);
    for (unsigned id = 1; id <= last_id; id++) {
        Thread *thread = atomic_load_explicit(&table[id], memory_order_relaxed);
        if (thread->running) visit(&thread->world);
    }
    pthread_mutex_unlock(&registry);
}

/* ---- safepoints ---- */

void safepoint_settle(void) {
    world_poll();
    merge();
    reclaim_flush();
}

void safepoint_slow(void) {
    safepoint_settle();
    gc_poll();
}

void blocking_begin(void) {
    merge();
    while (!world_detach()) {
        world_attach();
        merge();
    }
}

void gilt_safepoint(void) { safepoint(); }
void gilt_blocking_begin(void) { blocking_begin(); }
void gilt_blocking_end(void) { blocking_end(); }

/* ---- threads for programs ---- */

struct GiltThread {
    pthread_t thread;
    void (*run)(void *);
    void *argument;
    const char *why; /* it could not begin: what was wrong */
    bool raised;     /* it ended with an exception */
    unsigned forks;  /* the process that the thread is in */
    bool began;      /* guarded by `mutex` */
    pthread_mutex_t mutex;
    pthread_cond_t changed;
};

static void tell_began(GiltThread *t) {
    pthread_mutex_lock(&t->mutex);
    t->began = true;
    pthread_cond_signal(&t->changed);
    pthread_mutex_unlock(&t->mutex);
}

static _Thread_local GiltThread *handle; /* the calling thread's, if it has one */

static void *thread_main(void *argument) {
    GiltThread *t = handle = argument;
    stack_begin();
    bool begun = thread_begin(&t->why);
    tell_began(t);
    if (!begun) return NULL;
    t->run(t->argument);
    t->raised = gilt_error() != NULL;
    thread_end();
    return NULL;
}

/* Waits, detached, until the new thread has begun or failed to. */
static void wait_began(GiltThread *t) {
    blocking_begin();
    pthread_mutex_lock(&t->mutex);
    while (!t->began) pthread_cond_wait(&t->changed, &t->mutex);
    pthread_mutex_unlock(&t->mutex);
    blocking_end();
}

static void thread_free(GiltThread *t) {
    pthread_mutex_destroy(&t->mutex);
    pthread_cond_destroy(&t->changed);
    free(t);
}

GiltThread *gilt_thread_start(void (*run)(void *), void *argument) {
    GiltThread *t = calloc(1, sizeof *t);
    if (!t) return (GiltThread *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    t->run = run;
    t->forks = forks;
    t->argument = argument;
    pthread_mutex_init(&t->mutex, NULL);
    pthread_cond_init(&t->changed, NULL);
    int error = pthread_create(&t->thread, NULL, thread_main, t);
    if (error) {
        gilt_raise(GILT_RUNTIME_ERROR, "can't start new thread: %s", strerror(error));
        thread_free(t);
        return NULL;
    }
    wait_began(t);
    if (!t->why) return t;
    gilt_raise(GILT_RUNTIME_ERROR, "can't start new thread: %s", t->why);
    pthread_join(t->thread, NULL);
    thread_free(t);
    return NULL;
}

/* A thread that a fork has left behind is not waited for; somebody may seem to wait at its
 * condition for ever, so that is not destroyed. */
static bool join_left_behind(GiltThread *t) {
    free(t);
    return true;
}

bool gilt_thread_join(GiltThread *t) {
    if (unlikely(t->forks != forks)) return join_left_behind(t);
    blocking_begin();
    pthread_join(t->thread, NULL);
    blocking_end();
    bool well = !t->raised;
    thread_free(t);
    return well;
}

const char *gilt_thread_attach(void) {
    const char *why = NULL;
    if (world_self()) return "this thread is attached already";
    if (fork_was_foreign()) return "this process was forked by a thread unknown to gilt";
    return thread_begin(&why) ? NULL : why;
}

void gilt_thread_leave(void) { thread_end(); }

/* ---- forks ---- */

void threads_fork(ForkStep step) { fork_mutex(&registry, step); }

static void leave_behind(Thread *thread) {
    thread->running = false;
    thread->collecting = false;
    thread->destroying = 0;
    thread->next_ended = ended;
    ended = thread;
}

static Thread *other(unsigned id) {
    Thread *thread = atomic_load_explicit(&table[id], memory_order_relaxed);
    return thread == thread_self() ? NULL : thread;
}

/* What waits in their queues is merged before they count as ended: ref_merge_stopped looks
 * at the queues of running threads. */
void threads_forked(void) {
    forks++;
    if (handle) handle->forks = forks;
    for (unsigned id = 1; id <= last_id; id++)
        if (other(id)) world_gone(&other(id)->world);
    ref_merge_stopped();
    ended = NULL;
    for (unsigned id = last_id; id >= 1; id--)
        if (other(id)) leave_behind(other(id));
}

void gilt_set_switch_interval(double seconds) {
    if (!(seconds >= 1e-6)) seconds = 1e-6;
    if (seconds > 10) seconds = 10;
    atomic_store_explicit(&options.switch_nanoseconds, (uint64_t)(seconds * 1e9),
                          memory_order_relaxed);
}

double gilt_switch_interval(void) {
    return (double)atomic_load_explicit(&options.switch_nanoseconds, memory_order_relaxed) /
           1e9;
}

uint64_t gilt_switches(void) { return world_switches(); }
