/* property.c: attributes that are computed. What a property holds is read without its lock
 * and written with it; an empty place is None. */
#include "core/object/arguments.h"
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/object/native.h"
#include "core/types/class.h"
#include "core/types/descriptors.h"
#include "core/types/fields.h"
#include "core/types/fixed.h"
#include "core/types/heir.h"
#include "core/types/text.h"

typedef enum Part { GET, SET, DELETE, DOC, NAME, PARTS } Part;

typedef struct Property {
    Object head;
    Slot parts[PARTS];
    _Atomic bool own_doc; /* the doc was given, and is not that of the getter */
} Property;

static size_t property_bytes(const Object *o) { return (void)o, sizeof(Property); }

static unsigned property_spans(const Object *o, Span *spans) {
    spans[0] = (Span){((const Property *)o)->parts, PARTS, sizeof(Slot)};
    return 1;
}

static void property_destroy(Object *o) {
    for (int i = 0; i < PARTS; i++) field_drop(&((Property *)o)->parts[i]);
}

/* A new reference, or NULL. */
static Object *part(Object *o, Part which) {
    return slot_take(o, &((Property *)o)->parts[which]);
}

static Object *part_or_none(Object *o, Part which) {
    Object *value = part(o, which);
    return value ? value : gilt_none();
}

static void part_put(Object *o, Part which, Object *value) {
    bool none = !value || is_type(value, GILT_NONE);
    field_put(o, &((Property *)o)->parts[which], none ? NULL : incref(value));
}

Object *property_getter(Object *property) { return part(property, GET); }

static Object *property_make(Type *type, Object *const *arguments, size_t count,
                             Object *names) {
    (void)arguments, (void)count, (void)names;
    Property *o = (Property *)heir_or_native_new(type, MEMORY_CONTAINER, sizeof *o);
    if (!o) return NULL;
    for (int i = 0; i < PARTS; i++) slot_init(&o->parts[i], NULL);
    atomic_init(&o->own_doc, false);
    return &o->head;
}

/* The doc of the getter, unless one was given. */
static bool take_doc(Object *o, Object *getter, Object *doc) {
    bool given = doc && !is_type(doc, GILT_NONE);
    atomic_store_explicit(&((Property *)o)->own_doc, given, memory_order_relaxed);
    if (given || !getter || is_type(getter, GILT_NONE)) {
        part_put(o, DOC, doc);
        return true;
    }
    Object *found = attribute_get_maybe(getter, class_names.doc);
    if (!found && gilt_error()) return false;
    part_put(o, DOC, found);
    decref_maybe(found);
    return true;
}

static bool property_init(Object *o, Object *const *arguments, size_t count,
                          Object *names) {
    Object *ordered[4];
    if (!arguments_order("property(fget=, fset=, fdel=, doc=)", arguments, count, names,
                         ordered))
        return false;
    Object *before = part(o, GET);
    if (before) atomic_store(&descriptors_changed, true);
    decref_maybe(before);
    for (int i = GET; i <= DELETE; i++) part_put(o, (Part)i, ordered[i]);
    return take_doc(o, ordered[GET], ordered[DOC]);
}

/* ---- As a descriptor ---- */

static Object *raise_without(Object *o, Object *object, const char *what) {
    Object *name = part(o, NAME), *shown = name ? gilt_repr(name) : NULL;
    const char *type = class_short_name(type_of(object));
    if (shown)
        gilt_raise(GILT_ATTRIBUTE_ERROR, "property %s of '%s' object has no %s",
                   str_text(shown).bytes, type, what);
    else if (!name)
        gilt_raise(GILT_ATTRIBUTE_ERROR, "property of '%s' object has no %s", type, what);
    decref_maybe(name);
    decref_maybe(shown);
    return NULL;
}

static Object *property_get(Object *o, Object *object, Type *owner) {
    (void)owner;
    if (!object) return incref(o);
    Object *getter = part(o, GET);
    return getter ? class_call_front(getter, object, NULL, 0, NULL)
                  : raise_without(o, object, "getter");
}

static bool property_put(Object *o, Object *object, Object *value) {
    Object *setter = part(o, value ? SET : DELETE);
    if (!setter) return raise_without(o, object, value ? "setter" : "deleter");
    Object *done = class_call_front(setter, object, &value, value != NULL, NULL);
    decref_maybe(done);
    return done;
}

/* ---- Methods ---- */

/* A copy with one part replaced; of an heir, by calling it. */
static Object *with_part(Object *o, Part which, Object *value) {
    Object *all[4] = {part_or_none(o, GET), part_or_none(o, SET), part_or_none(o, DELETE),
                      gilt_none()};
    bool own = atomic_load_explicit(&((Property *)o)->own_doc, memory_order_relaxed);
    if (own) all[3] = part_or_none(o, DOC);
    Object *parts[4] = {all[0], all[1], all[2], all[3]};
    if (!is_type(value, GILT_NONE)) parts[which] = value;
    Object *copy = gilt_call(&type_of(o)->head, parts, 4), *name = part(o, NAME);
    if (copy && name && is_kind(copy, TYPE_PROPERTY)) part_put(copy, NAME, name);
    decref_maybe(name);
    for (int i = 0; i < 4; i++) decref(all[i]);
    return copy;
}

static Object *method_getter(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return with_part(self, GET, arguments[0]);
}

static Object *method_setter(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return with_part(self, SET, arguments[0]);
}

static Object *method_deleter(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    return with_part(self, DELETE, arguments[0]);
}

static Object *method_set_name(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    part_put(self, NAME, arguments[1]);
    return gilt_none();
}

#define GETTER(name, which)                                                                \
    static Object *name(Object *self, Object *const *arguments, size_t count) {            \
        (void)arguments, (void)count;                                                      \
        return part_or_none(self, which);                                                  \
    }
GETTER(get_fget, GET)
GETTER(get_fset, SET)
GETTER(get_fdel, DELETE)
GETTER(get_doc, DOC)

static Object *set_doc(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    part_put(self, DOC, arguments[0]);
    return gilt_none();
}

static Object *get_abstract(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    int truth = 0;
    for (int i = GET; i <= DELETE && !truth; i++) {
        Object *function = part(self, (Part)i);
        Object *flag =
            function ? attribute_get_maybe(function, class_names.abstract) : NULL;
        if (flag) truth = gilt_true(flag);
        decref_maybe(flag);
        decref_maybe(function);
    }
    return truth < 0 || gilt_error() ? NULL : gilt_bool(truth);
}

static const Native property_methods[] = {
    {"getter(fget, /)", method_getter},
    {"setter(fset, /)", method_setter},
    {"deleter(fdel, /)", method_deleter},
    {"__set_name__(owner, name, /)", method_set_name},
    {"get fget", get_fget},
    {"get fset", get_fset},
    {"get fdel", get_fdel},
    {"get __doc__", get_doc},
    {"set __doc__", set_doc},
    {"get __isabstractmethod__", get_abstract},
    {0},
};

const TypeOps property_ops = {
    .kind = MEMORY_CONTAINER,
    .bytes = property_bytes,
    .spans = property_spans,
    .destroy = property_destroy,
    .hash = hash_by_address,
    .get = property_get,
    .put = property_put,
    .make = property_make,
    .init = property_init,
    .methods = property_methods,
};
