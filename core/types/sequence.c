/* sequence.c: see sequence.h. */
#include "core/types/sequence.h"
#include "core/types/bytes.h"
#include "core/types/class.h"
#include "core/types/slice.h"
#include <stdlib.h>

Object *sizes_compare(Comparison op, size_t left, size_t right) {
    const bool answers[] = {
        [COMPARE_LESS] = (left < right),    [COMPARE_LESS_EQUAL] = (left <= right),
        [COMPARE_EQUAL] = (left == right),  [COMPARE_UNEQUAL] = (left != right),
        [COMPARE_GREATER] = (left > right), [COMPARE_GREATER_EQUAL] = (left >= right),
    };
    return gilt_bool(answers[op]);
}

bool sequence_is_times(Object *o, Special special) {
    if (is_kind(o, GILT_INT)) return true;
    return type_is_program(type_of(o)) && index_has(o) &&
           !class_has_special(type_of(o), special);
}

bool sequence_product(Object *times, size_t count, size_t *size) {
    Object *index = index_object(times);
    bool well = index && bytes_product(index, count, PTRDIFF_MAX, size);
    decref_maybe(index);
    return well;
}

Object *sequence_refuse(Operator op, Object *o, Object *other, bool left) {
    const char *given = type_of(other)->name;
    if (op == OP_MULTIPLY)
        return gilt_raise(GILT_TYPE_ERROR,
                          "can't multiply sequence by non-int of type '%s'", given);
    if (op != OP_ADD || !left) return NOT_IMPLEMENTED;
    if (buffer_check(o))
        return gilt_raise(GILT_TYPE_ERROR, "can't concat %s to %s", given,
                          type_of(o)->name);
    const char *type = is_kind(o, GILT_STR)     ? "str"
                       : is_kind(o, GILT_LIST)  ? "list"
                       : is_kind(o, GILT_TUPLE) ? "tuple"
                                                : "deque";
    return gilt_raise(GILT_TYPE_ERROR, "can only concatenate %s (not \"%s\") to %s", type,
                      given, type);
}

Object *sequence_has_not(const char *type, Object *wanted) {
    Object *shown = gilt_repr(wanted);
    char *text = shown ? gilt_str_utf8(shown, NULL) : NULL;
    if (text) gilt_raise(GILT_VALUE_ERROR, "%s is not in %s", text, type);
    free(text);
    decref_maybe(shown);
    return NULL;
}
