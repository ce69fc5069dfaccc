/* ast.c: making nodes, and turning expressions into targets. */
#include "core/compiler/parser_internal.h"
#include "core/object/builtin.h"
#include <stdlib.h>

void ast_free(Ast *ast) {
    if (!ast) return;
    arena_free(ast->arena);
    decref_maybe(ast->constants);
    decref_maybe(ast->filename);
    free(ast);
}

bool ast_too_high(void) {
    return gilt_raise(GILT_RECURSION_ERROR,
                      "maximum recursion depth exceeded during compilation");
}

void *parser_allocate(Parser *p, size_t bytes) {
    void *memory = arena_allocate(p->ast->arena, bytes);
    return memory ? memory : parser_give_up(p);
}

Node *parser_node(Parser *p, NodeKind kind, size_t start, int below) {
    if (below >= AST_HEIGHT_MAX) {
        ast_too_high();
        return parser_give_up(p);
    }
    Node *node = parser_allocate(p, sizeof *node);
    if (!node) return NULL;
    node->kind = kind;
    node->place = place_from(p, start);
    node->height = below + 1;
    return node;
}

int ast_list_height(const NodeList *list) {
    int height = 0;
    for (size_t i = 0; i < list->count; i++)
        height = higher(height, height_of(list->items[i]));
    return height;
}

/* ---- Targets ---- */

static Node *targets_set(NodeList *list, Context context) {
    for (size_t i = 0; i < list->count; i++) {
        Node *wrong = ast_set_target(list->items[i], context);
        if (wrong) return wrong;
    }
    return NULL;
}

Node *ast_set_target(Node *node, Context context) {
    switch (node->kind) {
    case NODE_NAME:
        node->name.context = context;
        return NULL;
    case NODE_ATTRIBUTE:
        node->attribute.context = context;
        return NULL;
    case NODE_SUBSCRIPT:
        node->subscript.context = context;
        return NULL;
    case NODE_STARRED:
        if (context == DELETE) return node;
        node->starred.context = context;
        return ast_set_target(node->starred.value, context);
    case NODE_LIST:
    case NODE_TUPLE:
        node->sequence.context = context;
        return targets_set(&node->sequence.elements, context);
    default:
        return node;
    }
}

/* What in the tree cannot be a target, or NULL. In `for a in b` without a second `in`, the
 * whole was taken for a comparison: then its left side is meant. */
static Node *target_wrong(Node *node, Context context, bool in_for) {
    switch (node->kind) {
    case NODE_LIST:
    case NODE_TUPLE:
        for (size_t i = 0; i < node->sequence.elements.count; i++) {
            Node *wrong = target_wrong(node->sequence.elements.items[i], context, in_for);
            if (wrong) return wrong;
        }
        return NULL;
    case NODE_STARRED:
        if (context == DELETE) return node;
        return target_wrong(node->starred.value, context, in_for);
    case NODE_COMPARE:
        if (!in_for) return node;
        if (node->compare.ops[0] != NODE_IN) return NULL;
        return target_wrong(node->compare.left, context, in_for);
    case NODE_NAME:
    case NODE_SUBSCRIPT:
    case NODE_ATTRIBUTE:
        return NULL;
    default:
        return node;
    }
}

void *parser_explain_target(Parser *p, Node *tree, Context context, bool in_for) {
    Node *wrong = target_wrong(tree, context, in_for);
    if (!wrong) return NULL;
    return parser_explain(p, wrong->place, "cannot %s %s",
                          context == DELETE ? "delete" : "assign to", ast_node_name(wrong));
}

static const char *constant_name(const Node *node) {
    Object *value = node->constant.value;
    if (is_type(value, GILT_NONE)) return "None";
    if (is_type(value, GILT_BOOL)) return gilt_true(value) ? "True" : "False";
    return value->type == TYPE_ELLIPSIS ? "ellipsis" : "literal";
}

const char *ast_node_name(const Node *node) {
    static const char *const names[] = {
        [NODE_ATTRIBUTE] = "attribute",
        [NODE_SUBSCRIPT] = "subscript",
        [NODE_STARRED] = "starred",
        [NODE_NAME] = "name",
        [NODE_LIST] = "list",
        [NODE_TUPLE] = "tuple",
        [NODE_LAMBDA] = "lambda",
        [NODE_CALL] = "function call",
        [NODE_BOOL_OP] = "expression",
        [NODE_BIN_OP] = "expression",
        [NODE_UNARY_OP] = "expression",
        [NODE_GENERATOR_EXP] = "generator expression",
        [NODE_YIELD] = "yield expression",
        [NODE_YIELD_FROM] = "yield expression",
        [NODE_LIST_COMP] = "list comprehension",
        [NODE_SET_COMP] = "set comprehension",
        [NODE_DICT_COMP] = "dict comprehension",
        [NODE_DICT] = "dict literal",
        [NODE_SET] = "set display",
        [NODE_JOINED_STR] = "f-string expression",
        [NODE_FORMATTED_VALUE] = "f-string expression",
        [NODE_COMPARE] = "comparison",
        [NODE_IF_EXP] = "conditional expression",
        [NODE_NAMED_EXPR] = "named expression",
        [NODE_SLICE] = "slice",
    };
    if (node->kind == NODE_CONSTANT) return constant_name(node);
    return names[node->kind];
}
