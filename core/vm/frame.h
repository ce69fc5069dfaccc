/* frame.h: activations, and functions of the program.
 *
 * A frame is a header and the registers behind it. Frames of calls stand on the thread's
 * stack of values, one behind the other; that of a generator is in the generator. Who is
 * called reads its arguments from where the caller has them: a temporary is moved, a local
 * variable is lent, which is safe because the caller's registers do not change while it
 * waits.
 *
 * Invariants. A temporary holds an owned reference only between the instruction that writes
 * it and the one that reads it; so when a frame ends, and when an exception looks for its
 * handler, dropping every owned register drops what is left and nothing else. Registers of
 * a new frame that are no parameters are EMPTY. */
#pragma once
#include "core/threads/thread.h"
#include "core/vm/code.h"

/* A function: code, and what it had around it when it was made. The fields are one span for
 * the collector. Those up to `closure` never change (but `defaults`: callee.c). */
typedef struct Callee {
    Object head;
    Slot code, globals, defaults, keyword_defaults, closure;
    Slot name, qualname, module, doc, annotations, dict;
} Callee;
#define CALLEE_SLOTS 11

extern const TypeOps callee_ops;

static inline Code *callee_code(const Callee *f) {
    return (Code *)object_of(slot_peek(&f->code));
}

/* A function over this code; takes references. NULL, MemoryError. */
Object *callee_new(Code *code, Object *globals, Object *defaults, Object *keyword_defaults,
                   Object *closure, Object *annotations);

typedef enum FrameKind {
    FRAME_CALL, /* the result goes to `result` of `back` */
    FRAME_INIT, /* an __init__: the result is `made` */
    FRAME_NEXT, /* a generator that NEXT_FOR of `back` has resumed */
    FRAME_FROM  /* a generator that YIELD_FROM of `back` has resumed */
} FrameKind;

typedef struct Frame {
    struct Frame *back; /* the caller */
    const Code *code;
    Callee *function; /* NULL: the code of a module, class, exec or eval */
    Object *globals;  /* a dict; borrowed from the function, or from who runs the code */
    const Word *pc;   /* while it waits: the next instruction */
    Object *names;    /* the dict of a class or module body, or NULL; likewise */
    Object *made;     /* FRAME_INIT: the instance */
    Object *outside;  /* generators: what was being handled where it was resumed */
    struct Generator *generator; /* that it is in, or NULL */
    union {
        uint32_t special; /* 0: a call from the program, and nothing to do at its end */
        struct {
            uint8_t kind;
            bool entry;         /* C waits for its result */
            bool owns_function; /* drops it at the end */
        };
    };
    uint16_t result, handlers; /* handlers: how many it is in */
} Frame;

#define FRAME_WORDS (sizeof(Frame) / sizeof(Value))
_Static_assert(sizeof(Frame) % sizeof(Value) == 0, "registers are aligned");

static inline Value *frame_registers(Frame *frame) { return (Value *)(frame + 1); }

/* The thread's stack of values; made at the first use. */
#define STACK_VALUES ((size_t)4 << 20)

/* A frame for `code` on top of the stack, with all registers EMPTY; not yet current. NULL:
 * RecursionError, MemoryError. */
Frame *frame_push(Thread *self, const Code *code);

/* Drops all registers, `made` and the function; takes the frame off the stack. */
void frame_pop(Thread *self, Frame *frame);

/* Puts arguments into the registers of a function's new frame: takes over the values
 * (keywords' behind the `count` positional ones). false: TypeError; all are dropped. */
bool arguments_bind(Callee *function, Value *arguments, size_t count, Object *names,
                    Value *registers);

/* Runs the frame, which becomes current and is popped at the end (unless it is a
 * generator's, that yields): its result, or EMPTY with an exception. */
Value frame_run(Thread *self, Frame *frame);

/* Resumes by raising the exception that is set where the frame waits. */
Value frame_run_raising(Thread *self, Frame *frame);
