/* bytes_test.c: bytes behave as Python's do. Expected texts are those of Python 3.11. */
#include "tests/testing.h"

static GiltObject *B(const char *text) { return gilt_bytes_new(text, strlen(text)); }

/* The object is bytes with this content; drops the reference. */
static void assert_bytes(GiltObject *o, const char *text) {
    if (!o) gilt_error_print();
    assert_non_null(o);
    size_t size;
    const uint8_t *data = gilt_bytes_data(o, &size);
    assert_non_null(data);
    assert_int_equal(size, strlen(text));
    assert_memory_equal(data, text, size);
    gilt_decref(o);
}

TEST(bytes_keep_any_content) {
    uint8_t all[256];
    for (int i = 0; i < 256; i++) all[i] = (uint8_t)i;
    GiltObject *b = gilt_bytes_new(all, sizeof all);
    size_t size;
    assert_memory_equal(gilt_bytes_data(b, &size), all, sizeof all);
    assert_int_equal(size, 256);
    assert_int_equal(gilt_len(b), 256);
    gilt_decref(b);
    b = gilt_bytes_new(NULL, 0);
    assert_int_equal(gilt_len(b), 0);
    assert_int_equal(gilt_true(b), 0);
    gilt_decref(b);
}

TEST(bytes_repr_quotes_and_escapes_like_python) {
    static const char *const cases[][2] = {{"", "b''"},
                                           {"abc", "b'abc'"},
                                           {"it's", "b\"it's\""},
                                           {"a\"b", "b'a\"b'"},
                                           {"'\"", "b'\\'\"'"},
                                           {"\\", "b'\\\\'"},
                                           {"\t\n\r", "b'\\t\\n\\r'"},
                                           {"\x01\x7f\xff ~", "b'\\x01\\x7f\\xff ~'"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_repr(B(cases[i][0]), cases[i][1]);
    assert_repr(gilt_bytes_new("\0", 1), "b'\\x00'");
}

TEST(bytes_equal_and_hash_go_by_content) {
    GiltObject *a = B("same content"), *b = B("same content"), *c = B("same contenu");
    GiltObject *s = gilt_str_from("same content");
    int64_t hash_a = 0, hash_b = 0, hash_c = 0;
    assert_true(gilt_hash(a, &hash_a) && gilt_hash(b, &hash_b) && gilt_hash(c, &hash_c));
    assert_int_equal(hash_a, hash_b);
    assert_int_not_equal(hash_a, hash_c);
    assert_int_equal(gilt_equal(a, b), 1);
    assert_int_equal(gilt_equal(a, c), 0);
    assert_int_equal(gilt_equal(a, s), 0);
    assert_int_equal(gilt_equal(s, a), 0);
    gilt_decref(a), gilt_decref(b), gilt_decref(c), gilt_decref(s);
}

TEST(bytes_order_is_by_value_of_byte) {
    static const struct {
        const char *a, *b;
        int less;
    } cases[] = {{"a", "b", 1},  {"b", "a", 0}, {"a", "a", 0},         {"a", "ab", 1},
                 {"ab", "a", 0}, {"", "a", 1},  {"a\x7f", "a\x80", 1}, {"\xff", "a", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        GiltObject *a = B(cases[i].a), *b = B(cases[i].b);
        assert_int_equal(gilt_less(a, b), cases[i].less);
        gilt_decref(a), gilt_decref(b);
    }
}

TEST(bytes_index_gives_an_int) {
    GiltObject *b = B("a\xff");
    assert_repr(gilt_get_item(b, gilt_int(0)), "97");
    assert_repr(gilt_get_item(b, gilt_int(-1)), "255");
    assert_null(gilt_get_item(b, gilt_int(2)));
    assert_raised_text(GILT_INDEX_ERROR, "index out of range");
    assert_null(gilt_get_item(b, gilt_int(-3)));
    assert_raised_text(GILT_INDEX_ERROR, "index out of range");
    assert_null(gilt_get_item(b, b));
    assert_raised(GILT_TYPE_ERROR);
    gilt_decref(b);
}

TEST(bytes_contain_ints_and_parts) {
    GiltObject *b = B("abc\xff"), *part = B("bc"), *other = B("cb"), *empty = B("");
    assert_int_equal(gilt_contains(b, part), 1);
    assert_int_equal(gilt_contains(b, other), 0);
    assert_int_equal(gilt_contains(b, empty), 1);
    assert_int_equal(gilt_contains(b, gilt_int(255)), 1);
    assert_int_equal(gilt_contains(b, gilt_int(0)), 0);
    assert_int_equal(gilt_contains(b, gilt_int(256)), -1);
    assert_raised_text(GILT_VALUE_ERROR, "byte must be in range(0, 256)");
    assert_int_equal(gilt_contains(b, gilt_int(-1)), -1);
    assert_raised_text(GILT_VALUE_ERROR, "byte must be in range(0, 256)");
    GiltObject *s = gilt_str_from("bc");
    assert_int_equal(gilt_contains(b, s), -1);
    assert_raised_text(GILT_TYPE_ERROR, "a bytes-like object is required, not 'str'");
    gilt_decref(b), gilt_decref(part), gilt_decref(other), gilt_decref(empty),
        gilt_decref(s);
}

TEST(bytes_add_and_multiply) {
    GiltObject *a = B("ab"), *b = B("c"), *empty = B(""), *three = gilt_int(3);
    assert_bytes(gilt_add(a, b), "abc");
    assert_bytes(gilt_add(empty, b), "c");
    assert_bytes(gilt_multiply(a, three), "ababab");
    assert_bytes(gilt_multiply(three, b), "ccc");
    assert_bytes(gilt_multiply(a, gilt_int(0)), "");
    assert_bytes(gilt_multiply(a, gilt_int(-1)), "");
    assert_bytes(gilt_multiply(empty, three), "");
    assert_bytes(gilt_multiply(a, gilt_int(1)), "ab");
    gilt_decref(a), gilt_decref(b), gilt_decref(empty);
}

TEST(bytes_operators_refuse_with_the_words_of_python) {
    GiltObject *b = B("ab"), *one = gilt_int(1), *s = gilt_str_from("ab"),
               *half = gilt_float(0.5);
    assert_null(gilt_add(b, one));
    assert_raised_text(GILT_TYPE_ERROR, "can't concat int to bytes");
    assert_null(gilt_add(s, b));
    assert_raised_text(GILT_TYPE_ERROR, "can only concatenate str (not \"bytes\") to str");
    assert_null(gilt_multiply(b, half));
    assert_raised_text(GILT_TYPE_ERROR,
                       "can't multiply sequence by non-int of type 'float'");
    GiltObject *huge = gilt_int(INT64_MAX);
    assert_null(gilt_multiply(b, huge));
    assert_raised_text(GILT_OVERFLOW_ERROR, "repeated bytes are too long");
    gilt_decref(b), gilt_decref(s), gilt_decref(half), gilt_decref(huge);
}

TEST(bytes_data_wants_bytes) {
    GiltObject *s = gilt_str_from("ab");
    assert_null(gilt_bytes_data(s, NULL));
    assert_raised_text(GILT_TYPE_ERROR, "a bytes-like object is required, not 'str'");
    gilt_decref(s);
}

TESTS(test(bytes_keep_any_content), test(bytes_repr_quotes_and_escapes_like_python),
      test(bytes_equal_and_hash_go_by_content), test(bytes_order_is_by_value_of_byte),
      test(bytes_index_gives_an_int), test(bytes_contain_ints_and_parts),
      test(bytes_add_and_multiply), test(bytes_operators_refuse_with_the_words_of_python),
      test(bytes_data_wants_bytes))
