/* class.h: types as objects, and the classes that programs make.
 *
 * A class is a Type with a shape (shape.h) and a dict of attributes. Its ops tell what its
 * instances are: instance_ops (any attributes), slots_ops (fixed ones), or an heir's
 * (heir.h). What a name means in a class is what the first class has that stands in its
 * order: its mro if it has several bases, else itself and then the order of its base.
 * The attrs of built-in types never change.
 *
 * Life. An instance names its class by a number in its header, which is not counted. In the
 * place of all instances the table of types holds one reference, in Type.kept; so drops
 * alone never destroy a class, and whoever has an instance may use its class, and count it.
 * The class counts base, attrs, bases, mro and what is in `specials`. A full collection
 * finds out whether there are instances left, and if not, leaves `kept` out of account
 * (gc/classes.h): a class that nothing else holds is garbage then. It is of the old
 * generation from the start, and is not in a heap.
 *
 * A dead class is retired: without attributes, with `object` as its base, its header that
 * of a free block. It keeps its number, its ops and its shapes until the runtime ends,
 * because a dead instance whose memory is not free yet still asks for its own size. */
#pragma once
#include "core/object/builtin.h"
#include "core/types/special.h"
#include "core/types/tuple.h"

extern const TypeOps type_ops, object_ops;

/* Interns the names below. */
bool class_start(void);

/* Gives a built-in type, object or an exception, the root of its shapes. MemoryError. */
bool class_make_builtin(Type *type);

/* Fills the attrs of the built-in types; those of types that modules make are made when
 * they are first asked for. MemoryError. */
bool class_fill_builtin(void);

/* Of a class that the collector has found to be garbage, and whose places are cut: drops
 * what it still holds. From here on nobody finds it but by the number in an instance that
 * is dead, too. */
void class_retire(Type *type);

/* Names that the runtime asks for; interned, so immortal. */
#define CLASS_NAMES(X)                                                                     \
    X(class, "__class__")                                                                  \
    X(name, "__name__")                                                                    \
    X(init, "__init__")                                                                    \
    X(args, "args")                                                                        \
    X(eq, "__eq__")                                                                        \
    X(hash, "__hash__")                                                                    \
    X(repr, "__repr__")                                                                    \
    X(str, "__str__")                                                                      \
    X(del, "__del__")                                                                      \
    X(dict, "__dict__")                                                                    \
    X(doc, "__doc__")                                                                      \
    X(module, "__module__")                                                                \
    X(qualname, "__qualname__")                                                            \
    X(slots, "__slots__")                                                                  \
    X(weakref, "__weakref__")                                                              \
    X(classcell, "__classcell__")                                                          \
    X(abstract, "__isabstractmethod__")                                                    \
    X(obj, "obj")                                                                          \
    X(func, "__func__")                                                                    \
    X(wrapped, "__wrapped__")                                                              \
    X(builtins, "builtins")                                                                \
    X(annotations, "__annotations__")                                                      \
    X(keys, "keys")

extern struct ClassNames {
#define FIELD(field, text) Object *field;
    CLASS_NAMES(FIELD)
#undef FIELD
} class_names;

/* Is the object a type? Of `type` itself or of a metaclass of the program. */
static inline bool is_class(const Object *o) {
    return (uintptr_t)o - (uintptr_t)types < sizeof types;
}

/* A class of the program: not built in, and not made by a module in C. */
static inline bool type_is_program(const Type *type) {
    return flags_load(type) & TYPE_CLASS;
}

/* ---- The order of a class ---- */

typedef struct Order {
    Type *next;
    Tuple *mro;
    size_t at;
} Order;

static inline Order order_from(Type *type) { return (Order){.next = type}; }

/* The next type, borrowed; NULL at the end. */
static inline Type *order_next(Order *order) {
    Type *type = order->next;
    if (unlikely(order->mro != NULL))
        return order->at < order->mro->size ? (Type *)order->mro->items[order->at++] : NULL;
    if (type && unlikely(type->mro != NULL)) {
        order->mro = (Tuple *)type->mro;
        order->at = 1;
    } else if (type) {
        order->next = type->base;
    }
    return type;
}

/* Is `type` the same as `base`, or does it inherit it? */
bool class_inherits_by_order(const Type *type, const Type *base);
static inline bool class_inherits(const Type *type, const Type *base) {
    while (type && type != base) {
        if (unlikely(type->mro != NULL)) return class_inherits_by_order(type, base);
        type = type->base;
    }
    return type != NULL;
}

/* Is the object of this built-in type, or of a class that inherits it? */
static inline bool is_kind(const Object *o, uint32_t type) {
    return likely(o->type == type) || class_inherits(type_of(o), &types[type]);
}

/* What `super` and the like need: a new tuple of the order. MemoryError. */
Object *class_order(Type *type);

/* ---- Finding ---- */

/* The dict of the type's own attributes, borrowed; NULL if the class is dead, or if there
 * is no memory to make that of a built-in type. */
Object *class_attrs_make(Type *type);
static inline Object *class_attrs(Type *type) {
    Object *attrs = __atomic_load_n(&type->attrs, __ATOMIC_ACQUIRE);
    return likely(attrs != NULL) ? attrs : class_attrs_make(type);
}

/* The attribute of the first class in the order that has it: a new reference, not bound, or
 * NULL without an exception. `name` is interned. find_after begins behind the class `after`
 * in the order. */
Object *class_find(Type *type, Object *name);
Object *class_find_after(Type *type, const Type *after, Object *name);

/* A number that no other class has, and this one only as long as every name that is a
 * method, or absent, means the same in it. 0: ask again later. See class.c for how to use
 * it without a lock. */
uint32_t class_version_new(Type *type);
static inline uint32_t class_version(Type *type) {
    uint32_t version = atomic_load_explicit(&type->version, memory_order_acquire);
    return likely(version) ? version : class_version_new(type);
}

/* By who has linked a new class to its bases, before it looks at their attributes. */
void class_linked(void);

/* Sets an attribute of the class itself; `value` NULL deletes it. */
bool class_set(Type *type, Object *name, Object *value);

/* Has any class ever had a __del__? Has this one? */
extern _Atomic bool class_any_finalizes;
static inline bool finalizers_exist(void) {
    return atomic_load_explicit(&class_any_finalizes, memory_order_relaxed);
}
bool class_finalizes(Type *type);

/* Has the object a finaliser that has not run: a __del__, or a generator that waits in a
 * try or with? */
bool object_finalizes(Object *o);

/* By who makes a generator whose code has such. */
static inline void finalizers_begin(void) {
    if (unlikely(!finalizers_exist()))
        atomic_store_explicit(&class_any_finalizes, true, memory_order_relaxed);
}

/* Calls the object's __del__, or closes the generator. What it raises is reported on stderr; the exception that is
 * set meanwhile stays set. */
void class_finalize(Object *o);

/* ---- Calling ---- */

/* Calls what class_find or class_special found, as a method of `self`; drops the reference
 * to it. The second passes keywords on. */
Object *class_call(Object *callable, Object *self, Object *const *arguments, size_t count);
Object *class_call_with(Object *callable, Object *self, Object *const *arguments,
                        size_t count, Object *names);

/* Calls it, whatever it is, with one more argument in front; drops the reference to it. */
Object *class_call_front(Object *callable, Object *first, Object *const *arguments,
                         size_t count, Object *names);

/* What type.__call__ does. */
Object *class_instantiate(Type *type, Object *const *arguments, size_t count,
                          Object *names);

/* What object.__new__ does after its checks: an instance without attributes. */
Object *class_make_instance(Type *type);

/* object.__init__ and object.__new__ with arguments. false: TypeError. */
bool object_init_checked(Object *o, size_t count, Object *names);
Object *object_new_checked(Type *type, size_t count, Object *names);

/* ---- Making: class_build.c, mro.c ---- */

/* What type.__new__(metaclass, name, bases, namespace, **keywords) does. */
Object *class_build(Type *metaclass, Object *name, Object *bases, Object *namespace,
                    Object *const *keywords, Object *names);

/* The most derived of `metaclass` and the types of the bases: borrowed. NULL, TypeError. */
Type *class_metaclass(Type *metaclass, Object *bases);

/* For a class with these bases: which has the layout (borrowed); NULL, TypeError. */
Type *class_best_base(Tuple *bases);

/* The order of a class that does not exist yet: a tuple whose first place is empty. NULL,
 * TypeError. */
Tuple *class_linearize(Tuple *bases);

/* What is new in the class: by the making functions and class_set. */
void class_note_flags(Type *type, Object *name, Object *value);

/* ---- As objects: class_type.c ---- */

Object *class_module(Type *type);   /* a new reference, any object; never NULL but at OOM */
Object *class_qualname(Type *type); /* a str */
const char *class_short_name(const Type *type); /* after the last dot */

/* isinstance and issubclass: 1, 0, -1. `of` may be a tuple of such. */
int object_is_instance(Object *o, Object *of);
int object_is_subclass(Object *o, Object *of);
