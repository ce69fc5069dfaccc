/* helpers.c: the helping threads, their rings, and how they find out that a phase is over.
 *
 * The end of a phase. `busy` counts the threads that have something to do. A thread that
 * has nothing publishes what it has sent and then leaves `busy`; if something has come for
 * it, it first joins `busy` again, then raises `returns`, and only then takes it out of the
 * ring, or off the board. Somebody who reads `returns`, then finds nobody busy, then all
 * rings empty, then `returns` as before, knows that the phase is over: had a thread become
 * busy in between, and emptied a ring, it would have raised `returns` in between; so nobody
 * was busy all the while, and only who is busy sends. `busy` and `returns` are sequentially
 * consistent; who sees in a ring what was taken out (release, acquire) also sees `returns`
 * raised before it. Model: tests/models/gc_helpers.pml.
 *
 * No deadlock at a full ring: who cannot send receives until it can (search.c).
 *
 * The pool's threads are no threads of the runtime: they have no heap and no World, and
 * touch objects only between helpers_run's start and end, when the world is stopped. */
#define _GNU_SOURCE /* cpu sets */
#include "core/gc/helpers.h"
#include "core/memory/memory.h"
#include "core/options.h"
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define PAGES_EACH 48u /* too few pages for one more thread cost more than they give */
#define BATCH 128u     /* references that are published together */
#define SPINS 200      /* before a waiting thread lets others run */
#define YIELDS 50      /* before it sleeps: others have the cores, or have much to do */

/* ---- How many ---- */

/* Threads that want to run on this machine now, this one among them: /proc/loadavg's
 * fourth field. 0: it is not known. */
static unsigned runnable(void) {
    unsigned count = 0;
    FILE *file = fopen("/proc/loadavg", "r");
    if (!file) return 0;
    if (fscanf(file, "%*s %*s %*s %u/", &count) != 1) count = 0;
    fclose(file);
    return count;
}

unsigned helpers_cores(void) {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) ? 1 : (unsigned)CPU_COUNT(&set);
}

static unsigned idle_cores(void) {
    unsigned cores = helpers_cores(), running = runnable();
    if (running) running--; /* this thread */
    return cores > running ? cores - running : 1;
}

unsigned helpers_size(size_t pages) {
    size_t most = pages / PAGES_EACH;
    if (most < 2) return 1;
    unsigned size = options.gc_threads ? options.gc_threads : idle_cores();
    if (size > HELPERS_MAX) size = HELPERS_MAX;
    return size < most ? size : (unsigned)most;
}

/* ---- The pool ---- */

static struct Pool {
    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t asked, answered;
    unsigned threads;           /* that wait for work or do some */
    unsigned wanted;            /* of them, by the present work: numbers 1 to wanted */
    unsigned left;              /* still at work */
    uint64_t turn;              /* counts the works */
    uint64_t seen[HELPERS_MAX]; /* by each thread: the last one before it was there */
    void (*work)(void *data, unsigned number);
    void *data;
} pool = {.mutex = PTHREAD_MUTEX_INITIALIZER,
          .asked = PTHREAD_COND_INITIALIZER,
          .answered = PTHREAD_COND_INITIALIZER};

static void *pool_thread(void *number_as_pointer) {
    unsigned number = (unsigned)(uintptr_t)number_as_pointer;
    pthread_mutex_lock(&pool.mutex);
    for (;;) {
        while (pool.turn == pool.seen[number]) pthread_cond_wait(&pool.asked, &pool.mutex);
        pool.seen[number] = pool.turn;
        if (number > pool.wanted) continue;
        pthread_mutex_unlock(&pool.mutex);
        pool.work(pool.data, number);
        pthread_mutex_lock(&pool.mutex);
        if (!--pool.left) pthread_cond_signal(&pool.answered);
    }
    return NULL;
}

/* Makes the pool have `count` threads. They stay until the process ends, and take no
 * signals. */
static bool pool_fill(unsigned count) {
    sigset_t all, before;
    pthread_attr_t detached;
    if (pthread_attr_init(&detached)) return false;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
    pthread_mutex_lock(&pool.mutex);
    while (pool.threads < count) {
        pthread_t thread;
        unsigned number = pool.threads + 1;
        pool.seen[number] = pool.turn;
        if (pthread_create(&thread, &detached, pool_thread, (void *)(uintptr_t)number))
            break;
        pool.threads++;
    }
    bool filled = pool.threads >= count;
    pthread_mutex_unlock(&pool.mutex);
    pthread_attr_destroy(&detached);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return filled;
}

void helpers_forked(void) {
    pthread_mutex_init(&pool.mutex, NULL);
    pthread_cond_init(&pool.asked, NULL);
    pthread_cond_init(&pool.answered, NULL);
    pool.threads = 0;
}

void helpers_run(Helpers *helpers, void (*work)(void *data, unsigned number), void *data) {
    pthread_mutex_lock(&pool.mutex);
    pool.work = work;
    pool.data = data;
    pool.wanted = pool.left = helpers->size - 1;
    pool.turn++;
    pthread_cond_broadcast(&pool.asked);
    pthread_mutex_unlock(&pool.mutex);
    work(data, 0);
    pthread_mutex_lock(&pool.mutex);
    while (pool.left) pthread_cond_wait(&pool.answered, &pool.mutex);
    pthread_mutex_unlock(&pool.mutex);
}

/* ---- A helpers ---- */

Helpers *helpers_new(Vector *pages, unsigned size) {
    if (!pool_fill(size - 1)) return NULL;
    Helpers *helpers = aligned_alloc(64, sizeof *helpers);
    if (helpers) memset(helpers, 0, sizeof *helpers);
    Ring *rings = aligned_alloc(64, size * size * sizeof *rings);
    if (!helpers || !rings) {
        free(helpers);
        free(rings);
        return NULL;
    }
    for (unsigned i = 0; i < size * size; i++) {
        memset(&rings[i], 0, offsetof(Ring, items));
        rings[i].free_until = RING_ROOM;
    }
    helpers->size = size;
    helpers->rings = rings;
    for (unsigned i = 0; i + 1 < size; i++)
        helpers->border[i] = pages->items[pages->count * (i + 1) / size];
    atomic_init(&helpers->busy, size);
    pthread_mutex_init(&helpers->board.mutex, NULL);
    return helpers;
}

void helpers_free(Helpers *helpers) {
    pthread_mutex_destroy(&helpers->board.mutex);
    free(helpers->rings);
    free(helpers);
}

void helpers_stretch(const Helpers *helpers, unsigned me, uintptr_t *low, uintptr_t *size) {
    bool last = me + 1 == helpers->size;
    *low = me ? (uintptr_t)helpers->border[me - 1] : 0;
    *size = (last ? UINTPTR_MAX : (uintptr_t)helpers->border[me]) - *low;
}

/* ---- Rings ---- */

static Ring *ring_at(Helpers *helpers, unsigned from, unsigned to) {
    return &helpers->rings[from * helpers->size + to];
}

static void ring_publish(Ring *ring) {
    atomic_store_explicit(&ring->written, ring->filled, memory_order_release);
}

bool helpers_send(Helpers *helpers, unsigned from, unsigned to, RefCount *ref) {
    Ring *ring = ring_at(helpers, from, to);
    if (unlikely(ring->filled == ring->free_until)) {
        size_t read = atomic_load_explicit(&ring->read, memory_order_acquire);
        ring_publish(ring);
        ring->free_until = read + RING_ROOM;
        if (ring->filled == ring->free_until) return false;
    }
    ring->items[ring->filled++ % RING_ROOM] = ref;
    if (ring->filled % BATCH == 0) ring_publish(ring);
    return true;
}

/* What has been taken is told when all that was known of is taken. */
static RefCount *ring_take(Ring *ring) {
    if (ring->taken == ring->filled_until) {
        ring->filled_until = atomic_load_explicit(&ring->written, memory_order_acquire);
        if (ring->taken == ring->filled_until) return NULL;
        chaos(CHAOS_HELPER);
    }
    RefCount *ref = ring->items[ring->taken++ % RING_ROOM];
    if (ring->taken == ring->filled_until)
        atomic_store_explicit(&ring->read, ring->taken, memory_order_release);
    return ref;
}

RefCount *helpers_receive(Helpers *helpers, unsigned to) {
    for (unsigned from = 0; from < helpers->size; from++) {
        RefCount *ref = from == to ? NULL : ring_take(ring_at(helpers, from, to));
        if (ref) return ref;
    }
    return NULL;
}

/* ---- The board ---- */

bool helpers_post(Helpers *helpers, Span span) {
    pthread_mutex_lock(&helpers->board.mutex);
    unsigned posted = atomic_load(&helpers->board.posted);
    bool room = posted < BOARD;
    if (room) {
        helpers->board.spans[posted] = span;
        atomic_store(&helpers->board.posted, posted + 1);
    }
    pthread_mutex_unlock(&helpers->board.mutex);
    return room;
}

static bool board_is_new(Helpers *helpers, unsigned me) {
    return atomic_load(&helpers->board.posted) !=
           atomic_load(&helpers->board.seen[me].count);
}

bool helpers_posted(Helpers *helpers, unsigned me, Span *span) {
    if (likely(!board_is_new(helpers, me))) return false;
    *span = helpers->board.spans[atomic_fetch_add(&helpers->board.seen[me].count, 1)];
    return true;
}

/* ---- Waiting ---- */

void helpers_relax(unsigned *spins) {
    if (++*spins % SPINS)
        cpu_relax();
    else if (*spins < SPINS * YIELDS)
        sched_yield();
    else
        nanosleep(&(struct timespec){.tv_nsec = 50000}, NULL);
}

/* ---- Phases ---- */

static bool ring_is_empty(Ring *ring) {
    return atomic_load_explicit(&ring->read, memory_order_acquire) ==
           atomic_load_explicit(&ring->written, memory_order_acquire);
}

static bool has_come(Helpers *helpers, unsigned to) {
    if (board_is_new(helpers, to)) return true;
    for (unsigned from = 0; from < helpers->size; from++)
        if (from != to && !ring_is_empty(ring_at(helpers, from, to))) return true;
    return false;
}

static bool is_over(Helpers *helpers) {
    unsigned returns = atomic_load(&helpers->returns);
    chaos(CHAOS_HELPER);
    if (atomic_load(&helpers->busy)) return false;
    for (unsigned i = 0; i < helpers->size * helpers->size; i++)
        if (!ring_is_empty(&helpers->rings[i])) return false;
    for (unsigned i = 0; i < helpers->size; i++)
        if (board_is_new(helpers, i)) return false;
    return atomic_load(&helpers->returns) == returns;
}

bool helpers_wait(Helpers *helpers, unsigned me) {
    for (unsigned to = 0; to < helpers->size; to++) ring_publish(ring_at(helpers, me, to));
    chaos(CHAOS_HELPER);
    atomic_fetch_sub(&helpers->busy, 1);
    for (unsigned spins = 0;; helpers_relax(&spins)) {
        if (has_come(helpers, me)) {
            chaos(CHAOS_HELPER);
            atomic_fetch_add(&helpers->busy, 1);
            chaos(CHAOS_HELPER);
            atomic_fetch_add(&helpers->returns, 1);
            return true;
        }
        if (is_over(helpers)) return false;
    }
}

/* The last to come makes all busy again, and then opens the barrier. */
void helpers_meet(Helpers *helpers) {
    unsigned round = atomic_load(&helpers->round);
    if (atomic_fetch_add(&helpers->arrived, 1) + 1 == helpers->size) {
        atomic_store(&helpers->arrived, 0);
        atomic_store(&helpers->busy, helpers->size);
        atomic_store(&helpers->board.posted, 0);
        for (unsigned i = 0; i < helpers->size; i++)
            atomic_store(&helpers->board.seen[i].count, 0);
        atomic_store(&helpers->round, round + 1);
        return;
    }
    for (unsigned spins = 0; atomic_load(&helpers->round) == round;) helpers_relax(&spins);
}
