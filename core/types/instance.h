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

typedef struct Instance {
    Object head;
    Link shape; /* a Shape *, with its class's ShapeNotes.inlined in the low bits */
    Link more;  /* a More *, or NULL while the instance itself has room */
    Slot slots[];
} Instance;

typedef struct More {
    Retired retired;
    size_t room; /* 0: slots[0] holds the dict with all attributes */
    Slot slots[];
} More;

_Static_assert(sizeof(Instance) + 2 * sizeof(Slot) == 48, "two attributes take 48 bytes");

extern const TypeOps instance_ops, slots_ops;

/* How many attributes are in the instance itself, by what the link to the shape says. */
static inline unsigned word_inlined(const void *word) { return (uintptr_t)word & 7; }
static inline unsigned word_room(const void *word) { return 2 * word_inlined(word) + 2; }

/* The array in the link to `more`; the link's lowest bit is a mark: instance.c. */
static inline More *more_of(const void *link) {
    return (More *)((uintptr_t)link & ~(uintptr_t)1);
}

static inline unsigned instance_spans(const Object *self, Span *spans) {
    const Instance *o = (const Instance *)self;
    const More *more = more_of(link_peek(&o->more));
    spans[0] = (Span){o->slots, word_room(link_peek(&o->shape)), sizeof(Slot)};
    if (likely(!more)) return 1;
    spans[1] = (Span){more->slots, more->room ? more->room : 1, sizeof(Slot)};
    return 2;
}

/* An instance of a class, without attributes. Of an exception class the caller must put
 * `args` into slots[0] at once. MemoryError. */
Object *instance_new(Type *type);

/* The same for a class with fixed slots. */
Object *fixed_new(Type *type);

/* The instance's own attribute: a new reference, or NULL without an exception. Not for
 * fixed slots. `name` is interned. */
Object *instance_find(Object *o, Object *name);

/* What exceptions, or all, share with other instances. */
size_t instance_bytes(const Object *o);
void instance_destroy(Object *o);
bool instance_hash(Object *o, int64_t *hash);
int instance_equal(Object *a, Object *b);
Object *instance_repr(Object *o);
Object *instance_str(Object *o);
Object *instance_get_attr(Object *o, Object *name);
bool instance_set_attr(Object *o, Object *name, Object *value);

/* The str that the class's own method answers. false: there is no such method. Else *text
 * is the str, or NULL with the exception (TypeError if it answered something else). */
bool instance_text(Object *o, unsigned special, Object **text);
