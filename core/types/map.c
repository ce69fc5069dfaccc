/* map.c: map, which calls a function with the items of iterables, and filter, which lets
 * through those that a function finds true. */
#include "core/object/arguments.h"
#include "core/object/builtin.h"
#include "core/object/iterate.h"
#include "core/types/fields.h"
#include "core/types/heir.h"
#include "core/types/iterators.h"
#include "core/types/tuple.h"

/* ---- map ---- */

typedef struct Map {
    Object head;
    Slot function, iterators; /* iterators: a tuple; neither changes */
} Map;

static Object *map_make(Type *type, Object *const *arguments, size_t count, Object *names) {
    if (!type_is_heir(type) && names && gilt_tuple_size(names))
        return gilt_raise(GILT_TYPE_ERROR, "map() takes no keyword arguments");
    if (count < 2)
        return gilt_raise(GILT_TYPE_ERROR, "map() must have at least two arguments.");
    Object *iterators = iterators_of(arguments + 1, count - 1);
    if (!iterators) return NULL;
    Map *map = (Map *)heir_or_native_new(type, MEMORY_CONTAINER, sizeof *map);
    if (!map) return decref(iterators), NULL;
    field_init(&map->function, incref(arguments[0]));
    field_init(&map->iterators, iterators);
    return &map->head;
}

static Object *next_of_one(Object *function, Object *iterator) {
    Object *item = iterate_next(iterator);
    if (!item) return NULL;
    Object *result = gilt_call(function, &item, 1);
    decref(item);
    return result;
}

static Object *next_of_many(Object *function, Tuple *iterators, Object **items) {
    size_t size = iterators->size, found = 0;
    while (found < size && (items[found] = iterate_next(iterators->items[found]))) found++;
    Object *result = found == size ? gilt_call(function, items, size) : NULL;
    while (found-- > 0) decref(items[found]);
    return result;
}

static Object *map_next(Object *o) {
    Map *map = (Map *)o;
    Tuple *iterators = (Tuple *)field_get(&map->iterators);
    Object *function = field_get(&map->function);
    size_t size = iterators->size;
    if (likely(size == 1)) return next_of_one(function, iterators->items[0]);
    Object **items = memory_new(MEMORY_ARRAY, size * sizeof *items);
    if (!items) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    Object *result = next_of_many(function, iterators, items);
    memory_free(items, size * sizeof *items);
    return result;
}

FIELDS(map, Map, function, 2)

const TypeOps map_ops = {
    FIELDS_OPS(map),
    .iterate = iterator_itself,
    .next = map_next,
    .make = map_make,
};

/* ---- filter ---- */

typedef struct Filter {
    Object head;
    Slot function, iterator; /* function NULL: the item itself says it; neither changes */
} Filter;

static Object *filter_make(Type *type, Object *const *arguments, size_t count,
                           Object *names) {
    if (type_is_heir(type)) names = NULL;
    if (!arguments_plain("filter", count, names, 2, 2)) return NULL;
    Object *function = arguments[0], *iterator = iterate(arguments[1]);
    if (!iterator) return NULL;
    Filter *filter = (Filter *)heir_or_native_new(type, MEMORY_CONTAINER, sizeof *filter);
    if (!filter) return decref(iterator), NULL;
    bool plain = is_type(function, GILT_NONE) || function == &types[GILT_BOOL].head;
    field_init(&filter->function, plain ? NULL : incref(function));
    field_init(&filter->iterator, iterator);
    return &filter->head;
}

int item_passes(Object *function, Object *item) {
    if (!function) return gilt_true(item);
    Object *answer = gilt_call(function, &item, 1);
    int passes = answer ? gilt_true(answer) : -1;
    decref_maybe(answer);
    return passes;
}

static Object *filter_next(Object *o) {
    Filter *filter = (Filter *)o;
    Object *item;
    while ((item = iterate_next(field_get(&filter->iterator)))) {
        int passes = item_passes(field_get(&filter->function), item);
        if (passes > 0) return item;
        decref(item);
        if (passes < 0) return NULL;
    }
    return NULL;
}

FIELDS(filter, Filter, function, 2)

const TypeOps filter_ops = {
    FIELDS_OPS(filter),
    .iterate = iterator_itself,
    .next = filter_next,
    .make = filter_make,
};
