/* fstring.c: f-strings (PEP 701), alone or beside other strings: a JOINED_STR whose values
 * are, in turns, text that is not empty and replacement fields. */
#include "core/compiler/parser_internal.h"
#include <string.h>

/* The text since the last field. */
typedef struct Joining {
    StrBuilder text;
    Place from, to;
    bool any;
    int height;
} Joining;

static bool well(Parser *p, const StrBuilder *b) {
    return !p->raised && b->state == BUILDER_WELL;
}

static void text_spread(Joining *j, Place place) {
    if (!j->any) j->from = place;
    j->to = place;
    j->any = true;
}

static bool text_append(Parser *p, Joining *j, const Token *t, const char *from,
                        const char *to, bool raw) {
    text_spread(j, token_place(t));
    return literal_append(p, &j->text, t, from, to, raw);
}

/* Pushes the text, if there is any, and begins anew. */
static bool text_flush(Parser *p, Joining *j) {
    bool any = j->text.used > 0 || j->text.state != BUILDER_WELL;
    Object *value = builder_finish(&j->text);
    builder_init(&j->text);
    j->any = false;
    if (!any) return value || parser_give_up(p);
    Node *node = parser_constant(p, p->at - 1, value);
    if (!node) return false;
    node->place = place_between(j->from, j->to);
    j->height = higher(j->height, 1);
    return parser_push(p, node);
}

static Node *joined_node(Parser *p, Joining *j, size_t start, size_t begin) {
    NodeList values;
    if (!text_flush(p, j) || !parser_list(p, begin, &values)) return NULL;
    Node *node = parser_node(p, NODE_JOINED_STR, start, j->height);
    if (node) node->joined.values = values;
    return node;
}

/* ---- Replacement fields ---- */

/* With `=`, the text of the expression comes first: without comments. */
static bool debug_text(Parser *p, Joining *j, const Token *brace, const Token *behind) {
    const char *at = p->source->text + brace->end, *end = p->source->text + behind->start;
    char quote = 0;
    text_spread(j,
                (Place){brace->end_line, brace->end_column, behind->line, behind->column});
    while (at < end) {
        if (*at == '#' && !quote) {
            at = memchr(at, '\n', (size_t)(end - at));
            if (!at) break;
        } else if ((*at == '\'' || *at == '"') && (!quote || *at == quote)) {
            quote = quote ? 0 : *at;
        } else if (*at == '\\') {
            builder_append_char(&j->text, (uint8_t)*at++);
        }
        builder_append_char(&j->text, utf8_next((const uint8_t **)&at));
    }
    return well(p, &j->text);
}

static bool ends_value(const Parser *p) {
    return at(p, TOKEN_EXCLAMATION) || at(p, TOKEN_COLON) || at(p, TOKEN_RIGHT_BRACE);
}

static void *explain_value(Parser *p, size_t start) {
    const Token *first = &p->tokens[start];
    if (p->raised) return NULL;
    if (!token_begins_expression(first->kind))
        return parser_explain(p, token_place(first),
                              "f-string: expecting a valid expression after '{'");
    return parser_explain(p, token_place(&p->tokens[p->furthest - 1]),
                          "f-string: expecting '=', or '!', or ':', or '}'");
}

static Node *field_value(Parser *p) {
    size_t start = p->at;
    if (at(p, TOKEN_ASSIGN) || ends_value(p)) {
        char c = p->source->text[here(p)->start];
        return parser_explain(p, token_place(here(p)),
                              "f-string: valid expression required before '%c'", c);
    }
    Node *value = parse_star_expressions_or_yield(p);
    return value ? value : explain_value(p, start);
}

/* Behind the exclamation mark. 0: a mistake. */
static int conversion(Parser *p) {
    const Token *mark = here(p), *t = mark + 1;
    advance(p);
    if (!at(p, TOKEN_NAME)) {
        bool missing = at(p, TOKEN_COLON) || at(p, TOKEN_RIGHT_BRACE);
        parser_explain(p, token_place(t), "f-string: %s conversion character",
                       missing ? "missing" : "invalid");
        return 0;
    }
    advance(p);
    const char *text = p->source->text + t->start;
    size_t length = t->end - t->start;
    if (mark->end != t->start)
        parser_raise(
            p, place_between(token_place(mark), token_place(t)),
            "f-string: conversion type must come right after the exclamation mark");
    else if (length != 1 || !strchr("sra", *text))
        parser_raise(
            p, token_place(t),
            "f-string: invalid conversion character '%.*s': expected 's', 'r', or 'a'",
            length > 100 ? 100 : (int)length, text);
    return p->raised ? 0 : *text;
}

static bool field(Parser *p, Joining *j, bool raw);

/* Behind the colon: text and fields. */
static Node *format_spec(Parser *p, bool raw) {
    size_t start = p->at, begin = p->pending_count;
    Joining j = {0};
    const char *text = p->source->text;
    bool good = true;
    builder_init(&j.text);
    advance(p);
    while (good && (at(p, TOKEN_FSTRING_MIDDLE) || at(p, TOKEN_LEFT_BRACE))) {
        const Token *t = here(p);
        if (at(p, TOKEN_LEFT_BRACE)) {
            good = field(p, &j, raw);
        } else {
            good = text_append(p, &j, t, text + t->start, text + t->end, raw);
            advance(p);
        }
    }
    if (good && at(p, TOKEN_RIGHT_BRACE)) return joined_node(p, &j, start, begin);
    builder_abandon(&j.text);
    if (!good) return fail(p);
    return parser_explain(p, token_place(here(p)),
                          "f-string: expecting '}', or format specs");
}

/* What may stand between the value and the bracket. */
static bool field_tail(Parser *p, Node *node, bool debug, bool raw) {
    const char *missing = NULL;
    node->formatted.conversion = -1;
    if (!ends_value(p))
        missing = debug ? "'!', or ':', or '}'" : "'=', or '!', or ':', or '}'";
    if (!missing && at(p, TOKEN_EXCLAMATION)) {
        if (!(node->formatted.conversion = conversion(p))) return false;
        if (!ends_value(p) || at(p, TOKEN_EXCLAMATION)) missing = "':' or '}'";
    }
    if (missing)
        return parser_explain(p, token_place(here(p)), "f-string: expecting %s", missing);
    if (at(p, TOKEN_COLON)) {
        if (!(node->formatted.format_spec = format_spec(p, raw))) return false;
    } else if (debug && node->formatted.conversion < 0) {
        node->formatted.conversion = 'r';
    }
    return accept(p, TOKEN_RIGHT_BRACE);
}

/* One field, with its text in front if it has a `=`: pushed. */
static bool field(Parser *p, Joining *j, bool raw) {
    size_t start = p->at;
    advance(p);
    Node *value = field_value(p), *node;
    if (!value) return false;
    bool debug = accept(p, TOKEN_ASSIGN);
    if (debug && ends_value(p) && !debug_text(p, j, &p->tokens[start], here(p)))
        return false;
    if (!text_flush(p, j)) return false;
    if (!(node = parser_node(p, NODE_FORMATTED_VALUE, start, value->height))) return false;
    node->formatted.value = value;
    if (!field_tail(p, node, debug, raw)) return false;
    node->place = place_from(p, start);
    node->height = higher(node->height, height_of(node->formatted.format_spec) + 1);
    j->height = higher(j->height, node->height);
    return parser_push(p, node);
}

/* ---- The whole ---- */

static bool is_raw(const Parser *p, const Token *t) {
    for (uint32_t i = t->start; i < t->end; i++)
        if ((p->source->text[i] | 32) == 'r') return true;
    return false;
}

/* From its start to its end. */
static bool fstring(Parser *p, Joining *j) {
    const char *text = p->source->text;
    bool raw = is_raw(p, here(p));
    advance(p);
    while (!accept(p, TOKEN_FSTRING_END)) {
        const Token *t = here(p);
        if (at(p, TOKEN_LEFT_BRACE)) {
            if (!field(p, j, raw)) return false;
        } else if (at(p, TOKEN_FSTRING_MIDDLE)) {
            if (!text_append(p, j, t, text + t->start, text + t->end, raw)) return false;
            advance(p);
        } else {
            return fail(p);
        }
    }
    return true;
}

/* A str literal beside it. */
static bool plain_string(Parser *p, Joining *j) {
    Literal l = literal_of_token(p, here(p));
    advance(p);
    return text_append(p, j, before(p), l.from, l.to, l.raw);
}

Node *parse_fstrings(Parser *p, size_t count) {
    size_t start = p->at, begin = p->pending_count;
    Joining j = {0};
    bool good = true;
    builder_init(&j.text);
    for (; good && count; count--)
        good = at(p, TOKEN_STRING) ? plain_string(p, &j) : fstring(p, &j);
    if (good) return joined_node(p, &j, start, begin);
    builder_abandon(&j.text);
    return fail(p);
}
