/* ast.h: the syntax tree.
 *
 * Nodes and fields are those of Python's own ast module (Parser/Python.asdl of CPython 3.12;
 * docs.python.org/3.12/library/ast.html), so that a tree can be compared with what another
 * Python makes of the same text. All nodes live in the Arena of the Ast (arena.h) and die
 * together; so do the names, which are interned strs (immortal), and the constants, which
 * the Ast counts. A tree is made by parse (parser.h) and never changes. */
#pragma once
#include "core/object/object.h"

/* Lines count from 1; columns count code points from 0 (as CPython's tracebacks show them;
 * its ast counts bytes). */
typedef struct Place {
    int line, column, end_line, end_column;
} Place;

/* A list of pointers to nodes, or of names. */
typedef struct NodeList {
    size_t count;
    void **items;
} NodeList;

typedef enum NodeKind {
    /* statements */
    NODE_FUNCTION_DEF,
    NODE_CLASS_DEF,
    NODE_RETURN,
    NODE_DELETE,
    NODE_ASSIGN,
    NODE_AUG_ASSIGN,
    NODE_ANN_ASSIGN,
    NODE_FOR,
    NODE_WHILE,
    NODE_IF,
    NODE_WITH,
    NODE_RAISE,
    NODE_TRY,
    NODE_ASSERT,
    NODE_IMPORT,
    NODE_IMPORT_FROM,
    NODE_GLOBAL,
    NODE_NONLOCAL,
    NODE_EXPR,
    NODE_PASS,
    NODE_BREAK,
    NODE_CONTINUE,
    /* expressions */
    NODE_BOOL_OP,
    NODE_NAMED_EXPR,
    NODE_BIN_OP,
    NODE_UNARY_OP,
    NODE_LAMBDA,
    NODE_IF_EXP,
    NODE_DICT,
    NODE_SET,
    NODE_LIST_COMP,
    NODE_SET_COMP,
    NODE_DICT_COMP,
    NODE_GENERATOR_EXP,
    NODE_YIELD,
    NODE_YIELD_FROM,
    NODE_COMPARE,
    NODE_CALL,
    NODE_FORMATTED_VALUE,
    NODE_JOINED_STR,
    NODE_CONSTANT,
    NODE_ATTRIBUTE,
    NODE_SUBSCRIPT,
    NODE_STARRED,
    NODE_NAME,
    NODE_LIST,
    NODE_TUPLE,
    NODE_SLICE
} NodeKind;

typedef enum Context { LOAD, STORE, DELETE } Context;

typedef enum UnaryOp { NODE_NOT, NODE_NEGATIVE, NODE_POSITIVE, NODE_INVERT } UnaryOp;

typedef enum CompareOp {
    NODE_LT, /* the first six as in enum Comparison */
    NODE_LTE,
    NODE_EQ,
    NODE_NOT_EQ,
    NODE_GT,
    NODE_GTE,
    NODE_IS,
    NODE_IS_NOT,
    NODE_IN,
    NODE_NOT_IN
} CompareOp;

typedef struct Node Node;

/* No tree is higher, so that passes may recurse, if they ask how much stack is left. */
enum { AST_HEIGHT_MAX = 2000 };

/* arguments: of a function or lambda. Lists of Arg; the defaults belong to the last
 * positional parameters; kw_defaults has an entry, possibly NULL, for each of kwonlyargs. */
typedef struct Arg {
    Place place;
    Object *name;
    Node *annotation; /* or NULL */
} Arg;

typedef struct Arguments {
    NodeList posonlyargs, args, kwonlyargs;
    Arg *vararg, *kwarg; /* or NULL */
    NodeList defaults, kw_defaults;
} Arguments;

typedef struct Keyword {
    Place place;
    Object *name; /* NULL: **value */
    Node *value;
} Keyword;

typedef struct Comprehension {
    Node *target, *iter;
    NodeList ifs;
} Comprehension;

typedef struct ExceptHandler {
    Place place;
    Node *type;   /* or NULL */
    Object *name; /* or NULL */
    NodeList body;
} ExceptHandler;

typedef struct Alias {
    Place place;
    Object *name;   /* with dots */
    Object *asname; /* or NULL */
} Alias;

typedef struct WithItem {
    Node *context, *vars; /* vars may be NULL */
} WithItem;

struct Node {
    NodeKind kind;
    Place place;
    int height; /* of the tree below, 1 for a leaf */
    union {
        struct {
            Object *name;
            Arguments *args;
            NodeList body, decorators;
            Node *returns; /* or NULL */
        } function_def;
        struct {
            Object *name;
            NodeList bases, keywords, body, decorators;
        } class_def;
        struct {
            Node *value; /* may be NULL in return, yield */
        } value;         /* RETURN EXPR YIELD YIELD_FROM */
        struct {
            NodeList targets;
        } delete;
        struct {
            NodeList targets;
            Node *value;
        } assign;
        struct {
            Node *target;
            Operator op;
            Node *value;
        } aug_assign;
        struct {
            Node *target, *annotation, *value; /* value may be NULL */
            bool simple;
        } ann_assign;
        struct {
            Node *target, *iter;
            NodeList body, orelse;
        } for_loop;
        struct {
            Node *test;
            NodeList body, orelse;
        } branch; /* WHILE IF */
        struct {
            NodeList items, body;
        } with;
        struct {
            Node *exc, *cause; /* may be NULL */
        } raise;
        struct {
            NodeList body, handlers, orelse, finalbody;
            bool star;
        } try;
        struct {
            Node *test, *msg; /* msg may be NULL */
        } assert_that;
        struct {
            NodeList names; /* Alias */
        } import;
        struct {
            Object *module; /* NULL in `from . import x` */
            NodeList names;
            int level;
        } import_from;
        struct {
            NodeList names; /* Object */
        } names;            /* GLOBAL NONLOCAL */
        struct {
            bool is_or;
            NodeList values;
        } bool_op;
        struct {
            Node *target, *value;
        } named;
        struct {
            Node *left;
            Operator op;
            Node *right;
        } bin_op;
        struct {
            UnaryOp op;
            Node *operand;
        } unary;
        struct {
            Arguments *args;
            Node *body;
        } lambda;
        struct {
            Node *test, *body, *orelse;
        } if_exp;
        struct {
            NodeList keys, values; /* a key NULL: **value */
        } dict;
        struct {
            Node *element, *value; /* value: of a dict comprehension, whose key is element */
            NodeList generators;
        } comp;
        struct {
            Node *left;
            NodeList comparators;
            CompareOp *ops; /* one for each comparator */
        } compare;
        struct {
            Node *func;
            NodeList args, keywords;
        } call;
        struct {
            Node *value;
            int conversion;    /* -1, 's', 'r' or 'a' */
            Node *format_spec; /* a JOINED_STR, or NULL */
        } formatted;
        struct {
            NodeList values;
        } joined;
        struct {
            Object *value; /* borrowed from the Ast */
        } constant;
        struct {
            Node *value;
            Object *attr;
            Context context;
        } attribute;
        struct {
            Node *value, *slice;
            Context context;
        } subscript;
        struct {
            Node *value;
            Context context;
        } starred;
        struct {
            Object *id;
            Context context;
        } name;
        struct {
            NodeList elements;
            Context context;
        } sequence; /* SET LIST TUPLE; a set is always LOAD */
        struct {
            Node *lower, *upper, *step; /* may be NULL */
        } slice;
    };
};

typedef struct Ast {
    struct Arena *arena;
    NodeList body;
    Object *constants; /* a list that keeps the constants alive */
    Object *filename;  /* a str */
    bool lazy_annotations; /* from __future__ import annotations: they are not evaluated */
} Ast;

/* Frees the tree. */
void ast_free(Ast *ast);

/* RecursionError; false. */
bool ast_too_high(void);
