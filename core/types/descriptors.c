/* descriptors.c: classmethod and staticmethod: a callable, and what it is bound to. What
 * they hold does not change once they are made, unless a program calls __init__ again. */
#include "core/types/descriptors.h"
#include "core/object/arguments.h"
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/object/native.h"
#include "core/types/class.h"
#include "core/types/fields.h"
#include "core/types/fixed.h"
#include "core/types/heir.h"
#include <stdlib.h>

typedef struct Wrapped {
    Object head;
    Slot callable;
} Wrapped;

FIELDS(wrapped, Wrapped, callable, 1)

_Atomic bool descriptors_changed;

Object *wrapped_callable(Object *o) { return slot_take(o, &((Wrapped *)o)->callable); }

/* A new reference; None before __init__. */
static Object *callable_of(Object *o) {
    Object *callable = wrapped_callable(o);
    return callable ? callable : gilt_none();
}

static Object *wrapped_new(Type *type, Object *callable) {
    Wrapped *o = (Wrapped *)heir_or_native_new(type, MEMORY_CONTAINER, sizeof *o);
    if (!o) return NULL;
    slot_init(&o->callable, refs_of(callable ? incref(callable) : NULL));
    return &o->head;
}

Object *class_method_new(Object *function) {
    return wrapped_new(&types[TYPE_CLASS_METHOD], function);
}

Object *static_method_new(Object *function) {
    return wrapped_new(&types[TYPE_STATIC_METHOD], function);
}

static Object *wrapped_make(Type *type, Object *const *arguments, size_t count,
                            Object *names) {
    (void)arguments, (void)count, (void)names;
    return wrapped_new(type, NULL);
}

static bool wrapped_init(Object *o, Object *const *arguments, size_t count, Object *names) {
    if (!arguments_plain(is_kind(o, TYPE_CLASS_METHOD) ? "classmethod" : "staticmethod",
                         count, names, 1, 1))
        return false;
    Object *before = wrapped_callable(o);
    if (before) atomic_store(&descriptors_changed, true);
    decref_maybe(before);
    field_put(o, &((Wrapped *)o)->callable, incref(arguments[0]));
    return true;
}

/* ---- Binding ---- */

static Object *class_method_get(Object *o, Object *object, Type *owner) {
    Object *callable = callable_of(o), *class = &(owner ? owner : type_of(object))->head;
    if (descriptor_binds(callable)) return descriptor_get(callable, class, type_of(class));
    Object *bound = bound_method_new(callable, class);
    decref(callable);
    return bound;
}

static Object *static_method_get(Object *o, Object *object, Type *owner) {
    (void)object, (void)owner;
    return callable_of(o);
}

static Object *static_method_call(Object *o, Object *const *arguments, size_t count,
                                  Object *names) {
    Object *callable = callable_of(o);
    Object *result = object_call(callable, arguments, count, names);
    decref(callable);
    return result;
}

/* ---- As objects ---- */

static Object *repr_as(Object *o, const char *name) {
    Object *callable = callable_of(o), *shown = gilt_repr(callable);
    char *utf8 = shown ? gilt_str_utf8(shown, NULL) : NULL;
    Object *text = utf8 ? gilt_str_format("<%s(%s)>", name, utf8) : NULL;
    free(utf8);
    decref_maybe(shown);
    decref(callable);
    return text;
}

static Object *class_method_repr(Object *o) { return repr_as(o, "classmethod"); }
static Object *static_method_repr(Object *o) { return repr_as(o, "staticmethod"); }

static Object *get_callable(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return callable_of(self);
}

static Object *get_abstract(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *callable = callable_of(self);
    Object *flag = attribute_get_maybe(callable, class_names.abstract);
    decref(callable);
    int truth = flag ? gilt_true(flag) : gilt_error() ? -1 : 0;
    decref_maybe(flag);
    return truth < 0 ? NULL : gilt_bool(truth);
}

/* A function's __name__, __doc__ and the like are the wrapper's, too. */
static Object *wrapped_get_attr(Object *o, Object *name) {
    Object *own = class_find(type_of(o), name);
    bool is_own = own && name != class_names.doc;
    decref_maybe(own);
    if (is_own) return attribute_get_plain(o, name);
    Object *mine = attribute_own(o, name);
    if (mine) return mine;
    Object *callable = callable_of(o), *found = attribute_get_maybe(callable, name);
    decref(callable);
    return found || gilt_error() ? found : attribute_get_plain(o, name);
}

static const Native wrapped_methods[] = {
    {"get __func__", get_callable},
    {"get __wrapped__", get_callable},
    {"get __isabstractmethod__", get_abstract},
    {0},
};

const TypeOps class_method_ops = {
    FIELDS_OPS(wrapped),          .hash = hash_by_address,    .repr = class_method_repr,
    .get_attr = wrapped_get_attr, .get = class_method_get,    .make = wrapped_make,
    .init = wrapped_init,         .methods = wrapped_methods,
};

const TypeOps static_method_ops = {
    FIELDS_OPS(wrapped),          .hash = hash_by_address,    .repr = static_method_repr,
    .get_attr = wrapped_get_attr, .call = static_method_call, .get = static_method_get,
    .make = wrapped_make,         .init = wrapped_init,       .methods = wrapped_methods,
};
