/* builtins.c: the names that every program has: functions (builtins_*.c), types, exceptions
 * and constants. The dict of them is made once, at the first question, and is the dict of
 * the module builtins, too. */
#include "core/modules/builtins_internal.h"
#include "core/object/builtin.h"
#include "core/types/class.h"
#include "core/types/dict.h"
#include "core/types/singletons.h"

/* The types that have a name here. */
static const uint16_t named[] = {
    GILT_TYPE,      GILT_OBJECT,       GILT_BOOL,          GILT_INT,   GILT_FLOAT,
    TYPE_COMPLEX,   GILT_STR,          GILT_BYTES,         GILT_LIST,  GILT_TUPLE,
    GILT_DICT,      GILT_SET,          TYPE_FROZENSET,     TYPE_RANGE, TYPE_SLICE,
    TYPE_BYTEARRAY, TYPE_MEMORY_VIEW,  TYPE_PROPERTY,      TYPE_SUPER, TYPE_REVERSED,
    TYPE_ENUMERATE, TYPE_CLASS_METHOD, TYPE_STATIC_METHOD, TYPE_ZIP,   TYPE_MAP,
    TYPE_FILTER,
};

static bool type_add(Object *module, uint32_t handle) {
    return module_put(module, types[handle].name, incref(&types[handle].head));
}

static bool add_types(Object *module) {
    bool well = true;
    for (size_t i = 0; i < sizeof named / sizeof *named && well; i++)
        well = !types[named[i]].ops || type_add(module, named[i]);
    for (uint32_t handle = 1; handle < BUILTIN_TYPES && well; handle++)
        if (flags_load(&types[handle]) & TYPE_EXCEPTION) well = type_add(module, handle);
    return well;
}

static bool add_constants(Object *module) {
    static const char *const os_error[] = {"IOError", "EnvironmentError"};
    for (size_t i = 0; i < 2; i++)
        if (!module_put(module, os_error[i], incref(&types[GILT_OS_ERROR].head)))
            return false;
    return module_put(module, "None", gilt_none()) &&
           module_put(module, "True", gilt_bool(true)) &&
           module_put(module, "False", gilt_bool(false)) &&
           module_put(module, "Ellipsis", ellipsis()) &&
           module_put(module, "NotImplemented", not_implemented()) &&
           module_put(module, "__debug__", gilt_bool(true));
}

static bool add_functions(Object *module) {
    static const Native *const tables[] = {builtins_attributes, builtins_numbers,
                                           builtins_items, builtins_text, builtins_run};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (!natives_add(module_dict(module), tables[i], NULL, module)) return false;
    return true;
}

static bool fill(Object *module) {
    return add_functions(module) && add_types(module) && add_constants(module);
}

const ModuleSpec builtins_module = {"builtins", NULL, fill};

Object *_Atomic builtins_names;

const char *const reducer_names[REDUCERS] = {"tuple", "list", "set", "any", "all", "sum"};
static const Object *reducers[REDUCERS]; /* immortal; as they were at the start */

static void note_reducers(Object *dict) {
    for (unsigned i = 0; i < REDUCERS; i++) {
        Object *found = dict_find_interned(dict, gilt_intern(reducer_names[i]));
        reducers[i] = found && ref_is_immortal(&found->refs) ? found : NULL;
        decref_maybe(found);
    }
}

bool builtins_is_reducer(const Object *o, Reducer which) { return o == reducers[which]; }

Object *builtins_begin(void) {
    Object *module = module_import_builtin("builtins");
    if (!module) return NULL;
    Object *dict = module_dict(module);
    note_reducers(dict);
    atomic_store_explicit(&builtins_names, dict, memory_order_release);
    return dict;
}

void builtins_finish(void) { atomic_store(&builtins_names, NULL); }
