/* class.c: making classes, finding what is in them, and calling them.
 *
 * A class is complete before anybody sees it, the collector, too; of its fields only what
 * its dict holds and the notes of its shape change later, until it dies. The flag of a
 * special method is set before the method is in the dict and is never cleared, so who has
 * heard of the method finds it. */
#include "core/types/class.h"
#include "core/gc/gc.h"
#include "core/object/attributes.h"
#include "core/object/error.h"
#include "core/types/dict.h"
#include "core/types/instance.h"
#include "core/types/intern.h"
#include "core/types/shape.h"
#include <stdlib.h>
#include <string.h>

struct ClassNames class_names;
_Atomic bool class_any_finalizes;

static bool is_builtin(const Type *type) { return type->handle < GILT_TYPE_COUNT; }

bool class_start(void) {
    const struct {
        Object **name;
        const char *text;
    } all[] = {
        {&class_names.class, "__class__"}, {&class_names.name, "__name__"},
        {&class_names.init, "__init__"},   {&class_names.args, "args"},
        {&class_names.eq, "__eq__"},       {&class_names.hash, "__hash__"},
        {&class_names.repr, "__repr__"},   {&class_names.str, "__str__"},
        {&class_names.del, "__del__"},
    };
    atomic_store(&class_any_finalizes, false);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!(*all[i].name = gilt_intern(all[i].text))) return false;
    return true;
}

bool class_make_builtin(Type *type) {
    type->shape = type->handle == GILT_OBJECT ? shape_root(NULL, 0, true)
                                              : shape_root(&class_names.args, 1, false);
    return type->shape != NULL;
}

/* ---- Finding ---- */

Object *class_find(Type *type, Object *name) {
    for (; type; type = type->base) {
        Object *found = type->attrs ? dict_find_interned(type->attrs, name) : NULL;
        if (found) return found;
    }
    return NULL;
}

static Object *special_name(Special special) {
    switch (special) {
    case SPECIAL_EQ:
        return class_names.eq;
    case SPECIAL_HASH:
        return class_names.hash;
    case SPECIAL_REPR:
        return class_names.repr;
    case SPECIAL_STR:
        return class_names.str;
    case SPECIAL_DEL:
        return class_names.del;
    }
    return NULL;
}

static Special special_of(const Object *name) {
    for (unsigned special = 1; special <= SPECIAL_DEL; special *= 2)
        if (special_name(special) == name) return special;
    return 0;
}

static bool may_have(Type *type, Special special) {
    return atomic_load_explicit(&type->shape->notes.specials, memory_order_relaxed) &
           special;
}

Object *class_special(Type *type, Special special) {
    for (; type; type = type->base)
        if (unlikely(may_have(type, special)))
            return class_find(type, special_name(special));
    return NULL;
}

/* ---- Calling ---- */

Object *class_call(Object *callable, Object *self, Object *const *arguments, size_t count) {
    Object *few[9], **all = few, *result = NULL;
    size_t bytes = (count + 1) * sizeof *all;
    if (bytes > sizeof few) all = memory_new(MEMORY_ARRAY, bytes);
    if (!all) {
        gilt_raise(GILT_MEMORY_ERROR, NULL);
    } else {
        all[0] = self;
        if (count) memcpy(all + 1, arguments, count * sizeof *all);
        result = gilt_call(callable, all, count + 1);
    }
    if (all && all != few) memory_free(all, bytes);
    decref(callable);
    return result;
}

GiltObject *gilt_call_method(GiltObject *self, GiltObject *name,
                             GiltObject *const *arguments, size_t count) {
    name = attribute_name(name);
    if (!name) return NULL;
    Object *method = class_find(type_of(self), name);
    if (!method) return attribute_missing(self, name);
    return class_call(method, self, arguments, count);
}

/* ---- Finalisers ---- */

/* Built-in types that are no classes have no shape, and no __del__. */
bool class_finalizes(Type *type) {
    for (; type && type->shape; type = type->base)
        if (unlikely(may_have(type, SPECIAL_DEL))) return true;
    return false;
}

void class_finalize(Object *o) {
    Object *method = class_special(type_of(o), SPECIAL_DEL);
    if (!method) return; /* it was deleted again */
    Object *error = gilt_error_take();
    Object *result = class_call(method, o, NULL, 0);
    if (!result) error_report_ignored("__del__", type_of(o));
    decref_maybe(result);
    error_set(error);
}

/* Calls the __init__ that was found; what it returns must be None. */
static bool instance_init(Object *init, Object *self, Object *const *arguments,
                          size_t count) {
    Object *result = class_call(init, self, arguments, count);
    if (!result) return false;
    bool well = is_type(result, GILT_NONE);
    if (!well)
        gilt_raise(GILT_TYPE_ERROR, "__init__() should return None, not '%s'",
                   type_of(result)->name);
    decref(result);
    return well;
}

/* An instance as it is before __init__; an exception takes the arguments. */
static Object *instance_begin(Type *type, Object *const *arguments, size_t count) {
    if (!type->shape)
        return gilt_raise(GILT_TYPE_ERROR, "cannot create '%s' instances", type->name);
    if (type->ops == &exception_ops) return exception_new(type, arguments, count);
    return instance_new(type);
}

static Object *type_call(Object *self, Object *const *arguments, size_t count) {
    Type *type = (Type *)self;
    Object *made = instance_begin(type, arguments, count);
    if (!made) return NULL;
    Object *init = class_find(type, class_names.init);
    bool well = true;
    if (init) {
        well = instance_init(init, made, arguments, count);
    } else if (count && type->ops != &exception_ops) {
        gilt_raise(GILT_TYPE_ERROR, "%s() takes no arguments", type->name);
        well = false;
    }
    if (well) return made;
    decref(made);
    return NULL;
}

GiltObject *gilt_instance_new(GiltObject *type) {
    if (!is_type(type, GILT_TYPE))
        return gilt_raise(GILT_TYPE_ERROR, "'%s' object is not a class",
                          type_of(type)->name);
    return instance_begin((Type *)type, NULL, 0);
}

/* ---- Making ---- */

/* The class that a new class inherits; NULL, TypeError. */
static Type *class_base(GiltObject *base) {
    if (!base) return &types[GILT_OBJECT];
    if (!is_type(base, GILT_TYPE))
        return (Type *)gilt_raise(GILT_TYPE_ERROR, "a base must be a class, not '%s'",
                                  type_of(base)->name);
    Type *type = (Type *)base;
    if (type->shape) return type;
    return (Type *)gilt_raise(GILT_TYPE_ERROR, "type '%s' is not an acceptable base type",
                              type->name);
}

static bool is_identifier(const char *text) {
    if (*text >= '0' && *text <= '9') return false;
    const char *at = text;
    for (; *at; at++) {
        bool letter = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z');
        bool digit = *at >= '0' && *at <= '9';
        if (!letter && !digit && *at != '_' && !((unsigned char)*at & 0x80)) return false;
    }
    return at != text;
}

static bool has_name(Object *const *names, size_t count, const Object *name) {
    for (size_t i = 0; i < count; i++)
        if (names[i] == name) return true;
    return false;
}

/* Puts the names of slots behind those of the base, each once: *count grows. A slot that
 * the base has already is that slot. */
static bool slots_add(const char *const *slots, Object **names, size_t *count) {
    size_t inherited = *count;
    for (; *slots; slots++) {
        if (!is_identifier(*slots))
            return gilt_raise(GILT_TYPE_ERROR, "__slots__ must be identifiers"), false;
        Object *name = gilt_intern(*slots);
        if (!name) return false;
        if (has_name(names + inherited, *count - inherited, name))
            return gilt_raise(GILT_TYPE_ERROR, "duplicate slot name '%s'", *slots), false;
        if (!has_name(names, inherited, name)) names[(*count)++] = name;
    }
    return true;
}

/* The root of a class with fixed slots: those of the base and these. */
static Shape *shape_with_slots(const Shape *base, const char *const *slots) {
    size_t count = base->count, most = base->count;
    for (size_t i = 0; slots[i]; i++) most++;
    if (most > SHAPE_NAMES_MAX)
        return (Shape *)gilt_raise(GILT_TYPE_ERROR, "a class has at most %d slots",
                                   SHAPE_NAMES_MAX);
    size_t bytes = (most + 2) * sizeof(Object *);
    Object **names = memory_new(MEMORY_ARRAY, bytes);
    if (!names) return (Shape *)gilt_raise(GILT_MEMORY_ERROR, NULL);
    if (count) memcpy(names, base->names, count * sizeof *names);
    Shape *shape = slots_add(slots, names, &count) ? shape_root(names, count, true) : NULL;
    memory_free(names, bytes);
    return shape;
}

static Shape *shape_for(const Type *base, const char *const *slots) {
    const Shape *first = base->shape;
    bool fixed = !first->dictionary;
    if (fixed && slots) return shape_with_slots(first, slots);
    return shape_root(first->names, fixed ? 0 : first->count, false);
}

static size_t name_bytes(const char *name) { return strlen(name) + 16; }

/* Copies the name, which must be UTF-8, into memory that is kept. */
static char *name_keep(const char *name) {
    Object *checked = gilt_str_from(name);
    if (!checked) return NULL;
    decref(checked);
    char *kept = memory_new(MEMORY_ARRAY, name_bytes(name));
    return kept ? strcpy(kept, name) : (char *)gilt_raise(GILT_MEMORY_ERROR, NULL);
}

static const TypeOps *ops_for(const Type *base, const Shape *shape) {
    if (!shape->dictionary) return &slots_ops;
    return base->ops == &exception_ops ? &exception_ops : &instance_ops;
}

/* A class comes to life: with one reference for its maker and one for its instances. There
 * has been no safepoint since it got its number, so the collector has not seen it before,
 * and the old generation has not changed its name. */
static void class_begin(Type *type) {
    ref_init(&type->head.refs, MARK_LIVE | (unsigned)gc_old_state * MARK_STATE_BIT);
    type->head.type = GILT_TYPE;
    slot_init(&type->kept, refs_of(incref(&type->head)));
}

void class_retire(Type *type) {
    Object *attrs = type->attrs;
    Type *base = type->base;
    type->attrs = NULL;
    type->base = &types[GILT_OBJECT];
    slot_put(&type->kept, NULL);
    ref_clear(&type->head.refs);
    decref_maybe(attrs);
    if (base) decref(&base->head);
}

GiltObject *gilt_class_new(const char *name, GiltObject *base, const char *const *slots) {
    char *kept = NULL;
    Object *attrs = NULL;
    Shape *shape = NULL;
    Type *type = NULL, *parent = class_base(base);
    if (!parent || !(kept = name_keep(name)) || !(attrs = gilt_dict_new()) ||
        !(shape = shape_for(parent, slots)) || !(type = type_new()))
        goto failed;
    type->ops = ops_for(parent, shape);
    type->name = kept;
    type->base = (Type *)incref(&parent->head);
    type->attrs = attrs;
    type->shape = shape;
    type->flags = TYPE_WEAKLY;
    class_begin(type);
    return &type->head;
failed:
    if (kept) memory_free(kept, name_bytes(kept));
    decref_maybe(attrs);
    if (shape) shape_discard(shape);
    return NULL;
}

/* ---- Types as objects ---- */

static Object *type_repr(Object *self) {
    return gilt_str_format("<class '%s'>", ((Type *)self)->name);
}

static Object *type_get_attr(Object *self, Object *name) {
    Object *found = class_find((Type *)self, name);
    if (found) return found;
    if (name == class_names.name) return gilt_str_from(((Type *)self)->name);
    return attribute_missing(self, name);
}

static bool type_set_attr(Object *self, Object *name, Object *value) {
    Type *type = (Type *)self;
    if (is_builtin(type)) return attribute_immutable(type, name);
    if (!value) return attribute_delete_in(type->attrs, self, name);
    Special special = special_of(name);
    if (special == SPECIAL_DEL) atomic_store(&class_any_finalizes, true);
    atomic_fetch_or_explicit(&type->shape->notes.specials, (uint8_t)special,
                             memory_order_relaxed);
    return gilt_dict_set(type->attrs, name, value);
}

static size_t type_bytes(const Object *self) {
    (void)self;
    return sizeof(Type);
}

/* What a class counts: `base` and `attrs`, side by side. Of a built-in type, nothing. */
_Static_assert(offsetof(Type, attrs) == offsetof(Type, base) + sizeof(Slot),
               "two places, one span");
static unsigned type_spans(const Object *self, Span *spans) {
    spans[0] = (Span){(const Slot *)&((const Type *)self)->base, 2, sizeof(Slot)};
    return 1;
}

/* The table's reference is there until the collector takes it (class_retire). */
static void type_destroy(Object *self) {
    die("class '%s' was dropped more often than it was counted", ((Type *)self)->name);
}

const TypeOps type_ops = {
    .kind = MEMORY_CONTAINER,
    .bytes = type_bytes,
    .spans = type_spans,
    .destroy = type_destroy,
    .hash = hash_by_address,
    .repr = type_repr,
    .get_attr = type_get_attr,
    .set_attr = type_set_attr,
    .call = type_call,
};
