/* list_extend.c: lists that grow by the items of others: extend, + and *.
 *
 * What a list or a tuple adds comes in one piece, under the locks of both. Other iterables
 * run code of their own between two items: each of these is appended by itself. */
#include "core/object/builtin.h"
#include "core/object/iterate.h"
#include "core/object/operations.h"
#include "core/types/class.h"
#include "core/types/list.h"
#include "core/types/sequence.h"
#include "core/types/tuple.h"

/* Adds `count` items, for which there is room; slots or plain pointers, as the source has
 * them. `other` is locked, and the list, too, if anybody else knows it. */
static void extend_from_list(List *list, List *other, size_t count) {
    size_t size = list_size(list);
    for (size_t i = 0; i < count; i++) {
        RefCount *ref = slot_peek(&list_array(other)->slots[i]);
        ref_add(ref);
        slot_put(&list_array(list)->slots[size + i], ref);
    }
    list_set_size(list, size + count);
}

static void extend_from_tuple(List *list, Tuple *other) {
    size_t size = list_size(list);
    for (size_t i = 0; i < other->size; i++)
        slot_put(&list_array(list)->slots[size + i], refs_of(incref(other->items[i])));
    list_set_size(list, size + other->size);
}

static bool extend_list(List *list, List *other) {
    ListArray *old;
    lock_take_two(&list->head.refs, &other->head.refs);
    size_t count = list_size(other);
    bool room = list_reserve(list, list_size(list) + count, &old);
    if (room) extend_from_list(list, other, count);
    lock_drop_two(&list->head.refs, &other->head.refs);
    array_retire(old);
    return room;
}

static bool extend_tuple(List *list, Tuple *other) {
    ListArray *old;
    object_lock(&list->head);
    bool room = list_reserve(list, list_size(list) + other->size, &old);
    if (room) extend_from_tuple(list, other);
    object_unlock(&list->head);
    array_retire(old);
    return room;
}

bool gilt_list_extend(GiltObject *o, GiltObject *other) {
    bool room;
    if (is_type(other, GILT_LIST))
        room = extend_list((List *)o, (List *)other);
    else if (is_type(other, GILT_TUPLE))
        room = extend_tuple((List *)o, (Tuple *)other);
    else
        return gilt_raise(GILT_TYPE_ERROR,
                          "can only extend a list with a list or tuple, not '%s'",
                          type_of(other)->name);
    return room || gilt_raise(GILT_MEMORY_ERROR, NULL);
}

/* Locked and unlocked again: room for `count` more. MemoryError. */
static bool expect_more(List *list, size_t count) {
    ListArray *old = NULL;
    object_lock(&list->head);
    bool room = count <= PTRDIFF_MAX / sizeof(Slot) &&
                list_reserve(list, list_size(list) + count, &old);
    object_unlock(&list->head);
    array_retire(old);
    return room || gilt_raise(GILT_MEMORY_ERROR, NULL);
}

/* Room for all items, if it is a built-in type that knows their number; what others say is
 * a hint that may be wrong. */
static bool expect_items(List *list, Object *other) {
    enum { HINT_MAX = 1 << 16 };
    const size_t cannot_be = (size_t)1 << 40;
    if (flags_load(type_of(other)) & (TYPE_CLASS | TYPE_LATE) ||
        !type_of(other)->ops->length) {
        size_t hint = 0;
        if (!iterate_ask_hint(other, &hint)) return false;
        if (hint > cannot_be) return gilt_raise(GILT_MEMORY_ERROR, NULL);
        return !hint || hint > HINT_MAX || expect_more(list, hint);
    }
    ssize_t count = gilt_len(other);
    return count >= 0 && (!count || expect_more(list, (size_t)count));
}

/* Locked and unlocked again: the hint may have been too large. */
static void trim(List *list) {
    object_lock(&list->head);
    ListArray *old = list_shrink(list);
    object_unlock(&list->head);
    array_retire(old);
}

static bool append_all(Object *list, Object *iterator) {
    Object *item;
    while ((item = iterate_next(iterator)))
        if (!list_append_own(list, item)) return false;
    return !gilt_error();
}

bool list_extend(Object *list, Object *other) {
    if (is_type(other, GILT_LIST) || is_type(other, GILT_TUPLE))
        return gilt_list_extend(list, other);
    Object *iterator = iterate(other);
    if (!iterator) return false;
    bool well = expect_items((List *)list, other) && append_all(list, iterator);
    trim((List *)list);
    decref(iterator);
    return well;
}

/* ---- + and * ---- */

/* Both as they are at one moment; if they have another size by then, once more. */
static Object *concat(Object *a, Object *b) {
    for (;;) {
        size_t left = gilt_list_size(a), right = gilt_list_size(b);
        List *sum = list_alloc(&types[GILT_LIST], left + right);
        if (!sum) return NULL;
        lock_take_two(&a->refs, &b->refs);
        bool same = list_size((List *)a) == left && list_size((List *)b) == right;
        if (same) {
            extend_from_list(sum, (List *)a, left);
            extend_from_list(sum, (List *)b, right);
        }
        lock_drop_two(&a->refs, &b->refs);
        if (same) return &sum->head;
        decref(&sum->head);
    }
}

/* Fills the slots from `from` up to `size` with the first `from` ones, again and again;
 * nobody else writes them. */
static void fill_again(ListArray *array, size_t from, size_t size) {
    for (size_t i = from; i < size; i++) {
        RefCount *ref = slot_peek(&array->slots[i - from]);
        ref_add(ref);
        slot_put(&array->slots[i], ref);
    }
}

static Object *repeat(Object *list, Object *times) {
    size_t size = 0, count;
    Object *product = gilt_list_slice(list, 0, PTRDIFF_MAX);
    if (!product) return NULL;
    count = gilt_list_size(product);
    bool well = sequence_product(times, count, &size);
    if (well && size > count) {
        ListArray *array = array_new(size, list_array((List *)product), count);
        if (!array) {
            gilt_raise(GILT_MEMORY_ERROR, NULL);
            well = false;
        } else {
            ListArray *old = list_array((List *)product);
            fill_again(array, count, size);
            link_put(&((List *)product)->array, array);
            list_set_size((List *)product, size);
            array_retire(old);
        }
    } else if (well && !size) {
        gilt_list_clear(product);
    }
    if (well) return product;
    return decref(product), NULL;
}

Object *list_operate(Operator op, Object *a, Object *b) {
    bool left = is_kind(a, GILT_LIST), right = is_kind(b, GILT_LIST);
    if (op == OP_ADD && left) return right ? concat(a, b) : NOT_IMPLEMENTED;
    if (op != OP_MULTIPLY) return NOT_IMPLEMENTED;
    Object *times = left ? b : a;
    if (!sequence_is_times(times, left ? SPECIAL_RMULTIPLY : SPECIAL_MULTIPLY))
        return NOT_IMPLEMENTED;
    return repeat(left ? a : b, times);
}

/* list *= times. The size is multiplied again if the list has changed meanwhile. */
static bool repeat_in_place(Object *o, Object *times) {
    List *list = (List *)o;
    for (;;) {
        ListArray *old = NULL;
        size_t count = gilt_list_size(o), size;
        if (!sequence_product(times, count, &size)) return false;
        if (!size) return gilt_list_clear(o), true;
        object_lock(o);
        bool same = list_size(list) == count;
        bool room = same && list_reserve(list, size, &old);
        if (room) {
            fill_again(list_array(list), count, size);
            list_set_size(list, size);
        }
        object_unlock(o);
        array_retire(old);
        if (same) return room || gilt_raise(GILT_MEMORY_ERROR, NULL);
    }
}

Object *list_update(Operator op, Object *list, Object *other) {
    bool well;
    if (op == OP_ADD)
        well = list_extend(list, other);
    else if (op == OP_MULTIPLY && sequence_is_times(other, SPECIAL_RMULTIPLY))
        well = repeat_in_place(list, other);
    else
        return NOT_IMPLEMENTED;
    return well ? incref(list) : NULL;
}
