/* lexer_operator.c: operators and brackets. A bracket remembers where it was opened; in an
 * f-string, brackets also tell where replacement fields end. */
#include "core/compiler/lexer_internal.h"
#include <string.h>

static void open_paren(Lexer *lx, char c, TokenKind kind) {
    FString *f = fstring_top(lx);
    lx->at++;
    if (lx->level >= LEVELS_MAX) {
        lexer_mistake(lx, "too many nested parentheses");
        return;
    }
    lx->parens[lx->level++] = (Paren){c, lx->line, column_of(lx->start)};
    if (f) f->depth++;
    lexer_emit(lx, kind);
}

static bool paren_matches(char open, char close) {
    return (open == '(' && close == ')') || (open == '[' && close == ']') ||
           (open == '{' && close == '}');
}

static void mistake_unmatched(Lexer *lx, const FString *f, const Paren *open, char c) {
    if (f && open->open == '{' && f->depth - 1 == f->field)
        lexer_mistake(lx, "f-string: unmatched '%c'", c);
    else if (open->line != lx->line)
        lexer_mistake(lx,
                      "closing parenthesis '%c' does not match opening parenthesis '%c' on "
                      "line %d",
                      c, open->open, open->line);
    else
        lexer_mistake(lx,
                      "closing parenthesis '%c' does not match opening parenthesis '%c'", c,
                      open->open);
}

/* The end of a replacement field brings back the text around it. */
static void fstring_closed(FString *f, char c) {
    f->depth--;
    if (c == '}' && f->depth == f->field) {
        f->field--;
        f->in_field = f->in_spec = false;
    }
}

static void close_paren(Lexer *lx, char c, TokenKind kind) {
    FString *f = fstring_top(lx);
    lx->at++;
    if (f && !f->depth && c == '}') {
        lexer_mistake(lx, "f-string: single '}' is not allowed");
    } else if (!lx->level) {
        lexer_mistake(lx, "unmatched '%c'", c);
    } else if (f && !f->depth) {
        lexer_mistake(lx, "f-string: unmatched '%c'", c);
    } else if (!paren_matches(lx->parens[lx->level - 1].open, c)) {
        mistake_unmatched(lx, f, &lx->parens[lx->level - 1], c);
    } else {
        lx->level--;
        if (f) fstring_closed(f, c);
        lexer_emit(lx, kind);
    }
}

/* In a replacement field, a colon outside of brackets begins the format spec. */
static bool begins_spec(Lexer *lx) {
    FString *f = fstring_top(lx);
    if (!f || f->field < 0 || f->depth - 1 != f->field) return false;
    f->in_field = false;
    f->in_spec = true;
    return true;
}

/* Those that begin with the same character: the longest first. */
static const struct {
    char text[4];
    uint8_t length;
    uint8_t kind;
} operators[] = {
    {"**=", 3, TOKEN_DOUBLE_STAR_ASSIGN},
    {"**", 2, TOKEN_DOUBLE_STAR},
    {"*=", 2, TOKEN_STAR_ASSIGN},
    {"*", 1, TOKEN_STAR},
    {"//=", 3, TOKEN_DOUBLE_SLASH_ASSIGN},
    {"//", 2, TOKEN_DOUBLE_SLASH},
    {"/=", 2, TOKEN_SLASH_ASSIGN},
    {"/", 1, TOKEN_SLASH},
    {"<<=", 3, TOKEN_LEFT_SHIFT_ASSIGN},
    {"<<", 2, TOKEN_LEFT_SHIFT},
    {"<=", 2, TOKEN_LESS_EQUAL},
    {"<>", 2, TOKEN_UNKNOWN},
    {"<", 1, TOKEN_LESS},
    {">>=", 3, TOKEN_RIGHT_SHIFT_ASSIGN},
    {">>", 2, TOKEN_RIGHT_SHIFT},
    {">=", 2, TOKEN_GREATER_EQUAL},
    {">", 1, TOKEN_GREATER},
    {"==", 2, TOKEN_EQUAL},
    {"=", 1, TOKEN_ASSIGN},
    {"!=", 2, TOKEN_UNEQUAL},
    {"!", 1, TOKEN_EXCLAMATION},
    {":=", 2, TOKEN_WALRUS},
    {":", 1, TOKEN_COLON},
    {"->", 2, TOKEN_ARROW},
    {"-=", 2, TOKEN_MINUS_ASSIGN},
    {"-", 1, TOKEN_MINUS},
    {"+=", 2, TOKEN_PLUS_ASSIGN},
    {"+", 1, TOKEN_PLUS},
    {"%=", 2, TOKEN_PERCENT_ASSIGN},
    {"%", 1, TOKEN_PERCENT},
    {"@=", 2, TOKEN_AT_ASSIGN},
    {"@", 1, TOKEN_AT},
    {"&=", 2, TOKEN_AMPERSAND_ASSIGN},
    {"&", 1, TOKEN_AMPERSAND},
    {"|=", 2, TOKEN_BAR_ASSIGN},
    {"|", 1, TOKEN_BAR},
    {"^=", 2, TOKEN_CARET_ASSIGN},
    {"^", 1, TOKEN_CARET},
    {"...", 3, TOKEN_ELLIPSIS},
    {".", 1, TOKEN_DOT},
    {",", 1, TOKEN_COMMA},
    {";", 1, TOKEN_SEMICOLON},
    {"~", 1, TOKEN_TILDE},
};

static bool operator_here(Lexer *lx) {
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (*lx->at != *operators[i].text ||
            strncmp(lx->at, operators[i].text, operators[i].length))
            continue;
        lx->at += operators[i].length;
        lexer_emit(lx, operators[i].kind);
        return true;
    }
    return false;
}

static void unknown(Lexer *lx) {
    unsigned c = (uint8_t)*lx->at++;
    if (c < ' ' || c == 127)
        lexer_mistake(lx, "invalid non-printable character U+%04X", c);
    else
        lexer_emit(lx, TOKEN_UNKNOWN);
}

static bool bracket_here(Lexer *lx) {
    static const char brackets[] = "([{)]}";
    static const TokenKind kinds[] = {TOKEN_LEFT_PAREN,    TOKEN_LEFT_BRACKET,
                                      TOKEN_LEFT_BRACE,    TOKEN_RIGHT_PAREN,
                                      TOKEN_RIGHT_BRACKET, TOKEN_RIGHT_BRACE};
    const char *found = *lx->at ? strchr(brackets, *lx->at) : NULL;
    if (!found) return false;
    size_t number = (size_t)(found - brackets);
    if (number < 3)
        open_paren(lx, *found, kinds[number]);
    else
        close_paren(lx, *found, kinds[number]);
    return true;
}

void lexer_punctuation(Lexer *lx) {
    if (bracket_here(lx)) return;
    if (*lx->at == '.' && is_digit(lx->at[1])) {
        lexer_number(lx);
    } else if (*lx->at == ':' && begins_spec(lx)) {
        lx->at++;
        lexer_emit(lx, TOKEN_COLON);
    } else if (!operator_here(lx)) {
        unknown(lx);
    }
}
