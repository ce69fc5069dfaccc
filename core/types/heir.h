/* heir.h: objects of classes that inherit a built-in type, or have slots and attributes.
 *
 * Such an object is three things, one behind the other: the built-in type's object (or just
 * a header), then the fixed slots of the class, then, if it has a __dict__, a Tail: what an
 * instance has behind its header (instance.h). The built-in's code works on the first part
 * and knows nothing of the rest: it finds its own fields as usual.
 *
 * Invariant: the first part is as long as the built-in's own `bytes` says, rounded up to 8;
 * that never changes in the life of an object, so its tail never moves. `Type.native` is
 * the built-in's ops; the heir's own ops are made once for each built-in, look for special
 * methods first and fall back to those.
 *
 * Exceptions are all of this kind, the built-in ones, too: Type.native is
 * exception_front_ops for each of them and for the classes that inherit them (exception.h);
 * their own ops are exception_ops, or of a class heir_ops(&exception_front_ops, false).
 *
 * What a built-in's `make` must do: allocate with heir_or_native_new(type, ...) where
 * `type` is what it was given, and otherwise fill the object as always. Objects that exist
 * once (small ints, empty tuples, interned or one-character strs) must not be
 * returned for a type that is an heir: ask type_is_heir. */
#pragma once
#include "core/object/object.h"
#include "core/types/shape.h"

/* Is it a class of the program that inherits a built-in type other than object? */
static inline bool type_is_heir(const Type *type) { return type->native != NULL; }

static inline unsigned fixed_count(const Type *type) {
    return type->fixed ? type->fixed->count : 0;
}

/* The ops of the heirs of this built-in; `whole`: they have no part of their own
 * (types). NULL, MemoryError. */
const TypeOps *heir_ops(const TypeOps *native, bool whole);

extern const TypeOps mixed_ops; /* slots and attributes, of no built-in */

/* Of an heir: those of its parts together. */
size_t heir_bytes(const Object *o);
unsigned heir_spans(const Object *o, Span *spans);
void heir_destroy(Object *o);

/* Where the fixed slots of the class stand. */
Slot *heir_slots(const Object *o);

/* The rest of heir_or_native_new. */
Object *heir_new(Type *type, size_t bytes);

/* A block for an object of `type`, which is the built-in type itself or an heir of it, with
 * one reference; `kind` and `bytes` are those of the built-in. Fields behind the header are
 * not set, but the heir's part is. NULL, MemoryError. */
static inline Object *heir_or_native_new(Type *type, MemoryKind kind, size_t bytes) {
    if (likely(!type->native)) return object_new(type->handle, kind, bytes);
    return heir_new(type, bytes);
}
