/* lexer_string.c: where strings end, and the parts of f-strings.
 *
 * What stands between the quotes is not looked at here but for quotes, backslashes and, in
 * f-strings, braces: literals.c and fstring.c do that. */
#include "core/compiler/lexer_internal.h"

/* 3 if there are three quotes, else 1. */
static int quotes_at(const char *at) { return at[1] == at[0] && at[2] == at[0] ? 3 : 1; }

static bool quotes_end(const Lexer *lx, char quote, int quotes) {
    if (*lx->at != quote) return false;
    return quotes == 1 || (lx->at[1] == quote && lx->at[2] == quote);
}

/* The place of a mistake that is told where its string begins. */
static Where beginning(Mark start) {
    int offset = column_of(start) + 1;
    return (Where){start.line, offset, start.line, offset};
}

static void mistake_unterminated(Lexer *lx, char quote, int quotes) {
    const FString *f = fstring_top(lx);
    Where where = beginning(lx->start);
    int line = lx->line - (!*lx->at && lx->at[-1] == '\n');
    if (f && f->quote == quote && f->quotes == quotes)
        lexer_mistake_at(lx, GILT_SYNTAX_ERROR, where, "f-string: expecting '}'");
    else if (quotes == 3)
        lexer_mistake_at(lx, GILT_SYNTAX_ERROR, where,
                         "unterminated triple-quoted string literal (detected at line %d)",
                         line);
    else
        lexer_mistake_at(lx, GILT_SYNTAX_ERROR, where,
                         "unterminated string literal (detected at line %d)", line);
}

void lexer_string(Lexer *lx) {
    char quote = *lx->at;
    int quotes = quotes_at(lx->at);
    lx->at += quotes;
    while (!quotes_end(lx, quote, quotes)) {
        if (!*lx->at || (quotes == 1 && *lx->at == '\n')) {
            mistake_unterminated(lx, quote, quotes);
            return;
        }
        if (*lx->at == '\\') {
            lx->at++;
            if (!*lx->at) continue;
        }
        lexer_pass(lx);
    }
    lx->at += quotes;
    lexer_emit(lx, TOKEN_STRING);
}

/* ---- f-strings ---- */

void lexer_fstring_begin(Lexer *lx, bool raw) {
    char quote = *lx->at;
    int quotes = quotes_at(lx->at);
    lx->at += quotes;
    if (lx->fstring_count + 1 >= FSTRINGS_MAX) {
        lexer_mistake(lx, "too many nested f-strings");
        return;
    }
    lx->fstrings[lx->fstring_count++] = (FString){
        .start = lx->start, .quote = quote, .quotes = quotes, .raw = raw, .field = -1};
    lexer_emit(lx, TOKEN_FSTRING_START);
}

static void field_begin(Lexer *lx, FString *f) {
    f->field++;
    f->in_field = true;
    f->in_spec = false;
    if (f->field > FIELDS_MAX) lexer_mistake(lx, "f-string: expressions nested too deeply");
}

static void mistake_fstring(Lexer *lx, const FString *f, bool in_spec) {
    int line = lx->line - (!*lx->at && lx->at[-1] == '\n');
    if (in_spec && *lx->at) {
        lx->at++;
        lexer_mistake(lx, "f-string: newlines are not allowed in format specifiers for "
                          "single quoted f-strings");
    } else if (f->quotes == 3) {
        lexer_mistake_at(
            lx, GILT_SYNTAX_ERROR, beginning(f->start),
            "unterminated triple-quoted f-string literal (detected at line %d)", line);
    } else {
        lexer_mistake_at(lx, GILT_SYNTAX_ERROR, beginning(f->start),
                         "unterminated f-string literal (detected at line %d)", line);
    }
}

/* Moves over a backslash and what it escapes: a brace never; a name of a character with
 * its braces. */
static void pass_escape(Lexer *lx, const FString *f) {
    lx->at++;
    if (*lx->at == '{' || *lx->at == '}' || !*lx->at) return;
    bool named = *lx->at == 'N' && !f->raw && lx->at[1] == '{';
    lexer_pass(lx);
    if (!named) return;
    const char *end = lx->at;
    while (*end && *end != '}' && *end != '\n' && *end != f->quote) end++;
    if (*end != '}') return;
    while (lx->at <= end) lexer_pass(lx);
}

typedef enum Stop { STOP_NONE, STOP_TEXT, STOP_DOUBLED, STOP_MISTAKE } Stop;

/* Does a brace end the text? A doubled one does behind its first half. */
static Stop stop_at_brace(Lexer *lx, FString *f, bool in_spec) {
    char c = *lx->at;
    if (lx->at[1] == c && !in_spec && (c == '{' || f->depth == 0)) return STOP_DOUBLED;
    if (c == '{')
        field_begin(lx, f);
    else
        f->in_field = true, f->in_spec = false;
    return lx->done ? STOP_MISTAKE : STOP_TEXT;
}

static Stop stop_here(Lexer *lx, FString *f, bool in_spec) {
    char c = *lx->at;
    if (!c || (f->quotes == 1 && c == '\n')) {
        mistake_fstring(lx, f, in_spec);
        return STOP_MISTAKE;
    }
    if (quotes_end(lx, f->quote, f->quotes)) return STOP_TEXT;
    return c == '{' || c == '}' ? stop_at_brace(lx, f, in_spec) : STOP_NONE;
}

/* The end of the f-string, or text up to a replacement field. That of an empty format spec
 * is empty. */
void lexer_fstring_part(Lexer *lx) {
    FString *f = fstring_top(lx);
    bool in_spec = f->in_spec && f->field >= 0;
    lx->start = mark_here(lx);
    if (quotes_end(lx, f->quote, f->quotes)) {
        lx->at += f->quotes;
        lx->fstring_count--;
        lexer_emit(lx, TOKEN_FSTRING_END);
        return;
    }
    Stop stop;
    while ((stop = stop_here(lx, f, in_spec)) == STOP_NONE) {
        if (*lx->at == '\\')
            pass_escape(lx, f);
        else
            lexer_pass(lx);
    }
    if (stop == STOP_MISTAKE) return;
    const char *end = lx->at;
    if (stop == STOP_DOUBLED) lx->at += 2, end++; /* the token's place has both halves */
    if (end == lx->start.at && !(in_spec && *lx->at == '}')) return;
    lexer_emit(lx, TOKEN_FSTRING_MIDDLE);
    if (lx->failed) return;
    lx->lexed->tokens[lx->lexed->count - 1].end = (uint32_t)(end - lx->source->text);
}
