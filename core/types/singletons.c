/* singletons.c: Ellipsis and NotImplemented: immortal objects, made by singletons_start,
 * equal only to themselves. C code says NOT_IMPLEMENTED (object.h), which is no object;
 * programs see this one. */
#include "core/types/singletons.h"
#include "core/object/attributes.h"

static Object *the_ellipsis, *the_not_implemented;

static Object *singleton(uint32_t type) {
    Object *o = object_new(type, MEMORY_LEAF, sizeof *o);
    if (o) object_immortalise(o);
    return o;
}

bool singletons_start(void) {
    the_ellipsis = singleton(TYPE_ELLIPSIS);
    the_not_implemented = singleton(TYPE_NOT_IMPLEMENTED);
    return the_ellipsis && the_not_implemented;
}

Object *ellipsis(void) { return the_ellipsis; }
Object *not_implemented(void) { return the_not_implemented; }

static size_t singleton_bytes(const Object *o) { return (void)o, sizeof(Object); }

static Object *ellipsis_repr(Object *o) { return (void)o, gilt_str_from("Ellipsis"); }

static Object *not_implemented_repr(Object *o) {
    return (void)o, gilt_str_from("NotImplemented");
}

Object *singleton_made(Object *one, const char *type, size_t count, Object *names) {
    if (!count && !names) return one;
    return gilt_raise(GILT_TYPE_ERROR, "%s takes no arguments", type);
}

static Object *ellipsis_make(Type *type, Object *const *arguments, size_t count,
                             Object *names) {
    (void)type, (void)arguments;
    return singleton_made(the_ellipsis, "EllipsisType", count, names);
}

static Object *not_implemented_make(Type *type, Object *const *arguments, size_t count,
                                    Object *names) {
    (void)type, (void)arguments;
    return singleton_made(the_not_implemented, "NotImplementedType", count, names);
}

const TypeOps ellipsis_ops = {
    .kind = MEMORY_LEAF,
    .bytes = singleton_bytes,
    .hash = hash_by_address,
    .repr = ellipsis_repr,
    .make = ellipsis_make,
};

const TypeOps not_implemented_ops = {
    .kind = MEMORY_LEAF,
    .bytes = singleton_bytes,
    .hash = hash_by_address,
    .repr = not_implemented_repr,
    .make = not_implemented_make,
};
