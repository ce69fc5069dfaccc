/* parser_internal.h: the state of the parser, and what its files call of each other.
 *
 * Recursive descent over an array of tokens; one function for each rule of the grammar in
 * Python's reference, which returns what it found, or NULL (false) where that is not there.
 * `fail` then means: invalid syntax, unless somebody knows better.
 *
 * As CPython does, a text that is wrong is parsed twice. The first pass only finds that it
 * is wrong, and how far it got (`furthest`). In the second, `explain` is set, and rules
 * that see a common mistake raise the SyntaxError that says so (explain_...). What an
 * `explain` costs is never paid by a text that is right. Once `raised` is set there is an
 * exception, and every rule returns. */
#pragma once
#include "core/compiler/arena.h"
#include "core/compiler/ast.h"
#include "core/compiler/lexer.h"
#include "core/compiler/parser.h"
#include "core/types/str.h"
#include "core/threads/stack.h"

enum { NAMES_CACHED = 1024 };

typedef struct CachedName {
    const char *text;
    uint32_t length;
    Object *name;
} CachedName;

typedef struct Parser {
    const Source *source;
    const Lexed *lexed;
    const Token *tokens;
    size_t at, furthest; /* the next token, and the last that was looked at */
    bool explain, raised;
    int depth;     /* of recursion */
    int in_legacy; /* reading once more what stands behind print */
    size_t effort; /* how much more the second pass may do: see parser_enter */
    bool second;   /* the second pass: also while `explain` is off for a while */
    size_t silent_from, silent_to; /* tokens that were tried in silence: expressions.c */
    size_t element;                /* where the last element of star_expressions began */
    Ast *ast;
    void **pending; /* lists that are being made, one on the other */
    size_t pending_count, pending_room;
    CachedName names[NAMES_CACHED]; /* interned before, by a hash of the text */
} Parser;

/* ---- Tokens ---- */

static inline TokenKind peek(const Parser *p) { return p->tokens[p->at].kind; }
static inline bool at(const Parser *p, TokenKind kind) { return peek(p) == kind; }
static inline const Token *here(const Parser *p) { return &p->tokens[p->at]; }
static inline const Token *before(const Parser *p) { return &p->tokens[p->at - 1]; }

static inline void advance(Parser *p) {
    if (++p->at > p->furthest) p->furthest = p->at;
}

static inline bool accept(Parser *p, TokenKind kind) {
    if (!at(p, kind)) return false;
    advance(p);
    return true;
}

/* The kind of the token behind the next. */
static inline TokenKind peek_second(Parser *p) {
    if (p->at + 1 > p->furthest) p->furthest = p->at + 1;
    return p->tokens[p->at + 1].kind;
}

bool parser_text_is(const Parser *p, const Token *token, const char *text);

/* ---- Mistakes: parser.c. All of them return NULL ---- */

static inline void *fail(const Parser *p) { return (void)p, NULL; }

/* SyntaxError at this place, at once; or in the second pass only. */
void *parser_raise(Parser *p, Place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void *parser_explain(Parser *p, Place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The second pass only, at the furthest token. */
void *parser_explain_furthest(Parser *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void *parser_explain_indentation(Parser *p, const char *after, int line);

void *parser_give_up(Parser *p); /* an exception has just been set by what was called */

static inline Place token_place(const Token *t) {
    return (Place){t->line, t->column, t->end_line, t->end_column};
}
static inline Place place_between(Place from, Place to) {
    return (Place){from.line, from.column, to.end_line, to.end_column};
}

/* From the token with this index to the last one that was taken and has text. */
static inline Place place_from(const Parser *p, size_t start) {
    const Token *last = before(p);
    while (last->kind <= TOKEN_DEDENT) last--;
    return place_between(token_place(&p->tokens[start]), token_place(last));
}

/* From there to where the lexer of CPython would be. */
static inline Place place_to_furthest(const Parser *p, Place from) {
    Place to = token_place(&p->tokens[p->furthest]);
    to.end_column--;
    return place_between(from, to);
}

/* Where the parser is, to come back to. */
typedef struct Spot {
    size_t at, pending;
} Spot;

static inline Spot parser_spot(const Parser *p) { return (Spot){p->at, p->pending_count}; }
static inline void parser_return(Parser *p, Spot spot) {
    p->at = spot.at;
    p->pending_count = spot.pending;
}

/* A part that may be missing, and would begin at this spot, could not be read: in the
 * second pass all goes on as if it were missing, as a parser with backtracking would, to
 * find who knows better. */
static inline bool parser_fall_back(Parser *p, Spot spot) {
    if (!p->second || p->raised) return false;
    parser_return(p, spot);
    return true;
}

/* One more level of recursion: false, RecursionError. Each enter that succeeds is paired
 * with leave. */
bool parser_enter(Parser *p);
static inline void parser_leave(Parser *p) { p->depth--; }

/* Tries a rule in silence: if it fails, all is as it was before. */
typedef Node *Rule(Parser *p);
Node *parser_attempt(Parser *p, Rule *rule);

/* ---- Trees: ast.c ---- */

/* From the token `start` to the last one taken, on top of trees of height `below`. NULL,
 * MemoryError, RecursionError. */
Node *parser_node(Parser *p, NodeKind kind, size_t start, int below);
void *parser_allocate(Parser *p, size_t bytes);

static inline int height_of(const Node *n) { return n ? n->height : 0; }
static inline int higher(int a, int b) { return a > b ? a : b; }
int ast_list_height(const NodeList *list); /* of Nodes, some of which may be NULL */

/* Lists: remember pending_count, push, and make the list of what was pushed since. */
bool parser_push(Parser *p, void *item);
bool parser_list(Parser *p, size_t begin, NodeList *list);

Object *parser_name(Parser *p, const Token *token); /* interned: borrowed */
bool parser_keep(Parser *p, Object *value);         /* takes over the reference */

/* Makes a tree that was parsed as an expression a target; returns what cannot be one. */
Node *ast_set_target(Node *node, Context context);

/* Raises or explains that the tree (of targets) cannot be one. */
void *parser_explain_target(Parser *p, Node *tree, Context context, bool in_for);
const char *ast_node_name(const Node *node); /* in messages */

/* ---- Rules: statements.c, compound.c, definitions.c ---- */

bool parse_statements(Parser *p);        /* one line, or one that is compound: pushed */
bool parse_simple_statements(Parser *p); /* a line: pushed */
bool parser_at_compound(const Parser *p);
Node *parse_compound_statement(Parser *p);
bool parse_block(Parser *p, const char *after, int line, NodeList *body);
bool parse_colon(Parser *p);        /* where it might be missing by mistake */
bool parse_forced_colon(Parser *p); /* where nothing else can be */
Node *parse_function_definition(Parser *p, NodeList decorators);
Node *parse_class_definition(Parser *p, NodeList decorators);
Arguments *parse_parameters(Parser *p, bool in_lambda, int *height);
void *parser_refuse_async(Parser *p); /* SyntaxError: not supported */

/* ---- Rules: expressions.c, primary.c, calls.c, displays.c ---- */

Node *parse_expression(Parser *p);
Node *parse_star_expression(Parser *p);
Node *parse_star_expressions(Parser *p); /* a tuple if there are commas */
Node *parse_star_expressions_or_yield(Parser *p);
Node *parse_yield_expression(Parser *p);
Node *parse_named_expression(Parser *p);
Node *parse_star_named_expression(Parser *p);
Node *parse_disjunction(Parser *p);
Node *parse_bitwise_or(Parser *p);
Node *parse_for_targets(Parser *p); /* and the `in` behind them */
Node *parse_primary(Parser *p);
Node *parse_atom(Parser *p);
Node *parse_paren_display(Parser *p);
Node *parse_bracket_display(Parser *p);
Node *parse_brace_display(Parser *p);
bool parse_comprehension_clauses(Parser *p, NodeList *clauses, int *height);
Node *parse_comprehension(Parser *p, NodeKind kind, size_t start, Node *element,
                          Node *value, TokenKind close);
Node *parse_generator_node(Parser *p, size_t start, Node *element, NodeList clauses,
                           int below);
/* Between parentheses, which are taken, too. */
bool parse_call_arguments(Parser *p, bool of_class, NodeList *args, NodeList *keywords,
                          int *height);
void *parser_explain_equals(Parser *p, size_t start, const Node *left);
bool token_begins_expression(TokenKind kind); /* a * may, too, but is not asked for here */

/* ---- Literals: literals.c, strings.c, fstring.c ---- */

/* A str or bytes literal: what is between the quotes. */
typedef struct Literal {
    const char *from, *to;
    bool raw, bytes;
} Literal;

Literal literal_of_token(const Parser *p, const Token *token);
int literal_hex_digit(char c); /* of a hexadecimal digit, or -1 */

Node *parser_constant(Parser *p, size_t start,
                      Object *value); /* takes over the reference */
Node *parse_number(Parser *p);
Node *parse_strings(Parser *p); /* one or more that stand side by side */

/* Appends what this text of a str literal means. false: SyntaxError, MemoryError. */
bool literal_append(Parser *p, StrBuilder *b, const Token *token, const char *from,
                    const char *to, bool raw);
Node *parse_fstrings(Parser *p,
                     size_t count); /* of that many strings, some of them with an f */
