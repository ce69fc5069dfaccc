/* file.c: what text and binary files share, and what only binary ones can do. */
#include "core/types/memory_view.h"
#include "core/types/file.h"
#include "core/object/attributes.h"
#include "core/object/error.h"
#include "core/object/iterate.h"
#include "core/object/native.h"
#include "core/types/bytes.h"
#include "core/types/fields.h"
#include "core/types/int.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char closed_text[] = "I/O operation on closed file";

Stream *stream_of(Object *file) {
    return file->type == TYPE_BINARY_FILE
               ? (Stream *)file
               : (Stream *)field_get(&((TextFile *)file)->stream);
}

Object *stream_unsupported(const char *what) {
    return gilt_raise((GiltType)TYPE_UNSUPPORTED_OPERATION, "%s", what);
}

/* Text files say it with a full stop. */
static const char *closed_of(Object *file) {
    return file->type == TYPE_BINARY_FILE ? closed_text : "I/O operation on closed file.";
}

bool file_size_argument(Object *argument, size_t *size) {
    int64_t n = -1;
    *size = SIZE_MAX;
    if (!argument || is_type(argument, GILT_NONE)) return true;
    if (!is_kind(argument, GILT_INT))
        return gilt_raise(GILT_TYPE_ERROR, "argument should be integer or None, not '%s'",
                          type_of(argument)->name),
               false;
    if (!gilt_int_value(argument, &n)) return false;
    if (n >= 0) *size = (size_t)n;
    return true;
}

/* ---- For both kinds ---- */

Object *file_fileno(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Stream *s = stream_of(self);
    if (stream_is_closed(s)) return gilt_raise(GILT_VALUE_ERROR, "%s", closed_text);
    return gilt_int(s->fd);
}

Object *file_isatty(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Stream *s = stream_of(self);
    if (stream_is_closed(s)) return gilt_raise(GILT_VALUE_ERROR, "%s", closed_text);
    return gilt_bool(isatty(s->fd));
}

Object *file_close(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return stream_close(stream_of(self)) ? gilt_none() : NULL;
}

Object *file_flush(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Stream *s = stream_of(self);
    if (!stream_enter(s, self->type == TYPE_BINARY_FILE ? "flush of closed file"
                                                        : closed_of(self)))
        return NULL;
    bool well = stream_flush(s);
    stream_leave(s);
    return well ? gilt_none() : NULL;
}

Object *file_closed(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_bool(stream_is_closed(stream_of(self)));
}

Object *file_name(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(field_get(&stream_of(self)->name));
}

/* Of text as it was given; of a binary "r+b" or "w+b" it is "rb+". */
Object *file_mode(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    const char *mode = stream_of(self)->mode;
    if (self->type != TYPE_BINARY_FILE) return gilt_str_from(mode);
    if (!strchr(mode, '+')) return gilt_str_format("%cb", mode[0]);
    return gilt_str_format("%cb+", mode[0] == 'w' ? 'r' : mode[0]);
}

Object *file_enter(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    if (!stream_is_closed(stream_of(self))) return incref(self);
    return gilt_raise(GILT_VALUE_ERROR, "%s", closed_of(self));
}

#define ABILITY(name, answer)                                                              \
    Object *name(Object *self, Object *const *arguments, size_t count) {                   \
        (void)arguments, (void)count;                                                      \
        Stream *s = stream_of(self);                                                       \
        if (stream_is_closed(s))                                                           \
            return gilt_raise(GILT_VALUE_ERROR, "%s", closed_of(self));                    \
        return gilt_bool(answer);                                                          \
    }
ABILITY(file_readable, s->readable)
ABILITY(file_writable, s->writable)
ABILITY(file_seekable, lseek(s->fd, 0, SEEK_CUR) >= 0)

Object *file_tell(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Stream *s = stream_of(self);
    if (!stream_enter(s, closed_of(self))) return NULL;
    int64_t at = stream_tell(s);
    stream_leave(s);
    return at < 0 ? NULL : gilt_int(at);
}

/* To where it stands, if no size is given. */
Object *file_truncate(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Stream *s = stream_of(self);
    int64_t size = -1;
    bool here = !arguments[0] || is_type(arguments[0], GILT_NONE);
    if (!here && !gilt_int_value(arguments[0], &size)) return NULL;
    if (!s->writable && !stream_is_closed(s)) return stream_unsupported("truncate");
    if (!stream_enter(s, closed_of(self))) return NULL;
    int64_t at = stream_tell(s);
    if (here) size = at;
    bool well = at >= 0;
    if (well && ftruncate(s->fd, size)) error_raise_os(errno, NULL, NULL), well = false;
    stream_leave(s);
    return well ? gilt_int(size) : NULL;
}

/* ---- Binary files: reading ---- */

static bool enter_reading(Stream *s, const char *what, const char *closed) {
    if (!s->readable && !stream_is_closed(s)) return stream_unsupported(what);
    if (!stream_enter(s, closed)) return false;
    if (stream_begin_reading(s)) return true;
    stream_leave(s);
    return false;
}

/* Ends the reading with the next `bytes` of what is there, or NULL. */
static Object *leave_with(Stream *s, bool well, size_t bytes) {
    size_t there = s->end - s->at;
    if (bytes > there) bytes = there;
    Object *made = well ? gilt_bytes_new(s->data ? s->data + s->at : NULL, bytes) : NULL;
    if (made) s->at += bytes;
    stream_relax(s);
    stream_leave(s);
    return made;
}

static Object *binary_read(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Stream *s = (Stream *)self;
    size_t size;
    if (!file_size_argument(arguments[0], &size)) return NULL;
    if (!enter_reading(s, "read", "read of closed file")) return NULL;
    return leave_with(s, stream_want(s, size), size);
}

/* With one system call at most. */
static Object *binary_read1(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Stream *s = (Stream *)self;
    size_t size;
    if (!file_size_argument(arguments[0], &size)) return NULL;
    if (!enter_reading(s, "read1", "read of closed file")) return NULL;
    bool well = !size || s->at < s->end || stream_fill(s) >= 0;
    return leave_with(s, well, size);
}

static Object *binary_peek(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Stream *s = (Stream *)self;
    if (!enter_reading(s, "peek", "peek of closed file")) return NULL;
    bool well = s->at < s->end || stream_fill(s) >= 0;
    Object *made =
        well ? gilt_bytes_new(s->data ? s->data + s->at : NULL, s->end - s->at) : NULL;
    stream_leave(s);
    return made;
}

static Object *read_line(Stream *s, size_t limit) {
    if (!enter_reading(s, "read", "readline of closed file")) return NULL;
    ssize_t bytes = limit ? stream_line(s, NEWLINE_LF, limit) : 0;
    return leave_with(s, bytes >= 0, (size_t)bytes);
}

static Object *binary_readline(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    size_t limit;
    if (!file_size_argument(arguments[0], &limit)) return NULL;
    return read_line((Stream *)self, limit);
}

static Object *binary_next(Object *self) {
    Object *line = read_line((Stream *)self, SIZE_MAX);
    if (!line || ((Bytes *)line)->size) return line;
    decref(line);
    return NULL;
}

static Object *binary_iterate(Object *self) {
    if (!stream_is_closed((Stream *)self)) return incref(self);
    return gilt_raise(GILT_VALUE_ERROR, "%s.", closed_text);
}

static Object *binary_readlines(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    size_t hint, total = 0;
    if (!file_size_argument(arguments[0], &hint)) return NULL;
    if (!hint) hint = SIZE_MAX;
    Object *list = gilt_list_new(NULL, 0), *line;
    while (list && total <= hint && (line = binary_next(self))) {
        total += ((Bytes *)line)->size;
        if (!gilt_list_append(list, line)) gilt_list_clear(list);
        decref(line);
        if (gilt_error()) break;
    }
    if (list && !gilt_error()) return list;
    decref_maybe(list);
    return NULL;
}

/* ---- Binary files: writing, and moving ---- */

static bool write_counted(Object *data, void *file, size_t *written) {
    Stream *s = file;
    ByteView view;
    if (!byte_view(&view, data)) return false;
    bool well = stream_enter(s, "write to closed file");
    if (well) {
        well = stream_put(s, view.data, view.size);
        stream_leave(s);
    }
    *written = view.size;
    byte_view_end(&view);
    return well;
}

static bool write_bytes(Object *data, void *file) {
    size_t written;
    return write_counted(data, file, &written);
}

static Object *binary_readinto(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return memory_view_read_into(arguments[0], self, binary_read);
}

static Object *binary_write(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Stream *s = (Stream *)self;
    size_t written;
    if (!s->writable && !stream_is_closed(s)) return stream_unsupported("write");
    if (!write_counted(arguments[0], self, &written)) return NULL;
    return gilt_int((int64_t)written);
}

static Object *binary_writelines(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Stream *s = (Stream *)self;
    if (!s->writable && !stream_is_closed(s)) return stream_unsupported("write");
    return iterate_each(arguments[0], write_bytes, self) ? gilt_none() : NULL;
}

static Object *binary_seek(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    int64_t offset, whence = 0;
    if (!gilt_int_value(arguments[0], &offset)) return NULL;
    if (arguments[1] && !gilt_int_value(arguments[1], &whence)) return NULL;
    if (whence < 0 || whence > 2)
        return gilt_raise(GILT_VALUE_ERROR, "whence value %lld unsupported",
                          (long long)whence);
    Stream *s = (Stream *)self;
    if (!stream_enter(s, "seek of closed file")) return NULL;
    int64_t at = stream_seek(s, offset, (int)whence);
    stream_leave(s);
    return at < 0 ? NULL : gilt_int(at);
}

static Object *binary_repr(Object *self) {
    Object *name = gilt_repr(field_get(&((Stream *)self)->name));
    char *utf8 = name ? gilt_str_utf8(name, NULL) : NULL;
    Object *text = utf8 ? gilt_str_format("<_io.BufferedReader name=%s>", utf8) : NULL;
    free(utf8);
    decref_maybe(name);
    return text;
}

static const Native binary_methods[] = {{"read(size=, /)", binary_read},
                                        {"read1(size=, /)", binary_read1},
                                        {"readinto(buffer, /)", binary_readinto},
                                        {"readinto1(buffer, /)", binary_readinto},
                                        {"peek(size=, /)", binary_peek},
                                        {"readline(size=, /)", binary_readline},
                                        {"readlines(hint=, /)", binary_readlines},
                                        {"write(buffer, /)", binary_write},
                                        {"writelines(lines, /)", binary_writelines},
                                        {"seek(target, whence=, /)", binary_seek},
                                        FILE_METHODS,
                                        {0}};

const TypeOps binary_file_ops = {.kind = MEMORY_CONTAINER,
                                 .bytes = stream_bytes,
                                 .spans = stream_spans,
                                 .destroy = stream_destroy,
                                 .hash = hash_by_address,
                                 .repr = binary_repr,
                                 .iterate = binary_iterate,
                                 .next = binary_next,
                                 .methods = binary_methods};
