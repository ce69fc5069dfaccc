/* lexer_number.c: numbers: where they end, and what is wrong with them. Their values are
 * computed by literals.c. */
#include "core/compiler/lexer_internal.h"
#include <string.h>

static void invalid(Lexer *lx, const char *kind) {
    lexer_mistake(lx, "invalid %s literal", kind);
}

static bool word_follows(const char *at, const char *word) {
    size_t length = strlen(word);
    return !strncmp(at, word, length) && !is_name_char(at[length]);
}

/* A keyword may follow without a space, for old times' sake; a name may not. */
static bool end_verify(Lexer *lx, const char *kind) {
    static const char *const words[] = {"and", "else", "for", "or", "not"};
    const char *at = lx->at;
    if (*at == 'i' && (at[1] == 'f' || at[1] == 'n' || at[1] == 's')) return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (word_follows(at, words[i])) return true;
    if ((*at & 0x80) || !is_name_char(*at)) return true;
    invalid(lx, kind);
    return false;
}

static bool is_digit_of(char c, int base) {
    return base == 16 ? is_hex_digit(c) : c >= '0' && c < '0' + base;
}

static void mistake_digit(Lexer *lx, const char *kind) {
    char digit = *lx->at++;
    lexer_mistake(lx, "invalid digit '%c' in %s literal", digit, kind);
}

/* 0x, 0o or 0b: `at` is behind the letter. */
static bool based(Lexer *lx, int base, const char *kind) {
    do {
        if (*lx->at == '_') lx->at++;
        if (!is_digit_of(*lx->at, base)) {
            if (is_digit(*lx->at))
                mistake_digit(lx, kind);
            else
                invalid(lx, kind);
            return false;
        }
        while (is_digit_of(*lx->at, base)) lx->at++;
    } while (*lx->at == '_');
    if (is_digit(*lx->at)) {
        mistake_digit(lx, kind);
        return false;
    }
    return end_verify(lx, kind);
}

/* Digits with single underscores between them. */
static bool decimal_tail(Lexer *lx) {
    for (;;) {
        while (is_digit(*lx->at)) lx->at++;
        if (*lx->at != '_') return true;
        lx->at++;
        if (!is_digit(*lx->at)) {
            invalid(lx, "decimal");
            return false;
        }
    }
}

/* 1 there was one, 0 not (what looked like one is a keyword), -1 a mistake. */
static int exponent(Lexer *lx) {
    const char *e = lx->at;
    if ((*e | 32) != 'e') return 0;
    lx->at++;
    if (*lx->at == '+' || *lx->at == '-') {
        lx->at++;
        if (!is_digit(*lx->at)) {
            invalid(lx, "decimal");
            return -1;
        }
    } else if (!is_digit(*lx->at)) {
        lx->at = e;
        return end_verify(lx, "decimal") ? 0 : -1;
    }
    return decimal_tail(lx) ? 1 : -1;
}

static bool imaginary_or_end(Lexer *lx) {
    if ((*lx->at | 32) != 'j') return end_verify(lx, "decimal");
    lx->at++;
    return end_verify(lx, "imaginary");
}

/* A fraction, exponent or j; `at` is behind the digits before them. */
static bool rest(Lexer *lx) {
    if (*lx->at == '.') {
        lx->at++;
        if (is_digit(*lx->at) && !decimal_tail(lx)) return false;
    }
    return exponent(lx) >= 0 && imaginary_or_end(lx);
}

/* Zeros may be followed by zeros alone, unless it is not an int. */
static bool zeros(Lexer *lx) {
    while (*lx->at == '0' || *lx->at == '_') {
        if (*lx->at == '_' && !is_digit(lx->at[1])) {
            lx->at++;
            invalid(lx, "decimal");
            return false;
        }
        lx->at++;
    }
    Mark first = mark_here(lx);
    if (!is_digit(*lx->at)) return rest(lx);
    if (!decimal_tail(lx)) return false;
    if (*lx->at == '.' || (*lx->at | 32) == 'e' || (*lx->at | 32) == 'j') return rest(lx);
    int offset = column_of(lx->start) + 1;
    lexer_mistake_at(lx, GILT_SYNTAX_ERROR,
                     (Where){lx->line, offset, lx->line, column_of(first) + 1},
                     "leading zeros in decimal integer literals are not permitted; use an "
                     "0o prefix for octal integers");
    return false;
}

void lexer_number(Lexer *lx) {
    char second = lx->at[0] == '0' ? (char)(lx->at[1] | 32) : 0;
    bool well;
    if (second == 'x' || second == 'o' || second == 'b') {
        lx->at += 2;
        well = second == 'x'   ? based(lx, 16, "hexadecimal")
               : second == 'o' ? based(lx, 8, "octal")
                               : based(lx, 2, "binary");
    } else if (*lx->at == '0') {
        well = zeros(lx);
    } else {
        well = decimal_tail(lx) && rest(lx);
    }
    if (well) lexer_emit(lx, TOKEN_NUMBER);
}
