/* statements.c: simple statements, of which several may stand on a line. */
#include "core/compiler/parser_internal.h"
#include "core/types/intern.h"

/* ---- Assignments ---- */

static bool is_single_target(const Node *node) {
    return node->kind == NODE_NAME || node->kind == NODE_ATTRIBUTE ||
           node->kind == NODE_SUBSCRIPT;
}

static bool is_paren_free_tuple(const Node *node) {
    if (node->kind != NODE_TUPLE || !node->sequence.elements.count) return false;
    const Node *first = node->sequence.elements.items[0];
    return first->place.line == node->place.line &&
           first->place.column == node->place.column;
}

static void *explain_annotation(Parser *p, const Node *target) {
    if (!p->explain || target->kind == NODE_STARRED) return NULL;
    advance(p);
    if (!parse_expression(p)) return NULL;
    if (target->kind != NODE_TUPLE && target->kind != NODE_LIST)
        return parser_explain(p, target->place, "illegal target for annotation");
    const Node *shown = target;
    if (is_paren_free_tuple(target)) shown = target->sequence.elements.items[0];
    return parser_explain(p, shown->place, "only single target (not %s) can be annotated",
                          ast_node_name(target));
}

static Node *annotated_assignment(Parser *p, size_t start, Node *target) {
    bool simple = target->kind == NODE_NAME && p->tokens[start].kind == TOKEN_NAME;
    Node *annotation, *value = NULL;
    if (!is_single_target(target)) return explain_annotation(p, target);
    advance(p);
    if (!(annotation = parse_expression(p))) return NULL;
    if (accept(p, TOKEN_ASSIGN) && !(value = parse_star_expressions_or_yield(p)))
        return NULL;
    int below = higher(higher(target->height, annotation->height), height_of(value));
    Node *node = parser_node(p, NODE_ANN_ASSIGN, start, below);
    if (!node) return NULL;
    ast_set_target(target, STORE);
    node->ann_assign.target = target;
    node->ann_assign.annotation = annotation;
    node->ann_assign.value = value;
    node->ann_assign.simple = simple;
    return node;
}

/* The operator of an augmented assignment; -1: it is none. */
static int augmented_operator(TokenKind kind) {
    static const int8_t operators[TOKEN_KINDS] = {
        [TOKEN_PLUS_ASSIGN] = OP_ADD + 1,
        [TOKEN_MINUS_ASSIGN] = OP_SUBTRACT + 1,
        [TOKEN_STAR_ASSIGN] = OP_MULTIPLY + 1,
        [TOKEN_SLASH_ASSIGN] = OP_DIVIDE + 1,
        [TOKEN_DOUBLE_SLASH_ASSIGN] = OP_FLOOR + 1,
        [TOKEN_PERCENT_ASSIGN] = OP_REMAINDER + 1,
        [TOKEN_AT_ASSIGN] = OP_MATRIX_MULTIPLY + 1,
        [TOKEN_DOUBLE_STAR_ASSIGN] = OP_POWER + 1,
        [TOKEN_LEFT_SHIFT_ASSIGN] = OP_SHIFT_LEFT + 1,
        [TOKEN_RIGHT_SHIFT_ASSIGN] = OP_SHIFT_RIGHT + 1,
        [TOKEN_AMPERSAND_ASSIGN] = OP_AND + 1,
        [TOKEN_BAR_ASSIGN] = OP_OR + 1,
        [TOKEN_CARET_ASSIGN] = OP_XOR + 1,
    };
    return operators[kind] - 1;
}

static Node *augmented_assignment(Parser *p, size_t start, Node *target, Operator op) {
    bool single = is_single_target(target);
    if (!single && !p->explain) return fail(p);
    advance(p);
    Node *value = parse_star_expressions_or_yield(p), *node;
    if (!value) return NULL;
    if (!single)
        return parser_explain(p, target->place,
                              "'%s' is an illegal expression for augmented assignment",
                              ast_node_name(target));
    int below = higher(target->height, value->height);
    if (!(node = parser_node(p, NODE_AUG_ASSIGN, start, below))) return NULL;
    ast_set_target(target, STORE);
    node->aug_assign.target = target;
    node->aug_assign.op = op;
    node->aug_assign.value = value;
    return node;
}

/* The next token is the = behind what cannot be a target. `first`: where the last element
 * of the first target began. */
static void *explain_assignment(Parser *p, Node *tree, size_t first) {
    if (!p->explain) return NULL;
    if (tree->kind == NODE_YIELD || tree->kind == NODE_YIELD_FROM)
        if (p->tokens[p->element].kind == TOKEN_YIELD)
            return parser_explain(p, tree->place,
                                  "assignment to yield expression not possible");
    parser_explain_equals(p, first, tree);
    return parser_explain_target(p, tree, STORE, false);
}

/* target = target = value; the first target is read. */
static Node *assignment(Parser *p, size_t start, Node *value) {
    size_t begin = p->pending_count, first = p->element;
    while (at(p, TOKEN_ASSIGN)) {
        if (ast_set_target(value, STORE)) return explain_assignment(p, value, first);
        if (!parser_push(p, value)) return NULL;
        advance(p);
        size_t begins = p->at;
        if (!(value = parse_star_expressions_or_yield(p))) return NULL;
        if (p->tokens[begins].kind == TOKEN_YIELD) p->element = begins;
    }
    NodeList targets;
    if (!parser_list(p, begin, &targets)) return NULL;
    int below = higher(ast_list_height(&targets), value->height);
    Node *node = parser_node(p, NODE_ASSIGN, start, below);
    if (!node) return NULL;
    node->assign.targets = targets;
    node->assign.value = value;
    return node;
}

static Node *value_node(Parser *p, NodeKind kind, size_t start, Node *value) {
    Node *node = parser_node(p, kind, start, height_of(value));
    if (node) node->value.value = value;
    return node;
}

static void *explain_walrus(Parser *p, const Node *value) {
    if (is_paren_free_tuple(value))
        value = value->sequence.elements.items[value->sequence.elements.count - 1];
    return parser_explain_equals(p, p->element, value);
}

static Node *expression_statement(Parser *p) {
    size_t start = p->at;
    bool yields = at(p, TOKEN_YIELD);
    Node *value = parse_star_expressions_or_yield(p);
    if (!value) return NULL;
    if (yields) p->element = start;
    if (at(p, TOKEN_ASSIGN)) return assignment(p, start, value);
    if (yields || at(p, TOKEN_NEWLINE)) return value_node(p, NODE_EXPR, start, value);
    if (at(p, TOKEN_COLON)) return annotated_assignment(p, start, value);
    if (at(p, TOKEN_WALRUS)) return explain_walrus(p, value);
    int op = augmented_operator(peek(p));
    if (op >= 0) return augmented_assignment(p, start, value, (Operator)op);
    return value_node(p, NODE_EXPR, start, value);
}

/* ---- Statements that begin with a keyword ---- */

static Node *plain_statement(Parser *p, NodeKind kind) {
    advance(p);
    return parser_node(p, kind, p->at - 1, 0);
}

static Node *return_statement(Parser *p) {
    size_t start = p->at;
    Node *value = NULL;
    advance(p);
    bool any = token_begins_expression(peek(p)) || at(p, TOKEN_STAR);
    if (any && !(value = parse_star_expressions(p))) return NULL;
    return value_node(p, NODE_RETURN, start, value);
}

static Node *raise_statement(Parser *p) {
    size_t start = p->at;
    Node *exc = NULL, *cause = NULL;
    advance(p);
    if (token_begins_expression(peek(p))) {
        if (!(exc = parse_expression(p))) return NULL;
        if (accept(p, TOKEN_FROM) && !(cause = parse_expression(p))) return NULL;
    }
    Node *node =
        parser_node(p, NODE_RAISE, start, higher(height_of(exc), height_of(cause)));
    if (!node) return NULL;
    node->raise.exc = exc;
    node->raise.cause = cause;
    return node;
}

static Node *assert_statement(Parser *p) {
    size_t start = p->at;
    Node *test, *msg = NULL;
    advance(p);
    if (!(test = parse_expression(p))) return NULL;
    if (accept(p, TOKEN_COMMA) && !(msg = parse_expression(p))) return NULL;
    Node *node = parser_node(p, NODE_ASSERT, start, higher(test->height, height_of(msg)));
    if (!node) return NULL;
    node->assert_that.test = test;
    node->assert_that.msg = msg;
    return node;
}

static bool ends_statement(const Parser *p) {
    return at(p, TOKEN_NEWLINE) || at(p, TOKEN_SEMICOLON);
}

static Node *delete_statement(Parser *p) {
    size_t start = p->at, begin = p->pending_count;
    advance(p);
    do {
        Node *target = p->explain ? parse_star_expression(p) : parse_primary(p);
        if (!target || !parser_push(p, target)) return NULL;
    } while (accept(p, TOKEN_COMMA) && !ends_statement(p));
    NodeList targets;
    if (!parser_list(p, begin, &targets)) return NULL;
    for (size_t i = 0; i < targets.count; i++)
        if (ast_set_target(targets.items[i], DELETE))
            return parser_explain_target(p, targets.items[i], DELETE, false);
    if (!ends_statement(p)) return fail(p);
    Node *node = parser_node(p, NODE_DELETE, start, ast_list_height(&targets));
    if (node) node->delete.targets = targets;
    return node;
}

static Node *names_statement(Parser *p, NodeKind kind) {
    size_t start = p->at, begin = p->pending_count;
    do {
        advance(p);
        Object *name = at(p, TOKEN_NAME) ? parser_name(p, here(p)) : fail(p);
        if (!name || !parser_push(p, name)) return NULL;
        advance(p);
    } while (at(p, TOKEN_COMMA));
    NodeList names;
    if (!parser_list(p, begin, &names)) return NULL;
    Node *node = parser_node(p, kind, start, 0);
    if (node) node->names.names = names;
    return node;
}

/* ---- Imports ---- */

/* a.b.c as one interned str: borrowed. */
static Object *dotted_name(Parser *p) {
    if (!at(p, TOKEN_NAME)) return fail(p);
    Object *name = parser_name(p, here(p));
    advance(p);
    if (!name || !at(p, TOKEN_DOT)) return name;
    StrBuilder b;
    builder_init(&b);
    builder_append_str(&b, name);
    while (name && accept(p, TOKEN_DOT)) {
        name = at(p, TOKEN_NAME) ? parser_name(p, here(p)) : NULL;
        if (!name) break;
        advance(p);
        builder_append_char(&b, '.');
        builder_append_str(&b, name);
    }
    if (!name) {
        builder_abandon(&b);
        return fail(p);
    }
    Object *str = builder_finish(&b), *whole = str ? intern(str) : NULL;
    decref_maybe(str);
    return whole ? whole : parser_give_up(p);
}

/* The name that is imported, and `as` another; pushed. */
static bool alias(Parser *p, bool dotted) {
    size_t start = p->at;
    Object *name, *asname = NULL;
    if (dotted) {
        if (!(name = dotted_name(p))) return false;
    } else {
        if (!at(p, TOKEN_NAME) || !(name = parser_name(p, here(p)))) return false;
        advance(p);
    }
    if (accept(p, TOKEN_AS)) {
        if (!at(p, TOKEN_NAME) || !(asname = parser_name(p, here(p)))) return false;
        advance(p);
    }
    Alias *node = parser_allocate(p, sizeof *node);
    if (!node) return false;
    *node = (Alias){place_from(p, start), name, asname};
    return parser_push(p, node);
}

static void *explain_import_from(Parser *p, size_t start) {
    if (!at(p, TOKEN_FROM) || !p->explain) return NULL;
    advance(p);
    if (!dotted_name(p)) return NULL;
    return parser_explain(p, place_to_furthest(p, token_place(&p->tokens[start])),
                          "Did you mean to use 'from ... import ...' instead?");
}

static Node *import_statement(Parser *p) {
    size_t start = p->at, begin = p->pending_count;
    do {
        advance(p);
        if (!alias(p, true)) return NULL;
    } while (at(p, TOKEN_COMMA));
    NodeList names;
    if (!parser_list(p, begin, &names)) return NULL;
    if (!ends_statement(p)) return explain_import_from(p, start);
    Node *node = parser_node(p, NODE_IMPORT, start, 0);
    if (node) node->import.names = names;
    return node;
}

static bool star_alias(Parser *p) {
    advance(p);
    Alias *node = parser_allocate(p, sizeof *node);
    Object *name = node ? intern(str_of_point('*')) : NULL;
    if (!name) return parser_give_up(p);
    *node = (Alias){place_from(p, p->at - 1), name, NULL};
    return parser_push(p, node);
}

/* What is imported from a module: in parentheses a comma may be the last. */
static bool import_targets(Parser *p) {
    if (at(p, TOKEN_STAR)) return star_alias(p);
    bool paren = accept(p, TOKEN_LEFT_PAREN);
    do {
        if (!alias(p, false)) return false;
    } while (accept(p, TOKEN_COMMA) && at(p, TOKEN_NAME));
    if (paren) return accept(p, TOKEN_RIGHT_PAREN);
    if (before(p)->kind != TOKEN_COMMA) return true;
    if (!at(p, TOKEN_NEWLINE)) return fail(p);
    return parser_explain_furthest(
        p, "trailing comma not allowed without surrounding parentheses");
}

static Node *import_from_statement(Parser *p) {
    size_t start = p->at, begin = p->pending_count;
    Object *module = NULL;
    int level = 0;
    advance(p);
    for (; at(p, TOKEN_DOT) || at(p, TOKEN_ELLIPSIS); advance(p))
        level += at(p, TOKEN_DOT) ? 1 : 3;
    if ((!level || !at(p, TOKEN_IMPORT)) && !(module = dotted_name(p))) return NULL;
    NodeList names;
    if (!accept(p, TOKEN_IMPORT) || !import_targets(p)) return NULL;
    if (!parser_list(p, begin, &names)) return NULL;
    Node *node = parser_node(p, NODE_IMPORT_FROM, start, 0);
    if (!node) return NULL;
    node->import_from.module = module;
    node->import_from.names = names;
    node->import_from.level = level;
    return node;
}

/* ---- Lines ---- */

static Node *simple_statement(Parser *p) {
    switch (peek(p)) {
    case TOKEN_RETURN:
        return return_statement(p);
    case TOKEN_IMPORT:
        return import_statement(p);
    case TOKEN_FROM:
        return import_from_statement(p);
    case TOKEN_RAISE:
        return raise_statement(p);
    case TOKEN_PASS:
        return plain_statement(p, NODE_PASS);
    case TOKEN_DEL:
        return delete_statement(p);
    case TOKEN_ASSERT:
        return assert_statement(p);
    case TOKEN_BREAK:
        return plain_statement(p, NODE_BREAK);
    case TOKEN_CONTINUE:
        return plain_statement(p, NODE_CONTINUE);
    case TOKEN_GLOBAL:
        return names_statement(p, NODE_GLOBAL);
    case TOKEN_NONLOCAL:
        return names_statement(p, NODE_NONLOCAL);
    default:
        return expression_statement(p);
    }
}

bool parse_simple_statements(Parser *p) {
    do {
        Node *node = simple_statement(p);
        if (!node || !parser_push(p, node)) return false;
    } while (accept(p, TOKEN_SEMICOLON) && !at(p, TOKEN_NEWLINE));
    return accept(p, TOKEN_NEWLINE);
}

/* Is this the head of `match subject:` with its first case below? */
static bool is_match(const Parser *p) {
    const Token *t = here(p);
    while (t->kind != TOKEN_NEWLINE && t->kind != TOKEN_END && t->kind != TOKEN_MISTAKE)
        t++;
    return t->kind == TOKEN_NEWLINE && t[-1].kind == TOKEN_COLON &&
           t[1].kind == TOKEN_INDENT && t[2].kind == TOKEN_NAME &&
           parser_text_is(p, &t[2], "case");
}

/* Statements that begin with a word that is a name elsewhere: false, SyntaxError. */
static bool refuse_soft(Parser *p) {
    const Token *t = here(p);
    if (parser_text_is(p, t, "match") && is_match(p))
        return parser_raise(p, token_place(t), "match statements are not supported");
    if (parser_text_is(p, t, "type") && t[1].kind == TOKEN_NAME &&
        (t[2].kind == TOKEN_ASSIGN || t[2].kind == TOKEN_LEFT_BRACKET))
        return parser_raise(p, token_place(t), "type statements are not supported");
    return true;
}

bool parse_statements(Parser *p) {
    if (parser_at_compound(p)) {
        Node *node = parse_compound_statement(p);
        return node && parser_push(p, node);
    }
    if (at(p, TOKEN_NAME) && !refuse_soft(p)) return false;
    return parse_simple_statements(p);
}
