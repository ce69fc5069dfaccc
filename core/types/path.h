/* path.h: what programs name files with: str, bytes, and objects with __fspath__. */
#pragma once
#include "core/object/object.h"

/* The object as a path: a new reference to a str or bytes. NULL: TypeError, or what its
 * __fspath__ raised. */
Object *path_object(Object *o);

/* What the system is told, to be freed: it has no zero byte in it. NULL: ValueError,
 * UnicodeEncodeError, or what path_object raised. */
char *path_text(Object *o);

/* A str of what the system tells. NULL: MemoryError. */
Object *path_str(const char *text);
