/* tuple_methods.c: what programs call on a tuple by name, and iterators over tuples. */
#include "core/object/builtin.h"
#include "core/types/alias.h"
#include "core/types/fields.h"
#include "core/types/slice.h"
#include "core/types/sequence.h"
#include "core/types/tuple.h"

static Object *method_count(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Tuple *tuple = (Tuple *)self;
    int64_t found = 0;
    for (size_t i = 0; i < tuple->size; i++) {
        int same = same_items(tuple->items[i], arguments[0]);
        if (same < 0) return NULL;
        found += same;
    }
    return gilt_int(found);
}

static Object *method_index(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Tuple *tuple = (Tuple *)self;
    ssize_t from, to;
    if (!slice_ends(arguments + 1, &from, &to)) return NULL;
    size_t end = slice_at(to, tuple->size);
    for (size_t i = slice_at(from, tuple->size); i < end && i < tuple->size; i++) {
        int same = same_items(tuple->items[i], arguments[0]);
        if (same) return same < 0 ? NULL : gilt_int((int64_t)i);
    }
    return gilt_raise(GILT_VALUE_ERROR, "tuple.index(x): x not in tuple");
}

static Object *method_getnewargs(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *items = gilt_tuple_new(((Tuple *)self)->items, ((Tuple *)self)->size);
    Object *result = items ? gilt_tuple_new(&items, 1) : NULL;
    decref_maybe(items);
    return result;
}

const Native tuple_methods[] = {
    ALIAS_METHOD,
    {"count(value, /)", method_count},
    {"index(value, start=, stop=, /)", method_index},
    {"__getnewargs__()", method_getnewargs},
    {0},
};

/* ---- iterators ---- */

Object *tuple_iterate(Object *tuple) {
    TupleIterator *i =
        (TupleIterator *)object_new(TYPE_TUPLE_ITERATOR, MEMORY_CONTAINER, sizeof *i);
    if (!i) return NULL;
    field_init(&i->tuple, incref(tuple));
    atomic_init(&i->index, 0);
    return &i->head;
}

static Object *iterator_next(Object *o) {
    TupleIterator *i = (TupleIterator *)o;
    Tuple *tuple = (Tuple *)field_get(&i->tuple);
    size_t index = number_get(&i->index);
    if (unlikely(index >= tuple->size)) return NULL;
    number_put(&i->index, index + 1);
    return incref(tuple->items[index]);
}

static Object *iterator_hint(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    TupleIterator *i = (TupleIterator *)o;
    return gilt_int(
        (int64_t)(((Tuple *)field_get(&i->tuple))->size - number_get(&i->index)));
}

static const Native iterator_methods[] = {{"__length_hint__()", iterator_hint}, {0}};

FIELDS(iterator, TupleIterator, tuple, 1)

const TypeOps tuple_iterator_ops = {
    FIELDS_OPS(iterator),
    .iterate = iterator_itself,
    .next = iterator_next,
    .methods = iterator_methods,
};
