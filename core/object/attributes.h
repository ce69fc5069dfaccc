/* attributes.h: attributes of any object, and descriptors.
 *
 * The public functions that get, set and delete attributes are in attributes.c. A type's
 * get_attr and set_attr are only called with interned names, so they compare addresses.
 *
 * The order is Python's: a data descriptor of the class, then the object's own attribute,
 * then what else the class has, bound to the object. Around that stand the hooks
 * __getattribute__, __getattr__, __setattr__ and __delattr__ of the program's classes. */
#pragma once
#include "core/object/object.h"

/* The interned str with the text of `name`: borrowed. TypeError if it is no str. */
Object *attribute_name(Object *name);

/* What o.name is, with hooks: a new reference, or NULL with an exception. `name` is
 * interned in all that follows. */
Object *attribute_get(Object *o, Object *name);

/* The same without an AttributeError: NULL without an exception if there is none. */
Object *attribute_get_maybe(Object *o, Object *name);

/* What object.__getattribute__ and object.__setattr__ do; `value` NULL deletes. */
Object *attribute_get_plain(Object *o, Object *name);
bool attribute_set_plain(Object *o, Object *name, Object *value);

/* With hooks. */
bool attribute_set(Object *o, Object *name, Object *value);

/* For o.name(...): a new reference to a function that wants `o` in front of its arguments,
 * *self is `o` (borrowed) then; or, with *self NULL, to any value. NULL, the exception. */
Object *attribute_method(Object *o, Object *name, Object **self);

/* Is what was found in the class a function that takes objects of the type in front? (A
 * built-in type's method may stand in any class, where it refuses them.) */
bool method_takes_self(const Object *found, const Type *type);

/* Raises the AttributeError about a get that found nothing; NULL. */
/* The AttributeError that is set knows what was asked of whom. */
void attribute_tell(Object *o, Object *name);
Object *attribute_missing(Object *o, Object *name);

/* These raise and return false. absent: AttributeError, for sets and deletes. immutable:
 * TypeError about a built-in type. */
bool attribute_absent(Object *o, Object *name);
bool attribute_immutable(const Type *type, Object *name);

/* Deletes what `dict` has for `name`; if it has nothing, that `o` has no such attribute. */
bool attribute_delete_in(Object *dict, Object *o, Object *name);

/* The object's own attribute, wherever it keeps them: a new reference, or NULL without an
 * exception. */
Object *attribute_own(Object *o, Object *name);

/* The dict of the object's own attributes, a new reference, live: what is written to it is
 * an attribute. NULL without an exception: it has none; or with MemoryError. */
Object *attribute_dict(Object *o);

/* A new sorted list of names, as dir() gives. */
Object *attribute_dir(Object *o);

/* ---- Descriptors ---- */

/* Does it have __get__? And __set__ or __delete__? */
bool descriptor_binds(const Object *o);
bool descriptor_is_data(const Object *o);

/* What the descriptor means for an object (NULL: for the class itself) of type `owner`: a
 * new reference; what is no descriptor means itself. Takes over the first reference. */
Object *descriptor_get(Object *descriptor, Object *object, Type *owner);

/* Sets or deletes (value NULL) through a data descriptor. */
bool descriptor_put(Object *descriptor, Object *object, Object *value);

/* May objects of this type be called? */
bool is_callable_type(Type *type);

/* The hash of objects that are equal only to themselves. */
bool hash_by_address(Object *o, int64_t *hash);
