/* function.c: native functions, which hold no references, and closures, which hold one.
 * Neither ever changes, but that the collector empties a closure that is garbage. */
#include "core/types/function.h"
#include "core/object/attributes.h"
#include <string.h>

typedef struct Function {
    Object head;
    GiltNative *native;
    void *data;
    size_t name_bytes; /* with the final NUL */
    char name[];
} Function;

typedef struct Closure {
    Object head;
    Slot captured; /* NULL only once it is garbage */
    GiltClosure *native;
    size_t name_bytes; /* with the final NUL */
    char name[];
} Closure;

/* ---- Native functions ---- */

GiltObject *gilt_function_new(const char *name, GiltNative *native, void *data) {
    size_t bytes = strlen(name) + 1;
    Function *f = (Function *)object_new(GILT_FUNCTION, MEMORY_LEAF, sizeof *f + bytes);
    if (!f) return NULL;
    f->native = native;
    f->data = data;
    f->name_bytes = bytes;
    memcpy(f->name, name, bytes);
    return &f->head;
}

static size_t function_bytes(const Object *o) {
    return sizeof(Function) + ((const Function *)o)->name_bytes;
}

static Object *function_repr(Object *o) {
    return gilt_str_format("<built-in function %s>", ((Function *)o)->name);
}

static Object *function_call(Object *o, Object *const *arguments, size_t count,
                             Object *names) {
    (void)names;
    Function *f = (Function *)o;
    return f->native(f->data, arguments, count);
}

const TypeOps function_ops = {
    .kind = MEMORY_LEAF,
    .bytes = function_bytes,
    .hash = hash_by_address,
    .repr = function_repr,
    .call = function_call,
};

/* ---- Closures ---- */

GiltObject *gilt_closure_new(const char *name, GiltClosure *native, GiltObject *captured) {
    size_t bytes = strlen(name) + 1;
    Closure *c = (Closure *)object_new(GILT_CLOSURE, MEMORY_CONTAINER, sizeof *c + bytes);
    if (!c) return NULL;
    slot_init(&c->captured, refs_of(incref(captured)));
    c->native = native;
    c->name_bytes = bytes;
    memcpy(c->name, name, bytes);
    return &c->head;
}

static size_t closure_bytes(const Object *o) {
    return sizeof(Closure) + ((const Closure *)o)->name_bytes;
}

static unsigned closure_spans(const Object *o, Span *spans) {
    spans[0] = (Span){&((const Closure *)o)->captured, 1, sizeof(Slot)};
    return 1;
}

static void closure_destroy(Object *o) {
    decref_maybe(object_of(slot_peek(&((Closure *)o)->captured)));
}

static Object *closure_repr(Object *o) {
    return gilt_str_format("<function %s>", ((Closure *)o)->name);
}

/* The caller's reference to the closure keeps what it captured. */
static Object *closure_call(Object *o, Object *const *arguments, size_t count,
                            Object *names) {
    (void)names;
    Closure *c = (Closure *)o;
    return c->native(object_of(slot_peek(&c->captured)), arguments, count);
}

const TypeOps closure_ops = {
    .kind = MEMORY_CONTAINER,
    .bytes = closure_bytes,
    .spans = closure_spans,
    .destroy = closure_destroy,
    .hash = hash_by_address,
    .repr = closure_repr,
    .call = closure_call,
};
