/* memory_io.c: see memory_io.h. */
#include "core/types/memory_io.h"
#include "core/object/error.h"
#include "core/object/iterate.h"
#include "core/types/file.h"
#include "core/types/heir.h"
#include <stdlib.h>
#include <string.h>

enum { LEAST_ROOM = 64 };

static size_t item_bytes(const MemoryIO *io) {
    return io->is_text ? sizeof *io->points : 1;
}

Object *memory_io_new(Type *type, bool is_text) {
    MemoryIO *io = (MemoryIO *)heir_or_native_new(type, MEMORY_LEAF, sizeof *io);
    if (!io) return NULL;
    memset((char *)io + sizeof(Object), 0, sizeof *io - sizeof(Object));
    io->is_text = is_text;
    return &io->head;
}

bool memory_io_is_open(Object *self) {
    if (likely(!atomic_load_explicit(&memory_io(self)->closed, memory_order_relaxed)))
        return true;
    const char *end = memory_io(self)->is_text ? "" : ".";
    return gilt_raise(GILT_VALUE_ERROR, "I/O operation on closed file%s", end);
}

void memory_io_clear(Object *self, uint8_t rule) {
    object_lock(self);
    memory_io(self)->at = memory_io(self)->end = 0;
    memory_io(self)->rule = rule;
    object_unlock(self);
}

void memory_io_rewind(Object *self) {
    object_lock(self);
    memory_io(self)->at = 0;
    object_unlock(self);
}

/* ---- Reading ---- */

void *memory_io_take(Object *self, Part part, Object *size, LineEnd *end, size_t *count) {
    MemoryIO *io = memory_io(self);
    size_t limit;
    if (!memory_io_is_open(self) || !file_size_argument(size, &limit)) return NULL;
    object_lock(self);
    size_t from = part == PART_ALL ? 0 : io->at;
    size_t to = part == PART_LINE && io->at < io->end ? end(io) : io->end;
    size_t taken = from < to ? to - from : 0, width = item_bytes(io);
    if (taken > limit) taken = limit;
    void *copy = malloc(taken ? taken * width : 1);
    if (copy && taken) memcpy(copy, io->bytes + from * width, taken * width);
    if (copy && part != PART_ALL) io->at += taken;
    object_unlock(self);
    *count = taken;
    return copy ? copy : gilt_raise(GILT_MEMORY_ERROR, NULL);
}

Object *memory_io_readlines(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    size_t limit, size = 0;
    if (!memory_io_is_open(self) || !file_size_argument(arguments[0], &limit)) return NULL;
    if (!limit) limit = SIZE_MAX;
    Object *list = gilt_list_new(NULL, 0), *line;
    bool well = list;
    bool more = memory_io(self)->is_text; /* up to the limit, or beyond it */
    while (well && (size < limit || (more && size == limit)) &&
           (line = iterate_next(self))) {
        size += (size_t)gilt_len(line);
        well = gilt_list_append(list, line);
        decref(line);
    }
    if (well && !gilt_error()) return list;
    decref_maybe(list);
    return NULL;
}

Object *memory_io_iterate(Object *self) {
    return memory_io_is_open(self) ? incref(self) : NULL;
}

/* ---- Writing ---- */

static bool grow(MemoryIO *io, size_t size) {
    if (size <= io->room) return true;
    size_t room = io->room ? io->room : LEAST_ROOM;
    while (room < size) room *= 2;
    void *grown = realloc(io->items, room * item_bytes(io));
    if (!grown) return false;
    io->items = grown;
    io->room = room;
    return true;
}

bool memory_io_room(MemoryIO *io, size_t count) {
    size_t most = PTRDIFF_MAX / 2 / item_bytes(io);
    if (io->at > most || count > most - io->at || !grow(io, io->at + count)) return false;
    if (io->at > io->end)
        memset(io->bytes + io->end * item_bytes(io), 0,
               (io->at - io->end) * item_bytes(io));
    return true;
}

Object *memory_io_truncate(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    MemoryIO *io = memory_io(self);
    int64_t size = -1;
    bool here = !arguments[0] || is_type(arguments[0], GILT_NONE);
    if (!memory_io_is_open(self) || (!here && !gilt_int_value(arguments[0], &size)))
        return NULL;
    if (!here && size < 0)
        return gilt_raise(GILT_VALUE_ERROR, "%s size value %lld",
                          io->is_text ? "Negative" : "negative", (long long)size);
    object_lock(self);
    size_t to = here ? io->at : (size_t)size;
    if (to < io->end) io->end = to;
    object_unlock(self);
    return gilt_int((int64_t)to);
}

/* ---- The rest ---- */

Object *memory_io_tell(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    if (!memory_io_is_open(self)) return NULL;
    object_lock(self);
    size_t at = memory_io(self)->at;
    object_unlock(self);
    return gilt_int((int64_t)at);
}

Object *memory_io_close(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    atomic_store_explicit(&memory_io(self)->closed, true, memory_order_relaxed);
    return gilt_none();
}

Object *memory_io_closed(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_bool(atomic_load_explicit(&memory_io(self)->closed, memory_order_relaxed));
}

Object *memory_io_flush(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return memory_io_is_open(self) ? gilt_none() : NULL;
}

Object *memory_io_enter(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return memory_io_iterate(self);
}

Object *memory_io_able(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return memory_io_is_open(self) ? gilt_bool(true) : NULL;
}

Object *memory_io_isatty(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return memory_io_is_open(self) ? gilt_bool(false) : NULL;
}

Object *memory_io_fileno(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return stream_unsupported("fileno");
}

size_t memory_io_bytes(const Object *o) { return (void)o, sizeof(MemoryIO); }
void memory_io_destroy(Object *o) { free(((MemoryIO *)o)->items); }
