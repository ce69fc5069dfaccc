/* builtins_items.c: the built-in functions on what can be iterated. */
#include "core/modules/builtins_internal.h"
#include "core/object/attributes.h"
#include "core/object/iterate.h"
#include "core/object/operations.h"
#include "core/types/class.h"
#include "core/types/float.h"
#include "core/types/int.h"
#include "core/types/iterators.h"
#include "core/types/list.h"

static Object *function_len(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    ssize_t length = gilt_len(arguments[0]);
    return length < 0 ? NULL : gilt_int(length);
}

static Object *function_iter(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    if (!arguments[1]) return iterate(arguments[0]);
    if (is_callable_type(type_of(arguments[0])))
        return callable_iterator_new(arguments[0], arguments[1]);
    return gilt_raise(GILT_TYPE_ERROR, "iter(v, w): v must be callable");
}

/* A StopIteration that a program raised keeps its value. */
static Object *function_next(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    Object *iterator = arguments[0];
    const TypeOps *ops = type_of(iterator)->ops;
    if (unlikely(!ops->next))
        return gilt_raise(GILT_TYPE_ERROR, "'%s' object is not an iterator",
                          type_of(iterator)->name);
    Object *item = ops->next(iterator);
    if (likely(item)) return item;
    if (gilt_error() && !gilt_error_is(GILT_STOP_ITERATION)) return NULL;
    if (!arguments[1]) return gilt_error() ? NULL : gilt_raise(GILT_STOP_ITERATION, NULL);
    gilt_error_clear();
    return incref(arguments[1]);
}

/* Arguments: key, reverse, then what CPython checks by itself. */
static Object *function_sorted(Object *self, Object *const *arguments, size_t count) {
    (void)self;
    if (count != 3)
        return gilt_raise(GILT_TYPE_ERROR, "sorted expected 1 argument, got %zu",
                          count - 2);
    int reverse = arguments[1] ? gilt_true(arguments[1]) : 0;
    Object *list = reverse < 0 ? NULL : list_of(arguments[2]);
    if (!list || list_sort(list, arguments[0], reverse)) return list;
    return decref(list), NULL;
}

/* ---- any, all ---- */

typedef struct Search {
    int wanted, truth; /* truth: of the last item; -1: exception */
} Search;

static bool search_step(Object *item, void *data) {
    Search *search = data;
    search->truth = gilt_true(item);
    return search->truth >= 0 && search->truth != search->wanted;
}

static Object *search(Object *o, int wanted) {
    Search state = {wanted, !wanted};
    iterate_each(o, search_step, &state);
    if (gilt_error()) return NULL;
    return gilt_bool(state.truth == wanted ? wanted : !wanted);
}

static Object *function_any(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return search(arguments[0], 1);
}

static Object *function_all(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return search(arguments[0], 0);
}

/* ---- min, max ---- */

typedef struct Best {
    Comparison better;
    const char *name;
    Object *key;          /* a function, or NULL */
    Object *item, *value; /* the best item until now, and its key */
} Best;

/* 1, 0, -1: is a better than b? */
static int is_better(const Best *best, Object *a, Object *b) {
    if (is_type(a, GILT_INT) && is_type(b, GILT_INT) && !int_is_big(a) && !int_is_big(b))
        return best->better == COMPARE_LESS ? int_small(a) < int_small(b)
                                            : int_small(a) > int_small(b);
    if (is_type(a, GILT_FLOAT) && is_type(b, GILT_FLOAT))
        return best->better == COMPARE_LESS ? float_value(a) < float_value(b)
                                            : float_value(a) > float_value(b);
    return object_compare_true(best->better, a, b);
}

static bool best_step(Object *item, void *data) {
    Best *best = data;
    Object *value = best->key ? gilt_call(best->key, &item, 1) : incref(item);
    if (!value) return false;
    int better = best->item ? is_better(best, value, best->value) : 1;
    if (better <= 0) return decref(value), better == 0;
    Object *old_item = best->item, *old_value = best->value;
    best->item = incref(item);
    best->value = value;
    decref_maybe(old_item);
    decref_maybe(old_value);
    return true;
}

static Object *best_of_iterable(Best *best, Object *o, Object *otherwise) {
    bool well = iterate_each(o, best_step, best);
    decref_maybe(best->value);
    if (well && best->item) return best->item;
    decref_maybe(best->item);
    if (!well) return NULL;
    if (otherwise) return incref(otherwise);
    return gilt_raise(GILT_VALUE_ERROR, "%s() iterable argument is empty", best->name);
}

static Object *best_of_many(Best *best, Object *const *items, size_t count) {
    bool well = true;
    for (size_t i = 0; i < count && well; i++) well = best_step(items[i], best);
    decref_maybe(best->value);
    if (well) return best->item;
    decref_maybe(best->item);
    return NULL;
}

/* Arguments: key, default, then the items. */
static Object *best(Comparison better, const char *name, Object *const *arguments,
                    size_t count) {
    Best best = {.better = better, .name = name, .key = arguments[0]};
    if (best.key && is_type(best.key, GILT_NONE)) best.key = NULL;
    if (count == 2)
        return gilt_raise(GILT_TYPE_ERROR, "%s expected at least 1 argument, got 0", name);
    if (count == 3) return best_of_iterable(&best, arguments[2], arguments[1]);
    if (arguments[1])
        return gilt_raise(GILT_TYPE_ERROR,
                          "Cannot specify a default for %s() with multiple positional "
                          "arguments",
                          name);
    return best_of_many(&best, arguments + 2, count - 2);
}

static Object *function_min(Object *self, Object *const *arguments, size_t count) {
    (void)self;
    return best(COMPARE_LESS, "min", arguments, count);
}

static Object *function_max(Object *self, Object *const *arguments, size_t count) {
    (void)self;
    return best(COMPARE_GREATER, "max", arguments, count);
}

const Native builtins_items[] = {
    {"len(obj, /)", function_len},
    {"iter(object, sentinel=, /)", function_iter},
    {"next(iterator, default=, /)", function_next},
    {"sorted(*iterable, key=, reverse=)", function_sorted},
    {"any(iterable, /)", function_any},
    {"all(iterable, /)", function_all},
    {"min(*items, key=, default=)", function_min},
    {"max(*items, key=, default=)", function_max},
    {0},
};
