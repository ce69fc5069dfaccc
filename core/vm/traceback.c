/* traceback.c: tracebacks as objects. */
#include "core/vm/traceback.h"
#include "core/object/attributes.h"
#include "core/object/error.h"
#include "core/object/native.h"
#include "core/threads/thread.h"
#include "core/types/exception.h"
#include "core/types/fields.h"
#include <stdlib.h>

/* ---- Making ---- */

static void place_init(Slot *slot, Object *o) { field_init(slot, o ? incref(o) : NULL); }

static int16_t column_clip(int column) {
    return (int16_t)(column > INT16_MAX ? -1 : column);
}

/* Takes over `next`. */
static Traceback *traceback_new(Object *next, const TracePlace *place) {
    Traceback *t =
        (Traceback *)object_new(TYPE_TRACEBACK, MEMORY_CONTAINER, sizeof(Traceback));
    if (!t) {
        decref_maybe(next);
        return NULL;
    }
    field_init(&t->next, next);
    place_init(&t->filename, place->filename);
    place_init(&t->name, place->name);
    place_init(&t->code, place->code);
    place_init(&t->globals, place->globals);
    t->line = place->line;
    t->end_line = place->end_line;
    t->column = column_clip(place->column);
    t->end_column = column_clip(place->end_column);
    t->instruction = place->instruction;
    return t;
}

bool traceback_add(Object *exception, const TracePlace *place) {
    if (ref_is_immortal(&exception->refs)) return false;
    Object *next = exception_get(exception, EXCEPTION_TRACEBACK);
    Traceback *t = traceback_new(is_type(next, GILT_NONE) ? NULL : next, place);
    if (!t) return false;
    exception_put(exception, EXCEPTION_TRACEBACK, &t->head);
    decref(&t->head);
    return true;
}

void traceback_add_here(const TracePlace *place) {
    Object *exception = error_own();
    if (!exception) return;
    thread_self()->error = NULL;
    traceback_add(exception, place);
    error_set(exception); /* instead of a MemoryError, if there was one */
}

Traceback *traceback_next(Traceback *t) {
    return (Traceback *)field_take(&t->head, &t->next);
}

/* ---- Tracebacks as objects ---- */

#define GETTER(name, expression)                                                           \
    static Object *name(Object *self, Object *const *arguments, size_t count) {            \
        (void)arguments, (void)count;                                                      \
        return expression;                                                                 \
    }

GETTER(get_line, gilt_int(((Traceback *)self)->line))
GETTER(get_instruction, gilt_int(((Traceback *)self)->instruction))

static Object *get_frame(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    const Traceback *t = (const Traceback *)self;
    const TracePlace place = {.code = field_get(&t->code),
                              .globals = field_get(&t->globals),
                              .line = t->line,
                              .instruction = t->instruction};
    return frame_new(&place);
}

static Object *get_next(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Traceback *next = traceback_next((Traceback *)self);
    return next ? &next->head : gilt_none();
}

/* Does the chain from `at` on come to `wanted`? */
static bool chain_has(Object *at, Object *wanted) {
    Traceback *t = (Traceback *)incref(at), *next;
    bool found = at == wanted;
    while (!found && (next = traceback_next(t))) {
        decref(&t->head);
        t = next;
        found = &t->head == wanted;
    }
    decref(&t->head);
    return found;
}

static Object *set_next(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Object *value = arguments[0];
    if (!value) return gilt_raise(GILT_TYPE_ERROR, "can't delete tb_next attribute");
    bool none = is_type(value, GILT_NONE);
    if (!none && value->type != TYPE_TRACEBACK)
        return gilt_raise(GILT_TYPE_ERROR, "expected traceback object, got '%s'",
                          type_of(value)->name);
    if (!none && chain_has(value, self))
        return gilt_raise(GILT_VALUE_ERROR, "traceback loop detected");
    field_put(self, &((Traceback *)self)->next, none ? NULL : incref(value));
    return gilt_none();
}

static const Native traceback_methods[] = {
    {"get tb_next", get_next},         {"set tb_next", set_next},
    {"get tb_frame", get_frame},       {"get tb_lineno", get_line},
    {"get tb_lasti", get_instruction}, {0}};

FIELDS(traceback, Traceback, next, 5)

const TypeOps traceback_ops = {FIELDS_OPS(traceback), .hash = hash_by_address,
                               .methods = traceback_methods};
