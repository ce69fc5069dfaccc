/* gen_functions.c: functions, lambdas, classes and comprehensions.
 *
 * A function is made by one instruction from its code and what is evaluated around it: the
 * defaults, the cells that it shares, annotations. A comprehension that is inlined is a loop
 * in the code around it, with variables of its own; any other is a function of one
 * parameter, the iterator over its first iterable. */
#include "core/compiler/future.h"
#include "core/compiler/gen.h"
#include <stdlib.h>

/* ---- what stands around a function ---- */

static int cells_tuple(Gen *g, const Code *code) {
    if (!code->cell_count) return NONE;
    int regs[64], count = code->cell_count;
    if (count > 64) return gen_wrong(g, g->place, "too many variables from outside"), NONE;
    for (int i = 0; i < count; i++) regs[i] = cell_register(g, code->cells[i]);
    int tuple = temporary(g);
    emit(g, CODE_BUILD_TUPLE, tuple, count, 0);
    emit_operands(g, regs, (size_t)count);
    return tuple;
}

/* Temporaries from `base` on are the operands; the result may be the first of them. */
static int make(Gen *g, Code *code, int defaults, int keyword_defaults, int notes, int base,
                int target) {
    if (!code) return g->failed = true, 0;
    int cells = cells_tuple(g, code), number = 0;
    if (!g->failed) number = constant(g, &code->head, false);
    g->top = base;
    target = result_in(g, target);
    emit(g, CODE_MAKE_FUNCTION, target, number, 0);
    const int operands[] = {defaults, keyword_defaults, cells, notes};
    emit_operands(g, operands, 4);
    decref(&code->head);
    return target;
}

static int defaults_tuple(Gen *g, NodeList defaults) {
    if (!defaults.count) return NONE;
    Node tuple = {.kind = NODE_TUPLE, .place = g->place};
    tuple.sequence.elements = defaults;
    return expression(g, &tuple, ANY);
}

static int keyword_defaults(Gen *g, Arguments *args) {
    int dict = NONE;
    for (size_t i = 0; i < args->kw_defaults.count; i++) {
        if (!args->kw_defaults.items[i]) continue;
        if (dict == NONE) emit(g, CODE_BUILD_DICT, dict = temporary(g), 0, 0);
        Object *name = mangled(g, ((Arg *)args->kwonlyargs.items[i])->name);
        int key = temporary(g);
        emit(g, CODE_CONSTANT, key, constant(g, name, false), 0);
        emit(g, CODE_DICT_ADD, dict, key, expression(g, args->kw_defaults.items[i], ANY));
        g->top = dict + 1;
    }
    return dict;
}

/* That of *args may be starred: the only item of what is unpacked. */
static int starred_annotation(Gen *g, Node *annotation) {
    int reg = expression(g, annotation->starred.value, ANY), item = temporary(g);
    emit(g, CODE_UNPACK, reg, 1, 0);
    emit_operands(g, &item, 1);
    return item;
}

int annotation_value(Gen *g, Node *annotation) {
    if (!g->ast->lazy_annotations)
        return annotation->kind == NODE_STARRED ? starred_annotation(g, annotation)
                                                : expression(g, annotation, ANY);
    Object *text = unparse(annotation);
    int reg = temporary(g);
    if (text)
        emit(g, CODE_CONSTANT, reg, constant(g, text, false), 0);
    else
        gen_fail(g);
    decref_maybe(text);
    return reg;
}

static void annotate(Gen *g, int *dict, Object *name, Node *annotation) {
    if (!annotation) return;
    if (*dict == NONE) emit(g, CODE_BUILD_DICT, *dict = temporary(g), 0, 0);
    int key = temporary(g);
    emit(g, CODE_CONSTANT, key, constant(g, mangled(g, name), false), 0);
    emit(g, CODE_DICT_ADD, *dict, key, annotation_value(g, annotation));
    g->top = *dict + 1;
}

static void annotate_one(Gen *g, int *dict, const Arg *arg) {
    if (arg) annotate(g, dict, arg->name, arg->annotation);
}

static void annotate_all(Gen *g, int *dict, NodeList args) {
    for (size_t i = 0; i < args.count; i++) annotate_one(g, dict, args.items[i]);
}

/* In the order in which CPython evaluates them. */
static int annotations(Gen *g, Arguments *args, Node *returns) {
    int dict = NONE;
    annotate_all(g, &dict, args->args);
    annotate_all(g, &dict, args->posonlyargs);
    annotate_one(g, &dict, args->vararg);
    annotate_all(g, &dict, args->kwonlyargs);
    annotate_one(g, &dict, args->kwarg);
    annotate(g, &dict, gilt_intern("return"), returns);
    return dict;
}

/* ---- functions ---- */

static Object *docstring(NodeList body) {
    Node *first = body.count ? body.items[0] : NULL;
    Object *doc = first && first->kind == NODE_EXPR ? constant_of(first->value.value) : NULL;
    return doc && is_type(doc, GILT_STR) ? incref(doc) : NULL;
}

static Code *function_code(Gen *outer, Node *node, Object *name) {
    Gen g;
    Scope *scope = scope_child(outer, node);
    if (outer->failed || !gen_begin(&g, outer, scope, name, node->place.line))
        return outer->failed ? NULL : gen_end(&g);
    if (node->kind == NODE_LAMBDA) {
        emit(&g, CODE_RETURN, expression(&g, node->lambda.body, ANY), g.top, 0);
    } else {
        g.code->doc = docstring(node->function_def.body);
        statements(&g, node->function_def.body);
        if (!g.state[0]) emit(&g, CODE_RETURN_NONE, g.top, 0, 0);
    }
    return gen_end(&g);
}

int function_make(Gen *g, Node *node, Arguments *args, int target) {
    bool lambda = node->kind == NODE_LAMBDA;
    int mark = g->top;
    int defaults = defaults_tuple(g, args->defaults);
    int named = keyword_defaults(g, args);
    int notes = annotations(g, args, lambda ? NULL : node->function_def.returns);
    Object *name = lambda ? gilt_intern("<lambda>") : node->function_def.name;
    Code *code = function_code(g, node, name);
    return make(g, code, defaults, named, notes, mark, target);
}

/* ---- classes ---- */

static void class_body(Gen *g, Node *node) {
    int reg = temporary(g);
    emit(g, CODE_LOAD_NAME, reg, name_number(g, gilt_intern("__name__")), 0);
    emit(g, CODE_STORE_NAME, reg, name_number(g, gilt_intern("__module__")), 0);
    emit(g, CODE_CONSTANT, reg, constant(g, g->code->qualname, false), 0);
    emit(g, CODE_STORE_NAME, reg, name_number(g, gilt_intern("__qualname__")), 0);
    Object *doc = docstring(node->class_def.body);
    if (doc) {
        emit(g, CODE_CONSTANT, reg, constant(g, doc, false), 0);
        emit(g, CODE_STORE_NAME, reg, name_number(g, gilt_intern("__doc__")), 0);
        decref(doc);
    }
    g->top = reg;
    for (size_t i = 0; i < node->class_def.body.count; i++)
        if (((Node *)node->class_def.body.items[i])->kind == NODE_ANN_ASSIGN) {
            emit(g, CODE_SETUP_ANNOTATIONS, 0, 0, 0);
            break;
        }
    statements(g, node->class_def.body);
    if (g->scope->needs_class_cell) {
        reg = temporary(g);
        emit(g, CODE_MOVE, reg, cell_register(g, gilt_intern("__class__")), 0);
        emit(g, CODE_STORE_NAME, reg, name_number(g, gilt_intern("__classcell__")), 0);
    }
    emit(g, CODE_RETURN_NONE, g->top, 0, 0);
}

static Code *class_code(Gen *outer, Node *node) {
    Gen g;
    Scope *scope = scope_child(outer, node);
    if (outer->failed || !gen_begin(&g, outer, scope, node->class_def.name, node->place.line))
        return outer->failed ? NULL : gen_end(&g);
    class_body(&g, node);
    return gen_end(&g);
}

/* `class C(bases, keywords)` is a call of __build_class__(body, name, bases, keywords): the
 * tree of that call is made up here; its first two arguments are in registers already. */
int class_make(Gen *g, Node *node) {
    int result = temporary(g);
    int callee = temporary(g), list = temporary(g), names = NONE;
    emit(g, CODE_LOAD_BUILD_CLASS, callee, 0, 0);
    emit(g, CODE_BUILD_LIST, list, 0, 0);
    int body = make(g, class_code(g, node), NONE, NONE, NONE, g->top, ANY);
    emit(g, CODE_LIST_APPEND, list, body, 0);
    emit(g, CODE_CONSTANT, body, constant(g, node->class_def.name, false), 0);
    emit(g, CODE_LIST_APPEND, list, body, 0);
    g->top = body;
    for (size_t i = 0; i < node->class_def.bases.count; i++) {
        Node *item = node->class_def.bases.items[i];
        bool star = item->kind == NODE_STARRED;
        int top = g->top, reg = expression(g, star ? item->starred.value : item, ANY);
        g->top = top;
        emit(g, star ? CODE_LIST_EXTEND : CODE_LIST_APPEND, list, reg, NONE);
    }
    NodeList keywords = node->class_def.keywords;
    if (keywords.count) emit(g, CODE_BUILD_DICT, names = temporary(g), 0, 0);
    for (size_t i = 0; i < keywords.count; i++) {
        Keyword *keyword = keywords.items[i];
        int top = g->top, key = temporary(g);
        if (keyword->name) {
            emit(g, CODE_CONSTANT, key, constant(g, keyword->name, false), 0);
            emit(g, CODE_DICT_ADD, names, key, expression(g, keyword->value, ANY));
        } else {
            emit(g, CODE_DICT_MERGE, names, expression(g, keyword->value, key), callee);
        }
        g->top = top;
    }
    emit(g, CODE_CALL_SPREAD, result, callee, list);
    emit_word(g, (Word)names);
    g->top = result + 1;
    return result;
}

/* ---- comprehensions ---- */

/* An element goes where it belongs: into what is built in `result`, or out of a generator. */
static void element(Gen *g, Node *node, int result) {
    int mark = g->top, value = expression(g, node->comp.element, ANY);
    switch (node->kind) {
    case NODE_LIST_COMP:
        emit(g, CODE_LIST_APPEND, result, value, 0);
        break;
    case NODE_SET_COMP:
        emit(g, CODE_SET_ADD, result, value, 0);
        break;
    case NODE_DICT_COMP:
        emit(g, CODE_DICT_ADD, result, value, expression(g, node->comp.value, ANY));
        break;
    default:
        emit(g, CODE_YIELD, NONE, value, 0);
    }
    g->top = mark;
}

/* The loops from number i on; `iterable` is the register of the first one's, or ANY. */
static void loops(Gen *g, Node *node, size_t i, int iterable, int result) {
    NodeList generators = node->comp.generators;
    if (i == generators.count) {
        element(g, node, result);
        return;
    }
    Comprehension *c = generators.items[i];
    Label head = label_new(g), end = label_new(g);
    int mark = g->top;
    if (iterable == ANY) iterable = expression(g, c->iter, ANY);
    g->top = is_temporary(g, iterable) && iterable >= mark ? mark : g->top;
    int iterator = temporary(g);
    temporary(g);
    temporary(g);
    emit(g, CODE_START_FOR, iterator, iterable, 0);
    label_here(g, head);
    int own = c->target->kind == NODE_NAME ? local_target(g, c->target->name.id) : ANY;
    int item = own == ANY ? temporary(g) : own;
    next_for(g, item, iterator, end);
    if (own == ANY)
        assign_to(g, c->target, item);
    else
        name_bound(g, c->target->name.id);
    g->top = iterator + 3;
    uint8_t *state = state_copy(g);
    for (size_t k = 0; k < c->ifs.count; k++) condition(g, c->ifs.items[k], head, false);
    loops(g, node, i + 1, ANY, result);
    state_set(g, state);
    loop_to(g, head);
    label_here(g, end);
    g->top = mark;
}

static int begin_result(Gen *g, Node *node) {
    int result = temporary(g);
    emit(g,
         node->kind == NODE_LIST_COMP  ? CODE_BUILD_LIST
         : node->kind == NODE_SET_COMP ? CODE_BUILD_SET
                                       : CODE_BUILD_DICT,
         result, 0, 0);
    return result;
}

static int own_variables(const Scope *scope) {
    int count = 0;
    for (size_t i = 0; i < scope->count; i++) {
        const Symbol *symbol = &scope->symbols[i];
        count += symbol->assigned && !symbol->global && !symbol->nonlocal;
    }
    return count;
}

static int inlined(Gen *g, Node *node, Scope *scope, int target) {
    int result = begin_result(g, node), own = own_variables(scope);
    int iterable = expression(g, ((Comprehension *)node->comp.generators.items[0])->iter, ANY);
    Inlined here = {g->inlined, scope, g->next_inlined};
    g->inlined = &here;
    g->next_inlined += own;
    loops(g, node, 0, iterable, result);
    for (int i = 0; i < own; i++) {
        emit(g, CODE_CLEAR, here.first + i, 0, 0);
        if (!g->failed) g->state[1 + here.first + i] = 0;
    }
    g->inlined = here.outer;
    g->next_inlined = here.first;
    g->top = result + 1;
    if (target == ANY || g->failed) return result;
    g->top = result;
    emit(g, CODE_TAKE, target, result, 0);
    return target;
}

static Code *comprehension_code(Gen *outer, Node *node, Scope *scope) {
    Gen g;
    Object *name = gilt_intern(node->kind == NODE_LIST_COMP   ? "<listcomp>"
                               : node->kind == NODE_SET_COMP  ? "<setcomp>"
                               : node->kind == NODE_DICT_COMP ? "<dictcomp>"
                                                              : "<genexpr>");
    if (outer->failed || !gen_begin(&g, outer, scope, name, node->place.line))
        return outer->failed ? NULL : gen_end(&g);
    g.place = node->place;
    bool generator = node->kind == NODE_GENERATOR_EXP;
    int result = generator ? 0 : begin_result(&g, node);
    loops(&g, node, 0, 0, result);
    if (generator)
        emit(&g, CODE_RETURN_NONE, g.top, 0, 0);
    else
        emit(&g, CODE_RETURN, result, g.top, 0);
    return gen_end(&g);
}

int comprehension(Gen *g, Node *node, int target) {
    Scope *scope = scope_child(g, node);
    if (scope->inlined) return inlined(g, node, scope, target);
    int mark = g->top;
    Code *code = comprehension_code(g, node, scope);
    int callee = make(g, code, NONE, NONE, NONE, mark, ANY);
    int iterable = expression(g, ((Comprehension *)node->comp.generators.items[0])->iter, ANY);
    int iterator = temporary(g);
    emit(g, CODE_GET_FOR, iterator, iterable, 0);
    g->top = mark;
    target = result_in(g, target);
    emit(g, CODE_CALL, target, callee, 1);
    emit_operands(g, &iterator, 1);
    return target;
}
