/* exception.c: making exceptions, and what all of them can do. */
#include "core/types/exception.h"
#include "core/object/attributes.h"
#include "core/object/error.h"
#include "core/object/iterate.h"
#include "core/object/native.h"
#include "core/object/operations.h"
#include "core/types/dict.h"
#include "core/types/fields.h"
#include "core/types/heir.h"
#include "core/types/instance.h"
#include <stdlib.h>

Object *exception_notes, *exception_module, *exception_derive;

/* Gives a built-in exception its two bases, of which the first has the layout. `order` is
 * all of its mro, without itself. */
static bool set_bases(uint32_t number, Type *const *order, size_t count) {
    Object *all[8] = {&types[number].head};
    for (size_t i = 0; i < count; i++) all[i + 1] = &order[i]->head;
    types[number].bases = gilt_tuple_new(all + 1, 2);
    types[number].mro = gilt_tuple_new(all, count + 1);
    if (!types[number].bases || !types[number].mro) return false;
    object_immortalise(types[number].bases);
    object_immortalise(types[number].mro);
    return true;
}

static bool set_all_bases(void) {
    Type *base = &types[GILT_BASE_EXCEPTION], *plain = &types[GILT_EXCEPTION];
    Type *group[] = {&types[TYPE_BASE_EXCEPTION_GROUP], plain, base, &types[GILT_OBJECT]};
    Type *io[] = {&types[GILT_OS_ERROR], &types[GILT_VALUE_ERROR], plain, base,
                  &types[GILT_OBJECT]};
    return set_bases(TYPE_EXCEPTION_GROUP, group, 4) &&
           set_bases(TYPE_UNSUPPORTED_OPERATION, io, 5);
}

bool exception_start(void) {
    families_start();
    exception_notes = gilt_intern("__notes__");
    exception_module = gilt_intern("__module__");
    exception_derive = gilt_intern("derive");
    return exception_notes && exception_module && exception_derive && set_all_bases();
}

/* ---- Fields ---- */

static Slot *place_of(Object *o, ExceptionField field) {
    Exception *e = (Exception *)o;
    int place = field < EXCEPTION_COMMON ? (int)field : family_place(e->family, field);
    return place < 0 ? NULL : &e->fields[place];
}

Object *exception_get(Object *o, ExceptionField field) {
    Slot *slot = place_of(o, field);
    Object *value = slot ? field_take(o, slot) : NULL;
    return value ? value : gilt_none();
}

void exception_put(Object *o, ExceptionField field, Object *value) {
    Slot *slot = place_of(o, field);
    if (!slot || unlikely(ref_is_immortal(&o->refs))) return;
    bool empty = !value || is_type(value, GILT_NONE);
    field_put(o, slot, empty ? NULL : incref(value));
}

void exception_set_suppress(Object *o, bool suppress) {
    if (ref_is_immortal(&o->refs)) return;
    atomic_store_explicit(&((Exception *)o)->suppress, suppress, memory_order_relaxed);
}

Tuple *exception_args(Object *o) {
    return (Tuple *)field_take(o, &((Exception *)o)->fields[EXCEPTION_ARGS]);
}

/* ---- Life ---- */

static size_t bytes_for(unsigned count) { return sizeof(Exception) + count * sizeof(Slot); }

Object *exception_begin(Type *type, Object *const *args, size_t count) {
    Object *tuple = gilt_tuple_new(args, count);
    if (!tuple) return NULL;
    uint8_t family = family_of(type);
    unsigned fields = family_count(family);
    Exception *e =
        (Exception *)heir_or_native_new(type, MEMORY_CONTAINER, bytes_for(fields));
    if (!e) {
        decref(tuple);
        return NULL;
    }
    e->family = family;
    e->count = (uint8_t)fields;
    atomic_init(&e->suppress, false);
    slot_init(&e->fields[EXCEPTION_ARGS], refs_of(tuple));
    for (unsigned i = 1; i < fields; i++) slot_init(&e->fields[i], NULL);
    return &e->head;
}

static size_t front_bytes(const Object *o) {
    return bytes_for(((const Exception *)o)->count);
}

static unsigned front_spans(const Object *o, Span *spans) {
    const Exception *e = (const Exception *)o;
    spans[0] = (Span){e->fields, e->count, sizeof(Slot)};
    return 1;
}

static void front_destroy(Object *o) {
    Exception *e = (Exception *)o;
    for (unsigned i = 0; i < e->count; i++) field_drop(&e->fields[i]);
}

/* __new__: keywords are for __init__, which may be the program's. */
static Object *exception_make(Type *type, Object *const *arguments, size_t count,
                              Object *names) {
    if (class_inherits(type, &types[TYPE_BASE_EXCEPTION_GROUP]))
        return exception_group_make(type, arguments, count, names);
    if (type == &types[GILT_OS_ERROR]) type = exception_os_type(arguments, count);
    return exception_begin(type, arguments, count);
}

static bool exception_init(Object *o, Object *const *arguments, size_t count,
                           Object *names) {
    Object *args = gilt_tuple_new(arguments, count);
    if (!args) return false;
    exception_put(o, EXCEPTION_ARGS, args);
    decref(args);
    return exception_fill(o, arguments, count, names);
}

/* ---- Attributes ---- */

static Object *raise_type(const char *text) {
    return gilt_raise(GILT_TYPE_ERROR, "%s", text);
}

static Object *get_args(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    Tuple *args = exception_args(self);
    return args ? &args->head : gilt_tuple_new(NULL, 0);
}

static Object *set_args(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    if (!arguments[0]) return raise_type("args may not be deleted");
    Object *args = tuple_of(arguments[0]);
    if (!args) return NULL;
    exception_put(self, EXCEPTION_ARGS, args);
    decref(args);
    return gilt_none();
}

static Object *get_traceback(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return exception_get(self, EXCEPTION_TRACEBACK);
}

static Object *set_traceback(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Object *value = arguments[0];
    if (!value) return raise_type("__traceback__ may not be deleted");
    if (!is_type(value, GILT_NONE) && value->type != TYPE_TRACEBACK)
        return raise_type("__traceback__ must be a traceback or None");
    exception_put(self, EXCEPTION_TRACEBACK, value);
    return gilt_none();
}

static Object *get_context(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return exception_get(self, EXCEPTION_CONTEXT);
}

static Object *set_context(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Object *value = arguments[0];
    if (!value) return raise_type("__context__ may not be deleted");
    if (!is_type(value, GILT_NONE) && !is_exception(value))
        return raise_type("exception context must be None or derive from BaseException");
    exception_put(self, EXCEPTION_CONTEXT, value);
    return gilt_none();
}

static Object *get_cause(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return exception_get(self, EXCEPTION_CAUSE);
}

static Object *set_cause(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Object *value = arguments[0];
    if (!value) return raise_type("__cause__ may not be deleted");
    if (!is_type(value, GILT_NONE) && !is_exception(value))
        return raise_type("exception cause must be None or derive from BaseException");
    exception_put(self, EXCEPTION_CAUSE, value);
    exception_set_suppress(self, true);
    return gilt_none();
}

static Object *get_suppress(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_bool(exception_suppress(self));
}

static Object *set_suppress(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    if (!arguments[0]) return raise_type("can't delete numeric/char attribute");
    if (!is_type(arguments[0], GILT_BOOL))
        return raise_type("attribute value type must be bool");
    exception_set_suppress(self, gilt_true(arguments[0]));
    return gilt_none();
}

/* ---- Texts ---- */

/* What `show` makes of an exception, unless it is being shown already. */
static Object *show_once(Object *o, Object *(*show)(Object *)) {
    int entered = repr_enter(o);
    if (entered <= 0) return entered < 0 ? NULL : gilt_str_from("...");
    Object *text = show(o);
    repr_leave(o);
    return text;
}

static Object *format_with(const char *format, const char *name, Object *shown) {
    char *utf8 = shown ? gilt_str_utf8(shown, NULL) : NULL;
    Object *text = utf8 ? gilt_str_format(format, name, utf8) : NULL;
    free(utf8);
    decref_maybe(shown);
    return text;
}

/* ValueError('x'), but KeyError(1, 2): a tuple of one has a comma too much. */
static Object *show_repr(Object *o) {
    const char *name = class_short_name(type_of(o));
    Tuple *args = exception_args(o);
    if (!args) return gilt_str_format("%s()", name);
    Object *text = args->size == 1 ? format_with("%s(%s)", name, gilt_repr(args->items[0]))
                                   : format_with("%s%s", name, gilt_repr(&args->head));
    decref(&args->head);
    return text;
}

static Object *show_str(Object *o) {
    Object *text = NULL;
    if (exception_family_str(o, &text)) return text;
    Tuple *args = exception_args(o);
    if (!args || !args->size) {
        text = gilt_str_from("");
    } else if (args->size > 1) {
        text = gilt_repr(&args->head);
    } else {
        bool key = is_kind(o, GILT_KEY_ERROR);
        text = key ? gilt_repr(args->items[0]) : gilt_str(args->items[0]);
    }
    if (args) decref(&args->head);
    return text;
}

static Object *exception_repr(Object *o) { return show_once(o, show_repr); }
static Object *exception_str(Object *o) { return show_once(o, show_str); }

/* ---- Methods ---- */

static Object *with_traceback(Object *self, Object *const *arguments, size_t count) {
    Object *done = set_traceback(self, arguments, count);
    decref_maybe(done);
    return done ? incref(self) : NULL;
}

static Object *add_note(Object *self, Object *const *arguments, size_t count) {
    (void)count;
    Object *note = arguments[0];
    if (!is_kind(note, GILT_STR))
        return gilt_raise(GILT_TYPE_ERROR, "note must be a str, not '%s'",
                          type_of(note)->name);
    if (ref_is_immortal(&self->refs)) return gilt_none();
    Object *notes = instance_find(self, exception_notes);
    bool well = true;
    if (!notes) {
        notes = gilt_list_new(NULL, 0);
        well = notes && instance_set(self, exception_notes, notes);
    } else if (!is_kind(notes, GILT_LIST)) {
        well = raise_type("Cannot add note: __notes__ is not a list");
    }
    well = well && gilt_list_append(notes, note);
    decref_maybe(notes);
    return well ? gilt_none() : NULL;
}

static const Native exception_methods[] = {{"get args", get_args},
                                           {"set args", set_args},
                                           {"get __traceback__", get_traceback},
                                           {"set __traceback__", set_traceback},
                                           {"get __context__", get_context},
                                           {"set __context__", set_context},
                                           {"get __cause__", get_cause},
                                           {"set __cause__", set_cause},
                                           {"get __suppress_context__", get_suppress},
                                           {"set __suppress_context__", set_suppress},
                                           {"with_traceback(tb, /)", with_traceback},
                                           {"add_note(note, /)", add_note},
                                           {0}};

bool exception_add_attributes(Object *dict, Type *type) {
    if (type->handle == TYPE_BASE_EXCEPTION_GROUP &&
        !natives_add(dict, exception_group_methods, type, NULL))
        return false;
    return family_add_fields(dict, type);
}

#define EXCEPTION_OPS                                                                      \
    .kind = MEMORY_CONTAINER, .hash = hash_by_address, .repr = exception_repr,             \
    .str = exception_str, .get_attr = instance_get_attr, .set_attr = instance_set_attr,    \
    .make = exception_make, .init = exception_init, .methods = exception_methods

/* Of the first part of each exception. */
const TypeOps exception_front_ops = {
    .bytes = front_bytes, .spans = front_spans, .destroy = front_destroy, EXCEPTION_OPS};

/* Of built-in exceptions as a whole. */
const TypeOps exception_ops = {
    .bytes = heir_bytes, .spans = heir_spans, .destroy = heir_destroy, EXCEPTION_OPS};
