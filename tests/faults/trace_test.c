/* trace_test.c: a trace that cannot be written, at the start or from some byte on. A start
 * says so in one line, and can be tried again without; a program that runs already goes on
 * without its trace, after one line on stderr, and all that it does is right. */
#include "tests/testing.h"

#include "core/memory/arena.h"
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/gilt-trace-XXXXXX";
static const char *in_folder(const char *name) {
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static int descriptors(void) {
    int count = 0;
    DIR *open_ones = opendir("/proc/self/fd");
    while (open_ones && readdir(open_ones)) count++;
    if (open_ones) closedir(open_ones);
    return count;
}

static const char *start_with_trace(const char *path) {
    char setting[1200];
    snprintf(setting, sizeof setting, "trace=%s", path);
    return gilt_start((const char *[]){setting}, 1);
}

/* ---- What the program says on stderr ---- */

static int real_stderr, ear; /* a pipe: no limit of files counts there */

static void listen(void) {
    int ends[2];
    fflush(stderr);
    assert_int_equal(pipe(ends), 0);
    real_stderr = dup(STDERR_FILENO);
    dup2(ends[1], STDERR_FILENO);
    close(ends[1]);
    ear = ends[0];
}

/* The number of lines; the first of them. */
static int heard(char line[200]) {
    char rest[200];
    int count = 0;
    fflush(stderr);
    dup2(real_stderr, STDERR_FILENO);
    close(real_stderr);
    FILE *file = fdopen(ear, "r");
    *line = 0;
    while (file && fgets(count ? rest : line, 200, file)) count++;
    fclose(file);
    return count;
}

/* ---- At the start ---- */

/* Nothing was started, and nothing is left. */
static void refused_with(const char *path, const char *why) {
    int before = descriptors();
    char line[200];
    listen();
    const char *wrong = start_with_trace(path);
    int lines = heard(line);
    assert_non_null(wrong);
    assert_memory_equal(wrong, "cannot write the trace to \"", 27);
    if (!strstr(wrong, why)) fail_msg("\"%s\" does not say: %s", wrong, why);
    assert_null(strchr(wrong, '\n'));
    assert_int_equal(lines, 0);
    assert_int_equal(arena_pages(), 0);
    assert_int_equal(descriptors(), before);
    testing_begin(NULL);
    assert_int_equal(testing_end(NULL), 0);
}

static void a_path_that_cannot_be_written_is_told_at_the_start(void **state) {
    (void)state;
    char longest[1000];
    memset(longest, 'x', sizeof longest - 1);
    longest[0] = '/', longest[sizeof longest - 1] = 0;
    refused_with("/no/such/folder/trace", "No such file or directory");
    refused_with(folder, "Is a directory");
    refused_with("/dev/full", "No space left on device");
    refused_with("/dev/null/trace", "Not a directory");
    refused_with(longest, "File name too long");
    refused_with("two\nlines/\"trace\"", "No such file or directory");
    if (geteuid()) {
        close(open(in_folder("mine"), O_CREAT | O_WRONLY, 0400));
        refused_with(in_folder("mine"), "Permission denied");
        unlink(in_folder("mine"));
    }
}

static void no_descriptor_is_told_at_the_start(void **state) {
    (void)state;
    struct rlimit limit, none;
    getrlimit(RLIMIT_NOFILE, &limit);
    none = limit;
    none.rlim_cur = (rlim_t)dup(0);
    close((int)none.rlim_cur);
    setrlimit(RLIMIT_NOFILE, &none);
    const char *wrong = start_with_trace(in_folder("trace"));
    setrlimit(RLIMIT_NOFILE, &limit);
    assert_non_null(wrong);
    assert_non_null(strstr(wrong, "Too many open files"));
    testing_begin(state);
    assert_int_equal(testing_end(state), 0);
}

/* ---- Later ---- */

static void limit_files(rlim_t bytes) {
    struct rlimit limit;
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
    setrlimit(RLIMIT_FSIZE, &limit);
}

static void append_to(void *list) {
    for (int i = 0; i < 300; i++) {
        GiltObject *own = gilt_list_new(NULL, 0);
        gilt_list_append(own, own);
        gilt_list_append(list, gilt_int(1));
        gilt_decref(own);
        gilt_safepoint();
    }
}

/* So much that the buffer of the trace is written several times. */
static void work(void) {
    GiltObject *list = gilt_list_new(NULL, 0);
    GiltThread *threads[2];
    for (int i = 0; i < 2; i++)
        assert_non_null(threads[i] = gilt_thread_start(append_to, list));
    int64_t found = 0;
    for (int i = 0; i < 300; i++) found += gilt_gc_collect(2);
    for (int i = 0; i < 2; i++) assert_true(gilt_thread_join(threads[i]));
    found += gilt_gc_collect(2);
    assert_true(found <= 600);
    assert_int_equal(gilt_list_size(list), 600);
    assert_null(gilt_gc_verify());
    gilt_decref(list);
}

/* The disk is full after so many bytes: all that was written before is there. */
static void full_after(rlim_t bytes) {
    char line[200];
    struct stat file;
    int before = descriptors();
    assert_null(start_with_trace(in_folder("trace")));
    size_t blocks = gilt_memory().blocks;
    assert_int_equal(stat(in_folder("trace"), &file), 0);
    rlim_t most = (rlim_t)file.st_size > bytes ? (rlim_t)file.st_size : bytes;
    limit_files(bytes);
    listen();
    work();
    bool even = gilt_memory().blocks == blocks;
    gilt_finish();
    limit_files(RLIM_INFINITY);
    assert_int_equal(heard(line), 1);
    assert_string_equal(line, "gilt: the trace ends early: File too large\n");
    assert_true(even);
    assert_int_equal(descriptors(), before);
    assert_int_equal(stat(in_folder("trace"), &file), 0);
    assert_in_range(file.st_size, 1, most > 200 ? most : 200);
    unlink(in_folder("trace"));
}

static void a_full_disk_ends_the_trace_and_nothing_else(void **state) {
    (void)state;
    full_after(0);
    full_after(1000);
    full_after(70000);
}

/* Who has read it has gone: no signal for that. */
static void a_pipe_without_reader_ends_the_trace(void **state) {
    (void)state;
    char line[200];
    assert_int_equal(mkfifo(in_folder("pipe"), 0600), 0);
    int reader = open(in_folder("pipe"), O_RDONLY | O_NONBLOCK);
    assert_null(start_with_trace(in_folder("pipe")));
    close(reader);
    listen();
    work();
    gilt_finish();
    assert_int_equal(heard(line), 1);
    assert_string_equal(line, "gilt: the trace ends early: Broken pipe\n");
    unlink(in_folder("pipe"));
}

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_that_cannot_be_written_is_told_at_the_start),
        cmocka_unit_test(no_descriptor_is_told_at_the_start),
        cmocka_unit_test(a_full_disk_ends_the_trace_and_nothing_else),
        cmocka_unit_test(a_pipe_without_reader_ends_the_trace),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
