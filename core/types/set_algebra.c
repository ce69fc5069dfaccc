/* set_algebra.c: sets joined and compared with sets and with all that can be iterated.
 *
 * Another set, or a dict, gives its keys with their tags, so that no key is hashed twice.
 * What walks through an object that others change meanwhile may miss items (table_next);
 * what adds all of another set takes it as it was at one moment. */
#include "core/object/iterate.h"
#include "core/types/set.h"

/* ---- the keys of sets and dicts ---- */

/* Has it a table whose keys are what iterating gives? Bytes of an entry of that, or 0. An
 * heir that has an __iter__ of its own may say something else. */
static size_t stride_of(Object *o) {
    if (is_type(o, GILT_SET) || is_type(o, TYPE_FROZENSET)) return SET_ENTRY;
    if (is_type(o, GILT_DICT)) return DICT_ENTRY;
    return 0;
}

/* Any set, for an operation that is about sets alone. */
static size_t stride_of_set(Object *o) { return set_is_any(o) ? SET_ENTRY : stride_of(o); }

/* Calls step(set, key) for each key of a table until it answers -1. */
static bool each_key(Object *other, size_t stride, int (*step)(Object *, const Key *),
                     Object *set) {
    Key key;
    int answer = 0;
    for (size_t at = 0;
         answer >= 0 && table_next_key(set_owner(other), stride, &at, &key);) {
        answer = step(set, &key);
        decref(key.object);
    }
    return answer >= 0;
}

/* A new set of parts of a and of b, which has a table; or, if keys must be compared by code
 * of the program, what `slowly` makes of them. */
static Object *combine(Object *a, Object *b, size_t stride, unsigned parts,
                       Object *(*slowly)(Object *, Object *)) {
    Object *result = set_make_empty(&types[set_plain_type(a)]);
    if (!result) return NULL;
    int done = table_combine(set_owner(result), set_owner(a), set_owner(b), stride, parts);
    if (likely(done > 0)) return result;
    decref(result);
    return done ? NULL : slowly(a, b);
}

/* ---- adding ---- */

static bool add_item(Object *item, void *set) {
    Key key;
    return key_make(&key, item) && set_put(set, &key) >= 0;
}

static bool add_set(Object *set, Object *other) {
    Object *copy = set_copy(GILT_SET, other);
    bool well = copy && (table_adopt(set_owner(set), set_owner(copy)) ||
                         each_key(copy, SET_ENTRY, set_put, set));
    decref_maybe(copy);
    return well;
}

bool set_add_all(Object *set, Object *iterable) {
    size_t stride = stride_of_set(iterable);
    if (stride == SET_ENTRY) return add_set(set, iterable);
    if (stride) return each_key(iterable, stride, set_put, set);
    return iterate_each(iterable, add_item, set);
}

Object *set_of_type(uint32_t type, Object *iterable) {
    if (set_is_any(iterable)) return set_copy(type, iterable);
    Object *set = set_make_empty(&types[type]);
    if (!set || set_add_all(set, iterable)) return set;
    return decref(set), NULL;
}

/* ---- taking away ---- */

static bool discard_item(Object *item, void *set) {
    Key key;
    return key_make(&key, item) && set_take(set, &key) >= 0;
}

bool set_discard_all(Object *set, Object *iterable) {
    if (set == iterable) {
        gilt_set_clear(set);
        return true;
    }
    size_t stride = stride_of_set(iterable);
    if (stride) return each_key(iterable, stride, set_take, set);
    return iterate_each(iterable, discard_item, set);
}

/* A new set of those keys of a that are in b or, if not `in`, are not: b has a table. */
static Object *sift(Object *a, uint32_t type, Object *b, size_t stride, bool in) {
    Object *found = set_make_empty(&types[type]);
    Key key;
    int answer = 0;
    for (size_t at = 0;
         found && answer >= 0 && table_next_key(set_owner(a), SET_ENTRY, &at, &key);) {
        answer = table_has(set_owner(b), &key, stride);
        if (answer >= 0 && answer == in) answer = set_put(found, &key);
        decref(key.object);
    }
    if (answer >= 0) return found;
    return decref(found), NULL;
}

static Object *sift_out(Object *a, Object *b) {
    return sift(a, set_plain_type(a), b, stride_of_set(b), false);
}

Object *set_difference(Object *a, Object *iterable) {
    size_t stride = stride_of_set(iterable);
    if (stride) return combine(a, iterable, stride, TABLE_LEFT, sift_out);
    Object *rest = set_copy(set_plain_type(a), a);
    if (!rest || iterate_each(iterable, discard_item, rest)) return rest;
    return decref(rest), NULL;
}

/* ---- what is in both ---- */

typedef struct Common {
    Object *set, *found; /* borrowed; found NULL: one such item ends the search */
    bool any;
} Common;

static bool find_common(Object *item, void *data) {
    Common *common = data;
    Key key;
    if (!key_make(&key, item)) return false;
    int in = table_has(set_owner(common->set), &key, SET_ENTRY);
    if (in <= 0) return in == 0;
    common->any = true;
    return common->found && set_put(common->found, &key) >= 0;
}

/* The smaller is walked through. */
static Object *sift_common(Object *a, Object *b) {
    bool swap = table_size(set_owner(b)) > table_size(set_owner(a));
    return sift(swap ? a : b, set_plain_type(a), swap ? b : a, SET_ENTRY, true);
}

Object *set_intersection(Object *a, Object *b) {
    if (set_is_any(b)) return combine(a, b, SET_ENTRY, TABLE_BOTH, sift_common);
    Object *found = set_make_empty(&types[set_plain_type(a)]);
    Common common = {.set = a, .found = found};
    if (!found || iterate_each(b, find_common, &common)) return found;
    return decref(found), NULL;
}

static int have_common(Object *a, Object *b) {
    bool swap = table_size(set_owner(b)) < table_size(set_owner(a));
    Object *few = swap ? b : a, *many = swap ? a : b;
    Key key;
    int in = 0;
    for (size_t at = 0; !in && table_next_key(set_owner(few), SET_ENTRY, &at, &key);) {
        in = table_has(set_owner(many), &key, SET_ENTRY);
        decref(key.object);
    }
    return in;
}

int set_is_disjoint(Object *a, Object *b) {
    if (set_is_any(b)) {
        int in = have_common(a, b);
        return in < 0 ? -1 : !in;
    }
    Common common = {.set = a};
    if (iterate_each(b, find_common, &common)) return 1;
    return common.any ? 0 : -1;
}

/* ---- what is in one of them ---- */

static int toggle(Object *set, const Key *key) {
    int taken = set_take(set, key);
    return taken ? taken : set_put(set, key);
}

/* Items that come twice count once: so they go into a set first. */
bool set_toggle_all(Object *set, Object *iterable) {
    if (set == iterable) {
        gilt_set_clear(set);
        return true;
    }
    Object *other = set_of(iterable);
    bool well = other && each_key(other, SET_ENTRY, toggle, set);
    decref_maybe(other);
    return well;
}

/* ---- comparing ---- */

int set_is_within(Object *a, Object *b) {
    Key key;
    int in = 1;
    for (size_t at = 0; in == 1 && table_next_key(set_owner(a), SET_ENTRY, &at, &key);) {
        in = table_has(set_owner(b), &key, SET_ENTRY);
        decref(key.object);
    }
    return in;
}

Object *set_compare(Comparison op, Object *a, Object *b) {
    if (!set_is_any(b)) return NOT_IMPLEMENTED;
    size_t left = table_size(set_owner(a)), right = table_size(set_owner(b));
    int answer = 0;
    switch (op) {
    case COMPARE_LESS:
        answer = left < right ? set_is_within(a, b) : 0;
        break;
    case COMPARE_LESS_EQUAL:
        answer = left <= right ? set_is_within(a, b) : 0;
        break;
    case COMPARE_GREATER:
        answer = left > right ? set_is_within(b, a) : 0;
        break;
    case COMPARE_GREATER_EQUAL:
        answer = left >= right ? set_is_within(b, a) : 0;
        break;
    case COMPARE_EQUAL:
    case COMPARE_UNEQUAL:
        answer = set_equal(a, b);
        break;
    }
    return answer < 0 ? NULL : gilt_bool(op == COMPARE_UNEQUAL ? !answer : answer);
}

/* ---- operators: between sets only ---- */

static Object *copy_and(Object *a, Object *b, bool (*change)(Object *, Object *)) {
    Object *result = set_copy(set_plain_type(a), a);
    if (!result || change(result, b)) return result;
    return decref(result), NULL;
}

static Object *add_slowly(Object *a, Object *b) { return copy_and(a, b, set_add_all); }
static Object *toggle_slowly(Object *a, Object *b) {
    return copy_and(a, b, set_toggle_all);
}

enum { ALL = TABLE_LEFT | TABLE_BOTH | TABLE_RIGHT };

Object *set_operate(Operator op, Object *a, Object *b) {
    if (!set_is_any(a) || !set_is_any(b)) return NOT_IMPLEMENTED;
    switch (op) {
    case OP_OR:
        return combine(a, b, SET_ENTRY, ALL, add_slowly);
    case OP_XOR:
        return combine(a, b, SET_ENTRY, TABLE_LEFT | TABLE_RIGHT, toggle_slowly);
    case OP_AND:
        return set_intersection(a, b);
    case OP_SUBTRACT:
        return set_difference(a, b);
    default:
        return NOT_IMPLEMENTED;
    }
}

/* At one moment a becomes what it has in common with b. */
static bool keep_common(Object *a, Object *b) {
    Object *both = set_intersection(a, b);
    if (!both) return false;
    table_replace(set_owner(a), SET_ENTRY, set_owner(both));
    decref(both);
    return true;
}

Object *set_update(Operator op, Object *a, Object *b) {
    if (!set_is_any(b)) return NOT_IMPLEMENTED;
    bool well;
    switch (op) {
    case OP_OR:
        well = set_add_all(a, b);
        break;
    case OP_XOR:
        well = set_toggle_all(a, b);
        break;
    case OP_AND:
        well = keep_common(a, b);
        break;
    case OP_SUBTRACT:
        well = set_discard_all(a, b);
        break;
    default:
        return NOT_IMPLEMENTED;
    }
    return well ? incref(a) : NULL;
}
