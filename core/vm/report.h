/* report.h: exceptions as Python 3.12 prints them.
 *
 * Text goes to the file descriptor of stderr in one piece, so that threads do not mix
 * theirs. Showing an exception runs code of the program (__str__), whose own exceptions are
 * dropped. Without memory, less is shown. */
#pragma once
#include "core/object/object.h"

/* The text that is printed of an exception, with its traceback and the exceptions that it
 * came after: a new str. NULL, MemoryError. */
Object *report_text(Object *exception);

/* Its last lines alone: type, message, notes. */
Object *report_last_text(Object *exception);

/* What the program's traceback, from the place nearest to main on, looks like; a str. */
Object *report_traceback_text(Object *traceback);

/* Prints the exception that is set, and clears it: under a line that begins with `title`,
 * such as "Exception ignored in: " and the repr of `where` (NULL: none). */
void report_ignored(const char *title, Object *where);

/* The exception that is set, if any, ends the program: prints what is to be said, clears
 * it, and returns the exit code. */
int report_exit_code(void);
