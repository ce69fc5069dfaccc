/* str_test.c: text behaves as Python's does: how it is made, shown, compared, cut and
 * interned, and its operators. str_methods_test.c is about its methods. Expected texts are
 * those of Python 3.11. */
#include "tests/types/str_texts.h"

/* ---- Making ---- */

TEST(str_keeps_its_text_in_every_width) {
    static const char *const texts[] = {"",
                                        "a",
                                        "plain ascii text",
                                        "caf\u00e9 \u00ff",
                                        "\u00e9",
                                        "\u20ac and \u03b1",
                                        "\uffff",
                                        "\U0001F600 smile",
                                        "\U0010FFFF",
                                        "\u0100",
                                        "\U00010000"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_text(S(texts[i]), texts[i]);
}

TEST(str_length_counts_code_points) {
    static const struct {
        const char *text;
        int length;
    } cases[] = {{"", 0},
                 {"abc", 3},
                 {"\u00e9\u00e8", 2},
                 {"a\u20ac", 2},
                 {"a\U0001F600b", 3},
                 {"0123456789abcdef\u00e9"
                  "0123456789",
                  27}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        GiltObject *s = S(cases[i].text);
        assert_int_equal(gilt_len(s), cases[i].length);
        assert_int_equal(gilt_true(s), cases[i].length > 0);
        gilt_decref(s);
    }
}

TEST(str_may_contain_nul) {
    GiltObject *s = gilt_str_new("a\0b", 3);
    assert_int_equal(gilt_len(s), 3);
    size_t bytes;
    char *utf8 = gilt_str_utf8(s, &bytes);
    assert_int_equal(bytes, 3);
    assert_memory_equal(utf8, "a\0b", 4);
    free(utf8);
    assert_repr(s, "'a\\x00b'");
}

TEST(str_of_eight_ascii_characters_takes_40_bytes) {
    size_t before = gilt_memory().block_bytes;
    GiltObject *s = S("12345678");
    assert_true(gilt_memory().block_bytes - before <= 40);
    gilt_decref(s);
}

TEST(str_takes_1_2_or_4_bytes_for_each_code_point) {
    static const struct {
        const char *unit;
        size_t bytes;
    } cases[] = {{"a", 1}, {"\u00ff", 1}, {"\u0100", 2}, {"\uffff", 2}, {"\U00010000", 4}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        GiltObject *unit = S(cases[i].unit), *times = gilt_int(400);
        size_t before = gilt_memory().block_bytes;
        GiltObject *s = gilt_multiply(unit, times);
        size_t bytes = gilt_memory().block_bytes - before;
        assert_in_range(bytes, 400 * cases[i].bytes, (32 + 400 * cases[i].bytes) * 5 / 4);
        gilt_decref(s), gilt_decref(unit), gilt_decref(times);
    }
}

TEST(str_of_one_latin_1_character_is_always_the_same) {
    GiltObject *e = S("\u00e9"), *word = S("caf\u00e9"), *index = gilt_int(-1);
    GiltObject *item = gilt_get_item(word, index), *part = gilt_str_slice(word, 3, 4);
    assert_ptr_equal(e, item);
    assert_ptr_equal(e, part);
    assert_true(gilt_refcount(e) > 1 << 30);
    gilt_decref(word);
}

TEST(str_format_fills_in_texts_of_any_length) {
    assert_text(gilt_str_format("%s has %d items, %zu \u20ac", "list", -3, (size_t)7),
                "list has -3 items, 7 \u20ac");
    char word[1001] = {0};
    memset(word, 'x', 1000);
    GiltObject *s = gilt_str_format("<%s>", word);
    assert_int_equal(gilt_len(s), 1002);
    gilt_decref(s);
}

/* ---- Invalid UTF-8 ---- */

TEST(str_refuses_what_is_not_utf8_and_says_where) {
    static const struct {
        const char *bytes, *text;
    } cases[] = {{"abc\xff", "byte 0xff in position 3: invalid start byte"},
                 {"\x80", "byte 0x80 in position 0: invalid start byte"},
                 {"12345678\xc0\x80", "byte 0xc0 in position 8: invalid start byte"},
                 {"\xc1\xbf", "byte 0xc1 in position 0: invalid start byte"},
                 {"\xf5\x80\x80\x80", "byte 0xf5 in position 0: invalid start byte"},
                 {"\xc3(", "byte 0xc3 in position 0: invalid continuation byte"},
                 {"\xe0\x9f\xbf", "byte 0xe0 in position 0: invalid continuation byte"},
                 {"a\xed\xa0\x80", "byte 0xed in position 1: invalid continuation byte"},
                 {"\xed\xbf\xbf", "byte 0xed in position 0: invalid continuation byte"},
                 {"\xf0\x8f\xbf\xbf", "byte 0xf0 in position 0: invalid continuation byte"},
                 {"\xf4\x90\x80\x80", "byte 0xf4 in position 0: invalid continuation byte"},
                 {"\xe2\x82(", "bytes in position 0-1: invalid continuation byte"},
                 {"\xf0\x9f\x98(", "bytes in position 0-2: invalid continuation byte"},
                 {"\xc3", "byte 0xc3 in position 0: unexpected end of data"},
                 {"ok\xe2\x82", "bytes in position 2-3: unexpected end of data"},
                 {"\xf0\x9f\x98", "bytes in position 0-2: unexpected end of data"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[128];
        snprintf(text, sizeof text, "'utf-8' codec can't decode %s", cases[i].text);
        assert_null(S(cases[i].bytes));
        assert_raised_text(GILT_UNICODE_ERROR, text);
    }
}

TEST(str_accepts_the_ends_of_every_utf8_range) {
    static const char *const texts[] = {"\x7f",   "\xc2\x80",   "\u07ff",
                                        "\u0800", "\ud7ff",     "\ue000",
                                        "\uffff", "\U00010000", "\U0010ffff"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        GiltObject *s = S(texts[i]);
        assert_int_equal(gilt_len(s), 1);
        assert_text(s, texts[i]);
    }
}

/* ---- repr ---- */

TEST(str_repr_quotes_and_escapes_like_python) {
    static const char *const cases[][2] = {
        {"", "''"},
        {"plain", "'plain'"},
        {"it's", "\"it's\""},
        {"say \"hi\"", "'say \"hi\"'"},
        {"it's \"both\"", "'it\\'s \"both\"'"},
        {"back\\slash", "'back\\\\slash'"},
        {"\t\n\r", "'\\t\\n\\r'"},
        {"\x01\x1f\x7f", "'\\x01\\x1f\\x7f'"},
        {"caf\u00e9", "'caf\u00e9'"},
        {"\xc2\x85\u00a0\u00ad", "'\\x85\\xa0\\xad'"},
        {"\u200b\u2028\ufeff", "'\\u200b\\u2028\\ufeff'"},
        {"\u20ac", "'\u20ac'"},
        {"\U0001F600", "'\U0001F600'"},
        {"\U000E0001\U0010FFFF", "'\\U000e0001\\U0010ffff'"},
        {"\u3000", "'\\u3000'"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_repr(S(cases[i][0]), cases[i][1]);
}

TEST(str_of_a_str_is_itself) {
    GiltObject *s = S("hello"), *shown = gilt_str(s);
    assert_ptr_equal(s, shown);
    gilt_decref(s), gilt_decref(shown);
}

/* ---- Comparing ---- */

TEST(str_equal_means_same_text_however_made) {
    GiltObject *whole = S("na\u00efve"), *a = S("na"), *b = S("\u00efve");
    GiltObject *sum = gilt_add(a, b), *wide = S("na\u00efve \u20ac");
    GiltObject *cut = gilt_str_slice(wide, 0, 5);
    assert_int_equal(gilt_equal(whole, sum), 1);
    assert_int_equal(gilt_equal(whole, cut), 1);
    assert_int_equal(gilt_equal(whole, wide), 0);
    assert_int_equal(gilt_equal(a, b), 0);
    GiltObject *number = gilt_int(1);
    assert_int_equal(gilt_equal(a, number), 0);
    gilt_decref(whole), gilt_decref(a), gilt_decref(b), gilt_decref(sum), gilt_decref(wide);
    gilt_decref(cut), gilt_decref(number);
}

static int64_t hash_of(GiltObject *o) {
    int64_t hash = 0;
    assert_true(gilt_hash(o, &hash));
    gilt_decref(o);
    return hash;
}

TEST(str_hash_is_equal_for_equal_texts_however_made) {
    GiltObject *name = gilt_intern("plain text ");
    testing_blocks = gilt_memory().blocks; /* what is interned stays */
    GiltObject *wide = S("plain text \U0001F600"), *two = gilt_int(2), *ab = S("ab"), *list;
    int64_t hash = hash_of(S("plain text "));
    assert_int_not_equal(hash, 0);
    assert_int_equal(hash, hash_of(gilt_str_slice(wide, 0, 11)));
    assert_int_equal(hash, hash_of(name));
    assert_int_equal(hash_of(S("abab")), hash_of(gilt_multiply(ab, two)));
    list = gilt_list_new((GiltObject *[]){ab, ab}, 2);
    GiltObject *empty = S("");
    assert_int_equal(hash_of(S("abab")), hash_of(gilt_str_join(empty, list)));
    assert_int_not_equal(hash_of(S("abab")), hash_of(S("abac")));
    gilt_decref(wide), gilt_decref(two), gilt_decref(ab), gilt_decref(list);
}

TEST(str_hash_spreads_short_texts) {
    static uint8_t seen[1 << 16];
    memset(seen, 0, sizeof seen);
    int collisions = 0;
    for (int i = 0; i < 8192; i++) {
        uint16_t low = (uint16_t)hash_of(gilt_str_format("k%d", i));
        collisions += seen[low];
        seen[low] = 1;
    }
    assert_in_range(collisions, 300,
                    700); /* by chance: 491, with a deviation of about 20 */
}

TEST(str_order_is_by_code_point) {
    static const struct {
        const char *a, *b;
        int less;
    } cases[] = {{"a", "b", 1},
                 {"b", "a", 0},
                 {"a", "a", 0},
                 {"a", "ab", 1},
                 {"ab", "a", 0},
                 {"", "a", 1},
                 {"Z", "a", 1},
                 {"z", "\u00e9", 1},
                 {"\u00e9", "z", 0},
                 {"\uffff", "\U00010000", 1},
                 {"a\u20ac", "a\U0001F600", 1},
                 {"\u0100", "\u00ff\u00ff", 0},
                 {"ab", "ab\u20ac", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        GiltObject *a = S(cases[i].a), *b = S(cases[i].b);
        assert_int_equal(gilt_less(a, b), cases[i].less);
        gilt_decref(a), gilt_decref(b);
    }
    GiltObject *s = S("a"), *number = gilt_int(1);
    assert_int_equal(gilt_less(s, number), -1);
    assert_raised_text(GILT_TYPE_ERROR,
                       "'<' not supported between instances of 'str' and 'int'");
}

/* ---- Items, slices ---- */

TEST(str_index_gives_one_character) {
    GiltObject *s = S("a\u00e9\u20ac\U0001F600");
    static const struct {
        int index;
        const char *text;
    } cases[] = {{0, "a"},          {1, "\u00e9"},      {2, "\u20ac"},
                 {3, "\U0001F600"}, {-1, "\U0001F600"}, {-4, "a"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_text(gilt_get_item(s, gilt_int(cases[i].index)), cases[i].text);
    assert_null(gilt_get_item(s, gilt_int(4)));
    assert_raised_text(GILT_INDEX_ERROR, "string index out of range");
    assert_null(gilt_get_item(s, gilt_int(-5)));
    assert_raised_text(GILT_INDEX_ERROR, "string index out of range");
    assert_null(gilt_get_item(s, s));
    assert_raised_text(GILT_TYPE_ERROR, "string indices must be integers, not 'str'");
    GiltObject *huge = gilt_int_parse("100000000000000000000", 10);
    assert_null(gilt_get_item(s, huge));
    assert_raised_text(GILT_INDEX_ERROR, "cannot fit 'int' into an index-sized integer");
    gilt_decref(s), gilt_decref(huge);
}

TEST(str_slice_is_cut_to_what_there_is) {
    GiltObject *s = S("h\u00e9llo\U0001F600");
    static const struct {
        ssize_t from, to;
        const char *text;
    } cases[] = {{0, 6, "h\u00e9llo\U0001F600"},
                 {0, 1, "h"},
                 {1, 3, "\u00e9l"},
                 {-1, 100, "\U0001F600"},
                 {2, -1, "llo"},
                 {-100, 2, "h\u00e9"},
                 {4, 2, ""},
                 {9, 12, ""},
                 {3, 3, ""},
                 {PTRDIFF_MIN, PTRDIFF_MAX, "h\u00e9llo\U0001F600"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_text(gilt_str_slice(s, cases[i].from, cases[i].to), cases[i].text);
    gilt_decref(s);
}

TEST(str_contains_any_part) {
    GiltObject *s = S("a needle in a h\u00e4ystack");
    static const struct {
        const char *part;
        int there;
    } cases[] = {{"needle", 1}, {"", 1},  {"h\u00e4y", 1}, {"hay", 0},
                 {"\u20ac", 0}, {"k", 1}, {"kk", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        GiltObject *part = S(cases[i].part);
        assert_int_equal(gilt_contains(s, part), cases[i].there);
        gilt_decref(part);
    }
    GiltObject *number = gilt_int(1);
    assert_int_equal(gilt_contains(s, number), -1);
    assert_raised_text(GILT_TYPE_ERROR,
                       "'in <string>' requires string as left operand, not int");
    gilt_decref(s);
}

/* ---- Operators ---- */

TEST(str_adds_texts_of_different_widths) {
    static const char *const cases[][3] = {
        {"ab", "cd", "abcd"},
        {"", "x", "x"},
        {"x", "", "x"},
        {"", "", ""},
        {"ab", "\u00e9", "ab\u00e9"},
        {"\u20ac", "ab", "\u20acab"},
        {"\u00e9\u20ac", "\U0001F600", "\u00e9\u20ac\U0001F600"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        GiltObject *a = S(cases[i][0]), *b = S(cases[i][1]);
        assert_text(gilt_add(a, b), cases[i][2]);
        gilt_decref(a), gilt_decref(b);
    }
}

TEST(str_multiplies_with_an_int_on_either_side) {
    GiltObject *ab = S("ab"), *face = S("\U0001F600"), *three = gilt_int(3);
    assert_text(gilt_multiply(ab, three), "ababab");
    assert_text(gilt_multiply(three, face), "\U0001F600\U0001F600\U0001F600");
    assert_text(gilt_multiply(ab, gilt_int(0)), "");
    assert_text(gilt_multiply(gilt_int(-2), ab), "");
    assert_text(gilt_multiply(ab, gilt_bool(true)), "ab");
    GiltObject *empty = S("");
    assert_text(gilt_multiply(empty, three), "");
    GiltObject *x = S("x"), *seven = gilt_int(7);
    assert_text(gilt_multiply(x, seven), "xxxxxxx");
    gilt_decref(ab), gilt_decref(face);
}

TEST(str_operators_refuse_with_the_words_of_python) {
    GiltObject *s = S("ab"), *one = gilt_int(1), *half = gilt_float(0.5);
    assert_nothing(gilt_add(s, one));
    assert_raised_text(GILT_TYPE_ERROR, "can only concatenate str (not \"int\") to str");
    assert_nothing(gilt_add(one, s));
    assert_raised_text(GILT_TYPE_ERROR,
                       "unsupported operand type(s) for +: 'int' and 'str'");
    assert_nothing(gilt_multiply(s, half));
    assert_raised_text(GILT_TYPE_ERROR,
                       "can't multiply sequence by non-int of type 'float'");
    assert_nothing(gilt_multiply(s, s));
    assert_raised_text(GILT_TYPE_ERROR, "can't multiply sequence by non-int of type 'str'");
    assert_nothing(gilt_subtract(s, s));
    assert_raised_text(GILT_TYPE_ERROR,
                       "unsupported operand type(s) for -: 'str' and 'str'");
    gilt_decref(s), gilt_decref(half);
}

TEST(str_too_long_is_a_memory_error) {
    GiltObject *s = S("ab"), *times = gilt_int(INT64_MAX / 2);
    assert_null(gilt_multiply(s, times));
    assert_raised(GILT_MEMORY_ERROR);
    GiltObject *huge = gilt_int_parse("100000000000000000000", 10);
    assert_null(gilt_multiply(s, huge));
    assert_raised(GILT_OVERFLOW_ERROR);
    gilt_decref(s), gilt_decref(times), gilt_decref(huge);
}

/* ---- Interning ---- */

TEST(intern_gives_one_object_per_text) {
    GiltObject *a = gilt_intern("a name of some length"), *b = gilt_intern("another name");
    size_t blocks = testing_blocks = gilt_memory().blocks; /* what is interned stays */
    assert_ptr_equal(gilt_intern("a name of some length"), a);
    assert_ptr_not_equal(a, b);
    assert_int_equal(gilt_memory().blocks, blocks);
    assert_true(gilt_refcount(a) > 1 << 30);
    GiltObject *single = S("x"), *empty = S("");
    assert_ptr_equal(gilt_intern("x"), single);
    assert_ptr_equal(gilt_intern(""), empty);
    assert_null(gilt_intern("\xff"));
    assert_raised(GILT_UNICODE_ERROR);
    gilt_incref(a), gilt_decref(a), gilt_decref(a), gilt_decref(a);
    assert_text(a, "a name of some length");
}

enum { NAMES = 3000, INTERNERS = 4 };

static GiltObject *interned[INTERNERS][NAMES];

static void intern_all(void *row) {
    GiltObject **names = row;
    char name[32];
    for (int i = 0; i < NAMES; i++) {
        snprintf(name, sizeof name, "name %d \u20ac", i);
        names[i] = gilt_intern(name);
        gilt_safepoint();
    }
}

TEST(intern_agrees_between_threads_while_the_table_grows) {
    GiltThread *threads[INTERNERS];
    size_t before = gilt_memory().blocks;
    for (int i = 0; i < INTERNERS; i++)
        threads[i] = gilt_thread_start(intern_all, interned[i]);
    for (int i = 0; i < INTERNERS; i++) assert_true(gilt_thread_join(threads[i]));
    testing_blocks = gilt_memory().blocks;
    assert_int_equal(testing_blocks - before, NAMES);
    for (int i = 0; i < INTERNERS; i++)
        for (int j = 0; j < NAMES; j++) assert_ptr_equal(interned[i][j], interned[0][j]);
    for (int j = 0; j < NAMES; j++) {
        char name[32];
        snprintf(name, sizeof name, "name %d \u20ac", j);
        assert_text(interned[0][j], name);
    }
}

TESTS(test(str_keeps_its_text_in_every_width), test(str_length_counts_code_points),
      test(str_may_contain_nul), test(str_of_eight_ascii_characters_takes_40_bytes),
      test(str_takes_1_2_or_4_bytes_for_each_code_point),
      test(str_of_one_latin_1_character_is_always_the_same),
      test(str_format_fills_in_texts_of_any_length),
      test(str_refuses_what_is_not_utf8_and_says_where),
      test(str_accepts_the_ends_of_every_utf8_range),
      test(str_repr_quotes_and_escapes_like_python), test(str_of_a_str_is_itself),
      test(str_equal_means_same_text_however_made),
      test(str_hash_is_equal_for_equal_texts_however_made),
      test(str_hash_spreads_short_texts), test(str_order_is_by_code_point),
      test(str_index_gives_one_character), test(str_slice_is_cut_to_what_there_is),
      test(str_contains_any_part), test(str_adds_texts_of_different_widths),
      test(str_multiplies_with_an_int_on_either_side),
      test(str_operators_refuse_with_the_words_of_python),
      test(str_too_long_is_a_memory_error), test(intern_gives_one_object_per_text),
      test(intern_agrees_between_threads_while_the_table_grows))
