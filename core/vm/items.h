/* items.h: reading items of lists and tuples, and iterating, as the loop does it inline.
 *
 * An item is not counted to look what it is: the list keeps it, and slot_borrow says where
 * that is enough. */
#pragma once
#include "core/object/iterate.h"
#include "core/types/list.h"
#include "core/types/range.h"
#include "core/types/tuple.h"
#include "core/vm/numbers.h"
#include "core/vm/slow.h"

/* ---- container[index] ----
 *
 * EMPTY: ask in general. `number`: an int or float is wanted as a number. */

static ALWAYS_INLINE Value list_item(Object *o, int64_t i, bool number) {
    List *list = (List *)o;
    Value found = EMPTY;
    if (i < 0) i += (int64_t)atomic_load_explicit(&list->size, memory_order_acquire);
    if (unlikely((uint64_t)i >= atomic_load_explicit(&list->size, memory_order_acquire)))
        return EMPTY;
    read_begin();
    const ListArray *array = link_load(&list->array);
    if (likely(array && array_reaches(array, (size_t)i))) {
        RefCount *seen = slot_borrow(&array->slots[i], &list->array, array);
        bool inside = (uint64_t)i < atomic_load_explicit(&list->size, memory_order_acquire);
        if (likely(seen && inside)) found = value_found(object_of(seen), number);
    }
    read_end();
    return found;
}

/* list[i] = the number v, written into the object that is there. false: not so. */
static ALWAYS_INLINE bool list_write(Object *o, int64_t i, Value v) {
    List *list = (List *)o;
    bool well = false;
    object_lock(o);
    size_t size = list_size(list);
    if (i < 0) i += (int64_t)size;
    if (likely((uint64_t)i < size))
        well = value_write(object_of(slot_peek(&list_array(list)->slots[i])), v);
    object_unlock(o);
    return well;
}

static ALWAYS_INLINE Value tuple_item(const Object *o, int64_t i, bool number) {
    const Tuple *tuple = (const Tuple *)o;
    if (i < 0) i += (int64_t)tuple->size;
    return likely((uint64_t)i < tuple->size) ? value_found(tuple->items[i], number) : EMPTY;
}

static ALWAYS_INLINE Value item_quickly(Value container, Value key, bool number) {
    if (unlikely(container & 3 || !value_is_int(key))) return EMPTY;
    Object *o = value_object(container);
    if (likely(is_type(o, GILT_LIST))) return list_item(o, value_int(key), number);
    return is_type(o, GILT_TUPLE) ? tuple_item(o, value_int(key), number) : EMPTY;
}

/* Is the index of a list or tuple an int object? Then it is a number now. */
static inline bool index_to_number(Value container, Value *key) {
    if (!value_is_object(container) || !value_is_object(*key) || !container) return false;
    Object *o = value_object(container);
    return (is_type(o, GILT_LIST) || is_type(o, GILT_TUPLE)) && to_number(key);
}

/* ---- iteration: three registers, iterator, position, end ----
 *
 * A range is a number: where it is; then its end and its step. A list or tuple is itself
 * and the next index. Anything else is an iterator, and nothing. */

/* Numbers cannot be iterated: the exception says so. */
static bool for_number(Value number) {
    Object *made = value_box(number), *iterator = made ? iterate(made) : NULL;
    decref_maybe(iterator);
    decref_maybe(made);
    return false;
}

static inline bool for_needs_no_iterator(const Object *o) {
    return is_type(o, TYPE_RANGE) || is_type(o, GILT_LIST) || is_type(o, GILT_TUPLE);
}

static bool for_start(Value *it, Value iterable) {
    it[1] = it[2] = EMPTY;
    if (unlikely(iterable & 3)) return for_number(iterable);
    Object *o = value_object(iterable);
    if (is_type(o, TYPE_RANGE) && ((const Range *)o)->small) {
        const Range *range = (const Range *)o;
        int64_t span = range->stop.small - range->start.small;
        int64_t count = range->step.small > 0
                            ? (span <= 0 ? 0 : (span - 1) / range->step.small + 1)
                            : (span >= 0 ? 0 : (-span - 1) / -range->step.small + 1);
        int64_t last;
        bool fits = int_fits_value(range->start.small) &&
                    int_fits_value(range->step.small) &&
                    !__builtin_mul_overflow(count, range->step.small, &last) &&
                    !__builtin_add_overflow(last, range->start.small, &last) &&
                    int_fits_value(last);
        if (fits) {
            it[0] = value_of_int(range->start.small);
            it[1] = value_of_int(count);
            it[2] = value_of_int(range->step.small);
            return true;
        }
    }
    if (is_type(o, GILT_LIST) || is_type(o, GILT_TUPLE)) {
        it[0] = value_owned(incref(o));
        it[1] = value_of_int(0);
        return true;
    }
    Object *iterator = iterate(o);
    it[0] = value_owned(iterator);
    return iterator;
}

/* The next item; EMPTY at the end, or with an exception. */
static ALWAYS_INLINE Value for_next(Value *it) {
    if (likely(value_is_int(it[0]))) {
        if (unlikely(value_int(it[1]) <= 0)) return EMPTY;
        Value v = it[0];
        it[1] -= 2;
        it[0] = v + it[2] - 1;
        return v;
    }
    Object *o = value_object(it[0]);
    if (value_is_int(it[1])) {
        size_t i = (size_t)value_int(it[1]);
        it[1] += 2;
        if (is_type(o, GILT_TUPLE)) return tuple_item(o, (int64_t)i, false);
        Value v = list_item(o, (int64_t)i, false);
        return likely(v) ? v : value_owned(list_at(o, i));
    }
    return value_result(iterate_next(o));
}

/* The next pair of an iterator of pairs, without a tuple: 1, 0, -1 as TypeOps.next_two. */
static inline int for_two(Value iterator, Value *two) {
    if (!value_is_object(iterator)) return -1;
    Object *o = value_object(iterator), *pair[2];
    const TypeOps *ops = type_of(o)->ops;
    int got = ops->next_two ? ops->next_two(o, pair) : -1;
    if (got <= 0) return got;
    two[0] = value_taken(pair[0]);
    two[1] = value_taken(pair[1]);
    return 1;
}

/* false: the list changes meanwhile, or is not so long. */
static bool list_unpack(Object *o, Value *to, unsigned count) {
    if (gilt_list_size(o) != count) return false;
    for (unsigned i = 0; i < count; i++) {
        if (likely(to[i] = list_item(o, i, false))) continue;
        while (i--) value_drop(to[i]);
        return false;
    }
    return true;
}

static bool for_unpack(Value v, Value *to, unsigned count) {
    if (value_is_object(v) && is_type(value_object(v), GILT_LIST) &&
        list_unpack(value_object(v), to, count))
        return true;
    if (value_is_object(v) && is_type(value_object(v), GILT_TUPLE)) {
        const Tuple *tuple = (const Tuple *)value_object(v);
        if (tuple->size == count) {
            for (unsigned i = 0; i < count; i++)
                to[i] = value_found(tuple->items[i], false);
            return true;
        }
    }
    return slow_unpack(v, to, count);
}
