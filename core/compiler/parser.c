/* parser.c: the entry, and what all rules use: tokens, mistakes, names, lists. */
#include "core/compiler/parser_internal.h"
#include "core/types/intern.h"
#include <stdlib.h>
#include <string.h>
#include <uninorm.h>

/* ---- Tokens ---- */

bool parser_text_is(const Parser *p, const Token *token, const char *text) {
    size_t length = token->end - token->start;
    return strlen(text) == length && !memcmp(p->source->text + token->start, text, length);
}

/* In the second pass the same tokens may be read several times; where that nests, the time
 * would grow with a power of the depth. If it takes too long, no explanation is found. */
bool parser_enter(Parser *p) {
    if (p->second && !p->effort--) p->explain = p->second = false;
    if (++p->depth <= AST_HEIGHT_MAX && !stack_is_deep()) return true;
    p->depth--;
    ast_too_high();
    return parser_give_up(p);
}

Node *parser_attempt(Parser *p, Rule *rule) {
    Spot spot = parser_spot(p);
    bool explain = p->explain;
    p->explain = false;
    Node *node = rule(p);
    p->explain = explain && p->second;
    if (!node) parser_return(p, spot);
    return node;
}

/* ---- Mistakes ---- */

void *parser_give_up(Parser *p) {
    p->raised = true;
    return NULL;
}

static void *raise_lexed(Parser *p) {
    const Mistake *m = &p->lexed->mistake;
    if (gilt_error()) gilt_error_clear();
    syntax_error_raise(p->source, m->type, m->where, "%s", m->message);
    return parser_give_up(p);
}

static bool at_lexed(const Parser *p) {
    return p->tokens[p->furthest].kind == TOKEN_MISTAKE;
}

/* What the lexer found goes first, if the parser has got as far. */
static void *raise_where(Parser *p, GiltType type, Where where, const char *format,
                         va_list args) {
    if (p->raised) return NULL;
    if (at_lexed(p)) return raise_lexed(p);
    syntax_error_format(p->source, type, where, format, args);
    return parser_give_up(p);
}

static Where where_of(Place place) {
    return (Where){place.line, place.column + 1, place.end_line, place.end_column + 1};
}

/* Tokens without text have no end, and CPython counts their columns in its own way. */
static Where where_token(const Token *t) {
    if (t->kind == TOKEN_INDENT || t->kind == TOKEN_DEDENT || t->kind == TOKEN_END)
        return (Where){t->line, t->column, t->line, -1};
    return where_of(token_place(t));
}

void *parser_raise(Parser *p, Place place, const char *format, ...) {
    va_list args;
    va_start(args, format);
    raise_where(p, GILT_SYNTAX_ERROR, where_of(place), format, args);
    va_end(args);
    return NULL;
}

void *parser_explain(Parser *p, Place place, const char *format, ...) {
    if (!p->explain) return NULL;
    va_list args;
    va_start(args, format);
    raise_where(p, GILT_SYNTAX_ERROR, where_of(place), format, args);
    va_end(args);
    return NULL;
}

static void *explain_type(Parser *p, GiltType type, const char *format, ...) {
    if (!p->explain) return NULL;
    va_list args;
    va_start(args, format);
    raise_where(p, type, where_token(&p->tokens[p->furthest]), format, args);
    va_end(args);
    return NULL;
}

void *parser_explain_furthest(Parser *p, const char *format, ...) {
    if (!p->explain) return NULL;
    va_list args;
    va_start(args, format);
    raise_where(p, GILT_SYNTAX_ERROR, where_token(&p->tokens[p->furthest]), format, args);
    va_end(args);
    return NULL;
}

void *parser_explain_indentation(Parser *p, const char *after, int line) {
    return explain_type(p, GILT_INDENTATION_ERROR,
                        "expected an indented block after %s on line %d", after, line);
}

/* false: it was about indentation, and nothing can be more to the point. */
static bool raise_generic(Parser *p, const Token *t) {
    bool indent = t->kind == TOKEN_INDENT, dedent = t->kind == TOKEN_DEDENT;
    GiltType type = indent || dedent ? GILT_INDENTATION_ERROR : GILT_SYNTAX_ERROR;
    Where where = where_token(t);
    if (t->kind == TOKEN_END) where.offset = where.end_offset = 0;
    syntax_error_raise(p->source, type, where, "%s",
                       indent   ? "unexpected indent"
                       : dedent ? "unexpected unindent"
                                : "invalid syntax");
    p->raised = true;
    return !indent && !dedent;
}

/* Instead of what the parser has to say: what is wrong with the text behind it, or that a
 * parenthesis on a line before it is open. Not what is wrong within an f-string. */
static void prefer_lexed(Parser *p, int line) {
    const Mistake *m = &p->lexed->mistake;
    if (!m->type || at_lexed(p) || !gilt_error_is(GILT_SYNTAX_ERROR)) return;
    bool unclosed = m->weak && !strncmp(m->message, "'", 1);
    if (m->weak ? unclosed && line > m->where.line : !p->lexed->in_fstring) raise_lexed(p);
}

/* ---- Names and lists ---- */

static Object *intern_text(const char *text, size_t length) {
    Object *str = gilt_str_new(text, length), *name = str ? intern(str) : NULL;
    decref_maybe(str);
    return name;
}

/* As PEP 3131 wants it: NFKC. */
static Object *intern_wide(const char *text, size_t length) {
    size_t size;
    uint8_t *plain = u8_normalize(UNINORM_NFKC, (const uint8_t *)text, length, NULL, &size);
    if (!plain) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    Object *name = intern_text((const char *)plain, size);
    free(plain);
    return name;
}

Object *parser_name(Parser *p, const Token *token) {
    const char *text = p->source->text + token->start;
    uint32_t length = token->end - token->start, hash = length, wide = 0;
    for (uint32_t i = 0; i < length; i++) {
        hash = hash * 31 + (uint8_t)text[i];
        wide |= (uint8_t)text[i];
    }
    CachedName *cached = &p->names[hash % NAMES_CACHED];
    if (cached->length == length && !memcmp(cached->text, text, length))
        return cached->name;
    Object *name = wide & 0x80 ? intern_wide(text, length) : intern_text(text, length);
    if (!name) return parser_give_up(p);
    *cached = (CachedName){text, length, name};
    return name;
}

bool parser_keep(Parser *p, Object *value) {
    if (!value) return parser_give_up(p);
    bool kept = ref_is_immortal(&value->refs) || gilt_list_append(p->ast->constants, value);
    decref(value);
    return kept || parser_give_up(p);
}

bool parser_push(Parser *p, void *item) {
    if (p->pending_count == p->pending_room) {
        size_t room = p->pending_room ? 2 * p->pending_room : 256;
        void **pending = realloc(p->pending, room * sizeof *pending);
        if (!pending) {
            gilt_raise(GILT_MEMORY_ERROR, NULL);
            return parser_give_up(p);
        }
        p->pending = pending;
        p->pending_room = room;
    }
    p->pending[p->pending_count++] = item;
    return true;
}

bool parser_list(Parser *p, size_t begin, NodeList *list) {
    size_t count = p->pending_count - begin;
    *list = (NodeList){0};
    if (count) {
        list->items = parser_allocate(p, count * sizeof *list->items);
        if (!list->items) return false;
        memcpy(list->items, p->pending + begin, count * sizeof *list->items);
    }
    list->count = count;
    p->pending_count = begin;
    return true;
}

/* ---- The whole ---- */

static bool file(Parser *p) {
    while (!at(p, TOKEN_END))
        if (!parse_statements(p)) return false;
    return parser_list(p, 0, &p->ast->body);
}

static bool eval(Parser *p) {
    Node *value = parse_star_expressions(p), *node;
    if (!value) return false;
    while (accept(p, TOKEN_NEWLINE)) {
    }
    if (!at(p, TOKEN_END)) return fail(p);
    if (!(node = parser_node(p, NODE_EXPR, 0, value->height))) return false;
    node->value.value = value;
    return parser_push(p, node) && parser_list(p, 0, &p->ast->body);
}

/* One line, or one compound statement, and nothing behind it. */
static bool single(Parser *p) {
    while (accept(p, TOKEN_NEWLINE)) {
    }
    if (!at(p, TOKEN_END) && !parse_statements(p)) return false;
    while (accept(p, TOKEN_NEWLINE)) {
    }
    if (!at(p, TOKEN_END))
        return parser_raise(p, token_place(here(p)),
                            "multiple statements found while compiling a single statement");
    return parser_list(p, 0, &p->ast->body);
}

static bool pass(Parser *p, ParseMode mode) {
    p->at = p->pending_count = 0;
    p->depth = 0;
    return mode == PARSE_FILE ? file(p) : mode == PARSE_EVAL ? eval(p) : single(p);
}

/* Does nothing but the end follow the furthest token? */
static bool at_end(const Parser *p) {
    const Token *t = &p->tokens[p->furthest];
    if (t->kind == TOKEN_MISTAKE) return p->lexed->mistake.at_end;
    while (t->kind == TOKEN_DEDENT) t++;
    return t->kind == TOKEN_END;
}

/* A compound statement at a prompt goes on until a line is empty. */
static bool goes_on(const Parser *p) {
    const Source *s = p->source;
    bool compound =
        p->ast->body.count == 1 && parser_at_compound(&(Parser){.tokens = p->tokens});
    return compound && !(s->bytes > 1 && s->text[s->bytes - 2] == '\n');
}

/* Both passes. */
static bool run(Parser *p, ParseMode mode, bool *incomplete) {
    if (pass(p, mode)) {
        *incomplete = mode == PARSE_SINGLE && goes_on(p);
        return true;
    }
    *incomplete = at_end(p);
    const Token *furthest = &p->tokens[p->furthest];
    if (!p->raised && at_lexed(p)) raise_lexed(p);
    if (!p->raised) {
        p->explain = p->second = true;
        p->effort = 8 * p->lexed->count + 100000;
        pass(p, mode);
        if (!p->raised && at_lexed(p)) raise_lexed(p);
        if (!p->raised && !raise_generic(p, furthest)) return false;
    }
    prefer_lexed(p, p->tokens[p->furthest].line);
    return false;
}

static Ast *ast_new(Object *filename) {
    Ast *ast = calloc(1, sizeof *ast);
    if (!ast) return (Ast *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    ast->filename = incref(filename);
    ast->arena = arena_new();
    ast->constants = ast->arena ? gilt_list_new(NULL, 0) : NULL;
    if (ast->constants) return ast;
    ast_free(ast);
    return NULL;
}

static Ast *parse_lexed(const Source *source, const Lexed *lexed, ParseMode mode,
                        bool *incomplete) {
    Parser *p = calloc(1, sizeof *p);
    if (!p) return (Ast *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    p->source = source;
    p->lexed = lexed;
    p->tokens = lexed->tokens;
    p->silent_from = SIZE_MAX; /* none */
    Ast *ast = p->ast = ast_new(source->filename);
    if (ast && !run(p, mode, incomplete)) {
        ast_free(ast);
        ast = NULL;
    }
    free(p->pending);
    free(p);
    return ast;
}

Ast *parse(const char *text, size_t bytes, Object *filename, ParseMode mode,
           bool *incomplete) {
    Source source;
    Lexed lexed;
    Ast *ast = NULL;
    bool ignored;
    if (!incomplete) incomplete = &ignored;
    *incomplete = false;
    if (!source_read(&source, text, bytes, filename)) return NULL;
    if (lex(&source, &lexed)) {
        ast = parse_lexed(&source, &lexed, mode, incomplete);
        lexed_free(&lexed);
    }
    source_free(&source);
    return ast;
}
