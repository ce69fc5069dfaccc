/* sequence_iterator.c: iterators that ask a sequence for one index after the other, upwards
 * or downwards; and iterators that call something until it answers the sentinel. */
#include "core/object/arguments.h"
#include "core/object/builtin.h"
#include "core/types/class.h"
#include "core/types/fields.h"
#include "core/types/heir.h"
#include "core/types/iterators.h"
#include "core/types/list.h"
#include "core/types/range.h"
#include "core/types/sequence.h"
#include "core/types/singletons.h"

/* ---- by index ---- */

typedef struct SequenceIterator {
    Object head;
    Slot sequence; /* never changes */
    _Atomic size_t index;
} SequenceIterator;
#define AT_END SIZE_MAX

static Object *by_index(Type *type, Object *o, size_t index) {
    SequenceIterator *i =
        (SequenceIterator *)heir_or_native_new(type, MEMORY_CONTAINER, sizeof *i);
    if (!i) return NULL;
    field_init(&i->sequence, incref(o));
    atomic_init(&i->index, index);
    return &i->head;
}

Object *sequence_iterator_new(Object *o) {
    return by_index(&types[TYPE_SEQUENCE_ITERATOR], o, 0);
}

/* The item, or NULL without an exception at the end. */
static Object *item_at(Object *sequence, size_t index) {
    Object *number = gilt_int((int64_t)index);
    if (!number) return NULL;
    Object *item = gilt_get_item(sequence, number);
    decref(number);
    if (!item && (gilt_error_is(GILT_INDEX_ERROR) || gilt_error_is(GILT_STOP_ITERATION)))
        gilt_error_clear();
    return item;
}

/* What stays at an exception is where it was. */
static Object *step(SequenceIterator *i, size_t by) {
    size_t index = number_get(&i->index);
    if (index == AT_END) return NULL;
    Object *item = item_at(field_get(&i->sequence), index);
    if (item)
        number_put(&i->index, index + by);
    else if (!gilt_error())
        number_put(&i->index, AT_END);
    return item;
}

static Object *next_up(Object *o) { return step((SequenceIterator *)o, 1); }
static Object *next_down(Object *o) { return step((SequenceIterator *)o, SIZE_MAX); }

static Object *hint_up(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    SequenceIterator *i = (SequenceIterator *)o;
    size_t index = number_get(&i->index);
    if (index == AT_END) return gilt_int(0);
    Object *sequence = field_get(&i->sequence);
    if (!class_has_special(type_of(sequence), SPECIAL_LEN)) return not_implemented();
    ssize_t size = gilt_len(sequence);
    if (size < 0) return NULL;
    return gilt_int((size_t)size > index ? size - (int64_t)index : 0);
}

static Object *hint_down(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    SequenceIterator *i = (SequenceIterator *)o;
    size_t left = number_get(&i->index) + 1;
    ssize_t size = left ? gilt_len(field_get(&i->sequence)) : 0;
    if (size < 0) return NULL;
    return gilt_int(left <= (size_t)size ? (int64_t)left : 0);
}

static const Native up_methods[] = {{"__length_hint__()", hint_up}, {0}};
static const Native down_methods[] = {{"__length_hint__()", hint_down}, {0}};

FIELDS(by_index, SequenceIterator, sequence, 1)

const TypeOps sequence_iterator_ops = {
    FIELDS_OPS(by_index),
    .iterate = iterator_itself,
    .next = next_up,
    .methods = up_methods,
};

/* ---- reversed ---- */

static Object *not_reversible(Object *o) {
    return gilt_raise(GILT_TYPE_ERROR, "'%s' object is not reversible", type_of(o)->name);
}

static bool is_sequence(Object *o) {
    Type *type = type_of(o);
    if (type_is_program(type)) return class_has_special(type, SPECIAL_GETITEM);
    return type->ops->get_item && type->ops->length;
}

static Object *reversed_new(Type *type, Object *o) {
    if (is_type(o, GILT_LIST)) return list_reversed(o);
    if (o->type == TYPE_RANGE) return range_reversed(o);
    Object *method = class_special(type_of(o), SPECIAL_REVERSED);
    if (method && is_type(method, GILT_NONE)) return not_reversible(o);
    if (method) return class_call(method, o, NULL, 0);
    if (!is_sequence(o)) return not_reversible(o);
    ssize_t size = gilt_len(o);
    return size < 0 ? NULL : by_index(type, o, (size_t)size - 1);
}

static Object *reversed_make(Type *type, Object *const *arguments, size_t count,
                             Object *names) {
    if (!arguments_plain("reversed", count, names, 1, 1)) return NULL;
    return reversed_new(type, arguments[0]);
}

const TypeOps reversed_ops = {
    FIELDS_OPS(by_index),  .iterate = iterator_itself, .next = next_down,
    .make = reversed_make, .methods = down_methods,
};

/* ---- by calls ---- */

typedef struct CallableIterator {
    Object head;
    Slot callable, sentinel; /* never change */
    _Atomic size_t ended;
} CallableIterator;

Object *callable_iterator_new(Object *callable, Object *sentinel) {
    CallableIterator *i =
        (CallableIterator *)object_new(TYPE_CALLABLE_ITERATOR, MEMORY_CONTAINER, sizeof *i);
    if (!i) return NULL;
    field_init(&i->callable, incref(callable));
    field_init(&i->sentinel, incref(sentinel));
    atomic_init(&i->ended, false);
    return &i->head;
}

static Object *next_call(Object *o) {
    CallableIterator *i = (CallableIterator *)o;
    if (number_get(&i->ended)) return NULL;
    Object *answer = gilt_call(field_get(&i->callable), NULL, 0);
    if (!answer && gilt_error_is(GILT_STOP_ITERATION)) {
        gilt_error_clear();
        number_put(&i->ended, true);
    }
    if (!answer) return NULL;
    int same = same_items(field_get(&i->sentinel), answer);
    if (!same) return answer;
    if (same > 0) number_put(&i->ended, true);
    return decref(answer), NULL;
}

FIELDS(callable, CallableIterator, callable, 2)

const TypeOps callable_iterator_ops = {
    FIELDS_OPS(callable),
    .iterate = iterator_itself,
    .next = next_call,
};
