/* format.h: values as text, as a format says: format(), str.format() and %.
 *
 * All of it returns a new str, or NULL with an exception in Python's words. */
#pragma once
#include "core/object/native.h"

/* format(value, spec); `spec` NULL means ''. Asks __format__; quick for str, int, float. */
Object *format_object(Object *value, Object *spec);

/* What str, int, bool, float and complex answer to __format__, and heirs that do not say
 * something else; others: what object answers. `spec` is a str. */
Object *format_native(Object *value, Object *spec);

/* The same as a method: TypeError if the spec is no str. For Native tables. */
NativeCall format_native_method;

/* repr, str or ascii of a value: for the conversions 'r', 's' and 'a'. */
Object *format_converted(Object *value, uint32_t conversion);

/* Takes over a repr (NULL stays), and escapes what is not ASCII in it. */
Object *str_ascii(Object *repr);

/* ---- format_text.c: str.format(*args, **kwargs) and str.format_map(mapping) ---- */
NativeCall str_format_method, str_format_map;

/* ---- format_percent.c: format % arguments, of str; of bytes, as a str of Latin-1 ---- */
Object *str_percent(Object *format, Object *arguments);
Object *bytes_percent_text(Object *format, Object *arguments);
