/* list_sort.c: list.sort.
 *
 * Comparing and computing keys may run any code, so the items leave the list: it is empty
 * for everybody else until the sort is done (a reader that is late in its array fails its
 * re-check of the Link). What others put there meanwhile stays, behind the sorted items,
 * and is a ValueError. If all keys are small ints or floats, they are sorted as numbers. */
#include "core/types/int.h"
#include "core/types/float.h"
#include "core/types/list.h"
#include "core/types/sort.h"

/* Locked and unlocked again: the items leave the list; `array` keeps their references. */
static ListArray *detach_items(List *list, size_t *size) {
    object_lock(&list->head);
    ListArray *array = list_array(list);
    *size = list_size(list);
    list_set_size(list, 0);
    link_put(&list->array, NULL);
    object_unlock(&list->head);
    return array;
}

/* Locked: what came into the list meanwhile stays, after the sorted items. */
static ListArray *join(ListArray *array, size_t size, ListArray *strange, size_t count) {
    ListArray *both = array_new(size + count, array, size);
    for (size_t i = 0; both && i < count; i++)
        slot_init(&both->slots[size + i], slot_peek(&strange->slots[i]));
    return both;
}

/* Puts the items back. false, with an exception, if others have come meanwhile. Only if
 * there is no memory to keep those too are they dropped. */
static bool attach_items(List *list, ListArray *array, size_t size) {
    object_lock(&list->head);
    ListArray *strange = list_array(list), *kept = array;
    size_t count = list_size(list);
    if (count) kept = join(array, size, strange, count);
    if (strange) link_put(&list->array, NULL);
    list_set_size(list, kept ? size + count : size);
    link_put(&list->array, kept ? kept : array);
    object_unlock(&list->head);
    for (size_t i = 0; !kept && i < count; i++)
        decref(object_of(slot_peek(&strange->slots[i])));
    if (strange) retire(&strange->retired);
    if (kept && kept != array && array) retire(&array->retired);
    if (!kept) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    return !count || gilt_raise(GILT_VALUE_ERROR, "list modified during sort");
}

/* ---- keys ---- */

static void drop_keys(const SortPair *pairs, size_t size) {
    for (size_t i = 0; i < size; i++) decref(pairs[i].key.object);
}

/* The key of each item: itself, borrowed, or what `key` makes of it: a new reference. */
static bool find_keys(SortPair *pairs, size_t size, Object *key) {
    for (size_t i = 0; i < size; i++) {
        pairs[i].key.object = key ? gilt_call(key, &pairs[i].value, 1) : pairs[i].value;
        if (likely(pairs[i].key.object)) continue;
        drop_keys(pairs, i);
        return false;
    }
    return true;
}

static SortKind kind_of(const Object *key) {
    if (is_type(key, GILT_INT) && !int_is_big(key)) return SORT_WHOLE;
    if (is_type(key, GILT_FLOAT)) return SORT_REAL;
    return is_type(key, GILT_STR) ? SORT_TEXT : SORT_ANY;
}

static SortKind common_kind(const SortPair *pairs, size_t size) {
    SortKind kind = kind_of(pairs[0].key.object);
    for (size_t i = 1; i < size && kind != SORT_ANY; i++)
        if (kind_of(pairs[i].key.object) != kind) return SORT_ANY;
    return kind;
}

/* From here on the keys are numbers; their objects are not needed any more. */
static void unbox_keys(SortPair *pairs, size_t size, SortKind kind, bool own) {
    for (size_t i = 0; i < size; i++) {
        Object *key = pairs[i].key.object;
        if (kind == SORT_WHOLE)
            pairs[i].key.whole = int_small(key);
        else
            pairs[i].key.real = float_value(key);
        if (own) decref(key);
    }
}

static void reverse_pairs(SortPair *pairs, size_t size) {
    for (size_t i = 0; i < size / 2; i++) {
        SortPair swapped = pairs[i];
        pairs[i] = pairs[size - 1 - i];
        pairs[size - 1 - i] = swapped;
    }
}

/* Turned round before and after, so that what is the same keeps its order. */
static bool sort_by_keys(SortPair *pairs, size_t size, Object *key, bool reverse) {
    if (!find_keys(pairs, size, key)) return false;
    SortKind kind = common_kind(pairs, size);
    bool numbers = kind == SORT_WHOLE || kind == SORT_REAL;
    if (numbers) unbox_keys(pairs, size, kind, key);
    if (reverse) reverse_pairs(pairs, size);
    bool well = sort_pairs(pairs, size, pairs + size, kind);
    if (reverse) reverse_pairs(pairs, size);
    if (key && !numbers) drop_keys(pairs, size);
    return well;
}

static bool sort_array(ListArray *array, size_t size, Object *key, bool reverse) {
    if (!size) return true;
    if (size > PTRDIFF_MAX / (2 * sizeof(SortPair)))
        return gilt_raise(GILT_MEMORY_ERROR, NULL);
    size_t bytes = (size + size / 2) * sizeof(SortPair);
    SortPair *pairs = memory_new(MEMORY_ARRAY, bytes);
    if (!pairs) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    for (size_t i = 0; i < size; i++)
        pairs[i].value = object_of(slot_peek(&array->slots[i]));
    bool well = sort_by_keys(pairs, size, key, reverse);
    for (size_t i = 0; i < size; i++) slot_put(&array->slots[i], refs_of(pairs[i].value));
    memory_free(pairs, bytes);
    return well;
}

bool list_sort(Object *o, Object *key, bool reverse) {
    size_t size;
    if (key && is_type(key, GILT_NONE)) key = NULL;
    if (gilt_list_size(o) < (key ? 1 : 2)) return true;
    ListArray *array = detach_items((List *)o, &size);
    bool well = sort_array(array, size, key, reverse);
    Object *error = well ? NULL : gilt_error_take();
    bool alone = !array || attach_items((List *)o, array, size);
    if (well) return alone;
    return gilt_raise_object(error), decref(error), false;
}

bool gilt_list_sort(GiltObject *list) { return list_sort(list, NULL, false); }
