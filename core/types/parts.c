/* parts.c: see parts.h. */
#include "core/types/parts.h"

static void parts_free(Parts *parts) {
    size_t bytes = parts->room * sizeof *parts->items;
    if (parts->items != parts->few) memory_free(parts->items, bytes);
}

static bool parts_grow(Parts *parts) {
    size_t bytes = parts->room * sizeof *parts->items;
    Object **items = memory_new(MEMORY_ARRAY, 2 * bytes);
    if (!items) {
        gilt_raise(GILT_MEMORY_ERROR, NULL);
        return false;
    }
    memcpy(items, parts->items, bytes);
    parts_free(parts);
    parts->items = items;
    parts->room *= 2;
    return true;
}

bool parts_take(Parts *parts, Object *part) {
    if (unlikely(!part)) return false;
    if (unlikely(parts->used == parts->room) && !parts_grow(parts)) {
        decref(part);
        return false;
    }
    parts->items[parts->used++] = part;
    return true;
}

void parts_reverse(Parts *parts) {
    for (size_t i = 0, j = parts->used; i + 1 < j; i++) {
        Object *part = parts->items[--j];
        parts->items[j] = parts->items[i];
        parts->items[i] = part;
    }
}

Object *parts_finish(Parts *parts, bool well) {
    List *list = well ? list_alloc(&types[GILT_LIST], parts->used) : NULL;
    for (size_t i = 0; i < parts->used; i++)
        if (list)
            slot_init(&list_array(list)->slots[i], refs_of(parts->items[i]));
        else
            decref(parts->items[i]);
    if (list) list_set_size(list, parts->used);
    parts_free(parts);
    return (Object *)list;
}
