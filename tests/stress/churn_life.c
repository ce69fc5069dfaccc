/* churn_life.c: operations about locks and conditions, the collector, threads and
 * processes.
 *
 * Nothing here can hang by itself. A thread waits for a notification only while another one
 * of the crew does not wait; each that ends its script notifies all. Short-lived threads
 * and forked children do only what waits for nobody (ChurnOp.simple). */
#include "tests/stress/churn.h"

#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* ThreadSanitizer does not follow a child of several threads; AddressSanitizer's malloc may
 * be locked in it for ever. */
#ifdef __has_feature
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define NO_FORKS 1
#endif
#endif
#if defined __SANITIZE_THREAD__ || defined __SANITIZE_ADDRESS__
#define NO_FORKS 1
#endif
#ifndef NO_FORKS
#define NO_FORKS 0
#endif

enum { CHILD_SECONDS = 25 };

/* ---- Locks ---- */

/* The counter is a plain number: the lock alone keeps it exact. */
void churn_count(const Op *op) {
    if (op->a % 4 == 0) {
        if (!gilt_lock_try(churn.lock)) return;
    } else {
        gilt_lock_acquire(churn.lock);
    }
    uint64_t value = churn.counter;
    if (op->b & 1) gilt_safepoint();
    churn.counter = value + 1;
    atomic_fetch_add_explicit(&churn.counted, 1, memory_order_relaxed);
    churn_done(gilt_lock_release(churn.lock));
}

/* Locked. */
static void notify_all(void) {
    churn.news++;
    churn.waiting = 0;
    churn_done(gilt_condition_notify(churn.changed, STRESS_THREADS));
}

void churn_wait(const Op *op) {
    (void)op;
    gilt_lock_acquire(churn.lock);
    uint64_t news = churn.news;
    if (churn.active - churn.waiting > 1) {
        churn.waiting++;
        while (churn.news == news && churn_done(gilt_condition_wait(churn.changed)))
            continue;
    }
    churn_done(gilt_lock_release(churn.lock));
}

void churn_notify(const Op *op) {
    (void)op;
    gilt_lock_acquire(churn.lock);
    notify_all();
    churn_done(gilt_lock_release(churn.lock));
}

void churn_member_ends(void) {
    gilt_lock_acquire(churn.lock);
    churn.active--;
    notify_all();
    churn_done(gilt_lock_release(churn.lock));
}

/* ---- The collector ---- */

void churn_collect(const Op *op) {
    churn_done(gilt_gc_collect((int)((unsigned)op->a % 3)) >= 0);
}

void churn_verify(const Op *op) {
    (void)op;
    const char *wrong = gilt_gc_verify();
    if (wrong) churn_wrong("gilt_gc_verify: %s", wrong);
}

void churn_pause(const Op *op) {
    if (op->a % 3 == 0) {
        for (int i = 0; i < (op->b & 63); i++) gilt_safepoint();
    } else {
        gilt_blocking_begin();
        if (op->a % 3 == 1)
            sched_yield();
        else
            usleep((unsigned)op->b % 200);
        gilt_blocking_end();
    }
}

/* ---- Simple operations, made up on the way ---- */

static void act_simply(uint64_t seed, int count) {
    Random random = {seed};
    while (count > 0 && !churn_is_over()) {
        Op op = {random_below(&random, CHURN_CODES), random_below(&random, 64),
                 random_below(&random, 64), random_below(&random, 64)};
        if (!churn_ops[op.code].simple) continue;
        churn_act(&op);
        count--;
    }
}

/* ---- Threads ---- */

typedef struct Errand {
    uint64_t seed;
    int count;
} Errand;

static void run_errand(void *argument) {
    Errand errand = *(Errand *)argument;
    free(argument);
    act_simply(errand.seed, errand.count);
}

static void join(GiltThread *thread) {
    if (thread && !gilt_thread_join(thread))
        churn_wrong("a short-lived thread ended with an exception");
}

/* Whoever takes a handle out of its place joins it. */
static GiltThread *exchange_handle(int place, GiltThread *thread) {
    return atomic_exchange(&churn.handles[(unsigned)place % HANDLES], thread);
}

/* Starts a short-lived thread, and joins the one that had this place before, or this one.
 */
void churn_spawn(const Op *op) {
    Errand *errand = malloc(sizeof *errand);
    if (!errand) return;
    *errand = (Errand){churn.seed + (uint64_t)op->a, 1 + (op->b & 7)};
    GiltThread *thread = gilt_thread_start(run_errand, errand);
    if (!thread) {
        free(errand);
        churn_done(false);
        return;
    }
    join(exchange_handle(op->c, thread));
    if (op->b & 8) join(exchange_handle(op->c, NULL));
}

void churn_join_handles(void) {
    for (int i = 0; i < HANDLES; i++) join(exchange_handle(i, NULL));
}

/* ---- Processes ---- */

static _Noreturn void live_as_child(uint64_t seed, int count) {
    churn.in_child = true;
    alarm(CHILD_SECONDS);
    act_simply(seed, count);
    if (gilt_gc_collect(2) < 0) churn_done(false);
    const char *wrong = gilt_gc_verify();
    if (wrong) churn_wrong("gilt_gc_verify: %s", wrong);
    _exit(churn_is_over());
}

/* The other threads go on meanwhile. */
static int wait_for_child(pid_t child) {
    int status = -1;
    gilt_blocking_begin();
    waitpid(child, &status, 0);
    gilt_blocking_end();
    return status;
}

void churn_process(const Op *op) {
    if (NO_FORKS || churn.in_child) return;
    pid_t child = fork();
    if (!child) live_as_child(churn.seed + (uint64_t)op->a, op->b & 31);
    int status = child > 0 ? wait_for_child(child) : 0;
    if (WIFSIGNALED(status))
        churn_wrong("a forked child ended by signal %d%s", WTERMSIG(status),
                    WTERMSIG(status) == SIGALRM ? ": it hung" : "");
    else if (status)
        churn_wrong("a forked child ended with exit code %d", WEXITSTATUS(status));
}
