/* inspect_test.c: what the collector says about objects. */
#include "tests/gc/questions.h"
#include "tests/threads/together.h"

#if defined __SANITIZE_THREAD__ || defined __SANITIZE_ADDRESS__
#define SANITIZED 1
#endif
#include "tests/faults/failing_malloc.h"

static GiltObject *Thing, *Slotted, *Lasting;

/* Classes stay; so they are made before leaks are looked for. */
#define WITH_CLASSES                                                                       \
    Thing = gilt_class_new("Thing", NULL, NULL);                                           \
    Slotted = gilt_class_new("Slotted", NULL, (const char *const[]){"x", NULL});           \
    QUIET

static GiltObject *nothing(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)arguments, (void)count;
    return gilt_none();
}

/* ---- Objects ---- */

TEST(objects_lists_containers_and_no_leaves) {
    WITH_CLASSES {
        GiltObject *list = empty(), *dict = gilt_dict_new(), *thing = make(Thing);
        GiltObject *number = gilt_int(123456), *text = gilt_str_from("a leaf");
        GiltObject *objects = gilt_gc_objects(-1);
        assert_int_equal(times(objects, list), 1);
        assert_int_equal(times(objects, dict), 1);
        assert_int_equal(times(objects, thing), 1);
        assert_int_equal(times(objects, number), 0);
        assert_int_equal(times(objects, text), 0);
        assert_int_equal(times(objects, objects), 0);
        assert_int_equal(gilt_refcount(list), 2);
        gilt_decref(objects);
        assert_int_equal(gilt_refcount(list), 1);
        gilt_decref(list), gilt_decref(dict), gilt_decref(thing);
        gilt_decref(number), gilt_decref(text);
    }
}

static void assert_only_in(int generation, GiltObject *object) {
    for (int i = 0; i < 3; i++) assert_int_equal(is_in(i, object), i == generation);
    assert_true(is_in(-1, object));
}

TEST(survivors_move_through_the_generations) {
    QUIET {
        GiltObject *list = empty(), *late;
        assert_only_in(0, list);
        gilt_gc_collect(0);
        assert_only_in(1, list);
        gilt_gc_collect(0);
        assert_only_in(1, list);
        late = empty();
        gilt_gc_collect(1);
        assert_only_in(2, list);
        assert_only_in(2, late);
        for (int i = 0; i < 3; i++) {
            gilt_gc_collect(2);
            assert_only_in(2, list);
        }
        gilt_decref(list), gilt_decref(late);
    }
}

TEST(there_are_three_generations) {
    assert_null(gilt_gc_objects(-2));
    assert_raised_text(GILT_VALUE_ERROR, "generation parameter cannot be negative");
    assert_null(gilt_gc_objects(3));
    assert_raised_text(GILT_VALUE_ERROR,
                       "generation parameter must be less than the number "
                       "of available generations (3)");
}

static void append_two(void *list) {
    GiltObject *outer = empty(), *inner = list_of(outer);
    gilt_list_append(list, outer);
    gilt_list_append(list, inner);
    gilt_decref(outer), gilt_decref(inner);
}

TEST(objects_of_other_threads_are_seen_and_counted) {
    QUIET {
        GiltObject *list = empty();
        assert_true(gilt_thread_join(gilt_thread_start(append_two, list)));
        GiltObject *outer = gilt_list_get(list, 0), *inner = gilt_list_get(list, 1);
        assert_only_in(0, outer);
        assert_true(refers(inner, outer));
        GiltObject *referents = gilt_gc_referents(&inner, 1);
        assert_int_equal(times(referents, outer), 1);
        assert_int_equal(gilt_refcount(outer), 4);
        gilt_decref(referents);
        assert_int_equal(gilt_refcount(outer), 3);
        assert_int_equal(gilt_refcount(inner), 2);
        gilt_decref(outer), gilt_decref(inner), gilt_decref(list);
    }
}

static atomic_bool dropped;

static void drop(void *object) {
    gilt_decref(object);
    atomic_store(&dropped, true);
}

/* In nogil it waits for its owner, who does not come to a safepoint. */
TEST(object_whose_end_is_not_yet_known_to_its_owner_is_left_out) {
    QUIET {
        GiltObject *list = empty();
        atomic_store(&dropped, false);
        GiltThread *thread = gilt_thread_start(drop, list);
        while (!atomic_load(&dropped))
            if (!strcmp(gilt_mode(), "gil")) gilt_safepoint();
        assert_false(is_in(-1, list));
        assert_true(gilt_thread_join(thread));
    }
}

/* ---- Referrers ---- */

TEST(referrers_are_containers_of_any_kind) {
    WITH_CLASSES {
        GiltObject *o = make(Thing), *key = gilt_int(1000);
        GiltObject *by_value = gilt_dict_new(), *by_key = gilt_dict_new();
        assert_true(gilt_dict_set(by_value, key, o) && gilt_dict_set(by_key, o, key));
        GiltObject *thing = make(Thing), *slotted = make(Slotted);
        assert_true(set(thing, "x", gilt_incref(o)) && set(slotted, "x", gilt_incref(o)));
        GiltObject *weak = gilt_weakref_new(thing, o), *list = list_of(o);
        GiltObject *const holders[] = {list,
                                       gilt_tuple_new((GiltObject *[]){key, list, o}, 3),
                                       by_value,
                                       by_key,
                                       gilt_set_new(&o, 1),
                                       weak,
                                       thing,
                                       slotted};
        size_t count = sizeof holders / sizeof *holders;
        for (int round = 0; round < 3; round++) {
            for (size_t i = 0; i < count; i++) assert_true(refers(holders[i], o));
            GiltObject *referrers = gilt_gc_referrers(&o, 1);
            assert_int_equal(gilt_list_size(referrers), count);
            gilt_decref(referrers);
            gilt_gc_collect(round);
        }
        for (size_t i = 0; i < count; i++) gilt_decref(holders[i]);
        gilt_decref(o), gilt_decref(key);
    }
}

TEST(who_refers_weakly_or_from_afar_is_no_referrer) {
    WITH_CLASSES {
        GiltObject *thing = make(Thing), *weak = gilt_weakref_new(thing, NULL);
        GiltObject *near = list_of(thing), *far = list_of(near), *other = list_of(far);
        assert_false(refers(weak, thing));
        assert_false(refers(far, thing));
        assert_true(refers(near, thing));
        assert_true(refers(far, near));
        assert_true(gilt_list_append(other, other));
        assert_true(refers(other, other));
        gilt_list_clear(other);
        assert_false(refers(other, other));
        gilt_decref(thing), gilt_decref(weak), gilt_decref(near), gilt_decref(far);
        gilt_decref(other);
    }
}

#define MANY 3000

TEST(referrers_of_many_objects_are_each_found_once) {
    QUIET {
        static GiltObject *objects[MANY], *holders[MANY];
        for (int i = 0; i < MANY; i++) {
            objects[i] = gilt_float(i);
            holders[i] = gilt_list_new((GiltObject *[]){objects[i], objects[i / 2]}, 2);
        }
        GiltObject *referrers = gilt_gc_referrers(objects, MANY);
        assert_int_equal(gilt_list_size(referrers), MANY);
        for (int i = 0; i < MANY; i += 100)
            assert_int_equal(times(referrers, holders[i]), 1);
        gilt_decref(referrers);
        referrers = gilt_gc_referrers(NULL, 0);
        assert_int_equal(gilt_list_size(referrers), 0);
        gilt_decref(referrers);
        for (int i = 0; i < MANY; i++) gilt_decref(objects[i]), gilt_decref(holders[i]);
    }
}

/* ---- Referents ---- */

/* These and no others; drops `from`. */
static void assert_referents(GiltObject *from, GiltObject *a, GiltObject *b) {
    GiltObject *referents = gilt_gc_referents(&from, 1);
    assert_int_equal(gilt_list_size(referents), !!a + !!b);
    if (a) assert_int_equal(times(referents, a), 1 + (a == b));
    if (b) assert_int_equal(times(referents, b), 1 + (a == b));
    gilt_decref(referents);
    gilt_decref(from);
}

TEST(referents_are_what_an_object_holds_as_often_as_it_does) {
    WITH_CLASSES {
        GiltObject *a = gilt_function_new("a", nothing, NULL), *b = gilt_int(1000);
        GiltObject *dict = gilt_dict_new(), *thing = make(Thing), *slotted = make(Slotted);
        assert_true(gilt_dict_set(dict, a, b));
        assert_true(set(thing, "x", gilt_incref(a)) && set(thing, "y", gilt_incref(b)));
        assert_true(set(slotted, "x", gilt_incref(b)));
        assert_referents(gilt_list_new((GiltObject *[]){a, b}, 2), a, b);
        assert_referents(gilt_tuple_new((GiltObject *[]){a, a}, 2), a, a);
        assert_referents(gilt_set_new(&b, 1), b, NULL);
        assert_referents(dict, a, b);
        assert_referents(gilt_weakref_new(thing, a), a, NULL);
        assert_referents(gilt_weakref_new(thing, NULL), NULL, NULL);
        assert_referents(thing, a, b);
        assert_referents(slotted, b, NULL);
        assert_referents(empty(), NULL, NULL);
        assert_referents(gilt_incref(b), NULL, NULL);
        assert_int_equal(gilt_refcount(a), 1);
        assert_int_equal(gilt_refcount(b), 1);
        gilt_decref(a), gilt_decref(b);
    }
}

TEST(referents_of_several_objects_come_in_one_list) {
    QUIET {
        GiltObject *a = empty(), *number = gilt_int(7);
        GiltObject *const both[] = {list_of(a), list_of(number), number};
        GiltObject *referents = gilt_gc_referents(both, 3);
        assert_repr(referents, "[[], 7]");
        gilt_decref(both[0]), gilt_decref(both[1]), gilt_decref(a), gilt_decref(number);
    }
}

TEST(without_memory_nothing_is_lost) {
    if (!MALLOC_CAN_FAIL) return; /* to TAP, cmocka's skip is a failure */
    QUIET {
        GiltObject *target = empty(), *lists[200], *found = NULL;
        for (int i = 0; i < 200; i++) lists[i] = list_of(target);
        GiltObject *all = gilt_list_new(lists, 200);
        for (int question = 0; question < 3; question++) {
            int failed = 0;
            for (uint64_t n = 1; !found; n++) {
                malloc_fail_at(n);
                found = question == 0   ? gilt_gc_objects(-1)
                        : question == 1 ? gilt_gc_referrers(&target, 1)
                                        : gilt_gc_referents(&all, 1);
                malloc_fail_at(0);
                if (found) break;
                failed++;
                assert_raised(GILT_MEMORY_ERROR);
                assert_int_equal(gilt_refcount(lists[0]), 2);
            }
            assert_in_range(failed, 2, 20);
            assert_in_range(gilt_list_size(found), 200, 10000);
            gilt_decref(found);
            found = NULL;
        }
        for (int i = 0; i < 200; i++) gilt_decref(lists[i]);
        gilt_decref(all), gilt_decref(target);
    }
}

/* ---- One object ---- */

static bool goes_untracked(GiltObject *o) {
    assert_true(gilt_gc_is_tracked(o));
    gilt_gc_collect(0);
    return !gilt_gc_is_tracked(o);
}

TEST(what_can_be_in_a_cycle_is_tracked) {
    WITH_CLASSES {
        GiltObject *number = gilt_int(1000), *text = gilt_str_from("text"), *list = empty();
        GiltObject *none = gilt_tuple_new(NULL, 0), *atoms = gilt_tuple_new(&number, 1);
        GiltObject *pair = gilt_tuple_new((GiltObject *[]){number, list}, 2);
        GiltObject *thing = make(Thing);
        assert_false(gilt_gc_is_tracked(number));
        assert_false(gilt_gc_is_tracked(text));
        assert_false(gilt_gc_is_tracked(none));
        assert_true(gilt_gc_is_tracked(Thing));
        assert_false(gilt_gc_is_tracked(gilt_type(GILT_LIST)));
        assert_true(goes_untracked(atoms));
        assert_false(goes_untracked(list));
        assert_false(goes_untracked(pair));
        assert_false(goes_untracked(thing));
        gilt_decref(number), gilt_decref(text), gilt_decref(list), gilt_decref(none);
        gilt_decref(atoms), gilt_decref(pair), gilt_decref(thing);
    }
}

TEST(dict_of_atoms_is_tracked_again_with_its_first_container) {
    QUIET {
        GiltObject *dict = gilt_dict_new(), *one = gilt_int(1000), *list = empty();
        assert_true(gilt_dict_set(dict, one, one));
        assert_true(goes_untracked(dict));
        GiltObject *text = gilt_str_from("atom");
        assert_true(gilt_dict_set(dict, text, one));
        assert_false(gilt_gc_is_tracked(dict));
        assert_true(gilt_dict_set(dict, one, list));
        assert_true(gilt_gc_is_tracked(dict));
        assert_true(refers(dict, list));
        gilt_gc_collect(2);
        assert_true(gilt_gc_is_tracked(dict));
        gilt_decref(dict), gilt_decref(one), gilt_decref(list), gilt_decref(text);
    }
}

static GiltObject *revived;

static GiltObject *revive(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)count;
    revived = gilt_incref(arguments[0]);
    return gilt_none();
}

static void make_lasting(void) {
    Lasting = gilt_class_new("Lasting", NULL, NULL);
    set(Lasting, "__del__", gilt_function_new("revive", revive, NULL));
}

TEST(object_is_finalized_once_its_del_has_been_called) {
    make_lasting();
    QUIET {
        GiltObject *o = make(Lasting), *list = empty();
        assert_false(gilt_gc_is_finalized(o));
        gilt_decref(o);
        assert_ptr_equal(revived, o);
        assert_true(gilt_gc_is_finalized(o));
        assert_false(gilt_gc_is_finalized(list));
        gilt_decref(revived), gilt_decref(list);
    }
}

/* ---- While others run ---- */

#define ROUNDS 400

static GiltObject *root, *table;

static void put(GiltObject *dict, GiltObject *key, GiltObject *value) {
    check(key && value && gilt_dict_set(dict, key, value));
    gilt_decref(key), gilt_decref(value);
}

/* Makes cycles and loses them, and gives a dict that others made its first container. */
static void change(int number) {
    for (int i = 0; i < ROUNDS; i++) {
        for (int n = 0; n < 50; n++) {
            GiltObject *dict = gilt_dict_new(), *list = list_of(dict);
            put(dict, gilt_int(n), gilt_incref(n % 2 ? list : root));
            check(gilt_list_append(root, list));
            gilt_decref(list), gilt_decref(dict);
        }
        put(table, gilt_int(number), i % 2 ? empty() : gilt_int(1000));
        gilt_list_clear(root);
        gilt_safepoint();
    }
}

static void question(int number) {
    GiltObject *const both[] = {root, table};
    while (keep_reading()) {
        GiltObject *objects = gilt_gc_objects(-1);
        GiltObject *referrers = gilt_gc_referrers(both, 2);
        GiltObject *referents = gilt_gc_referents(both, 2);
        check(objects && times(objects, root) == 1);
        check(referrers && referents);
        gilt_decref(objects), gilt_decref(referrers), gilt_decref(referents);
        gilt_gc_collect(number);
    }
}

TEST(questions_are_answered_while_other_threads_change_everything) {
    QUIET {
        root = empty();
        table = gilt_dict_new();
        together(2, change, 2, question);
        gilt_list_clear(root);
        gilt_gc_collect(2);
        is_sound();
        assert_int_equal(gilt_refcount(root), 1);
        assert_int_equal(gilt_refcount(table), 1);
        gilt_decref(root), gilt_decref(table);
    }
}

TESTS(test(objects_lists_containers_and_no_leaves),
      test(survivors_move_through_the_generations), test(there_are_three_generations),
      test(objects_of_other_threads_are_seen_and_counted),
      test(object_whose_end_is_not_yet_known_to_its_owner_is_left_out),
      test(referrers_are_containers_of_any_kind),
      test(who_refers_weakly_or_from_afar_is_no_referrer),
      test(referrers_of_many_objects_are_each_found_once),
      test(referents_are_what_an_object_holds_as_often_as_it_does),
      test(referents_of_several_objects_come_in_one_list),
      test(without_memory_nothing_is_lost), test(what_can_be_in_a_cycle_is_tracked),
      test(dict_of_atoms_is_tracked_again_with_its_first_container),
      test(object_is_finalized_once_its_del_has_been_called),
      test(questions_are_answered_while_other_threads_change_everything))
