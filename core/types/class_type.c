/* class_type.c: classes as objects: their attributes and methods, and isinstance. */
#include "core/object/attributes.h"
#include "core/object/error.h"
#include "core/object/iterate.h"
#include "core/object/native.h"
#include "core/object/operations.h"
#include "core/types/alias.h"
#include "core/types/class.h"
#include "core/types/class_new.h"
#include "core/types/descriptors.h"
#include "core/types/dict.h"
#include "core/types/dispatch.h"
#include "core/types/intern.h"
#include "core/types/text.h"
#include <stdlib.h>
#include <string.h>

/* ---- Names ---- */

/* What the class's own dict says, or NULL. */
static Object *own_attribute(Type *type, Object *name) {
    Object *attrs = class_attrs(type);
    return attrs ? dict_find_interned(attrs, name) : NULL;
}

/* A built-in type's name may have its module in front. */
Object *class_module(Type *type) {
    Object *module = type_is_program(type) ? own_attribute(type, class_names.module) : NULL;
    if (module) return module;
    const char *dot = strrchr(type->name, '.');
    if (type_is_program(type) || !dot) return incref(class_names.builtins);
    return gilt_str_new(type->name, (size_t)(dot - type->name));
}

const char *class_short_name(const Type *type) {
    const char *dot = type_is_program(type) ? NULL : strrchr(type->name, '.');
    return dot ? dot + 1 : type->name;
}

Object *class_qualname(Type *type) {
    Object *qualname = __atomic_load_n(&type->qualname, __ATOMIC_ACQUIRE);
    return qualname ? qualname : gilt_str_from(class_short_name(type));
}

static Object *bases_of(Type *type) {
    if (type->bases) return incref(type->bases);
    Object *base = (Object *)type->base;
    return gilt_tuple_new(&base, base != NULL);
}

static Object *type_repr(Object *self) {
    Type *type = (Type *)self;
    if (flags_load(type) & TYPE_LATE) return gilt_str_format("<class '%s'>", type->name);
    Object *module = class_module(type), *qualname = class_qualname(type), *text = NULL;
    if (module && qualname) {
        Text in = str_text(module);
        bool shown = is_kind(module, GILT_STR) && strcmp(in.bytes, "builtins") != 0;
        text = gilt_str_format("<class '%s%s%s'>", shown ? in.bytes : "", shown ? "." : "",
                               str_text(qualname).bytes);
    }
    decref_maybe(module);
    decref_maybe(qualname);
    return text;
}

/* ---- Attributes ---- */

/* Attributes of `type` that come before a class's own all have names with two underscores:
 * this spares a search for the others. */
static bool is_meta(Type *meta, Object *name) {
    if (meta->handle != GILT_TYPE) return true;
    return str_length(name) > 4 && str_at(name, 0) == '_' && str_at(name, 1) == '_';
}

/* As attribute_get_plain, with a class's attributes in the place of the object's own, which
 * are bound to nothing but it. NULL without an exception: there is none. */
static Object *type_find(Type *type, Object *name) {
    Type *meta = type_of(&type->head);
    bool first = is_meta(meta, name);
    Object *found = first ? class_find(meta, name) : NULL;
    if (found && descriptor_is_data(found)) return descriptor_get(found, &type->head, meta);
    Object *own = class_find(type, name);
    if (own) {
        decref_maybe(found);
        return descriptor_get(own, NULL, type);
    }
    if (!first) found = class_find(meta, name);
    return found ? descriptor_get(found, &type->head, meta) : NULL;
}

Object *type_get_attr(Object *self, Object *name) {
    Object *found = type_find((Type *)self, name);
    return found || gilt_error() ? found : attribute_missing(self, name);
}

bool type_set_attr(Object *self, Object *name, Object *value) {
    Type *type = (Type *)self, *meta = type_of(self);
    if (!type_is_program(type)) return attribute_immutable(type, name);
    Object *found = is_meta(meta, name) ? class_find(meta, name) : NULL;
    bool data = found && descriptor_is_data(found);
    bool well = data ? descriptor_put(found, self, value) : class_set(type, name, value);
    decref_maybe(found);
    return well;
}

/* ---- Computed attributes ---- */

#define GETTER(name)                                                                       \
    static Object *name(Object *self, Object *const *arguments __attribute__((unused)),    \
                        size_t count __attribute__((unused)))

GETTER(get_name) { return gilt_str_from(class_short_name((Type *)self)); }
GETTER(get_qualname) { return class_qualname((Type *)self); }
GETTER(get_module) { return class_module((Type *)self); }
GETTER(get_bases) { return bases_of((Type *)self); }
GETTER(get_mro) { return class_order((Type *)self); }
GETTER(get_flags) { return gilt_int(((Type *)self)->flags); }

GETTER(get_base) {
    Type *base = ((Type *)self)->base;
    return base ? incref(&base->head) : gilt_none();
}

GETTER(get_dict) {
    Object *attrs = class_attrs((Type *)self);
    return attrs ? mapping_proxy_new(attrs) : gilt_raise(GILT_MEMORY_ERROR, NULL);
}

GETTER(get_doc) {
    Type *type = (Type *)self;
    Object *doc = own_attribute(type, class_names.doc);
    if (!doc || doc->type == TYPE_GETSET) return decref_maybe(doc), gilt_none();
    return descriptor_get(doc, NULL, type);
}

GETTER(get_annotations) {
    Type *type = (Type *)self;
    Object *name = class_names.annotations, *found = own_attribute(type, name);
    if (found) return found;
    if (!type_is_program(type)) return attribute_missing(self, name);
    Object *fresh = gilt_dict_new();
    if (fresh && class_set(type, name, fresh)) return fresh;
    decref_maybe(fresh);
    return NULL;
}

static bool may_set(Type *type, const char *name, Object *value) {
    if (!type_is_program(type))
        return gilt_raise(GILT_TYPE_ERROR,
                          "cannot set '%s' attribute of immutable type '%s'", name,
                          type->name);
    if (value) return true;
    return gilt_raise(GILT_TYPE_ERROR,
                      "cannot delete '%s' attribute of immutable type '%s'", name,
                      type->name);
}

static bool must_be_str(Type *type, const char *name, Object *value) {
    if (is_kind(value, GILT_STR)) return true;
    return gilt_raise(GILT_TYPE_ERROR, "can only assign string to %s.%s, not '%s'",
                      type->name, name, type_of(value)->name);
}

static Object *set_name(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Type *type = (Type *)self;
    if (!may_set(type, "__name__", arguments[0]) ||
        !must_be_str(type, "__name__", arguments[0]))
        return NULL;
    char *text = class_name_text(arguments[0]);
    char *kept = text ? class_keep_name(text) : NULL;
    free(text);
    Object *qualname = kept && !type->qualname ? gilt_intern(type->name) : NULL;
    if (qualname) __atomic_store_n(&type->qualname, qualname, __ATOMIC_RELEASE);
    if (kept) __atomic_store_n(&type->name, kept, __ATOMIC_RELEASE);
    return kept ? gilt_none() : NULL;
}

static Object *set_qualname(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Type *type = (Type *)self;
    if (!may_set(type, "__qualname__", arguments[0]) ||
        !must_be_str(type, "__qualname__", arguments[0]))
        return NULL;
    Object *qualname = intern(arguments[0]);
    if (qualname) __atomic_store_n(&type->qualname, qualname, __ATOMIC_RELEASE);
    return qualname ? gilt_none() : NULL;
}

static Object *set_in_dict(Object *self, Object *name, const char *text, Object *value) {
    if (!may_set((Type *)self, text, value)) return NULL;
    return class_set((Type *)self, name, value) ? gilt_none() : NULL;
}

static Object *set_module(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return set_in_dict(self, class_names.module, "__module__", arguments[0]);
}

static Object *set_doc(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return set_in_dict(self, class_names.doc, "__doc__", arguments[0]);
}

static Object *set_annotations(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    bool well = class_set((Type *)self, class_names.annotations, arguments[0]);
    return well ? gilt_none() : NULL;
}

static Object *set_bases(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_raise(GILT_TYPE_ERROR, "__bases__ assignment: the bases of '%s' are fixed",
                      ((Type *)self)->name);
}

/* ---- Methods ---- */

static Object *method_mro(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *order = class_order((Type *)self), *list = order ? list_of(order) : NULL;
    decref_maybe(order);
    return list;
}

static bool is_base(Type *type, const Type *base) {
    if (type->base == base && !type->bases) return true;
    const Tuple *bases = (const Tuple *)type->bases;
    for (size_t i = 0; bases && i < bases->size; i++)
        if (bases->items[i] == &base->head) return true;
    return false;
}

static bool is_alive(const Type *type) {
    return !type_is_program(type) || marks_load(&type->head) & MARK_LIVE;
}

static Object *method_subclasses(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *list = gilt_list_new(NULL, 0);
    uint32_t all = types_count();
    for (uint32_t handle = 1; list && handle < all; handle++) {
        Type *type = &types[handle];
        if (!is_alive(type) || !is_base(type, (Type *)self)) continue;
        if (gilt_list_append(list, &type->head)) continue;
        decref(list);
        return NULL;
    }
    return list;
}

static Object *method_instancecheck(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return gilt_bool(class_inherits(type_of(arguments[0]), (Type *)self));
}

static Object *method_subclasscheck(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    if (!is_class(arguments[0]))
        return gilt_raise(GILT_TYPE_ERROR, "issubclass() arg 1 must be a class");
    return gilt_bool(class_inherits((Type *)arguments[0], (Type *)self));
}

static Object *method_prepare(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_dict_new();
}

/* All names of the class and what it inherits. */
static Object *method_dir(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *names = gilt_dict_new(), *list = NULL;
    Order order = order_from((Type *)self);
    bool well = names;
    for (Type *type; well && (type = order_next(&order));) {
        Object *attrs = class_attrs(type);
        well = !attrs || gilt_dict_update(names, attrs);
    }
    if (well && (list = gilt_dict_keys(names)) && !gilt_list_sort(list)) {
        decref(list);
        list = NULL;
    }
    decref_maybe(names);
    return list;
}

static const Native type_methods[] = {
    {"get __name__", get_name},
    {"set __name__", set_name},
    {"get __qualname__", get_qualname},
    {"set __qualname__", set_qualname},
    {"get __module__", get_module},
    {"set __module__", set_module},
    {"get __bases__", get_bases},
    {"set __bases__", set_bases},
    {"get __base__", get_base},
    {"get __mro__", get_mro},
    {"get __dict__", get_dict},
    {"get __doc__", get_doc},
    {"set __doc__", set_doc},
    {"get __flags__", get_flags},
    {"get __annotations__", get_annotations},
    {"set __annotations__", set_annotations},
    {"mro()", method_mro},
    {"__subclasses__()", method_subclasses},
    {"__instancecheck__(instance, /)", method_instancecheck},
    {"__subclasscheck__(subclass, /)", method_subclasscheck},
    {"__dir__()", method_dir},
    {"class __prepare__(*arguments, **keywords)", method_prepare},
    {0}};

/* ---- isinstance, issubclass ---- */

static int truth_of(Object *answer) {
    int truth = answer ? gilt_true(answer) : -1;
    decref_maybe(answer);
    return truth;
}

static int in_tuple(Object *o, Object *of, int (*check)(Object *, Object *)) {
    const Tuple *tuple = (const Tuple *)of;
    int answer = 0;
    for (size_t i = 0; !answer && i < tuple->size; i++) answer = check(o, tuple->items[i]);
    return answer;
}

/* What the metaclass of `of` says; NULL without an exception: nothing. */
static Object *ask_metaclass(Object *o, Object *of, Special special) {
    Type *meta = type_of(of);
    Object *method = meta->handle == GILT_TYPE ? NULL : class_special(meta, special);
    return method ? class_call(method, of, &o, 1) : NULL;
}

/* An object may claim another class than it has: o.__class__. */
static bool claims(Object *o, Type *type) {
    if (class_inherits(type_of(o), type)) return true;
    if (likely(!(flags_load(type_of(o)) & (TYPE_CLAIMS | TYPE_GET_HOOK)))) return false;
    Object *class = attribute_get_maybe(o, class_names.class);
    bool answer = class && class != &type_of(o)->head && is_class(class) &&
                  class_inherits((Type *)class, type);
    gilt_error_clear();
    decref_maybe(class);
    return answer;
}

static int raise_parameterized(const char *function) {
    gilt_raise(GILT_TYPE_ERROR, "%s() argument 2 cannot be a parameterized generic",
               function);
    return -1;
}

int object_is_instance(Object *o, Object *of) {
    if (likely(is_class(of)) && &type_of(o)->head == of) return 1;
    if (is_kind(of, GILT_TUPLE)) return in_tuple(o, of, object_is_instance);
    if (of->type == TYPE_UNION) return in_tuple(o, union_members(of), object_is_instance);
    if (of->type == TYPE_ALIAS) return raise_parameterized("isinstance");
    Object *answer = ask_metaclass(o, of, SPECIAL_INSTANCECHECK);
    if (unlikely(answer || gilt_error())) return truth_of(answer);
    if (likely(is_class(of))) return claims(o, (Type *)of);
    gilt_raise(GILT_TYPE_ERROR,
               "isinstance() arg 2 must be a type, a tuple of types, or a union");
    return -1;
}

int object_is_subclass(Object *o, Object *of) {
    if (is_kind(of, GILT_TUPLE)) return in_tuple(o, of, object_is_subclass);
    if (of->type == TYPE_UNION) return in_tuple(o, union_members(of), object_is_subclass);
    if (of->type == TYPE_ALIAS) return raise_parameterized("issubclass");
    Object *answer = ask_metaclass(o, of, SPECIAL_SUBCLASSCHECK);
    if (answer || gilt_error()) return truth_of(answer);
    if (!is_class(o))
        gilt_raise(GILT_TYPE_ERROR, "issubclass() arg 1 must be a class");
    else if (!is_class(of))
        gilt_raise(GILT_TYPE_ERROR,
                   "issubclass() arg 2 must be a class, a tuple of classes, or a union");
    else
        return class_inherits((Type *)o, (Type *)of);
    return -1;
}

/* ---- As objects ---- */

static Object *type_make(Type *metaclass, Object *const *arguments, size_t count,
                         Object *names) {
    if (count == 1 && !names && metaclass->handle == GILT_TYPE)
        return incref(&type_of(arguments[0])->head);
    if (count != 3)
        return gilt_raise(GILT_TYPE_ERROR,
                          metaclass->handle == GILT_TYPE
                              ? "type() takes 1 or 3 arguments"
                              : "type.__new__() takes exactly 3 arguments "
                                "(%zu given)",
                          count);
    return class_build(metaclass, arguments[0], arguments[1], arguments[2], arguments + 3,
                       names);
}

/* Keywords were for __init_subclass__. */
static bool type_init(Object *self, Object *const *arguments, size_t count, Object *names) {
    (void)self, (void)arguments, (void)names;
    return count == 1 || count == 3 ||
           gilt_raise(GILT_TYPE_ERROR, "type.__init__() takes 1 or 3 arguments");
}

static Object *type_call(Object *self, Object *const *arguments, size_t count,
                         Object *names) {
    return class_instantiate((Type *)self, arguments, count, names);
}

static size_t type_bytes(const Object *self) {
    (void)self;
    return sizeof(Type);
}

/* What a class counts: `base`, `attrs`, `bases` and `mro`, side by side, and its special
 * methods. */
_Static_assert(offsetof(Type, mro) == offsetof(Type, base) + 3 * sizeof(Slot),
               "four places, one span");
static unsigned type_spans(const Object *self, Span *spans) {
    const Type *type = (const Type *)self;
    spans[0] = (Span){(const Slot *)&type->base, 4, sizeof(Slot)};
    return 1 + specials_spans(type, spans + 1);
}

/* The table's reference is there until the collector takes it (class_retire). */
static void type_destroy(Object *self) {
    die("class '%s' was dropped more often than it was counted", ((Type *)self)->name);
}

const TypeOps type_ops = {
    .kind = MEMORY_CONTAINER,
    .bytes = type_bytes,
    .spans = type_spans,
    .destroy = type_destroy,
    .hash = hash_by_address,
    .repr = type_repr,
    .get_attr = type_get_attr,
    .set_attr = type_set_attr,
    .operate = union_operate,
    .call = type_call,
    .make = type_make,
    .init = type_init,
    .methods = type_methods,
};
