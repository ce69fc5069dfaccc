/* thread.h: the threads of the runtime.
 *
 *            thread_begin                 thread_end
 *   (none) ---------------> running ---------------------> ended
 *                              ^                             |
 *                              +-----------------------------+
 *                                 thread_begin adopts it
 *
 * A Thread is a number, a heap and the mode's World. When a thread ends they stay, with
 * the objects that they own, and the next thread to begin adopts them: so numbers stay
 * small, memory is reused, and no object ever loses its owner without knowing. */
#pragma once
#include "core/memory/memory.h"
#include "core/object/object.h"
#include "core/threads/fork.h"
#include "core/types/weakref.h"

#define THREADS_MAX 65000 /* numbers are 16 bits; the last few mean something else */

typedef struct Thread {
    World world; /* first: world_self() is the Thread */
    Heap heap;
    uint16_t id;
    bool running;        /* guarded by the registry's mutex */
    Object *error;       /* the exception that is set, or NULL */
    Object *handled;     /* the one being handled, or NULL: vm/eval.c */
    struct Frame *frame; /* the function of the program that runs, or NULL: vm/frame.h */
    uint64_t *stack, *stack_top, *stack_end; /* of values */
    void *memo; /* behind the stack: what names mean in classes: vm/caches.c */
    unsigned depth;                          /* of calls */
    RefCount *dead;      /* objects that wait for their destruction: object.c */
    WeakrefCalls calls;  /* of those objects */
    unsigned destroying; /* depth of object_destroy on the C stack */
    bool collecting;     /* it is in gc_collect */
    struct Thread *next_ended;
} Thread;

static inline Thread *thread_self(void) { return (Thread *)world_self(); }

/* The calling thread begins or ends. false: no memory or too many threads (*why says). */
bool thread_begin(const char **why);
void thread_end(void);

/* Frees all Threads; no thread may run. */
void threads_finish(void);

/* Calls visit for each Thread, running or ended. Holds the registry's mutex meanwhile. */
void threads_each(void (*visit)(Thread *, void *), void *data);

/* Does any Thread exist? */
bool threads_exist(void);

void threads_fork(ForkStep step);

/* In the child of a fork, with the world stopped: the other threads have ended. */
void threads_forked(void);

/* What a safepoint does when the poll word is set. */
void safepoint_slow(void);
void safepoint_settle(void); /* all of it but a collection */

/* Around whatever may block: no objects are touched in between. */
void blocking_begin(void);
static inline void blocking_end(void) { world_attach(); }

/* Noise lets all others run: in gil nobody else would otherwise. */
static inline void safepoint(void) {
    if (chaos(CHAOS_SAFEPOINT)) blocking_begin(), blocking_end();
    if (unlikely(world_polled())) safepoint_slow();
}
