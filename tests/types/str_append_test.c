/* str_append_test.c: a text that grows in place is seen by nobody else, and is what copying
 * would have made. */
#include "tests/testing.h"

#include "core/types/str.h"

static Object *text(const char *utf8) { return gilt_str_from(utf8); }

TEST(appending_gives_the_sum) {
    static const char *const parts[] = {"",  "a",       "bc",        "\u00e9",
                                        "d", "\u0391x", "\U0001f600"};
    Object *grown = text("start"), *copied = text("start");
    for (int i = 0; i < 3000; i++) {
        Object *part = text(parts[i / 500 % 7]), *sum = gilt_add(copied, part);
        gilt_decref(copied);
        copied = sum;
        grown = str_append_owned(grown, part);
        assert_int_equal(gilt_equal(grown, copied), 1);
        gilt_decref(part);
    }
    int64_t a = 0, b = 0;
    assert_true(gilt_hash(grown, &a) && gilt_hash(copied, &b));
    assert_true(a == b);
    gilt_decref(grown), gilt_decref(copied);
}

TEST(a_shared_text_does_not_change) {
    Object *left = text("left hand"), *kept = gilt_incref(left), *right = text("x");
    Object *sum = str_append_owned(left, right);
    assert_ptr_not_equal(sum, kept);
    assert_repr(kept, "'left hand'");
    assert_repr(sum, "'left handx'");
    gilt_decref(right);
}

TEST(an_unshared_text_grows_in_its_block) {
    Object *grown = text("0123456789012345678901234567890"), *one = text("x");
    int moves = 0, appends = 200000;
    for (int i = 0; i < appends; i++) {
        Object *before = grown;
        grown = str_append_owned(grown, one);
        moves += grown != before;
    }
    assert_int_equal(gilt_len(grown), 31 + appends);
    assert_in_range(moves, 1, 120);
    gilt_decref(grown), gilt_decref(one);
}

TEST(what_cannot_be_appended_is_refused_and_dropped) {
    Object *number = gilt_int(1);
    assert_null(str_append_owned(text("some text"), number));
    assert_raised_text(GILT_TYPE_ERROR, "can only concatenate str (not \"int\") to str");
    gilt_decref(number);
}

TESTS(test(appending_gives_the_sum), test(a_shared_text_does_not_change),
      test(an_unshared_text_grows_in_its_block),
      test(what_cannot_be_appended_is_refused_and_dropped))
