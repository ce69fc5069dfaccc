/* bytes_io.c: io.BytesIO: a binary file in memory. See memory_io.h. */
#include "core/object/arguments.h"
#include "core/object/attributes.h"
#include "core/object/error.h"
#include "core/object/iterate.h"
#include "core/object/native.h"
#include "core/types/bytes.h"
#include "core/types/file.h"
#include "core/types/memory_io.h"
#include "core/types/memory_view.h"
#include <stdlib.h>
#include <string.h>

/* ---- Reading ---- */

static size_t line_end(const MemoryIO *io) {
    const uint8_t *lf = memchr(io->bytes + io->at, '\n', io->end - io->at);
    return lf ? (size_t)(lf + 1 - io->bytes) : io->end;
}

static Object *io_take(Object *self, Part part, Object *size) {
    size_t count;
    uint8_t *copy = memory_io_take(self, part, size, line_end, &count);
    Object *bytes = copy ? gilt_bytes_new(copy, count) : NULL;
    free(copy);
    return bytes;
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

/* ---- Writing ---- */

/* With the lock. */
static bool put(MemoryIO *io, const uint8_t *data, size_t size) {
    if (!size) return true;
    if (!memory_io_room(io, size)) return false;
    memcpy(io->bytes + io->at, data, size);
    io->at += size;
    if (io->end < io->at) io->end = io->at;
    return true;
}

static bool write_counted(Object *data, void *self, size_t *written) {
    ByteView view;
    if (!byte_view(&view, data)) return false;
    object_lock(self);
    bool well = put(self, view.data, view.size);
    object_unlock(self);
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
    size_t written;
    if (!memory_io_is_open(self) || !write_counted(arguments[0], self, &written))
        return NULL;
    return gilt_int((int64_t)written);
}

static Object *io_writelines(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    bool well = memory_io_is_open(self) && iterate_each(arguments[0], write_bytes, self);
    return well ? gilt_none() : NULL;
}

/* ---- Moving ---- */

static Object *io_seek(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    MemoryIO *io = memory_io(self);
    int64_t offset, whence = 0;
    if (!memory_io_is_open(self) || !gilt_int_value(arguments[0], &offset)) return NULL;
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

/* ---- The rest ---- */

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
                                    {"getvalue()", io_getvalue},
                                    {"getbuffer()", io_getbuffer},
                                    {"write(b, /)", io_write},
                                    {"writelines(lines, /)", io_writelines},
                                    {"seek(pos, whence=, /)", io_seek},
                                    MEMORY_IO_METHODS,
                                    {0}};

static Object *io_make(Type *type, Object *const *arguments, size_t count, Object *names) {
    (void)arguments, (void)count, (void)names;
    return memory_io_new(type, false);
}

static bool io_init(Object *self, Object *const *arguments, size_t count, Object *names) {
    Object *initial;
    if (!arguments_order("BytesIO(initial_bytes=)", arguments, count, names, &initial))
        return false;
    memory_io_clear(self, 0);
    if (!initial || is_type(initial, GILT_NONE)) return true;
    if (!write_bytes(initial, self)) return false;
    memory_io_rewind(self);
    return true;
}

const TypeOps bytes_io_ops = {.kind = MEMORY_LEAF,
                              .bytes = memory_io_bytes,
                              .destroy = memory_io_destroy,
                              .hash = hash_by_address,
                              .iterate = memory_io_iterate,
                              .next = io_next,
                              .make = io_make,
                              .init = io_init,
                              .methods = io_methods};
