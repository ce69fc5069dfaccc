/* gen_reduce.c: tuple(... for ...), and list, set, any, all and sum of a generator.
 *
 * If the name still means the built-in type or function when the call is made, the code
 * goes through the generator itself, so that it is resumed without C stack; if not, it
 * calls. */
#include "core/compiler/gen.h"
#include <string.h>

int reducer_of(Gen *g, Node *node) {
    Node *func = node->call.func;
    if (func->kind != NODE_NAME || node->call.args.count != 1 ||
        node->call.keywords.count ||
        ((Node *)node->call.args.items[0])->kind != NODE_GENERATOR_EXP)
        return -1;
    Variable v = variable_of(g, func->name.id);
    if (v.reach != REACH_GLOBAL && v.reach != REACH_NAME) return -1;
    for (unsigned i = 0; i < REDUCERS; i++)
        if (func->name.id == gilt_intern(reducer_names[i])) return (int)i;
    return -1;
}

static void begin(Gen *g, Reducer which, int result) {
    if (which == REDUCE_TUPLE || which == REDUCE_LIST)
        emit(g, CODE_BUILD_LIST, result, 0, 0);
    else if (which == REDUCE_SET)
        emit(g, CODE_BUILD_SET, result, 0, 0);
    else if (which == REDUCE_SUM)
        emit(g, CODE_CONSTANT, result, constant(g, gilt_int(0), true), 0);
}

/* With one item, which it consumes. */
static void step(Gen *g, Reducer which, int result, int item, Label found) {
    if (which == REDUCE_SUM)
        emit(g, CODE_ADD, result, result, item);
    else if (which == REDUCE_ANY || which == REDUCE_ALL)
        jump_if(g, which == REDUCE_ANY ? CODE_JUMP_IF : CODE_JUMP_UNLESS, item, found);
    else
        emit(g, which == REDUCE_SET ? CODE_SET_ADD : CODE_LIST_APPEND, result, item, 0);
}

static void end(Gen *g, Reducer which, int result) {
    if (which == REDUCE_TUPLE)
        emit(g, CODE_LIST_TO_TUPLE, result, result, 0);
    else if (which == REDUCE_ANY || which == REDUCE_ALL)
        emit(g, CODE_CONSTANT, result, constant(g, gilt_bool(which == REDUCE_ALL), false),
             0);
}

int call_reducer(Gen *g, Node *node, Reducer which, int target) {
    Label otherwise = label_new(g), head = label_new(g), over = label_new(g);
    Label done = label_new(g), found = label_new(g);
    int result = temporary(g), callee = temporary(g), mark = g->top;
    expression_into(g, node->call.func, callee);
    g->top = mark;
    int generator = expression(g, node->call.args.items[0], ANY);
    jump_compare(g, CODE_JUMP_UNLESS_REDUCER, callee, (int)which, otherwise);
    int iterator = temporary(g);
    temporary(g), temporary(g);
    emit(g, CODE_START_FOR, iterator, generator, 0);
    begin(g, which, result);
    label_here(g, head);
    int item = temporary(g);
    next_for(g, item, iterator, over);
    step(g, which, result, item, found);
    loop_to(g, head);
    label_here(g, over);
    end(g, which, result);
    jump(g, done);
    label_here(g, found);
    if (which == REDUCE_ANY || which == REDUCE_ALL) {
        emit(g, CODE_CLEAR, iterator, 0, 0);
        emit(g, CODE_CONSTANT, result, constant(g, gilt_bool(which == REDUCE_ANY), false),
             0);
        jump(g, done);
    }
    label_here(g, otherwise);
    emit(g, CODE_CALL, result, callee, 1);
    emit_operands(g, &generator, 1);
    label_here(g, done);
    g->top = result + 1;
    if (target == ANY || target == result) return result;
    emit(g, CODE_TAKE, target, result, 0);
    g->top = result;
    return target;
}
