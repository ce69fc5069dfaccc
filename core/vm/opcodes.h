/* opcodes.h: the instructions.
 *
 * An instruction is one word of 64 bits: the opcode in the low 16, then three operands a, b
 * and c of 16 bits each; some are followed by further words: inline caches, or lists of
 * operands, four to a word. O(NAME, layout, words): `words` counts the caches and fixed
 * extra words; the layout says what the operands mean, for who prints them and for who
 * follows jumps:
 *
 *   R a register    K a constant    N a name    I a signed number    U a number
 *   J a jump in `c`, from the next instruction: of 16 bits
 *   W a jump in `b` and `c`: of 32 bits; alone: in a, b and c: of 48 bits
 *   L a count of operands, which follow in words of their own
 *   - nothing
 *
 * Registers from Code.first_temporary on are temporaries: an instruction that reads one
 * leaves it dead, unless it says that it keeps it. NONE as a register: there is none. */
#pragma once

#define NONE 0xFFFF

#define OPERATORS_EACH(X)                                                                  \
    X(ADD)                                                                                 \
    X(SUBTRACT)                                                                            \
    X(MULTIPLY)                                                                            \
    X(DIVIDE)                                                                              \
    X(FLOOR)                                                                               \
    X(REMAINDER)                                                                           \
    X(POWER)                                                                               \
    X(MATRIX_MULTIPLY)                                                                     \
    X(SHIFT_LEFT)                                                                          \
    X(SHIFT_RIGHT)                                                                         \
    X(AND)                                                                                 \
    X(OR)                                                                                  \
    X(XOR)

/* In the order of enum Comparison. */
#define COMPARISONS_EACH(X)                                                                \
    X(LESS)                                                                                \
    X(LESS_EQUAL)                                                                          \
    X(EQUAL)                                                                               \
    X(UNEQUAL)                                                                             \
    X(GREATER)                                                                             \
    X(GREATER_EQUAL)

#define OPERATOR_OPCODES(NAME)                                                             \
    O(NAME, RRR, 0)          /* a = b + c */                                               \
    O(NAME##_INT, RRI, 0)    /* a = b + the number c */                                    \
    O(UPDATE_##NAME, RRR, 0) /* a = b + c, for b += c */                                   \
    O(UPDATE_##NAME##_INT, RRI, 0)

/* clang-format off */
#define COMPARISON_OPCODES(NAME)                                                           \
    O(NAME, RRR, 0)           /* a = b < c */                                              \
    O(JUMP_IF_##NAME, RRJ, 0) /* if a < b */                                               \
    O(JUMP_UNLESS_##NAME, RRJ, 0)                                                          \
    O(JUMP_IF_##NAME##_INT, RIJ, 0) /* if a < the number b */                              \
    O(JUMP_UNLESS_##NAME##_INT, RIJ, 0)

#define OPCODES_EACH                                                                       \
    O(MOVE, RR-, 0)   /* a = b, which it keeps; a owns it */                               \
    O(TAKE, RR-, 0)   /* a = b, a temporary, dead afterwards */                            \
    O(CONSTANT, RK-, 0)                                                                    \
    O(CLEAR, R--, 0)  /* drops a temporary or local */                                     \
    O(CHECK, RN-, 0)  /* UnboundLocalError if a is empty; keeps it */                      \
    O(DELETE, RN-, 0) /* likewise; then clears it */                                       \
    O(LOAD_GLOBAL, RN-, 1)                                                                 \
    O(STORE_GLOBAL, RN-, 0) /* name b = a */                                               \
    O(DELETE_GLOBAL, -N-, 0)                                                               \
    O(LOAD_NAME, RN-, 0) /* in the body of a class or module */                            \
    O(STORE_NAME, RN-, 0)                                                                  \
    O(DELETE_NAME, -N-, 0)                                                                 \
    O(MAKE_CELL, R--, 0)       /* a becomes a cell with what is in it */                   \
    O(COPY_CELLS, RU-, 0)      /* the b cells of the function come to a, a + 1, ... */     \
    O(LOAD_CELL, RRN, 0)       /* a = what is in the cell b, whose variable is c */        \
    O(LOAD_CLASS_CELL, RRN, 0) /* the same, if the class body has no such name */          \
    O(STORE_CELL, RR-, 0)      /* cell a = b */                                            \
    O(DELETE_CELL, RN-, 0)                                                                 \
    OPERATORS_EACH(OPERATOR_OPCODES)                                                       \
    COMPARISONS_EACH(COMPARISON_OPCODES)                                                   \
    O(NEGATIVE, RR-, 0)                                                                    \
    O(POSITIVE, RR-, 0)                                                                    \
    O(INVERT, RR-, 0)                                                                      \
    O(NOT, RR-, 0)                                                                         \
    O(IS, RRR, 0)                                                                          \
    O(IS_NOT, RRR, 0)                                                                      \
    O(IN, RRR, 0) /* a = b in c */                                                         \
    O(NOT_IN, RRR, 0)                                                                      \
    O(JUMP, W, 0)                                                                          \
    O(LOOP, W, 0) /* backwards: a safepoint */                                             \
    O(JUMP_IF, RW, 0)                                                                      \
    O(JUMP_UNLESS, RW, 0)                                                                  \
    O(JUMP_IF_KEEP, RW, 0) /* keeps a if it jumps: `or` */                                 \
    O(JUMP_UNLESS_KEEP, RW, 0)                                                             \
    O(JUMP_IF_NONE, RW, 0)                                                                 \
    O(JUMP_UNLESS_NONE, RW, 0)                                                             \
    O(JUMP_UNLESS_REDUCER, RUJ, 0) /* unless a, kept, is the built-in name with number b */ \
    O(START_FOR, RR-, 0) /* iterates b in the three registers a, a + 1, a + 2 */           \
    O(NEXT_FOR, RRJ, 0)  /* a = the next of the iterator b, kept; jumps at the end */      \
    O(LOAD_ATTRIBUTE, RRN, 3)  /* a = b.c */                                               \
    O(STORE_ATTRIBUTE, RRN, 3) /* a.c = b */                                               \
    O(DELETE_ATTRIBUTE, R-N, 0)                                                            \
    O(LOAD_ITEM, RRR, 0)  /* a = b[c] */                                                   \
    O(LOAD_ITEM_INT, RRI, 0)                                                               \
    O(LOAD_ITEM_NUMBER, RRR, 0)       /* these three: for arithmetic */                    \
    O(LOAD_ITEM_INT_NUMBER, RRI, 0)                                                        \
    O(LOAD_ATTRIBUTE_NUMBER, RRN, 3)                                                       \
    O(STORE_ITEM, RRR, 0) /* a[b] = c */                                                   \
    O(LOAD_SLICE, RRL, 0)  /* a = b[start:stop:step], each a register or NONE */           \
    O(STORE_SLICE, RRL, 0) /* a[start:stop:step] = b */                                    \
    O(DELETE_ITEM, RR-, 0)                                                                 \
    O(BUILD_TUPLE, RL-, 0)                                                                 \
    O(BUILD_LIST, RL-, 0)                                                                  \
    O(BUILD_SET, RL-, 0)                                                                   \
    O(BUILD_DICT, RL-, 0)   /* key, value, key, value, ... */                              \
    O(BUILD_STRING, RL-, 0) /* of strs */                                                  \
    O(BUILD_SLICE, RL-, 0)  /* start, stop, step */                                        \
    O(LIST_APPEND, RR-, 0)  /* these keep a */                                             \
    O(LIST_EXTEND, RRR, 0)                                                                 \
    O(SET_ADD, RR-, 0)                                                                     \
    O(SET_UPDATE, RR-, 0)                                                                  \
    O(DICT_ADD, RRR, 0)                                                                    \
    O(DICT_UPDATE, RR-, 0)                                                                 \
    O(DICT_MERGE, RRR, 0)   /* keywords **b for the call of c, kept: no key twice */       \
    O(LIST_TO_TUPLE, RR-, 0)                                                               \
    O(UNPACK, RL-, 0)       /* a into registers */                                         \
    O(UNPACK_STAR, RLU, 0)  /* the c-th of them gets a list of the rest */                 \
    O(CONVERT, RRU, 0)      /* a = str, repr or ascii of b: the letter c */                \
    O(FORMAT, RRR, 0)       /* a = format(b, c); c NONE: '' */                             \
    O(CALL, RRL, 0)         /* a = b(...) */                                               \
    O(CALL_NAMED, RRL, 1)   /* the word: the constant with the names of the last */        \
    O(CALL_METHOD, RRL, 4)  /* a = b.name(...); the word: the name; three caches */        \
    O(CALL_SPREAD, RRR, 1)  /* a = b(*c, **word); the word NONE: no keywords */            \
    O(RETURN, RU-, 0) /* registers below b may hold something */                           \
    O(RETURN_NONE, U--, 0)                                                                 \
    O(START_GENERATOR, ---, 0)                                                             \
    O(YIELD, RR-, 0)      /* a = what is sent after b was yielded; NONE: nowhere */         \
    O(YIELD_FROM, RR-, 0) /* a = the result of the iterator b, kept meanwhile */           \
    O(GET_ITER, RR-, 0)                                                                    \
    O(GET_FOR, RR-, 0)    /* the same for START_FOR, which needs no iterator of a range */ \
    O(RAISE, RR-, 0)      /* a from b; NONE, NONE: what is being handled */                \
    O(RERAISE, R--, 0)                                                                     \
    O(ENTER_HANDLER, RR-, 0) /* b is being handled from now on; a = what was before */     \
    O(LEAVE_HANDLER, R--, 0) /* a is, again */                                             \
    O(MATCH, RRR, 0)         /* a = is b, kept, an instance of c? */                       \
    O(MATCH_STAR, RRR, 0)    /* a = the part of the group b that matches c; b = the rest */ \
    O(JOIN_STAR, RRR, 0)     /* a = what remains to raise of list b for original c */      \
    O(ENTER_WITH, RRR, 0)    /* a = b.__enter__(); c = its __exit__, bound */              \
    O(EXIT_WITH, RRR, 0)     /* a = b(...) of the exception c, kept; NONE: without */      \
    O(MAKE_FUNCTION, RK-, 1) /* word: defaults, keyword defaults, cells, annotations */    \
    O(LOAD_BUILD_CLASS, R--, 0)                                                            \
    O(LOAD_ASSERTION_ERROR, R--, 0)                                                        \
    O(IMPORT, RNR, 1) /* a = import b from-list c; word: level, biased by 0 */             \
    O(IMPORT_FROM, RRN, 0) /* keeps b */                                                   \
    O(IMPORT_STAR, R--, 0)                                                                 \
    O(SETUP_ANNOTATIONS, ---, 0)                                                           \
    O(PRINT, R--, 0) /* at the prompt */

typedef enum Opcode {
#define O(NAME, layout, words) CODE_##NAME,
    OPCODES_EACH
#undef O
    OPCODES
} Opcode;
