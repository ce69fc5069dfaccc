/* list_methods.c: what programs call on a list by name, and how it is made. */
#include "core/object/arguments.h"
#include "core/object/native.h"
#include "core/types/alias.h"
#include "core/types/list.h"
#include "core/types/slice.h"
#include "core/types/sequence.h"
#include "core/types/tuple.h"

static Object *none_if(bool well) { return well ? gilt_none() : NULL; }

static Object *method_append(Object *list, Object *const *arguments, size_t count) {
    (void)count;
    return none_if(gilt_list_append(list, arguments[0]));
}

static Object *method_extend(Object *list, Object *const *arguments, size_t count) {
    (void)count;
    return none_if(list_extend(list, arguments[0]));
}

static Object *method_insert(Object *list, Object *const *arguments, size_t count) {
    (void)count;
    ssize_t index;
    if (!index_argument(arguments[0], &index)) return NULL;
    return none_if(gilt_list_insert(list, index, arguments[1]));
}

static Object *method_pop(Object *list, Object *const *arguments, size_t count) {
    (void)count;
    ssize_t index = -1;
    return index_argument(arguments[0], &index) ? gilt_list_pop(list, index) : NULL;
}

static Object *method_clear(Object *list, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    gilt_list_clear(list);
    return gilt_none();
}

static Object *method_copy(Object *list, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_list_slice(list, 0, PTRDIFF_MAX);
}

static Object *method_reverse(Object *list, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return none_if(gilt_list_reverse(list));
}

static Object *method_sort(Object *list, Object *const *arguments, size_t count) {
    (void)count;
    int reverse = arguments[1] ? gilt_true(arguments[1]) : 0;
    return none_if(reverse >= 0 && list_sort(list, arguments[0], reverse));
}

static Object *method_reversed(Object *list, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return list_reversed(list);
}

static Object *method_sizeof(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    object_lock(o);
    ListArray *array = list_array((List *)o);
    size_t bytes = sizeof(List) + (array ? array->retired.bytes : 0);
    object_unlock(o);
    return gilt_int((int64_t)bytes);
}

/* The first index in [from, to) at which an item is the same: -1 nowhere, -2 exception. */
static ssize_t find(Object *list, Object *wanted, size_t from, size_t to) {
    Object *item;
    for (size_t i = from; i < to && (item = list_at(list, i)); i++) {
        int same = same_items(item, wanted);
        decref(item);
        if (same) return same < 0 ? -2 : (ssize_t)i;
    }
    return -1;
}

static Object *method_index(Object *list, Object *const *arguments, size_t count) {
    (void)count;
    ssize_t from, to;
    if (!slice_ends(arguments + 1, &from, &to)) return NULL;
    size_t size = gilt_list_size(list);
    ssize_t index = find(list, arguments[0], slice_at(from, size), slice_at(to, size));
    if (index >= 0) return gilt_int(index);
    return index == -1 ? sequence_has_not("list", arguments[0]) : NULL;
}

static Object *method_count(Object *list, Object *const *arguments, size_t count) {
    (void)count;
    Object *item;
    int64_t found = 0;
    for (size_t i = 0; (item = list_at(list, i)); i++) {
        int same = same_items(item, arguments[0]);
        decref(item);
        if (same < 0) return NULL;
        found += same;
    }
    return gilt_int(found);
}

/* Compares without the lock; if another item is at the index by then, once more. */
static Object *method_remove(Object *list, Object *const *arguments, size_t count) {
    (void)count;
    Object *item;
    for (size_t i = 0; (item = list_at(list, i)); i++) {
        int same = same_items(item, arguments[0]);
        bool removed = same == 1 && list_take_out_if(list, i, item);
        decref(item);
        if (same < 0) return NULL;
        if (removed) return gilt_none();
        if (same) i = SIZE_MAX;
    }
    return gilt_raise(GILT_VALUE_ERROR, "list.remove(x): x not in list");
}

const Native list_methods[] = {
    ALIAS_METHOD,
    {"append(object, /)", method_append},
    {"clear()", method_clear},
    {"copy()", method_copy},
    {"count(value, /)", method_count},
    {"extend(iterable, /)", method_extend},
    {"index(value, start=, stop=, /)", method_index},
    {"insert(index, object, /)", method_insert},
    {"pop(index=, /)", method_pop},
    {"remove(value, /)", method_remove},
    {"reverse()", method_reverse},
    {"sort(*, key=, reverse=)", method_sort},
    {"__reversed__()", method_reversed},
    {"__sizeof__()", method_sizeof},
    {0},
};

/* ---- making ---- */

/* The arguments are for __init__. */
Object *list_make(Type *type, Object *const *arguments, size_t count, Object *names) {
    (void)arguments, (void)count, (void)names;
    return (Object *)list_alloc(type, 0);
}

bool list_init(Object *list, Object *const *arguments, size_t count, Object *names) {
    if (!arguments_plain("list", count, names, 0, 1)) return false;
    if (unlikely(gilt_list_size(list))) gilt_list_clear(list);
    return !count || list_extend(list, arguments[0]);
}
