/* callee.c: functions of the program, as objects.
 *
 * Calls read code, globals, defaults and closure without a lock. Of these only the defaults
 * can be changed (f.__defaults__ = ...); then the old ones are kept by the new ones' place
 * in the function's dict, so that a call that has just read them may go on. */
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/object/native.h"
#include "core/types/class.h"
#include "core/types/intern.h"
#include "core/types/tuple.h"
#include "core/vm/frame.h"
#include "core/vm/vm.h"
#include <stdlib.h>

static Slot *slots_of(Object *o) { return &((Callee *)o)->code; }

Object *callee_new(Code *code, Object *globals, Object *defaults, Object *keyword_defaults,
                   Object *closure, Object *annotations) {
    Callee *f = (Callee *)object_new(TYPE_CALLEE, MEMORY_CONTAINER, sizeof *f);
    if (!f) return NULL;
    code_seen_with(code, globals);
    Object *module = gilt_dict_get(globals, intern_name);
    Object *held[CALLEE_SLOTS] = {
        &code->head,    globals, defaults,  keyword_defaults, closure, code->name,
        code->qualname, module,  code->doc, annotations,      NULL};
    for (int i = 0; i < CALLEE_SLOTS; i++) {
        slot_init(slots_of(&f->head) + i, refs_of(held[i]));
        if (held[i] && held[i] != module) incref(held[i]);
    }
    return &f->head;
}

static size_t callee_bytes(const Object *o) {
    (void)o;
    return sizeof(Callee);
}

static unsigned callee_spans(const Object *o, Span *spans) {
    spans[0] = (Span){slots_of((Object *)o), CALLEE_SLOTS, sizeof(Slot)};
    return 1;
}

static void callee_destroy(Object *o) {
    for (int i = 0; i < CALLEE_SLOTS; i++)
        decref_maybe(object_of(slot_peek(slots_of(o) + i)));
}

static Object *callee_repr(Object *o) {
    char *name = gilt_str_utf8(object_of(slot_peek(&((Callee *)o)->qualname)), NULL);
    Object *text = name ? gilt_str_format("<function %s at %p>", name, (void *)o) : NULL;
    free(name);
    return text;
}

static Object *callee_get(Object *o, Object *object, Type *owner) {
    (void)owner;
    return object ? bound_method_new(o, object) : incref(o);
}

static Object *callee_call(Object *o, Object *const *arguments, size_t count,
                           Object *names) {
    return vm_call((Callee *)o, arguments, count, names);
}

/* ---- attributes ---- */

static const struct {
    const char *name;
    size_t offset;
    bool settable;
} fields[] = {
    {"__name__", offsetof(Callee, name), true},
    {"__qualname__", offsetof(Callee, qualname), true},
    {"__module__", offsetof(Callee, module), true},
    {"__doc__", offsetof(Callee, doc), true},
    {"__annotations__", offsetof(Callee, annotations), true},
    {"__defaults__", offsetof(Callee, defaults), true},
    {"__kwdefaults__", offsetof(Callee, keyword_defaults), true},
    {"__dict__", offsetof(Callee, dict), true},
    {"__code__", offsetof(Callee, code), false},
    {"__globals__", offsetof(Callee, globals), false},
    {"__closure__", offsetof(Callee, closure), false},
};
#define FIELDS (sizeof fields / sizeof *fields)

static Slot *field_of(Object *o, Object *name, bool *settable) {
    char *text = gilt_str_utf8(name, NULL);
    Slot *slot = NULL;
    for (size_t i = 0; text && i < FIELDS && !slot; i++) {
        if (strcmp(text, fields[i].name)) continue;
        slot = (Slot *)((char *)o + fields[i].offset);
        *settable = fields[i].settable;
    }
    free(text);
    return slot;
}

/* A new reference, or NULL if the slot is empty. */
static Object *slot_get(Object *o, const Slot *slot) {
    object_lock(o);
    Object *value = slot_take_locked(slot);
    object_unlock(o);
    return value;
}

static void slot_set(Object *o, Slot *slot, Object *value) {
    if (value) incref(value);
    object_lock(o);
    Object *old = object_of(slot_peek(slot));
    slot_put(slot, refs_of(value));
    object_unlock(o);
    decref_maybe(old);
}

/* The dict behind a slot, made if it is not there. */
static Object *slot_dict(Object *o, Slot *slot) {
    Object *dict = slot_get(o, slot);
    if (dict) return dict;
    Object *made = gilt_dict_new();
    if (!made) return NULL;
    object_lock(o);
    if (!slot_peek(slot)) slot_put(slot, refs_of(incref(made)));
    object_unlock(o);
    decref(made);
    return slot_get(o, slot);
}

static Object *callee_get_attr(Object *o, Object *name) {
    bool settable;
    Callee *f = (Callee *)o;
    Slot *slot = field_of(o, name, &settable);
    if (slot == &f->dict || slot == &f->annotations) return slot_dict(o, slot);
    if (slot) {
        Object *value = slot_get(o, slot);
        return value ? value : gilt_none();
    }
    Object *dict = slot_get(o, &f->dict);
    Object *found = dict ? gilt_dict_get(dict, name) : NULL;
    decref_maybe(dict);
    return found || gilt_error() ? found : attribute_get_plain(o, name);
}

/* The old defaults stay where a call may still look for them. */
static bool keep(Object *o, Slot *slot) {
    Object *old = slot_get(o, slot);
    if (!old) return true;
    Object *dict = slot_dict(o, &((Callee *)o)->dict), *list = NULL;
    Object *key = gilt_str_from(" old defaults"), *made = gilt_list_new(NULL, 0);
    bool well = dict && key && made && (list = gilt_dict_set_default(dict, key, made)) &&
                gilt_list_append(list, old);
    decref(old);
    decref_maybe(dict);
    decref_maybe(key);
    decref_maybe(made);
    decref_maybe(list);
    return well;
}

/* Others rely on it that what is there is a dict. */
static bool dict_expect(const Callee *f, const Slot *slot, Object *value) {
    if (slot == &f->dict) {
        if (!value) return gilt_raise(GILT_TYPE_ERROR, "cannot delete __dict__");
        if (is_kind(value, GILT_DICT)) return true;
        return gilt_raise(GILT_TYPE_ERROR,
                          "__dict__ must be set to a dictionary, not a '%s'",
                          type_of(value)->name);
    }
    bool notes = slot == &f->annotations;
    if ((!notes && slot != &f->keyword_defaults) || !value || is_type(value, GILT_NONE) ||
        is_kind(value, GILT_DICT))
        return true;
    return gilt_raise(GILT_TYPE_ERROR, "%s must be set to a dict object",
                      notes ? "__annotations__" : "__kwdefaults__");
}

static bool callee_set_attr(Object *o, Object *name, Object *value) {
    bool settable = true;
    Callee *f = (Callee *)o;
    Slot *slot = field_of(o, name, &settable);
    if (!settable) return gilt_raise(GILT_ATTRIBUTE_ERROR, "readonly attribute"), false;
    if (slot) {
        bool none = value && is_type(value, GILT_NONE);
        bool defaults = slot == &f->defaults || slot == &f->keyword_defaults;
        if (slot == &f->defaults && value && !none && !is_type(value, GILT_TUPLE))
            return gilt_raise(GILT_TYPE_ERROR,
                              "__defaults__ must be set to a tuple object"),
                   false;
        if (!dict_expect(f, slot, value)) return false;
        if ((slot == &f->name || slot == &f->qualname) &&
            (!value || !is_type(value, GILT_STR)))
            return gilt_raise(GILT_TYPE_ERROR, "%s must be set to a string object",
                              slot == &f->name ? "__name__" : "__qualname__"),
                   false;
        if (defaults && !keep(o, slot)) return false;
        slot_set(o, slot, none && slot != &f->doc ? NULL : value);
        return true;
    }
    Object *dict = slot_dict(o, &f->dict);
    if (!dict) return false;
    bool well =
        value ? gilt_dict_set(dict, name, value) : attribute_delete_in(dict, o, name);
    decref(dict);
    return well;
}

const TypeOps callee_ops = {
    .kind = MEMORY_CONTAINER,
    .bytes = callee_bytes,
    .spans = callee_spans,
    .destroy = callee_destroy,
    .hash = hash_by_address,
    .repr = callee_repr,
    .get = callee_get,
    .get_attr = callee_get_attr,
    .set_attr = callee_set_attr,
    .call = callee_call,
};
