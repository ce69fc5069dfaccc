/* functools.h: what the files of _functools share: functools.c (the module, reduce,
 * cmp_to_key), functools_partial.c, functools_cache.c, functools_dict.c (attributes of
 * callables that a program may set). The rest of functools is core/lib/functools.py. */
#pragma once
#include "core/object/builtin.h"
#include "core/types/fields.h"

extern const TypeOps functools_partial_ops, functools_cache_ops;

/* Objects with a dict for attributes that programs set; it is made when it is first needed.
 * The first Slot of the object is that dict. */
typedef struct Attributed {
    Object head;
    Slot dict;
} Attributed;

Object *attributed_get_attr(Object *o, Object *name);
bool attributed_set_attr(Object *o, Object *name, Object *value);

/* For the attribute __dict__ in a table of methods: {"get __dict__", attributed_get_dict}.
 */
Object *attributed_get_dict(Object *self, Object *const *arguments, size_t count);
