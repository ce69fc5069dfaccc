/* number.h: what the kinds of numbers share, and the built-in functions on any number.
 *
 * A new int, float or complex is exactly of its type, also if the operands are bools or of
 * heirs. */
#pragma once
#include "core/object/native.h"
#include "core/object/object.h"
#include "core/types/tuple.h"

extern const Native int_methods[], float_methods[], complex_methods[];

/* What a comparison answers, if a to b is `order`: below 0, 0 or above 0. */
static inline bool order_answers(Comparison op, int order) {
    switch (op) {
    case COMPARE_LESS:
        return order < 0;
    case COMPARE_LESS_EQUAL:
        return order <= 0;
    case COMPARE_EQUAL:
        return order == 0;
    case COMPARE_UNEQUAL:
        return order != 0;
    case COMPARE_GREATER:
        return order > 0;
    default:
        return order >= 0;
    }
}

/* The tuple of both, whose references are taken over; NULL: one of them is. */
static inline Object *number_pair(Object *a, Object *b) {
    if (likely(a && b)) return tuple_of_two(a, b);
    decref_maybe(a);
    decref_maybe(b);
    return NULL;
}

/* round(o, digits), abs(o), divmod(a, b), pow(a, b, modulus); digits and modulus may be
 * NULL or None. */
Object *number_round(Object *o, Object *digits);
Object *number_abs(Object *o);
Object *number_divmod(Object *a, Object *b);
Object *number_power(Object *a, Object *b, Object *modulus);

/* object_as_int as an int64_t; one that does not fit is cut to the nearest that does. */
bool number_index_cut(Object *o, int64_t *value);

/* The double that an object stands for, by its __float__ or __index__: what the functions
 * of math take. TypeError: "must be real number, not str". */
bool number_double(Object *o, double *value);

/* May number_double know it? */
bool number_has_double(Object *o);

/* Which of `words` the i-th of `names` is; -1, TypeError: none, of the call of `function`.
 */
int number_keyword(Object *names, size_t i, const char *const *words, int count,
                   const char *function);

/* What special method `special` of the object answers, without arguments; NULL without an
 * exception, if it has none. */
Object *number_special(Object *o, int special);

/* ---- number_text.c --------------------------------------------------------------- */

/* The text of a str, bytes or bytearray as a number may be written: ASCII, other decimal
 * digits and spaces made so, without spaces around, with a final NUL; what cannot be part
 * of a number is a '?'. `text` is in `room` if it fits there, else the caller's to free. */
typedef struct NumberText {
    char *text;
    char room[120];
} NumberText;

/* 1; 0: no such object; -1: MemoryError. */
int number_text_read(NumberText *t, Object *o);
void number_text_free(NumberText *t);

/* Takes out underscores where they stand between digits. false: one stands elsewhere. */
bool number_text_plain(char *text);

/* Reads what float() accepts, from text without spaces around or underscores: returns where
 * it ends, or NULL. */
const char *number_text_double(const char *text, double *value);

/* ValueError: `what` and the repr of `shown`. */
Object *number_text_refuse(const char *what, Object *shown);
