/* literals.c: numbers, and strings side by side that have no f among their prefixes.
 *
 * The lexer has checked the form of numbers and found where strings end. */
#include "core/compiler/parser_internal.h"
#include "core/types/complex.h"
#include <stdlib.h>
#include <string.h>

Node *parser_constant(Parser *p, size_t start, Object *value) {
    if (!parser_keep(p, value)) return NULL;
    Node *node = parser_node(p, NODE_CONSTANT, start, 0);
    if (node) node->constant.value = value;
    return node;
}

/* ---- Numbers ---- */

/* The text without underscores; freed with free unless it is `few`. */
static char *number_text(const Parser *p, const Token *t, char *few, size_t room) {
    size_t length = t->end - t->start, used = 0;
    char *text = length < room ? few : malloc(length + 1);
    if (!text) return (char *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    for (size_t i = 0; i < length; i++) {
        char c = p->source->text[t->start + i];
        if (c != '_') text[used++] = c;
    }
    text[used] = 0;
    return text;
}

static Object *number_value(const char *text) {
    bool based = text[0] == '0' && strchr("xXoObB", text[1]) && text[1];
    char last = text[strlen(text) - 1];
    if (based || !strpbrk(text, ".eEjJ")) {
        while (!based && *text == '0' && text[1]) text++;
        return gilt_int_parse(text, based ? 0 : 10);
    }
    if ((last | 32) != 'j') return gilt_float(strtod(text, NULL));
    return complex_new(0, strtod(text, NULL));
}

/* There are more digits than an int may have. */
static Node *explain_digits(Parser *p, const Token *t) {
    Object *error = gilt_error_take(), *text = gilt_str(error);
    char *why = text ? gilt_str_utf8(text, NULL) : NULL;
    if (why)
        parser_raise(p, token_place(t),
                     "%s - Consider hexadecimal for huge integer literals to avoid decimal "
                     "conversion limits.",
                     why);
    free(why);
    decref_maybe(text);
    decref(error);
    return p->raised ? NULL : parser_give_up(p);
}

Node *parse_number(Parser *p) {
    const Token *t = here(p);
    char few[64], *text = number_text(p, t, few, sizeof few);
    Object *value = text ? number_value(text) : NULL;
    if (text && text != few) free(text);
    if (!value && gilt_error_is(GILT_VALUE_ERROR)) return explain_digits(p, t);
    advance(p);
    return parser_constant(p, p->at - 1, value);
}

/* ---- Strings ---- */

Literal literal_of_token(const Parser *p, const Token *t) {
    Literal l = {p->source->text + t->start, p->source->text + t->end, false, false};
    for (; *l.from != '\'' && *l.from != '"'; l.from++) {
        l.raw |= (*l.from | 32) == 'r';
        l.bytes |= (*l.from | 32) == 'b';
    }
    int quotes = l.to - l.from >= 6 && l.from[1] == *l.from && l.from[2] == *l.from ? 3 : 1;
    l.from += quotes;
    l.to -= quotes;
    return l;
}

/* One str, most often, that means what it says. */
static Object *plain_value(Parser *p, const Token *t) {
    Literal l = literal_of_token(p, t);
    size_t length = (size_t)(l.to - l.from);
    if (l.raw || !memchr(l.from, '\\', length)) return gilt_str_new(l.from, length);
    StrBuilder b;
    builder_init(&b);
    if (literal_append(p, &b, t, l.from, l.to, false)) return builder_finish(&b);
    builder_abandon(&b);
    return NULL;
}

static Node *str_literals(Parser *p, size_t count) {
    size_t start = p->at;
    Object *value;
    if (count == 1) {
        value = plain_value(p, here(p));
        advance(p);
        return parser_constant(p, start, value);
    }
    StrBuilder b;
    builder_init(&b);
    bool well = true;
    for (; count && well; count--) {
        Literal l = literal_of_token(p, here(p));
        well = literal_append(p, &b, here(p), l.from, l.to, l.raw);
        advance(p);
    }
    if (well) return parser_constant(p, start, builder_finish(&b));
    builder_abandon(&b);
    return NULL;
}

static int octal_digits(const char *at, const char *end, unsigned *value) {
    int count = 0;
    for (*value = 0; count < 3 && at + count < end; count++) {
        if (at[count] < '0' || at[count] > '7') break;
        *value = *value * 8 + (unsigned)(at[count] - '0');
    }
    return count;
}

int literal_hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What stands behind the backslash: *at moves on. A byte; -1: nothing (the end of a line);
 * -2: no escape; -3: a mistake. */
static int byte_escape(const char **at, const char *end) {
    static const char names[] = "\\'\"abfnrtv", values[] = "\\'\"\a\b\f\n\r\t\v";
    char c = *(*at)++;
    const char *found = c ? strchr(names, c) : NULL;
    unsigned value;
    if (c == '\n') return -1;
    if (found) return values[found - names];
    if (c >= '0' && c <= '7') {
        *at += octal_digits(*at - 1, end, &value) - 1;
        return value & 0xFF;
    }
    if (c != 'x') return -2;
    int high = *at < end ? literal_hex_digit(**at) : -1;
    int low = *at + 1 < end ? literal_hex_digit((*at)[1]) : -1;
    if (high < 0 || low < 0) return -3;
    *at += 2;
    return high * 16 + low;
}

/* Appends at `to` what the literal means; -1: SyntaxError. */
static ssize_t bytes_put(Parser *p, const Token *t, Literal l, uint8_t *to) {
    uint8_t *begin = to;
    for (const char *at = l.from; at < l.to;) {
        char c = *at++;
        if (c & 0x80) {
            parser_raise(p, token_place(t),
                         "bytes can only contain ASCII literal characters");
            return -1;
        }
        if (c != '\\' || l.raw) {
            *to++ = (uint8_t)c;
            continue;
        }
        const char *escape = at;
        int value = byte_escape(&at, l.to);
        if (value == -3) {
            parser_raise(p, token_place(t),
                         "(value error) invalid \\x escape at position %td",
                         escape - 1 - l.from);
            return -1;
        }
        if (value == -2) *to++ = '\\', at = escape;
        if (value >= 0) *to++ = (uint8_t)value;
    }
    return to - begin;
}

static Node *bytes_literals(Parser *p, size_t count) {
    size_t start = p->at, room = 1, used = 0;
    for (size_t i = 0; i < count; i++) room += here(p)[i].end - here(p)[i].start;
    uint8_t *data = malloc(room);
    if (!data) {
        gilt_raise(GILT_MEMORY_ERROR, NULL);
        return parser_give_up(p);
    }
    ssize_t put = 0;
    for (size_t i = 0; i < count && put >= 0; i++, used += (size_t)put) {
        put = bytes_put(p, here(p), literal_of_token(p, here(p)), data + used);
        advance(p);
    }
    Node *node = put < 0 ? NULL : parser_constant(p, start, gilt_bytes_new(data, used));
    free(data);
    return node;
}

/* ---- Strings side by side ---- */

/* The tokens of an f-string, from its start on. */
static const Token *fstring_skip(const Token *t) {
    int depth = 0;
    for (;; t++) {
        if (t->kind == TOKEN_FSTRING_START) depth++;
        if (t->kind == TOKEN_FSTRING_END && !--depth) return t;
        if (t->kind == TOKEN_MISTAKE) return t - 1;
    }
}

Node *parse_strings(Parser *p) {
    size_t count = 0, bytes = 0, formats = 0;
    const Token *t = here(p);
    for (; t->kind == TOKEN_STRING || t->kind == TOKEN_FSTRING_START; t++, count++) {
        if (t->kind == TOKEN_FSTRING_START)
            formats++, t = fstring_skip(t);
        else
            bytes += literal_of_token(p, t).bytes;
    }
    if (bytes && bytes != count) {
        while (here(p) != t) advance(p);
        return parser_raise(p, token_place(t), "cannot mix bytes and nonbytes literals");
    }
    if (bytes) return bytes_literals(p, count);
    return formats ? parse_fstrings(p, count) : str_literals(p, count);
}
