/* corpus_test.c: the corpus, and fresh texts that are made of it, without libFuzzer.
 *
 * Each text of the corpus is compiled as check.h says; then some thousands of changed ones,
 * for two seconds. These are made by a generator with a seed that
 * is printed: FUZZ_SEED=N makes the same texts again, FUZZ_SECONDS=N takes longer. They are
 * tried in a child process that shares with us the text it is at, so that a crash or a text
 * that takes longer than TOO_LONG shows the text. */
#define _GNU_SOURCE
#include "tests/fuzz/check.h"
#include "tests/stress/random.h"
#include "tests/testing.h"
#include <dirent.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TEXTS_MAX = 1000, BYTES_MAX = 1 << 16, TOO_LONG = 20 /* seconds */ };

typedef struct Text {
    char *bytes;
    size_t count;
    char name[256];
} Text;

typedef struct Shared {
    char wrong[256];
    size_t tried, count;
    char bytes[BYTES_MAX];
} Shared;

static Text texts[TEXTS_MAX];
static size_t text_count;
static Shared *shared;

/* ---- the corpus ---- */

static int by_name(const void *a, const void *b) {
    return strcmp(((const Text *)a)->name, ((const Text *)b)->name);
}

static void text_read(const char *directory, const char *name) {
    Text *text = &texts[text_count++];
    char path[600];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    snprintf(text->name, sizeof text->name, "%s", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    text->bytes = malloc(BYTES_MAX);
    text->count = fread(text->bytes, 1, BYTES_MAX, file);
    assert_true(text->count < BYTES_MAX);
    fclose(file);
}

static int corpus_read(void **state) {
    (void)state;
    char path[sizeof __FILE__ + 8];
    strcpy(path, __FILE__);
    strcpy(strrchr(path, '/'), "/corpus");
    DIR *directory = opendir(path);
    if (!directory) fail_msg("no %s: the test runs in the root of the repository", path);
    for (struct dirent *entry; (entry = readdir(directory)) && text_count < TEXTS_MAX;)
        if (entry->d_name[0] != '.') text_read(path, entry->d_name);
    closedir(directory);
    qsort(texts, text_count, sizeof *texts, by_name);
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                  -1, 0);
    return text_count && shared != MAP_FAILED ? 0 : -1;
}

static int corpus_free(void **state) {
    (void)state;
    for (size_t i = 0; i < text_count; i++) free(texts[i].bytes);
    return munmap(shared, sizeof *shared);
}

/* ---- a child that tries texts ---- */

/* The child's: false if something is wrong. Of exactly this size, for AddressSanitizer. */
static bool try(const char *bytes, size_t count) {
    char *exact = malloc(count ? count : 1);
    memcpy(exact, bytes, count);
    memcpy(shared->bytes, bytes, count);
    shared->count = count;
    shared->tried++;
    alarm(TOO_LONG);
    const char *wrong = fuzz_check(exact, count);
    if (wrong) snprintf(shared->wrong, sizeof shared->wrong, "%s", wrong);
    free(exact);
    return !wrong;
}

static void show(int status) {
    if (shared->wrong[0])
        print_error("wrong: %s\n", shared->wrong);
    else if (WIFSIGNALED(status))
        print_error("%s\n",
                    WTERMSIG(status) == SIGALRM ? "a hang" : strsignal(WTERMSIG(status)));
    print_error("text %zu, as for printf: '", shared->tried);
    for (size_t i = 0; i < shared->count; i++) {
        char c = shared->bytes[i];
        bool plain = c >= ' ' && c <= '~' && !strchr("'\\%", c);
        print_error(plain ? "%c" : "\\%03o", plain ? c : (uint8_t)c);
    }
    print_error("'\n");
}

/* Runs `body` in a process of its own, with a runtime. */
static void in_child(bool (*body)(void)) {
    shared->wrong[0] = 0;
    shared->tried = shared->count = 0;
    fflush(stdout);
    pid_t child = fork();
    assert_true(child >= 0);
    if (!child) {
        bool well = !gilt_start(NULL, 0) && body();
        alarm(0);
        if (well) gilt_finish();
        _exit(!well);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    if (status) show(status);
    assert_int_equal(status, 0);
}

/* ---- as they are ---- */

static bool corpus_whole(void) {
    for (size_t i = 0; i < text_count; i++)
        if (!try(texts[i].bytes, texts[i].count)) return false;
    return true;
}

TEST(each_text_is_code_or_a_syntax_error_with_its_place) { in_child(corpus_whole); }

/* ---- changed ---- */

static const char *const tokens[] = {"(",
                                     ")",
                                     "[",
                                     "]",
                                     "{",
                                     "}",
                                     ",",
                                     ":",
                                     ";",
                                     ".",
                                     "...",
                                     "=",
                                     "==",
                                     ":=",
                                     "->",
                                     "@",
                                     "*",
                                     "**",
                                     "+=",
                                     "//",
                                     "<",
                                     "!=",
                                     "~",
                                     "-",
                                     "\\\n",
                                     "\n",
                                     "\n    ",
                                     "\n\t",
                                     "\r",
                                     "\f",
                                     "#",
                                     "'",
                                     "\"",
                                     "'''",
                                     "\"\"\"",
                                     "f'",
                                     "f'{",
                                     "!r}",
                                     "rb'",
                                     "\\N{",
                                     "\\x",
                                     "0x",
                                     "1e9",
                                     "1j",
                                     "0",
                                     "9999999999999999999",
                                     "x",
                                     "__class__",
                                     "\xC3\xA9",
                                     "\xEF\xBB\xBF",
                                     "\xFF",
                                     "and ",
                                     "as ",
                                     "assert ",
                                     "async ",
                                     "await ",
                                     "break\n",
                                     "class x",
                                     "continue\n",
                                     "def f",
                                     "del ",
                                     "elif ",
                                     "else:",
                                     "except",
                                     "except*",
                                     "finally:",
                                     "for ",
                                     "from ",
                                     "global ",
                                     "if ",
                                     "import ",
                                     "in ",
                                     "is ",
                                     "lambda ",
                                     "match x:\n case ",
                                     "None",
                                     "nonlocal ",
                                     "not ",
                                     "or ",
                                     "pass\n",
                                     "raise ",
                                     "return ",
                                     "try:",
                                     "type x",
                                     "while ",
                                     "with ",
                                     "yield ",
                                     "yield from ",
                                     "coding: latin-1"};

static Random seed;

static size_t below(size_t bound) {
    return bound ? (size_t)random_below(&seed, (int)bound) : 0;
}

/* Puts `count` bytes in place of `cut` bytes at `at`. */
static void replace(size_t at, size_t cut, const char *bytes, size_t count, Text *text) {
    if (text->count - cut + count > BYTES_MAX / 2) return;
    memmove(text->bytes + at + count, text->bytes + at + cut, text->count - at - cut);
    memcpy(text->bytes + at, bytes, count);
    text->count = text->count - cut + count;
}

static void repeat(Text *text, size_t at) {
    char piece[64];
    size_t count = below(sizeof piece);
    if (count > text->count - at) count = text->count - at;
    memcpy(piece, text->bytes + at, count);
    for (size_t times = below(3) ? 1 : below(300); times; times--)
        replace(at, 0, piece, count, text);
}

static void splice(Text *text, size_t at, size_t cut) {
    const Text *other = &texts[below(text_count)];
    size_t from = below(other->count), count = below(other->count - from) + 1;
    if (other->count) replace(at, cut, other->bytes + from, count, text);
}

static void change(Text *text) {
    size_t at = below(text->count + 1), left = text->count - at;
    size_t cut = below(left < 20 ? left + 1 : 20);
    const char *token = tokens[below(sizeof tokens / sizeof *tokens)];
    char byte = (char)below(256);
    switch (below(7)) {
    case 0:
        return replace(at, cut, "", 0, text);
    case 1:
        return replace(at, left != 0, &byte, 1, text);
    case 2:
        return replace(at, 0, token, strlen(token), text);
    case 3:
        return replace(at, cut, token, strlen(token), text);
    case 4:
        return splice(text, at, cut);
    case 5:
        return repeat(text, at);
    default:
        if (!below(4)) text->count = at;
    }
}

static bool corpus_changed(void) {
    static char bytes[BYTES_MAX];
    const char *wanted = getenv("FUZZ_SECONDS");
    time_t end = time(NULL) + (wanted ? atoi(wanted) : 2);
    while (time(NULL) <= end) {
        const Text *from = &texts[below(text_count)];
        Text text = {bytes, from->count < BYTES_MAX / 2 ? from->count : BYTES_MAX / 2, ""};
        memcpy(bytes, from->bytes, text.count);
        for (size_t times = 1 + below(4); times; times--) change(&text);
        if (!try(text.bytes, text.count)) return false;
    }
    return true;
}

TEST(so_is_each_changed_text) {
    const char *wanted = getenv("FUZZ_SEED");
    seed.state = wanted ? strtoull(wanted, NULL, 10)
                        : (uint64_t)time(NULL) << 16 ^ (uint64_t)getpid();
    print_message("# FUZZ_SEED=%llu\n", (unsigned long long)seed.state);
    in_child(corpus_changed);
    print_message("# %zu texts\n", shared->tried);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_text_is_code_or_a_syntax_error_with_its_place),
        cmocka_unit_test(so_is_each_changed_text)};
    return cmocka_run_group_tests_name(__FILE__, tests, corpus_read, corpus_free);
}
