/* format_internal.h: a format spec that has been read, and numbers as they are laid out.
 *
 *   format.c          which of them; specs; str           format_text.c     str.format
 *   format_number.c   int, float and complex by a spec    format_percent.c  the operator %
 *   format_digits.c   the digits of a double              format_layout.c   sign, grouping
 */
#pragma once
#include "core/types/format.h"
#include "core/types/str.h"

/* [[fill]align][sign][z][#][0][width][grouping][.precision][type] */
typedef struct FormatSpec {
    uint32_t fill;
    char align;    /* '<' '>' '^' '='; `fills` says if somebody chose it */
    char sign;     /* '-' '+' ' '; 0: none given */
    char grouping; /* ',' '_' or 0 */
    bool fills, aligned, no_negative_zero, alternate;
    ssize_t width, precision; /* -1: none */
    uint32_t type;            /* 0: none */
} FormatSpec;

/* Reads a spec; `align` is what the type has if it says nothing. false: ValueError. */
bool format_spec_read(FormatSpec *spec, Object *text, Object *value, char align, char type);

/* ValueError: "Unknown format code 'q' for object of type 'int'". Returns NULL. */
Object *format_raise_code(uint32_t code, Object *value);

/* A number in parts: -0x 123,456 .789e+05 */
typedef struct NumberParts {
    char sign; /* 0: none */
    const char *prefix;
    size_t prefix_size;
    const char *digits; /* before the point; grouped */
    size_t digit_count;
    const char *rest; /* the point and all that follows */
    size_t rest_size;
    unsigned group; /* digits between separators */
    size_t least;   /* so many digits, with zeros in front */
} NumberParts;

/* Lays the number out as the spec says: its sign must be chosen already. */
Object *format_layout(const NumberParts *parts, const FormatSpec *spec);

/* The sign to show: that of the number, or what the spec wants for others. */
static inline char format_sign(bool negative, char wanted) {
    return negative ? '-' : wanted == '-' ? 0 : wanted;
}

/* `body` with fill on the sides that `align` says. */
Object *format_pad(Object *body, size_t from, size_t to, const FormatSpec *spec);

/* ---- format_digits.c ---- */

/* The text of the magnitude of a double, in room of its own. */
typedef struct DoubleText {
    char *text; /* `few`, or scratch memory */
    size_t size, room;
    char few[128];
} DoubleText;

enum {
    DOUBLE_ALTERNATE = 1, /* keep the point, and the zeros of 'g' */
    DOUBLE_POINT = 2      /* '.0' if there would be no point nor exponent */
};

/* `type` is e, f, g, E, F, G or r (repr; no precision). Correctly rounded. MemoryError;
 * ValueError, "precision too big". */
bool double_text(DoubleText *t, double magnitude, char type, ssize_t precision, int flags);
void double_text_free(DoubleText *t);

/* ---- format_number.c: by a spec, a str ---- */

Object *format_int(Object *value, Object *spec);
Object *format_float(Object *value, Object *spec);
Object *format_complex(Object *value, Object *spec);

/* An int in a base: its digits, in `room` if they fit there, else free `text`. */
typedef struct IntText {
    const char *digits;
    size_t count;
    char *text;
    char room[68];
} IntText;

/* Base 2, 8, 10 or 16. false: MemoryError, or ValueError: it has too many digits. */
bool int_text(IntText *t, Object *o, unsigned base, bool upper);
