/* zip.c: tuples of the items of several iterables. */
#include "core/object/arguments.h"
#include "core/object/builtin.h"
#include "core/object/iterate.h"
#include "core/types/fields.h"
#include "core/types/heir.h"
#include "core/types/iterators.h"
#include "core/types/list.h"
#include "core/types/tuple.h"

Object *iterators_of(Object *const *iterables, size_t count) {
    Object *list = gilt_list_new(NULL, 0), *tuple = NULL;
    bool well = list;
    for (size_t i = 0; well && i < count; i++) {
        Object *iterator = iterate(iterables[i]);
        well = iterator && list_append_own(list, iterator);
    }
    if (well) tuple = tuple_from_list(list);
    decref_maybe(list);
    return tuple;
}

static Object *zip_new(Type *type, Object *const *iterables, size_t count, bool strict) {
    Object *iterators = iterators_of(iterables, count);
    if (!iterators) return NULL;
    Zip *zip = (Zip *)heir_or_native_new(type, MEMORY_CONTAINER, sizeof *zip);
    if (!zip) return decref(iterators), NULL;
    field_init(&zip->iterators, iterators);
    zip->strict = strict;
    return &zip->head;
}

static Object *make_ordered(Object *type, Object *const *arguments, size_t count) {
    int strict = arguments[0] ? gilt_true(arguments[0]) : 0;
    return strict < 0 ? NULL : zip_new((Type *)type, arguments + 1, count - 1, strict);
}

static Object *zip_make(Type *type, Object *const *arguments, size_t count, Object *names) {
    static const Native row = {"zip(*iterables, strict=)", make_ordered};
    if (!names) return zip_new(type, arguments, count, false);
    return arguments_call(&row, type, arguments, count, names);
}

static Object *unequal(size_t at, const char *how) {
    return gilt_raise(GILT_VALUE_ERROR, "zip() argument %zu is %s than argument%s%zu",
                      at + 1, how, at == 1 ? " " : "s 1-", at);
}

/* Strictly: the iterator at `at` has ended without an exception. Those before it have not;
 * if it is the first, the others must have ended, too. */
static Object *check_ends(Tuple *iterators, size_t at) {
    if (at) return unequal(at, "shorter");
    for (size_t i = 1; i < iterators->size; i++) {
        Object *item = iterate_next(iterators->items[i]);
        if (!item && gilt_error()) return NULL;
        if (!item) continue;
        decref(item);
        return unequal(i, "longer");
    }
    return NULL;
}

/* One item of each. Returns how many there were; after fewer than all, they are dropped. */
static size_t next_items(Tuple *iterators, Object **items) {
    size_t i = 0;
    while (i < iterators->size && (items[i] = iterate_next(iterators->items[i]))) i++;
    for (size_t j = 0; i < iterators->size && j < i; j++) decref(items[j]);
    return i;
}

static Object *zip_next(Object *o) {
    Zip *zip = (Zip *)o;
    Tuple *iterators = (Tuple *)field_get(&zip->iterators);
    size_t size = iterators->size;
    if (!size) return NULL;
    Object *few[8],
        **items = size <= 8 ? few : memory_new(MEMORY_ARRAY, size * sizeof *items);
    if (!items) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    size_t found = next_items(iterators, items);
    Object *tuple = NULL;
    if (found == size)
        tuple = tuple_of_own(items, size);
    else if (zip->strict && !gilt_error())
        check_ends(iterators, found);
    if (items != few) memory_free(items, size * sizeof *items);
    return tuple;
}

static int zip_next_two(Object *o, Object **two) {
    Zip *zip = (Zip *)o;
    Tuple *iterators = (Tuple *)field_get(&zip->iterators);
    if (iterators->size != 2 || zip->strict) return -1;
    return next_items(iterators, two) == 2;
}

FIELDS(zip, Zip, iterators, 1)

const TypeOps zip_ops = {
    FIELDS_OPS(zip),          .iterate = iterator_itself, .next = zip_next,
    .next_two = zip_next_two, .make = zip_make,
};
