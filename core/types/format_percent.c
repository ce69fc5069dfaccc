/* format_percent.c: format % arguments, as C's printf has it, with Python's types.
 *
 * Bytes are formatted as a str of Latin-1, in which each byte is a code point; only %s, %b,
 * %a, %r and %c mean something else there. */
#include "core/object/operations.h"
#include "core/types/bytes.h"
#include "core/types/float.h"
#include "core/types/format_internal.h"
#include "core/types/int.h"
#include "core/types/number.h"
#include "core/types/slice.h"
#include "core/types/tuple.h"
#include <math.h>
#include <stdlib.h>

typedef struct Percent {
    Object *format;
    size_t at, end;
    Object *arguments; /* a tuple's items are taken one by one; else it is the only one */
    bool is_tuple, is_mapping, used_mapping;
    size_t next;   /* of the arguments */
    Object *value; /* looked up by key, for this one conversion: owned */
    bool bytes;
    StrBuilder out;
} Percent;

/* One conversion: %(key)#0- +12.3d */
typedef struct Conversion {
    bool left, plus, space, alternate, zero;
    ssize_t width, precision; /* -1: none */
    uint32_t code;
} Conversion;

static bool wrong(GiltType type, const char *text) { return gilt_raise(type, "%s", text); }

/* ---- Arguments ---- */

/* Borrowed, from the tuple or from p->value. */
static Object *next_argument(Percent *p) {
    if (p->value) return p->value;
    size_t count = p->is_tuple ? ((Tuple *)p->arguments)->size : 1;
    if (p->next < count && !p->used_mapping) {
        size_t i = p->next++;
        return p->is_tuple ? ((Tuple *)p->arguments)->items[i] : p->arguments;
    }
    wrong(GILT_TYPE_ERROR, "not enough arguments for format string");
    return NULL;
}

/* Has it __getitem__, and is it no tuple or text? Bytes are text to bytes only. */
static bool is_mapping(Object *o, bool bytes) {
    if (is_kind(o, GILT_TUPLE) || str_check(o)) return false;
    if (bytes && (is_kind(o, GILT_BYTES) || is_kind(o, TYPE_BYTEARRAY))) return false;
    const TypeOps *native = is_built_in(o) ? type_of(o)->ops : type_of(o)->native;
    if (native && native->get_item) return true;
    return !is_built_in(o) && class_has_special(type_of(o), SPECIAL_GETITEM);
}

static bool look_up(Percent *p, size_t from, size_t to) {
    Object *key = str_part(p->format, from, to);
    if (key && p->bytes) {
        Object *bytes = gilt_bytes_new(((Str *)key)->data, str_length(key));
        decref(key);
        key = bytes;
    }
    if (!key) return false;
    decref_maybe(p->value);
    p->value = gilt_get_item(p->arguments, key);
    p->used_mapping = true;
    decref(key);
    return p->value;
}

/* (key), with parentheses in it that pair up. */
static bool read_key(Percent *p) {
    size_t from = p->at + 1, open = 0;
    if (!p->is_mapping) return wrong(GILT_TYPE_ERROR, "format requires a mapping");
    for (; p->at < p->end; p->at++) {
        uint32_t point = str_at(p->format, p->at);
        if (point == '(') open++;
        if (point == ')' && !--open) break;
    }
    if (p->at == p->end) return wrong(GILT_VALUE_ERROR, "incomplete format key");
    return look_up(p, from, p->at++);
}

/* ---- Reading a conversion ---- */

static uint32_t peek(const Percent *p) {
    return p->at < p->end ? str_at(p->format, p->at) : 0;
}

static void read_flags(Percent *p, Conversion *c) {
    for (;; p->at++) {
        switch (peek(p)) {
        case '-':
            c->left = true;
            continue;
        case '+':
            c->plus = true;
            continue;
        case ' ':
            c->space = true;
            continue;
        case '#':
            c->alternate = true;
            continue;
        case '0':
            c->zero = true;
            continue;
        default:
            return;
        }
    }
}

/* An argument in the place of a width or precision. */
static bool star_amount(Object *value, ssize_t *amount, ssize_t most) {
    if (!value) return false;
    if (!int_check(value)) return wrong(GILT_TYPE_ERROR, "* wants int");
    if (!index_number(value, INDEX_CUT, amount)) return false;
    if (*amount <= most && *amount >= -most) return true;
    return gilt_raise(GILT_OVERFLOW_ERROR, "Python int too large to convert to C %s",
                      most < PTRDIFF_MAX - 1 ? "int" : "ssize_t");
}

/* Digits, or a star that stands for an argument. */
static bool read_amount(Percent *p, ssize_t *amount, ssize_t most, const char *too_big) {
    if (peek(p) == '*') {
        p->at++;
        return star_amount(next_argument(p), amount, most);
    }
    for (uint32_t point; (point = peek(p)) - '0' < 10u; p->at++) {
        if (*amount < 0) *amount = 0;
        if (*amount > (most - (ssize_t)(point - '0')) / 10) return wrong(GILT_VALUE_ERROR, too_big);
        *amount = *amount * 10 + (ssize_t)(point - '0');
    }
    return true;
}

static bool read_conversion(Percent *p, Conversion *c) {
    *c = (Conversion){.width = -1, .precision = -1};
    decref_maybe(p->value);
    p->value = NULL;
    if (peek(p) == '(' && !read_key(p)) return false;
    read_flags(p, c);
    if (!read_amount(p, &c->width, PTRDIFF_MAX - 1, "width too big")) return false;
    if (c->width < -1) c->left = true, c->width = -c->width;
    if (peek(p) == '.') {
        p->at++;
        c->precision = 0;
        if (!read_amount(p, &c->precision, INT32_MAX,
                         p->bytes ? "prec too big" : "precision too big"))
            return false;
        if (c->precision < 0) c->precision = 0;
    }
    uint32_t length = peek(p);
    if (length == 'h' || length == 'l' || length == 'L') p->at++;
    if (p->at == p->end) return wrong(GILT_VALUE_ERROR, "incomplete format");
    c->code = str_at(p->format, p->at++);
    return true;
}

/* ---- Text ---- */

static FormatSpec spec_of(const Conversion *c, char align) {
    return (FormatSpec){.fill = ' ',
                        .align = c->left ? '<' : align,
                        .sign = c->plus    ? '+'
                                : c->space ? ' '
                                           : 0,
                        .alternate = c->alternate,
                        .width = c->width,
                        .precision = c->precision};
}

/* Takes over the text; NULL stays. */
static bool put(Percent *p, Object *text) {
    if (!text) return false;
    builder_append_str(&p->out, text);
    decref(text);
    return true;
}

/* A text in its field, cut to the precision; takes it over. */
static bool put_text(Percent *p, const Conversion *c, Object *text) {
    if (!text) return false;
    size_t length = str_length(text);
    if (c->precision >= 0 && (size_t)c->precision < length) length = (size_t)c->precision;
    FormatSpec spec = spec_of(c, '>');
    Object *padded = format_pad(text, 0, length, &spec);
    decref(text);
    return put(p, padded);
}

/* What %s of bytes takes, as a str of Latin-1. */
static Object *text_of_bytes(Object *value) {
    Object *own = NULL;
    if (!buffer_check(value)) {
        Object *method = class_special(type_of(value), SPECIAL_BYTES);
        if (!method)
            return gilt_raise(GILT_TYPE_ERROR,
                              "%%b requires a bytes-like object, or an object that "
                              "implements __bytes__, not '%.100s'",
                              type_of(value)->name);
        value = own = class_call(method, value, NULL, 0);
        if (own && !bytes_like(own))
            gilt_raise(GILT_TYPE_ERROR, "__bytes__ returned non-bytes (type %.200s)",
                       type_of(own)->name);
    }
    Object *text = NULL;
    ByteView view;
    if (value && buffer_check(value) && byte_view(&view, value)) {
        text = str_of_points(view.data, STR_LATIN, view.size);
        byte_view_end(&view);
    }
    decref_maybe(own);
    return text;
}

static bool put_point(Percent *p, const Conversion *c, Object *value) {
    Conversion plain = *c;
    plain.precision = -1;
    if (p->bytes) {
        int byte = bytes_single(value);
        if (byte >= 0) return put_text(p, &plain, str_of_point((uint32_t)byte));
        if (!int_check(value))
            return wrong(GILT_TYPE_ERROR,
                         "%c requires an integer in range(256) or a single byte");
    } else if (str_check(value) && str_length(value) == 1) {
        return put_text(p, &plain, str_exact(value));
    }
    int64_t point;
    if (!int_check(value)) return wrong(GILT_TYPE_ERROR, "%c requires int or char");
    if (!number_index_cut(value, &point)) return false;
    if (point >= 0 && point < (p->bytes ? 0x100 : 0x110000))
        return put_text(p, &plain, str_of_point((uint32_t)point));
    return wrong(GILT_OVERFLOW_ERROR,
                 p->bytes ? "%c arg not in range(256)" : "%c arg not in range(0x110000)");
}

/* ---- Numbers ---- */

/* The int of a value for %d and its like: a new reference. */
static Object *int_for(Object *value, uint32_t code, bool bytes) {
    if (int_check(value)) return int_exact(value);
    bool whole = code == 'x' || code == 'X' || code == 'o';
    if (!whole && float_check(value)) return int_of_double(float_value(value));
    if (!whole && class_has_special(type_of(value), SPECIAL_INT)) {
        Object *converted = number_special(value, SPECIAL_INT);
        if (!converted || int_check(converted)) return converted;
        decref(converted);
    }
    if (class_has_special(type_of(value), SPECIAL_INDEX)) return object_as_int(value);
    if (bytes && code == 'i') code = 'd'; /* Python's bytes do not tell them apart */
    return gilt_raise(GILT_TYPE_ERROR, "%%%c format: %s is required, not %s", (char)code,
                      whole ? "an integer" : "a real number", type_of(value)->name);
}

static bool put_int(Percent *p, const Conversion *c, Object *value) {
    unsigned base = c->code == 'o' ? 8 : (c->code | 32) == 'x' ? 16 : 10;
    Object *number = int_for(value, c->code, p->bytes);
    if (!number) return false;
    IntText t;
    bool well = int_text(&t, number, base, c->code == 'X');
    if (well) {
        FormatSpec spec = spec_of(c, '>');
        char prefix[] = {'0', (char)c->code};
        NumberParts parts = {.sign = format_sign(int_is_negative(number), spec.sign),
                             .prefix = prefix,
                             .prefix_size = c->alternate && base != 10 ? 2 : 0,
                             .digits = t.digits,
                             .digit_count = t.count,
                             .least = c->precision > 0 ? (size_t)c->precision : 0};
        if (c->zero && !c->left) spec.fill = '0', spec.align = '=';
        well = put(p, format_layout(&parts, &spec));
        free(t.text);
    }
    decref(number);
    return well;
}

static bool put_float(Percent *p, const Conversion *c, Object *value) {
    double number;
    DoubleText t;
    if (p->bytes && !number_has_double(value))
        return gilt_raise(GILT_TYPE_ERROR, "float argument required, not %s",
                          type_of(value)->name);
    if (!number_double(value, &number)) return false;
    ssize_t precision = c->precision < 0 ? 6 : c->precision;
    if (!double_text(&t, fabs(number), (char)c->code, precision,
                     c->alternate ? DOUBLE_ALTERNATE : 0))
        return false;
    FormatSpec spec = spec_of(c, '>');
    NumberParts parts = {.sign = format_sign(signbit(number) && !isnan(number), spec.sign),
                         .rest = t.text,
                         .rest_size = t.size};
    if (c->zero && !c->left) spec.fill = '0', spec.align = '=';
    bool well = put(p, format_layout(&parts, &spec));
    double_text_free(&t);
    return well;
}

/* ---- All of it ---- */

static bool raise_code(const Percent *p, uint32_t code) {
    return gilt_raise(GILT_VALUE_ERROR,
                      "unsupported format character '%c' (0x%x) at index %zu",
                      code > 31 && code < 128 ? (char)code : '?', code, p->at - 1);
}

static bool put_converted(Percent *p, const Conversion *c, Object *value) {
    switch (c->code) {
    case 's':
    case 'b':
        if (p->bytes) return put_text(p, c, text_of_bytes(value));
        return c->code == 's' ? put_text(p, c, gilt_str(value)) : raise_code(p, c->code);
    case 'r':
    case 'a':
        return put_text(p, c, format_converted(value, p->bytes ? 'a' : c->code));
    case 'c':
        return put_point(p, c, value);
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
        return put_int(p, c, value);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
        return put_float(p, c, value);
    default:
        return raise_code(p, c->code);
    }
}

static bool put_conversion(Percent *p) {
    Conversion c;
    if (peek(p) == '%') {
        builder_append_char(&p->out, '%');
        p->at++;
        return true;
    }
    if (!read_conversion(p, &c)) return false;
    Object *value = next_argument(p);
    return value && put_converted(p, &c, value);
}

static bool put_all(Percent *p) {
    while (p->at < p->end) {
        size_t from = p->at;
        while (p->at < p->end && str_at(p->format, p->at) != '%') p->at++;
        builder_append_part(&p->out, p->format, from, p->at);
        if (p->at == p->end) break;
        p->at++;
        if (!put_conversion(p)) return false;
    }
    size_t count = p->is_tuple ? ((Tuple *)p->arguments)->size : 1;
    if (p->next >= count || p->is_mapping) return true;
    return wrong(GILT_TYPE_ERROR,
                 p->bytes ? "not all arguments converted during bytes formatting"
                          : "not all arguments converted during string formatting");
}

static Object *percent(Object *format, Object *arguments, bool bytes) {
    Percent p = {.format = format,
                 .end = str_length(format),
                 .arguments = arguments,
                 .is_tuple = is_kind(arguments, GILT_TUPLE),
                 .is_mapping = is_mapping(arguments, bytes),
                 .bytes = bytes};
    builder_init(&p.out);
    bool well = put_all(&p);
    decref_maybe(p.value);
    if (well) return builder_finish(&p.out);
    builder_abandon(&p.out);
    return NULL;
}

Object *str_percent(Object *format, Object *arguments) {
    return percent(format, arguments, false);
}

Object *bytes_percent_text(Object *format, Object *arguments) {
    return percent(format, arguments, true);
}
