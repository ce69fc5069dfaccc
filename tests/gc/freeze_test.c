/* freeze_test.c: frozen objects are left alone until they are unfrozen.
 *
 * A frozen object is of no generation, as in CPython: neither objects nor referrers finds
 * it, though it is tracked. */
#include "tests/gc/questions.h"
#include "tests/threads/together.h"

/* Unfreezes what the runtime itself tracks. */
#define FROZEN_AND_AGAIN                                                                   \
    QUIET for (bool again = true; again; gilt_gc_unfreeze(), again = false)

static GiltObject *Thing;

static void make_classes(void) { Thing = gilt_class_new("Thing", NULL, NULL); }

/* A thing that refers to itself, and nothing else to it; a weak reference to it. */
static GiltObject *lost_cycle(void) {
    GiltObject *thing = make(Thing), *weak = gilt_weakref_new(thing, NULL);
    set(thing, "self", thing);
    return weak;
}

static bool is_dead(GiltObject *weak) {
    GiltObject *o = gilt_weakref_get(weak);
    gilt_decref(o);
    return !o;
}

TEST(frozen_objects_are_counted_and_in_no_generation) {
    FROZEN_AND_AGAIN {
        assert_int_equal(gilt_gc_freeze_count(), 0);
        GiltObject *list = empty(), *holder = list_of(list), *number = gilt_int(1000);
        size_t tracked = objects_tracked();
        gilt_gc_freeze();
        assert_int_equal(gilt_gc_freeze_count(), tracked);
        assert_int_equal(objects_tracked(), 0);
        assert_true(gilt_gc_is_tracked(list));
        assert_false(gilt_gc_is_tracked(number));
        assert_false(refers(holder, list));
        is_sound();
        gilt_decref(holder);
        assert_int_equal(gilt_gc_freeze_count(), tracked - 1);
        gilt_gc_unfreeze();
        assert_int_equal(gilt_gc_freeze_count(), 0);
        assert_true(is_in(2, list));
        is_sound();
        gilt_decref(list), gilt_decref(number);
    }
}

TEST(frozen_cycle_lives_until_it_is_unfrozen) {
    make_classes();
    FROZEN_AND_AGAIN {
        GiltObject *weak = lost_cycle();
        gilt_gc_freeze();
        for (int i = 0; i < 3; i++) assert_int_equal(gilt_gc_collect(i), 0);
        assert_false(is_dead(weak));
        gilt_gc_unfreeze();
        assert_int_equal(gilt_gc_collect(1), 0);
        assert_int_equal(gilt_gc_collect(2), 1);
        assert_true(is_dead(weak));
        gilt_decref(weak);
    }
}

/* More than fit on a page, so that every page that has room is used. */
#define MANY 3000

TEST(frozen_objects_are_not_written_beside_new_ones) {
    make_classes();
    FROZEN_AND_AGAIN {
        static GiltObject *lists[MANY], *fresh[MANY];
        GiltObject *weak = lost_cycle(), *holder = empty();
        for (int i = 0; i < MANY; i++) lists[i] = i % 3 ? list_of(holder) : empty();
        for (int i = 0; i < MANY; i += 2) gilt_decref(lists[i]);
        gilt_gc_freeze();
        size_t frozen = gilt_gc_freeze_count();
        for (int i = 0; i < MANY; i++) fresh[i] = list_of(lists[i | 1]);
        assert_true(gilt_list_append(holder, fresh[0]));
        char before[MANY][16];
        for (int i = 1; i < MANY; i += 2) memcpy(before[i], (void *)lists[i], 16);
        for (int i = 0; i < 6; i++) assert_int_equal(gilt_gc_collect(i % 3), 0);
        for (int i = 1; i < MANY; i += 2) assert_memory_equal(lists[i], before[i], 16);
        assert_int_equal(gilt_gc_freeze_count(), frozen);
        assert_false(is_dead(weak));
        for (int i = 0; i < MANY; i++) gilt_decref(fresh[i]);
        is_sound();
        gilt_gc_unfreeze();
        assert_true(is_in(2, lists[1]));
        assert_int_equal(gilt_gc_collect(2), 1);
        gilt_list_clear(holder);
        for (int i = 1; i < MANY; i += 2) gilt_decref(lists[i]);
        gilt_decref(weak), gilt_decref(holder);
    }
}

TEST(what_a_frozen_object_refers_to_is_held) {
    make_classes();
    FROZEN_AND_AGAIN {
        GiltObject *old = empty();
        gilt_gc_freeze();
        GiltObject *weak = lost_cycle(), *thing = gilt_weakref_get(weak);
        assert_true(gilt_list_append(old, thing));
        gilt_decref(thing);
        for (int i = 0; i < 3; i++) assert_int_equal(gilt_gc_collect(i), 0);
        assert_false(is_dead(weak));
        gilt_list_clear(old);
        assert_int_equal(gilt_gc_collect(2), 1);
        assert_true(is_dead(weak));
        gilt_decref(weak), gilt_decref(old);
    }
}

TEST(frozen_twice_is_frozen) {
    QUIET {
        GiltObject *first = empty();
        gilt_gc_freeze();
        size_t frozen = gilt_gc_freeze_count();
        GiltObject *second = empty();
        gilt_gc_freeze();
        assert_int_equal(gilt_gc_freeze_count(), frozen + 1);
        is_sound();
        gilt_decref(first), gilt_decref(second);
        assert_int_equal(gilt_gc_freeze_count(), frozen - 1);
        gilt_gc_unfreeze();
    }
}

static void put_itself(void *dict) {
    GiltObject *key = gilt_str_from("self");
    gilt_dict_set(dict, key, dict);
    gilt_decref(key);
}

/* The page is frozen and belongs to a thread that cannot be asked to move it. */
TEST(dict_that_another_thread_gives_a_container_is_sound_on_a_frozen_page) {
    FROZEN_AND_AGAIN {
        GiltObject *dict = gilt_dict_new();
        gilt_gc_collect(2);
        assert_false(gilt_gc_is_tracked(dict));
        gilt_gc_freeze();
        assert_true(gilt_thread_join(gilt_thread_start(put_itself, dict)));
        assert_true(gilt_gc_is_tracked(dict));
        is_sound();
        gilt_decref(dict);
        gilt_gc_collect(2);
        is_sound();
        gilt_gc_unfreeze();
        assert_int_equal(gilt_gc_collect(2), 1);
    }
}

static GiltObject *revived;

static GiltObject *freeze_all(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)count;
    gilt_gc_freeze();
    revived = gilt_incref(arguments[0]);
    return gilt_none();
}

/* What a collection has in hand is not what is tracked. */
TEST(freezing_in_a_finalizer_does_not_freeze_what_it_brings_back) {
    make_classes();
    set(Thing, "__del__", gilt_function_new("freeze_all", freeze_all, NULL));
    FROZEN_AND_AGAIN {
        GiltObject *list = empty(), *weak = lost_cycle();
        assert_int_equal(gilt_gc_collect(2), 0);
        is_sound();
        assert_false(is_in(-1, list));
        assert_true(is_in(2, revived));
        gilt_decref(revived);
        assert_int_equal(gilt_gc_collect(2), 1);
        gilt_decref(list), gilt_decref(weak);
    }
}

/* ---- While others run ---- */

#define ROUNDS 400

static GiltObject *dicts;

/* Loses cycles, some of them frozen meanwhile, and changes whose dicts are tracked. */
static void change(int number) {
    for (int i = 0; i < ROUNDS; i++)
        for (int n = 0; n < 50; n++) {
            GiltObject *list = empty(), *dict = gilt_list_get(dicts, (n + number) % 50);
            GiltObject *key = gilt_int(n), *one = gilt_int(1000);
            check(gilt_list_append(list, list));
            check(gilt_dict_set(dict, key, (n + i) % 2 ? list : one));
            gilt_decref(list), gilt_decref(dict), gilt_decref(key), gilt_decref(one);
            gilt_safepoint();
        }
}

static void freeze_and_collect(int number) {
    while (keep_reading()) {
        if (number) gilt_gc_freeze();
        for (int i = 0; i < 3; i++) check(gilt_gc_collect(i) >= 0);
        if (number) gilt_gc_unfreeze();
        check(!gilt_gc_verify());
    }
}

TEST(freezing_while_other_threads_change_everything_keeps_the_heap_in_order) {
    FROZEN_AND_AGAIN {
        dicts = empty();
        for (int i = 0; i < 50; i++) {
            GiltObject *dict = gilt_dict_new();
            assert_true(gilt_list_append(dicts, dict));
            gilt_decref(dict);
        }
        together(2, change, 2, freeze_and_collect);
        gilt_decref(dicts);
        gilt_gc_unfreeze();
        gilt_gc_collect(2);
        is_sound();
    }
}

TESTS(test(frozen_objects_are_counted_and_in_no_generation),
      test(frozen_cycle_lives_until_it_is_unfrozen),
      test(frozen_objects_are_not_written_beside_new_ones),
      test(what_a_frozen_object_refers_to_is_held), test(frozen_twice_is_frozen),
      test(dict_that_another_thread_gives_a_container_is_sound_on_a_frozen_page),
      test(freezing_in_a_finalizer_does_not_freeze_what_it_brings_back),
      test(freezing_while_other_threads_change_everything_keeps_the_heap_in_order))
