/* class_new.h: the making of a class, from the plan of it: class_build.c and class_new.c.
 */
#pragma once
#include "core/types/class.h"
#include "core/types/shape.h"

typedef struct ClassPlan {
    const char *name; /* UTF-8; copied */
    Object *qualname; /* interned, or NULL */
    Type *metaclass;  /* whose object it will be */
    Type *base;       /* the one with the layout */
    Tuple *bases;     /* borrowed; NULL: just `base` */
    Object *attrs;    /* a dict: taken over if it works */
    Object **slots;   /* the names of fixed slots that are asked for, interned */
    size_t slot_count;
    bool fixed;        /* there is a list of slots, so no dict and no weak references, */
    bool dict, weakly; /* unless it has them, too */
    unsigned flags;    /* more of them */
} ClassPlan;

/* The class, with one reference; nothing of its program has run yet. NULL, TypeError,
 * MemoryError. */
Type *class_new_planned(const ClassPlan *plan);

/* May a class that inherits this one have so many slots more? false: TypeError. */
bool class_slots_fit(const Type *base, size_t count);

/* May text be the name of a slot? */
bool class_is_identifier(const char *text);

/* A copy of the text that is kept until the runtime ends. NULL, MemoryError. */
char *class_keep_name(const char *name);

/* The text of a name, for free(). NULL: ValueError, it has a zero in it; TypeError. */
char *class_name_text(Object *name);
