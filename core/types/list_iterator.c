/* list_iterator.c: iterators over a list, forwards and backwards.
 *
 * The list may change meanwhile: an iterator asks for the item at its index, and has ended
 * for good once there was none. */
#include "core/object/builtin.h"
#include "core/object/native.h"
#include "core/types/fields.h"
#include "core/types/list.h"

static Object *iterator_new(uint32_t type, Object *list, size_t index) {
    ListIterator *i = (ListIterator *)object_new(type, MEMORY_CONTAINER, sizeof *i);
    if (!i) return NULL;
    field_init(&i->list, incref(list));
    atomic_init(&i->index, index);
    return &i->head;
}

Object *list_iterate(Object *list) { return iterator_new(TYPE_LIST_ITERATOR, list, 0); }

/* `index` is that of the next item. */
Object *list_reversed(Object *list) {
    return iterator_new(TYPE_LIST_REVERSE, list, gilt_list_size(list) - 1);
}

static Object *next_up(Object *o) {
    ListIterator *i = (ListIterator *)o;
    size_t index = number_get(&i->index);
    Object *item = list_at(field_get(&i->list), index);
    number_put(&i->index, likely(item) ? index + 1 : LIST_DONE);
    return item;
}

static Object *next_down(Object *o) {
    ListIterator *i = (ListIterator *)o;
    size_t index = number_get(&i->index);
    Object *item = list_at(field_get(&i->list), index);
    number_put(&i->index, likely(item) ? index - 1 : LIST_DONE);
    return item;
}

static Object *hint_up(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    ListIterator *i = (ListIterator *)o;
    size_t index = number_get(&i->index), size = gilt_list_size(field_get(&i->list));
    return gilt_int(index < size ? (int64_t)(size - index) : 0);
}

static Object *hint_down(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    ListIterator *i = (ListIterator *)o;
    size_t left = number_get(&i->index) + 1;
    return gilt_int(left <= gilt_list_size(field_get(&i->list)) ? (int64_t)left : 0);
}

static const Native up_methods[] = {{"__length_hint__()", hint_up}, {0}};
static const Native down_methods[] = {{"__length_hint__()", hint_down}, {0}};

FIELDS(iterator, ListIterator, list, 1)

const TypeOps list_iterator_ops = {
    FIELDS_OPS(iterator),
    .iterate = iterator_itself,
    .next = next_up,
    .methods = up_methods,
};

const TypeOps list_reverse_ops = {
    FIELDS_OPS(iterator),
    .iterate = iterator_itself,
    .next = next_down,
    .methods = down_methods,
};
