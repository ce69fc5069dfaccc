/* memory_io.h: what io.BytesIO and io.StringIO have in common: a file in memory.
 *
 * The items, bytes or code points of 4 bytes, are malloc's. All fields but `closed` change
 * under the object's lock, in short pieces of pure C; what is read is copied out first.
 * Invariant: end <= room; `at` may be behind the end, then writing fills with zeroes. */
#pragma once
#include "core/object/builtin.h"

typedef struct MemoryIO {
    Object head;
    union {
        void *items;
        uint8_t *bytes;
        uint32_t *points;
    };
    size_t room, end, at; /* counted in items */
    bool is_text;         /* never changes */
    uint8_t rule;         /* of text: a NewlineRule */
    _Atomic bool closed;
} MemoryIO;

static inline MemoryIO *memory_io(Object *self) { return (MemoryIO *)self; }

/* A new one, empty, of this class. MemoryError. */
Object *memory_io_new(Type *type, bool is_text);

/* Is it still open? If not, ValueError. */
bool memory_io_is_open(Object *self);

/* Room to write `count` items at `at`; what is between the end and there is zero. With the
 * lock. false: no memory, and no exception. */
bool memory_io_room(MemoryIO *io, size_t count);

/* What read and its like take: the next items, those up to the end of the line, or all
 * there are, which moves nothing. */
typedef enum Part { PART_SIZE, PART_LINE, PART_ALL } Part;
typedef size_t LineEnd(const MemoryIO *io); /* where the next line ends; with the lock */

/* A copy for free(), of *count items, at most as many as `size` says, an argument of read.
 * NULL: closed, TypeError, MemoryError. */
void *memory_io_take(Object *self, Part part, Object *size, LineEnd *end, size_t *count);

/* Empty once more; or back to its begin, which cannot fail. For __init__. */
void memory_io_clear(Object *self, uint8_t rule);
void memory_io_rewind(Object *self);

/* Methods and operations that both share. */
Object *memory_io_tell(Object *self, Object *const *arguments, size_t count);
Object *memory_io_close(Object *self, Object *const *arguments, size_t count);
Object *memory_io_closed(Object *self, Object *const *arguments, size_t count);
Object *memory_io_flush(Object *self, Object *const *arguments, size_t count);
Object *memory_io_enter(Object *self, Object *const *arguments, size_t count);
Object *memory_io_able(Object *self, Object *const *arguments, size_t count);
Object *memory_io_isatty(Object *self, Object *const *arguments, size_t count);
Object *memory_io_fileno(Object *self, Object *const *arguments, size_t count);
Object *memory_io_readlines(Object *self, Object *const *arguments, size_t count);
Object *memory_io_truncate(Object *self, Object *const *arguments, size_t count);
#define MEMORY_IO_METHODS                                                                  \
    {"tell()", memory_io_tell}, {"close()", memory_io_close},                              \
        {"get closed", memory_io_closed}, {"flush()", memory_io_flush},                    \
        {"__enter__()", memory_io_enter}, {"__exit__(*arguments)", memory_io_close},       \
        {"readable()", memory_io_able}, {"writable()", memory_io_able},                    \
        {"seekable()", memory_io_able}, {"isatty()", memory_io_isatty},                    \
        {"fileno()", memory_io_fileno}, {"readlines(hint=, /)", memory_io_readlines}, {    \
        "truncate(size=, /)", memory_io_truncate                                           \
    }

Object *memory_io_iterate(Object *self);
size_t memory_io_bytes(const Object *o);
void memory_io_destroy(Object *o);
