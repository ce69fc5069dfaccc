/* displays.c: what stands in brackets: groups, tuples, lists, sets, dicts and all kinds of
 * comprehensions. */
#include "core/compiler/parser_internal.h"

static bool at_for(const Parser *p) { return at(p, TOKEN_FOR) || at(p, TOKEN_ASYNC); }

/* ---- Comprehensions ---- */

static Comprehension *comprehension_clause(Parser *p, int *height) {
    size_t begin = p->pending_count;
    if (at(p, TOKEN_ASYNC)) return parser_refuse_async(p);
    advance(p);
    Node *target = parse_for_targets(p), *iter = target ? parse_disjunction(p) : NULL,
         *test;
    if (!iter) return NULL;
    while (accept(p, TOKEN_IF))
        if (!(test = parse_disjunction(p)) || !parser_push(p, test)) return NULL;
    Comprehension *clause = parser_allocate(p, sizeof *clause);
    if (!clause || !parser_list(p, begin, &clause->ifs)) return NULL;
    clause->target = target;
    clause->iter = iter;
    *height = higher(*height, higher(target->height, iter->height));
    *height = higher(*height, ast_list_height(&clause->ifs));
    return clause;
}

bool parse_comprehension_clauses(Parser *p, NodeList *clauses, int *height) {
    size_t begin = p->pending_count;
    while (at_for(p)) {
        Comprehension *clause = comprehension_clause(p, height);
        if (!clause || !parser_push(p, clause)) return false;
    }
    return parser_list(p, begin, clauses);
}

static Node *comprehension_node(Parser *p, NodeKind kind, size_t start, Node *element,
                                Node *value, NodeList clauses, int below) {
    Node *node = parser_node(p, kind, start, below);
    if (!node) return NULL;
    node->comp.element = element;
    node->comp.value = value;
    node->comp.generators = clauses;
    return node;
}

Node *parse_generator_node(Parser *p, size_t start, Node *element, NodeList clauses,
                           int below) {
    return comprehension_node(p, NODE_GENERATOR_EXP, start, element, NULL, clauses, below);
}

/* From its first `for` on, to the bracket, which is taken. */
Node *parse_comprehension(Parser *p, NodeKind kind, size_t start, Node *element,
                          Node *value, TokenKind close) {
    NodeList clauses;
    int below = higher(element->height, height_of(value));
    if (!parse_comprehension_clauses(p, &clauses, &below)) return NULL;
    if (element->kind == NODE_STARRED)
        return parser_explain(p, element->place,
                              "iterable unpacking cannot be used in comprehension");
    if (!accept(p, close)) return NULL;
    return comprehension_node(p, kind, start, element, value, clauses, below);
}

/* [a, b for ...]: the elements are pending. */
static void *explain_comprehension_target(Parser *p, size_t begin) {
    const Node *first = p->pending[begin], *last = p->pending[p->pending_count - 1];
    Place end = first == last ? token_place(before(p)) : last->place;
    NodeList clauses;
    int height = 0;
    if (!p->explain || !at_for(p) || !parse_comprehension_clauses(p, &clauses, &height))
        return NULL;
    return parser_explain(p, place_between(first->place, end),
                          "did you forget parentheses around the comprehension target?");
}

/* ---- Groups, tuples and lists ---- */

/* The elements from `first` on, up to the bracket, which is taken. */
static Node *sequence(Parser *p, NodeKind kind, size_t start, Node *first,
                      TokenKind close) {
    size_t begin = p->pending_count;
    Node *next = first;
    while (parser_push(p, next) && accept(p, TOKEN_COMMA) && !at(p, close) && !at_for(p))
        if (!(next = parse_star_named_expression(p))) return NULL;
    NodeList elements;
    if (p->raised) return NULL;
    if (!accept(p, close))
        return kind == NODE_TUPLE ? fail(p) : explain_comprehension_target(p, begin);
    if (!parser_list(p, begin, &elements)) return NULL;
    Node *node = parser_node(p, kind, start, ast_list_height(&elements));
    if (node) node->sequence.elements = elements;
    return node;
}

static Node *yield_group(Parser *p) {
    Node *node = parse_yield_expression(p);
    return node && accept(p, TOKEN_RIGHT_PAREN) ? node : NULL;
}

static void *explain_double_star(Parser *p) {
    Place place = token_place(here(p));
    if (!p->explain) return NULL;
    advance(p);
    if (!parse_expression(p) || !at(p, TOKEN_RIGHT_PAREN)) return NULL;
    return parser_explain(p, place, "cannot use double starred expression here");
}

Node *parse_paren_display(Parser *p) {
    size_t start = p->at;
    advance(p);
    if (at(p, TOKEN_YIELD)) return yield_group(p);
    if (at(p, TOKEN_DOUBLE_STAR)) return explain_double_star(p);
    if (accept(p, TOKEN_RIGHT_PAREN)) return parser_node(p, NODE_TUPLE, start, 0);
    Node *first = parse_star_named_expression(p);
    if (!first) return NULL;
    if (at_for(p))
        return parse_comprehension(p, NODE_GENERATOR_EXP, start, first, NULL,
                                   TOKEN_RIGHT_PAREN);
    if (at(p, TOKEN_COMMA)) return sequence(p, NODE_TUPLE, start, first, TOKEN_RIGHT_PAREN);
    if (!at(p, TOKEN_RIGHT_PAREN)) return fail(p);
    if (first->kind == NODE_STARRED && p->tokens[start + 1].kind == TOKEN_STAR)
        return parser_explain(p, first->place, "cannot use starred expression here");
    advance(p);
    return first;
}

Node *parse_bracket_display(Parser *p) {
    size_t start = p->at;
    advance(p);
    if (accept(p, TOKEN_RIGHT_BRACKET)) return parser_node(p, NODE_LIST, start, 0);
    Node *first = parse_star_named_expression(p);
    if (!first) return NULL;
    if (at_for(p))
        return parse_comprehension(p, NODE_LIST_COMP, start, first, NULL,
                                   TOKEN_RIGHT_BRACKET);
    return sequence(p, NODE_LIST, start, first, TOKEN_RIGHT_BRACKET);
}

/* ---- Dicts and sets ---- */

/* What may not stand behind a key's colon. */
static void *explain_value(Parser *p, size_t colon) {
    if (!p->explain) return NULL;
    if (at(p, TOKEN_RIGHT_BRACE) || at(p, TOKEN_COMMA))
        return parser_explain(p, token_place(&p->tokens[colon]),
                              "expression expected after dictionary key and ':'");
    bool twice = at(p, TOKEN_DOUBLE_STAR);
    if (!twice && !at(p, TOKEN_STAR)) return NULL;
    Place from = token_place(here(p));
    advance(p);
    if (!parse_bitwise_or(p)) return NULL;
    return parser_explain(p, place_to_furthest(p, from),
                          "cannot use %s in a dictionary value",
                          twice ? "dict unpacking" : "a starred expression");
}

/* The value behind the colon, which is next. */
static Node *dict_value(Parser *p) {
    size_t colon = p->at;
    advance(p);
    return token_begins_expression(peek(p)) ? parse_expression(p) : explain_value(p, colon);
}

static void *explain_key(Parser *p, const Node *key) {
    Place place = {key->place.line, key->place.end_column - 1, key->place.end_line, -1};
    return parser_explain(p, place, "':' expected after dictionary key");
}

/* A key and its value, or NULL and what ** unpacks: both pushed. */
static bool dict_item(Parser *p, Node **key, Node **value) {
    *key = NULL;
    if (accept(p, TOKEN_DOUBLE_STAR)) {
        *value = parse_bitwise_or(p);
    } else {
        if (!(*key = parse_expression(p))) return false;
        *value = at(p, TOKEN_COLON) ? dict_value(p) : explain_key(p, *key);
    }
    return *value != NULL;
}

static void *explain_dict_comprehension(Parser *p, size_t star) {
    NodeList clauses;
    int height = 0;
    if (!p->explain || !parse_comprehension_clauses(p, &clauses, &height)) return NULL;
    return parser_explain(p, token_place(&p->tokens[star]),
                          "dict unpacking cannot be used in dict comprehension");
}

/* What is pending is, in turns, keys and values. */
static Node *dict_node(Parser *p, size_t start, size_t begin) {
    size_t count = (p->pending_count - begin) / 2;
    int below = 0;
    void **items = parser_allocate(p, 2 * count * sizeof *items);
    if (!items) return NULL;
    for (size_t i = 0; i < count; i++) {
        items[i] = p->pending[begin + 2 * i];
        items[count + i] = p->pending[begin + 2 * i + 1];
        below = higher(below, higher(height_of(items[i]), height_of(items[count + i])));
    }
    p->pending_count = begin;
    Node *node = parser_node(p, NODE_DICT, start, below);
    if (!node) return NULL;
    node->dict.keys = (NodeList){count, items};
    node->dict.values = (NodeList){count, items + count};
    return node;
}

/* From its first item on. */
static Node *dict(Parser *p, size_t start, Node *key, Node *value) {
    size_t begin = p->pending_count;
    if (at_for(p)) {
        if (!key) return explain_dict_comprehension(p, start + 1);
        return parse_comprehension(p, NODE_DICT_COMP, start, key, value, TOKEN_RIGHT_BRACE);
    }
    while (parser_push(p, key) && parser_push(p, value) && accept(p, TOKEN_COMMA) &&
           !at(p, TOKEN_RIGHT_BRACE))
        if (!dict_item(p, &key, &value)) return NULL;
    if (p->raised || !accept(p, TOKEN_RIGHT_BRACE)) return NULL;
    return dict_node(p, start, begin);
}

Node *parse_brace_display(Parser *p) {
    size_t start = p->at, begin = p->pending_count;
    Node *first = NULL, *value;
    advance(p);
    if (accept(p, TOKEN_RIGHT_BRACE)) return dict_node(p, start, begin);
    if (at(p, TOKEN_DOUBLE_STAR))
        return dict_item(p, &first, &value) ? dict(p, start, first, value) : NULL;
    if (!(first = parse_star_named_expression(p))) return NULL;
    if (at(p, TOKEN_COLON)) {
        TokenKind began = p->tokens[start + 1].kind;
        if (began == TOKEN_STAR || p->tokens[start + 2].kind == TOKEN_WALRUS)
            return fail(p);
        value = dict_value(p);
        return value ? dict(p, start, first, value) : NULL;
    }
    if (at_for(p))
        return parse_comprehension(p, NODE_SET_COMP, start, first, NULL, TOKEN_RIGHT_BRACE);
    return sequence(p, NODE_SET, start, first, TOKEN_RIGHT_BRACE);
}
