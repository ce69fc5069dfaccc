/* list_slice.c: reading, replacing and deleting the items of a list that a slice names.
 *
 * The numbers of the slice and the new items are found out first, since that may run any
 * code; what they mean is settled under the lock, where the size is. While items move, the
 * Link is empty (list.h), so others see the list before or after the whole change. */
#include "core/object/builtin.h"
#include "core/object/iterate.h"
#include "core/types/list.h"
#include "core/types/slice.h"
#include "core/types/tuple.h"

/* ---- reading ---- */

static void copy_items(List *list, List *copy, ssize_t start, ssize_t step, size_t count) {
    Slot *to = list_array(copy)->slots;
    for (size_t i = 0; i < count; i++) {
        RefCount *ref = slot_peek(&list_array(list)->slots[start + (ssize_t)i * step]);
        ref_add(ref);
        slot_init(&to[i], ref);
    }
    list_set_size(copy, count);
}

/* The copy is made with room for what the list holds now; if the list has another size when
 * the lock is taken, once more. */
Object *list_copy_slice(Object *o, const SliceNumbers *numbers) {
    ssize_t start;
    for (;;) {
        size_t size = gilt_list_size(o), count = slice_adjust(numbers, size, &start);
        List *copy = list_alloc(&types[GILT_LIST], count);
        if (!copy || !count) return (Object *)copy;
        object_lock(o);
        bool same = list_size((List *)o) == size;
        if (same) copy_items((List *)o, copy, start, numbers->step, count);
        object_unlock(o);
        if (same) return &copy->head;
        decref(&copy->head);
    }
}

Object *list_get_slice(Object *o, Object *slice) {
    SliceNumbers numbers;
    return slice_numbers(slice, &numbers) ? list_copy_slice(o, &numbers) : NULL;
}

/* ---- changing ---- */

/* References on their way out, to be dropped once the list is unlocked. */
typedef struct Removed {
    Object *few[16], **items;
    size_t count, room;
} Removed;

/* Locked. */
static bool removed_reserve(Removed *removed, size_t count) {
    removed->items = removed->few;
    removed->count = 0;
    removed->room = count;
    if (count <= sizeof removed->few / sizeof *removed->few) return true;
    removed->items = memory_new(MEMORY_ARRAY, count * sizeof *removed->items);
    return removed->items;
}

static void removed_drop(Removed *removed) {
    if (!removed->items) return;
    for (size_t i = removed->count; i-- > 0;) decref(removed->items[i]);
    if (removed->items != removed->few)
        memory_free(removed->items, removed->room * sizeof *removed->items);
}

static inline void remove_item(Removed *removed, const Slot *slot) {
    removed->items[removed->count++] = object_of(slot_peek(slot));
}

static void move_items(Slot *slots, size_t from, size_t to, size_t count) {
    if (to < from)
        for (size_t i = 0; i < count; i++)
            slot_put(&slots[to + i], slot_peek(&slots[from + i]));
    else if (to > from)
        for (size_t i = count; i-- > 0;)
            slot_put(&slots[to + i], slot_peek(&slots[from + i]));
}

/* Locked, with room, Link emptied: `count` items from `first` on become those of `with`. */
static void splice(List *list, Slot *slots, size_t first, size_t count, const Tuple *with,
                   Removed *removed) {
    size_t size = list_size(list), coming = with ? with->size : 0;
    size_t after = size - count + coming;
    for (size_t i = 0; i < count; i++) remove_item(removed, &slots[first + i]);
    move_items(slots, first + count, first + coming, size - first - count);
    for (size_t i = 0; i < coming; i++)
        slot_put(&slots[first + i], refs_of(incref(with->items[i])));
    for (size_t i = after; i < size; i++) slot_put(&slots[i], NULL);
    list_set_size(list, after);
}

/* The same for every step-th item: they are replaced, or deleted if `with` is NULL. */
static void replace_each(Slot *slots, ssize_t start, ssize_t step, const Tuple *with,
                         Removed *removed) {
    for (size_t i = 0; i < with->size; i++, start += step) {
        remove_item(removed, &slots[start]);
        slot_put(&slots[start], refs_of(incref(with->items[i])));
    }
}

static void delete_each(List *list, Slot *slots, ssize_t start, ssize_t step, size_t count,
                        Removed *removed) {
    size_t size = list_size(list), to = (size_t)start, next = (size_t)start;
    for (size_t i = (size_t)start; i < size; i++) {
        if (count && i == next) {
            remove_item(removed, &slots[i]);
            next += (size_t)step;
            count--;
        } else {
            slot_put(&slots[to++], slot_peek(&slots[i]));
        }
    }
    for (size_t i = to; i < size; i++) slot_put(&slots[i], NULL);
    list_set_size(list, to);
}

/* One change of a list; what it needs of memory comes first. */
typedef struct SliceChange {
    ssize_t start, step;
    size_t count;
    const Tuple *with; /* NULL: delete */
    Removed removed;
    ListArray *old;
} SliceChange;

/* Locked. false: no memory. */
static bool change_list(List *list, SliceChange *c) {
    size_t coming = c->with ? c->with->size : 0, size = list_size(list);
    if (!removed_reserve(&c->removed, c->count)) return false;
    if (c->step == 1 && !list_reserve(list, size - c->count + coming, &c->old))
        return false;
    ListArray *array = list_array(list);
    if (!array) return true; /* nothing is in it and nothing comes */
    link_put(&list->array, NULL);
    if (c->step == 1)
        splice(list, array->slots, (size_t)c->start, c->count, c->with, &c->removed);
    else if (c->with)
        replace_each(array->slots, c->start, c->step, c->with, &c->removed);
    else
        delete_each(list, array->slots, c->start, c->step, c->count, &c->removed);
    link_put(&list->array, array);
    if (!c->old) c->old = list_shrink(list);
    return true;
}

/* Locked: what the numbers mean now. To delete, one goes upwards. */
static void change_settle(SliceChange *c, const SliceNumbers *numbers, size_t size) {
    c->step = numbers->step;
    c->count = slice_adjust(numbers, size, &c->start);
    if (c->with || c->step > 0) return;
    if (c->count) c->start += (ssize_t)(c->count - 1) * c->step;
    c->step = -c->step;
    if (!c->count) c->start = 0;
}

static bool change_slice(Object *o, const SliceNumbers *numbers, const Tuple *with) {
    SliceChange c = {.with = with};
    List *list = (List *)o;
    object_lock(o);
    change_settle(&c, numbers, list_size(list));
    bool fits = !with || c.step == 1 || with->size == c.count;
    bool well = fits && change_list(list, &c);
    object_unlock(o);
    array_retire(c.old);
    removed_drop(&c.removed);
    if (well) return true;
    if (fits) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    return gilt_raise(
        GILT_VALUE_ERROR,
        "attempt to assign sequence of size %zu to extended slice of size %zu", with->size,
        c.count);
}

/* The new items, at one moment: a tuple; NULL with the TypeError if there are none. */
static Tuple *new_items(Object *value, bool extended) {
    if (is_type(value, GILT_TUPLE)) return (Tuple *)incref(value);
    if (is_type(value, GILT_LIST)) return (Tuple *)tuple_from_list(value);
    Object *iterator = iterate(value), *items = NULL;
    if (iterator)
        items = tuple_of(iterator);
    else if (gilt_error_is(GILT_TYPE_ERROR))
        gilt_raise(GILT_TYPE_ERROR, extended ? "must assign iterable to extended slice"
                                             : "can only assign an iterable");
    decref_maybe(iterator);
    return (Tuple *)items;
}

bool list_put_slice(Object *list, const SliceNumbers *numbers, Object *value) {
    Tuple *with = NULL;
    if (value && !(with = new_items(value, numbers->step != 1))) return false;
    bool well = change_slice(list, numbers, with);
    if (with) decref(&with->head);
    return well;
}

bool list_set_slice(Object *list, Object *slice, Object *value) {
    SliceNumbers numbers;
    return slice_numbers(slice, &numbers) && list_put_slice(list, &numbers, value);
}
