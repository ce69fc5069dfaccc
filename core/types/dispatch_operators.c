/* dispatch_operators.c: operators and comparisons of instances of classes: dispatch.h.
 *
 * The order in which the two operands are asked is for operators.c and compare.c; here one
 * side answers, or says NOT_IMPLEMENTED. */
#include "core/object/error.h"
#include "core/object/operations.h"
#include "core/types/class.h"
#include "core/types/dispatch.h"
#include "core/types/singletons.h"
#include "core/types/wrappers.h"

static Object *own(Object *o, Special special) {
    return class_own_special(type_of(o), special);
}

static const TypeOps *native_of(Object *o) { return type_native(type_of(o)); }

static Special special_of(Operator op) { return (Special)(SPECIAL_ADD + 3 * op); }

/* What a method answered: a program's NotImplemented is ours. */
static Object *answered(Object *answer) {
    return answer == not_implemented() ? NOT_IMPLEMENTED : answer;
}

/* The method, which may be None: it does not work with any operand. */
static Object *ask(Object *method, Object *self, Object *other) {
    if (is_type(method, GILT_NONE)) return NOT_IMPLEMENTED;
    return answered(class_call(method, self, &other, 1));
}

Object *dispatch_left(Operator op, Object *a, Object *b) {
    Object *method = own(a, special_of(op));
    if (method) return ask(method, a, b);
    const TypeOps *native = native_of(a);
    return native && native->operate ? native->operate(op, a, b) : NOT_IMPLEMENTED;
}

Object *dispatch_right(Operator op, Object *a, Object *b) {
    Object *method = own(b, special_of(op) + 1);
    if (method) return ask(method, b, a);
    const TypeOps *native = native_of(b);
    return native && native->operate ? native->operate(op, a, b) : NOT_IMPLEMENTED;
}

Object *dispatch_operate(Operator op, Object *a, Object *b) {
    Object *result = NOT_IMPLEMENTED;
    if (type_is_program(type_of(a))) result = dispatch_left(op, a, b);
    if (result == NOT_IMPLEMENTED && type_is_program(type_of(b)))
        result = dispatch_right(op, a, b);
    return result;
}

Object *dispatch_update(Operator op, Object *a, Object *b) {
    Object *method = own(a, special_of(op) + 2);
    if (method) return ask(method, a, b);
    const TypeOps *native = native_of(a);
    return native && native->update ? native->update(op, a, b) : NOT_IMPLEMENTED;
}

Object *dispatch_unary(Unary op, Object *o) {
    Object *method = own(o, (Special)(SPECIAL_NEG + op));
    if (method) return class_call(method, o, NULL, 0);
    const TypeOps *native = native_of(o);
    return native && native->unary ? native->unary(op, o) : NOT_IMPLEMENTED;
}

/* ---- comparisons ---- */

/* !=, where the class says nothing, is the opposite of what it says about ==. */
static Object *opposite(Object *answer) {
    if (!answer || answer == NOT_IMPLEMENTED) return answer;
    int truth = gilt_true(answer);
    decref(answer);
    return truth < 0 ? NULL : gilt_bool(!truth);
}

Object *dispatch_compare(Comparison comparison, Object *a, Object *b) {
    Object *method = own(a, (Special)(SPECIAL_LT + comparison));
    if (method) return ask(method, a, b);
    if (comparison == COMPARE_UNEQUAL && class_has_special(type_of(a), SPECIAL_EQ))
        return opposite(dispatch_compare(COMPARE_EQUAL, a, b));
    const TypeOps *native = native_of(a);
    return native ? ops_compare(native, comparison, a, b) : NOT_IMPLEMENTED;
}

/* As `equal` and `less` of TypeOps answer. */
static int truth_of(Object *answer) {
    if (answer == NOT_IMPLEMENTED) return 2;
    if (!answer) return -1;
    int truth = gilt_true(answer);
    decref(answer);
    return truth;
}

int dispatch_equal(Object *a, Object *b) {
    if (likely(!class_has_special(type_of(a), SPECIAL_EQ))) {
        const TypeOps *native = native_of(a);
        if (!native) return 2;
        if (native->equal) return native->equal(a, b);
    }
    return truth_of(dispatch_compare(COMPARE_EQUAL, a, b));
}

int dispatch_less(Object *a, Object *b) {
    return truth_of(dispatch_compare(COMPARE_LESS, a, b));
}
