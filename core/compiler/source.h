/* source.h: the text of a program, made ready for the lexer.
 *
 * Invariants: valid UTF-8 without NUL and without byte order mark; each line ends with one
 * '\n', also the last; a NUL stands behind it. Offsets fit in 31 bits. */
#pragma once
#include "core/object/object.h"

typedef struct Source {
    char *text;
    size_t bytes;
    Object *filename; /* borrowed */
} Source;

/* Of text in UTF-8, or in what its coding comment says. false: SyntaxError, MemoryError,
 * OverflowError; then there is nothing to free. */
bool source_read(Source *source, const char *text, size_t bytes, Object *filename);
void source_free(Source *source);

/* A line by its number from 1, with its '\n'; empty behind the last. */
const char *source_line(const Source *source, int line, size_t *bytes);
