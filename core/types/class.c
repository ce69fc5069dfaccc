/* class.c: what a name means in a class, and what happens when that changes.
 *
 * Versions. Who wants to remember what a name means in a class: v = class_version(type),
 * then find, then look whether type->version still is v; if so, the meaning belongs to v,
 * and holds for whoever sees v in the class later. Who changes the dict of a class does it
 * first, then renews `specials`, then takes the versions away, from the class and all that
 * inherit it; only then is the old value dropped. So a meaning that was found before the
 * change belongs to a number that is gone (release of the 0, acquire of a later number):
 * whoever sees a later number sees the change. No number is given twice.
 *
 * A class that is being made while one that it inherits changes: its maker links it to its
 * bases, then looks at their dicts; who changes a dict does so, then looks for classes that
 * are linked. In between both read and write `changes` in one step: whoever does that later
 * sees what the other has done before.
 *
 * A value that is neither descriptor nor function may be replaced by another such one
 * without a new version: nobody remembers it. But was it one? `changes` is the same before
 * and after only if nobody has put a method in between. */
#include "core/modules/vm_calls.h"
#include "core/types/class.h"
#include "core/gc/gc.h"
#include "core/object/attributes.h"
#include "core/object/error.h"
#include "core/object/native.h"
#include "core/types/dict.h"
#include "core/types/exception.h"
#include "core/types/instance.h"
#include "core/types/intern.h"
#include "core/types/wrappers.h"
#include "core/vm/report.h"
#include <string.h>

struct ClassNames class_names;
_Atomic bool class_any_finalizes;

static _Atomic uint64_t changes;
static _Atomic uint32_t last_version;

bool class_start(void) {
#define INTERN(field, text)                                                                \
    if (!(class_names.field = gilt_intern(text))) return false;
    CLASS_NAMES(INTERN)
#undef INTERN
    atomic_store(&class_any_finalizes, false);
    return specials_start();
}

bool class_make_builtin(Type *type) {
    bool exception = type->handle != GILT_OBJECT;
    if (exception) {
        type->native = &exception_front_ops;
        type->flags |= TYPE_DATA;
    }
    type->shape = shape_root(NULL, 0, !exception);
    return type->shape != NULL;
}

/* All 1,500 natives and wrappers take 0.14 ms; to make each when it is first asked for
 * would let the memory grow at any time. */
bool class_fill_builtin(void) {
    for (uint32_t handle = 1; handle < BUILTIN_TYPES; handle++)
        if (!class_attrs(&types[handle])) return false;
    return true;
}

/* ---- Attributes of built-in types ---- */

/* What stands in the dict of a built-in type is read by all threads, for ever. */
static void immortalise_values(Object *dict) {
    Object *value;
    for (size_t at = 0; gilt_dict_next(dict, &at, NULL, &value);) {
        if (!ref_is_immortal(&value->refs)) object_immortalise(value);
        decref(value);
    }
    object_immortalise(dict);
}

static bool attrs_fill(Object *dict, Type *type) {
    const TypeOps *ops = type->ops, *inherited = type->base ? type->base->ops : NULL;
    if ((flags_load(type) & TYPE_EXCEPTION) && !exception_add_attributes(dict, type))
        return false;
    if (!ops || ops == inherited) return true;
    if (type->handle == GILT_OBJECT && !gilt_dict_set(dict, class_names.doc, gilt_none()))
        return false;
    bool own = ops->methods && (!inherited || ops->methods != inherited->methods);
    return wrappers_add(dict, type) &&
           (!own || natives_add(dict, ops->methods, type, NULL));
}

/* Several threads may make it at once; one dict is used. */
Object *class_attrs_make(Type *type) {
    if (type_is_program(type)) return NULL;
    Object *none = NULL, *dict = gilt_dict_new();
    if (!dict || !attrs_fill(dict, type)) {
        decref_maybe(dict);
        gilt_error_clear();
        return NULL;
    }
    immortalise_values(dict);
    if (__atomic_compare_exchange_n(&type->attrs, &none, dict, false, __ATOMIC_ACQ_REL,
                                    __ATOMIC_ACQUIRE))
        return dict;
    return none;
}

/* ---- Finding ---- */

bool class_inherits_by_order(const Type *type, const Type *base) {
    const Tuple *mro = (const Tuple *)type->mro;
    for (size_t i = 0; i < mro->size; i++)
        if (mro->items[i] == &base->head) return true;
    return false;
}

static Object *find_in(Order *order, Object *name) {
    for (Type *type; (type = order_next(order));) {
        Object *attrs = class_attrs(type);
        Object *found = attrs ? dict_find_interned(attrs, name) : NULL;
        if (found) return found;
    }
    return NULL;
}

Object *class_find(Type *type, Object *name) {
    Order order = order_from(type);
    return find_in(&order, name);
}

Object *class_find_after(Type *type, const Type *after, Object *name) {
    Order order = order_from(type);
    for (Type *at; (at = order_next(&order));)
        if (at == after) return find_in(&order, name);
    return NULL;
}

Object *class_order(Type *type) {
    if (type->mro) return incref(type->mro);
    size_t count = 0;
    for (Order order = order_from(type); order_next(&order);) count++;
    size_t bytes = (count + 2) * sizeof(Object *);
    Object **items = memory_new(MEMORY_ARRAY, bytes);
    if (!items) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    Order order = order_from(type);
    for (size_t i = 0; i < count; i++) items[i] = &order_next(&order)->head;
    Object *tuple = gilt_tuple_new(items, count);
    memory_free(items, bytes);
    return tuple;
}

/* ---- Changes ---- */

uint32_t class_version_new(Type *type) {
    uint32_t last = atomic_load_explicit(&last_version, memory_order_relaxed), none = 0;
    if (!class_attrs(type)) return 0;
    do
        if (last == UINT32_MAX) return 0; /* all are used up: nobody remembers anything */
    while (!atomic_compare_exchange_weak(&last_version, &last, last + 1));
    bool first = atomic_compare_exchange_strong(&type->version, &none, last + 1);
    return first ? last + 1 : none;
}

/* Of any type whatever, perhaps just being made, or dead. */
static bool is_linked_to(Type *type, const Type *base) {
    if (!(__atomic_load_n(&type->flags, __ATOMIC_ACQUIRE) & TYPE_CLASS)) return false;
    while (type && type != base) {
        const Tuple *mro = __atomic_load_n((Tuple **)&type->mro, __ATOMIC_RELAXED);
        if (mro) return class_inherits_by_order(type, base);
        type = __atomic_load_n(&type->base, __ATOMIC_RELAXED);
    }
    return type;
}

/* The class itself, and all that inherit it, which were made later. */
static void each_heir(Type *type, void (*visit)(Type *, unsigned), unsigned flags) {
    visit(type, flags);
    if (!(flags_load(type) & TYPE_INHERITED)) return;
    uint32_t count = types_count();
    for (uint32_t handle = type->handle + 1; handle < count; handle++)
        if (is_linked_to(&types[handle], type)) visit(&types[handle], flags);
}

static void take_version(Type *type, unsigned unused) {
    (void)unused;
    atomic_store_explicit(&type->version, 0, memory_order_release);
}

static void renew_specials(Type *type, unsigned unused) {
    (void)unused;
    specials_make(type);
}

static void add_flags(Type *type, unsigned flags) {
    __atomic_fetch_or(&type->flags, flags, __ATOMIC_RELAXED);
}

void class_linked(void) { atomic_fetch_add(&changes, 0); }

static void changed(Type *type, bool special) {
    atomic_fetch_add(&changes, 1);
    if (special) each_heir(type, renew_specials, 0);
    each_heir(type, take_version, 0);
}

/* What instances of classes with such an attribute must be asked for from now on. */
static unsigned flags_for(Object *name, Object *value) {
    switch (special_number(name)) {
    case SPECIAL_GETATTRIBUTE:
    case SPECIAL_GETATTR:
        return TYPE_GET_HOOK;
    case SPECIAL_SETATTR:
    case SPECIAL_DELATTR:
        return TYPE_SET_HOOK;
    /* An instance of the class may be an attribute of any other by now. */
    case SPECIAL_DEL:
        atomic_store(&class_any_finalizes, true);
        return 0;
    default:
        if (name == class_names.class) return TYPE_CLAIMS | TYPE_DATA;
        return descriptor_is_data(value) ? TYPE_DATA : 0;
    }
}

void class_note_flags(Type *type, Object *name, Object *value) {
    unsigned flags = flags_for(name, value);
    if (flags) each_heir(type, add_flags, flags);
}

/* Nobody remembers its value. */
static bool is_plain(Object *value) {
    return value && !descriptor_binds(value) && !is_callable_type(type_of(value));
}

bool class_set(Type *type, Object *name, Object *value) {
    if (!type_is_program(type)) return attribute_immutable(type, name);
    bool special = special_number(name) >= 0;
    uint64_t before = atomic_load(&changes);
    Object *attrs = class_attrs(type),
           *old = attrs ? dict_find_interned(attrs, name) : NULL;
    if (!attrs) return attribute_absent(&type->head, name);
    if (value) class_note_flags(type, name, value);
    bool well = value ? gilt_dict_set(attrs, name, value)
                      : attribute_delete_in(attrs, &type->head, name);
    bool same = !special && is_plain(old) && is_plain(value);
    if (well && !(same && atomic_fetch_add(&changes, 0) == before)) changed(type, special);
    decref_maybe(old);
    return well;
}

/* ---- Calling ---- */

/* Does a call as a method just put self in front? */
static bool takes_self(const Object *o) {
    return o->type == TYPE_CALLEE || o->type == TYPE_NATIVE_METHOD ||
           o->type == TYPE_WRAPPER || o->type == GILT_FUNCTION || o->type == GILT_CLOSURE;
}

static Object *call_in_front(Object *callable, Object *self, Object *const *arguments,
                             size_t count, Object *names) {
    Object *few[9], **all = few, *result = NULL;
    size_t values = count + (names ? ((Tuple *)names)->size : 0);
    size_t bytes = (values + 1) * sizeof *all;
    if (bytes > sizeof few) all = memory_new(MEMORY_ARRAY, bytes);
    if (!all) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    all[0] = self;
    if (values) memcpy(all + 1, arguments, values * sizeof *all);
    result = object_call(callable, all, count + 1, names);
    if (all != few) memory_free(all, bytes);
    return result;
}

Object *class_call_front(Object *callable, Object *first, Object *const *arguments,
                         size_t count, Object *names) {
    Object *result = call_in_front(callable, first, arguments, count, names);
    decref(callable);
    return result;
}

Object *class_call_with(Object *callable, Object *self, Object *const *arguments,
                        size_t count, Object *names) {
    Object *result = NULL;
    if (likely(takes_self(callable)))
        return class_call_front(callable, self, arguments, count, names);
    Object *bound = descriptor_get(callable, self, type_of(self));
    if (bound) {
        result = object_call(bound, arguments, count, names);
        decref(bound);
    }
    return result;
}

Object *class_call(Object *callable, Object *self, Object *const *arguments, size_t count) {
    return class_call_with(callable, self, arguments, count, NULL);
}

GiltObject *gilt_call_method(GiltObject *self, GiltObject *name,
                             GiltObject *const *arguments, size_t count) {
    name = attribute_name(name);
    if (!name) return NULL;
    Object *method = class_find(type_of(self), name);
    if (method && takes_self(method)) return class_call(method, self, arguments, count);
    decref_maybe(method);
    Object *bound = attribute_get(self, name), *result = NULL;
    if (bound) {
        result = gilt_call(bound, arguments, count);
        decref(bound);
    }
    return result;
}

/* ---- Finalisers ---- */

bool class_finalizes(Type *type) {
    return type_is_program(type) && class_has_special(type, SPECIAL_DEL);
}

bool object_finalizes(Object *o) {
    if (marks_load(o) & MARK_FINALIZED) return false;
    if (unlikely(is_type(o, TYPE_GENERATOR)))
        return vm_generator_waits && vm_generator_waits(o);
    return class_finalizes(type_of(o));
}

/* What it raises is reported, and the exception that is set stays. */
static void close_generator(Object *o) {
    Object *error = gilt_error_take();
    Object *result = vm_generator_close(o, NULL, 0);
    if (!result) report_ignored("Exception ignored in: ", o);
    decref_maybe(result);
    error_set(error);
}

void class_finalize(Object *o) {
    if (is_type(o, TYPE_GENERATOR)) return close_generator(o);
    Object *method = class_special(type_of(o), SPECIAL_DEL);
    if (!method) return; /* it was deleted again */
    Object *error = gilt_error_take();
    Object *result = class_call(incref(method), o, NULL, 0);
    if (!result) report_ignored("Exception ignored in: ", method);
    decref(method);
    decref_maybe(result);
    error_set(error);
}

/* ---- The end ---- */

static void drop_place(void *place) {
    Object *held = *(Object **)place;
    __atomic_store_n((Object **)place, NULL, __ATOMIC_RELAXED);
    decref_maybe(held);
}

void class_retire(Type *type) {
    Type *base = type->base;
    __atomic_store_n(&type->base, &types[GILT_OBJECT], __ATOMIC_RELAXED);
    slot_put(&type->kept, NULL);
    ref_clear(&type->head.refs);
    drop_place(&type->mro);
    drop_place(&type->bases);
    drop_place(&type->attrs);
    specials_drop(type);
    if (base) decref(&base->head);
}
