/* finalizer_test.c: __del__ is called once for each object that dies, by its count or in a
 * cycle, while everything that it refers to is alive. What finalisers may do:
 * finalizer_acts_test.c. */
#include "tests/gc/finalizers.h"

static GiltObject *Del;

#define WITH_DEL(native, data)                                                             \
    Del = class_with_del(NULL, native, data);                                              \
    forget_calls();                                                                        \
    CHECKED_FOR_LEAKS

/* ---- Called once ---- */

TEST(the_last_drop_calls_it_once) {
    WITH_DEL(note_name, NULL) {
        GiltObject *o = named(Del, "a"), *list = list_of(o);
        gilt_decref(o);
        assert_calls("");
        gilt_decref(list);
        assert_calls("a");
        assert_found(0);
        assert_calls("");
    }
}

TEST(it_is_called_once_for_each_object_of_a_cycle) {
    WITH_DEL(note_name, NULL) {
        gilt_decref(ring_of(Del, "abcdef"));
        assert_calls("");
        assert_found(6);
        assert_int_equal(strlen(calls), 6);
        for (const char *letter = "abcdef"; *letter; letter++)
            assert_non_null(strchr(calls, *letter));
        forget_calls();
        assert_found(0);
        assert_calls("");
    }
}

TEST(every_generation_calls_it) {
    WITH_DEL(note_name, NULL) {
        for (int generation = 0; generation < 3; generation++) {
            GiltObject *ring = ring_of(Del, "a");
            for (int i = 0; i < generation; i++) gilt_gc_collect(i);
            gilt_decref(ring);
            assert_int_equal(gilt_gc_collect(generation), 1);
            assert_calls("a");
            assert_sound();
        }
    }
}

TEST(instances_of_every_kind_have_one) {
    const char *const slots[] = {"next", "name", NULL};
    GiltObject *function = some(gilt_function_new("__del__", note_name, NULL));
    GiltObject *class[] = {some(gilt_class_new("Fixed", NULL, slots)),
                           some(gilt_class_new("Any", NULL, NULL)),
                           some(gilt_class_new("Error", gilt_type(GILT_EXCEPTION), NULL))};
    for (int i = 0; i < 3; i++) set(class[i], "__del__", gilt_incref(function));
    forget_calls();
    CHECKED_FOR_LEAKS {
        for (int i = 0; i < 3; i++) {
            gilt_decref(named(class[i], "d"));
            assert_calls("d");
            gilt_decref(ring_of(class[i], "g"));
            assert_found(1);
            assert_calls("g");
        }
        GiltObject *o = ring_of(class[1], "o");
        set(o, "more", gilt_int(1));
        assert_true(del(o, "more")); /* now its attributes are in a dict */
        gilt_decref(o);
        assert_found(2);
        assert_calls("o");
    }
}

/* ---- What it sees ---- */

/* Notes whether self.item is alive and itself: its name. */
static GiltObject *note_item(void *data, GiltObject *const *arguments, size_t count) {
    (void)data;
    assert_int_equal(count, 1);
    GiltObject *item = some(get(arguments[0], "item"));
    note_name(NULL, &item, 1);
    gilt_decref(item);
    return note_name(NULL, arguments, 1);
}

TEST(it_runs_before_what_its_object_holds_is_destroyed) {
    WITH_DEL(note_item, NULL) {
        GiltObject *parent = named(Del, "p"), *child = named(Node, "c");
        set(parent, "item", child);
        gilt_decref(parent);
        assert_calls("cp");

        GiltObject *ring = ring_of(Del, "a"), *other = ring_of(Del, "b");
        link_to(ring, "item", other);
        link_to(other, "item", ring);
        gilt_decref(ring);
        gilt_decref(other);
        assert_found(2);
        assert_int_equal(strlen(calls), 4);
        assert_true(!strcmp(calls, "baab") || !strcmp(calls, "abba"));
        forget_calls();
    }
}

TEST(parents_come_before_children) {
    WITH_DEL(note_name, NULL) {
        GiltObject *a = named(Del, "a"), *b = named(Del, "b"), *c = named(Del, "c");
        set(b, "item", c);
        set(a, "item", b);
        gilt_decref(a);
        assert_calls("abc");
    }
}

static GiltObject *weakrefs[3];

static GiltObject *note_weakrefs(void *data, GiltObject *const *arguments, size_t count) {
    for (int i = 0; i < 3; i++) {
        GiltObject *got = weakrefs[i] ? gilt_weakref_get(weakrefs[i]) : NULL;
        if (got) note_call('!');
        gilt_decref(got);
    }
    return note_name(data, arguments, count);
}

TEST(weak_references_are_cleared_before_and_called_after_all_finalisers) {
    WITH_DEL(note_weakrefs, NULL) {
        GiltObject *callback = noting("w"), *at = ring_of(Del, "aaa");
        for (int i = 0; i < 3; i++) {
            weakrefs[i] = some(gilt_weakref_new(at, i < 2 ? callback : NULL));
            GiltObject *next = get(at, "next");
            gilt_decref(at);
            at = next;
        }
        gilt_decref(at);
        assert_found(3);
        assert_calls("aaaww");
        for (int i = 0; i < 3; i++) assert_gone(weakrefs[i]);

        GiltObject *o = named(Del, "o");
        for (int i = 0; i < 3; i++) weakrefs[i] = some(gilt_weakref_new(o, callback));
        gilt_decref(o);
        assert_calls("owww");
        for (int i = 0; i < 3; i++) assert_gone(weakrefs[i]);
        memset(weakrefs, 0, sizeof weakrefs);
        gilt_decref(callback);
    }
}

TEST(it_is_marked_as_called) {
    WITH_DEL(note_name, NULL) {
        GiltObject *ring = ring_of(Del, "a");
        assert_false(gilt_gc_is_finalized(ring));
        gilt_decref(ring);
        assert_found(1);
        assert_calls("a");
    }
}

/* ---- Errors ---- */

static GiltObject *raise_here(void *data, GiltObject *const *arguments, size_t count) {
    note_name(data, arguments, count);
    return gilt_raise(GILT_VALUE_ERROR, "wanted by a test");
}

#define RAISED "Exception ignored in: <built-in function __del__>\nValueError: wanted by a test\n"

TEST(what_it_raises_is_printed_and_the_rest_goes_on) {
    WITH_DEL(raise_here, NULL) {
        stderr_begin();
        gilt_decref(named(Del, "d"));
        gilt_decref(ring_of(Del, "rrr"));
        ssize_t found = gilt_gc_collect(2);
        assert_stderr(RAISED RAISED RAISED RAISED);
        assert_int_equal(found, 3);
        assert_calls("drrr");
        assert_null(gilt_error());
    }
}

TEST(the_exception_that_is_set_stays_set) {
    WITH_DEL(raise_here, NULL) {
        GiltObject *ring = ring_of(Del, "r"), *o = named(Del, "d");
        gilt_raise(GILT_KEY_ERROR, "mine");
        stderr_begin();
        gilt_decref(o);
        gilt_decref(ring);
        ssize_t found = gilt_gc_collect(2);
        assert_stderr(RAISED RAISED);
        assert_int_equal(found, 1);
        assert_raised_text(GILT_KEY_ERROR, "'mine'");
        assert_calls("dr");
    }
}

TEST(one_that_cannot_be_called_is_reported) {
    Del = some(gilt_class_new("Del", NULL, NULL));
    set(Del, "__del__", gilt_int(1));
    CHECKED_FOR_LEAKS {
        GiltObject *ring = ring_of(Del, "r");
        stderr_begin();
        gilt_decref(named(Del, "d"));
        gilt_decref(ring);
        ssize_t found = gilt_gc_collect(2);
        assert_stderr("Exception ignored in: 1\n"
                      "TypeError: 'int' object is not callable\n"
                      "Exception ignored in: 1\n"
                      "TypeError: 'int' object is not callable\n");
        assert_int_equal(found, 1);
    }
}

/* ---- Where it is found ---- */

TEST(it_is_inherited_and_overridden) {
    Del = class_with_del(NULL, note_name, NULL);
    GiltObject *Child = some(gilt_class_new("Child", Del, NULL));
    GiltObject *Other = class_with_del(Child, note, "o");
    forget_calls();
    CHECKED_FOR_LEAKS {
        gilt_decref(named(Child, "c"));
        gilt_decref(named(Other, "x"));
        assert_calls("co");
        gilt_decref(ring_of(Child, "c"));
        assert_found(1);
        gilt_decref(ring_of(Other, "x"));
        assert_found(1);
        assert_calls("co");
    }
}

TEST(it_may_be_set_on_a_base_when_there_are_instances) {
    GiltObject *Base = some(gilt_class_new("Base", NULL, NULL));
    GiltObject *Child = some(gilt_class_new("Child", Base, NULL));
    GiltObject *o = named(Child, "d"), *ring = ring_of(Child, "r");
    set(Base, "__del__", gilt_function_new("__del__", note_name, NULL));
    forget_calls();
    gilt_decref(o);
    gilt_decref(ring);
    assert_found(1);
    assert_calls("dr");
    testing_blocks = blocks_now();
}

TEST(one_that_was_deleted_is_not_called) {
    WITH_DEL(note_name, NULL) {
        GiltObject *o = named(Del, "d"), *ring = ring_of(Del, "rr");
        GiltObject *function = some(get(Del, "__del__"));
        assert_true(del(Del, "__del__"));
        gilt_decref(o);
        gilt_decref(ring);
        assert_found(2);
        assert_calls("");
        set(Del, "__del__", function);
    }
}

/* ---- Many ---- */

static size_t finalized;

static GiltObject *count_one(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    finalized++;
    return gilt_none();
}

TEST(a_long_chain_is_finalised_with_little_stack) {
    enum { COUNT = 100000 };
    WITH_DEL(count_one, NULL) {
        GiltObject *chain = NULL;
        for (int i = 0; i < COUNT; i++) {
            GiltObject *next = some(gilt_instance_new(Del));
            if (chain) set(next, "next", chain);
            chain = next;
        }
        finalized = 0;
        gilt_decref(chain);
        assert_int_equal(finalized, COUNT);
        assert_found(0);
    }
}

TEST(a_long_ring_and_its_tail_are_finalised) {
    enum { COUNT = 50000 };
    WITH_DEL(count_one, NULL) {
        GiltObject *first = some(gilt_instance_new(Del)), *last = gilt_incref(first);
        for (int i = 1; i < COUNT; i++) {
            GiltObject *next = some(gilt_instance_new(Del));
            link_to(last, "next", next);
            gilt_decref(last);
            last = next;
            if (i == COUNT / 2) link_to(last, "before", first);
        }
        finalized = 0;
        gilt_decref(first);
        gilt_decref(last);
        assert_found(COUNT);
        assert_int_equal(finalized, COUNT);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        gc_test(the_last_drop_calls_it_once),
        gc_test(it_is_called_once_for_each_object_of_a_cycle),
        gc_test(every_generation_calls_it),
        gc_test(instances_of_every_kind_have_one),
        gc_test(it_runs_before_what_its_object_holds_is_destroyed),
        gc_test(parents_come_before_children),
        gc_test(weak_references_are_cleared_before_and_called_after_all_finalisers),
        gc_test(it_is_marked_as_called),
        gc_test(what_it_raises_is_printed_and_the_rest_goes_on),
        gc_test(the_exception_that_is_set_stays_set),
        gc_test(one_that_cannot_be_called_is_reported),
        gc_test(it_is_inherited_and_overridden),
        gc_test(it_may_be_set_on_a_base_when_there_are_instances),
        gc_test(one_that_was_deleted_is_not_called),
        gc_test(a_long_chain_is_finalised_with_little_stack),
        gc_test(a_long_ring_and_its_tail_are_finalised),
    };
    return cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL);
}
