/* lines.c: reads a source file as a whole, and finds lines in it. */
#include "core/vm/lines.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX ((off_t)1 << 26)

void lines_free(Lines *lines) {
    free(lines->name);
    free(lines->text);
    *lines = (Lines){0};
}

/* What there is of the file, up to its size. */
static bool read_whole(Lines *lines, int fd, size_t size) {
    if (!(lines->text = malloc(size + 1))) return false;
    while (lines->bytes < size) {
        ssize_t got = read(fd, lines->text + lines->bytes, size - lines->bytes);
        if (got <= 0) break;
        lines->bytes += (size_t)got;
    }
    return true;
}

static bool read_file(Lines *lines, const char *filename) {
    struct stat about;
    if (filename[0] == '<') return false;
    int fd = open(filename, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return false;
    bool well = !fstat(fd, &about) && S_ISREG(about.st_mode) && about.st_size <= FILE_MAX &&
                read_whole(lines, fd, (size_t)about.st_size);
    close(fd);
    return well;
}

static bool take_file(Lines *lines, const char *filename) {
    if (lines->name && !strcmp(lines->name, filename)) return !lines->missing;
    lines_free(lines);
    if (!(lines->name = strdup(filename))) return false;
    lines->missing = !read_file(lines, filename);
    return !lines->missing;
}

const char *lines_get(Lines *lines, const char *filename, int number, size_t *bytes) {
    if (number < 1 || !take_file(lines, filename)) return NULL;
    const char *at = lines->text, *end = at + lines->bytes;
    for (; number > 1; number--) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        if (!newline) return NULL;
        at = newline + 1;
    }
    if (at == end) return NULL;
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    *bytes = (size_t)((newline ? newline : end) - at);
    return at;
}
