/* signals.c: see signals.h. */
#include "core/vm/signals.h"
#include "core/threads/thread.h"
#include <signal.h>

static _Atomic bool interrupted;
static World *_Atomic main_world;

static void note(int signal) {
    (void)signal;
    atomic_store(&interrupted, true);
    World *world = atomic_load(&main_world);
    if (world) world_poke(world);
}

void signals_start(void) {
    atomic_store(&main_world, world_self());
    struct sigaction action = {.sa_handler = note};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
}

bool signals_check(void) {
    if (likely(!atomic_load_explicit(&interrupted, memory_order_relaxed))) return true;
    if (world_self() != atomic_load(&main_world)) return true;
    atomic_store(&interrupted, false);
    gilt_raise(GILT_KEYBOARD_INTERRUPT, NULL);
    return false;
}
