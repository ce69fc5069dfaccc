/* attributes.c: see attributes.h. Names are interned on entry. */
#include "core/object/attributes.h"
#include "core/object/error.h"
#include "core/object/native_bind.h"
#include "core/types/class.h"
#include "core/types/dict.h"
#include "core/types/dispatch.h"
#include "core/types/exception.h"
#include "core/types/fixed.h"
#include "core/types/intern.h"
#include "core/types/wrapper_call.h"

Object *attribute_name(Object *name) {
    if (likely(is_type(name, GILT_STR)))
        return likely(str_is_interned(name)) ? name : intern(name);
    if (!is_kind(name, GILT_STR))
        return gilt_raise(GILT_TYPE_ERROR, "attribute name must be string, not '%s'",
                          type_of(name)->name);
    return intern(name);
}

/* ---- Errors ---- */

/* The AttributeError knows what was asked of whom. */
void attribute_tell(Object *o, Object *name) {
    Object *error = gilt_error();
    if (!error || type_of(error) != &types[GILT_ATTRIBUTE_ERROR]) return;
    exception_put(error, EXCEPTION_NAME, name);
    exception_put(error, EXCEPTION_OBJ, o);
}

bool attribute_absent(Object *o, Object *name) {
    bool class = is_class(o);
    gilt_raise(GILT_ATTRIBUTE_ERROR,
               class ? "type object '%s' has no attribute '%s'"
                     : "'%s' object has no attribute '%s'",
               class ? ((Type *)o)->name : type_of(o)->name, str_text(name).bytes);
    attribute_tell(o, name);
    return false;
}

bool attribute_immutable(const Type *type, Object *name) {
    gilt_raise(GILT_TYPE_ERROR, "cannot set '%s' attribute of immutable type '%s'",
               str_text(name).bytes, type->name);
    return false;
}

Object *attribute_missing(Object *o, Object *name) {
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

/* ---- Descriptors ---- */

bool descriptor_binds(const Object *o) {
    Type *type = type_of(o);
    if (likely(!type_is_program(type))) return type->ops->get;
    return class_has_special(type, SPECIAL_GET) || (type->native && type->native->get);
}

bool descriptor_is_data(const Object *o) {
    Type *type = type_of(o);
    if (likely(!type_is_program(type))) return type->ops->put;
    return class_has_special(type, SPECIAL_SET) ||
           class_has_special(type, SPECIAL_DELETE) || (type->native && type->native->put);
}

Object *descriptor_get(Object *descriptor, Object *object, Type *owner) {
    if (!descriptor_binds(descriptor)) return descriptor;
    Object *value = type_of(descriptor)->ops->get(descriptor, object, owner);
    decref(descriptor);
    return value;
}

bool descriptor_put(Object *descriptor, Object *object, Object *value) {
    return type_of(descriptor)->ops->put(descriptor, object, value);
}

bool is_callable_type(Type *type) {
    if (!type_is_program(type)) return type->ops->call;
    return class_has_special(type, SPECIAL_CALL) || (type->native && type->native->call);
}

/* ---- Getting ---- */

/* Which types keep attributes of their own in their objects? Others have what their class
 * has. */
static inline bool has_own(const Type *type) { return type_has_tail(type); }

Object *attribute_own(Object *o, Object *name) {
    return has_own(type_of(o)) ? instance_find(o, name) : NULL;
}

/* NULL without an exception: there is none. */
static Object *find_plain(Object *o, Object *name) {
    Type *type = type_of(o);
    if (has_own(type) && !(flags_load(type) & TYPE_DATA)) {
        Object *own = instance_find(o, name);
        if (own) return own;
    }
    Object *found = class_find(type, name);
    if (found && descriptor_is_data(found) && descriptor_binds(found))
        return descriptor_get(found, o, type);
    Object *own = attribute_own(o, name);
    if (own) {
        decref_maybe(found);
        return own;
    }
    return found ? descriptor_get(found, o, type) : NULL;
}

Object *attribute_get_plain(Object *o, Object *name) {
    Object *found = find_plain(o, name);
    return likely(found || gilt_error()) ? found : attribute_missing(o, name);
}

/* Has the built-in that it inherits its own way? */
static bool native_gets(const Type *type) {
    return type->native && type->native->get_attr &&
           type->native->get_attr != instance_get_attr;
}

static bool native_sets(const Type *type) {
    return type->native && type->native->set_attr &&
           type->native->set_attr != instance_set_attr;
}

/* After an AttributeError. */
static Object *ask_getattr(Object *o, Object *name) {
    Object *method = class_own_special(type_of(o), SPECIAL_GETATTR);
    if (!method) return NULL;
    gilt_error_clear();
    return class_call(method, o, &name, 1);
}

static Object *get_hooked(Object *o, Object *name) {
    Object *method = class_own_special(type_of(o), SPECIAL_GETATTRIBUTE);
    Object *found;
    if (method)
        found = class_call(method, o, &name, 1);
    else if (native_gets(type_of(o)))
        found = type_of(o)->native->get_attr(o, name);
    else
        found = attribute_get_plain(o, name);
    return !found && gilt_error_is(GILT_ATTRIBUTE_ERROR) ? ask_getattr(o, name) : found;
}

Object *instance_get_attr(Object *o, Object *name) {
    Type *type = type_of(o);
    if (unlikely(flags_load(type) & TYPE_GET_HOOK || native_gets(type)))
        return get_hooked(o, name);
    return attribute_get_plain(o, name);
}

Object *attribute_get(Object *o, Object *name) {
    const TypeOps *ops = type_of(o)->ops;
    return ops->get_attr ? ops->get_attr(o, name) : attribute_get_plain(o, name);
}

Object *attribute_get_maybe(Object *o, Object *name) {
    const TypeOps *ops = type_of(o)->ops;
    bool plain = !ops->get_attr ||
                 (ops->get_attr == instance_get_attr &&
                  !(flags_load(type_of(o)) & TYPE_GET_HOOK) && !native_gets(type_of(o)));
    Object *found = plain ? find_plain(o, name) : ops->get_attr(o, name);
    if (!found && gilt_error_is(GILT_ATTRIBUTE_ERROR)) gilt_error_clear();
    return found;
}

/* ---- Methods ---- */

bool method_takes_self(const Object *found, const Type *type) {
    if (likely(found->type == TYPE_CALLEE)) return true;
    const Type *owner = NULL;
    if (found->type == TYPE_NATIVE_METHOD)
        owner = (const Type *)((const NativeObject *)found)->owner;
    else if (found->type == TYPE_WRAPPER &&
             ((const Wrapper *)found)->special != SPECIAL_NEW)
        owner = &types[((const Wrapper *)found)->owner];
    return owner && class_inherits(type, owner);
}

Object *attribute_method(Object *o, Object *name, Object **self) {
    Type *type = type_of(o);
    const TypeOps *ops = type->ops;
    *self = NULL;
    bool plain =
        !ops->get_attr || (ops->get_attr == instance_get_attr && !native_gets(type));
    if (unlikely(!plain || flags_load(type) & TYPE_GET_HOOK)) return attribute_get(o, name);
    Object *found = class_find(type, name);
    if (!found || !method_takes_self(found, type)) {
        decref_maybe(found);
        return attribute_get_plain(o, name);
    }
    Object *own = attribute_own(o, name);
    if (likely(!own)) return *self = o, found;
    decref(found);
    return own;
}

/* ---- Setting ---- */

bool attribute_set_plain(Object *o, Object *name, Object *value) {
    Type *type = type_of(o);
    if (likely(has_own(type) && !(flags_load(type) & TYPE_DATA) &&
               name != class_names.class && name != class_names.dict))
        return instance_set(o, name, value);
    Object *found = class_find(type, name);
    bool well = false;
    if (found && descriptor_is_data(found))
        well = descriptor_put(found, o, value);
    else if (has_own(type))
        well = instance_set(o, name, value);
    else if (found)
        gilt_raise(GILT_ATTRIBUTE_ERROR, "'%s' object attribute '%s' is read-only",
                   type->name, str_text(name).bytes),
            attribute_tell(o, name);
    else
        attribute_absent(o, name);
    decref_maybe(found);
    return well;
}

static bool set_hooked(Object *o, Object *name, Object *value) {
    Object *method =
        class_own_special(type_of(o), value ? SPECIAL_SETATTR : SPECIAL_DELATTR);
    if (method) {
        Object *answer = class_call(method, o, (Object *[]){name, value}, value ? 2 : 1);
        decref_maybe(answer);
        return answer;
    }
    if (native_sets(type_of(o))) return type_of(o)->native->set_attr(o, name, value);
    return attribute_set_plain(o, name, value);
}

bool instance_set_attr(Object *o, Object *name, Object *value) {
    Type *type = type_of(o);
    if (unlikely(flags_load(type) & TYPE_SET_HOOK || native_sets(type)))
        return set_hooked(o, name, value);
    return attribute_set_plain(o, name, value);
}

bool attribute_set(Object *o, Object *name, Object *value) {
    const TypeOps *ops = type_of(o)->ops;
    return ops->set_attr ? ops->set_attr(o, name, value)
                         : attribute_set_plain(o, name, value);
}

/* ---- The public functions ---- */

GiltObject *gilt_get_attr(GiltObject *object, GiltObject *name) {
    name = attribute_name(name);
    return likely(name != NULL) ? attribute_get(object, name) : NULL;
}

bool gilt_set_attr(GiltObject *object, GiltObject *name, GiltObject *value) {
    name = attribute_name(name);
    return likely(name != NULL) && attribute_set(object, name, value);
}

bool gilt_del_attr(GiltObject *object, GiltObject *name) {
    name = attribute_name(name);
    return likely(name != NULL) && attribute_set(object, name, NULL);
}
