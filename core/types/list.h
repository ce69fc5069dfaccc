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
#include "core/object/native.h"
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

/* With the lock: makes room for `size` items. *old is the array to retire, after unlocking;
 * NULL: none. false: no memory, no exception. */
bool list_reserve(List *list, size_t size, ListArray **old);

/* With the lock: a smaller array when three quarters of this one are empty; the one to
 * retire, or NULL. */
ListArray *list_shrink(List *list);

static inline void array_retire(ListArray *array) {
    if (array) retire(&array->retired);
}

/* A list of this type or heir of list, empty but with room. MemoryError. */
List *list_alloc(Type *type, size_t capacity);

/* The item, a new reference, or NULL without an exception if there is none. */
Object *list_at(Object *list, size_t index);

/* Appends, and takes over the reference. MemoryError. */
bool list_append_own(Object *list, Object *item);

/* Takes out the item at the index if it is this very object: is it? */
bool list_take_out_if(Object *list, size_t index, Object *item);

/* list_slice.c: of items that a slice names; `value` NULL deletes. */
Object *list_get_slice(Object *list, Object *slice);
bool list_set_slice(Object *list, Object *slice, Object *value);
struct SliceNumbers;
Object *list_copy_slice(Object *list, const struct SliceNumbers *numbers);
bool list_put_slice(Object *list, const struct SliceNumbers *numbers, Object *value);

/* list_extend.c: adds all items of anything that can be iterated; of a list or tuple in one
 * piece. And list + list, list * n, in place or not. */
bool list_extend(Object *list, Object *other);
Object *list_operate(Operator op, Object *a, Object *b);
Object *list_update(Operator op, Object *list, Object *other);

/* list_order.c */
int list_equal(Object *a, Object *b);
int list_less(Object *a, Object *b);
Object *list_compare(Comparison op, Object *a, Object *b);
int list_contains(Object *list, Object *item);

/* list_sort.c: `key` NULL or None: the items themselves. */
bool list_sort(Object *list, Object *key, bool reverse);

/* list_methods.c */
extern const Native list_methods[];
Object *list_make(Type *type, Object *const *arguments, size_t count, Object *names);
bool list_init(Object *list, Object *const *arguments, size_t count, Object *names);

/* list_iterator.c. For the VM: `index` is the next item's, LIST_DONE after the end;
 * list_reverse counts down, and ends below 0. */
typedef struct ListIterator {
    Object head;
    Slot list; /* never changes */
    _Atomic size_t index;
} ListIterator;
#define LIST_DONE SIZE_MAX

Object *list_iterate(Object *list);
Object *list_reversed(Object *list);
