/* string_io.c: io.StringIO: a file of text in memory.
 *
 * The text is an array of code points of 4 bytes, malloc's. All of its fields change under
 * the object's lock, in short pieces of pure C; what is read is copied out first and
 * becomes a str when the lock is free again. Invariant: end <= room; `at` may be behind the
 * end, then writing fills with NUL. */
#include "core/object/attributes.h"
#include "core/object/error.h"
#include "core/object/arguments.h"
#include "core/object/iterate.h"
#include "core/object/native.h"
#include "core/types/file.h"
#include "core/types/heir.h"
#include "core/types/str.h"
#include "core/types/text.h"
#include <stdlib.h>
#include <string.h>

typedef struct StringIO {
    Object head;
    uint32_t *points;
    size_t room, end, at;
    uint8_t rule;
    _Atomic bool closed;
} StringIO;

#define POINTS_MAX (PTRDIFF_MAX / 8)

static StringIO *open_io(Object *self) {
    StringIO *io = (StringIO *)self;
    if (likely(!atomic_load_explicit(&io->closed, memory_order_relaxed))) return io;
    return (StringIO *)gilt_raise(GILT_VALUE_ERROR, "I/O operation on closed file");
}

/* ---- Reading ---- */

/* Where the next line ends: with the lock. */
static size_t line_end(const StringIO *io) {
    for (size_t i = io->at; i < io->end; i++) {
        uint32_t c = io->points[i];
        bool next_lf = i + 1 < io->end && io->points[i + 1] == '\n';
        if (c == '\n' && io->rule != NEWLINE_CR && io->rule != NEWLINE_CRLF) return i + 1;
        if (c != '\r') continue;
        if (io->rule == NEWLINE_CR) return i + 1;
        if (io->rule == NEWLINE_CRLF && next_lf) return i + 2;
        if (io->rule == NEWLINE_KEPT) return i + 1 + next_lf;
    }
    return io->end;
}

typedef enum Part { PART_SIZE, PART_LINE, PART_ALL } Part;

/* A new str of the next `limit` characters, of those up to the end of the line, or of the
 * whole text, which moves nothing. */
static Object *take(StringIO *io, Part part, size_t limit) {
    object_lock(&io->head);
    size_t from = part == PART_ALL ? 0 : io->at;
    size_t to = part == PART_LINE ? line_end(io) : io->end;
    size_t size = from < to ? to - from : 0;
    if (size > limit) size = limit;
    uint32_t *copy = malloc((size ? size : 1) * sizeof *copy);
    if (copy && size) memcpy(copy, io->points + from, size * sizeof *copy);
    if (copy && part != PART_ALL) io->at += size;
    object_unlock(&io->head);
    if (!copy) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    Object *text =
        size ? str_of_points((const uint8_t *)copy, STR_FULL, size) : incref(str_empty());
    free(copy);
    return text;
}

static Object *io_take(Object *self, Part part, Object *size) {
    size_t limit;
    StringIO *io = open_io(self);
    return io && file_size_argument(size, &limit) ? take(io, part, limit) : NULL;
}

static Object *io_read(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return io_take(self, PART_SIZE, arguments[0]);
}

static Object *io_readline(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return io_take(self, PART_LINE, arguments[0]);
}

static Object *io_getvalue(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return io_take(self, PART_ALL, NULL);
}

static Object *io_next(Object *self) {
    Object *line = io_take(self, PART_LINE, NULL);
    if (!line || str_length(line)) return line;
    decref(line);
    return NULL;
}

static Object *io_readlines(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return open_io(self) ? list_of(self) : NULL;
}

static Object *io_iterate(Object *self) { return open_io(self) ? incref(self) : NULL; }

/* ---- Writing ---- */

/* With the lock. */
static bool make_room(StringIO *io, size_t size) {
    if (size <= io->room) return true;
    if (size > POINTS_MAX) return false;
    size_t room = io->room ? io->room : 32;
    while (room < size) room *= 2;
    uint32_t *grown = realloc(io->points, room * sizeof *grown);
    if (!grown) return false;
    io->points = grown;
    io->room = room;
    return true;
}

/* With the lock: the points of the str, with line ends as the rule says, from `at` on. */
static void put_points(StringIO *io, Object *str, size_t length) {
    bool translate = io->rule == NEWLINE_ANY;
    const char *newline = io->rule == NEWLINE_CRLF ? "\r\n"
                          : io->rule == NEWLINE_CR ? "\r"
                                                   : "\n";
    for (size_t i = 0; i < length; i++) {
        uint32_t c = str_at(str, i);
        if (translate && c == '\r') {
            c = '\n';
            if (i + 1 < length && str_at(str, i + 1) == '\n') i++;
        }
        if (c != '\n') {
            io->points[io->at++] = c;
            continue;
        }
        for (const char *n = newline; *n; n++) io->points[io->at++] = (uint8_t)*n;
    }
    if (io->end < io->at) io->end = io->at;
}

static bool write_str(StringIO *io, Object *str) {
    if (!is_kind(str, GILT_STR))
        return gilt_raise(GILT_TYPE_ERROR, "string argument expected, got '%s'",
                          type_of(str)->name),
               false;
    size_t length = str_length(str), most = io->rule == NEWLINE_CRLF ? 2 * length : length;
    if (!length) return true;
    object_lock(&io->head);
    bool well = make_room(io, io->at + most);
    if (well && io->at > io->end)
        memset(io->points + io->end, 0, (io->at - io->end) * sizeof *io->points);
    if (well) put_points(io, str, length);
    object_unlock(&io->head);
    return well || gilt_raise(GILT_MEMORY_ERROR, NULL);
}

static Object *io_write(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    StringIO *io = open_io(self);
    if (!io || !write_str(io, arguments[0])) return NULL;
    return gilt_int((int64_t)str_length(arguments[0]));
}

static bool write_step(Object *item, void *io) { return write_str(io, item); }

static Object *io_writelines(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    StringIO *io = open_io(self);
    return io && iterate_each(arguments[0], write_step, io) ? gilt_none() : NULL;
}

/* ---- Moving ---- */

static Object *io_seek(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    StringIO *io = open_io(self);
    int64_t offset, whence = 0;
    if (!io || !gilt_int_value(arguments[0], &offset)) return NULL;
    if (arguments[1] && !gilt_int_value(arguments[1], &whence)) return NULL;
    if (whence < 0 || whence > 2)
        return gilt_raise(GILT_VALUE_ERROR, "Invalid whence (%lld, should be 0, 1 or 2)",
                          (long long)whence);
    if (whence && offset)
        return gilt_raise(GILT_OS_ERROR, "Can't do nonzero cur-relative seeks");
    if (offset < 0)
        return gilt_raise(GILT_VALUE_ERROR, "Negative seek position %lld",
                          (long long)offset);
    object_lock(self);
    if (whence != 1) io->at = whence ? io->end : (size_t)offset;
    size_t at = io->at;
    object_unlock(self);
    return gilt_int((int64_t)at);
}

static Object *io_tell(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    StringIO *io = open_io(self);
    if (!io) return NULL;
    object_lock(self);
    size_t at = io->at;
    object_unlock(self);
    return gilt_int((int64_t)at);
}

static Object *io_truncate(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    StringIO *io = open_io(self);
    int64_t size = -1;
    bool here = !arguments[0] || is_type(arguments[0], GILT_NONE);
    if (!io || (!here && !gilt_int_value(arguments[0], &size))) return NULL;
    if (!here && size < 0)
        return gilt_raise(GILT_VALUE_ERROR, "Negative size value %lld", (long long)size);
    object_lock(self);
    size_t to = here ? io->at : (size_t)size;
    if (to < io->end) io->end = to;
    object_unlock(self);
    return gilt_int((int64_t)to);
}

/* ---- The rest ---- */

static Object *io_close(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    atomic_store_explicit(&((StringIO *)self)->closed, true, memory_order_relaxed);
    return gilt_none();
}

static Object *io_closed(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_bool(
        atomic_load_explicit(&((StringIO *)self)->closed, memory_order_relaxed));
}

static Object *io_flush(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return open_io(self) ? gilt_none() : NULL;
}

static Object *io_enter(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return open_io(self) ? incref(self) : NULL;
}

static Object *io_able(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return open_io(self) ? gilt_bool(true) : NULL;
}

static Object *io_isatty(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return open_io(self) ? gilt_bool(false) : NULL;
}

static Object *io_fileno(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return stream_unsupported("fileno");
}

static Object *io_none(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_none();
}

static const Native io_methods[] = {{"read(size=, /)", io_read},
                                    {"readline(size=, /)", io_readline},
                                    {"readlines(hint=, /)", io_readlines},
                                    {"getvalue()", io_getvalue},
                                    {"write(s, /)", io_write},
                                    {"writelines(lines, /)", io_writelines},
                                    {"seek(pos, whence=, /)", io_seek},
                                    {"tell()", io_tell},
                                    {"truncate(pos=, /)", io_truncate},
                                    {"close()", io_close},
                                    {"get closed", io_closed},
                                    {"flush()", io_flush},
                                    {"__enter__()", io_enter},
                                    {"__exit__(*arguments)", io_close},
                                    {"readable()", io_able},
                                    {"writable()", io_able},
                                    {"seekable()", io_able},
                                    {"isatty()", io_isatty},
                                    {"fileno()", io_fileno},
                                    {"get encoding", io_none},
                                    {"get errors", io_none},
                                    {0}};

static bool rule_of(Object *newline, uint8_t *rule) {
    static const char *const texts[] = {NULL, "", "\n", "\r", "\r\n"};
    *rule = NEWLINE_LF;
    if (!newline) return true;
    *rule = NEWLINE_ANY;
    if (is_type(newline, GILT_NONE)) return true;
    if (!is_kind(newline, GILT_STR))
        return gilt_raise(GILT_TYPE_ERROR, "newline must be str or None, not %s",
                          type_of(newline)->name),
               false;
    Text text = str_text(newline);
    for (uint8_t i = NEWLINE_KEPT; i <= NEWLINE_CRLF; i++)
        if (!strcmp(text.bytes, texts[i])) return *rule = i, true;
    return gilt_raise(GILT_VALUE_ERROR, "illegal newline value: '%s'", text.bytes), false;
}

static Object *io_make(Type *type, Object *const *arguments, size_t count, Object *names) {
    (void)arguments, (void)count, (void)names;
    StringIO *io = (StringIO *)heir_or_native_new(type, MEMORY_LEAF, sizeof *io);
    if (!io) return NULL;
    memset((char *)io + sizeof(Object), 0, sizeof *io - sizeof(Object));
    io->rule = NEWLINE_LF;
    return &io->head;
}

static bool io_init(Object *self, Object *const *arguments, size_t count, Object *names) {
    StringIO *io = (StringIO *)self;
    Object *ordered[2];
    uint8_t rule;
    if (!arguments_order("StringIO(initial_value=, newline=)", arguments, count, names,
                         ordered) ||
        !rule_of(ordered[1], &rule))
        return false;
    object_lock(self);
    io->rule = rule;
    io->at = io->end = 0;
    object_unlock(self);
    if (!ordered[0] || is_type(ordered[0], GILT_NONE)) return true;
    if (!is_kind(ordered[0], GILT_STR))
        return gilt_raise(GILT_TYPE_ERROR, "initial_value must be str or None, not %s",
                          type_of(ordered[0])->name),
               false;
    if (!write_str(io, ordered[0])) return false;
    object_lock(self);
    io->at = 0;
    object_unlock(self);
    return true;
}

static size_t io_bytes(const Object *o) { return (void)o, sizeof(StringIO); }
static void io_destroy(Object *o) { free(((StringIO *)o)->points); }

const TypeOps string_io_ops = {.kind = MEMORY_LEAF,
                               .bytes = io_bytes,
                               .destroy = io_destroy,
                               .hash = hash_by_address,
                               .iterate = io_iterate,
                               .next = io_next,
                               .make = io_make,
                               .init = io_init,
                               .methods = io_methods};
