/* _heapq.c: heaps in lists, in which no item is less than the one at (i - 1) / 2.
 *
 * Comparing runs code of the program, so no lock is held and each read and write of the
 * list is a step of its own: threads that use one heap at once need a lock. An item that is
 * on its way is put back where it is when comparing raises, so none is ever lost. */
#include "core/modules/module.h"
#include "core/object/operations.h"
#include "core/types/class.h"
#include "core/types/int.h"
#include "core/types/list.h"

/* a < b: 1, 0, -1. */
static int less(Object *a, Object *b) {
    if (is_type(a, GILT_INT) && is_type(b, GILT_INT) && !int_is_big(a) && !int_is_big(b))
        return int_small(a) < int_small(b);
    return object_compare_true(COMPARE_LESS, a, b);
}

static bool list_expect(Object *o, const char *what) {
    if (likely(is_kind(o, GILT_LIST))) return true;
    return gilt_raise(GILT_TYPE_ERROR, "%s must be list, not %s", what, type_of(o)->name);
}

static void *raise_changed(void) {
    return gilt_raise(GILT_RUNTIME_ERROR, "list changed size during iteration");
}

static Object *item_at(Object *heap, size_t at) {
    Object *item = list_at(heap, at);
    return likely(item) ? item : raise_changed();
}

static bool put(Object *heap, size_t at, Object *item) {
    if (likely(gilt_list_set(heap, (ssize_t)at, item))) return true;
    return gilt_error_clear(), raise_changed();
}

/* Ends a move: the item comes to `at`, and our reference to it goes. */
static bool land(Object *heap, size_t at, Object *item, bool well) {
    Object *error = well ? NULL : gilt_error_take();
    well &= put(heap, at, item);
    decref(item);
    if (error) gilt_raise_object(error), decref(error);
    return well;
}

/* Moves the item at `at` towards `start` until the one above it is not greater. */
static bool up(Object *heap, size_t start, size_t at) {
    Object *item = item_at(heap, at);
    if (!item) return false;
    bool well = true;
    while (at > start) {
        size_t above = (at - 1) / 2;
        Object *other = item_at(heap, above);
        int is_less = other ? less(item, other) : -1;
        well = is_less >= 0;
        if (is_less > 0) well = put(heap, at, other);
        decref_maybe(other);
        if (is_less <= 0 || !well) break;
        at = above;
    }
    return land(heap, at, item, well);
}

/* The lesser of the two below `at`, of which the first is there: a reference, and where. */
static Object *lesser_below(Object *heap, size_t at, size_t size, size_t *where) {
    *where = 2 * at + 1;
    Object *left = item_at(heap, *where);
    if (!left || *where + 1 >= size) return left;
    Object *right = item_at(heap, *where + 1);
    int is_less = right ? less(left, right) : -1;
    if (is_less > 0) return decref(right), left;
    decref(left);
    if (is_less == 0) return ++*where, right;
    decref_maybe(right);
    return NULL;
}

/* Moves the item at `at` down to a leaf, and then up to where it belongs: most belong near
 * the leaves, so that takes fewer comparisons. */
static bool down(Object *heap, size_t at) {
    size_t size = gilt_list_size(heap), start = at, where;
    Object *item = item_at(heap, at);
    if (!item) return false;
    bool well = true;
    while (well && 2 * at + 1 < size) {
        Object *other = lesser_below(heap, at, size, &where);
        well = other && put(heap, at, other);
        decref_maybe(other);
        if (well) at = where;
    }
    return land(heap, at, item, well) && up(heap, start, at);
}

/* ---- the module ---- */

static Object *heappush(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    Object *heap = arguments[0];
    if (!list_expect(heap, "heappush() argument 1") ||
        !gilt_list_append(heap, arguments[1]))
        return NULL;
    return up(heap, 0, gilt_list_size(heap) - 1) ? gilt_none() : NULL;
}

static Object *heappop(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    Object *heap = arguments[0];
    if (!list_expect(heap, "heappop() argument")) return NULL;
    if (!gilt_list_size(heap)) return gilt_raise(GILT_INDEX_ERROR, "index out of range");
    Object *last = gilt_list_pop(heap, -1);
    if (!last || !gilt_list_size(heap)) return last;
    Object *least = item_at(heap, 0);
    bool well = least && put(heap, 0, last) && down(heap, 0);
    decref(last);
    if (well) return least;
    decref_maybe(least);
    return NULL;
}

/* Puts the item in place of the least one, which is returned. */
static Object *replace(Object *heap, Object *item) {
    Object *least = list_at(heap, 0);
    if (!least) return gilt_raise(GILT_INDEX_ERROR, "index out of range");
    if (put(heap, 0, item) && down(heap, 0)) return least;
    return decref(least), NULL;
}

static Object *heapreplace(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    return list_expect(arguments[0], "heapreplace() argument 1")
               ? replace(arguments[0], arguments[1])
               : NULL;
}

static Object *heappushpop(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    if (!list_expect(arguments[0], "heappushpop() argument 1")) return NULL;
    Object *least = list_at(arguments[0], 0);
    int is_less = least ? less(least, arguments[1]) : 0;
    decref_maybe(least);
    if (is_less < 0) return NULL;
    return is_less ? replace(arguments[0], arguments[1]) : incref(arguments[1]);
}

static Object *heapify(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    if (!list_expect(arguments[0], "heapify() argument")) return NULL;
    for (size_t i = gilt_list_size(arguments[0]) / 2; i > 0; i--)
        if (!down(arguments[0], i - 1)) return NULL;
    return gilt_none();
}

static const Native functions[] = {
    {"heappush(heap, item, /)", heappush},
    {"heappop(heap, /)", heappop},
    {"heapreplace(heap, item, /)", heapreplace},
    {"heappushpop(heap, item, /)", heappushpop},
    {"heapify(heap, /)", heapify},
    {0},
};

const ModuleSpec _heapq_module = {"_heapq", functions, NULL};
