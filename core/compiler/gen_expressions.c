/* gen_expressions.c: expressions, each into a register.
 *
 * Operands are evaluated from left to right into temporaries, or stay where they are if they
 * are local variables; then one instruction reads them all. A target is written by the last
 * instruction only, so `x = [x, 1]` may compute into x. Where a target would be written
 * before the end (and, or, if), a temporary is taken instead. */
#include "core/compiler/gen.h"
#include "core/object/error.h"
#include "core/types/none.h"
#include "core/types/tuple.h"
#include <stdlib.h>

/* ---- constants ---- */

Object *constant_of(Node *node) {
    return node->kind == NODE_CONSTANT ? node->constant.value : NULL;
}

static int load_constant(Gen *g, Object *value, int target, bool number) {
    target = result_in(g, target);
    emit(g, CODE_CONSTANT, target, constant(g, value, number), 0);
    return target;
}

static bool is_number(const Object *o) {
    return is_type(o, GILT_INT) || is_type(o, GILT_FLOAT);
}

static Object *fold(Gen *g, Node *node);

/* Small results only: nobody wants 10**10**10 at compile time. */
static Object *fold_binary(Gen *g, Node *node) {
    if (node->bin_op.op > OP_REMAINDER) return NULL;
    Object *left = fold(g, node->bin_op.left);
    Object *right = left ? fold(g, node->bin_op.right) : NULL, *result = NULL;
    bool easy = right && is_number(left) && is_number(right);
    if (easy && is_type(left, GILT_INT)) easy = !int_is_big(left);
    if (easy && is_type(right, GILT_INT)) easy = !int_is_big(right);
    if (easy) result = type_of(left)->ops->operate(node->bin_op.op, left, right);
    if (result == NOT_IMPLEMENTED) result = type_of(right)->ops->operate(node->bin_op.op, left, right);
    if (result == NOT_IMPLEMENTED) result = NULL;
    if (!result) gilt_error_clear();
    decref_maybe(left);
    decref_maybe(right);
    return result;
}

static Object *fold_unary(Gen *g, Node *node) {
    if (node->unary.op != NODE_NEGATIVE) return NULL;
    Object *operand = fold(g, node->unary.operand), *result = NULL;
    if (operand && is_number(operand)) result = gilt_negative(operand);
    decref_maybe(operand);
    if (!result) gilt_error_clear();
    return result;
}

static Object *fold_tuple(Gen *g, NodeList list) {
    Object **items = calloc(list.count + 1, sizeof *items), *result = NULL;
    size_t count = 0;
    while (items && count < list.count && (items[count] = fold(g, list.items[count]))) count++;
    if (items && count == list.count) result = gilt_tuple_new(items, count);
    for (size_t i = 0; i < count; i++) decref(items[i]);
    free(items);
    if (!result) gilt_error_clear();
    return result;
}

/* The value of a constant expression: a new reference; NULL without an exception: none. Each
 * level asks anew, so a high tree is not tried: the time would grow with its square. */
static Object *fold(Gen *g, Node *node) {
    enum { HEIGHT_MAX = 32 };
    if (node->height > HEIGHT_MAX) return NULL;
    switch (node->kind) {
    case NODE_CONSTANT:
        return incref(node->constant.value);
    case NODE_BIN_OP:
        return fold_binary(g, node);
    case NODE_UNARY_OP:
        return fold_unary(g, node);
    case NODE_TUPLE:
        return node->sequence.context == LOAD ? fold_tuple(g, node->sequence.elements) : NULL;
    default:
        return NULL;
    }
}

static bool load_folded(Gen *g, Node *node, int *target, bool number) {
    if (g->failed || (node->kind != NODE_BIN_OP && node->kind != NODE_UNARY_OP &&
                      node->kind != NODE_TUPLE))
        return false;
    Object *value = fold(g, node);
    if (!value) return false;
    *target = load_constant(g, value, *target, number);
    decref(value);
    return true;
}

/* Is the node an int that fits an operand? */
static bool small_int(Node *node, int *value) {
    Object *o = constant_of(node);
    if (!o || !is_type(o, GILT_INT) || int_is_big(o)) return false;
    int64_t n = int_small(o);
    *value = (int)n;
    return n == (int16_t)n;
}

/* ---- arithmetic ---- */

#define ROW(NAME) CODE_##NAME,
static const Opcode operator_codes[] = {OPERATORS_EACH(ROW)};
static const Opcode compare_codes[] = {COMPARISONS_EACH(ROW)};
#undef ROW

int expression_number(Gen *g, Node *node) {
    Object *value = constant_of(node);
    if (value) return load_constant(g, value, ANY, true);
    int target = ANY;
    if (load_folded(g, node, &target, true)) return target;
    if (node->kind != NODE_ATTRIBUTE && node->kind != NODE_SUBSCRIPT)
        return expression(g, node, ANY);
    int reg = expression(g, node, ANY);
    if (g->failed || !is_temporary(g, reg)) return reg;
    /* The last instruction is the load: its result goes into arithmetic. */
    Code *code = g->code;
    Word *attribute = code->word_count >= 3 ? &code->words[code->word_count - 3] : NULL;
    Word *item = &code->words[code->word_count - 1];
    if (node->kind == NODE_ATTRIBUTE && attribute &&
        word_opcode(*attribute) == CODE_LOAD_ATTRIBUTE)
        *attribute = (*attribute & ~(Word)0xFFFF) | CODE_LOAD_ATTRIBUTE_NUMBER;
    else if (node->kind == NODE_SUBSCRIPT && word_opcode(*item) == CODE_LOAD_ITEM)
        *item = (*item & ~(Word)0xFFFF) | CODE_LOAD_ITEM_NUMBER;
    else if (node->kind == NODE_SUBSCRIPT && word_opcode(*item) == CODE_LOAD_ITEM_INT)
        *item = (*item & ~(Word)0xFFFF) | CODE_LOAD_ITEM_INT_NUMBER;
    return reg;
}

static int binary(Gen *g, Node *node, int target) {
    if (load_folded(g, node, &target, false)) return target;
    int mark = g->top, right = 0;
    Opcode op = operator_codes[node->bin_op.op];
    int left = expression_number(g, node->bin_op.left);
    if (small_int(node->bin_op.right, &right)) {
        g->top = mark;
        target = result_in(g, target);
        emit(g, op + 1, target, left, right);
        return target;
    }
    right = expression_number(g, node->bin_op.right);
    g->top = mark;
    target = result_in(g, target);
    emit(g, op, target, left, right);
    return target;
}

static int unary(Gen *g, Node *node, int target) {
    static const Opcode codes[] = {CODE_NOT, CODE_NEGATIVE, CODE_POSITIVE, CODE_INVERT};
    if (load_folded(g, node, &target, false)) return target;
    int mark = g->top;
    int operand = node->unary.op == NODE_NOT ? expression(g, node->unary.operand, ANY)
                                             : expression_number(g, node->unary.operand);
    g->top = mark;
    target = result_in(g, target);
    emit(g, codes[node->unary.op], target, operand, 0);
    return target;
}

static Opcode compare_code(CompareOp op) {
    static const Opcode others[] = {CODE_IS, CODE_IS_NOT, CODE_IN, CODE_NOT_IN};
    return op <= NODE_GTE ? compare_codes[op] : others[op - NODE_IS];
}

static int compare_one(Gen *g, Node *node, int target) {
    int mark = g->top;
    CompareOp op = node->compare.ops[0];
    Node *other = node->compare.comparators.items[0];
    bool numbers = op <= NODE_GTE;
    int left = numbers ? expression_number(g, node->compare.left)
                       : expression(g, node->compare.left, ANY);
    int right = numbers ? expression_number(g, other) : expression(g, other, ANY);
    g->top = mark;
    target = result_in(g, target);
    emit(g, compare_code(op), target, left, right);
    return target;
}

/* a < b < c: each operand once; what is compared twice is kept in `left`. */
static int compare_chain(Gen *g, Node *node) {
    Label end = label_new(g), fail = label_new(g);
    int result = temporary(g), left = temporary(g);
    expression_into(g, node->compare.left, left);
    size_t count = node->compare.comparators.count;
    for (size_t i = 0; i < count; i++) {
        int right = temporary(g), again = temporary(g);
        bool last = i + 1 == count;
        expression_into(g, node->compare.comparators.items[i], right);
        if (!last) emit(g, CODE_MOVE, again, right, 0);
        emit(g, compare_code(node->compare.ops[i]), result, left, right);
        if (!last) {
            emit(g, CODE_TAKE, left, again, 0);
            jump_if(g, CODE_JUMP_UNLESS_KEEP, result, fail);
        }
        g->top = right;
    }
    jump(g, end);
    label_here(g, fail);
    emit(g, CODE_CLEAR, left, 0, 0);
    label_here(g, end);
    g->top = result + 1;
    return result;
}

/* ---- and, or, if ---- */

static void into_result(Gen *g, Node *node, int result) {
    int top = g->top;
    expression_into(g, node, result);
    g->top = top;
}

static int finish(Gen *g, int result, int target) {
    if (target == ANY || target == result) return result;
    g->top = result;
    emit(g, CODE_TAKE, target, result, 0);
    return target;
}

static int bool_op(Gen *g, Node *node, int target) {
    Label end = label_new(g);
    int result = temporary(g);
    Opcode op = node->bool_op.is_or ? CODE_JUMP_IF_KEEP : CODE_JUMP_UNLESS_KEEP;
    NodeList values = node->bool_op.values;
    uint8_t *state = NULL;
    for (size_t i = 0; i < values.count; i++) {
        into_result(g, values.items[i], result);
        if (i + 1 < values.count) jump_if(g, op, result, end);
        if (i == 0) state = state_copy(g); /* later ones may not have run */
    }
    state_set(g, state);
    label_here(g, end);
    return finish(g, result, target);
}

static int if_expression(Gen *g, Node *node, int target) {
    Label otherwise = label_new(g), end = label_new(g);
    int result = temporary(g);
    condition(g, node->if_exp.test, otherwise, false);
    uint8_t *state = state_copy(g);
    into_result(g, node->if_exp.body, result);
    jump(g, end);
    label_here(g, otherwise);
    uint8_t *after = state_copy(g);
    state_set(g, state);
    into_result(g, node->if_exp.orelse, result);
    state_set(g, state_merge(g, after, state_copy(g)));
    label_here(g, end);
    return finish(g, result, target);
}

/* ---- conditions ---- */

static bool is_none(Node *node) {
    Object *o = constant_of(node);
    return o && is_type(o, GILT_NONE);
}

static bool condition_compare(Gen *g, Node *node, Label label, bool sense) {
    if (node->compare.comparators.count != 1) return false;
    CompareOp op = node->compare.ops[0];
    Node *left = node->compare.left, *right = node->compare.comparators.items[0];
    int mark = g->top, a, b;
    if ((op == NODE_IS || op == NODE_IS_NOT) && is_none(right)) {
        a = expression(g, left, ANY);
        g->top = mark;
        jump_if(g, (op == NODE_IS) == sense ? CODE_JUMP_IF_NONE : CODE_JUMP_UNLESS_NONE, a,
                label);
        return true;
    }
    if (op > NODE_GTE) return false;
    Opcode code = compare_codes[op] + (sense ? 1 : 2);
    a = expression_number(g, left);
    if (small_int(right, &b))
        code += 2;
    else
        b = expression_number(g, right);
    g->top = mark;
    jump_compare(g, code, a, b, label);
    return true;
}

static void condition_bool(Gen *g, Node *node, Label label, bool sense) {
    bool is_or = node->bool_op.is_or;
    NodeList values = node->bool_op.values;
    Label over = is_or == sense ? label : label_new(g);
    uint8_t *state = NULL;
    for (size_t i = 0; i < values.count; i++) {
        bool last = i + 1 == values.count;
        condition(g, values.items[i], last ? label : over, last ? sense : is_or);
        if (i == 0) state = state_copy(g);
    }
    state_set(g, state);
    if (over != label) label_here(g, over);
}

static void condition_plain(Gen *g, Node *node, Label label, bool sense) {
    Object *value = constant_of(node);
    int known = value && value->type <= GILT_STR ? gilt_true(value) : -1;
    if (known >= 0) {
        if (known == sense) jump(g, label);
        return;
    }
    int mark = g->top, reg = expression(g, node, ANY);
    g->top = mark;
    jump_if(g, sense ? CODE_JUMP_IF : CODE_JUMP_UNLESS, reg, label);
}

void condition(Gen *g, Node *node, Label label, bool sense) {
    Place before = g->place;
    g->place = node->place;
    if (node->kind == NODE_UNARY_OP && node->unary.op == NODE_NOT)
        condition(g, node->unary.operand, label, !sense);
    else if (node->kind == NODE_BOOL_OP)
        condition_bool(g, node, label, sense);
    else if (node->kind != NODE_COMPARE || !condition_compare(g, node, label, sense))
        condition_plain(g, node, label, sense);
    g->place = before;
}

/* ---- displays ---- */

static bool has_star(NodeList list) {
    for (size_t i = 0; i < list.count; i++)
        if (((Node *)list.items[i])->kind == NODE_STARRED) return true;
    return false;
}

/* Many at once, or with stars: a list or set that grows. */
static int build_slowly(Gen *g, NodeList list, bool set, int target) {
    int result = temporary(g);
    emit(g, set ? CODE_BUILD_SET : CODE_BUILD_LIST, result, 0, 0);
    for (size_t i = 0; i < list.count; i++) {
        Node *item = list.items[i];
        bool star = item->kind == NODE_STARRED;
        int top = g->top, reg = expression(g, star ? item->starred.value : item, ANY);
        g->top = top;
        Opcode op = set ? (star ? CODE_SET_UPDATE : CODE_SET_ADD)
                        : (star ? CODE_LIST_EXTEND : CODE_LIST_APPEND);
        emit(g, op, result, reg, op == CODE_LIST_EXTEND ? NONE : 0);
    }
    return finish(g, result, target);
}

static int build(Gen *g, NodeList list, Opcode op, int target) {
    int regs[64], mark = g->top;
    for (size_t i = 0; i < list.count; i++) regs[i] = expression(g, list.items[i], ANY);
    g->top = mark;
    target = result_in(g, target);
    emit(g, op, target, (int)list.count, 0);
    emit_operands(g, regs, list.count);
    return target;
}

static int sequence(Gen *g, Node *node, int target) {
    NodeList list = node->sequence.elements;
    bool slowly = has_star(list) || list.count > 64;
    if (node->kind == NODE_TUPLE && load_folded(g, node, &target, false)) return target;
    if (!slowly)
        return build(g, list,
                     node->kind == NODE_TUPLE  ? CODE_BUILD_TUPLE
                     : node->kind == NODE_LIST ? CODE_BUILD_LIST
                                               : CODE_BUILD_SET,
                     target);
    if (node->kind != NODE_TUPLE) return build_slowly(g, list, node->kind == NODE_SET, target);
    int mark = g->top, made = build_slowly(g, list, false, ANY);
    g->top = mark;
    target = result_in(g, target);
    emit(g, CODE_LIST_TO_TUPLE, target, made, 0);
    return target;
}

static int dict(Gen *g, Node *node, int target) {
    int result = temporary(g);
    emit(g, CODE_BUILD_DICT, result, 0, 0);
    for (size_t i = 0; i < node->dict.values.count; i++) {
        int top = g->top, key = 0;
        Node *key_node = node->dict.keys.items[i];
        if (key_node) key = expression(g, key_node, ANY);
        int value = expression(g, node->dict.values.items[i], ANY);
        g->top = top;
        if (key_node)
            emit(g, CODE_DICT_ADD, result, key, value);
        else
            emit(g, CODE_DICT_UPDATE, result, value, 0);
    }
    return finish(g, result, target);
}

/* ---- attributes and items ---- */

static int attribute(Gen *g, Node *node, int target) {
    int mark = g->top, object = expression(g, node->attribute.value, ANY);
    g->top = mark;
    target = result_in(g, target);
    emit(g, CODE_LOAD_ATTRIBUTE, target, object,
         name_number(g, mangled(g, node->attribute.attr)));
    return target;
}

static int slice(Gen *g, Node *node, int target) {
    int mark = g->top, regs[3];
    Node *parts[] = {node->slice.lower, node->slice.upper, node->slice.step};
    for (int i = 0; i < 3; i++) {
        if (parts[i]) {
            regs[i] = expression(g, parts[i], ANY);
        } else {
            Object *none = gilt_none();
            regs[i] = load_constant(g, none, ANY, false);
        }
    }
    g->top = mark;
    target = result_in(g, target);
    emit(g, CODE_BUILD_SLICE, target, 3, 0);
    emit_operands(g, regs, 3);
    return target;
}

void slice_operands(Gen *g, Node *slice, int *regs) {
    Node *parts[] = {slice->slice.lower, slice->slice.upper, slice->slice.step};
    for (int i = 0; i < 3; i++) regs[i] = parts[i] ? expression_number(g, parts[i]) : NONE;
}

static int subscript(Gen *g, Node *node, int target) {
    int mark = g->top, key = 0;
    int object = expression(g, node->subscript.value, ANY);
    if (node->subscript.slice->kind == NODE_SLICE) {
        int parts[3];
        slice_operands(g, node->subscript.slice, parts);
        g->top = mark;
        target = result_in(g, target);
        emit(g, CODE_LOAD_SLICE, target, object, 0);
        emit_operands(g, parts, 3);
        return target;
    }
    bool small = small_int(node->subscript.slice, &key);
    if (!small) key = expression_number(g, node->subscript.slice);
    g->top = mark;
    target = result_in(g, target);
    emit(g, small ? CODE_LOAD_ITEM_INT : CODE_LOAD_ITEM, target, object, key);
    return target;
}

/* ---- f-strings ---- */

static int formatted(Gen *g, Node *node, int target) {
    int mark = g->top, value = expression(g, node->formatted.value, ANY), spec = NONE;
    if (node->formatted.conversion >= 0) {
        g->top = mark;
        int converted = temporary(g);
        emit(g, CODE_CONVERT, converted, value, node->formatted.conversion);
        value = converted;
    }
    if (node->formatted.format_spec) spec = expression(g, node->formatted.format_spec, ANY);
    g->top = mark;
    target = result_in(g, target);
    emit(g, CODE_FORMAT, target, value, spec);
    return target;
}

static int joined(Gen *g, Node *node, int target) {
    NodeList list = node->joined.values;
    if (list.count <= 64) return build(g, list, CODE_BUILD_STRING, target);
    /* Very long: joined piece by piece. */
    int result = temporary(g), pair[2] = {result, result + 1};
    emit(g, CODE_BUILD_STRING, result, 0, 0);
    for (size_t i = 0; i < list.count; i++) {
        expression_into(g, list.items[i], temporary(g));
        emit(g, CODE_BUILD_STRING, result, 2, 0);
        emit_operands(g, pair, 2);
        g->top = result + 1;
    }
    return finish(g, result, target);
}

/* ---- the rest ---- */

static int walrus(Gen *g, Node *node, int target) {
    Object *name = node->named.target->name.id;
    int result = temporary(g);
    into_result(g, node->named.value, result);
    int copy = temporary(g);
    emit(g, CODE_MOVE, copy, result, 0);
    store_name(g, name, copy);
    g->top = result + 1;
    return finish(g, result, target);
}

static int yielded(Gen *g, Node *node) {
    if (node->value.value) return expression(g, node->value.value, ANY);
    Object *none = gilt_none();
    return load_constant(g, none, ANY, false);
}

/* While `yield from` waits, its iterator is in a register, and what is sent in another. */
static int yield(Gen *g, Node *node, int target) {
    int result = temporary(g), value = yielded(g, node);
    if (node->kind == NODE_YIELD_FROM) {
        int iterator = is_temporary(g, value) ? value : temporary(g);
        emit(g, CODE_GET_ITER, iterator, value, 0);
        emit(g, CODE_YIELD_FROM, result, iterator, 0);
    } else {
        emit(g, CODE_YIELD, result, value, 0);
    }
    g->top = result + 1;
    return finish(g, result, target);
}

void yield_only(Gen *g, Node *node) {
    int mark = g->top, value = yielded(g, node);
    emit(g, CODE_YIELD, NONE, value, 0);
    g->top = mark;
}

static int starred_wrong(Gen *g, Node *node) {
    gen_wrong(g, node->place, "can't use starred expression here");
    return 0;
}

static int evaluate(Gen *g, Node *node, int target) {
    switch (node->kind) {
    case NODE_CONSTANT:
        return load_constant(g, node->constant.value, target, false);
    case NODE_NAME:
        return load_name(g, node->name.id, target);
    case NODE_BIN_OP:
        return binary(g, node, target);
    case NODE_UNARY_OP:
        return unary(g, node, target);
    case NODE_COMPARE:
        if (node->compare.comparators.count == 1) return compare_one(g, node, target);
        return finish(g, compare_chain(g, node), target);
    case NODE_BOOL_OP:
        return bool_op(g, node, target);
    case NODE_IF_EXP:
        return if_expression(g, node, target);
    case NODE_ATTRIBUTE:
        return attribute(g, node, target);
    case NODE_SUBSCRIPT:
        return subscript(g, node, target);
    case NODE_SLICE:
        return slice(g, node, target);
    case NODE_CALL:
        return call(g, node, target);
    case NODE_TUPLE:
    case NODE_LIST:
    case NODE_SET:
        return sequence(g, node, target);
    case NODE_DICT:
        return dict(g, node, target);
    case NODE_LIST_COMP:
    case NODE_SET_COMP:
    case NODE_DICT_COMP:
    case NODE_GENERATOR_EXP:
        return comprehension(g, node, target);
    case NODE_LAMBDA:
        return function_make(g, node, node->lambda.args, target);
    case NODE_JOINED_STR:
        return joined(g, node, target);
    case NODE_FORMATTED_VALUE:
        return formatted(g, node, target);
    case NODE_NAMED_EXPR:
        return walrus(g, node, target);
    case NODE_YIELD:
    case NODE_YIELD_FROM:
        return yield(g, node, target);
    case NODE_STARRED:
        return starred_wrong(g, node);
    default:
        gen_wrong(g, node->place, "this is no expression");
        return 0;
    }
}

int expression(Gen *g, Node *node, int target) {
    if (g->failed) return 0;
    if (stack_is_deep()) {
        g->failed = !ast_too_high();
        return 0;
    }
    Place before = g->place;
    g->place = node->place;
    int reg = evaluate(g, node, target);
    g->place = before;
    return reg;
}

void expression_into(Gen *g, Node *node, int reg) {
    int top = g->top;
    expression(g, node, reg);
    g->top = top;
}
