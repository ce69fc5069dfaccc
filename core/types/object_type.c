/* object_type.c: `object`: what all objects can do, and their __class__ and __dict__. */
#include "core/object/attributes.h"
#include "core/object/error.h"
#include "core/object/iterate.h"
#include "core/object/native.h"
#include "core/object/operations.h"
#include "core/types/class.h"
#include "core/types/dict.h"
#include "core/types/dispatch.h"
#include "core/types/heir.h"
#include "core/types/instance.h"
#include "core/types/singletons.h"
#include "core/types/str.h"

/* ---- __class__ ---- */

static Object *get_class(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(&type_of(self)->head);
}

static bool same_slots(const Type *a, const Type *b) {
    if (a->fixed == b->fixed) return true;
    if (!a->fixed || !b->fixed || a->fixed->count != b->fixed->count) return false;
    for (unsigned i = 0; i < a->fixed->count; i++)
        if (a->fixed->names[i] != b->fixed->names[i]) return false;
    return true;
}

static bool may_become(const Type *old, const Type *new) {
    if (!type_is_program(old) || !type_is_program(new))
        return gilt_raise(GILT_TYPE_ERROR,
                          "__class__ assignment only supported for mutable "
                          "types or ModuleType subclasses");
    if (old->native == new->native && same_slots(old, new) &&
        type_has_tail(old) == type_has_tail(new) && !(flags_load(old) & TYPE_METACLASS))
        return true;
    return gilt_raise(GILT_TYPE_ERROR,
                      "__class__ assignment: '%s' object layout differs from '%s'",
                      new->name, old->name);
}

static Object *set_class(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Object *value = arguments[0];
    if (!value) return gilt_raise(GILT_TYPE_ERROR, "can't delete __class__ attribute");
    if (!is_class(value))
        return gilt_raise(GILT_TYPE_ERROR,
                          "__class__ must be set to a class, not '%s' object",
                          type_of(value)->name);
    Type *new = (Type *)value;
    if (!may_become(type_of(self), new)) return NULL;
    if (type_has_tail(new)) return instance_move(self, new) ? gilt_none() : NULL;
    __atomic_store_n(&self->type, new->handle, __ATOMIC_RELAXED);
    return gilt_none();
}

/* ---- __dict__ ---- */

Object *attribute_dict(Object *o) {
    return type_has_tail(type_of(o)) ? instance_dict(o) : NULL;
}

static Object *get_dict(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *dict = attribute_dict(self);
    return dict || gilt_error() ? dict : attribute_missing(self, class_names.dict);
}

static Object *set_dict(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Object *dict = arguments[0];
    if (!type_has_tail(type_of(self))) return attribute_missing(self, class_names.dict);
    if (dict && !is_kind(dict, GILT_DICT))
        return gilt_raise(GILT_TYPE_ERROR,
                          "__dict__ must be set to a dictionary, not a '%s'",
                          type_of(dict)->name);
    Object *fresh = dict ? incref(dict) : gilt_dict_new();
    bool well = fresh && instance_set_dict(self, fresh);
    decref_maybe(fresh);
    return well ? gilt_none() : NULL;
}

/* ---- dir ---- */

static bool add_names(Object *names, Object *from) {
    bool well = gilt_dict_update(names, from);
    decref(from);
    return well;
}

static Object *sorted_keys(Object *names) {
    Object *list = gilt_dict_keys(names);
    if (!list || gilt_list_sort(list)) return list;
    decref(list);
    return NULL;
}

static Object *dir_by_default(Object *o) {
    Object *names = gilt_dict_new(), *own = attribute_dict(o), *list = NULL;
    bool has_own = own;
    bool well = names && !(!own && gilt_error()) && (!own || add_names(names, own));
    Order order = order_from(type_of(o));
    for (Type *type; well && (type = order_next(&order));) {
        Object *attrs = class_attrs(type);
        well = !attrs || gilt_dict_update(names, attrs);
    }
    if (well && !has_own && !gilt_dict_delete(names, class_names.dict)) gilt_error_clear();
    if (well) list = sorted_keys(names);
    decref_maybe(names);
    return list;
}

static Object *method_dir(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return dir_by_default(self);
}

Object *attribute_dir(Object *o) {
    Object *name = special_names[SPECIAL_DIR];
    Object *method = class_find(type_of(o), name);
    Object *answer = method ? class_call(method, o, NULL, 0) : dir_by_default(o);
    Object *list = answer ? list_of(answer) : NULL;
    decref_maybe(answer);
    if (!list || gilt_list_sort(list)) return list;
    decref(list);
    return NULL;
}

/* ---- Other methods ---- */

static Object *method_format(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    if (!str_expect(arguments[0])) return NULL;
    if (str_length(arguments[0]) == 0) return gilt_str(self);
    return gilt_raise(GILT_TYPE_ERROR, "unsupported format string passed to %s.__format__",
                      type_of(self)->name);
}

static Object *method_sizeof(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_int((int64_t)type_of(self)->ops->bytes(self));
}

static Object *method_init_subclass(Object *self, Object *const *arguments, size_t count) {
    if (count == 1 && !arguments[0]) return gilt_none();
    return gilt_raise(GILT_TYPE_ERROR,
                      count > 1 ? "%s.__init_subclass__() takes no arguments"
                                : "%s.__init_subclass__() takes no keyword "
                                  "arguments",
                      ((Type *)self)->name);
}

static Object *method_subclasshook(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return not_implemented();
}

static const Native object_methods[] = {
    {"get __class__", get_class},
    {"set __class__", set_class},
    {"get __dict__", get_dict},
    {"set __dict__", set_dict},
    {"__dir__()", method_dir},
    {"__format__(format_spec, /)", method_format},
    {"__sizeof__()", method_sizeof},
    {"class __init_subclass__(*arguments, **keywords)", method_init_subclass},
    {"class __subclasshook__(subclass, /)", method_subclasshook},
    {0}};

/* ---- As objects ---- */

static size_t object_bytes(const Object *o) { return (void)o, sizeof(Object); }

static bool object_hash(Object *o, int64_t *hash) { return hash_by_address(o, hash); }

const TypeOps object_ops = {
    .kind = MEMORY_LEAF,
    .bytes = object_bytes,
    .hash = object_hash,
    .repr = object_plain_repr,
    .methods = object_methods,
};
