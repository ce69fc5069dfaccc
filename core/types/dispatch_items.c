/* dispatch_items.c: lengths, items and iteration of instances of classes: dispatch.h. */
#include "core/object/error.h"
#include "core/object/iterate.h"
#include "core/object/operations.h"
#include "core/types/class.h"
#include "core/types/dict.h"
#include "core/types/dispatch.h"
#include "core/types/iterators.h"

static Object *own(Object *o, Special special) {
    return class_own_special(type_of(o), special);
}

static const TypeOps *native_of(Object *o) { return type_native(type_of(o)); }

static const char *name_of(Object *o) { return type_of(o)->name; }

/* ---- length ---- */

/* What a __len__ answered, as a size; -1 with what is wrong. */
static ssize_t length_checked(Object *answer) {
    ssize_t length;
    if (!answer) return -1;
    bool well = object_index(answer, &length);
    decref(answer);
    if (!well) {
        if (gilt_error_is(GILT_OVERFLOW_ERROR))
            gilt_raise(GILT_OVERFLOW_ERROR, "cannot fit 'int' into an index-sized integer");
        return -1;
    }
    if (length >= 0) return length;
    gilt_raise(GILT_VALUE_ERROR, "__len__() should return >= 0");
    return -1;
}

ssize_t dispatch_length(Object *o) {
    Object *method = own(o, SPECIAL_LEN);
    if (method) return length_checked(class_call(method, o, NULL, 0));
    const TypeOps *native = native_of(o);
    if (native && native->length) return native->length(o);
    gilt_raise(GILT_TYPE_ERROR, "object of type '%s' has no len()", name_of(o));
    return -1;
}

/* ---- items ---- */

/* A dict that has not got the key, but __missing__. */
static Object *missing(Object *o, Object *key) {
    Object *method = gilt_error_is(GILT_KEY_ERROR) ? own(o, SPECIAL_MISSING) : NULL;
    if (!method) return NULL;
    gilt_error_clear();
    return class_call(method, o, &key, 1);
}

Object *dispatch_get_item(Object *o, Object *key) {
    Object *method = own(o, SPECIAL_GETITEM);
    if (likely(method != NULL)) return class_call(method, o, &key, 1);
    const TypeOps *native = native_of(o);
    if (!native || !native->get_item)
        return gilt_raise(GILT_TYPE_ERROR, "'%s' object is not subscriptable", name_of(o));
    Object *item = native->get_item(o, key);
    return !item && native == &dict_ops ? missing(o, key) : item;
}

bool dispatch_set_item(Object *o, Object *key, Object *value) {
    Object *method = own(o, value ? SPECIAL_SETITEM : SPECIAL_DELITEM);
    if (method) {
        Object *answer = class_call(method, o, (Object *[]){key, value}, value ? 2 : 1);
        decref_maybe(answer);
        return answer;
    }
    const TypeOps *native = native_of(o);
    if (native && native->set_item) return native->set_item(o, key, value);
    if (!value) return item_not_deletable(o, key);
    return gilt_raise(GILT_TYPE_ERROR, "'%s' object does not support item assignment",
                      name_of(o));
}

/* ---- contains ---- */

/* By walking through it. */
static int contains_by_iteration(Object *o, Object *item) {
    Object *iterator = iterate(o), *next;
    int found = 0;
    if (!iterator) {
        if (gilt_error_is(GILT_TYPE_ERROR) && !class_has_special(type_of(o), SPECIAL_ITER))
            gilt_raise(GILT_TYPE_ERROR, "argument of type '%s' is not iterable",
                       name_of(o));
        return -1;
    }
    while (!found && (next = iterate_next(iterator))) {
        found = next == item ? 1 : gilt_equal(next, item);
        decref(next);
    }
    decref(iterator);
    return gilt_error() ? -1 : found;
}

int dispatch_contains(Object *o, Object *item) {
    Object *method = own(o, SPECIAL_CONTAINS);
    const TypeOps *native = native_of(o);
    if (!method && native && native->contains) return native->contains(o, item);
    if (!method) return contains_by_iteration(o, item);
    if (is_type(method, GILT_NONE)) {
        gilt_raise(GILT_TYPE_ERROR, "'%s' object is not a container", name_of(o));
        return -1;
    }
    Object *answer = class_call(method, o, &item, 1);
    int truth = answer ? gilt_true(answer) : -1;
    decref_maybe(answer);
    return truth;
}

/* ---- iteration ---- */

Object *dispatch_iterate(Object *o) {
    Object *method = own(o, SPECIAL_ITER);
    if (method && !is_type(method, GILT_NONE)) return class_call(method, o, NULL, 0);
    const TypeOps *native = native_of(o);
    if (!method && native && native->iterate) return native->iterate(o);
    if (!method && class_has_special(type_of(o), SPECIAL_GETITEM))
        return sequence_iterator_new(o);
    return gilt_raise(GILT_TYPE_ERROR, "'%s' object is not iterable", name_of(o));
}

Object *dispatch_next(Object *o) {
    Object *method = own(o, SPECIAL_NEXT);
    const TypeOps *native = native_of(o);
    if (!method && native && native->next) return native->next(o);
    if (!method)
        return gilt_raise(GILT_TYPE_ERROR, "'%s' object is not an iterator", name_of(o));
    return class_call(method, o, NULL, 0); /* StopIteration.value is for who asks */
}
