/* source.c: decoding and line ends: byte order mark, coding comment (PEP 263), '\r'. */
#include "core/compiler/source.h"
#include "core/compiler/syntax_error.h"
#include "core/types/utf8.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define SOURCE_BYTES_MAX ((size_t)1 << 30)

typedef enum Encoding { UTF_8, LATIN_1, ENCODING_UNKNOWN } Encoding;

const char *source_line(const Source *source, int line, size_t *bytes) {
    const char *at = source->text, *end = at + source->bytes, *next;
    for (; line > 1 && at < end; line--) {
        next = memchr(at, '\n', (size_t)(end - at));
        at = next ? next + 1 : end;
    }
    next = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
    *bytes = (size_t)((next ? next + 1 : end) - at);
    return at;
}

/* ---- Which encoding? ---- */

static size_t line_length(const char *text, size_t bytes) {
    size_t n = 0;
    while (n < bytes && text[n] != '\n' && text[n] != '\r') n++;
    return n;
}

static bool is_name_part(char c) { return isalnum((unsigned char)c) || strchr("-_.", c); }

/* The name behind "coding:" or "coding=" in a line that is a comment; its length or 0. */
static size_t coding_find(const char *line, size_t length, const char **name) {
    size_t at = 0;
    while (at < length && strchr(" \t\f", line[at])) at++;
    if (at == length || line[at] != '#') return 0;
    for (; at + 7 <= length; at++) {
        if (memcmp(line + at, "coding", 6) || (line[at + 6] != ':' && line[at + 6] != '='))
            continue;
        size_t from = at + 7, to;
        while (from < length && (line[from] == ' ' || line[from] == '\t')) from++;
        for (to = from; to < length && line[to] && is_name_part(line[to]);) to++;
        *name = line + from;
        if (to > from) return to - from;
    }
    return 0;
}

static bool line_is_blank(const char *line, size_t length) {
    size_t at = 0;
    while (at < length && strchr(" \t\f", line[at]) && line[at]) at++;
    return at == length || line[at] == '#';
}

/* The name in the coding comment in one of the first two lines, or 0. */
static size_t coding_name(const char *text, size_t bytes, const char **name, Where *where) {
    size_t first = line_length(text, bytes), found;
    *where = (Where){1, 1, 1, 0};
    if ((found = coding_find(text, first, name)) || !line_is_blank(text, first))
        return found;
    if (first < bytes && text[first] == '\r') first++;
    if (first < bytes && text[first] == '\n') first++;
    *where = (Where){2, 1, 2, 0};
    return coding_find(text + first, line_length(text + first, bytes - first), name);
}

static Encoding encoding_of(const char *name, size_t length) {
    static const char *const utf_8[] = {"utf-8", "utf8", "u8", "ascii", "us-ascii"};
    static const char *const latin_1[] = {"latin-1", "iso-8859-1", "iso-latin-1",
                                          "latin1",  "iso8859-1",  "l1"};
    char plain[16] = "";
    for (size_t i = 0; i < length && i < sizeof plain - 1; i++)
        plain[i] = name[i] == '_' ? '-' : (char)tolower((unsigned char)name[i]);
    if (!strncmp(plain, "utf-8-", 6)) return UTF_8;
    if (!strncmp(plain, "latin-1-", 8) || !strncmp(plain, "iso-8859-1-", 11))
        return LATIN_1;
    if (length >= sizeof plain) return ENCODING_UNKNOWN;
    for (size_t i = 0; i < sizeof utf_8 / sizeof *utf_8; i++)
        if (!strcmp(plain, utf_8[i])) return UTF_8;
    for (size_t i = 0; i < sizeof latin_1 / sizeof *latin_1; i++)
        if (!strcmp(plain, latin_1[i])) return LATIN_1;
    return ENCODING_UNKNOWN;
}

/* Looks at mark and comment; moves *text behind the mark. false: SyntaxError. */
static bool source_encoding(Source *raw, Encoding *encoding) {
    const char *name = NULL;
    Where where;
    bool marked = raw->bytes >= 3 && !memcmp(raw->text, "\xEF\xBB\xBF", 3);
    if (marked) raw->text += 3, raw->bytes -= 3;
    size_t length = coding_name(raw->text, raw->bytes, &name, &where);
    *encoding = length ? encoding_of(name, length) : UTF_8;
    if (*encoding == UTF_8 || (*encoding == LATIN_1 && !marked)) return true;
    int shown = length > 80 ? 80 : (int)length;
    if (*encoding == LATIN_1)
        syntax_error_raise(raw, GILT_SYNTAX_ERROR, where, "encoding problem: %.*s with BOM",
                           shown, name);
    else
        syntax_error_raise(raw, GILT_SYNTAX_ERROR, where, "unknown encoding: %.*s", shown,
                           name);
    return false;
}

/* ---- Checking and copying ---- */

static int line_of(const char *text, size_t offset) {
    int line = 1;
    for (size_t i = 0; i < offset; i++) line += text[i] == '\n';
    return line;
}

static bool utf8_check(const Source *raw) {
    Utf8Scan scan;
    if (utf8_scan((const uint8_t *)raw->text, raw->bytes, &scan)) return true;
    char *name = gilt_str_utf8(raw->filename, NULL);
    if (!name) return false;
    int line = line_of(raw->text, scan.wrong_from);
    syntax_error_raise(raw, GILT_SYNTAX_ERROR, (Where){line, 1, line, 0},
                       "Non-UTF-8 code starting with '\\x%02x' in file %s on line %d, but "
                       "no encoding declared; see https://peps.python.org/pep-0263/ for "
                       "details",
                       (uint8_t)raw->text[scan.wrong_from], name, line);
    free(name);
    return false;
}

static bool nul_check(const Source *raw) {
    const char *nul = raw->bytes ? memchr(raw->text, 0, raw->bytes) : NULL;
    if (!nul) return true;
    int line = line_of(raw->text, (size_t)(nul - raw->text));
    syntax_error_raise(raw, GILT_SYNTAX_ERROR, (Where){line, 1, line, 0},
                       "source code string cannot contain null bytes");
    return false;
}

/* '\r\n' and '\r' end a line as '\n' does. Returns how many bytes were written. */
static size_t copy_text(char *to, const char *from, size_t bytes, Encoding encoding) {
    char *at = to;
    if (encoding == UTF_8 && !memchr(from, '\r', bytes)) {
        memcpy(at, from, bytes);
        return bytes;
    }
    for (size_t i = 0; i < bytes; i++) {
        uint8_t c = (uint8_t)from[i];
        if (c == '\r') {
            if (i + 1 < bytes && from[i + 1] == '\n') i++;
            *at++ = '\n';
        } else if (encoding == LATIN_1) {
            at += utf8_put(c, (uint8_t *)at);
        } else {
            *at++ = (char)c;
        }
    }
    return (size_t)(at - to);
}

bool source_read(Source *source, const char *text, size_t bytes, Object *filename) {
    Source raw = {(char *)text, bytes, filename};
    Encoding encoding;
    if (bytes > SOURCE_BYTES_MAX)
        return gilt_raise(GILT_OVERFLOW_ERROR, "source code is too long");
    if (!source_encoding(&raw, &encoding)) return false;
    if (!nul_check(&raw) || (encoding == UTF_8 && !utf8_check(&raw))) return false;
    char *copy = malloc(raw.bytes * (encoding == LATIN_1 ? 2 : 1) + 2);
    if (!copy) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    size_t used = raw.bytes ? copy_text(copy, raw.text, raw.bytes, encoding) : 0;
    if (used && copy[used - 1] != '\n') copy[used++] = '\n';
    copy[used] = 0;
    *source = (Source){copy, used, filename};
    return true;
}

void source_free(Source *source) {
    free(source->text);
    source->text = NULL;
}
