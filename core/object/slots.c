/* slots.c: reading a slot of an object itself: where another thread owns what is in it, or
 * the slot is empty (object.h, slot_take). */
#include "core/object/object.h"

Object *slot_take_slowly(Object *o, const Slot *slot) {
    for (;;) {
        read_begin();
        RefCount *seen = slot_seen(slot);
        ReadResult result = seen ? slot_count(slot, seen) : READ_DONE;
        read_end();
        if (likely(result == READ_DONE)) return object_of(seen);
        if (result == READ_RETRY) continue;
        object_lock(o);
        Object *taken = slot_take_locked(slot);
        object_unlock(o);
        return taken;
    }
}
