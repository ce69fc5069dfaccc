/* attributes.c: attributes of any object.
 *
 * Names are interned on entry. A type without get_attr or set_attr has no attributes but
 * __class__. */
#include "core/object/attributes.h"
#include "core/types/class.h"
#include "core/types/intern.h"
#include <stdlib.h>

Object *attribute_name(Object *name) {
    if (unlikely(!is_type(name, GILT_STR)))
        return gilt_raise(GILT_TYPE_ERROR, "attribute name must be string, not '%s'",
                          type_of(name)->name);
    return likely(str_is_interned(name)) ? name : intern(name);
}

/* Raises with a format for the name of the owner, then that of the attribute. */
#define RAISE_ABOUT(error, format, owner, name)                                            \
    do {                                                                                   \
        char *utf8 = gilt_str_utf8(name, NULL);                                            \
        if (utf8) gilt_raise(error, format, owner, utf8);                                  \
        free(utf8);                                                                        \
    } while (0)

bool attribute_absent(Object *o, Object *name) {
    if (is_type(o, GILT_TYPE))
        RAISE_ABOUT(GILT_ATTRIBUTE_ERROR, "type object '%s' has no attribute '%s'",
                    ((Type *)o)->name, name);
    else
        RAISE_ABOUT(GILT_ATTRIBUTE_ERROR, "'%s' object has no attribute '%s'",
                    type_of(o)->name, name);
    return false;
}

bool attribute_immutable(const Type *type, Object *name) {
    RAISE_ABOUT(GILT_TYPE_ERROR, "cannot set '%2$s' attribute of immutable type '%1$s'",
                type->name, name);
    return false;
}

Object *attribute_missing(Object *o, Object *name) {
    if (name == class_names.class) return incref(&type_of(o)->head);
    attribute_absent(o, name);
    return NULL;
}

bool attribute_delete_in(Object *dict, Object *o, Object *name) {
    if (gilt_dict_delete(dict, name)) return true;
    if (!gilt_error_is(GILT_KEY_ERROR)) return false;
    gilt_error_clear();
    return attribute_absent(o, name);
}

bool hash_by_address(Object *o, int64_t *hash) {
    uintptr_t address =
        (uintptr_t)o; /* its low bits are always 0: they would be the worst */
    *hash = (int64_t)(address >> 4 | address << 60);
    return true;
}

GiltObject *gilt_get_attr(GiltObject *object, GiltObject *name) {
    name = attribute_name(name);
    if (unlikely(!name)) return NULL;
    const TypeOps *ops = type_of(object)->ops;
    return ops->get_attr ? ops->get_attr(object, name) : attribute_missing(object, name);
}

/* `value` NULL: deletes. */
static bool change(Object *o, Object *name, Object *value) {
    name = attribute_name(name);
    if (unlikely(!name)) return false;
    if (unlikely(name == class_names.class))
        return gilt_raise(GILT_TYPE_ERROR, "__class__ cannot be changed"), false;
    const TypeOps *ops = type_of(o)->ops;
    return ops->set_attr ? ops->set_attr(o, name, value) : attribute_absent(o, name);
}

bool gilt_set_attr(GiltObject *object, GiltObject *name, GiltObject *value) {
    return change(object, name, value);
}

bool gilt_del_attr(GiltObject *object, GiltObject *name) {
    return change(object, name, NULL);
}
