/* calls.c: see calls.h; and frames for C, which calls functions of the program and runs
 * code. */
#include "core/vm/calls.h"
#include "core/vm/unwind.h"

_Atomic unsigned vm_recursion_limit = 1000;

Frame *frame_push(Thread *self, const Code *code) {
    if (!self->stack && !stack_make(self)) return NULL;
    if (!frame_fits(self, code))
        return (Frame *)gilt_raise(GILT_RECURSION_ERROR,
                                   "maximum recursion depth exceeded");
    Frame *frame = frame_begin(self, code);
    frame->function = NULL;
    frame->globals = NULL;
    frame->pc = code->words;
    return frame;
}

void frame_pop(Thread *self, Frame *frame) {
    frame_end(self, frame, frame->code->registers);
}

Value call_object(Object *callee, Object *self_argument, Value *R, const Word *operands,
                  unsigned count, Object *names) {
    Object *arguments[ARGUMENTS_QUICK + 2];
    unsigned first = self_argument != NULL;
    arguments[0] = self_argument;
    for (unsigned i = 0; i < count; i++)
        if (!(arguments[first + i] = slow_object(&R[operand_at(operands, i)])))
            return EMPTY;
    size_t named = names ? ((const Tuple *)names)->size : 0;
    return value_owned(object_call(callee, arguments, first + count - named, names));
}

Frame *call_frame_slowly(Thread *self, Callee *function, Value self_argument, Value *R,
                         const Word *operands, unsigned count, Object *names,
                         unsigned first) {
    const Code *code = callee_code(function);
    if (unlikely(!frame_fits(self, code)))
        return value_drop(self_argument),
               (Frame *)gilt_raise(GILT_RECURSION_ERROR,
                                   "maximum recursion depth exceeded");
    Frame *frame = frame_of(self, function, code);
    Value values[ARGUMENTS_QUICK + 2], *v = values;
    bool simple = !names && code->simple == count + (self_argument != EMPTY);
    if (simple) v = frame_registers(frame);
    if (self_argument) *v++ = self_argument;
    for (unsigned i = 0; i < count; i++) *v++ = pass(R, operand_at(operands, i), first);
    if (simple) return frame;
    size_t named = names ? ((const Tuple *)names)->size : 0;
    size_t given = (size_t)(v - values) - named;
    if (arguments_bind(function, values, given, names, frame_registers(frame)))
        return frame;
    frame_pop(self, frame);
    return NULL;
}

static bool borrow_arguments(Callee *function, Object *const *arguments, size_t count,
                             Object *names, Value *registers) {
    size_t all = count + (names ? ((const Tuple *)names)->size : 0);
    Value few[16],
        *values = all <= 16 ? few : memory_new(MEMORY_ARRAY, all * sizeof *values);
    if (!values) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    for (size_t i = 0; i < all; i++) values[i] = value_borrowed(arguments[i]);
    bool well = arguments_bind(function, values, count, names, registers);
    if (values != few) memory_free(values, all * sizeof *values);
    return well;
}

/* A call with everything in objects: for C. */
Object *vm_call(Callee *function, Object *const *arguments, size_t count, Object *names) {
    Thread *self = thread_self();
    const Code *code = callee_code(function);
    Frame *frame = frame_push(self, code);
    if (!frame) return NULL;
    if (likely(!names && count == code->simple)) {
        for (size_t i = 0; i < count; i++)
            frame_registers(frame)[i] = value_borrowed(arguments[i]);
    } else if (!borrow_arguments(function, arguments, count, names,
                                 frame_registers(frame))) {
        frame_pop(self, frame);
        return NULL;
    }
    frame->function = function;
    frame->globals = object_of(slot_peek(&function->globals));
    Value value = frame_run(self, frame);
    Object *result = value ? value_box(value) : NULL;
    value_drop(value);
    return result;
}

Object *vm_run(Code *code, Object *globals, Object *names) {
    Thread *self = thread_self();
    Frame *frame = frame_push(self, code);
    if (!frame) return NULL;
    code_seen_with(code, globals);
    frame->globals = globals;
    frame->names = names;
    Value value = frame_run(self, frame);
    Object *result = value ? value_box(value) : NULL;
    value_drop(value);
    return result;
}
