/* lexer_internal.h: the state of the lexer, shared by its files.
 *
 * `at` is the next byte. A column is at - line_start - wide: `wide` counts the bytes since
 * the line began that continue a code point, so whoever moves over such bytes adds them. */
#pragma once
#include "core/compiler/lexer.h"

enum {
    LEVELS_MAX = 200,   /* open parentheses */
    INDENTS_MAX = 100,  /* as many as CPython allows */
    FSTRINGS_MAX = 150, /* f-strings in f-strings */
    FIELDS_MAX = 2      /* replacement fields in format specs */
};

/* Where a token or line begins. */
typedef struct Mark {
    const char *at, *line_start;
    int line, wide;
} Mark;

typedef struct Paren {
    char open;
    int line, column;
} Paren;

/* An f-string that has begun. `depth` counts the brackets open in it, `field` is the depth
 * of the bracket of the innermost replacement field, -1 outside of any. */
typedef struct FString {
    Mark start;
    char quote;
    int quotes; /* 1 or 3 */
    bool raw, in_field, in_spec;
    int depth, field;
} FString;

typedef struct Lexer {
    const char *at, *line_start;
    int line, wide;
    bool line_begins; /* the next token's indentation counts */
    const Source *source;
    Lexed *lexed;
    size_t room; /* for tokens */
    bool done;   /* END or MISTAKE is written */
    bool failed; /* MemoryError */
    Mark start;  /* of the token that is being read */
    int level, indents, fstring_count;
    int indent[INDENTS_MAX], indent_alternative[INDENTS_MAX];
    Paren parens[LEVELS_MAX];
    FString fstrings[FSTRINGS_MAX];
} Lexer;

static inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool is_hex_digit(char c) {
    return is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f');
}
static inline bool is_name_start(char c) {
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '_' || (c & 0x80);
}
static inline bool is_name_char(char c) { return is_name_start(c) || is_digit(c); }
static inline bool is_continuation(char c) { return (c & 0xC0) == 0x80; }

static inline Mark mark_here(const Lexer *lx) {
    return (Mark){lx->at, lx->line_start, lx->line, lx->wide};
}

static inline int column_of(Mark m) { return (int)(m.at - m.line_start) - m.wide; }

/* Moves over one byte that is in a string or comment. */
static inline void lexer_pass(Lexer *lx) {
    char c = *lx->at++;
    if (c == '\n') {
        lx->line++;
        lx->line_start = lx->at;
        lx->wide = 0;
    } else if (is_continuation(c)) {
        lx->wide++;
    }
}

static inline FString *fstring_top(Lexer *lx) {
    return lx->fstring_count ? &lx->fstrings[lx->fstring_count - 1] : NULL;
}

/* Writes the token from `start` to `at`; one without text. */
void lexer_emit(Lexer *lx, TokenKind kind);
void lexer_emit_empty(Lexer *lx, TokenKind kind);

/* Ends the tokens with a mistake that stands before `at`: in CPython's words and place. */
void lexer_mistake(Lexer *lx, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void lexer_mistake_at(Lexer *lx, GiltType type, Where where, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* lexer_line.c */
bool lexer_line_begin(Lexer *lx);   /* writes INDENT and DEDENT tokens; false: a mistake */
bool lexer_continuation(Lexer *lx); /* from the backslash; false: a mistake */
void lexer_comment(Lexer *lx);
void lexer_newline(Lexer *lx);
void lexer_text_end(Lexer *lx);

/* lexer_operator.c: `at` is at its first character. */
void lexer_punctuation(Lexer *lx);

/* lexer_number.c: `at` is at its first character. */
void lexer_number(Lexer *lx);

/* lexer_string.c: `at` is at the first quote. */
void lexer_string(Lexer *lx);
void lexer_fstring_begin(Lexer *lx, bool raw);
void lexer_fstring_part(Lexer *lx);
