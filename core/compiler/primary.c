/* primary.c: names, constants, and what may follow them: attributes, calls, subscripts. */
#include "core/compiler/parser_internal.h"
#include "core/types/singletons.h"

static Node *name_node(Parser *p) {
    Object *id = parser_name(p, here(p));
    if (!id) return NULL;
    advance(p);
    Node *node = parser_node(p, NODE_NAME, p->at - 1, 0);
    if (node) node->name.id = id;
    return node;
}

static Node *singleton(Parser *p, Object *value) {
    advance(p);
    return parser_constant(p, p->at - 1, value);
}

Node *parse_atom(Parser *p) {
    switch (peek(p)) {
    case TOKEN_NAME:
        return name_node(p);
    case TOKEN_NUMBER:
        return parse_number(p);
    case TOKEN_STRING:
    case TOKEN_FSTRING_START:
        return parse_strings(p);
    case TOKEN_LEFT_PAREN:
        return parse_paren_display(p);
    case TOKEN_LEFT_BRACKET:
        return parse_bracket_display(p);
    case TOKEN_LEFT_BRACE:
        return parse_brace_display(p);
    case TOKEN_NONE:
        return singleton(p, gilt_none());
    case TOKEN_TRUE:
        return singleton(p, gilt_bool(true));
    case TOKEN_FALSE:
        return singleton(p, gilt_bool(false));
    case TOKEN_ELLIPSIS:
        return singleton(p, ellipsis());
    case TOKEN_AWAIT:
        return parser_refuse_async(p);
    default:
        return fail(p);
    }
}

/* ---- Attributes and calls ---- */

static Node *attribute(Parser *p, size_t start, Node *value) {
    advance(p);
    if (!at(p, TOKEN_NAME)) return fail(p);
    Object *attr = parser_name(p, here(p));
    if (!attr) return NULL;
    advance(p);
    Node *node = parser_node(p, NODE_ATTRIBUTE, start, value->height);
    if (!node) return NULL;
    node->attribute.value = value;
    node->attribute.attr = attr;
    return node;
}

static Node *call(Parser *p, size_t start, Node *func) {
    NodeList args, keywords;
    int below = func->height;
    if (!parse_call_arguments(p, false, &args, &keywords, &below)) return NULL;
    Node *node = parser_node(p, NODE_CALL, start, below);
    if (!node) return NULL;
    node->call.func = func;
    node->call.args = args;
    node->call.keywords = keywords;
    return node;
}

/* ---- Subscripts ---- */

static bool ends_slice_part(const Parser *p) {
    return at(p, TOKEN_COLON) || at(p, TOKEN_COMMA) || at(p, TOKEN_RIGHT_BRACKET);
}

/* *part stays NULL if there is none. */
static bool slice_part(Parser *p, Node **part) {
    if (ends_slice_part(p)) return true;
    *part = parse_expression(p);
    return *part != NULL;
}

/* The rest of a slice from its first colon. */
static Node *slice_rest(Parser *p, size_t start, Node *lower) {
    Node *upper = NULL, *step = NULL;
    advance(p);
    if (!slice_part(p, &upper)) return NULL;
    if (accept(p, TOKEN_COLON) && !slice_part(p, &step)) return NULL;
    int below = higher(height_of(lower), higher(height_of(upper), height_of(step)));
    Node *node = parser_node(p, NODE_SLICE, start, below);
    if (!node) return NULL;
    node->slice.lower = lower;
    node->slice.upper = upper;
    node->slice.step = step;
    return node;
}

/* One part of a subscript: an index, a slice, or *indices. */
static Node *slice(Parser *p) {
    size_t start = p->at;
    if (at(p, TOKEN_COLON)) return slice_rest(p, start, NULL);
    if (at(p, TOKEN_STAR)) {
        advance(p);
        Node *value = parse_expression(p), *node;
        if (!value || !(node = parser_node(p, NODE_STARRED, start, value->height)))
            return NULL;
        node->starred.value = value;
        return node;
    }
    Node *node = parse_named_expression(p);
    if (!node || !at(p, TOKEN_COLON)) return node;
    if (node->kind == NODE_NAMED_EXPR && p->tokens[start].kind != TOKEN_LEFT_PAREN)
        return fail(p);
    return slice_rest(p, start, node);
}

/* Slices with commas, or one that is starred, make a tuple. */
static Node *slices(Parser *p) {
    size_t start = p->at, begin = p->pending_count;
    Node *first = slice(p), *next = first;
    if (!first || (!at(p, TOKEN_COMMA) && first->kind != NODE_STARRED)) return first;
    while (parser_push(p, next) && accept(p, TOKEN_COMMA) && !at(p, TOKEN_RIGHT_BRACKET))
        if (!(next = slice(p))) return NULL;
    NodeList elements;
    if (p->raised || !parser_list(p, begin, &elements)) return NULL;
    Node *node = parser_node(p, NODE_TUPLE, start, ast_list_height(&elements));
    if (node) node->sequence.elements = elements;
    return node;
}

static Node *subscript(Parser *p, size_t start, Node *value) {
    advance(p);
    Node *index = slices(p);
    if (!index || !accept(p, TOKEN_RIGHT_BRACKET)) return NULL;
    Node *node =
        parser_node(p, NODE_SUBSCRIPT, start, higher(value->height, index->height));
    if (!node) return NULL;
    node->subscript.value = value;
    node->subscript.slice = index;
    return node;
}

static Node *trailer(Parser *p, size_t start, Node *node) {
    switch (peek(p)) {
    case TOKEN_DOT:
        return attribute(p, start, node);
    case TOKEN_LEFT_PAREN:
        return call(p, start, node);
    default:
        return subscript(p, start, node);
    }
}

Node *parse_primary(Parser *p) {
    size_t start = p->at;
    Node *node = parse_atom(p);
    while (node &&
           (at(p, TOKEN_DOT) || at(p, TOKEN_LEFT_PAREN) || at(p, TOKEN_LEFT_BRACKET))) {
        Spot spot = parser_spot(p);
        Node *longer = trailer(p, start, node);
        if (!longer && parser_fall_back(p, spot)) break;
        node = longer;
    }
    return node;
}
