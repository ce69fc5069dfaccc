/* module.h: modules: objects with a dict of attributes.
 *
 * A module is immortal, and so is its dict: native functions name their module without
 * counting it, and threads that read a global share no written line. Built-in modules are
 * made when they are first imported (modules.c). */
#pragma once
#include "core/object/native.h"

extern const TypeOps module_ops;

/* A module with __name__, __doc__, __package__, __loader__ and __spec__; immortal.
 * MemoryError. `module_new_object` takes a str. */
Object *module_new(const char *name);
Object *module_new_object(Object *name);

/* Its dict: borrowed, immortal. Its name as it was made, in UTF-8, for messages. */
Object *module_dict(Object *module);
const char *module_name(const Object *module);

/* Puts the value, whose reference is taken over (NULL: an exception is set), under this
 * name. false: an exception. */
bool module_put(Object *module, const char *name, Object *value);

/* A built-in module: its functions (or NULL), and what fills in the rest (or NULL). */
typedef struct ModuleSpec {
    const char *name;
    const Native *functions;
    bool (*fill)(Object *module);
} ModuleSpec;

/* Imports a built-in module: a new reference, now also in sys.modules. NULL without an
 * exception: there is none of this name. */
Object *module_import_builtin(const char *name);

/* Is there a built-in module of this name? All names, as a new tuple. */
bool module_is_builtin(const char *name);
Object *module_builtin_names(void);

/* sys.modules: a dict, borrowed. NULL, MemoryError. */
Object *modules_dict(void);

/* The end of the runtime: forgets all of them. */
void modules_finish(void);

/* builtins.c: the dict of all built-in names: borrowed. NULL, MemoryError. */
extern Object *_Atomic builtins_names; /* once it has been made */
Object *builtins_begin(void);
static inline Object *builtins_dict(void) {
    Object *dict = atomic_load_explicit(&builtins_names, memory_order_acquire);
    return likely(dict != NULL) ? dict : builtins_begin();
}

/* Those built-in names that consume an iterable at once, and that the compiler makes a loop
 * of if what they consume is a generator expression (compiler/gen_reduce.c). */
typedef enum Reducer {
    REDUCE_TUPLE,
    REDUCE_LIST,
    REDUCE_SET,
    REDUCE_ANY,
    REDUCE_ALL,
    REDUCE_SUM,
    REDUCERS
} Reducer;
extern const char *const reducer_names[REDUCERS];

/* Is this object that type or function? The names must have been made. */
bool builtins_is_reducer(const Object *o, Reducer which);

void builtins_finish(void);
