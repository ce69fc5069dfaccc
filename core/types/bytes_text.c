/* bytes_text.c: what takes bytes for text, which is ASCII: case, tests, columns, tables,
 * hexadecimal. */
#include "core/object/operations.h"
#include "core/types/bytes_internal.h"
#include "core/types/codec.h"
#include "core/types/slice.h"
#include "core/types/str.h"

static bool is_lower(uint8_t byte) { return (uint8_t)(byte - 'a') < 26; }
static bool is_upper(uint8_t byte) { return (uint8_t)(byte - 'A') < 26; }
static bool is_alpha(uint8_t byte) { return is_lower(byte) || is_upper(byte); }
static bool is_digit(uint8_t byte) { return (uint8_t)(byte - '0') < 10; }
static bool is_alnum(uint8_t byte) { return is_alpha(byte) || is_digit(byte); }
static bool is_space(uint8_t byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

static uint8_t to_lower(uint8_t byte) { return is_upper(byte) ? byte | 32 : byte; }
static uint8_t to_upper(uint8_t byte) { return is_lower(byte) ? byte & ~32 : byte; }
static uint8_t to_other(uint8_t byte) { return is_alpha(byte) ? byte ^ 32 : byte; }

/* ---- Case ---- */

/* A byte mapped by what is before it in the same object. */
typedef uint8_t Mapping(const uint8_t *data, size_t i);

static uint8_t lower_at(const uint8_t *data, size_t i) { return to_lower(data[i]); }
static uint8_t upper_at(const uint8_t *data, size_t i) { return to_upper(data[i]); }
static uint8_t other_at(const uint8_t *data, size_t i) { return to_other(data[i]); }
static uint8_t capital_at(const uint8_t *data, size_t i) {
    return i ? to_lower(data[i]) : to_upper(data[i]);
}
static uint8_t title_at(const uint8_t *data, size_t i) {
    return i && is_alpha(data[i - 1]) ? to_lower(data[i]) : to_upper(data[i]);
}

static Object *mapped(Object *self, Mapping *map) {
    ByteView view;
    if (!byte_view(&view, self)) return NULL;
    Bytes *b = bytes_make(view.size);
    for (size_t i = 0; b && i < view.size; i++) b->data[i] = map(view.data, i);
    byte_view_end(&view);
    return bytes_turned(self, (Object *)b);
}

#define MAPPED(name, map)                                                                  \
    Object *name(Object *self, Object *const *arguments, size_t count) {                   \
        (void)arguments, (void)count;                                                      \
        return mapped(self, map);                                                          \
    }
MAPPED(bytes_lower, lower_at)
MAPPED(bytes_upper, upper_at)
MAPPED(bytes_swapcase, other_at)
MAPPED(bytes_capitalize, capital_at)
MAPPED(bytes_title, title_at)

/* ---- Tests ---- */

typedef bool Test(const uint8_t *data, size_t size);

static bool all_alnum(const uint8_t *data, size_t size) {
    while (size && is_alnum(data[size - 1])) size--;
    return !size;
}
static bool all_alpha(const uint8_t *data, size_t size) {
    while (size && is_alpha(data[size - 1])) size--;
    return !size;
}
static bool all_digit(const uint8_t *data, size_t size) {
    while (size && is_digit(data[size - 1])) size--;
    return !size;
}
static bool all_space(const uint8_t *data, size_t size) {
    while (size && is_space(data[size - 1])) size--;
    return !size;
}
static bool all_ascii(const uint8_t *data, size_t size) {
    while (size && data[size - 1] < 0x80) size--;
    return !size;
}
static bool all_lower(const uint8_t *data, size_t size) {
    bool found = false;
    for (; size && !is_upper(data[size - 1]); size--) found |= is_lower(data[size - 1]);
    return found && !size;
}
static bool all_upper(const uint8_t *data, size_t size) {
    bool found = false;
    for (; size && !is_lower(data[size - 1]); size--) found |= is_upper(data[size - 1]);
    return found && !size;
}
static bool is_title(const uint8_t *data, size_t size) {
    bool found = false;
    for (size_t i = 0; i < size; i++) {
        if (!is_alpha(data[i])) continue;
        if (is_upper(data[i]) == (i && is_alpha(data[i - 1]))) return false;
        found = true;
    }
    return found;
}

static Object *tested(Object *self, Test *test, bool when_empty) {
    ByteView view;
    if (!byte_view(&view, self)) return NULL;
    bool answer = view.size ? test(view.data, view.size) : when_empty;
    byte_view_end(&view);
    return gilt_bool(answer);
}

#define TESTED(name, test, when_empty)                                                     \
    Object *name(Object *self, Object *const *arguments, size_t count) {                   \
        (void)arguments, (void)count;                                                      \
        return tested(self, test, when_empty);                                             \
    }
TESTED(bytes_isalnum, all_alnum, false)
TESTED(bytes_isalpha, all_alpha, false)
TESTED(bytes_isascii, all_ascii, true)
TESTED(bytes_isdigit, all_digit, false)
TESTED(bytes_islower, all_lower, false)
TESTED(bytes_isspace, all_space, false)
TESTED(bytes_istitle, is_title, false)
TESTED(bytes_isupper, all_upper, false)

/* ---- Columns ---- */

typedef enum Side { CENTER, LEFT, RIGHT } Side;

static Object *padded(Object *self, Object *const *arguments, const char *name, Side side) {
    ByteView view;
    ssize_t width;
    int fill = ' ';
    if (!index_argument(arguments[0], &width)) return NULL;
    if (arguments[1] && (fill = bytes_single(arguments[1])) < 0)
        return gilt_raise(GILT_TYPE_ERROR,
                          "%s() argument 2 must be a byte string of length 1, not %s", name,
                          argument_type(arguments[1]));
    if (!byte_view(&view, self)) return NULL;
    size_t size = view.size, room = width > (ssize_t)size ? (size_t)width - size : 0;
    size_t left = side == LEFT    ? 0
                  : side == RIGHT ? room
                                  : room / 2 + (room & (size_t)width & 1);
    Object *result = NULL;
    if (!room) {
        result = bytes_part(self, &view, 0, size);
    } else {
        Bytes *b = bytes_make(size + room);
        if (b) {
            memset(b->data, fill, left);
            memcpy(b->data + left, view.data, size);
            memset(b->data + left + size, fill, room - left);
        }
        result = bytes_turned(self, (Object *)b);
    }
    byte_view_end(&view);
    return result;
}

Object *bytes_center(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return padded(self, arguments, "center", CENTER);
}
Object *bytes_ljust(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return padded(self, arguments, "ljust", LEFT);
}
Object *bytes_rjust(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return padded(self, arguments, "rjust", RIGHT);
}

Object *bytes_zfill(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    ByteView view;
    ssize_t width;
    if (!index_argument(arguments[0], &width) || !byte_view(&view, self)) return NULL;
    size_t room = width > (ssize_t)view.size ? (size_t)width - view.size : 0;
    size_t sign = view.size && (*view.data == '+' || *view.data == '-');
    Bytes *b = bytes_make(view.size + room);
    if (b) {
        memcpy(b->data, view.data, sign);
        memset(b->data + sign, '0', room);
        memcpy(b->data + sign + room, view.data + sign, view.size - sign);
    }
    byte_view_end(&view);
    return bytes_turned(self, (Object *)b);
}

static void expand(StrBuilder *to, const ByteView *view, ssize_t size) {
    size_t column = 0;
    for (size_t i = 0; i < view->size; i++) {
        uint8_t byte = view->data[i];
        if (byte == '\t') {
            size_t room = size > 0 ? (size_t)size - column % (size_t)size : 0;
            builder_append_many(to, ' ', room);
            column += room;
        } else {
            builder_append_char(to, byte);
            column = byte == '\n' || byte == '\r' ? 0 : column + 1;
        }
    }
}

Object *bytes_expandtabs(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    ByteView view;
    ssize_t size = 8;
    if (!int_argument(arguments[0], &size) || !byte_view(&view, self)) return NULL;
    StrBuilder to;
    builder_init(&to);
    expand(&to, &view, size);
    byte_view_end(&view);
    Object *text = builder_finish(&to);
    if (!text) return NULL;
    Object *bytes = bytes_alike(self, ((Str *)text)->data, str_length(text));
    decref(text);
    return bytes;
}

/* ---- translate ---- */

static Object *translated(Object *self, const ByteView *view, const uint8_t *table,
                          const ByteView *none) {
    Bytes *draft = bytes_make(view->size);
    size_t used = 0;
    if (!draft) return NULL;
    for (size_t i = 0; i < view->size; i++)
        if (!memchr(none->data, view->data[i], none->size))
            draft->data[used++] = table ? table[view->data[i]] : view->data[i];
    if (used == view->size) return bytes_turned(self, &draft->head);
    Object *result = bytes_alike(self, draft->data, used);
    decref(&draft->head);
    return result;
}

Object *bytes_translate(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    ByteView view, table = {0}, none = {.data = (const uint8_t *)""};
    Object *result = NULL;
    if (!is_type(arguments[0], GILT_NONE) && !byte_view(&table, arguments[0])) return NULL;
    if (table.data && table.size != 256)
        gilt_raise(GILT_VALUE_ERROR, "translation table must be 256 characters long");
    else if ((!arguments[1] || byte_view(&none, arguments[1])) && byte_view(&view, self)) {
        result = translated(self, &view, table.data, &none);
        byte_view_end(&view);
    }
    byte_view_end(&table);
    byte_view_end(&none);
    return result;
}

Object *bytes_maketrans(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    ByteView from, to;
    Bytes *table = NULL;
    if (!byte_view(&from, arguments[0])) return NULL;
    if (byte_view(&to, arguments[1])) {
        if (from.size != to.size)
            gilt_raise(GILT_VALUE_ERROR, "maketrans arguments must have same length");
        else if ((table = bytes_make(256))) {
            for (int i = 0; i < 256; i++) table->data[i] = (uint8_t)i;
            for (size_t i = 0; i < from.size; i++) table->data[from.data[i]] = to.data[i];
        }
        byte_view_end(&to);
    }
    byte_view_end(&from);
    return (Object *)table;
}

/* ---- hex ---- */

/* The separator between groups of bytes; -1: none; -2: an exception. */
static int hex_separator(Object *o) {
    if (!o) return -1;
    ssize_t size = gilt_len(o);
    if (size < 0) return -2;
    if (size == 1 && !str_check(o) && !bytes_check(o)) {
        gilt_raise(GILT_TYPE_ERROR, "sep must be str or bytes.");
        return -2;
    }
    int point = size != 1 ? -1 : str_check(o) ? (int)str_at(o, 0) : bytes_single(o);
    if (size == 1 && point < 0x80) return point;
    gilt_raise(GILT_VALUE_ERROR,
               size != 1 ? "sep must be length 1." : "sep must be ASCII.");
    return -2;
}

/* Groups are counted from the right; if `group` is negative, from the left. */
static bool group_ends(size_t i, size_t size, ssize_t group) {
    size_t left = size - 1 - i;
    if (!left || !group) return false;
    return group > 0 ? left % (size_t)group == 0 : (i + 1) % (0 - (size_t)group) == 0;
}

Object *bytes_hex(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    static const char digits[] = "0123456789abcdef";
    ssize_t group = 1;
    int separator = hex_separator(arguments[0]);
    ByteView view;
    if (separator == -2 || !index_argument(arguments[1], &group)) return NULL;
    if (separator < 0) group = 0;
    if (!byte_view(&view, self)) return NULL;
    StrBuilder text;
    builder_init(&text);
    for (size_t i = 0; i < view.size; i++) {
        char three[] = {digits[view.data[i] >> 4], digits[view.data[i] & 15],
                        (char)separator};
        builder_append_ascii(&text, three, group_ends(i, view.size, group) ? 3 : 2);
    }
    byte_view_end(&view);
    return builder_finish(&text);
}

static int hex_digit(uint32_t point) {
    if (point - '0' < 10u) return (int)(point - '0');
    return (point | 32) - 'a' < 6u ? (int)((point | 32) - 'a') + 10 : -1;
}

/* The bytes that the text says, -1 where it is wrong; *wrong is where. */
static ssize_t read_hex(Object *text, uint8_t *to, size_t *wrong) {
    size_t length = str_length(text), used = 0;
    for (size_t i = 0; i < length; i++) {
        uint32_t point = str_at(text, i);
        if (point < 0x80 && is_space((uint8_t)point)) continue;
        int high = hex_digit(point),
            low = i + 1 < length ? hex_digit(str_at(text, i + 1)) : -1;
        *wrong = high < 0 ? i : i + 1;
        if (high < 0 || low < 0) return -1;
        to[used++] = (uint8_t)(high << 4 | low);
        i++;
    }
    return (ssize_t)used;
}

Object *bytes_fromhex(Object *class, Object *const *arguments, size_t count) {
    (void)count;
    Object *text = arguments[0];
    size_t wrong = 0;
    if (!str_check(text))
        return gilt_raise(GILT_TYPE_ERROR, "fromhex() argument must be str, not %s",
                          argument_type(text));
    Bytes *draft = bytes_make(str_length(text) / 2 + 1);
    if (!draft) return NULL;
    ssize_t size = read_hex(text, draft->data, &wrong);
    Object *bytes = size < 0 ? gilt_raise(GILT_VALUE_ERROR,
                                          "non-hexadecimal number found in fromhex() arg "
                                          "at position %zu",
                                          wrong)
                             : gilt_bytes_new(draft->data, (size_t)size);
    decref(&draft->head);
    if (!bytes || class == &types[GILT_BYTES].head) return bytes;
    Object *result = gilt_call(class, &bytes, 1);
    decref(bytes);
    return result;
}

Object *bytes_decode(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    for (int i = 0; i < 2; i++)
        if (arguments[i] && !str_check(arguments[i]))
            return gilt_raise(GILT_TYPE_ERROR, "decode() argument '%s' must be str, not %s",
                              i ? "errors" : "encoding", argument_type(arguments[i]));
    return codec_decode(self, arguments[0], arguments[1]);
}
