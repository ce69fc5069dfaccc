/* arguments.c: see arguments.h. */
#include "core/object/arguments.h"
#include "core/object/native_bind.h"
#include <string.h>

bool arguments_plain(const char *name, size_t count, Object *names, size_t least,
                     size_t most) {
    if (unlikely(names && gilt_tuple_size(names)))
        return gilt_raise(GILT_TYPE_ERROR, "%s() takes no keyword arguments", name);
    if (likely(count >= least && count <= most)) return true;
    size_t wanted = count < least ? least : most;
    return gilt_raise(GILT_TYPE_ERROR, "%s expected %s%zu argument%s, got %zu", name,
                      least == most   ? ""
                      : count < least ? "at least "
                                      : "at most ",
                      wanted, wanted == 1 ? "" : "s", count);
}

/* The signature is read anew at each call: it is short. */
Object *arguments_call(const Native *row, Type *type, Object *const *arguments,
                       size_t count, Object *names) {
    const NativeObject native = {.row = row, .signature = signature_read(row->signature)};
    return native_call_general(&native, &type->head, arguments, count, names);
}

/* `self` is where they go. */
static Object *copy_out(Object *self, Object *const *arguments, size_t count) {
    memcpy(self, arguments, count * sizeof *arguments);
    return gilt_none();
}

bool arguments_order(const char *signature, Object *const *arguments, size_t count,
                     Object *names, Object **ordered) {
    const Native row = {signature, copy_out};
    const NativeObject native = {.row = &row, .signature = signature_read(signature)};
    return native_call_general(&native, (Object *)ordered, arguments, count, names);
}
