/* signals.c: see signals.h. */
#include "core/vm/signals.h"
#include "core/threads/thread.h"
#include <errno.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

static _Atomic bool interrupted;
static _Atomic int descriptor = -1; /* an eventfd: counts what is noted */
static World *_Atomic main_world;

static void note(int signal) {
    (void)signal;
    atomic_store(&interrupted, true);
    int before = errno, to = atomic_load(&descriptor);
    if (to >= 0) eventfd_write(to, 1);
    errno = before;
    World *world = atomic_load(&main_world);
    if (world) world_poke(world);
}

void signals_start(void) {
    atomic_store(&main_world, world_self());
    struct sigaction action = {.sa_handler = note};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
}

int signals_descriptor(void) {
    if (atomic_load(&descriptor) < 0)
        atomic_store(&descriptor, eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    return atomic_load(&descriptor);
}

bool signals_check(void) {
    if (likely(!atomic_load_explicit(&interrupted, memory_order_relaxed))) return true;
    if (world_self() != atomic_load(&main_world)) return true;
    eventfd_t count;
    if (atomic_load(&descriptor) >= 0) eventfd_read(atomic_load(&descriptor), &count);
    atomic_store(&interrupted, false);
    gilt_raise(GILT_KEYBOARD_INTERRUPT, NULL);
    return false;
}
