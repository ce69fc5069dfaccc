/* native_test.c: native functions: their arguments, and what they say of wrong ones. */
#include "tests/types/kept.h"
#include "core/modules/module.h"
#include "core/object/builtin.h"
#include "core/object/native_bind.h"
#include "core/types/tuple.h"

/* Shows what it got: "-" for nothing. */
static Object *show(Object *self, Object *const *arguments, size_t count) {
    (void)self;
    Object *list = gilt_list_new(NULL, 0), *nothing = gilt_str_from("-");
    for (size_t i = 0; i < count; i++)
        gilt_list_append(list, arguments[i] ? arguments[i] : nothing);
    gilt_decref(nothing);
    return list;
}

static const Native functions[] = {
    {"none()", show},
    {"one(x, /)", show},
    {"two(x, y=, /)", show},
    {"named(x, y=, *, z=)", show},
    {"asks(*, z)", show},
    {"rest(*all, end=)", show},
    {"more(x, /, **others)", show},
    {0},
};

static Object *table; /* of these, made anew for each test: they are immortal */

#define WITH_FUNCTIONS                                                                     \
    table = gilt_dict_new();                                                               \
    assert_true(natives_add(table, functions, NULL, NULL));                                \
    CHECKED_FOR_LEAKS

/* Borrowed. */
static Object *function(const char *name) {
    Object *found = gilt_dict_get(table, gilt_intern(name));
    assert_non_null(found);
    return found;
}

/* Calls with the ints 1, 2, ... of which the last have these names. */
static Object *call(const char *name, size_t count, size_t names, const char *const *keys) {
    Object *arguments[8], *interned[8], *tuple = NULL;
    for (size_t i = 0; i < count + names; i++) arguments[i] = gilt_int((int64_t)i + 1);
    for (size_t i = 0; i < names; i++) interned[i] = gilt_intern(keys[i]);
    if (names) tuple = gilt_tuple_new(interned, names);
    Object *result = object_call(function(name), arguments, count, tuple);
    for (size_t i = 0; i < count + names; i++) gilt_decref(arguments[i]);
    if (tuple) gilt_decref(tuple);
    return result;
}

#define CALL(name, count) call(name, count, 0, NULL)
#define KEYS(...) ((const char *const[]){__VA_ARGS__})

TEST(arguments_go_where_the_signature_says) {
    WITH_FUNCTIONS {
        assert_repr(CALL("none", 0), "[]");
        assert_repr(CALL("two", 1), "[1, '-']");
        assert_repr(CALL("two", 2), "[1, 2]");
        assert_repr(CALL("named", 2), "[1, 2, '-']");
        assert_repr(call("named", 1, 2, KEYS("z", "y")), "[1, 3, 2]");
        assert_repr(call("named", 0, 1, KEYS("x")), "[1, '-', '-']");
        assert_repr(CALL("rest", 3), "['-', 1, 2, 3]");
        assert_repr(call("rest", 1, 1, KEYS("end")), "[2, 1]");
        assert_repr(call("more", 1, 2, KEYS("x", "q")), "[1, {'x': 2, 'q': 3}]");
        assert_repr(CALL("more", 1), "[1, '-']");
    }
}

#define REFUSED(text, ...)                                                                 \
    do {                                                                                   \
        assert_null(__VA_ARGS__);                                                          \
        assert_raised_text(GILT_TYPE_ERROR, text);                                         \
    } while (0)

TEST(wrong_arguments_are_told_as_python_tells_them) {
    WITH_FUNCTIONS {
        REFUSED("none() takes no arguments (1 given)", CALL("none", 1));
        REFUSED("one() takes exactly one argument (0 given)", CALL("one", 0));
        REFUSED("one() takes no keyword arguments", call("one", 0, 1, KEYS("x")));
        REFUSED("two expected at least 1 argument, got 0", CALL("two", 0));
        REFUSED("two expected at most 2 arguments, got 3", CALL("two", 3));
        REFUSED("named() missing required argument 'x' (pos 1)", CALL("named", 0));
        REFUSED("named() takes at most 2 positional arguments (3 given)", CALL("named", 3));
        REFUSED("named() takes at most 3 arguments (4 given)", CALL("named", 4));
        REFUSED("argument for named() given by name ('x') and position (1)",
                call("named", 1, 1, KEYS("x")));
        REFUSED("'q' is an invalid keyword argument for named()",
                call("named", 1, 1, KEYS("q")));
        REFUSED("asks() missing required argument 'z' (pos 1)", CALL("asks", 0));
        REFUSED("more() takes exactly 1 positional argument (0 given)", CALL("more", 0));
    }
}

static bool plain(const char *name, size_t count) {
    return native_is_plain((const NativeObject *)function(name), count);
}

TEST(direct_calls_are_for_positional_parameters_alone) {
    WITH_FUNCTIONS {
        assert_true(plain("none", 0) && !plain("none", 1));
        assert_true(!plain("two", 0) && plain("two", 1) && plain("two", 2));
        assert_false(plain("two", 3));
        for (size_t count = 0; count < 4; count++)
            assert_false(plain("named", count) || plain("rest", count));
    }
}

TEST(method_checks_its_object) {
    Object *name = gilt_intern("append"), *list = gilt_list_new(NULL, 0);
    Object *append = gilt_get_attr(gilt_type(GILT_LIST), name), *one = gilt_int(1);
    assert_null(gilt_call(append, &one, 1));
    assert_raised_text(
        GILT_TYPE_ERROR,
        "descriptor 'append' for 'list' objects doesn't apply to a 'int' object");
    assert_null(gilt_call(append, NULL, 0));
    assert_raised_text(GILT_TYPE_ERROR, "unbound method list.append() needs an argument");
    Object *bound = gilt_get_attr(list, name);
    assert_repr(gilt_call(bound, &one, 1), "None");
    assert_repr(gilt_incref(list), "[1]");
    gilt_decref(bound);
    gilt_decref(list);
    assert_repr(append, "<method 'append' of 'list' objects>");
}

TESTS(test(arguments_go_where_the_signature_says),
      test(wrong_arguments_are_told_as_python_tells_them),
      test(direct_calls_are_for_positional_parameters_alone),
      test(method_checks_its_object))
