/* table_ends.c: taking out the first or the last entry, and moving a key to an end. */
#include "core/types/table_internal.h"

/* The number of the last entry alive of a table that has one. What was skipped is skipped
 * in one step the next time. */
static size_t find_last(Table *table, size_t stride) {
    size_t used = table_used(table), at = used - 1;
    Entry *entry = table_entry(table, at, stride), *end = entry;
    while (!slot_peek(&entry->key)) {
        at -= (size_t)(entry->tag >> 2);
        entry = table_entry(table, at, stride);
    }
    if (entry != end) entry_skip(end, used - 1 - at);
    return at;
}

/* The cell of an entry that is alive. */
static size_t cell_of(const Table *table, uint64_t tag, size_t number) {
    Seek seek;
    uint32_t mask = table->mask;
    seek_start(&seek, mask, tag);
    while (cell_load(table, mask, seek.cell) != number + CELL_FIRST) seek_next(&seek, mask);
    return seek.cell;
}

bool table_pop(TableOwner *o, size_t stride, bool last, Object **key, Object **value) {
    object_lock(&o->head);
    bool any = table_size(o);
    if (any) {
        Table *table = link_peek(&o->table);
        size_t number = last ? find_last(table, stride) : table_first(table);
        Change change = {.owner = o, .table = table};
        change.seek.entry = table_entry(table, number, stride);
        change.seek.cell = cell_of(table, change.seek.entry->tag, number);
        change_delete(&change, stride, key, value);
    }
    object_unlock(&o->head);
    return any;
}

/* Locked: appends a copy of the entry that was found, and then deletes that. */
static void move_last(Change *change, size_t stride, Object **key, Object **value) {
    Table *table = change->table;
    Entry *entry = change->seek.entry;
    Key copy = {object_of(slot_peek(&entry->key)), entry->tag};
    Seek seek = {.cell = empty_cell(table, copy.tag)};
    Object *item = stride == DICT_ENTRY ? object_of(slot_peek(&entry->value)) : NULL;
    table_append(change->owner, table, &seek, &copy, item, stride);
    change_delete(change, stride, key, value);
}

/* Locked: fills the spare table, with the entry that was found in front or at the end. */
static void move_anew(Change *change, size_t stride, bool last) {
    Table *from = change->table, *to = change->spare;
    Entry *moved = change->seek.entry;
    if (!last) entry_copy(to, moved, stride, false);
    for (uint32_t i = table_first(from); i < table_used(from); i++) {
        Entry *entry = table_entry(from, i, stride);
        if (entry != moved && slot_peek(&entry->key)) entry_copy(to, entry, stride, false);
    }
    if (last) entry_copy(to, moved, stride, false);
    change->old = owner_link(change->owner, to);
    change->spare = NULL;
}

/* One attempt: 2 if it needs a spare table that has more room. */
static int move_found(Change *change, size_t stride, bool last, Object **key,
                      Object **value) {
    Table *table = change->table, *spare = change->spare;
    size_t number = last ? table_used(table) - 1 : table_first(table);
    if (change->seek.entry == table_entry(table, number, stride)) return 1;
    if (last && table_has_room(table)) return move_last(change, stride, key, value), 1;
    if (!spare || table_size(change->owner) >= table_room(spare)) return 2;
    return move_anew(change, stride, last), 1;
}

int table_move(TableOwner *o, const Key *key, size_t stride, bool last) {
    Change change = {.owner = o};
    Object *old_key = NULL, *old_value = NULL;
    int answer = 2;
    while (answer == 2) {
        answer = table_lock_and_find(&change, key, stride);
        if (answer < 0) break;
        if (answer)
            answer = move_found(&change, stride, last, &old_key,
                                stride == DICT_ENTRY ? &old_value : NULL);
        object_unlock(&o->head);
        if (answer == 2 && !change_make_spare(&change, stride)) answer = -1;
    }
    change_end_slow(&change);
    decref_maybe(old_key);
    decref_maybe(old_value);
    return answer;
}
