/* attributes.h: names of attributes, and what all types say about one that is not there.
 *
 * The public functions that get, set and delete attributes are in attributes.c. A type's
 * get_attr and set_attr are only called with interned names, so they compare addresses. */
#pragma once
#include "core/object/object.h"

/* The interned str with the text of `name`: borrowed. TypeError if it is no str. */
Object *attribute_name(Object *name);

/* For a get that found nothing: __class__, which every object has, or NULL with the
 * AttributeError. */
Object *attribute_missing(Object *o, Object *name);

/* These raise and return false. absent: AttributeError, for sets and deletes. immutable:
 * TypeError about a built-in type. */
bool attribute_absent(Object *o, Object *name);
bool attribute_immutable(const Type *type, Object *name);

/* Deletes what `dict` has for `name`; if it has nothing, that `o` has no such attribute. */
bool attribute_delete_in(Object *dict, Object *o, Object *name);

/* The hash of objects that are equal only to themselves. */
bool hash_by_address(Object *o, int64_t *hash);
