/* functools_dict.c: attributes that a program sets on a callable in C, such as __wrapped__:
 * see Attributed in functools.h. What the type itself has in its table of methods comes
 * first, as the data descriptors that these are. */
#include "core/modules/functools.h"
#include "core/object/attributes.h"
#include "core/types/class.h"

/* The object's dict, a new reference; NULL: there is none, or with `make` MemoryError. */
static Object *dict_of(Object *o, bool make) {
    Slot *slot = &((Attributed *)o)->dict;
    Object *dict = field_take(o, slot), *made;
    if (dict || !make || !(made = gilt_dict_new())) return dict;
    object_lock(o);
    bool first = !slot_peek(slot);
    if (first) slot_put(slot, refs_of(made));
    object_unlock(o);
    if (!first) decref(made);
    return field_take(o, slot);
}

Object *attributed_get_attr(Object *o, Object *name) {
    Object *dict = dict_of(o, false);
    Object *found = dict ? gilt_dict_get(dict, name) : NULL;
    decref_maybe(dict);
    return found || gilt_error() ? found : attribute_get_plain(o, name);
}

bool attributed_set_attr(Object *o, Object *name, Object *value) {
    Object *own = class_find(type_of(o), name);
    bool data = own && descriptor_is_data(own);
    bool well = false;
    if (data) {
        well = descriptor_put(own, o, value);
    } else {
        Object *dict = dict_of(o, true);
        if (dict)
            well = value ? gilt_dict_set(dict, name, value)
                         : attribute_delete_in(dict, o, name);
        decref_maybe(dict);
    }
    decref_maybe(own);
    return well;
}

Object *attributed_get_dict(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return dict_of(self, true);
}
