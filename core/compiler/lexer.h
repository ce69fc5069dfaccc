/* lexer.h: from text to tokens, all at once.
 *
 * The tokens end with END, or with MISTAKE where something is wrong with the text itself
 * (mistake says what). NEWLINE, INDENT and DEDENT are as in Python's reference; those do
 * not occur within parentheses. An f-string is FSTRING_START, then FSTRING_MIDDLEs (a
 * doubled brace ends one behind its first half) and the tokens of replacement fields
 * between LEFT_BRACE and RIGHT_BRACE, then FSTRING_END (PEP 701). */
#pragma once
#include "core/compiler/syntax_error.h"
#include "core/compiler/token.h"

typedef struct Lexed {
    Token *tokens;
    size_t count;
    Mistake mistake;
    bool in_fstring; /* the mistake is within one */
} Lexed;

/* false: MemoryError. The tokens are freed with lexed_free. */
bool lex(const Source *source, Lexed *lexed);
void lexed_free(Lexed *lexed);
