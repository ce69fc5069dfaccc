/* word-count: real text: split lines, hash words, count them in a dict.
 *
 * The lines of all files are made once, on the main thread; each batch reads them all and
 * counts the words into a dict of its own. Files: the user's, after --; or else the licence
 * texts of the system; or else gilt's own sources, from the top of its tree. */
#include "workloads/micro/values.h"
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static Workload workload_word_count;
static GiltObject *lines;

static bool os_error(const char *path) {
    return gilt_raise(GILT_OS_ERROR, "%s: %s", path, strerror(errno));
}

/* The exception that is set says where in the line; now also in which line. */
static bool name_line(const char *path, unsigned long number) {
    if (!gilt_error_is(GILT_UNICODE_ERROR)) return false;
    GiltObject *error = gilt_error_take(), *shown = gilt_str(error);
    char *text = shown ? gilt_str_utf8(shown, NULL) : NULL;
    if (text) gilt_raise(GILT_UNICODE_ERROR, "%s, line %lu: %s", path, number, text);
    free(text);
    gilt_decref(shown);
    gilt_decref(error);
    return false;
}

static bool add_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) return os_error(path);
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    bool ok = true;
    for (unsigned long i = 1; ok && (length = getline(&line, &room, file)) >= 0; i++)
        ok = put_last(lines, gilt_str_new(line, (size_t)length)) || name_line(path, i);
    if (ok && ferror(file)) ok = os_error(path);
    free(line);
    fclose(file);
    return ok;
}

/* All plain files that the pattern finds and that can be read. Links would come twice. */
static bool add_pattern(const char *pattern) {
    glob_t found;
    struct stat status;
    bool ok = true;
    if (glob(pattern, 0, NULL, &found)) return true;
    for (size_t i = 0; ok && i < found.gl_pathc; i++) {
        const char *path = found.gl_pathv[i];
        if (!lstat(path, &status) && S_ISREG(status.st_mode) && !access(path, R_OK))
            ok = add_file(path);
    }
    globfree(&found);
    return ok;
}

/* counts[word] += 1 */
static bool count_word(GiltObject *counts, GiltObject *word) {
    int64_t before = 0;
    GiltObject *found = gilt_dict_get(counts, word);
    if (found ? !take_int(found, &before) : gilt_error() != NULL) return false;
    return put_key(counts, word, gilt_int(before + 1));
}

static bool count_line(GiltObject *counts, GiltObject *line, uint64_t *words) {
    GiltObject *split = line ? gilt_str_split(line, NULL) : NULL;
    size_t size = split ? gilt_list_size(split) : 0;
    bool ok = split != NULL;
    for (size_t i = 0; ok && i < size; i++) {
        GiltObject *word = gilt_list_get(split, (ssize_t)i);
        ok = word && count_word(counts, word);
        gilt_decref(word);
    }
    *words += size;
    gilt_decref(split);
    gilt_decref(line);
    return ok;
}

/* In the order in which the words were first met. */
static bool mix_counts(GiltObject *counts, uint64_t *sum) {
    GiltObject *word, *count;
    for (size_t at = 0; gilt_dict_next(counts, &at, &word, &count);) {
        *sum = mix(*sum, (uint64_t)gilt_len(word));
        gilt_decref(word);
        if (!mix_taken(sum, count)) return false;
        if (at % 16 == 0) gilt_safepoint();
    }
    return true;
}

static bool count_all(uint64_t *words, uint64_t *sum) {
    GiltObject *counts = gilt_dict_new();
    size_t size = gilt_list_size(lines);
    bool ok = counts != NULL;
    *words = 0;
    for (size_t i = 0; ok && i < size; i++) {
        ok = count_line(counts, gilt_list_get(lines, (ssize_t)i), words);
        gilt_safepoint();
    }
    *sum = mix(0, *words);
    ok = ok && mix_counts(counts, sum);
    gilt_decref(counts);
    return ok;
}

static bool setup(int threads, char **arguments, int count) {
    (void)threads;
    if (!(lines = gilt_list_new(NULL, 0))) return false;
    for (int i = 0; i < count; i++)
        if (!add_file(arguments[i])) return false;
    if (!count && !add_pattern("/usr/share/common-licenses/*")) return false;
    if (!count && !gilt_list_size(lines) && !add_pattern("core/*/*.[ch]")) return false;
    uint64_t words, sum;
    if (!count_all(&words, &sum)) return false;
    if (!words)
        return gilt_raise(GILT_VALUE_ERROR, "word-count: no words; name files after --");
    workload_word_count.operations = words;
    return true;
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    uint64_t words;
    return count_all(&words, checksum);
}

static void teardown(void) { drop(&lines); }

WORKLOAD(word_count) = {
    .name = "word-count",
    .title = "count the words of text files: the user's, or the licences of the system",
    .operations = 1, /* setup counts the words */
    .data = SHARED,
    .setup = setup,
    .batch = batch,
    .teardown = teardown,
};
