/* operators.c: +, += and the like for any two objects.
 *
 * The left operand is asked, then the right one; first the right one if its class inherits
 * the left one's and has another method for it. */
#include "core/object/operations.h"
#include "core/threads/stack.h"
#include "core/types/class.h"
#include "core/types/dispatch.h"

static const char *const symbols[] = {"+", "-",  "*",  "/", "//", "%", "** or pow()",
                                      "@", "<<", ">>", "&", "|",  "^", "divmod()"};
static const char *const updates[] = {"+=", "-=",  "*=",  "/=", "//=", "%=", "**=",
                                      "@=", "<<=", ">>=", "&=", "|=",  "^=", "divmod()"};

static Object *refuse(Operator op, Object *o, Object *other, bool left) {
    const TypeOps *native = type_native(type_of(o));
    return native && native->refuse ? native->refuse(op, o, other, left) : NOT_IMPLEMENTED;
}

static Object *unsupported(Operator op, const char *symbol, Object *a, Object *b) {
    Object *refused = refuse(op, a, b, true);
    if (refused == NOT_IMPLEMENTED) refused = refuse(op, b, a, false);
    if (refused != NOT_IMPLEMENTED) return NULL;
    return gilt_raise(GILT_TYPE_ERROR, "unsupported operand type(s) for %s: '%s' and '%s'",
                      symbol, type_of(a)->name, type_of(b)->name);
}

static Object *too_deep(void) {
    return gilt_raise(GILT_RECURSION_ERROR, "maximum recursion depth exceeded");
}

static Object *left(Operator op, Object *a, Object *b) {
    const TypeOps *ops = type_of(a)->ops;
    if (unlikely(type_is_program(type_of(a)))) return dispatch_left(op, a, b);
    return ops->operate ? ops->operate(op, a, b) : NOT_IMPLEMENTED;
}

static Object *right(Operator op, Object *a, Object *b) {
    const TypeOps *ops = type_of(b)->ops;
    if (unlikely(type_is_program(type_of(b)))) return dispatch_right(op, a, b);
    return ops->operate ? ops->operate(op, a, b) : NOT_IMPLEMENTED;
}

/* Does the class of b inherit that of a, and say something else about the operator? */
static bool right_is_first(Operator op, Object *a, Object *b) {
    Type *one = type_of(a), *other = type_of(b);
    if (one == other) return false;
    if (!type_is_program(other))
        return other->base == one && other->ops->operate != one->ops->operate;
    if (!class_inherits(other, one)) return false;
    Special special = (Special)(SPECIAL_RADD + 3 * op);
    Object *mine = class_own_special(one, special);
    Object *its = class_own_special(other, special);
    decref_maybe(mine);
    decref_maybe(its);
    return its && its != mine;
}

/* A built-in type whose code is the other's, too, is not asked again. */
static bool asked_already(Object *a, Object *b) {
    if (type_is_program(type_of(a)) || type_is_program(type_of(b))) return false;
    return type_of(a)->ops->operate == type_of(b)->ops->operate;
}

static Object *operate(Operator op, Object *a, Object *b) {
    if (unlikely(stack_is_deep())) return too_deep();
    if (unlikely(right_is_first(op, a, b))) {
        Object *result = right(op, a, b);
        return result == NOT_IMPLEMENTED ? left(op, a, b) : result;
    }
    Object *result = left(op, a, b);
    if (likely(result != NOT_IMPLEMENTED) || asked_already(a, b)) return result;
    return right(op, a, b);
}

Object *object_operate(Operator op, Object *a, Object *b) {
    Object *result = operate(op, a, b);
    return likely(result != NOT_IMPLEMENTED) ? result : unsupported(op, symbols[op], a, b);
}

Object *object_update(Operator op, Object *a, Object *b) {
    const TypeOps *ops = type_of(a)->ops;
    Object *result = ops->update ? ops->update(op, a, b) : NOT_IMPLEMENTED;
    if (result == NOT_IMPLEMENTED) result = operate(op, a, b);
    return likely(result != NOT_IMPLEMENTED) ? result : unsupported(op, updates[op], a, b);
}

Object *object_unary(Unary op, Object *o) {
    static const char *const names[] = {"unary -", "unary +", "unary ~", "abs()"};
    const TypeOps *ops = type_of(o)->ops;
    if (unlikely(stack_is_deep())) return too_deep();
    Object *result = ops->unary ? ops->unary(op, o) : NOT_IMPLEMENTED;
    if (likely(result != NOT_IMPLEMENTED)) return result;
    return gilt_raise(GILT_TYPE_ERROR, "bad operand type for %s: '%s'", names[op],
                      type_of(o)->name);
}

GiltObject *gilt_add(GiltObject *a, GiltObject *b) { return object_operate(OP_ADD, a, b); }
GiltObject *gilt_subtract(GiltObject *a, GiltObject *b) {
    return object_operate(OP_SUBTRACT, a, b);
}
GiltObject *gilt_multiply(GiltObject *a, GiltObject *b) {
    return object_operate(OP_MULTIPLY, a, b);
}
GiltObject *gilt_divide(GiltObject *a, GiltObject *b) {
    return object_operate(OP_DIVIDE, a, b);
}
GiltObject *gilt_floor_divide(GiltObject *a, GiltObject *b) {
    return object_operate(OP_FLOOR, a, b);
}
GiltObject *gilt_remainder(GiltObject *a, GiltObject *b) {
    return object_operate(OP_REMAINDER, a, b);
}
GiltObject *gilt_negative(GiltObject *a) { return object_unary(UNARY_NEGATIVE, a); }
