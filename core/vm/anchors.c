/* anchors.c: finds the operator that an expression comes down to at last: of those outside
 * of brackets, the one that binds least; of equal ones the last, but of powers the first.
 */
#include "core/vm/anchors.h"
#include <string.h>

typedef struct Scan {
    const char *text;
    size_t bytes, at;
    bool operand;       /* the token before ends an operand */
    bool sign;          /* the expression begins with + - or ~ */
    bool known;         /* no token that this does not understand */
    int binding;        /* of the operator found; 0: none yet */
    size_t from, to;    /* where it is */
    size_t open, after; /* the last subscript: its brackets, and what comes behind them */
} Scan;

enum { BINDS_POWER = 8 };

static const struct {
    char text[3];
    int binding;
} operators[] = {{"**", BINDS_POWER},
                 {"//", 6},
                 {"<<", 4},
                 {">>", 4},
                 {"*", 6},
                 {"/", 6},
                 {"%", 6},
                 {"@", 6},
                 {"+", 5},
                 {"-", 5},
                 {"&", 3},
                 {"^", 2},
                 {"|", 1}};

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_' || (c & 0x80);
}

static char peek(const Scan *s, size_t ahead) {
    return s->at + ahead < s->bytes ? s->text[s->at + ahead] : 0;
}

/* At a quote. */
static void skip_string(Scan *s) {
    char quote = s->text[s->at];
    bool triple = peek(s, 1) == quote && peek(s, 2) == quote;
    for (s->at += triple ? 3 : 1; s->at < s->bytes; s->at++) {
        if (s->text[s->at] == '\\') {
            s->at++;
        } else if (s->text[s->at] == quote &&
                   (!triple || (peek(s, 1) == quote && peek(s, 2) == quote))) {
            s->at += triple ? 3 : 1;
            return;
        }
    }
}

static bool is_keyword(const char *word, size_t bytes) {
    static const char *const words[] = {"not", "and", "or",     "if",    "else", "in",
                                        "is",  "for", "lambda", "await", "yield"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == bytes && !memcmp(words[i], word, bytes)) return true;
    return false;
}

/* A name, a number, or the prefix of a string. */
static void skip_word(Scan *s) {
    size_t begin = s->at;
    bool number = s->text[begin] >= '0' && s->text[begin] <= '9';
    bool hex = number && (peek(s, 1) == 'x' || peek(s, 1) == 'X');
    while (is_word(peek(s, 0)) || (number && peek(s, 0) == '.')) {
        bool exponent = number && !hex && (peek(s, 0) == 'e' || peek(s, 0) == 'E');
        s->at++;
        if (exponent && (peek(s, 0) == '+' || peek(s, 0) == '-')) s->at++;
    }
    if (peek(s, 0) == '"' || peek(s, 0) == '\'')
        skip_string(s);
    else if (is_keyword(s->text + begin, s->at - begin))
        s->known = false;
    s->operand = true;
}

/* From a bracket to behind the one that closes it. */
static void skip_brackets(Scan *s) {
    size_t begin = s->at;
    bool subscript = s->operand && s->text[begin] == '[';
    int depth = 0;
    do {
        char c = s->text[s->at];
        if (c == '"' || c == '\'') {
            skip_string(s);
            continue;
        }
        depth += c == '(' || c == '[' || c == '{';
        depth -= c == ')' || c == ']' || c == '}';
        s->at++;
    } while (depth && s->at < s->bytes);
    if (depth) s->known = false;
    s->operand = true;
    if (!subscript) return;
    s->open = begin;
    s->after = s->at;
}

static void take_operator(Scan *s, size_t which) {
    size_t length = strlen(operators[which].text);
    int binding = operators[which].binding;
    bool better = !s->binding || binding < s->binding ||
                  (binding == s->binding && binding != BINDS_POWER);
    if (!s->operand) {
        if (!s->binding) s->sign = true;
    } else if (better) {
        s->binding = binding;
        s->from = s->at;
        s->to = s->at + length;
    }
    s->operand = false;
    s->at += length;
}

static bool starts(const Scan *s, const char *text) {
    size_t length = strlen(text);
    return s->bytes - s->at >= length && !memcmp(s->text + s->at, text, length);
}

static void other(Scan *s) {
    char c = s->text[s->at];
    if (c == '.') {
        s->at++;
        return;
    }
    if (c == '~') {
        if (!s->binding) s->sign = true;
        s->at++;
        return;
    }
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (starts(s, operators[i].text)) return take_operator(s, i);
    s->known = false;
}

static void step(Scan *s) {
    char c = s->text[s->at];
    if (c == ' ' || c == '\t' || c == '\f')
        s->at++;
    else if (is_word(c))
        skip_word(s);
    else if (c == '"' || c == '\'')
        skip_string(s), s->operand = true;
    else if (c == '(' || c == '[' || c == '{')
        skip_brackets(s);
    else
        other(s);
}

bool anchors_find(const char *text, size_t bytes, size_t *from, size_t *to) {
    Scan s = {.text = text, .bytes = bytes, .known = true};
    while (s.known && s.at < bytes) step(&s);
    if (!s.known || !s.operand) return false;
    if (s.sign && (!s.binding || s.binding == BINDS_POWER)) return false;
    if (!s.binding && s.after != bytes) return false;
    *from = s.binding ? s.from : s.open;
    *to = s.binding ? s.to : s.after;
    return true;
}
