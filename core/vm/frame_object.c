/* frame_object.c: frames as programs see them: sys._getframe() and traceback.tb_frame.
 *
 * A frame object names its frame by address, which is only looked at after it was found on
 * the stack of the thread that asks, with the same code: then the function still runs, and
 * line, variables and caller are what they are now. Otherwise there is only what was known
 * when the object was made. (Another call of the same function in the same place cannot be
 * told from the first.) */
#include "core/modules/module.h"
#include "core/modules/vm_calls.h"
#include "core/object/attributes.h"
#include "core/types/fields.h"
#include "core/vm/traceback.h"
#include "core/vm/vm.h"
#include <stdlib.h>

typedef struct FrameObject {
    Object head;
    Slot code, globals; /* never change */
    int32_t line;
    uint32_t instruction;
    const Frame *frame; /* only compared */
} FrameObject;

FIELDS(frame, FrameObject, code, 2)

static Object *frame_make(const TracePlace *place, const Frame *frame) {
    FrameObject *f = (FrameObject *)object_new(TYPE_FRAME, MEMORY_CONTAINER, sizeof *f);
    if (!f) return NULL;
    field_init(&f->code, place->code ? incref(place->code) : NULL);
    field_init(&f->globals, place->globals ? incref(place->globals) : NULL);
    f->line = place->line;
    f->instruction = place->instruction;
    f->frame = frame;
    return &f->head;
}

Object *frame_new(const TracePlace *place) { return frame_make(place, NULL); }

/* What the frame is at: the instruction before the next. */
static uint32_t frame_at(const Frame *frame) {
    return frame->pc > frame->code->words ? (uint32_t)(frame->pc - 1 - frame->code->words)
                                          : 0;
}

static Object *frame_object(const Frame *frame) {
    uint32_t at = frame_at(frame);
    const TracePlace place = {.code = (Object *)&frame->code->head,
                              .globals = frame->globals,
                              .line = code_place(frame->code, at)->line,
                              .instruction = at};
    return frame_make(&place, frame);
}

Object *vm_frame(size_t depth) {
    const Frame *frame = thread_self()->frame;
    for (; frame && depth; depth--) frame = frame->back;
    if (!frame) return gilt_raise(GILT_VALUE_ERROR, "call stack is not deep enough");
    return frame_object(frame);
}

/* The frame, if it runs on this thread, or NULL. */
static Frame *running(const FrameObject *f) {
    Frame *frame = thread_self()->frame;
    while (frame && frame != f->frame) frame = frame->back;
    return frame && (Object *)&frame->code->head == field_get(&f->code) ? frame : NULL;
}

/* ---- what programs ask ---- */

static Object *get_code(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *code = field_get(&((FrameObject *)o)->code);
    return code ? incref(code) : gilt_none();
}

static Object *get_back(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    const Frame *frame = running((FrameObject *)o);
    return frame && frame->back ? frame_object(frame->back) : gilt_none();
}

static Object *get_line(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    const Frame *frame = running((FrameObject *)o);
    return gilt_int(frame ? code_place(frame->code, frame_at(frame))->line
                          : ((FrameObject *)o)->line);
}

static Object *get_instruction(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    const Frame *frame = running((FrameObject *)o);
    return gilt_int(frame ? frame_at(frame) : ((FrameObject *)o)->instruction);
}

static Object *get_globals(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Object *globals = field_get(&((FrameObject *)o)->globals);
    return globals ? incref(globals) : gilt_dict_new();
}

static Object *get_locals(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Frame *frame = running((FrameObject *)o);
    return frame ? vm_locals_of(frame) : gilt_dict_new();
}

static Object *get_builtins(Object *o, Object *const *arguments, size_t count) {
    (void)o, (void)arguments, (void)count;
    Object *builtins = builtins_dict();
    return builtins ? incref(builtins) : NULL;
}

static Object *get_none(Object *o, Object *const *arguments, size_t count) {
    (void)o, (void)arguments, (void)count;
    return gilt_none();
}

static Object *frame_repr(Object *o) {
    Object *code = field_get(&((FrameObject *)o)->code);
    if (!code) return gilt_str_from("<frame object>");
    char *name = gilt_str_utf8(((Code *)code)->name, NULL);
    char *file = gilt_str_utf8(((Code *)code)->filename, NULL);
    Object *line = get_line(o, NULL, 0), *text = NULL;
    int64_t number;
    if (name && file && line && gilt_int_value(line, &number))
        text = gilt_str_format("<frame at %p, file '%s', line %d, code %s>", (void *)o,
                               file, (int)number, name);
    free(name);
    free(file);
    decref_maybe(line);
    return text;
}

static const Native frame_methods[] = {
    {"get f_code", get_code},
    {"get f_back", get_back},
    {"get f_lineno", get_line},
    {"get f_lasti", get_instruction},
    {"get f_globals", get_globals},
    {"get f_locals", get_locals},
    {"get f_builtins", get_builtins},
    {"get f_trace", get_none},
    {"clear()", get_none},
    {0},
};

const TypeOps frame_ops = {
    FIELDS_OPS(frame),
    .hash = hash_by_address,
    .repr = frame_repr,
    .methods = frame_methods,
};
