/* wrappers.c: see wrappers.h. A wrapper never changes, and is immortal with the attrs that
 * it stands in. Which operators a type has, its TypeOps do not say: the table below does.
 */
#include "core/types/wrappers.h"
#include "core/object/attributes.h"
#include "core/object/builtin.h"
#include "core/object/native.h"
#include "core/types/class.h"
#include "core/types/dispatch.h"
#include "core/types/text.h"
#include "core/types/wrapper_call.h"

/* ---- Which there are ---- */

#define OP(NAME) (1u << OP_##NAME)
#define BITS (OP(SHIFT_LEFT) | OP(SHIFT_RIGHT) | OP(AND) | OP(OR) | OP(XOR))
#define SUMS (OP(ADD) | OP(SUBTRACT) | OP(MULTIPLY) | OP(DIVIDE) | OP(POWER))
#define WHOLE (OP(FLOOR) | OP(REMAINDER) | OP(DIVMOD))
#define SETS (OP(SUBTRACT) | OP(AND) | OP(OR) | OP(XOR))

/* Of a built-in type: `self op other`, `other op self`, `self op= other`. */
static const struct Operators {
    uint32_t type;
    unsigned left, right, update;
} operators[] = {
    {GILT_INT, SUMS | WHOLE | BITS, SUMS | WHOLE | BITS, 0},
    {GILT_BOOL, OP(AND) | OP(OR) | OP(XOR), OP(AND) | OP(OR) | OP(XOR), 0},
    {GILT_FLOAT, SUMS | WHOLE, SUMS | WHOLE, 0},
    {TYPE_COMPLEX, SUMS, SUMS, 0},
    {GILT_STR, OP(ADD) | OP(MULTIPLY) | OP(REMAINDER), OP(MULTIPLY) | OP(REMAINDER), 0},
    {GILT_BYTES, OP(ADD) | OP(MULTIPLY) | OP(REMAINDER), OP(MULTIPLY) | OP(REMAINDER), 0},
    {TYPE_BYTEARRAY, OP(ADD) | OP(MULTIPLY) | OP(REMAINDER), OP(MULTIPLY) | OP(REMAINDER),
     OP(ADD) | OP(MULTIPLY)},
    {GILT_LIST, OP(ADD) | OP(MULTIPLY), OP(MULTIPLY), OP(ADD) | OP(MULTIPLY)},
    {GILT_TUPLE, OP(ADD) | OP(MULTIPLY), OP(MULTIPLY), 0},
    {GILT_DICT, OP(OR), OP(OR), OP(OR)},
    {GILT_SET, SETS, SETS, SETS},
    {TYPE_FROZENSET, SETS, SETS, 0},
    {TYPE_DICT_KEYS, SETS, SETS, 0},
    {TYPE_DICT_ITEMS, SETS, SETS, 0},
    {GILT_TYPE, OP(OR), OP(OR), 0},
};

static bool has_operator(const Type *type, Special special) {
    const TypeOps *ops = type->ops;
    unsigned role = special % 3, bit = 1u << special / 3;
    if (role == 2 ? !ops->update : !ops->operate) return false;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (operators[i].type != type->handle) continue;
        return bit & (role == 0   ? operators[i].left
                      : role == 1 ? operators[i].right
                                  : operators[i].update);
    }
    return true;
}

static bool has_unary(const Type *type, Special special) {
    if (special == SPECIAL_INVERT &&
        (type->handle == GILT_FLOAT || type->handle == TYPE_COMPLEX))
        return false;
    return type->ops->unary;
}

static bool object_has(Special special) {
    return (special >= SPECIAL_LT && special <= SPECIAL_GE) || special == SPECIAL_NEW ||
           special == SPECIAL_INIT || special == SPECIAL_REPR || special == SPECIAL_STR ||
           special == SPECIAL_HASH || special == SPECIAL_GETATTRIBUTE ||
           special == SPECIAL_SETATTR || special == SPECIAL_DELATTR;
}

/* Do the ops have it, and those of the base something else or nothing? */
#define NEW_ENTRY(entry) (ops->entry && (!base || ops->entry != base->entry))

static bool is_new(const Type *type, Special special) {
    const TypeOps *ops = type->ops, *base = type->base ? type->base->ops : NULL;
    if (type->handle == GILT_OBJECT) return object_has(special);
    if (base == &object_ops) base = NULL;
    if (special < SPECIAL_LT) return NEW_ENTRY(operate) && has_operator(type, special);
    switch (special) {
    case SPECIAL_EQ:
    case SPECIAL_NE:
        return NEW_ENTRY(equal) || NEW_ENTRY(compare);
    case SPECIAL_LT:
    case SPECIAL_LE:
    case SPECIAL_GT:
    case SPECIAL_GE:
        return NEW_ENTRY(less) || NEW_ENTRY(compare);
    case SPECIAL_NEG:
    case SPECIAL_POS:
    case SPECIAL_INVERT:
    case SPECIAL_ABS:
        return NEW_ENTRY(unary) && has_unary(type, special);
    case SPECIAL_NEW:
        return NEW_ENTRY(make);
    case SPECIAL_INIT:
        return NEW_ENTRY(init);
    case SPECIAL_REPR:
        return NEW_ENTRY(repr);
    case SPECIAL_STR:
        return NEW_ENTRY(str);
    case SPECIAL_HASH:
        return NEW_ENTRY(hash);
    case SPECIAL_BOOL:
        return NEW_ENTRY(truth);
    case SPECIAL_GETATTRIBUTE:
        return NEW_ENTRY(get_attr);
    case SPECIAL_SETATTR:
    case SPECIAL_DELATTR:
        return NEW_ENTRY(set_attr);
    case SPECIAL_GET:
        return NEW_ENTRY(get);
    case SPECIAL_SET:
    case SPECIAL_DELETE:
        return NEW_ENTRY(put);
    case SPECIAL_CALL:
        return NEW_ENTRY(call);
    case SPECIAL_LEN:
        return NEW_ENTRY(length);
    case SPECIAL_GETITEM:
        return NEW_ENTRY(get_item);
    case SPECIAL_SETITEM:
    case SPECIAL_DELITEM:
        return NEW_ENTRY(set_item);
    case SPECIAL_ITER:
        return NEW_ENTRY(iterate);
    case SPECIAL_NEXT:
        return NEW_ENTRY(next);
    case SPECIAL_CONTAINS:
        return NEW_ENTRY(contains);
    default:
        return false;
    }
}

static bool wrapper_add(Object *dict, Type *type, Special special) {
    Wrapper *wrapper = (Wrapper *)object_new(TYPE_WRAPPER, MEMORY_LEAF, sizeof *wrapper);
    if (!wrapper) return false;
    wrapper->special = special;
    wrapper->owner = type->handle;
    object_immortalise(&wrapper->head);
    return gilt_dict_set(dict, special_names[special], &wrapper->head);
}

bool wrappers_add(Object *dict, Type *type) {
    for (int special = 0; special < SPECIALS; special++)
        if (is_new(type, (Special)special) && !wrapper_add(dict, type, (Special)special))
            return false;
    if (type->ops->hash) return true;
    return gilt_dict_set(dict, special_names[SPECIAL_HASH], gilt_none());
}

bool wrapper_is(const Object *o) { return o->type == TYPE_WRAPPER; }

/* ---- As objects ---- */

static size_t wrapper_bytes(const Object *o) { return (void)o, sizeof(Wrapper); }

static const char *wrapper_name(const Wrapper *w) {
    return (const char *)((Str *)special_names[w->special])->data;
}

static Object *wrapper_repr(Object *o) {
    const Wrapper *w = (const Wrapper *)o;
    return gilt_str_format(
        w->special == SPECIAL_NEW ? "<built-in method %.*s of type object>"
                                  : "<slot wrapper '%.*s' of '%s' objects>",
        (int)str_length(special_names[w->special]), wrapper_name(w), types[w->owner].name);
}

/* __new__ is static: its class is an argument. */
static Object *wrapper_get(Object *o, Object *object, Type *owner) {
    (void)owner;
    if (!object || ((Wrapper *)o)->special == SPECIAL_NEW) return incref(o);
    return bound_method_new(o, object);
}

static Object *wrapper_get_name(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(special_names[((Wrapper *)o)->special]);
}

static Object *wrapper_get_qualname(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    const Wrapper *w = (const Wrapper *)o;
    return gilt_str_format("%s.%.*s", types[w->owner].name,
                           (int)str_length(special_names[w->special]), wrapper_name(w));
}

static Object *wrapper_get_owner(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return incref(&types[((Wrapper *)o)->owner].head);
}

static const Native wrapper_methods[] = {
    {"get __name__", wrapper_get_name},
    {"get __qualname__", wrapper_get_qualname},
    {"get __objclass__", wrapper_get_owner},
    {0},
};

const TypeOps wrapper_ops = {
    .kind = MEMORY_LEAF,
    .bytes = wrapper_bytes,
    .hash = hash_by_address,
    .repr = wrapper_repr,
    .get = wrapper_get,
    .call = wrapper_call,
    .methods = wrapper_methods,
};
