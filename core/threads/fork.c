/* fork.c: a fork leaves the child with a runtime that works, whose only thread forked.
 *
 * The forking thread first attaches, if it is detached, stops the world, and then takes
 * every mutex of the runtime. So at the fork all others are at a safepoint or detached, no
 * object and no list of the runtime is half written, and in the child each mutex is held by
 * the one thread that is there. In the child the other Threads become ended ones: what they
 * own stays, and new threads adopt it (thread.h).
 *
 * Order of locks: the stop; the mode's own mutexes; those of the table, from the top; the
 * last is a leaf. Nobody waits for the world while it holds one of them.
 *
 * What is lost with the other threads: what their C stacks held stays referenced and is
 * never freed; locks for programs that they held stay locked; what they were doing with the
 * help of a program's code (a sort, a finaliser, the finalisers of a collection) ends half
 * way. */
#include "core/threads/fork.h"
#include "core/gc/helpers.h"
#include "core/memory/arena.h"
#include "core/modules/threads.h"
#include "core/threads/parking.h"
#include "core/threads/stop.h"
#include "core/threads/thread.h"
#include "core/trace.h"
#include "core/types/intern.h"
#include "core/types/weakref.h"

/* They only work while the world is stopped, but may still be on their way back to sleep.
 */
static void helpers_fork(ForkStep step) {
    if (step == FORK_CHILD) helpers_forked();
}

static void (*const modules[])(ForkStep) = {
    threads_fork, parking_fork, arena_fork, weakref_fork,
    intern_fork,  helpers_fork, trace_fork, program_threads_fork,
};
#define MODULES (sizeof modules / sizeof *modules)

static _Thread_local bool is_ours, was_detached; /* the thread that forks now */
static bool was_foreign;

bool fork_was_foreign(void) { return was_foreign; }

static void prepare(void) {
    is_ours = world_self();
    if (!is_ours) return;
    was_detached = !world_is_attached();
    if (was_detached) world_attach();
    stop_world("fork");
    world_fork_begin();
    for (size_t i = 0; i < MODULES; i++) {
        chaos(CHAOS_FORK);
        modules[i](FORK_PREPARE);
    }
}

static void unlock(ForkStep step) {
    for (size_t i = MODULES; i--;) {
        chaos(CHAOS_FORK);
        modules[i](step);
    }
    world_fork_end(step == FORK_CHILD);
}

/* What has been pushed to a detached thread's queue since is merged when it is back. */
static void go_on(void) {
    resume_world();
    if (was_detached) world_detach();
}

static void in_parent(void) {
    if (!is_ours) return;
    unlock(FORK_PARENT);
    go_on();
}

static void in_child(void) {
    if (is_ours) {
        unlock(FORK_CHILD);
        chaos(CHAOS_FORK);
        threads_forked();
        chaos(CHAOS_FORK);
        go_on();
    } else if (threads_exist()) {
        was_foreign = true;
    }
}

bool fork_start(void) {
    static bool registered;
    if (!registered) registered = !pthread_atfork(prepare, in_parent, in_child);
    return registered;
}
