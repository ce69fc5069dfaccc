/* fields.h: objects whose references stand in a row of Slots, and nothing else to tell the
 * collector: most iterators.
 *
 * FIELDS(name, Struct, first, n) defines name_bytes, name_spans and name_destroy for a
 * struct whose `n` Slots begin with the member `first`. A field that never changes is read
 * with field_get; one that several threads may change, with field_take and field_put, which
 * take the object's lock. */
#pragma once
#include "core/object/object.h"

#define FIELDS(name, Struct, first, n)                                                     \
    static size_t name##_bytes(const Object *o) { return (void)o, sizeof(Struct); }        \
    static unsigned name##_spans(const Object *o, Span *spans) {                           \
        spans[0] = (Span){&((const Struct *)o)->first, n, sizeof(Slot)};                   \
        return 1;                                                                          \
    }                                                                                      \
    static void name##_destroy(Object *o) {                                                \
        Slot *slots = &((Struct *)o)->first;                                               \
        for (size_t i = 0; i < (n); i++) field_drop(&slots[i]);                            \
    }

/* The entries of a TypeOps for these. */
#define FIELDS_OPS(name)                                                                   \
    .kind = MEMORY_CONTAINER, .bytes = name##_bytes, .spans = name##_spans,                \
    .destroy = name##_destroy

static inline void field_drop(Slot *slot) { decref_maybe(object_of(slot_peek(slot))); }

/* Before others can see it; takes over the reference. */
static inline void field_init(Slot *slot, Object *value) {
    slot_init(slot, refs_of(value));
}

/* Borrowed from an object that keeps it. */
static inline Object *field_get(const Slot *slot) { return object_of(slot_peek(slot)); }

/* A new reference, or NULL. Not for slots that are read without the lock. */
static inline Object *field_take(Object *o, const Slot *slot) {
    object_lock(o);
    Object *value = object_of(slot_peek(slot));
    if (value) incref(value);
    object_unlock(o);
    return value;
}

/* Takes over the reference, and drops what was there. */
static inline void field_put(Object *o, Slot *slot, Object *value) {
    object_lock(o);
    Object *old = object_of(slot_peek(slot));
    slot_put(slot, refs_of(value));
    object_unlock(o);
    decref_maybe(old);
}

/* What was there, now the caller's; the field is empty. */
static inline Object *field_steal(Object *o, Slot *slot) {
    object_lock(o);
    Object *old = object_of(slot_peek(slot));
    slot_put(slot, NULL);
    object_unlock(o);
    return old;
}

/* Numbers that several threads may write: no order is promised, and nothing is torn. */
static inline size_t number_get(const _Atomic size_t *number) {
    return atomic_load_explicit(number, memory_order_relaxed);
}
static inline void number_put(_Atomic size_t *number, size_t value) {
    atomic_store_explicit(number, value, memory_order_relaxed);
}

/* For `iterate` of what is an iterator itself. */
Object *iterator_itself(Object *o);
