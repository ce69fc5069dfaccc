/* error.h: exceptions.
 *
 * The exception that is set stands in Thread.error, which owns a reference. An exception
 * is an instance of a class that inherits BaseException, and its ops are exception_ops;
 * its first attribute is always `args`, the tuple of what its class was called with. */
#pragma once
#include "core/object/object.h"

extern const TypeOps exception_ops;

/* Makes the MemoryError that can be raised when there is no memory. */
bool error_start(void);
void error_finish(void);

/* Sets the exception, taking over the reference; NULL: none. Drops the one that was set. */
void error_set(Object *exception);

/* Prints the exception that is set on stderr, as one that nobody can catch, raised by this
 * method of an object of this type; and clears it. */
void error_report_ignored(const char *method, const Type *type);

/* An exception of this class with these args. MemoryError. */
Object *exception_new(Type *type, Object *const *args, size_t count);
