/* _traceback.c: what the module traceback asks: texts as the runtime prints them. */
#include "core/modules/module.h"
#include "core/types/exception.h"
#include "core/types/fields.h"
#include "core/vm/report.h"
#include "core/vm/traceback.h"

static Object *raise_wrong(const char *wanted, Object *got) {
    return gilt_raise(GILT_TYPE_ERROR, "expected %s, got '%s'", wanted, type_of(got)->name);
}

static Object *whole_text(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    if (!is_exception(arguments[0])) return raise_wrong("an exception", arguments[0]);
    return report_text(arguments[0]);
}

static Object *last_text(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    if (!is_exception(arguments[0])) return raise_wrong("an exception", arguments[0]);
    return report_last_text(arguments[0]);
}

static Object *places_text(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    if (arguments[0]->type != TYPE_TRACEBACK)
        return raise_wrong("a traceback", arguments[0]);
    return report_traceback_text(arguments[0]);
}

/* (filename, line, name, end line, column, end column); -1: unknown. */
static Object *place(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    if (arguments[0]->type != TYPE_TRACEBACK)
        return raise_wrong("a traceback", arguments[0]);
    const Traceback *t = (const Traceback *)arguments[0];
    Object *items[6] = {field_get(&t->filename), gilt_int(t->line),
                        field_get(&t->name),     gilt_int(t->end_line),
                        gilt_int(t->column),     gilt_int(t->end_column)};
    Object *tuple =
        items[1] && items[3] && items[4] && items[5] ? gilt_tuple_new(items, 6) : NULL;
    for (int i = 1; i < 6; i++)
        if (i != 2) decref_maybe(items[i]);
    return tuple;
}

static const Native functions[] = {{"text(exception, /)", whole_text},
                                   {"last_text(exception, /)", last_text},
                                   {"places_text(traceback, /)", places_text},
                                   {"place(traceback, /)", place},
                                   {0}};

const ModuleSpec _traceback_module = {"_traceback", functions, NULL};
