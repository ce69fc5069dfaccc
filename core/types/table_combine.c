/* table_combine.c: new sets of what is in one of two sets, or in both, at one moment.
 *
 * The keys are gathered under both locks, counted, in memory that was taken before; the new
 * table is made of them afterwards. Where code of the program would have to compare keys,
 * nothing is done here (set_algebra.c does it key by key). */
#include "core/types/table_internal.h"

typedef struct Gathered {
    Key *keys; /* with references */
    size_t count, room;
    bool unsure; /* stopped at keys that must be compared elsewhere */
} Gathered;

/* Locked: is the key in the table? 2: do not know. */
static int has_plainly(const Table *table, const Key *key, size_t stride) {
    Seek seek;
    if (!table) return 0;
    SeekResult result = table_seek(table, key, &seek, stride);
    while (result == SEEK_UNSURE) {
        Object *other = object_of(slot_peek(&seek.entry->key));
        if (!is_plain(other) || !is_plain(key->object)) return 2;
        if (table_plain_equal(other, key->object)) return 1;
        seek_next(&seek, table->mask);
        result = seek_on(&seek, table, table->mask, key, stride);
    }
    return result == SEEK_FOUND;
}

/* Locked: takes the keys of a table that the other has (`both`), or has not (`alone`). */
static void take_keys(Gathered *all, const Table *table, size_t stride, const Table *other,
                      size_t other_stride, bool alone, bool both) {
    if (!table || !(alone || both)) return;
    uint32_t used = table_used(table);
    for (uint32_t i = table_first(table); i < used && !all->unsure; i++) {
        Entry *entry = table_entry(table, i, stride);
        Key key = {object_of(slot_peek(&entry->key)), entry->tag};
        if (!key.object) continue;
        int in = alone && both ? 1 : has_plainly(other, &key, other_stride);
        all->unsure = in == 2;
        if (all->unsure || !(in ? both : alone)) continue;
        slot_take_locked(&entry->key);
        all->keys[all->count++] = key;
    }
}

/* Both locked. Of what both have, the keys of the smaller are taken. */
static void gather_parts(Gathered *all, TableOwner *a, TableOwner *b, size_t stride,
                         unsigned parts) {
    const Table *left = link_peek(&a->table), *right = link_peek(&b->table);
    if (parts == TABLE_BOTH && table_size(b) < table_size(a)) {
        take_keys(all, right, stride, left, SET_ENTRY, false, true);
        return;
    }
    take_keys(all, left, SET_ENTRY, right, stride, parts & TABLE_LEFT, parts & TABLE_BOTH);
    take_keys(all, right, stride, left, SET_ENTRY, parts & TABLE_RIGHT, false);
}

/* Makes a set of keys no two of which are equal. Takes their references over. */
static bool fill_with(TableOwner *to, Gathered *all) {
    if (!all->count) return true;
    Table *table = table_new(all->count, SET_ENTRY);
    if (!table) return false;
    for (size_t i = 0; i < all->count; i++) {
        Entry *entry = table_entry(table, i, SET_ENTRY);
        entry->tag = all->keys[i].tag;
        slot_init(&entry->key, refs_of(all->keys[i].object));
        cell_store(table, empty_cell(table, entry->tag), (uint32_t)i + CELL_FIRST);
    }
    atomic_store_explicit(&table->used, (uint32_t)all->count, memory_order_relaxed);
    owner_link(to, table);
    owner_resize(to, all->count);
    all->count = 0;
    return true;
}

int table_combine(TableOwner *to, TableOwner *a, TableOwner *b, size_t stride,
                  unsigned parts) {
    for (;;) {
        Gathered all = {.room = table_size(a) + table_size(b)};
        size_t bytes = (all.room + 1) * sizeof(Key);
        all.keys = memory_new(MEMORY_ARRAY, bytes);
        if (!all.keys) return gilt_raise(GILT_MEMORY_ERROR, NULL), -1;
        lock_take_two(&a->head.refs, &b->head.refs);
        bool fits = table_size(a) + table_size(b) <= all.room;
        if (fits) gather_parts(&all, a, b, stride, parts);
        lock_drop_two(&a->head.refs, &b->head.refs);
        int done = all.unsure ? 0 : fits && !fill_with(to, &all) ? -1 : 1;
        for (size_t i = 0; i < all.count; i++) decref(all.keys[i].object);
        memory_free(all.keys, bytes);
        if (fits) return done;
    }
}
