/* mapping_proxy.c: a mapping that can be read only, such as the __dict__ of a class. */
#include "core/object/arguments.h"
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/object/iterate.h"
#include "core/object/native.h"
#include "core/object/operations.h"
#include "core/types/alias.h"
#include "core/types/class.h"
#include "core/types/descriptors.h"
#include "core/types/fields.h"
#include <stdlib.h>

typedef struct Proxy {
    Object head;
    Slot mapping; /* never changes */
} Proxy;

FIELDS(proxy, Proxy, mapping, 1)

static Object *inside(Object *o) { return field_get(&((Proxy *)o)->mapping); }

Object *mapping_proxy_new(Object *mapping) {
    Proxy *o = (Proxy *)object_new(TYPE_MAPPING_PROXY, MEMORY_CONTAINER, sizeof *o);
    if (!o) return NULL;
    field_init(&o->mapping, incref(mapping));
    return &o->head;
}

static Object *proxy_make(Type *type, Object *const *arguments, size_t count,
                          Object *names) {
    (void)type;
    if (!arguments_plain("mappingproxy", count, names, 1, 1)) return NULL;
    const TypeOps *ops = type_of(arguments[0])->ops;
    if (!ops->get_item || is_kind(arguments[0], GILT_LIST) ||
        is_kind(arguments[0], GILT_TUPLE))
        return gilt_raise(GILT_TYPE_ERROR,
                          "mappingproxy() argument must be a mapping, not %s",
                          type_of(arguments[0])->name);
    return mapping_proxy_new(arguments[0]);
}

static Object *proxy_repr(Object *o) {
    Object *shown = gilt_repr(inside(o));
    char *utf8 = shown ? gilt_str_utf8(shown, NULL) : NULL;
    Object *text = utf8 ? gilt_str_format("mappingproxy(%s)", utf8) : NULL;
    free(utf8);
    decref_maybe(shown);
    return text;
}

static Object *proxy_str(Object *o) { return gilt_str(inside(o)); }
static ssize_t proxy_length(Object *o) { return gilt_len(inside(o)); }
static Object *proxy_get_item(Object *o, Object *key) {
    return gilt_get_item(inside(o), key);
}
static int proxy_contains(Object *o, Object *key) { return gilt_contains(inside(o), key); }
static Object *proxy_iterate(Object *o) { return iterate(inside(o)); }
static bool proxy_hash(Object *o, int64_t *hash) { return gilt_hash(inside(o), hash); }

static Object *unwrapped(Object *o) {
    return o->type == TYPE_MAPPING_PROXY ? inside(o) : o;
}

static Object *proxy_compare(Comparison op, Object *a, Object *b) {
    return object_compare(op, inside(a), b);
}

static Object *proxy_operate(Operator op, Object *a, Object *b) {
    if (op != OP_OR) return NOT_IMPLEMENTED;
    return object_operate(op, unwrapped(a), unwrapped(b));
}

static Object *proxy_update(Operator op, Object *o, Object *other) {
    (void)o, (void)other;
    if (op != OP_OR) return NOT_IMPLEMENTED;
    return gilt_raise(GILT_TYPE_ERROR,
                      "'|=' is not supported by mappingproxy; use '|' instead");
}

/* ---- Methods: those of the mapping ---- */

static Object *forward(Object *self, const char *name, Object *const *arguments,
                       size_t count) {
    Object *method = gilt_intern(name);
    return method ? gilt_call_method(inside(self), method, arguments, count) : NULL;
}

static Object *method_get(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return forward(self, "get", arguments, arguments[1] ? 2 : 1);
}

#define FORWARD(name, text)                                                                \
    static Object *name(Object *self, Object *const *arguments, size_t count) {            \
        return (void)count, forward(self, text, arguments, 0);                             \
    }
FORWARD(method_keys, "keys")
FORWARD(method_values, "values")
FORWARD(method_items, "items")
FORWARD(method_copy, "copy")
FORWARD(method_reversed, "__reversed__")

static const Native proxy_methods[] = {
    {"get(key, default=, /)", method_get},
    {"keys()", method_keys},
    {"values()", method_values},
    {"items()", method_items},
    {"copy()", method_copy},
    {"__reversed__()", method_reversed},
    ALIAS_METHOD,
    {0},
};

const TypeOps mapping_proxy_ops = {
    FIELDS_OPS(proxy),          .hash = proxy_hash,         .compare = proxy_compare,
    .repr = proxy_repr,         .str = proxy_str,           .length = proxy_length,
    .get_item = proxy_get_item, .contains = proxy_contains, .operate = proxy_operate,
    .update = proxy_update,     .iterate = proxy_iterate,   .make = proxy_make,
    .methods = proxy_methods,
};
