/* function.c: native functions. They hold no references and never change. */
#include "core/types/function.h"
#include "core/object/attributes.h"
#include <string.h>

typedef struct Function {
    Object head;
    GiltNative *native;
    void *data;
    size_t name_bytes; /* with the final NUL */
    char name[];
} Function;

GiltObject *gilt_function_new(const char *name, GiltNative *native, void *data) {
    size_t bytes = strlen(name) + 1;
    Function *f = (Function *)object_new(GILT_FUNCTION, MEMORY_LEAF, sizeof *f + bytes);
    if (!f) return NULL;
    f->native = native;
    f->data = data;
    f->name_bytes = bytes;
    memcpy(f->name, name, bytes);
    return &f->head;
}

static size_t function_bytes(const Object *o) {
    return sizeof(Function) + ((const Function *)o)->name_bytes;
}

static Object *function_repr(Object *o) {
    return gilt_str_format("<built-in function %s>", ((Function *)o)->name);
}

static Object *function_call(Object *o, Object *const *arguments, size_t count) {
    Function *f = (Function *)o;
    return f->native(f->data, arguments, count);
}

const TypeOps function_ops = {
    .kind = MEMORY_LEAF,
    .bytes = function_bytes,
    .hash = hash_by_address,
    .repr = function_repr,
    .call = function_call,
};
