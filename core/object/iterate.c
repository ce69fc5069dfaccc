/* iterate.c: see iterate.h.
 *
 * A class of the program has the entry `iterate` whether or not it has an __iter__: so for
 * classes the special methods say what they are, for built-in types their TypeOps. */
#include "core/object/iterate.h"
#include "core/types/class.h"
#include "core/types/fields.h"
#include "core/types/iterators.h"
#include "core/types/list.h"
#include "core/types/singletons.h"
#include "core/types/slice.h"
#include "core/types/tuple.h"
#include "core/threads/stack.h"

static Object *not_iterable(Object *o) {
    return gilt_raise(GILT_TYPE_ERROR, "'%s' object is not iterable", type_of(o)->name);
}

/* Has the class this special method, and not None in its place? */
static bool has_special(Type *type, Special special, bool *is_none) {
    Object *method = class_special(type, special);
    if (!method) return *is_none = false;
    *is_none = is_type(method, GILT_NONE);
    decref(method);
    return !*is_none;
}

static inline bool is_programs(const Type *type) {
    return flags_load(type) & (TYPE_CLASS | TYPE_LATE);
}

static bool is_iterator(Object *o) {
    bool none;
    if (is_programs(type_of(o))) return has_special(type_of(o), SPECIAL_NEXT, &none);
    return type_of(o)->ops->next != NULL;
}

static Object *checked(Object *iterator) {
    if (likely(!iterator || is_iterator(iterator))) return iterator;
    gilt_raise(GILT_TYPE_ERROR, "iter() returned non-iterator of type '%s'",
               type_of(iterator)->name);
    return decref(iterator), NULL;
}

Object *iterate(Object *o) {
    Type *type = type_of(o);
    if (unlikely(is_programs(type))) {
        bool none;
        if (has_special(type, SPECIAL_ITER, &none)) return checked(type->ops->iterate(o));
        if (none || !has_special(type, SPECIAL_GETITEM, &none)) return not_iterable(o);
        return sequence_iterator_new(o);
    }
    if (likely(type->ops->iterate)) return type->ops->iterate(o);
    return type->ops->get_item && type->ops->length ? sequence_iterator_new(o)
                                                    : not_iterable(o);
}

Object *iterate_next(Object *iterator) {
    const TypeOps *ops = type_of(iterator)->ops;
    if (unlikely(!ops->next))
        return gilt_raise(GILT_TYPE_ERROR, "'%s' object is not an iterator",
                          type_of(iterator)->name);
    if (stack_is_deep()) /* iterators of iterators of ... */
        return gilt_raise(GILT_RECURSION_ERROR, "maximum recursion depth exceeded");
    Object *item = ops->next(iterator);
    if (unlikely(!item && gilt_error_is(GILT_STOP_ITERATION))) gilt_error_clear();
    return item;
}

Object *iterator_itself(Object *o) { return incref(o); }

/* ---- all items ---- */

static bool each_of_list(Object *list, bool (*step)(Object *, void *), void *data) {
    Object *item;
    bool well = true;
    for (size_t i = 0; well && (item = list_at(list, i)); i++) {
        well = step(item, data);
        decref(item);
    }
    return well;
}

static bool each_of_tuple(Tuple *tuple, bool (*step)(Object *, void *), void *data) {
    bool well = true;
    for (size_t i = 0; well && i < tuple->size; i++) well = step(tuple->items[i], data);
    return well;
}

bool iterate_each(Object *o, bool (*step)(Object *item, void *data), void *data) {
    if (is_type(o, GILT_LIST)) return each_of_list(o, step, data);
    if (is_type(o, GILT_TUPLE)) return each_of_tuple((Tuple *)o, step, data);
    Object *item, *iterator = iterate(o);
    if (!iterator) return false;
    bool well = true;
    while (well && (item = iterate_next(iterator))) {
        well = step(item, data);
        decref(item);
    }
    decref(iterator);
    return well && !gilt_error();
}

/* ---- how many? ---- */

/* A TypeError of the question itself means that there is no answer. */
static bool no_answer(void) {
    if (!gilt_error_is(GILT_TYPE_ERROR)) return !gilt_error();
    gilt_error_clear();
    return true;
}

/* What __length_hint__ answered, an int of at least 0. */
static bool hint_value(Object *answer, size_t *hint) {
    ssize_t value;
    if (answer == not_implemented()) return true;
    if (!is_kind(answer, GILT_INT))
        return gilt_raise(GILT_TYPE_ERROR, "__length_hint__ must be an integer, not %s",
                          type_of(answer)->name);
    if (!index_number(answer, GILT_OVERFLOW_ERROR, &value))
        return gilt_raise(GILT_OVERFLOW_ERROR,
                          "Python int too large to convert to C ssize_t");
    if (value < 0)
        return gilt_raise(GILT_VALUE_ERROR, "__length_hint__() should return >= 0");
    *hint = (size_t)value;
    return true;
}

static bool ask_hint(Object *o, size_t *hint) {
    Object *method = class_special(type_of(o), SPECIAL_LENGTH_HINT);
    if (!method) return true;
    Object *answer = class_call(method, o, NULL, 0);
    if (!answer) return no_answer();
    bool well = hint_value(answer, hint);
    decref(answer);
    return well;
}

bool iterate_ask_hint(Object *o, size_t *hint) {
    Type *type = type_of(o);
    if (type->ops->length && (!is_programs(type) || class_has_special(type, SPECIAL_LEN))) {
        ssize_t length = gilt_len(o);
        if (length >= 0) return *hint = (size_t)length, true;
        if (!no_answer()) return false;
    }
    return ask_hint(o, hint);
}

size_t iterate_hint(Object *o, size_t otherwise) {
    size_t hint = otherwise;
    if (!iterate_ask_hint(o, &hint)) gilt_error_clear();
    return hint;
}

/* ---- new lists and tuples ---- */

Object *list_of(Object *o) {
    if (is_type(o, GILT_LIST)) return gilt_list_slice(o, 0, PTRDIFF_MAX);
    Object *list = gilt_list_new(NULL, 0);
    if (!list || list_extend(list, o)) return list;
    return decref(list), NULL;
}

Object *tuple_of(Object *o) {
    if (is_type(o, GILT_TUPLE)) return incref(o);
    if (is_type(o, GILT_LIST)) return tuple_from_list(o);
    Object *list = list_of(o);
    Object *tuple = list ? tuple_from_list(list) : NULL;
    decref_maybe(list);
    return tuple;
}
