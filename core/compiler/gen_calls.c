/* gen_calls.c: calls. Arguments are read from where they are; a call with stars gathers
 * them in a list and a dict first. */
#include "core/compiler/gen.h"

#define ARGUMENTS_MAX 60 /* more are passed as with stars */

static bool is_plain(Node *node) {
    NodeList args = node->call.args, keywords = node->call.keywords;
    if (args.count + keywords.count > ARGUMENTS_MAX) return false;
    for (size_t i = 0; i < args.count; i++)
        if (((Node *)args.items[i])->kind == NODE_STARRED) return false;
    for (size_t i = 0; i < keywords.count; i++)
        if (!((Keyword *)keywords.items[i])->name) return false;
    return true;
}

static size_t arguments(Gen *g, Node *node, int *regs) {
    size_t count = 0;
    for (size_t i = 0; i < node->call.args.count; i++)
        regs[count++] = expression(g, node->call.args.items[i], ANY);
    for (size_t i = 0; i < node->call.keywords.count; i++)
        regs[count++] = expression(g, ((Keyword *)node->call.keywords.items[i])->value, ANY);
    return count;
}

static int call_method(Gen *g, Node *node, int target) {
    int regs[ARGUMENTS_MAX], mark = g->top;
    Node *func = node->call.func;
    int object = expression(g, func->attribute.value, ANY);
    size_t count = arguments(g, node, regs);
    g->top = mark;
    target = result_in(g, target);
    emit(g, CODE_CALL_METHOD, target, object, (int)count);
    emit_word(g, (Word)name_number(g, mangled(g, func->attribute.attr)));
    for (int caches = 0; caches < 3; caches++) emit_word(g, 0);
    emit_operands(g, regs, count);
    return target;
}

static int names_constant(Gen *g, NodeList keywords) {
    Object *names[ARGUMENTS_MAX];
    for (size_t i = 0; i < keywords.count; i++)
        names[i] = ((Keyword *)keywords.items[i])->name; /* as it is written */
    Object *tuple = g->failed ? NULL : gilt_tuple_new(names, keywords.count);
    if (!tuple) gen_fail(g);
    int number = tuple ? constant(g, tuple, false) : 0;
    decref_maybe(tuple);
    return number;
}

/* super() means super(__class__, the first parameter). */
static bool is_bare_super(Gen *g, Node *node) {
    Node *func = node->call.func;
    if (func->kind != NODE_NAME || func->name.id != gilt_intern("super") ||
        node->call.args.count || node->call.keywords.count)
        return false;
    Symbol *cell = scope_find(g->scope, gilt_intern("__class__"));
    return cell && cell->reach == REACH_FREE && g->code->positional > 0 && !g->inlined;
}

static int call_super(Gen *g, Node *node, int target) {
    int regs[2], mark = g->top, callee = expression(g, node->call.func, ANY);
    regs[0] = load_name(g, gilt_intern("__class__"), ANY);
    regs[1] = load_name(g, g->variable_names[0], ANY);
    g->top = mark;
    target = result_in(g, target);
    emit(g, CODE_CALL, target, callee, 2);
    emit_operands(g, regs, 2);
    return target;
}

static void spread_keywords(Gen *g, NodeList keywords, int into, int callee) {
    for (size_t i = 0; i < keywords.count; i++) {
        Keyword *keyword = keywords.items[i];
        int top = g->top;
        if (keyword->name) {
            int one = temporary(g), key = temporary(g);
            emit(g, CODE_BUILD_DICT, one, 0, 0);
            emit(g, CODE_CONSTANT, key, constant(g, keyword->name, false), 0);
            emit(g, CODE_DICT_ADD, one, key, expression(g, keyword->value, ANY));
            emit(g, CODE_DICT_MERGE, into, one, callee);
        } else {
            emit(g, CODE_DICT_MERGE, into, expression(g, keyword->value, ANY), callee);
        }
        g->top = top;
    }
}

static int call_spread(Gen *g, Node *node, int target) {
    int mark = g->top, callee = expression(g, node->call.func, ANY);
    int list = temporary(g), names = NONE;
    emit(g, CODE_BUILD_LIST, list, 0, 0);
    for (size_t i = 0; i < node->call.args.count; i++) {
        Node *item = node->call.args.items[i];
        bool star = item->kind == NODE_STARRED;
        int top = g->top, reg = expression(g, star ? item->starred.value : item, ANY);
        g->top = top;
        bool alone = node->call.args.count == 1;
        emit(g, star ? CODE_LIST_EXTEND : CODE_LIST_APPEND, list, reg,
             star && alone ? callee : NONE);
    }
    if (node->call.keywords.count) {
        names = temporary(g);
        emit(g, CODE_BUILD_DICT, names, 0, 0);
        spread_keywords(g, node->call.keywords, names, callee);
    }
    g->top = mark;
    target = result_in(g, target);
    emit(g, CODE_CALL_SPREAD, target, callee, list);
    emit_word(g, (Word)names);
    return target;
}

int call(Gen *g, Node *node, int target) {
    if (!is_plain(node)) return call_spread(g, node, target);
    if (is_bare_super(g, node)) return call_super(g, node, target);
    size_t named = node->call.keywords.count;
    if (!named && node->call.func->kind == NODE_ATTRIBUTE) return call_method(g, node, target);
    int reducer = reducer_of(g, node);
    if (reducer >= 0) return call_reducer(g, node, (Reducer)reducer, target);
    int regs[ARGUMENTS_MAX], mark = g->top;
    int callee = expression(g, node->call.func, ANY);
    size_t count = arguments(g, node, regs);
    g->top = mark;
    target = result_in(g, target);
    emit(g, named ? CODE_CALL_NAMED : CODE_CALL, target, callee, (int)count);
    if (named) emit_word(g, (Word)names_constant(g, node->call.keywords));
    emit_operands(g, regs, count);
    return target;
}
