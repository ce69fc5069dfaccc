/* range_iterator.c: iterators over ranges. Two threads at one iterator may get the same
 * number twice. */
#include "core/object/native.h"
#include "core/types/fields.h"
#include "core/types/int.h"
#include "core/types/range.h"

static Object *iterator_new(int64_t start, int64_t step, size_t length) {
    RangeIterator *i =
        (RangeIterator *)object_new(TYPE_RANGE_ITERATOR, MEMORY_LEAF, sizeof *i);
    if (!i) return NULL;
    i->start = start;
    i->step = step;
    i->length = length;
    atomic_init(&i->index, 0);
    return &i->head;
}

Object *range_iterate(Object *o) {
    Range *range = (Range *)o;
    if (unlikely(!range->small)) return range_big_iterate(o, false);
    return iterator_new(range->start.small, range->step.small, range_length(range));
}

Object *range_reversed(Object *o) {
    Range *range = (Range *)o;
    if (unlikely(!range->small)) return range_big_iterate(o, true);
    size_t length = range_length(range);
    int64_t last = range_at(range->start.small, range->step.small, length - 1);
    return iterator_new(last, -range->step.small, length);
}

static inline bool is_big(const Object *o) { return marks_load(o) & MARK_OWN; }

static size_t iterator_bytes(const Object *o) {
    return is_big(o) ? sizeof(BigRangeIterator) : sizeof(RangeIterator);
}

static void iterator_destroy(Object *o) {
    if (!is_big(o)) return;
    decref(((BigRangeIterator *)o)->range);
    field_drop(&((BigRangeIterator *)o)->index);
}

static Object *iterator_next(Object *o) {
    if (unlikely(is_big(o))) return range_big_next(o);
    RangeIterator *i = (RangeIterator *)o;
    size_t index = number_get(&i->index);
    if (unlikely(index >= i->length)) return NULL;
    number_put(&i->index, index + 1);
    return gilt_int(range_at(i->start, i->step, index));
}

static Object *big_hint(BigRangeIterator *i) {
    Object *length = range_big_length(i->range), *index = field_take(&i->head, &i->index);
    Object *left = length ? int_operate(OP_SUBTRACT, length, index) : NULL;
    decref_maybe(length);
    decref(index);
    return left;
}

static Object *iterator_hint(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    RangeIterator *i = (RangeIterator *)o;
    if (is_big(o)) return big_hint((BigRangeIterator *)o);
    return gilt_int((int64_t)(i->length - number_get(&i->index)));
}

static const Native iterator_methods[] = {{"__length_hint__()", iterator_hint}, {0}};

const TypeOps range_iterator_ops = {
    .kind = MEMORY_LEAF,
    .bytes = iterator_bytes,
    .destroy = iterator_destroy,
    .iterate = iterator_itself,
    .next = iterator_next,
    .methods = iterator_methods,
};
