/* wrapper_call.c: special methods of built-in types by their TypeOps, and those of object.
 *
 * The first argument is the object, of the type or an heir of it; what the ops answer is
 * put into the form that programs know: NotImplemented, bools, StopIteration. */
#include "core/types/wrapper_call.h"
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/object/operations.h"
#include "core/types/bool.h"
#include "core/types/class.h"
#include "core/types/dispatch.h"
#include "core/types/int.h"
#include "core/types/singletons.h"
#include "core/types/text.h"
#include "core/types/wrappers.h"

static Object *told(Object *answer) {
    return answer == NOT_IMPLEMENTED ? not_implemented() : answer;
}

static Object *truth_object(int truth) { return truth < 0 ? NULL : gilt_bool(truth); }

static Object *none_if(bool well) { return well ? gilt_none() : NULL; }

static bool is_object(const TypeOps *ops) { return ops == &object_ops; }

/* ---- What object says ---- */

static Object *object_answer(Comparison op, Object *a, Object *b) {
    if (op == COMPARE_EQUAL) return a == b ? gilt_bool(true) : not_implemented();
    if (op != COMPARE_UNEQUAL) return not_implemented();
    Object *equal = ops_compare(type_of(a)->ops, COMPARE_EQUAL, a, b);
    if (equal == NOT_IMPLEMENTED) return a == b ? gilt_bool(false) : not_implemented();
    int truth = equal ? gilt_true(equal) : -1;
    decref_maybe(equal);
    return truth_object(truth < 0 ? truth : !truth);
}

/* The operators of an int answer for a float, to be quick; its methods do not. */
static bool knows_nothing_of(const TypeOps *ops, const Object *other) {
    return (ops == &int_ops || ops == &bool_ops) && !int_check(other);
}

static Object *compare(const TypeOps *ops, Comparison op, Object *a, Object *b) {
    if (knows_nothing_of(ops, b)) return not_implemented();
    return is_object(ops) ? object_answer(op, a, b) : told(ops_compare(ops, op, a, b));
}

/* ---- One argument, two, more ---- */

static Object *hash_of(const TypeOps *ops, Object *o) {
    int64_t hash;
    bool well = is_object(ops) ? hash_by_address(o, &hash) : ops->hash(o, &hash);
    return well ? gilt_int(hash) : NULL;
}

static Object *next_of(const TypeOps *ops, Object *o) {
    Object *item = ops->next(o);
    if (!item && !gilt_error()) gilt_raise(GILT_STOP_ITERATION, NULL);
    return item;
}

static Object *call_alone(const TypeOps *ops, Special special, Object *o) {
    ssize_t length;
    switch (special) {
    case SPECIAL_REPR:
        return is_object(ops) ? object_plain_repr(o) : ops->repr(o);
    case SPECIAL_STR:
        return is_object(ops) ? gilt_repr(o) : ops->str(o);
    case SPECIAL_HASH:
        return hash_of(ops, o);
    case SPECIAL_BOOL:
        return truth_object(ops->truth(o));
    case SPECIAL_LEN:
        return (length = ops->length(o)) < 0 ? NULL : gilt_int(length);
    case SPECIAL_ITER:
        return ops->iterate(o);
    case SPECIAL_NEXT:
        return next_of(ops, o);
    default:
        return told(ops->unary((Unary)(special - SPECIAL_NEG), o));
    }
}

static Object *attribute(const TypeOps *ops, Special special, Object *o, Object *name,
                         Object *value) {
    if (!(name = attribute_name(name))) return NULL;
    if (special != SPECIAL_GETATTRIBUTE && is_object(ops) && is_class(o))
        return gilt_raise(GILT_TYPE_ERROR, "can't apply this %s to %s object",
                          str_text(special_names[special]).bytes, type_of(o)->name);
    if (special == SPECIAL_GETATTRIBUTE)
        return is_object(ops) ? attribute_get_plain(o, name) : ops->get_attr(o, name);
    return none_if(is_object(ops) ? attribute_set_plain(o, name, value)
                                  : ops->set_attr(o, name, value));
}

static Object *operate(const TypeOps *ops, Special special, Object *o, Object *other) {
    Operator op = (Operator)(special / 3);
    if (knows_nothing_of(ops, other)) return not_implemented();
    if (special % 3 == 2) return told(ops->update(op, o, other));
    bool left = special % 3 == 0;
    Object *result = left ? ops->operate(op, o, other) : ops->operate(op, other, o);
    if (result == NOT_IMPLEMENTED && ops->refuse) result = ops->refuse(op, o, other, left);
    return told(result);
}

static Object *call_with_one(const TypeOps *ops, Special special, Object *o, Object *one) {
    if (special < SPECIAL_LT) return operate(ops, special, o, one);
    if (special <= SPECIAL_GE)
        return compare(ops, (Comparison)(special - SPECIAL_LT), o, one);
    switch (special) {
    case SPECIAL_GETITEM:
        return ops->get_item(o, one);
    case SPECIAL_DELITEM:
        return none_if(ops->set_item(o, one, NULL));
    case SPECIAL_CONTAINS:
        return truth_object(ops->contains(o, one));
    case SPECIAL_DELETE:
        return none_if(ops->put(o, one, NULL));
    default:
        return attribute(ops, special, o, one, NULL);
    }
}

static Object *call_with_two(const TypeOps *ops, Special special, Object *o, Object *one,
                             Object *two) {
    switch (special) {
    case SPECIAL_SETITEM:
        return none_if(ops->set_item(o, one, two));
    case SPECIAL_SET:
        return none_if(ops->put(o, one, two));
    default:
        return attribute(ops, special, o, one, two);
    }
}

/* __get__(object, owner=None) */
static Object *call_get(const TypeOps *ops, Object *o, Object *const *arguments,
                        size_t count) {
    Object *object = arguments[0], *owner = count > 1 ? arguments[1] : NULL;
    if (owner && !is_class(owner)) owner = NULL;
    if (is_type(object, GILT_NONE)) object = NULL;
    if (!object && !owner)
        return gilt_raise(GILT_TYPE_ERROR, "__get__(None, None) is invalid");
    return ops->get(o, object, owner ? (Type *)owner : type_of(object));
}

/* __pow__(other, modulus): only ints have that. */
static Object *power(const TypeOps *ops, Object *o, Object *other, Object *modulus) {
    if (is_type(modulus, GILT_NONE)) return operate(ops, SPECIAL_POWER, o, other);
    if (ops == &complex_ops) return gilt_raise(GILT_VALUE_ERROR, "complex modulo");
    if (ops != &int_ops)
        return gilt_raise(GILT_TYPE_ERROR, "pow() 3rd argument not allowed unless all "
                                           "arguments are integers");
    if (!is_kind(other, GILT_INT) || !is_kind(modulus, GILT_INT)) return not_implemented();
    return int_power(o, other, modulus);
}

/* ---- __new__ ---- */

/* What the type's own __new__ must make. */
static bool new_expect(Type *owner, Object *of) {
    if (!is_class(of))
        return gilt_raise(GILT_TYPE_ERROR, "%s.__new__(X): X is not a type object (%s)",
                          owner->name, type_of(of)->name);
    Type *type = (Type *)of;
    if (!class_inherits(type, owner))
        return gilt_raise(GILT_TYPE_ERROR, "%s.__new__(%s): %s is not a subtype of %s",
                          owner->name, type->name, type->name, owner->name);
    Type *built_in = type;
    while (type_is_program(built_in)) built_in = built_in->base;
    if (built_in->ops->make == owner->ops->make || built_in == owner) return true;
    return gilt_raise(GILT_TYPE_ERROR, "%s.__new__(%s) is not safe, use %s.__new__()",
                      owner->name, type->name, built_in->name);
}

static Object *call_new(Type *owner, Object *const *arguments, size_t count,
                        Object *names) {
    if (!count)
        return gilt_raise(GILT_TYPE_ERROR, "%s.__new__(): not enough arguments",
                          owner->name);
    if (!new_expect(owner, arguments[0])) return NULL;
    Type *type = (Type *)arguments[0];
    if (owner->handle == GILT_TYPE && count != 4)
        return gilt_raise(GILT_TYPE_ERROR,
                          "type.__new__() takes exactly 3 arguments (%zu given)",
                          count - 1);
    if (is_object(owner->ops)) return object_new_checked(type, count - 1, names);
    return owner->ops->make(type, arguments + 1, count - 1, names);
}

/* ---- All ---- */

static bool call_init(const TypeOps *ops, Object *o, Object *const *arguments, size_t count,
                      Object *names) {
    if (is_object(ops)) return object_init_checked(o, count, names);
    return ops->init(o, arguments, count, names);
}

static size_t arguments_of(Special special) {
    switch (special) {
    case SPECIAL_SETITEM:
    case SPECIAL_SET:
    case SPECIAL_SETATTR:
        return 2;
    case SPECIAL_REPR:
    case SPECIAL_STR:
    case SPECIAL_HASH:
    case SPECIAL_BOOL:
    case SPECIAL_LEN:
    case SPECIAL_ITER:
    case SPECIAL_NEXT:
    case SPECIAL_NEG:
    case SPECIAL_POS:
    case SPECIAL_INVERT:
    case SPECIAL_ABS:
        return 0;
    default:
        return 1;
    }
}

static Object *call_counted(const TypeOps *ops, Special special, Object *o,
                            Object *const *arguments, size_t count, Object *names) {
    size_t wanted = arguments_of(special);
    bool more = count == 2 && (special == SPECIAL_GET || special == SPECIAL_POWER);
    if (names)
        return gilt_raise(GILT_TYPE_ERROR, "wrapper %s() takes no keyword arguments",
                          str_text(special_names[special]).bytes);
    if (count != wanted && !more)
        return gilt_raise(GILT_TYPE_ERROR, "expected %zu argument%s, got %zu", wanted,
                          wanted == 1 ? "" : "s", count);
    if (special == SPECIAL_GET) return call_get(ops, o, arguments, count);
    if (more) return power(ops, o, arguments[0], arguments[1]);
    if (wanted == 0) return call_alone(ops, special, o);
    return wanted == 1 ? call_with_one(ops, special, o, arguments[0])
                       : call_with_two(ops, special, o, arguments[0], arguments[1]);
}

static bool self_expect(const Wrapper *w, Object *const *arguments, size_t count) {
    Type *owner = &types[w->owner];
    if (!count)
        return gilt_raise(GILT_TYPE_ERROR,
                          "descriptor '%s' of '%s' object needs an argument",
                          str_text(special_names[w->special]).bytes, owner->name);
    if (likely(class_inherits(type_of(arguments[0]), owner))) return true;
    return gilt_raise(GILT_TYPE_ERROR,
                      "descriptor '%s' requires a '%s' object but received a '%s'",
                      str_text(special_names[w->special]).bytes, owner->name,
                      type_of(arguments[0])->name);
}

Object *wrapper_call(Object *o, Object *const *arguments, size_t count, Object *names) {
    const Wrapper *w = (const Wrapper *)o;
    Type *owner = &types[w->owner];
    if (w->special == SPECIAL_NEW) return call_new(owner, arguments, count, names);
    if (!self_expect(w, arguments, count)) return NULL;
    Object *self = arguments[0];
    arguments++, count--;
    if (w->special == SPECIAL_CALL) return owner->ops->call(self, arguments, count, names);
    if (w->special == SPECIAL_INIT)
        return none_if(call_init(owner->ops, self, arguments, count, names));
    return call_counted(owner->ops, (Special)w->special, self, arguments, count, names);
}
