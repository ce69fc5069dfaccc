/* descriptors.h: property, classmethod and staticmethod. */
#pragma once
#include "core/object/object.h"

/* classmethod(function), staticmethod(function): NULL, MemoryError. */
Object *class_method_new(Object *function);
Object *static_method_new(Object *function);

/* For the VM: the getter of a property whose type is property itself, or what a classmethod
 * or staticmethod calls: a new reference, or NULL if it has none. They stay what they are
 * for ever, unless a program calls __init__ once more: then descriptors_changed is set
 * before, and nothing that was remembered of any of them counts. */
Object *property_getter(Object *property);
Object *wrapped_callable(Object *wrapped);
extern _Atomic bool descriptors_changed;
static inline bool descriptors_are_fixed(void) {
    return likely(!atomic_load_explicit(&descriptors_changed, memory_order_acquire));
}

/* types.MappingProxyType(mapping). */
Object *mapping_proxy_new(Object *mapping);
