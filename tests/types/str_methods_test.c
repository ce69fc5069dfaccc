/* str_methods_test.c: find, split, join, strip, lower and upper do what Python's do.
 * Expected texts are those of Python 3.11. */
#include "tests/types/str_texts.h"

/* ---- Find, split, join ---- */

TEST(str_find_gives_the_first_place_from_an_index) {
    static const struct {
        const char *text, *part;
        ssize_t from, at;
    } cases[] = {{"hello hello", "llo", 0, 2},
                 {"hello hello", "llo", 3, 8},
                 {"hello hello", "llo", -3, 8},
                 {"hello", "llo", -100, 2},
                 {"hello", "x", 0, -1},
                 {"hello", "", 0, 0},
                 {"hello", "", 5, 5},
                 {"hello", "", 6, -1},
                 {"hello", "hello!", 0, -1},
                 {"", "", 0, 0},
                 {"", "a", 0, -1},
                 {"\u20acuro \u20ac", "\u20ac", 1, 5},
                 {"\u20acuro", "uro", 0, 1},
                 {"euro", "\u20ac", 0, -1},
                 {"\U0001F600ab", "ab", 0, 1},
                 {"\U0001F600\u00e9", "\u00e9", 0, 1},
                 {"hello", "o", 4, 4},
                 {"\u0100\x01\u0100", "\x01", 0, 1},
                 {"\u6162\u6364", "bc", 0, -1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        GiltObject *s = S(cases[i].text), *part = S(cases[i].part);
        assert_int_equal(gilt_str_find(s, part, cases[i].from), cases[i].at);
        gilt_decref(s), gilt_decref(part);
    }
}

/* A long ASCII part must be widened in memory of its own. */
TEST(str_find_widens_a_long_part) {
    GiltObject *unit = S("0123456789"), *times = gilt_int(20), *face = S("\U0001F600");
    GiltObject *part = gilt_multiply(unit, times), *s = gilt_add(face, part);
    assert_int_equal(gilt_str_find(s, part, 0), 1);
    assert_int_equal(gilt_str_find(s, part, 2), -1);
    gilt_decref(unit), gilt_decref(face), gilt_decref(part), gilt_decref(s);
}

TEST(str_find_wants_strs) {
    GiltObject *s = S("abc"), *number = gilt_int(1);
    assert_int_equal(gilt_str_find(s, number, 0), -2);
    assert_raised_text(GILT_TYPE_ERROR, "must be str, not int");
    gilt_decref(s);
}

static void assert_split(const char *text, const char *separator, const char *list) {
    GiltObject *s = S(text), *at = separator ? S(separator) : NULL;
    assert_repr(gilt_str_split(s, at), list);
    gilt_decref(s), gilt_decref(at);
}

TEST(str_split_at_white_space_gives_words) {
    assert_split("", NULL, "[]");
    assert_split(" \t\n ", NULL, "[]");
    assert_split("one", NULL, "['one']");
    assert_split("  one  two\tthree\n", NULL, "['one', 'two', 'three']");
    assert_split("a\u00a0b\u2003c\u3000\xc2\x85\u20ac", NULL, "['a', 'b', 'c', '\u20ac']");
    assert_split("a\x1c\x1f"
                 "b\u200bc",
                 NULL, "['a', 'b\\u200bc']"); /* U+200B is none */
}

TEST(str_split_gives_any_number_of_parts) {
    GiltObject *unit = S("ab "), *times = gilt_int(1000),
               *text = gilt_multiply(unit, times);
    GiltObject *list = gilt_str_split(text, NULL), *space = S(" ");
    assert_int_equal(gilt_list_size(list), 1000);
    for (ssize_t i = 0; i < 1000; i++) assert_text(gilt_list_get(list, i), "ab");
    GiltObject *joined = gilt_str_join(space, list);
    assert_int_equal(gilt_len(joined), 2999);
    gilt_decref(unit), gilt_decref(times), gilt_decref(text), gilt_decref(list);
    gilt_decref(joined);
}

TEST(str_split_at_a_separator_keeps_empty_parts) {
    assert_split("a,b,,c,", ",", "['a', 'b', '', 'c', '']");
    assert_split("", ",", "['']");
    assert_split("abc", ",", "['abc']");
    assert_split("a--b---c", "--", "['a', 'b', '-c']");
    assert_split("aaaa", "aa", "['', '', '']");
    assert_split("x\u20acy\u20acz", "\u20ac", "['x', 'y', 'z']");
    assert_split("\U0001F600, b", ", ", "['\U0001F600', 'b']");
    assert_split("abc", "\u20ac", "['abc']");
}

TEST(str_split_refuses_an_empty_separator) {
    GiltObject *s = S("abc"), *empty = S(""), *number = gilt_int(1);
    assert_null(gilt_str_split(s, empty));
    assert_raised_text(GILT_VALUE_ERROR, "empty separator");
    assert_null(gilt_str_split(s, number));
    assert_raised(GILT_TYPE_ERROR);
    gilt_decref(s);
}

static void assert_join(const char *separator, const char *text, const char *joined) {
    GiltObject *at = S(separator), *s = S(text), *list = gilt_str_split(s, NULL);
    assert_text(gilt_str_join(at, list), joined);
    gilt_decref(at), gilt_decref(s), gilt_decref(list);
}

TEST(str_join_puts_the_separator_between) {
    assert_join(", ", "", "");
    assert_join(", ", "one", "one");
    assert_join(", ", "one two three", "one, two, three");
    assert_join("", "a b c", "abc");
    assert_join("\u20ac", "a b", "a\u20acb");
    assert_join("-", "a \u00e9 \u20ac \U0001F600", "a-\u00e9-\u20ac-\U0001F600");
    GiltObject *comma = S(","), *word = S("word");
    GiltObject *tuple = gilt_tuple_new((GiltObject *[]){word, word}, 2);
    assert_text(gilt_str_join(comma, tuple), "word,word");
    gilt_decref(comma), gilt_decref(word), gilt_decref(tuple);
}

TEST(str_join_wants_a_list_of_strs) {
    GiltObject *comma = S(","), *word = S("word"), *number = gilt_int(1);
    GiltObject *list = gilt_list_new((GiltObject *[]){word, number}, 2);
    assert_null(gilt_str_join(comma, list));
    assert_raised_text(GILT_TYPE_ERROR,
                       "sequence item 1: expected str instance, int found");
    assert_null(gilt_str_join(comma, number));
    assert_raised_text(GILT_TYPE_ERROR, "can only join an iterable");
    gilt_decref(comma), gilt_decref(word), gilt_decref(list);
}

/* ---- Strip and case ---- */

TEST(str_strip_takes_white_space_off_both_ends) {
    static const char *const cases[][2] = {{"  a b \n", "a b"},
                                           {"ab", "ab"},
                                           {" \t ", ""},
                                           {"", ""},
                                           {"\u3000\u20ac\u00a0", "\u20ac"},
                                           {"\x1f"
                                            "a\u200b",
                                            "a\u200b"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        GiltObject *s = S(cases[i][0]);
        assert_text(gilt_str_strip(s), cases[i][1]);
        gilt_decref(s);
    }
}

TEST(str_case_follows_unicode) {
    static const char *const cases[][3] = {
        {"Hello, World 09@[`{", "hello, world 09@[`{", "HELLO, WORLD 09@[`{"},
        {"\u00c9t\u00e9 \u00d7\u00f7\u00df", "\u00e9t\u00e9 \u00d7\u00f7\u00df",
         "\u00c9T\u00c9 \u00d7\u00f7SS"},
        {"\u00ff\u00b5", "\u00ff\u00b5", "\u0178\u039c"},
        {"", "", ""},
        {"a", "a", "A"},
        {"Z", "z", "Z"},
        {"A\u20acb\U0001F600", "a\u20acb\U0001F600", "A\u20acB\U0001F600"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        GiltObject *s = S(cases[i][0]);
        assert_text(gilt_str_lower(s), cases[i][1]);
        assert_text(gilt_str_upper(s), cases[i][2]);
        gilt_decref(s);
    }
}

TEST(str_functions_refuse_other_types) {
    GiltObject *number = gilt_int(1);
    assert_nothing(gilt_str_lower(number));
    assert_raised(GILT_TYPE_ERROR);
    assert_nothing(gilt_str_strip(number));
    assert_raised(GILT_TYPE_ERROR);
    assert_nothing(gilt_str_slice(number, 0, 1));
    assert_raised(GILT_TYPE_ERROR);
    assert_null(gilt_str_utf8(number, NULL));
    assert_raised(GILT_TYPE_ERROR);
}

TESTS(test(str_find_gives_the_first_place_from_an_index), test(str_find_widens_a_long_part),
      test(str_find_wants_strs), test(str_split_at_white_space_gives_words),
      test(str_split_gives_any_number_of_parts),
      test(str_split_at_a_separator_keeps_empty_parts),
      test(str_split_refuses_an_empty_separator), test(str_join_puts_the_separator_between),
      test(str_join_wants_a_list_of_strs), test(str_strip_takes_white_space_off_both_ends),
      test(str_case_follows_unicode),
      test(str_functions_refuse_other_types))
