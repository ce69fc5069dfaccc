/* alias.h: what annotations are made of: list[int], and int | None. */
#pragma once
#include "core/object/object.h"

/* origin[item], for a class that is the same whatever its items are. NULL, MemoryError. */
Object *alias_new(Object *origin, Object *item);

/* The same as a method of the class: a row for its table. */
Object *alias_of_class(Object *class, Object *const *arguments, size_t count);
#define ALIAS_METHOD                                                                       \
    { "class __class_getitem__(item, /)", alias_of_class }

/* Is the class one of the built-in ones that may be asked for with items? */
bool alias_is_for(const Type *type);

/* a | b, of types, aliases, unions and None; NOT_IMPLEMENTED: of something else. */
Object *union_operate(Operator op, Object *a, Object *b);

/* The members of a union, borrowed from it: a tuple, or NULL if it is none. */
Object *union_members(Object *o);
