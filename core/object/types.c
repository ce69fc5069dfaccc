/* types.c: the region where all types live, and the built-in ones in it.
 *
 * A type is found by its number alone, so types never move, and a number is all that an
 * object's header needs. `types` is zero until used and costs no memory before. Numbers
 * are given in order and never taken back before the runtime ends, not even that of a class
 * that has died: its last instances may still ask it for their size (types/class.h). */
#include "core/object/object.h"
#include "core/object/error.h"
#include "core/types/bool.h"
#include "core/types/bytes.h"
#include "core/types/class.h"
#include "core/types/dict.h"
#include "core/types/float.h"
#include "core/types/function.h"
#include "core/types/int.h"
#include "core/types/intern.h"
#include "core/types/list.h"
#include "core/types/lock.h"
#include "core/types/none.h"
#include "core/types/set.h"
#include "core/types/str.h"
#include "core/types/tuple.h"
#include "core/types/weakref.h"
#include <string.h>

Type types[TYPE_MAX];

static _Atomic uint32_t next_handle;

static const struct Builtin {
    const char *name;
    const TypeOps *ops;
    GiltType base;
    uint32_t flags;
} builtins[GILT_TYPE_COUNT] = {
    [GILT_TYPE] = {"type", &type_ops, GILT_OBJECT, TYPE_WEAKLY},
    [GILT_OBJECT] = {"object", &object_ops, 0, 0},
    [GILT_NONE] = {"NoneType", &none_ops, GILT_OBJECT, 0},
    [GILT_BOOL] = {"bool", &bool_ops, GILT_INT, 0},
    [GILT_INT] = {"int", &int_ops, GILT_OBJECT, 0},
    [GILT_FLOAT] = {"float", &float_ops, GILT_OBJECT, 0},
    [GILT_STR] = {"str", &str_ops, GILT_OBJECT, 0},
    [GILT_BYTES] = {"bytes", &bytes_ops, GILT_OBJECT, 0},
    [GILT_LIST] = {"list", &list_ops, GILT_OBJECT, 0},
    [GILT_TUPLE] = {"tuple", &tuple_ops, GILT_OBJECT, 0},
    [GILT_DICT] = {"dict", &dict_ops, GILT_OBJECT, 0},
    [GILT_SET] = {"set", &set_ops, GILT_OBJECT, TYPE_WEAKLY},
    [GILT_FUNCTION] = {"builtin_function_or_method", &function_ops, GILT_OBJECT,
                       TYPE_WEAKLY},
    [GILT_CLOSURE] = {"function", &closure_ops, GILT_OBJECT, TYPE_WEAKLY},
    [GILT_WEAKREF] = {"weakref", &weakref_ops, GILT_OBJECT, 0},
    [GILT_LOCK] = {"lock", &lock_ops, GILT_OBJECT, TYPE_WEAKLY},
    [GILT_CONDITION] = {"Condition", &condition_ops, GILT_OBJECT, TYPE_WEAKLY},
    [GILT_BASE_EXCEPTION] = {"BaseException", &exception_ops, GILT_OBJECT, TYPE_WEAKLY},
    [GILT_EXCEPTION] = {"Exception", &exception_ops, GILT_BASE_EXCEPTION, TYPE_WEAKLY},
    [GILT_TYPE_ERROR] = {"TypeError", &exception_ops, GILT_EXCEPTION, TYPE_WEAKLY},
    [GILT_VALUE_ERROR] = {"ValueError", &exception_ops, GILT_EXCEPTION, TYPE_WEAKLY},
    [GILT_UNICODE_ERROR] = {"UnicodeDecodeError", &exception_ops, GILT_VALUE_ERROR,
                            TYPE_WEAKLY},
    [GILT_LOOKUP_ERROR] = {"LookupError", &exception_ops, GILT_EXCEPTION, TYPE_WEAKLY},
    [GILT_INDEX_ERROR] = {"IndexError", &exception_ops, GILT_LOOKUP_ERROR, TYPE_WEAKLY},
    [GILT_KEY_ERROR] = {"KeyError", &exception_ops, GILT_LOOKUP_ERROR, TYPE_WEAKLY},
    [GILT_ATTRIBUTE_ERROR] = {"AttributeError", &exception_ops, GILT_EXCEPTION,
                              TYPE_WEAKLY},
    [GILT_ARITHMETIC_ERROR] = {"ArithmeticError", &exception_ops, GILT_EXCEPTION,
                               TYPE_WEAKLY},
    [GILT_OVERFLOW_ERROR] = {"OverflowError", &exception_ops, GILT_ARITHMETIC_ERROR,
                             TYPE_WEAKLY},
    [GILT_ZERO_DIVISION_ERROR] = {"ZeroDivisionError", &exception_ops,
                                  GILT_ARITHMETIC_ERROR, TYPE_WEAKLY},
    [GILT_MEMORY_ERROR] = {"MemoryError", &exception_ops, GILT_EXCEPTION, TYPE_WEAKLY},
    [GILT_RUNTIME_ERROR] = {"RuntimeError", &exception_ops, GILT_EXCEPTION, TYPE_WEAKLY},
    [GILT_RECURSION_ERROR] = {"RecursionError", &exception_ops, GILT_RUNTIME_ERROR,
                              TYPE_WEAKLY},
    [GILT_OS_ERROR] = {"OSError", &exception_ops, GILT_EXCEPTION, TYPE_WEAKLY},
    [GILT_STOP_ITERATION] = {"StopIteration", &exception_ops, GILT_EXCEPTION, TYPE_WEAKLY},
};

static void builtin_make(uint32_t handle) {
    const struct Builtin *row = &builtins[handle];
    Type *type = &types[handle];
    *type = (Type){.ops = row->ops,
                   .name = row->name,
                   .base = row->base ? &types[row->base] : NULL,
                   .handle = handle,
                   .flags = row->flags};
    ref_init_immortal(&type->head.refs, 0);
    type->head.type = GILT_TYPE;
}

static bool is_class(uint32_t handle) {
    return handle == GILT_OBJECT || builtins[handle].ops == &exception_ops;
}

bool types_start(void) {
    for (uint32_t handle = 1; handle < GILT_TYPE_COUNT; handle++) builtin_make(handle);
    atomic_store(&next_handle, GILT_TYPE_COUNT);
    if (!int_start() || !bool_start() || !none_start() || !str_start() || !intern_start() ||
        !tuple_start() || !class_start())
        return false;
    for (uint32_t handle = 1; handle < GILT_TYPE_COUNT; handle++)
        if (is_class(handle) && !class_make_builtin(&types[handle])) return false;
    return error_start();
}

void types_finish(void) {
    error_finish();
    weakref_finish();
    intern_finish();
    uint32_t count = atomic_load(&next_handle);
    memset(types, 0, count * sizeof *types);
}

Type *type_new(void) {
    uint32_t handle = atomic_fetch_add(&next_handle, 1);
    if (handle >= TYPE_MAX) {
        atomic_fetch_sub(&next_handle, 1);
        return (Type *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    }
    types[handle].handle = handle;
    return &types[handle];
}

uint32_t types_count(void) { return atomic_load(&next_handle); }

GiltObject *gilt_type(GiltType type) { return &types[type].head; }
GiltObject *gilt_type_of(GiltObject *object) { return &type_of(object)->head; }
const char *gilt_type_name(GiltObject *object) { return type_of(object)->name; }
bool gilt_is(GiltObject *object, GiltType type) { return is_type(object, type); }

bool gilt_is_instance(GiltObject *object, GiltObject *type) {
    for (Type *t = type_of(object); t; t = t->base)
        if (&t->head == type) return true;
    return false;
}
