/* arrays.h: items of array.array, bytearray and bytes as numbers in registers, without
 * objects between. What is no such number, or no such index, takes the long way. */
#pragma once
#include "core/types/bytearray.h"
#include "core/vm/value.h"

static inline bool is_array(const Object *o) {
    return is_type(o, TYPE_ARRAY) || is_type(o, TYPE_BYTEARRAY) || is_type(o, GILT_BYTES);
}

/* o[i], if is_array(o); EMPTY without an exception: take the long way. */
Value array_value(Object *o, int64_t i);

/* o[i] = v, a number, if is_array(o); false without an exception: likewise. */
bool array_put_value(Object *o, int64_t i, Value v);
