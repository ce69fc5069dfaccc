/* str_test.c: is a text all digits, letters, lower case ...? An empty one is not, but for
 * what only forbids: isascii and isprintable. */
#include "core/types/str_internal.h"

static bool all_are(Object *o, bool (*is)(uint32_t)) {
    size_t length = str_length(o);
    for (size_t i = 0; i < length; i++)
        if (!is(str_at(o, i))) return false;
    return length > 0;
}

static bool is_space(uint32_t point) { return point_is_space(point); }

static bool is_alnum(uint32_t point) {
    return point_is_alpha(point) || point_is_decimal(point) || point_is_digit(point) ||
           point_is_numeric(point);
}

#define TEST_OF_ALL(name, is)                                                              \
    Object *name(Object *o, Object *const *arguments, size_t count) {                      \
        (void)arguments, (void)count;                                                      \
        return gilt_bool(all_are(o, is));                                                  \
    }
TEST_OF_ALL(str_isalnum, is_alnum)
TEST_OF_ALL(str_isalpha, point_is_alpha)
TEST_OF_ALL(str_isdecimal, point_is_decimal)
TEST_OF_ALL(str_isdigit, point_is_digit)
TEST_OF_ALL(str_isnumeric, point_is_numeric)
TEST_OF_ALL(str_isspace, is_space)

Object *str_isascii(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_bool(str_kind(o) == STR_ASCII);
}

Object *str_isprintable(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    for (size_t i = 0; i < str_length(o); i++)
        if (!point_is_printable(str_at(o, i))) return gilt_bool(false);
    return gilt_bool(true);
}

Object *str_isidentifier(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    size_t length = str_length(o);
    bool well = length && point_starts_name(str_at(o, 0));
    for (size_t i = 1; well && i < length; i++) well = point_continues_name(str_at(o, i));
    return gilt_bool(well);
}

/* Some letter is of the case, and none of the other. */
static bool all_cased(Object *o, bool (*wanted)(uint32_t), bool (*other)(uint32_t)) {
    bool found = false;
    for (size_t i = 0; i < str_length(o); i++) {
        uint32_t point = str_at(o, i);
        if (other(point) || point_is_title(point)) return false;
        found |= wanted(point);
    }
    return found;
}

Object *str_islower(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_bool(all_cased(o, point_is_lower, point_is_upper));
}

Object *str_isupper(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    return gilt_bool(all_cased(o, point_is_upper, point_is_lower));
}

Object *str_istitle(Object *o, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    bool found = false, inside = false;
    for (size_t i = 0; i < str_length(o); i++) {
        uint32_t point = str_at(o, i);
        bool starts = point_is_upper(point) || point_is_title(point);
        if (starts == inside && (starts || point_is_lower(point))) return gilt_bool(false);
        inside = starts || point_is_lower(point);
        found |= inside;
    }
    return gilt_bool(found);
}
