/* dispatch.h: what instances of the program's classes do: they ask for special methods.
 *
 * Each function asks the class first; where only a built-in's own behaviour is left, that
 * of Type.native; else object's. All classes have the same entries, whether or not they
 * define the method: operations.h knows who can do what. */
#pragma once
#include "core/types/instance.h"

bool dispatch_hash(Object *o, int64_t *hash);
int dispatch_equal(Object *a, Object *b);
int dispatch_less(Object *a, Object *b);
Object *dispatch_compare(Comparison comparison, Object *a, Object *b);
int dispatch_truth(Object *o);
Object *dispatch_repr(Object *o);
Object *dispatch_str(Object *o);
ssize_t dispatch_length(Object *o);
Object *dispatch_get_item(Object *o, Object *key);
bool dispatch_set_item(Object *o, Object *key, Object *value);
int dispatch_contains(Object *o, Object *item);
Object *dispatch_operate(Operator op, Object *a, Object *b);
Object *dispatch_update(Operator op, Object *a, Object *b);
Object *dispatch_unary(Unary op, Object *o);
Object *dispatch_iterate(Object *o);
Object *dispatch_next(Object *o);
Object *dispatch_call(Object *o, Object *const *arguments, size_t count, Object *names);
Object *dispatch_get(Object *o, Object *object, Type *owner);
bool dispatch_put(Object *o, Object *object, Object *value);

#define DISPATCH_OPS                                                                       \
    .hash = dispatch_hash, .equal = dispatch_equal, .less = dispatch_less,                 \
    .compare = dispatch_compare, .truth = dispatch_truth, .repr = dispatch_repr,           \
    .str = dispatch_str, .length = dispatch_length, .get_item = dispatch_get_item,         \
    .set_item = dispatch_set_item, .contains = dispatch_contains,                          \
    .operate = dispatch_operate, .update = dispatch_update, .unary = dispatch_unary,       \
    .iterate = dispatch_iterate, .next = dispatch_next, .get_attr = instance_get_attr,     \
    .set_attr = instance_set_attr, .call = dispatch_call, .get = dispatch_get,             \
    .put = dispatch_put

/* One side of a binary operator: a new reference, NOT_IMPLEMENTED, or NULL. */
Object *dispatch_left(Operator op, Object *a, Object *b);
Object *dispatch_right(Operator op, Object *a, Object *b);

/* What stands behind a class's special methods: the ops of the built-in that it inherits,
 * or NULL; of a built-in type, its own. */
const TypeOps *type_native(const Type *type);

/* object's own repr: "<module.Name object at 0x...>". */
Object *object_plain_repr(Object *o);
