/* number.c: what an object is worth as a number, and built-in functions on any number.
 *
 * Objects that are no numbers are asked for special methods: __index__ for an int that
 * loses nothing, __float__ for a double. */
#include "core/types/number.h"
#include "core/object/operations.h"
#include "core/types/class.h"
#include "core/types/complex.h"
#include "core/types/float.h"
#include "core/types/int.h"
#include <stdlib.h>

Object *number_special(Object *o, int special) {
    Object *method = class_special(type_of(o), (Special)special);
    return method ? class_call(method, o, NULL, 0) : NULL;
}

/* ---- As an int ------------------------------------------------------------------- */

bool number_index_cut(Object *o, int64_t *value) {
    Object *index = object_as_int(o);
    if (!index) return false;
    if (int_is_big(index))
        *value = int_is_negative(index) ? INT64_MIN : INT64_MAX;
    else
        *value = int_small(index);
    decref(index);
    return true;
}

/* ---- As a double ----------------------------------------------------------------- */

static bool has_special(Object *o, Special special) {
    Object *method = class_special(type_of(o), special);
    decref_maybe(method);
    return method != NULL;
}

bool number_has_double(Object *o) {
    if (float_check(o) || int_check(o)) return true;
    return has_special(o, SPECIAL_FLOAT) || has_special(o, SPECIAL_INDEX);
}

/* 1; 0: the object has no __float__; -1. */
static int float_special(Object *o, double *value) {
    Object *answer = number_special(o, SPECIAL_FLOAT);
    if (!answer) return gilt_error() ? -1 : 0;
    bool well = float_check(answer);
    if (well)
        *value = float_value(answer);
    else
        gilt_raise(GILT_TYPE_ERROR, "%s.__float__ returned non-float (type %s)",
                   gilt_type_name(o), gilt_type_name(answer));
    decref(answer);
    return well ? 1 : -1;
}

static bool double_special(Object *o, double *value) {
    int known = float_special(o, value);
    if (known) return known > 0;
    if (!has_special(o, SPECIAL_INDEX)) {
        gilt_raise(GILT_TYPE_ERROR, "must be real number, not %s", gilt_type_name(o));
        return false;
    }
    Object *index = object_as_int(o);
    if (!index) return false;
    bool well = int_to_double(index, value);
    decref(index);
    return well;
}

bool number_double(Object *o, double *value) {
    if (likely(is_type(o, GILT_FLOAT))) return *value = float_value(o), true;
    if (o->type >= BUILTIN_TYPES) return double_special(o, value);
    if (int_check(o)) return int_to_double(o, value);
    return double_special(o, value);
}

/* ---- round, abs, divmod, pow ----------------------------------------------------- */

Object *number_round(Object *o, Object *digits) {
    if (digits && is_type(digits, GILT_NONE)) digits = NULL;
    Object *method = class_special(type_of(o), SPECIAL_ROUND);
    if (method) return class_call(method, o, &digits, digits ? 1 : 0);
    if (gilt_error()) return NULL;
    return gilt_raise(GILT_TYPE_ERROR, "type %s doesn't define __round__ method",
                      gilt_type_name(o));
}

Object *number_abs(Object *o) { return object_unary(UNARY_ABSOLUTE, o); }

Object *number_divmod(Object *a, Object *b) { return object_operate(OP_DIVMOD, a, b); }

static Object *power_special(Object *a, Object *b, Object *modulus) {
    if (a->type < BUILTIN_TYPES) return NOT_IMPLEMENTED;
    Object *method = class_special(type_of(a), SPECIAL_POWER);
    if (!method) return gilt_error() ? NULL : NOT_IMPLEMENTED;
    return class_call(method, a, (Object *[]){b, modulus}, 2);
}

Object *number_power(Object *a, Object *b, Object *modulus) {
    if (!modulus || is_type(modulus, GILT_NONE)) return object_operate(OP_POWER, a, b);
    if (is_type(a, GILT_INT) && int_check(b) && int_check(modulus))
        return int_power(a, b, modulus);
    Object *result = power_special(a, b, modulus);
    if (result != NOT_IMPLEMENTED) return result;
    if (int_check(a) && int_check(b) && int_check(modulus)) return int_power(a, b, modulus);
    if (float_check(a) && number_has_double(b))
        return gilt_raise(
            GILT_TYPE_ERROR,
            "pow() 3rd argument not allowed unless all arguments are integers");
    if (complex_check(a)) return gilt_raise(GILT_VALUE_ERROR, "complex modulo");
    return gilt_raise(GILT_TYPE_ERROR,
                      "unsupported operand type(s) for ** or pow(): '%s', '%s', '%s'",
                      gilt_type_name(a), gilt_type_name(b), gilt_type_name(modulus));
}

/* ---- Keywords -------------------------------------------------------------------- */

int number_keyword(Object *names, size_t i, const char *const *words, int count,
                   const char *function) {
    Object *name = gilt_tuple_get(names, (ssize_t)i);
    int at = -1;
    for (int word = 0; word < count && at < 0; word++)
        if (name == gilt_intern(words[word])) at = word;
    if (at < 0) {
        char *text = gilt_str_utf8(name, NULL);
        if (text)
            gilt_raise(GILT_TYPE_ERROR, "'%s' is an invalid keyword argument for %s()",
                       text, function);
        free(text);
    }
    decref(name);
    return at;
}
