/* posix.c: the module posix: the system calls behind core/lib/os. Paths are str, or bytes;
 * what the system says is str. */
#define _GNU_SOURCE 1 /* pipe2 */
#include "core/modules/module.h"
#include "core/modules/record.h"
#include "core/object/error.h"
#include "core/threads/thread.h"
#include "core/types/bytes.h"
#include "core/types/path.h"
#include "core/types/slice.h"
#include "core/types/str.h"
#include "core/types/tuple.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

/* None; or what errno says about the path. */
static Object *none_or_error(int result, Object *path) {
    return result < 0 ? error_raise_os(errno, path, NULL) : gilt_none();
}

/* ---- directories and files ---- */

static Object *posix_fspath(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    return path_object(arguments[0]);
}

static Object *posix_getcwd(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)arguments, (void)count;
    char *text = getcwd(NULL, 0);
    Object *path = text ? path_str(text) : error_raise_os(errno, NULL, NULL);
    free(text);
    return path;
}

/* Does `call` with the path, detached. */
static Object *with_path(Object *path, int (*call)(const char *)) {
    char *text = path_text(path);
    if (!text) return NULL;
    blocking_begin();
    int result = call(text), error = errno;
    blocking_end();
    free(text);
    errno = error;
    return none_or_error(result, path);
}

static Object *posix_chdir(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    return with_path(arguments[0], chdir);
}

static Object *posix_rmdir(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    return with_path(arguments[0], rmdir);
}

static Object *posix_unlink(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    return with_path(arguments[0], unlink);
}

static Object *posix_mkdir(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    ssize_t mode = 0777;
    if (!int_argument(arguments[1], &mode)) return NULL;
    char *text = path_text(arguments[0]);
    if (!text) return NULL;
    int result = mkdir(text, (mode_t)mode);
    free(text);
    return none_or_error(result, arguments[0]);
}

static Object *posix_rename(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    char *from = path_text(arguments[0]), *to = from ? path_text(arguments[1]) : NULL;
    int result = to ? rename(from, to) : 0, error = errno;
    free(from);
    free(to);
    if (!to) return NULL;
    return result ? error_raise_os(error, arguments[0], arguments[1]) : gilt_none();
}

static bool list_add(Object *list, const char *name, bool as_bytes) {
    if (!strcmp(name, ".") || !strcmp(name, "..")) return true;
    Object *item = as_bytes ? gilt_bytes_new(name, strlen(name)) : path_str(name);
    bool well = item && gilt_list_append(list, item);
    decref_maybe(item);
    return well;
}

/* The names in it: bytes, if the path is. */
static Object *list_directory(Object *path) {
    char *text = path ? path_text(path) : strdup(".");
    if (!text) return NULL;
    DIR *directory = opendir(text);
    int error = errno;
    free(text);
    if (!directory) return error_raise_os(error, path, NULL);
    bool as_bytes = path && is_kind(path, GILT_BYTES);
    Object *list = gilt_list_new(NULL, 0);
    for (struct dirent *entry; list && (entry = readdir(directory));) {
        if (list_add(list, entry->d_name, as_bytes)) continue;
        decref(list);
        list = NULL;
    }
    closedir(directory);
    return list;
}

static Object *posix_listdir(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    if (!arguments[0] || is_type(arguments[0], GILT_NONE)) return list_directory(NULL);
    Object *path = path_object(arguments[0]);
    Object *list = path ? list_directory(path) : NULL;
    decref_maybe(path);
    return list;
}

static const char *const stat_fields[] = {"st_mode",  "st_ino",  "st_dev",  "st_nlink",
                                          "st_uid",   "st_gid",  "st_size", "st_atime",
                                          "st_mtime", "st_ctime"};
static const RecordSpec stat_spec = {"os.stat_result", stat_fields, 10};

static double seconds(struct timespec t) { return (double)t.tv_sec + t.tv_nsec * 1e-9; }

/* What stat(2) and its like found; or errno about the path. */
static Object *stat_result(int result, const struct stat *s, Object *path) {
    if (result) return error_raise_os(errno, path, NULL);
    Object *items[] = {gilt_int(s->st_mode),
                       gilt_int((int64_t)s->st_ino),
                       gilt_int((int64_t)s->st_dev),
                       gilt_int((int64_t)s->st_nlink),
                       gilt_int(s->st_uid),
                       gilt_int(s->st_gid),
                       gilt_int(s->st_size),
                       gilt_float(seconds(s->st_atim)),
                       gilt_float(seconds(s->st_mtim)),
                       gilt_float(seconds(s->st_ctim))};
    return record_new(&stat_spec, items);
}

static Object *stat_fd(Object *number, Object *path) {
    ssize_t fd;
    struct stat s;
    return int_argument(number, &fd) ? stat_result(fstat((int)fd, &s), &s, path) : NULL;
}

/* stat(path, follow): of a path, or of the int of a file descriptor. */
static Object *posix_stat(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    struct stat s;
    int follow = gilt_true(arguments[1]);
    if (follow < 0) return NULL;
    if (is_kind(arguments[0], GILT_INT)) return stat_fd(arguments[0], arguments[0]);
    char *text = path_text(arguments[0]);
    if (!text) return NULL;
    int result = follow ? stat(text, &s) : lstat(text, &s);
    free(text);
    return stat_result(result, &s, arguments[0]);
}

static Object *posix_fstat(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    return stat_fd(arguments[0], NULL);
}

static Object *posix_access(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    ssize_t mode;
    if (!int_argument(arguments[1], &mode)) return NULL;
    char *text = path_text(arguments[0]);
    if (!text) return NULL;
    int result = access(text, (int)mode);
    free(text);
    return gilt_bool(result == 0);
}

/* ---- file descriptors ---- */

static Object *posix_pipe(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)arguments, (void)count;
    int ends[2];
    if (pipe2(ends, O_CLOEXEC)) return error_raise_os(errno, NULL, NULL);
    Object *both[] = {gilt_int(ends[0]), gilt_int(ends[1])};
    return tuple_of_own(both, 2);
}

static Object *posix_close(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    ssize_t fd;
    if (!int_argument(arguments[0], &fd)) return NULL;
    return none_or_error(close((int)fd), NULL);
}

static Object *posix_write(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    ssize_t fd;
    ByteView view;
    if (!int_argument(arguments[0], &fd) || !byte_view(&view, arguments[1])) return NULL;
    blocking_begin();
    ssize_t written = write((int)fd, view.data, view.size);
    int error = errno;
    blocking_end();
    byte_view_end(&view);
    return written < 0 ? error_raise_os(error, NULL, NULL) : gilt_int(written);
}

static Object *posix_read(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    ssize_t fd, most;
    if (!int_argument(arguments[0], &fd) || !index_argument(arguments[1], &most))
        return NULL;
    if (most < 0) return error_raise_os(EINVAL, NULL, NULL);
    if (most > 1 << 30) most = 1 << 30;
    void *data = malloc((size_t)most + 1);
    if (!data) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    blocking_begin();
    ssize_t got = read((int)fd, data, (size_t)most);
    int error = errno;
    blocking_end();
    Object *bytes =
        got < 0 ? error_raise_os(error, NULL, NULL) : gilt_bytes_new(data, (size_t)got);
    free(data);
    return bytes;
}

/* ---- the process ---- */

static Object *posix_getpid(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)arguments, (void)count;
    return gilt_int(getpid());
}

static Object *posix_getppid(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)arguments, (void)count;
    return gilt_int(getppid());
}

static Object *posix_kill(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    ssize_t process, number;
    if (!int_argument(arguments[0], &process) || !int_argument(arguments[1], &number))
        return NULL;
    return none_or_error(kill((pid_t)process, (int)number), NULL);
}

static Object *posix_exit(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    ssize_t status;
    if (!int_argument(arguments[0], &status)) return NULL;
    _exit((int)status);
}

/* Of processors that this process may use. */
static Object *posix_cpu_count(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)arguments, (void)count;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors > 0 ? gilt_int(processors) : gilt_none();
}

static Object *posix_urandom(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    ssize_t size;
    if (!index_argument(arguments[0], &size)) return NULL;
    if (size < 0) return gilt_raise(GILT_VALUE_ERROR, "negative argument not allowed");
    char *data = malloc((size_t)size + 1);
    if (!data) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    ssize_t got = 0;
    for (ssize_t more = 1; got < size && more > 0; got += more)
        more = getrandom(data + got, (size_t)(size - got), 0);
    Object *bytes = got == size ? gilt_bytes_new(data, (size_t)size)
                                : error_raise_os(errno, NULL, NULL);
    free(data);
    return bytes;
}

static Object *posix_strerror(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    ssize_t number;
    if (!int_argument(arguments[0], &number)) return NULL;
    return path_str(strerror((int)number));
}

static Object *posix_isatty(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    ssize_t fd;
    if (!int_argument(arguments[0], &fd)) return NULL;
    return gilt_bool(isatty((int)fd));
}

/* ---- the environment ---- */

static Object *posix_putenv(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    char *name = path_text(arguments[0]), *value = name ? path_text(arguments[1]) : NULL;
    int result = value ? setenv(name, value, 1) : 0;
    free(name);
    free(value);
    return value ? none_or_error(result, NULL) : NULL;
}

static Object *posix_unsetenv(Object *module, Object *const *arguments, size_t count) {
    (void)module, (void)count;
    char *name = path_text(arguments[0]);
    if (!name) return NULL;
    int result = unsetenv(name);
    free(name);
    return none_or_error(result, NULL);
}

static bool environment_add(Object *dict, const char *line) {
    const char *equals = strchr(line, '=');
    if (!equals) return true;
    char *start = strndup(line, (size_t)(equals - line));
    Object *name = start ? path_str(start) : gilt_raise(GILT_MEMORY_ERROR, NULL);
    Object *value = name ? path_str(equals + 1) : NULL;
    bool well = value && gilt_dict_set(dict, name, value);
    free(start);
    decref_maybe(name);
    decref_maybe(value);
    return well;
}

static Object *environment(void) {
    Object *dict = gilt_dict_new();
    for (char **line = environ; dict && line && *line; line++) {
        if (environment_add(dict, *line)) continue;
        return decref(dict), NULL;
    }
    return dict;
}

/* ---- the module ---- */

static const Native functions[] = {
    {"fspath(path)", posix_fspath},
    {"getcwd()", posix_getcwd},
    {"chdir(path)", posix_chdir},
    {"rmdir(path)", posix_rmdir},
    {"unlink(path)", posix_unlink},
    {"remove(path)", posix_unlink},
    {"mkdir(path, mode=)", posix_mkdir},
    {"rename(src, dst)", posix_rename},
    {"replace(src, dst)", posix_rename},
    {"listdir(path=)", posix_listdir},
    {"_stat(path, follow, /)", posix_stat},
    {"fstat(fd)", posix_fstat},
    {"access(path, mode)", posix_access},
    {"pipe()", posix_pipe},
    {"close(fd)", posix_close},
    {"read(fd, length, /)", posix_read},
    {"write(fd, data, /)", posix_write},
    {"isatty(fd, /)", posix_isatty},
    {"getpid()", posix_getpid},
    {"getppid()", posix_getppid},
    {"kill(pid, signal, /)", posix_kill},
    {"_exit(status)", posix_exit},
    {"cpu_count()", posix_cpu_count},
    {"urandom(size, /)", posix_urandom},
    {"strerror(code, /)", posix_strerror},
    {"_putenv(name, value, /)", posix_putenv},
    {"_unsetenv(name, /)", posix_unsetenv},
    {0},
};

static bool fill(Object *module) {
    Type *stat_result = record_type(&stat_spec);
    return stat_result && module_put(module, "stat_result", incref(&stat_result->head)) &&
           module_put(module, "environ", environment()) &&
           module_put(module, "F_OK", gilt_int(F_OK)) &&
           module_put(module, "R_OK", gilt_int(R_OK)) &&
           module_put(module, "W_OK", gilt_int(W_OK)) &&
           module_put(module, "X_OK", gilt_int(X_OK));
}

const ModuleSpec posix_module = {"posix", functions, fill};
