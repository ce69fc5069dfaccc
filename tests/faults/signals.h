/* signals.h: a storm of signals onto threads that wait.
 *
 * The handler has no SA_RESTART, so each call of the system that can be interrupted is. A
 * thread that wants its share joins the targets, and leaves them before it ends; the storm,
 * a thread that gilt does not know, sends SIGUSR1 to each in turn, and a timer sends
 * SIGUSR2 to the process every 200 microseconds. Who has been hit, and how often, is
 * counted, so that a test can let somebody wait until he has been hit so many times. */
#pragma once
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { TARGETS = 16, ENOUGH = 30 /* signals while somebody waits */ };

typedef struct Target {
    pthread_t thread;
    _Atomic bool there;
    _Atomic unsigned hits;
} Target;

static Target targets[TARGETS];
static pthread_mutex_t targets_mutex = PTHREAD_MUTEX_INITIALIZER; /* of thread, there */
static _Thread_local Target *target;
static _Atomic unsigned signals_of_timer;

/* ThreadSanitizer delivers signals late, with all others blocked meanwhile, and after each
 * atomic operation. If one comes just as it begins, and the handler itself has such an
 * operation, then a second delivery begins inside the first, and where the first notes what
 * was blocked before, the second notes that all is: so all stays blocked, for good. (tsan:
 * ProcessPendingSignals, its `oldset`.) So it is not to see those of the handler. */
#ifdef __clang__
#define UNSEEN __attribute__((disable_sanitizer_instrumentation))
#else
#define UNSEEN __attribute__((no_sanitize_thread))
#endif

UNSEEN static void on_signal(int number) {
    if (number == SIGUSR2)
        signals_of_timer++;
    else if (target)
        target->hits++;
}

static void handle_signals(void) {
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGUSR1, &action, NULL);
    sigaction(SIGUSR2, &action, NULL);
}

static Target *targets_join(void) {
    pthread_mutex_lock(&targets_mutex);
    Target *free = targets;
    while (free->there) free++;
    free->thread = pthread_self();
    free->hits = 0;
    free->there = true;
    pthread_mutex_unlock(&targets_mutex);
    return target = free;
}

static void targets_leave(void) {
    pthread_mutex_lock(&targets_mutex);
    target->there = false;
    pthread_mutex_unlock(&targets_mutex);
}

/* Returns when the target has been hit ENOUGH times more; in the meantime it waits for
 * something that the caller has not done yet: if it leaves, it has not waited. Attached or
 * not, this is no safepoint. */
static void wait_for_hits(Target *who) {
    unsigned before = who->hits;
    while (who->there && who->hits < before + ENOUGH) sched_yield();
}

static _Atomic bool storm_over;
static pthread_t storm_thread;
static timer_t storm_timer;

static void *storm_run(void *unused) {
    (void)unused;
    while (!storm_over) {
        pthread_mutex_lock(&targets_mutex);
        for (int i = 0; i < TARGETS; i++)
            if (targets[i].there) pthread_kill(targets[i].thread, SIGUSR1);
        pthread_mutex_unlock(&targets_mutex);
        nanosleep(&(struct timespec){.tv_nsec = 20000}, NULL);
    }
    return NULL;
}

/* Nobody has left signals blocked. */
static bool signals_come(void) {
    sigset_t before;
    pthread_sigmask(SIG_SETMASK, NULL, &before);
    return !sigismember(&before, SIGUSR1) && !sigismember(&before, SIGUSR2);
}

static bool storm_begin(void) {
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR2};
    struct itimerspec times = {{0, 200000}, {0, 200000}};
    handle_signals();
    storm_over = false;
    targets_join();
    return signals_come() && !timer_create(CLOCK_MONOTONIC, &event, &storm_timer) &&
           !timer_settime(storm_timer, 0, &times, NULL) &&
           !pthread_create(&storm_thread, NULL, storm_run, NULL);
}

/* glibc frees stacks in pthread_join when it keeps more than 40 MB of them. ThreadSanitizer
 * delivers signals there at once, also while it frees something itself, and locks itself out
 * (as clang 14 has it): so none come. */
static void storm_end(void) {
    sigset_t signals, before;
    sigemptyset(&signals);
    sigaddset(&signals, SIGUSR1);
    sigaddset(&signals, SIGUSR2);
    storm_over = true;
    pthread_sigmask(SIG_BLOCK, &signals, &before);
    pthread_join(storm_thread, NULL);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    timer_delete(storm_timer);
    targets_leave();
}
