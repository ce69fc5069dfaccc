/* error.c: raising exceptions, and asking which is set.
 *
 * If an exception cannot be made because there is no memory, object_new has set the
 * MemoryError already, which exists from the start: so raising always sets something. */
#include "core/object/error.h"
#include "core/object/native.h"
#include "core/threads/thread.h"
#include "core/types/exception.h"
#include "core/types/text.h"
#include <stdarg.h>
#include <stdio.h>
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

/* C code raises Unicode errors with just a message, too. */
Object *exception_new(Type *type, Object *const *args, size_t count) {
    Object *o = exception_begin(type, args, count);
    if (!o || (count == 1 && class_inherits(type, &types[GILT_UNICODE_ERROR]))) return o;
    if (exception_fill(o, args, count, NULL)) return o;
    decref(o);
    return NULL;
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

Object *error_own(void) {
    Thread *self = thread_self();
    Object *own = NULL;
    if (likely(self->error != memory_error)) return self->error;
    self->error = NULL;
    if (!(own = exception_new(&types[GILT_MEMORY_ERROR], NULL, 0))) return self->error;
    return self->error = own;
}

/* ---- The chain ---- */

/* A new reference, or NULL. */
static Object *context_of(Object *o) {
    Object *context = exception_get(o, EXCEPTION_CONTEXT);
    return is_type(context, GILT_NONE) ? NULL : context;
}

/* A chain that is a ring already, by a program's doing, has a tortoise to end the walk
 * (Floyd). */
static void chain_cut(Object *start, Object *exception) {
    Object *at = incref(start), *slow = incref(start), *next;
    for (bool odd = false; (next = context_of(at)); odd = !odd) {
        if (next == exception) exception_put(at, EXCEPTION_CONTEXT, NULL);
        bool done = next == exception || next == slow;
        decref(at);
        at = next;
        if (done) break;
        if (odd && (next = context_of(slow))) decref(slow), slow = next;
    }
    decref(at);
    decref(slow);
}

void error_set_context(Object *exception, Object *handled) {
    if (!handled || handled == exception || ref_is_immortal(&exception->refs)) return;
    chain_cut(handled, exception);
    exception_put(exception, EXCEPTION_CONTEXT, handled);
}

/* Sets a new exception, whose reference it takes over. */
static Object *raise_new(Object *exception) {
    if (!exception) return NULL;
    Object *handled = thread_self()->handled;
    if (unlikely(handled != NULL)) error_set_context(exception, handled);
    error_set(exception);
    return NULL;
}

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
    return raise_new(exception);
}

GiltObject *gilt_raise_object(GiltObject *exception) {
    if (!is_exception(exception))
        return gilt_raise(GILT_TYPE_ERROR, "exceptions must derive from BaseException");
    return raise_new(incref(exception));
}

Object *error_raise_args(GiltType type, Object *const *args, size_t count) {
    return raise_new(exception_new(&types[type], args, count));
}

/* ---- The raise statement ---- */

static bool is_exception_class(Object *o) {
    return is_class(o) && class_inherits((Type *)o, &types[GILT_BASE_EXCEPTION]);
}

/* The exception that is meant: a new reference. NULL, TypeError. */
static Object *exception_meant(Object *what, const char *wrong) {
    if (is_exception(what)) return incref(what);
    if (!is_exception_class(what)) return gilt_raise(GILT_TYPE_ERROR, "%s", wrong);
    Object *made = object_call(what, NULL, 0, NULL);
    if (!made || is_exception(made)) return made;
    Object *class = gilt_repr(what), *type = gilt_repr(&type_of(made)->head);
    decref(made);
    if (class && type)
        gilt_raise(GILT_TYPE_ERROR,
                   "calling %s should have returned an instance of BaseException, not %s",
                   str_text(class).bytes, str_text(type).bytes);
    decref_maybe(class);
    decref_maybe(type);
    return NULL;
}

static bool set_cause(Object *exception, Object *cause) {
    Object *meant = NULL;
    if (!is_type(cause, GILT_NONE)) {
        meant = exception_meant(cause, "exception causes must derive from BaseException");
        if (!meant) return false;
    }
    exception_put(exception, EXCEPTION_CAUSE, meant);
    exception_set_suppress(exception, true);
    decref_maybe(meant);
    return true;
}

void error_raise(Object *what, Object *cause) {
    Object *exception = exception_meant(what, "exceptions must derive from BaseException");
    if (exception && cause && !set_cause(exception, cause)) {
        decref(exception);
        return;
    }
    raise_new(exception);
}

/* Are all of a tuple of classes exceptions? */
static bool all_exceptions(const Tuple *tuple) {
    for (size_t i = 0; i < tuple->size; i++)
        if (!is_exception_class(tuple->items[i])) return false;
    return true;
}

int error_matches(Object *exception, Object *what) {
    if (likely(is_exception_class(what)))
        return class_inherits(type_of(exception), (Type *)what);
    if (!is_kind(what, GILT_TUPLE) || !all_exceptions((Tuple *)what)) {
        gilt_raise(GILT_TYPE_ERROR, "catching classes that do not inherit from "
                                    "BaseException is not allowed");
        return -1;
    }
    const Tuple *tuple = (const Tuple *)what;
    for (size_t i = 0; i < tuple->size; i++)
        if (class_inherits(type_of(exception), (Type *)tuple->items[i])) return 1;
    return 0;
}

/* ---- With more than a message ---- */

/* Raises type(*args), and drops the args; one of them may be NULL: MemoryError is set. */
static Object *raise_dropping(Type *type, Object **args, size_t count) {
    bool whole = true;
    for (size_t i = 0; i < count; i++) whole &= args[i] != NULL;
    if (whole) raise_new(exception_new(type, args, count));
    for (size_t i = 0; i < count; i++) decref_maybe(args[i]);
    return NULL;
}

static Object *or_none(Object *o) { return o ? incref(o) : gilt_none(); }

Object *error_raise_os(int number, Object *filename, Object *filename2) {
    Object *args[5] = {gilt_int(number), gilt_str_from(strerror(number)), or_none(filename),
                       gilt_none(), or_none(filename2)};
    size_t count = filename2 ? 5 : filename ? 3 : 2;
    Type *type = args[0] ? exception_os_type(args, 2) : NULL;
    return raise_dropping(type, args, count);
}

static Object *raise_unicode(GiltType type, const char *encoding, Object *object,
                             size_t start, size_t end, const char *reason) {
    Object *args[5] = {gilt_str_from(encoding), incref(object), gilt_int((int64_t)start),
                       gilt_int((int64_t)end), gilt_str_from(reason)};
    return raise_dropping(&types[type], args, 5);
}

Object *error_raise_decode(const char *encoding, Object *bytes, size_t start, size_t end,
                           const char *reason) {
    return raise_unicode(GILT_UNICODE_DECODE_ERROR, encoding, bytes, start, end, reason);
}

Object *error_raise_encode(const char *encoding, Object *str, size_t start, size_t end,
                           const char *reason) {
    return raise_unicode(GILT_UNICODE_ENCODE_ERROR, encoding, str, start, end, reason);
}
