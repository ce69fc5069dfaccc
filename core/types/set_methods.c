/* set_methods.c: what programs call on sets and frozensets by name, and how they are made.
 */
#include "core/object/arguments.h"
#include "core/object/iterate.h"
#include "core/types/alias.h"
#include "core/types/dict.h"
#include "core/types/heir.h"
#include "core/types/set.h"

static Object *none_if(bool well) { return well ? gilt_none() : NULL; }
static Object *bool_of(int answer) { return answer < 0 ? NULL : gilt_bool(answer); }

/* ---- one item ---- */

static Object *method_add(Object *set, Object *const *arguments, size_t count) {
    (void)count;
    return none_if(gilt_set_add(set, arguments[0]));
}

static Object *method_discard(Object *set, Object *const *arguments, size_t count) {
    (void)count;
    Key key;
    return none_if(set_key_make(&key, arguments[0]) && set_take(set, &key) >= 0);
}

static Object *method_remove(Object *set, Object *const *arguments, size_t count) {
    (void)count;
    Key key;
    int taken = set_key_make(&key, arguments[0]) ? set_take(set, &key) : -1;
    if (!taken) dict_raise_key(arguments[0]);
    return none_if(taken > 0);
}

static Object *method_pop(Object *set, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *item;
    if (table_pop(set_owner(set), SET_ENTRY, false, &item, NULL)) return item;
    return gilt_raise(GILT_KEY_ERROR, "pop from an empty set");
}

static Object *method_clear(Object *set, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    gilt_set_clear(set);
    return gilt_none();
}

static Object *method_sizeof(Object *set, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    size_t own = is_kind(set, GILT_SET) ? sizeof(TableOwner) : sizeof(FrozenSet);
    return gilt_int((int64_t)(own + table_bytes(set_owner(set))));
}

/* ---- many items: changing the set ---- */

static Object *method_update(Object *set, Object *const *others, size_t count) {
    bool well = true;
    for (size_t i = 0; well && i < count; i++) well = set_add_all(set, others[i]);
    return none_if(well);
}

static Object *method_difference_update(Object *set, Object *const *others, size_t count) {
    bool well = true;
    for (size_t i = 0; well && i < count; i++) well = set_discard_all(set, others[i]);
    return none_if(well);
}

static Object *method_symmetric_update(Object *set, Object *const *others, size_t count) {
    (void)count;
    return none_if(set_toggle_all(set, others[0]));
}

/* ---- new sets ---- */

/* An exact frozenset is its own copy. */
static Object *method_copy(Object *set, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    if (is_type(set, TYPE_FROZENSET)) return incref(set);
    return set_copy(set_plain_type(set), set);
}

static Object *method_union(Object *set, Object *const *others, size_t count) {
    Object *result = set_copy(set_plain_type(set), set);
    for (size_t i = 0; result && i < count; i++) {
        if (set_add_all(result, others[i])) continue;
        return decref(result), NULL;
    }
    return result;
}

/* What `step` makes of the set and one after the other. */
static Object *fold(Object *set, Object *const *others, size_t count,
                    Object *(*step)(Object *, Object *)) {
    if (!count) return set_copy(set_plain_type(set), set);
    Object *result = step(set, others[0]);
    for (size_t i = 1; result && i < count; i++) {
        Object *next = step(result, others[i]);
        decref(result);
        result = next;
    }
    return result;
}

static Object *method_intersection(Object *set, Object *const *others, size_t count) {
    return fold(set, others, count, set_intersection);
}

static Object *method_difference(Object *set, Object *const *others, size_t count) {
    return fold(set, others, count, set_difference);
}

static Object *method_symmetric(Object *set, Object *const *others, size_t count) {
    (void)count;
    Object *result = set_copy(set_plain_type(set), set);
    if (!result || set_toggle_all(result, others[0])) return result;
    return decref(result), NULL;
}

static Object *method_intersection_update(Object *set, Object *const *others,
                                          size_t count) {
    Object *result = fold(set, others, count, set_intersection);
    if (!result) return NULL;
    table_replace(set_owner(set), SET_ENTRY, set_owner(result));
    decref(result);
    return gilt_none();
}

/* ---- questions ---- */

static Object *method_isdisjoint(Object *set, Object *const *arguments, size_t count) {
    (void)count;
    return bool_of(set_is_disjoint(set, arguments[0]));
}

static int within(Object *a, Object *b) {
    return table_size(set_owner(a)) <= table_size(set_owner(b)) ? set_is_within(a, b) : 0;
}

static Object *method_issubset(Object *set, Object *const *arguments, size_t count) {
    (void)count;
    if (set_is_any(arguments[0])) return bool_of(within(set, arguments[0]));
    Object *other = set_of(arguments[0]);
    if (!other) return NULL;
    int answer = within(set, other);
    decref(other);
    return bool_of(answer);
}

typedef struct Asking {
    Object *set; /* borrowed */
    int answer;
} Asking;

static bool ask(Object *item, void *data) {
    Asking *asking = data;
    asking->answer = set_contains(asking->set, item);
    return asking->answer == 1;
}

static Object *method_issuperset(Object *set, Object *const *arguments, size_t count) {
    (void)count;
    if (set_is_any(arguments[0])) return bool_of(within(arguments[0], set));
    Asking asking = {set, 1};
    if (iterate_each(arguments[0], ask, &asking)) return gilt_bool(true);
    return gilt_error() ? NULL : gilt_bool(false);
}

#define BOTH                                                                               \
    {"copy()", method_copy}, {"difference(*others)", method_difference},                   \
        {"intersection(*others)", method_intersection},                                    \
        {"isdisjoint(other, /)", method_isdisjoint},                                       \
        {"issubset(other, /)", method_issubset},                                           \
        {"issuperset(other, /)", method_issuperset},                                       \
        {"symmetric_difference(other, /)", method_symmetric},                              \
        {"union(*others)", method_union}, {"__sizeof__()", method_sizeof}, ALIAS_METHOD

const Native set_methods[] = {
    BOTH,
    {"add(item, /)", method_add},
    {"clear()", method_clear},
    {"difference_update(*others)", method_difference_update},
    {"discard(item, /)", method_discard},
    {"intersection_update(*others)", method_intersection_update},
    {"pop()", method_pop},
    {"remove(item, /)", method_remove},
    {"symmetric_difference_update(other, /)", method_symmetric_update},
    {"update(*others)", method_update},
    {0},
};

const Native frozenset_methods[] = {BOTH, {0}};

/* ---- making ---- */

/* The arguments are for __init__. */
Object *set_make(Type *type, Object *const *arguments, size_t count, Object *names) {
    (void)arguments, (void)count, (void)names;
    return set_make_empty(type);
}

bool set_init(Object *set, Object *const *arguments, size_t count, Object *names) {
    if (!arguments_plain("set", count, names, 0, 1)) return false;
    if (unlikely(table_size(set_owner(set)))) gilt_set_clear(set);
    return !count || set_add_all(set, arguments[0]);
}

/* Keywords may be for the __init__ of an heir. */
Object *frozenset_make(Type *type, Object *const *arguments, size_t count, Object *names) {
    if (type_is_heir(type)) names = NULL;
    if (!arguments_plain("frozenset", count, names, 0, 1)) return NULL;
    bool plain = type == &types[TYPE_FROZENSET];
    if (plain && count && is_type(arguments[0], TYPE_FROZENSET))
        return incref(arguments[0]);
    Object *set = set_make_empty(type);
    if (!set || !count || set_add_all(set, arguments[0])) return set;
    return decref(set), NULL;
}
