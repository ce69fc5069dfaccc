/* token.h: what a program's text is made of.
 *
 * One row each: T(NAME, its text, or what an error message calls it). The operators come
 * first, longer ones anywhere; keywords stand together between AND and YIELD. The soft
 * keywords (match, case, type, _) are names. */
#pragma once
#include "core/base.h"

#define TOKENS_EACH(T)                                                                     \
    T(END, "end of file")                                                                  \
    T(NEWLINE, "newline")                                                                  \
    T(INDENT, "indent")                                                                    \
    T(DEDENT, "dedent")                                                                    \
    T(NAME, "name")                                                                        \
    T(NUMBER, "number")                                                                    \
    T(STRING, "string")                                                                    \
    T(FSTRING_START, "f-string")                                                           \
    T(FSTRING_MIDDLE, "text of an f-string")                                               \
    T(FSTRING_END, "end of an f-string")                                                   \
    T(LEFT_PAREN, "(")                                                                     \
    T(RIGHT_PAREN, ")")                                                                    \
    T(LEFT_BRACKET, "[")                                                                   \
    T(RIGHT_BRACKET, "]")                                                                  \
    T(LEFT_BRACE, "{")                                                                     \
    T(RIGHT_BRACE, "}")                                                                    \
    T(COLON, ":")                                                                          \
    T(COMMA, ",")                                                                          \
    T(SEMICOLON, ";")                                                                      \
    T(DOT, ".")                                                                            \
    T(ELLIPSIS, "...")                                                                     \
    T(ARROW, "->")                                                                         \
    T(WALRUS, ":=")                                                                        \
    T(EXCLAMATION, "!")                                                                    \
    T(PLUS, "+")                                                                           \
    T(MINUS, "-")                                                                          \
    T(STAR, "*")                                                                           \
    T(SLASH, "/")                                                                          \
    T(DOUBLE_SLASH, "//")                                                                  \
    T(PERCENT, "%")                                                                        \
    T(AT, "@")                                                                             \
    T(DOUBLE_STAR, "**")                                                                   \
    T(LEFT_SHIFT, "<<")                                                                    \
    T(RIGHT_SHIFT, ">>")                                                                   \
    T(AMPERSAND, "&")                                                                      \
    T(BAR, "|")                                                                            \
    T(CARET, "^")                                                                          \
    T(TILDE, "~")                                                                          \
    T(LESS, "<")                                                                           \
    T(GREATER, ">")                                                                        \
    T(EQUAL, "==")                                                                         \
    T(UNEQUAL, "!=")                                                                       \
    T(LESS_EQUAL, "<=")                                                                    \
    T(GREATER_EQUAL, ">=")                                                                 \
    T(ASSIGN, "=")                                                                         \
    T(PLUS_ASSIGN, "+=")                                                                   \
    T(MINUS_ASSIGN, "-=")                                                                  \
    T(STAR_ASSIGN, "*=")                                                                   \
    T(SLASH_ASSIGN, "/=")                                                                  \
    T(DOUBLE_SLASH_ASSIGN, "//=")                                                          \
    T(PERCENT_ASSIGN, "%=")                                                                \
    T(AT_ASSIGN, "@=")                                                                     \
    T(DOUBLE_STAR_ASSIGN, "**=")                                                           \
    T(LEFT_SHIFT_ASSIGN, "<<=")                                                            \
    T(RIGHT_SHIFT_ASSIGN, ">>=")                                                           \
    T(AMPERSAND_ASSIGN, "&=")                                                              \
    T(BAR_ASSIGN, "|=")                                                                    \
    T(CARET_ASSIGN, "^=")                                                                  \
    T(AND, "and")                                                                          \
    T(AS, "as")                                                                            \
    T(ASSERT, "assert")                                                                    \
    T(ASYNC, "async")                                                                      \
    T(AWAIT, "await")                                                                      \
    T(BREAK, "break")                                                                      \
    T(CLASS, "class")                                                                      \
    T(CONTINUE, "continue")                                                                \
    T(DEF, "def")                                                                          \
    T(DEL, "del")                                                                          \
    T(ELIF, "elif")                                                                        \
    T(ELSE, "else")                                                                        \
    T(EXCEPT, "except")                                                                    \
    T(FALSE, "False")                                                                      \
    T(FINALLY, "finally")                                                                  \
    T(FOR, "for")                                                                          \
    T(FROM, "from")                                                                        \
    T(GLOBAL, "global")                                                                    \
    T(IF, "if")                                                                            \
    T(IMPORT, "import")                                                                    \
    T(IN, "in")                                                                            \
    T(IS, "is")                                                                            \
    T(LAMBDA, "lambda")                                                                    \
    T(NONE, "None")                                                                        \
    T(NONLOCAL, "nonlocal")                                                                \
    T(NOT, "not")                                                                          \
    T(OR, "or")                                                                            \
    T(PASS, "pass")                                                                        \
    T(RAISE, "raise")                                                                      \
    T(RETURN, "return")                                                                    \
    T(TRUE, "True")                                                                        \
    T(TRY, "try")                                                                          \
    T(WHILE, "while")                                                                      \
    T(WITH, "with")                                                                        \
    T(YIELD, "yield")                                                                      \
    T(UNKNOWN, "character") /* one that means nothing, such as ? */                        \
    T(MISTAKE, "mistake")   /* the last: the Lexed says what is wrong */

typedef enum TokenKind {
#define T(NAME, text) TOKEN_##NAME,
    TOKENS_EACH(T)
#undef T
        TOKEN_KINDS
} TokenKind;

/* Lines count from 1, columns count code points from 0. */
typedef struct Token {
    uint8_t kind;
    uint8_t level;       /* parentheses that are open behind it */
    uint32_t start, end; /* offsets in the text */
    int line, column, end_line, end_column;
} Token;

static inline bool token_is_keyword(TokenKind kind) {
    return kind >= TOKEN_AND && kind <= TOKEN_YIELD;
}
