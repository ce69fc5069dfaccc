/* replaced_table_test.c: comparing two keys makes another table of the dict, in the same
 * place and with another key where the first was. Whoever comes back from comparing must
 * not take it for the table that it left. In gil a table's memory is free at once, so that
 * the next table of its size is surely in the same place. */
#include "core/types/table.h"
#include "tests/types/kept.h"

static GiltObject *dict, *other, *value;
static const void *before, *after; /* where its tables are */
static bool acts;

static GiltObject *seven(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    return gilt_int(7);
}

static const void *table_now(void) { return link_peek(&((TableOwner *)dict)->table); }

/* All of the class are equal; the first time the dict is emptied and filled anew. */
static GiltObject *equal(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    if (acts) {
        acts = false;
        before = table_now();
        gilt_dict_clear(dict);
        assert_true(gilt_dict_set(dict, other, value));
        after = table_now();
    }
    return gilt_bool(true);
}

static GiltObject *key_class(void) {
    GiltObject *class = gilt_class_new("Key", NULL, NULL);
    assert_true(set(class, "__hash__", gilt_function_new("__hash__", seven, NULL)));
    assert_true(set(class, "__eq__", gilt_function_new("__eq__", equal, NULL)));
    return class;
}

static void fill(GiltObject *class) {
    GiltObject *key = make(class);
    dict = gilt_dict_new();
    other = gilt_int(1000);
    value = gilt_int(2000);
    assert_true(gilt_dict_set(dict, key, gilt_none()));
    gilt_decref(key);
    acts = true;
}

/* In the dict is what comparing has left there, and `more` other keys. */
static void finish(size_t more) {
    assert_false(acts);
    if (!strcmp(gilt_mode(), "gil")) assert_ptr_equal(before, after);
    GiltObject *found = gilt_dict_get(dict, other);
    assert_ptr_equal(found, value);
    assert_int_equal(gilt_dict_size(dict), 1 + more);
    gilt_decref(found);
    gilt_decref(dict);
    gilt_decref(other);
    gilt_decref(value);
}

static void play(void (*act)(GiltObject *key), size_t more) {
    GiltObject *class = key_class();
    CHECKED_FOR_LEAKS {
        GiltObject *key = make(class);
        fill(class);
        act(key);
        finish(more);
        gilt_decref(key);
    }
    gilt_decref(class);
    gilt_gc_collect(2);
    testing_blocks = gilt_memory().blocks; /* names and shapes stay */
}

static void act_get(GiltObject *key) { assert_null(gilt_dict_get(dict, key)); }
static void act_contains(GiltObject *key) { assert_int_equal(gilt_contains(dict, key), 0); }
static void act_set(GiltObject *key) { assert_true(gilt_dict_set(dict, key, gilt_none())); }
static void act_pop(GiltObject *key) {
    assert_null(gilt_dict_pop(dict, key));
    assert_raised(GILT_KEY_ERROR);
}

TEST(get_looks_into_the_new_table) { play(act_get, 0); }
TEST(contains_looks_into_the_new_table) { play(act_contains, 0); }
TEST(set_changes_the_new_table) { play(act_set, 1); }
TEST(pop_looks_into_the_new_table) { play(act_pop, 0); }

TESTS(test(get_looks_into_the_new_table), test(contains_looks_into_the_new_table),
      test(set_changes_the_new_table), test(pop_looks_into_the_new_table))
