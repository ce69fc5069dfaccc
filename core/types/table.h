/* table.h: the ordered hash table that dict and set share.
 *
 * A table is one block: a header, an index of cells of 1, 2 or 4 bytes, and entries in the
 * order of insertion. A cell is EMPTY, DELETED or the number of an entry. Half of the
 * cells stay EMPTY, so each probe ends.
 *
 * Invariants, on which lookups without a lock stand (the argument is in table.c):
 *   - an entry is written once, before a cell or `used` publishes it, and never reused;
 *     later only its slots change: the value to another, and both to NULL at its deletion;
 *     then its tag, to the number of entries to skip for who looks for the last one alive;
 *   - a cell goes EMPTY -> entry number -> DELETED -> another entry number and so on, and
 *     never back to EMPTY;
 *   - the last slot of an entry (a dict's value, a set's key) is its witness: the entry is
 *     in the container from its publication until its witness becomes NULL;
 *   - a table that was replaced never changes again;
 *   - only who holds the owner's lock writes. */
#pragma once
#include "core/object/object.h"
#include "core/types/int.h"
#include "core/types/str.h"

/* ---- Keys ----
 *
 * A tag is the hash of a key, shifted, and in the low two bits what sort of key it is. The
 * tag is in the entry, so it often decides without a look at the key itself, which a
 * reader could not touch before it has counted it:
 *   WHOLE, WHOLE  equal tags mean equal numbers, whatever their types: the hash is the
 *                 value (and fits into a tag);
 *   NAME, NAME    interned strs: equal if and only if identical.
 *
 * All other pairs of which the hashes are equal must be compared. */
typedef enum KeySort { KEY_OTHER, KEY_WHOLE, KEY_TEXT, KEY_NAME } KeySort;

typedef struct Key {
    Object *object; /* borrowed: the caller of the operation keeps it alive */
    uint64_t tag;
} Key;

static inline uint64_t key_tag(int64_t hash, unsigned sort) {
    return (uint64_t)hash << 2 | sort;
}

bool key_make_slow(Key *key, Object *o);

/* Hashes an object. false: TypeError if it has no hash, or what its __hash__ raised. */
static inline bool key_make(Key *key, Object *o) {
    key->object = o;
    if (likely(is_type(o, GILT_STR))) {
        key->tag = key_tag(str_hash(o), str_is_interned(o) ? KEY_NAME : KEY_TEXT);
        return true;
    }
    if (likely(is_type(o, GILT_INT) && !int_is_big(o) && is_own_hash(int_small(o)))) {
        key->tag = key_tag(int_small(o), KEY_WHOLE);
        return true;
    }
    return key_make_slow(key, o);
}

/* ---- The layout ---- */

typedef struct Table {
    Retired retired;
    _Atomic uint32_t used; /* entries appended; its release pairs with walkers' acquire */
    _Atomic uint32_t
        first;        /* no entry before this is alive; who sees it sees as much `used` */
    uint32_t version; /* tells it from an earlier table at the same address */
    uint32_t mask;    /* cells - 1 */
    /* then the cells, then the entries */
} Table;

typedef struct Entry {
    uint64_t tag;
    Slot key;
    Slot value; /* only if it is a dict's */
} Entry;

/* Bytes of an entry: the functions below take one of these as `stride`. */
enum { SET_ENTRY = offsetof(Entry, value), DICT_ENTRY = sizeof(Entry) };

/* What dict and set are. The writer keeps `size` under the lock; it is read without, so it
 * may be behind by an operation that is still running elsewhere. */
typedef struct TableOwner {
    Object head;
    Link table;            /* NULL: nothing was ever in it */
    _Atomic uint32_t size; /* entries alive */
    uint32_t version;      /* of the last table; guarded by the lock */
} TableOwner;

_Static_assert(sizeof(Table) == 32 && DICT_ENTRY == 24, "small tables are small");

enum { CELL_EMPTY, CELL_DELETED, CELL_FIRST };

/* Of cells by `mask`: in a register, for the loop of probes. */
static inline unsigned cell_shift(uint32_t mask) {
    return mask <= UINT8_MAX ? 0 : mask <= UINT16_MAX ? 1 : 2;
}

/* Acquire pairs with cell_store: who sees an entry's number sees the entry. */
static inline uint32_t cell_load(const Table *table, uint32_t mask, size_t i) {
    const void *cells = table + 1;
    if (likely(mask <= UINT8_MAX))
        return atomic_load_explicit((const _Atomic uint8_t *)cells + i,
                                    memory_order_acquire);
    if (mask <= UINT16_MAX)
        return atomic_load_explicit((const _Atomic uint16_t *)cells + i,
                                    memory_order_acquire);
    return atomic_load_explicit((const _Atomic uint32_t *)cells + i, memory_order_acquire);
}

static inline void cell_store(Table *table, size_t i, uint32_t cell) {
    void *cells = table + 1;
    if (likely(table->mask <= UINT8_MAX))
        atomic_store_explicit((_Atomic uint8_t *)cells + i, (uint8_t)cell,
                              memory_order_release);
    else if (table->mask <= UINT16_MAX)
        atomic_store_explicit((_Atomic uint16_t *)cells + i, (uint16_t)cell,
                              memory_order_release);
    else
        atomic_store_explicit((_Atomic uint32_t *)cells + i, cell, memory_order_release);
}

static inline char *table_entries(const Table *table, uint32_t mask) {
    return (char *)(table + 1) + (((size_t)mask + 1) << cell_shift(mask));
}

static inline Entry *table_entry(const Table *table, size_t i, size_t stride) {
    return (Entry *)(table_entries(table, table->mask) + i * stride);
}

/* Acquire pairs with entry_skip: who sees the tag of a dead entry sees its slots empty. */
static inline uint64_t entry_tag(const Entry *entry) {
    return __atomic_load_n(&entry->tag, __ATOMIC_ACQUIRE);
}

/* By the writer, of a dead entry: it and so many - 1 before it are dead. As a tag this is
 * of KEY_OTHER: it decides nothing by itself. */
static inline void entry_skip(Entry *entry, size_t count) {
    __atomic_store_n(&entry->tag, key_tag((int64_t)count, KEY_OTHER), __ATOMIC_RELEASE);
}

static inline Slot *entry_witness(Entry *entry, size_t stride) {
    return (Slot *)((char *)entry + stride) - 1;
}

static inline uint32_t table_used(const Table *table) {
    return atomic_load_explicit(&table->used, memory_order_acquire);
}

static inline uint32_t table_first(const Table *table) {
    return atomic_load_explicit(&table->first, memory_order_acquire);
}

static inline uint32_t table_room(const Table *table) { return (table->mask + 1) / 2; }

static inline size_t table_size(TableOwner *o) {
    return atomic_load_explicit(&o->size, memory_order_relaxed);
}

/* ---- Probing: for readers in a read section and for writers alike ---- */

typedef struct Seek {
    size_t cell;
    uint64_t rest; /* of the hash: brings its high bits into the sequence of probes */
    size_t free;   /* the first DELETED cell on the way, or NO_CELL */
    Entry *entry;
} Seek;

#define NO_CELL SIZE_MAX

typedef enum SeekResult {
    SEEK_MISSING, /* seek->cell is where the key would go: EMPTY or DELETED */
    SEEK_FOUND,   /* seek->entry has an equal key */
    SEEK_UNSURE,  /* compare the key of seek->entry; if unequal, seek_next and go on */
} SeekResult;

static inline void seek_start(Seek *seek, uint32_t mask, uint64_t tag) {
    seek->rest = tag >> 2;
    seek->cell = seek->rest & mask;
    seek->free = NO_CELL;
}

/* Visits each cell in time, since 5 i + 1 does, modulo a power of two (Knuth). */
static inline void seek_next(Seek *seek, uint32_t mask) {
    seek->rest >>= 5;
    seek->cell = (seek->cell * 5 + seek->rest + 1) & mask;
}

/* From where `seek` stands. */
static ALWAYS_INLINE SeekResult seek_on(Seek *seek, const Table *table, uint32_t mask,
                                        const Key *key, size_t stride) {
    char *entries = table_entries(table, mask);
    for (;; seek_next(seek, mask)) {
        uint32_t cell = cell_load(table, mask, seek->cell);
        if (cell < CELL_FIRST) {
            if (likely(cell == CELL_EMPTY)) {
                if (unlikely(seek->free != NO_CELL)) seek->cell = seek->free;
                return SEEK_MISSING;
            }
            if (seek->free == NO_CELL) seek->free = seek->cell;
            continue;
        }
        Entry *entry = (Entry *)(entries + (cell - CELL_FIRST) * stride);
        uint64_t difference = entry_tag(entry) ^ key->tag;
        if (difference > 3) continue; /* another hash */
        seek->entry = entry;
        if (likely(slot_seen(&entry->key) == refs_of(key->object))) return SEEK_FOUND;
        if (difference || !(key->tag & KEY_WHOLE)) return SEEK_UNSURE;
        if ((key->tag & 3) == KEY_WHOLE) return SEEK_FOUND;
        /* Two interned strs that are not the same. */
    }
}

static ALWAYS_INLINE SeekResult table_seek(const Table *table, const Key *key, Seek *seek,
                                           size_t stride) {
    uint32_t mask = table->mask;
    seek_start(seek, mask, key->tag);
    return seek_on(seek, table, mask, key, stride);
}

/* ---- Reading without the lock ---- */

/* The general case, with value NULL for has. 1, 0 or -1 with the exception. */
int table_get_slow(TableOwner *o, const Key *key, size_t stride, Object **value);

/* Is the key there? 1 or 0; -1 if comparing raised. get gives a new reference to what its
 * witness slot holds. The fast paths see one table only and compare nothing. */
static ALWAYS_INLINE int table_has(TableOwner *o, const Key *key, size_t stride) {
    SeekResult result = SEEK_MISSING;
    bool there = false;
    read_begin();
    Table *table = link_load(&o->table);
    if (likely(table)) {
        Seek seek;
        result = table_seek(table, key, &seek, stride);
        if (result == SEEK_FOUND) there = slot_seen(entry_witness(seek.entry, stride));
    }
    read_end();
    return likely(result != SEEK_UNSURE) ? there : table_get_slow(o, key, stride, NULL);
}

static ALWAYS_INLINE int table_get(TableOwner *o, const Key *key, size_t stride,
                                   Object **value) {
    RefCount *found = NULL;
    bool done = true;
    read_begin();
    Table *table = link_load(&o->table);
    if (likely(table)) {
        Seek seek;
        SeekResult result = table_seek(table, key, &seek, stride);
        if (likely(result == SEEK_FOUND))
            done = slot_read(entry_witness(seek.entry, stride), &o->table, table, &found) ==
                   READ_DONE;
        else
            done = result == SEEK_MISSING;
    }
    read_end();
    if (unlikely(!done)) return table_get_slow(o, key, stride, value);
    *value = object_of(found);
    return found != NULL;
}

/* Steps through the entries: *position is the number of the next. false at the end. Gives
 * new references to what is wanted (not NULL); value must be NULL for a set. */
bool table_next(TableOwner *o, size_t stride, size_t *position, Object **key,
                Object **value);

/* The same from the end: start with SIZE_MAX. */
bool table_before(TableOwner *o, size_t stride, size_t *position, Object **key,
                  Object **value);

/* The same as table_next, with the tag: so the key need not be hashed again. A new
 * reference to key->object. */
bool table_next_key(TableOwner *o, size_t stride, size_t *position, Key *key);

/* A new list of all keys or, if `values`, all values, as they were at one moment. NULL,
 * MemoryError. */
Object *table_list(TableOwner *o, size_t stride, bool values);

/* ---- Writing, with the lock held ---- */

static inline void owner_resize(TableOwner *o, size_t size) {
    atomic_store_explicit(&o->size, (uint32_t)size, memory_order_relaxed);
}

static inline bool table_has_room(const Table *table) {
    return atomic_load_explicit(&table->used, memory_order_relaxed) < table_room(table);
}

/* Appends the key that `seek` did not find to a table with room, with a value if it is a
 * dict's: takes references. */
static inline void table_append(TableOwner *o, Table *table, const Seek *seek,
                                const Key *key, Object *value, size_t stride) {
    uint32_t number = atomic_load_explicit(&table->used, memory_order_relaxed);
    Entry *entry = table_entry(table, number, stride);
    entry->tag = key->tag;
    slot_init(&entry->key, refs_of(incref(key->object)));
    if (stride == DICT_ENTRY) slot_init(&entry->value, refs_of(incref(value)));
    cell_store(table, seek->cell, number + CELL_FIRST); /* now it is in */
    atomic_store_explicit(&table->used, number + 1, memory_order_release);
    owner_resize(o, table_size(o) + 1);
}

/* Puts another value to a key that was found; returns the one before, to be dropped after
 * unlocking. */
static inline Object *entry_put(Entry *entry, Object *value) {
    Object *before = object_of(slot_peek(&entry->value));
    slot_put(&entry->value, refs_of(incref(value)));
    return before;
}

/* ---- Changes ----
 *
 * A Change is one write to one key: change_begin takes the lock and finds the key, then at
 * most one of the functions below does its work, and change_end unlocks. Displaced
 * references come back to the caller, who drops them after change_end. */
typedef struct Change {
    TableOwner *owner;
    Table *table; /* NULL: there is none, and none was asked for */
    Seek seek;
    bool found;
    Table *spare; /* made before the lock was taken; freed by change_end if unused */
    Table *old;   /* replaced; retired by change_end */
} Change;

/* With `room` there is afterwards room to append the key if it was not found. false, not
 * locked: MemoryError, or what comparing raised. */
bool change_begin_slow(Change *change, TableOwner *o, const Key *key, size_t stride,
                       bool room);
void change_end_slow(Change *change);

static inline bool change_begin(Change *change, TableOwner *o, const Key *key,
                                size_t stride, bool room) {
    object_lock(&o->head);
    Table *table = link_peek(&o->table);
    if (likely(table)) {
        *change = (Change){.owner = o, .table = table};
        SeekResult result = table_seek(table, key, &change->seek, stride);
        change->found = result == SEEK_FOUND;
        if (likely(change->found)) return true;
        if (result == SEEK_MISSING && (!room || table_has_room(table))) return true;
    }
    object_unlock(&o->head);
    return change_begin_slow(change, o, key, stride, room);
}

static inline void change_end(Change *change) {
    object_unlock(&change->owner->head);
    if (unlikely(change->spare || change->old)) change_end_slow(change);
}

/* Appends the key that was not found, with a value if it is a dict: takes references. */
static inline void change_append(Change *change, const Key *key, Object *value,
                                 size_t stride) {
    table_append(change->owner, change->table, &change->seek, key, value, stride);
}

/* Deletes what was found; the caller gets its key and, if it is a dict, its value. */
void change_delete(Change *change, size_t stride, Object **key, Object **value);

/* Takes the first or the last entry out, in amortised constant time: its references are the
 * caller's. false: there is none. */
bool table_pop(TableOwner *o, size_t stride, bool last, Object **key, Object **value);

/* Makes the key that is there the last one or the first: 1; 0, it is not there; -1. Making
 * it the first takes as long as a copy. Readers without the lock may miss the key
 * meanwhile, and walks meet it twice. */
int table_move(TableOwner *o, const Key *key, size_t stride, bool last);

/* Fills `to`, a new object that nobody else knows, with what is in `from` at one moment.
 * false: MemoryError. */
bool table_copy(TableOwner *to, TableOwner *from, size_t stride);

/* Fills `to`, a new object that nobody else knows, with keys of the set `a` and of `b`,
 * both as they are at one moment: of those in a alone, in both, in b alone, what `parts`
 * says. 1; -1, MemoryError; 0, keys would have to be compared by code of the program:
 * nothing was done. */
enum { TABLE_LEFT = 1, TABLE_BOTH = 2, TABLE_RIGHT = 4 };
int table_combine(TableOwner *to, TableOwner *a, TableOwner *b, size_t stride,
                  unsigned parts);

/* If there was never anything in `o`, or it was cleared: takes over at one moment what is
 * in the other, a new object that nobody else knows. false: it was not empty. */
bool table_adopt(TableOwner *o, TableOwner *other);

/* Drops all that is in it: by whoever wants; or when the object is dead. With `other`, a
 * new object that nobody else knows, at the same moment takes over what is in that. */
void table_replace(TableOwner *o, size_t stride, TableOwner *other);
static inline void table_clear(TableOwner *o, size_t stride) {
    table_replace(o, stride, NULL);
}
void table_destroy(TableOwner *o, size_t stride);

/* Where its references stand: the keys and, in a dict, the values. */
unsigned table_spans(const TableOwner *o, size_t stride, Span *spans);

/* Makes a new block an empty owner. */
static inline void table_owner_init(TableOwner *o) {
    link_init(&o->table, NULL);
    atomic_init(&o->size, 0);
    o->version = 0;
}

/* A new, empty owner. NULL, MemoryError. */
Object *table_owner_new(uint32_t type);

/* Bytes of its table. */
size_t table_bytes(TableOwner *o);
