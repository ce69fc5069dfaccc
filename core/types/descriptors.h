/* descriptors.h: property, classmethod and staticmethod. */
#pragma once
#include "core/object/object.h"

/* classmethod(function), staticmethod(function): NULL, MemoryError. */
Object *class_method_new(Object *function);
Object *static_method_new(Object *function);

/* For the VM: the getter of a property whose type is property itself, a new reference, or
 * NULL if it has none. */
Object *property_getter(Object *property);

/* super(type, object). NULL, TypeError. */
Object *super_new(Type *type, Object *object);

/* What super(type, object).name is, without making a super: a new reference to a function
 * that wants *self in front, or, with *self NULL, to any value. NULL, the exception. */
Object *super_method(Type *type, Object *object, Object *name, Object **self);

/* types.MappingProxyType(mapping). */
Object *mapping_proxy_new(Object *mapping);
