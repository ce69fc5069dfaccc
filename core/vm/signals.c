/* signals.c: see signals.h.
 *
 * A signal that comes just before a thread goes to wait must end the wait, on whichever
 * thread it is delivered. So there is an eventfd to wait for, too: the handler sets
 * `interrupted`, then writes it; who waits empties it, then looks at `interrupted`, then
 * waits. If that look comes too early to see the signal, what the handler writes comes
 * after the eventfd was emptied, and the wait ends at once. An eventfd that says something
 * old costs one more turn. It is made before the first look, and the handler looks for it
 * after it has set `interrupted`: it finds it, or is seen. */
#include "core/vm/signals.h"
#include "core/threads/thread.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>

static _Atomic bool interrupted;
static _Atomic int event = -1; /* the eventfd; -1: nobody has waited yet */
static World *_Atomic main_world;

static void note(int signal) {
    (void)signal;
    atomic_store(&interrupted, true);
    int before = errno, to = atomic_load(&event);
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

bool signals_wait(int file) {
    if (atomic_load(&event) < 0)
        atomic_store(&event, eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    struct pollfd from[] = {{.fd = file, .events = POLLIN},
                            {.fd = atomic_load(&event), .events = POLLIN}};
    for (eventfd_t count;;) {
        if (from[1].fd >= 0) eventfd_read(from[1].fd, &count);
        if (atomic_load(&interrupted)) return false;
        if (poll(from, 2, -1) < 0 && errno != EINTR) return false;
        if (from[0].revents) return true;
    }
}

bool signals_check(void) {
    if (likely(!atomic_load_explicit(&interrupted, memory_order_relaxed))) return true;
    if (world_self() != atomic_load(&main_world)) return true;
    atomic_store(&interrupted, false);
    gilt_raise(GILT_KEYBOARD_INTERRUPT, NULL);
    return false;
}
