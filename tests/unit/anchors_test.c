/* anchors_test.c: which part of an expression a traceback marks. */
#include "core/vm/anchors.h"
#include "tests/testing.h"

/* The text with the anchor between [ and ] of its own: "1< + >b". */
static void assert_anchor(const char *text, const char *marked) {
    size_t from, to;
    char got[100] = "none";
    if (anchors_find(text, strlen(text), &from, &to))
        snprintf(got, sizeof got, "%.*s<%.*s>%s", (int)from, text, (int)(to - from),
                 text + from, text + to);
    assert_string_equal(got, marked);
}

TEST(operator_that_binds_least_is_marked) {
    assert_anchor("a + b", "a <+> b");
    assert_anchor("a+b*c", "a<+>b*c");
    assert_anchor("a * b - c - d", "a * b - c <-> d");
    assert_anchor("a // b", "a <//> b");
    assert_anchor("2 ** 3 ** 4", "2 <**> 3 ** 4");
    assert_anchor("-a * -b", "-a <*> -b");
    assert_anchor("(a + b) % 'x'", "(a + b) <%> 'x'");
    assert_anchor("f(x, y + 1)[2] | g", "f(x, y + 1)[2] <|> g");
    assert_anchor("1e-5 - 0x1e-5", "1e-5 - 0x1e<->5");
}

TEST(index_of_a_subscript_is_marked) {
    assert_anchor("a[0]", "a<[0]>");
    assert_anchor("a[0][b['x']]", "a[0]<[b['x']]>");
    assert_anchor("f(1).g[']']", "f(1).g<[']']>");
}

TEST(other_expressions_have_no_anchor) {
    static const char *const texts[] = {
        "a",       "f(a + b)", "a.b",         "-a",
        "-a ** b", "a < b",    "not a[0]",    "[a + b]",
        "a[0].b",  "a[0](1)",  "a and b + c", "",
        "a +",     "(",        "'",           "a if b else c + d"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_anchor(texts[i], "none");
}

TESTS(test(operator_that_binds_least_is_marked), test(index_of_a_subscript_is_marked),
      test(other_expressions_have_no_anchor))
