/* _weakref.c: the module _weakref: what core/lib/weakref.py builds on. */
#include "core/modules/module.h"
#include "core/types/weakref.h"

static Object *function_count(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return gilt_int((int64_t)weakrefs_count(arguments[0]));
}

static Object *function_list(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return weakrefs_list(arguments[0]);
}

static const Native functions[] = {
    {"getweakrefcount(object, /)", function_count},
    {"getweakrefs(object, /)", function_list},
    {0},
};

static bool fill(Object *module) {
    Object *ref = gilt_type(GILT_WEAKREF);
    return module_put(module, "ref", incref(ref)) &&
           module_put(module, "ReferenceType", incref(ref));
}

const ModuleSpec _weakref_module = {"_weakref", functions, fill};
