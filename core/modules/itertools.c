/* itertools.c: the module itertools, and of its types those that let through, change or
 * join what iterables give. See itertools.h for the others. */
#include "core/modules/itertools.h"
#include "core/modules/module.h"
#include "core/types/alias.h"
#include "core/types/list.h"

FIELDS(two, Two, first, 2)

Object *itertools_two(Type *type, Object *first, Object *second) {
    Two *two = NULL;
    if (first) two = (Two *)heir_or_native_new(type, MEMORY_CONTAINER, sizeof *two);
    if (!two) {
        decref_maybe(first);
        decref_maybe(second);
        return NULL;
    }
    field_init(&two->first, first);
    field_init(&two->second, second);
    atomic_init(&two->state, 0);
    return &two->head;
}

/* For those that take a function and an iterable. */
static Object *function_and_iterator(Object *type, Object *const *arguments) {
    return itertools_two((Type *)type, iterate(arguments[1]), incref(arguments[0]));
}

static inline Object *two_next(Two *two) { return iterate_next(field_get(&two->first)); }

/* What filterfalse and filter mean by no function. */
static Object *function_of(Two *two) {
    Object *function = field_get(&two->second);
    bool plain = is_type(function, GILT_NONE) || function == &types[GILT_BOOL].head;
    return plain ? NULL : function;
}

/* ---- chain: `first` walks through the iterables, `second` through the current one ---- */

static Object *chain_make(Type *type, Object *const *arguments, size_t count,
                          Object *names) {
    if (names && gilt_tuple_size(names))
        return gilt_raise(GILT_TYPE_ERROR, "chain() takes no keyword arguments");
    Object *iterables = gilt_tuple_new(arguments, count);
    if (!iterables) return NULL;
    Object *chain = itertools_two(type, tuple_iterate(iterables), NULL);
    decref(iterables);
    return chain;
}

static Object *chain_from_iterable(Object *type, Object *const *arguments, size_t count) {
    (void)count;
    return itertools_two((Type *)type, iterate(arguments[0]), NULL);
}

/* The iterator over the next iterable: a new reference, and in the chain. */
static Object *chain_open(Two *chain) {
    Object *iterable = two_next(chain), *iterator = NULL;
    if (iterable) iterator = iterate(iterable);
    decref_maybe(iterable);
    if (iterator) field_put(&chain->head, &chain->second, incref(iterator));
    return iterator;
}

static Object *chain_next(Object *o) {
    Two *chain = (Two *)o;
    for (;;) {
        Object *active = field_take(o, &chain->second);
        if (!active && !(active = chain_open(chain))) return NULL;
        Object *item = iterate_next(active);
        decref(active);
        if (item || gilt_error()) return item;
        field_put(o, &chain->second, NULL);
    }
}

static const Native chain_methods[] = {
    ALIAS_METHOD,
    {"class from_iterable(iterable, /)", chain_from_iterable},
    {0},
};
OPS(chain, two, .methods = chain_methods)

/* ---- compress: `second` are the selectors ---- */

static Object *compress_ordered(Object *type, Object *const *arguments, size_t count) {
    (void)count;
    Object *data = iterate(arguments[0]), *selectors = data ? iterate(arguments[1]) : NULL;
    if (data && !selectors) return decref(data), NULL;
    return itertools_two((Type *)type, data, selectors);
}

static Object *compress_next(Object *o) {
    Two *compress = (Two *)o;
    for (;;) {
        Object *item = two_next(compress), *selector;
        if (!item) return NULL;
        selector = iterate_next(field_get(&compress->second));
        int passes = selector ? gilt_true(selector) : -1;
        decref_maybe(selector);
        if (passes > 0) return item;
        decref(item);
        if (passes < 0) return NULL;
    }
}

MAKE(compress, "compress(data, selectors)")
OPS(compress, two)

/* ---- dropwhile, takewhile, filterfalse, starmap: `second` is the function ---- */

/* One item and what the function says of it: 1, 0; -1 at the end or with an exception. */
static int item_and_answer(Two *two, Object *function, Object **item) {
    if (!(*item = two_next(two))) return -1;
    int passes = item_passes(function, *item);
    if (passes < 0) decref(*item);
    return passes;
}

static Object *dropwhile_ordered(Object *type, Object *const *arguments, size_t count) {
    (void)count;
    return function_and_iterator(type, arguments);
}

/* The state is 1 when nothing is dropped any more. */
static Object *dropwhile_next(Object *o) {
    Two *two = (Two *)o;
    Object *item;
    while (!number_get(&two->state)) {
        int drop = item_and_answer(two, field_get(&two->second), &item);
        if (drop < 0) return NULL;
        if (!drop) return number_put(&two->state, 1), item;
        decref(item);
    }
    return two_next(two);
}

MAKE(dropwhile, "dropwhile(predicate, iterable, /)")
OPS(dropwhile, two)

static Object *takewhile_ordered(Object *type, Object *const *arguments, size_t count) {
    (void)count;
    return function_and_iterator(type, arguments);
}

/* The state is 1 after the end. */
static Object *takewhile_next(Object *o) {
    Two *two = (Two *)o;
    Object *item;
    if (number_get(&two->state)) return NULL;
    int take = item_and_answer(two, field_get(&two->second), &item);
    if (take > 0) return item;
    if (take == 0) {
        number_put(&two->state, 1);
        decref(item);
    }
    return NULL;
}

MAKE(takewhile, "takewhile(predicate, iterable, /)")
OPS(takewhile, two)

static Object *filterfalse_ordered(Object *type, Object *const *arguments, size_t count) {
    (void)count;
    return function_and_iterator(type, arguments);
}

static Object *filterfalse_next(Object *o) {
    Object *item;
    for (;;) {
        int passes = item_and_answer((Two *)o, function_of((Two *)o), &item);
        if (passes < 0) return NULL;
        if (!passes) return item;
        decref(item);
    }
}

MAKE(filterfalse, "filterfalse(function, iterable, /)")
OPS(filterfalse, two)

static Object *starmap_ordered(Object *type, Object *const *arguments, size_t count) {
    (void)count;
    return function_and_iterator(type, arguments);
}

static Object *starmap_next(Object *o) {
    Two *two = (Two *)o;
    Object *item = two_next(two), *result = NULL;
    Tuple *arguments = item ? (Tuple *)tuple_of(item) : NULL;
    decref_maybe(item);
    if (!arguments) return NULL;
    result = gilt_call(field_get(&two->second), arguments->items, arguments->size);
    decref(&arguments->head);
    return result;
}

MAKE(starmap, "starmap(function, iterable, /)")
OPS(starmap, two)

/* ---- pairwise: `second` is the item before ---- */

static Object *pairwise_ordered(Object *type, Object *const *arguments, size_t count) {
    (void)count;
    return itertools_two((Type *)type, iterate(arguments[0]), NULL);
}

static Object *pairwise_next(Object *o) {
    Two *two = (Two *)o;
    Object *before = field_take(o, &two->second);
    if (!before) before = two_next(two);
    if (!before) return NULL;
    Object *item = two_next(two);
    field_put(o, &two->second, item ? incref(item) : NULL);
    if (item) return tuple_of_two(before, item);
    return decref(before), NULL;
}

MAKE(pairwise, "pairwise(iterable, /)")
OPS(pairwise, two)

/* ---- accumulate ---- */

typedef struct Accumulate {
    Object head;
    Slot iterator, function; /* never change; function NULL: addition */
    Slot initial, total;     /* initial: until it has been given */
} Accumulate;

FIELDS(accumulate, Accumulate, iterator, 4)

static Object *given(Object *o) { return o && !is_type(o, GILT_NONE) ? incref(o) : NULL; }

static Object *accumulate_ordered(Object *type, Object *const *arguments, size_t count) {
    (void)count;
    Object *iterator = iterate(arguments[0]);
    Accumulate *a = NULL;
    if (iterator)
        a = (Accumulate *)heir_or_native_new((Type *)type, MEMORY_CONTAINER, sizeof *a);
    if (!a) return decref_maybe(iterator), NULL;
    field_init(&a->iterator, iterator);
    field_init(&a->function, given(arguments[1]));
    field_init(&a->initial, given(arguments[2]));
    field_init(&a->total, NULL);
    return &a->head;
}

static Object *accumulate_with(Accumulate *a, Object *total, Object *item) {
    Object *function = field_get(&a->function), *both[] = {total, item};
    return function ? gilt_call(function, both, 2) : gilt_add(total, item);
}

static Object *accumulate_next(Object *o) {
    Accumulate *a = (Accumulate *)o;
    Object *total = field_steal(o, &a->initial);
    if (!total) {
        Object *before = field_take(o, &a->total);
        Object *item = iterate_next(field_get(&a->iterator));
        total = item && before ? accumulate_with(a, before, item)
                : item         ? incref(item)
                               : NULL;
        decref_maybe(item);
        decref_maybe(before);
    }
    if (total) field_put(o, &a->total, incref(total));
    return total;
}

MAKE(accumulate, "accumulate(iterable, func=, *, initial=)")
OPS(accumulate, accumulate)

/* ---- zip_longest: the iterators that have not ended stand behind `fill` ---- */

typedef struct ZipLongest {
    Object head;
    size_t size;
    Slot fill; /* never changes */
    Slot iterators[];
} ZipLongest;

static size_t zip_longest_bytes(const Object *o) {
    return sizeof(ZipLongest) + ((const ZipLongest *)o)->size * sizeof(Slot);
}

static unsigned zip_longest_spans(const Object *o, Span *spans) {
    const ZipLongest *zip = (const ZipLongest *)o;
    spans[0] = (Span){&zip->fill, zip->size + 1, sizeof(Slot)};
    return 1;
}

static void zip_longest_destroy(Object *o) {
    ZipLongest *zip = (ZipLongest *)o;
    field_drop(&zip->fill);
    for (size_t i = 0; i < zip->size; i++) field_drop(&zip->iterators[i]);
}

static Object *zip_longest_ordered(Object *type, Object *const *arguments, size_t count) {
    size_t size = count - 1, bytes = sizeof(ZipLongest) + size * sizeof(Slot);
    Tuple *iterators = (Tuple *)iterators_of(arguments + 1, size);
    ZipLongest *zip = NULL;
    if (iterators)
        zip = (ZipLongest *)heir_or_native_new((Type *)type, MEMORY_CONTAINER, bytes);
    if (zip) {
        zip->size = size;
        field_init(&zip->fill, incref(arguments[0] ? arguments[0] : gilt_none()));
        for (size_t i = 0; i < size; i++)
            field_init(&zip->iterators[i], incref(iterators->items[i]));
    }
    if (iterators) decref(&iterators->head);
    return (Object *)zip;
}

/* The item at `i`, or what stands for it; *found says whether there was one. NULL: an
 * exception. */
static Object *longest_item(ZipLongest *zip, size_t i, bool *found) {
    Object *iterator = field_take(&zip->head, &zip->iterators[i]);
    Object *item = iterator ? iterate_next(iterator) : NULL;
    decref_maybe(iterator);
    if (item) *found = true;
    if (item || gilt_error()) return item;
    if (iterator) field_put(&zip->head, &zip->iterators[i], NULL);
    return incref(field_get(&zip->fill));
}

static Object *zip_longest_next(Object *o) {
    ZipLongest *zip = (ZipLongest *)o;
    bool found = false, well = true;
    Object *list = zip->size ? gilt_list_new(NULL, 0) : NULL, *tuple = NULL;
    if (!list) return NULL;
    for (size_t i = 0; well && i < zip->size; i++) {
        Object *item = longest_item(zip, i, &found);
        well = item && list_append_own(list, item);
    }
    if (well && found) tuple = tuple_from_list(list);
    decref(list);
    return tuple;
}

MAKE(zip_longest, "zip_longest(*iterables, fillvalue=)")
OPS(zip_longest, zip_longest)

/* ---- the module ---- */

Type *_Atomic itertools_grouper, *_Atomic itertools_tee;

/* The types whose names begin with '_' are only met as those of objects. */
static bool add_type(Object *module, const char *name, const TypeOps *ops) {
    const char *short_name = name + sizeof "itertools." - 1;
    uint32_t flags = *short_name == '_' ? TYPE_FINAL : 0;
    Type *type = type_builtin_new(name, ops, &types[GILT_OBJECT], flags);
    if (!type) return false;
    if (ops == &itertools__grouper_ops) atomic_store(&itertools_grouper, type);
    if (ops == &itertools__tee_ops) atomic_store(&itertools_tee, type);
    return *short_name == '_' || module_put(module, short_name, incref(&type->head));
}

static bool fill(Object *module) {
#define T(name) add_type(module, "itertools." #name, &itertools_##name##_ops) &&
    return ITERTOOLS_EACH(T) true;
#undef T
}

static const Native functions[] = {
    {"tee(iterable, n=, /)", itertools_tee_make},
    {0},
};

const ModuleSpec itertools_module = {"itertools", functions, fill};
