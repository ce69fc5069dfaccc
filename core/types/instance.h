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

_Static_assert(sizeof(Instance) + 2 * sizeof(Slot) == 48, "two attributes take 48 bytes");

extern const TypeOps instance_ops, slots_ops;

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
unsigned instance_spans(const Object *o, Span *spans);
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
