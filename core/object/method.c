/* method.c: methods bound to their objects, and calls of any object. A bound method never
 * changes, but that the collector empties one that is garbage. */
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/object/native_bind.h"
#include "core/threads/stack.h"
#include "core/types/class.h"
#include "core/types/tuple.h"
#include <stdlib.h>
#include <string.h>

/* ---- Calls ---- */

Object *object_call(Object *callable, Object *const *arguments, size_t count,
                    Object *names) {
    const TypeOps *ops = type_of(callable)->ops;
    if (unlikely(!ops->call))
        return gilt_raise(GILT_TYPE_ERROR, "'%s' object is not callable",
                          type_of(callable)->name);
    if (unlikely(stack_is_deep()))
        return gilt_raise(GILT_RECURSION_ERROR, "maximum recursion depth exceeded");
    return ops->call(callable, arguments, count, names);
}

#define FEW 12

/* With self before the arguments. */
static Object *call_with_self(Object *function, Object *self, Object *const *arguments,
                              size_t count, Object *names) {
    size_t size = count + (names ? ((Tuple *)names)->size : 0);
    Object *few[FEW];
    Object **all = size < FEW ? few : malloc((size + 1) * sizeof *all);
    if (!all) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    all[0] = self;
    if (size) memcpy(all + 1, arguments, size * sizeof *all);
    Object *result = object_call(function, all, count + 1, names);
    if (all != few) free(all);
    return result;
}

/* ---- Bound methods ---- */

static Object *function_of(Object *o) {
    return object_of(slot_peek(&((BoundMethod *)o)->function));
}

static Object *self_of(Object *o) {
    return object_of(slot_peek(&((BoundMethod *)o)->self));
}

Object *bound_method_new(Object *function, Object *self) {
    uint32_t type =
        is_type(function, TYPE_NATIVE_METHOD) || is_type(function, TYPE_NATIVE_CLASS)
            ? TYPE_BOUND_NATIVE
            : TYPE_METHOD;
    BoundMethod *bound = (BoundMethod *)object_new(type, MEMORY_CONTAINER, sizeof *bound);
    if (!bound) return NULL;
    slot_init(&bound->function, refs_of(incref(function)));
    slot_init(&bound->self, refs_of(incref(self)));
    return &bound->head;
}

size_t bound_method_bytes(const Object *o) { return (void)o, sizeof(BoundMethod); }

unsigned bound_method_spans(const Object *o, Span *spans) {
    spans[0] = (Span){&((const BoundMethod *)o)->function, 2, sizeof(Slot)};
    return 1;
}

void bound_method_destroy(Object *o) {
    decref_maybe(function_of(o));
    decref_maybe(self_of(o));
}

bool bound_method_hash(Object *o, int64_t *hash) {
    int64_t function;
    hash_by_address(self_of(o), hash);
    if (!gilt_hash(function_of(o), &function)) return false;
    *hash ^= function;
    return true;
}

int bound_method_equal(Object *a, Object *b) {
    if (a->type != b->type) return 2;
    if (self_of(a) != self_of(b)) return 0;
    return gilt_equal(function_of(a), function_of(b));
}

static Object *method_call(Object *o, Object *const *arguments, size_t count,
                           Object *names) {
    return call_with_self(function_of(o), self_of(o), arguments, count, names);
}

/* The function's __qualname__ or __name__, or "?": a new reference. */
static Object *method_title(Object *function) {
    static const char *const names[] = {"__qualname__", "__name__"};
    for (size_t i = 0; i < 2; i++) {
        Object *name = gilt_intern(names[i]);
        Object *title = name ? gilt_get_attr(function, name) : NULL;
        if (title && is_type(title, GILT_STR)) return title;
        decref_maybe(title);
        gilt_error_clear();
    }
    return gilt_str_from("?");
}

static Object *method_repr(Object *o) {
    Object *title = method_title(function_of(o)), *self = gilt_repr(self_of(o));
    char *name = title ? gilt_str_utf8(title, NULL) : NULL;
    char *shown = self ? gilt_str_utf8(self, NULL) : NULL;
    Object *text =
        name && shown ? gilt_str_format("<bound method %s of %s>", name, shown) : NULL;
    free(name);
    free(shown);
    decref_maybe(title);
    decref_maybe(self);
    return text;
}

/* Its own attributes come first, then all of the function's. */
static Object *method_get_attr(Object *o, Object *name) {
    Object *own = class_find(type_of(o), name);
    decref_maybe(own);
    return own ? attribute_get_plain(o, name) : gilt_get_attr(function_of(o), name);
}

static Object *get_function(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(function_of(o));
}

static Object *get_self(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(self_of(o));
}

/* __doc__ and the like of the function, which `object` would hide. */
static Object *forward(Object *o, const char *text) {
    Object *name = gilt_intern(text);
    return name ? gilt_get_attr(function_of(o), name) : NULL;
}

static Object *get_doc(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return forward(o, "__doc__");
}

static Object *get_module(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return forward(o, "__module__");
}

static const Native method_attributes[] = {
    {"get __func__", get_function},
    {"get __self__", get_self},
    {"get __doc__", get_doc},
    {"get __module__", get_module},
    {0},
};

static Object *method_make(Type *type, Object *const *arguments, size_t count,
                           Object *names) {
    (void)type;
    if (names || count != 2)
        return gilt_raise(GILT_TYPE_ERROR, "method expected 2 arguments, got %zu", count);
    if (!type_of(arguments[0])->ops->call)
        return gilt_raise(GILT_TYPE_ERROR, "first argument must be callable");
    if (is_type(arguments[1], GILT_NONE))
        return gilt_raise(GILT_TYPE_ERROR, "instance must not be None");
    return bound_method_new(arguments[0], arguments[1]);
}

const TypeOps bound_method_ops = {.kind = MEMORY_CONTAINER,
                                  .bytes = bound_method_bytes,
                                  .spans = bound_method_spans,
                                  .destroy = bound_method_destroy,
                                  .hash = bound_method_hash,
                                  .equal = bound_method_equal,
                                  .repr = method_repr,
                                  .get_attr = method_get_attr,
                                  .call = method_call,
                                  .make = method_make,
                                  .methods = method_attributes};
