/* weakref.h: references that do not keep their referent alive. */
#pragma once
#include "core/object/object.h"
#include "core/threads/fork.h"

extern const TypeOps weakref_ops;

/* Forgets all weak references; nobody may use them any more. */
void weakref_finish(void);
void weakref_fork(ForkStep step);

/* Callbacks to be made, in order: weak references, each counted. */
typedef struct WeakrefCalls {
    struct Weakref *first, *last;
} WeakrefCalls;

/* Of a dying object with MARK_WEAKLY: from here on no weak reference names it, and if it is
 * one itself, it names nothing. Adds the callbacks to *calls; drops nothing and runs no
 * other code. */
void weakrefs_cut(Object *dying, WeakrefCalls *calls);

/* Calls them, drops the weak references, and leaves *calls empty. The exception that is set
 * meanwhile stays set. */
void weakrefs_call(WeakrefCalls *calls);

/* How many weak references name the object; and a new list of them, the newest first. */
size_t weakrefs_count(Object *object);
Object *weakrefs_list(Object *object);
