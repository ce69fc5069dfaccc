/* main.c: the command line: which program, with which options and arguments, and how it
 * ends. */
#include "core/gilt.h"
#include "core/modules/module.h"
#include "core/modules/sys.h"
#include "core/modules/threads.h"
#include "core/object/attributes.h"
#include "core/object/error.h"
#include "core/types/class.h"
#include "core/types/file.h"
#include "core/types/list.h"
#include "core/vm/prompt.h"
#include "core/vm/report.h"
#include "core/vm/signals.h"
#include "core/vm/vm.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct CommandLine {
    const char *settings[64]; /* of -X */
    size_t setting_count;
    const char *command, *module; /* of -c, -m */
    bool interactive;             /* -i */
    bool no_environment;          /* -E, -I */
    const char *const *arguments; /* the program and its own arguments */
    size_t argument_count;
} CommandLine;

static const char usage[] =
    "usage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...\n"
    "  -c cmd      program passed in as text\n"
    "  -m mod      run a library module as a program\n"
    "  -i          go on at a prompt after the program\n"
    "  -u          accepted; output is flushed at each end of a line anyway\n"
    "  -X name=value  options of the runtime: gil=interval|ticks interval=SECONDS\n"
    "              reclaim=page|object retire=BYTES refcache=N gc_threads=N gc_stress=N\n"
    "              trace=FILE oom=N chaos=SEED\n"
    "  -V          version and policies\n"
    "  -h          this text\n"
    "  -E, -I      do not look at PYTHONPATH\n"
    "  file        program read from a file; -: from standard input\n"
    "PYTHONPATH names directories of modules, as name:name; GILTLIB that of gilt's own.\n";

static int wrong_usage(const char *program, const char *what, const char *option) {
    fprintf(stderr, "%s%s\n", what, option);
    fprintf(stderr, usage, program);
    return 2;
}

static char dash_c[] = "-c";

/* -1: run; else the exit code. */
static int read_options(int argc, char **argv, CommandLine *line) {
    int i = 1;
    for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
        char option = argv[i][1];
        if (option == 'h' || !strcmp(argv[i], "--help")) return printf(usage, argv[0]), 0;
        if (option == 'V' || !strcmp(argv[i], "--version")) {
            const char *why = gilt_start(line->settings, line->setting_count);
            printf("gilt %s, Python 3.12, %s: %s\n", GILT_VERSION, gilt_mode(),
                   why ? why : gilt_policies());
            return why != NULL;
        }
        if (option == 'E' || option == 'I') line->no_environment = true;
        if (strchr("uBEsSOIqv", option) && !argv[i][2]) continue; /* of other Pythons */
        if (option == 'i' && !argv[i][2]) {
            line->interactive = true;
            continue;
        }
        if (!strchr("cmXW", option))
            return wrong_usage(argv[0], "Unknown option: ", argv[i]);
        const char *value = argv[i][2] ? argv[i] + 2 : argv[++i];
        if (!value) return wrong_usage(argv[0], "Argument expected for the ", argv[i - 1]);
        if (option == 'X' && line->setting_count < 64)
            line->settings[line->setting_count++] = value;
        if (option == 'c') line->command = value;
        if (option == 'm') line->module = value;
        if (option == 'c' || option == 'm') {
            i++;
            break;
        }
    }
    bool named = line->command || line->module;
    if (line->command) argv[i - 1] = dash_c; /* sys.argv[0] */
    line->arguments = (const char *const *)argv + i - named;
    line->argument_count = (size_t)(argc - i + named);
    return -1;
}

/* ---- running ---- */

/* At that end of sys.path. */
static bool put_path(const char *directory, bool first) {
    Object *path = sys_get("path"), *entry = gilt_str_from(directory);
    bool well = path && entry &&
                (first ? gilt_list_insert(path, 0, entry) : gilt_list_append(path, entry));
    decref_maybe(path);
    decref_maybe(entry);
    return well;
}

/* From the root on, for free(): tracebacks and __file__ name the program so. NULL: no
 * memory, or nobody knows where we are. */
static char *absolute(const char *path) {
    char *here = *path == '/' ? strdup("") : getcwd(NULL, 0), *whole = NULL;
    size_t bytes = here ? strlen(here) + strlen(path) + 2 : 0;
    if (here && (whole = malloc(bytes)))
        snprintf(whole, bytes, "%s%s%s", here, *path == '/' ? "" : "/", path);
    free(here);
    return whole;
}

/* What PYTHONPATH names, as in any Python; an empty name is the current directory. */
static bool put_environment(void) {
    const char *variable = getenv("PYTHONPATH");
    if (!variable || !*variable) return true;
    char *names = strdup(variable), *rest = names;
    bool well = names != NULL;
    if (!well) gilt_raise(GILT_MEMORY_ERROR, NULL);
    for (char *name; well && (name = strsep(&rest, ":"));) {
        char *whole = *name ? absolute(name) : getcwd(NULL, 0);
        well = put_path(whole ? whole : name, false);
        free(whole);
    }
    free(names);
    return well;
}

/* The directory of the library: beside the program as it was built or installed, or what
 * GILTLIB says. It is the last entry of sys.path. */
static bool put_library(void) {
    char text[4096];
    const char *library = getenv("GILTLIB");
    ssize_t bytes = library ? 0 : readlink("/proc/self/exe", text, sizeof text - 64);
    if (bytes > 0) {
        text[bytes] = 0;
        char *slash = strrchr(text, '/');
        static const char *const places[] = {"/../../core/lib", "/../lib/gilt"};
        for (size_t i = 0; slash && i < 2 && !library; i++) {
            strcpy(slash, places[i]);
            char *real = realpath(text, NULL);
            if (real) library = strcpy(text, real);
            free(real);
        }
    }
    return !library || put_path(library, false);
}

static Object *main_module(const char *file) {
    Object *module = module_new("__main__");
    if (!module || !module_put(module, "__builtins__", incref(builtins_dict())))
        return NULL;
    if (file && !module_put(module, "__file__", gilt_str_from(file))) return NULL;
    Object *name = gilt_intern("__main__");
    return gilt_dict_set(modules_dict(), name, module) ? module : NULL;
}

/* The one of the program that ran, or a new one. */
static Object *main_again(void) {
    Object *module = gilt_dict_get(modules_dict(), gilt_intern("__main__"));
    return module || gilt_error() ? module : main_module(NULL);
}

static bool run_text(Object *module, const char *text, size_t bytes, const char *name) {
    Object *filename = gilt_str_from(name);
    Code *code = filename ? compile(text, bytes, filename, PARSE_FILE, NULL) : NULL;
    decref_maybe(filename);
    if (!code) return false;
    code_immortalise(code);
    Object *done = vm_run(code, module_dict(module), module_dict(module));
    decref_maybe(done);
    return done;
}

static char *read_all(FILE *file, size_t *bytes) {
    size_t room = 65536, used = 0;
    char *text = malloc(room);
    for (size_t got; text && (got = fread(text + used, 1, room - used, file)) > 0;) {
        used += got;
        if (used == room) {
            char *more = realloc(text, room *= 2);
            if (!more) free(text);
            text = more;
        }
    }
    *bytes = used;
    return text;
}

/* *code: the exit code if the file cannot be read. */
static bool run_file(const char *path, int *code) {
    bool standard = !strcmp(path, "-");
    FILE *file = standard ? stdin : fopen(path, "rb");
    size_t bytes = 0;
    char *text = file ? read_all(file, &bytes) : NULL;
    if (!text || ferror(file)) {
        fprintf(stderr, "gilt: can't open file '%s': [Errno %d] %s\n", path, errno,
                strerror(errno));
        *code = 2;
        return true;
    }
    if (!standard) fclose(file);
    char *whole = standard ? NULL : absolute(path);
    if (whole) path = whole;
    const char *slash = strrchr(path, '/');
    char *directory = strndup(path, slash ? (size_t)(slash - path) : 0);
    Object *module = main_module(standard ? NULL : path);
    bool well = module && directory && put_path(directory, true) &&
                run_text(module, text, bytes, standard ? "<stdin>" : path);
    free(directory);
    free(whole);
    free(text);
    return well;
}

static bool run_module(const char *name) {
    Object *text = gilt_str_from(name), *runner = NULL, *done = NULL;
    Object *runpy = text ? gilt_str_from("runpy") : NULL;
    Object *module = runpy ? import_module(runpy, NULL, NULL, 0) : NULL;
    if (module && main_module(NULL) && put_path("", true))
        runner = attribute_get(module, gilt_intern("run_main"));
    if (runner) done = gilt_call(runner, &text, 1);
    decref_maybe(text);
    decref_maybe(runpy);
    decref_maybe(runner);
    decref_maybe(done);
    return done;
}

/* What threading and atexit want done at the end. If that was interrupted, nobody waits for
 * the threads any more. */
static void run_exit_functions(void) {
    Object *threading = gilt_dict_get(modules_dict(), gilt_intern("threading"));
    Object *shutdown =
        threading ? attribute_get_maybe(threading, gilt_intern("_shutdown")) : NULL;
    Object *done = shutdown ? gilt_call(shutdown, NULL, 0) : NULL;
    bool well = !gilt_error();
    gilt_error_print();
    if (well)
        program_threads_finish();
    else
        program_threads_reap();
    decref_maybe(threading);
    decref_maybe(shutdown);
    decref_maybe(done);
}

/* Can a finaliser be behind it? What a finaliser may want to use itself stays. */
static bool may_be_finalized(Object *value) {
    return is_type(value, TYPE_GENERATOR) || is_kind(value, GILT_LIST) ||
           is_kind(value, GILT_DICT) || is_kind(value, GILT_TUPLE) ||
           is_kind(value, GILT_SET) || is_type(value, TYPE_METHOD) ||
           (type_is_program(type_of(value)) && !is_class(value));
}

/* Where there are finalisers, the program's variables let go of what they hold, so that
 * those run. */
static void clear_variables(void) {
    if (!finalizers_exist()) return;
    Object *module = gilt_dict_get(modules_dict(), gilt_intern("__main__"));
    bool there = module && is_type(module, TYPE_MODULE);
    Object *names = there ? gilt_dict_keys(module_dict(module)) : NULL;
    for (size_t i = 0; names && i < gilt_list_size(names); i++) {
        Object *name = gilt_list_get(names, (ssize_t)i);
        Object *value = name ? gilt_dict_get(module_dict(module), name) : NULL;
        if (value && may_be_finalized(value))
            gilt_dict_set(module_dict(module), name, gilt_none());
        decref_maybe(value);
        decref_maybe(name);
        gilt_error_clear();
    }
    decref_maybe(names);
    decref_maybe(module);
    gilt_gc_collect(2);
    gilt_error_clear();
}

static int run(const CommandLine *line) {
    int code = 0;
    bool prompt = line->interactive;
    const char *file = line->argument_count ? line->arguments[0] : NULL;
    bool well = sys_set_arguments(line->arguments, line->argument_count) &&
                (line->no_environment || put_environment()) && put_library();
    if (well && line->command) {
        Object *module = main_module(NULL);
        well = module && put_path("", true) &&
               run_text(module, line->command, strlen(line->command), "<string>");
    } else if (well && line->module) {
        well = run_module(line->module);
    } else if (well && (file || !isatty(0))) {
        well = run_file(file ? file : "-", &code);
    } else {
        prompt = well;
    }
    if (!well) code = report_exit_code();
    if (prompt) code = prompt_run(main_again());
    run_exit_functions();
    clear_variables();
    prompt_flush();
    files_flush();
    return code;
}

int main(int argc, char **argv) {
    CommandLine line = {0};
    int code = read_options(argc, argv, &line);
    if (code >= 0) return code;
    const char *why = gilt_start(line.settings, line.setting_count);
    if (why) {
        fprintf(stderr, "gilt: %s\n", why);
        return 2;
    }
    signals_start();
    code = run(&line);
    return code;
}
