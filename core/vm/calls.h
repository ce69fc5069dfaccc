/* calls.h: beginning and ending frames, and calls, as the loop does them: README.md,
 * "Calls". */
#pragma once
#include "core/object/native_bind.h"
#include "core/types/tuple.h"
#include "core/vm/generator.h"
#include "core/vm/registers.h"
#include "core/vm/slow.h"
#include "core/vm/vm.h"

/* ---- frames ---- */

typedef Value TwoValues __attribute__((vector_size(16), aligned(8), may_alias));

/* For a call from the program; who makes it for something else says so. */
static ALWAYS_INLINE Frame *frame_begin(Thread *self, const Code *code) {
    Frame *frame = (Frame *)self->stack_top;
    Value *registers = frame_registers(frame);
    unsigned count = code->registers;
    self->stack_top = registers + count;
    self->depth++;
    for (unsigned i = 0; i < count; i += 2) *(TwoValues *)&registers[i] = (TwoValues){0};
    frame->code = code;
    *(TwoValues *)&frame->names = *(TwoValues *)&frame->outside = (TwoValues){0};
    frame->special = frame->handlers = 0;
    return frame;
}

static inline bool frame_fits(Thread *self, const Code *code) {
    Value *end = self->stack_top + FRAME_WORDS + code->registers;
    return likely(end < self->stack_end &&
                  self->depth <
                      atomic_load_explicit(&vm_recursion_limit, memory_order_relaxed));
}

/* Registers up to `count` may hold something. */
static ALWAYS_INLINE void frame_end(Thread *self, Frame *frame, unsigned count) {
    registers_drop(frame_registers(frame), count);
    if (unlikely(frame->special)) {
        decref_maybe(frame->made);
        if (frame->owns_function) decref(&frame->function->head);
    }
    self->depth--;
    self->stack_top = (Value *)frame;
}

/* A generator's frame stops for good. */
static inline void generator_end(Thread *self, Frame *frame) {
    Generator *g = frame->generator;
    registers_drop(frame_registers(frame), frame->code->registers);
    generator_leave(self, g, GENERATOR_FINISHED);
    self->depth--;
}

/* ---- calls ---- */

#define ARGUMENTS_QUICK 64
#define NATIVE_QUICK 4 /* one word of operands */

/* Of natives and other objects, `names` of the last or NULL. Numbers become objects in
 * their registers. */
Value call_object(Object *callee, Object *self_argument, Value *R, const Word *operands,
                  unsigned count, Object *names);

/* Is it a native of this type that so many arguments suit just as they are? */
static ALWAYS_INLINE bool is_plain_native(Value v, uint32_t type, unsigned count) {
    const NativeObject *n = (const NativeObject *)value_object(v);
    return value_is_object(v) && v && is_type(&n->head, type) &&
           native_is_plain(n, count) && n->most <= NATIVE_QUICK;
}

/* Calls it. The arguments stay where they are. */
static ALWAYS_INLINE Value call_native(const NativeObject *n, Object *self, Value *R,
                                       Word operands, unsigned count) {
    Object *arguments[NATIVE_QUICK];
    unsigned i = 0, most = n->most;
    for (; i < count; i++, operands >>= 16) {
        Value *reg = &R[operands & 0xFFFF];
        if (!(arguments[i] = *reg & 3 ? slow_object(reg) : value_object(*reg)))
            return EMPTY;
    }
    for (; i < most; i++) arguments[i] = NULL;
    return value_owned(n->row->call(self, arguments, most));
}

/* A new frame for a function of the program, whose arguments are still to come. */
static ALWAYS_INLINE Frame *frame_of(Thread *self, Callee *function, const Code *code) {
    Frame *frame = frame_begin(self, code);
    frame->function = function;
    frame->globals = object_of(slot_peek(&function->globals));
    return frame;
}

/* The same with its arguments; not yet current. NULL with an exception. */
Frame *call_frame_slowly(Thread *self, Callee *function, Value self_argument, Value *R,
                         const Word *operands, unsigned count, Object *names,
                         unsigned first);

/* The same when they are: NULL without an exception if they are not, or there is no room.
 */
static ALWAYS_INLINE Frame *call_frame(Thread *self, Callee *function, Value self_argument,
                                       Value *R, const Word *operands, unsigned count,
                                       unsigned first) {
    const Code *code = callee_code(function);
    if (unlikely(code->simple != count + (self_argument != EMPTY) ||
                 !frame_fits(self, code)))
        return NULL;
    Frame *frame = frame_of(self, function, code);
    Value *to = frame_registers(frame);
    if (self_argument) *to++ = self_argument;
    for (unsigned i = 0; i < count; operands++) {
        Word word = *operands; /* four operands */
        do {
            *to++ = pass(R, word & 0xFFFF, first);
            word >>= 16;
        } while (++i < count && i % 4);
    }
    return frame;
}
