/* file_text.c: text files: what is read and written of a Stream is decoded and encoded
 * here.
 *
 * Ends of lines are looked for in the bytes, so encodings are those in which the bytes of
 * ASCII mean ASCII wherever they are. A part of the buffer is decoded only up to the end of
 * a character; what is not text there is an error of the codec's. */
#include "core/object/attributes.h"
#include "core/object/error.h"
#include "core/object/iterate.h"
#include "core/object/native.h"
#include "core/types/codec.h"
#include "core/types/fields.h"
#include "core/types/file.h"
#include "core/types/bytes.h"
#include "core/types/str.h"
#include "core/types/text.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char closed_text[] = "I/O operation on closed file.";

static Stream *stream(const TextFile *f) { return (Stream *)field_get(&f->stream); }

/* ---- Making ---- */

static bool is_one_of(const char *name, const char *const *names) {
    for (; *names; names++)
        if (!strcasecmp(name, *names)) return true;
    return false;
}

Object *text_file_new(Stream *s, Object *encoding, Object *errors, NewlineRule rule,
                      bool line_buffered) {
    static const char *const utf8[] = {"utf-8", "utf8", "utf_8", "u8", NULL};
    static const char *const wide[] = {"utf-16",    "utf16",     "utf-32",
                                       "utf32",     "utf-16-le", "utf-16-be",
                                       "utf-32-le", "utf-32-be", NULL};
    Object *checked = NULL;
    TextFile *f = NULL;
    Text name = str_text(encoding);
    if (is_one_of(name.bytes, wide))
        gilt_raise(GILT_LOOKUP_ERROR, "text files in '%s' are not supported", name.bytes);
    else if ((checked = codec_encode(str_empty(), encoding, errors)))
        f = (TextFile *)object_new(TYPE_TEXT_FILE, MEMORY_CONTAINER, sizeof *f);
    decref_maybe(checked);
    if (!f) {
        decref(&s->head);
        return NULL;
    }
    field_init(&f->stream, &s->head);
    field_init(&f->encoding, incref(encoding));
    field_init(&f->errors, incref(errors));
    f->rule = (uint8_t)rule;
    f->is_utf8 = is_one_of(name.bytes, utf8);
    f->is_strict = !strcmp(str_text(errors).bytes, "strict");
    atomic_init(&f->line_buffered, line_buffered);
    return &f->head;
}

/* ---- Decoding ---- */

static Object *decode_slowly(TextFile *f, const uint8_t *data, size_t size) {
    Object *bytes = gilt_bytes_new(data, size);
    Object *text =
        bytes ? codec_decode(bytes, field_get(&f->encoding), field_get(&f->errors)) : NULL;
    decref_maybe(bytes);
    return text;
}

static Object *decode(TextFile *f, const uint8_t *data, size_t size) {
    Utf8Scan scan;
    if (f->is_utf8 && utf8_scan(data, size, &scan))
        return gilt_str_new((const char *)data, size);
    return decode_slowly(f, data, size);
}

/* \r\n and \r become \n. */
static size_t translate(uint8_t *to, const uint8_t *data, size_t size) {
    size_t used = 0;
    for (size_t i = 0; i < size; i++) {
        bool cr = data[i] == '\r';
        to[used++] = cr ? '\n' : data[i];
        if (cr && i + 1 < size && data[i + 1] == '\n') i++;
    }
    return used;
}

static Object *decode_lines(TextFile *f, const uint8_t *data, size_t size) {
    if (f->rule != NEWLINE_ANY || !memchr(data, '\r', size)) return decode(f, data, size);
    uint8_t *translated = malloc(size);
    if (!translated) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    Object *text = decode(f, translated, translate(translated, data, size));
    free(translated);
    return text;
}

/* ---- Reading ---- */

static bool enter_reading(Stream *s) {
    if (!s->readable && !stream_is_closed(s)) return stream_unsupported("not readable");
    if (!stream_enter(s, closed_text)) return false;
    if (stream_begin_reading(s)) return true;
    stream_leave(s);
    return false;
}

/* Ends the reading with the next bytes as text. They are taken even if they are none. */
static Object *leave_with(TextFile *f, Stream *s, bool well, size_t bytes) {
    Object *text = NULL;
    if (well && !bytes) text = incref(str_empty());
    if (well && bytes) {
        text = decode_lines(f, s->data + s->at, bytes);
        s->at += bytes;
    }
    stream_relax(s);
    stream_leave(s);
    return text;
}

/* How many bytes the character at `data` has, of `size` that are there: 0 if it may be
 * more.
 */
static size_t point_bytes(const TextFile *f, const uint8_t *data, size_t size) {
    if (data[0] == '\r' && f->rule == NEWLINE_ANY)
        return size < 2 ? 0 : 1 + (data[1] == '\n');
    if (!f->is_utf8 || data[0] < 0xC0) return 1;
    size_t bytes = data[0] < 0xE0 ? 2 : data[0] < 0xF0 ? 3 : 4;
    return bytes <= size ? bytes : 0;
}

/* Goes on to where the next `wanted` characters end: *at counts bytes from where the stream
 * stands, *seen characters up to there. false: there are not enough yet. */
static bool count_points(const TextFile *f, const Stream *s, size_t wanted, size_t *at,
                         size_t *seen) {
    size_t size = s->end - s->at;
    while (*seen < wanted) {
        size_t bytes = *at < size ? point_bytes(f, s->data + s->at + *at, size - *at) : 0;
        if (!bytes) return false;
        *at += bytes;
        ++*seen;
    }
    return true;
}

static Object *read_text(TextFile *f, size_t wanted) {
    Stream *s = stream(f);
    if (!enter_reading(s)) return NULL;
    size_t at = 0, seen = 0;
    int more = 1;
    while (more > 0 && !count_points(f, s, wanted, &at, &seen)) more = stream_fill(s);
    if (!more) at = s->end - s->at;
    return leave_with(f, s, more >= 0, at);
}

static Object *text_read(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    TextFile *f = (TextFile *)self;
    Stream *s = stream(f);
    size_t size;
    if (!file_size_argument(arguments[0], &size)) return NULL;
    if (size != SIZE_MAX) return read_text(f, size);
    if (!enter_reading(s)) return NULL;
    bool well = stream_want(s, SIZE_MAX);
    return leave_with(f, s, well, s->end - s->at);
}

static Object *read_line(TextFile *f) {
    Stream *s = stream(f);
    if (!enter_reading(s)) return NULL;
    ssize_t bytes = stream_line(s, f->rule, SIZE_MAX);
    return leave_with(f, s, bytes >= 0, bytes < 0 ? 0 : (size_t)bytes);
}

/* A line of at most `limit` characters: the rest is read again. */
static Object *read_line_of(TextFile *f, size_t limit) {
    Stream *s = stream(f);
    if (!enter_reading(s)) return NULL;
    ssize_t bytes = limit ? stream_line(s, f->rule, SIZE_MAX) : 0;
    size_t at = 0, seen = 0;
    if (bytes > 0 && (!count_points(f, s, limit, &at, &seen) || at > (size_t)bytes))
        at = (size_t)bytes;
    return leave_with(f, s, bytes >= 0, at);
}

static Object *text_readline(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    size_t limit;
    if (!file_size_argument(arguments[0], &limit)) return NULL;
    TextFile *f = (TextFile *)self;
    return limit == SIZE_MAX ? read_line(f) : read_line_of(f, limit);
}

static Object *text_next(Object *self) {
    Object *line = read_line((TextFile *)self);
    if (!line || str_length(line)) return line;
    decref(line);
    return NULL;
}

static Object *text_iterate(Object *self) {
    if (!stream_is_closed(stream_of(self))) return incref(self);
    return gilt_raise(GILT_VALUE_ERROR, "%s", closed_text);
}

static Object *text_readlines(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    size_t hint, total = 0;
    if (!file_size_argument(arguments[0], &hint)) return NULL;
    if (!hint) hint = SIZE_MAX;
    Object *list = gilt_list_new(NULL, 0), *line;
    while (list && total <= hint && (line = text_next(self))) {
        total += str_length(line);
        bool well = gilt_list_append(list, line);
        decref(line);
        if (!well) break;
    }
    if (list && !gilt_error()) return list;
    decref_maybe(list);
    return NULL;
}

/* ---- Writing ---- */

static bool put_lines(Stream *s, const uint8_t *data, size_t size, const char *newline) {
    const uint8_t *lf;
    while ((lf = memchr(data, '\n', size))) {
        size_t part = (size_t)(lf - data);
        if (!stream_put(s, data, part) ||
            !stream_put(s, (const uint8_t *)newline, strlen(newline)))
            return false;
        data += part + 1;
        size -= part + 1;
    }
    return stream_put(s, data, size);
}

/* After reading without a seek, text goes behind what was read ahead, as in CPython. */
static bool put(TextFile *f, const uint8_t *data, size_t size) {
    Stream *s = stream(f);
    if (!stream_enter(s, closed_text)) return false;
    if (!s->writing) s->at = s->end = 0;
    bool well = f->rule == NEWLINE_CR     ? put_lines(s, data, size, "\r")
                : f->rule == NEWLINE_CRLF ? put_lines(s, data, size, "\r\n")
                                          : stream_put(s, data, size);
    if (well && atomic_load_explicit(&f->line_buffered, memory_order_relaxed) &&
        (memchr(data, '\n', size) || memchr(data, '\r', size)))
        well = stream_flush(s);
    stream_leave(s);
    return well;
}

static bool write_text(Object *str, void *file) {
    TextFile *f = file;
    if (!is_kind(str, GILT_STR))
        return gilt_raise(GILT_TYPE_ERROR, "write() argument must be str, not %s",
                          type_of(str)->name),
               false;
    if (str_kind(str) == STR_ASCII) return put(f, ((Str *)str)->data, str_length(str));
    Object *bytes = codec_encode(str, field_get(&f->encoding), field_get(&f->errors));
    if (!bytes) return false;
    bool well = put(f, ((Bytes *)bytes)->data, ((Bytes *)bytes)->size);
    decref(bytes);
    return well;
}

static Object *text_write(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Stream *s = stream_of(self);
    if (!s->writable && !stream_is_closed(s)) return stream_unsupported("not writable");
    if (!write_text(arguments[0], self)) return NULL;
    return gilt_int((int64_t)str_length(arguments[0]));
}

static Object *text_writelines(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Stream *s = stream_of(self);
    if (!s->writable && !stream_is_closed(s)) return stream_unsupported("not writable");
    return iterate_each(arguments[0], write_text, self) ? gilt_none() : NULL;
}

/* ---- Moving; what the file is ---- */

static Object *text_seek(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    int64_t offset, whence = 0;
    if (!gilt_int_value(arguments[0], &offset)) return NULL;
    if (arguments[1] && !gilt_int_value(arguments[1], &whence)) return NULL;
    if (whence < 0 || whence > 2)
        return gilt_raise(GILT_VALUE_ERROR, "invalid whence (%lld, should be 0, 1 or 2)",
                          (long long)whence);
    if (whence == 1 && offset)
        return stream_unsupported("can't do nonzero cur-relative seeks");
    if (whence == 2 && offset)
        return stream_unsupported("can't do nonzero end-relative seeks");
    if (whence == 0 && offset < 0)
        return gilt_raise(GILT_VALUE_ERROR, "negative seek position %lld",
                          (long long)offset);
    Stream *s = stream_of(self);
    if (!stream_enter(s, closed_text)) return NULL;
    int64_t at = stream_seek(s, offset, (int)whence);
    stream_leave(s);
    return at < 0 ? NULL : gilt_int(at);
}

static Object *text_encoding(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(field_get(&((TextFile *)self)->encoding));
}

static Object *text_errors(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(field_get(&((TextFile *)self)->errors));
}

static Object *text_buffer(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(field_get(&((TextFile *)self)->stream));
}

static Object *text_line_buffering(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_bool(
        atomic_load_explicit(&((TextFile *)self)->line_buffered, memory_order_relaxed));
}

/* Only line_buffering can be changed; the rest must be as it is. */
static Object *text_reconfigure(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    if (arguments[0] && !is_type(arguments[0], GILT_NONE)) {
        int on = gilt_true(arguments[0]);
        if (on < 0) return NULL;
        atomic_store_explicit(&((TextFile *)self)->line_buffered, on, memory_order_relaxed);
    }
    return file_flush(self, NULL, 0);
}

static Object *text_repr(Object *self) {
    Stream *s = stream_of(self);
    Object *name = gilt_repr(field_get(&s->name));
    char *utf8 = name ? gilt_str_utf8(name, NULL) : NULL;
    Object *text = NULL;
    if (utf8)
        text = gilt_str_format("<_io.TextIOWrapper name=%s mode='%s' encoding='%s'>", utf8,
                               s->mode,
                               str_text(field_get(&((TextFile *)self)->encoding)).bytes);
    free(utf8);
    decref_maybe(name);
    return text;
}

static const Native text_methods[] = {
    {"read(size=, /)", text_read},
    {"readline(size=, /)", text_readline},
    {"readlines(hint=, /)", text_readlines},
    {"write(text, /)", text_write},
    {"writelines(lines, /)", text_writelines},
    {"seek(cookie, whence=, /)", text_seek},
    {"get encoding", text_encoding},
    {"get errors", text_errors},
    {"get buffer", text_buffer},
    {"get line_buffering", text_line_buffering},
    {"reconfigure(*, line_buffering=, encoding=, errors=, newline=, write_through=)",
     text_reconfigure},
    FILE_METHODS,
    {0}};

FIELDS(text_file, TextFile, stream, 3)

const TypeOps text_file_ops = {FIELDS_OPS(text_file), .hash = hash_by_address,
                               .repr = text_repr,     .iterate = text_iterate,
                               .next = text_next,     .methods = text_methods};
