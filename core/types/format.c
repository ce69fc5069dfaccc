/* format.c: format() of any object; reading a spec; str by a spec. */
#include "core/types/bytes.h"
#include "core/types/class.h"
#include "core/types/complex.h"
#include "core/types/float.h"
#include "core/types/format_internal.h"
#include "core/types/int.h"
#include <stdlib.h>

/* ---- Specs ---- */

typedef struct Reader {
    Object *text;
    size_t at, end;
} Reader;

static uint32_t reader_peek(const Reader *r, size_t ahead) {
    return r->at + ahead < r->end ? str_at(r->text, r->at + ahead) : 0;
}

static bool reader_take(Reader *r, uint32_t point) {
    if (r->at == r->end || str_at(r->text, r->at) != point) return false;
    r->at++;
    return true;
}

static bool is_align(uint32_t point) {
    return point == '<' || point == '>' || point == '=' || point == '^';
}

/* -1 if there are no digits. false: ValueError. */
static bool read_number(Reader *r, ssize_t *number) {
    *number = -1;
    for (int digit; r->at < r->end && (digit = point_decimal(str_at(r->text, r->at))) >= 0;
         r->at++) {
        if (*number < 0) *number = 0;
        if (__builtin_mul_overflow(*number, 10, number) ||
            __builtin_add_overflow(*number, digit, number))
            return gilt_raise(GILT_VALUE_ERROR, "Too many decimal digits in format string");
    }
    return true;
}

static void read_align(Reader *r, FormatSpec *spec) {
    if (r->end - r->at >= 2 && is_align(reader_peek(r, 1))) {
        spec->fill = reader_peek(r, 0);
        spec->align = (char)reader_peek(r, 1);
        spec->fills = spec->aligned = true;
        r->at += 2;
    } else if (r->at < r->end && is_align(reader_peek(r, 0))) {
        spec->align = (char)reader_peek(r, 0);
        spec->aligned = true;
        r->at++;
    }
}

static void read_flags(Reader *r, FormatSpec *spec) {
    uint32_t sign = reader_peek(r, 0);
    if (sign == ' ' || sign == '+' || sign == '-') spec->sign = (char)sign, r->at++;
    spec->no_negative_zero = reader_take(r, 'z');
    spec->alternate = reader_take(r, '#');
    if (!spec->fills && reader_take(r, '0')) {
        spec->fill = '0';
        if (!spec->aligned && spec->align == '>') spec->align = '=';
    }
}

static bool raise_both(void) {
    return gilt_raise(GILT_VALUE_ERROR, "Cannot specify both ',' and '_'.");
}

static bool read_grouping(Reader *r, FormatSpec *spec) {
    if (reader_take(r, ',')) spec->grouping = ',';
    if (reader_take(r, '_')) {
        if (spec->grouping) return raise_both();
        spec->grouping = '_';
    }
    return !(spec->grouping == '_' && reader_peek(r, 0) == ',') || raise_both();
}

static bool read_precision(Reader *r, FormatSpec *spec) {
    if (!reader_take(r, '.')) return true;
    if (!read_number(r, &spec->precision)) return false;
    if (spec->precision >= 0) return true;
    return gilt_raise(GILT_VALUE_ERROR, "Format specifier missing precision");
}

/* May numbers of this type be grouped? */
static bool check_grouping(const FormatSpec *spec) {
    uint32_t type = spec->type;
    if (!spec->grouping || !type || (type < 128 && strchr("defgEG%F", (int)type)))
        return true;
    if (spec->grouping == '_' && type < 128 && strchr("boxX", (int)type)) return true;
    if (type > 32 && type < 128)
        return gilt_raise(GILT_VALUE_ERROR, "Cannot specify '%c' with '%c'.",
                          spec->grouping, (char)type);
    return gilt_raise(GILT_VALUE_ERROR, "Cannot specify '%c' with '\\x%x'.", spec->grouping,
                      type);
}

static bool raise_invalid(Object *text, Object *value) {
    char *utf8 = gilt_str_utf8(text, NULL);
    if (utf8)
        gilt_raise(GILT_VALUE_ERROR,
                   "Invalid format specifier '%s' for object of type '%.200s'", utf8,
                   type_of(value)->name);
    free(utf8);
    return false;
}

bool format_spec_read(FormatSpec *spec, Object *text, Object *value, char align,
                      char type) {
    Reader r = {text, 0, str_length(text)};
    *spec = (FormatSpec){
        .fill = ' ', .align = align, .width = -1, .precision = -1, .type = (uint8_t)type};
    read_align(&r, spec);
    read_flags(&r, spec);
    if (!read_number(&r, &spec->width) || !read_grouping(&r, spec) ||
        !read_precision(&r, spec))
        return false;
    if (r.end - r.at > 1) return raise_invalid(text, value);
    if (r.end - r.at == 1) spec->type = reader_peek(&r, 0);
    return check_grouping(spec);
}

Object *format_raise_code(uint32_t code, Object *value) {
    const char *name = type_of(value)->name;
    if (code > 32 && code < 128)
        return gilt_raise(GILT_VALUE_ERROR,
                          "Unknown format code '%c' for object of type '%.200s'",
                          (char)code, name);
    return gilt_raise(GILT_VALUE_ERROR,
                      "Unknown format code '\\x%x' for object of type '%.200s'", code,
                      name);
}

/* ---- str ---- */

static Object *str_refuses(const FormatSpec *spec, Object *value) {
    if (spec->type != 's') return format_raise_code(spec->type, value);
    const char *what = spec->sign == ' '        ? "Space"
                       : spec->sign             ? "Sign"
                       : spec->no_negative_zero ? "Negative zero coercion (z)"
                       : spec->alternate        ? "Alternate form (#)"
                                                : "'=' alignment";
    return gilt_raise(GILT_VALUE_ERROR, "%s not allowed in string format specifier", what);
}

static Object *format_str(Object *value, Object *text) {
    FormatSpec spec;
    if (!str_length(text)) return str_exact(value);
    if (!format_spec_read(&spec, text, value, '<', 's')) return NULL;
    if (spec.type != 's' || spec.sign || spec.no_negative_zero || spec.alternate ||
        spec.align == '=')
        return str_refuses(&spec, value);
    size_t length = str_length(value);
    if (spec.precision >= 0 && (size_t)spec.precision < length)
        length = (size_t)spec.precision;
    return format_pad(value, 0, length, &spec);
}

/* ---- any object ---- */

Object *format_native(Object *value, Object *spec) {
    if (is_kind(value, GILT_STR)) return format_str(value, spec);
    if (int_check(value)) return format_int(value, spec);
    if (float_check(value)) return format_float(value, spec);
    if (is_kind(value, TYPE_COMPLEX)) return format_complex(value, spec);
    if (!str_length(spec)) return gilt_str(value);
    return gilt_raise(GILT_TYPE_ERROR,
                      "unsupported format string passed to %.200s.__format__",
                      type_of(value)->name);
}

Object *format_native_method(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    if (str_check(arguments[0])) return format_native(self, arguments[0]);
    return gilt_raise(GILT_TYPE_ERROR, "__format__() argument must be str, not %.50s",
                      type_of(arguments[0])->name);
}

/* Asks the class for its __format__. */
static Object *format_by_class(Object *value, Object *spec) {
    Object *method = class_special(type_of(value), SPECIAL_FORMAT);
    if (!method) return format_native(value, spec);
    Object *text = class_call(method, value, &spec, 1);
    if (!text || str_check(text)) return text;
    gilt_raise(GILT_TYPE_ERROR, "__format__ must return a str, not %.200s",
               type_of(text)->name);
    decref(text);
    return NULL;
}

Object *format_object(Object *value, Object *spec) {
    if (!spec) spec = str_empty();
    if (unlikely(!str_check(spec)))
        return gilt_raise(GILT_TYPE_ERROR, "format() argument 2 must be str, not %.50s",
                          argument_type(spec));
    switch (value->type) {
    case GILT_STR:
        return format_str(value, spec);
    case GILT_INT:
        return format_int(value, spec);
    case GILT_FLOAT:
        return format_float(value, spec);
    case GILT_BOOL:
    case GILT_NONE:
        return format_native(value, spec);
    default:
        return format_by_class(value, spec);
    }
}

Object *format_converted(Object *value, uint32_t conversion) {
    switch (conversion) {
    case 's':
        return gilt_str(value);
    case 'a':
        return str_ascii(gilt_repr(value));
    default:
        return gilt_repr(value);
    }
}
