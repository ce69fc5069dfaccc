/* immutable_test.c: objects that do not change, in many hands at once: numbers, strs,
 * bytes, tuples, functions, classes; and what is each thread's own: its exception. */
#include "core/object/object.h"
#include "tests/testing.h"

enum { THREADS = 4, ROUNDS = 3000 };

static GiltObject *shared[8];
static GiltObject *seen[THREADS];
static _Atomic int wrong, ready;

static void check(bool right) {
    if (!right) atomic_fetch_add(&wrong, 1);
}

/* So that all begin at once. */
static void meet(void) {
    atomic_fetch_add(&ready, 1);
    gilt_blocking_begin();
    while (atomic_load(&ready) < THREADS) cpu_relax();
    gilt_blocking_end();
}

static void together(void (*run)(void *)) {
    static int numbers[THREADS];
    GiltThread *threads[THREADS];
    atomic_store(&wrong, 0);
    atomic_store(&ready, 0);
    for (int i = 0; i < THREADS; i++) {
        numbers[i] = i;
        assert_non_null(threads[i] = gilt_thread_start(run, &numbers[i]));
    }
    for (int i = 0; i < THREADS; i++) assert_true(gilt_thread_join(threads[i]));
    assert_int_equal(atomic_load(&wrong), 0);
}

/* Adds what two shared numbers give, and compares it with a third. */
static void add_and_compare(int64_t a, int64_t b, int64_t sum) {
    GiltObject *result = gilt_add(shared[a], shared[b]);
    check(result && gilt_equal(result, shared[sum]) == 1);
    gilt_decref(result);
}

static void use_numbers(void *unused) {
    (void)unused;
    meet();
    for (int i = 0; i < ROUNDS; i++) {
        add_and_compare(0, 1, 2); /* small ints */
        add_and_compare(3, 0, 4); /* an int of many digits */
        add_and_compare(5, 0, 6); /* a float */
        gilt_safepoint();
    }
}

TEST(numbers_are_shared) {
    shared[0] = gilt_int(1000);
    shared[1] = gilt_int(-300);
    shared[2] = gilt_int(700);
    shared[3] = gilt_int_parse("123456789012345678901234567890", 10);
    shared[4] = gilt_int_parse("123456789012345678901234568890", 10);
    shared[5] = gilt_float(0.5);
    shared[6] = gilt_float(1000.5);
    together(use_numbers);
    for (int i = 0; i < 7; i++) {
        assert_int_equal(gilt_refcount(shared[i]), 1);
        gilt_decref(shared[i]);
    }
}

/* The hash of a str is computed by whoever asks first, or by several. */
static void hash_text(void *number) {
    int64_t hash, same;
    meet();
    for (int i = 0; i < ROUNDS; i++) {
        GiltObject *text = gilt_str_format("word %d", i % 7);
        GiltObject *key = gilt_list_get(shared[0], i % 7);
        check(text && key && gilt_hash(text, &hash) && gilt_hash(key, &same) &&
              hash == same);
        check(gilt_equal(text, key) == 1 && gilt_contains(shared[1], key) == 1);
        gilt_decref(text);
        gilt_decref(key);
        gilt_safepoint();
    }
    (void)number;
}

TEST(strs_and_tuples_are_shared) {
    GiltObject *words[7];
    for (int i = 0; i < 7; i++) words[i] = gilt_str_format("word %d", i);
    shared[0] = gilt_list_new(words, 7);
    shared[1] = gilt_tuple_new(words, 7);
    for (int i = 0; i < 7; i++) gilt_decref(words[i]);
    together(hash_text);
    gilt_decref(shared[0]);
    gilt_decref(shared[1]);
}

/* The object is what this text shows; it is dropped. */
static void check_repr(GiltObject *object, const char *text) {
    GiltObject *shown = object ? gilt_repr(object) : NULL;
    char *utf8 = shown ? gilt_str_utf8(shown, NULL) : NULL;
    check(utf8 && !strcmp(utf8, text));
    free(utf8);
    gilt_decref(shown);
    gilt_decref(object);
}

static void use_text(void *unused) {
    GiltObject *text = shared[0], *part = shared[1], *words = shared[2], *bytes = shared[3];
    size_t size;
    meet();
    for (int i = 0; i < ROUNDS / 10; i++, gilt_safepoint()) {
        check(gilt_str_find(text, part, 0) == 5 && gilt_len(text) == 11);
        check_repr(gilt_str_slice(text, 2, 6), "'me t'");
        check_repr(gilt_str_upper(text), "'SOME TEXT 1'");
        check_repr(gilt_str_lower(text), "'some text 1'");
        check_repr(gilt_str_strip(text), "'Some text 1'");
        check_repr(gilt_str_split(text, NULL), "['Some', 'text', '1']");
        check_repr(gilt_str_join(part, words), "'onetexttwo'");
        check_repr(gilt_add(words, words), "('one', 'two', 'one', 'two')");
        check_repr(gilt_tuple_get(words, -1), "'two'");
        check(gilt_tuple_size(words) == 2 && gilt_contains(words, part) == 0);
        check(gilt_less(text, part) == 1 && gilt_less(words, words) == 0);
        check(!memcmp(gilt_bytes_data(bytes, &size), "data", 5) && size == 5);
    }
    (void)unused;
}

TEST(text_bytes_and_tuples_are_read_by_all_at_once) {
    GiltObject *words[2] = {gilt_str_from("one"), gilt_str_from("two")};
    shared[0] = gilt_str_from("Some text 1");
    shared[1] = gilt_str_from("text");
    shared[2] = gilt_tuple_new(words, 2);
    shared[3] = gilt_bytes_new("data", 5);
    for (int i = 0; i < 2; i++) gilt_decref(words[i]);
    together(use_text);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(gilt_refcount(shared[i]), 1);
        gilt_decref(shared[i]);
    }
}

/* Everybody interns the same new names; each name must be one object for all. */
static void intern_names(void *number) {
    char name[32];
    uint64_t sum = 0;
    meet();
    for (int i = 0; i < 500; i++) {
        snprintf(name, sizeof name, "name_of_a_test_%d", i);
        GiltObject *one = gilt_intern(name);
        check(one != NULL);
        sum = sum * 31 + (uintptr_t)one;
        gilt_safepoint();
    }
    seen[*(int *)number] = (GiltObject *)(uintptr_t)sum;
}

TEST(a_name_is_one_object_for_all_threads) {
    together(intern_names);
    for (int i = 1; i < THREADS; i++) assert_ptr_equal(seen[i], seen[0]);
    testing_blocks = gilt_memory().blocks; /* names stay */
}

static GiltObject *twice(void *data, GiltObject *const *arguments, size_t count) {
    check(data == &ready && count == 1);
    return gilt_add(arguments[0], arguments[0]);
}

/* Each thread makes a class of its own, beside calling what is shared. */
static void call_and_make_classes(void *number) {
    GiltObject *name = gilt_intern("value");
    meet();
    for (int i = 0; i < 100; i++) {
        GiltObject *argument = gilt_int(i), *result = gilt_call(shared[0], &argument, 1);
        GiltObject *class = gilt_class_new("Mine", i % 2 ? shared[1] : NULL, NULL);
        GiltObject *instance = class ? gilt_instance_new(class) : NULL;
        check(result && instance && gilt_set_attr(instance, name, result));
        check(gilt_is_instance(instance, shared[1]) == (i % 2 == 1));
        GiltObject *value = gilt_get_attr(instance, name);
        check(value == result);
        gilt_decref(value);
        gilt_decref(instance);
        gilt_decref(class);
        gilt_decref(result);
        gilt_decref(argument);
        gilt_safepoint();
    }
    (void)number;
}

TEST(functions_are_called_and_classes_made_by_all) {
    shared[0] = gilt_function_new("twice", twice, &ready);
    shared[1] = gilt_class_new("Base", NULL, NULL);
    together(call_and_make_classes);
    gilt_decref(shared[0]);
    gilt_decref(shared[1]);
    testing_blocks = gilt_memory().blocks; /* classes stay */
}

static GiltObject *sum_of(GiltObject *captured, GiltObject *const *arguments,
                          size_t count) {
    check(captured == shared[1] && count == 1);
    GiltObject *first = gilt_tuple_get(captured, 0), *sum = gilt_add(first, arguments[0]);
    gilt_decref(first);
    return sum;
}

static void call_closure(void *unused) {
    (void)unused;
    meet();
    for (int i = 0; i < ROUNDS; i++, gilt_safepoint()) {
        GiltObject *argument = gilt_int(i), *sum = gilt_call(shared[0], &argument, 1);
        int64_t value = 0;
        check(sum && gilt_int_value(sum, &value) && value == 1000 + i);
        gilt_decref(sum);
        gilt_decref(argument);
    }
}

TEST(a_closure_is_called_by_all_and_keeps_what_it_captured) {
    GiltObject *number = gilt_int(1000);
    shared[1] = gilt_tuple_new(&number, 1);
    shared[0] = gilt_closure_new("sum_of", sum_of, shared[1]);
    gilt_decref(number);
    gilt_decref(shared[1]);
    together(call_closure);
    gilt_decref(shared[0]);
}

static void raise_own(void *number) {
    static const GiltType types[THREADS] = {GILT_TYPE_ERROR, GILT_VALUE_ERROR,
                                            GILT_KEY_ERROR, GILT_MEMORY_ERROR};
    GiltType mine = types[*(int *)number];
    meet();
    for (int i = 0; i < ROUNDS; i++) {
        gilt_raise(mine, "%d", i);
        gilt_safepoint();
        check(gilt_error_is(mine));
        gilt_error_clear();
        check(!gilt_error());
    }
}

TEST(an_exception_belongs_to_its_thread) { together(raise_own); }

TESTS(test(numbers_are_shared), test(strs_and_tuples_are_shared),
      test(text_bytes_and_tuples_are_read_by_all_at_once),
      test(a_name_is_one_object_for_all_threads),
      test(functions_are_called_and_classes_made_by_all),
      test(a_closure_is_called_by_all_and_keeps_what_it_captured),
      test(an_exception_belongs_to_its_thread))
