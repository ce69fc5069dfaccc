/* unparse.c: expressions as text, for annotations that are not evaluated. Each kind of
 * expression binds so tightly; where one stands that must bind tighter, it gets
 * parentheses. */
#include "core/compiler/future.h"
#include "core/types/str.h"

typedef enum Level {
    LEVEL_TUPLE,
    LEVEL_TEST,
    LEVEL_OR,
    LEVEL_AND,
    LEVEL_NOT,
    LEVEL_COMPARE,
    LEVEL_BIT_OR,
    LEVEL_BIT_XOR,
    LEVEL_BIT_AND,
    LEVEL_SHIFT,
    LEVEL_SUM,
    LEVEL_TERM,
    LEVEL_FACTOR,
    LEVEL_POWER,
    LEVEL_AWAIT,
    LEVEL_ATOM
} Level;

static void show(StrBuilder *b, Node *node, Level level);

static void text(StrBuilder *b, const char *utf8) { builder_append_utf8(b, utf8); }

static void paren_open(StrBuilder *b, bool needed) {
    if (needed) text(b, "(");
}
static void paren_close(StrBuilder *b, bool needed) {
    if (needed) text(b, ")");
}

static void show_list(StrBuilder *b, NodeList list, Level level) {
    for (size_t i = 0; i < list.count; i++) {
        if (i) text(b, ", ");
        show(b, list.items[i], level);
    }
}

/* ---- operators ---- */

static const struct {
    const char *text;
    Level level;
} operators[] = {
    [OP_ADD] = {" + ", LEVEL_SUM},           [OP_SUBTRACT] = {" - ", LEVEL_SUM},
    [OP_MULTIPLY] = {" * ", LEVEL_TERM},     [OP_DIVIDE] = {" / ", LEVEL_TERM},
    [OP_FLOOR] = {" // ", LEVEL_TERM},       [OP_REMAINDER] = {" % ", LEVEL_TERM},
    [OP_POWER] = {" ** ", LEVEL_POWER},      [OP_MATRIX_MULTIPLY] = {" @ ", LEVEL_TERM},
    [OP_SHIFT_LEFT] = {" << ", LEVEL_SHIFT}, [OP_SHIFT_RIGHT] = {" >> ", LEVEL_SHIFT},
    [OP_AND] = {" & ", LEVEL_BIT_AND},       [OP_OR] = {" | ", LEVEL_BIT_OR},
    [OP_XOR] = {" ^ ", LEVEL_BIT_XOR},
};

static void show_binary(StrBuilder *b, Node *node, Level level) {
    Operator op = node->bin_op.op;
    Level own = operators[op].level;
    bool right = op == OP_POWER;
    paren_open(b, level > own);
    show(b, node->bin_op.left, own + right);
    text(b, operators[op].text);
    show(b, node->bin_op.right, own + !right);
    paren_close(b, level > own);
}

static void show_unary(StrBuilder *b, Node *node, Level level) {
    static const char *const signs[] = {"not ", "-", "+", "~"};
    Level own = node->unary.op == NODE_NOT ? LEVEL_NOT : LEVEL_FACTOR;
    paren_open(b, level > own);
    text(b, signs[node->unary.op]);
    show(b, node->unary.operand, own);
    paren_close(b, level > own);
}

static void show_bool(StrBuilder *b, Node *node, Level level) {
    Level own = node->bool_op.is_or ? LEVEL_OR : LEVEL_AND;
    paren_open(b, level > own);
    for (size_t i = 0; i < node->bool_op.values.count; i++) {
        if (i) text(b, node->bool_op.is_or ? " or " : " and ");
        show(b, node->bool_op.values.items[i], own + 1);
    }
    paren_close(b, level > own);
}

static void show_compare(StrBuilder *b, Node *node, Level level) {
    static const char *const signs[] = {" < ",  " <= ", " == ",     " != ", " > ",
                                        " >= ", " is ", " is not ", " in ", " not in "};
    paren_open(b, level > LEVEL_COMPARE);
    show(b, node->compare.left, LEVEL_COMPARE + 1);
    for (size_t i = 0; i < node->compare.comparators.count; i++) {
        text(b, signs[node->compare.ops[i]]);
        show(b, node->compare.comparators.items[i], LEVEL_COMPARE + 1);
    }
    paren_close(b, level > LEVEL_COMPARE);
}

static void show_choice(StrBuilder *b, Node *node, Level level) {
    paren_open(b, level > LEVEL_TEST);
    show(b, node->if_exp.body, LEVEL_TEST + 1);
    text(b, " if ");
    show(b, node->if_exp.test, LEVEL_TEST + 1);
    text(b, " else ");
    show(b, node->if_exp.orelse, LEVEL_TEST);
    paren_close(b, level > LEVEL_TEST);
}

/* ---- calls and functions ---- */

static void show_call(StrBuilder *b, Node *node) {
    NodeList args = node->call.args, keywords = node->call.keywords;
    show(b, node->call.func, LEVEL_ATOM);
    bool alone = args.count == 1 && !keywords.count &&
                 ((Node *)args.items[0])->kind == NODE_GENERATOR_EXP;
    paren_open(b, !alone);
    show_list(b, args, LEVEL_TEST);
    for (size_t i = 0; i < keywords.count; i++) {
        Keyword *keyword = keywords.items[i];
        if (i || args.count) text(b, ", ");
        if (keyword->name) {
            builder_append_str(b, keyword->name);
            text(b, "=");
        } else {
            text(b, "**");
        }
        show(b, keyword->value, LEVEL_TEST);
    }
    paren_close(b, !alone);
}

static void comma(StrBuilder *b, bool *first) {
    if (!*first) text(b, ", ");
    *first = false;
}

static void show_defaulted(StrBuilder *b, Arg *arg, Node *value) {
    builder_append_str(b, arg->name);
    if (!value) return;
    text(b, "=");
    show(b, value, LEVEL_TEST);
}

static void show_parameters(StrBuilder *b, Arguments *args) {
    size_t fixed = args->posonlyargs.count, all = fixed + args->args.count;
    size_t plain = all - args->defaults.count;
    bool first = true;
    for (size_t i = 0; i < all; i++) {
        Arg *arg = i < fixed ? args->posonlyargs.items[i] : args->args.items[i - fixed];
        comma(b, &first);
        show_defaulted(b, arg, i < plain ? NULL : args->defaults.items[i - plain]);
        if (i + 1 == fixed) text(b, ", /");
    }
    if (args->vararg || args->kwonlyargs.count) {
        comma(b, &first);
        text(b, "*");
        if (args->vararg) builder_append_str(b, args->vararg->name);
    }
    for (size_t i = 0; i < args->kwonlyargs.count; i++) {
        comma(b, &first);
        show_defaulted(b, args->kwonlyargs.items[i], args->kw_defaults.items[i]);
    }
    if (!args->kwarg) return;
    comma(b, &first);
    text(b, "**");
    builder_append_str(b, args->kwarg->name);
}

static void show_lambda(StrBuilder *b, Node *node, Level level) {
    const Arguments *args = node->lambda.args;
    bool any = args->posonlyargs.count || args->args.count || args->vararg ||
               args->kwonlyargs.count || args->kwarg;
    paren_open(b, level > LEVEL_TEST);
    text(b, any ? "lambda " : "lambda");
    show_parameters(b, node->lambda.args);
    text(b, ": ");
    show(b, node->lambda.body, LEVEL_TEST);
    paren_close(b, level > LEVEL_TEST);
}

/* ---- displays ---- */

static void show_pair(StrBuilder *b, Node *key, Node *value) {
    if (!key) {
        text(b, "**");
        show(b, value, LEVEL_BIT_OR);
        return;
    }
    show(b, key, LEVEL_TEST);
    text(b, ": ");
    show(b, value, LEVEL_TEST);
}

static void show_dict(StrBuilder *b, Node *node) {
    text(b, "{");
    for (size_t i = 0; i < node->dict.values.count; i++) {
        if (i) text(b, ", ");
        show_pair(b, node->dict.keys.items[i], node->dict.values.items[i]);
    }
    text(b, "}");
}

static void show_comprehension(StrBuilder *b, Node *node, const char *ends) {
    builder_append_char(b, (uint8_t)ends[0]);
    if (node->kind == NODE_DICT_COMP)
        show_pair(b, node->comp.element, node->comp.value);
    else
        show(b, node->comp.element, LEVEL_TEST);
    for (size_t i = 0; i < node->comp.generators.count; i++) {
        Comprehension *part = node->comp.generators.items[i];
        text(b, " for ");
        show(b, part->target, LEVEL_TUPLE);
        text(b, " in ");
        show(b, part->iter, LEVEL_TEST + 1);
        for (size_t c = 0; c < part->ifs.count; c++) {
            text(b, " if ");
            show(b, part->ifs.items[c], LEVEL_TEST + 1);
        }
    }
    builder_append_char(b, (uint8_t)ends[1]);
}

static void show_tuple(StrBuilder *b, Node *node, Level level) {
    NodeList items = node->sequence.elements;
    if (!items.count) {
        text(b, "()");
        return;
    }
    paren_open(b, level > LEVEL_TUPLE);
    show_list(b, items, LEVEL_TEST);
    if (items.count == 1) text(b, ",");
    paren_close(b, level > LEVEL_TUPLE);
}

/* ---- texts with expressions ---- */

static void show_parts(StrBuilder *b, Node *node);

static void show_field(StrBuilder *b, Node *node) {
    text(b, "{");
    show(b, node->formatted.value, LEVEL_TEST + 1);
    if (node->formatted.conversion > 0) {
        text(b, "!");
        builder_append_char(b, (uint32_t)node->formatted.conversion);
    }
    if (node->formatted.format_spec) {
        text(b, ":");
        show_parts(b, node->formatted.format_spec);
    }
    text(b, "}");
}

static void show_part(StrBuilder *b, Node *node) {
    if (node->kind == NODE_FORMATTED_VALUE) {
        show_field(b, node);
    } else if (node->kind == NODE_JOINED_STR) {
        show_parts(b, node);
    } else {
        Object *value = node->constant.value;
        for (size_t i = 0; i < str_length(value); i++) {
            uint32_t point = str_at(value, i);
            builder_append_many(b, point, point == '{' || point == '}' ? 2 : 1);
        }
    }
}

static void show_parts(StrBuilder *b, Node *node) {
    for (size_t i = 0; i < node->joined.values.count; i++)
        show_part(b, node->joined.values.items[i]);
}

static void show_joined(StrBuilder *b, Node *node) {
    StrBuilder inside;
    builder_init(&inside);
    show_part(&inside, node);
    Object *whole = builder_finish(&inside);
    if (!whole) return;
    text(b, "f");
    builder_append_repr(b, whole);
    decref(whole);
}

/* ---- the rest ---- */

static void show_slice(StrBuilder *b, Node *node) {
    if (node->slice.lower) show(b, node->slice.lower, LEVEL_TEST);
    text(b, ":");
    if (node->slice.upper) show(b, node->slice.upper, LEVEL_TEST);
    if (!node->slice.step) return;
    text(b, ":");
    show(b, node->slice.step, LEVEL_TEST);
}

static void show_attribute(StrBuilder *b, Node *node) {
    Node *value = node->attribute.value;
    show(b, value, LEVEL_ATOM);
    bool number = value->kind == NODE_CONSTANT && is_type(value->constant.value, GILT_INT);
    text(b, number ? " ." : ".");
    builder_append_str(b, node->attribute.attr);
}

static void show_constant(StrBuilder *b, Object *value) {
    if (is_type(value, TYPE_ELLIPSIS))
        text(b, "...");
    else
        builder_append_repr(b, value);
}

static void show_yield(StrBuilder *b, Node *node) {
    text(b, node->kind == NODE_YIELD ? "(yield" : "(yield from");
    if (node->value.value) {
        text(b, " ");
        show(b, node->value.value, LEVEL_TEST);
    }
    text(b, ")");
}

static void show_named(StrBuilder *b, Node *node) {
    text(b, "(");
    show(b, node->named.target, LEVEL_ATOM);
    text(b, " := ");
    show(b, node->named.value, LEVEL_ATOM);
    text(b, ")");
}

static void show_enclosed(StrBuilder *b, const char *before, NodeList list,
                          const char *after) {
    text(b, before);
    show_list(b, list, LEVEL_TEST);
    text(b, after);
}

static void show_subscript(StrBuilder *b, Node *node) {
    show(b, node->subscript.value, LEVEL_ATOM);
    text(b, "[");
    show(b, node->subscript.slice, LEVEL_TUPLE);
    text(b, "]");
}

static void show(StrBuilder *b, Node *node, Level level) {
    switch (node->kind) {
    case NODE_BOOL_OP:
        return show_bool(b, node, level);
    case NODE_NAMED_EXPR:
        return show_named(b, node);
    case NODE_BIN_OP:
        return show_binary(b, node, level);
    case NODE_UNARY_OP:
        return show_unary(b, node, level);
    case NODE_LAMBDA:
        return show_lambda(b, node, level);
    case NODE_IF_EXP:
        return show_choice(b, node, level);
    case NODE_DICT:
        return show_dict(b, node);
    case NODE_SET:
        return show_enclosed(b, "{", node->sequence.elements, "}");
    case NODE_LIST:
        return show_enclosed(b, "[", node->sequence.elements, "]");
    case NODE_TUPLE:
        return show_tuple(b, node, level);
    case NODE_LIST_COMP:
        return show_comprehension(b, node, "[]");
    case NODE_SET_COMP:
    case NODE_DICT_COMP:
        return show_comprehension(b, node, "{}");
    case NODE_GENERATOR_EXP:
        return show_comprehension(b, node, "()");
    case NODE_YIELD:
    case NODE_YIELD_FROM:
        return show_yield(b, node);
    case NODE_COMPARE:
        return show_compare(b, node, level);
    case NODE_CALL:
        return show_call(b, node);
    case NODE_JOINED_STR:
    case NODE_FORMATTED_VALUE:
        return show_joined(b, node);
    case NODE_CONSTANT:
        return show_constant(b, node->constant.value);
    case NODE_ATTRIBUTE:
        return show_attribute(b, node);
    case NODE_SUBSCRIPT:
        return show_subscript(b, node);
    case NODE_STARRED:
        text(b, "*");
        return show(b, node->starred.value, LEVEL_BIT_OR);
    case NODE_NAME:
        return builder_append_str(b, node->name.id);
    case NODE_SLICE:
        return show_slice(b, node);
    default:
        return;
    }
}

Object *unparse(Node *node) {
    StrBuilder b;
    builder_init(&b);
    show(&b, node, LEVEL_TEST);
    return builder_finish(&b);
}
