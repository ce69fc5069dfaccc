/* program.c: a program as data: made from a seed, copied, written as text, read back.
 *
 * The text form is for people, too: a failing program is found in it, changed by hand and
 * run again. So reading is strict, and says which line it does not understand. */
#include "tests/stress/stress.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* Without memory there is nothing to be tested. */
static void *some_memory(void *memory) {
    if (memory) return memory;
    fputs("stress: no memory\n", stderr);
    abort();
}

static Program *program_empty(const Kind *kind, uint64_t seed) {
    Program *program = some_memory(calloc(1, sizeof *program));
    program->kind = kind;
    program->seed = seed;
    return program;
}

Program *program_new(const Kind *kind, uint64_t seed, size_t threads) {
    Program *program = program_empty(kind, seed);
    Random random = {seed};
    kind->generate(program, &random, threads);
    return program;
}

Program *program_copy(const Program *program) {
    Program *copy = program_empty(program->kind, program->seed);
    for (size_t t = 0; t < program->threads; t++)
        for (size_t i = 0; i < program->scripts[t].count; i++)
            program_op(copy, t, program->scripts[t].ops[i]);
    copy->threads = program->threads;
    return copy;
}

void program_free(Program *program) {
    if (!program) return;
    for (size_t t = 0; t < program->threads; t++) free(program->scripts[t].ops);
    free(program);
}

/* Grows by doubling: there is room up to the next power of two. */
void program_op(Program *program, size_t thread, Op op) {
    Script *script = &program->scripts[thread];
    if (thread >= program->threads) program->threads = thread + 1;
    if (!(script->count & (script->count - 1)))
        script->ops = some_memory(
            realloc(script->ops, (script->count ? 2 * script->count : 1) * sizeof op));
    script->ops[script->count++] = op;
}

size_t program_ops(const Program *program) {
    size_t count = 0;
    for (size_t t = 0; t < program->threads; t++) count += program->scripts[t].count;
    return count;
}

const Kind *kind_named(const char *name) {
    for (const Kind *const *kind = stress_kinds; *kind; kind++)
        if (!strcmp((*kind)->name, name)) return *kind;
    return NULL;
}

/* ---- Writing ---- */

void program_write(const Program *program, FILE *file) {
    fprintf(file, "gilt-stress %s %" PRIu64 "\n", program->kind->name, program->seed);
    for (size_t t = 0; t < program->threads; t++) {
        const Script *script = &program->scripts[t];
        fputs("thread\n", file);
        for (size_t i = 0; i < script->count; i++) {
            const Op *op = &script->ops[i];
            fprintf(file, "  %s %d %d %d\n", program->kind->ops[op->code], op->a, op->b,
                    op->c);
        }
    }
}

/* ---- Reading ---- */

typedef struct Reader {
    size_t line;
    Program *program;
    char *complaint;
} Reader;

static bool bad(Reader *reader, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static bool bad(Reader *reader, const char *format, ...) {
    va_list arguments;
    int length = snprintf(reader->complaint, COMPLAINT, "line %zu: ", reader->line);
    va_start(arguments, format);
    vsnprintf(reader->complaint + length, COMPLAINT - (size_t)length, format, arguments);
    va_end(arguments);
    return false;
}

#define WORDS 5

/* Cuts the line into words, at most WORDS of them; a comment is none. */
static size_t words_of(char *line, char *words[WORDS]) {
    size_t count = 0;
    char *rest;
    line[strcspn(line, "#")] = 0;
    for (char *word = strtok_r(line, " \t\r\n", &rest); word && count < WORDS;
         word = strtok_r(NULL, " \t\r\n", &rest))
        words[count++] = word;
    return count;
}

static bool read_number(const char *word, int *number) {
    char *end;
    errno = 0;
    long value = strtol(word, &end, 10);
    *number = (int)value;
    return !*end && !errno && value >= INT_MIN && value <= INT_MAX;
}

static bool read_first(Reader *reader, char *const *words, size_t count) {
    if (strcmp(words[0], "gilt-stress") || count != 3)
        return bad(reader, "a program begins with: gilt-stress KIND SEED");
    const Kind *kind = kind_named(words[1]);
    if (!kind) return bad(reader, "there is no kind '%s'", words[1]);
    char *end;
    errno = 0;
    uint64_t seed = strtoull(words[2], &end, 10);
    if (*end || errno || *words[2] == '-')
        return bad(reader, "'%s' is not a seed", words[2]);
    reader->program = program_empty(kind, seed);
    return true;
}

static int code_named(const Kind *kind, const char *name) {
    for (int code = 0; kind->ops[code]; code++)
        if (!strcmp(kind->ops[code], name)) return code;
    return -1;
}

static bool read_op(Reader *reader, char *const *words, size_t count) {
    Program *program = reader->program;
    Op op = {.code = code_named(program->kind, words[0])};
    if (op.code < 0)
        return bad(reader, "'%s' is no operation of '%s'", words[0], program->kind->name);
    if (!program->threads) return bad(reader, "an operation before the first 'thread'");
    if (count != 4) return bad(reader, "'%s' needs three numbers", words[0]);
    int *const numbers[] = {&op.a, &op.b, &op.c};
    for (size_t i = 0; i < 3; i++)
        if (!read_number(words[i + 1], numbers[i]))
            return bad(reader, "'%s' is not a number", words[i + 1]);
    program_op(program, program->threads - 1, op);
    return true;
}

static bool read_line(Reader *reader, char *line) {
    char *words[WORDS];
    size_t count = words_of(line, words);
    if (!count) return true;
    if (!reader->program) return read_first(reader, words, count);
    if (strcmp(words[0], "thread")) return read_op(reader, words, count);
    if (count != 1) return bad(reader, "'thread' stands alone");
    if (reader->program->threads == STRESS_THREADS)
        return bad(reader, "more than %d threads", STRESS_THREADS);
    reader->program->threads++;
    return true;
}

Program *program_read(FILE *file, char complaint[COMPLAINT]) {
    Reader reader = {.complaint = complaint};
    char *line = NULL;
    size_t room = 0;
    bool well = true;
    while (well && getline(&line, &room, file) >= 0) {
        reader.line++;
        well = read_line(&reader, line);
    }
    free(line);
    if (well && (!reader.program || !reader.program->threads)) {
        reader.line++;
        well = bad(&reader, "the file ends before there is a thread");
    }
    if (well) return reader.program;
    program_free(reader.program);
    return NULL;
}
