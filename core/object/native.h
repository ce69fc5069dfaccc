/* native.h: functions and methods in C, as tables.
 *
 * A Native is a C function with its signature as text, in Python's own syntax, from which
 * the runtime checks and orders the arguments:
 *
 *     static const Native list_methods[] = {
 *         {"append(item, /)", list_method_append},
 *         {"sort(*, key=, reverse=)", list_method_sort},
 *         {"static maketrans(x, y=, z=, /)", str_maketrans},
 *         {"class fromkeys(keys, value=, /)", dict_fromkeys},
 *         {"get real", int_get_real},
 *         {0}};
 *
 * `name=` is a parameter that may be left out; `*rest` takes all further positional
 * arguments and `**more` all further keywords. The C function gets one array: an entry for
 * each named parameter in order, NULL where nothing was given; then, with `**more`, the dict
 * of those keywords or NULL; then the arguments of `*rest`. `count` is the length of all
 * this. Everything is borrowed. It returns a new reference, or NULL with an exception.
 *
 * A first word says what kind of attribute it is:
 *   (nothing)  in a type's table: a method, `self` is the object; in a module's: a function,
 *              `self` is the module
 *   static     no self (NULL)
 *   class      self is the class
 *   get, set   an attribute that is computed: get has no arguments, set has one, NULL to
 *              delete; set comes right behind its get
 * Wrong arguments are a TypeError in Python's words. */
#pragma once
#include "core/object/object.h"

typedef Object *NativeCall(Object *self, Object *const *arguments, size_t count);

typedef struct Native {
    const char *signature;
    NativeCall *call;
} Native;

/* Puts all of the table, as attributes of this type, or of a module if `type` is NULL (its
 * self is `module`, borrowed for as long as it lives: modules are immortal), into `dict`.
 * false: MemoryError. */
bool natives_add(Object *dict, const Native *table, Type *type, Object *module);

/* The types of what natives_add makes. */
extern const TypeOps native_ops;        /* builtin_function_or_method */
extern const TypeOps native_method_ops; /* method_descriptor: binds to its object */
extern const TypeOps native_class_ops;  /* classmethod_descriptor */
extern const TypeOps getset_ops;        /* getset_descriptor */

/* A method bound to its object: what attribute access makes of a method; `function` is a
 * native method or a function of the program. */
typedef struct BoundMethod {
    Object head;
    Slot function, self; /* never change */
} BoundMethod;
extern const TypeOps bound_method_ops, bound_native_ops;
Object *bound_method_new(Object *function, Object *self);

/* Calls any object, with keywords. */
Object *object_call(Object *callable, Object *const *arguments, size_t count,
                    Object *names);
