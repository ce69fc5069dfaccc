/* list_order.c: what compares the items of a list, or reverses them.
 *
 * Comparing may run any code, so it never happens under the lock: items are taken one by
 * one, each with a reference, and a list that changes meanwhile is compared as it goes. */
#include "core/object/operations.h"
#include "core/types/class.h"
#include "core/types/list.h"
#include "core/types/sequence.h"
#include "core/types/tuple.h"

/* Both lists up to the first place where they differ. What is there: new references, NULL
 * where a list has ended. false: an exception. */
static bool first_difference(Object *a, Object *b, Object **left, Object **right) {
    for (size_t i = 0;; i++) {
        *left = list_at(a, i), *right = list_at(b, i);
        int same = *left && *right ? same_items(*left, *right) : 0;
        if (likely(!same)) return true;
        decref(*left);
        decref(*right);
        if (same < 0) return false;
    }
}

int list_equal(Object *a, Object *b) {
    Object *left, *right;
    if (!is_kind(b, GILT_LIST)) return 2;
    if (gilt_list_size(a) != gilt_list_size(b)) return 0;
    if (!first_difference(a, b, &left, &right)) return -1;
    bool equal = !left && !right;
    decref_maybe(left);
    decref_maybe(right);
    return equal;
}

int list_less(Object *a, Object *b) {
    Object *left, *right;
    if (!is_kind(b, GILT_LIST)) return 2;
    if (!first_difference(a, b, &left, &right)) return -1;
    int less = left && right ? gilt_less(left, right) : right != NULL;
    decref_maybe(left);
    decref_maybe(right);
    return less;
}

Object *list_compare(Comparison op, Object *a, Object *b) {
    Object *left, *right, *result;
    if (!is_kind(b, GILT_LIST)) return NOT_IMPLEMENTED;
    if (!first_difference(a, b, &left, &right)) return NULL;
    if (left && right)
        result = object_compare(op, left, right);
    else
        result = sizes_compare(op, left != NULL, right != NULL);
    decref_maybe(left);
    decref_maybe(right);
    return result;
}

int list_contains(Object *list, Object *wanted) {
    Object *item;
    int found = 0;
    for (size_t i = 0; !found && (item = list_at(list, i)); i++) {
        found = same_items(item, wanted);
        decref(item);
    }
    return found;
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
