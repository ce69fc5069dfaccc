/* native.c: functions, methods and computed attributes in C, as objects. They are immortal,
 * and what they name (rows of tables, modules, built-in types) is, too: so they hold no
 * reference, are never counted, and can be leaves. */
#include "core/object/native.h"
#include "core/modules/module.h"
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/object/native_bind.h"
#include "core/types/class.h"
#include <string.h>

static const char *name_of(const NativeObject *n) {
    return n->row->signature + n->signature.name;
}

static int name_bytes(const NativeObject *n) { return n->signature.name_bytes; }

static Type *type_owner(const NativeObject *n) {
    return n->owner && is_class(n->owner) ? (Type *)n->owner : NULL;
}

/* ---- Tables ---- */

static uint32_t type_for(const Signature *s, const Type *type) {
    if (s->flags & NATIVE_GET) return TYPE_GETSET;
    if (s->flags & NATIVE_CLASS) return TYPE_NATIVE_CLASS;
    return type && !(s->flags & NATIVE_STATIC) ? TYPE_NATIVE_METHOD : TYPE_NATIVE;
}

static bool row_add(Object *dict, const Native *row, Type *type, Object *owner) {
    Signature s = signature_read(row->signature);
    if (s.flags & NATIVE_SET) return true;
    char name[64];
    memcpy(name, row->signature + s.name, s.name_bytes);
    name[s.name_bytes] = 0;
    Object *key = gilt_intern(name);
    NativeObject *n =
        (NativeObject *)object_new(type_for(&s, type), MEMORY_LEAF, sizeof *n);
    if (!key || !n) return decref_maybe((Object *)n), false;
    n->row = row;
    n->owner = owner;
    n->signature = s;
    bool plain = s.named == s.positional && !(s.flags & (NATIVE_REST | NATIVE_MORE));
    n->least = plain ? s.least : UINT8_MAX;
    n->most = plain ? s.positional : 0;
    object_immortalise(&n->head);
    return gilt_dict_set(dict, key, &n->head);
}

bool natives_add(Object *dict, const Native *table, Type *type, Object *module) {
    Object *owner = type ? &type->head : module;
    for (const Native *row = table; row->signature; row++)
        if (!row_add(dict, row, type, owner)) return false;
    return true;
}

/* ---- Calls ---- */

static Object *native_call(Object *o, Object *const *arguments, size_t count,
                           Object *names) {
    NativeObject *n = (NativeObject *)o;
    return native_call_with(n, native_self(n), arguments, count, names);
}

/* Is `self` one that the method knows? If not: TypeError. */
static bool self_expect(const NativeObject *n, Object *self) {
    Type *type = type_owner(n);
    if (likely(type_of(self) == type || class_inherits(type_of(self), type))) return true;
    return gilt_raise(GILT_TYPE_ERROR,
                      "descriptor '%.*s' for '%s' objects doesn't apply to a '%s' object",
                      name_bytes(n), name_of(n), type->name, type_of(self)->name),
           false;
}

static Object *method_call(Object *o, Object *const *arguments, size_t count,
                           Object *names) {
    NativeObject *n = (NativeObject *)o;
    if (unlikely(!count))
        return gilt_raise(GILT_TYPE_ERROR, "unbound method %s.%.*s() needs an argument",
                          type_owner(n)->name, name_bytes(n), name_of(n));
    if (!self_expect(n, arguments[0])) return NULL;
    return native_call_with(n, arguments[0], arguments + 1, count - 1, names);
}

static Object *class_method_call(Object *o, Object *const *arguments, size_t count,
                                 Object *names) {
    NativeObject *n = (NativeObject *)o;
    const char *owner = type_owner(n)->name;
    if (!count)
        return gilt_raise(GILT_TYPE_ERROR,
                          "descriptor '%.*s' of '%s' object needs an argument",
                          name_bytes(n), name_of(n), owner);
    if (!is_kind(arguments[0], GILT_TYPE))
        return gilt_raise(GILT_TYPE_ERROR,
                          "descriptor '%.*s' for type '%s' needs a type, not a '%s' as arg 2",
                          name_bytes(n), name_of(n), owner, type_of(arguments[0])->name);
    if (!class_inherits((Type *)arguments[0], type_owner(n)))
        return gilt_raise(GILT_TYPE_ERROR,
                          "descriptor '%.*s' requires a subtype of '%s' but received '%s'",
                          name_bytes(n), name_of(n), owner, ((Type *)arguments[0])->name);
    return native_call_with(n, arguments[0], arguments + 1, count - 1, names);
}

static Object *bound_native_call(Object *o, Object *const *arguments, size_t count,
                                 Object *names) {
    BoundMethod *bound = (BoundMethod *)o;
    NativeObject *n = (NativeObject *)object_of(slot_peek(&bound->function));
    return native_call_with(n, object_of(slot_peek(&bound->self)), arguments, count, names);
}

/* ---- Descriptors ---- */

static Object *method_get(Object *o, Object *object, Type *owner) {
    (void)owner;
    if (!object) return incref(o);
    return self_expect((NativeObject *)o, object) ? bound_method_new(o, object) : NULL;
}

static Object *class_method_get(Object *o, Object *object, Type *owner) {
    return bound_method_new(o, owner ? &owner->head : &type_of(object)->head);
}

static Object *getset_get(Object *o, Object *object, Type *owner) {
    (void)owner;
    NativeObject *n = (NativeObject *)o;
    if (!object) return incref(o);
    return self_expect(n, object) ? n->row->call(object, NULL, 0) : NULL;
}

static bool getset_put(Object *o, Object *object, Object *value) {
    NativeObject *n = (NativeObject *)o;
    const Native *set = n->row + 1;
    if (!self_expect(n, object)) return false;
    if (!set->signature || strncmp(set->signature, "set ", 4))
        return gilt_raise(GILT_ATTRIBUTE_ERROR,
                          "attribute '%.*s' of '%s' objects is not writable", name_bytes(n),
                          name_of(n), type_owner(n)->name),
               false;
    Object *done = set->call(object, &value, 1);
    decref_maybe(done);
    return done;
}

/* ---- As objects ---- */

static size_t native_bytes(const Object *o) { return (void)o, sizeof(NativeObject); }

static Object *bound_repr(const NativeObject *n, Object *self) {
    return gilt_str_format("<built-in method %.*s of %s object at %p>", name_bytes(n),
                           name_of(n), type_of(self)->name, (void *)self);
}

static Object *native_repr(Object *o) {
    NativeObject *n = (NativeObject *)o;
    if (type_owner(n)) return bound_repr(n, n->owner);
    return gilt_str_format("<built-in function %.*s>", name_bytes(n), name_of(n));
}

static Object *descriptor_repr(Object *o) {
    NativeObject *n = (NativeObject *)o;
    return gilt_str_format("<%s '%.*s' of '%s' objects>",
                           is_type(o, TYPE_GETSET) ? "attribute" : "method", name_bytes(n),
                           name_of(n), type_owner(n)->name);
}

static Object *bound_native_repr(Object *o) {
    BoundMethod *bound = (BoundMethod *)o;
    return bound_repr((NativeObject *)object_of(slot_peek(&bound->function)),
                      object_of(slot_peek(&bound->self)));
}

/* ---- Their attributes ---- */

/* The native itself, of one that may be bound. */
static NativeObject *native_in(Object *o) {
    if (!is_type(o, TYPE_BOUND_NATIVE)) return (NativeObject *)o;
    return (NativeObject *)object_of(slot_peek(&((BoundMethod *)o)->function));
}

static Object *get_name(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    NativeObject *n = native_in(o);
    return gilt_str_new(name_of(n), (size_t)name_bytes(n));
}

static Object *get_qualname(Object *o, Object *const *arguments, size_t count) {
    NativeObject *n = native_in(o);
    if (!type_owner(n)) return get_name(o, arguments, count);
    return gilt_str_format("%s.%.*s", type_owner(n)->name, name_bytes(n), name_of(n));
}

static Object *get_none(Object *o, Object *const *arguments, size_t count) {
    (void)o, (void)arguments, (void)count;
    return gilt_none();
}

static Object *get_self(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    if (is_type(o, TYPE_BOUND_NATIVE))
        return incref(object_of(slot_peek(&((BoundMethod *)o)->self)));
    Object *owner = native_in(o)->owner;
    return owner ? incref(owner) : gilt_none();
}

static Object *get_module(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    NativeObject *n = native_in(o);
    if (!n->owner || type_owner(n)) return gilt_none();
    return gilt_str_from(module_name(n->owner));
}

static Object *get_objclass(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(native_in(o)->owner);
}

static const Native function_attributes[] = {
    {"get __name__", get_name},
    {"get __qualname__", get_qualname},
    {"get __doc__", get_none},
    {"get __text_signature__", get_none},
    {"get __self__", get_self},
    {"get __module__", get_module},
    {0},
};

static const Native descriptor_attributes[] = {
    {"get __name__", get_name},         {"get __qualname__", get_qualname},
    {"get __doc__", get_none},          {"get __text_signature__", get_none},
    {"get __objclass__", get_objclass}, {0},
};

/* ---- The types ---- */

const TypeOps native_ops = {.kind = MEMORY_LEAF,
                            .bytes = native_bytes,
                            .hash = hash_by_address,
                            .repr = native_repr,
                            .call = native_call,
                            .methods = function_attributes};

const TypeOps native_method_ops = {.kind = MEMORY_LEAF,
                                   .bytes = native_bytes,
                                   .hash = hash_by_address,
                                   .repr = descriptor_repr,
                                   .call = method_call,
                                   .get = method_get,
                                   .methods = descriptor_attributes};

const TypeOps native_class_ops = {.kind = MEMORY_LEAF,
                                  .bytes = native_bytes,
                                  .hash = hash_by_address,
                                  .repr = descriptor_repr,
                                  .call = class_method_call,
                                  .get = class_method_get,
                                  .methods = descriptor_attributes};

const TypeOps getset_ops = {.kind = MEMORY_LEAF,
                            .bytes = native_bytes,
                            .hash = hash_by_address,
                            .repr = descriptor_repr,
                            .get = getset_get,
                            .put = getset_put,
                            .methods = descriptor_attributes};

const TypeOps bound_native_ops = {.kind = MEMORY_CONTAINER,
                                  .bytes = bound_method_bytes,
                                  .spans = bound_method_spans,
                                  .destroy = bound_method_destroy,
                                  .hash = bound_method_hash,
                                  .equal = bound_method_equal,
                                  .repr = bound_native_repr,
                                  .call = bound_native_call,
                                  .methods = function_attributes};
