/* table_walk.c: from entry to entry, without the lock.
 *
 * A walk may miss or repeat what others put in or take out meanwhile; each step gives a key
 * and the value that it had at one moment. */
#include "core/types/table_internal.h"

/* The last entry alive before *position, which becomes its number; or NULL. */
static Entry *last_alive(const Table *table, size_t *position, size_t stride) {
    if (!table) return NULL;
    size_t used = table_used(table), first = table_first(table);
    for (size_t i = *position < used ? *position : used; i > first; i--) {
        Entry *entry = table_entry(table, i - 1, stride);
        *position = i - 1;
        if (slot_seen(entry_witness(entry, stride))) return entry;
    }
    return NULL;
}

/* A walk: of which entries, in which direction, and what it wants of each (NULL: nothing).
 * The functions below are inlined, and take it by value, so that all of this but the
 * pointers is known to the compiler. */
typedef struct Walk {
    TableOwner *owner;
    size_t stride;
    bool back;
    Object **key, **value;
    uint64_t *tag;
} Walk;

static ALWAYS_INLINE Entry *walk_step(Walk walk, const Table *table, size_t *position) {
    Entry *entry = walk.back ? last_alive(table, position, walk.stride)
                             : next_alive(table, position, walk.stride);
    if (entry && walk.tag) *walk.tag = entry_tag(entry);
    return entry;
}

static NEVER_INLINE ReadStep next_locked(Walk walk, size_t *position) {
    TableOwner *o = walk.owner;
    object_lock(&o->head);
    Entry *entry = walk_step(walk, link_peek(&o->table), position);
    if (entry && walk.key) *walk.key = slot_take_locked(&entry->key);
    if (entry && walk.value) *walk.value = slot_take_locked(&entry->value);
    object_unlock(&o->head);
    return entry ? READ_HIT : READ_MISS;
}

/* Counts the slots that are wanted; the first that cannot be counted says why. A slot that
 * is NULL is one that was deleted meanwhile. */
static ALWAYS_INLINE ReadResult read_entry(const Link *link, const Table *table,
                                           const Entry *entry, RefCount **key,
                                           RefCount **value) {
    ReadResult result = READ_DONE;
    if (key) {
        result = slot_read(&entry->key, link, table, key);
        if (result == READ_DONE && !*key) result = READ_RETRY;
        if (result != READ_DONE) *key = NULL;
    }
    if (value && result == READ_DONE) {
        result = slot_read(&entry->value, link, table, value);
        if (result == READ_DONE && !*value) result = READ_RETRY;
        if (result != READ_DONE) *value = NULL;
    }
    return result;
}

/* The value that comes with a key was its value while the key was in: keys do not change,
 * so it is enough that the value was counted after the key. So it is with the tag, which
 * was read before. */
static ALWAYS_INLINE ReadStep read_next(Walk walk, size_t *position) {
    TableOwner *o = walk.owner;
    RefCount *k = NULL, *v = NULL;
    ReadResult result = READ_DONE;
    size_t at = *position;
    read_begin();
    Table *table = link_load(&o->table);
    Entry *entry = walk_step(walk, table, &at);
    if (entry)
        result = read_entry(&o->table, table, entry, walk.key ? &k : NULL,
                            walk.value ? &v : NULL);
    read_end();
    if (!entry) return READ_MISS;
    if (unlikely(result != READ_DONE)) {
        decref_maybe(object_of(k));
        return result == READ_RETRY ? READ_AGAIN : next_locked(walk, position);
    }
    if (walk.key) *walk.key = object_of(k);
    if (walk.value) *walk.value = object_of(v);
    *position = at;
    return READ_HIT;
}

static ALWAYS_INLINE bool walk_on(Walk walk, size_t *position) {
    ReadStep step;
    do step = read_next(walk, position);
    while (unlikely(step == READ_AGAIN));
    return step;
}

bool table_next(TableOwner *o, size_t stride, size_t *position, Object **key,
                Object **value) {
    if (stride == SET_ENTRY)
        return walk_on((Walk){.owner = o, .stride = SET_ENTRY, .key = key}, position);
    return walk_on((Walk){.owner = o, .stride = DICT_ENTRY, .key = key, .value = value},
                   position);
}

bool table_before(TableOwner *o, size_t stride, size_t *position, Object **key,
                  Object **value) {
    return walk_on(
        (Walk){.owner = o, .stride = stride, .back = true, .key = key, .value = value},
        position);
}

bool table_next_key(TableOwner *o, size_t stride, size_t *position, Key *key) {
    Object **object = &key->object;
    uint64_t *tag = &key->tag;
    if (stride == SET_ENTRY)
        return walk_on((Walk){.owner = o, .stride = SET_ENTRY, .key = object, .tag = tag},
                       position);
    return walk_on((Walk){.owner = o, .stride = DICT_ENTRY, .key = object, .tag = tag},
                   position);
}

/* All that is alive, or nothing if it is more than `room`. Returns how many there are. */
static size_t gather(TableOwner *o, size_t stride, bool values, Object **items,
                     size_t room) {
    object_lock(&o->head);
    size_t count = table_size(o), position = 0;
    Table *table = link_peek(&o->table);
    for (size_t i = 0; i < count && count <= room; i++) {
        Entry *entry = next_alive(table, &position, stride);
        items[i] = slot_take_locked(values ? &entry->value : &entry->key);
    }
    object_unlock(&o->head);
    return count;
}

Object *table_list(TableOwner *o, size_t stride, bool values) {
    for (;;) {
        size_t room = table_size(o), bytes = (room + 2) * sizeof(Object *);
        Object **items = memory_new(MEMORY_ARRAY, bytes);
        if (!items) return gilt_raise(GILT_MEMORY_ERROR, NULL);
        size_t count = gather(o, stride, values, items, room);
        Object *list = NULL;
        if (count <= room) {
            list = gilt_list_new(count ? items : NULL, count);
            for (size_t i = 0; i < count; i++) decref(items[i]);
        }
        memory_free(items, bytes);
        if (count <= room) return list;
    }
}
