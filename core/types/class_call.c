/* class_call.c: C(...): __new__, then __init__ if it made a C.
 *
 * Where neither class nor program says something, that is an instance without attributes,
 * or what `make` and `init` of the built-in do that it inherits. */
#include "core/object/attributes.h"
#include "core/object/iterate.h"
#include "core/object/native.h"
#include "core/types/class.h"
#include "core/types/dispatch.h"
#include "core/types/heir.h"
#include "core/types/instance.h"
#include <stdlib.h>

/* ---- What object does ---- */

static bool own_new(Type *type) {
    return type_is_program(type) ? class_has_special(type, SPECIAL_NEW)
                                 : type->ops->make != NULL;
}

static bool own_init(Type *type) {
    const TypeOps *native = type_native(type);
    return (type_is_program(type) && class_has_special(type, SPECIAL_INIT)) ||
           (native && native->init);
}

static bool raise_takes_none(const Type *type) {
    return gilt_raise(GILT_TYPE_ERROR, "%s() takes no arguments", type->name);
}

/* Too many arguments are somebody's mistake, unless the other of the two methods is the
 * program's and takes them. */
bool object_init_checked(Object *o, size_t count, Object *names) {
    Type *type = type_of(o);
    if (likely(!count && !names)) return true;
    if (own_init(type))
        return gilt_raise(GILT_TYPE_ERROR, "object.__init__() takes exactly one argument "
                                           "(the instance to initialize)");
    const TypeOps *native = type_native(type);
    if (own_new(type) || (native && native->make)) return true;
    return gilt_raise(
        GILT_TYPE_ERROR,
        "%s.__init__() takes exactly one argument (the instance to initialize)",
        type->name);
}

Object *object_new_checked(Type *type, size_t count, Object *names) {
    if (unlikely(count || names)) {
        if (own_new(type))
            return gilt_raise(GILT_TYPE_ERROR,
                              "object.__new__() takes exactly one argument "
                              "(the type to instantiate)");
        if (!own_init(type)) return raise_takes_none(type), NULL;
    }
    return class_make_instance(type);
}

static bool has_instances(const Type *type) {
    const TypeOps *ops = type->ops;
    return ops == &instance_ops || ops == &slots_ops || ops == &object_ops ||
           ops == &mixed_ops || (type->native && type->native->make);
}

Object *class_make_instance(Type *type) {
    const TypeOps *ops = type->ops;
    if (likely(ops == &instance_ops)) return instance_new(type);
    if (ops == &slots_ops || ops == &object_ops) return fixed_new(type);
    if (ops == &mixed_ops) return heir_new(type, sizeof(Object));
    if (type->native && type->native->make) return type->native->make(type, NULL, 0, NULL);
    return gilt_raise(GILT_TYPE_ERROR, "cannot create '%s' instances", type->name);
}

/* ---- A call ---- */

/* __new__ of the program: it gets the class in front. */
static Object *call_new(Object *method, Type *type, Object *const *arguments, size_t count,
                        Object *names) {
    Object *bound = descriptor_get(method, NULL, type);
    return bound ? class_call_front(bound, &type->head, arguments, count, names) : NULL;
}

static Object *begin(Type *type, Object *const *arguments, size_t count, Object *names,
                     Object *new) {
    if (unlikely(new != NULL)) return call_new(new, type, arguments, count, names);
    const TypeOps *native = type_native(type);
    if (native && native->make) return native->make(type, arguments, count, names);
    if (unlikely((count || names) && has_instances(type) && !own_init(type)))
        return raise_takes_none(type), NULL;
    return class_make_instance(type);
}

/* What __init__ returns must be None. */
static bool call_init(Object *init, Object *self, Object *const *arguments, size_t count,
                      Object *names) {
    Object *result = class_call_with(init, self, arguments, count, names);
    if (!result) return false;
    bool well = is_type(result, GILT_NONE);
    if (!well)
        gilt_raise(GILT_TYPE_ERROR, "__init__() should return None, not '%s'",
                   type_of(result)->name);
    decref(result);
    return well;
}

/* Of the class of what was made, which need not be the one that was called. */
static bool init(Object *made, Object *const *arguments, size_t count, Object *names) {
    Type *type = type_of(made);
    Object *method = type_is_program(type) ? class_own_special(type, SPECIAL_INIT) : NULL;
    if (method) return call_init(method, made, arguments, count, names);
    const TypeOps *native = type_native(type);
    if (native && native->init) return native->init(made, arguments, count, names);
    if (!native && unlikely(count || names)) return object_init_checked(made, count, names);
    return true;
}

/* The names of the abstract methods of a class of the program, in order, as a list. */
static Object *abstract_names(Type *type) {
    Object *name = gilt_intern("__abstractmethods__");
    Object *names = name && type_is_program(type) ? class_find(type, name) : NULL;
    Object *list = names ? list_of(names) : NULL;
    decref_maybe(names);
    if (!list || gilt_list_sort(list)) return list;
    return decref(list), NULL;
}

/* What core/lib/abc.py says, or a type that the runtime alone makes objects of. */
static Object *raise_abstract(Type *type) {
    Object *names = abstract_names(type);
    if (!names && !gilt_error())
        return gilt_raise(GILT_TYPE_ERROR, "cannot create '%s' instances", type->name);
    Object *comma = names ? gilt_str_from("', '") : NULL;
    Object *joined = comma ? gilt_str_join(comma, names) : NULL;
    char *text = joined ? gilt_str_utf8(joined, NULL) : NULL;
    if (text)
        gilt_raise(GILT_TYPE_ERROR,
                   "Can't instantiate abstract class %s without an implementation for "
                   "abstract method%s '%s'",
                   type->name, gilt_list_size(names) == 1 ? "" : "s", text);
    free(text);
    decref_maybe(joined);
    decref_maybe(comma);
    decref_maybe(names);
    return NULL;
}

Object *class_instantiate(Type *type, Object *const *arguments, size_t count,
                          Object *names) {
    if (type->handle == GILT_TYPE && count == 1 && !names)
        return incref(&type_of(arguments[0])->head);
    if (unlikely(flags_load(type) & TYPE_ABSTRACT) || !type->ops)
        return raise_abstract(type);
    Object *new = type_is_program(type) ? class_own_special(type, SPECIAL_NEW) : NULL;
    Object *made = begin(type, arguments, count, names, new);
    if (!made || !class_inherits(type_of(made), type)) return made;
    if (likely(init(made, arguments, count, names))) return made;
    decref(made);
    return NULL;
}

GiltObject *gilt_instance_new(GiltObject *type) {
    if (!is_class(type))
        return gilt_raise(GILT_TYPE_ERROR, "'%s' object is not a class",
                          type_of(type)->name);
    return class_make_instance((Type *)type);
}
