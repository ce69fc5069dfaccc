/* ordered_dict.c: OrderedDict: a dict whose keys can be moved to either end.
 *
 * Its order is that of dict's table. While a key moves, it is for a moment in the table
 * twice, and readers without the lock may meet the entry that is about to go: so a miss
 * here is only one if it is one under the lock, too. */
#include "core/modules/collections.h"
#include "core/modules/module.h"
#include "core/object/operations.h"
#include "core/types/class.h"
#include "core/types/sequence.h"
#include "core/types/tuple.h"

static TypeOps ordered_dict_ops;
static Type *_Atomic ordered_dict_type; /* made anew with the module */

static inline TableOwner *owner_of(Object *dict) { return (TableOwner *)dict; }

static bool is_ordered(Object *o) {
    return class_inherits(type_of(o), atomic_load(&ordered_dict_type));
}

/* ---- reading ---- */

static int find_locked(Object *o, const Key *key, Object **value) {
    Change change;
    *value = NULL;
    if (!change_begin(&change, owner_of(o), key, DICT_ENTRY, false)) return -1;
    if (change.found) *value = slot_take_locked(&change.seek.entry->value);
    change_end(&change);
    return *value != NULL;
}

static int find(Object *o, Object *object, Object **value) {
    Key key;
    if (!key_make(&key, object)) return -1;
    int found = table_get(owner_of(o), &key, DICT_ENTRY, value);
    return likely(found) ? found : find_locked(o, &key, value);
}

static Object *get_item(Object *o, Object *key) {
    Object *value;
    int found = find(o, key, &value);
    if (likely(found > 0)) return value;
    return found ? NULL : dict_ops.get_item(o, key);
}

static int contains(Object *o, Object *key) {
    Object *value;
    int found = find(o, key, &value);
    if (found > 0) decref(value);
    return found;
}

static Object *method_get(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    Object *value;
    int found = find(o, arguments[0], &value);
    if (found) return found > 0 ? value : NULL;
    return arguments[1] ? incref(arguments[1]) : gilt_none();
}

/* ---- changing ---- */

/* The truth of an argument that is true if it is not given. */
static int flag(Object *o) { return o ? gilt_true(o) : 1; }

static Object *method_move_to_end(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    Key key;
    int last = flag(arguments[1]);
    if (last < 0 || !key_make(&key, arguments[0])) return NULL;
    int moved = table_move(owner_of(o), &key, DICT_ENTRY, last);
    if (!moved) dict_raise_key(arguments[0]);
    return moved > 0 ? gilt_none() : NULL;
}

static Object *method_popitem(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    Object *key, *value;
    int last = flag(arguments[0]);
    if (last < 0) return NULL;
    if (table_pop(owner_of(o), DICT_ENTRY, last, &key, &value))
        return tuple_of_two(key, value);
    return gilt_raise(GILT_KEY_ERROR, "dictionary is empty");
}

/* A new one of the same class, with what is in the dict. */
static Object *copy_as(Type *type, Object *dict) {
    Object *copy = gilt_call(&type->head, NULL, 0);
    if (!copy || dict_update(copy, dict)) return copy;
    return decref(copy), NULL;
}

static Object *method_copy(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return copy_as(type_of(o), o);
}

static Object *operate(Operator op, Object *a, Object *b) {
    if (op != OP_OR || !is_kind(a, GILT_DICT) || !is_kind(b, GILT_DICT))
        return NOT_IMPLEMENTED;
    Object *both = copy_as(type_of(is_ordered(a) ? a : b), a);
    if (!both || dict_update(both, b)) return both;
    return decref(both), NULL;
}

/* ---- as an object ---- */

static int same_next(Object *a, size_t *at_a, Object *b, size_t *at_b, bool *more) {
    Object *key, *value, *other_key, *other_value;
    *more = table_next(owner_of(a), DICT_ENTRY, at_a, &key, &value);
    if (!*more) return 1;
    int same = table_next(owner_of(b), DICT_ENTRY, at_b, &other_key, &other_value);
    if (same) {
        same = same_items(key, other_key);
        if (same == 1) same = same_items(value, other_value);
        decref(other_key);
        decref(other_value);
    }
    decref(key);
    decref(value);
    return same;
}

/* Two of them are equal if their orders are, too. */
static int equal(Object *a, Object *b) {
    if (!is_ordered(a) || !is_ordered(b)) return dict_ops.equal(a, b);
    if (table_size(owner_of(a)) != table_size(owner_of(b))) return 0;
    size_t at_a = 0, at_b = 0;
    bool more = true;
    int same = 1;
    while (same == 1 && more) same = same_next(a, &at_a, b, &at_b, &more);
    return same;
}

static Object *repr(Object *o) {
    const char *name = class_short_name(type_of(o));
    if (!table_size(owner_of(o))) return gilt_str_format("%s()", name);
    int entered = repr_enter(o);
    if (entered <= 0) return entered < 0 ? NULL : gilt_str_from("...");
    Object *shown = NULL, *copy = gilt_dict_copy(o);
    if (copy) {
        StrBuilder text;
        builder_init(&text);
        builder_append_utf8(&text, name);
        builder_append_char(&text, '(');
        if (builder_append_repr(&text, copy)) builder_append_char(&text, ')');
        shown = builder_finish(&text);
        decref(copy);
    }
    repr_leave(o);
    return shown;
}

static const Native methods[] = {
    {"copy()", method_copy},
    {"get(key, default=, /)", method_get},
    {"move_to_end(key, last=)", method_move_to_end},
    {"popitem(last=)", method_popitem},
    {"__copy__()", method_copy},
    {0},
};

bool ordered_dict_add(Object *module) {
    ordered_dict_ops = dict_heir_ops(&(TypeOps){
        .get_item = get_item,
        .contains = contains,
        .operate = operate,
        .equal = equal,
        .repr = repr,
        .methods = methods,
    });
    Type *type = collections_add(module, "collections.OrderedDict", &ordered_dict_ops,
                                 &types[GILT_DICT], TYPE_WEAKLY);
    if (type) atomic_store(&ordered_dict_type, type);
    return type;
}
