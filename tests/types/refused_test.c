/* refused_test.c: operations that an object does not have, and limits, are refused with
 * Python's texts, and nothing is changed. */
#include "tests/testing.h"

#include "core/types/shape.h"
#include <wchar.h>

TEST(a_number_has_no_items) {
    GiltObject *number = gilt_int(5), *key = gilt_int(0);
    assert_null(gilt_get_item(number, key));
    assert_raised_text(GILT_TYPE_ERROR, "'int' object is not subscriptable");
    assert_false(gilt_set_item(number, key, key));
    assert_raised_text(GILT_TYPE_ERROR, "'int' object does not support item assignment");
    assert_false(gilt_del_item(number, key));
    assert_raised_text(GILT_TYPE_ERROR, "'int' object does not support item deletion");
    assert_int_equal(gilt_contains(number, key), -1);
    assert_raised_text(GILT_TYPE_ERROR, "argument of type 'int' is not iterable");
    assert_int_equal(gilt_len(number), -1);
    assert_raised_text(GILT_TYPE_ERROR, "object of type 'int' has no len()");
}

TEST(only_a_weak_reference_can_be_asked_for_its_referent) {
    GiltObject *list = gilt_list_new(NULL, 0);
    assert_null(gilt_weakref_get(list));
    assert_raised_text(GILT_TYPE_ERROR, "must be weakref, not list");
    gilt_decref(list);
}

TEST(a_weak_reference_is_called_without_arguments) {
    GiltObject *set = gilt_set_new(NULL, 0), *weak = gilt_weakref_new(set, NULL);
    assert_null(gilt_call(weak, &set, 1));
    assert_raised_text(GILT_TYPE_ERROR, "weakref expected 0 arguments, got 1");
    GiltObject *got = gilt_call(weak, NULL, 0);
    assert_ptr_equal(got, set);
    gilt_decref(got);
    gilt_decref(weak);
    gilt_decref(set);
}

TEST(a_class_has_no_more_slots_than_a_shape_has_names) {
    static char texts[SHAPE_NAMES_MAX + 1][20];
    static const char *slots[SHAPE_NAMES_MAX + 2];
    for (int i = 0; i <= SHAPE_NAMES_MAX; i++) {
        snprintf(texts[i], sizeof texts[i], "slot_%d", i);
        slots[i] = texts[i];
    }
    assert_null(gilt_class_new("Wide", NULL, slots));
    char text[64];
    snprintf(text, sizeof text, "a class has at most %d slots", SHAPE_NAMES_MAX);
    assert_raised_text(GILT_TYPE_ERROR, text);
}

TEST(text_that_cannot_be_formatted_is_a_value_error) {
    const wchar_t surrogate[] = {0xD800, 0};
    assert_null(gilt_str_format("%ls", surrogate));
    assert_raised_text(GILT_VALUE_ERROR, "invalid format");
}

/* Two bytes of one character and of the next may look like a third character. */
TEST(a_character_is_not_found_between_two) {
    GiltObject *text = gilt_str_from("\u0141\u4101"), *part = gilt_str_from("\u0101");
    assert_int_equal(gilt_str_find(text, part, 0), -1);
    GiltObject *more = gilt_str_from("\u0141\u4101\u0101");
    assert_int_equal(gilt_str_find(more, part, 0), 2);
    gilt_decref(text);
    gilt_decref(part);
    gilt_decref(more);
}

TESTS(test(a_number_has_no_items),
      test(only_a_weak_reference_can_be_asked_for_its_referent),
      test(a_weak_reference_is_called_without_arguments),
      test(a_class_has_no_more_slots_than_a_shape_has_names),
      test(text_that_cannot_be_formatted_is_a_value_error),
      test(a_character_is_not_found_between_two))
