/* sys.c: the functions of the module sys. */
#include "core/modules/sys.h"
#include "core/modules/sys_internal.h"
#include "core/modules/vm_calls.h"
#include "core/object/builtin.h"
#include "core/object/error.h"
#include "core/threads/thread.h"
#include "core/types/class.h"
#include "core/types/dict.h"
#include "core/types/exception.h"
#include "core/types/file.h"
#include "core/types/int.h"
#include "core/types/intern.h"
#include "core/types/slice.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Object *_Atomic sys; /* the module, once it has been made */

/* ---- For C code ---- */

static Object *sys_module_object(void) {
    Object *module = atomic_load_explicit(&sys, memory_order_acquire);
    if (likely(module != NULL)) return module;
    return module_import_builtin("sys"); /* immortal, so as good as borrowed */
}

Object *sys_get(const char *name) {
    Object *module = sys_module_object(), *key = module ? gilt_intern(name) : NULL;
    return key ? dict_find_interned(module_dict(module), key) : NULL;
}

void sys_finish(void) { atomic_store(&sys, NULL); }

bool sys_set(const char *name, Object *value) {
    Object *module = sys_module_object();
    return module && module_put(module, name, incref(value));
}

bool sys_set_arguments(const char *const *arguments, size_t count) {
    Object *list = gilt_list_new(NULL, 0);
    bool well = list;
    for (size_t i = 0; i < count && well; i++) {
        Object *text = gilt_str_from(arguments[i]);
        well = text && gilt_list_append(list, text);
        decref_maybe(text);
    }
    well = well && sys_set("argv", list);
    decref_maybe(list);
    return well;
}

/* ---- Ending, and exceptions ---- */

static Object *function_exit(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    bool none = !arguments[0] || is_type(arguments[0], GILT_NONE);
    return error_raise_args(GILT_SYSTEM_EXIT, arguments, !none);
}

static Object *function_exc_info(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    Object *handled = thread_self()->handled, *none = gilt_none();
    if (!handled) return gilt_tuple_new((Object *[]){none, none, none}, 3);
    incref(handled);
    Object *traceback = exception_get(handled, EXCEPTION_TRACEBACK);
    Object *items[] = {&type_of(handled)->head, handled, traceback};
    Object *tuple = traceback ? gilt_tuple_new(items, 3) : NULL;
    decref_maybe(traceback);
    decref(handled);
    return tuple;
}

static Object *function_exception(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    Object *handled = thread_self()->handled;
    return handled ? incref(handled) : gilt_none();
}

/* Prints an exception as if nobody had caught it. */
static Object *function_excepthook(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    if (!is_exception(arguments[1]))
        return gilt_raise(GILT_TYPE_ERROR,
                          "print_exception(): Exception expected for value, %s found",
                          type_of(arguments[1])->name);
    error_set(incref(arguments[1]));
    gilt_error_print();
    return gilt_none();
}

/* `unraisable` has exc_value and object, as CPython's hook gets them. */
static Object *function_unraisable(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    Object *value = gilt_get_attr(arguments[0], gilt_intern("exc_value"));
    Object *object = value ? gilt_get_attr(arguments[0], gilt_intern("object")) : NULL;
    Object *shown = object ? gilt_repr(object) : NULL;
    char *utf8 = shown ? gilt_str_utf8(shown, NULL) : NULL;
    decref_maybe(object);
    decref_maybe(shown);
    if (!utf8 || !is_exception(value)) {
        free(utf8);
        decref_maybe(value);
        return gilt_error() ? NULL : gilt_none();
    }
    fprintf(stderr, "Exception ignored in: %s\n", utf8);
    free(utf8);
    error_set(value);
    gilt_error_print();
    return gilt_none();
}

static Object *function_displayhook(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    if (is_type(arguments[0], GILT_NONE)) return gilt_none();
    Object *names = builtins_dict(), *key = gilt_intern("_");
    Object *print = gilt_intern("print"), *shown = gilt_repr(arguments[0]), *done = NULL;
    Object *function = shown && names && print ? gilt_dict_get(names, print) : NULL;
    if (function) done = gilt_call(function, &shown, 1);
    decref_maybe(function);
    decref_maybe(shown);
    if (done && (!key || !gilt_dict_set(names, key, arguments[0]))) return NULL;
    return done;
}

/* ---- Counts and sizes ---- */

/* A local variable is lent to the call, so what it alone refers to has one reference here,
 * and two in CPython; elsewhere both count the argument. */
static Object *function_getrefcount(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return gilt_int(gilt_refcount(arguments[0]));
}

/* What the type's own __sizeof__ said must be an int, and no negative one. */
static bool size_check(Object *size) {
    int64_t bytes;
    if (!is_kind(size, GILT_INT))
        return gilt_raise(GILT_TYPE_ERROR, "an integer is required");
    if (!gilt_int_value(size, &bytes)) return false;
    return bytes >= 0 || gilt_raise(GILT_VALUE_ERROR, "__sizeof__() should return >= 0");
}

/* Every type has a __sizeof__, which knows its backing arrays. */
static Object *function_getsizeof(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    Object *o = arguments[0], *name = gilt_intern("__sizeof__");
    Object *method = name ? class_find(type_of(o), name) : NULL;
    Object *size = method ? class_call(method, o, NULL, 0) : NULL;
    if (size && size_check(size)) return size;
    decref_maybe(size);
    if (!arguments[1] || !gilt_error_is(GILT_TYPE_ERROR)) return NULL;
    gilt_error_clear();
    return incref(arguments[1]);
}

static Object *function_blocks(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_int((int64_t)gilt_memory().blocks);
}

static Object *function_intern(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    if (!is_type(arguments[0], GILT_STR))
        return gilt_raise(GILT_TYPE_ERROR, "intern() argument must be str, not %s",
                          type_of(arguments[0])->name);
    Object *name = intern(arguments[0]);
    return name ? incref(name) : NULL;
}

/* ---- Threads and limits ---- */

static Object *function_set_interval(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    double seconds;
    if (!gilt_float_value(arguments[0], &seconds)) return NULL;
    if (!(seconds > 0))
        return gilt_raise(GILT_VALUE_ERROR, "switch interval must be strictly positive");
    gilt_set_switch_interval(seconds);
    return gilt_none();
}

static Object *function_get_interval(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_float(gilt_switch_interval());
}

static Object *function_gil_enabled(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_bool(!strcmp(gilt_mode(), "gil"));
}

static Object *function_get_recursion(Object *self, Object *const *arguments,
                                      size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_int(&vm_recursion_limit ? atomic_load(&vm_recursion_limit) : 1000);
}

static Object *function_set_recursion(Object *self, Object *const *arguments,
                                      size_t count) {
    (void)self, (void)count;
    ssize_t limit;
    if (!index_number(arguments[0], GILT_OVERFLOW_ERROR, &limit)) return NULL;
    if (limit < 1)
        return gilt_raise(GILT_VALUE_ERROR,
                          "recursion limit must be greater or equal than 1");
    if (limit > INT_MAX)
        return gilt_raise(GILT_OVERFLOW_ERROR, "Python int too large to convert to C int");
    if (&vm_recursion_limit) atomic_store(&vm_recursion_limit, (unsigned)limit);
    return gilt_none();
}

static Object *function_get_digits(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_int(int_digits_limit());
}

static Object *function_set_digits(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    ssize_t digits;
    if (!index_number(arguments[0], GILT_OVERFLOW_ERROR, &digits)) return NULL;
    if (digits < 0 || (digits && digits < INT_DIGITS_LEAST) || digits > INT_MAX)
        return gilt_raise(GILT_VALUE_ERROR, "maxdigits must be 0 or larger than 640");
    int_limit_digits((int)digits);
    return gilt_none();
}

/* ---- What there is not ---- */

static Object *function_none(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_none();
}

static Object *function_false(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_bool(false);
}

static Object *function_utf8(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_str_from("utf-8");
}

static Object *function_escape(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_str_from("surrogateescape");
}

static Object *function_getframe(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    ssize_t depth = 0;
    if (arguments[0] && !index_number(arguments[0], GILT_OVERFLOW_ERROR, &depth))
        return NULL;
    if (!vm_frame) return gilt_raise(GILT_VALUE_ERROR, "call stack is not deep enough");
    return vm_frame(depth < 0 ? 0 : (size_t)depth);
}

static const Native functions[] = {
    {"exit(status=, /)", function_exit},
    {"exc_info()", function_exc_info},
    {"exception()", function_exception},
    {"excepthook(exctype, value, traceback, /)", function_excepthook},
    {"unraisablehook(unraisable, /)", function_unraisable},
    {"displayhook(object, /)", function_displayhook},
    {"getrefcount(object, /)", function_getrefcount},
    {"getsizeof(object, default=)", function_getsizeof},
    {"getallocatedblocks()", function_blocks},
    {"intern(string, /)", function_intern},
    {"setswitchinterval(interval, /)", function_set_interval},
    {"getswitchinterval()", function_get_interval},
    {"_is_gil_enabled()", function_gil_enabled},
    {"getrecursionlimit()", function_get_recursion},
    {"setrecursionlimit(limit, /)", function_set_recursion},
    {"get_int_max_str_digits()", function_get_digits},
    {"set_int_max_str_digits(maxdigits)", function_set_digits},
    {"getdefaultencoding()", function_utf8},
    {"getfilesystemencoding()", function_utf8},
    {"getfilesystemencodeerrors()", function_escape},
    {"gettrace()", function_none},
    {"getprofile()", function_none},
    {"is_finalizing()", function_false},
    {"audit(event, /, *args)", function_none},
    {"_getframe(depth=, /)", function_getframe},
    {0},
};

/* The hooks as they are without the program's, too. */
static bool copy_hooks(Object *module) {
    static const char *const hooks[][2] = {{"excepthook", "__excepthook__"},
                                           {"displayhook", "__displayhook__"},
                                           {"unraisablehook", "__unraisablehook__"}};
    for (size_t i = 0; i < 3; i++) {
        Object *name = gilt_intern(hooks[i][0]);
        Object *hook = name ? gilt_dict_get(module_dict(module), name) : NULL;
        if (!module_put(module, hooks[i][1], hook)) return false;
    }
    return true;
}

/* The files of sys, and the same under the names that stay. */
static bool fill_files(Object *module) {
    static const char *const names[][2] = {
        {"stdin", "__stdin__"}, {"stdout", "__stdout__"}, {"stderr", "__stderr__"}};
    for (int i = 0; i < 3; i++) {
        Object *file = file_standard(i);
        if (!file) return false;
        if (!module_put(module, names[i][1], incref(file))) return decref(file), false;
        if (!module_put(module, names[i][0], file)) return false;
    }
    return true;
}

static bool fill(Object *module) {
    if (!sys_fill_constants(module) || !copy_hooks(module) || !fill_files(module))
        return false;
    int_limit_digits(INT_DIGITS_DEFAULT);
    atomic_store_explicit(&sys, module, memory_order_release);
    return true;
}

const ModuleSpec sys_module = {"sys", functions, fill};
