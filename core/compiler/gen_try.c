/* gen_try.c: try, with, and the way out of them.
 *
 * While a block protects its words, `open` is where the current stretch of them begins.
 * Where a return, break or continue leaves the block, the stretch is closed, because what
 * runs on the way out is not protected by it, and opened again behind. Rows of an inner block
 * are closed first, so they come before those of an outer one, and the first that fits is
 * the innermost.
 *
 * In a handler the exception is in a temporary, and in the one behind it what was being
 * handled before; a handler is a block, too, that puts that back whichever way it ends. */
#include "core/compiler/gen.h"
#include "core/types/none.h"
#include <stdlib.h>

static bool protects(const Block *block) { return block->kind != BLOCK_LOOP; }

static void close_stretch(Gen *g, Block *block) {
    if (protects(block))
        handler_add(g, block->open, block->target, block->depth, block->depth);
}

void block_enter(Gen *g, Block *block, BlockKind kind) {
    *block = (Block){.kind = kind, .outer = g->block, .reg = NONE, .depth = g->top};
    block->target = label_new(g);
    block->open = g->code->word_count;
    g->block = block;
}

void block_leave(Gen *g, Block *block) {
    close_stretch(g, block);
    g->block = block->outer;
}

/* The variable of `except E as name` is unbound at the end. */
static void unbind(Gen *g, Object *name) {
    if (!name) return;
    int reg = temporary(g);
    Object *none = gilt_none();
    emit(g, CODE_CONSTANT, reg, constant(g, none, false), 0);
    store_name(g, name, reg);
    delete_name(g, name);
    g->top = reg;
}

static void handler_restore(Gen *g, int exception, Object *name) {
    emit(g, CODE_LEAVE_HANDLER, exception + 1, 0, 0);
    emit(g, CODE_CLEAR, exception, 0, 0);
    unbind(g, name);
}

static void way_out(Gen *g, Block *block) {
    int top = g->top;
    switch (block->kind) {
    case BLOCK_FINALLY:
        statements(g, block->body);
        break;
    case BLOCK_WITH: {
        int result = temporary(g), exit = temporary(g);
        emit(g, CODE_TAKE, exit, block->reg, 0);
        emit(g, CODE_EXIT_WITH, result, exit, NONE);
        emit(g, CODE_CLEAR, result, 0, 0);
        break;
    }
    case BLOCK_HANDLER:
        handler_restore(g, block->reg, block->name);
        break;
    default:
        break;
    }
    g->top = top;
}

/* Leaves g->block at `until`; who calls puts it back, and opens the stretches again. */
void unwind(Gen *g, Block *until) {
    for (Block *block = g->block; block != until; block = block->outer) {
        close_stretch(g, block);
        g->block = block->outer;
        way_out(g, block);
    }
}

/* ---- handlers ---- */

/* At the head of a handler: the exception has come to the register `top`. Returns it. */
static int handler_begin(Gen *g, Label label, Block *block) {
    int exception = temporary(g), before = temporary(g);
    label_here(g, label);
    emit(g, CODE_ENTER_HANDLER, before, exception, 0);
    block_enter(g, block, BLOCK_HANDLER);
    block->reg = exception;
    return exception;
}

/* What an exception inside the handler comes to: it goes on from here. */
static void handler_failed(Gen *g, Block *block, Object *name) {
    int top = g->top;
    g->top = block->depth;
    int another = temporary(g);
    label_here(g, block->target);
    handler_restore(g, block->reg, name);
    emit(g, CODE_RERAISE, another, 0, 0);
    g->top = top;
}

/* `as name`, and what stands in the handler. */
static void handler_statements(Gen *g, ExceptHandler *handler, int exception,
                               Block *block) {
    block_enter(g, block, BLOCK_HANDLER);
    block->reg = exception;
    block->name = handler->name;
    if (handler->name) {
        int copy = temporary(g);
        emit(g, CODE_MOVE, copy, exception, 0);
        store_name(g, handler->name, copy);
        g->top = copy;
    }
    statements(g, handler->body);
    block_leave(g, block);
}

static void handler_body(Gen *g, ExceptHandler *handler, int exception, Label end) {
    Block block;
    handler_statements(g, handler, exception, &block);
    if (!g->state[0]) {
        handler_restore(g, exception, handler->name);
        jump(g, end);
    }
    handler_failed(g, &block, handler->name);
}

/* One `except`: falls through if it does not match. */
static void handler_try(Gen *g, ExceptHandler *handler, int exception, Block *matching,
                        Label end) {
    Label next = label_new(g);
    Place before = g->place;
    g->place = handler->place;
    int mark = g->top;
    if (handler->type) {
        int type = expression(g, handler->type, ANY);
        g->top = mark;
        int matches = temporary(g);
        emit(g, CODE_MATCH, matches, exception, type);
        g->top = mark;
        jump_if(g, CODE_JUMP_UNLESS, matches, next);
    }
    close_stretch(g, matching); /* the body has a block of its own */
    g->block = matching->outer;
    handler_body(g, handler, exception, end);
    g->block = matching;
    matching->open = g->code->word_count;
    label_here(g, next);
    g->top = mark;
    g->place = before;
}

static uint8_t *handlers(Gen *g, Node *node, Label target, uint8_t *before, Label end) {
    Block matching;
    uint8_t *after = NULL;
    int mark = g->top, exception = handler_begin(g, target, &matching);
    for (size_t i = 0; i < node->try.handlers.count; i++) {
        ExceptHandler *handler = node->try.handlers.items[i];
        state_set(g, before), before = state_copy(g);
        handler_try(g, handler, exception, &matching, end);
        after = state_merge(g, state_copy(g), after);
    }
    block_leave(g, &matching);
    emit(g, CODE_LEAVE_HANDLER, exception + 1, 0, 0);
    emit(g, CODE_RERAISE, exception, 0, 0);
    handler_failed(g, &matching, NULL);
    free(before);
    g->top = mark;
    return after;
}

/* ---- except* ---- */

/* Each handler gets the part of the group that it matches; what handlers raise is gathered
 * in a list; at the end what is left, and the list, are raised together. */
static void star_handler(Gen *g, ExceptHandler *handler, int rest, int raised) {
    Label next = label_new(g), failed = label_new(g);
    int mark = g->top, type = expression(g, handler->type, ANY);
    g->top = mark;
    int part = temporary(g);
    emit(g, CODE_MATCH_STAR, part, rest, type);
    int look = temporary(g);
    emit(g, CODE_MOVE, look, part, 0);
    g->top = look;
    jump_if(g, CODE_JUMP_IF_NONE, look, failed);
    int before = temporary(g); /* behind `part`, as handlers have it */
    emit(g, CODE_ENTER_HANDLER, before, part, 0);
    Block block;
    handler_statements(g, handler, part, &block);
    handler_restore(g, part, handler->name);
    jump(g, next);
    g->top = block.depth;
    int another = temporary(g);
    label_here(g, block.target);
    handler_restore(g, part, handler->name);
    emit(g, CODE_LIST_APPEND, raised, another, 0);
    jump(g, next);
    label_here(g, failed);
    emit(g, CODE_CLEAR, part, 0, 0);
    label_here(g, next);
    g->top = mark;
}

static void star_handlers(Gen *g, Node *node, Label target, Label end) {
    Block matching;
    int mark = g->top, exception = handler_begin(g, target, &matching);
    int rest = temporary(g), raised = temporary(g), original = temporary(g);
    emit(g, CODE_MOVE, original, exception, 0);
    emit(g, CODE_MOVE, rest, exception, 0);
    emit(g, CODE_BUILD_LIST, raised, 0, 0);
    for (size_t i = 0; i < node->try.handlers.count; i++)
        star_handler(g, node->try.handlers.items[i], rest, raised);
    emit(g, CODE_LIST_APPEND, raised, rest, 0);
    emit(g, CODE_JOIN_STAR, rest, raised, original);
    block_leave(g, &matching);
    Label raise = label_new(g);
    int look = temporary(g);
    emit(g, CODE_MOVE, look, rest, 0);
    jump_if(g, CODE_JUMP_UNLESS_NONE, look, raise);
    emit(g, CODE_CLEAR, rest, 0, 0);
    handler_restore(g, exception, NULL);
    jump(g, end);
    label_here(g, raise);
    handler_restore(g, exception, NULL);
    emit(g, CODE_RERAISE, rest, 0, 0);
    handler_failed(g, &matching, NULL);
    g->top = mark;
}

/* ---- try ---- */

static void try_except(Gen *g, Node *node) {
    Block block;
    Label end = label_new(g);
    uint8_t *before = state_copy(g);
    block_enter(g, &block, BLOCK_TRY);
    statements(g, node->try.body);
    block_leave(g, &block);
    statements(g, node->try.orelse);
    if (!g->state[0]) jump(g, end);
    uint8_t *after = state_copy(g);
    state_set(g, before);
    state_forget_deleted(g);
    if (node->try.star) {
        uint8_t *start = state_copy(g);
        star_handlers(g, node, block.target, end);
        after = state_merge(g, after, start);
    } else {
        after = state_merge(g, after, handlers(g, node, block.target, state_copy(g), end));
    }
    state_set(g, after);
    label_here(g, end);
}

static void try_finally(Gen *g, Node *node) {
    Block block, failing;
    Label end = label_new(g);
    uint8_t *before = state_copy(g);
    block_enter(g, &block, BLOCK_FINALLY);
    block.body = node->try.finalbody;
    if (node->try.handlers.count)
        try_except(g, node);
    else
        statements(g, node->try.body);
    block_leave(g, &block);
    bool reached = !g->state[0];
    if (reached) {
        statements(g, node->try.finalbody);
        if (!g->state[0]) jump(g, end);
    }
    uint8_t *after = state_copy(g);
    state_set(g, before);
    state_forget_deleted(g);
    int mark = g->top, exception = handler_begin(g, block.target, &failing);
    statements(g, node->try.finalbody);
    block_leave(g, &failing);
    emit(g, CODE_LEAVE_HANDLER, exception + 1, 0, 0);
    emit(g, CODE_RERAISE, exception, 0, 0);
    handler_failed(g, &failing, NULL);
    g->top = mark;
    state_set(g, after);
    label_here(g, end);
}

void gen_try(Gen *g, Node *node) {
    if (node->try.finalbody.count)
        try_finally(g, node);
    else
        try_except(g, node);
}

/* ---- with ---- */

static void with_failed(Gen *g, Block *block, int exit, Label end) {
    Block failing;
    Label suppressed = label_new(g);
    int mark = g->top, exception = handler_begin(g, block->target, &failing);
    int answer = temporary(g), callee = temporary(g);
    emit(g, CODE_TAKE, callee, exit, 0);
    emit(g, CODE_EXIT_WITH, answer, callee, exception);
    jump_if(g, CODE_JUMP_IF, answer, suppressed);
    block_leave(g, &failing);
    emit(g, CODE_LEAVE_HANDLER, exception + 1, 0, 0);
    emit(g, CODE_RERAISE, exception, 0, 0);
    label_here(g, suppressed);
    handler_restore(g, exception, NULL);
    jump(g, end);
    handler_failed(g, &failing, NULL);
    g->top = mark;
}

void gen_with(Gen *g, Node *node, size_t i) {
    if (i == node->with.items.count) return statements(g, node->with.body);
    WithItem *item = node->with.items.items[i];
    Block block;
    Label end = label_new(g);
    int mark = g->top, exit = temporary(g), value = temporary(g);
    int manager = expression(g, item->context, ANY);
    emit(g, CODE_ENTER_WITH, value, manager, exit);
    g->top = exit + 1;
    block_enter(g, &block, BLOCK_WITH);
    block.reg = exit;
    g->top = value + 1;
    uint8_t *before = state_copy(g);
    if (item->vars)
        assign_to(g, item->vars, value);
    else
        emit(g, CODE_CLEAR, value, 0, 0);
    g->top = exit + 1;
    gen_with(g, node, i + 1);
    block_leave(g, &block);
    if (!g->state[0]) {
        way_out(g, &block);
        jump(g, end);
    }
    uint8_t *after = state_copy(g);
    state_set(g, before);
    state_forget_deleted(g);
    uint8_t *start = state_copy(g);
    with_failed(g, &block, exit, end);
    state_set(g, state_merge(g, after, start)); /* it may have been suppressed */
    label_here(g, end);
    g->top = mark;
}
