/* class.h: types as objects, and the classes that programs make.
 *
 * A class is a Type with a shape (shape.h), and, if made at run time, a dict of attributes.
 * It has one of three kinds of instances, which its ops tell: instance_ops (any
 * attributes), slots_ops (fixed ones) or exception_ops (any, and `args`). An attribute is
 * looked for in the class, then along its bases.
 *
 * Life. An instance names its class by a number in its header, which is not counted. In the
 * place of all instances the table of types holds one reference, in Type.kept; so drops
 * alone never destroy a class, and whoever has an instance may use its class, and count it.
 * The class counts its base and its attrs, an ordinary dict. A full collection finds out
 * whether there are instances left, and if not, leaves `kept` out of account
 * (gc/classes.h): a class that nothing else holds is garbage then. It is of the old
 * generation from the start, and is not in a heap.
 *
 * A dead class is retired: without attributes, with `object` as its base, its header that
 * of a free block. It keeps its number, its ops and its shapes until the runtime ends,
 * because a dead instance whose memory is not free yet still asks for its own size. Before
 * that, its finaliser has run: the class of an instance that waits for it is alive. */
#pragma once
#include "core/object/object.h"

extern const TypeOps type_ops, object_ops; /* object: fixed.c */

/* Interns the names below. */
bool class_start(void);

/* Gives a built-in type, object or an exception, the root of its shapes. MemoryError. */
bool class_make_builtin(Type *type);

/* Of a class that the collector has found to be garbage, and whose places are cut: drops
 * what it still holds. From here on nobody finds it but by the number in an instance that
 * is dead, too. */
void class_retire(Type *type);

/* Methods that the runtime calls itself, as bits in ShapeNotes.specials. */
typedef enum Special {
    SPECIAL_EQ = 1,
    SPECIAL_HASH = 2,
    SPECIAL_REPR = 4,
    SPECIAL_STR = 8,
    SPECIAL_DEL = 16
} Special;

/* Names that the runtime asks for; interned, so immortal. */
extern struct ClassNames {
    Object *class, *name, *init, *args, *eq, *hash, *repr, *str, *del;
} class_names;

/* Is `type` the same as `base`, or does it inherit it? */
static inline bool class_inherits(const Type *type, const Type *base) {
    while (type && type != base) type = type->base;
    return type != NULL;
}

/* The attribute of the class or of its nearest base that has it: a new reference, or NULL
 * without an exception. `name` is interned. */
Object *class_find(Type *type, Object *name);

/* The same for a special method; quick where no class has it. */
Object *class_special(Type *type, Special special);

/* Has any class ever had a __del__? Has this one? */
extern _Atomic bool class_any_finalizes;
static inline bool finalizers_exist(void) {
    return atomic_load_explicit(&class_any_finalizes, memory_order_relaxed);
}
bool class_finalizes(Type *type);

/* Calls the object's __del__. What it raises is reported on stderr; the exception that is
 * set meanwhile stays set. */
void class_finalize(Object *o);

/* Calls callable(self, ...); drops the reference to callable. */
Object *class_call(Object *callable, Object *self, Object *const *arguments, size_t count);
