/* bytes_internal.h: what the files of bytes and bytearray share.
 *
 *   bytes.c        the type bytes; operators        bytes_split.c   split, join, strip ...
 *   bytes_view.c   making, views, bytes()           bytes_text.c    what takes it for text
 *   bytes_find.c   find, count, replace             bytes_table.c   the methods */
#pragma once
#include "core/types/bytes.h"

extern const Native bytes_methods[], bytearray_methods[];

/* A new object with these bytes, of the kind that `self` is: bytes or bytearray. */
Object *bytes_alike(Object *self, const void *data, size_t size);

/* A bytes object as the kind that `self` is; takes it over. NULL stays. */
Object *bytes_turned(Object *self, Object *bytes);

/* The part of a view of `self`; the object itself if that is all of it, and it may be. */
Object *bytes_part(Object *self, const ByteView *view, size_t from, size_t to);

/* Three of them, as a tuple; takes them over. */
Object *bytes_triple(Object *a, Object *b, Object *c);

/* Of (part, start, end), as find takes them: what to look for, a bytes-like object or an
 * int. false: TypeError, ValueError. */
bool byte_needle(ByteView *view, Object *o, uint8_t *room);

/* The slice of a bytes-like object; self[key] of bytes. */
Object *bytes_get_slice(Object *self, Object *slice);

/* A single quote is escaped in any case if `escaped` is one: as bytearray has it. */
Object *bytes_repr_of(Object *self, const char *open, const char *close, char escaped);
int bytes_equal_any(Object *a, Object *b);
int bytes_less_any(Object *a, Object *b);
int bytes_contains(Object *self, Object *item);
Object *bytes_operate(Operator op, Object *a, Object *b);
Object *bytearray_iterate(Object *o);

NativeCall bytes_method_find, bytes_rfind, bytes_index, bytes_rindex, bytes_count,
    bytes_startswith, bytes_endswith, bytes_replace, bytes_removeprefix, bytes_removesuffix;
NativeCall bytes_split, bytes_rsplit, bytes_splitlines, bytes_partition, bytes_rpartition,
    bytes_join, bytes_strip, bytes_lstrip, bytes_rstrip;
NativeCall bytes_lower, bytes_upper, bytes_title, bytes_capitalize, bytes_swapcase;
NativeCall bytes_isalnum, bytes_isalpha, bytes_isascii, bytes_isdigit, bytes_islower,
    bytes_isspace, bytes_istitle, bytes_isupper;
NativeCall bytes_center, bytes_ljust, bytes_rjust, bytes_zfill, bytes_expandtabs,
    bytes_translate, bytes_maketrans, bytes_hex, bytes_fromhex, bytes_decode;
