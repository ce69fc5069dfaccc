/* exception_group.c: BaseExceptionGroup and ExceptionGroup: PEP 654.
 *
 * A group's message and tuple of exceptions never change, so splitting one needs no lock.
 * Groups may be nested; walking them in C is bounded by repr_enter, as is showing them. */
#include "core/object/error.h"
#include "core/object/iterate.h"
#include "core/object/native.h"
#include "core/object/operations.h"
#include "core/types/alias.h"
#include "core/types/exception.h"
#include "core/types/instance.h"
#include "core/types/str.h"
#include "core/types/tuple.h"
#include <stdlib.h>

/* ---- Making ---- */

static bool raise_type(const char *text) {
    return gilt_raise(GILT_TYPE_ERROR, "%s", text), false;
}

/* Are all items exceptions? *plain: do all of them inherit Exception? */
static bool check_items(const Tuple *items, bool *plain) {
    *plain = true;
    if (!items->size)
        return gilt_raise(GILT_VALUE_ERROR,
                          "second argument (exceptions) must be a non-empty sequence"),
               false;
    for (size_t i = 0; i < items->size; i++) {
        if (!is_exception(items->items[i]))
            return gilt_raise(
                       GILT_VALUE_ERROR,
                       "Item %zu of second argument (exceptions) is not an exception", i),
                   false;
        *plain &= is_kind(items->items[i], GILT_EXCEPTION);
    }
    return true;
}

/* The type of the group: NULL, TypeError if it cannot hold what is no Exception. */
static Type *group_type(Type *type, bool plain) {
    if (type == &types[TYPE_BASE_EXCEPTION_GROUP])
        return plain ? &types[TYPE_EXCEPTION_GROUP] : type;
    if (plain || !class_inherits(type, &types[GILT_EXCEPTION])) return type;
    if (type == &types[TYPE_EXCEPTION_GROUP])
        raise_type("Cannot nest BaseExceptions in an ExceptionGroup");
    else
        gilt_raise(GILT_TYPE_ERROR, "Cannot nest BaseExceptions in '%s'", type->name);
    return NULL;
}

static Object *group_of(Type *type, Object *const *arguments, Object *items) {
    bool plain;
    if (!check_items((Tuple *)items, &plain) || !(type = group_type(type, plain)))
        return NULL;
    Object *o = exception_begin(type, arguments, 2);
    if (!o) return NULL;
    exception_put(o, EXCEPTION_MESSAGE, arguments[0]);
    exception_put(o, EXCEPTION_EXCEPTIONS, items);
    return o;
}

Object *exception_group_make(Type *type, Object *const *arguments, size_t count,
                             Object *names) {
    (void)names;
    if (count != 2)
        return gilt_raise(
            GILT_TYPE_ERROR,
            "BaseExceptionGroup.__new__() takes exactly 2 arguments (%zu given)", count);
    if (!is_kind(arguments[0], GILT_STR))
        return gilt_raise(GILT_TYPE_ERROR,
                          "BaseExceptionGroup.__new__() argument 1 must be str, not %s",
                          type_of(arguments[0])->name);
    if (!type_of(arguments[1])->ops->get_item || is_kind(arguments[1], GILT_DICT))
        return raise_type("second argument (exceptions) must be a sequence"), NULL;
    Object *items = tuple_of(arguments[1]);
    if (!items) return NULL;
    Object *group = group_of(type, arguments, items);
    decref(items);
    return group;
}

Tuple *exception_group_items(Object *group) {
    Object *items = exception_get(group, EXCEPTION_EXCEPTIONS);
    if (is_kind(items, GILT_TUPLE)) return (Tuple *)items;
    decref(items);
    return NULL;
}

Object *exception_group_str(Object *group) {
    Tuple *items = exception_group_items(group);
    size_t count = items ? items->size : 0;
    if (items) decref(&items->head);
    Object *message = exception_get(group, EXCEPTION_MESSAGE);
    char *utf8 = gilt_str_utf8(message, NULL);
    Object *text = NULL;
    if (utf8)
        text =
            gilt_str_format("%s (%zu sub-exception%s)", utf8, count, count == 1 ? "" : "s");
    free(utf8);
    decref(message);
    return text;
}

/* ---- Splitting ---- */

static bool is_exception_type(Object *o) {
    return is_class(o) && class_inherits((Type *)o, &types[GILT_BASE_EXCEPTION]);
}

static bool is_condition(Object *o) {
    if (is_exception_type(o)) return true;
    if (!is_type(o, GILT_TUPLE)) return type_of(o)->ops->call != NULL;
    const Tuple *all = (const Tuple *)o;
    for (size_t i = 0; i < all->size; i++)
        if (!is_exception_type(all->items[i])) return false;
    return true;
}

/* 1, 0, -1. */
static int fits_condition(Object *exception, Object *condition) {
    if (is_exception_type(condition))
        return class_inherits(type_of(exception), (Type *)condition);
    if (is_type(condition, GILT_TUPLE)) {
        const Tuple *all = (const Tuple *)condition;
        for (size_t i = 0; i < all->size; i++)
            if (class_inherits(type_of(exception), (Type *)all->items[i])) return 1;
        return 0;
    }
    Object *answer = gilt_call(condition, &exception, 1);
    int truth = answer ? gilt_true(answer) : -1;
    decref_maybe(answer);
    return truth;
}

static void copy_field(Object *to, Object *from, ExceptionField field) {
    Object *value = exception_get(from, field);
    exception_put(to, field, value);
    decref(value);
}

static bool copy_history(Object *to, Object *from) {
    copy_field(to, from, EXCEPTION_TRACEBACK);
    copy_field(to, from, EXCEPTION_CONTEXT);
    copy_field(to, from, EXCEPTION_CAUSE);
    exception_set_suppress(to, exception_suppress(from));
    Object *notes = instance_find(from, exception_notes), *copy = NULL;
    bool listed = notes && is_kind(notes, GILT_LIST);
    bool well =
        !listed || ((copy = list_of(notes)) && instance_set(to, exception_notes, copy));
    decref_maybe(copy);
    decref_maybe(notes);
    return well;
}

/* A group of a part of the exceptions (a list), with the history of the whole. None for
 * nothing. */
static Object *derive(Object *group, Object *part) {
    if (!gilt_list_size(part)) return gilt_none();
    Object *made = gilt_call_method(group, exception_derive, &part, 1);
    if (!made) return NULL;
    if (!is_kind(made, TYPE_BASE_EXCEPTION_GROUP)) {
        decref(made);
        return raise_type("derive must return an instance of BaseExceptionGroup"), NULL;
    }
    if (copy_history(made, group)) return made;
    decref(made);
    return NULL;
}

static bool add_unless_none(Object *list, Object *o) {
    bool well = is_type(o, GILT_NONE) || gilt_list_append(list, o);
    decref(o);
    return well;
}

static bool split_one(Object *exception, Object *condition, Object **fits, Object **rest);

static bool split_items(const Tuple *items, Object *condition, Object *fits, Object *rest) {
    for (size_t i = 0; i < items->size; i++) {
        Object *inside = NULL, *outside = NULL;
        if (!split_one(items->items[i], condition, &inside, &outside)) return false;
        bool well = add_unless_none(fits, inside);
        if (!add_unless_none(rest, outside) || !well) return false;
    }
    return true;
}

static bool split_group(Object *group, Object *condition, Object **fits, Object **rest) {
    Tuple *items = exception_group_items(group);
    Object *inside = gilt_list_new(NULL, 0), *outside = gilt_list_new(NULL, 0);
    bool well = inside && outside;
    if (well && items) well = split_items(items, condition, inside, outside);
    *fits = well ? derive(group, inside) : NULL;
    *rest = *fits ? derive(group, outside) : NULL;
    if (items) decref(&items->head);
    decref_maybe(inside);
    decref_maybe(outside);
    if (*rest) return true;
    decref_maybe(*fits);
    return false;
}

static bool split_one(Object *exception, Object *condition, Object **fits, Object **rest) {
    int answer = fits_condition(exception, condition);
    if (answer < 0) return false;
    if (!answer && is_kind(exception, TYPE_BASE_EXCEPTION_GROUP)) {
        int entered = repr_enter(exception);
        if (entered <= 0) return entered < 0 ? false : raise_type("a group holds itself");
        bool well = split_group(exception, condition, fits, rest);
        repr_leave(exception);
        return well;
    }
    *fits = answer ? incref(exception) : gilt_none();
    *rest = answer ? gilt_none() : incref(exception);
    return true;
}

/* ---- Methods ---- */

static bool split(Object *self, Object *condition, Object **fits, Object **rest) {
    if (is_condition(condition)) return split_one(self, condition, fits, rest);
    return raise_type("expected a function, exception type or tuple of exception types");
}

static Object *group_split(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Object *parts[2];
    if (!split(self, arguments[0], &parts[0], &parts[1])) return NULL;
    Object *pair = gilt_tuple_new(parts, 2);
    decref(parts[0]);
    decref(parts[1]);
    return pair;
}

static Object *group_subgroup(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Object *fits, *rest;
    if (!split(self, arguments[0], &fits, &rest)) return NULL;
    decref(rest);
    return fits;
}

static Object *group_derive(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Object *both[2] = {exception_get(self, EXCEPTION_MESSAGE), arguments[0]};
    Object *made = exception_group_make(&types[TYPE_BASE_EXCEPTION_GROUP], both, 2, NULL);
    decref(both[0]);
    return made;
}

const Native exception_group_methods[] = {{"derive(excs, /)", group_derive},
                                          {"split(condition, /)", group_split},
                                          {"subgroup(condition, /)", group_subgroup},
                                          ALIAS_METHOD,
                                          {0}};
