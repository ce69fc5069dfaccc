/* lexer_operator.c: operators and brackets. A bracket remembers where it was opened; in an
 * f-string, brackets also tell where replacement fields end. */
#include "core/compiler/lexer_internal.h"

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

static void operator_of(Lexer *lx, int length, TokenKind kind) {
    lx->at += length;
    lexer_emit(lx, kind);
}

/* An operator of one character, or with = behind it. */
static void maybe_assign(Lexer *lx, TokenKind plain, TokenKind assign) {
    if (lx->at[1] == '=')
        operator_of(lx, 2, assign);
    else
        operator_of(lx, 1, plain);
}

/* One that may be doubled. */
static void maybe_double(Lexer *lx, TokenKind plain, TokenKind assign, TokenKind twice,
                         TokenKind twice_assign) {
    if (lx->at[1] != lx->at[0])
        maybe_assign(lx, plain, assign);
    else if (lx->at[2] == '=')
        operator_of(lx, 3, twice_assign);
    else
        operator_of(lx, 2, twice);
}

static void unknown(Lexer *lx) {
    unsigned c = (uint8_t)*lx->at++;
    if (c < ' ' || c == 127)
        lexer_mistake(lx, "invalid non-printable character U+%04X", c);
    else
        lexer_emit(lx, TOKEN_UNKNOWN);
}

static void minus_or_dot(Lexer *lx) {
    const char *at = lx->at;
    if (*at == '-' && at[1] == '>')
        operator_of(lx, 2, TOKEN_ARROW);
    else if (*at == '-')
        maybe_assign(lx, TOKEN_MINUS, TOKEN_MINUS_ASSIGN);
    else if (is_digit(at[1]))
        lexer_number(lx);
    else if (at[1] == '.' && at[2] == '.')
        operator_of(lx, 3, TOKEN_ELLIPSIS);
    else
        operator_of(lx, 1, TOKEN_DOT);
}

void lexer_punctuation(Lexer *lx) {
    char c = *lx->at;
    switch (c) {
    case '(':
        open_paren(lx, c, TOKEN_LEFT_PAREN);
        break;
    case '[':
        open_paren(lx, c, TOKEN_LEFT_BRACKET);
        break;
    case '{':
        open_paren(lx, c, TOKEN_LEFT_BRACE);
        break;
    case ')':
        close_paren(lx, c, TOKEN_RIGHT_PAREN);
        break;
    case ']':
        close_paren(lx, c, TOKEN_RIGHT_BRACKET);
        break;
    case '}':
        close_paren(lx, c, TOKEN_RIGHT_BRACE);
        break;
    case ',':
        operator_of(lx, 1, TOKEN_COMMA);
        break;
    case ';':
        operator_of(lx, 1, TOKEN_SEMICOLON);
        break;
    case '~':
        operator_of(lx, 1, TOKEN_TILDE);
        break;
    case '-':
    case '.':
        minus_or_dot(lx);
        break;
    case ':':
        if (begins_spec(lx))
            operator_of(lx, 1, TOKEN_COLON);
        else
            maybe_assign(lx, TOKEN_COLON, TOKEN_WALRUS);
        break;
    case '=':
        maybe_assign(lx, TOKEN_ASSIGN, TOKEN_EQUAL);
        break;
    case '!':
        maybe_assign(lx, TOKEN_EXCLAMATION, TOKEN_UNEQUAL);
        break;
    case '+':
        maybe_assign(lx, TOKEN_PLUS, TOKEN_PLUS_ASSIGN);
        break;
    case '%':
        maybe_assign(lx, TOKEN_PERCENT, TOKEN_PERCENT_ASSIGN);
        break;
    case '@':
        maybe_assign(lx, TOKEN_AT, TOKEN_AT_ASSIGN);
        break;
    case '&':
        maybe_assign(lx, TOKEN_AMPERSAND, TOKEN_AMPERSAND_ASSIGN);
        break;
    case '|':
        maybe_assign(lx, TOKEN_BAR, TOKEN_BAR_ASSIGN);
        break;
    case '^':
        maybe_assign(lx, TOKEN_CARET, TOKEN_CARET_ASSIGN);
        break;
    case '*':
        maybe_double(lx, TOKEN_STAR, TOKEN_STAR_ASSIGN, TOKEN_DOUBLE_STAR,
                     TOKEN_DOUBLE_STAR_ASSIGN);
        break;
    case '/':
        maybe_double(lx, TOKEN_SLASH, TOKEN_SLASH_ASSIGN, TOKEN_DOUBLE_SLASH,
                     TOKEN_DOUBLE_SLASH_ASSIGN);
        break;
    case '<':
        if (lx->at[1] == '>')
            operator_of(lx, 2, TOKEN_UNKNOWN);
        else
            maybe_double(lx, TOKEN_LESS, TOKEN_LESS_EQUAL, TOKEN_LEFT_SHIFT,
                         TOKEN_LEFT_SHIFT_ASSIGN);
        break;
    case '>':
        maybe_double(lx, TOKEN_GREATER, TOKEN_GREATER_EQUAL, TOKEN_RIGHT_SHIFT,
                     TOKEN_RIGHT_SHIFT_ASSIGN);
        break;
    default:
        unknown(lx);
    }
}
