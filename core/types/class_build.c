/* class_build.c: class statements: what type.__new__ makes of a name, bases and a
 * namespace; and the classes that C code makes. */
#include "core/modules/vm_calls.h"
#include "core/object/attributes.h"
#include "core/object/iterate.h"
#include "core/object/native.h"
#include "core/types/class_new.h"
#include "core/types/descriptors.h"
#include "core/types/dict.h"
#include "core/types/instance.h"
#include "core/types/intern.h"
#include "core/types/text.h"
#include "core/vm/cell.h"
#include <stdlib.h>
#include <string.h>

/* ---- The namespace ---- */

/* A copy, whose keys are interned where they are strs. */
static Object *copy_namespace(Object *namespace) {
    Object *copy = gilt_dict_new(), *key, *value;
    bool well = copy;
    for (size_t at = 0; well && gilt_dict_next(namespace, &at, &key, &value);) {
        Object *name = is_type(key, GILT_STR) ? intern(key) : key;
        well = name && gilt_dict_set(copy, name, value);
        decref(key);
        decref(value);
    }
    if (well) return copy;
    decref_maybe(copy);
    return NULL;
}

static bool has(Object *attrs, Object *name) {
    Object *found = dict_find_interned(attrs, name);
    decref_maybe(found);
    return found;
}

/* Takes it out: a new reference, or NULL without an exception. */
static Object *take(Object *attrs, Object *name) {
    Object *found = dict_find_interned(attrs, name);
    if (found && !gilt_dict_delete(attrs, name)) gilt_error_clear();
    return found;
}

/* A function of this name is wrapped as if it were decorated. */
static bool decorate(Object *attrs, Special special, Object *(*wrap)(Object *)) {
    Object *name = special_names[special], *found = dict_find_interned(attrs, name);
    bool well = true;
    if (found && found->type == TYPE_CALLEE) {
        Object *wrapped = wrap(found);
        well = wrapped && gilt_dict_set(attrs, name, wrapped);
        decref_maybe(wrapped);
    }
    decref_maybe(found);
    return well;
}

/* type(name, bases, {}) does not say in which module it is called. */
static bool add_module(Object *attrs) {
    if (has(attrs, class_names.module) || !vm_globals) return true;
    Object *globals = vm_globals();
    Object *module = globals ? gilt_dict_get(globals, class_names.name) : NULL;
    bool well = !module || gilt_dict_set(attrs, class_names.module, module);
    decref_maybe(module);
    return well;
}

static bool complete(Object *attrs) {
    if (!has(attrs, class_names.doc) && !gilt_dict_set(attrs, class_names.doc, gilt_none()))
        return false;
    if (has(attrs, class_names.eq) && !has(attrs, class_names.hash) &&
        !gilt_dict_set(attrs, class_names.hash, gilt_none()))
        return false;
    return add_module(attrs) && decorate(attrs, SPECIAL_NEW, static_method_new) &&
           decorate(attrs, SPECIAL_INIT_SUBCLASS, class_method_new) &&
           decorate(attrs, SPECIAL_CLASS_GETITEM, class_method_new);
}

/* ---- __slots__ ---- */

/* As the compiler does with names in a class: __x of class _A is _A__x. */
static Object *mangled(Object *name, const char *class) {
    Text text = str_text(name);
    size_t length = strlen(text.bytes);
    if (strncmp(text.bytes, "__", 2) ||
        (length > 1 && !strcmp(text.bytes + length - 2, "__")))
        return intern(name);
    while (*class == '_') class ++;
    if (!*class) return intern(name);
    Object *whole = gilt_str_format("_%s%s", class, text.bytes);
    Object *known = whole ? intern(whole) : NULL;
    decref_maybe(whole);
    return known;
}

static bool slot_expect(Object *name) {
    if (!is_kind(name, GILT_STR))
        return gilt_raise(GILT_TYPE_ERROR, "__slots__ items must be strings, not '%s'",
                          type_of(name)->name);
    return class_is_identifier(str_text(name).bytes) ||
           gilt_raise(GILT_TYPE_ERROR, "__slots__ must be identifiers");
}

static bool slot_of_any(ClassPlan *plan, Object *name) {
    if (name == class_names.dict) {
        if (type_has_tail(plan->base))
            return gilt_raise(GILT_TYPE_ERROR,
                              "__dict__ slot disallowed: we already got one");
        return plan->dict = true;
    }
    if (name == class_names.weakref) {
        if (flags_load(plan->base) & TYPE_WEAKLY)
            return gilt_raise(GILT_TYPE_ERROR, "__weakref__ slot disallowed: either we "
                                               "already got one, or __itemsize__ != 0");
        return plan->weakly = true;
    }
    if (has(plan->attrs, name))
        return gilt_raise(GILT_VALUE_ERROR,
                          "'%s' in __slots__ conflicts with class variable",
                          str_text(name).bytes);
    plan->slots[plan->slot_count++] = name;
    return true;
}

static bool slots_allowed(const ClassPlan *plan) {
    static const GiltType refuse[] = {GILT_INT, GILT_TUPLE, GILT_BYTES, GILT_TYPE};
    for (size_t i = 0; plan->slot_count && i < sizeof refuse / sizeof *refuse; i++)
        if (class_inherits(plan->base, &types[refuse[i]]))
            return gilt_raise(GILT_TYPE_ERROR,
                              "nonempty __slots__ not supported for subtype of '%s'",
                              plan->base->name);
    return true;
}

static bool read_slots(ClassPlan *plan, Tuple *names) {
    if (!(plan->slots = calloc(names->size + 1, sizeof *plan->slots)))
        return gilt_raise(GILT_MEMORY_ERROR, NULL);
    for (size_t i = 0; i < names->size; i++) {
        Object *name;
        if (!slot_expect(names->items[i]) ||
            !(name = mangled(names->items[i], plan->name)) || !slot_of_any(plan, name))
            return false;
    }
    return slots_allowed(plan);
}

static bool plan_slots(ClassPlan *plan) {
    Object *slots = dict_find_interned(plan->attrs, class_names.slots);
    if (!slots) return true;
    plan->fixed = true;
    Object *names = is_kind(slots, GILT_STR) ? gilt_tuple_new(&slots, 1) : tuple_of(slots);
    bool well = names && read_slots(plan, (Tuple *)names);
    decref_maybe(names);
    decref(slots);
    return well;
}

/* ---- After the class is made ---- */

static bool set_name(Type *type, Object *name, Object *value) {
    Object *method = class_special(type_of(value), SPECIAL_SET_NAME);
    if (!method) return true;
    Object *arguments[] = {&type->head, name};
    Object *answer = class_call(method, value, arguments, 2);
    decref_maybe(answer);
    return answer;
}

static bool set_names(Type *type) {
    Object *copy = gilt_dict_copy(type->attrs), *name, *value;
    bool well = copy;
    for (size_t at = 0; well && gilt_dict_next(copy, &at, &name, &value);) {
        well = set_name(type, name, value);
        decref(name);
        decref(value);
    }
    decref_maybe(copy);
    return well;
}

static bool init_subclass(Type *type, Object *const *keywords, Object *names) {
    Object *found = class_find_after(type, type, special_names[SPECIAL_INIT_SUBCLASS]);
    Object *bound = found ? descriptor_get(found, NULL, type) : NULL;
    Object *answer = bound ? object_call(bound, keywords, 0, names) : NULL;
    decref_maybe(bound);
    decref_maybe(answer);
    return answer;
}

/* ---- All of it ---- */

static bool name_expect(Object *name, Object *bases, Object *namespace) {
    if (!is_kind(name, GILT_STR))
        return gilt_raise(GILT_TYPE_ERROR, "type.__new__() argument 1 must be str, not %s",
                          type_of(name)->name);
    if (!is_kind(bases, GILT_TUPLE))
        return gilt_raise(GILT_TYPE_ERROR,
                          "type.__new__() argument 2 must be tuple, not %s",
                          type_of(bases)->name);
    if (!is_kind(namespace, GILT_DICT))
        return gilt_raise(GILT_TYPE_ERROR, "type.__new__() argument 3 must be dict, not %s",
                          type_of(namespace)->name);
    return true;
}

static bool take_qualname(ClassPlan *plan) {
    Object *qualname = take(plan->attrs, class_names.qualname);
    if (!qualname) return true;
    if (is_kind(qualname, GILT_STR))
        plan->qualname = intern(qualname);
    else
        gilt_raise(GILT_TYPE_ERROR, "type __qualname__ must be a str, not %s",
                   type_of(qualname)->name);
    decref(qualname);
    return plan->qualname;
}

/* The class of the plan, with the cell that methods find it in. */
static Type *build_planned(ClassPlan *plan) {
    if (!take_qualname(plan) || !complete(plan->attrs) || !plan_slots(plan)) return NULL;
    Object *cell = take(plan->attrs, class_names.classcell);
    Type *type = class_new_planned(plan);
    if (type && cell && cell->type == TYPE_CELL) cell_set(cell, &type->head);
    decref_maybe(cell);
    return type;
}

static Type *build(Type *metaclass, Object *name, Tuple *bases, Object *namespace) {
    Type *base = bases->size ? class_best_base(bases) : &types[GILT_OBJECT], *type = NULL;
    char *text = base ? class_name_text(name) : NULL;
    Object *attrs = text ? copy_namespace(namespace) : NULL;
    bool plain =
        bases->size == 0 || (bases->size == 1 && base && bases->items[0] == &base->head);
    ClassPlan plan = {.name = text,
                      .metaclass = metaclass,
                      .base = base,
                      .bases = plain ? NULL : bases,
                      .attrs = attrs};
    if (attrs && !(type = build_planned(&plan))) decref(attrs);
    free(plan.slots);
    free(text);
    return type;
}

/* A more derived metaclass of a base makes the class, if it says how. */
static Object *delegate(Type *winner, Object *method, Object *const *all,
                        Object *const *keywords, Object *names) {
    size_t more = names ? ((Tuple *)names)->size : 0;
    Object **arguments = malloc((4 + more) * sizeof *arguments), *made = NULL;
    if (!arguments) gilt_raise(GILT_MEMORY_ERROR, NULL);
    Object *bound = descriptor_get(method, NULL, winner);
    if (arguments && bound) {
        arguments[0] = &winner->head;
        memcpy(arguments + 1, all, 3 * sizeof *all);
        if (more) memcpy(arguments + 4, keywords, more * sizeof *all);
        made = object_call(bound, arguments, 4, names);
    }
    decref_maybe(bound);
    free(arguments);
    return made;
}

Object *class_build(Type *metaclass, Object *name, Object *bases, Object *namespace,
                    Object *const *keywords, Object *names) {
    if (!name_expect(name, bases, namespace)) return NULL;
    Type *winner = class_metaclass(metaclass, bases);
    if (!winner) return NULL;
    Object *method = winner == metaclass ? NULL : class_own_special(winner, SPECIAL_NEW);
    if (method)
        return delegate(winner, method, (Object *[]){name, bases, namespace}, keywords,
                        names);
    Type *type = build(winner, name, (Tuple *)bases, namespace);
    if (!type) return NULL;
    if (set_names(type) && init_subclass(type, keywords, names)) return &type->head;
    decref(&type->head);
    return NULL;
}

/* ---- For C ---- */

/* The class that a new class inherits; NULL, TypeError. */
static Type *base_of(GiltObject *base) {
    if (!base) return &types[GILT_OBJECT];
    if (!is_class(base))
        return (Type *)gilt_raise(GILT_TYPE_ERROR, "a base must be a class, not '%s'",
                                  type_of(base)->name);
    Object *tuple = gilt_tuple_new(&base, 1);
    Type *best = tuple ? class_best_base((Tuple *)tuple) : NULL;
    decref_maybe(tuple);
    return best;
}

static bool slots_from(ClassPlan *plan, const char *const *slots) {
    size_t count = 0;
    while (slots && slots[count]) count++;
    plan->fixed = slots;
    if (!class_slots_fit(plan->base, count)) return false;
    if (!(plan->slots = calloc(count + 1, sizeof *plan->slots)))
        return gilt_raise(GILT_MEMORY_ERROR, NULL);
    for (size_t i = 0; i < count; i++) {
        if (!class_is_identifier(slots[i]))
            return gilt_raise(GILT_TYPE_ERROR, "__slots__ must be identifiers");
        Object *name = gilt_intern(slots[i]);
        if (!name) return false;
        for (size_t k = 0; k < plan->slot_count; k++)
            if (plan->slots[k] == name)
                return gilt_raise(GILT_TYPE_ERROR, "duplicate slot name '%s'", slots[i]);
        plan->slots[plan->slot_count++] = name;
    }
    return true;
}

GiltObject *gilt_class_new(const char *name, GiltObject *base, const char *const *slots) {
    Type *parent = base_of(base), *type = NULL;
    Object *checked = parent ? gilt_str_from(name) : NULL; /* it must be UTF-8 */
    decref_maybe(checked);
    if (!checked) return NULL;
    Object *attrs = gilt_dict_new();
    ClassPlan plan = {.name = name,
                      .metaclass = type_of(&parent->head),
                      .base = parent,
                      .attrs = attrs,
                      .weakly = true,
                      .flags = TYPE_LATE | TYPE_WEAKLY};
    if (attrs && slots_from(&plan, slots)) type = class_new_planned(&plan);
    if (!type) decref_maybe(attrs);
    free(plan.slots);
    return (Object *)type;
}
