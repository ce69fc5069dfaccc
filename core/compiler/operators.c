/* operators.c: `or`, `and`, `not`, comparisons, binary and unary operators.
 *
 * Binary operators are read by precedence climbing. In the second pass, an operator whose
 * right operand cannot be read is left where it is. */
#include "core/compiler/parser_internal.h"

/* ---- Binary and unary operators ---- */

typedef struct Precedence {
    int8_t level; /* 0: not a binary operator */
    int8_t op;
} Precedence;

static const Precedence precedences[TOKEN_KINDS] = {
    [TOKEN_BAR] = {1, OP_OR},
    [TOKEN_CARET] = {2, OP_XOR},
    [TOKEN_AMPERSAND] = {3, OP_AND},
    [TOKEN_LEFT_SHIFT] = {4, OP_SHIFT_LEFT},
    [TOKEN_PLUS] = {5, OP_ADD},
    [TOKEN_RIGHT_SHIFT] = {4, OP_SHIFT_RIGHT},
    [TOKEN_MINUS] = {5, OP_SUBTRACT},
    [TOKEN_STAR] = {6, OP_MULTIPLY},
    [TOKEN_SLASH] = {6, OP_DIVIDE},
    [TOKEN_DOUBLE_SLASH] = {6, OP_FLOOR},
    [TOKEN_PERCENT] = {6, OP_REMAINDER},
    [TOKEN_AT] = {6, OP_MATRIX_MULTIPLY},
};

static Node *binary_node(Parser *p, size_t start, Node *left, Operator op, Node *right) {
    int below = higher(left->height, right->height);
    Node *node = parser_node(p, NODE_BIN_OP, start, below);
    if (!node) return NULL;
    node->bin_op.left = left;
    node->bin_op.op = op;
    node->bin_op.right = right;
    return node;
}

static Node *unary_node(Parser *p, size_t start, UnaryOp op, Node *operand) {
    if (!operand) return NULL;
    Node *node = parser_node(p, NODE_UNARY_OP, start, operand->height);
    if (!node) return NULL;
    node->unary.op = op;
    node->unary.operand = operand;
    return node;
}

static Node *unary(Parser *p);

/* ** binds tighter than a sign on its left, less than one on its right. */
static Node *power(Parser *p) {
    size_t start = p->at;
    Node *left = parse_primary(p), *right;
    Spot spot = parser_spot(p);
    if (!left || !accept(p, TOKEN_DOUBLE_STAR)) return left;
    if (!parser_enter(p)) return NULL;
    right = unary(p);
    parser_leave(p);
    if (right) return binary_node(p, start, left, OP_POWER, right);
    return parser_fall_back(p, spot) ? left : NULL;
}

static Node *unary(Parser *p) {
    size_t start = p->at;
    UnaryOp op;
    if (at(p, TOKEN_MINUS))
        op = NODE_NEGATIVE;
    else if (at(p, TOKEN_PLUS))
        op = NODE_POSITIVE;
    else if (at(p, TOKEN_TILDE))
        op = NODE_INVERT;
    else
        return power(p);
    advance(p);
    if (!parser_enter(p)) return NULL;
    Node *operand = unary(p);
    parser_leave(p);
    return unary_node(p, start, op, operand);
}

/* Operators of at least this level. */
static Node *binary(Parser *p, int least) {
    size_t start = p->at;
    Node *left = unary(p);
    while (left) {
        Precedence found = precedences[peek(p)];
        if (found.level < least) break;
        Spot spot = parser_spot(p);
        advance(p);
        Node *right = binary(p, found.level + 1);
        if (!right && parser_fall_back(p, spot)) break;
        left = right ? binary_node(p, start, left, (Operator)found.op, right) : NULL;
    }
    return left;
}

Node *parse_bitwise_or(Parser *p) { return binary(p, 1); }

/* ---- Comparisons, not, and, or ---- */

/* Takes the operator; -1: there is none. */
static int comparison_operator(Parser *p) {
    static const int8_t plain[TOKEN_KINDS] = {
        [TOKEN_LESS] = NODE_LT + 1,        [TOKEN_GREATER] = NODE_GT + 1,
        [TOKEN_LESS_EQUAL] = NODE_LTE + 1, [TOKEN_GREATER_EQUAL] = NODE_GTE + 1,
        [TOKEN_EQUAL] = NODE_EQ + 1,       [TOKEN_UNEQUAL] = NODE_NOT_EQ + 1,
        [TOKEN_IN] = NODE_IN + 1,
    };
    int op = plain[peek(p)] - 1;
    if (op >= 0) {
        advance(p);
    } else if (at(p, TOKEN_NOT) && peek_second(p) == TOKEN_IN) {
        advance(p), advance(p);
        op = NODE_NOT_IN;
    } else if (accept(p, TOKEN_IS)) {
        op = accept(p, TOKEN_NOT) ? NODE_IS_NOT : NODE_IS;
    }
    return op;
}

/* What is pending is, in turns, operators and operands. */
static Node *compare_node(Parser *p, size_t start, Node *left, size_t begin) {
    size_t count = (p->pending_count - begin) / 2;
    int below = left->height;
    CompareOp *ops = parser_allocate(p, count * sizeof *ops);
    void **operands = parser_allocate(p, count * sizeof *operands);
    if (!ops || !operands) return NULL;
    for (size_t i = 0; i < count; i++) {
        ops[i] = (CompareOp)(uintptr_t)p->pending[begin + 2 * i];
        operands[i] = p->pending[begin + 2 * i + 1];
        below = higher(below, height_of(operands[i]));
    }
    p->pending_count = begin;
    Node *node = parser_node(p, NODE_COMPARE, start, below);
    if (!node) return NULL;
    node->compare.left = left;
    node->compare.comparators = (NodeList){count, operands};
    node->compare.ops = ops;
    return node;
}

static Node *comparison(Parser *p) {
    size_t start = p->at, begin = p->pending_count;
    Spot spot;
    Node *left = parse_bitwise_or(p), *right;
    if (!left) return NULL;
    for (int op; spot = parser_spot(p), (op = comparison_operator(p)) >= 0;) {
        if (!(right = parse_bitwise_or(p))) {
            if (!parser_fall_back(p, spot)) return NULL;
            break;
        }
        if (!parser_push(p, (void *)(uintptr_t)op) || !parser_push(p, right)) return NULL;
    }
    return p->pending_count > begin ? compare_node(p, start, left, begin) : left;
}

static Node *inversion(Parser *p) {
    size_t start = p->at;
    if (!accept(p, TOKEN_NOT)) return comparison(p);
    if (!parser_enter(p)) return NULL;
    Node *operand = inversion(p);
    parser_leave(p);
    return unary_node(p, start, NODE_NOT, operand);
}

/* Operands of `and` or `or`. */
static Node *boolean(Parser *p, TokenKind word, Rule *operand) {
    size_t start = p->at, begin = p->pending_count;
    Node *first = operand(p), *next = first;
    if (!first || !at(p, word)) return first;
    while (parser_push(p, next) && at(p, word)) {
        Spot spot = parser_spot(p);
        advance(p);
        if ((next = operand(p))) continue;
        if (!parser_fall_back(p, spot)) return NULL;
        break;
    }
    NodeList values;
    if (p->raised || !parser_list(p, begin, &values)) return NULL;
    if (values.count == 1) return first;
    Node *node = parser_node(p, NODE_BOOL_OP, start, ast_list_height(&values));
    if (!node) return NULL;
    node->bool_op.is_or = word == TOKEN_OR;
    node->bool_op.values = values;
    return node;
}

static Node *conjunction(Parser *p) { return boolean(p, TOKEN_AND, inversion); }
Node *parse_disjunction(Parser *p) { return boolean(p, TOKEN_OR, conjunction); }
