/* class_life_test.c: what keeps a class alive: references, instances, and the finalisers of
 * instances that die with it. */
#include "tests/gc/mortal.h"

/* ---- More finalisers ---- */

static GiltObject *del_keeping_self(void *data, GiltObject *const *arguments,
                                    size_t count) {
    append(keeper, arguments[0]);
    return del_noting(data, arguments, count);
}

static GiltObject *del_keeping_class(void *data, GiltObject *const *arguments,
                                     size_t count) {
    append(keeper, gilt_type_of(arguments[0]));
    return del_noting(data, arguments, count);
}

/* The first to die makes another instance, which the keeper gets. */
static GiltObject *del_making_one(void *data, GiltObject *const *arguments, size_t count) {
    if (!deaths) {
        GiltObject *made = instance(gilt_type_of(arguments[0]));
        append(keeper, made);
        gilt_decref(made);
    }
    return del_noting(data, arguments, count);
}

/* The first to die refers to the other instance itself. */
static GiltObject *del_taking_one_along(void *data, GiltObject *const *arguments,
                                        size_t count) {
    if (!deaths) set(arguments[0], "next", instance(gilt_type_of(arguments[0])));
    return del_noting(data, arguments, count);
}

static GiltObject *del_collecting(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    gilt_gc_collect(2);
    return gilt_none();
}

/* ---- What keeps a class alive ---- */

TEST(class_lives_as_long_as_an_instance) {
    GiltObject *C = class_new(NULL), *o = instance(C), *w = gilt_weakref_new(C, NULL);
    set(C, "item_of_class", gilt_int(1));
    gilt_decref(C);
    for (int i = 0; i < 3; i++) assert_found(0);
    assert_true(has_word(o));
    GiltObject *other = instance(gilt_type_of(o));
    gilt_decref(o);
    assert_found(0);
    assert_true(has_word(other));
    gilt_decref(other);
    assert_alive(w);
    assert_found(1);
    assert_gone(w);
    STAYS(0);
}

TEST(class_lives_as_long_as_a_subclass) {
    GiltObject *C = class_new(NULL), *Sub = class_new(C), *w = gilt_weakref_new(C, NULL);
    set(C, "item_of_class", gilt_int(1));
    gilt_decref(C);
    assert_found(0);
    assert_true(has_word(Sub));
    GiltObject *o = instance(Sub);
    gilt_decref(Sub);
    assert_found(0);
    assert_true(has_word(o));
    gilt_decref(o);
    assert_found(2);
    assert_gone(w);
    testing_blocks += 3 * 2;
}

TEST(class_lives_as_long_as_a_reference) {
    GiltObject *C = class_new(NULL), *list = list_of(C), *tuple = tuple_of(C);
    gilt_decref(C);
    assert_found(0);
    gilt_decref(list);
    assert_found(0);
    gilt_decref(instance(C));
    assert_true(gilt_gc_is_tracked(tuple));
    gilt_decref(tuple);
    assert_found(1);
    STAYS(0);
}

TEST(class_lives_as_long_as_it_is_a_key) {
    GiltObject *C = class_new(NULL), *dict = gilt_dict_new();
    put_in(dict, C, Node);
    gilt_decref(C);
    assert_found(0);
    assert_int_equal(gilt_contains(dict, C), 1);
    assert_true(gilt_del_item(dict, C));
    gilt_decref(dict);
    assert_found(1);
    STAYS(0);
}

TEST(class_of_the_exception_that_is_set_lives) {
    GiltObject *E = class_new(gilt_type(GILT_VALUE_ERROR)), *text = gilt_intern("item");
    GiltObject *e = some(gilt_call(E, &text, 1));
    gilt_raise_object(e);
    gilt_decref(e);
    gilt_decref(E);
    assert_found(0);
    assert_raised_text(GILT_VALUE_ERROR, "item");
    assert_found(1);
    STAYS(0);
}

TEST(class_lives_as_long_as_a_frozen_instance) {
    GiltObject *C = class_new(NULL), *o = instance(C);
    set(C, "item_of_class", gilt_int(1));
    gilt_gc_freeze();
    gilt_decref(C);
    assert_found(0);
    assert_true(has_word(o));
    gilt_decref(o);
    assert_found(0); /* no one looks at what is frozen */
    gilt_gc_unfreeze();
    assert_found(2);
    STAYS(0);
}

/* ---- Finalised with their class ---- */

TEST(instance_that_dies_with_its_class_is_finalised) {
    GiltObject *C = class_new(NULL), *o = instance(C);
    give_del(C, del_noting);
    link_to(C, "item", o);
    gilt_decref(o);
    gilt_decref(C);
    assert_found(3);
    assert_true(deaths == 1 && words == 1);
    STAYS(0);
}

TEST(finaliser_of_a_base_is_called_when_both_classes_die) {
    GiltObject *C = class_new(NULL), *Sub = class_new(C);
    give_del(C, del_noting);
    lose_instance(Sub);
    gilt_decref(Sub);
    gilt_decref(C);
    assert_found(5);
    assert_true(deaths == 1 && words == 1);
    testing_blocks += 3 * 2 + 1;
}

TEST(resurrected_instance_keeps_its_class) {
    GiltObject *C = class_new(NULL);
    give_del(C, del_keeping_self);
    lose_instance(C);
    gilt_decref(C);
    assert_found(0);
    assert_true(deaths == 1 && words == 1 && gilt_list_size(keeper) == 1);
    for (int i = 0; i < 2; i++) {
        GiltObject *o = gilt_list_get(keeper, 0);
        assert_true(has_word(o));
        gilt_decref(o);
        assert_found(0);
    }
    gilt_list_clear(keeper);
    assert_found(2);
    assert_int_equal(deaths, 1);
    STAYS(1);
}

TEST(resurrected_class_is_whole) {
    GiltObject *C = class_new(NULL);
    give_del(C, del_keeping_class);
    lose_instance(C);
    gilt_decref(C);
    assert_found(1); /* the instance alone */
    C = gilt_list_get(keeper, 0);
    GiltObject *o = instance(C);
    assert_true(has_word(o));
    gilt_decref(C);
    gilt_list_clear(keeper);
    assert_found(0);
    gilt_decref(o); /* it is finalised, too, and keeps the class once more */
    assert_true(deaths == 2 && words == 2);
    gilt_list_clear(keeper);
    assert_found(1);
    STAYS(1);
}

TEST(instance_made_by_a_finaliser_keeps_its_class) {
    GiltObject *C = class_new(NULL);
    give_del(C, del_making_one);
    lose_instance(C);
    gilt_decref(C);
    assert_found(1);
    assert_int_equal(gilt_list_size(keeper), 1);
    for (int i = 0; i < 2; i++) {
        GiltObject *o = gilt_list_get(keeper, 0);
        assert_true(has_word(o));
        gilt_decref(instance(gilt_type_of(o)));
        gilt_decref(o);
        assert_found(0);
    }
    gilt_list_clear(keeper);
    assert_true(deaths == 4 && words == 4);
    assert_found(1);
    STAYS(1);
}

TEST(instance_that_only_garbage_holds_is_finalised_by_its_class) {
    GiltObject *C = class_new(NULL);
    give_del(C, del_taking_one_along);
    lose_instance(C);
    gilt_decref(C);
    assert_found(1);
    assert_true(deaths == 2 && words == 2);
    assert_found(2);
    STAYS(2);
}

/* A chain that is too deep to be destroyed at once, so that its end, an instance of a class
 * that nothing else holds, waits, dead, while the finaliser of something beside it
 * collects. One of these lengths is the right one. */
TEST(instance_that_waits_for_its_end_keeps_its_class) {
    GiltObject *Collector = class_new(NULL);
    give_del(Collector, del_collecting);
    for (int length = 1; length <= 100; length++) {
        GiltObject *C = class_new(NULL), *o = instance(C);
        give_del(C, del_noting);
        gilt_decref(C);
        for (int i = 0; i < length; i++) {
            GiltObject *parent = node();
            assert_true(set(parent, "next", o));
            if (i == 1) set(parent, "before", instance(Collector));
            o = parent;
        }
        gilt_decref(o);
        gilt_gc_collect(2);
        assert_true(deaths == length && words == length);
    }
    assert_sound();
    testing_blocks += 3 * 100;
    gilt_decref(Collector);
    assert_found(1);
    STAYS(0);
}

static const struct CMUnitTest tests[] = {
    class_test(class_lives_as_long_as_an_instance),
    class_test(class_lives_as_long_as_a_subclass),
    class_test(class_lives_as_long_as_a_reference),
    class_test(class_lives_as_long_as_it_is_a_key),
    class_test(class_of_the_exception_that_is_set_lives),
    class_test(class_lives_as_long_as_a_frozen_instance),
    class_test(instance_that_dies_with_its_class_is_finalised),
    class_test(finaliser_of_a_base_is_called_when_both_classes_die),
    class_test(resurrected_instance_keeps_its_class),
    class_test(resurrected_class_is_whole),
    class_test(instance_made_by_a_finaliser_keeps_its_class),
    class_test(instance_that_only_garbage_holds_is_finalised_by_its_class),
    class_test(instance_that_waits_for_its_end_keeps_its_class),
};

int main(void) { return cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL); }
