/* prompt.c: the interactive prompt.
 *
 * Lines come from libedit on a terminal, with a history that is kept in ~/.gilt_history, or
 * from standard input as it is. A statement is complete when the parser says so; what has
 * an indented block ends with an empty line, as in Python. */
#include "core/vm/prompt.h"
#include "core/modules/module.h"
#include "core/modules/sys.h"
#include "core/object/attributes.h"
#include "core/threads/thread.h"
#include "core/vm/report.h"
#include "core/vm/signals.h"
#include "core/vm/vm.h"
#include <editline/readline.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

typedef struct Text {
    char *bytes;
    size_t length;
} Text;

static bool text_add(Text *text, const char *line) {
    size_t more = strlen(line);
    char *bytes = realloc(text->bytes, text->length + more + 2);
    if (!bytes) return false;
    memcpy(bytes + text->length, line, more);
    memcpy(bytes + text->length + more, "\n", 2);
    text->bytes = bytes;
    text->length += more + 1;
    return true;
}

static char *history_path(void) {
    const char *home = getenv("HOME");
    if (!home) return NULL;
    char *path = malloc(strlen(home) + 20);
    if (path) sprintf(path, "%s/.gilt_history", home);
    return path;
}

/* ---- lines ---- */

/* For libedit: the next character; -1 at the end of the input, or at Ctrl-C, which libedit
 * alone would not notice before the next key. Bytes that are no character are left out. */
static int read_character(FILE *terminal) {
    mbstate_t state = {0};
    wchar_t character;
    char byte;
    while (signals_wait(fileno(terminal))) {
        ssize_t got = read(fileno(terminal), &byte, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        size_t bytes = mbrtowc(&character, &byte, 1, &state);
        if (bytes == 0 || bytes == 1) return (int)character;
        if (bytes == (size_t)-1) state = (mbstate_t){0};
    }
    return -1;
}

/* libedit edits characters of the locale, and text is UTF-8 here. */
static void terminal_start(void) {
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
    rl_getc_function = read_character;
    rl_initialize();
}

/* A line without its end, to be freed; NULL at the end of the input, or at Ctrl-C. Waits
 * detached. The terminal is set before the prompt is shown, since who drives it by program
 * types as soon as he sees the prompt. */
static char *read_line(const char *prompt, bool terminal) {
    char *line = NULL;
    size_t room = 0;
    ssize_t bytes;
    blocking_begin();
    if (terminal) {
        rl_prep_terminal(0);
        line = readline(prompt);
        if (line && *line) add_history(line);
    } else {
        fputs(prompt, stdout);
        fflush(stdout);
        bytes = getline(&line, &room, stdin);
        if (bytes < 0) {
            free(line);
            line = NULL;
        } else if (bytes && line[bytes - 1] == '\n') {
            line[bytes - 1] = 0;
        }
    }
    blocking_end();
    return line;
}

/* ---- statements ---- */

/* Code if the text is a whole statement; *more: it may become one. */
static Code *try_compile(const Text *text, Object *filename, bool *more) {
    *more = false;
    Code *code = compile(text->bytes, text->length, filename, PARSE_SINGLE, more);
    if (*more) gilt_error_clear();
    return code;
}

/* Does the first line begin a block? Then an empty line ends it. */
static bool is_block(const Text *text) {
    const char *end = strchr(text->bytes, '\n');
    while (end > text->bytes && (end[-1] == ' ' || end[-1] == '\t')) end--;
    return (end > text->bytes && end[-1] == ':') || text->bytes[0] == '@';
}

/* Reads one statement: its code; NULL with an exception, or at the end of the input (*end).
 */
static Code *read_statement(Object *filename, bool terminal, bool *end) {
    Text text = {0};
    Code *code = NULL;
    bool more = true;
    while (more) {
        char *line = read_line(text.length ? "... " : ">>> ", terminal);
        if (!line && !signals_check()) {
            putchar('\n');
            break;
        }
        *end = !line && !text.length;
        if (*end) break;
        bool empty = !line || !line[strspn(line, " \t")];
        bool well = text_add(&text, line ? line : "");
        free(line);
        if (!well) {
            gilt_raise(GILT_MEMORY_ERROR, NULL);
            break;
        }
        if (empty && text.length == 1) {
            text.length = 0;
            continue;
        }
        if (is_block(&text) && !empty) continue;
        code = try_compile(&text, filename, &more);
        if (more && empty && !line) more = false;
    }
    free(text.bytes);
    return code;
}

/* ---- the prompt ---- */

static void flush(const char *name) {
    Object *file = sys_get(name);
    Object *done = file ? gilt_call_method(file, gilt_intern("flush"), NULL, 0) : NULL;
    decref_maybe(file);
    decref_maybe(done);
    gilt_error_clear();
}

void prompt_flush(void) {
    flush("stdout");
    flush("stderr");
}

int prompt_run(Object *module) {
    bool terminal = isatty(0) && isatty(1), end = false;
    Object *filename = gilt_str_from("<stdin>"),
           *dict = module ? module_dict(module) : NULL;
    if (terminal) terminal_start();
    char *history = terminal ? history_path() : NULL;
    if (history) read_history(history);
    int exit_code = 0;
    while (filename && dict && !end) {
        Code *code = read_statement(filename, terminal, &end);
        if (end) break;
        Object *done = NULL;
        if (code) {
            code_immortalise(code);
            done = vm_run(code, dict, dict);
        }
        bool leaves = !done && gilt_error_is(GILT_SYSTEM_EXIT);
        if (!done) exit_code = report_exit_code();
        decref_maybe(done);
        prompt_flush();
        if (leaves) break;
        exit_code = 0;
    }
    if (end) putchar('\n');
    if (history) write_history(history);
    free(history);
    decref_maybe(filename);
    return exit_code;
}
