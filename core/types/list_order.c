/* list_order.c: what compares, sorts, reverses and repeats the items of a list.
 *
 * Comparing may run any code, so it never happens under the lock: items are taken one by
 * one, each with a reference, and a list that changes meanwhile is compared as it goes. To
 * be sorted the items leave the list: it is empty for everybody else until the sort is
 * done (a reader that is late in its array fails its re-check of the Link). What others
 * put there meanwhile stays, behind the sorted items, and is a ValueError. */
#include "core/object/operations.h"
#include "core/types/bytes.h"
#include "core/types/list.h"

static Object *item_at(Object *list, size_t i) {
    if (i >= gilt_list_size(list)) return NULL;
    Object *item = gilt_list_get(list, (ssize_t)i);
    if (!item) gilt_error_clear(); /* it has become shorter meanwhile */
    return item;
}

int list_equal(Object *a, Object *b) {
    if (!is_type(b, GILT_LIST)) return 2;
    if (gilt_list_size(a) != gilt_list_size(b)) return 0;
    for (size_t i = 0;; i++) {
        Object *left = item_at(a, i), *right = item_at(b, i);
        int same = left && right ? gilt_equal(left, right) : left == right;
        bool end = !left && !right;
        decref_maybe(left);
        decref_maybe(right);
        if (end || same != 1) return same;
    }
}

int list_less(Object *a, Object *b) {
    if (!is_type(b, GILT_LIST)) return 2;
    for (size_t i = 0;; i++) {
        Object *left = item_at(a, i), *right = item_at(b, i);
        int same = left && right ? gilt_equal(left, right) : 0;
        int less = !left    ? right != NULL
                   : !right ? 0
                   : same   ? same
                            : gilt_less(left, right);
        decref_maybe(left);
        decref_maybe(right);
        if (same != 1) return less;
    }
}

int list_contains(Object *list, Object *wanted) {
    Object *item;
    int found = 0;
    for (size_t i = 0; !found && (item = item_at(list, i)); i++) {
        found = gilt_equal(item, wanted);
        decref(item);
    }
    return found;
}

static Object *concat(Object *a, Object *b) {
    Object *sum = gilt_list_slice(a, 0, PTRDIFF_MAX);
    if (sum && !gilt_list_extend(sum, b)) {
        decref(sum);
        return NULL;
    }
    return sum;
}

/* A list of `size` items: those of `once`, which nobody else has, again and again. */
static Object *repeated(List *once, size_t size) {
    List *product = (List *)gilt_list_new(NULL, 0);
    if (!product || !size) return (Object *)product;
    ListArray *array = array_new(size, NULL, 0);
    if (!array) {
        decref(&product->head);
        return gilt_raise(GILT_MEMORY_ERROR, NULL);
    }
    for (size_t i = 0, from = 0; i < size; i++, from++) {
        if (from == list_size(once)) from = 0;
        RefCount *ref = slot_peek(&list_array(once)->slots[from]);
        ref_add(ref);
        slot_init(&array->slots[i], ref);
    }
    link_init(&product->array, array);
    list_set_size(product, size);
    return &product->head;
}

static Object *repeat(Object *list, Object *times) {
    size_t size;
    Object *product = NULL, *once = gilt_list_slice(list, 0, PTRDIFF_MAX);
    if (!once) return NULL;
    if (bytes_product(times, gilt_list_size(once), PTRDIFF_MAX, &size))
        product = repeated((List *)once, size);
    decref(once);
    return product;
}

static bool is_count(Object *o) { return is_type(o, GILT_INT) || is_type(o, GILT_BOOL); }

Object *list_operate(Operator op, Object *a, Object *b) {
    bool left = is_type(a, GILT_LIST), right = is_type(b, GILT_LIST);
    if (op == OP_ADD && left && right) return concat(a, b);
    if (op == OP_MULTIPLY && left && is_count(b)) return repeat(a, b);
    if (op == OP_MULTIPLY && right && is_count(a)) return repeat(b, a);
    return NOT_IMPLEMENTED;
}

bool gilt_list_reverse(GiltObject *o) {
    List *list = (List *)o;
    object_lock(o);
    ListArray *array = list_array(list);
    size_t size = list_size(list);
    if (array) link_put(&list->array, NULL);
    for (size_t i = 0; i < size / 2; i++) {
        RefCount *swapped = slot_peek(&array->slots[i]);
        slot_put(&array->slots[i], slot_peek(&array->slots[size - 1 - i]));
        slot_put(&array->slots[size - 1 - i], swapped);
    }
    if (array) link_put(&list->array, array);
    object_unlock(o);
    return true;
}

/* ---- sorting: a merge sort from the bottom up, stable ---- */

/* Merges [from, middle) and [middle, to) of `in` into `out`. false: an exception. */
static bool merge_runs(Object **in, Object **out, size_t from, size_t middle, size_t to) {
    size_t left = from, right = middle;
    for (size_t at = from; at < to; at++) {
        int less = 0;
        if (left < middle && right < to) less = gilt_less(in[right], in[left]);
        if (less < 0) return false;
        bool take_right = left == middle || (right < to && less);
        out[at] = take_right ? in[right++] : in[left++];
    }
    return true;
}

static bool merge_all(Object **in, Object **out, size_t width, size_t size) {
    for (size_t from = 0; from < size; from += 2 * width) {
        size_t middle = from + width < size ? from + width : size;
        size_t to = from + 2 * width < size ? from + 2 * width : size;
        if (!merge_runs(in, out, from, middle, to)) return false;
    }
    return true;
}

/* Sorts `items` with `spare` of the same size. After an exception `items` still has all
 * items, in some order between. */
static bool sort_items(Object **items, Object **spare, size_t size) {
    Object **in = items, **out = spare;
    bool well = true;
    for (size_t width = 1; width < size && well; width *= 2) {
        well = merge_all(in, out, width, size);
        if (!well) break;
        Object **swapped = in;
        in = out;
        out = swapped;
    }
    for (size_t i = 0; in != items && i < size; i++) items[i] = in[i];
    return well;
}

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

static bool sort_array(ListArray *array, size_t size) {
    if (size < 2) return true;
    if (size > PTRDIFF_MAX / (2 * sizeof(Object *)))
        return gilt_raise(GILT_MEMORY_ERROR, NULL);
    size_t bytes = 2 * size * sizeof(Object *);
    Object **items = memory_new(MEMORY_ARRAY, bytes);
    if (!items) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    for (size_t i = 0; i < size; i++) items[i] = object_of(slot_peek(&array->slots[i]));
    bool well = sort_items(items, items + size, size);
    for (size_t i = 0; i < size; i++) slot_put(&array->slots[i], refs_of(items[i]));
    memory_free(items, bytes);
    return well;
}

bool gilt_list_sort(GiltObject *o) {
    size_t size;
    if (gilt_list_size(o) < 2) return true;
    ListArray *array = detach_items((List *)o, &size);
    bool well = sort_array(array, size);
    Object *error = well ? NULL : gilt_error_take();
    bool alone = !array || attach_items((List *)o, array, size);
    if (well) return alone;
    return gilt_raise_object(error), decref(error), false;
}
