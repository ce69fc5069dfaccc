/* gil/slot.h: who may read a slot? Whoever holds the GIL, with a plain load.
 *
 * A slot owns a reference, so what it names is alive, and nothing changes while the
 * reader counts it: every read is done at the first try. */
#pragma once
#include "refcount.h"

typedef struct Slot {
    RefCount *ref;
} Slot;

typedef struct Link {
    void *array;
} Link;

typedef enum ReadResult { READ_DONE, READ_RETRY, READ_LOCKED } ReadResult;

static inline void slot_init(Slot *slot, RefCount *ref) { slot->ref = ref; }
static inline RefCount *slot_peek(const Slot *slot) { return slot->ref; }
static inline void slot_put(Slot *slot, RefCount *ref) { slot->ref = ref; }
static inline RefCount *slot_seen(const Slot *slot) { return slot->ref; }

static inline RefCount *slot_borrow(const Slot *slot, const Link *link, const void *array) {
    (void)link, (void)array;
    return slot->ref;
}

static inline ReadResult slot_count(const Slot *slot, RefCount *seen) {
    (void)slot;
    ref_add(seen);
    return READ_DONE;
}

static inline ReadResult slot_read(const Slot *slot, const Link *link, const void *array,
                                   RefCount **found) {
    (void)link, (void)array;
    *found = slot->ref;
    if (*found) ref_add(*found);
    return READ_DONE;
}

static inline void link_init(Link *link, void *array) { link->array = array; }
static inline void *link_peek(const Link *link) { return link->array; }
static inline void link_put(Link *link, void *array) { link->array = array; }
static inline void *link_load(const Link *link) { return link->array; }
