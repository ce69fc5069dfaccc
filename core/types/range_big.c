/* range_big.c: ranges of any numbers, in the arithmetic of int objects. Slow, and right for
 * small ones, too.
 *
 * The functions on ints below take over the references that they are given, and answer NULL
 * if one of them is NULL: so a formula is an expression, with one check at its end. */
#include "core/object/builtin.h"
#include "core/types/fields.h"
#include "core/types/int.h"
#include "core/types/range.h"
#include "core/types/slice.h"
#include "core/types/tuple.h"

/* ---- arithmetic ---- */

static Object *combine(Operator op, Object *a, Object *b) {
    Object *result = a && b ? int_operate(op, a, b) : NULL;
    decref_maybe(a);
    decref_maybe(b);
    return result;
}

static Object *sum(Object *a, Object *b) { return combine(OP_ADD, a, b); }
static Object *difference(Object *a, Object *b) { return combine(OP_SUBTRACT, a, b); }
static Object *product(Object *a, Object *b) { return combine(OP_MULTIPLY, a, b); }
static Object *quotient(Object *a, Object *b) { return combine(OP_FLOOR, a, b); }

/* Borrowed. */
static int sign(Object *a) {
    return int_is_big(a) ? ((BigInt *)a)->size < 0 ? -1 : 1
                         : (int_small(a) > 0) - (int_small(a) < 0);
}

static const Range *range_of(const Object *o) { return (const Range *)o; }

Object *range_part(Object *o, unsigned part) {
    const RangeNumber *number = &range_of(o)->start + part;
    return range_of(o)->small ? gilt_int(number->small) : incref(number->big);
}

static Object *start_of(Object *o) { return range_part(o, 0); }
static Object *stop_of(Object *o) { return range_part(o, 1); }
static Object *step_of(Object *o) { return range_part(o, 2); }

/* ---- making ---- */

Object *range_new(Object *start, Object *stop, Object *step) {
    if (!sign(step)) return gilt_raise(GILT_VALUE_ERROR, "range() arg 3 must not be zero");
    Range *range = (Range *)object_new(TYPE_RANGE, MEMORY_LEAF, sizeof *range);
    if (!range) return NULL;
    range->small = false;
    range->start.big = incref(start);
    range->stop.big = incref(stop);
    range->step.big = incref(step);
    return &range->head;
}

/* ---- asking ---- */

Object *range_big_length(Object *o) {
    Object *step = step_of(o), *span;
    if (!step) return NULL;
    bool down = sign(step) < 0;
    span = down ? difference(start_of(o), stop_of(o)) : difference(stop_of(o), start_of(o));
    if (down) step = difference(gilt_int(0), step);
    if (span && step && sign(span) > 0)
        return sum(quotient(difference(span, gilt_int(1)), step), gilt_int(1));
    bool well = span && step;
    decref_maybe(span);
    decref_maybe(step);
    return well ? gilt_int(0) : NULL;
}

Object *range_big_at(Object *o, Object *index) {
    return sum(start_of(o), product(incref(index), step_of(o)));
}

Object *range_big_get(Object *o, Object *key) {
    Object *length = range_big_length(o), *index = length ? index_object(key) : NULL;
    if (index && sign(index) < 0) index = sum(index, incref(length));
    Object *item = NULL;
    if (index && (sign(index) < 0 || int_compare(index, length) >= 0))
        gilt_raise(GILT_INDEX_ERROR, "range object index out of range");
    else if (index)
        item = range_big_at(o, index);
    decref_maybe(index);
    decref_maybe(length);
    return item;
}

Object *range_big_slice(Object *o, Object *slice) {
    Object *length = range_big_length(o), *made = NULL;
    Object *parts = length ? slice_indices(slice, length) : NULL;
    decref_maybe(length);
    if (!parts) return NULL;
    Object **indices = ((Tuple *)parts)->items;
    Object *start = range_big_at(o, indices[0]), *stop = range_big_at(o, indices[1]);
    Object *step = product(incref(indices[2]), step_of(o));
    if (start && stop && step) made = range_new(start, stop, step);
    decref_maybe(start);
    decref_maybe(stop);
    decref_maybe(step);
    decref(parts);
    return made;
}

Object *range_big_find(Object *o, Object *item) {
    return quotient(difference(incref(item), start_of(o)), step_of(o));
}

int range_big_contains(Object *o, Object *item) {
    Object *length = range_big_length(o), *index = length ? range_big_find(o, item) : NULL;
    Object *there = NULL;
    int contains = -1;
    if (index && (sign(index) < 0 || int_compare(index, length) >= 0))
        contains = 0;
    else if (index && (there = range_big_at(o, index)))
        contains = !int_compare(there, item);
    decref_maybe(there);
    decref_maybe(index);
    decref_maybe(length);
    return contains;
}

/* Consumes both. 1, 0, -1. */
static int same_numbers(Object *a, Object *b) {
    int same = a && b ? !int_compare(a, b) : -1;
    decref_maybe(a);
    decref_maybe(b);
    return same;
}

int range_big_equal(Object *a, Object *b) {
    int same = same_numbers(range_big_length(a), range_big_length(b));
    if (same != 1) return same;
    Object *length = range_big_length(a), *one = gilt_int(1);
    if (!length) return -1;
    int order = int_compare(length, one);
    decref(length);
    if (order >= 0) same = same_numbers(start_of(a), start_of(b));
    if (order > 0 && same == 1) same = same_numbers(step_of(a), step_of(b));
    return same;
}

/* ---- iterators ---- */

/* The same range from its last item to its first. */
static Object *turned(Object *o) {
    Object *length = range_big_length(o), *made = NULL;
    Object *last = length ? difference(length, gilt_int(1)) : NULL;
    Object *start = last ? range_big_at(o, last) : NULL;
    Object *step = difference(gilt_int(0), step_of(o));
    Object *stop = difference(start_of(o), step_of(o));
    if (start && stop && step) made = range_new(start, stop, step);
    decref_maybe(last);
    decref_maybe(start);
    decref_maybe(stop);
    decref_maybe(step);
    return made;
}

Object *range_big_iterate(Object *o, bool reversed) {
    Object *range = reversed ? turned(o) : incref(o);
    if (!range) return NULL;
    BigRangeIterator *i =
        (BigRangeIterator *)object_new(TYPE_RANGE_ITERATOR, MEMORY_LEAF, sizeof *i);
    if (!i) return decref(range), NULL;
    marks_add(&i->head, MARK_OWN);
    i->range = range;
    field_init(&i->index, gilt_int(0));
    return &i->head;
}

Object *range_big_next(Object *o) {
    BigRangeIterator *i = (BigRangeIterator *)o;
    Object *index = field_take(o, &i->index), *length = range_big_length(i->range);
    Object *item = NULL, *next = NULL;
    if (length && int_compare(index, length) < 0 && (item = range_big_at(i->range, index)))
        next = sum(incref(index), gilt_int(1));
    if (next) field_put(o, &i->index, next);
    if (item && !next) decref(item), item = NULL;
    decref_maybe(length);
    decref(index);
    return item;
}
