/* calls.c: the arguments of calls and class definitions.
 *
 * Positional ones come before keywords, and *iterables before **mappings; a *iterable may
 * follow a keyword. While they are read, what is pending are Nodes, and Keywords with their
 * lowest bit set. */
#include "core/compiler/parser_internal.h"

typedef struct Arguing {
    size_t open;                     /* the parenthesis */
    size_t begin;                    /* of what is pending */
    bool of_class, keyword, mapping, /* there was one */
        any_order;                   /* looking for the end of a mistake */
    int height;
} Arguing;

#define KEYWORD_TAG ((uintptr_t)1)

static bool keyword_push(Parser *p, Arguing *a, size_t start, Object *name, Node *value) {
    Keyword *keyword = value ? parser_allocate(p, sizeof *keyword) : NULL;
    if (!keyword) return false;
    keyword->place = place_from(p, start);
    keyword->name = name;
    keyword->value = value;
    a->height = higher(a->height, value->height);
    return parser_push(p, (void *)((uintptr_t)keyword | KEYWORD_TAG));
}

static bool node_push(Parser *p, Arguing *a, Node *node) {
    a->height = higher(a->height, node->height);
    return parser_push(p, node);
}

static bool mapping_argument(Parser *p, Arguing *a) {
    size_t start = p->at;
    advance(p);
    a->mapping = true;
    return keyword_push(p, a, start, NULL, parse_expression(p));
}

static bool starred_argument(Parser *p, Arguing *a) {
    size_t start = p->at;
    if (a->mapping && !a->any_order)
        return parser_explain(
            p, token_place(here(p)),
            "iterable argument unpacking follows keyword argument unpacking");
    advance(p);
    Node *value = parse_expression(p), *node;
    if (!value || !(node = parser_node(p, NODE_STARRED, start, value->height)))
        return false;
    node->starred.value = value;
    if (at(p, TOKEN_FOR) && p->pending_count == a->begin)
        return parse_comprehension(p, NODE_GENERATOR_EXP, a->open, node, NULL,
                                   TOKEN_RIGHT_PAREN);
    return node_push(p, a, node);
}

static bool keyword_argument(Parser *p, Arguing *a) {
    size_t start = p->at;
    Object *name = parser_name(p, here(p));
    if (!name) return false;
    advance(p), advance(p);
    Place place = place_from(p, start);
    a->keyword = true;
    Node *value = parse_expression(p);
    NodeList clauses;
    int height = 0;
    if (value && at(p, TOKEN_FOR) && p->explain &&
        parse_comprehension_clauses(p, &clauses, &height))
        return parser_explain(
            p, place, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    return keyword_push(p, a, start, name, value);
}

/* Where the last clause of a comprehension ends. */
static Place clauses_end(const NodeList *clauses) {
    const Comprehension *last = clauses->items[clauses->count - 1];
    const Node *end = last->ifs.count ? last->ifs.items[last->ifs.count - 1] : last->iter;
    return end->place;
}

static bool argument(Parser *p, Arguing *a);

/* Goes on, as CPython does, to where the arguments end. */
static void further_arguments(Parser *p, Arguing *a) {
    if (!p->explain) return;
    a->any_order = true;
    while (accept(p, TOKEN_COMMA) && !at(p, TOKEN_RIGHT_PAREN) && argument(p, a)) continue;
}

/* A generator expression as the only argument needs no parentheses of its own: those of the
 * call are its. */
static bool generator_argument(Parser *p, Arguing *a, Node *element) {
    bool first = p->pending_count == a->begin;
    NodeList clauses;
    int below = element->height;
    if (!p->explain && (!first || a->of_class)) return fail(p);
    if (!parse_comprehension_clauses(p, &clauses, &below)) return false;
    if (first && at(p, TOKEN_RIGHT_PAREN) && !a->of_class) {
        advance(p);
        Node *node = parse_generator_node(p, a->open, element, clauses, below);
        p->at--; /* call_arguments takes it again */
        return node && node_push(p, a, node);
    }
    if (first && !at(p, TOKEN_COMMA)) return fail(p);
    if (first) further_arguments(p, a);
    return parser_explain(p, place_between(element->place, clauses_end(&clauses)),
                          "Generator expression must be parenthesized");
}

/* CPython tells it where the arguments end. */
static bool explain_order(Parser *p, Arguing *a) {
    const char *unpacking = a->mapping ? " unpacking" : "";
    if (!p->explain) return false;
    further_arguments(p, a);
    return parser_explain_furthest(p, "positional argument follows keyword argument%s",
                                   unpacking);
}

static bool explain_assigned(Parser *p, const Node *target) {
    Place place = place_between(target->place, token_place(here(p)));
    if (target->kind == NODE_CONSTANT && (is_type(target->constant.value, GILT_BOOL) ||
                                          is_type(target->constant.value, GILT_NONE)))
        return parser_explain(p, place, "cannot assign to %s", ast_node_name(target));
    return parser_explain(
        p, place, "expression cannot contain assignment, perhaps you meant \"==\"?");
}

static bool positional_argument(Parser *p, Arguing *a) {
    bool named = at(p, TOKEN_NAME) && peek_second(p) == TOKEN_WALRUS;
    Node *node = named ? parse_named_expression(p) : parse_expression(p);
    if (!node || at(p, TOKEN_WALRUS)) return false;
    if (at(p, TOKEN_ASSIGN)) return explain_assigned(p, node);
    if (at(p, TOKEN_FOR) || at(p, TOKEN_ASYNC)) return generator_argument(p, a, node);
    if ((a->keyword || a->mapping) && !a->any_order) return explain_order(p, a);
    return node_push(p, a, node);
}

static bool argument(Parser *p, Arguing *a) {
    if (at(p, TOKEN_STAR)) return starred_argument(p, a);
    if (at(p, TOKEN_DOUBLE_STAR)) return mapping_argument(p, a);
    if (at(p, TOKEN_NAME) && peek_second(p) == TOKEN_ASSIGN) return keyword_argument(p, a);
    return positional_argument(p, a);
}

/* Parts what is pending into the two lists. */
static bool arguments_finish(Parser *p, size_t begin, NodeList *args, NodeList *keywords) {
    size_t count = p->pending_count - begin;
    *args = *keywords = (NodeList){0};
    if (!count) return true;
    void **items = parser_allocate(p, count * sizeof *items);
    if (!items) return false;
    for (size_t i = begin; i < p->pending_count; i++)
        args->count += !((uintptr_t)p->pending[i] & KEYWORD_TAG);
    args->items = items;
    keywords->items = items + args->count;
    size_t next = 0;
    for (size_t i = begin; i < p->pending_count; i++) {
        uintptr_t item = (uintptr_t)p->pending[i];
        if (item & KEYWORD_TAG)
            keywords->items[keywords->count++] = (void *)(item - KEYWORD_TAG);
        else
            args->items[next++] = (void *)item;
    }
    p->pending_count = begin;
    return true;
}

bool parse_call_arguments(Parser *p, bool of_class, NodeList *args, NodeList *keywords,
                          int *height) {
    Arguing a = {.open = p->at, .begin = p->pending_count, .of_class = of_class};
    advance(p);
    while (!at(p, TOKEN_RIGHT_PAREN)) {
        if (!argument(p, &a)) return false;
        if (!accept(p, TOKEN_COMMA)) break;
    }
    if (!accept(p, TOKEN_RIGHT_PAREN)) return false;
    *height = higher(*height, a.height);
    return arguments_finish(p, a.begin, args, keywords);
}
