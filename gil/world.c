/* gil/world.c: the lock itself, and what a thread does with it.
 *
 * The world is stopped whenever the caller holds the GIL: nobody else is attached. All
 * that world_stop adds is a promise not to hand over before world_resume, and that holds
 * because only safepoints hand over and a stopped world has none. */
#include "core/mode.h"
#include "core/options.h"
#include "core/trace.h"
#include "gil/handover.h"
#include <string.h>

_Thread_local World *world_current;

static const Handover *handover = &handover_interval;
static Gil gil = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static bool make_conditions(void) {
    pthread_condattr_t monotonic;
    if (pthread_condattr_init(&monotonic)) return false;
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    bool made = !pthread_cond_init(&gil.released, &monotonic) &&
                !pthread_cond_init(&gil.taken, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return made;
}

bool world_start(void) {
    handover = options.gil_ticks ? &handover_ticks : &handover_interval;
    gil.holder = NULL; /* nobody of an earlier run */
    gil.holder_id = 0;
    return make_conditions();
}

/* The trace is written when the mutex is free again: the next hand-over cannot overtake,
 * because it waits for a safepoint of this thread. */
void gil_take(Gil *g, World *me) {
    pthread_mutex_lock(&g->mutex);
    g->waiters++;
    while (g->held) handover->wait(g);
    g->waiters--;
    g->held = true;
    uint16_t before = g->holder_id;
    if (g->holder != me) {
        g->holder = me;
        g->holder_id = me->id;
        atomic_fetch_add_explicit(&g->switches, 1, memory_order_relaxed);
        pthread_cond_broadcast(&g->taken);
    }
    pthread_mutex_unlock(&g->mutex);
    if (tracing() && before && before != me->id) trace_handover(before, me->id);
}

void gil_release(Gil *g) {
    pthread_mutex_lock(&g->mutex);
    g->held = false;
    pthread_cond_signal(&g->released);
    pthread_mutex_unlock(&g->mutex);
    chaos(CHAOS_RELEASE);
}

void world_enter(World *world, uint16_t id) {
    *world = (World){.id = id};
    atomic_init(&world->poll, handover->first_poll);
    world_current = world;
    gil_take(&gil, world);
}

void world_leave(World *world) {
    (void)world;
    world_current = NULL;
}

void world_attach(void) { gil_take(&gil, world_current); }

bool world_detach(void) {
    gil_release(&gil);
    return true;
}

void world_poll(void) { handover->poll(&gil, world_current); }

void world_poke(World *world) {
    atomic_fetch_or_explicit(&world->poll, 2, memory_order_relaxed);
}

void world_stop(void) {}
void world_resume(void) {}

bool world_is_attached(void) {
    pthread_mutex_lock(&gil.mutex);
    bool mine = gil.held && gil.holder == world_current;
    pthread_mutex_unlock(&gil.mutex);
    return mine;
}

void world_fork_begin(void) { pthread_mutex_lock(&gil.mutex); }

/* In the child the caller still holds the GIL, and nobody waits. Conditions are made anew:
 * in the old ones it would look as if there were waiters. */
void world_fork_end(bool child) {
    if (child) {
        gil.waiters = 0;
        if (!make_conditions()) die("the child of a fork could not make its conditions");
    }
    pthread_mutex_unlock(&gil.mutex);
}

uint64_t world_switches(void) {
    return atomic_load_explicit(&gil.switches, memory_order_relaxed);
}

const char *world_policy(void) { return handover->name; }
