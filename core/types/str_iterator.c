/* str_iterator.c: walking through a str, character by character. */
#include "core/types/fields.h"
#include "core/types/str_internal.h"

typedef struct StrIterator {
    Object head;
    Slot str; /* never changes */
    _Atomic size_t index;
} StrIterator;

FIELDS(iterator, StrIterator, str, 1)

Object *str_iterate(Object *o) {
    StrIterator *i =
        (StrIterator *)object_new(TYPE_STR_ITERATOR, MEMORY_CONTAINER, sizeof *i);
    if (!i) return NULL;
    field_init(&i->str, incref(o));
    atomic_init(&i->index, 0);
    return &i->head;
}

static Object *iterator_next(Object *o) {
    StrIterator *i = (StrIterator *)o;
    Object *str = field_get(&i->str);
    size_t index = number_get(&i->index);
    if (!str || index >= str_length(str)) return NULL;
    number_put(&i->index, index + 1);
    return str_of_point(str_at(str, index));
}

static Object *iterator_hint(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    StrIterator *i = (StrIterator *)o;
    return gilt_int((int64_t)(str_length(field_get(&i->str)) - number_get(&i->index)));
}

static const Native iterator_methods[] = {{"__length_hint__()", iterator_hint}, {0}};

const TypeOps str_iterator_ops = {
    FIELDS_OPS(iterator),
    .iterate = iterator_itself,
    .next = iterator_next,
    .methods = iterator_methods,
};
