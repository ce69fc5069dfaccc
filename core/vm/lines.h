/* lines.h: lines of source files, for what is shown of exceptions.
 *
 * A Lines keeps the text of the file that it was asked for last. It is used by one thread
 * and touches no objects. */
#pragma once
#include "core/base.h"
#include <stdbool.h>
#include <stddef.h>

typedef struct Lines {
    char *name, *text; /* malloc; NULL: none */
    size_t bytes;
    bool missing; /* the file of this name cannot be read */
} Lines;

/* Line `number`, from 1, of the file, without its end: it lives until the next call. NULL:
 * there is none, or no such file; names such as <string> are of no file. */
const char *lines_get(Lines *lines, const char *filename, int number, size_t *bytes);

void lines_free(Lines *lines);
