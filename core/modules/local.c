/* local.c: see local.h. A local has a dict of dicts, by the number of the thread: numbers
 * that are never given twice, so that no thread finds what another one left. The thread
 * remembers, by weak references, the locals that it has a dict in. */
#include "core/modules/local.h"
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/object/native.h"
#include "core/types/class.h"
#include "core/types/dict.h"
#include "core/types/fields.h"
#include "core/types/heir.h"
#include "core/types/tuple.h"

typedef struct Local {
    Object head;
    Slot dicts;     /* by thread */
    Slot arguments; /* a tuple: what __init__ gets in each thread, and the keywords' values
                     */
    Slot names;     /* of the keywords: a tuple, or NULL */
    _Atomic bool begun; /* some thread has its dict: the one that made it is the first */
} Local;

FIELDS(local, Local, dicts, 3)

static _Atomic int64_t threads_seen;
static _Thread_local int64_t number; /* 0: not yet asked for */
static _Thread_local Object *mine;   /* a list of weak references to locals, or NULL */

static Object *thread_key(void) {
    if (!number) number = atomic_fetch_add(&threads_seen, 1) + 1;
    return gilt_int(number);
}

static bool remember(Object *o) {
    if (!mine && !(mine = gilt_list_new(NULL, 0))) return false;
    Object *weak = gilt_weakref_new(o, NULL);
    bool well = weak && gilt_list_append(mine, weak);
    decref_maybe(weak);
    return well;
}

static Object *dicts_of(Object *o) { return field_get(&((Local *)o)->dicts); }

/* Calls the class's __init__ in a thread that sees the local for the first time; the thread
 * that made it is initialised as all objects are. */
static bool initialise(Object *o) {
    Local *local = (Local *)o;
    Object *init = atomic_exchange(&local->begun, true) && type_is_heir(type_of(o))
                       ? class_find(type_of(o), class_names.init)
                       : NULL;
    if (!init) return !gilt_error();
    Tuple *all = (Tuple *)field_get(&local->arguments);
    Object *names = field_get(&local->names);
    size_t keywords = names ? gilt_tuple_size(names) : 0;
    Object *done = class_call_with(init, o, all->items, all->size - keywords, names);
    decref_maybe(done);
    return done;
}

/* The calling thread's dict: borrowed from the local. */
static Object *dict_here(Object *o) {
    Object *key = thread_key();
    Object *dict = key ? gilt_dict_get(dicts_of(o), key) : NULL;
    if (!dict && key && !gilt_error()) {
        dict = gilt_dict_new();
        if (dict &&
            (!gilt_dict_set(dicts_of(o), key, dict) || !remember(o) || !initialise(o))) {
            decref(dict);
            dict = NULL;
        }
    }
    decref_maybe(key);
    decref_maybe(dict);
    return dict;
}

/* The thread that makes it has its dict at once. */
static Object *local_make(Type *type, Object *const *arguments, size_t count,
                          Object *names) {
    size_t keywords = names ? gilt_tuple_size(names) : 0;
    if (count + keywords && !type_is_heir(type))
        return gilt_raise(GILT_TYPE_ERROR, "Initialization arguments are not supported");
    Local *local = (Local *)heir_or_native_new(type, MEMORY_CONTAINER, sizeof *local);
    if (!local) return NULL;
    field_init(&local->dicts, gilt_dict_new());
    field_init(&local->arguments, gilt_tuple_new(arguments, count + keywords));
    field_init(&local->names, names ? incref(names) : NULL);
    atomic_init(&local->begun, false);
    if (field_get(&local->dicts) && field_get(&local->arguments) && dict_here(&local->head))
        return &local->head;
    return decref(&local->head), NULL;
}

/* A data descriptor of the class, a property say: borrowed from the class. */
static Object *data_descriptor(Object *o, Object *name) {
    Object *found = class_find(type_of(o), name);
    if (!found) return NULL;
    bool data = descriptor_is_data(found);
    decref(found);
    return data ? found : NULL;
}

static Object *local_get(Object *o, Object *name) {
    Object *dict = dict_here(o);
    if (!dict) return NULL;
    if (name == class_names.dict) return incref(dict);
    if (!data_descriptor(o, name)) {
        Object *value = dict_find_interned(dict, name);
        if (value || gilt_error()) return value;
    }
    return attribute_get_plain(o, name);
}

static bool local_set(Object *o, Object *name, Object *value) {
    Object *dict = dict_here(o);
    if (!dict) return false;
    if (data_descriptor(o, name)) return attribute_set_plain(o, name, value);
    return value ? gilt_dict_set(dict, name, value) : attribute_delete_in(dict, o, name);
}

/* Heirs come here, as classes with hooks do. */
static Object *method_get(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    Object *name = attribute_name(arguments[0]);
    return name ? local_get(o, name) : NULL;
}

static Object *method_set(Object *o, Object *const *arguments, size_t count) {
    Object *name = attribute_name(arguments[0]);
    return name && local_set(o, name, count > 1 ? arguments[1] : NULL) ? gilt_none() : NULL;
}

static const Native methods[] = {
    {"__getattribute__(name, /)", method_get},
    {"__setattr__(name, value, /)", method_set},
    {"__delattr__(name, /)", method_set},
    {0},
};

static const TypeOps local_ops = {FIELDS_OPS(local),     .hash = hash_by_address,
                                  .get_attr = local_get, .set_attr = local_set,
                                  .make = local_make,    .methods = methods};

Type *local_type_new(void) {
    return type_builtin_new("_thread._local", &local_ops, &types[GILT_OBJECT],
                            TYPE_WEAKLY | TYPE_GET_HOOK | TYPE_SET_HOOK);
}

void local_thread_ends(void) {
    Object *list = mine, *key = list ? thread_key() : NULL;
    mine = NULL;
    number = 0;
    for (size_t i = 0; key && i < gilt_list_size(list); i++) {
        Object *weak = gilt_list_get(list, (ssize_t)i);
        Object *local = weak ? gilt_weakref_get(weak) : NULL;
        Object *dict = local ? gilt_dict_pop(dicts_of(local), key) : NULL;
        decref_maybe(dict);
        decref_maybe(local);
        decref_maybe(weak);
        gilt_error_clear();
    }
    decref_maybe(key);
    decref_maybe(list);
}
