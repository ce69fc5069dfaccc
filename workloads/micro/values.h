/* values.h: the few words that many workloads share.
 *
 * Each takes a new reference, as the functions of gilt.h return it, and uses it up: also
 * NULL, which means that an exception is set and which makes the function fail. So a
 * workload can write mix_taken(&sum, gilt_list_get(list, i)) and check once. */
#pragma once
#include "workloads/workload.h"

/* The value of an int that is used up. */
static inline bool take_int(GiltObject *object, int64_t *value) {
    bool ok = object && gilt_int_value(object, value);
    gilt_decref(object);
    return ok;
}

/* Mixes an int that is used up into *sum. */
static inline bool mix_taken(uint64_t *sum, GiltObject *object) {
    int64_t value;
    if (!take_int(object, &value)) return false;
    *sum = mix(*sum, (uint64_t)value);
    return true;
}

/* The new references that follow "into" something: list[index], the list's end, a key, an
 * attribute. `item` is used up. */
static inline bool put_item(GiltObject *list, ssize_t index, GiltObject *item) {
    bool ok = item && gilt_list_set(list, index, item);
    gilt_decref(item);
    return ok;
}

static inline bool put_last(GiltObject *list, GiltObject *item) {
    bool ok = item && gilt_list_append(list, item);
    gilt_decref(item);
    return ok;
}

static inline bool put_key(GiltObject *dict, GiltObject *key, GiltObject *item) {
    bool ok = item && gilt_dict_set(dict, key, item);
    gilt_decref(item);
    return ok;
}

static inline bool put_attr(GiltObject *object, GiltObject *name, GiltObject *item) {
    bool ok = item && gilt_set_attr(object, name, item);
    gilt_decref(item);
    return ok;
}

/* dict[key] as a new reference; a missing key is a KeyError. */
static inline GiltObject *get_key(GiltObject *dict, GiltObject *key) {
    GiltObject *found = gilt_dict_get(dict, key);
    if (!found && !gilt_error()) gilt_raise(GILT_KEY_ERROR, "a key of the workload");
    return found;
}

/* Drops what a place holds and empties it: may be called twice. */
static inline void drop(GiltObject **place) {
    GiltObject *object = *place;
    *place = NULL;
    gilt_decref(object);
}

static inline void drop_all(GiltObject **places, size_t count) {
    for (size_t i = 0; i < count; i++) drop(&places[i]);
}
