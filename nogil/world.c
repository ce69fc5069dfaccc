/* nogil/world.c: attaching, detaching, and stopping all others.
 *
 * A stop: the stopper takes `stopper` (detached, for somebody else may have the world
 * stopped), sets `stopping`, pokes every thread and waits until none but itself is
 * ATTACHED. Attach stores ATTACHED and then looks at `stopping`; the stopper stores
 * `stopping` and then looks at the states; all are sequentially consistent, so no thread
 * slips through. A thread that sees `stopping` goes back to DETACHED, tells the stopper,
 * and waits for `resumed`. While the stopper waits it is offline for RCU: a thread that
 * waits for a grace period at that moment must not wait for it.
 * Order of locks: stopper, then `gate`, then `turn`, then the registry of threads.
 * Only a fork takes `gate` or `turn` and then others: those of core (threads/fork.c). */
#include "core/mode.h"
#include "core/options.h"
#include "rcu.h"
#include <linux/membarrier.h>
#include <pthread.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SPINS_STOPPED 1000 /* some tens of microseconds */
#define SPINS_STOPPING 100

_Thread_local World *world_current;
_Thread_local uint16_t owner_self;
_Thread_local uint32_t birth_word;

static pthread_mutex_t stopper = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t stopped = PTHREAD_COND_INITIALIZER; /* a thread has become DETACHED */
static pthread_cond_t resumed = PTHREAD_COND_INITIALIZER;
static _Atomic bool stopping;

/* Round liburcu's mutexes: rcu.h. */
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t empty = PTHREAD_COND_INITIALIZER; /* nobody is inside */
static unsigned inside;

bool world_start(void) {
    lock_has_bias =
        !syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0);
    return true;
}

void rcu_enter(void) {
    pthread_mutex_lock(&gate);
    inside++;
    pthread_mutex_unlock(&gate);
}

void rcu_leave(void) {
    pthread_mutex_lock(&gate);
    if (!--inside) pthread_cond_signal(&empty);
    pthread_mutex_unlock(&gate);
}

static void quiesce(World *me) {
    uint64_t now = atomic_load_explicit(&me->quiescent, memory_order_relaxed);
    atomic_store_explicit(&me->quiescent, now + 1, memory_order_release);
}

/* A stop is often over within the time that going to sleep and waking takes. */
static void wait_awake(void) {
    for (int spin = 0; spin < SPINS_STOPPED && atomic_load(&stopping); spin++) cpu_relax();
}

/* Waits until the stop is over, if one has begun since this thread became ATTACHED. */
static bool make_way(World *me) {
    if (likely(!atomic_load(&stopping))) return false;
    pthread_mutex_lock(&turn);
    atomic_store(&me->state, WORLD_DETACHED);
    pthread_cond_signal(&stopped);
    pthread_mutex_unlock(&turn);
    wait_awake();
    pthread_mutex_lock(&turn);
    while (atomic_load(&stopping)) pthread_cond_wait(&resumed, &turn);
    pthread_mutex_unlock(&turn);
    return true;
}

static void become_attached(World *me) {
    uint32_t state = WORLD_DETACHED;
    while (!atomic_compare_exchange_strong(&me->state, &state, WORLD_ATTACHED)) {
        state = WORLD_DETACHED; /* it is borrowed, for the time of a few merges */
        sched_yield();
    }
    chaos(CHAOS_ATTACH);
}

void world_attach(void) {
    World *me = world_current;
    do become_attached(me);
    while (make_way(me));
    rcu_online();
}

bool world_detach(void) {
    World *me = world_current;
    quiesce(me); /* first: offline, a grace period may be over before it is noted (rcu.h) */
    rcu_offline();
    chaos(CHAOS_OFFLINE);
    atomic_store(&me->state, WORLD_DETACHED);
    chaos(CHAOS_DETACH);
    if (unlikely(atomic_load(&stopping))) {
        pthread_mutex_lock(&turn);
        pthread_cond_signal(&stopped);
        pthread_mutex_unlock(&turn);
    }
    return merge_queue_quiet(&me->queue);
}

/* Whoever poked all before this thread was among them, and still waits for it or for its
 * look at the epoch, did not poke it: so it comes by once unasked. */
void world_enter(World *world, uint16_t id) {
    world->id = id;
    atomic_store(&world->poll, 1);
    world_current = world;
    owner_self = id;
    birth_word = id | (lock_has_bias ? 0 : LOCK_UNBIASED << 16);
    rcu_thread_begin(world);
    world_attach();
}

void world_leave(World *world) {
    rcu_thread_end(world);
    refcache_end(world);
    world_current = NULL;
    owner_self = OWNER_NONE;
}

void world_poll(void) {
    World *me = world_current;
    atomic_exchange(&me->poll, 0);
    quiesce(me);
    reclaim_seen(me);
    lock_expect_strangers(me);
    rcu_quiescent();
    if (reclaim_is_awaited()) world_poke(me);
    if (unlikely(atomic_load(&stopping))) {
        world_detach();
        world_attach();
    }
}

/* Who pokes has first, sequentially consistent, said what for; world_poll takes the poke
 * and then looks. So a poke that is there already will do: either it is seen here to be
 * there, before world_poll takes it, and what is said here is seen then, or it is gone. It
 * is not written again because the line is the owner's, who reads it all the time. */
void world_poke(World *world) {
    if (!atomic_load(&world->poll)) atomic_store(&world->poll, 1);
}

/* Not while it waits for the second of two locks: merging its objects would take the owner
 * from one that it holds by its bias (lock.h [3]). `held` does not change meanwhile. */
bool world_borrow(World *world) {
    uint32_t state = WORLD_DETACHED;
    if (!atomic_compare_exchange_strong(&world->state, &state, WORLD_BORROWED))
        return false;
    if (likely(!atomic_load(&world->held[0]) && !atomic_load(&world->held[1]))) return true;
    world_give_back(world);
    return false;
}

void world_give_back(World *world) { atomic_store(&world->state, WORLD_DETACHED); }

/* The drop may destroy the object, or others for a thread that is away (merge_queue.c). */
void slot_regret(RefCount *counted) {
    World *me = world_current;
    me->regretting = true;
    if (ref_drop(counted) && ref_was_last(counted)) object_died(counted);
    me->regretting = false;
}

/* ---- stopping ---- */

static unsigned attached;

static void count_attached(World *world) {
    if (world == world_current || atomic_load(&world->state) != WORLD_ATTACHED) return;
    attached++;
    world_poke(world);
}

static bool others_attached(void) {
    attached = 0;
    world_each(count_attached);
    return attached;
}

void world_stop(void) {
    World *me = world_current;
    world_detach();
    pthread_mutex_lock(&stopper);
    become_attached(me);
    atomic_store(&stopping, true);
    chaos(CHAOS_STOP);
    for (int spin = 0; others_attached(); spin++) {
        if (spin < SPINS_STOPPING) {
            cpu_relax();
            continue;
        }
        struct timespec soon;
        clock_gettime(CLOCK_REALTIME, &soon);
        soon.tv_nsec += 1000000; /* a thread may attach, see the stop and leave unseen */
        if (soon.tv_nsec >= 1000000000) soon.tv_sec++, soon.tv_nsec -= 1000000000;
        pthread_mutex_lock(&turn);
        if (others_attached()) pthread_cond_timedwait(&stopped, &turn, &soon);
        pthread_mutex_unlock(&turn);
    }
    rcu_online();
}

void world_resume(void) {
    pthread_mutex_lock(&turn);
    atomic_store(&stopping, false);
    pthread_cond_broadcast(&resumed);
    pthread_mutex_unlock(&turn);
    pthread_mutex_unlock(&stopper);
}

/* ---- forks ---- */

bool world_is_attached(void) {
    return atomic_load(&world_current->state) == WORLD_ATTACHED;
}

/* Who is in liburcu is on its way out: there is nobody to wait for but the caller, if he is
 * not offline. Two threads do not come here at once, so one signal is enough. */
void world_fork_begin(void) {
    rcu_offline();
    pthread_mutex_lock(&gate);
    while (inside) pthread_cond_wait(&empty, &gate);
    pthread_mutex_lock(&turn);
}

/* In the old conditions of a child it would look as if there were waiters. */
void world_fork_end(bool child) {
    if (child) {
        pthread_cond_init(&stopped, NULL);
        pthread_cond_init(&resumed, NULL);
        pthread_cond_init(&empty, NULL);
        world_start();
    }
    pthread_mutex_unlock(&turn);
    pthread_mutex_unlock(&gate);
    rcu_online();
}

void world_gone(World *world) {
    atomic_store(&world->state, WORLD_DETACHED);
    rcu_gone(world);
    lock_gone(world);
    reclaim_gone(world);
    refcache_end(world);
}

uint64_t world_switches(void) { return 0; }

const char *world_policy(void) { return rcu_policy(); }
