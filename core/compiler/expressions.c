/* expressions.c: from tuples down to the operands of `or`; in the second pass, what
 * mistakes two expressions side by side, or a = between them, may be.
 *
 * All that recurses without a bracket, which the lexer counts, goes through parser_enter.
 */
#include "core/compiler/parser_internal.h"

bool token_begins_expression(TokenKind kind) {
    switch (kind) {
    case TOKEN_NAME:
    case TOKEN_NUMBER:
    case TOKEN_STRING:
    case TOKEN_FSTRING_START:
    case TOKEN_LEFT_PAREN:
    case TOKEN_LEFT_BRACKET:
    case TOKEN_LEFT_BRACE:
    case TOKEN_MINUS:
    case TOKEN_PLUS:
    case TOKEN_TILDE:
    case TOKEN_NOT:
    case TOKEN_LAMBDA:
    case TOKEN_NONE:
    case TOKEN_TRUE:
    case TOKEN_FALSE:
    case TOKEN_ELLIPSIS:
    case TOKEN_AWAIT:
        return true;
    default:
        return false;
    }
}

/* ---- Conditional expressions and lambda ---- */

/* print x, as in Python 2? */
static bool is_legacy(const Parser *p, const Token *t) {
    return t->kind == TOKEN_NAME &&
           (parser_text_is(p, t, "print") || parser_text_is(p, t, "exec"));
}

static bool is_soft_keyword(const Parser *p, const Token *t) {
    static const char *const words[] = {"_", "case", "match", "type"};
    if (t->kind != TOKEN_NAME) return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (parser_text_is(p, t, words[i])) return true;
    return false;
}

/* Two expressions side by side: in brackets, a comma is missing. What is tried here in
 * silence stays silent: CPython remembers its results, and does not ask again. */
static void *explain_comma(Parser *p, size_t start, const Node *a) {
    const Token *first = &p->tokens[start];
    size_t furthest = p->furthest;
    Spot end = parser_spot(p);
    if (!token_begins_expression(peek(p)) || is_soft_keyword(p, first)) return NULL;
    if (first->kind == TOKEN_NAME && first[1].kind == TOKEN_STRING) return NULL;
    p->furthest = p->at;
    Node *b = parser_attempt(p, parse_expression);
    p->silent_from = end.at;
    p->silent_to = p->furthest;
    if (furthest > p->furthest) p->furthest = furthest;
    if (b && before(p)->level && !(a->kind == NODE_NAME && is_legacy(p, first)))
        parser_explain(p, place_between(a->place, b->place),
                       "invalid syntax. Perhaps you forgot a comma?");
    parser_return(p, end);
    return NULL;
}

/* print x, or another name with an expression behind it, which may have mistakes of its
 * own. What has been read as part of the first expression is read again only once: else,
 * nested, it would be read a great many times. */
static void *explain_legacy(Parser *p, size_t start) {
    const Token *word = &p->tokens[start];
    Spot end = parser_spot(p);
    bool legacy = is_legacy(p, word), again = end.at != start + 1;
    if (word->kind != TOKEN_NAME || word[1].kind == TOKEN_LEFT_PAREN) return NULL;
    if (again && (!legacy || p->in_legacy)) return NULL;
    if (!token_begins_expression(word[1].kind) && word[1].kind != TOKEN_STAR) return NULL;
    p->at = start + 1;
    p->in_legacy += again;
    const Node *what = parse_star_expressions(p);
    p->in_legacy -= again;
    parser_return(p, end);
    if (!what || !legacy) return NULL;
    const char *name = parser_text_is(p, word, "print") ? "print" : "exec";
    return parser_explain(p, place_between(token_place(word), what->place),
                          "Missing parentheses in call to '%s'. Did you mean %s(...)?",
                          name, name);
}

static void *explain_else(Parser *p, const Node *body, const Node *test) {
    if (at(p, TOKEN_ELSE) || at(p, TOKEN_COLON)) return NULL;
    return parser_explain(p, place_between(body->place, test->place),
                          "expected 'else' after 'if' expression");
}

/* What comes before an if; in the second pass, what may be wrong with it. */
static Node *conditional_body(Parser *p) {
    size_t start = p->at;
    bool silent = start >= p->silent_from && start <= p->silent_to;
    if (!p->explain) return parse_disjunction(p);
    Node *body = silent ? parser_attempt(p, parse_disjunction) : parse_disjunction(p);
    if (!body || (silent && start != p->silent_from)) return body;
    explain_comma(p, start, body);
    if (!p->raised && !at(p, TOKEN_IF)) explain_legacy(p, start);
    return p->raised ? NULL : body;
}

static Node *conditional(Parser *p) {
    size_t start = p->at;
    Node *body = conditional_body(p), *test, *orelse = NULL;
    Spot spot = parser_spot(p);
    if (!body || !accept(p, TOKEN_IF)) return body;
    if ((test = parse_disjunction(p)) && !at(p, TOKEN_ELSE)) explain_else(p, body, test);
    if (!p->raised && test && accept(p, TOKEN_ELSE)) orelse = parse_expression(p);
    if (!orelse) return parser_fall_back(p, spot) ? body : NULL;
    int below = higher(higher(body->height, test->height), orelse->height);
    Node *node = parser_node(p, NODE_IF_EXP, start, below);
    if (!node) return NULL;
    node->if_exp.body = body;
    node->if_exp.test = test;
    node->if_exp.orelse = orelse;
    return node;
}

static Node *lambda(Parser *p) {
    size_t start = p->at;
    int below = 0;
    advance(p);
    Arguments *arguments = parse_parameters(p, true, &below);
    if (!arguments || !accept(p, TOKEN_COLON)) return NULL;
    if (at(p, TOKEN_FSTRING_MIDDLE))
        return parser_explain(p, place_from(p, start),
                              "f-string: lambda expressions are not allowed without "
                              "parentheses");
    Node *body = parse_expression(p);
    if (!body) return NULL;
    Node *node = parser_node(p, NODE_LAMBDA, start, higher(below, body->height));
    if (!node) return NULL;
    node->lambda.args = arguments;
    node->lambda.body = body;
    return node;
}

Node *parse_expression(Parser *p) {
    if (!parser_enter(p)) return NULL;
    Node *node = at(p, TOKEN_LAMBDA) ? lambda(p) : conditional(p);
    parser_leave(p);
    return node;
}

/* ---- Names for values: := ---- */

static Node *assignment_expression(Parser *p) {
    size_t start = p->at;
    Node *target = parse_atom(p), *value;
    advance(p);
    if (!target || !(value = parse_expression(p))) return NULL;
    ast_set_target(target, STORE);
    Node *node = parser_node(p, NODE_NAMED_EXPR, start, value->height);
    if (!node) return NULL;
    node->named.target = target;
    node->named.value = value;
    return node;
}

static void *explain_walrus(Parser *p, const Node *left) {
    advance(p);
    if (parse_expression(p) && left->kind != NODE_NAME)
        parser_explain(p, left->place, "cannot use assignment expressions with %s",
                       ast_node_name(left));
    return NULL;
}

/* Displays and the named constants are assigned to in other mistakes. */
static bool is_display_or_constant(Parser *p) {
    if (at(p, TOKEN_NONE) || at(p, TOKEN_TRUE) || at(p, TOKEN_FALSE)) return true;
    if (!at(p, TOKEN_LEFT_PAREN) && !at(p, TOKEN_LEFT_BRACKET)) return false;
    size_t start = p->at;
    const Node *node = parser_attempt(p, parse_atom);
    p->at = start;
    return node && (node->kind == NODE_LIST || node->kind == NODE_TUPLE ||
                    node->kind == NODE_GENERATOR_EXP);
}

/* Is a value behind the =, and no further =? */
static Node *equals_value(Parser *p) {
    advance(p);
    Node *value = parse_bitwise_or(p);
    return value && !at(p, TOKEN_ASSIGN) && !at(p, TOKEN_WALRUS) ? value : NULL;
}

static void *explain_assign(Parser *p, size_t start) {
    p->at = start;
    if (at(p, TOKEN_NAME) && p->tokens[start + 1].kind == TOKEN_ASSIGN) {
        advance(p);
        const Node *value = equals_value(p);
        if (!value) return NULL;
        return parser_explain(
            p, place_between(token_place(&p->tokens[start]), value->place),
            "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    }
    if (is_display_or_constant(p)) return NULL;
    const Node *left = parser_attempt(p, parse_bitwise_or);
    if (!left || !at(p, TOKEN_ASSIGN) || !equals_value(p)) return NULL;
    return parser_explain(p, left->place,
                          "cannot assign to %s here. Maybe you meant '==' instead of '='?",
                          ast_node_name(left));
}

/* The expression `left` began at `start`, and there is a = or := where none may be. */
void *parser_explain_equals(Parser *p, size_t start, const Node *left) {
    Spot end = parser_spot(p);
    if (!p->explain || p->raised) return NULL;
    if (at(p, TOKEN_WALRUS))
        explain_walrus(p, left);
    else if (at(p, TOKEN_ASSIGN))
        explain_assign(p, start);
    parser_return(p, end);
    return NULL;
}

Node *parse_named_expression(Parser *p) {
    size_t start = p->at;
    if (at(p, TOKEN_NAME) && peek_second(p) == TOKEN_WALRUS)
        return assignment_expression(p);
    Node *node = parse_expression(p);
    if (node && p->explain) parser_explain_equals(p, start, node);
    return p->raised || at(p, TOKEN_WALRUS) ? NULL : node;
}

/* ---- Starred expressions, tuples without parentheses, yield ---- */

static Node *starred(Parser *p) {
    size_t start = p->at;
    advance(p);
    Node *value = parse_bitwise_or(p);
    if (!value) return NULL;
    Node *node = parser_node(p, NODE_STARRED, start, value->height);
    if (node) node->starred.value = value;
    return node;
}

Node *parse_star_expression(Parser *p) {
    return at(p, TOKEN_STAR) ? starred(p) : parse_expression(p);
}

Node *parse_star_named_expression(Parser *p) {
    return at(p, TOKEN_STAR) ? starred(p) : parse_named_expression(p);
}

static bool more_elements(Parser *p) {
    return accept(p, TOKEN_COMMA) &&
           (token_begins_expression(peek(p)) || at(p, TOKEN_STAR));
}

/* `first` and what follows its comma. */
static Node *tuple_of(Parser *p, size_t start, Node *first, Rule *element,
                      Context context) {
    size_t begin = p->pending_count;
    if (!parser_push(p, first)) return NULL;
    while (more_elements(p)) {
        Spot spot = parser_spot(p);
        Node *next = element(p);
        if (!next && parser_fall_back(p, spot)) break;
        if (!next || !parser_push(p, next)) return NULL;
        p->element = spot.at;
    }
    NodeList elements;
    if (!parser_list(p, begin, &elements)) return NULL;
    Node *node = parser_node(p, NODE_TUPLE, start, ast_list_height(&elements));
    if (!node) return NULL;
    node->sequence.elements = elements;
    node->sequence.context = context;
    return node;
}

Node *parse_star_expressions(Parser *p) {
    size_t start = p->at;
    Node *first = parse_star_expression(p);
    p->element = start;
    if (!first || !at(p, TOKEN_COMMA)) return first;
    return tuple_of(p, start, first, parse_star_expression, LOAD);
}

Node *parse_yield_expression(Parser *p) {
    size_t start = p->at;
    NodeKind kind = NODE_YIELD;
    Node *value = NULL;
    advance(p);
    if (accept(p, TOKEN_FROM)) {
        kind = NODE_YIELD_FROM;
        if (!(value = parse_expression(p))) return NULL;
    } else if (token_begins_expression(peek(p)) || at(p, TOKEN_STAR)) {
        if (!(value = parse_star_expressions(p))) return NULL;
    }
    Node *node = parser_node(p, kind, start, height_of(value));
    if (node) node->value.value = value;
    return node;
}

Node *parse_star_expressions_or_yield(Parser *p) {
    return at(p, TOKEN_YIELD) ? parse_yield_expression(p) : parse_star_expressions(p);
}

/* ---- Targets of for ---- */

static Node *for_target(Parser *p) {
    return at(p, TOKEN_STAR) ? starred(p) : parse_primary(p);
}

static void *explain_for_targets(Parser *p, size_t start) {
    if (!p->explain || p->raised) return NULL;
    p->at = start;
    Node *tree = parse_star_expressions(p);
    return tree ? parser_explain_target(p, tree, STORE, true) : NULL;
}

Node *parse_for_targets(Parser *p) {
    size_t start = p->at;
    Node *node = for_target(p);
    if (node && at(p, TOKEN_COMMA)) node = tuple_of(p, start, node, for_target, STORE);
    if (!node) return p->at == start ? explain_for_targets(p, start) : NULL;
    if (ast_set_target(node, STORE) || !accept(p, TOKEN_IN))
        return explain_for_targets(p, start);
    return node;
}
