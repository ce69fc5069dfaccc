/* build_class.c: what a class statement does: runs the body in a dict, then calls the
 * metaclass with the name, the bases and that dict. */
#include "core/modules/module.h"
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/object/native.h"
#include "core/types/class.h"
#include "core/types/dict.h"
#include "core/object/iterate.h"
#include "core/types/tuple.h"
#include "core/vm/unwind.h"
#include "core/vm/vm.h"

/* That of the first base; what is no class, but somebody's object, has one, too, which may
 * know what to do with it. */
static Object *metaclass_first(Object *bases) {
    const Tuple *tuple = (const Tuple *)bases;
    return &(tuple->size ? type_of(tuple->items[0]) : &types[GILT_TYPE])->head;
}

/* The most derived of the metaclasses: of `meta` and of the bases. */
static Object *metaclass_of(Object *meta, Object *bases) {
    const Tuple *tuple = (const Tuple *)bases;
    for (size_t i = 0; i < tuple->size; i++) {
        Object *other = &type_of(tuple->items[i])->head;
        if (class_inherits((Type *)meta, (Type *)other)) continue;
        if (!class_inherits((Type *)other, (Type *)meta))
            return gilt_raise(
                GILT_TYPE_ERROR,
                "metaclass conflict: the metaclass of a derived class must be a "
                "(non-strict) subclass of the metaclasses of all its bases");
        meta = other;
    }
    return meta;
}

/* `metaclass=` taken out of the keywords (NULL: there are none); it stays borrowed. */
static bool take_metaclass(Object **keywords, Object **meta) {
    *meta = NULL;
    if (!*keywords) return true;
    Object *copy = *keywords = gilt_dict_copy(*keywords);
    Object *found = copy ? gilt_dict_get(copy, gilt_intern("metaclass")) : NULL;
    if (!found) return copy && !gilt_error();
    *meta = found;
    decref(found); /* the caller's dict has it */
    return gilt_dict_delete(copy, gilt_intern("metaclass"));
}

static Object *call_with(Object *callable, Object *const *arguments, size_t count,
                         Object *keywords) {
    Object *list = gilt_list_new(arguments, count);
    if (!list) return NULL;
    Value result = call_spread(
        value_borrowed(callable), value_borrowed(list),
        keywords && gilt_dict_size(keywords) ? value_borrowed(keywords) : EMPTY);
    decref(list);
    return value_object(result);
}

static Object *prepare(Object *meta, Object *name, Object *bases, Object *keywords) {
    if (meta == &types[GILT_TYPE].head) return gilt_dict_new();
    Object *method = attribute_get_maybe(meta, special_names[SPECIAL_PREPARE]);
    if (!method) return gilt_error() ? NULL : gilt_dict_new();
    Object *arguments[] = {name, bases};
    Object *made = call_with(method, arguments, 2, keywords);
    decref(method);
    return made;
}

/* Runs the body with `names` as its dict. */
static bool run_body(Object *body, Object *names) {
    Thread *self = thread_self();
    Callee *function = (Callee *)body;
    Frame *frame = frame_push(self, callee_code(function));
    if (!frame) return false;
    frame->function = function;
    frame->globals = object_of(slot_peek(&function->globals));
    frame->names = names;
    Value result = frame_run(self, frame);
    value_drop(result);
    return result != EMPTY;
}

/* Bases that are no classes may say what they stand for: __mro_entries__. */
static Object *resolve_bases(Object *bases) {
    const Tuple *tuple = (const Tuple *)bases;
    Object *list = gilt_list_new(NULL, 0), *result = NULL;
    bool well = list;
    for (size_t i = 0; well && i < tuple->size; i++) {
        Object *base = tuple->items[i], *entries = NULL, *method = NULL;
        if (!(flags_load(type_of(base)) & TYPE_METACLASS))
            method = attribute_get_maybe(base, special_names[SPECIAL_MRO_ENTRIES]);
        if (method) {
            entries = gilt_call(method, &bases, 1);
            well = entries && gilt_list_extend(list, entries);
        } else {
            well = !gilt_error() && gilt_list_append(list, base);
        }
        decref_maybe(method);
        decref_maybe(entries);
    }
    if (well) result = tuple_of(list);
    decref_maybe(list);
    return result;
}

static Object *build_class(Object *self, Object *const *arguments, size_t count) {
    (void)self;
    if (!is_type(arguments[0], TYPE_CALLEE))
        return gilt_raise(GILT_TYPE_ERROR, "__build_class__: func must be a function");
    Object *result = NULL, *keywords = arguments[2], *meta = NULL, *space = NULL,
           *bases = NULL;
    Object *given = gilt_tuple_new(arguments + 3, count - 3);
    if (!take_metaclass(&keywords, &meta) || !given || !(bases = resolve_bases(given)))
        goto done;
    if (!meta) meta = metaclass_first(bases);
    if ((flags_load(type_of(meta)) & TYPE_METACLASS) && !(meta = metaclass_of(meta, bases)))
        goto done;
    space = prepare(meta, arguments[1], bases, keywords);
    if (!space || !run_body(arguments[0], space)) goto done;
    if (gilt_equal(bases, given) == 0 &&
        !gilt_set_item(space, gilt_intern("__orig_bases__"), given))
        goto done;
    Object *call[] = {arguments[1], bases, space};
    result = call_with(meta, call, 3, keywords);
    /* A class of a module, like its functions: threads that use it do not count it. */
    if (result && is_class(result) && ref_is_immortal(&arguments[0]->refs))
        object_immortalise(result);
done:
    decref_maybe(given);
    decref_maybe(bases);
    decref_maybe(keywords);
    decref_maybe(space);
    return result;
}

static const Native functions[] = {
    {"__build_class__(func, name, /, *bases, **kwds)", build_class},
    {0},
};

Object *build_class_function(void) {
    Object *name = gilt_intern("__build_class__"), *dict = builtins_dict();
    Object *found = dict_find_interned(dict, name);
    if (found) return found;
    Object *module = module_import_builtin("builtins");
    return module && natives_add(dict, functions, NULL, module)
               ? dict_find_interned(dict, name)
               : NULL;
}
