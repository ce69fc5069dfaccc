/* types.c: the region where all types live, and the built-in ones in it.
 *
 * A type is found by its number alone, so types never move, and a number is all that an
 * object's header needs. `types` is zero until used and costs no memory before. Numbers
 * are given in order and never taken back before the runtime ends, not even that of a class
 * that has died: its last instances may still ask it for their size (types/class.h). */
#include "core/object/builtin.h"
#include "core/object/error.h"
#include "core/types/bool.h"
#include "core/types/bytes.h"
#include "core/types/class.h"
#include "core/types/dict.h"
#include "core/types/exception.h"
#include "core/types/float.h"
#include "core/types/function.h"
#include "core/types/int.h"
#include "core/types/intern.h"
#include "core/types/list.h"
#include "core/types/lock.h"
#include "core/types/none.h"
#include "core/types/set.h"
#include "core/types/singletons.h"
#include "core/types/str.h"
#include "core/types/tuple.h"
#include "core/types/weakref.h"
#include <string.h>

Type types[TYPE_MAX];

static _Atomic uint32_t next_handle;

static const struct Builtin {
    const char *name;
    const TypeOps *ops;
    uint32_t base;
    uint32_t flags;
} builtins[BUILTIN_TYPES] = {
#define EXCEPTION(number, name, base)                                                      \
    [number] = {name, &exception_ops, base, TYPE_WEAKLY | TYPE_EXCEPTION}
    [GILT_TYPE] = {"type", &type_ops, GILT_OBJECT, TYPE_WEAKLY | TYPE_METACLASS},
    [GILT_OBJECT] = {"object", &object_ops, 0, 0},
    [GILT_NONE] = {"NoneType", &none_ops, GILT_OBJECT, TYPE_FINAL},
    [GILT_BOOL] = {"bool", &bool_ops, GILT_INT, TYPE_FINAL},
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
    EXCEPTION(GILT_BASE_EXCEPTION, "BaseException", GILT_OBJECT),
    EXCEPTION(GILT_EXCEPTION, "Exception", GILT_BASE_EXCEPTION),
    EXCEPTION(GILT_TYPE_ERROR, "TypeError", GILT_EXCEPTION),
    EXCEPTION(GILT_VALUE_ERROR, "ValueError", GILT_EXCEPTION),
    EXCEPTION(GILT_UNICODE_ERROR, "UnicodeError", GILT_VALUE_ERROR),
    EXCEPTION(GILT_LOOKUP_ERROR, "LookupError", GILT_EXCEPTION),
    EXCEPTION(GILT_INDEX_ERROR, "IndexError", GILT_LOOKUP_ERROR),
    EXCEPTION(GILT_KEY_ERROR, "KeyError", GILT_LOOKUP_ERROR),
    EXCEPTION(GILT_ATTRIBUTE_ERROR, "AttributeError", GILT_EXCEPTION),
    EXCEPTION(GILT_ARITHMETIC_ERROR, "ArithmeticError", GILT_EXCEPTION),
    EXCEPTION(GILT_OVERFLOW_ERROR, "OverflowError", GILT_ARITHMETIC_ERROR),
    EXCEPTION(GILT_ZERO_DIVISION_ERROR, "ZeroDivisionError", GILT_ARITHMETIC_ERROR),
    EXCEPTION(GILT_MEMORY_ERROR, "MemoryError", GILT_EXCEPTION),
    EXCEPTION(GILT_RUNTIME_ERROR, "RuntimeError", GILT_EXCEPTION),
    EXCEPTION(GILT_RECURSION_ERROR, "RecursionError", GILT_RUNTIME_ERROR),
    EXCEPTION(GILT_OS_ERROR, "OSError", GILT_EXCEPTION),
    EXCEPTION(GILT_STOP_ITERATION, "StopIteration", GILT_EXCEPTION),
    EXCEPTION(GILT_FLOATING_POINT_ERROR, "FloatingPointError", GILT_ARITHMETIC_ERROR),
    EXCEPTION(GILT_UNICODE_DECODE_ERROR, "UnicodeDecodeError", GILT_UNICODE_ERROR),
    EXCEPTION(GILT_UNICODE_ENCODE_ERROR, "UnicodeEncodeError", GILT_UNICODE_ERROR),
    EXCEPTION(GILT_NAME_ERROR, "NameError", GILT_EXCEPTION),
    EXCEPTION(GILT_UNBOUND_LOCAL_ERROR, "UnboundLocalError", GILT_NAME_ERROR),
    EXCEPTION(GILT_SYNTAX_ERROR, "SyntaxError", GILT_EXCEPTION),
    EXCEPTION(GILT_INDENTATION_ERROR, "IndentationError", GILT_SYNTAX_ERROR),
    EXCEPTION(GILT_TAB_ERROR, "TabError", GILT_INDENTATION_ERROR),
    EXCEPTION(GILT_IMPORT_ERROR, "ImportError", GILT_EXCEPTION),
    EXCEPTION(GILT_MODULE_NOT_FOUND_ERROR, "ModuleNotFoundError", GILT_IMPORT_ERROR),
    EXCEPTION(GILT_ASSERTION_ERROR, "AssertionError", GILT_EXCEPTION),
    EXCEPTION(GILT_BUFFER_ERROR, "BufferError", GILT_EXCEPTION),
    EXCEPTION(GILT_EOF_ERROR, "EOFError", GILT_EXCEPTION),
    EXCEPTION(GILT_NOT_IMPLEMENTED_ERROR, "NotImplementedError", GILT_RUNTIME_ERROR),
    EXCEPTION(GILT_REFERENCE_ERROR, "ReferenceError", GILT_EXCEPTION),
    EXCEPTION(GILT_SYSTEM_ERROR, "SystemError", GILT_EXCEPTION),
    EXCEPTION(GILT_STOP_ASYNC_ITERATION, "StopAsyncIteration", GILT_EXCEPTION),
    EXCEPTION(GILT_GENERATOR_EXIT, "GeneratorExit", GILT_BASE_EXCEPTION),
    EXCEPTION(GILT_KEYBOARD_INTERRUPT, "KeyboardInterrupt", GILT_BASE_EXCEPTION),
    EXCEPTION(GILT_SYSTEM_EXIT, "SystemExit", GILT_BASE_EXCEPTION),
    EXCEPTION(GILT_WARNING, "Warning", GILT_EXCEPTION),
#define T(number, name, ops, base, flags) [number] = {name, &ops, base, flags},
    BUILTIN_TYPES_EACH(T)
#undef T
#define X(number, name, base) EXCEPTION(number, name, base),
        EXCEPTION_TYPES_EACH(X)
#undef X
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

static bool has_shapes(uint32_t handle) {
    return handle == GILT_OBJECT || builtins[handle].ops == &exception_ops;
}

bool types_start(void) {
    for (uint32_t handle = 1; handle < BUILTIN_TYPES; handle++) builtin_make(handle);
    atomic_store(&next_handle, BUILTIN_TYPES);
    if (!int_start() || !bool_start() || !none_start() || !str_start() || !intern_start() ||
        !tuple_start() || !singletons_start() || !class_start() ||
        !exception_start())
        return false;
    for (uint32_t handle = 1; handle < BUILTIN_TYPES; handle++)
        if (has_shapes(handle) && !class_make_builtin(&types[handle])) return false;
    return class_fill_builtin() && error_start();
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

Type *type_builtin_new(const char *name, const TypeOps *ops, Type *base, uint32_t flags) {
    Type *type = type_new();
    if (!type) return NULL;
    uint32_t handle = type->handle;
    *type =
        (Type){.ops = ops, .name = name, .base = base, .handle = handle, .flags = flags};
    ref_init_immortal(&type->head.refs, 0);
    type->head.type = GILT_TYPE;
    return type;
}

uint32_t types_count(void) { return atomic_load(&next_handle); }

GiltObject *gilt_type(GiltType type) { return &types[type].head; }
GiltObject *gilt_type_of(GiltObject *object) { return &type_of(object)->head; }
const char *gilt_type_name(GiltObject *object) { return type_of(object)->name; }
bool gilt_is(GiltObject *object, GiltType type) { return is_type(object, type); }

bool gilt_is_instance(GiltObject *object, GiltObject *type) {
    return is_class(type) && class_inherits(type_of(object), (Type *)type);
}
