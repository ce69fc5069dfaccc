/* globals.h: reading global and built-in variables by inline caches: README.md, "Sharing
 * without writing". */
#pragma once
#include "core/modules/module.h"
#include "core/types/table.h"
#include "core/vm/caches.h"
#include "core/vm/slow.h"

/* A global variable, by the number of its entry in the dict: the entry's key says whether
 * it is still there. A value that is immortal needs no count. EMPTY: look in general. */
static ALWAYS_INLINE Value global_cached(Object *globals, Object *name, Word cache) {
    Value result = EMPTY;
    TableOwner *owner = (TableOwner *)globals;
    read_begin();
    const Table *table = link_load(&owner->table);
    if (likely(table && cache < table_used(table))) {
        Entry *entry = table_entry(table, cache, DICT_ENTRY);
        RefCount *value = slot_seen(&entry->value);
        if (likely(value && slot_seen(&entry->key) == refs_of(name))) {
            if (ref_is_immortal(value))
                result = value_borrowed(object_of(value));
            else if (slot_read(&entry->value, &owner->table, table, &value) == READ_DONE)
                result = value_owned(object_of(value));
        }
    }
    read_end();
    return result;
}

/* The number of the entry with this key, or -1. */
static int64_t entry_number(Object *dict, Object *name) {
    int64_t number = -1;
    TableOwner *owner = (TableOwner *)dict;
    read_begin();
    const Table *table = link_load(&owner->table);
    for (uint32_t i = 0; table && i < table_used(table); i++) {
        Entry *entry = table_entry(table, i, DICT_ENTRY);
        if (slot_seen(&entry->key) == refs_of(name) && slot_seen(&entry->value)) number = i;
    }
    read_end();
    return number;
}

/* The word of a name that the globals do not have but the built-in names do: how the
 * globals were then. They have not got the name since if they have got no name at all. */
#define BUILTIN_CACHE (UINT64_C(1) << 63)
#define BUILTINS_MOST 0x3FF
#define USED_MOST 0xFFFFFF
static inline Word table_state(const Table *table) {
    return (Word)(table->version & 0x1FFFFFFF) << 24 | (table_used(table) & USED_MOST);
}

static inline Word builtin_word(const Table *table, uint32_t number) {
    return BUILTIN_CACHE | (Word)number << 53 | table_state(table);
}

static ALWAYS_INLINE Value load_global(const Frame *frame, Object *name,
                                       const Word *cache) {
    Word word = cache_load(cache);
    Value v;
    if (likely(word && !(word & BUILTIN_CACHE))) {
        v = global_cached(frame->globals, name, word - 1);
        if (likely(v)) return v;
    } else if (word) {
        read_begin();
        const Table *table = link_load(&((TableOwner *)frame->globals)->table);
        bool same = table && !((table_state(table) ^ word) << 11);
        read_end();
        v = likely(same) ? global_cached(builtins_dict(), name, word >> 53 & BUILTINS_MOST)
                         : EMPTY;
        if (likely(v)) return v;
    }
    int64_t number = entry_number(frame->globals, name);
    if (number >= 0) {
        cache_store(cache, (Word)number + 1);
    } else if (!code_is_shared(frame->code)) {
        number = entry_number(builtins_dict(), name);
        read_begin();
        const Table *table = link_load(&((TableOwner *)frame->globals)->table);
        if (table && number >= 0 && number < BUILTINS_MOST && table_used(table) < USED_MOST)
            cache_store(cache, builtin_word(table, (uint32_t)number));
        read_end();
    }
    return slow_global(frame, name);
}
