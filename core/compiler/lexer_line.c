/* lexer_line.c: where lines begin and end: indentation, comments, continuation lines, the
 * end of the text. */
#include "core/compiler/lexer_internal.h"
#include <string.h>

static void emit_at(Lexer *lx, TokenKind kind, Mark place) {
    lx->start = place;
    lexer_emit(lx, kind);
    if (lx->failed) return;
    Token *token = &lx->lexed->tokens[lx->lexed->count - 1];
    token->end_line = token->line;
    token->end_column = token->column;
}

/* A mistake that an error of the parser before it would hide. */
static void mistake_weakly(Lexer *lx, GiltType type, Where where, const char *message) {
    lexer_mistake_at(lx, type, where, "%s", message);
    lx->lexed->mistake.weak = true;
}

/* CPython places what is at the end of the text behind the last line's end, on that line.
 */
static Mark last_line_end(const Lexer *lx) {
    Mark m = mark_here(lx);
    if (!lx->source->bytes) m.line = 0;
    if (m.at != m.line_start || m.line <= 1) return m;
    do m.line_start--;
    while (m.line_start > lx->source->text && m.line_start[-1] != '\n');
    for (const char *c = m.line_start; c < m.at; c++) m.wide += is_continuation(*c);
    m.line--;
    return m;
}

/* A backslash must be the last of its line, which must not be the last of all. */
bool lexer_continuation(Lexer *lx) {
    lx->at++;
    if (*lx->at != '\n') {
        int offset = column_of(mark_here(lx)) + 1;
        mistake_weakly(lx, GILT_SYNTAX_ERROR, (Where){lx->line, offset, lx->line, 0},
                       "unexpected character after line continuation character");
        return false;
    }
    lexer_pass(lx);
    if (*lx->at || lx->level) return true;
    Mark last = last_line_end(lx);
    mistake_weakly(lx, GILT_SYNTAX_ERROR,
                   (Where){last.line, column_of(last), last.line, -1},
                   "unexpected EOF while parsing");
    return false;
}

void lexer_comment(Lexer *lx) {
    while (*lx->at != '\n') lexer_pass(lx);
}

/* Moves to the first line that is not blank. How far it is indented: tabs count to the next
 * multiple of 8, and in *alternative as 1; false: a mistake. */
static bool indentation(Lexer *lx, int *column, int *alternative) {
    for (;; lexer_pass(lx)) {
        int col = 0, alt = 0, first = 0;
        for (;; lx->at++) {
            if (*lx->at == ' ')
                col++, alt++;
            else if (*lx->at == '\t')
                col = (col / 8 + 1) * 8, alt++;
            else if (*lx->at == '\f')
                col = alt = 0;
            else if (*lx->at != '\\')
                break;
            else {
                if (!first) first = col;
                if (!lexer_continuation(lx)) return false;
                lx->at--; /* the loop moves on */
            }
        }
        *column = first ? first : col;
        *alternative = first ? first : alt;
        if (*lx->at == '#') lexer_comment(lx);
        if (*lx->at != '\n') return true;
    }
}

static void mistake_tabs(Lexer *lx) {
    mistake_weakly(lx, GILT_TAB_ERROR, (Where){lx->line, 1, lx->line, 0},
                   "inconsistent use of tabs and spaces in indentation");
}

static void indent(Lexer *lx, int column, int alternative) {
    if (lx->indents + 1 >= INDENTS_MAX) {
        mistake_weakly(lx, GILT_INDENTATION_ERROR, (Where){lx->line, 1, lx->line, 0},
                       "too many levels of indentation");
        return;
    }
    if (alternative <= lx->indent_alternative[lx->indents]) {
        mistake_tabs(lx);
        return;
    }
    lx->indent[++lx->indents] = column;
    lx->indent_alternative[lx->indents] = alternative;
    lexer_emit_empty(lx, TOKEN_INDENT);
}

static void dedent(Lexer *lx, int column, int alternative) {
    int count = 0;
    while (lx->indents > 0 && column < lx->indent[lx->indents]) lx->indents--, count++;
    if (column != lx->indent[lx->indents]) {
        const char *end = strchr(lx->at, '\n');
        int offset = column_of(mark_here(lx));
        for (const char *c = lx->at; c <= end; c++) offset += !is_continuation(*c);
        mistake_weakly(lx, GILT_INDENTATION_ERROR, (Where){lx->line, offset, lx->line, -1},
                       "unindent does not match any outer indentation level");
        return;
    }
    if (alternative != lx->indent_alternative[lx->indents]) {
        mistake_tabs(lx);
        return;
    }
    while (count--) lexer_emit_empty(lx, TOKEN_DEDENT);
}

/* Writes INDENT and DEDENT tokens; false: a mistake. */
bool lexer_line_begin(Lexer *lx) {
    int column, alternative;
    lx->line_begins = false;
    if (!indentation(lx, &column, &alternative)) return false;
    if (lx->level || !*lx->at) return true;
    if (column > lx->indent[lx->indents])
        indent(lx, column, alternative);
    else if (column < lx->indent[lx->indents])
        dedent(lx, column, alternative);
    else if (alternative != lx->indent_alternative[lx->indents])
        mistake_tabs(lx);
    return !lx->done;
}

void lexer_text_end(Lexer *lx) {
    lx->start = mark_here(lx);
    if (lx->level) {
        const Paren *open = &lx->parens[lx->level - 1];
        lexer_mistake_at(lx, GILT_SYNTAX_ERROR,
                         (Where){open->line, open->column + 1, open->line, 0},
                         "'%c' was never closed", open->open);
        lx->lexed->mistake.weak = true;
        return;
    }
    Mark last = last_line_end(lx);
    for (; lx->indents > 0; lx->indents--) emit_at(lx, TOKEN_DEDENT, last);
    emit_at(lx, TOKEN_END, last);
    lx->done = true;
}

void lexer_newline(Lexer *lx) {
    if (!lx->level) {
        Mark behind = mark_here(lx);
        lexer_emit(lx, TOKEN_NEWLINE);
        if (lx->failed) return;
        Token *token = &lx->lexed->tokens[lx->lexed->count - 1];
        token->end_column = column_of(behind) + 1;
    }
    lexer_pass(lx);
    lx->line_begins = true;
}
