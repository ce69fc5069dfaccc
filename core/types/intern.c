/* intern.c: the table of names, read without a lock.
 *
 * An open-addressing table of pointers to immortal strs. An entry goes from NULL to a str
 * once, and never changes again; the table is at most half full, so a probe always ends at
 * a NULL. Only the holder of `inserting` writes, and it holds it for a short time with no
 * safepoint in it, so that whoever waits for it may stay attached.
 *
 * Why readers need no lock. (1) A str is filled, hashed, marked and made immortal before
 * the release store of its pointer; a reader's acquire load of that pointer pairs with it,
 * so what it compares is complete, and it never dies. (2) A full table is copied into one
 * of twice the size before the release store to `current`, which pairs with the reader's
 * acquire load of it. (3) A reader that is still in an old table sees valid entries only,
 * because old tables are neither changed nor freed until intern_finish; all it can do is
 * miss a newer entry. (4) A miss proves nothing: the slow path looks again in the newest
 * table under the mutex before it inserts. So at most one str per text is ever published,
 * and everybody gets that one. Sizes double, so old tables sum up to less than the newest.
 * The empty str and Latin-1 characters are str.c's: they are interned without an entry. */
#include "core/types/intern.h"
#include <pthread.h>
#include <stdlib.h>

#define FIRST_ENTRIES ((size_t)1024)

typedef struct Table {
    struct Table *older;
    size_t mask;
    size_t used; /* guarded by `inserting` */
    _Atomic(Object *) entries[];
} Table;

static _Atomic(Table *) current;
Object *intern_name;
static pthread_mutex_t inserting = PTHREAD_MUTEX_INITIALIZER; /* innermost: nests no lock */

static Table *table_new(size_t entries, Table *older) {
    Table *table = calloc(1, sizeof(Table) + entries * sizeof(Object *));
    if (!table) return NULL;
    table->mask = entries - 1;
    table->older = older;
    return table;
}

/* The strs themselves go with the heap. */
void intern_finish(void) {
    Table *table = atomic_load_explicit(&current, memory_order_relaxed);
    atomic_store_explicit(&current, NULL, memory_order_relaxed);
    while (table) {
        Table *older = table->older;
        free(table);
        table = older;
    }
}

void intern_fork(ForkStep step) { fork_mutex(&inserting, step); }

/* The entry with this text, or NULL and in *at the entry where it would be. */
static Object *table_find(Table *table, Object *str, _Atomic(Object *) **at) {
    for (size_t i = (size_t)str_hash(str) & table->mask;; i = (i + 1) & table->mask) {
        Object *entry = atomic_load_explicit(&table->entries[i], memory_order_acquire);
        *at = &table->entries[i];
        if (!entry) return NULL;
        if (str_hash(entry) == str_hash(str) && str_same(entry, str)) return entry;
    }
}

/* A table of twice the size with the same entries. Nobody else sees it yet. */
static Table *table_grown(Table *table) {
    Table *larger = table_new((table->mask + 1) * 2, table);
    if (!larger) return NULL;
    for (size_t i = 0; i <= table->mask; i++) {
        Object *entry = atomic_load_explicit(&table->entries[i], memory_order_relaxed);
        if (!entry) continue;
        _Atomic(Object *) *at;
        table_find(larger, entry, &at);
        atomic_store_explicit(at, entry, memory_order_relaxed);
    }
    larger->used = table->used;
    atomic_store_explicit(&current, larger, memory_order_release);
    return larger;
}

/* Under the mutex: publishes `fresh` unless its text is there by now. NULL: no memory. */
static Object *insert(Object *fresh) {
    Table *table = atomic_load_explicit(&current, memory_order_relaxed);
    _Atomic(Object *) *at;
    Object *there = table_find(table, fresh, &at);
    if (there) return there;
    if ((table->used + 1) * 2 > table->mask + 1) {
        if (!(table = table_grown(table))) return NULL;
        table_find(table, fresh, &at);
    }
    fresh->refs.marks |= MARK_OWN;
    object_immortalise(fresh);
    table->used++;
    atomic_store_explicit(at, fresh, memory_order_release);
    return fresh;
}

/* A copy, because others may be counting `str` just now. */
static Object *intern_slow(Object *str) {
    Object *fresh = (Object *)str_copy(str);
    if (!fresh) return NULL;
    pthread_mutex_lock(&inserting);
    Object *there = insert(fresh);
    pthread_mutex_unlock(&inserting);
    if (there != fresh) decref(fresh);
    return there ? there : gilt_raise(GILT_MEMORY_ERROR, NULL);
}

Object *intern(Object *str) {
    if (str_is_interned(str)) return str;
    if (str_length(str) == 0) return str_empty();
    if (str_length(str) == 1 && str_kind(str) <= STR_LATIN)
        return str_of_point(str_at(str, 0));
    _Atomic(Object *) *at;
    Table *table = atomic_load_explicit(&current, memory_order_acquire);
    Object *there = table_find(table, str, &at);
    return there ? there : intern_slow(str);
}

GiltObject *gilt_intern(const char *utf8) {
    Object *str = gilt_str_from(utf8);
    if (!str) return NULL;
    Object *name = intern(str);
    decref(str);
    return name;
}

bool intern_start(void) {
    Table *table = table_new(FIRST_ENTRIES, NULL);
    atomic_store_explicit(&current, table, memory_order_release);
    return table && (intern_name = gilt_intern("__name__"));
}
