/* enumerate.c: pairs of a number and an item. */
#include "core/object/arguments.h"
#include "core/object/builtin.h"
#include "core/object/iterate.h"
#include "core/types/fields.h"
#include "core/types/heir.h"
#include "core/types/int.h"
#include "core/types/iterators.h"
#include "core/types/range.h"
#include "core/types/slice.h"
#include "core/types/tuple.h"

/* `start` NULL: 0; else an int, whose reference is taken over. */
static Object *enumerate_new(Type *type, Object *iterable, Object *start) {
    Object *iterator = iterate(iterable);
    Enumerate *e = NULL;
    if (iterator) e = (Enumerate *)heir_or_native_new(type, MEMORY_CONTAINER, sizeof *e);
    if (!e) {
        decref_maybe(iterator);
        decref_maybe(start);
        return NULL;
    }
    bool big = start && (int_is_big(start) || !range_fits(int_small(start)));
    atomic_init(&e->index, start && !big ? (size_t)int_small(start) : 0);
    if (start && !big) decref(start);
    field_init(&e->iterator, iterator);
    field_init(&e->big, big ? start : NULL);
    return &e->head;
}

static Object *make_ordered(Object *type, Object *const *arguments, size_t count) {
    (void)count;
    Object *start = NULL;
    if (arguments[1] && !(start = index_object(arguments[1]))) return NULL;
    return enumerate_new((Type *)type, arguments[0], start);
}

static Object *enumerate_make(Type *type, Object *const *arguments, size_t count,
                              Object *names) {
    static const Native row = {"enumerate(iterable, start=)", make_ordered};
    if (arguments_few(count, names, 1)) return enumerate_new(type, arguments[0], NULL);
    return arguments_call(&row, type, arguments, count, names);
}

/* The number for the next item. */
static Object *number_next(Enumerate *e) {
    if (likely(!field_get(&e->big))) {
        size_t index = number_get(&e->index);
        number_put(&e->index, index + 1);
        return gilt_int((int64_t)index);
    }
    Object *big = field_take(&e->head, &e->big), *more = gilt_add(big, gilt_int(1));
    if (!more) return decref(big), NULL;
    field_put(&e->head, &e->big, more);
    return big;
}

static int enumerate_next_two(Object *o, Object **two) {
    Enumerate *e = (Enumerate *)o;
    if (!(two[1] = iterate_next(field_get(&e->iterator)))) return 0;
    if ((two[0] = number_next(e))) return 1;
    return decref(two[1]), 0;
}

static Object *enumerate_next(Object *o) {
    Object *two[2];
    return enumerate_next_two(o, two) ? tuple_of_two(two[0], two[1]) : NULL;
}

FIELDS(enumerate, Enumerate, iterator, 2)

const TypeOps enumerate_ops = {
    FIELDS_OPS(enumerate),          .iterate = iterator_itself, .next = enumerate_next,
    .next_two = enumerate_next_two, .make = enumerate_make,
};
