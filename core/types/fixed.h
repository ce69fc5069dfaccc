/* fixed.h: fixed slots (__slots__) and their descriptors. */
#pragma once
#include "core/object/builtin.h"
#include "core/object/native.h"
#include "core/types/text.h"

/* The descriptor of a slot. For the VM: of an object whose class has it under this name,
 * fixed_get(o, number) is the attribute. */
typedef struct Member {
    Object head;
    Object *name; /* interned */
    uint32_t owner, number;
} Member;

/* NULL, MemoryError. */
Object *member_new(Type *owner, Object *name, unsigned number);

/* What is in the slot: a new reference, or NULL without an exception. */
Object *fixed_get(Object *o, unsigned number);

/* Sets or empties (value NULL) it. false, without an exception: it was empty already. */
bool fixed_set(Object *o, unsigned number, Object *value);
