/* format_text.c: str.format(): literal text and fields {name!conversion:spec}.
 *
 * A field's name is an argument, by number or keyword, then any of .attribute and [index].
 * A spec may itself hold fields, one level deep. */
#include "core/object/operations.h"
#include "core/types/dict.h"
#include "core/types/format_internal.h"
#include "core/types/intern.h"

typedef struct Formatter {
    Object *const *args; /* NULL: format_map, where nothing has a number */
    size_t count;
    Object *names; /* a mapping or NULL */
    enum { UNKNOWN, AUTO, MANUAL } numbering;
    size_t next; /* number of the next {} */
} Formatter;

/* A part of a str. */
typedef struct Range {
    Object *text;
    size_t at, end;
} Range;

static bool range_is_empty(const Range *r) { return r->at >= r->end; }
static uint32_t range_next(Range *r) { return str_at(r->text, r->at++); }
static uint32_t range_peek(const Range *r) { return str_at(r->text, r->at); }
static Object *range_str(const Range *r) { return str_part(r->text, r->at, r->end); }

static bool wrong(const char *text) { return gilt_raise(GILT_VALUE_ERROR, "%s", text); }

/* ---- Names ---- */

/* The number that the range is, -1 if it is none; -2: ValueError. */
static ssize_t range_number(const Range *r) {
    ssize_t number = 0;
    if (range_is_empty(r)) return -1;
    for (size_t i = r->at; i < r->end; i++) {
        int digit = point_decimal(str_at(r->text, i));
        if (digit < 0) return -1;
        if (__builtin_mul_overflow(number, 10, &number) ||
            __builtin_add_overflow(number, digit, &number)) {
            wrong("Too many decimal digits in format string");
            return -2;
        }
    }
    return number;
}

/* The first word of a field's name; the range then begins with what follows. */
static Range first_word(Range *name) {
    Range word = *name;
    while (name->at < name->end && range_peek(name) != '.' && range_peek(name) != '[')
        name->at++;
    word.end = name->at;
    return word;
}

/* {} and {0} must not be mixed. */
static bool number_field(Formatter *f, bool automatic, ssize_t *number) {
    if (f->numbering == UNKNOWN) f->numbering = automatic ? AUTO : MANUAL;
    if (f->numbering == MANUAL && automatic)
        return wrong("cannot switch from manual field specification to automatic field "
                     "numbering");
    if (f->numbering == AUTO && !automatic)
        return wrong("cannot switch from automatic field numbering to manual field "
                     "specification");
    if (automatic) *number = (ssize_t)f->next++;
    return true;
}

static Object *argument_numbered(const Formatter *f, ssize_t number) {
    if (!f->args)
        return gilt_raise(GILT_VALUE_ERROR, "Format string contains positional fields");
    if ((size_t)number < f->count) return incref(f->args[number]);
    return gilt_raise(GILT_INDEX_ERROR,
                      "Replacement index %zd out of range for positional args tuple",
                      number);
}

static Object *argument_named(const Formatter *f, const Range *word) {
    Object *key = range_str(word), *value = NULL;
    if (!key) return NULL;
    if (f->names)
        value = gilt_get_item(f->names, key);
    else
        dict_raise_key(key);
    decref(key);
    return value;
}

static Object *argument_of(Formatter *f, const Range *word) {
    ssize_t number = range_number(word);
    bool automatic = range_is_empty(word);
    if (number == -2) return NULL;
    if (number == -1 && !automatic) return argument_named(f, word);
    return number_field(f, automatic, &number) ? argument_numbered(f, number) : NULL;
}

/* value.attribute; takes over the value. */
static Object *step_attribute(Object *value, Range *name) {
    Range word = first_word(name);
    Object *found = NULL, *key;
    if (range_is_empty(&word))
        wrong("Empty attribute in format string");
    else if ((key = range_str(&word))) {
        found = gilt_get_attr(value, key);
        decref(key);
    }
    decref(value);
    return found;
}

/* The object that stands in brackets: an int or a str. */
static Object *bracket_key(Range *name) {
    Range word = *name;
    while (name->at < name->end && range_peek(name) != ']') name->at++;
    word.end = name->at;
    if (range_is_empty(name)) return wrong("Missing ']' in format string"), NULL;
    name->at++;
    if (range_is_empty(&word)) return wrong("Empty attribute in format string"), NULL;
    ssize_t number = range_number(&word);
    if (number == -2) return NULL;
    return number >= 0 ? gilt_int(number) : range_str(&word);
}

/* value[index]; takes over the value. */
static Object *step_item(Object *value, Range *name) {
    Object *key = bracket_key(name);
    Object *found = key ? gilt_get_item(value, key) : NULL;
    decref_maybe(key);
    decref(value);
    return found;
}

static Object *field_value(Formatter *f, Range name) {
    Range word = first_word(&name);
    Object *value = argument_of(f, &word);
    while (value && !range_is_empty(&name)) {
        uint32_t point = range_next(&name);
        if (point == '.') {
            value = step_attribute(value, &name);
        } else if (point == '[') {
            value = step_item(value, &name);
        } else {
            decref(value);
            wrong("Only '.' or '[' may follow ']' in format field specifier");
            return NULL;
        }
    }
    return value;
}

/* ---- Fields ---- */

typedef struct Field {
    Range name, spec;
    uint32_t conversion; /* 0: none */
    bool nested;         /* there are fields in the spec */
} Field;

/* The spec, up to the brace that closes the field. */
static bool read_spec(Range *r, Field *field) {
    size_t open = 1;
    field->spec = *r;
    while (!range_is_empty(r)) {
        uint32_t point = range_next(r);
        if (point == '{') field->nested = true, open++;
        if (point != '}' || --open) continue;
        field->spec.end = r->at - 1;
        return true;
    }
    return wrong("unmatched '{' in format spec");
}

/* Behind the name came '!' or ':'. */
static bool read_conversion(Range *r, Field *field, uint32_t point) {
    if (point == '!') {
        if (range_is_empty(r))
            return wrong("end of string while looking for conversion specifier");
        field->conversion = range_next(r);
        if (!range_is_empty(r)) {
            point = range_next(r);
            if (point == '}') return true;
            if (point != ':') return wrong("expected ':' after conversion specifier");
        }
    }
    return read_spec(r, field);
}

/* A field whose brace has been read. */
static bool read_field(Range *r, Field *field) {
    bool bracket = false;
    uint32_t point = 0;
    *field = (Field){.name = *r, .spec = {r->text, 0, 0}};
    while (!range_is_empty(r)) {
        point = range_next(r);
        if (point == '{') return wrong("unexpected '{' in field name");
        if (point == '[') bracket = true;
        if (point == ']') bracket = false;
        if (!bracket && (point == '}' || point == ':' || point == '!')) break;
        point = 0;
    }
    field->name.end = point ? r->at - 1 : r->at;
    if (!point) return wrong("expected '}' before end of string");
    return point == '}' || read_conversion(r, field, point);
}

/* Takes over the value. */
static Object *convert(Object *value, uint32_t conversion) {
    Object *text = NULL;
    if (conversion == 's' || conversion == 'r' || conversion == 'a')
        text = format_converted(value, conversion);
    else if (conversion > 32 && conversion < 127)
        gilt_raise(GILT_VALUE_ERROR, "Unknown conversion specifier %c", (char)conversion);
    else
        gilt_raise(GILT_VALUE_ERROR, "Unknown conversion specifier \\x%x", conversion);
    decref(value);
    return text;
}

static Object *build(Formatter *f, Range text, int depth);

static bool append_field(StrBuilder *b, Formatter *f, const Field *field, int depth) {
    Object *value = field_value(f, field->name), *spec = NULL, *text = NULL;
    if (value && field->conversion) value = convert(value, field->conversion);
    if (value)
        spec = field->nested ? build(f, field->spec, depth - 1) : range_str(&field->spec);
    if (spec) text = format_object(value, spec);
    decref_maybe(spec);
    decref_maybe(value);
    if (!text) return false;
    builder_append_str(b, text);
    decref(text);
    return true;
}

/* Appends what stands before the next field. 1: a field follows; 0: not yet, or the end;
 * -1: ValueError. */
static int append_literal(StrBuilder *b, Range *r) {
    size_t from = r->at;
    uint32_t point = 0;
    while (!range_is_empty(r)) {
        point = range_next(r);
        if (point == '{' || point == '}') break;
        point = 0;
    }
    if (!point) {
        builder_append_part(b, r->text, from, r->at);
        return 0;
    }
    if (!range_is_empty(r) && range_peek(r) == point) {
        builder_append_part(b, r->text, from, r->at++); /* a double brace: one of them */
        return 0;
    }
    if (point == '}' || range_is_empty(r)) {
        wrong(point == '}' ? "Single '}' encountered in format string"
                           : "Single '{' encountered in format string");
        return -1;
    }
    builder_append_part(b, r->text, from, r->at - 1);
    return 1;
}

static Object *build(Formatter *f, Range text, int depth) {
    if (depth < 0) return wrong("Max string recursion exceeded"), NULL;
    StrBuilder b;
    builder_init(&b);
    while (!range_is_empty(&text)) {
        Field field;
        int follows = append_literal(&b, &text);
        bool well = follows >= 0;
        if (follows > 0)
            well = read_field(&text, &field) && append_field(&b, f, &field, depth);
        if (well) continue;
        builder_abandon(&b);
        return NULL;
    }
    return builder_finish(&b);
}

static Object *format_with(Object *o, Formatter *f) {
    return build(f, (Range){o, 0, str_length(o)}, 1);
}

Object *str_format_method(Object *o, Object *const *arguments, size_t count) {
    Formatter f = {.args = arguments + 1, .count = count - 1, .names = arguments[0]};
    return format_with(o, &f);
}

Object *str_format_map(Object *o, Object *const *arguments, size_t count) {
    (void)count;
    Formatter f = {.names = arguments[0]};
    return format_with(o, &f);
}
