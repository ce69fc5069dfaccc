/* list.h: mutable sequences.
 *
 * A list is a size and a Link to an array of slots. Invariants, under the list's lock:
 * slots from `size` on are empty; `array` has room for `size`, or is NULL if size is 0.
 * A reader without the lock trusts only what the array itself says about its capacity.
 *
 *   - append puts the item first and then the size (release), which a reader loads
 *     (acquire): an index below the size has been filled.
 *     Who has read an item looks at the size once more: a slot may be filled again before
 *     the list is that long again.
 *   - what moves items along (insert, pop in the middle, reverse) empties the Link while
 *     it works and puts the same array back when it is done. A reader that sees no array
 *     where the size promises one waits for the lock; a reader that was already in the
 *     array either finishes its re-check of the Link before the change begins, or fails
 *     it, or began before the change was complete and saw the item's old place. So each
 *     read is one of the moment before or after the whole change.
 *   - an array that has been replaced is never written again and dies by retire(). The
 *     array of a list that dies is freed at once: a reader holds a reference to the list.
 */
#pragma once
#include "core/object/object.h"

typedef struct ListArray {
    Retired retired;
    Slot slots[];
} ListArray;

typedef struct List {
    Object head;
    Link array;
    _Atomic size_t size;
} List;

extern const TypeOps list_ops;

static inline size_t array_capacity(const ListArray *array) {
    return array ? (array->retired.bytes - sizeof(ListArray)) / sizeof(Slot) : 0;
}

/* Has the array a slot for this index, which is below some size? */
static inline bool array_reaches(const ListArray *array, size_t index) {
    return offsetof(ListArray, slots) + (index + 1) * sizeof(Slot) <= array->retired.bytes;
}

static inline unsigned list_spans(const Object *o, Span *spans) {
    const List *list = (const List *)o;
    const ListArray *array = link_peek(&list->array);
    if (!array) return 0;
    size_t size = atomic_load_explicit(&list->size, memory_order_relaxed);
    spans[0] = (Span){array->slots, size, sizeof(Slot)};
    return 1;
}

/* The parts that list.c shares with list_order.c; the caller has the lock. */
static inline ListArray *list_array(List *list) { return link_peek(&list->array); }
static inline size_t list_size(List *list) {
    return atomic_load_explicit(&list->size, memory_order_relaxed);
}
static inline void list_set_size(List *list, size_t size) {
    atomic_store_explicit(&list->size, size, memory_order_release);
}

/* An array with room for at least `capacity` items, the first `count` slots as in `from`,
 * the rest empty. NULL, no exception. */
ListArray *array_new(size_t capacity, const ListArray *from, size_t count);

/* list_order.c */
int list_equal(Object *a, Object *b);
int list_less(Object *a, Object *b);
int list_contains(Object *list, Object *item);
Object *list_operate(Operator op, Object *a, Object *b);
