/* table.c: finding, growing, copying and emptying the tables of dict and set.
 *
 * Why lookups without a lock are linearizable. A key is in a container from the moment
 * that its cell is published (table_append) until its witness slot becomes NULL
 * (change_delete), or until the table that it is in is unlinked (table_clear). Growth
 * links a table with the same contents, so it changes nothing. A reader loads table T from
 * the link at moment t1, inside its own operation, when T was current, and then probes the
 * cells c1 .. ck, each once. (A moment is a place in the order of changes of one atomic.)
 *
 * 1. What a reader sees in a slot of T was owned by the container at some moment after t1:
 *    while T is current the slot owns it; and if T was replaced, at a moment tr > t1, it
 *    has not changed since tr, and was owned then. Hence identity: the caller keeps its key
 *    K alive for the whole operation, so from t1 on no other object can have K's address,
 *    and a key slot that holds this address named K itself. No block that was recycled
 *    can take K's place. (Nor in the memory model: the death of an object that had this
 *    address before K, and so the slot_put or link_put that came before it, happens before
 *    K was made, and that before the reader's loads.) A tag that decides (table.h) is a
 *    value in an entry that never changes: there is no pointer to be wrong about.
 * 2. A hit is one: its witness slot was seen not NULL, and by 1. the key was in at some
 *    moment after t1. The value that table_get returns was counted by slot_read, which
 *    checks afterwards that the slot still holds it and that the link still holds T: at
 *    that moment the key had this value, and the count keeps it alive from there.
 * 3. A miss at an EMPTY cell ck is one, even if T was replaced meanwhile. Cells never
 *    become EMPTY again, so ck was EMPTY at t1 too, and by the rule of insertion (no cell
 *    of the sequence before the one that is used is EMPTY) a key that was in T at t1 had
 *    its cell among c1 .. ck-1. The reader saw that cell hold the entry, and passed it only
 *    because the entry's key is another, or was NULL already; or it saw it DELETED, or used
 *    again for another entry. If the key was in at t1, its deletion was therefore after t1
 *    and before the look at the cell, inside the operation, and there the miss takes place,
 *    even if the key was put in again after that, into a cell that the reader had passed;
 *    else at t1. A key that was put in after t1, into T or into the table that replaced T,
 *    does not matter: the miss takes place before that. If the link was NULL at t1, nothing
 *    was in, and the miss takes place there.
 * 4. A hit whose witness is NULL is a miss: its deletion has happened after t1, or was
 *    going on at t1 under the lock, so that nobody can have put the key in again before
 *    the cell became DELETED, which the reader has not seen yet.
 *
 * Comparing keys may run any code, so it happens outside of the read section and of locks.
 * Coming back, the reader or writer goes on only in the same table, and a writer only if
 * nothing was put in meanwhile, maybe into a cell that it has passed; a table that was
 * freed meanwhile, and another one made in its place, is told by its version. (It has 32
 * bits: a comparison would have to last for 2^32 tables of one container.) For a reader, T
 * current again means that it was current all the time, because a table is linked once, so
 * that what it saw before the break holds as if there had been no break. */
#include "core/types/table_internal.h"
#include <string.h>

/* ---- keys ---- */

bool key_make_slow(Key *key, Object *o) {
    double value;
    int64_t hash;
    if (!gilt_hash(o, &hash)) return false;
    bool whole = false;
    if (int_check(o))
        whole = !int_is_big(o) && is_own_hash(int_small(o));
    else if (is_type(o, GILT_FLOAT) && gilt_float_value(o, &value))
        whole = value == (double)hash && is_own_hash(hash);
    *key = (Key){.object = o, .tag = key_tag(hash, whole ? KEY_WHOLE : KEY_OTHER)};
    return true;
}

int table_plain_equal(Object *a, Object *b) {
    if (is_type(a, GILT_STR) && is_type(b, GILT_STR)) return str_same(a, b);
    int (*equal)(Object *, Object *) = type_of(a)->ops->equal;
    int answer = equal ? equal(a, b) : 2;
    if (answer != 2) return answer;
    equal = type_of(b)->ops->equal;
    answer = equal ? equal(b, a) : 2;
    return answer == 2 ? a == b : answer;
}

_Static_assert(GILT_BYTES - GILT_NONE == 5, "is_plain: None bool int float str bytes");

/* 1, 0, -1. Consumes `a`, with no lock held. */
static int key_equal(Object *a, Object *b) {
    int answer = is_plain(a) && is_plain(b) ? table_plain_equal(a, b) : gilt_equal(a, b);
    decref(a);
    return answer;
}

/* ---- making tables ---- */

#define CELLS_MIN ((uint64_t)8)
#define CHURN_ROOM ((size_t)16)
#define CELLS_MAX ((uint64_t)1 << 31)

/* An empty table with room for `room` entries. */
Table *table_new(size_t room, size_t stride) {
    uint64_t cells = CELLS_MIN;
    while (cells / 2 < room && cells <= CELLS_MAX) cells *= 2;
    if (cells > CELLS_MAX) return (Table *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    Table head = {.mask = (uint32_t)(cells - 1)};
    size_t index = cells << cell_shift(head.mask);
    Table *table = memory_new_array(sizeof *table + index + cells / 2 * stride);
    if (!table) return (Table *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    head.retired = table->retired;
    *table = head;
    memset(table + 1, CELL_EMPTY, index);
    return table;
}

/* Copies what is alive in `from`, in order, into `to`, which is empty, has room, and is
 * nobody else's yet. With `share`, both have references to it afterwards; else only `to`,
 * which is about to replace `from`. The lock of from's owner is held. */
static void table_fill(Table *to, const Table *from, size_t stride, bool share) {
    uint32_t used = table_used(from);
    for (uint32_t i = table_first(from); i < used; i++) {
        Entry *old = table_entry(from, i, stride);
        if (slot_peek(&old->key)) entry_copy(to, old, stride, share);
    }
}

void table_free(Table *table) {
    if (table) memory_free(table, table->retired.bytes);
}

/* ---- reading ---- */

/* Counts what is in the slot of a table that a reader has left. READ_AGAIN: the table was
 * replaced. */
static ReadStep read_locked(TableOwner *o, const Slot *slot, const Table *table,
                            uint32_t version, Object **found) {
    object_lock(&o->head);
    ReadStep step = READ_AGAIN;
    if (is_current(link_peek(&o->table), table, version)) {
        *found = slot_take_locked(slot);
        step = *found ? READ_HIT : READ_MISS;
    }
    object_unlock(&o->head);
    return step;
}

/* Counts what is in a slot of the current table. Ends the read section. */
static ReadStep read_slot(TableOwner *o, const Slot *slot, const Table *table,
                          Object **found) {
    RefCount *ref = NULL;
    uint32_t version = table->version;
    ReadResult result = slot_read(slot, &o->table, table, &ref);
    read_end();
    if (unlikely(result == READ_LOCKED)) return read_locked(o, slot, table, version, found);
    if (unlikely(result == READ_RETRY)) return READ_AGAIN;
    *found = object_of(ref);
    return ref ? READ_HIT : READ_MISS;
}

/* Compares the key of an entry that the tags have not decided. Leaves the read section and
 * comes back into it, unless the step is READ_AGAIN or READ_ERROR. */
static ReadStep read_compare(TableOwner *o, const Entry *entry, const Table *table,
                             const Key *key) {
    Object *other;
    uint32_t version = table->version;
    ReadStep step = read_slot(o, &entry->key, table, &other);
    if (step == READ_AGAIN) return step;
    if (step == READ_HIT) step = key_equal(other, key->object);
    if (step == READ_ERROR) return step;
    read_begin();
    if (likely(is_current(link_load(&o->table), table, version))) return step;
    read_end();
    return READ_AGAIN;
}

/* One attempt, in the table that is current now. */
static ReadStep read_table(TableOwner *o, const Key *key, size_t stride, Object **value) {
    read_begin();
    Table *table = link_load(&o->table);
    SeekResult result = SEEK_MISSING;
    Seek seek;
    if (table) result = table_seek(table, key, &seek, stride);
    while (result == SEEK_UNSURE) {
        ReadStep step = read_compare(o, seek.entry, table, key);
        if (step == READ_AGAIN || step == READ_ERROR) return step;
        if (step == READ_HIT) break;
        seek_next(&seek, table->mask);
        result = seek_on(&seek, table, table->mask, key, stride);
    }
    if (result != SEEK_MISSING) {
        Slot *witness = entry_witness(seek.entry, stride);
        if (value) return read_slot(o, witness, table, value);
        if (slot_seen(witness)) {
            read_end();
            return READ_HIT;
        }
    }
    read_end();
    return READ_MISS;
}

int table_get_slow(TableOwner *o, const Key *key, size_t stride, Object **value) {
    ReadStep step;
    do step = read_table(o, key, stride, value);
    while (step == READ_AGAIN);
    return step;
}

/* ---- writing ---- */

/* Takes the lock and finds the key. 1 or 0, locked; -1, not locked. A comparison that may
 * run foreign code happens with the lock dropped and the other key counted; afterwards
 * the search goes on if the table is the same one and nothing was put in. An entry deleted
 * meanwhile counts as another key. */
int table_lock_and_find(Change *change, const Key *key, size_t stride) {
    TableOwner *o = change->owner;
    Seek *seek = &change->seek;
    object_lock(&o->head);
restart:;
    Table *table = change->table = link_peek(&o->table);
    if (!table) return 0;
    SeekResult result = table_seek(table, key, seek, stride);
    while (result == SEEK_UNSURE) {
        Object *other = object_of(slot_peek(&seek->entry->key));
        int equal;
        if (is_plain(other) && is_plain(key->object)) {
            equal = table_plain_equal(other, key->object);
        } else {
            uint32_t version = table->version, used = table_used(table);
            other = slot_take_locked(&seek->entry->key);
            object_unlock(&o->head);
            equal = key_equal(other, key->object);
            if (equal < 0) return -1;
            object_lock(&o->head);
            if (!is_current(link_peek(&o->table), table, version)) goto restart;
            if (table_used(table) != used) goto restart;
            equal = equal && slot_peek(&seek->entry->key);
        }
        if (equal) return 1;
        seek_next(seek, table->mask);
        result = seek_on(seek, table, table->mask, key, stride);
    }
    return result == SEEK_FOUND;
}

/* Replaces the table, which is full or NULL, by the spare one, which has room. */
static void change_grow(Change *change, const Key *key, size_t stride) {
    Table *spare = change->spare;
    if (change->table) table_fill(spare, change->table, stride, false);
    change->old = owner_link(change->owner, spare);
    change->table = spare;
    change->spare = NULL;
    change->seek.cell = empty_cell(spare, key->tag);
}

/* Has it a table that could hold more than it does, were it not for what was deleted? */
static bool has_churn(TableOwner *o, size_t size) {
    read_begin();
    Table *table = link_load(&o->table);
    bool churn = table && table_room(table) > size;
    read_end();
    return churn;
}

/* Growing by half, rounded up to a power of two, doubles what only grows, and gives the
 * same size again to what is deleted from as much as put into; a small one some more, or it
 * would be made anew all the time. */
bool change_make_spare(Change *change, size_t stride) {
    size_t size = table_size(change->owner), room = size + size / 2 + 1;
    if (room < CHURN_ROOM && has_churn(change->owner, size)) room = CHURN_ROOM;
    table_free(change->spare);
    change->spare = table_new(room, stride);
    return change->spare;
}

bool change_begin_slow(Change *change, TableOwner *o, const Key *key, size_t stride,
                       bool room) {
    *change = (Change){.owner = o};
    if (room && !table_size(o) && !change_make_spare(change, stride)) return false;
    for (;;) {
        int found = table_lock_and_find(change, key, stride);
        if (found < 0) {
            table_free(change->spare);
            return false;
        }
        Table *table = change->table;
        change->found = found;
        if (found || !room || (table && table_has_room(table))) return true;
        if (change->spare && table_size(o) < table_room(change->spare)) {
            change_grow(change, key, stride);
            return true;
        }
        object_unlock(&o->head);
        if (!change_make_spare(change, stride)) return false;
    }
}

void change_end_slow(Change *change) {
    table_free(change->spare);
    if (change->old) retire(&change->old->retired);
}

/* `first` follows, so that a walk to the oldest entry is short however many older ones were
 * deleted. It moves over each entry once. */
void change_delete(Change *change, size_t stride, Object **key, Object **value) {
    Table *table = change->table;
    Entry *entry = change->seek.entry;
    if (value) {
        *value = object_of(slot_peek(&entry->value));
        slot_put(&entry->value, NULL);
    }
    *key = object_of(slot_peek(&entry->key));
    slot_put(&entry->key, NULL);
    cell_store(table, change->seek.cell, CELL_DELETED);
    owner_resize(change->owner, table_size(change->owner) - 1);
    entry_skip(entry, 1);
    size_t first = table_first(table);
    if (entry != table_entry(table, first, stride)) return;
    if (next_alive(table, &first, stride)) first--;
    atomic_store_explicit(&table->first, (uint32_t)first, memory_order_release);
}

bool table_copy(TableOwner *to, TableOwner *from, size_t stride) {
    Table *copy = NULL;
    for (bool done = false; !done;) {
        size_t room = table_size(from);
        table_free(copy);
        copy = room ? table_new(room, stride) : NULL;
        if (room && !copy) return false;
        object_lock(&from->head);
        size_t size = table_size(from);
        done = !size || (copy && size <= table_room(copy));
        if (done && size) table_fill(copy, link_peek(&from->table), stride, true);
        object_unlock(&from->head);
        if (done) owner_resize(to, size);
    }
    if (table_size(to)) {
        owner_link(to, copy);
    } else {
        table_free(copy);
    }
    return true;
}

bool table_adopt(TableOwner *o, TableOwner *other) {
    Table *table = link_peek(&other->table);
    if (link_peek(&o->table)) return false;
    object_lock(&o->head);
    bool empty = !link_peek(&o->table);
    if (empty && table) {
        owner_link(o, table);
        owner_resize(o, table_size(other));
        if (!gc_is_tracked(&o->head)) gc_track(&o->head);
    }
    object_unlock(&o->head);
    if (empty) link_put(&other->table, NULL), owner_resize(other, 0);
    return empty;
}

/* ---- emptying ---- */

/* Drops what is in a table that is not linked any more. Late readers may look at it
 * meanwhile: what they count, they find out, is not in the container any more. */
static void table_drop(Table *table, size_t stride) {
    uint32_t used = table_used(table);
    for (uint32_t i = table_first(table); i < used; i++) {
        Entry *entry = table_entry(table, i, stride);
        if (stride == DICT_ENTRY) decref_maybe(object_of(slot_peek(&entry->value)));
        decref_maybe(object_of(slot_peek(&entry->key)));
    }
}

void table_replace(TableOwner *o, size_t stride, TableOwner *other) {
    Table *table = other ? link_peek(&other->table) : NULL;
    size_t size = other ? table_size(other) : 0;
    if (other) owner_link(other, NULL);
    object_lock(&o->head);
    Table *old = owner_link(o, table);
    owner_resize(o, size);
    object_unlock(&o->head);
    if (!old) return;
    table_drop(old, stride);
    retire(&old->retired);
}

/* Of a dead owner: a reader would hold a reference to it, so there is none. */
void table_destroy(TableOwner *o, size_t stride) {
    Table *table = link_peek(&o->table);
    if (!table) return;
    table_drop(table, stride);
    table_free(table);
}

unsigned table_spans(const TableOwner *o, size_t stride, Span *spans) {
    const Table *table = link_peek(&o->table);
    if (!table) return 0;
    const Entry *first = table_entry(table, 0, stride);
    size_t count = atomic_load_explicit(&table->used, memory_order_relaxed);
    spans[0] = (Span){&first->key, count, stride};
    if (stride == SET_ENTRY) return 1;
    spans[1] = (Span){&first->value, count, stride};
    return 2;
}

Object *table_owner_new(uint32_t type) {
    TableOwner *o = (TableOwner *)object_new(type, MEMORY_CONTAINER, sizeof *o);
    if (unlikely(!o)) return NULL;
    table_owner_init(o);
    return &o->head;
}

/* The table may be retired meanwhile, but not freed before the read section ends. */
size_t table_bytes(TableOwner *o) {
    read_begin();
    Table *table = link_load(&o->table);
    size_t bytes = table ? table->retired.bytes & ~(size_t)1 : 0;
    read_end();
    return bytes;
}
