/* fixed.c: fixed slots, the objects that have nothing else, and the descriptors of slots.
 *
 * Where a slot stands is told by its number and the class of the object; an empty slot is
 * an attribute that is not set. Writers hold the object's lock; readers do not. A member is
 * the descriptor of a slot in the attrs of the class that has brought it: it knows its
 * number and that class, by handle, since who finds it there has the class. */
#include "core/object/attributes.h"
#include "core/types/class.h"
#include "core/types/dispatch.h"
#include "core/types/fixed.h"
#include "core/types/heir.h"
#include "core/types/instance.h"

typedef struct Fixed {
    Object head;
    Slot slots[];
} Fixed;

_Static_assert(sizeof(Fixed) + 2 * sizeof(Slot) == 32, "two slots take 32 bytes");

static unsigned own_count(const Object *o) {
    const Shape *shape = type_of(o)->shape;
    return shape ? shape->count : 0;
}

Object *fixed_new(Type *type) {
    unsigned count = type->shape->count;
    Fixed *o = (Fixed *)object_new(type->handle, type->ops->kind,
                                   sizeof *o + count * sizeof(Slot));
    if (!o) return NULL;
    for (unsigned i = 0; i < count; i++) slot_init(&o->slots[i], NULL);
    return &o->head;
}

static size_t fixed_bytes(const Object *o) {
    return sizeof(Fixed) + own_count(o) * sizeof(Slot);
}

static unsigned fixed_spans(const Object *o, Span *spans) {
    spans[0] = (Span){((const Fixed *)o)->slots, own_count(o), sizeof(Slot)};
    return 1;
}

static void fixed_destroy(Object *o) {
    unsigned count = own_count(o);
    for (unsigned i = 0; i < count; i++)
        decref_maybe(object_of(slot_peek(&((Fixed *)o)->slots[i])));
}

/* ---- Slots ---- */

static Slot *slot_of(Object *o, unsigned number) {
    const Type *type = type_of(o);
    if (likely(type->ops == &slots_ops)) return &((Fixed *)o)->slots[number];
    return &heir_slots(o)[number];
}

Object *fixed_get(Object *o, unsigned number) { return slot_take(o, slot_of(o, number)); }

bool fixed_set(Object *o, unsigned number, Object *value) {
    Slot *slot = slot_of(o, number);
    object_lock(o);
    Object *old = object_of(slot_peek(slot));
    slot_put(slot, value ? refs_of(incref(value)) : NULL);
    object_unlock(o);
    decref_maybe(old);
    return value || old;
}

const TypeOps slots_ops = {
    .kind = MEMORY_CONTAINER,
    .bytes = fixed_bytes,
    .spans = fixed_spans,
    .destroy = fixed_destroy,
    DISPATCH_OPS,
};

/* ---- Members ---- */

Object *member_new(Type *owner, Object *name, unsigned number) {
    Member *member = (Member *)object_new(TYPE_MEMBER, MEMORY_LEAF, sizeof *member);
    if (!member) return NULL;
    member->name = name;
    member->owner = owner->handle;
    member->number = number;
    return &member->head;
}

static size_t member_bytes(const Object *o) { return (void)o, sizeof(Member); }

static Object *member_repr(Object *o) {
    Member *member = (Member *)o;
    return gilt_str_format("<member '%s' of '%s' objects>", str_text(member->name).bytes,
                           types[member->owner].name);
}

static bool member_expect(Member *member, Object *o) {
    Type *owner = &types[member->owner];
    if (class_inherits(type_of(o), owner)) return true;
    gilt_raise(GILT_TYPE_ERROR,
               "descriptor '%s' for '%s' objects doesn't apply to a '%s' object",
               str_text(member->name).bytes, owner->name, type_of(o)->name);
    return false;
}

static Object *member_get(Object *self, Object *object, Type *owner) {
    (void)owner;
    Member *member = (Member *)self;
    if (!object) return incref(self);
    if (!member_expect(member, object)) return NULL;
    Object *found = fixed_get(object, member->number);
    return found ? found : attribute_missing(object, member->name);
}

static bool member_put(Object *self, Object *object, Object *value) {
    Member *member = (Member *)self;
    if (!member_expect(member, object)) return false;
    return fixed_set(object, member->number, value) ||
           attribute_absent(object, member->name);
}

static Object *member_get_name(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(((Member *)o)->name);
}

static Object *member_get_owner(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(&types[((Member *)o)->owner].head);
}

static const Native member_methods[] = {
    {"get __name__", member_get_name},
    {"get __objclass__", member_get_owner},
    {0},
};

const TypeOps member_ops = {
    .kind = MEMORY_LEAF,
    .bytes = member_bytes,
    .hash = hash_by_address,
    .repr = member_repr,
    .get = member_get,
    .put = member_put,
    .methods = member_methods,
};
