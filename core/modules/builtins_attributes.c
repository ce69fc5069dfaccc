/* builtins_attributes.c: the built-in functions about attributes, types and identity. */
#include "core/modules/builtins_internal.h"
#include "core/modules/vm_calls.h"
#include "core/object/attributes.h"
#include "core/types/class.h"
#include "core/types/str.h"

static Object *function_callable(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return gilt_bool(is_callable_type(type_of(arguments[0])));
}

static Object *function_getattr(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    Object *name = attribute_name(arguments[1]);
    if (!name) return NULL;
    if (!arguments[2]) return attribute_get(arguments[0], name);
    Object *value = attribute_get_maybe(arguments[0], name);
    return value || gilt_error() ? value : incref(arguments[2]);
}

static Object *function_hasattr(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    Object *name = attribute_name(arguments[1]);
    if (!name) return NULL;
    Object *value = attribute_get_maybe(arguments[0], name);
    if (!value && gilt_error()) return NULL;
    decref_maybe(value);
    return gilt_bool(value != NULL);
}

static Object *function_setattr(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return gilt_set_attr(arguments[0], arguments[1], arguments[2]) ? gilt_none() : NULL;
}

static Object *function_delattr(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return gilt_del_attr(arguments[0], arguments[1]) ? gilt_none() : NULL;
}

static Object *function_vars(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    if (!arguments[0]) return vm_call_locals();
    Object *name = gilt_intern("__dict__");
    Object *dict = name ? attribute_get_maybe(arguments[0], name) : NULL;
    if (dict || gilt_error()) return dict;
    return gilt_raise(GILT_TYPE_ERROR, "vars() argument must have __dict__ attribute");
}

static Object *dir_of_locals(void) {
    Object *locals = vm_call_locals(), *names = NULL;
    if (!locals) return NULL;
    if (is_type(locals, GILT_DICT)) {
        names = gilt_dict_keys(locals);
    } else {
        Object *keys = gilt_call_method(locals, class_names.keys, NULL, 0);
        names = keys ? gilt_call(gilt_type(GILT_LIST), &keys, 1) : NULL;
        decref_maybe(keys);
    }
    decref(locals);
    if (!names || gilt_list_sort(names)) return names;
    decref(names);
    return NULL;
}

static Object *function_dir(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return arguments[0] ? attribute_dir(arguments[0]) : dir_of_locals();
}

static Object *function_id(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return gilt_int((int64_t)(uintptr_t)arguments[0]);
}

static Object *function_hash(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    int64_t hash;
    return gilt_hash(arguments[0], &hash) ? gilt_int(hash) : NULL;
}

static Object *function_isinstance(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    int answer = object_is_instance(arguments[0], arguments[1]);
    return answer < 0 ? NULL : gilt_bool(answer);
}

static Object *function_issubclass(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    int answer = object_is_subclass(arguments[0], arguments[1]);
    return answer < 0 ? NULL : gilt_bool(answer);
}

const Native builtins_attributes[] = {
    {"callable(object, /)", function_callable},
    {"getattr(object, name, default=, /)", function_getattr},
    {"hasattr(object, name, /)", function_hasattr},
    {"setattr(object, name, value, /)", function_setattr},
    {"delattr(object, name, /)", function_delattr},
    {"vars(object=, /)", function_vars},
    {"dir(object=, /)", function_dir},
    {"id(object, /)", function_id},
    {"hash(object, /)", function_hash},
    {"isinstance(object, type, /)", function_isinstance},
    {"issubclass(type, of, /)", function_issubclass},
    {0},
};
