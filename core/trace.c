/* trace.c: writes the timeline in the Trace Event Format, as an array of events in JSON.
 *
 * Events are gathered in a buffer, one to a line, and written when it is full or a second
 * old. Only whole events are written, each with the comma before it, so a file that has no
 * end because the process died lacks nothing but the final bracket, which the format
 * allows.
 *
 * `mutex` guards all of `trace`; nothing else is locked inside it. A child of a fork has no
 * trace: the file is its parent's. If the file cannot be written any more, the trace ends
 * with a line on stderr, and the program goes on. */
#include "core/trace.h"
#include "core/mode.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BUFFER_BYTES 65536
#define EVENT_BYTES 4096 /* more than any event, with the name of its thread */
#define TEXT_BYTES 384   /* of a text in an event; most are far shorter */
#define FLUSH_AFTER UINT64_C(1000000000)

_Atomic bool trace_is_on;

static struct Trace {
    pthread_mutex_t mutex;
    int file; /* -1: none */
    int process;
    uint64_t begun, flushed;  /* times */
    uint8_t named[65536 / 8]; /* a bit for each thread whose name has been told */
    size_t used;
    char buffer[BUFFER_BYTES];
} trace = {.mutex = PTHREAD_MUTEX_INITIALIZER, .file = -1};

uint64_t trace_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* ---- The file ---- */

static bool write_all(int file, const char *text, size_t bytes) {
    while (bytes) {
        ssize_t written = write(file, text, bytes);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        text += written;
        bytes -= (size_t)written;
    }
    return true;
}

static void give_up(void) {
    fprintf(stderr, "gilt: the trace ends early: %s\n", strerror(errno));
    atomic_store(&trace_is_on, false);
    if (trace.file >= 0) close(trace.file);
    trace.file = -1;
}

/* If the file is a pipe whose reader has gone, a write says so, and must not end the
 * program by a signal. One that was pending before stays. */
static bool write_quietly(int file, const char *text, size_t bytes) {
    sigset_t pipe_gone, before, pending;
    sigemptyset(&pipe_gone);
    sigaddset(&pipe_gone, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_gone, &before);
    sigpending(&pending);
    bool written = write_all(file, text, bytes);
    if (!written && errno == EPIPE && !sigismember(&pending, SIGPIPE))
        sigtimedwait(&pipe_gone, NULL, &(struct timespec){0});
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return written;
}

static bool flush(uint64_t now) {
    bool written = write_quietly(trace.file, trace.buffer, trace.used);
    trace.used = 0;
    trace.flushed = now;
    return written;
}

/* ---- Text ---- */

static void put(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void put(const char *format, ...) {
    va_list args;
    size_t room = BUFFER_BYTES - trace.used;
    va_start(args, format);
    int length = vsnprintf(trace.buffer + trace.used, room, format, args);
    va_end(args);
    assert(length >= 0 && (size_t)length < room && "an event is longer than EVENT_BYTES");
    trace.used += (size_t)length < room ? (size_t)length : room - 1;
}

/* As in a string of JSON, cut to `room` bytes with the final NUL, between characters. */
static const char *escape(char *to, size_t room, const char *text) {
    char *at = to, *end = to + room;
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        bool first = (c & 0xC0) != 0x80; /* of a character in UTF-8 */
        if (end - at < (first ? 8 : 2)) break;
        if (c < 0x20 || c == 0x7F)
            at += sprintf(at, "\\u%04x", c);
        else if (c == '"' || c == '\\')
            *at++ = '\\', *at++ = (char)c;
        else
            *at++ = (char)c;
    }
    *at = 0;
    return to;
}

static void put_text(const char *name, const char *text) {
    char name_escaped[TEXT_BYTES], text_escaped[TEXT_BYTES];
    put("\"%s\":\"%s\"", escape(name_escaped, sizeof name_escaped, name),
        escape(text_escaped, sizeof text_escaped, text));
}

/* Microseconds, to the nanosecond. */
static void put_time(const char *name, uint64_t nanoseconds) {
    put(",\"%s\":%llu.%03u", name, (unsigned long long)(nanoseconds / 1000),
        (unsigned)(nanoseconds % 1000));
}

/* ---- Events ---- */

/* A name is an event, too: for each thread, before its first one. */
static void put_thread_name(uint16_t thread) {
    uint8_t bit = (uint8_t)(1 << thread % 8);
    if (trace.named[thread / 8] & bit) return;
    trace.named[thread / 8] |= bit;
    put(",\n{\"name\":\"thread_name\",\"ph\":\"M\",\"pid\":%d,\"tid\":%u,\"args\":"
        "{\"name\":\"thread %u%s\"}}",
        trace.process, thread, thread, thread == 1 ? " (main)" : "");
}

static void put_head(const char *name, char kind, uint16_t thread, uint64_t at) {
    put_thread_name(thread);
    put(",\n{");
    put_text("name", name);
    put(",\"ph\":\"%c\",\"pid\":%d,\"tid\":%u", kind, trace.process, thread);
    put_time("ts", at - trace.begun);
}

static void put_tail(const TraceArg *args, unsigned count) {
    assert(count <= TRACE_ARGS_MAX);
    put(",\"args\":{");
    for (unsigned i = 0; i < count; i++) {
        if (i) put(",");
        if (args[i].text)
            put_text(args[i].name, args[i].text);
        else
            put("\"%s\":%llu", args[i].name, (unsigned long long)args[i].number);
    }
    put("}}");
}

/* Takes the mutex. false: the trace has ended meanwhile, and there is no event to write. */
static bool event_begin(void) {
    pthread_mutex_lock(&trace.mutex);
    if (trace.file >= 0) return true;
    pthread_mutex_unlock(&trace.mutex);
    return false;
}

static void event_end(uint64_t now) {
    bool full = BUFFER_BYTES - trace.used < EVENT_BYTES;
    if ((full || now > trace.flushed + FLUSH_AFTER) && !flush(now)) give_up();
    pthread_mutex_unlock(&trace.mutex);
}

void trace_slice(const char *name, uint16_t thread, uint64_t from, uint64_t to,
                 const TraceArg *args, unsigned count) {
    if (!event_begin()) return;
    put_head(name, 'X', thread, from);
    put_time("dur", to - from);
    put_tail(args, count);
    event_end(to);
}

void trace_handover(uint16_t from, uint16_t to) {
    uint64_t now = trace_clock();
    if (!event_begin()) return;
    put_head("hand-over", 'i', to, now);
    put(",\"s\":\"t\"");
    put_tail((TraceArg[]){{.name = "from", .number = from}, {.name = "to", .number = to}},
             2);
    event_end(now);
}

/* ---- Start and end ---- */

void trace_fork(ForkStep step) {
    if (step == FORK_CHILD && trace.file >= 0) {
        atomic_store(&trace_is_on, false);
        close(trace.file);
        trace.file = -1;
    }
    fork_mutex(&trace.mutex, step);
}

static const char *cannot_write(const char *path) {
    static char wrong[1024];
    char escaped[800];
    const char *why = strerror(errno);
    snprintf(wrong, sizeof wrong, "cannot write the trace to \"%s\": %s",
             escape(escaped, sizeof escaped, path), why);
    return wrong;
}

/* No event has a comma after it, so the first one is not just any: the process's name. */
static bool begin_file(int file) {
    trace.file = file;
    trace.process = (int)getpid();
    trace.begun = trace_clock();
    trace.used = 0;
    memset(trace.named, 0, sizeof trace.named);
    put("[\n{\"name\":\"process_name\",\"ph\":\"M\",\"pid\":%d,\"tid\":0,\"args\":"
        "{\"name\":\"gilt %s\"}}",
        trace.process, world_mode());
    return flush(trace.begun);
}

/* That may take long: until somebody reads, if it is a pipe. */
static int open_file(const char *path) {
    int file;
    do file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    while (file < 0 && errno == EINTR);
    return file;
}

const char *trace_start(const char *path) {
    const char *wrong = NULL;
    if (!*path) return NULL;
    int file = open_file(path);
    if (file < 0) return cannot_write(path);
    pthread_mutex_lock(&trace.mutex);
    if (!begin_file(file)) {
        wrong = cannot_write(path);
        close(file);
        trace.file = -1;
    }
    atomic_store(&trace_is_on, !wrong);
    pthread_mutex_unlock(&trace.mutex);
    return wrong;
}

void trace_finish(void) {
    if (!event_begin()) return;
    atomic_store(&trace_is_on, false);
    put("\n]\n");
    int file = trace.file;
    bool written = flush(trace_clock());
    trace.file = -1;
    if (close(file) || !written) give_up();
    pthread_mutex_unlock(&trace.mutex);
}
