/* format_layout.c: putting a number or a text into a field: sign, prefix, separators
 * between groups of digits, zeros and fill. All lengths are known first, so that the str is
 * made once and written from left to right. */
#include "core/types/format_internal.h"

typedef struct Field {
    size_t left, middle, right; /* fill before, behind the prefix, and after */
} Field;

/* Where the fill goes around a body of `size`. */
static Field field_of(const FormatSpec *spec, size_t size) {
    size_t room =
        spec->width > 0 && (size_t)spec->width > size ? (size_t)spec->width - size : 0;
    switch (spec->align) {
    case '<':
        return (Field){.right = room};
    case '^':
        return (Field){.left = room / 2, .right = room - room / 2};
    case '=':
        return (Field){.middle = room};
    default:
        return (Field){.left = room};
    }
}

typedef struct Writer {
    Str *str;
    StrKind kind;
    size_t at;
} Writer;

static bool writer_begin(Writer *w, size_t length, StrKind kind) {
    if (length > STR_POINTS_MAX) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    *w = (Writer){str_draft(length, kind), kind, 0};
    return w->str;
}

static void write_fill(Writer *w, uint32_t fill, size_t count) {
    if (kind_shift(w->kind) == 0) {
        memset(w->str->data + w->at, (int)fill, count);
        w->at += count;
        return;
    }
    while (count--) point_put(w->str->data, w->kind, w->at++, fill);
}

static void write_points(Writer *w, const uint8_t *data, StrKind kind, size_t count) {
    points_copy(w->str->data + (w->at << kind_shift(w->kind)), w->kind, data, kind, count);
    w->at += count;
}

static void write_ascii(Writer *w, const char *text, size_t size) {
    write_points(w, (const uint8_t *)text, STR_ASCII, size);
}

Object *format_pad(Object *body, size_t from, size_t to, const FormatSpec *spec) {
    Field field = field_of(spec, to - from);
    if (!field.left && !field.right) return str_part(body, from, to);
    StrKind kind = kind_for(spec->fill), own = str_kind(body);
    Writer w;
    if (own > kind) kind = own;
    if (!writer_begin(&w, field.left + (to - from) + field.right, kind)) return NULL;
    write_fill(&w, spec->fill, field.left);
    write_points(&w, ((Str *)body)->data + (from << kind_shift(own)), own, to - from);
    write_fill(&w, spec->fill, field.right);
    return str_settle(w.str);
}

/* What has no digits, such as inf, is not grouped. */
static size_t group_of(const NumberParts *p) { return p->digit_count ? p->group : 0; }

/* How many digits there are to write, so that with their separators they take at least
 * `least`: zeros in front are grouped, too, and no separator comes first. */
static size_t digits_within(const NumberParts *p, size_t least) {
    size_t digits = p->digit_count;
    if (digits >= least) return digits;
    size_t group = group_of(p);
    if (!group) return least;
    while (digits + (digits ? (digits - 1) / group : 0) < least) {
        size_t lacking = least - digits - (digits ? (digits - 1) / group : 0);
        digits += lacking > group + 1 ? lacking - lacking / (group + 1) - 1 : 1;
    }
    return digits;
}

static void write_digits(Writer *w, const NumberParts *p, size_t digits, char separator) {
    if (!group_of(p)) {
        write_fill(w, '0', digits - p->digit_count);
        write_ascii(w, p->digits, p->digit_count);
        return;
    }
    const char *at = p->digits;
    for (size_t left = digits; left; left--) {
        if (left > p->digit_count)
            write_fill(w, '0', 1);
        else
            write_ascii(w, at++, 1);
        if (left > 1 && (left - 1) % p->group == 0) write_ascii(w, &separator, 1);
    }
}

Object *format_layout(const NumberParts *p, const FormatSpec *spec) {
    size_t around = (p->sign != 0) + p->prefix_size + p->rest_size;
    bool zeros = spec->fill == '0' && spec->align == '=' && spec->width > 0;
    size_t least = zeros && (size_t)spec->width > around ? (size_t)spec->width - around : 0;
    if (least > STR_POINTS_MAX) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    size_t digits = digits_within(p, least > p->least ? least : p->least);
    size_t size = around + digits + (group_of(p) ? (digits - 1) / p->group : 0);
    Field field = field_of(spec, size);
    size += field.left + field.middle + field.right;
    Writer w;
    bool fills = field.left || field.middle || field.right;
    if (!writer_begin(&w, size, fills ? kind_for(spec->fill) : STR_ASCII)) return NULL;
    write_fill(&w, spec->fill, field.left);
    if (p->sign) write_ascii(&w, &p->sign, 1);
    write_ascii(&w, p->prefix, p->prefix_size);
    write_fill(&w, spec->fill, field.middle);
    write_digits(&w, p, digits, spec->grouping);
    write_ascii(&w, p->rest, p->rest_size);
    write_fill(&w, spec->fill, field.right);
    return str_settle(w.str);
}
