/* locked_test.c: whatever changes a container takes its lock, and what reads another one
 * takes both. One thread is enough to see it: each way into a lock that one owns comes by
 * CHAOS_BIAS (nogil/lock.h). */
#include "core/mode.h"
#include "tests/testing.h"

static int locks; /* taken */

static void count_locks(ChaosPoint point) { locks += point == CHAOS_BIAS; }

static int locks_taken(void) {
    int taken = locks;
    locks = 0;
    return taken;
}

static void begin_counting(void) {
#ifdef CHAOS
    atomic_store(&chaos_visit, count_locks);
#endif
    (void)count_locks;
    locks = 0;
}

static void end_counting(void) {
#ifdef CHAOS
    atomic_store(&chaos_visit, NULL);
#endif
}

/* A system without membarrier has no bias. */
static bool can_count(void) {
    GiltObject *list = gilt_list_new(NULL, 0);
    begin_counting();
    gilt_list_append(list, gilt_none());
    gilt_list_clear(list);
    end_counting();
    gilt_decref(list);
    return locks_taken();
}

#define ONLY_COUNTED                                                                       \
    do {                                                                                   \
        NOT_UNDER_STRESS("collections take locks, too");                                   \
        if (!CHAOS_IS_HERE || !can_count()) skip();                                        \
        begin_counting();                                                                  \
    } while (0)

#define assert_locks(count, change)                                                        \
    do {                                                                                   \
        locks = 0;                                                                         \
        (void)(change);                                                                    \
        assert_true(locks_taken() >= (count));                                             \
    } while (0)

static GiltObject *numbers(int count) {
    GiltObject *list = gilt_list_new(NULL, 0);
    for (int i = count; i > 0; i--) assert_true(gilt_list_append(list, gilt_int(i)));
    return list;
}

TEST(each_change_of_a_list_takes_its_lock) {
    ONLY_COUNTED;
    GiltObject *list = numbers(9), *other = numbers(3), *item = gilt_int(1), *tuple;
    tuple = gilt_tuple_new(&item, 1);
    assert_locks(1, gilt_list_append(list, item));
    assert_locks(1, gilt_list_set(list, 0, item));
    assert_locks(1, gilt_list_insert(list, 2, item));
    assert_locks(1, gilt_list_pop(list, 1));
    assert_locks(1, gilt_list_pop(list, -1));
    assert_locks(1, gilt_list_reverse(list));
    assert_locks(2,
                 gilt_list_sort(list)); /* when the items leave it and when they return */
    assert_locks(2, gilt_list_extend(list, other));
    assert_locks(1, gilt_list_extend(list, tuple));
    assert_locks(1, gilt_list_clear(list));
    end_counting();
    gilt_decref(tuple);
    gilt_decref(list);
    gilt_decref(other);
}

TEST(each_copy_of_a_list_takes_its_lock) {
    ONLY_COUNTED;
    GiltObject *list = numbers(9), *copy;
    assert_locks(1, copy = gilt_list_slice(list, 0, 9));
    gilt_decref(copy);
    assert_locks(1, copy = gilt_add(list, list));
    end_counting();
    gilt_decref(copy);
    gilt_decref(list);
}

TEST(each_change_of_a_dict_takes_its_lock) {
    ONLY_COUNTED;
    GiltObject *dict = gilt_dict_new(), *other = gilt_dict_new();
    GiltObject *one = gilt_int(1), *two = gilt_int(2), *copy;
    assert_locks(1, gilt_dict_set(dict, one, one)); /* its first */
    assert_locks(1, gilt_dict_set(dict, two, one)); /* another */
    assert_locks(1, gilt_dict_set(dict, two, two)); /* over another */
    assert_locks(1, gilt_dict_set_default(dict, gilt_int(3), one));
    assert_locks(1, gilt_dict_delete(dict, one));
    assert_locks(1, gilt_dict_pop(dict, two));
    gilt_dict_set(other, one, one);
    assert_locks(2, gilt_dict_update(dict, other));
    assert_locks(1, copy = gilt_dict_copy(dict));
    gilt_decref(copy);
    assert_locks(1, gilt_dict_clear(dict));
    end_counting();
    gilt_decref(dict);
    gilt_decref(other);
}

TEST(each_change_of_a_set_takes_its_lock) {
    ONLY_COUNTED;
    GiltObject *set = gilt_set_new(NULL, 0), *one = gilt_int(1);
    assert_locks(1, gilt_set_add(set, one));
    assert_locks(1, gilt_set_add(set, gilt_int(2)));
    assert_locks(1, gilt_set_discard(set, one));
    assert_locks(1, gilt_set_clear(set));
    end_counting();
    gilt_decref(set);
}

TEST(each_change_of_an_instance_takes_its_lock) {
    ONLY_COUNTED;
    const char *names[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    GiltObject *class = gilt_class_new("Node", NULL, NULL), *one = gilt_int(1);
    GiltObject *o = gilt_instance_new(class);
    for (int i = 0; i < 8; i++)
        assert_locks(1, gilt_set_attr(o, gilt_intern(names[i]), one));
    assert_locks(1, gilt_set_attr(o, gilt_intern("b"), gilt_int(2)));
    assert_locks(1, gilt_del_attr(o, gilt_intern("c"))); /* it has a dict from here on */
    assert_locks(1, gilt_set_attr(o, gilt_intern("d"), gilt_int(3)));
    assert_locks(1, gilt_set_attr(class, gilt_intern("e"), one));
    end_counting();
    gilt_decref(o);
    gilt_decref(class);
    gilt_gc_collect(2);
    testing_blocks = gilt_memory().blocks; /* names and shapes stay */
}

TESTS(test(each_change_of_a_list_takes_its_lock), test(each_copy_of_a_list_takes_its_lock),
      test(each_change_of_a_dict_takes_its_lock), test(each_change_of_a_set_takes_its_lock),
      test(each_change_of_an_instance_takes_its_lock))
