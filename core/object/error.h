/* error.h: raising exceptions.
 *
 * The exception that is set stands in Thread.error, which owns a reference. The one that a
 * frame is handling stands in Thread.handled: what is raised meanwhile has it as its
 * __context__. What an exception is as an object: types/exception.h; how it is shown:
 * vm/report.h. Raising always sets something: without memory, the MemoryError that was made
 * at the start. */
#pragma once
#include "core/object/object.h"

extern const TypeOps exception_ops;

/* Makes the MemoryError that can be raised when there is no memory. */
bool error_start(void);
void error_finish(void);

/* Sets the exception as it is, taking over the reference; NULL: none. Drops the one that
 * was set. To raise again what was caught. */
void error_set(Object *exception);

/* The exception that is set, borrowed, as one that can be written: if it is the MemoryError
 * from the start, a new one takes its place if that can be made. */
Object *error_own(void);

/* Raises what stands behind `raise`: an exception, or a class that is called for one.
 * `cause` is what stands behind `from`, or NULL. Something else is a TypeError. Both are
 * borrowed. */
void error_raise(Object *what, Object *cause);

/* Makes `handled` (NULL: nothing happens) the __context__ of the exception, and cuts the
 * chain behind it where it would come back to it. */
void error_set_context(Object *exception, Object *handled);

/* Does `except what:` catch it? what is a class or a tuple of classes. 1, 0; -1, TypeError.
 */
int error_matches(Object *exception, Object *what);

/* An exception of this class with these args, not raised. NULL, MemoryError. */
Object *exception_new(Type *type, Object *const *args, size_t count);

/* ---- Raising what has more than a message; all return NULL ---- */

/* type(*args) */
Object *error_raise_args(GiltType type, Object *const *args, size_t count);

/* The subclass of OSError for this errno, with the system's words for it; the filenames may
 * be NULL. */
Object *error_raise_os(int number, Object *filename, Object *filename2);

/* Of bytes that are not text in this encoding, or text that it cannot express, from `start`
 * up to `end`. */
Object *error_raise_decode(const char *encoding, Object *bytes, size_t start, size_t end,
                           const char *reason);
Object *error_raise_encode(const char *encoding, Object *str, size_t start, size_t end,
                           const char *reason);
