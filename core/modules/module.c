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

#define SIGNATURE "module(name, doc=)"

static bool name_expect(Object *name) {
    return is_kind(name, GILT_STR) ||
           gilt_raise(GILT_TYPE_ERROR, "module() argument 'name' must be str, not %s",
                      type_of(name)->name);
}

/* The arguments of a heir are what its __init__ wants; that calls ours. */
static Object *module_make(Type *type, Object *const *arguments, size_t count,
                           Object *names) {
    Object *ordered[2] = {gilt_intern("?"), NULL}, *none = gilt_none();
    if (!ordered[0]) return NULL;
    if (!type_is_heir(type) &&
        (!arguments_order(SIGNATURE, arguments, count, names, ordered) ||
         !name_expect(ordered[0])))
        return NULL;
    return make(type, ordered[0], ordered[1] ? ordered[1] : none);
}

static bool module_init(Object *o, Object *const *arguments, size_t count, Object *names) {
    Object *ordered[2];
    if (!arguments_order(SIGNATURE, arguments, count, names, ordered) ||
        !name_expect(ordered[0]))
        return false;
    return module_put(o, "__name__", incref(ordered[0])) &&
           module_put(o, "__doc__", ordered[1] ? incref(ordered[1]) : gilt_none());
}

/* ---- Attributes ---- */

/* What the module's dict has, a new reference; NULL, mostly without an exception. */
static Object *own(Object *o, const char *name) {
    Object *key = gilt_intern(name);
    return key ? dict_find_interned(module_dict(o), key) : NULL;
}

/* Its __name__, for free(). NULL, maybe without an exception: it has none. */
static char *name_now(Object *o) {
    Object *name = own(o, "__name__");
    char *utf8 = name && is_kind(name, GILT_STR) ? gilt_str_utf8(name, NULL) : NULL;
    decref_maybe(name);
    return utf8;
}

static void raise_missing(Object *o, Object *name) {
    char *module = name_now(o), *utf8 = gilt_error() ? NULL : gilt_str_utf8(name, NULL);
    if (utf8 && module)
        gilt_raise(GILT_ATTRIBUTE_ERROR, "module '%s' has no attribute '%s'", module, utf8);
    else if (utf8)
        gilt_raise(GILT_ATTRIBUTE_ERROR, "module has no attribute '%s'", utf8);
    free(module);
    free(utf8);
    attribute_tell(o, name);
}

/* The module's own __getattr__ is asked for what is nowhere else. */
static Object *get_missing(Object *o, Object *name) {
    gilt_error_clear();
    Object *function = own(o, "__getattr__");
    if (!function) {
        if (!gilt_error()) raise_missing(o, name);
        return NULL;
    }
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

/* A property say, in the class of a heir. */
static bool is_data(Object *o, Object *name) {
    Object *found = type_is_heir(type_of(o)) ? class_find(type_of(o), name) : NULL;
    bool data = found && descriptor_is_data(found);
    decref_maybe(found);
    return data;
}

static bool module_set_attr(Object *o, Object *name, Object *value) {
    if (name == class_names.dict)
        return gilt_raise(GILT_ATTRIBUTE_ERROR, "readonly attribute");
    if (is_data(o, name)) return attribute_set_plain(o, name, value);
    if (gilt_error()) return false;
    if (value) return gilt_dict_set(module_dict(o), name, value);
    return attribute_delete_in(module_dict(o), o, name);
}

static Object *get_dict(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(module_dict(o));
}

static Object *method_dir(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *function = own(o, "__dir__");
    if (function) {
        Object *answer = gilt_call(function, NULL, 0);
        decref(function);
        return answer;
    }
    Object *names = gilt_error() ? NULL : gilt_dict_keys(module_dict(o));
    if (names && gilt_list_sort(names)) return names;
    decref_maybe(names);
    return NULL;
}

static const Native module_methods[] = {
    {"get __dict__", get_dict}, {"__dir__()", method_dir}, {0}};

/* ---- As objects ---- */

static size_t module_bytes(const Object *o) { return (void)o, sizeof(Module); }

/* `file` is what its __file__ shows, or NULL. */
static Object *show(const char *name, const char *file) {
    if (file) return gilt_str_format("<module '%s' from %s>", name, file);
    return gilt_str_format(
        module_is_builtin(name) ? "<module '%s' (built-in)>" : "<module '%s'>", name);
}

static Object *module_repr(Object *o) {
    Object *file = own(o, "__file__"), *shown = file ? gilt_repr(file) : NULL;
    char *utf8 = shown ? gilt_str_utf8(shown, NULL) : NULL;
    char *name = gilt_error() ? NULL : name_now(o);
    Object *text = gilt_error() ? NULL : show(name ? name : "?", utf8);
    free(name);
    free(utf8);
    decref_maybe(shown);
    decref_maybe(file);
    return text;
}

const TypeOps module_ops = {.kind = MEMORY_LEAF,
                            .bytes = module_bytes,
                            .hash = hash_by_address,
                            .repr = module_repr,
                            .get_attr = module_get_attr,
                            .set_attr = module_set_attr,
                            .make = module_make,
                            .init = module_init,
                            .methods = module_methods};
