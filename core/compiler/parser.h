/* parser.h: from text to a syntax tree. */
#pragma once
#include "core/compiler/ast.h"

typedef enum ParseMode {
    PARSE_FILE,   /* a module */
    PARSE_EVAL,   /* one expression: body is one EXPR */
    PARSE_SINGLE  /* what is typed at a prompt: one statement; see `incomplete` */
} ParseMode;

/* Parses `bytes` bytes of UTF-8 text, or of what a coding comment says. `filename` is a str
 * (borrowed), for errors. NULL with SyntaxError (IndentationError, TabError) whose args are
 * (message, (filename, line, column from 1, text of the line, end line, end column)), or
 * MemoryError, RecursionError. *incomplete (may be NULL) becomes true if more text could
 * make it right: for a prompt; in PARSE_SINGLE also, beside the tree, if a compound statement
 * has no empty line behind it. */
Ast *parse(const char *text, size_t bytes, Object *filename, ParseMode mode,
           bool *incomplete);
