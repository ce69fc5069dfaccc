/* error.c: exceptions: raising, asking, printing, and what they are as objects.
 *
 * If an exception cannot be made because there is no memory, object_new has set the
 * MemoryError already, which exists from the start: so raising always sets something. */
#include "core/object/error.h"
#include "core/object/operations.h"
#include "core/threads/thread.h"
#include "core/types/class.h"
#include "core/types/instance.h"
#include "core/types/tuple.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Object *memory_error; /* immortal */

/* ---- The exception that is set ---- */

void error_set(Object *exception) {
    Thread *self = thread_self();
    Object *old = self->error;
    self->error = exception;
    decref_maybe(old); /* last: it may run callbacks */
}

GiltObject *gilt_error(void) { return thread_self()->error; }

GiltObject *gilt_error_take(void) {
    Thread *self = thread_self();
    Object *error = self->error;
    self->error = NULL;
    return error;
}

void gilt_error_clear(void) { error_set(NULL); }

bool gilt_error_is(GiltType type) {
    Object *error = gilt_error();
    return error && class_inherits(type_of(error), &types[type]);
}

/* ---- Making ---- */

Object *exception_new(Type *type, Object *const *args, size_t count) {
    Object *tuple = gilt_tuple_new(args, count);
    if (!tuple) return NULL;
    Instance *o = (Instance *)instance_new(type);
    if (o)
        slot_init(&o->slots[0], refs_of(tuple));
    else
        decref(tuple);
    return (Object *)o;
}

bool error_start(void) {
    Object *error = exception_new(&types[GILT_MEMORY_ERROR], NULL, 0);
    if (!error) return false;
    object_immortalise(error);
    memory_error = error;
    return true;
}

/* What is raised before the next error_start is nothing, not what is no more. */
void error_finish(void) { memory_error = NULL; }

/* ---- Raising ---- */

/* A str of the text; what is not UTF-8 in it becomes question marks. */
static Object *message_str(char *text, size_t bytes) {
    Object *str = gilt_str_new(text, bytes);
    if (str || !gilt_error_is(GILT_UNICODE_ERROR)) return str;
    gilt_error_clear();
    for (size_t i = 0; i < bytes; i++)
        if (text[i] & 0x80) text[i] = '?';
    return gilt_str_new(text, bytes);
}

static Object *message_format(const char *format, va_list args) {
    char few[256], *text = few;
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(few, sizeof few, format, args);
    size_t bytes = length < 0 ? 0 : (size_t)length;
    if (bytes >= sizeof few) text = memory_new(MEMORY_ARRAY, bytes + 1);
    if (text && text != few) vsnprintf(text, bytes + 1, format, again);
    va_end(again);
    if (!text) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    Object *str = message_str(text, bytes);
    if (text != few) memory_free(text, bytes + 1);
    return str;
}

GiltObject *gilt_raise(GiltType type, const char *format, ...) {
    if (type == GILT_MEMORY_ERROR && !format) return error_set(memory_error), NULL;
    Object *message = NULL;
    if (format) {
        va_list args;
        va_start(args, format);
        message = message_format(format, args);
        va_end(args);
        if (!message) return NULL;
    }
    Object *exception = exception_new(&types[type], &message, message != NULL);
    decref_maybe(message);
    if (exception) error_set(exception);
    return NULL;
}

GiltObject *gilt_raise_object(GiltObject *exception) {
    if (type_of(exception)->ops != &exception_ops)
        return gilt_raise(GILT_TYPE_ERROR, "exceptions must derive from BaseException");
    error_set(incref(exception));
    return NULL;
}

/* ---- Printing ---- */

void gilt_error_print(void) {
    Object *error = gilt_error_take();
    if (!error) return;
    const char *name = type_of(error)->name;
    Object *shown = gilt_str(error);
    char *text = shown ? gilt_str_utf8(shown, NULL) : NULL;
    if (!text) {
        gilt_error_clear();
        fprintf(stderr, "%s: <exception str() failed>\n", name);
    } else {
        fprintf(stderr, *text ? "%s: %s\n" : "%s\n", name, text);
    }
    free(text);
    decref_maybe(shown);
    decref(error);
}

void error_report_ignored(const char *method, const Type *type) {
    fprintf(stderr, "Exception ignored in: %s.%s\n", type->name, method);
    gilt_error_print();
}

/* ---- As an object ---- */

/* The tuple of arguments: a new reference, or NULL without an exception if a program has
 * put something else in its place. */
static Tuple *exception_args(Object *o) {
    Object *args = instance_find(o, class_names.args);
    if (!args || is_type(args, GILT_TUPLE)) return (Tuple *)args;
    decref(args);
    return NULL;
}

/* What `show` makes of an exception and its args, unless it is being shown already. */
static Object *show_args(Object *o, Object *(*show)(Object *, Tuple *)) {
    int entered = repr_enter(o);
    if (entered <= 0) return entered < 0 ? NULL : gilt_str_from("...");
    Tuple *args = exception_args(o);
    Object *text = args ? show(o, args) : gilt_str_from("");
    if (args) decref(&args->head);
    repr_leave(o);
    return text;
}

static Object *format_with(const char *format, const char *name, Object *shown) {
    char *utf8 = shown ? gilt_str_utf8(shown, NULL) : NULL;
    Object *text = utf8 ? gilt_str_format(format, name, utf8) : NULL;
    free(utf8);
    decref_maybe(shown);
    return text;
}

/* ValueError('x'), but KeyError(1, 2): a tuple of one has a comma too much. */
static Object *repr_of_args(Object *o, Tuple *args) {
    const char *name = type_of(o)->name;
    if (args->size == 1) return format_with("%s(%s)", name, gilt_repr(args->items[0]));
    return format_with("%s%s", name, gilt_repr(&args->head));
}

static Object *str_of_args(Object *o, Tuple *args) {
    if (args->size == 0) return gilt_str_from("");
    if (args->size > 1) return gilt_repr(&args->head);
    bool key = class_inherits(type_of(o), &types[GILT_KEY_ERROR]);
    return key ? gilt_repr(args->items[0]) : gilt_str(args->items[0]);
}

static Object *exception_repr(Object *o) {
    Object *text;
    return instance_text(o, SPECIAL_REPR, &text) ? text : show_args(o, repr_of_args);
}

static Object *exception_str(Object *o) {
    Object *text;
    return instance_text(o, SPECIAL_STR, &text) ? text : show_args(o, str_of_args);
}

const TypeOps exception_ops = {
    .kind = MEMORY_CONTAINER,
    .bytes = instance_bytes,
    .spans = instance_spans,
    .destroy = instance_destroy,
    .hash = instance_hash,
    .equal = instance_equal,
    .repr = exception_repr,
    .str = exception_str,
    .get_attr = instance_get_attr,
    .set_attr = instance_set_attr,
};
