/* weakref.h: references that do not keep their referent alive. */
#pragma once
#include "core/object/object.h"

extern const TypeOps weakref_ops;

/* Forgets all weak references; nobody may use them any more. */
void weakref_finish(void);

/* For object_destroy, before anything else, of an object with MARK_WEAKLY: from here on no
 * weak reference names it. Calls the callbacks. */
void weakrefs_clear(Object *dying);
