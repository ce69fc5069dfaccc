/* file.h: files of the system as objects.
 *
 * A Stream is a binary file: a file descriptor with one buffer, of what was read ahead or
 * of what waits to be written. A TextFile stands on a Stream and keeps nothing of the text
 * itself, so tell() is a position in the file. Who uses a Stream holds its lock, detached
 * from nothing: system calls are made detached meanwhile, and who waits for the lock waits
 * detached. A thread that comes back to a Stream that it is using, from a finaliser or a
 * signal, gets a RuntimeError. The buffer is malloc's.
 *
 * Streams are in a list, from which files_flush writes what they still hold when the
 * program ends. */
#pragma once
#include "core/object/builtin.h"

typedef struct Stream {
    Object head;
    Slot name; /* a str, or the int of the file descriptor */
    Slot lock; /* a GILT_LOCK */
    int fd;
    _Atomic uint32_t owner; /* who holds the lock: 1 + number of the thread */
    _Atomic bool closed;
    bool readable, writable, keep_open, unbuffered;
    bool writing;  /* the buffer holds what is to be written */
    uint8_t *data; /* from `at` up to `end` */
    size_t room, at, end;
    char mode[8];
    struct Stream *next, **link; /* in the list */
} Stream;

typedef enum NewlineRule {
    NEWLINE_ANY,  /* newline=None: all become \n */
    NEWLINE_KEPT, /* newline='': all end a line, and stay */
    NEWLINE_LF,   /* only \n ends a line */
    NEWLINE_CR,   /* only \r; \n is written as this */
    NEWLINE_CRLF  /* likewise */
} NewlineRule;

typedef struct TextFile {
    Object head;
    Slot stream, encoding, errors; /* never change */
    uint8_t rule;
    bool is_utf8, is_strict;
    _Atomic bool line_buffered;
} TextFile;

extern const TypeOps text_file_ops, binary_file_ops, string_io_ops, bytes_io_ops;

/* The built-in function open: a NativeCall with this signature. */
#define FILE_OPEN_SIGNATURE                                                                \
    "open(file, mode=, buffering=, encoding=, errors=, newline=, closefd=, opener=)"
Object *file_open(Object *self, Object *const *arguments, size_t count);

/* sys.stdin, stdout or stderr, by number: a new object each time. */
Object *file_standard(int number);

/* At the end of the program: writes what all files still hold. false: some could not, and
 * one reason was printed. */
bool files_flush(void);

/* The runtime ends: the same, and no file is known any more. */
void files_finish(void);

/* ---- stream.c: for file_*.c; the caller has the lock unless said otherwise ---- */

/* Takes over nothing. Without the lock. NULL, MemoryError. */
Stream *stream_new(int fd, Object *name, const char *mode);

/* false: RuntimeError; or ValueError, if the file is closed, with this text. */
bool stream_enter(Stream *s, const char *closed);
void stream_leave(Stream *s);

/* Reads more behind `end`, which may move all of it to the front: 1; 0 at the end of the
 * file; -1 error. */
int stream_fill(Stream *s);

/* Reads until `wanted` bytes are there, or the end comes. false: error. */
bool stream_want(Stream *s, size_t wanted);

/* How many bytes from `at` on are a line with its end, at most `limit`; 0 at the end of the
 * file; -1 error. */
ssize_t stream_line(Stream *s, NewlineRule rule, size_t limit);

/* After reading: gives the memory back that a long line or file took. */
void stream_relax(Stream *s);

/* Makes it ready to read, or to write. false: error. */
bool stream_begin_reading(Stream *s);
bool stream_put(Stream *s, const uint8_t *data, size_t bytes);
bool stream_flush(Stream *s);
int64_t stream_seek(Stream *s, int64_t offset, int whence); /* -1: error */
int64_t stream_tell(Stream *s);

size_t stream_bytes(const Object *o);
unsigned stream_spans(const Object *o, Span *spans);
void stream_destroy(Object *o);

/* Without the lock. Closes, once; what could not be written is an error, after closing. */
bool stream_close(Stream *s);

static inline bool stream_is_closed(Stream *s) {
    return atomic_load_explicit(&s->closed, memory_order_relaxed);
}

/* Raises io.UnsupportedOperation; NULL. */
Object *stream_unsupported(const char *what);

/* Methods that text and binary files share; `stream_of` either. */
Stream *stream_of(Object *file);
Object *file_fileno(Object *self, Object *const *arguments, size_t count);
Object *file_isatty(Object *self, Object *const *arguments, size_t count);
Object *file_close(Object *self, Object *const *arguments, size_t count);
Object *file_flush(Object *self, Object *const *arguments, size_t count);
Object *file_closed(Object *self, Object *const *arguments, size_t count);
Object *file_name(Object *self, Object *const *arguments, size_t count);
Object *file_mode(Object *self, Object *const *arguments, size_t count);
Object *file_enter(Object *self, Object *const *arguments, size_t count);
Object *file_readable(Object *self, Object *const *arguments, size_t count);
Object *file_writable(Object *self, Object *const *arguments, size_t count);
Object *file_seekable(Object *self, Object *const *arguments, size_t count);
Object *file_tell(Object *self, Object *const *arguments, size_t count);
Object *file_truncate(Object *self, Object *const *arguments, size_t count);
#define FILE_METHODS                                                                       \
    {"fileno()", file_fileno}, {"isatty()", file_isatty}, {"close()", file_close},         \
        {"flush()", file_flush}, {"get closed", file_closed}, {"get name", file_name},     \
        {"get mode", file_mode}, {"__enter__()", file_enter},                              \
        {"__exit__(*arguments)", file_close}, {"readable()", file_readable},               \
        {"writable()", file_writable}, {"seekable()", file_seekable},                      \
        {"tell()", file_tell}, {                                                           \
        "truncate(size=, /)", file_truncate                                                \
    }

/* The size that an argument of read and its like names: SIZE_MAX for NULL, None or less
 * than zero. false: TypeError. */
bool file_size_argument(Object *argument, size_t *size);

/* file_text.c, for file_open.c: a text file on the stream, whose reference it takes over;
 * encoding and errors are strs. NULL: MemoryError, LookupError. */
Object *text_file_new(Stream *stream, Object *encoding, Object *errors, NewlineRule rule,
                      bool line_buffered);
