/* dict.c: the dict type: what gilt.h says about it, in terms of table.h.
 *
 * Invariant: no reference is dropped, and no code of another object runs, between
 * change_begin and change_end, where the dict is locked. */
#include "core/types/dict.h"
#include "core/object/error.h"
#include "core/object/operations.h"
#include "core/types/class.h"
#include "core/types/table.h"

static inline TableOwner *owner_of(Object *dict) { return (TableOwner *)dict; }

GiltObject *gilt_dict_new(void) { return table_owner_new(GILT_DICT); }

static bool dict_expect(Object *o) {
    if (likely(is_kind(o, GILT_DICT))) return true;
    gilt_raise(GILT_TYPE_ERROR, "must be dict, not %s", type_of(o)->name);
    return false;
}

void dict_raise_key(Object *key) { error_raise_args(GILT_KEY_ERROR, &key, 1); }

/* ---- reading ---- */

size_t gilt_dict_size(GiltObject *dict) {
    assert(is_kind(dict, GILT_DICT));
    return table_size(owner_of(dict));
}

GiltObject *gilt_dict_get(GiltObject *dict, GiltObject *object) {
    Key key;
    Object *value;
    if (unlikely(!dict_expect(dict) || !key_make(&key, object))) return NULL;
    return table_get(owner_of(dict), &key, DICT_ENTRY, &value) > 0 ? value : NULL;
}

Object *dict_find_interned(Object *dict, Object *name) { return gilt_dict_get(dict, name); }

/* Heirs of dict may have a __missing__, which says what to answer. */
static Object *get_missing(Object *dict, Object *key) {
    Object *missing = NULL;
    if (!is_type(dict, GILT_DICT)) missing = class_special(type_of(dict), SPECIAL_MISSING);
    if (missing) return class_call(missing, dict, &key, 1);
    dict_raise_key(key);
    return NULL;
}

static Object *dict_get_item(Object *dict, Object *object) {
    Key key;
    Object *value;
    if (unlikely(!key_make(&key, object))) return NULL;
    int found = table_get(owner_of(dict), &key, DICT_ENTRY, &value);
    if (likely(found > 0)) return value;
    return found ? NULL : get_missing(dict, object);
}

static int dict_contains(Object *dict, Object *object) {
    Key key;
    if (unlikely(!key_make(&key, object))) return -1;
    return table_has(owner_of(dict), &key, DICT_ENTRY);
}

bool gilt_dict_next(GiltObject *dict, size_t *position, GiltObject **key,
                    GiltObject **value) {
    assert(is_kind(dict, GILT_DICT));
    return table_next(owner_of(dict), DICT_ENTRY, position, key, value);
}

GiltObject *gilt_dict_keys(GiltObject *dict) {
    return dict_expect(dict) ? table_list(owner_of(dict), DICT_ENTRY, false) : NULL;
}

GiltObject *gilt_dict_values(GiltObject *dict) {
    return dict_expect(dict) ? table_list(owner_of(dict), DICT_ENTRY, true) : NULL;
}

GiltObject *gilt_dict_copy(GiltObject *dict) {
    if (!dict_expect(dict)) return NULL;
    Object *copy = gilt_dict_new();
    if (!copy || table_copy(owner_of(copy), owner_of(dict), DICT_ENTRY)) return copy;
    decref(copy);
    return NULL;
}

/* ---- writing ---- */

/* With the lock: a dict that the collector tracks no more, since it held no container, is
 * tracked again as soon as it may hold one. */
static inline void keep_tracked(Object *dict, Object *key, Object *value) {
    if (likely(gc_is_tracked(dict))) return;
    if (gc_may_be_tracked(value) || gc_may_be_tracked(key)) gc_track(dict);
}

/* The general case: there is no room, or keys must be compared. */
static NEVER_INLINE bool put_slow(Object *dict, const Key *key, Object *value) {
    Change change;
    Object *before = NULL;
    if (!change_begin_slow(&change, owner_of(dict), key, DICT_ENTRY, true)) return false;
    if (change.found)
        before = entry_put(change.seek.entry, value);
    else
        change_append(&change, key, value, DICT_ENTRY);
    keep_tracked(dict, key->object, value);
    change_end(&change);
    decref_maybe(before);
    return true;
}

static ALWAYS_INLINE bool put(Object *dict, const Key *key, Object *value) {
    object_lock(dict);
    Table *table = link_peek(&owner_of(dict)->table);
    if (likely(table)) {
        Seek seek;
        SeekResult result = table_seek(table, key, &seek, DICT_ENTRY);
        if (result == SEEK_FOUND) {
            Object *before = entry_put(seek.entry, value);
            keep_tracked(dict, key->object, value);
            object_unlock(dict);
            decref(before);
            return true;
        }
        if (result == SEEK_MISSING && likely(table_has_room(table))) {
            table_append(owner_of(dict), table, &seek, key, value, DICT_ENTRY);
            keep_tracked(dict, key->object, value);
            object_unlock(dict);
            return true;
        }
    }
    object_unlock(dict);
    return put_slow(dict, key, value);
}

bool dict_put(Object *dict, const Key *key, Object *value) { return put(dict, key, value); }

bool gilt_dict_set(GiltObject *dict, GiltObject *object, GiltObject *value) {
    Key key;
    if (unlikely(!dict_expect(dict) || !key_make(&key, object))) return false;
    return put(dict, &key, value);
}

GiltObject *gilt_dict_set_default(GiltObject *dict, GiltObject *object, GiltObject *value) {
    Key key;
    Change change;
    Object *there;
    if (!dict_expect(dict) || !key_make(&key, object)) return NULL;
    int found = table_get(owner_of(dict), &key, DICT_ENTRY, &there);
    if (found) return found > 0 ? there : NULL;
    if (!change_begin(&change, owner_of(dict), &key, DICT_ENTRY, true)) return NULL;
    if (change.found) {
        there = slot_take_locked(&change.seek.entry->value);
    } else {
        change_append(&change, &key, value, DICT_ENTRY);
        keep_tracked(dict, object, value);
        there = incref(value);
    }
    change_end(&change);
    return there;
}

int dict_take_key(Object *dict, Object *object, Object **value) {
    Key key;
    Change change;
    Object *own_key = NULL;
    *value = NULL;
    if (!dict_expect(dict) || !key_make(&key, object)) return -1;
    if (!change_begin(&change, owner_of(dict), &key, DICT_ENTRY, false)) return -1;
    if (change.found) change_delete(&change, DICT_ENTRY, &own_key, value);
    change_end(&change);
    decref_maybe(own_key);
    return *value != NULL;
}

GiltObject *gilt_dict_pop(GiltObject *dict, GiltObject *key) {
    Object *value;
    if (!dict_take_key(dict, key, &value)) dict_raise_key(key);
    return value;
}

bool gilt_dict_delete(GiltObject *dict, GiltObject *key) {
    Object *value = gilt_dict_pop(dict, key);
    decref_maybe(value);
    return value;
}

static bool dict_set_item(Object *dict, Object *key, Object *value) {
    return value ? gilt_dict_set(dict, key, value) : gilt_dict_delete(dict, key);
}

void gilt_dict_clear(GiltObject *dict) {
    assert(is_kind(dict, GILT_DICT));
    table_clear(owner_of(dict), DICT_ENTRY);
}

/* From a copy, so that it is `other` as it was at one moment; nobody else has the copy, so
 * its slots can be looked at. The tags in it save hashing the keys again. */
bool dict_add_table(Object *dict, Object *other) {
    Object *copy = gilt_dict_copy(other);
    if (!copy) return false;
    if (table_adopt(owner_of(dict), owner_of(copy))) return decref(copy), true;
    Table *table = link_peek(&owner_of(copy)->table);
    uint32_t used = table ? table_used(table) : 0;
    bool well = true;
    for (uint32_t i = 0; i < used && well; i++) {
        Entry *entry = table_entry(table, i, DICT_ENTRY);
        Key key = {.object = object_of(slot_peek(&entry->key)), .tag = entry->tag};
        well = put(dict, &key, object_of(slot_peek(&entry->value)));
    }
    decref(copy);
    return well;
}

bool gilt_dict_update(GiltObject *dict, GiltObject *other) {
    return dict_expect(dict) && dict_expect(other) && dict_add_table(dict, other);
}

/* ---- as an object ---- */

static size_t dict_bytes(const Object *dict) {
    (void)dict;
    return sizeof(TableOwner);
}

static unsigned dict_spans(const Object *dict, Span *spans) {
    return table_spans((const TableOwner *)dict, DICT_ENTRY, spans);
}

static void dict_destroy(Object *dict) { table_destroy(owner_of(dict), DICT_ENTRY); }

static ssize_t dict_length(Object *dict) { return (ssize_t)table_size(owner_of(dict)); }

/* Does b have the key with an equal value? */
static int item_equal(Object *b, Object *object, Object *value) {
    Key key;
    Object *other;
    if (!key_make(&key, object)) return -1;
    int found = table_get(owner_of(b), &key, DICT_ENTRY, &other);
    if (found <= 0) return found;
    int equal = value == other ? 1 : gilt_equal(value, other);
    decref(other);
    return equal;
}

static int dict_equal(Object *a, Object *b) {
    if (!is_kind(b, GILT_DICT)) return 2;
    if (table_size(owner_of(a)) != table_size(owner_of(b))) return 0;
    Object *key, *value;
    int equal = 1;
    for (size_t at = 0;
         equal == 1 && table_next(owner_of(a), DICT_ENTRY, &at, &key, &value);) {
        equal = item_equal(b, key, value);
        decref(key);
        decref(value);
    }
    return equal;
}

/* Appends the items of a dict that nobody else has. */
static void append_items(StrBuilder *text, Object *copy) {
    Object *key, *value;
    const char *separator = "";
    bool well = true;
    for (size_t at = 0; well && gilt_dict_next(copy, &at, &key, &value);) {
        builder_append_utf8(text, separator);
        separator = ", ";
        well = builder_append_repr(text, key);
        if (well) builder_append_utf8(text, ": ");
        if (well) well = builder_append_repr(text, value);
        decref(key);
        decref(value);
    }
}

static Object *dict_repr(Object *dict) {
    int entered = repr_enter(dict);
    if (entered <= 0) return entered < 0 ? NULL : gilt_str_from("{...}");
    Object *shown = NULL, *copy = gilt_dict_copy(dict);
    if (copy) {
        StrBuilder text;
        builder_init(&text);
        builder_append_char(&text, '{');
        append_items(&text, copy);
        builder_append_char(&text, '}');
        shown = builder_finish(&text);
        decref(copy);
    }
    repr_leave(dict);
    return shown;
}

const TypeOps dict_ops = {
    .kind = MEMORY_CONTAINER,
    .bytes = dict_bytes,
    .spans = dict_spans,
    .destroy = dict_destroy,
    .equal = dict_equal,
    .repr = dict_repr,
    .length = dict_length,
    .get_item = dict_get_item,
    .set_item = dict_set_item,
    .contains = dict_contains,
    .operate = dict_operate,
    .update = dict_operate_update,
    .iterate = dict_iterate,
    .make = dict_make,
    .init = dict_init,
    .methods = dict_methods,
};
