/* operator_getters.c: itemgetter, attrgetter and methodcaller: callables that never change.
 */
#include "core/modules/module.h"
#include "core/modules/operator.h"
#include "core/object/arguments.h"
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/object/operations.h"
#include "core/types/fields.h"
#include "core/types/list.h"
#include "core/types/str.h"
#include "core/types/tuple.h"

typedef struct Getter {
    Object head;
    Slot names; /* a tuple: keys; dotted names; or of a method: its name, then arguments */
    Slot keywords; /* of a method: a dict, or NULL */
} Getter;

FIELDS(getter, Getter, names, 2)

static Tuple *names_of(Object *o) { return (Tuple *)field_get(&((Getter *)o)->names); }

/* Takes over the references; `names` may be NULL, with an exception. */
static Object *getter_new(Type *type, Object *names, Object *keywords) {
    Getter *g = NULL;
    if (names) g = (Getter *)object_new(type->handle, MEMORY_CONTAINER, sizeof *g);
    if (!g) {
        decref_maybe(names);
        decref_maybe(keywords);
        return NULL;
    }
    field_init(&g->names, names);
    field_init(&g->keywords, keywords);
    return &g->head;
}

/* Calls get(o, name) with each name: the one result, or a tuple of all. */
static Object *get_all(Object *self, Object *o, Object *(*get)(Object *, Object *)) {
    Tuple *names = names_of(self);
    if (names->size == 1) return get(o, names->items[0]);
    Object *list = gilt_list_new(NULL, 0), *tuple = NULL;
    bool well = list;
    for (size_t i = 0; well && i < names->size; i++) {
        Object *item = get(o, names->items[i]);
        well = item && list_append_own(list, item);
    }
    if (well) tuple = tuple_from_list(list);
    decref_maybe(list);
    return tuple;
}

/* module.name(item, item, keyword=item) */
static Object *show(Object *o, const char *open) {
    StrBuilder text;
    Tuple *names = names_of(o);
    Object *keywords = field_get(&((Getter *)o)->keywords), *name, *value;
    builder_init(&text);
    builder_append_utf8(&text, open);
    for (size_t i = 0; i < names->size; i++) {
        builder_append_utf8(&text, i ? ", " : "(");
        builder_append_repr(&text, names->items[i]);
    }
    for (size_t at = 0; keywords && gilt_dict_next(keywords, &at, &name, &value);) {
        builder_append_utf8(&text, ", ");
        builder_append_str(&text, name);
        builder_append_utf8(&text, "=");
        builder_append_repr(&text, value);
        decref(name);
        decref(value);
    }
    builder_append_utf8(&text, ")");
    return builder_finish(&text);
}

/* ---- itemgetter ---- */

static Object *itemgetter_make(Type *type, Object *const *arguments, size_t count,
                               Object *names) {
    if (!arguments_plain("itemgetter", count, names, 1, count ? count : 1)) return NULL;
    return getter_new(type, gilt_tuple_new(arguments, count), NULL);
}

static Object *itemgetter_call(Object *self, Object *const *arguments, size_t count,
                               Object *names) {
    if (!arguments_plain("itemgetter", count, names, 1, 1)) return NULL;
    return get_all(self, arguments[0], object_get_item);
}

static Object *itemgetter_repr(Object *o) { return show(o, "operator.itemgetter"); }

static const TypeOps itemgetter_ops = {
    FIELDS_OPS(getter),
    .repr = itemgetter_repr,
    .call = itemgetter_call,
    .make = itemgetter_make,
};

/* ---- attrgetter ---- */

static Object *attrgetter_make(Type *type, Object *const *arguments, size_t count,
                               Object *names) {
    if (!arguments_plain("attrgetter", count, names, 1, count ? count : 1)) return NULL;
    for (size_t i = 0; i < count; i++)
        if (!is_type(arguments[i], GILT_STR))
            return gilt_raise(GILT_TYPE_ERROR, "attribute name must be a string");
    return getter_new(type, gilt_tuple_new(arguments, count), NULL);
}

/* The attribute of the attribute, as far as the dots lead. */
static Object *get_dotted(Object *o, Object *dotted) {
    size_t length = str_length(dotted), from = 0;
    Object *result = incref(o);
    while (result && from <= length) {
        size_t to = from;
        while (to < length && str_at(dotted, to) != '.') to++;
        Object *name = !from && to == length ? incref(dotted) : str_part(dotted, from, to);
        Object *next = name ? gilt_get_attr(result, name) : NULL;
        decref_maybe(name);
        decref(result);
        result = next;
        from = to + 1;
    }
    return result;
}

static Object *attrgetter_call(Object *self, Object *const *arguments, size_t count,
                               Object *names) {
    if (!arguments_plain("attrgetter", count, names, 1, 1)) return NULL;
    return get_all(self, arguments[0], get_dotted);
}

static Object *attrgetter_repr(Object *o) { return show(o, "operator.attrgetter"); }

static const TypeOps attrgetter_ops = {
    FIELDS_OPS(getter),
    .repr = attrgetter_repr,
    .call = attrgetter_call,
    .make = attrgetter_make,
};

/* ---- methodcaller ---- */

static Object *methodcaller_make(Type *type, Object *const *arguments, size_t count,
                                 Object *names) {
    if (!count)
        return gilt_raise(GILT_TYPE_ERROR,
                          "methodcaller needs at least one argument, the method name");
    if (!is_type(arguments[0], GILT_STR))
        return gilt_raise(GILT_TYPE_ERROR, "method name must be a string");
    size_t given = names ? gilt_tuple_size(names) : 0;
    Object *keywords = given ? gilt_dict_new() : NULL;
    bool well = !given || keywords;
    for (size_t i = 0; well && i < given; i++)
        well = gilt_dict_set(keywords, ((Tuple *)names)->items[i], arguments[count + i]);
    if (well) return getter_new(type, gilt_tuple_new(arguments, count), keywords);
    decref_maybe(keywords);
    return NULL;
}

static Object *methodcaller_call(Object *self, Object *const *arguments, size_t count,
                                 Object *names) {
    if (!arguments_plain("methodcaller", count, names, 1, 1)) return NULL;
    Tuple *all = names_of(self);
    Object *method = gilt_get_attr(arguments[0], all->items[0]);
    if (!method) return NULL;
    Object *keywords = field_get(&((Getter *)self)->keywords);
    Object *result = operator_call(method, all->items + 1, all->size - 1, keywords);
    decref(method);
    return result;
}

static Object *methodcaller_repr(Object *o) { return show(o, "operator.methodcaller"); }

static const TypeOps methodcaller_ops = {
    FIELDS_OPS(getter),
    .repr = methodcaller_repr,
    .call = methodcaller_call,
    .make = methodcaller_make,
};

/* ---- calls with the keywords of a dict ---- */

Object *operator_call(Object *callable, Object *const *arguments, size_t count,
                      Object *keywords) {
    if (!keywords || !gilt_dict_size(keywords))
        return object_call(callable, arguments, count, NULL);
    Object *all = gilt_list_new(arguments, count), *names = gilt_list_new(NULL, 0);
    Object *name, *value, *values = NULL, *tuple = NULL, *result = NULL;
    bool well = all && names;
    for (size_t at = 0; well && gilt_dict_next(keywords, &at, &name, &value);) {
        Object *interned = attribute_name(name);
        well =
            interned && gilt_list_append(names, interned) && gilt_list_append(all, value);
        decref(name);
        decref(value);
    }
    if (well) values = tuple_from_list(all);
    if (values) tuple = tuple_from_list(names);
    if (tuple) result = object_call(callable, ((Tuple *)values)->items, count, tuple);
    decref_maybe(all);
    decref_maybe(names);
    decref_maybe(values);
    decref_maybe(tuple);
    return result;
}

static bool add(Object *module, const char *name, const TypeOps *ops) {
    Type *type = type_builtin_new(name, ops, &types[GILT_OBJECT], TYPE_FINAL);
    return type && module_put(module, name + sizeof "operator." - 1, incref(&type->head));
}

bool operator_add_getters(Object *module) {
    return add(module, "operator.itemgetter", &itemgetter_ops) &&
           add(module, "operator.attrgetter", &attrgetter_ops) &&
           add(module, "operator.methodcaller", &methodcaller_ops);
}
