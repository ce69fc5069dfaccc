/* heir.c: where the parts of an heir are, and its ops; see heir.h.
 *
 * The ops of the heirs of one built-in type are made when the first class inherits it, and
 * stay. They ask for special methods (dispatch.c), which fall back to Type.native; only
 * size, places and end are put together here. */
#include "core/types/heir.h"
#include "core/types/dispatch.h"
#include "core/types/instance.h"
#include <stdlib.h>

/* ---- The layout ---- */

static size_t up(size_t bytes) { return (bytes + 7) & ~(size_t)7; }

/* Of the part that the built-in knows. */
static size_t front_bytes(const Type *type, const Object *o) {
    return type->native ? up(type->native->bytes(o)) : sizeof(Object);
}

Slot *heir_slots(const Object *o) {
    return (Slot *)((char *)o + front_bytes(type_of(o), o));
}

Tail *tail_far(Object *o) { return (Tail *)(heir_slots(o) + fixed_count(type_of(o))); }

Object *heir_new(Type *type, size_t bytes) {
    unsigned fixed = fixed_count(type);
    bool has_tail = type_has_tail(type);
    void *word = NULL;
    size_t tail = has_tail ? tail_new_bytes(type, &word) : 0;
    if (bytes > PTRDIFF_MAX / 2) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    size_t front = up(bytes);
    Object *o =
        object_new(type->handle, MEMORY_CONTAINER, front + fixed * sizeof(Slot) + tail);
    if (!o) return NULL;
    Slot *slots = (Slot *)((char *)o + front);
    for (unsigned i = 0; i < fixed; i++) slot_init(&slots[i], NULL);
    if (has_tail) tail_begin((Tail *)(slots + fixed), word);
    return o;
}

/* ---- What the collector and the memory want to know ---- */

size_t heir_bytes(const Object *o) {
    const Type *type = type_of(o);
    size_t bytes = front_bytes(type, o) + fixed_count(type) * sizeof(Slot);
    if (!type_has_tail(type)) return bytes;
    return bytes + tail_bytes((const Tail *)((const char *)o + bytes));
}

unsigned heir_spans(const Object *o, Span *spans) {
    const Type *type = type_of(o);
    unsigned count = 0, fixed = fixed_count(type);
    if (type->native && type->native->spans) count = type->native->spans(o, spans);
    if (fixed) spans[count++] = (Span){heir_slots(o), fixed, sizeof(Slot)};
    if (type_has_tail(type)) count += tail_spans(tail_far((Object *)o), spans + count);
    return count;
}

void heir_destroy(Object *o) {
    const Type *type = type_of(o);
    Slot *slots = heir_slots(o);
    for (unsigned i = 0; i < fixed_count(type); i++)
        decref_maybe(object_of(slot_peek(&slots[i])));
    if (type_has_tail(type)) tail_destroy(tail_far(o));
    if (type->native && type->native->destroy) type->native->destroy(o);
}

/* Slots and attributes, without a built-in in front. */
const TypeOps mixed_ops = {
    .kind = MEMORY_CONTAINER,
    .bytes = heir_bytes,
    .spans = heir_spans,
    .destroy = heir_destroy,
    DISPATCH_OPS,
};

/* ---- The ops for each built-in ---- */

/* A list that only grows at its head; it stays for the next runtime. */
typedef struct HeirOps {
    const TypeOps *native;
    struct HeirOps *next;
    TypeOps ops;
} HeirOps;

static _Atomic(HeirOps *) all;

static const TypeOps *ops_find(HeirOps *at, const TypeOps *native) {
    while (at && at->native != native) at = at->next;
    return at ? &at->ops : NULL;
}

/* A metaclass's instances are types, which have no tail. */
static void ops_fill(TypeOps *ops, const TypeOps *native, bool whole) {
    *ops = mixed_ops;
    if (!whole) return;
    ops->kind = native->kind;
    ops->bytes = native->bytes;
    ops->spans = native->spans;
    ops->destroy = native->destroy;
}

/* Two threads may add the same: either will do. */
const TypeOps *heir_ops(const TypeOps *native, bool whole) {
    HeirOps *first = atomic_load_explicit(&all, memory_order_acquire);
    const TypeOps *found = ops_find(first, native);
    if (found) return found;
    HeirOps *fresh = malloc(sizeof *fresh);
    if (!fresh) return (const TypeOps *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    fresh->native = native;
    ops_fill(&fresh->ops, native, whole);
    fresh->next = first;
    while (!atomic_compare_exchange_weak(&all, &fresh->next, fresh)) {
    }
    return &fresh->ops;
}
