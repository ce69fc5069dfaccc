/* dropper_test.c: the finaliser of an item uses the container that has just dropped it: so
 * the container is whole by then, and not locked. (Debug builds stop at a lock that is
 * taken twice; in others a finaliser would find a container that is half changed.) */
#include "tests/gc/finalizers.h"

enum { NAME = 1, OTHER = 2 };

static GiltObject *container, *one, *two;
static int used;

/* Changes it and changes it back. */
static void use_list(void) {
    ssize_t size = gilt_len(container);
    assert_true(gilt_list_append(container, one) && gilt_len(container) == size + 1);
    gilt_decref(gilt_list_pop(container, -1));
    assert_int_equal(gilt_len(container), size);
}

static void use_dict(void) {
    GiltObject *key = gilt_int(77), *value;
    assert_true(gilt_dict_set(container, key, two));
    assert_non_null(value = gilt_dict_pop(container, key));
    gilt_decref(value);
}

static void use_set(void) {
    assert_true(gilt_set_add(container, two));
    assert_int_equal(gilt_set_discard(container, two), 1);
}

static void use_instance(void) {
    assert_true(set(container, "other", gilt_int(3)));
    gilt_decref(get(container, "other"));
}

static GiltObject *use(void *data, GiltObject *const *arguments, size_t count) {
    (void)arguments, (void)count;
    (*(void (**)(void))data)();
    used++;
    return gilt_none();
}

static void (*user)(void);

/* The class of items whose finaliser does this; what it leaves behind is not counted. */
static GiltObject *begin(void (*how)(void)) {
    user = how;
    one = gilt_int(NAME);
    two = gilt_int(OTHER);
    return class_with_del(NULL, use, &user);
}

static void fill(GiltObject *with) {
    container = with;
    used = 0;
}

static void empty(int times) {
    assert_int_equal(used, times);
    gilt_decref(container);
}

static void end(GiltObject *class) {
    gilt_decref(class);
    gilt_gc_collect(2);
    testing_blocks = gilt_memory().blocks;
}

TEST(an_item_that_leaves_a_list_may_use_it) {
    GiltObject *class = begin(use_list), *index = gilt_int(0);
    CHECKED_FOR_LEAKS {
        fill(empty_list());
        for (int i = 0; i < 40; i++) {
            GiltObject *item = make(class);
            append(container, item);
            gilt_decref(item);
        }
        assert_true(gilt_list_set(container, 3, one));
        for (int i = 0; i < 20; i++) assert_true(gilt_del_item(container, index));
        gilt_list_clear(container);
        empty(40);
    }
    end(class);
}

TEST(an_item_of_a_list_that_leaves_a_list_may_use_that) {
    GiltObject *class = begin(use_list);
    CHECKED_FOR_LEAKS {
        GiltObject *item = make(class), *inner = list_of(item);
        fill(list_of(inner));
        gilt_decref(item);
        gilt_decref(inner);
        assert_true(gilt_list_set(container, 0, one));
        empty(1);
    }
    end(class);
}

static void put(GiltObject *key, GiltObject *class) {
    GiltObject *value = make(class);
    assert_true(gilt_dict_set(container, key, value));
    gilt_decref(value);
}

TEST(a_value_or_key_that_leaves_a_dict_may_use_it) {
    GiltObject *class = begin(use_dict), *key;
    CHECKED_FOR_LEAKS {
        fill(gilt_dict_new());
        put(one, class);
        put(one, class);
        put(two, class);
        assert_true(gilt_dict_set(container, one, one));
        assert_true(gilt_dict_delete(container, two));
        assert_true(gilt_dict_set(container, key = make(class), one));
        gilt_decref(key);
        assert_true(gilt_dict_delete(container, key));
        put(two, class);
        gilt_dict_clear(container);
        empty(5);
    }
    end(class);
}

TEST(an_item_that_leaves_a_set_may_use_it) {
    GiltObject *class = begin(use_set), *item;
    CHECKED_FOR_LEAKS {
        fill(gilt_set_new(NULL, 0));
        assert_true(gilt_set_add(container, item = make(class)));
        gilt_decref(item);
        assert_int_equal(gilt_set_discard(container, item), 1);
        assert_true(gilt_set_add(container, item = make(class)));
        gilt_decref(item);
        gilt_set_clear(container);
        empty(2);
    }
    end(class);
}

TEST(a_value_that_leaves_an_instance_may_use_it) {
    GiltObject *class = begin(use_instance), *node = gilt_class_new("Node", NULL, NULL);
    CHECKED_FOR_LEAKS {
        fill(make(node));
        assert_true(set(container, "a", make(class)));
        assert_true(set(container, "a", make(class)));
        assert_true(set(container, "b", make(class)));
        assert_true(del(container, "a")); /* it has a dict from here on */
        assert_true(set(container, "b", gilt_int(1)));
        empty(3);
    }
    gilt_decref(node);
    end(class);
}

TESTS(test(an_item_that_leaves_a_list_may_use_it),
      test(an_item_of_a_list_that_leaves_a_list_may_use_that),
      test(a_value_or_key_that_leaves_a_dict_may_use_it),
      test(an_item_that_leaves_a_set_may_use_it),
      test(a_value_that_leaves_an_instance_may_use_it))
