/* error_test.c: exceptions: raising, asking, printing, and as objects. */
#include "tests/types/kept.h"
#include <unistd.h>

static GiltObject *raised(void) {
    GiltObject *error = gilt_error_take();
    assert_non_null(error);
    return error;
}

/* What gilt_error_print writes to stderr; for the caller to free. */
static char *printed(void) {
    FILE *file = tmpfile();
    fflush(stderr);
    int before = dup(2);
    dup2(fileno(file), 2);
    gilt_error_print();
    fflush(stderr);
    dup2(before, 2);
    close(before);
    char *text = calloc(1, 1024);
    rewind(file);
    assert_true(fread(text, 1, 1023, file) < 1023);
    fclose(file);
    return text;
}

#define assert_prints(text)                                                                \
    do {                                                                                   \
        char *got = printed();                                                             \
        assert_string_equal(got, text);                                                    \
        free(got);                                                                         \
    } while (0)

TEST(raise_sets_an_exception_with_a_message) {
    assert_null(gilt_error());
    assert_null(gilt_raise(GILT_VALUE_ERROR, "%d is not %s", 4, "\303\274ber 5"));
    assert_true(gilt_error_is(GILT_VALUE_ERROR));
    GiltObject *error = raised();
    assert_null(gilt_error());
    assert_repr(gilt_str(error), "'4 is not \303\274ber 5'");
    assert_repr(error, "ValueError('4 is not \303\274ber 5')");
}

TEST(raise_replaces_what_was_set) {
    gilt_raise(GILT_VALUE_ERROR, "first");
    gilt_raise(GILT_TYPE_ERROR, "second");
    assert_raised_text(GILT_TYPE_ERROR, "second");
    assert_null(gilt_error());
}

TEST(message_may_be_missing_or_long_or_not_utf8) {
    gilt_raise(GILT_RUNTIME_ERROR, NULL);
    assert_repr(raised(), "RuntimeError()");
    char text[3000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = 0;
    gilt_raise(GILT_OS_ERROR, "%s", text);
    assert_raised_text(GILT_OS_ERROR, text);
    gilt_raise(GILT_OS_ERROR, "bad \377 byte");
    assert_raised_text(GILT_OS_ERROR, "bad ? byte");
}

TEST(memory_error_needs_no_memory) {
    size_t blocks = gilt_memory().blocks;
    gilt_raise(GILT_MEMORY_ERROR, NULL);
    assert_int_equal(gilt_memory().blocks, blocks);
    GiltObject *error = raised();
    assert_true(gilt_refcount(error) > 1 << 30);
    assert_repr(error, "MemoryError()");
    gilt_raise(GILT_MEMORY_ERROR, "%d bytes", 12);
    assert_raised_text(GILT_MEMORY_ERROR, "12 bytes");
}

TEST(exceptions_inherit_as_in_python) {
    const GiltType pairs[][2] = {
        {GILT_INDEX_ERROR, GILT_LOOKUP_ERROR},
        {GILT_KEY_ERROR, GILT_LOOKUP_ERROR},
        {GILT_LOOKUP_ERROR, GILT_EXCEPTION},
        {GILT_OVERFLOW_ERROR, GILT_ARITHMETIC_ERROR},
        {GILT_ZERO_DIVISION_ERROR, GILT_ARITHMETIC_ERROR},
        {GILT_UNICODE_ERROR, GILT_VALUE_ERROR},
        {GILT_RECURSION_ERROR, GILT_RUNTIME_ERROR},
        {GILT_STOP_ITERATION, GILT_EXCEPTION},
        {GILT_EXCEPTION, GILT_BASE_EXCEPTION},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        gilt_raise(pairs[i][0], "x");
        assert_true(gilt_error_is(pairs[i][0]));
        assert_true(gilt_error_is(pairs[i][1]));
        assert_true(gilt_error_is(GILT_BASE_EXCEPTION));
        assert_false(gilt_error_is(GILT_TYPE_ERROR));
        gilt_error_clear();
        assert_false(gilt_error_is(pairs[i][0]));
    }
}

TEST(exception_called_with_arguments_shows_them) {
    GiltObject *args[] = {gilt_int(1), gilt_intern("x")};
    GiltObject *Error = gilt_type(GILT_VALUE_ERROR), *Key = gilt_type(GILT_KEY_ERROR);
    CHECKED_FOR_LEAKS {
        assert_repr(gilt_call(Error, args, 2), "ValueError(1, 'x')");
        assert_repr(gilt_call(Error, args + 1, 1), "ValueError('x')");
        assert_repr(gilt_call(Error, NULL, 0), "ValueError()");
        assert_repr(gilt_instance_new(Error), "ValueError()");
        GiltObject *two = gilt_call(Error, args, 2), *none = make(Error);
        GiltObject *key = gilt_call(Key, args + 1, 1);
        assert_repr(gilt_str(two), "\"(1, 'x')\"");
        assert_repr(gilt_str(none), "''");
        assert_repr(gilt_str(key), "\"'x'\"");
        assert_repr(get(two, "args"), "(1, 'x')");
        gilt_decref(two);
        gilt_decref(none);
        gilt_decref(key);
    }
}

TEST(class_that_inherits_an_exception_is_one) {
    GiltObject *Mine = gilt_class_new("Mine", gilt_type(GILT_KEY_ERROR), NULL);
    const char *const slots[] = {"extra", NULL};
    GiltObject *Slotted = gilt_class_new("Slotted", Mine, slots);
    GiltObject *arg = gilt_intern("why");
    CHECKED_FOR_LEAKS {
        GiltObject *error = gilt_call(Slotted, &arg, 1);
        assert_true(set(error, "extra", gilt_int(1000)));
        assert_true(set(error, "more", gilt_int(1001)));
        assert_repr(get(error, "args"), "('why',)");
        assert_repr(get(error, "extra"), "1000");
        assert_repr(gilt_incref(error), "Slotted('why')");
        assert_null(gilt_raise_object(error));
        assert_true(gilt_error_is(GILT_KEY_ERROR));
        assert_true(gilt_error_is(GILT_LOOKUP_ERROR));
        assert_ptr_equal(gilt_error(), error);
        assert_prints("Slotted: 'why'\n");
        gilt_decref(error);
    }
}

static GiltObject *say_hello(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    return gilt_str_from("hello");
}

static GiltObject *say_nothing(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    return gilt_raise(GILT_VALUE_ERROR, "no text");
}

TEST(class_decides_how_its_exceptions_look) {
    GiltObject *Mine = gilt_class_new("Mine", gilt_type(GILT_EXCEPTION), NULL);
    GiltObject *Mute = gilt_class_new("Mute", gilt_type(GILT_EXCEPTION), NULL);
    set(Mine, "__str__", gilt_function_new("hello", say_hello, NULL));
    set(Mute, "__str__", gilt_function_new("say_nothing", say_nothing, NULL));
    CHECKED_FOR_LEAKS {
        GiltObject *mine = make(Mine), *mute = make(Mute);
        assert_repr(gilt_str(mine), "'hello'");
        assert_repr(gilt_incref(mine), "Mine()");
        gilt_raise_object(mine);
        assert_prints("Mine: hello\n");
        gilt_raise_object(mute);
        assert_prints("Mute: <exception str() failed>\n");
        assert_null(gilt_error());
        gilt_decref(mine);
        gilt_decref(mute);
    }
}

TEST(print_shows_type_and_message_and_clears) {
    assert_prints("");
    gilt_raise(GILT_TYPE_ERROR, "must be %s", "str");
    assert_prints("TypeError: must be str\n");
    assert_null(gilt_error());
    gilt_raise(GILT_STOP_ITERATION, NULL);
    assert_prints("StopIteration\n");
}

TEST(only_exceptions_can_be_raised) {
    GiltObject *n = gilt_int(1);
    assert_null(gilt_raise_object(n));
    assert_raised_text(GILT_TYPE_ERROR, "exceptions must derive from BaseException");
    assert_null(gilt_raise_object(gilt_type(GILT_VALUE_ERROR)));
    assert_raised(GILT_TYPE_ERROR);
}

TEST(exception_that_holds_itself_can_be_shown) {
    GiltObject *Mine = gilt_class_new("Mine", gilt_type(GILT_EXCEPTION), NULL);
    CHECKED_FOR_LEAKS {
        GiltObject *error = make(Mine);
        GiltObject *args = gilt_tuple_new(&error, 1);
        set(error, "args", args);
        assert_repr(gilt_incref(error), "Mine(...)");
        assert_repr(gilt_str(error), "'...'");
        assert_false(set(error, "args", gilt_int(1)));
        assert_raised_text(GILT_TYPE_ERROR, "'int' object is not iterable");
        assert_false(del(error, "args"));
        assert_raised_text(GILT_TYPE_ERROR, "args may not be deleted");
        set(error, "args", gilt_tuple_new(NULL, 0)); /* breaks the cycle */
        assert_repr(gilt_str(error), "''");
        gilt_decref(error);
    }
}

static void has_no_error(void *data) { *(bool *)data = gilt_error() == NULL; }

TEST(each_thread_has_its_own_exception) {
    bool well = false;
    gilt_raise(GILT_TYPE_ERROR, "here");
    GiltThread *thread = gilt_thread_start(has_no_error, &well);
    assert_true(gilt_thread_join(thread));
    assert_true(well);
    assert_raised_text(GILT_TYPE_ERROR, "here");
}

TESTS(test(raise_sets_an_exception_with_a_message), test(raise_replaces_what_was_set),
      test(message_may_be_missing_or_long_or_not_utf8), test(memory_error_needs_no_memory),
      test(exceptions_inherit_as_in_python),
      test(exception_called_with_arguments_shows_them),
      test(class_that_inherits_an_exception_is_one),
      test(class_decides_how_its_exceptions_look),
      test(print_shows_type_and_message_and_clears), test(only_exceptions_can_be_raised),
      test(exception_that_holds_itself_can_be_shown),
      test(each_thread_has_its_own_exception))
