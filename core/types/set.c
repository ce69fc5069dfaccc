/* set.c: the set type: what gilt.h says about it, in terms of table.h.
 *
 * A set is a table without values. Invariant: no reference is dropped, and no code of
 * another object runs, between change_begin and change_end, where the set is locked. */
#include "core/types/set.h"
#include "core/object/operations.h"
#include "core/types/table.h"

static inline TableOwner *owner_of(Object *set) { return (TableOwner *)set; }

static bool set_expect(Object *o) {
    if (likely(is_type(o, GILT_SET))) return true;
    gilt_raise(GILT_TYPE_ERROR, "must be set, not %s", type_of(o)->name);
    return false;
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

size_t gilt_set_size(GiltObject *set) {
    assert(is_type(set, GILT_SET));
    return table_size(owner_of(set));
}

static int set_contains(Object *set, Object *item) {
    Key key;
    if (unlikely(!key_make(&key, item))) return -1;
    return table_has(owner_of(set), &key, SET_ENTRY);
}

int gilt_set_contains(GiltObject *set, GiltObject *item) {
    return likely(set_expect(set)) ? set_contains(set, item) : -1;
}

bool gilt_set_add(GiltObject *set, GiltObject *item) {
    Key key;
    Change change;
    if (unlikely(!set_expect(set) || !key_make(&key, item))) return false;
    if (unlikely(!change_begin(&change, owner_of(set), &key, SET_ENTRY, true)))
        return false;
    if (!change.found) change_append(&change, &key, NULL, SET_ENTRY);
    change_end(&change);
    return true;
}

int gilt_set_discard(GiltObject *set, GiltObject *item) {
    Key key;
    Change change;
    Object *own = NULL;
    if (unlikely(!set_expect(set) || !key_make(&key, item))) return -1;
    if (!change_begin(&change, owner_of(set), &key, SET_ENTRY, false)) return -1;
    if (change.found) change_delete(&change, SET_ENTRY, &own, NULL);
    change_end(&change);
    decref_maybe(own);
    return own != NULL;
}

void gilt_set_clear(GiltObject *set) {
    assert(is_type(set, GILT_SET));
    table_clear(owner_of(set), SET_ENTRY);
}

bool gilt_set_next(GiltObject *set, size_t *position, GiltObject **item) {
    assert(is_type(set, GILT_SET));
    return table_next(owner_of(set), SET_ENTRY, position, item, NULL);
}

/* ---- as an object ---- */

static size_t set_bytes(const Object *set) {
    (void)set;
    return sizeof(TableOwner);
}

static unsigned set_spans(const Object *set, Span *spans) {
    return table_spans((const TableOwner *)set, SET_ENTRY, spans);
}

static void set_destroy(Object *set) { table_destroy(owner_of(set), SET_ENTRY); }

static ssize_t set_length(Object *set) { return (ssize_t)table_size(owner_of(set)); }

static int set_equal(Object *a, Object *b) {
    if (!is_type(b, GILT_SET)) return 2;
    if (table_size(owner_of(a)) != table_size(owner_of(b))) return 0;
    Object *item;
    int equal = 1;
    for (size_t at = 0; equal == 1 && gilt_set_next(a, &at, &item);) {
        equal = set_contains(b, item);
        decref(item);
    }
    return equal;
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

static Object *show_copy(Object *copy) {
    if (!table_size(owner_of(copy))) return gilt_str_from("set()");
    StrBuilder text;
    builder_init(&text);
    builder_append_char(&text, '{');
    append_items(&text, copy);
    builder_append_char(&text, '}');
    return builder_finish(&text);
}

static Object *set_repr(Object *set) {
    int entered = repr_enter(set);
    if (entered <= 0) return entered < 0 ? NULL : gilt_str_from("set(...)");
    Object *shown = NULL, *copy = table_owner_new(GILT_SET);
    if (copy && table_copy(owner_of(copy), owner_of(set), SET_ENTRY))
        shown = show_copy(copy);
    decref_maybe(copy);
    repr_leave(set);
    return shown;
}

const TypeOps set_ops = {
    .kind = MEMORY_CONTAINER,
    .bytes = set_bytes,
    .spans = set_spans,
    .destroy = set_destroy,
    .equal = set_equal,
    .repr = set_repr,
    .length = set_length,
    .contains = set_contains,
};
