/* super.c: attributes of the classes behind one in the order of an object's class. */
#include "core/object/arguments.h"
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/object/native.h"
#include "core/types/class.h"
#include "core/types/descriptors.h"
#include "core/types/fields.h"
#include "core/types/heir.h"
#include "core/types/text.h"

typedef struct Super {
    Object head;
    Slot type, object, owner; /* owner: the class in whose order it looks */
} Super;

FIELDS(super, Super, type, 3)

static Object *super_field(const Slot *slot) {
    Object *value = field_get(slot);
    return value ? incref(value) : gilt_none();
}

/* In whose order super(type, object) looks: borrowed. NULL, TypeError. */
static Type *owner_of(Type *type, Object *object) {
    if (is_class(object) && class_inherits((Type *)object, type)) return (Type *)object;
    if (class_inherits(type_of(object), type)) return type_of(object);
    return (Type *)gilt_raise(
        GILT_TYPE_ERROR, "super(type, obj): obj must be an instance or subtype of type");
}

/* `object` NULL: not bound. */
static Object *super_make_of(Type *super, Type *type, Object *object) {
    Type *owner = object ? owner_of(type, object) : NULL;
    if (object && !owner) return NULL;
    Super *o = (Super *)heir_or_native_new(super, MEMORY_CONTAINER, sizeof *o);
    if (!o) return NULL;
    field_init(&o->type, incref(&type->head));
    field_init(&o->object, object ? incref(object) : NULL);
    field_init(&o->owner, owner ? incref(&owner->head) : NULL);
    return &o->head;
}

/* The compiler sees to super() without arguments. */
static Object *super_make(Type *super, Object *const *arguments, size_t count,
                          Object *names) {
    if (!arguments_plain("super", count, names, 0, 2)) return NULL;
    if (!count) return gilt_raise(GILT_RUNTIME_ERROR, "super(): no arguments");
    if (!is_class(arguments[0]))
        return gilt_raise(GILT_TYPE_ERROR, "super() argument 1 must be a type, not %s",
                          type_of(arguments[0])->name);
    bool bound = count > 1 && !is_type(arguments[1], GILT_NONE);
    return super_make_of(super, (Type *)arguments[0], bound ? arguments[1] : NULL);
}

/* ---- Finding ---- */

/* What comes behind `type`: not bound; NULL without an exception. */
static Object *find(Type *type, Type *owner, Object *name) {
    return name == class_names.class ? NULL : class_find_after(owner, type, name);
}

/* A class that is itself the object is nothing to bind to. */
static Object *bind(Object *found, Object *object, Type *owner) {
    return descriptor_get(found, object == &owner->head ? NULL : object, owner);
}

static Object *super_get_attr(Object *self, Object *name) {
    Super *o = (Super *)self;
    Type *owner = (Type *)field_get(&o->owner);
    Object *found = owner ? find((Type *)field_get(&o->type), owner, name) : NULL;
    if (found) return bind(found, field_get(&o->object), owner);
    return attribute_get_plain(self, name);
}

/* ---- As objects ---- */

static Object *super_repr(Object *self) {
    Super *o = (Super *)self;
    Type *type = (Type *)field_get(&o->type), *owner = (Type *)field_get(&o->owner);
    if (!owner) return gilt_str_format("<super: <class '%s'>, NULL>", type->name);
    return gilt_str_format("<super: <class '%s'>, <%s object>>", type->name, owner->name);
}

static Object *get_type(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return super_field(&((Super *)self)->type);
}

static Object *get_self(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return super_field(&((Super *)self)->object);
}

static Object *get_owner(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return super_field(&((Super *)self)->owner);
}

static Object *super_get(Object *self, Object *object, Type *owner) {
    (void)owner;
    Super *o = (Super *)self;
    if (!object || field_get(&o->object)) return incref(self);
    return super_make_of(type_of(self), (Type *)field_get(&o->type), object);
}

static const Native super_methods[] = {
    {"get __thisclass__", get_type},
    {"get __self__", get_self},
    {"get __self_class__", get_owner},
    {0},
};

const TypeOps super_ops = {
    FIELDS_OPS(super),          .hash = hash_by_address, .repr = super_repr,
    .get_attr = super_get_attr, .get = super_get,        .make = super_make,
    .methods = super_methods,
};
