/* dispatch.c: see dispatch.h. Here: text, hash, truth, calls and descriptors; items and
 * iteration are in dispatch_items.c, operators and comparisons in dispatch_operators.c. */
#include "core/types/dispatch.h"
#include "core/object/attributes.h"
#include "core/object/error.h"
#include "core/object/operations.h"
#include "core/types/class.h"
#include "core/types/int.h"
#include "core/types/text.h"
#include <string.h>

const TypeOps *type_native(const Type *type) {
    return type_is_program(type) ? type->native : type->ops;
}

static Object *own(Object *o, Special special) {
    return class_own_special(type_of(o), special);
}

static const TypeOps *native_of(Object *o) { return type_native(type_of(o)); }

/* ---- hash ---- */

static bool raise_unhashable(Object *o) {
    return gilt_raise(GILT_TYPE_ERROR, "unhashable type: '%s'", type_of(o)->name), false;
}

/* A class whose methods are set one by one has no say in __hash__ when it gets __eq__. */
static bool lost_hash(Type *type) {
    return (flags_load(type) & TYPE_LATE) && class_has_special(type, SPECIAL_EQ);
}

static bool hash_by_default(Object *o, int64_t *hash) {
    const TypeOps *native = native_of(o);
    if (lost_hash(type_of(o))) return raise_unhashable(o);
    if (!native) return hash_by_address(o, hash);
    return native->hash ? native->hash(o, hash) : raise_unhashable(o);
}

bool dispatch_hash(Object *o, int64_t *hash) {
    Object *method = own(o, SPECIAL_HASH);
    if (likely(!method)) return hash_by_default(o, hash);
    if (is_type(method, GILT_NONE)) return raise_unhashable(o);
    Object *answer = class_call(method, o, NULL, 0);
    if (!answer) return false;
    bool well = is_kind(answer, GILT_INT);
    if (!well) gilt_raise(GILT_TYPE_ERROR, "__hash__ method should return an integer");
    const TypeOps *ints = &int_ops;
    well = well && ints->hash(answer, hash);
    decref(answer);
    return well;
}

/* ---- text ---- */

/* `asked` is what it was wanted for. */
static bool text_of(Object *o, Special special, const char *asked, Object **text) {
    Object *method = own(o, special);
    if (!method) return false;
    Object *answer = class_call(method, o, NULL, 0);
    if (answer && !is_kind(answer, GILT_STR)) {
        gilt_raise(GILT_TYPE_ERROR, "%s returned non-string (type %s)", asked,
                   type_of(answer)->name);
        decref(answer);
        answer = NULL;
    }
    *text = answer;
    return true;
}

/* A class that C code has made has no module, and shows without an address. */
Object *object_plain_repr(Object *o) {
    Type *type = type_of(o);
    if (flags_load(type) & TYPE_LATE) return gilt_str_format("<%s object>", type->name);
    Object *module = class_module(type), *qualname = class_qualname(type), *text = NULL;
    if (module && qualname) {
        Text in = str_text(module), name = str_text(qualname);
        bool shown = is_kind(module, GILT_STR) && strcmp(in.bytes, "builtins") != 0;
        text = gilt_str_format("<%s%s%s object at %p>", shown ? in.bytes : "",
                               shown ? "." : "", name.bytes, (void *)o);
    }
    decref_maybe(module);
    decref_maybe(qualname);
    return text;
}

Object *dispatch_repr(Object *o) {
    Object *text;
    if (text_of(o, SPECIAL_REPR, "__repr__", &text)) return text;
    const TypeOps *native = native_of(o);
    return native && native->repr ? native->repr(o) : object_plain_repr(o);
}

Object *dispatch_str(Object *o) {
    Object *text;
    if (text_of(o, SPECIAL_STR, "__str__", &text)) return text;
    const TypeOps *native = native_of(o);
    if (native && native->str) return native->str(o);
    return text_of(o, SPECIAL_REPR, "__str__", &text) ? text : dispatch_repr(o);
}

/* ---- truth ---- */

static int truth_answered(Object *answer) {
    if (!answer) return -1;
    int truth = -1;
    if (is_type(answer, GILT_BOOL))
        truth = gilt_true(answer);
    else
        gilt_raise(GILT_TYPE_ERROR, "__bool__ should return bool, returned %s",
                   type_of(answer)->name);
    decref(answer);
    return truth;
}

int dispatch_truth(Object *o) {
    Object *method = own(o, SPECIAL_BOOL);
    if (method) return truth_answered(class_call(method, o, NULL, 0));
    const TypeOps *native = native_of(o);
    if (native && native->truth) return native->truth(o);
    if (!class_has_special(type_of(o), SPECIAL_LEN) && !(native && native->length))
        return 1;
    ssize_t length = dispatch_length(o);
    return length < 0 ? -1 : length > 0;
}

/* ---- calls ---- */

Object *dispatch_call(Object *o, Object *const *arguments, size_t count, Object *names) {
    Object *method = own(o, SPECIAL_CALL);
    if (likely(method != NULL)) return class_call_with(method, o, arguments, count, names);
    const TypeOps *native = native_of(o);
    if (native && native->call) return native->call(o, arguments, count, names);
    return gilt_raise(GILT_TYPE_ERROR, "'%s' object is not callable", type_of(o)->name);
}

/* ---- descriptors ---- */

Object *dispatch_get(Object *o, Object *object, Type *owner) {
    Object *method = own(o, SPECIAL_GET);
    const TypeOps *native = native_of(o);
    if (!method) return native && native->get ? native->get(o, object, owner) : incref(o);
    Object *arguments[2] = {object ? object : gilt_none(), &owner->head};
    return class_call(method, o, arguments, 2);
}

bool dispatch_put(Object *o, Object *object, Object *value) {
    Object *method = own(o, value ? SPECIAL_SET : SPECIAL_DELETE);
    const TypeOps *native = native_of(o);
    if (!method && native && native->put) return native->put(o, object, value);
    if (!method)
        return gilt_raise(GILT_ATTRIBUTE_ERROR, value ? "__set__" : "__delete__"), false;
    Object *arguments[2] = {object, value};
    Object *answer = class_call(method, o, arguments, value ? 2 : 1);
    decref_maybe(answer);
    return answer;
}

const TypeOps instance_ops = {
    .kind = MEMORY_CONTAINER,
    .bytes = instance_bytes,
    .spans = instance_spans,
    .destroy = instance_destroy,
    DISPATCH_OPS,
};
