/* generator.h: frames that wait in an object.
 *
 * A generator is its frame. It is CREATED, then goes between SUSPENDED and RUNNING, and
 * ends FINISHED, with empty registers. Only who made it RUNNING touches its frame, so two
 * threads on one generator get a ValueError, not each other's registers. It is made so
 * under its lock, which costs the thread that made it no atomic operation (nogil/lock.h);
 * who leaves it stores without the lock, since while it is RUNNING nobody else stores: with
 * release, which pairs with the acquire of the next to enter. One that only a register
 * refers to is entered without the lock: nobody can come by it but through this thread,
 * which has stored RUNNING before it gives it away. */
#pragma once
#include "core/vm/frame.h"

typedef enum GeneratorState {
    GENERATOR_CREATED,
    GENERATOR_SUSPENDED,
    GENERATOR_RUNNING,
    GENERATOR_FINISHED
} GeneratorState;

typedef struct Generator {
    Object head;
    _Atomic uint32_t state;
    uint32_t registers; /* in the block */
    Object *name, *qualname;
    Object *handled;  /* what it was handling when it yielded, or NULL; owned */
    Object *delegate; /* what it waits for in `yield from`: borrowed from a register */
    Frame frame;      /* then the registers */
} Generator;

extern const TypeOps generator_ops;

/* A generator that will run `frame`, which it takes over with all its registers; they must
 * be owned. The frame stays to be taken off the stack by the caller. NULL, MemoryError. */
Object *generator_new(Frame *frame);

/* Before its frame is made current: false with ValueError if it is running. *finished: it
 * has nothing more to give, and no exception is set. */
bool generator_enter(Generator *g, bool *finished);

/* The same of one that a register holds. */
static inline bool generator_enter_held(Generator *g, bool *finished) {
    if (likely(ref_is_sole(&g->head.refs)) &&
        likely(atomic_load_explicit(&g->state, memory_order_relaxed) < GENERATOR_RUNNING)) {
        atomic_store_explicit(&g->state, GENERATOR_RUNNING, memory_order_relaxed);
        *finished = false;
        return true;
    }
    return generator_enter(g, finished);
}

/* Runs until it yields: the value, EMPTY with an exception, or EMPTY without at its end,
 * with *result what it returned (may be NULL: not wanted). `sent` is owned, EMPTY: None. */
Value generator_resume(Generator *g, Value sent, Object **result);

/* One that was entered becomes current, resumed by `back` with the value `sent` (owned;
 * EMPTY is None). false: RecursionError. leave: the other way, before the next one may
 * enter. */
bool generator_current(Thread *self, Generator *g, Frame *back, FrameKind kind, Value sent);
void generator_leave(Thread *self, Generator *g, GeneratorState state);

/* Where it goes on: `yield from` is carried out again until its iterator ends. */
static inline const Word *generator_pc(const Frame *frame) {
    return frame->pc - (frame->generator->delegate != NULL);
}
