/* special.h: the special methods, by number.
 *
 * A class has an array with what each special method means for it, resolved along its
 * method resolution order; the array is replaced as a whole when a special method of the
 * class or of one that it inherits changes. So asking for one takes no search and no lock.
 * A built-in type's own behaviour appears as wrappers around its TypeOps, in its attrs. */
#pragma once
#include "core/object/object.h"

/* In the order of enum Operator; each row is x op y, y op x, x op= y. */
#define SPECIAL_OPERATORS(X)                                                               \
    X(ADD, add)                                                                            \
    X(SUBTRACT, sub)                                                                       \
    X(MULTIPLY, mul)                                                                       \
    X(DIVIDE, truediv)                                                                     \
    X(FLOOR, floordiv)                                                                     \
    X(REMAINDER, mod)                                                                      \
    X(POWER, pow)                                                                          \
    X(MATRIX_MULTIPLY, matmul)                                                             \
    X(SHIFT_LEFT, lshift)                                                                  \
    X(SHIFT_RIGHT, rshift)                                                                 \
    X(AND, and)                                                                            \
    X(OR, or)                                                                              \
    X(XOR, xor)                                                                            \
    X(DIVMOD, divmod)

/* The first six in the order of enum Comparison, then four in that of enum Unary. */
#define SPECIAL_OTHERS(X)                                                                  \
    X(LT, lt)                                                                              \
    X(LE, le)                                                                              \
    X(EQ, eq)                                                                              \
    X(NE, ne)                                                                              \
    X(GT, gt)                                                                              \
    X(GE, ge)                                                                              \
    X(NEG, neg)                                                                            \
    X(POS, pos)                                                                            \
    X(INVERT, invert)                                                                      \
    X(ABS, abs)                                                                            \
    X(NEW, new)                                                                            \
    X(INIT, init)                                                                          \
    X(DEL, del)                                                                            \
    X(REPR, repr)                                                                          \
    X(STR, str)                                                                            \
    X(BYTES, bytes)                                                                        \
    X(FORMAT, format)                                                                      \
    X(HASH, hash)                                                                          \
    X(BOOL, bool)                                                                          \
    X(GETATTRIBUTE, getattribute)                                                          \
    X(GETATTR, getattr)                                                                    \
    X(SETATTR, setattr)                                                                    \
    X(DELATTR, delattr)                                                                    \
    X(DIR, dir)                                                                            \
    X(GET, get)                                                                            \
    X(SET, set)                                                                            \
    X(DELETE, delete)                                                                      \
    X(SET_NAME, set_name)                                                                  \
    X(CALL, call)                                                                          \
    X(LEN, len)                                                                            \
    X(LENGTH_HINT, length_hint)                                                            \
    X(GETITEM, getitem)                                                                    \
    X(SETITEM, setitem)                                                                    \
    X(DELITEM, delitem)                                                                    \
    X(MISSING, missing)                                                                    \
    X(ITER, iter)                                                                          \
    X(NEXT, next)                                                                          \
    X(REVERSED, reversed)                                                                  \
    X(CONTAINS, contains)                                                                  \
    X(INT, int)                                                                            \
    X(FLOAT, float)                                                                        \
    X(COMPLEX, complex)                                                                    \
    X(INDEX, index)                                                                        \
    X(ROUND, round)                                                                        \
    X(TRUNC, trunc)                                                                        \
    X(MATH_FLOOR, floor)                                                                   \
    X(CEIL, ceil)                                                                          \
    X(ENTER, enter)                                                                        \
    X(EXIT, exit)                                                                          \
    X(INSTANCECHECK, instancecheck)                                                        \
    X(SUBCLASSCHECK, subclasscheck)                                                        \
    X(INIT_SUBCLASS, init_subclass)                                                        \
    X(CLASS_GETITEM, class_getitem)                                                        \
    X(PREPARE, prepare)                                                                    \
    X(MRO_ENTRIES, mro_entries)

typedef enum Special {
#define ROW(NAME, name) SPECIAL_##NAME, SPECIAL_R##NAME, SPECIAL_I##NAME,
    SPECIAL_OPERATORS(ROW)
#undef ROW
#define ROW(NAME, name) SPECIAL_##NAME,
        SPECIAL_OTHERS(ROW)
#undef ROW
            SPECIALS
} Special;

/* The interned name, such as __add__: immortal. */
extern Object *special_names[SPECIALS];

/* Interns the names. */
bool specials_start(void);

/* The number of the special method with this interned name, or -1. */
int special_number(const Object *name);

/* What the special method means for objects of this type: a new reference, not bound, or
 * NULL without an exception. NULL also where nobody but `object` (or, for a metaclass,
 * `type`) says something: then the default applies. None (as in `__hash__ = None`) is
 * returned as it is. */
Object *class_special(Type *type, Special special);

/* The same if a class of the program says it, or a method of a built-in type that is not in
 * its TypeOps; NULL: what Type.native does, or the default, applies. */
Object *class_own_special(Type *type, Special special);
bool class_has_special(Type *type, Special special);

/* Of a new class; and when a special method may have changed in it. Without memory there is
 * no array, and each question is a search. */
void specials_make(Type *type);
void specials_drop(Type *type); /* of a dead class */

/* Where the references in the array stand. */
unsigned specials_spans(const Type *type, Span *spans);
