/* dict.h: the dict type. Its table, and what is atomic and why, is in table.h. */
#pragma once
#include "core/object/object.h"

extern const TypeOps dict_ops;

/* A new reference to the value of `name`, a str, best an interned one; NULL, without an
 * exception, if there is none. For dicts all of whose keys are strs, such as the attributes
 * of a class: comparing them cannot raise. Takes no lock. */
Object *dict_find_interned(Object *dict, Object *name);
