/* functools_partial.c: partial: a call of which some arguments are known. */
#include "core/modules/functools.h"
#include "core/modules/operator.h"
#include "core/object/attributes.h"
#include "core/object/native.h"
#include "core/object/operations.h"
#include "core/types/alias.h"
#include "core/types/heir.h"
#include "core/types/str.h"
#include "core/types/tuple.h"
#include <string.h>

typedef struct Partial {
    Attributed head;
    Slot function, arguments, keywords; /* never change; keywords: a dict */
} Partial;

FIELDS(partial, Partial, head.dict, 4)

static Object *function_of(Partial *p) { return field_get(&p->function); }
static Tuple *arguments_of(Partial *p) { return (Tuple *)field_get(&p->arguments); }
static Object *keywords_of(Partial *p) { return field_get(&p->keywords); }

/* ---- making ---- */

/* Those of the partial below, if there is one, and those of the call. */
static Object *all_keywords(Partial *below, Object *const *values, Object *names) {
    Object *dict = below ? gilt_dict_copy(keywords_of(below)) : gilt_dict_new();
    for (size_t i = 0; dict && names && i < gilt_tuple_size(names); i++) {
        if (gilt_dict_set(dict, ((Tuple *)names)->items[i], values[i])) continue;
        decref(dict);
        return NULL;
    }
    return dict;
}

static Object *all_arguments(Partial *below, Object *const *arguments, size_t count) {
    size_t known = below ? arguments_of(below)->size : 0;
    Tuple *all = tuple_make(known + count);
    for (size_t i = 0; all && i < known + count; i++)
        all->items[i] =
            incref(i < known ? arguments_of(below)->items[i] : arguments[i - known]);
    return (Object *)all;
}

/* A partial of a partial is one of the function below, if nobody has put attributes on it.
 */
static Partial *partial_below(Type *type, Object *function) {
    bool same = type_of(function) == type && !type_is_heir(type);
    return same && !field_get(&((Partial *)function)->head.dict) ? (Partial *)function
                                                                 : NULL;
}

static Object *partial_make(Type *type, Object *const *arguments, size_t count,
                            Object *names) {
    if (!count)
        return gilt_raise(GILT_TYPE_ERROR, "type 'partial' takes at least one argument");
    if (!object_is_callable(arguments[0]))
        return gilt_raise(GILT_TYPE_ERROR, "the first argument must be callable");
    Partial *below = partial_below(type, arguments[0]), *p = NULL;
    Object *known = all_arguments(below, arguments + 1, count - 1);
    Object *keywords = known ? all_keywords(below, arguments + count, names) : NULL;
    if (keywords) p = (Partial *)heir_or_native_new(type, MEMORY_CONTAINER, sizeof *p);
    if (!p) {
        decref_maybe(known);
        decref_maybe(keywords);
        return NULL;
    }
    field_init(&p->head.dict, NULL);
    field_init(&p->function, incref(below ? function_of(below) : arguments[0]));
    field_init(&p->arguments, known);
    field_init(&p->keywords, keywords);
    return (Object *)p;
}

/* ---- calling ---- */

/* With keywords on both sides: those of the call replace those that are known. */
static Object *call_merged(Partial *p, Object *const *all, size_t count,
                           Object *const *values, Object *names) {
    Object *dict = all_keywords(p, values, names);
    Object *result = dict ? operator_call(function_of(p), all, count, dict) : NULL;
    decref_maybe(dict);
    return result;
}

static Object *partial_call(Object *o, Object *const *arguments, size_t count,
                            Object *names) {
    Partial *p = (Partial *)o;
    size_t known = arguments_of(p)->size, more = names ? gilt_tuple_size(names) : 0;
    size_t size = known + count + more;
    Object *few[16], **all = few, *result;
    if (size > 16 && !(all = memory_new(MEMORY_ARRAY, size * sizeof *all)))
        return gilt_raise(GILT_MEMORY_ERROR, NULL);
    memcpy(all, arguments_of(p)->items, known * sizeof *all);
    if (count + more) memcpy(all + known, arguments, (count + more) * sizeof *all);
    if (!gilt_dict_size(keywords_of(p)))
        result = object_call(function_of(p), all, known + count, names);
    else
        result = call_merged(p, all, known + count, arguments + count, names);
    if (all != few) memory_free(all, size * sizeof *all);
    return result;
}

/* ---- as an object ---- */

static Object *partial_repr(Object *o) {
    Partial *p = (Partial *)o;
    Object *name, *value;
    int entered = repr_enter(o);
    if (entered <= 0) return entered < 0 ? NULL : gilt_str_from("...");
    StrBuilder text;
    builder_init(&text);
    builder_append_utf8(&text,
                        type_is_heir(type_of(o)) ? type_of(o)->name : "functools.partial");
    builder_append_utf8(&text, "(");
    builder_append_repr(&text, function_of(p));
    for (size_t i = 0; i < arguments_of(p)->size; i++) {
        builder_append_utf8(&text, ", ");
        builder_append_repr(&text, arguments_of(p)->items[i]);
    }
    for (size_t at = 0; gilt_dict_next(keywords_of(p), &at, &name, &value);) {
        builder_append_utf8(&text, ", ");
        builder_append_str(&text, name);
        builder_append_utf8(&text, "=");
        builder_append_repr(&text, value);
        decref(name);
        decref(value);
    }
    builder_append_utf8(&text, ")");
    repr_leave(o);
    return builder_finish(&text);
}

static Object *get_func(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(function_of((Partial *)self));
}

static Object *get_args(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(&arguments_of((Partial *)self)->head);
}

static Object *get_keywords(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(keywords_of((Partial *)self));
}

static const Native partial_methods[] = {
    ALIAS_METHOD,
    {"get func", get_func},
    {"get args", get_args},
    {"get keywords", get_keywords},
    {"get __dict__", attributed_get_dict},
    {0},
};

const TypeOps functools_partial_ops = {
    FIELDS_OPS(partial),
    .hash = hash_by_address,
    .repr = partial_repr,
    .get_attr = attributed_get_attr,
    .set_attr = attributed_set_attr,
    .call = partial_call,
    .make = partial_make,
    .methods = partial_methods,
};
