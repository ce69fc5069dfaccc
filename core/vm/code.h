/* code.h: compiled code: the instructions of a module, class body, function or expression.
 *
 * Code never changes after it was made, but for its inline caches: words that all threads
 * read and write, relaxed, each of which is true by itself. Code that belongs to a module
 * is immortal, with all its constants; code of exec and eval lives as long as something
 * refers to it. */
#pragma once
#include "core/vm/opcodes.h"
#include "core/vm/value.h"

typedef uint64_t Word;

/* Where in the source an instruction comes from; sorted by `at`. */
typedef struct CodePlace {
    uint32_t at; /* the first word */
    int32_t line, end_line;
    int16_t column, end_column; /* from 0; -1: unknown */
} CodePlace;

/* An exception in the words from `from` up to `to` goes to `target`, with the exception in
 * the register `exception`; temporaries from `depth` on are dropped. The first row that
 * fits counts. */
typedef struct CodeHandler {
    uint32_t from, to, target;
    uint16_t exception, depth;
} CodeHandler;

typedef enum CodeFlags {
    CODE_FLAG_GENERATOR = 1,
    CODE_FLAG_REST = 2,     /* has *rest */
    CODE_FLAG_KEYWORDS = 4, /* has **keywords */
    CODE_FLAG_FUNCTION = 8, /* locals are registers; else they are in a dict */
    CODE_FLAG_IMMORTAL = 32
} CodeFlags;

typedef struct Code {
    Object head;
    Object *name, *qualname, *filename, *doc; /* doc: NULL for none */
    Word *words;
    Value *constants; /* numbers, or borrowed from `kept` */
    Object **names;   /* interned */
    Object *kept;     /* a list: what the constants borrow */
    CodePlace *places;
    CodeHandler *handlers;
    Object **variables; /* the names of the registers below first_temporary */
    Object **cells;     /* the names of the free variables, in order */
    uint32_t word_count, constant_count, name_count, place_count, handler_count;
    uint32_t variable_count; /* as far as they have names */
    uint16_t registers; /* an even number */
    uint16_t first_temporary, cell_count;
    /* Parameters stand in the first registers: positional, keyword-only, *rest, **keywords.
     */
    uint16_t positional_only, positional, keyword_only;
    uint16_t simple; /* so many arguments are all that it takes; NONE: it is not so simple */
    uint16_t flags;
    int32_t first_line;
    _Atomic(Object *) globals; /* that it has run with: only compared */
    _Atomic bool shared;       /* it has run with others, too */
} Code;

extern const TypeOps code_ops;

/* The place of the instruction that `at` is in. */
const CodePlace *code_place(const Code *code, uint32_t at);

/* How many words the instruction has. */
unsigned code_length(const Word *word);

/* Makes code, its constants and the code inside immortal. */
void code_immortalise(Code *code);

/* It runs with these globals. Caches about built-in names hold for one dict only. */
static inline void code_seen_with(Code *code, Object *globals) {
    Object *seen = atomic_load_explicit(&code->globals, memory_order_relaxed);
    if (likely(seen == globals)) return;
    if (!seen && atomic_compare_exchange_strong(&code->globals, &seen, globals)) return;
    if (seen != globals) atomic_store_explicit(&code->shared, true, memory_order_relaxed);
}

static inline bool code_is_shared(const Code *code) {
    return atomic_load_explicit(&((Code *)code)->shared, memory_order_relaxed);
}

/* The instructions as text: a new str, for people. */
Object *code_text(const Code *code);

static inline Opcode word_opcode(Word w) { return (Opcode)(w & 0xFFFF); }
static inline unsigned word_a(Word w) { return (w >> 16) & 0xFFFF; }
static inline unsigned word_b(Word w) { return (w >> 32) & 0xFFFF; }
static inline unsigned word_c(Word w) { return (unsigned)(w >> 48); }
/* The same of the word in memory, which takes no register for all of it: 0 is the opcode,
 * 1 to 3 are a to c. */
static inline unsigned word_part(const Word *pc, unsigned part) {
    _Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the opcode lies first");
    return ((const uint16_t *)pc)[part];
}
static inline Word word_make(unsigned opcode, unsigned a, unsigned b, unsigned c) {
    return opcode | (Word)(uint16_t)a << 16 | (Word)(uint16_t)b << 32 |
           (Word)(uint16_t)c << 48;
}
