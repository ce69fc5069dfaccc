/* definitions.c: functions, their parameters, and classes.
 *
 * The parameters of a lambda have no annotations and end with a colon. While they are read,
 * what is pending are, in turns, Args and their defaults or NULL. */
#include "core/compiler/parser_internal.h"

typedef struct Reading {
    Arguments *arguments;
    bool in_lambda, slash, star, defaults; /* what was seen */
    size_t begin;                          /* of what is pending */
    size_t posonly, positional; /* how many of these were pending at / and at * */
    TokenKind close;
    int height;
} Reading;

static size_t read_count(const Parser *p, const Reading *r) {
    return (p->pending_count - r->begin) / 2;
}

/* ---- One parameter ---- */

/* The name, with its annotation; that of *args may be starred. */
static Arg *parameter_name(Parser *p, Reading *r, bool star) {
    size_t start = p->at;
    if (!at(p, TOKEN_NAME)) return fail(p);
    Object *name = parser_name(p, here(p));
    Node *annotation = NULL;
    advance(p);
    if (!name) return NULL;
    if (!r->in_lambda && accept(p, TOKEN_COLON)) {
        annotation = star ? parse_star_expression(p) : parse_expression(p);
        if (!annotation) return NULL;
    }
    Arg *arg = parser_allocate(p, sizeof *arg);
    if (!arg) return NULL;
    *arg = (Arg){place_from(p, start), name, annotation};
    r->height = higher(r->height, height_of(annotation));
    return arg;
}

static Node *default_value(Parser *p) {
    Place place = token_place(here(p));
    advance(p);
    if (at(p, TOKEN_COMMA) || at(p, TOKEN_RIGHT_PAREN))
        return parser_explain(p, place, "expected default value expression");
    return parse_expression(p);
}

static bool plain_parameter(Parser *p, Reading *r) {
    Arg *arg = parameter_name(p, r, false);
    Node *value = NULL;
    if (!arg) return false;
    if (at(p, TOKEN_ASSIGN)) {
        if (!(value = default_value(p))) return false;
        r->defaults = true;
        r->height = higher(r->height, value->height);
    } else if (r->defaults && !r->star && (at(p, TOKEN_COMMA) || at(p, r->close))) {
        return parser_explain(
            p, arg->place, "parameter without a default follows parameter with a default");
    }
    return parser_push(p, arg) && parser_push(p, value);
}

/* ---- /, * and ** ---- */

static bool slash(Parser *p, Reading *r) {
    Place place = token_place(here(p));
    if (r->star) return parser_explain(p, place, "/ must be ahead of *");
    if (r->slash) return parser_explain(p, place, "/ may appear only once");
    if (!read_count(p, r) && !p->explain) return fail(p);
    advance(p);
    if (!read_count(p, r))
        return at(p, TOKEN_COMMA)
                   ? parser_explain(p, place, "at least one argument must precede /")
                   : NULL;
    if (at(p, TOKEN_STAR))
        return parser_explain(p, token_place(here(p)), "expected comma between / and *");
    r->slash = true;
    r->posonly = read_count(p, r);
    return true;
}

/* A * alone needs a name behind its comma. */
static bool bare_star(Parser *p, const Reading *r, Place place) {
    if (at(p, TOKEN_COMMA)) {
        TokenKind next = peek_second(p);
        if (next == TOKEN_NAME || (next != r->close && next != TOKEN_DOUBLE_STAR))
            return true;
        advance(p);
    } else if (!at(p, r->close)) {
        return fail(p);
    }
    if (r->in_lambda)
        return parser_explain_furthest(p, "named arguments must follow bare *");
    return parser_explain(p, place, "named arguments must follow bare *");
}

static bool star(Parser *p, Reading *r) {
    Place place = token_place(here(p));
    if (r->star && !p->explain) return fail(p);
    advance(p);
    if (r->star)
        return (at(p, TOKEN_COMMA) || parameter_name(p, r, false)) &&
                       (at(p, TOKEN_COMMA) || at(p, r->close))
                   ? parser_explain(p, place, "* argument may appear only once")
                   : NULL;
    r->star = true;
    r->positional = read_count(p, r);
    if (!at(p, TOKEN_NAME)) return bare_star(p, r, place);
    if (!(r->arguments->vararg = parameter_name(p, r, true))) return false;
    if (!at(p, TOKEN_ASSIGN)) return true;
    return parser_explain(p, token_place(here(p)),
                          "var-positional argument cannot have default value");
}

static bool double_star(Parser *p, Reading *r) {
    advance(p);
    if (!(r->arguments->kwarg = parameter_name(p, r, false))) return false;
    if (at(p, TOKEN_ASSIGN))
        return parser_explain(p, token_place(here(p)),
                              "var-keyword argument cannot have default value");
    if (!accept(p, TOKEN_COMMA) || at(p, r->close)) return true;
    Place place = token_place(here(p));
    bool other = at(p, TOKEN_STAR) || at(p, TOKEN_DOUBLE_STAR) || at(p, TOKEN_SLASH);
    if (at(p, TOKEN_NAME)) {
        const Arg *arg = parameter_name(p, r, false);
        if (!arg) return false;
        place = arg->place;
    } else if (!other) {
        return fail(p);
    }
    return parser_explain(p, place, "arguments cannot follow var-keyword argument");
}

/* (a, b) as in Python 2. */
static void *explain_parenthesized(Parser *p, const Reading *r) {
    Place from = token_place(here(p));
    if (!p->explain || r->defaults || r->star || r->slash) return NULL;
    do {
        advance(p);
        if (!accept(p, TOKEN_NAME)) break;
    } while (at(p, TOKEN_COMMA));
    if (!at(p, TOKEN_RIGHT_PAREN) || before(p)->kind == TOKEN_LEFT_PAREN) return NULL;
    return parser_explain(p, place_between(from, token_place(here(p))),
                          r->in_lambda
                              ? "Lambda expression parameters cannot be parenthesized"
                              : "Function parameters cannot be parenthesized");
}

/* One of the list; *last: nothing may follow but the end. */
static bool parameter(Parser *p, Reading *r, bool *last) {
    switch (peek(p)) {
    case TOKEN_SLASH:
        return slash(p, r);
    case TOKEN_STAR:
        return star(p, r);
    case TOKEN_DOUBLE_STAR:
        *last = true;
        return double_star(p, r);
    case TOKEN_LEFT_PAREN:
        return explain_parenthesized(p, r);
    default:
        return plain_parameter(p, r);
    }
}

/* ---- All of them ---- */

/* Takes Args (or, with `defaults`, what belongs to them) from..to of what is pending. */
static bool reading_list(Parser *p, const Reading *r, size_t from, size_t to, bool defaults,
                         NodeList *list) {
    list->count = to - from;
    if (from == to) return true;
    if (!(list->items = parser_allocate(p, list->count * sizeof *list->items)))
        return false;
    for (size_t i = from; i < to; i++)
        list->items[i - from] = p->pending[r->begin + 2 * i + defaults];
    return true;
}

static bool reading_finish(Parser *p, Reading *r) {
    Arguments *a = r->arguments;
    size_t count = read_count(p, r), plain = 0;
    if (!r->star) r->positional = count;
    while (plain < r->positional && !p->pending[r->begin + 2 * plain + 1]) plain++;
    bool well = reading_list(p, r, 0, r->posonly, false, &a->posonlyargs) &&
                reading_list(p, r, r->posonly, r->positional, false, &a->args) &&
                reading_list(p, r, r->positional, count, false, &a->kwonlyargs) &&
                reading_list(p, r, plain, r->positional, true, &a->defaults) &&
                reading_list(p, r, r->positional, count, true, &a->kw_defaults);
    p->pending_count = r->begin;
    return well;
}

/* Up to the parenthesis or colon, which is not taken. */
Arguments *parse_parameters(Parser *p, bool in_lambda, int *height) {
    Reading r = {.in_lambda = in_lambda, .begin = p->pending_count};
    r.close = in_lambda ? TOKEN_COLON : TOKEN_RIGHT_PAREN;
    bool last = false;
    if (!(r.arguments = parser_allocate(p, sizeof *r.arguments))) return NULL;
    while (!last && !at(p, r.close)) {
        if (!parameter(p, &r, &last)) return NULL;
        if (!last && !accept(p, TOKEN_COMMA)) break;
    }
    if (!at(p, r.close) || !reading_finish(p, &r)) return NULL;
    *height = higher(*height, r.height);
    return r.arguments;
}

/* ---- Functions and classes ---- */

/* A name, and no type parameters. */
static Object *definition_name(Parser *p) {
    if (!at(p, TOKEN_NAME)) return fail(p);
    Object *name = parser_name(p, here(p));
    advance(p);
    if (at(p, TOKEN_LEFT_BRACKET))
        return parser_raise(p, token_place(here(p)), "type parameters are not supported");
    return name;
}

static Node *function_node(Parser *p, size_t start, Object *name, Arguments *arguments,
                           Node *returns, NodeList decorators, NodeList body, int below) {
    below = higher(higher(below, height_of(returns)),
                   higher(ast_list_height(&decorators), ast_list_height(&body)));
    Node *node = parser_node(p, NODE_FUNCTION_DEF, start, below);
    if (!node) return NULL;
    node->function_def.name = name;
    node->function_def.args = arguments;
    node->function_def.returns = returns;
    node->function_def.decorators = decorators;
    node->function_def.body = body;
    return node;
}

Node *parse_function_definition(Parser *p, NodeList decorators) {
    size_t start = p->at;
    int line = here(p)->line, below = 0;
    NodeList body;
    Node *returns = NULL;
    advance(p);
    Object *name = definition_name(p);
    if (!name) return NULL;
    if (!accept(p, TOKEN_LEFT_PAREN))
        return parser_raise(p, token_place(here(p)), "expected '('");
    Arguments *arguments = parse_parameters(p, false, &below);
    if (!arguments || !accept(p, TOKEN_RIGHT_PAREN)) return NULL;
    if (at(p, TOKEN_ARROW)) {
        size_t arrow = p->at;
        advance(p);
        if (!token_begins_expression(peek(p)))
            return parser_raise(p, token_place(&p->tokens[arrow]), "expected ':'");
        if (!(returns = parse_expression(p))) return NULL;
    }
    if (!parse_forced_colon(p) || !parse_block(p, "function definition", line, &body))
        return NULL;
    return function_node(p, start, name, arguments, returns, decorators, body, below);
}

Node *parse_class_definition(Parser *p, NodeList decorators) {
    size_t start = p->at;
    int line = here(p)->line, below = 0;
    NodeList bases = {0}, keywords = {0}, body;
    advance(p);
    Object *name = definition_name(p);
    if (!name) return NULL;
    if (at(p, TOKEN_LEFT_PAREN) &&
        !parse_call_arguments(p, true, &bases, &keywords, &below))
        return NULL;
    if (!parse_colon(p) || !parse_block(p, "class definition", line, &body)) return NULL;
    below = higher(below, higher(ast_list_height(&decorators), ast_list_height(&body)));
    Node *node = parser_node(p, NODE_CLASS_DEF, start, below);
    if (!node) return NULL;
    node->class_def.name = name;
    node->class_def.bases = bases;
    node->class_def.keywords = keywords;
    node->class_def.decorators = decorators;
    node->class_def.body = body;
    return node;
}
