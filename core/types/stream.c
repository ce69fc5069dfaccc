/* stream.c: the file descriptor and the buffer of a file.
 *
 * Invariants, with the lock: writing, and [0, end) is to be written, at is 0; or reading,
 * and [at, end) was read ahead: the descriptor stands behind it. A system call that a
 * signal interrupts is made again, unless the handler raised. */
#define _GNU_SOURCE
#include "core/object/error.h"
#include "core/threads/thread.h"
#include "core/types/fields.h"
#include "core/types/file.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER = 8192, BUFFER_KEPT = 1 << 17 };

/* Guards the list; held for a few instructions, or at the end of the program. */
static pthread_mutex_t list_mutex = PTHREAD_MUTEX_INITIALIZER;
static Stream *list;

/* ---- The list ---- */

static void list_add(Stream *s) {
    pthread_mutex_lock(&list_mutex);
    s->next = list;
    s->link = &list;
    if (list) list->link = &s->next;
    list = s;
    pthread_mutex_unlock(&list_mutex);
}

static void list_remove(Stream *s) {
    pthread_mutex_lock(&list_mutex);
    if (s->link) *s->link = s->next;
    if (s->link && s->next) s->next->link = s->link;
    s->link = NULL;
    pthread_mutex_unlock(&list_mutex);
}

/* ---- Making ---- */

Stream *stream_new(int fd, Object *name, const char *mode) {
    Object *lock = gilt_lock_new();
    Stream *s =
        lock ? (Stream *)object_new(TYPE_BINARY_FILE, MEMORY_CONTAINER, sizeof *s) : NULL;
    if (!s) {
        decref_maybe(lock);
        return NULL;
    }
    memset((char *)s + sizeof(Object), 0, sizeof *s - sizeof(Object));
    field_init(&s->name, incref(name));
    field_init(&s->lock, lock);
    s->fd = fd;
    bool both = strchr(mode, '+');
    s->readable = both || mode[0] == 'r';
    s->writable = both || mode[0] != 'r';
    strncpy(s->mode, mode, sizeof s->mode - 1);
    list_add(s);
    return s;
}

/* ---- The lock ---- */

static uint32_t self_number(void) { return thread_self()->id + 1u; }

static bool take(Stream *s) {
    uint32_t self = self_number();
    if (atomic_load_explicit(&s->owner, memory_order_relaxed) == self)
        return gilt_raise(GILT_RUNTIME_ERROR, "reentrant call inside a file"), false;
    gilt_lock_acquire(field_get(&s->lock));
    atomic_store_explicit(&s->owner, self, memory_order_relaxed);
    return true;
}

void stream_leave(Stream *s) {
    atomic_store_explicit(&s->owner, 0, memory_order_relaxed);
    gilt_lock_release(field_get(&s->lock));
}

bool stream_enter(Stream *s, const char *closed) {
    if (!take(s)) return false;
    if (likely(!stream_is_closed(s))) return true;
    stream_leave(s);
    return gilt_raise(GILT_VALUE_ERROR, "%s", closed), false;
}

/* ---- System calls ---- */

/* After a call that failed: is it to be made again? If not, the exception is set. */
static bool again(int error) {
    if (error != EINTR) return error_raise_os(error, NULL, NULL), false;
    safepoint();
    return !gilt_error();
}

static ssize_t read_some(Stream *s, void *data, size_t bytes) {
    for (;;) {
        blocking_begin();
        ssize_t got = read(s->fd, data, bytes);
        int error = errno;
        blocking_end();
        if (got >= 0) return got;
        if (!again(error)) return -1;
    }
}

static ssize_t write_some(Stream *s, const void *data, size_t bytes) {
    for (;;) {
        blocking_begin();
        ssize_t done = write(s->fd, data, bytes);
        int error = errno;
        blocking_end();
        if (done >= 0) return done;
        if (!again(error)) return -1;
    }
}

/* ---- Reading ---- */

static bool make_room(Stream *s) {
    if (s->at == s->end) s->at = s->end = 0;
    if (s->end < s->room) return true;
    if (s->at > s->room / 2) {
        memmove(s->data, s->data + s->at, s->end - s->at);
        s->end -= s->at;
        s->at = 0;
        return true;
    }
    size_t room = s->room ? 2 * s->room : BUFFER;
    uint8_t *grown = realloc(s->data, room);
    if (!grown) return gilt_raise(GILT_MEMORY_ERROR, NULL), false;
    s->data = grown;
    s->room = room;
    return true;
}

int stream_fill(Stream *s) {
    if (!make_room(s)) return -1;
    ssize_t got = read_some(s, s->data + s->end, s->room - s->end);
    if (got < 0) return -1;
    s->end += (size_t)got;
    return got > 0;
}

bool stream_want(Stream *s, size_t wanted) {
    int more = 1;
    while (more > 0 && s->end - s->at < wanted) more = stream_fill(s);
    return more >= 0;
}

void stream_relax(Stream *s) {
    if (s->room <= BUFFER_KEPT || s->end - s->at > BUFFER) return;
    uint8_t *small = malloc(BUFFER);
    if (!small) return;
    memcpy(small, s->data + s->at, s->end - s->at);
    free(s->data);
    s->data = small;
    s->room = BUFFER;
    s->end -= s->at;
    s->at = 0;
}

/* The end of the first line in what is there from `from` on, counted from `at`; 0: there is
 * none. `last`: nothing more will come. */
static size_t line_end(const Stream *s, NewlineRule rule, size_t from, bool last) {
    const uint8_t *data = s->data + s->at;
    size_t size = s->end - s->at;
    const uint8_t *lf = memchr(data + from, '\n', size - from);
    if (rule == NEWLINE_LF) return lf ? (size_t)(lf + 1 - data) : 0;
    size_t before = lf ? (size_t)(lf - data) : size;
    const uint8_t *cr = memchr(data + from, '\r', before - from);
    if (rule == NEWLINE_CR) {
        if (!cr) cr = memchr(data + from, '\r', size - from);
        return cr ? (size_t)(cr + 1 - data) : 0;
    }
    if (rule == NEWLINE_CRLF) {
        const uint8_t *both = memmem(data + from, size - from, "\r\n", 2);
        return both ? (size_t)(both + 2 - data) : 0;
    }
    if (!cr) return lf ? before + 1 : 0;
    size_t at = (size_t)(cr - data);
    if (at + 1 == size) return last ? size : 0; /* is it half of a \r\n? */
    return data[at + 1] == '\n' ? at + 2 : at + 1;
}

ssize_t stream_line(Stream *s, NewlineRule rule, size_t limit) {
    size_t seen = 0, found;
    for (;;) {
        size_t size = s->end - s->at;
        if ((found = size ? line_end(s, rule, seen, false) : 0) || size >= limit) break;
        seen = size ? size - 1 : 0; /* a \r may have come */
        int more = stream_fill(s);
        if (more < 0) return -1;
        if (more) continue;
        size = s->end - s->at;
        found = size ? line_end(s, rule, seen, true) : 0;
        if (!found) found = size;
        break;
    }
    if (!found) found = s->end - s->at;
    return (ssize_t)(found < limit ? found : limit);
}

/* ---- From reading to writing, and back ---- */

bool stream_flush(Stream *s) {
    if (!s->writing) return true;
    size_t done = 0;
    while (done < s->end) {
        ssize_t part = write_some(s, s->data + done, s->end - done);
        if (part < 0) break;
        done += (size_t)part;
    }
    memmove(s->data, s->data + done, s->end - done);
    s->end -= done;
    return s->end == 0;
}

bool stream_begin_reading(Stream *s) {
    if (!s->writing) return true;
    if (!stream_flush(s)) return false;
    s->writing = false;
    return true;
}

/* What was read ahead is forgotten: the descriptor goes back to where the reader is. */
static bool begin_writing(Stream *s) {
    if (s->writing) return true;
    if (s->at < s->end && lseek(s->fd, -(off_t)(s->end - s->at), SEEK_CUR) < 0)
        return error_raise_os(errno, NULL, NULL), false;
    s->at = s->end = 0;
    s->writing = true;
    return s->room || make_room(s);
}

bool stream_put(Stream *s, const uint8_t *data, size_t bytes) {
    if (!begin_writing(s)) return false;
    if (bytes > s->room - s->end && !stream_flush(s)) return false;
    while (bytes >= s->room) {
        ssize_t part = write_some(s, data, bytes);
        if (part < 0) return false;
        data += part;
        bytes -= (size_t)part;
    }
    memcpy(s->data + s->end, data, bytes);
    s->end += bytes;
    return !s->unbuffered || stream_flush(s);
}

int64_t stream_seek(Stream *s, int64_t offset, int whence) {
    if (!stream_flush(s)) return -1;
    if (whence == SEEK_CUR && !s->writing) offset -= (int64_t)(s->end - s->at);
    off_t now = lseek(s->fd, offset, whence);
    if (now < 0) return error_raise_os(errno, NULL, NULL), -1;
    s->at = s->end = 0;
    s->writing = false;
    return now;
}

int64_t stream_tell(Stream *s) {
    if (!stream_flush(s)) return -1;
    off_t now = lseek(s->fd, 0, SEEK_CUR);
    if (now < 0) return error_raise_os(errno, NULL, NULL), -1;
    return s->writing ? now : now - (off_t)(s->end - s->at);
}

/* ---- The end ---- */

/* Linux has closed the descriptor, whatever close answers. */
static bool close_fd(Stream *s) {
    int fd = s->fd;
    atomic_store_explicit(&s->closed, true, memory_order_relaxed);
    s->fd = -1;
    free(s->data);
    s->data = NULL;
    s->room = s->at = s->end = 0;
    list_remove(s);
    if (s->keep_open) return true;
    blocking_begin();
    int error = close(fd) ? errno : 0;
    blocking_end();
    if (!error || error == EINTR) return true;
    return error_raise_os(error, NULL, NULL), false;
}

bool stream_close(Stream *s) {
    if (!take(s)) return false;
    bool well = true;
    if (!stream_is_closed(s)) {
        well = stream_flush(s);
        Object *error = well ? NULL : gilt_error_take();
        well = close_fd(s) && well;
        if (error) error_set(error);
    }
    stream_leave(s);
    return well;
}

/* Writes what waits, where nobody can wait for it, nor be told of errors but by an errno.
 */
static int write_rest(Stream *s) {
    size_t size = s->writing && s->fd >= 0 ? s->end : 0, done = 0;
    int error = 0;
    while (done < size && !error) {
        ssize_t part = write(s->fd, s->data + done, size - done);
        if (part > 0) done += (size_t)part;
        if (part < 0 && errno != EINTR) error = errno;
    }
    if (size) s->end = 0;
    return error;
}

void stream_destroy(Object *o) {
    Stream *s = (Stream *)o;
    list_remove(s);
    write_rest(s);
    if (s->fd >= 0 && !s->keep_open) close(s->fd);
    free(s->data);
    field_drop(&s->name);
    field_drop(&s->lock);
}

/* A stream that is dying is in the list until its destroyer gets the mutex. One that a
 * thread is just writing to is left to it. */
bool files_flush(void) {
    int error = 0;
    pthread_mutex_lock(&list_mutex);
    for (Stream *s = list; s; s = s->next) {
        Object *lock = field_get(&s->lock);
        if (!lock || !gilt_lock_try(lock)) continue;
        int wrong = write_rest(s);
        if (wrong) error = wrong;
        gilt_lock_release(lock);
    }
    pthread_mutex_unlock(&list_mutex);
    if (error) fprintf(stderr, "gilt: a file could not be written: %s\n", strerror(error));
    return !error;
}

void files_finish(void) {
    files_flush();
    for (Stream *s = list; s; s = s->next) free(s->data);
    list = NULL;
}

size_t stream_bytes(const Object *o) { return (void)o, sizeof(Stream); }

unsigned stream_spans(const Object *o, Span *spans) {
    spans[0] = (Span){&((const Stream *)o)->name, 2, sizeof(Slot)};
    return 1;
}
