/* operations.c: text, hash, truth, items and calls of any object; comparisons and operators
 * are in compare.c and operators.c.
 *
 * Printing recurses as deep as the objects do, up to a limit that is an exception. */
#include "core/object/operations.h"
#include "core/object/attributes.h"
#include "core/object/iterate.h"
#include "core/object/native.h"
#include "core/threads/stack.h"
#include "core/types/alias.h"
#include "core/types/class.h"
#include "core/types/dispatch.h"
#include "core/types/int.h"
#include "core/types/slice.h"
#include "core/types/str.h"

static const char *name_of(Object *o) { return type_of(o)->name; }

static bool too_deep(const char *what) {
    return gilt_raise(GILT_RECURSION_ERROR, "maximum recursion depth exceeded %s", what);
}

/* ---- printing ---- */

#define DEPTH_MAX 1000 /* of nested reprs on one thread */

static _Thread_local Object *printing[DEPTH_MAX];
static _Thread_local unsigned printing_depth;

int repr_enter(Object *container) {
    for (unsigned i = printing_depth; i--;)
        if (printing[i] == container) return 0;
    if (unlikely(printing_depth == DEPTH_MAX || stack_is_deep()))
        return too_deep("while getting the repr of an object") - 1;
    printing[printing_depth++] = container;
    return 1;
}

void repr_leave(Object *container) {
    if (!printing_depth || printing[printing_depth - 1] != container)
        die("repr_leave: not the container that was entered last");
    printing_depth--;
}

GiltObject *gilt_repr(GiltObject *o) {
    const TypeOps *ops = type_of(o)->ops;
    if (unlikely(stack_is_deep()))
        return too_deep("while getting the repr of an object"), NULL;
    return ops->repr ? ops->repr(o) : object_plain_repr(o);
}

GiltObject *gilt_str(GiltObject *o) {
    const TypeOps *ops = type_of(o)->ops;
    if (unlikely(stack_is_deep()))
        return too_deep("while getting the str of an object"), NULL;
    return ops->str ? ops->str(o) : gilt_repr(o);
}

static Object *format_by_default(Object *o, Object *spec) {
    if (!spec || str_length(spec) == 0) return gilt_str(o);
    return gilt_raise(GILT_TYPE_ERROR, "unsupported format string passed to %s.__format__",
                      name_of(o));
}

Object *object_format(Object *o, Object *spec) {
    Object *method = class_special(type_of(o), SPECIAL_FORMAT);
    if (!method) return format_by_default(o, spec);
    if (!spec) spec = str_empty();
    Object *text = class_call(method, o, &spec, 1);
    if (!text || str_check(text)) return text;
    gilt_raise(GILT_TYPE_ERROR, "__format__ must return a str, not %s", name_of(text));
    return decref(text), NULL;
}

/* ---- hash and truth ---- */

bool gilt_hash(GiltObject *o, int64_t *hash) {
    const TypeOps *ops = type_of(o)->ops;
    if (unlikely(stack_is_deep())) return too_deep("while hashing an object");
    if (likely(ops->hash != NULL)) return ops->hash(o, hash);
    gilt_raise(GILT_TYPE_ERROR, "unhashable type: '%s'", name_of(o));
    return false;
}

int gilt_true(GiltObject *o) {
    const TypeOps *ops = type_of(o)->ops;
    if (ops->truth) return ops->truth(o);
    if (!ops->length) return 1;
    ssize_t length = ops->length(o);
    return length < 0 ? -1 : length > 0;
}

/* ---- items ---- */

ssize_t gilt_len(GiltObject *o) {
    const TypeOps *ops = type_of(o)->ops;
    if (likely(ops->length != NULL)) return ops->length(o);
    gilt_raise(GILT_TYPE_ERROR, "object of type '%s' has no len()", name_of(o));
    return -1;
}

GiltObject *gilt_get_item(GiltObject *o, GiltObject *key) {
    const TypeOps *ops = type_of(o)->ops;
    if (likely(ops->get_item != NULL)) return ops->get_item(o, key);
    return gilt_raise(GILT_TYPE_ERROR, "'%s' object is not subscriptable", name_of(o));
}

/* Of a class: its metaclass is asked first, then its own __class_getitem__. */
static Object *get_item_of_class(Object *class, Object *key) {
    Type *type = (Type *)class;
    if (class_has_special(type_of(class), SPECIAL_GETITEM))
        return gilt_get_item(class, key);
    if (!type_is_program(type) && alias_is_for(type)) return alias_new(class, key);
    Object *name = special_names[SPECIAL_CLASS_GETITEM];
    Object *method = attribute_get_maybe(class, name);
    if (!method && gilt_error()) return NULL;
    if (!method && alias_is_for(type)) return alias_new(class, key);
    if (!method)
        return gilt_raise(GILT_TYPE_ERROR, "type '%s' is not subscriptable", type->name);
    Object *item = gilt_call(method, &key, 1);
    decref(method);
    return item;
}

Object *object_get_item(Object *o, Object *key) {
    return unlikely(is_class(o)) ? get_item_of_class(o, key) : gilt_get_item(o, key);
}

/* Sequences have their own words. */
bool item_not_deletable(Object *o, Object *key) {
    const Type *type = type_of(o);
    bool sequence = type_is_program(type) || type->ops->length;
    return gilt_raise(GILT_TYPE_ERROR,
                      sequence && index_has(key)
                          ? "'%s' object doesn't support item deletion"
                          : "'%s' object does not support item deletion",
                      name_of(o));
}

bool gilt_set_item(GiltObject *o, GiltObject *key, GiltObject *value) {
    const TypeOps *ops = type_of(o)->ops;
    if (likely(ops->set_item != NULL)) return ops->set_item(o, key, value);
    return gilt_raise(GILT_TYPE_ERROR, "'%s' object does not support item assignment",
                      name_of(o));
}

bool gilt_del_item(GiltObject *o, GiltObject *key) {
    const TypeOps *ops = type_of(o)->ops;
    if (likely(ops->set_item != NULL)) return ops->set_item(o, key, NULL);
    return item_not_deletable(o, key);
}

/* Something that can be iterated, but has no `contains`. */
static int contains_by_walking(Object *o, Object *item) {
    Object *iterator = iterate(o), *next;
    int found = 0;
    if (!iterator) return -1;
    while (!found && (next = iterate_next(iterator))) {
        found = next == item ? 1 : gilt_equal(next, item);
        decref(next);
    }
    decref(iterator);
    return gilt_error() ? -1 : found;
}

int gilt_contains(GiltObject *o, GiltObject *item) {
    const TypeOps *ops = type_of(o)->ops;
    if (likely(ops->contains != NULL)) return ops->contains(o, item);
    if (ops->iterate || ops->next) return contains_by_walking(o, item);
    gilt_raise(GILT_TYPE_ERROR, "argument of type '%s' is not iterable", name_of(o));
    return -1;
}

/* ---- indices ---- */

bool object_index(Object *o, ssize_t *value) {
    if (likely(is_type(o, GILT_INT) && !int_is_big(o))) return *value = int_small(o), true;
    return index_number(o, GILT_OVERFLOW_ERROR, value);
}

Object *object_as_int(Object *o) { return index_object(o); }

void slice_within(ssize_t *from, ssize_t *to, size_t size) {
    ssize_t end = (ssize_t)size;
    if (*from < 0) *from = *from + end < 0 ? 0 : *from + end;
    if (*to < 0) *to = *to + end < 0 ? 0 : *to + end;
    if (*from > end) *from = end;
    if (*to > end) *to = end;
    if (*to < *from) *to = *from;
}

/* ---- calls ---- */

bool object_is_callable(Object *o) { return is_callable_type(type_of(o)); }

GiltObject *gilt_call(GiltObject *callable, GiltObject *const *arguments, size_t count) {
    Object *result = object_call(callable, arguments, count, NULL);
    __asm__(""); /* a frame of its own: natives that call each other for ever run out of
                    stack */
    return result;
}
