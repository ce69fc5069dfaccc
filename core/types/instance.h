/* instance.h: objects of classes: with attributes, or with fixed slots.
 *
 * With attributes: the shape tells the number of each; the first few are in the instance
 * itself, the rest in the array `more`. How many are in the instance is what its class had
 * learned when it was made; it stands in the low bits of the link to the shape, so that
 * one word, read at once, tells where everything is. Invariant: an attribute that the
 * shape names has a value, and `more` has room for it. With fixed slots: see fixed.c. */
#pragma once
#include "core/object/object.h"
#include "core/types/shape.h"
#include "core/types/special.h"

typedef struct Instance {
    Object head;
    Link shape; /* a Shape *, with its class's ShapeNotes.inlined in the low bits */
    Link more;  /* a More *, or NULL while the instance itself has room */
    Slot slots[];
} Instance;

/* What stands behind the header, or behind more than that: heir.h. */
typedef struct Tail {
    Link shape, more;
    Slot slots[];
} Tail;

typedef struct More {
    Retired retired;
    size_t room; /* 0: slots[0] holds the dict with all attributes */
    Slot slots[];
} More;

_Static_assert(sizeof(Instance) + 2 * sizeof(Slot) == 48, "two attributes take 48 bytes");
_Static_assert(sizeof(Instance) == sizeof(Object) + sizeof(Tail), "a header, and a tail");

extern const TypeOps instance_ops, slots_ops;

/* How many attributes are in the instance itself, by what the link to the shape says. */
static inline unsigned word_inlined(const void *word) { return (uintptr_t)word & 7; }
static inline unsigned word_room(const void *word) { return 2 * word_inlined(word) + 2; }

/* The array in the link to `more`; the link's lowest bit is a mark: instance.c. */
static inline More *more_of(const void *link) {
    return (More *)((uintptr_t)link & ~(uintptr_t)1);
}

/* Do the object's attributes stand in a Tail? */
static inline bool type_has_tail(const Type *type) {
    return type->shape && type->shape->dictionary;
}

/* heir.c: where they do. */
Tail *tail_far(Object *o);
static ALWAYS_INLINE Tail *tail_of(Object *o) {
    const Type *type = type_of(o);
    if (likely(!type->native && !type->fixed)) return (Tail *)(o + 1);
    return tail_far(o);
}

static inline unsigned tail_spans(const Tail *tail, Span *spans) {
    const More *more = more_of(link_peek(&tail->more));
    spans[0] = (Span){tail->slots, word_room(link_peek(&tail->shape)), sizeof(Slot)};
    if (likely(!more)) return 1;
    spans[1] = (Span){more->slots, more->room ? more->room : 1, sizeof(Slot)};
    return 2;
}

static inline unsigned instance_spans(const Object *self, Span *spans) {
    return tail_spans((const Tail *)(self + 1), spans);
}

/* An instance of a class, without attributes. Of an exception class the caller must put
 * `args` into slots[0] at once. MemoryError. */
Object *instance_new(Type *type);

/* The bytes of a new Tail of the type; and makes it one without attributes. */
size_t tail_new_bytes(const Type *type, void **word);
void tail_begin(Tail *tail, void *word);
size_t tail_bytes(const Tail *tail);
void tail_destroy(Tail *tail);

/* fixed.c: of a class with fixed slots and nothing else. */
Object *fixed_new(Type *type);

/* The instance's own attribute, if it has a Tail: a new reference, or NULL without an
 * exception. `name` is interned. */
Object *instance_find(Object *o, Object *name);

/* Sets or deletes (value NULL) it. */
bool instance_set(Object *o, Object *name, Object *value);

/* The instance's attributes as a dict, in which it keeps them from now on: a new reference.
 * NULL, MemoryError. */
Object *instance_dict(Object *o);

/* Lets it keep them in this one. false: MemoryError. */
bool instance_set_dict(Object *o, Object *dict);

/* Gives it another class with the same layout. false: MemoryError. */
bool instance_move(Object *o, Type *type);

/* What exceptions, or all, share with other instances. */
size_t instance_bytes(const Object *o);
void instance_destroy(Object *o);
Object *instance_get_attr(Object *o, Object *name);
bool instance_set_attr(Object *o, Object *name, Object *value);
