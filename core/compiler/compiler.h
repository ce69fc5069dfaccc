/* compiler.h: from text to code. */
#pragma once
#include "core/compiler/parser.h"
#include "core/vm/code.h"

/* The code of a whole program text: a new reference. `filename` is a str (borrowed). In
 * PARSE_EVAL, its result is the value; in PARSE_SINGLE, values of expressions are printed.
 * NULL with SyntaxError, MemoryError, RecursionError. */
Code *compile(const char *text, size_t bytes, Object *filename, ParseMode mode,
              bool *incomplete);
