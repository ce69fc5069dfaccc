/* generator.c: send, throw and close. Running is frame_run's. */
#include "core/vm/generator.h"
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/object/error.h"
#include "core/object/native.h"
#include "core/types/class.h"
#include "core/modules/vm_calls.h"
#include "core/vm/traceback.h"
#include "core/vm/unwind.h"
#include "core/vm/vm.h"
#include <stdlib.h>
#include <string.h>

static Value *registers_of(Generator *g) { return frame_registers(&g->frame); }

Object *generator_new(Frame *frame) {
    unsigned count = frame->code->registers;
    Generator *g = (Generator *)object_new(TYPE_GENERATOR, MEMORY_CONTAINER,
                                           sizeof *g + count * sizeof(Value));
    if (!g) return NULL;
    if (frame->code->handler_count) finalizers_begin();
    atomic_init(&g->state, GENERATOR_CREATED);
    g->registers = count;
    g->name = incref(frame->code->name);
    g->qualname = incref(frame->code->qualname);
    g->handled = g->delegate = NULL;
    g->frame = *frame;
    g->frame.back = NULL;
    g->frame.generator = g;
    g->frame.owns_function = false;
    g->frame.result = NONE;
    incref(&frame->function->head);
    memcpy(registers_of(g), frame_registers(frame), count * sizeof(Value));
    memset(frame_registers(frame), 0, count * sizeof(Value));
    return &g->head;
}

/* ---- as an object ---- */

static size_t generator_bytes(const Object *o) {
    return sizeof(Generator) + ((const Generator *)o)->registers * sizeof(Value);
}

/* Registers that are not owned references are not aligned: the collector skips them. */
static unsigned generator_spans(const Object *o, Span *spans) {
    Generator *g = (Generator *)o;
    spans[0] = (Span){(const Slot *)registers_of(g), g->registers, sizeof(Slot)};
    spans[1] = (Span){(const Slot *)&g->frame.function, 1, sizeof(Slot)};
    spans[2] =
        (Span){(const Slot *)&g->name, 3, sizeof(Slot)}; /* name, qualname, handled */
    return 3;
}

static void generator_destroy(Object *o) {
    Generator *g = (Generator *)o;
    for (unsigned i = 0; i < g->registers; i++) value_drop(registers_of(g)[i]);
    if (g->frame.function) decref(&g->frame.function->head);
    decref_maybe(g->name);
    decref_maybe(g->qualname);
    decref_maybe(g->handled);
}

static Object *generator_repr(Object *o) {
    char *name = gilt_str_utf8(((Generator *)o)->qualname, NULL);
    Object *text =
        name ? gilt_str_format("<generator object %s at %p>", name, (void *)o) : NULL;
    free(name);
    return text;
}

/* In a try or with there is something to do when it is closed. */
bool vm_generator_waits(Object *o) {
    Generator *g = (Generator *)o;
    const Code *code = g->frame.code;
    if (atomic_load(&g->state) != GENERATOR_SUSPENDED) return false;
    return g->delegate || unwind_find(code, (uint32_t)(g->frame.pc - 1 - code->words));
}

/* ---- running ---- */

/* Under the lock, which others take only to enter, too: what it was before. */
static uint32_t enter(Generator *g) {
    object_lock(&g->head);
    uint32_t state = atomic_load_explicit(&g->state, memory_order_acquire);
    if (likely(state < GENERATOR_RUNNING))
        atomic_store_explicit(&g->state, GENERATOR_RUNNING, memory_order_relaxed);
    object_unlock(&g->head);
    return state;
}

bool generator_enter(Generator *g, bool *finished) {
    uint32_t state = enter(g);
    *finished = state == GENERATOR_FINISHED;
    if (likely(state != GENERATOR_RUNNING)) return true;
    gilt_raise(GILT_VALUE_ERROR, "generator already executing");
    return false;
}

bool generator_current(Thread *self, Generator *g, Frame *back, FrameKind kind,
                       Value sent) {
    Frame *frame = &g->frame;
    if (self->depth >= atomic_load_explicit(&vm_recursion_limit, memory_order_relaxed)) {
        value_drop(sent);
        atomic_store(&g->state, GENERATOR_SUSPENDED);
        gilt_raise(GILT_RECURSION_ERROR, "maximum recursion depth exceeded");
        return false;
    }
    if (frame->result == NONE)
        value_drop(sent);
    else
        registers_of(g)[frame->result] = sent ? sent : value_borrowed(gilt_none());
    frame->outside = self->handled;
    if (g->handled) {
        self->handled = g->handled;
        g->handled = NULL;
    } else if (self->handled) {
        incref(self->handled);
    }
    frame->back = back;
    frame->kind = (uint8_t)kind;
    frame->entry = kind == FRAME_CALL;
    self->depth++;
    self->frame = frame;
    return true;
}

void generator_leave(Thread *self, Generator *g, GeneratorState state) {
    Frame *frame = &g->frame;
    Object *own = self->handled;
    self->handled = frame->outside;
    frame->outside = NULL;
    if (frame->handlers && state == GENERATOR_SUSPENDED)
        g->handled = own;
    else
        decref_maybe(own);
    atomic_store_explicit(&g->state, state, memory_order_release);
}

/* What frame_run answered: a yielded value if the generator is suspended now, its result if
 * it is finished. */
static Value outcome(Generator *g, Value value, Object **result) {
    if (!value || atomic_load(&g->state) != GENERATOR_FINISHED) return value;
    Object *o = value_box(value);
    value_drop(value);
    if (result)
        *result = o;
    else
        decref_maybe(o);
    return EMPTY;
}

static Value run(Generator *g, Value sent, bool raising, Object **result) {
    Thread *self = thread_self();
    Object *error = raising ? gilt_error_take() : NULL;
    if (!generator_current(self, g, self->frame, FRAME_CALL, sent)) {
        decref_maybe(error);
        return EMPTY;
    }
    error_set(error);
    incref(&g->head);
    Value value = raising ? frame_run_raising(self, &g->frame) : frame_run(self, &g->frame);
    value = outcome(g, value, result);
    decref(&g->head);
    return value;
}

Value generator_resume(Generator *g, Value sent, Object **result) {
    bool finished, just_created = atomic_load(&g->state) == GENERATOR_CREATED;
    if (just_created && sent && value_object(sent) != gilt_none()) {
        value_drop(sent);
        gilt_raise(GILT_TYPE_ERROR,
                   "can't send non-None value to a just-started generator");
        return EMPTY;
    }
    if (!generator_enter(g, &finished) || finished) {
        value_drop(sent);
        if (finished && result) *result = gilt_none();
        return EMPTY;
    }
    return run(g, sent, false, result);
}

static Object *boxed(Value value) {
    Object *o = value ? value_box(value) : NULL;
    value_drop(value);
    return o;
}

static Object *generator_next(Object *o) {
    Object *result = NULL;
    Object *value = boxed(generator_resume((Generator *)o, EMPTY, &result));
    if (result && !is_type(result, GILT_NONE)) { /* for who asks: StopIteration.value */
        Object *error = exception_new(&types[GILT_STOP_ITERATION], &result, 1);
        if (error) error_set(error);
    }
    decref_maybe(result);
    return value;
}

static Object *stop(Object *result) {
    if (gilt_error()) return NULL;
    bool none = !result || is_type(result, GILT_NONE);
    Object *error = exception_new(&types[GILT_STOP_ITERATION], &result, !none);
    if (error) error_set(error);
    decref_maybe(result);
    return NULL;
}

static Object *generator_send(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    Object *result = NULL;
    Value value =
        generator_resume((Generator *)o, value_owned(incref(arguments[0])), &result);
    return value ? boxed(value) : stop(result);
}

static Object *generator_dunder_next(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *result = NULL;
    Value value = generator_resume((Generator *)o, EMPTY, &result);
    return value ? boxed(value) : stop(result);
}

/* Ends one that has not begun, or raises in it. The exception is set. */
static Value raise_in(Generator *g, Object **result) {
    bool finished;
    Object *error = gilt_error_take();
    if (!generator_enter(g, &finished)) {
        decref(error);
        return EMPTY;
    }
    error_set(error);
    return finished ? EMPTY : run(g, EMPTY, true, result);
}

/* throw(value), throw(type), throw(type, value, traceback). */
static Object *exception_of(Object *const *arguments) {
    Object *what = arguments[0], *value = arguments[1];
    if (is_type(what, GILT_TYPE) &&
        class_inherits((Type *)what, &types[GILT_BASE_EXCEPTION])) {
        if (!value || is_type(value, GILT_NONE)) return gilt_call(what, NULL, 0);
        if (class_inherits(type_of(value), (Type *)what)) return incref(value);
        if (!is_type(value, GILT_TUPLE)) return gilt_call(what, &value, 1);
        return gilt_call(what, ((Tuple *)value)->items, ((Tuple *)value)->size);
    }
    if (class_inherits(type_of(what), &types[GILT_BASE_EXCEPTION])) return incref(what);
    return gilt_raise(
        GILT_TYPE_ERROR,
        "exceptions must be classes or instances deriving from BaseException, "
        "not %s",
        type_of(what)->name);
}

/* Does it wait in `yield from`? */
static bool delegates(const Generator *g) {
    return g->delegate && atomic_load(&g->state) == GENERATOR_SUSPENDED;
}

/* close() of what it waits for, if that has one; an exception of it stays. */
static void close_delegate(Generator *g) {
    if (!delegates(g)) return;
    Object *close = attribute_get_maybe(g->delegate, gilt_intern("close"));
    if (!close) gilt_error_clear();
    Object *done = close ? gilt_call(close, NULL, 0) : NULL;
    decref_maybe(close);
    decref_maybe(done);
}

static bool is_generator_exit(Object *what) {
    const Type *type = is_type(what, GILT_TYPE) ? (Type *)what : type_of(what);
    return class_inherits(type, &types[GILT_GENERATOR_EXIT]);
}

/* A generator that waits in `yield from` passes it on, as it was given. false: it does not,
 * or there is an exception that is to be raised in the generator now. */
static bool throw_delegate(Generator *g, Object *const *arguments, Value *value,
                           Object **result) {
    if (!delegates(g)) return false;
    if (is_generator_exit(arguments[0])) return close_delegate(g), false;
    Object *delegate = g->delegate;
    Object *method = attribute_get_maybe(delegate, gilt_intern("throw"));
    *value = EMPTY;
    if (!method) return gilt_error() != NULL;
    incref(delegate);
    size_t count = 1;
    while (count < 3 && arguments[count]) count++;
    Object *answer = gilt_call(method, arguments, count);
    decref(method);
    decref(delegate);
    if (answer) {
        *value = value_owned(answer);
    } else if (!gilt_error_is(GILT_STOP_ITERATION)) {
        return false;
    } else { /* the delegate has ended: so goes `yield from` */
        Object *stopped = gilt_error_take();
        Object *got = attribute_get(stopped, gilt_intern("value"));
        decref(stopped);
        g->delegate = NULL;
        bool finished;
        if (got && generator_enter(g, &finished))
            *value = run(g, value_owned(got), false, result);
    }
    return true;
}

static Object *generator_throw(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    Generator *g = (Generator *)o;
    Object *result = NULL;
    Value value;
    if (!throw_delegate(g, arguments, &value, &result)) {
        bool set = gilt_error();
        Object *error = set ? NULL : exception_of(arguments);
        if (error) error_set(error);
        value = set || error ? raise_in(g, &result) : EMPTY;
    }
    return value ? boxed(value) : stop(result);
}

Object *vm_generator_close(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Generator *g = (Generator *)o;
    if (atomic_load(&g->state) == GENERATOR_FINISHED) return gilt_none();
    close_delegate(g);
    if (!gilt_error()) gilt_raise(GILT_GENERATOR_EXIT, NULL);
    Object *result = NULL;
    Value value = raise_in(g, &result);
    decref_maybe(result);
    if (value) {
        value_drop(value);
        return gilt_raise(GILT_RUNTIME_ERROR, "generator ignored GeneratorExit");
    }
    if (gilt_error() && !gilt_error_is(GILT_GENERATOR_EXIT) &&
        !gilt_error_is(GILT_STOP_ITERATION))
        return NULL;
    gilt_error_clear();
    return gilt_none();
}

static Object *get_name(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(((Generator *)o)->name);
}

static Object *get_qualname(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(((Generator *)o)->qualname);
}

static Object *get_running(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_bool(atomic_load(&((Generator *)o)->state) == GENERATOR_RUNNING);
}

static Object *get_suspended(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_bool(atomic_load(&((Generator *)o)->state) == GENERATOR_SUSPENDED);
}

static Object *get_code(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    if (atomic_load(&((Generator *)o)->state) == GENERATOR_FINISHED) return gilt_none();
    return incref((Object *)&((Generator *)o)->frame.code->head);
}

/* Who else resumes it may change it, so the generator is entered meanwhile. */
static Object *get_delegate(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Generator *g = (Generator *)o;
    uint32_t state = enter(g);
    if (state >= GENERATOR_RUNNING) return gilt_none();
    Object *delegate = g->delegate ? incref(g->delegate) : gilt_none();
    atomic_store_explicit(&g->state, state, memory_order_release);
    return delegate;
}

/* None once it is finished. */
static Object *get_frame(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Generator *g = (Generator *)o;
    if (atomic_load(&g->state) == GENERATOR_FINISHED) return gilt_none();
    const Code *code = g->frame.code;
    const Word *pc = g->frame.pc;
    uint32_t at = pc > code->words ? (uint32_t)(pc - 1 - code->words) : 0;
    const TracePlace place = {.code = (Object *)&code->head,
                              .globals = g->frame.globals,
                              .line = code_place(code, at)->line,
                              .instruction = at};
    return frame_new(&place);
}

static const Native generator_methods[] = {
    {"send(value, /)", generator_send},
    {"__next__()", generator_dunder_next},
    {"throw(type, value=, traceback=, /)", generator_throw},
    {"close()", vm_generator_close},
    {"get __name__", get_name},
    {"get __qualname__", get_qualname},
    {"get gi_running", get_running},
    {"get gi_code", get_code},
    {"get gi_yieldfrom", get_delegate},
    {"get gi_frame", get_frame},
    {"get gi_suspended", get_suspended},
    {0},
};

static Object *generator_iterate(Object *o) { return incref(o); }

const TypeOps generator_ops = {
    .kind = MEMORY_CONTAINER,
    .bytes = generator_bytes,
    .spans = generator_spans,
    .destroy = generator_destroy,
    .hash = hash_by_address,
    .repr = generator_repr,
    .iterate = generator_iterate,
    .next = generator_next,
    .methods = generator_methods,
};
