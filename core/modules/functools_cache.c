/* functools_cache.c: what lru_cache makes of a function.
 *
 * The results stand in a dict, the one that was used longest ago first: who finds one takes
 * it out and puts it back at the end. Each step is atomic, and between two of them no lock
 * is held; so threads that ask at once may both call the function, and the one that is last
 * leaves its result, but nothing is ever wrong or lost for good. */
#include "core/modules/functools.h"
#include "core/modules/record.h"
#include "core/object/attributes.h"
#include "core/object/native.h"
#include "core/object/operations.h"
#include "core/types/int.h"
#include "core/types/slice.h"
#include "core/types/tuple.h"

typedef struct Cache {
    Attributed head;
    Slot function, results; /* never change; results: a dict */
    size_t most;            /* results to keep; NO_LIMIT */
    bool typed;
    _Atomic size_t hits, misses;
} Cache;
#define NO_LIMIT SIZE_MAX

FIELDS(cache, Cache, head.dict, 3)

static Object *results_of(Cache *c) { return field_get(&c->results); }

static Object *cache_make(Type *type, Object *const *arguments, size_t count,
                          Object *names) {
    ssize_t most = 0;
    if (count != 3 || names)
        return gilt_raise(GILT_TYPE_ERROR,
                          "_lru_cache_wrapper takes a function, maxsize and typed");
    bool limit = !is_type(arguments[1], GILT_NONE);
    int typed = gilt_true(arguments[2]);
    if (typed < 0 || (limit && !index_argument(arguments[1], &most))) return NULL;
    if (!object_is_callable(arguments[0]))
        return gilt_raise(GILT_TYPE_ERROR, "the first argument must be callable");
    Object *results = gilt_dict_new();
    Cache *c =
        results ? (Cache *)object_new(type->handle, MEMORY_CONTAINER, sizeof *c) : NULL;
    if (!c) return decref_maybe(results), NULL;
    field_init(&c->head.dict, NULL);
    field_init(&c->function, incref(arguments[0]));
    field_init(&c->results, results);
    c->most = !limit ? NO_LIMIT : most < 0 ? 0 : (size_t)most;
    c->typed = typed;
    atomic_init(&c->hits, 0);
    atomic_init(&c->misses, 0);
    return (Object *)c;
}

static void count_one(_Atomic size_t *number) {
    atomic_fetch_add_explicit(number, 1, memory_order_relaxed);
}

/* ---- keys ---- */

/* The arguments; with keywords the type of the cache, which nobody passes by chance, and
 * names and values; if it is typed, the types of all. */
static Object *key_of_many(Cache *c, Object *const *arguments, size_t count,
                           Object *names) {
    size_t more = names ? gilt_tuple_size(names) : 0, at = 0;
    size_t size = count + (more ? 1 + 2 * more : 0) + (c->typed ? count + more : 0);
    Tuple *key = tuple_make(size);
    if (!key) return NULL;
    for (; at < count; at++) key->items[at] = incref(arguments[at]);
    if (more) key->items[at++] = incref(&type_of((Object *)c)->head);
    for (size_t i = 0; i < more; i++) {
        key->items[at++] = incref(((Tuple *)names)->items[i]);
        key->items[at++] = incref(arguments[count + i]);
    }
    for (size_t i = 0; c->typed && i < count + more; i++)
        key->items[at++] = incref(&type_of(arguments[i])->head);
    return &key->head;
}

/* A single int or str is its own key. */
static Object *key_of(Cache *c, Object *const *arguments, size_t count, Object *names) {
    bool one = count == 1 && !c->typed && !names &&
               (is_type(arguments[0], GILT_INT) || is_type(arguments[0], GILT_STR));
    return one ? incref(arguments[0]) : key_of_many(c, arguments, count, names);
}

/* ---- calling ---- */

/* Makes the result the one that was used last. */
static bool move_to_end(Cache *c, Object *key, Object *result) {
    Object *taken = gilt_dict_pop(results_of(c), key);
    if (!taken && !gilt_error_is(GILT_KEY_ERROR)) return false;
    if (!taken) gilt_error_clear(); /* somebody else is moving it, too */
    decref_maybe(taken);
    return gilt_dict_set(results_of(c), key, result);
}

/* Forgets results until there are no more than `most`. */
static bool make_room(Cache *c) {
    Object *results = results_of(c), *key;
    while (gilt_dict_size(results) > c->most) {
        size_t first = 0;
        if (!gilt_dict_next(results, &first, &key, NULL)) return true;
        bool well = gilt_dict_delete(results, key);
        if (!well && gilt_error_is(GILT_KEY_ERROR)) gilt_error_clear(), well = true;
        decref(key);
        if (!well) return false;
    }
    return true;
}

static bool remember(Cache *c, Object *key, Object *result) {
    if (!gilt_dict_set(results_of(c), key, result)) return false;
    return c->most == NO_LIMIT || make_room(c);
}

static Object *call_and_remember(Cache *c, Object *key, Object *const *arguments,
                                 size_t count, Object *names) {
    count_one(&c->misses);
    Object *result = object_call(field_get(&c->function), arguments, count, names);
    if (result && key && !remember(c, key, result)) return decref(result), NULL;
    return result;
}

static Object *cache_call(Object *o, Object *const *arguments, size_t count,
                          Object *names) {
    Cache *c = (Cache *)o;
    if (names && !gilt_tuple_size(names)) names = NULL;
    if (!c->most) return call_and_remember(c, NULL, arguments, count, names);
    Object *key = key_of(c, arguments, count, names);
    Object *result = key ? gilt_dict_get(results_of(c), key) : NULL;
    if (result) {
        count_one(&c->hits);
        if (c->most != NO_LIMIT && !move_to_end(c, key, result))
            decref(result), result = NULL;
    } else if (key && !gilt_error()) {
        result = call_and_remember(c, key, arguments, count, names);
    }
    decref_maybe(key);
    return result;
}

/* As a method: bound to its object. */
static Object *cache_get(Object *o, Object *object, Type *owner) {
    (void)owner;
    return object ? bound_method_new(o, object) : incref(o);
}

/* ---- methods ---- */

static Object *cache_info(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    static const char *const fields[] = {"hits", "misses", "maxsize", "currsize"};
    static const RecordSpec spec = {"CacheInfo", fields, 4};
    Cache *c = (Cache *)self;
    Object *items[] = {gilt_int((int64_t)number_get(&c->hits)),
                       gilt_int((int64_t)number_get(&c->misses)),
                       c->most == NO_LIMIT ? gilt_none() : gilt_int((int64_t)c->most),
                       gilt_int((int64_t)gilt_dict_size(results_of(c)))};
    return record_new(&spec, items);
}

static Object *cache_clear(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Cache *c = (Cache *)self;
    gilt_dict_clear(results_of(c));
    number_put(&c->hits, 0);
    number_put(&c->misses, 0);
    return gilt_none();
}

/* A function is its own copy. */
static Object *cache_copy(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(self);
}

static const Native cache_methods[] = {
    {"cache_info()", cache_info},
    {"cache_clear()", cache_clear},
    {"__copy__()", cache_copy},
    {"__deepcopy__(memo, /)", cache_copy},
    {"get __dict__", attributed_get_dict},
    {0},
};

const TypeOps functools_cache_ops = {
    FIELDS_OPS(cache),
    .hash = hash_by_address,
    .get_attr = attributed_get_attr,
    .set_attr = attributed_set_attr,
    .call = cache_call,
    .get = cache_get,
    .make = cache_make,
    .methods = cache_methods,
};
