/* file_open.c: open(), and the three files that every program has. */
#include "core/object/error.h"
#include "core/object/native.h"
#include "core/threads/thread.h"
#include "core/types/bytes.h"
#include "core/types/file.h"
#include "core/types/path.h"
#include "core/types/str.h"
#include "core/types/text.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool given(Object *argument) { return argument && !is_type(argument, GILT_NONE); }

static bool raise_value(const char *text) {
    return gilt_raise(GILT_VALUE_ERROR, "%s", text), false;
}

/* ---- The mode ---- */

typedef struct Mode {
    char text[8]; /* as it was given, without b */
    int flags;    /* of open(2) */
    bool binary, text_asked;
} Mode;

static int flags_of(char action, bool both) {
    int access = both ? O_RDWR : action == 'r' ? O_RDONLY : O_WRONLY;
    return access | O_CLOEXEC |
           (action == 'w'   ? O_CREAT | O_TRUNC
            : action == 'a' ? O_CREAT | O_APPEND
            : action == 'x' ? O_CREAT | O_EXCL
                            : 0);
}

static bool invalid_mode(const char *mode) {
    return gilt_raise(GILT_VALUE_ERROR, "invalid mode: '%s'", mode), false;
}

static bool mode_read(Mode *m, const char *mode) {
    unsigned actions = 0;
    bool both = false;
    char action = 0;
    *m = (Mode){0};
    for (const char *at = mode; *at; at++) {
        if (!strchr("rwaxbt+", *at) || strchr(at + 1, *at)) return invalid_mode(mode);
        if (strchr("rwax", *at)) actions++, action = *at;
        both |= *at == '+';
        m->binary |= *at == 'b';
        m->text_asked |= *at == 't';
    }
    if (m->binary && m->text_asked)
        return raise_value("can't have text and binary mode at once");
    if (actions > 1)
        return raise_value("must have exactly one of create/read/write/append mode");
    if (!actions)
        return raise_value("Must have exactly one of create/read/write/append mode and at "
                           "most one plus");
    size_t used = 0;
    for (const char *at = mode; *at; at++)
        if (*at != 'b') m->text[used++] = *at;
    if (m->binary) m->text[0] = action, m->text[1] = both ? '+' : 0, m->text[2] = 0;
    m->flags = flags_of(action, both);
    return true;
}

/* ---- The other arguments ---- */

static bool newline_read(Object *newline, NewlineRule *rule) {
    static const char *const texts[] = {NULL, "", "\n", "\r", "\r\n"};
    *rule = NEWLINE_ANY;
    if (!given(newline)) return true;
    if (!is_kind(newline, GILT_STR))
        return gilt_raise(GILT_TYPE_ERROR,
                          "open() argument 'newline' must be str or None, "
                          "not %s",
                          type_of(newline)->name),
               false;
    Text text = str_text(newline);
    for (int i = NEWLINE_KEPT; i <= NEWLINE_CRLF; i++)
        if (!strcmp(text.bytes, texts[i])) return *rule = (NewlineRule)i, true;
    return gilt_raise(GILT_VALUE_ERROR, "illegal newline value: %s", text.bytes), false;
}

/* What a binary file does not have. */
static bool no_text(Object *const *arguments) {
    static const char *const names[] = {"encoding", "errors", "newline"};
    for (int i = 0; i < 3; i++)
        if (given(arguments[3 + i]))
            return gilt_raise(GILT_VALUE_ERROR, "binary mode doesn't take %s %s argument",
                              i == 2 ? "a" : "an", names[i]),
                   false;
    return true;
}

/* ---- Opening ---- */

static int open_detached(const char *path, int flags) {
    for (;;) {
        blocking_begin();
        int fd = open(path, flags, 0666), error = errno;
        blocking_end();
        errno = error;
        if (fd >= 0 || error != EINTR) return fd;
        safepoint();
        if (gilt_error()) return -1;
    }
}

/* The descriptor; -1 with the OSError. A directory is none. */
static int open_path(Object *path, int flags) {
    char *text = path_text(path);
    if (!text) return -1;
    struct stat about;
    int fd = open_detached(text, flags), error = errno;
    free(text);
    if (fd >= 0 && !fstat(fd, &about) && S_ISDIR(about.st_mode)) {
        close(fd);
        fd = -1;
        error = EISDIR;
    }
    if (fd < 0 && !gilt_error()) error_raise_os(error, path, NULL);
    return fd;
}

static int open_with(Object *opener, Object *path, int flags) {
    Object *arguments[] = {path, gilt_int(flags)};
    Object *answer = arguments[1] ? gilt_call(opener, arguments, 2) : NULL;
    int64_t fd = -1;
    decref_maybe(arguments[1]);
    if (!answer) return -1;
    if (!is_kind(answer, GILT_INT))
        gilt_raise(GILT_TYPE_ERROR, "expected integer from opener");
    else if (!gilt_int_value(answer, &fd))
        fd = -1;
    else if (fd < 0)
        gilt_raise(GILT_VALUE_ERROR, "opener returned %lld", (long long)fd);
    decref(answer);
    return (int)fd;
}

/* A descriptor that the program has. */
static int check_fd(Object *file) {
    int64_t fd;
    struct stat about;
    if (!gilt_int_value(file, &fd)) return -1;
    if (fd < 0) return gilt_raise(GILT_VALUE_ERROR, "negative file descriptor"), -1;
    if (fd > INT32_MAX || fstat((int)fd, &about))
        return error_raise_os(EBADF, NULL, NULL), -1;
    return (int)fd;
}

static Stream *open_stream(Object *file, const Mode *mode, Object *opener, bool close_it) {
    bool number = is_kind(file, GILT_INT) || is_type(file, GILT_BOOL);
    Object *path = number ? incref(file) : path_object(file);
    if (!path) return NULL;
    if (!number && !close_it) {
        decref(path);
        return raise_value("Cannot use closefd=False with file name"), NULL;
    }
    int fd = number          ? check_fd(file)
             : given(opener) ? open_with(opener, path, mode->flags)
                             : open_path(path, mode->flags);
    Stream *s = fd < 0 ? NULL : stream_new(fd, path, mode->text);
    if (fd >= 0 && !s && !number) close(fd);
    if (s) s->keep_open = !close_it;
    if (s && (mode->flags & O_APPEND)) lseek(fd, 0, SEEK_END);
    decref(path);
    return s;
}

static bool str_expected(Object *argument, const char *name) {
    if (!given(argument) || is_kind(argument, GILT_STR)) return true;
    return gilt_raise(GILT_TYPE_ERROR, "open() argument '%s' must be str or None, not %s",
                      name, type_of(argument)->name),
           false;
}

static Object *open_text(Object *const *arguments, Stream *s, NewlineRule rule,
                         bool line_buffered) {
    Object *encoding = given(arguments[3]) ? arguments[3] : gilt_intern("UTF-8");
    Object *errors = given(arguments[4]) ? arguments[4] : gilt_intern("strict");
    if (encoding && errors) return text_file_new(s, encoding, errors, rule, line_buffered);
    decref(&s->head);
    return NULL;
}

Object *file_open(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    Mode mode;
    NewlineRule rule;
    int64_t buffering = -1;
    if (arguments[1] && !is_kind(arguments[1], GILT_STR))
        return gilt_raise(GILT_TYPE_ERROR, "open() argument 'mode' must be str, not %s",
                          type_of(arguments[1])->name);
    if (!mode_read(&mode, arguments[1] ? str_text(arguments[1]).bytes : "r")) return NULL;
    if (arguments[2] && !gilt_int_value(arguments[2], &buffering)) return NULL;
    if (!str_expected(arguments[3], "encoding") || !str_expected(arguments[4], "errors") ||
        (mode.binary && !no_text(arguments)) || !newline_read(arguments[5], &rule))
        return NULL;
    if (!buffering && !mode.binary)
        return raise_value("can't have unbuffered text I/O"), NULL;
    int close_it = arguments[6] ? gilt_true(arguments[6]) : 1;
    if (close_it < 0) return NULL;
    Stream *s = open_stream(arguments[0], &mode, arguments[7], close_it);
    if (!s) return NULL;
    s->unbuffered = buffering == 0;
    if (mode.binary) return &s->head;
    bool terminal = buffering < 0 && s->writable && isatty(s->fd);
    return open_text(arguments, s, rule, buffering == 1 || terminal);
}

/* ---- The standard files ---- */

Object *file_standard(int number) {
    static const char *const names[] = {"<stdin>", "<stdout>", "<stderr>"};
    struct stat about;
    if (fstat(number, &about)) return gilt_none(); /* the program was started without */
    Object *name = gilt_intern(names[number]), *encoding = gilt_intern("utf-8");
    Object *errors = gilt_intern(number == 2 ? "backslashreplace" : "strict");
    if (!name || !encoding || !errors) return NULL;
    Stream *s = stream_new(number, name, number ? "w" : "r");
    if (!s) return NULL;
    s->keep_open = true;
    s->unbuffered = number == 2;
    return text_file_new(s, encoding, errors, NEWLINE_LF, number && isatty(number));
}
