/* list.c: making, reading and changing lists; list.h says which file has what else. */
#include "core/types/list.h"
#include "core/object/builtin.h"
#include "core/object/operations.h"
#include "core/types/heir.h"
#include "core/types/sequence.h"
#include "core/types/slice.h"
#include "core/types/tuple.h"
#include <string.h>

/* ---- arrays ---- */

/* A plain copy, though slots are atomic: nobody writes the old array, because the caller
 * has the lock, and nobody sees the new one yet. */
ListArray *array_new(size_t capacity, const ListArray *from, size_t count) {
    if (capacity > (PTRDIFF_MAX - sizeof(ListArray)) / sizeof(Slot)) return NULL;
    ListArray *array = memory_new_array(sizeof *array + capacity * sizeof(Slot));
    if (!array) return NULL;
    if (count)
        memcpy((void *)array->slots, (const void *)from->slots, count * sizeof(Slot));
    memset((void *)(array->slots + count), 0, (capacity - count) * sizeof(Slot));
    return array;
}

static void array_free(ListArray *array) {
    if (array) memory_free(array, array->retired.bytes);
}

/* Room for one more, and for some that may come later: amortised constant time. */
static size_t grown(size_t size) { return size + size / 4 + 4; }

bool list_reserve(List *list, size_t size, ListArray **old) {
    ListArray *array = list_array(list);
    *old = NULL;
    if (size <= array_capacity(array)) return true;
    size_t now = list_size(list);
    ListArray *larger =
        array_new(now ? (size > grown(now) ? size : grown(now)) : size, array, now);
    if (!larger) return false;
    link_put(&list->array, larger);
    *old = array;
    return true;
}

/* ---- making ---- */

List *list_alloc(Type *type, size_t capacity) {
    List *list = (List *)heir_or_native_new(type, MEMORY_CONTAINER, sizeof *list);
    if (!list) return NULL;
    ListArray *array = capacity ? array_new(capacity, NULL, 0) : NULL;
    atomic_init(&list->size, 0);
    link_init(&list->array, array);
    if (array || !capacity) return list;
    decref(&list->head);
    return (List *)gilt_raise(GILT_MEMORY_ERROR, NULL);
}

GiltObject *gilt_list_new(GiltObject *const *items, size_t count) {
    List *list = list_alloc(&types[GILT_LIST], count);
    if (!list) return NULL;
    for (size_t i = 0; i < count; i++)
        slot_init(&list_array(list)->slots[i], refs_of(incref(items[i])));
    list_set_size(list, count);
    return &list->head;
}

/* ---- reading without the lock ---- */

size_t gilt_list_size(GiltObject *o) {
    return atomic_load_explicit(&((List *)o)->size, memory_order_acquire);
}

/* The item, or NULL without an exception if the index is outside. */
static Object *get_locked(List *list, ssize_t index) {
    object_lock(&list->head);
    Object *item = NULL;
    if (index_within(&index, list_size(list)))
        item = slot_take_locked(&list_array(list)->slots[index]);
    object_unlock(&list->head);
    return item;
}

/* The item was read, and the list was longer than its index before. Is it now? If not, then
 * others have popped items and now append: the item is in its slot, but not yet in the
 * list. */
static ALWAYS_INLINE bool is_inside(List *list, size_t index, Object *item) {
    if (likely(index < gilt_list_size(&list->head))) return true;
    decref(item);
    return false;
}

/* READ_DONE with the item or, if the index is outside, NULL. */
static ALWAYS_INLINE ReadResult get_lock_free(List *list, size_t index, Object **item) {
    RefCount *found = NULL;
    ReadResult result = READ_LOCKED; /* no array: it is being changed */
    *item = NULL;
    if (unlikely(index >= gilt_list_size(&list->head))) return READ_DONE;
    read_begin();
    ListArray *array = link_load(&list->array);
    if (likely(array && array_reaches(array, index)))
        result = slot_read(&array->slots[index], &list->array, array, &found);
    else if (array)
        result = READ_RETRY; /* it has shrunk since the size was read */
    read_end();
    *item = object_of(found);
    if (unlikely(result != READ_DONE)) return result;
    return likely(found && is_inside(list, index, *item)) ? READ_DONE : READ_RETRY;
}

/* A negative index depends on the size and the slot at one moment: under the lock. */
static NEVER_INLINE Object *get_slow(List *list, ssize_t index) {
    Object *item = NULL;
    ReadResult result = index < 0 ? READ_LOCKED : READ_RETRY;
    while (result == READ_RETRY) result = get_lock_free(list, (size_t)index, &item);
    return result == READ_DONE ? item : get_locked(list, index);
}

static ALWAYS_INLINE Object *list_get(List *list, ssize_t index) {
    Object *item;
    if (likely(index >= 0 && get_lock_free(list, (size_t)index, &item) == READ_DONE))
        return item;
    return get_slow(list, index);
}

Object *list_at(Object *o, size_t index) {
    return likely(index <= PTRDIFF_MAX) ? list_get((List *)o, (ssize_t)index) : NULL;
}

GiltObject *gilt_list_get(GiltObject *o, ssize_t index) {
    Object *item = list_get((List *)o, index);
    return item ? item : gilt_raise(GILT_INDEX_ERROR, "list index out of range");
}

/* ---- changing ---- */

/* Takes over the reference only if all goes well. */
static ALWAYS_INLINE bool append(Object *o, Object *item) {
    List *list = (List *)o;
    ListArray *old;
    object_lock(o);
    size_t size = list_size(list);
    if (unlikely(!list_reserve(list, size + 1, &old))) {
        object_unlock(o);
        return gilt_raise(GILT_MEMORY_ERROR, NULL);
    }
    slot_put(&list_array(list)->slots[size], refs_of(item));
    list_set_size(list, size + 1);
    object_unlock(o);
    array_retire(old);
    return true;
}

bool gilt_list_append(GiltObject *o, GiltObject *item) {
    incref(item);
    if (likely(append(o, item))) return true;
    return decref(item), false;
}

bool list_append_own(Object *o, Object *item) {
    if (likely(append(o, item))) return true;
    return decref(item), false;
}

bool gilt_list_set(GiltObject *o, ssize_t index, GiltObject *item) {
    List *list = (List *)o;
    object_lock(o);
    if (!index_within(&index, list_size(list))) {
        object_unlock(o);
        return gilt_raise(GILT_INDEX_ERROR, "list assignment index out of range");
    }
    Slot *slot = &list_array(list)->slots[index];
    Object *old = object_of(slot_peek(slot));
    slot_put(slot, refs_of(incref(item)));
    object_unlock(o);
    decref(old);
    return true;
}

/* Locked, Link emptied: moves what stands from `from` on by one place, up or down. */
static void shift_up(ListArray *array, size_t from, size_t size) {
    for (size_t i = size; i > from; i--)
        slot_put(&array->slots[i], slot_peek(&array->slots[i - 1]));
}

static void shift_down(ListArray *array, size_t from, size_t size) {
    for (size_t i = from; i + 1 < size; i++)
        slot_put(&array->slots[i], slot_peek(&array->slots[i + 1]));
    slot_put(&array->slots[size - 1], NULL);
}

bool gilt_list_insert(GiltObject *o, ssize_t index, GiltObject *item) {
    List *list = (List *)o;
    ListArray *old;
    object_lock(o);
    size_t size = list_size(list);
    ssize_t end = (ssize_t)size;
    if (!list_reserve(list, size + 1, &old)) {
        object_unlock(o);
        return gilt_raise(GILT_MEMORY_ERROR, NULL);
    }
    slice_within(&index, &end, size);
    ListArray *array = list_array(list);
    link_put(&list->array, NULL);
    shift_up(array, (size_t)index, size);
    slot_put(&array->slots[index], refs_of(incref(item)));
    list_set_size(list, size + 1);
    link_put(&list->array, array);
    object_unlock(o);
    array_retire(old);
    return true;
}

/* Locked: takes the item out; its reference is the caller's. */
static Object *take_out(List *list, size_t index) {
    ListArray *array = list_array(list);
    size_t size = list_size(list);
    Object *item = object_of(slot_peek(&array->slots[index]));
    if (index == size - 1) {
        list_set_size(list, size - 1);
        slot_put(&array->slots[index], NULL);
        return item;
    }
    link_put(&list->array, NULL);
    shift_down(array, index, size);
    list_set_size(list, size - 1);
    link_put(&list->array, array);
    return item;
}

/* If there is no memory for a smaller one, the large one stays. */
ListArray *list_shrink(List *list) {
    ListArray *array = list_array(list);
    size_t size = list_size(list);
    if (array_capacity(array) < 16 || size > array_capacity(array) / 4) return NULL;
    ListArray *smaller = array_new(grown(size), array, size);
    if (!smaller) return NULL;
    link_put(&list->array, smaller);
    return array;
}

/* `outside` says what is wrong if the index is; NULL: in the words of pop. */
static Object *list_pop(Object *o, ssize_t index, const char *outside) {
    List *list = (List *)o;
    object_lock(o);
    size_t size = list_size(list);
    bool inside = index_within(&index, size);
    Object *item = inside ? take_out(list, (size_t)index) : NULL;
    ListArray *old = inside ? list_shrink(list) : NULL;
    object_unlock(o);
    array_retire(old);
    if (inside) return item;
    if (!outside) outside = size ? "pop index out of range" : "pop from empty list";
    return gilt_raise(GILT_INDEX_ERROR, "%s", outside);
}

GiltObject *gilt_list_pop(GiltObject *o, ssize_t index) { return list_pop(o, index, NULL); }

bool list_take_out_if(Object *o, size_t index, Object *item) {
    List *list = (List *)o;
    object_lock(o);
    bool same = index < list_size(list) &&
                object_of(slot_peek(&list_array(list)->slots[index])) == item;
    if (same) take_out(list, index);
    ListArray *old = same ? list_shrink(list) : NULL;
    object_unlock(o);
    array_retire(old);
    if (same) decref(item);
    return same;
}

/* The slice is made with room for what the list holds now; if the list has grown when the
 * lock is taken, once more. */
GiltObject *gilt_list_slice(GiltObject *o, ssize_t from, ssize_t to) {
    List *list = (List *)o;
    for (;;) {
        size_t size = gilt_list_size(o);
        ssize_t first = from, end = to;
        slice_within(&first, &end, size);
        List *slice = list_alloc(&types[GILT_LIST], (size_t)(end - first));
        if (!slice) return NULL;
        object_lock(o);
        bool same = list_size(list) == size;
        for (ssize_t i = first; same && i < end; i++) {
            RefCount *ref = slot_peek(&list_array(list)->slots[i]);
            ref_add(ref);
            slot_init(&list_array(slice)->slots[i - first], ref);
        }
        object_unlock(o);
        if (same) {
            list_set_size(slice, (size_t)(end - first));
            return &slice->head;
        }
        decref(&slice->head);
    }
}

/* From the last to the first, as CPython does. */
static void drop_items(ListArray *array, size_t size) {
    for (size_t i = size; i-- > 0;) decref_maybe(object_of(slot_peek(&array->slots[i])));
}

void gilt_list_clear(GiltObject *o) {
    List *list = (List *)o;
    object_lock(o);
    ListArray *array = list_array(list);
    size_t size = list_size(list);
    list_set_size(list, 0);
    link_put(&list->array, NULL);
    object_unlock(o);
    drop_items(array, size);
    array_retire(array);
}

/* ---- the type ---- */

static size_t list_bytes(const Object *o) { return (void)o, sizeof(List); }

static void list_destroy(Object *o) {
    List *list = (List *)o;
    drop_items(list_array(list), list_size(list));
    array_free(list_array(list));
}

static ssize_t list_length(Object *o) { return (ssize_t)gilt_list_size(o); }
static Object *list_repr(Object *o) { return sequence_repr(o, "[", "]", list_at); }

static Object *list_get_item(Object *o, Object *key) {
    ssize_t index;
    if (key->type == TYPE_SLICE) return list_get_slice(o, key);
    return index_key(key, "list", &index) ? gilt_list_get(o, index) : NULL;
}

static bool delete_item(Object *o, ssize_t index) {
    Object *item = list_pop(o, index, "list assignment index out of range");
    decref_maybe(item);
    return item;
}

static bool list_set_item(Object *o, Object *key, Object *value) {
    ssize_t index;
    if (key->type == TYPE_SLICE) return list_set_slice(o, key, value);
    if (!index_key(key, "list", &index)) return false;
    return value ? gilt_list_set(o, index, value) : delete_item(o, index);
}

const TypeOps list_ops = {
    .kind = MEMORY_CONTAINER,
    .bytes = list_bytes,
    .spans = list_spans,
    .destroy = list_destroy,
    .equal = list_equal,
    .less = list_less,
    .compare = list_compare,
    .repr = list_repr,
    .length = list_length,
    .get_item = list_get_item,
    .set_item = list_set_item,
    .contains = list_contains,
    .operate = list_operate,
    .refuse = sequence_refuse,
    .update = list_update,
    .iterate = list_iterate,
    .make = list_make,
    .init = list_init,
    .methods = list_methods,
};
