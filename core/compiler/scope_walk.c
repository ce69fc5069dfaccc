/* scope_walk.c: the walk that notes what each scope does with each name, and refuses what
 * no scope may do. */
#include "core/compiler/scope_walk.h"
#include "core/compiler/future.h"
#include "core/object/error.h"
#include "core/threads/stack.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Walk {
    const Ast *ast;
    Scope *scope;
    int iterables; /* of comprehensions, that we are in */
    bool lazy;     /* in an annotation that stays text */
} Walk;

static bool wrong(Walk *w, Place place, const char *format, Object *name) {
    return scope_wrong(w->ast, place, format, name);
}

/* The scope's symbol for a name as it is written. */
static Symbol *symbol_of(Walk *w, Object *name) {
    name = name_mangle(w->scope->class_name, name);
    return name ? scope_symbol(w->scope, name) : NULL;
}

static bool use(Walk *w, Object *name) {
    Symbol *symbol = symbol_of(w, name);
    if (symbol) symbol->used = true;
    return symbol;
}

/* Nobody binds or deletes __debug__. */
static bool changeable(Walk *w, Place place, Object *name, bool deletes) {
    Object *debug = gilt_intern("__debug__");
    if (!debug) return false;
    return name != debug ||
           wrong(w, place, deletes ? "cannot delete %s" : "cannot assign to %s", name);
}

static bool assign(Walk *w, Place place, Object *name) {
    Symbol *symbol = changeable(w, place, name, false) ? symbol_of(w, name) : NULL;
    if (symbol) symbol->assigned = true;
    return symbol;
}

static bool visit(Walk *w, Node *node);

static bool visit_all(Walk *w, NodeList list) {
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i] && !visit(w, list.items[i])) return false;
    return true;
}

static bool visit_maybe(Walk *w, Node *node) { return !node || visit(w, node); }

static bool is_repeated(NodeList keywords, size_t i) {
    Object *name = ((Keyword *)keywords.items[i])->name;
    for (size_t k = 0; k < i && name; k++)
        if (((Keyword *)keywords.items[k])->name == name) return true;
    return false;
}

static bool visit_keywords(Walk *w, NodeList keywords) {
    for (size_t i = 0; i < keywords.count; i++) {
        Keyword *keyword = keywords.items[i];
        if (is_repeated(keywords, i))
            return wrong(w, keyword->place, "keyword argument repeated: %s", keyword->name);
        if (!changeable(w, keyword->place, keyword->name, false)) return false;
        if (!visit(w, keyword->value)) return false;
    }
    return true;
}

/* It stays text; but not all may stand in it. What it names is nobody's. */
static bool visit_lazy(Walk *w, Node *node) {
    Walk apart = {.ast = w->ast, .lazy = true};
    apart.scope = scope_new(NULL, SCOPE_MODULE, NULL);
    bool well = apart.scope && visit(&apart, node);
    scopes_free(apart.scope);
    return well;
}

static bool visit_annotation(Walk *w, Node *node) {
    return !node || (w->ast->lazy_annotations ? visit_lazy(w, node) : visit(w, node));
}

static bool lazy_refuses(Walk *w, Node *node, const char *what) {
    if (!w->lazy || w->scope->parent) return true; /* in a lambda they may */
    return wrong(w, node->place, "'%s expression' can not be used within an annotation",
                 gilt_intern(what));
}

static bool annotations(Walk *w, NodeList args) {
    for (size_t i = 0; i < args.count; i++)
        if (!visit_annotation(w, ((Arg *)args.items[i])->annotation)) return false;
    return true;
}

/* What of a function is evaluated outside of it. */
static bool visit_outer(Walk *w, Arguments *args) {
    if (!visit_all(w, args->defaults) || !visit_all(w, args->kw_defaults)) return false;
    return annotations(w, args->posonlyargs) && annotations(w, args->args) &&
           annotations(w, args->kwonlyargs) &&
           (!args->vararg || visit_annotation(w, args->vararg->annotation)) &&
           (!args->kwarg || visit_annotation(w, args->kwarg->annotation));
}

static bool parameter(Walk *w, Arg *arg) {
    bool well = changeable(w, arg->place, arg->name, false);
    Symbol *symbol = well ? symbol_of(w, arg->name) : NULL;
    if (!symbol) return false;
    if (symbol->parameter)
        return wrong(w, arg->place, "duplicate argument '%s' in function definition",
                     arg->name);
    symbol->parameter = symbol->assigned = true;
    return true;
}

static bool parameters(Walk *w, Arguments *args) {
    const NodeList *lists[] = {&args->posonlyargs, &args->args, &args->kwonlyargs};
    for (size_t l = 0; l < 3; l++)
        for (size_t i = 0; i < lists[l]->count; i++)
            if (!parameter(w, lists[l]->items[i])) return false;
    return (!args->vararg || parameter(w, args->vararg)) &&
           (!args->kwarg || parameter(w, args->kwarg));
}

static bool enter(Walk *w, ScopeKind kind, Node *node) {
    Scope *scope = scope_new(w->scope, kind, node);
    if (scope) w->scope = scope;
    return scope;
}

static bool leave(Walk *w, bool well) {
    w->scope = w->scope->parent;
    return well;
}

static bool visit_function(Walk *w, Node *node) {
    if (!visit_all(w, node->function_def.decorators) ||
        !visit_outer(w, node->function_def.args) ||
        !visit_annotation(w, node->function_def.returns) ||
        !assign(w, node->place, node->function_def.name) || !enter(w, SCOPE_FUNCTION, node))
        return false;
    return leave(w, parameters(w, node->function_def.args) &&
                        visit_all(w, node->function_def.body));
}

static bool visit_lambda(Walk *w, Node *node) {
    if (!visit_outer(w, node->lambda.args) || !enter(w, SCOPE_FUNCTION, node)) return false;
    return leave(w, parameters(w, node->lambda.args) && visit(w, node->lambda.body));
}

static bool visit_class(Walk *w, Node *node) {
    if (!visit_all(w, node->class_def.decorators) || !visit_all(w, node->class_def.bases) ||
        !visit_keywords(w, node->class_def.keywords) ||
        !assign(w, node->place, node->class_def.name) || !enter(w, SCOPE_CLASS, node))
        return false;
    w->scope->class_name = node->class_def.name;
    return leave(w, visit_all(w, node->class_def.body));
}

static bool may_be_inlined(const Scope *scope, const Node *node) {
    if (node->kind == NODE_GENERATOR_EXP || scope->parent->kind == SCOPE_CLASS)
        return false;
    for (const Scope *child = scope->first; child; child = child->next)
        if (!child->inlined) return false;
    return true;
}

static bool visit_iterable(Walk *w, Node *node) {
    w->iterables++;
    bool well = visit(w, node);
    w->iterables--;
    return well;
}

/* The first iterable is evaluated outside. */
static bool visit_comprehension(Walk *w, Node *node) {
    NodeList generators = node->comp.generators;
    Comprehension *first = generators.items[0];
    if (!visit_iterable(w, first->iter) || !enter(w, SCOPE_COMPREHENSION, node))
        return false;
    w->scope->is_generator = node->kind == NODE_GENERATOR_EXP;
    bool well = true;
    for (size_t i = 0; i < generators.count && well; i++) {
        Comprehension *c = generators.items[i];
        well = (i == 0 || visit_iterable(w, c->iter)) && visit(w, c->target) &&
               visit_all(w, c->ifs);
    }
    well = well && visit(w, node->comp.element) && visit_maybe(w, node->comp.value);
    w->scope->inlined = may_be_inlined(w->scope, node);
    return leave(w, well);
}

/* `:=` in a comprehension binds in the function around it. */
static bool visit_walrus(Walk *w, Node *node) {
    Scope *here = w->scope, *outer = here;
    Object *name = node->named.target->name.id;
    Place place = node->named.target->place;
    if (!lazy_refuses(w, node, "named") || !changeable(w, place, name, false)) return false;
    if (w->iterables)
        return wrong(w, node->place,
                     "assignment expression cannot be used in a comprehension iterable "
                     "expression",
                     NULL);
    for (; outer->kind == SCOPE_COMPREHENSION; outer = outer->parent) {
        Symbol *own = scope_find(outer, name);
        if (own && own->assigned)
            return wrong(w, place,
                         "assignment expression cannot rebind comprehension iteration "
                         "variable '%s'",
                         name);
    }
    if (outer != here && outer->kind == SCOPE_CLASS)
        return wrong(w, place,
                     "assignment expression within a comprehension cannot be used in a "
                     "class body",
                     NULL);
    w->scope = outer;
    Symbol *symbol = symbol_of(w, name);
    w->scope = here;
    if (!symbol) return false;
    symbol->assigned = symbol->walrus = true;
    if (outer != here) {
        Symbol *inner = symbol_of(w, name);
        if (!inner) return false;
        inner->used = true;
        inner->nonlocal = outer->kind == SCOPE_FUNCTION && !symbol->global;
        inner->global = !inner->nonlocal;
    }
    return visit(w, node->named.value);
}

static bool visit_name(Walk *w, Node *node) {
    Context context = node->name.context;
    bool well =
        context == LOAD || changeable(w, node->place, node->name.id, context == DELETE);
    Symbol *symbol = well ? symbol_of(w, node->name.id) : NULL;
    if (!symbol) return false;
    switch (context) {
    case LOAD:
        symbol->used = true;
        break;
    case DELETE:
        symbol->deleted = true; /* and thereby local */
        /* fall through */
    case STORE:
        symbol->assigned = true;
    }
    return true;
}

static bool visit_attribute(Walk *w, Node *node) {
    Context context = node->attribute.context;
    bool well = context == LOAD ||
                changeable(w, node->place, node->attribute.attr, context == DELETE);
    return well && visit(w, node->attribute.value);
}

static bool declare(Walk *w, Node *node, bool global) {
    const char *word = global ? "global" : "nonlocal";
    for (size_t i = 0; i < node->names.names.count; i++) {
        Object *name = node->names.names.items[i];
        Symbol *symbol = symbol_of(w, name);
        if (!symbol) return false;
        const char *why = symbol->parameter ? "name '%%s' is parameter and %s"
                          : symbol->used    ? "name '%%s' is used prior to %s declaration"
                          : symbol->assigned
                              ? "name '%%s' is assigned to before %s declaration"
                              : NULL;
        if (symbol->annotated) why = "annotated name '%%s' can't be %s";
        char text[80];
        if (why) {
            snprintf(text, sizeof text, why, word);
            return wrong(w, node->place, text, name);
        }
        if (!global && w->scope->kind == SCOPE_MODULE)
            return wrong(w, node->place, "nonlocal declaration not allowed at module level",
                         NULL);
        if (!symbol->declared) symbol->declared = node;
        if (global ? symbol->nonlocal : symbol->global)
            return wrong(w, symbol->declared->place, "name '%s' is nonlocal and global",
                         name);
        *(global ? &symbol->global : &symbol->nonlocal) = true;
    }
    return true;
}

static bool visit_try(Walk *w, Node *node) {
    if (!visit_all(w, node->try.body)) return false;
    for (size_t i = 0; i < node->try.handlers.count; i++) {
        ExceptHandler *handler = node->try.handlers.items[i];
        if (!handler->type && i + 1 < node->try.handlers.count)
            return wrong(w, handler->place, "default 'except:' must be last", NULL);
        if (!visit_maybe(w, handler->type)) return false;
        if (handler->name) {
            if (!assign(w, handler->place, handler->name)) return false;
            symbol_of(w, handler->name)->deleted = true; /* at its end */
        }
        if (!visit_all(w, handler->body)) return false;
    }
    return visit_all(w, node->try.orelse) && visit_all(w, node->try.finalbody);
}

static bool visit_import(Walk *w, NodeList names, bool from) {
    for (size_t i = 0; i < names.count; i++) {
        Alias *alias = names.items[i];
        Object *name = alias->asname ? alias->asname : alias->name;
        char *text = gilt_str_utf8(name, NULL);
        if (!text) return false;
        bool star = from && !strcmp(text, "*"), well = true;
        if (star && w->scope->kind != SCOPE_MODULE) {
            free(text);
            return wrong(w, alias->place, "import * only allowed at module level", NULL);
        }
        text[strcspn(text, ".")] = 0; /* `import a.b` binds a */
        Object *bound = alias->asname ? name : gilt_intern(text);
        if (!star) well = bound && assign(w, alias->place, bound);
        free(text);
        if (!well) return false;
    }
    return true;
}

static bool visit_yield(Walk *w, Node *node) {
    Scope *scope = w->scope;
    if (!lazy_refuses(w, node, "yield")) return false;
    if (scope->kind == SCOPE_COMPREHENSION)
        return wrong(w, node->place, "'yield' inside %s",
                     gilt_intern(scope->node->kind == NODE_LIST_COMP  ? "list comprehension"
                                 : scope->node->kind == NODE_SET_COMP ? "set comprehension"
                                 : scope->node->kind == NODE_DICT_COMP
                                     ? "dict comprehension"
                                     : "generator expression"));
    if (scope->kind != SCOPE_FUNCTION)
        return wrong(w, node->place, "'yield' outside function", NULL);
    scope->is_generator = true;
    return visit_maybe(w, node->value.value);
}

static bool visit_annotated(Walk *w, Node *node) {
    Node *target = node->ann_assign.target;
    if (target->kind == NODE_NAME && node->ann_assign.simple) {
        Symbol *symbol = symbol_of(w, target->name.id);
        if (!symbol) return false;
        if (symbol->global || symbol->nonlocal)
            return wrong(w, node->place,
                         symbol->global ? "annotated name '%s' can't be global"
                                        : "annotated name '%s' can't be nonlocal",
                         target->name.id);
        symbol->annotated = true;
    }
    return visit(w, target) &&
           ((w->scope->kind == SCOPE_FUNCTION && !w->ast->lazy_annotations) ||
            visit_annotation(w, node->ann_assign.annotation)) &&
           visit_maybe(w, node->ann_assign.value);
}

static bool visit_statement(Walk *w, Node *node) {
    switch (node->kind) {
    case NODE_FUNCTION_DEF:
        return visit_function(w, node);
    case NODE_CLASS_DEF:
        return visit_class(w, node);
    case NODE_RETURN:
        if (w->scope->kind != SCOPE_FUNCTION)
            return wrong(w, node->place, "'return' outside function", NULL);
        return visit_maybe(w, node->value.value);
    case NODE_EXPR:
        return visit_maybe(w, node->value.value);
    case NODE_DELETE:
        return visit_all(w, node->delete.targets);
    case NODE_ASSIGN:
        return visit(w, node->assign.value) && visit_all(w, node->assign.targets);
    case NODE_AUG_ASSIGN:
        return visit(w, node->aug_assign.value) && visit(w, node->aug_assign.target);
    case NODE_ANN_ASSIGN:
        return visit_annotated(w, node);
    case NODE_FOR:
        return visit(w, node->for_loop.iter) && visit(w, node->for_loop.target) &&
               visit_all(w, node->for_loop.body) && visit_all(w, node->for_loop.orelse);
    case NODE_WHILE:
    case NODE_IF:
        return visit(w, node->branch.test) && visit_all(w, node->branch.body) &&
               visit_all(w, node->branch.orelse);
    case NODE_WITH:
        for (size_t i = 0; i < node->with.items.count; i++) {
            WithItem *item = node->with.items.items[i];
            if (!visit(w, item->context) || !visit_maybe(w, item->vars)) return false;
        }
        return visit_all(w, node->with.body);
    case NODE_RAISE:
        return visit_maybe(w, node->raise.exc) && visit_maybe(w, node->raise.cause);
    case NODE_TRY:
        return visit_try(w, node);
    case NODE_ASSERT:
        return visit(w, node->assert_that.test) && visit_maybe(w, node->assert_that.msg);
    case NODE_IMPORT:
        return visit_import(w, node->import.names, false);
    case NODE_IMPORT_FROM:
        if (future_is_late(w->ast, node))
            return wrong(w, node->place,
                         "from __future__ imports must occur at the beginning of the file",
                         NULL);
        return visit_import(w, node->import_from.names, true);
    case NODE_GLOBAL:
        return declare(w, node, true);
    case NODE_NONLOCAL:
        return declare(w, node, false);
    default:
        return true;
    }
}

static bool visit_expression(Walk *w, Node *node) {
    switch (node->kind) {
    case NODE_BOOL_OP:
        return visit_all(w, node->bool_op.values);
    case NODE_NAMED_EXPR:
        return visit_walrus(w, node);
    case NODE_BIN_OP:
        return visit(w, node->bin_op.left) && visit(w, node->bin_op.right);
    case NODE_UNARY_OP:
        return visit(w, node->unary.operand);
    case NODE_LAMBDA:
        return visit_lambda(w, node);
    case NODE_IF_EXP:
        return visit(w, node->if_exp.test) && visit(w, node->if_exp.body) &&
               visit(w, node->if_exp.orelse);
    case NODE_DICT:
        for (size_t i = 0; i < node->dict.values.count; i++)
            if (!visit_maybe(w, node->dict.keys.items[i]) ||
                !visit(w, node->dict.values.items[i]))
                return false;
        return true;
    case NODE_LIST_COMP:
    case NODE_SET_COMP:
    case NODE_DICT_COMP:
    case NODE_GENERATOR_EXP:
        return visit_comprehension(w, node);
    case NODE_YIELD:
    case NODE_YIELD_FROM:
        return visit_yield(w, node);
    case NODE_COMPARE:
        return visit(w, node->compare.left) && visit_all(w, node->compare.comparators);
    case NODE_CALL: {
        Node *func = node->call.func;
        if (func->kind == NODE_NAME && func->name.id == gilt_intern("super") &&
            !use(w, gilt_intern("__class__")))
            return false;
        return visit(w, func) && visit_all(w, node->call.args) &&
               visit_keywords(w, node->call.keywords);
    }
    case NODE_FORMATTED_VALUE:
        return visit(w, node->formatted.value) &&
               visit_maybe(w, node->formatted.format_spec);
    case NODE_JOINED_STR:
        return visit_all(w, node->joined.values);
    case NODE_ATTRIBUTE:
        return visit_attribute(w, node);
    case NODE_SUBSCRIPT:
        return visit(w, node->subscript.value) && visit(w, node->subscript.slice);
    case NODE_STARRED:
        return visit(w, node->starred.value);
    case NODE_NAME:
        return visit_name(w, node);
    case NODE_SET:
    case NODE_LIST:
    case NODE_TUPLE:
        return visit_all(w, node->sequence.elements);
    case NODE_SLICE:
        return visit_maybe(w, node->slice.lower) && visit_maybe(w, node->slice.upper) &&
               visit_maybe(w, node->slice.step);
    default:
        return true;
    }
}

static bool visit(Walk *w, Node *node) {
    if (stack_is_deep()) return ast_too_high();
    return node->kind < NODE_BOOL_OP ? visit_statement(w, node) : visit_expression(w, node);
}

bool scope_walk(const Ast *ast, Scope *module) {
    Walk walk = {.ast = ast, .scope = module};
    return visit_all(&walk, ast->body);
}
