/* exception_family.c: the attributes that some exceptions have, what sets them, and what
 * they say. One row of `families` for each; built-in exceptions without a row are as the
 * nearest base that has one.
 *
 * The args of a UnicodeDecodeError and its like that C code raised with a message are just
 * that message, and its attributes None. */
#include "core/object/error.h"
#include "core/object/iterate.h"
#include "core/object/native.h"
#include "core/types/bytes.h"
#include "core/types/exception.h"
#include "core/types/int.h"
#include "core/types/str.h"
#include "core/types/text.h"
#include "core/types/tuple.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef bool Fill(Object *o, Object *const *arguments, size_t count, Object *names);

#define FIELDS_MAX 8
typedef struct Family {
    uint32_t type;
    uint8_t count;
    uint8_t fields[FIELDS_MAX]; /* in order, behind those that are common */
    Fill *fill;
    Object *(*str)(Object *);
} Family;

static const char *const field_names[] = {
#define X(NAME, name) [EXCEPTION_##NAME] = #name,
    EXCEPTION_FIELDS_EACH(X)
#undef X
};

/* ---- Parts ---- */

static bool is_none(const Object *o) { return is_type(o, GILT_NONE); }

/* Puts the arguments into fields one by one. */
static void put_all(Object *o, const uint8_t *fields, Object *const *values, size_t count) {
    for (size_t i = 0; i < count; i++) exception_put(o, fields[i], values[i]);
}

/* A builder gets the str of an attribute, or its repr. */
static void append(StrBuilder *b, Object *o, ExceptionField name, bool repr) {
    Object *value = exception_get(o, name);
    Object *text = repr ? gilt_repr(value) : gilt_str(value);
    if (text)
        builder_append_str(b, text);
    else
        b->state = BUILDER_RAISED;
    decref_maybe(text);
    decref(value);
}

static bool has(Object *o, ExceptionField name) {
    Object *value = exception_get(o, name);
    bool something = !is_none(value);
    decref(value);
    return something;
}

/* ---- Keywords ---- */

static bool no_keywords(Object *o, Object *names) {
    if (!names || !((Tuple *)names)->size) return true;
    gilt_raise(GILT_TYPE_ERROR, "%s() takes no keyword arguments", type_of(o)->name);
    return false;
}

/* Keywords that the family `whose` knows become attributes; the others are None. */
static bool put_keywords(Object *o, const char *whose, const uint8_t *known, size_t count,
                         Object *const *values, const Tuple *names) {
    for (size_t i = 0; i < count; i++) exception_put(o, known[i], NULL);
    for (size_t i = 0; names && i < names->size; i++) {
        Text name = str_text(names->items[i]);
        size_t k = 0;
        while (k < count && strcmp(field_names[known[k]], name.bytes)) k++;
        if (k == count)
            return gilt_raise(GILT_TYPE_ERROR,
                              "'%s' is an invalid keyword argument for %s()", name.bytes,
                              whose),
                   false;
        exception_put(o, known[k], values[i]);
    }
    return true;
}

/* ---- StopIteration, SystemExit, ImportError, NameError, AttributeError ---- */

static bool fill_value(Object *o, Object *const *arguments, size_t count, Object *names) {
    if (!no_keywords(o, names)) return false;
    exception_put(o, EXCEPTION_VALUE, count ? arguments[0] : NULL);
    return true;
}

static bool fill_code(Object *o, Object *const *arguments, size_t count, Object *names) {
    if (!no_keywords(o, names)) return false;
    Object *all = count > 1 ? gilt_tuple_new(arguments, count) : NULL;
    if (count > 1 && !all) return false;
    exception_put(o, EXCEPTION_CODE, count == 1 ? arguments[0] : all);
    decref_maybe(all);
    return true;
}

static bool fill_import(Object *o, Object *const *arguments, size_t count, Object *names) {
    const uint8_t known[] = {EXCEPTION_NAME, EXCEPTION_PATH};
    exception_put(o, EXCEPTION_MSG, count == 1 ? arguments[0] : NULL);
    return put_keywords(o, "ImportError", known, 2, arguments + count, (Tuple *)names);
}

/* The message, if it is a str; else what others say. */
static Object *import_str(Object *o) {
    Object *msg = exception_get(o, EXCEPTION_MSG);
    if (is_type(msg, GILT_STR)) return msg;
    decref(msg);
    return NULL;
}

static bool fill_name(Object *o, Object *const *arguments, size_t count, Object *names) {
    const uint8_t known[] = {EXCEPTION_NAME};
    return put_keywords(o, "NameError", known, 1, arguments + count, (Tuple *)names);
}

static bool fill_attribute(Object *o, Object *const *arguments, size_t count,
                           Object *names) {
    const uint8_t known[] = {EXCEPTION_NAME, EXCEPTION_OBJ};
    return put_keywords(o, "AttributeError", known, 2, arguments + count, (Tuple *)names);
}

/* ---- OSError ---- */

static const struct {
    int number;
    uint32_t type;
} os_types[] = {
    {EAGAIN, TYPE_BLOCKING_IO_ERROR},
    {EALREADY, TYPE_BLOCKING_IO_ERROR},
    {EINPROGRESS, TYPE_BLOCKING_IO_ERROR},
    {EPIPE, TYPE_BROKEN_PIPE_ERROR},
    {ESHUTDOWN, TYPE_BROKEN_PIPE_ERROR},
    {ECHILD, TYPE_CHILD_PROCESS_ERROR},
    {ECONNABORTED, TYPE_CONNECTION_ABORTED_ERROR},
    {ECONNREFUSED, TYPE_CONNECTION_REFUSED_ERROR},
    {ECONNRESET, TYPE_CONNECTION_RESET_ERROR},
    {EEXIST, TYPE_FILE_EXISTS_ERROR},
    {ENOENT, TYPE_FILE_NOT_FOUND_ERROR},
    {EISDIR, TYPE_IS_A_DIRECTORY_ERROR},
    {ENOTDIR, TYPE_NOT_A_DIRECTORY_ERROR},
    {EINTR, TYPE_INTERRUPTED_ERROR},
    {EACCES, TYPE_PERMISSION_ERROR},
    {EPERM, TYPE_PERMISSION_ERROR},
    {ESRCH, TYPE_PROCESS_LOOKUP_ERROR},
    {ETIMEDOUT, TYPE_TIMEOUT_ERROR},
};

static bool is_os_call(size_t count) { return count >= 2 && count <= 5; }

Type *exception_os_type(Object *const *arguments, size_t count) {
    bool number =
        is_os_call(count) && is_type(arguments[0], GILT_INT) && !int_is_big(arguments[0]);
    for (size_t i = 0; number && i < sizeof os_types / sizeof *os_types; i++)
        if (os_types[i].number == int_small(arguments[0])) return &types[os_types[i].type];
    return &types[GILT_OS_ERROR];
}

/* errno, strerror, filename, an error number of Windows, filename2. With a filename, args
 * keeps the first two only. */
static bool fill_os(Object *o, Object *const *arguments, size_t count, Object *names) {
    if (!no_keywords(o, names)) return false;
    if (!is_os_call(count)) return true;
    const uint8_t known[] = {EXCEPTION_ERRNO, EXCEPTION_STRERROR, EXCEPTION_FILENAME};
    put_all(o, known, arguments, count > 2 ? 3 : 2);
    if (count == 5) exception_put(o, EXCEPTION_FILENAME2, arguments[4]);
    if (count == 2 || is_none(arguments[2])) return true;
    Object *two = gilt_tuple_new(arguments, 2);
    if (!two) return false;
    exception_put(o, EXCEPTION_ARGS, two);
    decref(two);
    return true;
}

static Object *os_str(Object *o) {
    bool file = has(o, EXCEPTION_FILENAME);
    if (!file && !(has(o, EXCEPTION_ERRNO) && has(o, EXCEPTION_STRERROR))) return NULL;
    StrBuilder b;
    builder_init(&b);
    builder_append_utf8(&b, "[Errno ");
    append(&b, o, EXCEPTION_ERRNO, false);
    builder_append_utf8(&b, "] ");
    append(&b, o, EXCEPTION_STRERROR, false);
    if (file) builder_append_utf8(&b, ": ");
    if (file) append(&b, o, EXCEPTION_FILENAME, true);
    if (file && has(o, EXCEPTION_FILENAME2)) {
        builder_append_utf8(&b, " -> ");
        append(&b, o, EXCEPTION_FILENAME2, true);
    }
    return builder_finish(&b);
}

/* ---- SyntaxError ---- */

/* (filename, lineno, offset, text, end_lineno, end_offset); the last two may be missing. */
static bool put_details(Object *o, const Tuple *details) {
    static const uint8_t known[] = {EXCEPTION_FILENAME,   EXCEPTION_LINENO,
                                    EXCEPTION_OFFSET,     EXCEPTION_TEXT,
                                    EXCEPTION_END_LINENO, EXCEPTION_END_OFFSET};
    size_t n = details->size;
    if (n < 4 || n > 6)
        return gilt_raise(GILT_TYPE_ERROR, "function takes at %s %d arguments (%zu given)",
                          n < 4 ? "least" : "most", n < 4 ? 4 : 6, n),
               false;
    if (n == 5)
        return gilt_raise(GILT_TYPE_ERROR,
                          "end_offset must be provided when end_lineno is provided"),
               false;
    put_all(o, known, details->items, n);
    return true;
}

static bool fill_syntax(Object *o, Object *const *arguments, size_t count, Object *names) {
    if (!no_keywords(o, names)) return false;
    if (count) exception_put(o, EXCEPTION_MSG, arguments[0]);
    if (count != 2) return true;
    Object *details = tuple_of(arguments[1]);
    bool well = details && put_details(o, (Tuple *)details);
    decref_maybe(details);
    return well;
}

static void append_base_name(StrBuilder *b, Object *filename) {
    char *path = gilt_str_utf8(filename, NULL);
    const char *slash = path ? strrchr(path, '/') : NULL;
    if (path)
        builder_append_utf8(b, slash ? slash + 1 : path);
    else
        b->state = BUILDER_RAISED;
    free(path);
}

static Object *syntax_str(Object *o) {
    Object *filename = exception_get(o, EXCEPTION_FILENAME);
    Object *line = exception_get(o, EXCEPTION_LINENO);
    bool file = is_kind(filename, GILT_STR), number = is_type(line, GILT_INT);
    StrBuilder b;
    builder_init(&b);
    append(&b, o, EXCEPTION_MSG, false);
    if (file || number) builder_append_utf8(&b, " (");
    if (file) append_base_name(&b, filename);
    if (number) builder_append_utf8(&b, file ? ", line " : "line ");
    if (number) append(&b, o, EXCEPTION_LINENO, false);
    if (file || number) builder_append_utf8(&b, ")");
    decref(filename);
    decref(line);
    return builder_finish(&b);
}

/* ---- UnicodeError ---- */

/* What each argument must be: s str, b bytes, i int. */
static bool fill_unicode(Object *o, const uint8_t *known, const char *kinds,
                         Object *const *arguments, size_t count, Object *names) {
    if (!no_keywords(o, names)) return false;
    size_t wanted = strlen(kinds);
    if (count != wanted)
        return gilt_raise(GILT_TYPE_ERROR,
                          "function takes exactly %zu arguments (%zu given)", wanted,
                          count),
               false;
    for (size_t i = 0; i < count; i++) {
        Object *a = arguments[i];
        bool fits = kinds[i] == 's'   ? is_kind(a, GILT_STR)
                    : kinds[i] == 'i' ? is_kind(a, GILT_INT)
                                      : is_kind(a, GILT_BYTES) || a->type == TYPE_BYTEARRAY;
        if (fits) continue;
        if (kinds[i] == 'i')
            return gilt_raise(GILT_TYPE_ERROR,
                              "'%s' object cannot be interpreted as an integer",
                              type_of(a)->name),
                   false;
        if (kinds[i] == 'b')
            return gilt_raise(GILT_TYPE_ERROR, "a bytes-like object is required, not '%s'",
                              type_of(a)->name),
                   false;
        return gilt_raise(GILT_TYPE_ERROR, "argument %zu must be str, not %s", i + 1,
                          type_of(a)->name),
               false;
    }
    put_all(o, known, arguments, count);
    return true;
}

#define UNICODE_NAMES                                                                      \
    {                                                                                      \
        EXCEPTION_ENCODING, EXCEPTION_OBJECT, EXCEPTION_START, EXCEPTION_END,              \
            EXCEPTION_REASON                                                               \
    }
static const uint8_t unicode_names[] = UNICODE_NAMES;

static bool fill_decode(Object *o, Object *const *arguments, size_t count, Object *names) {
    return fill_unicode(o, unicode_names, "sbiis", arguments, count, names);
}
static bool fill_encode(Object *o, Object *const *arguments, size_t count, Object *names) {
    return fill_unicode(o, unicode_names, "ssiis", arguments, count, names);
}
static bool fill_translate(Object *o, Object *const *arguments, size_t count,
                           Object *names) {
    return fill_unicode(o, unicode_names + 1, "siis", arguments, count, names);
}

static int64_t number_of(Object *o, ExceptionField name) {
    Object *value = exception_get(o, name);
    int64_t n = 0;
    if (!is_kind(value, GILT_INT) || !gilt_int_value(value, &n)) gilt_error_clear();
    decref(value);
    return n;
}

/* "byte 0xff" or "character '\xff'" at the start, if it is just one; false: not one. */
static bool describe_one(Object *object, int64_t start, int64_t end, char *text,
                         size_t room) {
    if (start < 0 || end != start + 1) return false;
    if (is_kind(object, GILT_STR)) {
        if ((uint64_t)start >= str_length(object)) return false;
        uint32_t c = str_at(object, (size_t)start);
        const char *format = c < 0x100     ? "character '\\x%02x'"
                             : c < 0x10000 ? "character '\\u%04x'"
                                           : "character '\\U%08x'";
        snprintf(text, room, format, c);
        return true;
    }
    if (!is_kind(object, GILT_BYTES)) return false;
    const Bytes *bytes = (const Bytes *)object;
    if ((uint64_t)start >= bytes->size) return false;
    snprintf(text, room, "byte 0x%02x", bytes->data[start]);
    return true;
}

static Object *unicode_str(Object *o) {
    Object *object = exception_get(o, EXCEPTION_OBJECT);
    if (is_none(object)) return NULL;
    bool decode = is_kind(o, GILT_UNICODE_DECODE_ERROR);
    bool translate = is_kind(o, TYPE_UNICODE_TRANSLATE_ERROR);
    int64_t start = number_of(o, EXCEPTION_START), end = number_of(o, EXCEPTION_END);
    char what[64], where[128];
    if (describe_one(object, start, end, what, sizeof what))
        snprintf(where, sizeof where, "%s in position %lld: ", what, (long long)start);
    else
        snprintf(where, sizeof where,
                 "%s in position %lld-%lld: ", decode ? "bytes" : "characters",
                 (long long)start, (long long)(end - 1));
    decref(object);
    StrBuilder b;
    builder_init(&b);
    if (!translate) {
        builder_append_utf8(&b, "'");
        append(&b, o, EXCEPTION_ENCODING, false);
        builder_append_utf8(&b, decode ? "' codec can't decode " : "' codec can't encode ");
    } else {
        builder_append_utf8(&b, "can't translate ");
    }
    builder_append_utf8(&b, where);
    append(&b, o, EXCEPTION_REASON, false);
    return builder_finish(&b);
}

/* ---- The table ---- */

static const Family families[] = {
    {GILT_BASE_EXCEPTION, 0, {0}, NULL, NULL},
    {GILT_STOP_ITERATION, 1, {EXCEPTION_VALUE}, fill_value, NULL},
    {GILT_SYSTEM_EXIT, 1, {EXCEPTION_CODE}, fill_code, NULL},
    {GILT_OS_ERROR,
     4,
     {EXCEPTION_ERRNO, EXCEPTION_STRERROR, EXCEPTION_FILENAME, EXCEPTION_FILENAME2},
     fill_os,
     os_str},
    {GILT_SYNTAX_ERROR,
     8,
     {EXCEPTION_MSG, EXCEPTION_FILENAME, EXCEPTION_LINENO, EXCEPTION_OFFSET, EXCEPTION_TEXT,
      EXCEPTION_END_LINENO, EXCEPTION_END_OFFSET, EXCEPTION_PRINT_FILE},
     fill_syntax,
     syntax_str},
    {GILT_IMPORT_ERROR,
     3,
     {EXCEPTION_MSG, EXCEPTION_NAME, EXCEPTION_PATH},
     fill_import,
     import_str},
    {GILT_NAME_ERROR, 1, {EXCEPTION_NAME}, fill_name, NULL},
    {GILT_ATTRIBUTE_ERROR, 2, {EXCEPTION_NAME, EXCEPTION_OBJ}, fill_attribute, NULL},
    {GILT_UNICODE_DECODE_ERROR, 5, UNICODE_NAMES, fill_decode, unicode_str},
    {GILT_UNICODE_ENCODE_ERROR, 5, UNICODE_NAMES, fill_encode, unicode_str},
    {TYPE_UNICODE_TRANSLATE_ERROR,
     4,
     {EXCEPTION_OBJECT, EXCEPTION_START, EXCEPTION_END, EXCEPTION_REASON},
     fill_translate,
     unicode_str},
    {TYPE_BASE_EXCEPTION_GROUP,
     2,
     {EXCEPTION_MESSAGE, EXCEPTION_EXCEPTIONS},
     NULL,
     exception_group_str},
};

#define FAMILIES (sizeof families / sizeof *families)

/* The row of each built-in exception. */
static uint8_t family_rows[BUILTIN_TYPES];

/* Whom a type inherits has a lower number, or is in the table itself. */
void families_start(void) {
    for (uint8_t i = 0; i < FAMILIES; i++) family_rows[families[i].type] = i;
    for (uint32_t type = GILT_BASE_EXCEPTION; type < BUILTIN_TYPES; type++)
        if ((flags_load(&types[type]) & TYPE_EXCEPTION) && !family_rows[type] &&
            types[type].base)
            family_rows[type] = family_rows[types[type].base->handle];
}

uint8_t family_of(const Type *type) {
    while (type->handle >= BUILTIN_TYPES) type = type->base;
    return family_rows[type->handle];
}

unsigned family_count(uint8_t family) { return EXCEPTION_COMMON + families[family].count; }

int family_place(uint8_t family, ExceptionField field) {
    const Family *row = &families[family];
    for (int i = 0; i < row->count; i++)
        if (row->fields[i] == field) return EXCEPTION_COMMON + i;
    return -1;
}

static const Family *row_of(Object *o) { return &families[((Exception *)o)->family]; }

bool exception_fill(Object *o, Object *const *arguments, size_t count, Object *names) {
    Fill *fill = row_of(o)->fill;
    return fill ? fill(o, arguments, count, names) : no_keywords(o, names);
}

bool exception_family_str(Object *o, Object **text) {
    if (!row_of(o)->str) return false;
    *text = row_of(o)->str(o);
    return *text || gilt_error();
}

/* ---- Descriptors ---- */

#define X(NAME, name)                                                                      \
    static Object *get_##name(Object *self, Object *const *arguments, size_t count) {      \
        (void)arguments, (void)count;                                                      \
        return exception_get(self, EXCEPTION_##NAME);                                      \
    }                                                                                      \
    static Object *set_##name(Object *self, Object *const *arguments, size_t count) {      \
        (void)count;                                                                       \
        return exception_put(self, EXCEPTION_##NAME, arguments[0]), gilt_none();           \
    }
EXCEPTION_FIELDS_EACH(X)
#undef X

static const Native field_rows[][3] = {
#define X(NAME, name)                                                                      \
    [EXCEPTION_##NAME] = {{"get " #name, get_##name}, {"set " #name, set_##name}, {0}},
    EXCEPTION_FIELDS_EACH(X)
#undef X
};

bool family_add_fields(Object *dict, Type *type) {
    const Family *row = &families[family_of(type)];
    if (row->type != type->handle) return true;
    for (int i = 0; i < row->count; i++)
        if (!natives_add(dict, field_rows[row->fields[i]], type, NULL)) return false;
    return true;
}
