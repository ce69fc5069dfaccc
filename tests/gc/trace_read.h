/* trace_read.h: reads a file of -X trace=FILE, for tests. A strict reader of JSON: what it
 * does not accept fails the test, with the place. Of the events it keeps what tests ask
 * for, in the order of the file; a member of `args` counts as one of the event. */
#pragma once
#include "tests/testing.h"
#include <ctype.h>

typedef struct Event {
    char name[32], kind[4], why[32];
    int thread, from, to;
    double at, duration; /* microseconds */
    long threads, candidates, reached, garbage, finalized, resurrected, collected;
} Event;

typedef struct Trace {
    Event *events;
    size_t count;
    char *text;
    const char *here; /* while it is read */
} Trace;

/* ---- Members ---- */

/* Cut, if need be. */
static inline void copy(char *to, size_t room, const char *text) {
    size_t length = strlen(text);
    if (length >= room) length = room - 1;
    memcpy(to, text, length);
    to[length] = 0;
}

static inline void keep_text(Event *e, const char *key, const char *text) {
    if (!strcmp(key, "name")) copy(e->name, sizeof e->name, text);
    if (!strcmp(key, "ph")) copy(e->kind, sizeof e->kind, text);
    if (!strcmp(key, "args.why")) copy(e->why, sizeof e->why, text);
}

static inline void keep_number(Event *e, const char *key, double number) {
    const struct {
        const char *key;
        int *to;
    } ints[] = {{"tid", &e->thread}, {"args.from", &e->from}, {"args.to", &e->to}};
    const struct {
        const char *key;
        long *to;
    } longs[] = {{"args.threads", &e->threads},     {"args.candidates", &e->candidates},
                 {"args.reached", &e->reached},     {"args.garbage", &e->garbage},
                 {"args.finalized", &e->finalized}, {"args.resurrected", &e->resurrected},
                 {"args.collected", &e->collected}};
    for (size_t i = 0; i < sizeof ints / sizeof *ints; i++)
        if (!strcmp(key, ints[i].key)) *ints[i].to = (int)number;
    for (size_t i = 0; i < sizeof longs / sizeof *longs; i++)
        if (!strcmp(key, longs[i].key)) *longs[i].to = (long)number;
    if (!strcmp(key, "ts")) e->at = number;
    if (!strcmp(key, "dur")) e->duration = number;
}

/* ---- JSON ---- */

static inline void json_fail(const Trace *t, const char *what) {
    fail_msg("at byte %td there should be %s: %.60s", t->here - t->text, what, t->here);
}

static inline void skip_space(Trace *t) {
    while (*t->here && strchr(" \t\r\n", *t->here)) t->here++;
}

static inline bool accept(Trace *t, char c) {
    skip_space(t);
    if (*t->here != c) return false;
    t->here++;
    return true;
}

static inline void need(Trace *t, char c) {
    char what[] = {c, 0};
    if (!accept(t, c)) json_fail(t, what);
}

/* Escapes are checked and dropped: no text that tests look at has one. */
static inline void read_escape(Trace *t) {
    t->here++;
    if (!*t->here || !strchr("\"\\/bfnrtu", *t->here)) json_fail(t, "an escape");
    if (*t->here++ != 'u') return;
    for (int i = 0; i < 4; i++)
        if (!isxdigit((unsigned char)*t->here++)) json_fail(t, "a hexadecimal digit");
}

static inline void read_text(Trace *t, char *text, size_t room) {
    size_t length = 0;
    need(t, '"');
    while (*t->here != '"') {
        if ((unsigned char)*t->here < 0x20) json_fail(t, "the end of a string");
        if (*t->here == '\\') {
            read_escape(t);
            continue;
        }
        if (length + 1 < room) text[length++] = *t->here;
        t->here++;
    }
    t->here++;
    text[length] = 0;
}

static inline void read_digits(Trace *t) {
    if (!isdigit((unsigned char)*t->here)) json_fail(t, "a digit");
    while (isdigit((unsigned char)*t->here)) t->here++;
}

/* No sign and no exponent: a trace has neither. */
static inline double read_number(Trace *t) {
    const char *begin = t->here;
    if (*begin == '0' && isdigit((unsigned char)begin[1])) json_fail(t, "no leading zero");
    read_digits(t);
    if (*t->here == '.') {
        t->here++;
        read_digits(t);
    }
    return strtod(begin, NULL);
}

/* Members are strings, numbers, or `args`: an object of such members. */
static inline void read_members(Trace *t, Event *e, const char *prefix) {
    need(t, '{');
    if (accept(t, '}')) return;
    do {
        char key[64], text[256];
        size_t length = (size_t)snprintf(key, sizeof key, "%s", prefix);
        read_text(t, key + length, sizeof key - length);
        need(t, ':');
        skip_space(t);
        if (*t->here == '"') {
            read_text(t, text, sizeof text);
            keep_text(e, key, text);
        } else if (*t->here == '{' && !strcmp(key, "args")) {
            read_members(t, e, "args.");
        } else {
            keep_number(e, key, read_number(t));
        }
    } while (accept(t, ','));
    need(t, '}');
}

static inline void read_events(Trace *t) {
    need(t, '[');
    if (accept(t, ']')) return;
    do {
        t->events = realloc(t->events, (t->count + 1) * sizeof *t->events);
        assert_non_null(t->events);
        Event *e = &t->events[t->count++];
        *e = (Event){.name = ""};
        read_members(t, e, "");
        if (!*e->name || strlen(e->kind) != 1) json_fail(t, "an event with name and ph");
    } while (accept(t, ','));
    need(t, ']');
    skip_space(t);
    if (*t->here) json_fail(t, "the end");
}

/* The trace in the file, as if this were added to its end. Free it with trace_free. */
static inline Trace *trace_read(const char *path, const char *more) {
    Trace *t = calloc(1, sizeof *t);
    FILE *file = fopen(path, "r");
    assert_true(t && file);
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    t->text = calloc(1, size + strlen(more) + 1);
    assert_non_null(t->text);
    assert_int_equal(fread(t->text, 1, size, file), size);
    fclose(file);
    strcat(t->text + size, more);
    t->here = t->text;
    read_events(t);
    return t;
}

static inline void trace_free(Trace *t) {
    free(t->events);
    free(t->text);
    free(t);
}

/* ---- Times: they are given to the nanosecond, and doubles round ---- */

static inline bool before(double a, double b) { return a < b + 0.0005; }

static inline bool is_in(const Event *a, const Event *b) {
    return before(b->at, a->at) && before(a->at + a->duration, b->at + b->duration);
}

static inline bool is_apart(const Event *a, const Event *b) {
    return before(a->at + a->duration, b->at) || before(b->at + b->duration, a->at);
}
