/* table_internal.h: what the files of the table share: table.c (finding, writing, growing),
 * table_walk.c (from entry to entry), table_ends.c (taking and moving the first and the
 * last), table_combine.c (new sets from two). */
#pragma once
#include "core/types/table.h"

/* Types whose equality runs no foreign code, raises nothing and takes no lock. */
static inline bool is_plain(const Object *o) {
    return o->type >= GILT_NONE && o->type <= GILT_BYTES;
}

/* Are two of those equal? 1 or 0. */
int table_plain_equal(Object *a, Object *b);

/* An empty table with room for `room` entries. NULL, MemoryError. */
Table *table_new(size_t room, size_t stride);
void table_free(Table *table);

/* Where a key that is not in the table must go. */
static inline size_t empty_cell(const Table *table, uint64_t tag) {
    Seek seek;
    uint32_t mask = table->mask;
    seek_start(&seek, mask, tag);
    while (cell_load(table, mask, seek.cell) != CELL_EMPTY) seek_next(&seek, mask);
    return seek.cell;
}

/* Appends a copy of an entry to a table that is nobody else's yet. */
static inline void entry_copy(Table *to, Entry *old, size_t stride, bool share) {
    uint32_t number = atomic_load_explicit(&to->used, memory_order_relaxed);
    Entry *new = table_entry(to, number, stride);
    new->tag = old->tag;
    for (Slot *s = &old->key, *t = &new->key; s <= entry_witness(old, stride); s++, t++)
        slot_init(t, share ? refs_of(slot_take_locked(s)) : slot_peek(s));
    cell_store(to, empty_cell(to, old->tag), number + CELL_FIRST);
    atomic_store_explicit(&to->used, number + 1, memory_order_relaxed);
}

/* Publishes a table. The one before is the caller's, to be retired after unlocking. */
static inline Table *owner_link(TableOwner *o, Table *table) {
    Table *old = link_peek(&o->table);
    if (table) table->version = ++o->version;
    link_put(&o->table, table);
    return old;
}

/* Is this, in a read section or under the lock, the owner's table still? */
static inline bool is_current(const Table *now, const Table *table, uint32_t version) {
    return now == table && now->version == version;
}

typedef enum ReadStep { READ_ERROR = -1, READ_MISS, READ_HIT, READ_AGAIN } ReadStep;

/* The first entry alive whose number is at or after *position, which follows; or NULL. The
 * dead stay dead, and `used` is looked at again after each, so at the last look there was
 * nothing alive from the position on: a table that was never empty does not seem so. */
static ALWAYS_INLINE Entry *next_alive(const Table *table, size_t *position,
                                       size_t stride) {
    if (!table) return NULL;
    size_t first = table_first(table);
    for (size_t i = *position > first ? *position : first; i < table_used(table); i++) {
        Entry *entry = table_entry(table, i, stride);
        *position = i + 1;
        if (slot_seen(entry_witness(entry, stride))) return entry;
    }
    return NULL;
}

/* Takes the lock and finds the key. 1 or 0, locked; -1, not locked: see table.c. */
int table_lock_and_find(Change *change, const Key *key, size_t stride);

/* Another spare table, with room for what is in and some more. false: MemoryError. */
bool change_make_spare(Change *change, size_t stride);
