/* syntax_error.h: raising SyntaxError, IndentationError and TabError. */
#pragma once
#include "core/compiler/source.h"
#include "core/compiler/ast.h"
#include <stdarg.h>

/* As the exception has them: lines and offsets count from 1; end_offset may be 0 or -1
 * where nothing is known. */
typedef struct Where {
    int line, offset, end_line, end_offset;
} Where;

/* What the lexer found wrong, to be raised when the parser gets there. */
typedef struct Mistake {
    GiltType type;
    Where where;
    bool at_end; /* more text could make it right */
    bool weak;   /* an error of the parser before it is told instead */
    char message[160];
} Mistake;

/* Raises an exception of this type with args (message, (filename, line, offset, text, end
 * line, end offset)). `text` NULL: the source's line. Always NULL. */
void *syntax_error_raise(const Source *source, GiltType type, Where where,
                         const char *format, ...) __attribute__((format(printf, 4, 5)));
void *syntax_error_format(const Source *source, GiltType type, Where where,
                          const char *format, va_list args);

/* For what is found wrong with a tree, whose source is gone: the line is read from the
 * file, if there is one. An end_column below 0: no end is told. `message` NULL: an
 * exception is set already. */
void syntax_error_raise_at(Object *filename, Place place, Object *message);
