/* weakref_test.c: weak references, and what they call when their referent dies. */
#include "tests/types/kept.h"

static GiltObject *Thing;

static GiltObject *thing(void) {
    if (!Thing) Thing = gilt_class_new("Thing", NULL, NULL);
    return make(Thing);
}

#define WITH_THINGS                                                                        \
    Thing = NULL;                                                                          \
    gilt_decref(thing());                                                                  \
    CHECKED_FOR_LEAKS

static char calls[64]; /* the names of the callbacks that were called, in order */

static GiltObject *note_call(void *data, GiltObject *const *arguments, size_t count) {
    assert_int_equal(count, 1);
    assert_true(gilt_is(arguments[0], GILT_WEAKREF));
    assert_null(gilt_weakref_get(arguments[0]));
    strcat(calls, data);
    return gilt_none();
}

static GiltObject *noting(char *name) {
    calls[0] = 0;
    return gilt_function_new("note_call", note_call, name);
}

/* Its repr is this text, made by a format. */
static void assert_shown(GiltObject *o, const char *format, ...) {
    char text[100];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    assert_repr(gilt_incref(o), text);
}

TEST(weakref_gives_its_referent_while_it_lives) {
    WITH_THINGS {
        GiltObject *o = thing(), *w = gilt_weakref_new(o, NULL);
        int64_t count = gilt_refcount(o);
        GiltObject *got = gilt_weakref_get(w);
        assert_ptr_equal(got, o);
        assert_int_equal(gilt_refcount(o), count + 1);
        gilt_decref(got);
        got = gilt_call(w, NULL, 0);
        assert_ptr_equal(got, o);
        gilt_decref(got);
        assert_shown(w, "<weakref at %p; to 'Thing' at %p>", (void *)w, (void *)o);
        gilt_decref(o);
        assert_null(gilt_weakref_get(w));
        assert_null(gilt_error());
        assert_repr(gilt_call(w, NULL, 0), "None");
        assert_shown(w, "<weakref at %p; dead>", (void *)w);
        gilt_decref(w);
    }
}

TEST(weakref_may_die_before_its_referent) {
    WITH_THINGS {
        GiltObject *call = noting("a");
        GiltObject *o = thing(), *first = gilt_weakref_new(o, call);
        GiltObject *second = gilt_weakref_new(o, NULL), *third = gilt_weakref_new(o, call);
        gilt_decref(second);
        gilt_decref(first);
        gilt_decref(o);
        assert_null(gilt_weakref_get(third));
        assert_string_equal(calls, "a");
        gilt_decref(third);
        gilt_decref(call);
    }
}

TEST(callbacks_are_called_the_newest_first) {
    WITH_THINGS {
        GiltObject *o = thing(), *w[3];
        GiltObject *call[] = {noting("a"), noting("b"), noting("c")};
        for (int i = 0; i < 3; i++) w[i] = gilt_weakref_new(o, call[i]);
        gilt_decref(o);
        assert_string_equal(calls, "cba");
        for (int i = 0; i < 3; i++) {
            gilt_decref(w[i]);
            gilt_decref(call[i]);
        }
        assert_string_equal(calls, "cba");
    }
}

static GiltObject *raise_here(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    return gilt_raise(GILT_VALUE_ERROR, "(a test wants this line)");
}

TEST(error_of_a_callback_is_printed_and_the_one_set_stays) {
    WITH_THINGS {
        GiltObject *call = gilt_function_new("raise_here", raise_here, NULL);
        GiltObject *o = thing(), *w = gilt_weakref_new(o, call);
        gilt_raise(GILT_KEY_ERROR, "mine");
        gilt_decref(o);
        assert_raised_text(GILT_KEY_ERROR, "'mine'");
        gilt_decref(w);
        gilt_decref(call);
    }
}

static GiltObject *drop_data(void *data, GiltObject *const *arguments, size_t count) {
    (void)arguments, (void)count;
    GiltObject **reference = data;
    gilt_decref(*reference);
    *reference = NULL;
    return gilt_none();
}

TEST(callback_may_drop_its_own_weakref) {
    WITH_THINGS {
        GiltObject *w = NULL;
        GiltObject *call = gilt_function_new("drop_data", drop_data, &w);
        GiltObject *o = thing();
        w = gilt_weakref_new(o, call);
        gilt_decref(call);
        gilt_decref(o);
        assert_null(w);
    }
}

/* o's callback drops the last reference to p, whose callback notes. */
TEST(callback_may_let_other_referents_die) {
    WITH_THINGS {
        GiltObject *o = thing(), *p = thing();
        GiltObject *drop = gilt_function_new("drop_data", drop_data, &p);
        GiltObject *note = noting("p");
        GiltObject *wo = gilt_weakref_new(o, drop), *wp = gilt_weakref_new(p, note);
        gilt_decref(o);
        assert_string_equal(calls, "p");
        assert_null(gilt_weakref_get(wp));
        gilt_decref(wo);
        gilt_decref(wp);
        gilt_decref(drop);
        gilt_decref(note);
    }
}

/* A list holds both, so that both die together, in either order. */
TEST(weakref_that_dies_with_its_referent_is_not_called) {
    WITH_THINGS {
        GiltObject *call = noting("a");
        for (int order = 0; order < 2; order++) {
            GiltObject *o = thing(), *w = gilt_weakref_new(o, call);
            GiltObject *both[] = {order ? o : w, order ? w : o};
            GiltObject *list = gilt_list_new(both, 2);
            gilt_decref(o);
            gilt_decref(w);
            gilt_decref(list);
        }
        gilt_decref(call);
        assert_int_equal(strlen(calls),
                         1); /* for the order in which the referent is first */
    }
}

/* The weak reference hangs at the end of the referent, deeper than destruction recurses. */
TEST(weakref_deep_inside_its_referent_dies_well) {
    WITH_THINGS {
        GiltObject *call = noting("a");
        GiltObject *o = thing(), *chain = gilt_weakref_new(o, call);
        for (int i = 0; i < 1000; i++) {
            GiltObject *next = gilt_list_new(&chain, 1);
            gilt_decref(chain);
            chain = next;
        }
        set(o, "chain", chain);
        gilt_decref(o);
        gilt_decref(call);
        assert_string_equal(calls, "a");
    }
}

TEST(weakrefs_of_thousands_of_objects_are_told_apart) {
    enum { COUNT = 20000 };
    static GiltObject *o[COUNT], *w[COUNT], *v[COUNT];
    WITH_THINGS {
        for (int i = 0; i < COUNT; i++) {
            o[i] = thing();
            v[i] = gilt_weakref_new(o[i], NULL);
            w[i] = gilt_weakref_new(o[i], NULL);
        }
        for (int i = 0; i < COUNT; i += 2) gilt_decref(o[i]);
        for (int i = 0; i < COUNT; i++) {
            GiltObject *got = gilt_weakref_get(w[i]), *same = gilt_weakref_get(v[i]);
            assert_ptr_equal(got, i % 2 ? o[i] : NULL);
            assert_ptr_equal(got, same);
            gilt_decref(got);
            gilt_decref(same);
        }
        for (int i = 1; i < COUNT; i += 2) gilt_decref(o[i]);
        for (int i = 0; i < COUNT; i++) {
            gilt_decref(w[i]);
            gilt_decref(v[i]);
        }
    }
}

TEST(newest_stays_first_when_the_table_grows) {
    enum { COUNT = 3000 };
    static GiltObject *w[COUNT];
    WITH_THINGS {
        GiltObject *a = noting("a"), *b = noting("b"), *o = thing();
        GiltObject *wa = gilt_weakref_new(o, a), *wb = gilt_weakref_new(o, b);
        for (int i = 0; i < COUNT; i++) w[i] = gilt_weakref_new(o, NULL);
        gilt_decref(o);
        assert_string_equal(calls, "ba");
        for (int i = 0; i < COUNT; i++) gilt_decref(w[i]);
        gilt_decref(wa);
        gilt_decref(wb);
        gilt_decref(a);
        gilt_decref(b);
    }
}

TEST(objects_with_literals_cannot_be_weakly_referenced) {
    GiltObject *all[] = {gilt_none(),     gilt_int(1000),          gilt_float(1.5),
                         gilt_bool(true), gilt_str_from("longer"), gilt_bytes_new("x", 1),
                         gilt_dict_new(), gilt_tuple_new(NULL, 0), gilt_list_new(NULL, 0)};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        assert_null(gilt_weakref_new(all[i], NULL));
        assert_raised(GILT_TYPE_ERROR);
    }
    assert_null(gilt_weakref_new(all[1], NULL));
    assert_raised_text(GILT_TYPE_ERROR, "cannot create weak reference to 'int' object");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) gilt_decref(all[i]);
}

TEST(classes_functions_sets_locks_and_exceptions_can_be_weakly_referenced) {
    WITH_THINGS {
        GiltObject *all[] = {gilt_set_new(NULL, 0), gilt_lock_new(), noting("x"),
                             gilt_instance_new(gilt_type(GILT_VALUE_ERROR))};
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
            GiltObject *w = gilt_weakref_new(all[i], NULL);
            GiltObject *got = gilt_weakref_get(w);
            assert_ptr_equal(got, all[i]);
            gilt_decref(got);
            gilt_decref(all[i]);
            assert_null(gilt_weakref_get(w));
            gilt_decref(w);
        }
        GiltObject *w = gilt_weakref_new(Thing, NULL);
        assert_repr(gilt_weakref_get(w), "<class 'Thing'>");
        gilt_decref(w);
    }
}

TEST(weakrefs_are_equal_while_their_referents_are) {
    WITH_THINGS {
        GiltObject *o = thing(), *p = thing();
        GiltObject *a = gilt_weakref_new(o, NULL), *b = gilt_weakref_new(o, NULL);
        GiltObject *c = gilt_weakref_new(p, NULL);
        int64_t ha = 0, hb = 0, later = 0, of_o = 0;
        assert_int_equal(gilt_equal(a, b), 1);
        assert_int_equal(gilt_equal(a, c), 0);
        assert_true(gilt_hash(a, &ha) && gilt_hash(b, &hb) && gilt_hash(o, &of_o));
        assert_true(ha == hb && ha == of_o);
        gilt_decref(o);
        gilt_decref(p);
        assert_int_equal(gilt_equal(a, b), 0);
        assert_int_equal(gilt_equal(a, a), 1);
        assert_true(gilt_hash(a, &later) && later == ha);
        assert_false(gilt_hash(c, &later));
        assert_raised_text(GILT_TYPE_ERROR, "weak object has gone away");
        gilt_decref(a);
        gilt_decref(b);
        gilt_decref(c);
    }
}

TESTS(test(weakref_gives_its_referent_while_it_lives),
      test(weakref_may_die_before_its_referent),
      test(callbacks_are_called_the_newest_first),
      test(error_of_a_callback_is_printed_and_the_one_set_stays),
      test(callback_may_drop_its_own_weakref), test(callback_may_let_other_referents_die),
      test(weakref_that_dies_with_its_referent_is_not_called),
      test(weakref_deep_inside_its_referent_dies_well),
      test(weakrefs_of_thousands_of_objects_are_told_apart),
      test(newest_stays_first_when_the_table_grows),
      test(objects_with_literals_cannot_be_weakly_referenced),
      test(classes_functions_sets_locks_and_exceptions_can_be_weakly_referenced),
      test(weakrefs_are_equal_while_their_referents_are))
