/* compound.c: compound statements but definitions, and blocks. */
#include "core/compiler/parser_internal.h"

void *parser_refuse_async(Parser *p) {
    return parser_raise(p, token_place(here(p)), "'%s' is not supported",
                        at(p, TOKEN_ASYNC) ? "async" : "await");
}

/* ---- Blocks ---- */

bool parse_colon(Parser *p) {
    if (accept(p, TOKEN_COLON)) return true;
    return at(p, TOKEN_NEWLINE) ? parser_explain_furthest(p, "expected ':'") : NULL;
}

bool parse_forced_colon(Parser *p) {
    if (accept(p, TOKEN_COLON)) return true;
    return parser_raise(p, token_place(here(p)), "expected ':'");
}

/* Behind the colon: an indented block, or simple statements on the same line. `after` and
 * `line` are those of the statement, for the error. */
bool parse_block(Parser *p, const char *after, int line, NodeList *body) {
    size_t begin = p->pending_count;
    if (!accept(p, TOKEN_NEWLINE))
        return parse_simple_statements(p) && parser_list(p, begin, body);
    if (!accept(p, TOKEN_INDENT)) return parser_explain_indentation(p, after, line);
    while (!accept(p, TOKEN_DEDENT))
        if (!parse_statements(p)) return false;
    return parser_list(p, begin, body);
}

static bool else_block(Parser *p, NodeList *body) {
    int line = here(p)->line;
    *body = (NodeList){0};
    if (!accept(p, TOKEN_ELSE)) return true;
    return parse_forced_colon(p) && parse_block(p, "'else' statement", line, body);
}

/* ---- if, while, for ---- */

static Node *if_statement(Parser *p);

/* An elif is an if that is alone in the else block. */
static bool elif_or_else(Parser *p, NodeList *orelse) {
    if (!at(p, TOKEN_ELIF)) return else_block(p, orelse);
    size_t begin = p->pending_count;
    if (!parser_enter(p)) return false;
    Node *node = if_statement(p);
    parser_leave(p);
    return node && parser_push(p, node) && parser_list(p, begin, orelse);
}

static Node *branch_node(Parser *p, NodeKind kind, size_t start, Node *test, NodeList body,
                         NodeList orelse) {
    int below =
        higher(test->height, higher(ast_list_height(&body), ast_list_height(&orelse)));
    Node *node = parser_node(p, kind, start, below);
    if (!node) return NULL;
    node->branch.test = test;
    node->branch.body = body;
    node->branch.orelse = orelse;
    return node;
}

static Node *if_statement(Parser *p) {
    size_t start = p->at;
    int line = here(p)->line;
    const char *after = at(p, TOKEN_IF) ? "'if' statement" : "'elif' statement";
    NodeList body, orelse;
    advance(p);
    Node *test = parse_named_expression(p);
    if (!test || !parse_colon(p) || !parse_block(p, after, line, &body)) return NULL;
    if (!elif_or_else(p, &orelse)) return NULL;
    return branch_node(p, NODE_IF, start, test, body, orelse);
}

static Node *while_statement(Parser *p) {
    size_t start = p->at;
    int line = here(p)->line;
    NodeList body, orelse;
    advance(p);
    Node *test = parse_named_expression(p);
    if (!test || !parse_colon(p) || !parse_block(p, "'while' statement", line, &body))
        return NULL;
    if (!else_block(p, &orelse)) return NULL;
    return branch_node(p, NODE_WHILE, start, test, body, orelse);
}

static Node *for_statement(Parser *p) {
    size_t start = p->at;
    int line = here(p)->line;
    NodeList body, orelse;
    advance(p);
    Node *target = parse_for_targets(p), *iter = target ? parse_star_expressions(p) : NULL;
    if (!iter || !parse_colon(p) || !parse_block(p, "'for' statement", line, &body))
        return NULL;
    if (!else_block(p, &orelse)) return NULL;
    int below = higher(higher(target->height, iter->height),
                       higher(ast_list_height(&body), ast_list_height(&orelse)));
    Node *node = parser_node(p, NODE_FOR, start, below);
    if (!node) return NULL;
    node->for_loop.target = target;
    node->for_loop.iter = iter;
    node->for_loop.body = body;
    node->for_loop.orelse = orelse;
    return node;
}

/* ---- with ---- */

static bool ends_item(const Parser *p) {
    return at(p, TOKEN_COMMA) || at(p, TOKEN_RIGHT_PAREN) || at(p, TOKEN_COLON) ||
           (p->explain && at(p, TOKEN_NEWLINE));
}

static void *explain_with_target(Parser *p, size_t start) {
    if (!p->explain || p->raised) return NULL;
    p->at = start;
    Node *tree = parse_expression(p);
    return tree && ends_item(p) ? parser_explain_target(p, tree, STORE, false) : NULL;
}

/* Pushed; *height grows. */
static bool with_item(Parser *p, int *height) {
    Node *context = parse_expression(p), *vars = NULL;
    if (!context) return false;
    if (accept(p, TOKEN_AS)) {
        size_t start = p->at;
        vars = at(p, TOKEN_STAR) ? parse_star_expression(p) : parse_primary(p);
        if (!vars || !ends_item(p) || ast_set_target(vars, STORE))
            return explain_with_target(p, start);
    }
    WithItem *item = parser_allocate(p, sizeof *item);
    if (!item) return false;
    *item = (WithItem){context, vars};
    *height = higher(*height, higher(context->height, height_of(vars)));
    return parser_push(p, item);
}

/* All items in parentheses, if that is what they are: else they belong to an expression. */
static bool paren_items(Parser *p, int *height) {
    Spot spot = parser_spot(p);
    bool well = true;
    if (!accept(p, TOKEN_LEFT_PAREN)) return false;
    do {
        if (at(p, TOKEN_RIGHT_PAREN) && before(p)->kind == TOKEN_COMMA) break;
        well = with_item(p, height);
    } while (well && accept(p, TOKEN_COMMA));
    if (well && accept(p, TOKEN_RIGHT_PAREN) &&
        (at(p, TOKEN_COLON) || (p->explain && at(p, TOKEN_NEWLINE))))
        return true;
    parser_return(p, spot);
    return false;
}

static bool with_items(Parser *p, int *height) {
    if (paren_items(p, height)) return true;
    *height = 0;
    do {
        if (p->raised || !with_item(p, height)) return false;
    } while (accept(p, TOKEN_COMMA));
    return true;
}

static Node *with_statement(Parser *p) {
    size_t start = p->at, begin = p->pending_count;
    int line = here(p)->line, below = 0;
    NodeList items, body;
    advance(p);
    if (!with_items(p, &below) || !parser_list(p, begin, &items)) return NULL;
    if (!parse_colon(p) || !parse_block(p, "'with' statement", line, &body)) return NULL;
    Node *node = parser_node(p, NODE_WITH, start, higher(below, ast_list_height(&body)));
    if (!node) return NULL;
    node->with.items = items;
    node->with.body = body;
    return node;
}

/* ---- try ---- */

/* except a, b: */
static void *explain_except_comma(Parser *p, const Node *first) {
    if (!p->explain) return NULL;
    while (accept(p, TOKEN_COMMA) && token_begins_expression(peek(p)))
        if (!parse_expression(p)) return NULL;
    if (accept(p, TOKEN_AS) && !accept(p, TOKEN_NAME)) return NULL;
    if (!at(p, TOKEN_COLON)) return NULL;
    return parser_explain(p, place_to_furthest(p, first->place),
                          "multiple exception types must be parenthesized");
}

/* What is caught, and the name it gets. */
static bool except_head(Parser *p, ExceptHandler *handler, bool star) {
    if (star && (at(p, TOKEN_COLON) || at(p, TOKEN_NEWLINE)))
        return parser_explain_furthest(p, "expected one or more exception types");
    if (at(p, TOKEN_COLON) || at(p, TOKEN_NEWLINE)) return parse_colon(p);
    if (!(handler->type = parse_expression(p))) return false;
    if (at(p, TOKEN_COMMA)) return explain_except_comma(p, handler->type);
    if (accept(p, TOKEN_AS)) {
        if (!at(p, TOKEN_NAME) || !(handler->name = parser_name(p, here(p)))) return false;
        advance(p);
    }
    return parse_colon(p);
}

/* One except block, pushed. `star`: are those of this try except*? -1: it is the first. */
static bool except_block(Parser *p, int *star, int *height) {
    size_t start = p->at;
    ExceptHandler *handler = parser_allocate(p, sizeof *handler);
    if (!handler) return false;
    advance(p);
    bool starred = accept(p, TOKEN_STAR);
    Place place = place_from(p, start);
    if (*star >= 0 && starred != *star) {
        if (p->explain && !except_head(p, handler, starred)) return false;
        return parser_explain(p, place,
                              "cannot have both 'except' and 'except*' on the same 'try'");
    }
    *star = starred;
    const char *after = starred ? "'except*' statement" : "'except' statement";
    if (!except_head(p, handler, starred)) return false;
    if (!parse_block(p, after, place.line, &handler->body)) return false;
    handler->place = place_from(p, start);
    *height =
        higher(*height, higher(height_of(handler->type), ast_list_height(&handler->body)));
    return parser_push(p, handler);
}

static bool finally_block(Parser *p, NodeList *body) {
    int line = here(p)->line;
    *body = (NodeList){0};
    if (!accept(p, TOKEN_FINALLY)) return true;
    return parse_forced_colon(p) && parse_block(p, "'finally' statement", line, body);
}

static bool except_blocks(Parser *p, NodeList *handlers, bool *star, int *height) {
    size_t begin = p->pending_count;
    int kind = -1;
    while (at(p, TOKEN_EXCEPT))
        if (!except_block(p, &kind, height)) return false;
    *star = kind == 1;
    return parser_list(p, begin, handlers);
}

static Node *try_statement(Parser *p) {
    size_t start = p->at;
    int line = here(p)->line, below = 0;
    NodeList body, handlers, orelse = {0}, finalbody;
    bool star;
    advance(p);
    if (!parse_forced_colon(p) || !parse_block(p, "'try' statement", line, &body))
        return NULL;
    if (!at(p, TOKEN_EXCEPT) && !at(p, TOKEN_FINALLY))
        return parser_explain_furthest(p, "expected 'except' or 'finally' block");
    if (!except_blocks(p, &handlers, &star, &below)) return NULL;
    if (handlers.count && !else_block(p, &orelse)) return NULL;
    if (!finally_block(p, &finalbody)) return NULL;
    below = higher(below, higher(ast_list_height(&body), ast_list_height(&orelse)));
    Node *node =
        parser_node(p, NODE_TRY, start, higher(below, ast_list_height(&finalbody)));
    if (!node) return NULL;
    node->try.body = body;
    node->try.handlers = handlers;
    node->try.orelse = orelse;
    node->try.finalbody = finalbody;
    node->try.star = star;
    return node;
}

/* ---- All of them ---- */

bool parser_at_compound(const Parser *p) {
    switch (peek(p)) {
    case TOKEN_IF:
    case TOKEN_WHILE:
    case TOKEN_FOR:
    case TOKEN_WITH:
    case TOKEN_TRY:
    case TOKEN_DEF:
    case TOKEN_CLASS:
    case TOKEN_AT:
    case TOKEN_ASYNC:
        return true;
    default:
        return false;
    }
}

/* A definition with its decorators. */
static Node *decorated(Parser *p) {
    size_t begin = p->pending_count;
    while (accept(p, TOKEN_AT)) {
        Node *decorator = parse_named_expression(p);
        if (!decorator || !parser_push(p, decorator) || !accept(p, TOKEN_NEWLINE))
            return NULL;
    }
    NodeList decorators;
    if (!parser_list(p, begin, &decorators)) return NULL;
    if (at(p, TOKEN_DEF)) return parse_function_definition(p, decorators);
    if (at(p, TOKEN_CLASS)) return parse_class_definition(p, decorators);
    return at(p, TOKEN_ASYNC) ? parser_refuse_async(p) : fail(p);
}

Node *parse_compound_statement(Parser *p) {
    switch (peek(p)) {
    case TOKEN_IF:
        return if_statement(p);
    case TOKEN_WHILE:
        return while_statement(p);
    case TOKEN_FOR:
        return for_statement(p);
    case TOKEN_WITH:
        return with_statement(p);
    case TOKEN_TRY:
        return try_statement(p);
    case TOKEN_DEF:
        return parse_function_definition(p, (NodeList){0});
    case TOKEN_CLASS:
        return parse_class_definition(p, (NodeList){0});
    case TOKEN_AT:
        return decorated(p);
    default:
        return parser_refuse_async(p);
    }
}
