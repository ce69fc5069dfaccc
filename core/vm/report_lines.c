/* report_lines.c: lines of text with a margin, and lines of source with marks under them.
 * Columns count code points: the bytes of UTF-8 that do not continue one. */
#define _GNU_SOURCE
#include "core/vm/report_lines.h"
#include "core/vm/anchors.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* ---- Text ---- */

bool report_begin(Report *r) {
    *r = (Report){0};
    r->stream = open_memstream(&r->text, &r->bytes);
    return r->stream;
}

static void end(Report *r) {
    if (r->stream) fclose(r->stream);
    r->stream = NULL;
    lines_free(&r->lines);
    for (size_t i = 0; i < r->seen_count; i++) decref(r->seen[i]);
    free(r->seen);
}

Object *report_finish(Report *r) {
    end(r);
    Object *text = r->text ? gilt_str_new(r->text, r->bytes) : NULL;
    if (!r->text) gilt_raise(GILT_MEMORY_ERROR, NULL);
    free(r->text);
    return text;
}

void report_print(Report *r) {
    end(r);
    if (r->text) fwrite(r->text, 1, r->bytes, stderr);
    free(r->text);
}

static void margin(Report *r) {
    if (!r->depth) return;
    fprintf(r->stream, "%*s%c ", 2 * r->depth, "", r->plus ? '+' : '|');
    r->plus = false;
}

/* A line may come in several pieces. */
void report_put(Report *r, const char *text) {
    while (*text) {
        const char *newline = strchr(text, '\n');
        size_t bytes = newline ? (size_t)(newline + 1 - text) : strlen(text);
        if (!r->inside) margin(r);
        r->inside = !newline;
        fwrite(text, 1, bytes, r->stream);
        text += bytes;
    }
}

void report_format(Report *r, const char *format, ...) {
    char *text;
    va_list args;
    va_start(args, format);
    int length = vasprintf(&text, format, args);
    va_end(args);
    if (length < 0) return;
    report_put(r, text);
    free(text);
}

bool report_see(Report *r, Object *exception) {
    if (r->seen_count == r->seen_room) {
        size_t room = r->seen_room ? 2 * r->seen_room : 8;
        Object **grown = realloc(r->seen, room * sizeof *grown);
        if (!grown) return false;
        r->seen = grown;
        r->seen_room = room;
    }
    r->seen[r->seen_count++] = exception;
    return true;
}

void report_rule(Report *r, const char *before, const char *title) {
    fprintf(r->stream, "%*s%s", 2 * r->depth, "", before);
    if (title)
        fprintf(r->stream, "+---------------- %s ----------------\n", title);
    else
        fprintf(r->stream, "+------------------------------------\n");
}

/* ---- Columns ---- */

static bool continues(char c) { return (c & 0xC0) == 0x80; }

static int points(const char *text, size_t bytes) {
    int count = 0;
    for (size_t i = 0; i < bytes; i++) count += !continues(text[i]);
    return count;
}

/* How many bytes `count` code points take; all of them if there are fewer. */
static size_t offset_of(const char *text, size_t bytes, int count) {
    size_t at = 0;
    while (at < bytes && (count > 0 || continues(text[at])))
        count -= !continues(text[at++]);
    return at;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\f' || c == '\r' || c == '\n' || c == '\v';
}

static void put_many(Report *r, char c, int count) {
    char text[2] = {c, 0};
    while (count-- > 0) report_put(r, text);
}

/* ---- The line of a place ---- */

typedef struct Marks {
    int from, to; /* what is marked; in it the anchor, if there is one */
    int anchor_from, anchor_to;
} Marks;

static void put_marks(Report *r, const Marks *m) {
    bool anchor = m->anchor_from < m->anchor_to;
    put_many(r, ' ', 4 + m->from);
    if (anchor) {
        put_many(r, '~', m->anchor_from - m->from);
        put_many(r, '^', m->anchor_to - m->anchor_from);
        put_many(r, '~', m->to - m->anchor_to);
    } else {
        put_many(r, '^', m->to - m->from);
    }
    report_put(r, "\n");
}

/* Where the operator is in the marked part, which is in one line. */
static void find_anchor(const char *text, size_t bytes, Marks *m) {
    size_t begin = offset_of(text, bytes, m->from), stop = offset_of(text, bytes, m->to);
    size_t from, to;
    if (!anchors_find(text + begin, stop - begin, &from, &to)) return;
    m->anchor_from = points(text, begin + from);
    m->anchor_to = points(text, begin + to);
}

/* Marks that cover the whole line say nothing, unless there is an anchor in them. */
void report_source_line(Report *r, const char *filename, int line, int end_line, int column,
                        int end_column) {
    size_t bytes;
    const char *text = lines_get(&r->lines, filename, line, &bytes);
    if (!text) return;
    if (bytes && text[bytes - 1] == '\r') bytes--;
    size_t indent = 0;
    while (indent < bytes && is_blank(text[indent])) indent++;
    text += indent;
    bytes -= indent;
    if (!bytes) return;
    report_format(r, "    %.*s\n", (int)bytes, text);
    while (is_blank(text[bytes - 1])) bytes--;
    int length = points(text, bytes), skipped = (int)indent;
    bool one = end_line == line;
    if (column < 0 || (one && end_column < 0)) return;
    Marks m = {.from = column - skipped, .to = one ? end_column - skipped : length};
    if (m.from < 0 || m.to <= m.from || m.to > length) return;
    if (one) find_anchor(text, bytes, &m);
    if (m.to - m.from < length || m.anchor_from < m.anchor_to) put_marks(r, &m);
}

/* ---- The line of a SyntaxError ---- */

void report_syntax_line(Report *r, const char *text, int offset, int end_offset) {
    size_t bytes = strlen(text), indent = 0;
    while (bytes && text[bytes - 1] == '\n') bytes--;
    while (indent < bytes && (text[indent] == ' ' || text[indent] == '\t' ||
                              text[indent] == '\n' || text[indent] == '\f'))
        indent++;
    text += indent;
    bytes -= indent;
    report_format(r, "    %.*s\n", (int)bytes, text);
    if (offset < 0) return;
    int length = points(text, bytes), from = offset - 1 - (int)indent;
    int to = end_offset == INT32_MAX ? length : end_offset - 1 - (int)indent;
    if (from < 0) return;
    if (from > length) from = length;
    if (to <= from) to = from + 1;
    put_many(r, ' ', 4);
    for (int i = 0; i < from; i++) {
        char c = text[offset_of(text, bytes, i)];
        put_many(r, c == '\t' ? c : ' ', 1);
    }
    put_many(r, '^', to - from);
    report_put(r, "\n");
}
