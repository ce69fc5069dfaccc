/* ast_dump.h: writes syntax trees as Python's ast.dump() does, for comparison with it.
 *
 * Set dump_out, then call node_dump, or repr_print for the exception instead. */
#pragma once
#include "core/compiler/parser.h"
#include "core/object/builtin.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static FILE *dump_out;   /* where it is written */
static bool with_places; /* with lineno and the like */

static void node_dump(const Node *n);

/* ---- Fields ---- */

static void text_print(Object *str) {
    char *text = str ? gilt_str_utf8(str, NULL) : NULL;
    if (text)
        fputs(text, dump_out);
    else
        gilt_error_clear(); /* a surrogate, say */
    free(text);
}

static void repr_print(Object *o) {
    Object *repr = gilt_repr(o);
    text_print(repr);
    if (repr) gilt_decref(repr);
}

/* The first field of a node has no comma in front. */
static bool comma;

static void begin(const char *name) {
    fprintf(dump_out, "%s(", name);
    comma = false;
}

static void field(const char *name) {
    fprintf(dump_out, "%s%s=", comma ? ", " : "", name);
    comma = true;
}

static void end(const Place *place) {
    if (place && with_places) {
        field("lineno"), fprintf(dump_out, "%d", place->line);
        field("col_offset"), fprintf(dump_out, "%d", place->column);
        field("end_lineno"), fprintf(dump_out, "%d", place->end_line);
        field("end_col_offset"), fprintf(dump_out, "%d", place->end_column);
    }
    fputc(')', dump_out);
    comma = true;
}

static void node_field(const char *name, const Node *n) {
    if (!n) return;
    field(name);
    node_dump(n);
}

static void name_field(const char *name, Object *o) {
    if (!o) return;
    field(name);
    repr_print(o);
}

static void word_field(const char *name, const char *word) {
    field(name);
    fprintf(dump_out, "%s()", word);
}

typedef void Dump(const void *item);

static void list_field(const char *name, const NodeList *list, Dump *dump) {
    field(name);
    fputc('[', dump_out);
    for (size_t i = 0; i < list->count; i++) {
        if (i) fputs(", ", dump_out);
        if (list->items[i])
            dump(list->items[i]);
        else
            fputs("None", dump_out);
    }
    fputc(']', dump_out);
    comma = true;
}

static void any_node(const void *item) { node_dump(item); }
static void any_name(const void *item) { repr_print((Object *)item); }

static void nodes_field(const char *name, const NodeList *list) {
    list_field(name, list, any_node);
}

static void context_field(Context context) {
    static const char *const words[] = {"Load", "Store", "Del"};
    word_field("ctx", words[context]);
}

static void operator_field(Operator op) {
    static const char *const words[] = {
        [OP_ADD] = "Add",           [OP_SUBTRACT] = "Sub",
        [OP_MULTIPLY] = "Mult",     [OP_DIVIDE] = "Div",
        [OP_FLOOR] = "FloorDiv",    [OP_REMAINDER] = "Mod",
        [OP_POWER] = "Pow",         [OP_MATRIX_MULTIPLY] = "MatMult",
        [OP_SHIFT_LEFT] = "LShift", [OP_SHIFT_RIGHT] = "RShift",
        [OP_AND] = "BitAnd",        [OP_OR] = "BitOr",
        [OP_XOR] = "BitXor",
    };
    word_field("op", words[op]);
}

/* ---- Parts of nodes ---- */

static void arg_dump(const void *item) {
    const Arg *arg = item;
    begin("arg");
    name_field("arg", arg->name);
    node_field("annotation", arg->annotation);
    end(&arg->place);
}

static void arg_field(const char *name, const Arg *arg) {
    if (!arg) return;
    field(name);
    arg_dump(arg);
}

static void arguments_field(const Arguments *a) {
    field("args");
    begin("arguments");
    list_field("posonlyargs", &a->posonlyargs, arg_dump);
    list_field("args", &a->args, arg_dump);
    arg_field("vararg", a->vararg);
    list_field("kwonlyargs", &a->kwonlyargs, arg_dump);
    nodes_field("kw_defaults", &a->kw_defaults);
    arg_field("kwarg", a->kwarg);
    nodes_field("defaults", &a->defaults);
    end(NULL);
}

static void keyword_dump(const void *item) {
    const Keyword *keyword = item;
    begin("keyword");
    name_field("arg", keyword->name);
    node_field("value", keyword->value);
    end(&keyword->place);
}

static void clause_dump(const void *item) {
    const Comprehension *clause = item;
    begin("comprehension");
    node_field("target", clause->target);
    node_field("iter", clause->iter);
    nodes_field("ifs", &clause->ifs);
    field("is_async"), fputc('0', dump_out);
    end(NULL);
}

static void handler_dump(const void *item) {
    const ExceptHandler *handler = item;
    begin("ExceptHandler");
    node_field("type", handler->type);
    name_field("name", handler->name);
    nodes_field("body", &handler->body);
    end(&handler->place);
}

static void alias_dump(const void *item) {
    const Alias *alias = item;
    begin("alias");
    name_field("name", alias->name);
    name_field("asname", alias->asname);
    end(&alias->place);
}

static void item_dump(const void *item) {
    const WithItem *with = item;
    begin("withitem");
    node_field("context_expr", with->context);
    node_field("optional_vars", with->vars);
    end(NULL);
}

static void compare_fields(const Node *n) {
    static const char *const words[] = {"Lt",  "LtE", "Eq",    "NotEq", "Gt",
                                        "GtE", "Is",  "IsNot", "In",    "NotIn"};
    node_field("left", n->compare.left);
    field("ops");
    fputc('[', dump_out);
    for (size_t i = 0; i < n->compare.comparators.count; i++)
        fprintf(dump_out, "%s%s()", i ? ", " : "", words[n->compare.ops[i]]);
    fputc(']', dump_out);
    nodes_field("comparators", &n->compare.comparators);
}

/* ---- Nodes ---- */

static const char *const kinds[] = {
    [NODE_FUNCTION_DEF] = "FunctionDef",
    [NODE_CLASS_DEF] = "ClassDef",
    [NODE_RETURN] = "Return",
    [NODE_DELETE] = "Delete",
    [NODE_ASSIGN] = "Assign",
    [NODE_AUG_ASSIGN] = "AugAssign",
    [NODE_ANN_ASSIGN] = "AnnAssign",
    [NODE_FOR] = "For",
    [NODE_WHILE] = "While",
    [NODE_IF] = "If",
    [NODE_WITH] = "With",
    [NODE_RAISE] = "Raise",
    [NODE_TRY] = "Try",
    [NODE_ASSERT] = "Assert",
    [NODE_IMPORT] = "Import",
    [NODE_IMPORT_FROM] = "ImportFrom",
    [NODE_GLOBAL] = "Global",
    [NODE_NONLOCAL] = "Nonlocal",
    [NODE_EXPR] = "Expr",
    [NODE_PASS] = "Pass",
    [NODE_BREAK] = "Break",
    [NODE_CONTINUE] = "Continue",
    [NODE_BOOL_OP] = "BoolOp",
    [NODE_NAMED_EXPR] = "NamedExpr",
    [NODE_BIN_OP] = "BinOp",
    [NODE_UNARY_OP] = "UnaryOp",
    [NODE_LAMBDA] = "Lambda",
    [NODE_IF_EXP] = "IfExp",
    [NODE_DICT] = "Dict",
    [NODE_SET] = "Set",
    [NODE_LIST_COMP] = "ListComp",
    [NODE_SET_COMP] = "SetComp",
    [NODE_DICT_COMP] = "DictComp",
    [NODE_GENERATOR_EXP] = "GeneratorExp",
    [NODE_YIELD] = "Yield",
    [NODE_YIELD_FROM] = "YieldFrom",
    [NODE_COMPARE] = "Compare",
    [NODE_CALL] = "Call",
    [NODE_FORMATTED_VALUE] = "FormattedValue",
    [NODE_JOINED_STR] = "JoinedStr",
    [NODE_CONSTANT] = "Constant",
    [NODE_ATTRIBUTE] = "Attribute",
    [NODE_SUBSCRIPT] = "Subscript",
    [NODE_STARRED] = "Starred",
    [NODE_NAME] = "Name",
    [NODE_LIST] = "List",
    [NODE_TUPLE] = "Tuple",
    [NODE_SLICE] = "Slice",
};

static bool simple_fields(const Node *n) {
    switch (n->kind) {
    case NODE_RETURN:
    case NODE_EXPR:
    case NODE_YIELD:
    case NODE_YIELD_FROM:
        node_field("value", n->value.value);
        return true;
    case NODE_DELETE:
        nodes_field("targets", &n->delete.targets);
        return true;
    case NODE_ASSIGN:
        nodes_field("targets", &n->assign.targets);
        node_field("value", n->assign.value);
        return true;
    case NODE_AUG_ASSIGN:
        node_field("target", n->aug_assign.target);
        operator_field(n->aug_assign.op);
        node_field("value", n->aug_assign.value);
        return true;
    case NODE_ANN_ASSIGN:
        node_field("target", n->ann_assign.target);
        node_field("annotation", n->ann_assign.annotation);
        node_field("value", n->ann_assign.value);
        field("simple"), fprintf(dump_out, "%d", n->ann_assign.simple);
        return true;
    case NODE_RAISE:
        node_field("exc", n->raise.exc);
        node_field("cause", n->raise.cause);
        return true;
    case NODE_ASSERT:
        node_field("test", n->assert_that.test);
        node_field("msg", n->assert_that.msg);
        return true;
    case NODE_IMPORT:
        list_field("names", &n->import.names, alias_dump);
        return true;
    case NODE_IMPORT_FROM:
        name_field("module", n->import_from.module);
        list_field("names", &n->import_from.names, alias_dump);
        field("level"), fprintf(dump_out, "%d", n->import_from.level);
        return true;
    case NODE_GLOBAL:
    case NODE_NONLOCAL:
        list_field("names", &n->names.names, any_name);
        return true;
    default:
        return false;
    }
}

static bool compound_fields(const Node *n) {
    switch (n->kind) {
    case NODE_FUNCTION_DEF:
        name_field("name", n->function_def.name);
        arguments_field(n->function_def.args);
        nodes_field("body", &n->function_def.body);
        nodes_field("decorator_list", &n->function_def.decorators);
        node_field("returns", n->function_def.returns);
        return true;
    case NODE_CLASS_DEF:
        name_field("name", n->class_def.name);
        nodes_field("bases", &n->class_def.bases);
        list_field("keywords", &n->class_def.keywords, keyword_dump);
        nodes_field("body", &n->class_def.body);
        nodes_field("decorator_list", &n->class_def.decorators);
        return true;
    case NODE_FOR:
        node_field("target", n->for_loop.target);
        node_field("iter", n->for_loop.iter);
        nodes_field("body", &n->for_loop.body);
        nodes_field("orelse", &n->for_loop.orelse);
        return true;
    case NODE_WHILE:
    case NODE_IF:
        node_field("test", n->branch.test);
        nodes_field("body", &n->branch.body);
        nodes_field("orelse", &n->branch.orelse);
        return true;
    case NODE_WITH:
        list_field("items", &n->with.items, item_dump);
        nodes_field("body", &n->with.body);
        return true;
    case NODE_TRY:
        nodes_field("body", &n->try.body);
        list_field("handlers", &n->try.handlers, handler_dump);
        nodes_field("orelse", &n->try.orelse);
        nodes_field("finalbody", &n->try.finalbody);
        return true;
    default:
        return false;
    }
}

static bool operator_fields(const Node *n) {
    static const char *const unary[] = {"Not", "USub", "UAdd", "Invert"};
    switch (n->kind) {
    case NODE_BOOL_OP:
        word_field("op", n->bool_op.is_or ? "Or" : "And");
        nodes_field("values", &n->bool_op.values);
        return true;
    case NODE_NAMED_EXPR:
        node_field("target", n->named.target);
        node_field("value", n->named.value);
        return true;
    case NODE_BIN_OP:
        node_field("left", n->bin_op.left);
        operator_field(n->bin_op.op);
        node_field("right", n->bin_op.right);
        return true;
    case NODE_UNARY_OP:
        word_field("op", unary[n->unary.op]);
        node_field("operand", n->unary.operand);
        return true;
    case NODE_LAMBDA:
        arguments_field(n->lambda.args);
        node_field("body", n->lambda.body);
        return true;
    case NODE_IF_EXP:
        node_field("test", n->if_exp.test);
        node_field("body", n->if_exp.body);
        node_field("orelse", n->if_exp.orelse);
        return true;
    case NODE_COMPARE:
        compare_fields(n);
        return true;
    default:
        return false;
    }
}

static bool display_fields(const Node *n) {
    switch (n->kind) {
    case NODE_DICT:
        nodes_field("keys", &n->dict.keys);
        nodes_field("values", &n->dict.values);
        return true;
    case NODE_LIST_COMP:
    case NODE_SET_COMP:
    case NODE_GENERATOR_EXP:
    case NODE_DICT_COMP:
        node_field(n->kind == NODE_DICT_COMP ? "key" : "elt", n->comp.element);
        node_field("value", n->comp.value);
        list_field("generators", &n->comp.generators, clause_dump);
        return true;
    case NODE_FORMATTED_VALUE:
        node_field("value", n->formatted.value);
        field("conversion"), fprintf(dump_out, "%d", n->formatted.conversion);
        node_field("format_spec", n->formatted.format_spec);
        return true;
    case NODE_JOINED_STR:
        nodes_field("values", &n->joined.values);
        return true;
    case NODE_LIST:
    case NODE_TUPLE:
    case NODE_SET:
        nodes_field("elts", &n->sequence.elements);
        if (n->kind != NODE_SET) context_field(n->sequence.context);
        return true;
    default:
        return false;
    }
}

static void primary_fields(const Node *n) {
    switch (n->kind) {
    case NODE_CALL:
        node_field("func", n->call.func);
        nodes_field("args", &n->call.args);
        list_field("keywords", &n->call.keywords, keyword_dump);
        break;
    case NODE_CONSTANT:
        name_field("value", n->constant.value);
        break;
    case NODE_ATTRIBUTE:
        node_field("value", n->attribute.value);
        name_field("attr", n->attribute.attr);
        context_field(n->attribute.context);
        break;
    case NODE_SUBSCRIPT:
        node_field("value", n->subscript.value);
        node_field("slice", n->subscript.slice);
        context_field(n->subscript.context);
        break;
    case NODE_STARRED:
        node_field("value", n->starred.value);
        context_field(n->starred.context);
        break;
    case NODE_NAME:
        name_field("id", n->name.id);
        context_field(n->name.context);
        break;
    case NODE_SLICE:
        node_field("lower", n->slice.lower);
        node_field("upper", n->slice.upper);
        node_field("step", n->slice.step);
        break;
    default:
        break;
    }
}

static void node_dump(const Node *n) {
    bool star = n->kind == NODE_TRY && n->try.star;
    begin(star ? "TryStar" : kinds[n->kind]);
    if (!simple_fields(n) && !compound_fields(n) && !operator_fields(n) &&
        !display_fields(n))
        primary_fields(n);
    end(&n->place);
}
