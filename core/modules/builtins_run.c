/* builtins_run.c: the built-in functions that run code, or tell about code that runs: what
 * they do is the virtual machine's. */
#include "core/modules/builtins_internal.h"
#include "core/modules/vm_calls.h"
#include "core/object/builtin.h"
#include "core/object/error.h"
#include "core/types/class.h"
#include "core/types/slice.h"
#include "core/types/str.h"
#include <string.h>

static Object *no_machine(void) {
    return gilt_raise(GILT_RUNTIME_ERROR, "there is no frame");
}

Object *vm_call_locals(void) {
    Object *locals = vm_locals ? vm_locals() : NULL;
    return locals || gilt_error() ? locals : no_machine();
}

Object *vm_call_globals(void) {
    Object *globals = vm_globals ? vm_globals() : NULL;
    return globals ? incref(globals) : no_machine();
}

static Object *function_globals(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return vm_call_globals();
}

static Object *function_locals(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return vm_call_locals();
}

static bool is_given(Object *o) { return o && !is_type(o, GILT_NONE); }

static bool source_expect(Object *source, const char *function) {
    if (is_kind(source, GILT_STR) || is_kind(source, GILT_BYTES) ||
        is_kind(source, TYPE_BYTEARRAY) || is_type(source, TYPE_CODE))
        return true;
    return gilt_raise(GILT_TYPE_ERROR, "%s() arg 1 must be a string, bytes or %s object",
                      function, strcmp(function, "compile") ? "code" : "AST"),
           false;
}

static Object *run(const char *function, Object *const *arguments, bool want_value) {
    Object *globals = is_given(arguments[1]) ? arguments[1] : NULL;
    Object *locals = is_given(arguments[2]) ? arguments[2] : NULL;
    if (!source_expect(arguments[0], function)) return NULL;
    if (globals && !is_kind(globals, GILT_DICT))
        return gilt_raise(GILT_TYPE_ERROR,
                          want_value ? "globals must be a dict"
                                     : "exec() globals must be a dict, not %s",
                          type_of(globals)->name);
    if (locals && !type_of(locals)->ops->get_item)
        return gilt_raise(GILT_TYPE_ERROR,
                          want_value ? "locals must be a mapping"
                                     : "locals must be a mapping or None, not %s",
                          type_of(locals)->name);
    if (!vm_exec) return no_machine();
    Object *own_globals = NULL, *own_locals = NULL, *result = NULL;
    if (!globals) globals = own_globals = vm_call_globals();
    if (!locals && own_globals) locals = own_locals = vm_call_locals();
    if (globals && (!own_globals || locals))
        result = vm_exec(arguments[0], globals, locals ? locals : globals, want_value);
    decref_maybe(own_globals);
    decref_maybe(own_locals);
    return result;
}

static Object *function_eval(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return run("eval", arguments, true);
}

static Object *function_exec(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    Object *value = run("exec", arguments, false);
    if (!value) return NULL;
    decref(value);
    return gilt_none();
}

static const char *mode_of(Object *mode) {
    static const char *const modes[] = {"exec", "eval", "single"};
    if (!str_expect(mode)) return NULL;
    for (size_t i = 0; i < 3; i++)
        if (str_kind(mode) == STR_ASCII && str_length(mode) == strlen(modes[i]) &&
            !memcmp(((Str *)mode)->data, modes[i], strlen(modes[i])))
            return modes[i];
    gilt_raise(GILT_VALUE_ERROR, "compile() mode must be 'exec', 'eval' or 'single'");
    return NULL;
}

static Object *function_compile(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    const char *mode = mode_of(arguments[2]);
    if (!mode || !str_expect(arguments[1])) return NULL;
    if (is_type(arguments[0], TYPE_CODE)) return incref(arguments[0]);
    if (!source_expect(arguments[0], "compile")) return NULL;
    return vm_compile ? vm_compile(arguments[0], arguments[1], mode) : no_machine();
}

static Object *function_import(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    ssize_t level = 0;
    if (arguments[4] && !index_argument(arguments[4], &level)) return NULL;
    if (level < 0) return gilt_raise(GILT_VALUE_ERROR, "level must be >= 0");
    if (!import_module) return no_machine();
    Object *globals = is_given(arguments[1]) ? arguments[1] : NULL;
    Object *from_list = is_given(arguments[3]) ? arguments[3] : NULL;
    return import_module(arguments[0], globals, from_list, (int)level);
}

static Object *function_exit(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    Object *status = arguments[0] ? arguments[0] : gilt_none();
    return error_raise_args(GILT_SYSTEM_EXIT, &status, 1);
}

static Object *function_copyright(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_str_from("gilt: see the file LICENSE");
}

static Object *function_help(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)arguments, (void)count;
    return gilt_str_from("help is in the documentation of Python 3.12");
}

const Native builtins_run[] = {
    {"globals()", function_globals},
    {"locals()", function_locals},
    {"eval(source, globals=, locals=, /)", function_eval},
    {"exec(source, globals=, locals=, /, *, closure=)", function_exec},
    {"compile(source, filename, mode, flags=, dont_inherit=, optimize=)", function_compile},
    {"__import__(name, globals=, locals=, fromlist=, level=)", function_import},
    {"exit(code=)", function_exit},
    {"quit(code=)", function_exit},
    {"copyright()", function_copyright},
    {"help(object=, /)", function_help},
    {0},
};
