/* strings.c: what a str literal means: escapes.
 *
 * CPython decodes a copy in which each character beyond ASCII is an escape of ten, and the
 * positions in its messages are positions in that: so are ours. */
#include "core/compiler/parser_internal.h"
#include <string.h>
#include <uniname.h>

typedef struct Decoding {
    Parser *p;
    const Token *token; /* for errors */
    StrBuilder *out;
    const char *at, *end;
    size_t position;
} Decoding;

/* `length` bytes from the backslash on are wrong. */
static bool mistake(Decoding *d, size_t length, const char *what) {
    size_t last = d->position + length - 1;
    parser_raise(
        d->p, token_place(d->token),
        "(unicode error) 'unicodeescape' codec can't decode bytes in position %zu-%zu: "
        "%s",
        d->position, last, what);
    return false;
}

/* \x, \u, \U: `at` is at the letter. */
static bool hex_escape(Decoding *d, int digits, const char *truncated) {
    uint32_t point = 0;
    for (int i = 1; i <= digits; i++) {
        int value = d->at + i < d->end ? literal_hex_digit(d->at[i]) : -1;
        if (value < 0) return mistake(d, (size_t)i + 1, truncated);
        point = point * 16 + (uint32_t)value;
    }
    if (point > 0x10FFFF)
        return mistake(d, (size_t)digits + 2, "illegal Unicode character");
    d->at += digits + 1;
    d->position += (size_t)digits + 2;
    builder_append_char(d->out, point);
    return true;
}

/* \N{name} */
static bool name_escape(Decoding *d) {
    static const char malformed[] = "malformed \\N character escape";
    char name[UNINAME_MAX];
    const char *from = d->at + 2;
    if (from > d->end || d->at + 1 == d->end || d->at[1] != '{')
        return mistake(d, 2, malformed);
    const char *close = memchr(from, '}', (size_t)(d->end - from));
    if (!close) return mistake(d, (size_t)(d->end - d->at) + 1, malformed);
    if (close == from) return mistake(d, 3, malformed);
    size_t length = (size_t)(close - from);
    uint32_t point = UNINAME_INVALID;
    if (length < sizeof name) {
        memcpy(name, from, length);
        name[length] = 0;
        point = unicode_name_character(name);
    }
    if (point == UNINAME_INVALID)
        return mistake(d, length + 4, "unknown Unicode character name");
    d->at = close + 1;
    d->position += length + 4;
    builder_append_char(d->out, point);
    return true;
}

static void octal_escape(Decoding *d) {
    uint32_t point = 0;
    int count = 0;
    for (; count < 3 && d->at + count < d->end; count++) {
        char c = d->at[count];
        if (c < '0' || c > '7') break;
        point = point * 8 + (uint32_t)(c - '0');
    }
    d->at += count;
    d->position += (size_t)count + 1;
    builder_append_char(d->out, point);
}

/* Behind a backslash. One that escapes nothing means itself. */
static bool escape(Decoding *d) {
    static const char names[] = "\\'\"abfnrtv", values[] = "\\'\"\a\b\f\n\r\t\v";
    char c = d->at < d->end ? *d->at : 0;
    const char *found = c ? strchr(names, c) : NULL;
    if (found) {
        builder_append_char(d->out, (uint32_t)values[found - names]);
    } else if (c >= '0' && c <= '7') {
        octal_escape(d);
        return true;
    } else if (c == 'x') {
        return hex_escape(d, 2, "truncated \\xXX escape");
    } else if (c == 'u') {
        return hex_escape(d, 4, "truncated \\uXXXX escape");
    } else if (c == 'U') {
        return hex_escape(d, 8, "truncated \\UXXXXXXXX escape");
    } else if (c == 'N') {
        return name_escape(d);
    } else if (c != '\n') {
        builder_append_char(d->out, '\\');
        d->position++;
        return true;
    }
    d->at++;
    d->position += 2;
    return true;
}

bool literal_append(Parser *p, StrBuilder *b, const Token *token, const char *from,
                    const char *to, bool raw) {
    Decoding d = {p, token, b, from, to, 0};
    while (d.at < d.end) {
        if (*d.at == '\\' && !raw) {
            d.at++;
            if (!escape(&d)) return false;
        } else if (*d.at & 0x80) {
            builder_append_char(b, utf8_next((const uint8_t **)&d.at));
            d.position += 10;
        } else {
            builder_append_char(b, (uint8_t)*d.at++);
            d.position++;
        }
    }
    return true;
}
