/* fixed.c: instances of classes with fixed slots.
 *
 * The class's one shape gives the number of a slot, and never changes; an empty slot is an
 * attribute that is not set. Writers hold the instance's lock; readers do not. */
#include "core/object/attributes.h"
#include "core/types/class.h"
#include "core/types/instance.h"

typedef struct Fixed {
    Object head;
    Slot slots[];
} Fixed;

_Static_assert(sizeof(Fixed) + 2 * sizeof(Slot) == 32, "two slots take 32 bytes");

Object *fixed_new(Type *type) {
    unsigned count = type->shape->count;
    Fixed *o = (Fixed *)object_new(type->handle, type->ops->kind,
                                   sizeof *o + count * sizeof(Slot));
    if (!o) return NULL;
    for (unsigned i = 0; i < count; i++) slot_init(&o->slots[i], NULL);
    return &o->head;
}

static size_t fixed_bytes(const Object *o) {
    return sizeof(Fixed) + type_of(o)->shape->count * sizeof(Slot);
}

static unsigned fixed_spans(const Object *o, Span *spans) {
    spans[0] = (Span){((const Fixed *)o)->slots, type_of(o)->shape->count, sizeof(Slot)};
    return 1;
}

static void fixed_destroy(Object *o) {
    Fixed *fixed = (Fixed *)o;
    unsigned count = type_of(o)->shape->count;
    for (unsigned i = 0; i < count; i++)
        decref_maybe(object_of(slot_peek(&fixed->slots[i])));
}

/* A slot of the object itself needs no link: its address means the same slot as long as
 * the caller's reference keeps the object. */
static Object *fixed_read(Fixed *o, const Slot *slot) {
    for (;;) {
        read_begin();
        RefCount *seen = slot_seen(slot);
        ReadResult result = seen ? slot_count(slot, seen) : READ_DONE;
        read_end();
        if (likely(result == READ_DONE)) return object_of(seen);
        if (result == READ_RETRY) continue;
        object_lock(&o->head);
        Object *taken = slot_take_locked(slot);
        object_unlock(&o->head);
        return taken;
    }
}

static Object *fixed_get_attr(Object *o, Object *name) {
    int number = shape_find(type_of(o)->shape, name);
    Object *found =
        number < 0 ? NULL : fixed_read((Fixed *)o, &((Fixed *)o)->slots[number]);
    if (!found) found = class_find(type_of(o), name);
    return found ? found : attribute_missing(o, name);
}

static bool fixed_set_attr(Object *o, Object *name, Object *value) {
    int number = shape_find(type_of(o)->shape, name);
    if (number < 0) return attribute_absent(o, name);
    Slot *slot = &((Fixed *)o)->slots[number];
    object_lock(o);
    Object *old = object_of(slot_peek(slot));
    slot_put(slot, value ? refs_of(incref(value)) : NULL);
    object_unlock(o);
    if (!value && !old) return attribute_absent(o, name);
    decref_maybe(old);
    return true;
}

const TypeOps slots_ops = {
    .kind = MEMORY_CONTAINER,
    .bytes = fixed_bytes,
    .spans = fixed_spans,
    .destroy = fixed_destroy,
    .hash = instance_hash,
    .equal = instance_equal,
    .repr = instance_repr,
    .str = instance_str,
    .get_attr = fixed_get_attr,
    .set_attr = fixed_set_attr,
};

/* object() has no attributes of its own: it is an instance with no slots. */
const TypeOps object_ops = {
    .kind = MEMORY_LEAF,
    .bytes = fixed_bytes,
    .hash = hash_by_address,
    .repr = instance_repr,
    .get_attr = fixed_get_attr,
    .set_attr = fixed_set_attr,
};
