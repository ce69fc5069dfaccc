/* bytes_io.c: io.BytesIO: a binary file in memory.
 *
 * The bytes are malloc's. All fields change under the object's lock, in short pieces of
 * pure C; what is read is copied out first. Invariant: end <= room; `at` may be behind the
 * end, then writing fills with zeroes. */
#include "core/types/memory_view.h"
#include "core/object/arguments.h"
#include "core/object/attributes.h"
#include "core/object/error.h"
#include "core/object/iterate.h"
#include "core/object/native.h"
#include "core/types/bytes.h"
#include "core/types/file.h"
#include "core/types/heir.h"
#include <stdlib.h>
#include <string.h>

typedef struct BytesIO {
    Object head;
    uint8_t *data;
    size_t room, end, at;
    _Atomic bool closed;
} BytesIO;

static BytesIO *open_io(Object *self) {
    BytesIO *io = (BytesIO *)self;
    if (likely(!atomic_load_explicit(&io->closed, memory_order_relaxed))) return io;
    return (BytesIO *)gilt_raise(GILT_VALUE_ERROR, "I/O operation on closed file.");
}

/* ---- Reading ---- */

typedef enum Part { PART_SIZE, PART_LINE, PART_ALL } Part;

/* With the lock. */
static size_t line_end(const BytesIO *io) {
    if (io->at >= io->end) return io->end;
    const uint8_t *lf = memchr(io->data + io->at, '\n', io->end - io->at);
    return lf ? (size_t)(lf + 1 - io->data) : io->end;
}

/* A new bytes object of the next `limit` bytes, of those up to the end of the line, or of
 * all there are, which moves nothing. */
static Object *take(BytesIO *io, Part part, size_t limit) {
    object_lock(&io->head);
    size_t from = part == PART_ALL ? 0 : io->at;
    size_t to = part == PART_LINE ? line_end(io) : io->end;
    size_t size = from < to ? to - from : 0;
    if (size > limit) size = limit;
    uint8_t *copy = malloc(size ? size : 1);
    if (copy && size) memcpy(copy, io->data + from, size);
    if (copy && part != PART_ALL) io->at += size;
    object_unlock(&io->head);
    if (!copy) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    Object *bytes = gilt_bytes_new(copy, size);
    free(copy);
    return bytes;
}

static Object *io_take(Object *self, Part part, Object *size) {
    size_t limit;
    BytesIO *io = open_io(self);
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
    if (!line || ((Bytes *)line)->size) return line;
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
static bool make_room(BytesIO *io, size_t size) {
    if (size <= io->room) return true;
    if (size > PTRDIFF_MAX / 2) return false;
    size_t room = io->room ? io->room : 64;
    while (room < size) room *= 2;
    uint8_t *grown = realloc(io->data, room);
    if (!grown) return false;
    io->data = grown;
    io->room = room;
    return true;
}

/* With the lock. */
static bool put(BytesIO *io, const uint8_t *data, size_t size) {
    if (!size) return true;
    if (!make_room(io, io->at + size)) return false;
    if (io->at > io->end) memset(io->data + io->end, 0, io->at - io->end);
    memcpy(io->data + io->at, data, size);
    io->at += size;
    if (io->end < io->at) io->end = io->at;
    return true;
}

static bool write_counted(Object *data, void *self, size_t *written) {
    BytesIO *io = self;
    ByteView view;
    if (!byte_view(&view, data)) return false;
    object_lock(&io->head);
    bool well = put(io, view.data, view.size);
    object_unlock(&io->head);
    *written = view.size;
    byte_view_end(&view);
    return well || gilt_raise(GILT_MEMORY_ERROR, NULL);
}

static bool write_bytes(Object *data, void *self) {
    size_t written;
    return write_counted(data, self, &written);
}

static Object *io_write(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    BytesIO *io = open_io(self);
    size_t written;
    if (!io || !write_counted(arguments[0], io, &written)) return NULL;
    return gilt_int((int64_t)written);
}

static Object *io_writelines(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    BytesIO *io = open_io(self);
    return io && iterate_each(arguments[0], write_bytes, io) ? gilt_none() : NULL;
}

/* ---- Moving ---- */

static Object *io_seek(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    BytesIO *io = open_io(self);
    int64_t offset, whence = 0;
    if (!io || !gilt_int_value(arguments[0], &offset)) return NULL;
    if (arguments[1] && !gilt_int_value(arguments[1], &whence)) return NULL;
    if (whence < 0 || whence > 2)
        return gilt_raise(GILT_VALUE_ERROR, "invalid whence (%lld, should be 0, 1 or 2)",
                          (long long)whence);
    if (!whence && offset < 0)
        return gilt_raise(GILT_VALUE_ERROR, "negative seek value %lld", (long long)offset);
    object_lock(self);
    int64_t from = whence == 1 ? (int64_t)io->at : whence ? (int64_t)io->end : 0, to;
    if (__builtin_add_overflow(from, offset, &to) || to < 0) to = 0;
    io->at = (size_t)to;
    object_unlock(self);
    return gilt_int(to);
}

static Object *io_tell(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    BytesIO *io = open_io(self);
    if (!io) return NULL;
    object_lock(self);
    size_t at = io->at;
    object_unlock(self);
    return gilt_int((int64_t)at);
}

static Object *io_truncate(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    BytesIO *io = open_io(self);
    int64_t size = -1;
    bool here = !arguments[0] || is_type(arguments[0], GILT_NONE);
    if (!io || (!here && !gilt_int_value(arguments[0], &size))) return NULL;
    if (!here && size < 0)
        return gilt_raise(GILT_VALUE_ERROR, "negative size value %lld", (long long)size);
    object_lock(self);
    size_t to = here ? io->at : (size_t)size;
    if (to < io->end) io->end = to;
    object_unlock(self);
    return gilt_int((int64_t)to);
}

/* ---- The rest ---- */

static Object *io_close(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    atomic_store_explicit(&((BytesIO *)self)->closed, true, memory_order_relaxed);
    return gilt_none();
}

static Object *io_closed(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_bool(
        atomic_load_explicit(&((BytesIO *)self)->closed, memory_order_relaxed));
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

static Object *io_readinto(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return memory_view_read_into(arguments[0], self, io_read);
}

/* Of a copy: what is written to it later does not change the stream. */
static Object *io_getbuffer(Object *self, Object *const *arguments, size_t count) {
    Object *bytes = io_getvalue(self, arguments, count);
    Object *view = bytes ? memory_view_new(bytes) : NULL;
    decref_maybe(bytes);
    return view;
}

static const Native io_methods[] = {{"read(size=, /)", io_read},
                                    {"read1(size=, /)", io_read},
                                    {"readinto(buffer, /)", io_readinto},
                                    {"readinto1(buffer, /)", io_readinto},
                                    {"readline(size=, /)", io_readline},
                                    {"readlines(hint=, /)", io_readlines},
                                    {"getvalue()", io_getvalue},
                                    {"getbuffer()", io_getbuffer},
                                    {"write(b, /)", io_write},
                                    {"writelines(lines, /)", io_writelines},
                                    {"seek(pos, whence=, /)", io_seek},
                                    {"tell()", io_tell},
                                    {"truncate(size=, /)", io_truncate},
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
                                    {0}};

static Object *io_make(Type *type, Object *const *arguments, size_t count, Object *names) {
    (void)arguments, (void)count, (void)names;
    BytesIO *io = (BytesIO *)heir_or_native_new(type, MEMORY_LEAF, sizeof *io);
    if (io) memset((char *)io + sizeof(Object), 0, sizeof *io - sizeof(Object));
    return (Object *)io;
}

static bool io_init(Object *self, Object *const *arguments, size_t count, Object *names) {
    BytesIO *io = (BytesIO *)self;
    Object *initial;
    if (!arguments_order("BytesIO(initial_bytes=)", arguments, count, names, &initial))
        return false;
    object_lock(self);
    io->at = io->end = 0;
    object_unlock(self);
    if (!initial || is_type(initial, GILT_NONE)) return true;
    if (!write_bytes(initial, io)) return false;
    object_lock(self);
    io->at = 0;
    object_unlock(self);
    return true;
}

static size_t io_bytes(const Object *o) { return (void)o, sizeof(BytesIO); }
static void io_destroy(Object *o) { free(((BytesIO *)o)->data); }

const TypeOps bytes_io_ops = {.kind = MEMORY_LEAF,
                              .bytes = io_bytes,
                              .destroy = io_destroy,
                              .hash = hash_by_address,
                              .iterate = io_iterate,
                              .next = io_next,
                              .make = io_make,
                              .init = io_init,
                              .methods = io_methods};
