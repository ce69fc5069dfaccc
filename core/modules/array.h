/* array.h: array.array: numbers of one type of C in a row.
 *
 * An array.array is a ByteArray (core/types/bytearray.h) of items (core/types/item.h). */
#pragma once
#include "core/types/bytearray.h"
#include "core/types/item.h"

extern const TypeOps array_ops, array_iterator_ops;
extern const Native array_methods[]; /* array_methods.c */

static inline bool array_check(const Object *o) { return is_kind(o, TYPE_ARRAY); }

static inline const ItemCode *array_code(const Object *o) {
    return item_code((uint32_t)((const ByteArray *)o)->code);
}

/* A new plain array.array with these bytes. MemoryError. */
Object *array_make_from(const ItemCode *code, const void *data, size_t size);

/* The item at an index from 0 on: a new reference. NULL without an exception: it is
 * outside. */
Object *array_at(Object *o, size_t index);

/* Appends one object; all of an iterable; text to an array of characters. */
bool array_append(Object *o, Object *value);
bool array_extend(Object *o, Object *iterable);
bool array_append_text(Object *o, Object *text);

/* Appends bytes: ValueError if that is no whole number of items. */
bool array_append_bytes(Object *o, Object *bytes);
