/* vm.c: what the built-in functions ask of the running program: its names, exec, compile.
 */
#include "core/vm/vm.h"
#include "core/modules/module.h"
#include "core/object/builtin.h"
#include "core/object/error.h"
#include "core/types/bytes.h"
#include "core/types/class.h"
#include "core/types/dict.h"
#include "core/vm/cell.h"
#include <stdlib.h>
#include <string.h>

Object *vm_globals(void) {
    Frame *frame = thread_self()->frame;
    return frame ? frame->globals : NULL;
}

/* What a variable holds now, cells opened: a new reference, or NULL. */
static Object *variable(Value *reg) {
    if (!*reg) return NULL;
    if (value_is_object(*reg) && is_type(value_object(*reg), TYPE_CELL))
        return cell_get(value_object(*reg));
    return value_box(*reg);
}

Object *vm_locals(void) {
    Frame *frame = thread_self()->frame;
    return frame ? vm_locals_of(frame) : gilt_dict_new();
}

Object *vm_locals_of(Frame *frame) {
    if (frame->names) return incref(frame->names);
    if (!(frame->code->flags & CODE_FLAG_FUNCTION)) return incref(frame->globals);
    Object *dict = gilt_dict_new();
    for (uint32_t i = 0; dict && i < frame->code->variable_count; i++) {
        Object *value = variable(&frame_registers(frame)[i]);
        if (value && !gilt_dict_set(dict, frame->code->variables[i], value)) {
            decref(dict);
            dict = NULL;
        }
        decref_maybe(value);
    }
    return dict;
}

/* The text of a str or of bytes, to be freed. */
static char *source_text(Object *source, size_t *bytes) {
    if (is_kind(source, GILT_STR)) return gilt_str_utf8(source, bytes);
    ByteView view;
    if (!byte_view(&view, source)) return NULL;
    char *text = malloc(view.size + 1);
    if (text) {
        memcpy(text, view.data, view.size);
        text[*bytes = view.size] = 0;
    } else {
        gilt_raise(GILT_MEMORY_ERROR, NULL);
    }
    byte_view_end(&view);
    return text;
}

Object *vm_compile(Object *source, Object *filename, const char *mode) {
    ParseMode parse_mode = !strcmp(mode, "exec")   ? PARSE_FILE
                           : !strcmp(mode, "eval") ? PARSE_EVAL
                                                   : PARSE_SINGLE;
    size_t bytes;
    char *text = source_text(source, &bytes);
    if (!text) return NULL;
    const char *from = text;
    if (parse_mode == PARSE_EVAL) from += strspn(text, " \t");
    Code *code = compile(from, bytes - (size_t)(from - text), filename, parse_mode, NULL);
    free(text);
    return (Object *)code;
}

Object *vm_exec(Object *what, Object *globals, Object *locals, bool want_value) {
    Object *code = NULL, *result = NULL;
    Object *name = gilt_intern("__builtins__");
    if (is_type(what, TYPE_CODE)) {
        code = incref(what);
    } else {
        Object *filename = gilt_str_from("<string>");
        if (filename) code = vm_compile(what, filename, want_value ? "eval" : "exec");
        decref_maybe(filename);
    }
    if (!code) return NULL;
    if (!is_type(globals, GILT_DICT))
        gilt_raise(GILT_TYPE_ERROR, "globals must be a dict");
    else if (((Code *)code)->cell_count)
        gilt_raise(GILT_TYPE_ERROR, "code object requires a closure of exactly length %d",
                   ((Code *)code)->cell_count);
    else if (gilt_contains(globals, name) || gilt_dict_set(globals, name, builtins_dict()))
        result = vm_run((Code *)code, globals, locals ? locals : globals);
    decref(code);
    return result;
}
