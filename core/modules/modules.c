/* modules.c: the list of modules in C, and sys.modules. A module is made when it is first
 * imported. Two threads that do so at once both make it; the one that is first in
 * sys.modules is everybody's. */
#include "core/modules/module.h"
#include "core/modules/record.h"
#include "core/modules/sys.h"
#include "core/types/dict.h"
#include <string.h>

/* One row for each file of modules; those that are not in the build are left out. */
#define MODULES_EACH(M)                                                                    \
    M(builtins)                                                                            \
    M(sys)                                                                                 \
    M(gc)                                                                                  \
    M(_weakref)                                                                            \
    M(_thread) M(math) M(cmath) M(time) M(random) M(_random) M(itertools) M(_functools)    \
        M(functools) M(_collections) M(collections) M(_operator) M(operator) M(_json)      \
            M(json) M(_re) M(_sre) M(re) M(_struct) M(struct) M(array) M(_heapq) M(heapq)  \
                M(_bisect) M(bisect) M(_string) M(string) M(_io) M(io) M(posix) M(os)      \
                    M(errno) M(_signal) M(signal) M(select) M(_socket) M(socket)           \
                        M(_hashlib) M(hashlib) M(_copy) M(copy) M(_types) M(_abc)          \
                            M(_statistics) M(statistics) M(_datetime) M(datetime)          \
                                M(_decimal) M(decimal) M(_pickle) M(pickle) M(marshal)     \
                                    M(zlib) M(binascii) M(atexit) M(_traceback)            \
                                        M(_warnings) M(_imp) M(_gilt) M(_queue) M(_ast)    \
                                            M(_dis) M(resource) M(_posixsubprocess)        \
                                                M(unicodedata) M(_contextvars) M(_csv)     \
                                                    M(_bz2) M(_locale) M(_codecs) M(fcntl) \
                                                        M(mmap) M(faulthandler) M(_uuid)

#define M(name) extern const ModuleSpec name##_module __attribute__((weak));
MODULES_EACH(M)
#undef M

#define M(name) &name##_module,
static const ModuleSpec *const specs[] = {MODULES_EACH(M)};
#undef M
enum { SPECS = sizeof specs / sizeof *specs };

static Object *_Atomic modules; /* sys.modules */

Object *modules_dict(void) {
    Object *dict = atomic_load_explicit(&modules, memory_order_acquire), *none = NULL;
    if (likely(dict != NULL)) return dict;
    dict = gilt_dict_new();
    if (!dict) return NULL;
    if (atomic_compare_exchange_strong(&modules, &none, dict)) return dict;
    decref(dict);
    return none;
}

void modules_finish(void) {
    atomic_store(&modules, NULL);
    builtins_finish();
    records_finish();
    sys_finish();
}

static const ModuleSpec *spec_find(const char *name) {
    for (size_t i = 0; i < SPECS; i++)
        if (specs[i] && !strcmp(specs[i]->name, name)) return specs[i];
    return NULL;
}

bool module_is_builtin(const char *name) { return spec_find(name) != NULL; }

Object *module_builtin_names(void) {
    Object *names[SPECS];
    size_t count = 0;
    for (size_t i = 0; i < SPECS; i++)
        if (specs[i] && !(names[count++] = gilt_intern(specs[i]->name))) return NULL;
    return gilt_tuple_new(names, count);
}

static Object *module_from(const ModuleSpec *spec) {
    Object *module = module_new(spec->name);
    if (!module) return NULL;
    if (spec->functions && !natives_add(module_dict(module), spec->functions, NULL, module))
        return NULL;
    return !spec->fill || spec->fill(module) ? module : NULL;
}

Object *module_import_builtin(const char *name) {
    const ModuleSpec *spec = spec_find(name);
    if (!spec) return NULL;
    Object *key = gilt_intern(name), *all = modules_dict();
    if (!key || !all) return NULL;
    Object *module = gilt_dict_get(all, key);
    if (module || gilt_error()) return module;
    module = module_from(spec);
    return module ? gilt_dict_set_default(all, key, module) : NULL;
}
