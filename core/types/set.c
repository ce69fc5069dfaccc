/* set.c: sets and frozensets: what gilt.h says about them, and what they are as objects, in
 * terms of table.h.
 *
 * A set is a table without values. Invariant: no reference is dropped, and no code of
 * another object runs, between change_begin and change_end, where the set is locked. */
#include "core/types/set.h"
#include "core/object/attributes.h"
#include "core/object/operations.h"
#include "core/types/fields.h"
#include "core/types/heir.h"

static bool set_expect(Object *o) {
    if (likely(is_kind(o, GILT_SET))) return true;
    gilt_raise(GILT_TYPE_ERROR, "must be set, not %s", type_of(o)->name);
    return false;
}

/* ---- making ---- */

Object *set_make_empty(Type *type) {
    bool frozen = class_inherits(type, &types[TYPE_FROZENSET]);
    Object *set = heir_or_native_new(type, MEMORY_CONTAINER,
                                     frozen ? sizeof(FrozenSet) : sizeof(TableOwner));
    if (unlikely(!set)) return NULL;
    table_owner_init(set_owner(set));
    if (frozen) atomic_init(&((FrozenSet *)set)->hash, 0);
    return set;
}

GiltObject *gilt_set_new(GiltObject *const *items, size_t count) {
    Object *set = table_owner_new(GILT_SET);
    for (size_t i = 0; set && i < count; i++) {
        if (gilt_set_add(set, items[i])) continue;
        decref(set);
        return NULL;
    }
    return set;
}

Object *set_copy(uint32_t type, Object *other) {
    Object *copy = set_make_empty(&types[type]);
    if (!copy || table_copy(set_owner(copy), set_owner(other), SET_ENTRY)) return copy;
    return decref(copy), NULL;
}

/* ---- keys ---- */

static uint64_t mix(uint64_t n) {
    n = (n ^ n >> 31) * UINT64_C(0x9E3779B97F4A7C15);
    return n ^ n >> 29;
}

/* From the tags: they have all of a hash but its two highest bits. A sum does not depend on
 * the order. */
static int64_t hash_items(Object *set) {
    uint64_t sum = 0, count = 0;
    Key key;
    for (size_t at = 0; table_next_key(set_owner(set), SET_ENTRY, &at, &key);) {
        sum += mix(key.tag >> 2);
        count++;
        decref(key.object);
    }
    int64_t hash = (int64_t)mix(sum + count);
    return hash == 0 || hash == -1 ? 1 : hash;
}

bool set_hash(Object *o, int64_t *hash) {
    FrozenSet *set = (FrozenSet *)o;
    *hash = atomic_load_explicit(&set->hash, memory_order_relaxed);
    if (*hash) return true;
    *hash = hash_items(o);
    atomic_store_explicit(&set->hash, *hash, memory_order_relaxed);
    return true;
}

bool set_key_make(Key *key, Object *item) {
    if (likely(key_make(key, item))) return true;
    if (!is_kind(item, GILT_SET) || !gilt_error_is(GILT_TYPE_ERROR)) return false;
    gilt_error_clear();
    *key = (Key){.object = item, .tag = key_tag(hash_items(item), KEY_OTHER)};
    return true;
}

/* ---- reading and changing ---- */

size_t gilt_set_size(GiltObject *set) {
    assert(set_is_any(set));
    return table_size(set_owner(set));
}

int set_contains(Object *set, Object *item) {
    Key key;
    if (unlikely(!set_key_make(&key, item))) return -1;
    return table_has(set_owner(set), &key, SET_ENTRY);
}

int gilt_set_contains(GiltObject *set, GiltObject *item) {
    Key key;
    if (unlikely(!set_expect(set) || !key_make(&key, item))) return -1;
    return table_has(set_owner(set), &key, SET_ENTRY);
}

int set_put(Object *set, const Key *key) {
    Change change;
    if (unlikely(!change_begin(&change, set_owner(set), key, SET_ENTRY, true))) return -1;
    if (!change.found) change_append(&change, key, NULL, SET_ENTRY);
    change_end(&change);
    return !change.found;
}

bool gilt_set_add(GiltObject *set, GiltObject *item) {
    Key key;
    if (unlikely(!set_expect(set) || !key_make(&key, item))) return false;
    return set_put(set, &key) >= 0;
}

int set_take(Object *set, const Key *key) {
    Change change;
    Object *own = NULL;
    if (!change_begin(&change, set_owner(set), key, SET_ENTRY, false)) return -1;
    if (change.found) change_delete(&change, SET_ENTRY, &own, NULL);
    change_end(&change);
    decref_maybe(own);
    return own != NULL;
}

int gilt_set_discard(GiltObject *set, GiltObject *item) {
    Key key;
    if (unlikely(!set_expect(set) || !key_make(&key, item))) return -1;
    return set_take(set, &key);
}

void gilt_set_clear(GiltObject *set) {
    assert(is_kind(set, GILT_SET));
    table_clear(set_owner(set), SET_ENTRY);
}

bool gilt_set_next(GiltObject *set, size_t *position, GiltObject **item) {
    assert(set_is_any(set));
    return table_next(set_owner(set), SET_ENTRY, position, item, NULL);
}

/* ---- iterators ---- */

typedef struct SetIterator {
    Object head;
    Slot set; /* never changes */
    _Atomic size_t position;
    _Atomic uint32_t size; /* of the set at first; ITERATOR_DONE at the end */
    _Atomic uint32_t left; /* for a hint */
} SetIterator;

#define ITERATOR_DONE UINT32_MAX

static Object *set_iterate(Object *set) {
    SetIterator *i =
        (SetIterator *)object_new(TYPE_SET_ITERATOR, MEMORY_CONTAINER, sizeof *i);
    if (!i) return NULL;
    uint32_t size = (uint32_t)table_size(set_owner(set));
    field_init(&i->set, incref(set));
    atomic_init(&i->position, 0);
    atomic_init(&i->size, size);
    atomic_init(&i->left, size);
    return &i->head;
}

static Object *iterator_next(Object *o) {
    SetIterator *i = (SetIterator *)o;
    TableOwner *set = (TableOwner *)field_get(&i->set);
    uint32_t size = atomic_load_explicit(&i->size, memory_order_relaxed);
    if (unlikely(size == ITERATOR_DONE)) return NULL;
    if (unlikely(size != table_size(set)))
        return gilt_raise(GILT_RUNTIME_ERROR, "Set changed size during iteration");
    Object *item;
    size_t position = number_get(&i->position);
    if (unlikely(!table_next(set, SET_ENTRY, &position, &item, NULL))) {
        atomic_store_explicit(&i->size, ITERATOR_DONE, memory_order_relaxed);
        return NULL;
    }
    number_put(&i->position, position);
    uint32_t left = atomic_load_explicit(&i->left, memory_order_relaxed);
    atomic_store_explicit(&i->left, left - (left > 0), memory_order_relaxed);
    return item;
}

static Object *length_hint(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    SetIterator *i = (SetIterator *)o;
    uint32_t size = atomic_load_explicit(&i->size, memory_order_relaxed);
    bool same = size == table_size((TableOwner *)field_get(&i->set));
    return gilt_int(same ? atomic_load_explicit(&i->left, memory_order_relaxed) : 0);
}

static const Native iterator_methods[] = {{"__length_hint__()", length_hint}, {0}};

FIELDS(iterator, SetIterator, set, 1)

const TypeOps set_iterator_ops = {
    FIELDS_OPS(iterator),  .hash = hash_by_address,     .iterate = iterator_itself,
    .next = iterator_next, .methods = iterator_methods,
};

/* ---- as an object ---- */

static size_t set_bytes(const Object *set) { return (void)set, sizeof(TableOwner); }
static size_t frozenset_bytes(const Object *set) { return (void)set, sizeof(FrozenSet); }

static unsigned set_spans(const Object *set, Span *spans) {
    return table_spans((const TableOwner *)set, SET_ENTRY, spans);
}

static void set_destroy(Object *set) { table_destroy(set_owner(set), SET_ENTRY); }

static ssize_t set_length(Object *set) { return (ssize_t)table_size(set_owner(set)); }

int set_equal(Object *a, Object *b) {
    if (!set_is_any(b)) return 2;
    if (table_size(set_owner(a)) != table_size(set_owner(b))) return 0;
    return set_is_within(a, b);
}

/* Of a copy that nobody else has: what was in at one moment. */
static void append_items(StrBuilder *text, Object *copy) {
    Object *item;
    const char *separator = "";
    bool well = true;
    for (size_t at = 0; well && gilt_set_next(copy, &at, &item);) {
        builder_append_utf8(text, separator);
        separator = ", ";
        well = builder_append_repr(text, item);
        decref(item);
    }
}

/* {1, 2}; of any other type than set its name is round that. */
static Object *show_copy(Object *copy, const Type *type) {
    const char *name = class_short_name(type);
    if (!table_size(set_owner(copy))) return gilt_str_format("%s()", name);
    bool named = type != &types[GILT_SET];
    StrBuilder text;
    builder_init(&text);
    if (named) builder_append_utf8(&text, name);
    builder_append_utf8(&text, named ? "({" : "{");
    append_items(&text, copy);
    builder_append_utf8(&text, named ? "})" : "}");
    return builder_finish(&text);
}

static Object *set_repr(Object *set) {
    const Type *type = type_of(set);
    int entered = repr_enter(set);
    if (entered < 0) return NULL;
    if (!entered) return gilt_str_format("%s(...)", class_short_name(type));
    Object *copy = set_copy(GILT_SET, set);
    Object *shown = copy ? show_copy(copy, type) : NULL;
    decref_maybe(copy);
    repr_leave(set);
    return shown;
}

/* What set and frozenset share. */
#define SET_OPS                                                                            \
    .kind = MEMORY_CONTAINER, .spans = set_spans, .destroy = set_destroy,                  \
    .equal = set_equal, .compare = set_compare, .repr = set_repr, .length = set_length,    \
    .contains = set_contains, .operate = set_operate, .iterate = set_iterate

const TypeOps set_ops = {
    SET_OPS,          .bytes = set_bytes, .update = set_update,
    .make = set_make, .init = set_init,   .methods = set_methods,
};

const TypeOps frozenset_ops = {
    SET_OPS,
    .bytes = frozenset_bytes,
    .hash = set_hash,
    .make = frozenset_make,
    .methods = frozenset_methods,
};
