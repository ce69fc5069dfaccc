/* gen.h: generating code, as its parts see it.
 *
 * A Gen is one Code in the making. Registers: variables first, then temporaries, which are
 * allocated as a stack: `top` is the first that is free. A function that evaluates an
 * expression answers the register that has the result: the variable's own for a local
 * variable, otherwise a temporary, the one that was `top` before. Whoever uses it sets `top`
 * back, since an instruction leaves the temporaries that it reads dead.
 *
 * Errors stick: after the first one, `failed`, nothing is emitted any more, and what the
 * functions answer means nothing; who began looks at the end. */
#pragma once
#include "core/compiler/compiler.h"
#include "core/compiler/scopes.h"
#include "core/modules/module.h"
#include "core/threads/stack.h"

#define ANY (-1) /* any register will do */

typedef int Label; /* a number; label_new */

typedef struct Fixup {
    uint32_t at; /* the jump */
    Label label;
} Fixup;

typedef enum BlockKind {
    BLOCK_LOOP,    /* break and continue go there; a for loop's iterator is in `reg` */
    BLOCK_TRY,     /* nothing to do on the way out */
    BLOCK_FINALLY, /* `body` must run */
    BLOCK_WITH,    /* __exit__ is in `reg` */
    BLOCK_HANDLER  /* what was handled before is in `reg`, the exception behind it */
} BlockKind;

/* What the statement being generated stands in. All but loops protect what is in them:
 * from `open` on an exception goes to `target`. */
typedef struct Block {
    BlockKind kind;
    struct Block *outer;
    Label breaks, continues;
    uint8_t *exit_state; /* what is bound at the breaks seen so far, or NULL */
    int reg;
    NodeList body;
    Object *name; /* HANDLER: unbound on the way out, or NULL */
    uint32_t open;
    Label target;
    int depth;
} Block;

/* An inlined comprehension that is being generated: the registers of its own variables. */
typedef struct Inlined {
    struct Inlined *outer;
    Scope *scope;
    int first; /* register of its first symbol that is its own; in order */
} Inlined;

typedef struct Gen {
    struct Gen *outer;
    Scope *scope;
    const Ast *ast;
    Code *code;
    Place place;
    bool failed, long_jumps;
    uint32_t word_room, constant_room, name_room, place_room, handler_room;
    Object *constant_numbers, *name_numbers; /* dicts: which number each has */
    uint32_t *labels;
    Fixup *fixups;
    size_t label_count, label_room, fixup_count, fixup_room;
    int variables, top;
    Object **variable_names;
    uint8_t *state; /* [0]: not reachable; [1 + r]: variable r is bound for sure */
    Block *block;
    Inlined *inlined;
    int next_inlined; /* register for the next inlined comprehension */
    ParseMode mode;
} Gen;

/* ---- gen_emit.c ---- */

bool gen_wrong(Gen *g, Place place, const char *message);
void gen_fail(Gen *g);
uint32_t emit(Gen *g, Opcode op, int a, int b, int c);
void emit_word(Gen *g, Word word);
void emit_operands(Gen *g, const int *operands, size_t count);
int constant(Gen *g, Object *value, bool number); /* number: an int or float may be unboxed */
int name_number(Gen *g, Object *name);
Label label_new(Gen *g);
void label_here(Gen *g, Label label);
void jump(Gen *g, Label label);
void loop_to(Gen *g, Label label);
void jump_if(Gen *g, Opcode op, int a, Label label);           /* layout RW */
void jump_compare(Gen *g, Opcode op, int a, int b, Label label); /* layout RRJ, RIJ */
void next_for(Gen *g, int dst, int iterator, Label end);
void handler_add(Gen *g, uint32_t from, Label target, int exception, int depth);
bool gen_patch(Gen *g); /* at the end: jumps find their labels */
int temporary(Gen *g);
int result_in(Gen *g, int target); /* the target, or a temporary if it is ANY */
static inline bool is_temporary(const Gen *g, int reg) { return reg >= g->variables; }

/* ---- gen_names.c ---- */

typedef struct Variable {
    Reach reach;
    int reg;     /* LOCAL: where it is; CELL and FREE: where its cell is */
    Symbol *symbol;
} Variable;

Object *mangled(Gen *g, Object *name);
Variable variable_of(Gen *g, Object *name); /* a mangled name */
int cell_register(Gen *g, Object *name);
int load_name(Gen *g, Object *name, int target);
void store_name(Gen *g, Object *name, int reg);
void delete_name(Gen *g, Object *name);
int local_target(Gen *g, Object *name); /* the register to compute into, or ANY */
void name_bound(Gen *g, Object *name);

uint8_t *state_copy(Gen *g);
void state_set(Gen *g, uint8_t *state);                    /* takes it over */
uint8_t *state_merge(Gen *g, uint8_t *one, uint8_t *two); /* takes both over */
void state_dead(Gen *g);
void state_forget_deleted(Gen *g); /* at the head of a loop, in a handler */

/* ---- gen_expressions.c, gen_calls.c, gen_functions.c ---- */

int expression(Gen *g, Node *node, int target);
int expression_number(Gen *g, Node *node); /* an operand of arithmetic */
void expression_into(Gen *g, Node *node, int reg);
void slice_operands(Gen *g, Node *slice, int *regs); /* three, NONE where nothing stands */
void condition(Gen *g, Node *node, Label label, bool sense);
void yield_only(Gen *g, Node *node); /* what is sent is not wanted */
Object *constant_of(Node *node); /* borrowed, or NULL: not a constant */
int call(Gen *g, Node *node, int target);
int reducer_of(Gen *g, Node *node); /* gen_reduce.c */
int call_reducer(Gen *g, Node *node, Reducer which, int target);
int comprehension(Gen *g, Node *node, int target);
int function_make(Gen *g, Node *node, Arguments *args, int target);
int class_make(Gen *g, Node *node);
int annotation_value(Gen *g, Node *annotation); /* or its text */

/* ---- gen_assign.c ---- */

void assign_to(Gen *g, Node *target, int reg); /* consumes a temporary */
void assign(Gen *g, Node *node);
void aug_assign(Gen *g, Node *node);
void ann_assign(Gen *g, Node *node);
void delete(Gen *g, NodeList targets);

/* ---- gen_statements.c, gen_try.c ---- */

void statements(Gen *g, NodeList list);
void statement(Gen *g, Node *node);
void unwind(Gen *g, Block *until); /* the way out to `until`, exclusive */
void gen_try(Gen *g, Node *node);
void gen_with(Gen *g, Node *node, size_t item);
void block_enter(Gen *g, Block *block, BlockKind kind);
void block_leave(Gen *g, Block *block);

/* ---- gen.c ---- */

bool gen_begin(Gen *g, Gen *outer, Scope *scope, Object *name, int first_line);
Code *gen_end(Gen *g); /* NULL: it failed */
Scope *scope_child(Gen *g, const Node *node);
