/* lexer.c: the main loop, writing tokens, and names.
 *
 * All limits are those of CPython: nothing here recurses. */
#include "core/compiler/lexer_internal.h"
#include "core/types/utf8.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>

/* ---- Writing tokens ---- */

static bool tokens_reserve(Lexer *lx) {
    if (lx->lexed->count < lx->room) return true;
    size_t room = lx->room ? 2 * lx->room : lx->source->bytes / 4 + 16;
    Token *tokens = realloc(lx->lexed->tokens, room * sizeof(Token));
    if (!tokens) {
        gilt_raise(GILT_MEMORY_ERROR, NULL);
        lx->failed = lx->done = true;
        return false;
    }
    lx->lexed->tokens = tokens;
    lx->room = room;
    return true;
}

void lexer_emit(Lexer *lx, TokenKind kind) {
    if (!tokens_reserve(lx)) return;
    const char *text = lx->source->text;
    lx->lexed->tokens[lx->lexed->count++] = (Token){
        .kind = (uint8_t)kind,
        .level = (uint8_t)lx->level,
        .start = (uint32_t)(lx->start.at - text),
        .end = (uint32_t)(lx->at - text),
        .line = lx->start.line,
        .column = column_of(lx->start),
        .end_line = lx->line,
        .end_column = column_of(mark_here(lx)),
    };
}

void lexer_emit_empty(Lexer *lx, TokenKind kind) {
    lx->start = mark_here(lx);
    lexer_emit(lx, kind);
}

static void mistake_write(Lexer *lx, GiltType type, Where where, const char *format,
                          va_list args) {
    Mistake *m = &lx->lexed->mistake;
    m->type = type;
    m->where = where;
    m->weak = false;
    m->at_end = !*lx->at;
    vsnprintf(m->message, sizeof m->message, format, args);
    lx->lexed->in_fstring = lx->fstring_count > 0;
    lexer_emit_empty(lx, TOKEN_MISTAKE);
    lx->done = true;
}

void lexer_mistake_at(Lexer *lx, GiltType type, Where where, const char *format, ...) {
    va_list args;
    va_start(args, format);
    mistake_write(lx, type, where, format, args);
    va_end(args);
}

void lexer_mistake(Lexer *lx, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int offset = column_of(mark_here(lx));
    mistake_write(lx, GILT_SYNTAX_ERROR, (Where){lx->line, offset, lx->line, offset},
                  format, args);
    va_end(args);
}

/* ---- Names ---- */

static TokenKind keyword_or_name(const char *text, size_t length) {
    static const struct {
        const char *text;
        uint8_t kind;
    } keywords[][9] = {
        [2] = {{"if", TOKEN_IF},
               {"in", TOKEN_IN},
               {"is", TOKEN_IS},
               {"or", TOKEN_OR},
               {"as", TOKEN_AS}},
        [3] = {{"def", TOKEN_DEF},
               {"for", TOKEN_FOR},
               {"not", TOKEN_NOT},
               {"and", TOKEN_AND},
               {"try", TOKEN_TRY},
               {"del", TOKEN_DEL}},
        [4] = {{"None", TOKEN_NONE},
               {"True", TOKEN_TRUE},
               {"else", TOKEN_ELSE},
               {"from", TOKEN_FROM},
               {"elif", TOKEN_ELIF},
               {"with", TOKEN_WITH},
               {"pass", TOKEN_PASS}},
        [5] = {{"False", TOKEN_FALSE},
               {"class", TOKEN_CLASS},
               {"while", TOKEN_WHILE},
               {"raise", TOKEN_RAISE},
               {"yield", TOKEN_YIELD},
               {"break", TOKEN_BREAK},
               {"async", TOKEN_ASYNC},
               {"await", TOKEN_AWAIT}},
        [6] = {{"return", TOKEN_RETURN},
               {"import", TOKEN_IMPORT},
               {"except", TOKEN_EXCEPT},
               {"lambda", TOKEN_LAMBDA},
               {"assert", TOKEN_ASSERT},
               {"global", TOKEN_GLOBAL}},
        [7] = {{"finally", TOKEN_FINALLY}},
        [8] = {{"continue", TOKEN_CONTINUE}, {"nonlocal", TOKEN_NONLOCAL}},
    };
    if (length < 2 || length > 8) return TOKEN_NAME;
    for (int i = 0; keywords[length][i].text; i++)
        if (*keywords[length][i].text == *text &&
            !memcmp(keywords[length][i].text, text, length))
            return keywords[length][i].kind;
    return TOKEN_NAME;
}

/* Is every code point allowed where it stands (PEP 3131)? */
static void name_verify(Lexer *lx) {
    const uint8_t *at = (const uint8_t *)lx->start.at, *end = (const uint8_t *)lx->at;
    for (bool first = true; at < end; first = false) {
        uint32_t point = utf8_next(&at);
        if (point < 0x80 ||
            (first ? uc_is_property_xid_start(point) : uc_is_property_xid_continue(point)))
            continue;
        lx->at = (const char *)at;
        lx->wide = lx->start.wide;
        for (const char *c = lx->start.at; c < lx->at; c++) lx->wide += is_continuation(*c);
        char shown[5] = "";
        utf8_put(point, (uint8_t *)shown);
        if (point_is_printable(point))
            lexer_mistake(lx, "invalid character '%s' (U+%04X)", shown, point);
        else
            lexer_mistake(lx, "invalid non-printable character U+%04X", point);
        return;
    }
}

/* Is this the prefix of a string: letters in an order that has a meaning? */
static bool string_prefix(const char *from, const char *to, bool *format, bool *raw) {
    bool b = false, u = false, f = false, r = false;
    for (; from < to; from++) {
        char c = (char)(*from | 32);
        if (c == 'b' && !b && !u && !f)
            b = true;
        else if (c == 'u' && !b && !u && !f && !r)
            u = true;
        else if (c == 'r' && !u && !r)
            r = true;
        else if (c == 'f' && !b && !u && !f)
            f = true;
        else
            return false;
    }
    *format = f;
    *raw = r;
    return true;
}

static void name(Lexer *lx) {
    bool wide = false, format, raw;
    do {
        if (*lx->at & 0x80) {
            wide = true;
            lx->wide += is_continuation(*lx->at);
        }
        lx->at++;
    } while (is_name_char(*lx->at));
    size_t length = (size_t)(lx->at - lx->start.at);
    bool quote = *lx->at == '\'' || *lx->at == '"';
    if (quote && length <= 2 && string_prefix(lx->start.at, lx->at, &format, &raw)) {
        if (format)
            lexer_fstring_begin(lx, raw);
        else
            lexer_string(lx);
        return;
    }
    if (wide) name_verify(lx);
    if (lx->done) return;
    lexer_emit(lx, wide ? TOKEN_NAME : keyword_or_name(lx->start.at, length));
}

/* ---- All of it ---- */

static void token(Lexer *lx) {
    if (lx->line_begins && !lexer_line_begin(lx)) return;
    while (*lx->at == ' ' || *lx->at == '\t' || *lx->at == '\f') lx->at++;
    lx->start = mark_here(lx);
    if (*lx->at == '#') lexer_comment(lx); /* is part of the NEWLINE */
    char c = *lx->at;
    if (is_name_start(c))
        name(lx);
    else if (c == '\n')
        lexer_newline(lx);
    else if (c == '\'' || c == '"')
        lexer_string(lx);
    else if (is_digit(c))
        lexer_number(lx);
    else if (c == '\\')
        lexer_continuation(lx);
    else if (!c)
        lexer_text_end(lx);
    else
        lexer_punctuation(lx);
}

bool lex(const Source *source, Lexed *lexed) {
    Lexer *lx = calloc(1, sizeof *lx);
    *lexed = (Lexed){0};
    if (!lx) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    lx->source = source;
    lx->lexed = lexed;
    lx->at = lx->line_start = source->text;
    lx->line = 1;
    lx->line_begins = true;
    while (!lx->done) {
        const FString *f = fstring_top(lx);
        if (f && !f->in_field)
            lexer_fstring_part(lx);
        else
            token(lx);
    }
    bool well = !lx->failed;
    free(lx);
    if (!well) lexed_free(lexed);
    return well;
}

void lexed_free(Lexed *lexed) {
    free(lexed->tokens);
    lexed->tokens = NULL;
}
