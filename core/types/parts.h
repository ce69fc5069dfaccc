/* parts.h: the parts of a split, each an own reference, until one list takes them all at
 * once: to append them one by one would take and drop the list's lock for each. */
#pragma once
#include "core/types/list.h"
#include <string.h>

typedef struct Parts {
    Object **items; /* `few`, or scratch memory */
    size_t used, room;
    Object *few[16];
} Parts;

static inline void parts_init(Parts *parts) {
    parts->items = parts->few;
    parts->used = 0;
    parts->room = sizeof parts->few / sizeof *parts->few;
}

/* Takes over the part; NULL is passed on. false: NULL, or MemoryError. */
bool parts_take(Parts *parts, Object *part);

void parts_reverse(Parts *parts);

/* The list, if all went well; ends the parts. */
Object *parts_finish(Parts *parts, bool well);
