/* depth_test.c: objects in objects, so deep that a C stack would not hold.
 *
 * Whatever recurses as deep as objects do is a RecursionError, again and again, and after
 * it everything works: so the depth is counted back. Destroying has no limit. */
#include "tests/testing.h"

#define DEEP 100000
#define ROUNDS 3 /* of each: the depth is the same every time */

typedef GiltObject *Wrap(GiltObject *inner);

static GiltObject *wrap_list(GiltObject *inner) { return gilt_list_new(&inner, 1); }
static GiltObject *wrap_tuple(GiltObject *inner) { return gilt_tuple_new(&inner, 1); }

static GiltObject *wrap_dict(GiltObject *inner) {
    GiltObject *dict = gilt_dict_new();
    assert_true(gilt_dict_set(dict, gilt_int(1), inner));
    return dict;
}

static GiltObject *wrap_error(GiltObject *inner) {
    return gilt_call(gilt_type(GILT_VALUE_ERROR), &inner, 1);
}

static GiltObject *nested(Wrap *wrap, int depth) {
    GiltObject *o = gilt_float(0.5);
    for (int i = 0; i < depth; i++) {
        GiltObject *outer = wrap(o);
        assert_non_null(outer);
        gilt_decref(o);
        o = outer;
    }
    return o;
}

static void assert_too_deep(bool failed) {
    assert_true(failed);
    assert_raised(GILT_RECURSION_ERROR);
}

static void repr_is_limited(Wrap *wrap) {
    GiltObject *deep = nested(wrap, DEEP), *flat = nested(wrap, 10);
    for (int i = 0; i < ROUNDS; i++) {
        assert_too_deep(!gilt_repr(deep));
        assert_too_deep(!gilt_str(deep));
        GiltObject *shown = gilt_repr(flat);
        assert_non_null(shown);
        gilt_decref(shown);
    }
    gilt_decref(deep), gilt_decref(flat);
}

TEST(repr_of_deep_lists_is_a_recursion_error) { repr_is_limited(wrap_list); }
TEST(repr_of_deep_tuples_is_a_recursion_error) { repr_is_limited(wrap_tuple); }
TEST(repr_of_deep_dicts_is_a_recursion_error) { repr_is_limited(wrap_dict); }
TEST(repr_of_deep_exceptions_is_a_recursion_error) { repr_is_limited(wrap_error); }

static void comparing_is_limited(Wrap *wrap, bool ordered) {
    GiltObject *a = nested(wrap, DEEP), *b = nested(wrap, DEEP);
    GiltObject *x = nested(wrap, 10), *y = nested(wrap, 10);
    for (int i = 0; i < ROUNDS; i++) {
        assert_too_deep(gilt_equal(a, b) < 0);
        if (ordered) assert_too_deep(gilt_less(a, b) < 0);
        assert_int_equal(gilt_equal(a, a), 1);
        assert_int_equal(gilt_equal(x, y), 1);
    }
    gilt_decref(a), gilt_decref(b), gilt_decref(x), gilt_decref(y);
}

TEST(comparing_deep_lists_is_a_recursion_error) { comparing_is_limited(wrap_list, true); }
TEST(comparing_deep_tuples_is_a_recursion_error) { comparing_is_limited(wrap_tuple, true); }
TEST(comparing_deep_dicts_is_a_recursion_error) { comparing_is_limited(wrap_dict, false); }

/* Whoever compares: the container that was searched or sorted is as it was. */
TEST(searching_and_sorting_deep_items_are_recursion_errors) {
    GiltObject *items[] = {nested(wrap_list, DEEP), nested(wrap_list, DEEP)};
    GiltObject *list = gilt_list_new(items, 1), *both = gilt_list_new(items, 2);
    GiltObject *tuple = gilt_tuple_new(items, 1);
    for (int i = 0; i < ROUNDS; i++) {
        assert_too_deep(gilt_contains(list, items[1]) < 0);
        assert_too_deep(gilt_contains(tuple, items[1]) < 0);
        assert_too_deep(!gilt_list_sort(both));
        assert_int_equal(gilt_list_size(both), 2);
    }
    gilt_decref(list), gilt_decref(both), gilt_decref(tuple);
    gilt_decref(items[0]), gilt_decref(items[1]);
}

TEST(hashing_deep_tuples_is_a_recursion_error) {
    GiltObject *deep = nested(wrap_tuple, DEEP), *dict = gilt_dict_new();
    GiltObject *set = gilt_set_new(NULL, 0), *flat = nested(wrap_tuple, 10);
    int64_t hash;
    for (int i = 0; i < ROUNDS; i++) {
        assert_too_deep(!gilt_hash(deep, &hash));
        assert_too_deep(!gilt_dict_set(dict, deep, deep));
        assert_too_deep(!gilt_dict_get(dict, deep));
        assert_too_deep(gilt_contains(dict, deep) < 0);
        assert_too_deep(!gilt_dict_set_default(dict, deep, deep));
        assert_too_deep(!gilt_dict_pop(dict, deep));
        assert_too_deep(!gilt_set_add(set, deep));
        assert_too_deep(gilt_set_discard(set, deep) < 0);
        assert_true(gilt_hash(flat, &hash));
    }
    assert_int_equal(gilt_dict_size(dict) + gilt_set_size(set), 0);
    gilt_decref(deep), gilt_decref(dict), gilt_decref(set), gilt_decref(flat);
}

TEST(hashing_deep_lists_is_a_type_error) {
    GiltObject *deep = nested(wrap_list, DEEP), *tuple = wrap_tuple(deep);
    int64_t hash;
    assert_false(gilt_hash(deep, &hash));
    assert_raised(GILT_TYPE_ERROR);
    assert_false(gilt_hash(tuple, &hash));
    assert_raised(GILT_TYPE_ERROR);
    gilt_decref(deep), gilt_decref(tuple);
}

/* ---- calls ---- */

static GiltObject *function;

static GiltObject *call_itself(void *depth, GiltObject *const *arguments, size_t count) {
    ++*(int *)depth;
    return gilt_call(function, arguments, count);
}

TEST(a_function_that_calls_itself_is_a_recursion_error) {
    int depth = 0, first = 0;
    function = gilt_function_new("call_itself", call_itself, &depth);
    for (int i = 0; i < ROUNDS; i++, depth = 0) {
        assert_too_deep(!gilt_call(function, NULL, 0));
        if (!i) first = depth;
        assert_true(depth > 100);
        assert_int_equal(depth, first);
    }
    gilt_decref(function);
}

static GiltObject *compare_again(void *unused, GiltObject *const *arguments, size_t count) {
    (void)unused, (void)count;
    int equal = gilt_equal(arguments[0], arguments[1]);
    return equal < 0 ? NULL : gilt_bool(equal);
}

static GiltObject *hash_again(void *unused, GiltObject *const *arguments, size_t count) {
    int64_t hash;
    (void)unused, (void)count;
    return gilt_hash(arguments[0], &hash) ? gilt_int(hash) : NULL;
}

static GiltObject *show_again(void *unused, GiltObject *const *arguments, size_t count) {
    (void)unused, (void)count;
    return gilt_repr(arguments[0]);
}

TEST(special_methods_that_need_themselves_are_recursion_errors) {
    static const struct {
        const char *name;
        GiltNative *native;
    } rows[] = {
        {"__eq__", compare_again}, {"__hash__", hash_again}, {"__repr__", show_again}};
    GiltObject *class = gilt_class_new("Endless", NULL, NULL);
    for (int i = 0; i < 3; i++) {
        GiltObject *name = gilt_intern(rows[i].name);
        GiltObject *method = gilt_function_new(rows[i].name, rows[i].native, NULL);
        assert_true(gilt_set_attr(class, name, method));
        gilt_decref(method);
    }
    GiltObject *a = gilt_instance_new(class), *b = gilt_instance_new(class);
    int64_t hash;
    for (int i = 0; i < ROUNDS; i++) {
        assert_too_deep(gilt_equal(a, b) < 0);
        assert_too_deep(!gilt_hash(a, &hash));
        assert_too_deep(!gilt_repr(a));
    }
    gilt_decref(a), gilt_decref(b);
    testing_blocks = gilt_memory().blocks; /* classes are kept */
}

/* ---- on another thread, whose stack may be smaller ---- */

static void run_deep(void *deep) {
    assert_too_deep(!gilt_repr(deep));
    GiltObject *same = nested(wrap_list, DEEP);
    assert_too_deep(gilt_equal(deep, same) < 0);
    gilt_decref(same);
}

TEST(threads_have_the_same_limit) {
    GiltObject *deep = nested(wrap_list, DEEP);
    GiltThread *thread = gilt_thread_start(run_deep, deep);
    assert_non_null(thread);
    assert_true(gilt_thread_join(thread));
    gilt_decref(deep);
}

TESTS(test(repr_of_deep_lists_is_a_recursion_error),
      test(repr_of_deep_tuples_is_a_recursion_error),
      test(repr_of_deep_dicts_is_a_recursion_error),
      test(repr_of_deep_exceptions_is_a_recursion_error),
      test(comparing_deep_lists_is_a_recursion_error),
      test(comparing_deep_tuples_is_a_recursion_error),
      test(comparing_deep_dicts_is_a_recursion_error),
      test(searching_and_sorting_deep_items_are_recursion_errors),
      test(hashing_deep_tuples_is_a_recursion_error),
      test(hashing_deep_lists_is_a_type_error),
      test(a_function_that_calls_itself_is_a_recursion_error),
      test(special_methods_that_need_themselves_are_recursion_errors),
      test(threads_have_the_same_limit))
