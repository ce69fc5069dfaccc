/* module.c: see module.h. An attribute of a module is what its dict has; then what every
 * module has, such as __dict__; then what its own __getattr__ answers. */
#include "core/modules/module.h"
#include "core/object/arguments.h"
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/types/class.h"
#include "core/types/dict.h"
#include "core/types/heir.h"
#include <stdlib.h>
#include <string.h>

typedef struct Module {
    Object head;
    Object *dict;  /* counted once, for ever */
    Object *title; /* an interned str */
    char *name;
} Module;

Object *module_dict(Object *module) { return ((Module *)module)->dict; }
const char *module_name(const Object *module) { return ((const Module *)module)->name; }

bool module_put(Object *module, const char *name, Object *value) {
    Object *key = value ? gilt_intern(name) : NULL;
    bool well = key && gilt_dict_set(module_dict(module), key, value);
    decref_maybe(value);
    return well;
}

/* ---- Making ---- */

static bool fill(Object *module, Object *name, Object *doc) {
    return module_put(module, "__name__", incref(name)) &&
           module_put(module, "__doc__", incref(doc)) &&
           module_put(module, "__package__", gilt_none()) &&
           module_put(module, "__loader__", gilt_none()) &&
           module_put(module, "__spec__", gilt_none());
}

/* The text of the name in a block that lives as long as the module: for ever. */
static char *name_keep(Object *name) {
    char *utf8 = gilt_str_utf8(name, NULL);
    if (!utf8) return NULL;
    size_t bytes = strlen(utf8) + 1;
    char *kept = memory_new(MEMORY_ARRAY, bytes < 16 ? 16 : bytes);
    if (kept)
        memcpy(kept, utf8, bytes);
    else
        gilt_raise(GILT_MEMORY_ERROR, NULL);
    free(utf8);
    return kept;
}

static Object *make(Type *type, Object *name, Object *doc) {
    Object *title = attribute_name(name), *dict = title ? gilt_dict_new() : NULL;
    char *text = dict ? name_keep(title) : NULL;
    Module *module =
        text ? (Module *)heir_or_native_new(type, MEMORY_LEAF, sizeof *module) : NULL;
    if (!module) return decref_maybe(dict), NULL;
    module->dict = dict;
    module->title = title;
    module->name = text;
    object_immortalise(&module->head);
    return fill(&module->head, title, doc) ? &module->head : NULL;
}

Object *module_new_object(Object *name) {
    Object *none = gilt_none();
    return make(&types[TYPE_MODULE], name, none);
}

Object *module_new(const char *name) {
    Object *text = gilt_intern(name);
    return text ? module_new_object(text) : NULL;
}

static Object *make_ordered(Object *type, Object *const *arguments, size_t count) {
    (void)count;
    if (!is_kind(arguments[0], GILT_STR))
        return gilt_raise(GILT_TYPE_ERROR, "module() argument 'name' must be str, not %s",
                          type_of(arguments[0])->name);
    Object *none = gilt_none();
    return make((Type *)type, arguments[0], arguments[1] ? arguments[1] : none);
}

static Object *module_make(Type *type, Object *const *arguments, size_t count,
                           Object *names) {
    static const Native row = {"module(name, doc=)", make_ordered};
    return arguments_call(&row, type, arguments, count, names);
}

/* ---- Attributes ---- */

/* The module's own __getattr__ is asked for what is nowhere else. */
static Object *get_missing(Object *o, Object *name) {
    Object *hook = gilt_intern("__getattr__");
    Object *function = hook ? dict_find_interned(module_dict(o), hook) : NULL;
    if (!function) {
        char *utf8 = gilt_str_utf8(name, NULL);
        if (utf8)
            gilt_raise(GILT_ATTRIBUTE_ERROR, "module '%s' has no attribute '%s'",
                       module_name(o), utf8);
        free(utf8);
        attribute_tell(o, name);
        return NULL;
    }
    gilt_error_clear();
    Object *value = gilt_call(function, &name, 1);
    decref(function);
    return value;
}

static Object *module_get_attr(Object *o, Object *name) {
    if (unlikely(name == class_names.dict)) return incref(module_dict(o));
    Object *value = dict_find_interned(module_dict(o), name);
    if (likely(value || gilt_error())) return value;
    value = attribute_get_plain(o, name);
    if (value || !gilt_error_is(GILT_ATTRIBUTE_ERROR)) return value;
    return get_missing(o, name);
}

static bool module_set_attr(Object *o, Object *name, Object *value) {
    if (value) return gilt_dict_set(module_dict(o), name, value);
    return attribute_delete_in(module_dict(o), o, name);
}

static Object *get_dict(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(module_dict(o));
}

static Object *method_dir(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *names = gilt_dict_keys(module_dict(o));
    if (names && gilt_list_sort(names)) return names;
    decref_maybe(names);
    return NULL;
}

static const Native module_methods[] = {
    {"get __dict__", get_dict}, {"__dir__()", method_dir}, {0}};

/* ---- As objects ---- */

static size_t module_bytes(const Object *o) { return (void)o, sizeof(Module); }

static Object *module_repr(Object *o) {
    Object *key = gilt_intern("__file__");
    Object *file = key ? dict_find_interned(module_dict(o), key) : NULL;
    if (!file)
        return gilt_str_format(module_is_builtin(module_name(o))
                                   ? "<module '%s' (built-in)>"
                                   : "<module '%s'>",
                               module_name(o));
    Object *shown = gilt_repr(file);
    char *utf8 = shown ? gilt_str_utf8(shown, NULL) : NULL;
    Object *text =
        utf8 ? gilt_str_format("<module '%s' from %s>", module_name(o), utf8) : NULL;
    free(utf8);
    decref_maybe(shown);
    decref(file);
    return text;
}

const TypeOps module_ops = {.kind = MEMORY_LEAF,
                            .bytes = module_bytes,
                            .hash = hash_by_address,
                            .repr = module_repr,
                            .get_attr = module_get_attr,
                            .set_attr = module_set_attr,
                            .make = module_make,
                            .methods = module_methods};
