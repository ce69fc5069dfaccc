/* string_io.c: io.StringIO: a file of text in memory. See memory_io.h. */
#include "core/object/arguments.h"
#include "core/object/attributes.h"
#include "core/object/error.h"
#include "core/object/iterate.h"
#include "core/object/native.h"
#include "core/types/file.h"
#include "core/types/memory_io.h"
#include "core/types/str.h"
#include "core/types/text.h"
#include <stdlib.h>

/* ---- Reading ---- */

static size_t line_end(const MemoryIO *io) {
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

static Object *io_take(Object *self, Part part, Object *size) {
    size_t count;
    uint32_t *copy = memory_io_take(self, part, size, line_end, &count);
    if (!copy) return NULL;
    Object *text =
        count ? str_of_points((const uint8_t *)copy, STR_FULL, count) : incref(str_empty());
    free(copy);
    return text;
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

/* ---- Writing ---- */

/* With the lock: the points of the str, with line ends as the rule says, from `at` on. */
static void put_points(MemoryIO *io, Object *str, size_t length) {
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

static bool write_str(Object *str, void *self) {
    MemoryIO *io = self;
    if (!is_kind(str, GILT_STR))
        return gilt_raise(GILT_TYPE_ERROR, "string argument expected, got '%s'",
                          type_of(str)->name);
    size_t length = str_length(str);
    if (!length) return true;
    object_lock(&io->head);
    bool well = memory_io_room(io, io->rule == NEWLINE_CRLF ? 2 * length : length);
    if (well) put_points(io, str, length);
    object_unlock(&io->head);
    return well || gilt_raise(GILT_MEMORY_ERROR, NULL);
}

static Object *io_write(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    if (!memory_io_is_open(self) || !write_str(arguments[0], self)) return NULL;
    return gilt_int((int64_t)str_length(arguments[0]));
}

static Object *io_writelines(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    bool well = memory_io_is_open(self) && iterate_each(arguments[0], write_str, self);
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

/* ---- The rest ---- */

static Object *io_none(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_none();
}

static const Native io_methods[] = {{"read(size=, /)", io_read},
                                    {"readline(size=, /)", io_readline},
                                    {"getvalue()", io_getvalue},
                                    {"write(s, /)", io_write},
                                    {"writelines(lines, /)", io_writelines},
                                    {"seek(pos, whence=, /)", io_seek},
                                    {"get encoding", io_none},
                                    {"get errors", io_none},
                                    MEMORY_IO_METHODS,
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
    Object *io = memory_io_new(type, true);
    if (io) memory_io(io)->rule = NEWLINE_LF;
    return io;
}

static bool io_init(Object *self, Object *const *arguments, size_t count, Object *names) {
    Object *ordered[2];
    uint8_t rule;
    if (!arguments_order("StringIO(initial_value=, newline=)", arguments, count, names,
                         ordered) ||
        !rule_of(ordered[1], &rule))
        return false;
    memory_io_clear(self, rule);
    if (!ordered[0] || is_type(ordered[0], GILT_NONE)) return true;
    if (!is_kind(ordered[0], GILT_STR))
        return gilt_raise(GILT_TYPE_ERROR, "initial_value must be str or None, not %s",
                          type_of(ordered[0])->name);
    if (!write_str(ordered[0], self)) return false;
    memory_io_rewind(self);
    return true;
}

const TypeOps string_io_ops = {.kind = MEMORY_LEAF,
                               .bytes = memory_io_bytes,
                               .destroy = memory_io_destroy,
                               .hash = hash_by_address,
                               .iterate = memory_io_iterate,
                               .next = io_next,
                               .make = io_make,
                               .init = io_init,
                               .methods = io_methods};
