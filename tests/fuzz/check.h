/* check.h: what must hold for any bytes as a program. */
#pragma once
#include "core/gilt.h"

/* Compiles `count` bytes as a file, as an expression and as what is typed at a prompt, on
 * the main thread of a runtime that has been started. Returns NULL, or what is wrong: a
 * result that is neither code nor an exception that a compiler may raise, a SyntaxError
 * whose place is not in the text, or blocks that are left (static text). */
const char *fuzz_check(const char *bytes, size_t count);
