/* builtins_text.c: the built-in functions that show objects, print, and read.
 *
 * print makes its text first and writes it at once, so that lines of several threads do
 * not mix; a file of the program's own gets each piece by itself, as in CPython. */
#include "core/modules/builtins_internal.h"
#include "core/modules/sys.h"
#include "core/object/builtin.h"
#include "core/object/operations.h"
#include "core/types/class.h"
#include "core/types/file.h"
#include "core/types/str.h"
#include <stdio.h>

static bool is_given(Object *o) { return o && !is_type(o, GILT_NONE); }

static Object *function_repr(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return gilt_repr(arguments[0]);
}

static void append_escaped(StrBuilder *text, uint32_t point) {
    char escaped[12];
    if (point < 0x80) {
        builder_append_char(text, point);
        return;
    }
    const char *format = point < 0x100     ? "\\x%02x"
                         : point < 0x10000 ? "\\u%04x"
                                           : "\\U%08x";
    snprintf(escaped, sizeof escaped, format, point);
    builder_append_utf8(text, escaped);
}

static Object *function_ascii(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    Object *shown = gilt_repr(arguments[0]);
    if (!shown || str_kind(shown) == STR_ASCII) return shown;
    StrBuilder text;
    builder_init(&text);
    for (size_t i = 0; i < str_length(shown); i++) append_escaped(&text, str_at(shown, i));
    decref(shown);
    return builder_finish(&text);
}

static Object *function_format(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    Object *spec = arguments[1];
    if (spec && !str_check(spec))
        return gilt_raise(GILT_TYPE_ERROR, "format() argument 2 must be str, not %s",
                          type_of(spec)->name);
    return object_format(arguments[0], spec);
}

/* ---- files ---- */

/* Calls a method of a file; what it answers is dropped. */
static bool file_do(Object *file, const char *method, Object *argument) {
    Object *name = gilt_intern(method);
    Object *done = name ? gilt_call_method(file, name, &argument, argument != NULL) : NULL;
    decref_maybe(done);
    return done;
}

/* A file of sys that must be there: a new reference; NULL, RuntimeError. */
static Object *file_of_sys(const char *name, const char *function) {
    Object *file = sys_get(name);
    if (is_given(file)) return file;
    decref_maybe(file);
    if (gilt_error()) return NULL;
    return gilt_raise(GILT_RUNTIME_ERROR, "%s: lost sys.%s", function, name);
}

/* ---- print ---- */

enum { PRINT_SEP, PRINT_END, PRINT_FILE, PRINT_FLUSH, PRINT_NAMED };

typedef struct Print {
    Object *file, *sep, *end; /* sep and end NULL: as usual */
    bool whole;               /* collect the text */
    StrBuilder text;
} Print;

static bool separator_read(const char *name, Object *o, Object **separator) {
    *separator = is_given(o) ? o : NULL;
    if (!*separator || str_check(o)) return true;
    return gilt_raise(GILT_TYPE_ERROR, "%s must be None or a string, not %s", name,
                      type_of(o)->name),
           false;
}

static bool print_str(Print *print, Object *str) {
    if (!print->whole) return file_do(print->file, "write", str);
    builder_append_str(&print->text, str);
    return true;
}

static bool print_between(Print *print, Object *separator, char usual) {
    if (separator) return print_str(print, separator);
    Object *one = str_of_point((uint32_t)usual);
    return print_str(print, one); /* immortal */
}

static bool print_object(Print *print, Object *o) {
    if (is_type(o, GILT_STR)) return print_str(print, o);
    Object *text = gilt_str(o);
    bool well = text && print_str(print, text);
    decref_maybe(text);
    return well;
}

static bool print_all(Print *print, Object *const *items, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i && !print_between(print, print->sep, ' ')) return false;
        if (!print_object(print, items[i])) return false;
    }
    return print_between(print, print->end, '\n');
}

static bool print_collected(Print *print, bool well) {
    if (!well) return builder_abandon(&print->text), false;
    Object *text = builder_finish(&print->text);
    well = text && file_do(print->file, "write", text);
    decref_maybe(text);
    return well;
}

static Object *print_to(Print *print, Object *const *arguments, size_t count) {
    print->whole = is_type(print->file, TYPE_TEXT_FILE);
    builder_init(&print->text);
    bool well = print_all(print, arguments + PRINT_NAMED, count - PRINT_NAMED);
    if (print->whole) well = print_collected(print, well);
    int flush = well && arguments[PRINT_FLUSH] ? gilt_true(arguments[PRINT_FLUSH]) : 0;
    if (flush > 0) well = file_do(print->file, "flush", NULL);
    return well && flush >= 0 ? gilt_none() : NULL;
}

static Object *function_print(Object *self, Object *const *arguments, size_t count) {
    (void)self;
    Print print;
    if (!separator_read("sep", arguments[PRINT_SEP], &print.sep)) return NULL;
    if (!separator_read("end", arguments[PRINT_END], &print.end)) return NULL;
    if (is_given(arguments[PRINT_FILE])) {
        print.file = arguments[PRINT_FILE];
        return print_to(&print, arguments, count);
    }
    print.file = sys_get("stdout");
    if (!print.file) return gilt_raise(GILT_RUNTIME_ERROR, "lost sys.stdout");
    bool there = is_given(print.file);
    Object *result = there ? print_to(&print, arguments, count) : gilt_none();
    decref(print.file);
    return result;
}

/* ---- input ---- */

static bool prompt_write(Object *prompt) {
    Object *file = file_of_sys("stdout", "input()");
    Object *text = file && prompt ? gilt_str(prompt) : NULL;
    bool well = file && (!prompt || (text && file_do(file, "write", text))) &&
                file_do(file, "flush", NULL);
    decref_maybe(text);
    decref_maybe(file);
    return well;
}

static Object *line_without_end(Object *line) {
    if (!str_check(line)) {
        decref(line);
        return gilt_raise(GILT_TYPE_ERROR, "object.readline() returned non-string");
    }
    size_t length = str_length(line);
    Object *result = NULL;
    if (!length)
        gilt_raise(GILT_EOF_ERROR, "EOF when reading a line");
    else if (str_at(line, length - 1) != '\n')
        return line;
    else
        result = str_part(line, 0, length - 1);
    decref(line);
    return result;
}

static Object *function_input(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    Object *file = file_of_sys("stdin", "input()"), *line = NULL;
    Object *name = file ? gilt_intern("readline") : NULL;
    if (name && prompt_write(arguments[0])) line = gilt_call_method(file, name, NULL, 0);
    decref_maybe(file);
    return line ? line_without_end(line) : NULL;
}

const Native builtins_text[] = {
    {"repr(obj, /)", function_repr},
    {"ascii(obj, /)", function_ascii},
    {"format(value, format_spec=, /)", function_format},
    {"print(*items, sep=, end=, file=, flush=)", function_print},
    {"input(prompt=, /)", function_input},
    {FILE_OPEN_SIGNATURE, file_open},
    {0},
};
