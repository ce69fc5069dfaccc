/* dict_methods.c: what programs call on a dict by name, and how dicts are made and joined.
 *
 * Reading and popping keep the promises of table.h; update and its like put one key after
 * the other, each atomically, and hold no lock in between. */
#include "core/object/attributes.h"
#include "core/object/iterate.h"
#include "core/object/native.h"
#include "core/object/operations.h"
#include "core/types/alias.h"
#include "core/types/class.h"
#include "core/types/dict.h"
#include "core/types/heir.h"
#include "core/types/table.h"
#include "core/types/tuple.h"

static inline TableOwner *owner_of(Object *dict) { return (TableOwner *)dict; }

static Object *none_if(bool well) { return well ? gilt_none() : NULL; }

/* ---- joining ---- */

/* Is it a dict whose table may be taken for what it holds, because it is not an heir that
 * says something else? */
static bool is_plain_dict(Object *o) {
    if (likely(is_type(o, GILT_DICT))) return true;
    if (!is_kind(o, GILT_DICT)) return false;
    Object *own = class_special(type_of(o), SPECIAL_ITER);
    Object *dicts = class_special(&types[GILT_DICT], SPECIAL_ITER);
    decref_maybe(own);
    decref_maybe(dicts);
    return own == dicts;
}

typedef struct Joining {
    Object *dict, *other; /* borrowed */
    size_t count;         /* pairs so far */
} Joining;

static bool join_key(Object *key, void *data) {
    Joining *joining = data;
    Object *value = gilt_get_item(joining->other, key);
    bool well = value && gilt_dict_set(joining->dict, key, value);
    decref_maybe(value);
    return well;
}

bool keys_expect(const Object *mapping, const Object *keys) {
    const TypeOps *ops = type_of(keys)->ops;
    if (ops->iterate || ops->get_item) return true;
    return gilt_raise(GILT_TYPE_ERROR, "%s.keys() returned a non-iterable (type %s)",
                      type_of(mapping)->name, type_of(keys)->name);
}

/* Of what has keys(): `method` is that, bound; drops it. */
static bool join_mapping(Joining *joining, Object *method) {
    Object *keys = gilt_call(method, NULL, 0);
    decref(method);
    bool well = keys && keys_expect(joining->other, keys) &&
                iterate_each(keys, join_key, joining);
    decref_maybe(keys);
    return well;
}

static bool join_pair(Object *pair, void *data) {
    Joining *joining = data;
    size_t number = joining->count++;
    Object *items = tuple_of(pair);
    if (!items) {
        if (!gilt_error_is(GILT_TYPE_ERROR)) return false;
        return gilt_raise(
            GILT_TYPE_ERROR,
            "cannot convert dictionary update sequence element #%zu to a sequence", number);
    }
    Tuple *two = (Tuple *)items;
    bool well = two->size == 2;
    if (well)
        well = gilt_dict_set(joining->dict, two->items[0], two->items[1]);
    else
        gilt_raise(GILT_VALUE_ERROR,
                   "dictionary update sequence element #%zu has length %zu; 2 is required",
                   number, two->size);
    decref(items);
    return well;
}

bool dict_update(Object *dict, Object *other) {
    if (is_plain_dict(other)) return dict_add_table(dict, other);
    Joining joining = {.dict = dict, .other = other};
    Object *keys = attribute_get_maybe(other, class_names.keys);
    if (keys) return join_mapping(&joining, keys);
    return !gilt_error() && iterate_each(other, join_pair, &joining);
}

bool dict_add_keywords(Object *dict, Object *const *values, Object *names) {
    size_t count = names ? gilt_tuple_size(names) : 0;
    for (size_t i = 0; i < count; i++)
        if (!gilt_dict_set(dict, ((Tuple *)names)->items[i], values[i])) return false;
    return true;
}

Object *dict_operate(Operator op, Object *a, Object *b) {
    if (op != OP_OR || !is_kind(a, GILT_DICT) || !is_kind(b, GILT_DICT))
        return NOT_IMPLEMENTED;
    Object *both = gilt_dict_copy(a);
    if (!both || dict_update(both, b)) return both;
    return decref(both), NULL;
}

Object *dict_operate_update(Operator op, Object *a, Object *b) {
    if (op != OP_OR) return NOT_IMPLEMENTED;
    return dict_update(a, b) ? incref(a) : NULL;
}

/* ---- making ---- */

Object *dict_make(Type *type, Object *const *arguments, size_t count, Object *names) {
    (void)arguments, (void)count, (void)names;
    Object *dict = heir_or_native_new(type, MEMORY_CONTAINER, sizeof(TableOwner));
    if (likely(dict)) table_owner_init(owner_of(dict));
    return dict;
}

bool dict_init(Object *dict, Object *const *arguments, size_t count, Object *names) {
    if (count > 1)
        return gilt_raise(GILT_TYPE_ERROR, "dict expected at most 1 argument, got %zu",
                          count);
    if (count && !dict_update(dict, arguments[0])) return false;
    return !names || dict_add_keywords(dict, arguments + count, names);
}

typedef struct Filling {
    Object *dict, *value; /* borrowed */
} Filling;

static bool fill_dict(Object *key, void *data) {
    Filling *filling = data;
    return gilt_dict_set(filling->dict, key, filling->value);
}

static bool fill_any(Object *key, void *data) {
    Filling *filling = data;
    return gilt_set_item(filling->dict, key, filling->value);
}

static Object *method_fromkeys(Object *class, Object *const *arguments, size_t count) {
    (void)count;
    Object *dict = gilt_call(class, NULL, 0);
    if (!dict) return NULL;
    Filling filling = {dict, arguments[1] ? arguments[1] : gilt_none()};
    bool plain = is_type(dict, GILT_DICT);
    if (iterate_each(arguments[0], plain ? fill_dict : fill_any, &filling)) return dict;
    return decref(dict), NULL;
}

/* ---- reading ---- */

Object *dict_get_or(Object *dict, Object *object, Object *otherwise) {
    Key key;
    Object *value;
    if (unlikely(!key_make(&key, object))) return NULL;
    int found = table_get(owner_of(dict), &key, DICT_ENTRY, &value);
    if (found) return found > 0 ? value : NULL;
    return otherwise ? incref(otherwise) : gilt_none();
}

static Object *method_get(Object *dict, Object *const *arguments, size_t count) {
    (void)count;
    return dict_get_or(dict, arguments[0], arguments[1]);
}

static Object *method_keys(Object *dict, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return dict_view_new(TYPE_DICT_KEYS, dict);
}

static Object *method_values(Object *dict, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return dict_view_new(TYPE_DICT_VALUES, dict);
}

static Object *method_items(Object *dict, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return dict_view_new(TYPE_DICT_ITEMS, dict);
}

static Object *method_reversed(Object *dict, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return dict_iterator_new(TYPE_DICT_REVERSE, dict);
}

static Object *method_copy(Object *dict, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_dict_copy(dict);
}

static Object *method_sizeof(Object *dict, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_int((int64_t)(sizeof(TableOwner) + table_bytes(owner_of(dict))));
}

/* ---- changing ---- */

static Object *method_clear(Object *dict, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    table_clear(owner_of(dict), DICT_ENTRY);
    return gilt_none();
}

static Object *method_setdefault(Object *dict, Object *const *arguments, size_t count) {
    (void)count;
    return gilt_dict_set_default(dict, arguments[0],
                                 arguments[1] ? arguments[1] : gilt_none());
}

/* An empty dict does not ask for the hash. */
static Object *method_pop(Object *dict, Object *const *arguments, size_t count) {
    (void)count;
    Object *value;
    int found = table_size(owner_of(dict)) ? dict_take_key(dict, arguments[0], &value) : 0;
    if (found) return found > 0 ? value : NULL;
    if (arguments[1]) return incref(arguments[1]);
    dict_raise_key(arguments[0]);
    return NULL;
}

static Object *method_popitem(Object *dict, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *key, *value;
    if (table_pop(owner_of(dict), DICT_ENTRY, true, &key, &value))
        return tuple_of_two(key, value);
    return gilt_raise(GILT_KEY_ERROR, "popitem(): dictionary is empty");
}

static Object *method_update(Object *dict, Object *const *arguments, size_t count) {
    (void)count;
    if (arguments[0] && !dict_update(dict, arguments[0])) return NULL;
    return none_if(!arguments[1] || dict_add_table(dict, arguments[1]));
}

const Native dict_methods[] = {
    {"clear()", method_clear},
    {"copy()", method_copy},
    {"class fromkeys(iterable, value=, /)", method_fromkeys},
    {"get(key, default=, /)", method_get},
    {"items()", method_items},
    {"keys()", method_keys},
    {"pop(key, default=, /)", method_pop},
    {"popitem()", method_popitem},
    {"setdefault(key, default=, /)", method_setdefault},
    {"update(other=, /, **more)", method_update},
    {"values()", method_values},
    {"__reversed__()", method_reversed},
    {"__sizeof__()", method_sizeof},
    ALIAS_METHOD,
    {0},
};
