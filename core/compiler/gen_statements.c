/* gen_statements.c: statements.
 *
 * Each statement leaves `top` as it was. The way out of blocks (return, break, continue) runs
 * what must run: unwind. */
#include "core/compiler/gen.h"
#include "core/types/tuple.h"
#include <stdlib.h>
#include <string.h>

void statements(Gen *g, NodeList list) {
    for (size_t i = 0; i < list.count && !g->failed; i++) statement(g, list.items[i]);
}

/* ---- branches and loops ---- */

static void branch(Gen *g, Node *node) {
    Label otherwise = label_new(g), end = label_new(g);
    condition(g, node->branch.test, otherwise, false);
    uint8_t *before = state_copy(g);
    statements(g, node->branch.body);
    uint8_t *after = state_copy(g);
    if (node->branch.orelse.count && !g->state[0]) jump(g, end);
    state_set(g, before);
    label_here(g, otherwise);
    statements(g, node->branch.orelse);
    state_set(g, state_merge(g, after, state_copy(g)));
    label_here(g, end);
}

static void loop_begin(Gen *g, Block *block) {
    *block = (Block){.kind = BLOCK_LOOP, .outer = g->block, .reg = NONE, .depth = g->top};
    block->breaks = label_new(g);
    block->continues = label_new(g);
    g->block = block;
    state_forget_deleted(g);
}

/* After the else part: what is bound here, or at one of the breaks. */
static void loop_end(Gen *g, Block *block) {
    label_here(g, block->breaks);
    state_set(g, state_merge(g, state_copy(g), block->exit_state));
}

static bool is_always(Node *test, bool sense) {
    Object *value = constant_of(test);
    return value && value->type <= GILT_STR && gilt_true(value) == sense;
}

static void while_loop(Gen *g, Node *node) {
    Block block;
    Label end = label_new(g), body = label_new(g);
    bool always = is_always(node->branch.test, true);
    loop_begin(g, &block);
    if (!always) condition(g, node->branch.test, end, false);
    label_here(g, body);
    uint8_t *head = state_copy(g);
    statements(g, node->branch.body);
    label_here(g, block.continues);
    if (always) {
        loop_to(g, body);
    } else { /* the test stands at the end, too: one jump for each turn */
        Label out = label_new(g);
        state_set(g, head), head = state_copy(g);
        condition(g, node->branch.test, out, false);
        loop_to(g, body);
        label_here(g, out);
    }
    g->block = block.outer;
    label_here(g, end);
    state_set(g, head);
    if (always) state_dead(g);
    statements(g, node->branch.orelse);
    loop_end(g, &block);
}

static void for_loop(Gen *g, Node *node) {
    Block block;
    Label end = label_new(g);
    Node *target = node->for_loop.target;
    int mark = g->top, iterable = expression(g, node->for_loop.iter, ANY);
    g->top = mark;
    int iterator = temporary(g);
    temporary(g);
    temporary(g);
    emit(g, CODE_START_FOR, iterator, iterable, 0);
    loop_begin(g, &block);
    block.reg = iterator;
    label_here(g, block.continues);
    uint8_t *head = state_copy(g);
    int own = target->kind == NODE_NAME ? local_target(g, target->name.id) : ANY;
    int item = own == ANY ? temporary(g) : own;
    Place before = g->place;
    g->place = node->for_loop.iter->place;
    next_for(g, item, iterator, end);
    g->place = before;
    if (own == ANY)
        assign_to(g, target, item);
    else
        name_bound(g, target->name.id);
    g->top = iterator + 3;
    statements(g, node->for_loop.body);
    loop_to(g, block.continues);
    g->block = block.outer;
    label_here(g, end);
    state_set(g, head);
    g->top = mark;
    statements(g, node->for_loop.orelse);
    loop_end(g, &block);
}

/* ---- ways out ---- */

static Block *loop_around(Gen *g) {
    Block *block = g->block;
    while (block && block->kind != BLOCK_LOOP) block = block->outer;
    return block;
}

static void leave_loop(Gen *g, Node *node, bool breaks) {
    Block *loop = loop_around(g), *here = g->block;
    if (!loop) {
        gen_wrong(g, node->place,
                  breaks ? "'break' outside loop" : "'continue' not properly in loop");
        return;
    }
    unwind(g, loop);
    if (breaks) {
        if (loop->reg != NONE) emit(g, CODE_CLEAR, loop->reg, 0, 0);
        if (!g->state[0])
            loop->exit_state = state_merge(g, state_copy(g), loop->exit_state);
        jump(g, loop->breaks);
    } else {
        jump(g, loop->continues);
    }
    for (Block *block = here; block != loop; block = block->outer)
        block->open = g->code->word_count;
    g->block = here;
    state_dead(g);
}

static void return_value(Gen *g, Node *node) {
    int mark = g->top, reg = NONE;
    Block *here = g->block;
    bool plain = true;
    for (Block *block = here; block; block = block->outer)
        plain &= block->kind == BLOCK_LOOP || block->kind == BLOCK_TRY;
    if (node->value.value) {
        reg = expression(g, node->value.value, ANY);
        if (!plain && !is_temporary(g, reg)) {
            int kept = temporary(g);
            emit(g, CODE_MOVE, kept, reg, 0);
            reg = kept;
        }
    }
    unwind(g, NULL);
    if (reg == NONE)
        emit(g, CODE_RETURN_NONE, g->top, 0, 0);
    else
        emit(g, CODE_RETURN, reg, g->top, 0);
    for (Block *block = here; block; block = block->outer) block->open = g->code->word_count;
    g->block = here;
    g->top = mark;
    state_dead(g);
}

/* ---- imports ---- */

static void import(Gen *g, Node *node) {
    for (size_t i = 0; i < node->import.names.count; i++) {
        Alias *alias = node->import.names.items[i];
        int mark = g->top, module = temporary(g);
        emit(g, CODE_IMPORT, module, name_number(g, alias->name), NONE);
        emit_word(g, 0);
        char *text = gilt_str_utf8(alias->name, NULL);
        char *dot = text ? strchr(text, '.') : NULL;
        if (!text) {
            gen_fail(g);
        } else if (alias->asname) {
            for (; dot; dot = strchr(dot + 1, '.')) { /* import a.b.c as d: d is c */
                char *name = dot + 1, *next = strchr(name, '.');
                if (next) *next = 0;
                emit(g, CODE_LOAD_ATTRIBUTE, module, module,
                     name_number(g, gilt_intern(name)));
                if (next) *next = '.';
            }
            store_name(g, alias->asname, module);
        } else {
            if (dot) *dot = 0;
            store_name(g, gilt_intern(text), module);
        }
        free(text);
        g->top = mark;
    }
}

/* As a tuple; NULL, MemoryError. */
static Object *names_of(NodeList aliases) {
    Object *list = gilt_list_new(NULL, 0);
    for (size_t i = 0; list && i < aliases.count; i++) {
        if (gilt_list_append(list, ((Alias *)aliases.items[i])->name)) continue;
        decref(list);
        return NULL;
    }
    Object *names = list ? tuple_from_list(list) : NULL;
    decref_maybe(list);
    return names;
}

static void import_from(Gen *g, Node *node) {
    NodeList names = node->import_from.names;
    Object *list = g->failed ? NULL : names_of(names);
    if (!list) {
        gen_fail(g);
        return;
    }
    int mark = g->top, module = temporary(g), from = temporary(g);
    Object *from_where = node->import_from.module ? node->import_from.module : gilt_intern("");
    emit(g, CODE_CONSTANT, from, constant(g, list, false), 0);
    emit(g, CODE_IMPORT, module, name_number(g, from_where), from);
    emit_word(g, (Word)node->import_from.level);
    for (size_t i = 0; i < names.count; i++) {
        Alias *alias = names.items[i];
        if (alias->name == gilt_intern("*")) {
            emit(g, CODE_IMPORT_STAR, module, 0, 0);
            break;
        }
        g->top = module + 1;
        int value = temporary(g);
        emit(g, CODE_IMPORT_FROM, value, module, name_number(g, alias->name));
        store_name(g, alias->asname ? alias->asname : alias->name, value);
    }
    emit(g, CODE_CLEAR, module, 0, 0);
    decref(list);
    g->top = mark;
}

/* ---- the rest ---- */

static void definition(Gen *g, Node *node, bool class) {
    NodeList decorators =
        class ? node->class_def.decorators : node->function_def.decorators;
    Object *name = class ? node->class_def.name : node->function_def.name;
    int mark = g->top;
    for (size_t i = 0; i < decorators.count; i++) {
        int reg = temporary(g);
        expression_into(g, decorators.items[i], reg);
    }
    int value = class ? class_make(g, node)
                      : function_make(g, node, node->function_def.args, ANY);
    for (size_t i = decorators.count; i > 0; i--) {
        int decorator = mark + (int)i - 1;
        Place before = g->place;
        g->place = ((Node *)decorators.items[i - 1])->place;
        emit(g, CODE_CALL, decorator, decorator, 1);
        emit_operands(g, &value, 1);
        g->place = before;
        value = decorator;
    }
    store_name(g, name, value);
    g->top = mark;
}

static void assert_that(Gen *g, Node *node) {
    Label fine = label_new(g);
    condition(g, node->assert_that.test, fine, true);
    uint8_t *state = state_copy(g);
    int mark = g->top, error = temporary(g);
    emit(g, CODE_LOAD_ASSERTION_ERROR, error, 0, 0);
    if (node->assert_that.msg) {
        int message = expression(g, node->assert_that.msg, ANY);
        emit(g, CODE_CALL, error, error, 1);
        emit_operands(g, &message, 1);
    }
    emit(g, CODE_RAISE, error, NONE, 0);
    g->top = mark;
    label_here(g, fine);
    state_set(g, state);
}

static void raise(Gen *g, Node *node) {
    int mark = g->top, exception = NONE, cause = NONE;
    if (node->raise.exc) exception = expression(g, node->raise.exc, ANY);
    if (node->raise.cause) cause = expression(g, node->raise.cause, ANY);
    emit(g, CODE_RAISE, exception, cause, 0);
    g->top = mark;
    state_dead(g);
}

/* A plain yield whose answer nobody wants keeps none. */
static void expression_statement(Gen *g, Node *node) {
    if (constant_of(node->value.value) && g->mode != PARSE_SINGLE) return;
    if (node->value.value->kind == NODE_YIELD) return yield_only(g, node->value.value);
    int mark = g->top, reg = expression(g, node->value.value, ANY);
    bool shown = g->mode == PARSE_SINGLE && !g->outer;
    if (shown)
        emit(g, CODE_PRINT, reg, 0, 0);
    else if (is_temporary(g, reg))
        emit(g, CODE_CLEAR, reg, 0, 0);
    g->top = mark;
}

static void evaluate(Gen *g, Node *node) {
    switch (node->kind) {
    case NODE_FUNCTION_DEF:
        return definition(g, node, false);
    case NODE_CLASS_DEF:
        return definition(g, node, true);
    case NODE_RETURN:
        return return_value(g, node);
    case NODE_DELETE:
        return delete(g, node->delete.targets);
    case NODE_ASSIGN:
        return assign(g, node);
    case NODE_AUG_ASSIGN:
        return aug_assign(g, node);
    case NODE_ANN_ASSIGN:
        return ann_assign(g, node);
    case NODE_FOR:
        return for_loop(g, node);
    case NODE_WHILE:
        return while_loop(g, node);
    case NODE_IF:
        return branch(g, node);
    case NODE_WITH:
        return gen_with(g, node, 0);
    case NODE_RAISE:
        return raise(g, node);
    case NODE_TRY:
        return gen_try(g, node);
    case NODE_ASSERT:
        return assert_that(g, node);
    case NODE_IMPORT:
        return import(g, node);
    case NODE_IMPORT_FROM:
        return import_from(g, node);
    case NODE_EXPR:
        return expression_statement(g, node);
    case NODE_BREAK:
        return leave_loop(g, node, true);
    case NODE_CONTINUE:
        return leave_loop(g, node, false);
    default: /* pass, global, nonlocal */
        return;
    }
}

void statement(Gen *g, Node *node) {
    if (g->failed) return;
    if (stack_is_deep()) {
        g->failed = !ast_too_high();
        return;
    }
    Place before = g->place;
    g->place = node->place;
    evaluate(g, node);
    g->place = before;
}
