/* report.c: what is printed of an exception.
 *
 * A Report collects text in a stream in memory; what is inside of an exception group has a
 * margin in front of each line. Exceptions that were shown, or are about to be, are in
 * `seen`, so that a chain that comes back to itself ends. */
#include "core/vm/report.h"
#include "core/object/error.h"
#include "core/object/iterate.h"
#include "core/object/operations.h"
#include "core/types/exception.h"
#include "core/types/instance.h"
#include "core/types/int.h"
#include "core/vm/report_lines.h"
#include "core/vm/traceback.h"
#include <stdlib.h>
#include <string.h>

enum { CHAIN_MAX = 1000, GROUP_WIDTH = 15, GROUP_DEPTH = 10, REPEATS = 3 };

/* ---- Texts of objects ---- */

/* In UTF-8, for free(): what is no str, or cannot be shown, is `otherwise`. Drops the
 * reference. */
static char *text_of(Object *str, const char *otherwise) {
    char *text = str && is_kind(str, GILT_STR) ? gilt_str_utf8(str, NULL) : NULL;
    gilt_error_clear();
    decref_maybe(str);
    return text ? text : otherwise ? strdup(otherwise) : NULL;
}

static void put_field(Report *r, Object *exception, ExceptionField field) {
    Object *value = exception_get(exception, field);
    char *text = text_of(gilt_str(value), "<unprintable>");
    decref(value);
    report_put(r, text ? text : "");
    free(text);
}

/* ---- Tracebacks ---- */

/* Of the same place as the one before, the first few are shown. */
typedef struct Repeats {
    Traceback *last;
    size_t count;
} Repeats;

static bool is_same_place(const Traceback *a, const Traceback *b) {
    return a && a->line == b->line &&
           str_same(field_get(&a->filename), field_get(&b->filename)) &&
           str_same(field_get(&a->name), field_get(&b->name));
}

static void put_repeated(Report *r, const Repeats *repeats) {
    if (repeats->count <= REPEATS) return;
    size_t more = repeats->count - REPEATS;
    report_format(r, "  [Previous line repeated %zu more time%s]\n", more,
                  more > 1 ? "s" : "");
}

static void put_place(Report *r, const Traceback *t) {
    char *filename = text_of(incref(field_get(&t->filename)), "?");
    char *name = text_of(incref(field_get(&t->name)), "?");
    if (filename && name) {
        report_format(r, "  File \"%s\", line %d, in %s\n", filename, t->line, name);
        report_source_line(r, filename, t->line, t->end_line, t->column, t->end_column);
    }
    free(filename);
    free(name);
}

static void put_places(Report *r, Object *first) {
    Repeats repeats = {0};
    for (Traceback *t = (Traceback *)incref(first), *next; t; t = next) {
        if (!is_same_place(repeats.last, t)) {
            put_repeated(r, &repeats);
            repeats.count = 0;
        }
        if (++repeats.count <= REPEATS) put_place(r, t);
        next = traceback_next(t);
        if (repeats.last) decref(&repeats.last->head);
        repeats.last = t;
    }
    put_repeated(r, &repeats);
    if (repeats.last) decref(&repeats.last->head);
}

static void put_traceback(Report *r, Object *exception, const char *title) {
    Object *traceback = exception_get(exception, EXCEPTION_TRACEBACK);
    if (traceback->type == TYPE_TRACEBACK) {
        report_put(r, title);
        put_places(r, traceback);
    }
    decref(traceback);
}

/* ---- The last line ---- */

static void put_type(Report *r, Object *exception) {
    Type *type = type_of(exception);
    char *name = text_of(class_qualname(type), type->name);
    bool plain = !type_is_program(type) && class_short_name(type) == type->name;
    char *module = plain ? NULL : text_of(class_module(type), "<unknown>");
    if (module && strcmp(module, "__main__") && strcmp(module, "builtins"))
        report_format(r, "%s.", module);
    report_put(r, name ? name : type->name);
    free(name);
    free(module);
}

static void put_message(Report *r, Object *exception) {
    char *text = text_of(gilt_str(exception), "<exception str() failed>");
    put_type(r, exception);
    if (text && *text) report_format(r, ": %s", text);
    report_put(r, "\n");
    free(text);
}

static int number_of(Object *exception, ExceptionField field) {
    Object *value = exception_get(exception, field);
    int64_t n = -1;
    if (!is_kind(value, GILT_INT) || !gilt_int_value(value, &n)) n = -1;
    gilt_error_clear();
    decref(value);
    return n > INT32_MAX || n < -1 ? -1 : (int)n;
}

/* The place in the source, if it is known, then the message. */
static void put_syntax_error(Report *r, Object *exception) {
    char *filename = text_of(exception_get(exception, EXCEPTION_FILENAME), NULL);
    char *text = text_of(exception_get(exception, EXCEPTION_TEXT), NULL);
    int line = number_of(exception, EXCEPTION_LINENO);
    int end_line = number_of(exception, EXCEPTION_END_LINENO);
    if (line >= 0)
        report_format(r, "  File \"%s\", line %d\n", filename ? filename : "<string>",
                      line);
    if (text)
        report_syntax_line(r, text, number_of(exception, EXCEPTION_OFFSET),
                           end_line > line ? INT32_MAX
                                           : number_of(exception, EXCEPTION_END_OFFSET));
    put_type(r, exception);
    report_put(r, ": ");
    put_field(r, exception, EXCEPTION_MSG);
    if (line < 0 && filename) report_format(r, " (%s)", filename);
    report_put(r, "\n");
    free(filename);
    free(text);
}

static void put_note(Report *r, Object *note) {
    char *text = text_of(gilt_str(note), "<note str() failed>");
    if (text) report_format(r, "%s\n", text);
    free(text);
}

static void put_notes(Report *r, Object *exception) {
    Object *notes = instance_find(exception, exception_notes), *all = NULL;
    if (!notes || is_type(notes, GILT_NONE)) return decref_maybe(notes);
    if (is_kind(notes, GILT_LIST) || is_kind(notes, GILT_TUPLE)) {
        all = tuple_of(notes);
        for (size_t i = 0; all && i < ((Tuple *)all)->size; i++)
            put_note(r, ((Tuple *)all)->items[i]);
    } else {
        char *text = text_of(gilt_repr(notes), "<__notes__ repr() failed>");
        if (text) report_format(r, "%s\n", text);
        free(text);
    }
    gilt_error_clear();
    decref_maybe(all);
    decref(notes);
}

static void put_last(Report *r, Object *exception) {
    if (is_kind(exception, GILT_SYNTAX_ERROR))
        put_syntax_error(r, exception);
    else
        put_message(r, exception);
    put_notes(r, exception);
}

/* ---- Groups ---- */

static void put_chain(Report *r, Object *exception);

static void put_member(Report *r, Object *exception, size_t i, size_t count) {
    char title[24] = "...";
    if (i < GROUP_WIDTH) snprintf(title, sizeof title, "%zu", i + 1);
    report_rule(r, i ? "  " : "+-", title);
    r->depth++;
    if (i < GROUP_WIDTH) {
        put_chain(r, exception);
    } else {
        size_t more = count - GROUP_WIDTH;
        report_format(r, "and %zu more exception%s\n", more, more > 1 ? "s" : "");
    }
    bool last = i + 1 == count || i == GROUP_WIDTH;
    if (last && r->open) report_rule(r, "", NULL);
    if (last) r->open = false;
    r->depth--;
}

static void put_group(Report *r, Object *group) {
    Tuple *items = exception_group_items(group);
    bool outermost = r->depth == 0;
    size_t count = items ? items->size : 0;
    r->depth += outermost;
    r->plus = outermost;
    put_traceback(r, group, "Exception Group Traceback (most recent call last):\n");
    r->plus = false;
    put_last(r, group);
    for (size_t i = 0; i < count && i <= GROUP_WIDTH; i++) {
        r->open = i + 1 == count || i == GROUP_WIDTH;
        put_member(r, items->items[i], i, count);
    }
    r->depth -= outermost;
    if (items) decref(&items->head);
}

/* ---- Chains ---- */

static bool is_seen(const Report *r, const Object *exception) {
    for (size_t i = 0; i < r->seen_count; i++)
        if (r->seen[i] == exception) return true;
    return false;
}

/* What the exception came after: a new reference, or NULL; *message says how. */
static Object *came_after(const Report *r, Object *exception, const char **message) {
    Object *cause = exception_get(exception, EXCEPTION_CAUSE);
    *message = "\nThe above exception was the direct cause of the following exception:\n\n";
    if (is_exception(cause) && !is_seen(r, cause)) return cause;
    bool hidden = is_exception(cause) || exception_suppress(exception);
    decref(cause);
    if (hidden) return NULL;
    Object *context = exception_get(exception, EXCEPTION_CONTEXT);
    *message = "\nDuring handling of the above exception, another exception occurred:\n\n";
    if (is_exception(context) && !is_seen(r, context)) return context;
    decref(context);
    return NULL;
}

static void put_one(Report *r, Object *exception) {
    if (!is_kind(exception, TYPE_BASE_EXCEPTION_GROUP)) {
        put_traceback(r, exception, "Traceback (most recent call last):\n");
        put_last(r, exception);
    } else if (r->depth > GROUP_DEPTH) {
        report_format(r, "... (max_group_depth is %d)\n", GROUP_DEPTH);
    } else {
        put_group(r, exception);
    }
}

/* The chain from the exception back to its first cause is kept in `seen`; those of the
 * groups around it stand before. */
static void put_chain(Report *r, Object *exception) {
    size_t first = r->seen_count;
    const char *messages[CHAIN_MAX];
    Object *at = incref(exception);
    for (size_t count = 0; at && count < CHAIN_MAX && report_see(r, at); count++)
        at = came_after(r, at, &messages[count]);
    decref_maybe(at);
    for (size_t i = r->seen_count; i-- > first;) {
        put_one(r, r->seen[i]);
        if (i > first) report_put(r, messages[i - first - 1]);
    }
}

/* ---- The functions of the header ---- */

static Object *text_with(Object *o, void (*put)(Report *, Object *)) {
    Object *error = gilt_error_take();
    Report report;
    if (!report_begin(&report)) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    put(&report, o);
    Object *text = report_finish(&report);
    if (text)
        error_set(error);
    else
        decref_maybe(error);
    return text;
}

Object *report_text(Object *exception) { return text_with(exception, put_chain); }
Object *report_last_text(Object *exception) { return text_with(exception, put_last); }
Object *report_traceback_text(Object *traceback) {
    return text_with(traceback, put_places);
}

/* Prints the exception that is set, under the title, and clears it. */
static void print(const char *title) {
    Object *error = gilt_error_take();
    if (!error) return;
    Report report;
    if (report_begin(&report)) {
        report_put(&report, title);
        put_chain(&report, error);
        report_print(&report);
    } else {
        fprintf(stderr, "%s%s\n", title, type_of(error)->name);
    }
    decref(error);
}

void gilt_error_print(void) { print(""); }

void report_ignored(const char *title, Object *where) {
    Object *error = gilt_error_take();
    char *shown = where ? text_of(gilt_repr(where), "<object repr() failed>") : NULL;
    size_t bytes = strlen(title) + (shown ? strlen(shown) : 0) + 2;
    char *line = malloc(bytes);
    if (line) snprintf(line, bytes, "%s%s\n", title, shown ? shown : "");
    error_set(error);
    print(line ? line : title);
    free(line);
    free(shown);
}

/* What SystemExit says: nothing, a number, or something to print. */
static int exit_code(Object *code) {
    int64_t n;
    if (is_type(code, GILT_NONE)) return 0;
    if (is_kind(code, GILT_INT) || is_type(code, GILT_BOOL)) {
        if (gilt_int_value(code, &n)) return (int)(n & 0xFF);
        gilt_error_clear();
        return 0xFF;
    }
    char *text = text_of(gilt_str(code), NULL);
    if (text) fprintf(stderr, "%s\n", text);
    free(text);
    return 1;
}

int report_exit_code(void) {
    if (!gilt_error()) return 0;
    if (!gilt_error_is(GILT_SYSTEM_EXIT)) {
        int code = gilt_error_is(GILT_KEYBOARD_INTERRUPT) ? 130 : 1;
        gilt_error_print();
        return code;
    }
    Object *error = gilt_error_take(), *code = exception_get(error, EXCEPTION_CODE);
    int answer = exit_code(code);
    decref(code);
    decref(error);
    return answer;
}
