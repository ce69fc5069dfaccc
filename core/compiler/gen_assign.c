/* gen_assign.c: what gives names, attributes and items a value, or takes it from them.
 *
 * An assignment to a local variable computes into its register. */
#include "core/compiler/gen.h"

/* ---- to targets ---- */

static void assign_attribute(Gen *g, Node *target, int reg) {
    int mark = g->top, object = expression(g, target->attribute.value, ANY);
    g->top = mark;
    emit(g, CODE_STORE_ATTRIBUTE, object, reg,
         name_number(g, mangled(g, target->attribute.attr)));
}

static void assign_item(Gen *g, Node *target, int reg) {
    int mark = g->top, object = expression(g, target->subscript.value, ANY);
    Node *slice = target->subscript.slice;
    if (slice->kind == NODE_SLICE) {
        int parts[3];
        slice_operands(g, slice, parts);
        g->top = mark;
        emit(g, CODE_STORE_SLICE, object, reg, 0);
        emit_operands(g, parts, 3);
        return;
    }
    int key = expression_number(g, slice);
    g->top = mark;
    emit(g, CODE_STORE_ITEM, object, key, reg);
}

#define TARGETS_MAX 250

static int star_of(NodeList targets) {
    for (size_t i = 0; i < targets.count; i++)
        if (((Node *)targets.items[i])->kind == NODE_STARRED) return (int)i;
    return -1;
}

static bool star_is_repeated(NodeList targets, int star) {
    NodeList rest = {targets.count - (size_t)(star + 1), targets.items + star + 1};
    return star >= 0 && star_of(rest) >= 0;
}

/* Local variables get their items at once, unless one of them occurs twice. */
static int unpack_target(Gen *g, Node *target) {
    if (target->kind == NODE_NAME) {
        int reg = local_target(g, target->name.id);
        if (reg != ANY) return reg;
    }
    return temporary(g);
}

static void assign_sequence(Gen *g, Node *node, int reg) {
    NodeList targets = node->sequence.elements;
    int regs[TARGETS_MAX], mark = g->top, star = star_of(targets);
    const char *why = targets.count > TARGETS_MAX ? "too many targets in an assignment"
                      : star_is_repeated(targets, star)
                          ? "multiple starred expressions in assignment"
                          : NULL;
    if (why) {
        gen_wrong(g, node->place, why);
        return;
    }
    for (size_t i = 0; i < targets.count; i++) {
        Node *target = targets.items[i];
        if ((int)i == star) target = target->starred.value;
        regs[i] = unpack_target(g, target);
    }
    emit(g, star < 0 ? CODE_UNPACK : CODE_UNPACK_STAR, reg, (int)targets.count,
         star < 0 ? 0 : star);
    emit_operands(g, regs, targets.count);
    for (size_t i = 0; i < targets.count; i++) {
        Node *target = targets.items[i];
        if ((int)i == star) target = target->starred.value;
        if (is_temporary(g, regs[i]))
            assign_to(g, target, regs[i]);
        else
            name_bound(g, target->name.id);
    }
    g->top = mark;
}

void assign_to(Gen *g, Node *target, int reg) {
    if (g->failed) return;
    Place before = g->place;
    g->place = target->place;
    switch (target->kind) {
    case NODE_NAME:
        store_name(g, target->name.id, reg);
        break;
    case NODE_ATTRIBUTE:
        assign_attribute(g, target, reg);
        break;
    case NODE_SUBSCRIPT:
        assign_item(g, target, reg);
        break;
    case NODE_TUPLE:
    case NODE_LIST:
        assign_sequence(g, target, reg);
        break;
    case NODE_STARRED:
        gen_wrong(g, target->place, "starred assignment target must be in a list or tuple");
        break;
    default:
        gen_wrong(g, target->place, "cannot assign to this");
    }
    g->place = before;
}

/* `a, b = x, y` needs no tuple: all values into temporaries, then each to its target. */
static bool assign_parallel(Gen *g, Node *target, Node *value) {
    if ((target->kind != NODE_TUPLE && target->kind != NODE_LIST) ||
        (value->kind != NODE_TUPLE && value->kind != NODE_LIST))
        return false;
    NodeList to = target->sequence.elements, from = value->sequence.elements;
    if (to.count != from.count || to.count > 8 || star_of(to) >= 0 || star_of(from) >= 0)
        return false;
    int mark = g->top, regs[8];
    for (size_t i = 0; i < to.count; i++) {
        regs[i] = temporary(g);
        expression_into(g, from.items[i], regs[i]);
    }
    for (size_t i = 0; i < to.count; i++) assign_to(g, to.items[i], regs[i]);
    g->top = mark;
    return true;
}

void assign(Gen *g, Node *node) {
    NodeList targets = node->assign.targets;
    Node *first = targets.items[0];
    int mark = g->top;
    if (targets.count == 1 && assign_parallel(g, first, node->assign.value)) return;
    if (targets.count == 1 && first->kind == NODE_NAME) {
        int reg = expression(g, node->assign.value, local_target(g, first->name.id));
        store_name(g, first->name.id, reg);
        g->top = mark;
        return;
    }
    int reg = expression(g, node->assign.value, ANY);
    for (size_t i = 0; i < targets.count; i++) {
        int one = reg;
        if (is_temporary(g, reg) && i + 1 < targets.count)
            emit(g, CODE_MOVE, one = temporary(g), reg, 0);
        assign_to(g, targets.items[i], one);
        g->top = is_temporary(g, reg) ? reg + 1 : mark;
    }
    g->top = mark;
}

/* ---- augmented assignment ---- */

#define ROW(NAME) CODE_UPDATE_##NAME,
static const Opcode update_codes[] = {OPERATORS_EACH(ROW)};
#undef ROW

static int update(Gen *g, Node *node, int current, int target) {
    Object *value = constant_of(node->aug_assign.value);
    Opcode op = update_codes[node->aug_assign.op];
    int mark = g->top;
    bool small = value && is_type(value, GILT_INT) && !int_is_big(value) &&
                 int_small(value) == (int16_t)int_small(value);
    int right = small ? (int)int_small(value) : expression_number(g, node->aug_assign.value);
    g->top = mark;
    emit(g, small ? op + 1 : op, target, current, right);
    return target;
}

static void update_name(Gen *g, Node *node) {
    Object *name = node->aug_assign.target->name.id;
    int mark = g->top, local = local_target(g, name);
    int current = load_name(g, name, ANY);
    int result = local != ANY && current == local ? local : temporary(g);
    if (result != local && is_temporary(g, current)) result = current;
    update(g, node, current, result);
    store_name(g, name, result);
    g->top = mark;
}

/* The object (and key) are evaluated once, and used for the load and the store. */
static int read_again(Gen *g, int reg) {
    if (!is_temporary(g, reg)) return reg;
    int again = temporary(g);
    emit(g, CODE_MOVE, again, reg, 0);
    return again;
}

static void update_place(Gen *g, Node *node, bool item) {
    Node *target = node->aug_assign.target;
    int mark = g->top, key = 0, key_again = 0, name = 0;
    int object = expression(g, item ? target->subscript.value : target->attribute.value, ANY);
    int again = read_again(g, object);
    if (item) {
        key = expression_number(g, target->subscript.slice);
        key_again = read_again(g, key);
    } else {
        name = name_number(g, mangled(g, target->attribute.attr));
    }
    int current = temporary(g);
    if (item)
        emit(g, CODE_LOAD_ITEM_NUMBER, current, again, key_again);
    else
        emit(g, CODE_LOAD_ATTRIBUTE_NUMBER, current, again, name);
    update(g, node, current, current);
    if (item)
        emit(g, CODE_STORE_ITEM, object, key, current);
    else
        emit(g, CODE_STORE_ATTRIBUTE, object, current, name);
    g->top = mark;
}

void aug_assign(Gen *g, Node *node) {
    Node *target = node->aug_assign.target;
    if (target->kind == NODE_NAME)
        update_name(g, node);
    else
        update_place(g, node, target->kind == NODE_SUBSCRIPT);
}

void ann_assign(Gen *g, Node *node) {
    Node *target = node->ann_assign.target;
    int mark = g->top;
    if (node->ann_assign.value) {
        int reg = expression(g, node->ann_assign.value, ANY);
        assign_to(g, target, reg);
        g->top = mark;
    }
    bool kept = node->ann_assign.simple && target->kind == NODE_NAME &&
                !(g->code->flags & CODE_FLAG_FUNCTION);
    if (!kept) return;
    int dict = temporary(g), key = temporary(g);
    emit(g, CODE_LOAD_NAME, dict, name_number(g, gilt_intern("__annotations__")), 0);
    emit(g, CODE_CONSTANT, key, constant(g, mangled(g, target->name.id), false), 0);
    int value = annotation_value(g, node->ann_assign.annotation);
    emit(g, CODE_STORE_ITEM, dict, key, value);
    g->top = mark;
}

/* ---- del ---- */

static void delete_target(Gen *g, Node *target) {
    int mark = g->top, object, key;
    switch (target->kind) {
    case NODE_NAME:
        delete_name(g, target->name.id);
        break;
    case NODE_ATTRIBUTE:
        object = expression(g, target->attribute.value, ANY);
        emit(g, CODE_DELETE_ATTRIBUTE, object, 0,
             name_number(g, mangled(g, target->attribute.attr)));
        break;
    case NODE_SUBSCRIPT:
        object = expression(g, target->subscript.value, ANY);
        key = expression(g, target->subscript.slice, ANY);
        emit(g, CODE_DELETE_ITEM, object, key, 0);
        break;
    default:
        delete(g, target->sequence.elements);
    }
    g->top = mark;
}

void delete(Gen *g, NodeList targets) {
    for (size_t i = 0; i < targets.count; i++) delete_target(g, targets.items[i]);
}
