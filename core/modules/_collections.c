/* _collections.c: the module _collections: defaultdict, the fields of named tuples, and how
 * Counter counts; with deque.c and ordered_dict.c it has all of collections that is in C.
 */
#include "core/modules/collections.h"
#include "core/modules/module.h"
#include "core/object/attributes.h"
#include "core/object/iterate.h"
#include "core/object/operations.h"
#include "core/types/class.h"
#include "core/types/fields.h"
#include "core/types/heir.h"
#include "core/types/tuple.h"

/* Two threads that import the module at once make the same ops. */
TypeOps dict_heir_ops(const TypeOps *changes) {
    TypeOps ops = dict_ops;
#define CHANGE(entry)                                                                      \
    if (changes->entry) ops.entry = changes->entry
    CHANGE(bytes);
    CHANGE(spans);
    CHANGE(destroy);
    CHANGE(equal);
    CHANGE(repr);
    CHANGE(get_item);
    CHANGE(contains);
    CHANGE(operate);
    CHANGE(make);
    CHANGE(init);
#undef CHANGE
    ops.methods = changes->methods;
    return ops;
}

Type *collections_add(Object *module, const char *full_name, const TypeOps *ops, Type *base,
                      uint32_t flags) {
    Type *type = type_builtin_new(full_name, ops, base, flags);
    if (!type || !module_put(module, class_short_name(type), incref(&type->head)))
        return NULL;
    return type;
}

/* ---- defaultdict ---- */

typedef struct DefaultDict {
    TableOwner table;
    Slot factory; /* a callable, None or NULL; guarded by the lock */
} DefaultDict;

static TypeOps default_dict_ops;
static Type *_Atomic default_dict_type; /* made anew with the module */

static bool is_default_dict(Object *o) {
    return class_inherits(type_of(o), atomic_load(&default_dict_type));
}

static Slot *factory_of(Object *o) { return &((DefaultDict *)o)->factory; }

/* A new reference; NULL: there is none. */
static Object *take_factory(Object *o) {
    Object *factory = field_take(o, factory_of(o));
    if (!factory || !is_type(factory, GILT_NONE)) return factory;
    return decref(factory), NULL;
}

/* Of two threads that make a value for one key, both get the first one's, unless a class
 * says how to set an item. */
static Object *make_missing(Object *o, Object *key) {
    Object *factory = take_factory(o);
    if (!factory) return dict_raise_key(key), NULL;
    Object *value = gilt_call(factory, NULL, 0);
    decref(factory);
    if (!value) return NULL;
    if (type_is_heir(type_of(o))) {
        if (gilt_set_item(o, key, value)) return value;
        return decref(value), NULL;
    }
    Object *there = gilt_dict_set_default(o, key, value);
    decref(value);
    return there;
}

static Object *method_missing(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    return make_missing(o, arguments[0]);
}

/* An heir may have a __missing__ of its own: dict's way finds it. */
static Object *default_dict_get_item(Object *o, Object *object) {
    Key key;
    Object *value;
    if (unlikely(!key_make(&key, object))) return NULL;
    int found = table_get((TableOwner *)o, &key, DICT_ENTRY, &value);
    if (likely(found > 0)) return value;
    if (found) return NULL;
    return type_is_heir(type_of(o)) ? dict_ops.get_item(o, object)
                                    : make_missing(o, object);
}

static size_t default_dict_bytes(const Object *o) { return (void)o, sizeof(DefaultDict); }

static unsigned default_dict_spans(const Object *o, Span *spans) {
    unsigned count = table_spans((const TableOwner *)o, DICT_ENTRY, spans);
    spans[count] = (Span){&((const DefaultDict *)o)->factory, 1, sizeof(Slot)};
    return count + 1;
}

static void default_dict_destroy(Object *o) {
    field_drop(factory_of(o));
    table_destroy((TableOwner *)o, DICT_ENTRY);
}

static Object *default_dict_make(Type *type, Object *const *arguments, size_t count,
                                 Object *names) {
    (void)arguments, (void)count, (void)names;
    Object *o = heir_or_native_new(type, MEMORY_CONTAINER, sizeof(DefaultDict));
    if (!o) return NULL;
    table_owner_init((TableOwner *)o);
    field_init(factory_of(o), NULL);
    return o;
}

static bool default_dict_init(Object *o, Object *const *arguments, size_t count,
                              Object *names) {
    if (count) {
        if (!is_type(arguments[0], GILT_NONE) && !object_is_callable(arguments[0]))
            return gilt_raise(GILT_TYPE_ERROR, "first argument must be callable or None");
        field_put(o, factory_of(o), incref(arguments[0]));
        arguments++;
        count--;
    }
    return dict_init(o, arguments, count, names);
}

/* A new one of the same class, with the same factory and the items of `items`. */
static Object *copy_with(Object *o, Object *items) {
    Object *factory = take_factory(o);
    Object *arguments[] = {factory ? factory : gilt_none(), items};
    Object *copy = gilt_call(&type_of(o)->head, arguments, 2);
    decref_maybe(factory);
    return copy;
}

static Object *method_copy(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return copy_with(o, o);
}

static Object *default_dict_operate(Operator op, Object *a, Object *b) {
    if (op != OP_OR || !is_kind(a, GILT_DICT) || !is_kind(b, GILT_DICT))
        return NOT_IMPLEMENTED;
    Object *both = copy_with(is_default_dict(a) ? a : b, a);
    if (!both || dict_update(both, b)) return both;
    return decref(both), NULL;
}

static Object *show(Object *o, Object *factory, Object *items) {
    StrBuilder text;
    builder_init(&text);
    builder_append_utf8(&text, class_short_name(type_of(o)));
    builder_append_char(&text, '(');
    if (builder_append_repr(&text, factory)) builder_append_utf8(&text, ", ");
    if (builder_append_repr(&text, items)) builder_append_char(&text, ')');
    return builder_finish(&text);
}

static Object *default_dict_repr(Object *o) {
    int entered = repr_enter(o);
    if (entered <= 0) return entered < 0 ? NULL : gilt_str_from("...");
    Object *factory = take_factory(o), *items = gilt_dict_copy(o);
    Object *shown = items ? show(o, factory ? factory : gilt_none(), items) : NULL;
    decref_maybe(factory);
    decref_maybe(items);
    repr_leave(o);
    return shown;
}

static Object *get_factory(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *factory = take_factory(o);
    return factory ? factory : gilt_none();
}

static Object *set_factory(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    field_put(o, factory_of(o), arguments[0] ? incref(arguments[0]) : NULL);
    return gilt_none();
}

/* What copies are made of: class, arguments, no state, no items, the pairs. */
static Object *method_reduce(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *factory = take_factory(o);
    Object *given = gilt_tuple_new(&factory, factory != NULL);
    decref_maybe(factory);
    Object *state = given ? attribute_get_maybe(o, class_names.dict) : NULL;
    Object *items = given && !gilt_error() ? dict_view_new(TYPE_DICT_ITEMS, o) : NULL;
    Object *pairs = items ? iterate(items) : NULL;
    decref_maybe(items);
    if (pairs)
        return tuple_of_own((Object *[]){incref(&type_of(o)->head), given,
                                         state ? state : gilt_none(), gilt_none(), pairs},
                            5);
    decref_maybe(given);
    decref_maybe(state);
    return NULL;
}

static const Native default_dict_methods[] = {
    {"copy()", method_copy},
    {"get default_factory", get_factory},
    {"set default_factory", set_factory},
    {"__copy__()", method_copy},
    {"__missing__(key, /)", method_missing},
    {"__reduce__()", method_reduce},
    {0},
};

static bool default_dict_add(Object *module) {
    default_dict_ops = dict_heir_ops(&(TypeOps){
        .bytes = default_dict_bytes,
        .spans = default_dict_spans,
        .destroy = default_dict_destroy,
        .repr = default_dict_repr,
        .get_item = default_dict_get_item,
        .operate = default_dict_operate,
        .make = default_dict_make,
        .init = default_dict_init,
        .methods = default_dict_methods,
    });
    Type *type = collections_add(module, "collections.defaultdict", &default_dict_ops,
                                 &types[GILT_DICT], TYPE_WEAKLY);
    if (type) atomic_store(&default_dict_type, type);
    return type;
}

/* ---- the fields of named tuples ---- */

typedef struct Field {
    Object head;
    Slot doc; /* never changes */
    size_t index;
} Field;

FIELDS(field, Field, doc, 1)

static Object *field_make(Type *type, Object *const *arguments, size_t count,
                          Object *names) {
    ssize_t index;
    (void)names;
    if (count != 2) return gilt_raise(GILT_TYPE_ERROR, "_tuplegetter expected 2 arguments");
    if (!object_index(arguments[0], &index)) return NULL;
    Field *field = (Field *)object_new(type->handle, MEMORY_CONTAINER, sizeof *field);
    if (!field) return NULL;
    slot_init(&field->doc, refs_of(incref(arguments[1])));
    field->index = (size_t)index;
    return &field->head;
}

static Object *field_of(Object *o, Object *object, Type *owner) {
    (void)owner;
    size_t index = ((Field *)o)->index;
    if (!object) return incref(o);
    if (unlikely(!is_kind(object, GILT_TUPLE)))
        return gilt_raise(
            GILT_TYPE_ERROR,
            "descriptor for index '%zu' for tuple subclasses doesn't apply to '%s' object",
            index, type_of(object)->name);
    Tuple *tuple = (Tuple *)object;
    if (unlikely(index >= tuple->size))
        return gilt_raise(GILT_INDEX_ERROR, "tuple index out of range");
    return incref(tuple->items[index]);
}

static bool field_change(Object *o, Object *object, Object *value) {
    (void)o, (void)object;
    return gilt_raise(GILT_ATTRIBUTE_ERROR,
                      value ? "can't set attribute" : "can't delete attribute");
}

static Object *get_doc(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(object_of(slot_peek(&((Field *)o)->doc)));
}

static const Native field_methods[] = {{"get __doc__", get_doc}, {0}};

static const TypeOps field_ops = {
    FIELDS_OPS(field),   .hash = hash_by_address, .get = field_of,
    .put = field_change, .make = field_make,      .methods = field_methods,
};

/* ---- counting ---- */

/* One more. */
static Object *increment(Object *number) {
    if (is_type(number, GILT_INT) && !int_is_big(number) && int_small(number) < INT32_MAX)
        return gilt_int(int_small(number) + 1);
    return gilt_add(number, gilt_int(1));
}

/* One more for the key, in a dict whose class does not say how to set items. */
static bool count_one(Object *object, void *dict) {
    Key key;
    Object *before;
    if (!key_make(&key, object)) return false;
    int found = table_get(dict, &key, DICT_ENTRY, &before);
    if (found < 0) return false;
    Object *after = found ? increment(before) : gilt_int(1);
    if (found) decref(before);
    bool well = after && dict_put(dict, &key, after);
    decref_maybe(after);
    return well;
}

static Object *count_elements(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    if (!is_kind(arguments[0], GILT_DICT))
        return gilt_raise(GILT_TYPE_ERROR, "a dict is expected");
    return iterate_each(arguments[1], count_one, arguments[0]) ? gilt_none() : NULL;
}

/* ---- the module ---- */

static const Native functions[] = {
    {"_count_elements(mapping, iterable, /)", count_elements},
    {0},
};

static bool fill(Object *module) {
    return deque_add(module) && ordered_dict_add(module) && default_dict_add(module) &&
           collections_add(module, "collections._tuplegetter", &field_ops,
                           &types[GILT_OBJECT], TYPE_FINAL);
}

const ModuleSpec _collections_module = {"_collections", functions, fill};
