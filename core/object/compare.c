/* compare.c: ==, < and the like for any two objects.
 *
 * The left operand is asked, then the right one the other way round; first the right one if
 * its class inherits the left one's. What nobody knows is identity for == and !=, and a
 * TypeError for the rest. */
#include "core/object/operations.h"
#include "core/threads/stack.h"
#include "core/types/class.h"
#include "core/types/dispatch.h"
#include "core/types/wrappers.h"

static const char *const symbols[] = {"<", "<=", "==", "!=", ">", ">="};

static Object *too_deep(void) {
    return gilt_raise(GILT_RECURSION_ERROR,
                      "maximum recursion depth exceeded in comparison");
}

/* ---- one side ---- */

static Object *answer_of(int truth, bool opposite) {
    if (truth == 2) return NOT_IMPLEMENTED;
    return truth < 0 ? NULL : gilt_bool(opposite ? !truth : truth);
}

/* Is the order of a and b what these ops say, whichever comes first? */
static bool both_know(const TypeOps *ops, Object *b) {
    const TypeOps *other = type_native(type_of(b));
    return other && other->less == ops->less;
}

static Object *compare_order(const TypeOps *ops, Comparison op, Object *a, Object *b) {
    if (!ops->less) return NOT_IMPLEMENTED;
    switch (op) {
    case COMPARE_LESS:
        return answer_of(ops->less(a, b), false);
    case COMPARE_GREATER_EQUAL:
        return answer_of(ops->less(a, b), true);
    case COMPARE_GREATER:
        return both_know(ops, b) ? answer_of(ops->less(b, a), false) : NOT_IMPLEMENTED;
    default:
        return both_know(ops, b) ? answer_of(ops->less(b, a), true) : NOT_IMPLEMENTED;
    }
}

Object *ops_compare(const TypeOps *ops, Comparison op, Object *a, Object *b) {
    if (op == COMPARE_EQUAL || op == COMPARE_UNEQUAL) {
        if (ops->equal) return answer_of(ops->equal(a, b), op == COMPARE_UNEQUAL);
        return ops->compare ? ops->compare(op, a, b) : NOT_IMPLEMENTED;
    }
    return ops->compare ? ops->compare(op, a, b) : compare_order(ops, op, a, b);
}

static Object *ask(Comparison op, Object *a, Object *b) {
    const Type *type = type_of(a);
    if (type_is_program(type))
        return type->ops->compare ? type->ops->compare(op, a, b)
                                  : ops_compare(type->ops, op, a, b);
    return ops_compare(type->ops, op, a, b);
}

/* ---- both ---- */

static bool right_is_first(Object *a, Object *b) {
    const Type *left = type_of(a), *right = type_of(b);
    return unlikely(left != right && type_is_program(right) && class_inherits(right, left));
}

Object *object_compare(Comparison op, Object *a, Object *b) {
    if (unlikely(stack_is_deep())) return too_deep();
    bool right_first = right_is_first(a, b);
    Object *answer = right_first ? ask(compare_swapped(op), b, a) : NOT_IMPLEMENTED;
    if (answer == NOT_IMPLEMENTED) answer = ask(op, a, b);
    if (answer == NOT_IMPLEMENTED && !right_first) answer = ask(compare_swapped(op), b, a);
    if (likely(answer != NOT_IMPLEMENTED)) return answer;
    if (op == COMPARE_EQUAL) return gilt_bool(a == b);
    if (op == COMPARE_UNEQUAL) return gilt_bool(a != b);
    return gilt_raise(GILT_TYPE_ERROR,
                      "'%s' not supported between instances of '%s' and '%s'", symbols[op],
                      type_of(a)->name, type_of(b)->name);
}

int object_compare_true(Comparison op, Object *a, Object *b) {
    Object *answer = object_compare(op, a, b);
    if (!answer) return -1;
    int truth = gilt_true(answer);
    decref(answer);
    return truth;
}

/* ---- for containers ---- */

static int ask_equal(Object *a, Object *b) {
    const TypeOps *ops = type_of(a)->ops;
    return ops->equal ? ops->equal(a, b) : 2;
}

/* Has any of the two more to say than `equal` of its ops? */
static bool is_simple(Object *o) {
    const Type *type = type_of(o);
    return type->ops->equal || !type->ops->compare;
}

int gilt_equal(GiltObject *a, GiltObject *b) {
    if (a == b && !is_type(a, GILT_FLOAT)) return 1;
    if (unlikely(stack_is_deep())) return too_deep(), -1;
    if (unlikely(right_is_first(a, b) || !is_simple(a) || !is_simple(b)))
        return object_compare_true(COMPARE_EQUAL, a, b);
    int answer = ask_equal(a, b);
    if (answer == 2) answer = ask_equal(b, a);
    return answer == 2 ? a == b : answer;
}

int gilt_less(GiltObject *a, GiltObject *b) {
    const TypeOps *ops = type_of(a)->ops;
    if (likely(ops->less && a->type == b->type && !type_is_program(type_of(a)))) {
        if (unlikely(stack_is_deep())) return too_deep(), -1;
        int answer = ops->less(a, b);
        if (answer != 2) return answer;
    }
    return object_compare_true(COMPARE_LESS, a, b);
}
