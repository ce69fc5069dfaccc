/* dict_views.c: live views of a dict, and iterators over its keys, values and items.
 *
 * An iterator remembers how many entries it expects; a dict of another size is a
 * RuntimeError. One that is changed without that is walked as table_next says. An iterator
 * that several threads use may give an item to more than one of them. Its dict stays with
 * it to the end. */
#include "core/object/attributes.h"
#include "core/object/iterate.h"
#include "core/object/native.h"
#include "core/object/operations.h"
#include "core/types/class.h"
#include "core/types/dict.h"
#include "core/types/fields.h"
#include "core/types/set.h"
#include "core/types/sequence.h"
#include "core/types/table.h"
#include "core/types/tuple.h"

/* ---- iterators ---- */

typedef struct DictIterator {
    Object head;
    Slot dict; /* never changes */
    _Atomic size_t position;
    _Atomic uint32_t size; /* of the dict at first; ITERATOR_DONE at the end */
    _Atomic uint32_t left; /* for a hint */
} DictIterator;

#define ITERATOR_DONE UINT32_MAX

static inline TableOwner *iterator_owner(DictIterator *i) {
    return (TableOwner *)field_get(&i->dict);
}

static inline bool is_reverse(uint32_t type) {
    return type >= TYPE_DICT_REVERSE && type <= TYPE_DICT_REVERSE_ITEMS;
}

_Static_assert(TYPE_DICT_REVERSE + 2 == TYPE_DICT_REVERSE_ITEMS, "in one row");

Object *dict_iterator_new(uint32_t type, Object *dict) {
    DictIterator *i = (DictIterator *)object_new(type, MEMORY_CONTAINER, sizeof *i);
    if (unlikely(!i)) return NULL;
    uint32_t size = (uint32_t)table_size((TableOwner *)dict);
    field_init(&i->dict, incref(dict));
    atomic_init(&i->position, is_reverse(type) ? SIZE_MAX : 0);
    atomic_init(&i->size, size);
    atomic_init(&i->left, size);
    return &i->head;
}

Object *dict_iterate(Object *dict) {
    return dict_iterator_new(TYPE_DICT_KEY_ITERATOR, dict);
}

static bool size_changed(void) {
    return gilt_raise(GILT_RUNTIME_ERROR, "dictionary changed size during iteration");
}

/* One step of an iterator. false: the end, or an exception. */
static ALWAYS_INLINE bool step(DictIterator *i, bool back, Object **key, Object **value) {
    TableOwner *dict = iterator_owner(i);
    uint32_t size = atomic_load_explicit(&i->size, memory_order_relaxed);
    if (unlikely(size == ITERATOR_DONE)) return false;
    if (unlikely(size != table_size(dict))) return size_changed();
    size_t position = number_get(&i->position);
    bool more = back ? table_before(dict, DICT_ENTRY, &position, key, value)
                     : table_next(dict, DICT_ENTRY, &position, key, value);
    if (likely(more)) {
        number_put(&i->position, position);
        uint32_t left = atomic_load_explicit(&i->left, memory_order_relaxed);
        atomic_store_explicit(&i->left, left - (left > 0), memory_order_relaxed);
    } else {
        atomic_store_explicit(&i->size, ITERATOR_DONE, memory_order_relaxed);
    }
    return more;
}

static Object *next_key(Object *o) {
    Object *key;
    return step((DictIterator *)o, false, &key, NULL) ? key : NULL;
}

static Object *next_value(Object *o) {
    Object *value;
    return step((DictIterator *)o, false, NULL, &value) ? value : NULL;
}

bool dict_items_next(Object *iterator, Object **key, Object **value) {
    return step((DictIterator *)iterator, false, key, value);
}

static Object *next_item(Object *o) {
    Object *key, *value;
    return dict_items_next(o, &key, &value) ? tuple_of_two(key, value) : NULL;
}

static int next_item_two(Object *o, Object **two) {
    return dict_items_next(o, &two[0], &two[1]);
}

static Object *before_key(Object *o) {
    Object *key;
    return step((DictIterator *)o, true, &key, NULL) ? key : NULL;
}

static Object *before_value(Object *o) {
    Object *value;
    return step((DictIterator *)o, true, NULL, &value) ? value : NULL;
}

static Object *before_item(Object *o) {
    Object *key, *value;
    return step((DictIterator *)o, true, &key, &value) ? tuple_of_two(key, value) : NULL;
}

static Object *length_hint(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    DictIterator *i = (DictIterator *)o;
    uint32_t size = atomic_load_explicit(&i->size, memory_order_relaxed);
    bool same = size == table_size(iterator_owner(i));
    return gilt_int(same ? atomic_load_explicit(&i->left, memory_order_relaxed) : 0);
}

static const Native iterator_methods[] = {{"__length_hint__()", length_hint}, {0}};

FIELDS(iterator, DictIterator, dict, 1)

#define ITERATOR(name, step, step_two)                                                     \
    const TypeOps name = {                                                                 \
        FIELDS_OPS(iterator), .hash = hash_by_address, .iterate = iterator_itself,         \
        .next = step,         .next_two = step_two,    .methods = iterator_methods,        \
    }

ITERATOR(dict_key_iterator_ops, next_key, NULL);
ITERATOR(dict_value_iterator_ops, next_value, NULL);
ITERATOR(dict_item_iterator_ops, next_item, next_item_two);
ITERATOR(dict_reverse_ops, before_key, NULL);
ITERATOR(dict_reverse_values_ops, before_value, NULL);
ITERATOR(dict_reverse_items_ops, before_item, NULL);

/* ---- views ---- */

typedef struct DictView {
    Object head;
    Slot dict; /* never changes */
} DictView;

FIELDS(view, DictView, dict, 1)

Object *dict_view_new(uint32_t type, Object *dict) {
    DictView *view = (DictView *)object_new(type, MEMORY_CONTAINER, sizeof *view);
    if (unlikely(!view)) return NULL;
    field_init(&view->dict, incref(dict));
    return &view->head;
}

static inline Object *dict_of(Object *view) { return field_get(&((DictView *)view)->dict); }

static ssize_t view_length(Object *view) {
    return (ssize_t)table_size((TableOwner *)dict_of(view));
}

/* The types of iterators stand in the order of those of views. */
_Static_assert(TYPE_DICT_VALUES - TYPE_DICT_KEYS == 1 &&
                   TYPE_DICT_ITEMS - TYPE_DICT_KEYS == 2 &&
                   TYPE_DICT_VALUE_ITERATOR - TYPE_DICT_KEY_ITERATOR == 1 &&
                   TYPE_DICT_ITEM_ITERATOR - TYPE_DICT_KEY_ITERATOR == 2,
               "keys, values, items");

static Object *view_iterate(Object *view) {
    uint32_t kind = view->type - TYPE_DICT_KEYS;
    return dict_iterator_new(TYPE_DICT_KEY_ITERATOR + kind, dict_of(view));
}

static Object *view_reversed(Object *view, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    uint32_t kind = view->type - TYPE_DICT_KEYS;
    return dict_iterator_new(TYPE_DICT_REVERSE + kind, dict_of(view));
}

static Object *view_mapping(Object *view, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *dict = dict_of(view);
    return gilt_call(&types[TYPE_MAPPING_PROXY].head, &dict, 1);
}

static Object *show(Object *view) {
    Object *list = list_of(view);
    if (!list) return NULL;
    StrBuilder text;
    builder_init(&text);
    builder_append_utf8(&text, type_of(view)->name);
    builder_append_char(&text, '(');
    if (builder_append_repr(&text, list)) builder_append_char(&text, ')');
    decref(list);
    return builder_finish(&text);
}

static Object *view_repr(Object *view) {
    int entered = repr_enter(view);
    if (entered <= 0) return entered < 0 ? NULL : gilt_str_from("...");
    Object *shown = show(view);
    repr_leave(view);
    return shown;
}

/* ---- what they contain ---- */

static int keys_contain(Object *view, Object *key) {
    return dict_ops.contains(dict_of(view), key);
}

static int items_contain(Object *view, Object *item) {
    if (!is_kind(item, GILT_TUPLE) || gilt_tuple_size(item) != 2) return 0;
    Key key;
    Object *value, **pair = ((Tuple *)item)->items;
    if (!key_make(&key, pair[0])) return -1;
    int found = table_get((TableOwner *)dict_of(view), &key, DICT_ENTRY, &value);
    if (found <= 0) return found;
    int same = same_items(value, pair[1]);
    decref(value);
    return same;
}

static int values_contain(Object *view, Object *wanted) {
    Object *value;
    TableOwner *dict = (TableOwner *)dict_of(view);
    int same = 0;
    for (size_t at = 0; !same && table_next(dict, DICT_ENTRY, &at, NULL, &value);) {
        same = same_items(value, wanted);
        decref(value);
    }
    return same;
}

/* ---- views as sets ---- */

static bool is_set_view(Object *o) {
    return is_type(o, TYPE_DICT_KEYS) || is_type(o, TYPE_DICT_ITEMS);
}

/* Is each item of a in b? 1, 0, -1. */
static int all_in(Object *a, Object *b) {
    Object *item, *iterator = iterate(a);
    if (!iterator) return -1;
    int in = 1;
    while (in == 1 && (item = iterate_next(iterator))) {
        in = gilt_contains(b, item);
        decref(item);
    }
    decref(iterator);
    return gilt_error() ? -1 : in;
}

static Object *view_compare(Comparison op, Object *a, Object *b) {
    if (!is_set_view(b) && !set_is_any(b)) return NOT_IMPLEMENTED;
    ssize_t left = gilt_len(a), right = left < 0 ? -1 : gilt_len(b);
    if (right < 0) return NULL;
    bool less = op == COMPARE_LESS || op == COMPARE_LESS_EQUAL;
    bool strict = op == COMPARE_LESS || op == COMPARE_GREATER;
    bool same = op == COMPARE_EQUAL || op == COMPARE_UNEQUAL;
    int answer;
    if (same)
        answer = left == right ? all_in(a, b) : 0;
    else if (less)
        answer = left + strict <= right ? all_in(a, b) : 0;
    else
        answer = left >= right + strict ? all_in(b, a) : 0;
    return answer < 0 ? NULL : gilt_bool(op == COMPARE_UNEQUAL ? !answer : answer);
}

static int view_equal(Object *a, Object *b) {
    Object *answer = view_compare(COMPARE_EQUAL, a, b);
    if (answer == NOT_IMPLEMENTED) return 2;
    return answer ? gilt_true(answer) : -1;
}

typedef struct Sifting {
    Object *view, *found; /* borrowed */
} Sifting;

static bool sift(Object *item, void *data) {
    Sifting *sifting = data;
    int in = gilt_contains(sifting->view, item);
    return in > 0 ? gilt_set_add(sifting->found, item) : in == 0;
}

/* Either operand may be the view; the other is any iterable. */
static Object *view_and(Object *a, Object *b) {
    Object *found = gilt_set_new(NULL, 0);
    bool left = is_set_view(a);
    Sifting sifting = {left ? a : b, found};
    if (!found || iterate_each(left ? b : a, sift, &sifting)) return found;
    return decref(found), NULL;
}

static Object *view_operate(Operator op, Object *a, Object *b) {
    if (op == OP_AND) return view_and(a, b);
    if (op != OP_OR && op != OP_SUBTRACT && op != OP_XOR) return NOT_IMPLEMENTED;
    Object *result = set_of(a);
    if (!result) return NULL;
    bool well = op == OP_OR         ? set_add_all(result, b)
                : op == OP_SUBTRACT ? set_discard_all(result, b)
                                    : set_toggle_all(result, b);
    return well ? result : (decref(result), NULL);
}

static Object *view_isdisjoint(Object *view, Object *const *arguments, size_t count) {
    (void)count;
    Object *both = view_and(view, arguments[0]);
    if (!both) return NULL;
    bool none = !gilt_len(both);
    decref(both);
    return gilt_bool(none);
}

static const Native values_methods[] = {
    {"__reversed__()", view_reversed},
    {"get mapping", view_mapping},
    {0},
};

static const Native set_view_methods[] = {
    {"isdisjoint(other, /)", view_isdisjoint},
    {"__reversed__()", view_reversed},
    {"get mapping", view_mapping},
    {0},
};

const TypeOps dict_values_ops = {
    FIELDS_OPS(view),          .hash = hash_by_address,    .repr = view_repr,
    .length = view_length,     .contains = values_contain, .iterate = view_iterate,
    .methods = values_methods,
};

#define SET_VIEW(name, contain)                                                            \
    const TypeOps name = {                                                                 \
        FIELDS_OPS(view),        .equal = view_equal,     .compare = view_compare,         \
        .repr = view_repr,       .length = view_length,   .contains = contain,             \
        .operate = view_operate, .iterate = view_iterate, .methods = set_view_methods,     \
    }

SET_VIEW(dict_keys_ops, keys_contain);
SET_VIEW(dict_items_ops, items_contain);
