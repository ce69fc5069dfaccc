/* resurrection_test.c: a finaliser that gives its object away brings it back to life, with
 * all that it refers to, whole; its __del__ is not called again when it dies for good. */
#include "tests/gc/finalizers.h"
#include <stdatomic.h>

static GiltObject *Del, *saved;

/* Appends self to `saved`, a list, and notes its name. */
static GiltObject *save(void *data, GiltObject *const *arguments, size_t count) {
    append(saved, arguments[0]);
    return note_name(data, arguments, count);
}

/* The same, but only if its name is that letter. */
static GiltObject *save_one(void *letter, GiltObject *const *arguments, size_t count) {
    GiltObject *before = saved;
    size_t at = call_count;
    note_name(NULL, arguments, count);
    if (calls[at] == *(const char *)letter) append(before, arguments[0]);
    return gilt_none();
}

#define WITH_SAVED(native, data)                                                           \
    Del = class_with_del(NULL, native, data);                                              \
    forget_calls();                                                                        \
    saved = empty_list();                                                                  \
    CHECKED_FOR_LEAKS

/* Takes the only one that was saved. */
static GiltObject *take_saved(void) {
    assert_int_equal(gilt_list_size(saved), 1);
    return some(gilt_list_pop(saved, 0));
}

/* ---- By the last drop ---- */

TEST(an_object_that_the_last_drop_resurrects_is_whole) {
    WITH_SAVED(save, NULL) {
        GiltObject *o = named(Del, "a"), *item = node(), *w = gilt_weakref_new(item, NULL);
        set(o, "item", item);
        gilt_decref(o);
        assert_calls("a");
        GiltObject *again = take_saved();
        assert_ptr_equal(again, o);
        assert_int_equal(gilt_refcount(o), 1);
        assert_true(gc_is_tracked(o));
        assert_true(gilt_gc_is_finalized(o));
        assert_sound();
        assert_found(0);
        assert_repr(get(o, "name"), "'a'");
        assert_alive(w);
        gilt_decref(o);
        assert_calls("");
        assert_gone(w);
        assert_int_equal(gilt_list_size(saved), 0);
    }
    gilt_decref(saved);
    testing_blocks = blocks_now();
}

TEST(an_object_that_the_last_drop_resurrected_may_be_in_a_cycle_later) {
    WITH_SAVED(save, NULL) {
        gilt_decref(named(Del, "a"));
        GiltObject *o = take_saved();
        link_to(o, "next", o);
        gilt_decref(o);
        assert_found(1);
        assert_calls("a");
    }
    gilt_decref(saved);
    testing_blocks = blocks_now();
}

TEST(objects_deep_in_what_is_dropped_are_resurrected) {
    WITH_SAVED(save_one, "z") {
        GiltObject *chain = named(Del, "z"), *last = chain;
        for (int i = 0; i < 500; i++) {
            GiltObject *next = i % 100 ? list_of(chain) : named(Del, "c");
            if (i % 100 == 0) link_to(next, "item", chain);
            gilt_decref(chain);
            chain = next;
        }
        gilt_decref(chain);
        assert_calls("cccccz");
        assert_ptr_equal(take_saved(), last);
        assert_int_equal(gilt_refcount(last), 1);
        assert_sound();
        gilt_decref(last);
        assert_calls("");
    }
    gilt_decref(saved);
    testing_blocks = blocks_now();
}

/* ---- Cycles ---- */

TEST(one_member_resurrects_its_whole_cycle) {
    WITH_SAVED(save_one, "c") {
        GiltObject *w = NULL, *ring = ring_of(Del, "abcde"), *extra = node();
        link_to(ring, "item", extra);
        w = gilt_weakref_new(extra, NULL);
        gilt_decref(extra);
        gilt_decref(ring);
        assert_found(0);
        assert_int_equal(call_count, 5);
        forget_calls();
        assert_gone(w); /* it was garbage, too, for a moment */
        GiltObject *c = take_saved(), *at = gilt_incref(c);
        for (const char *name = "cdeab"; *name; name++) {
            GiltObject *is = get(at, "name"), *next = some(get(at, "next"));
            assert_repr(is, ((char[]){'\'', *name, '\'', 0}));
            assert_int_equal(gilt_refcount(at), *name == 'c' ? 3 : 2);
            gilt_decref(at);
            at = next;
        }
        assert_ptr_equal(at, c);
        gilt_decref(at);
        assert_found(0);
        gilt_decref(c);
        assert_found(6);
        assert_calls("");
    }
    gilt_decref(saved);
    testing_blocks = blocks_now();
}

TEST(all_members_may_resurrect_it) {
    WITH_SAVED(save, NULL) {
        gilt_decref(ring_of(Del, "abc"));
        assert_found(0);
        assert_int_equal(gilt_list_size(saved), 3);
        assert_int_equal(call_count, 3);
        forget_calls();
        assert_found(0);
        gilt_list_clear(saved);
        assert_found(3);
        assert_calls("");
    }
    gilt_decref(saved);
    testing_blocks = blocks_now();
}

TEST(other_garbage_of_the_same_collection_dies) {
    WITH_SAVED(save_one, "s") {
        gilt_decref(ring_of(Del, "sss"));
        gilt_decref(ring_of(Del, "dddd"));
        gilt_decref(ring_of_lists(10));
        assert_found(14);
        assert_int_equal(call_count, 7);
        forget_calls();
        assert_int_equal(gilt_list_size(saved), 3);
        gilt_list_clear(saved);
        assert_found(3);
        assert_calls("");
    }
    gilt_decref(saved);
    testing_blocks = blocks_now();
}

TEST(the_tail_of_a_cycle_may_be_all_that_is_resurrected) {
    WITH_SAVED(save_one, "t") {
        GiltObject *ring = ring_of(Del, "rr"), *tail = named(Del, "t"), *end = node();
        link_to(ring, "item", tail);
        link_to(tail, "item", end);
        gilt_decref(ring);
        gilt_decref(tail);
        gilt_decref(end);
        assert_found(2);
        assert_int_equal(call_count, 3);
        forget_calls();
        assert_ptr_equal(take_saved(), tail);
        assert_int_equal(gilt_refcount(tail), 1);
        assert_int_equal(gilt_refcount(end), 1);
        assert_found(0);
        gilt_decref(tail);
        assert_calls("");
    }
    gilt_decref(saved);
    testing_blocks = blocks_now();
}

TEST(every_generation_resurrects) {
    WITH_SAVED(save, NULL) {
        for (int generation = 0; generation < 3; generation++)
            for (int age = 0; age <= generation; age++) {
                GiltObject *ring = ring_of(Del, "r");
                for (int i = 0; i < age; i++) gilt_gc_collect(i);
                gilt_decref(ring);
                assert_int_equal(gilt_gc_collect(generation), 0);
                assert_calls("r");
                assert_sound();
                ring = take_saved();
                for (int i = 0; i < 3; i++) assert_int_equal(gilt_gc_collect(i), 0);
                gilt_decref(ring);
                assert_found(1);
                assert_calls("");
            }
    }
    gilt_decref(saved);
    testing_blocks = blocks_now();
}

/* ---- Other ways back ---- */

static GiltObject *raise_self(void *data, GiltObject *const *arguments, size_t count) {
    note_name(data, arguments, count);
    saved = gilt_incref(arguments[0]);
    return gilt_raise_object(arguments[0]);
}

TEST(an_exception_may_raise_itself) {
    Del = class_with_del(gilt_type(GILT_EXCEPTION), raise_self, NULL);
    forget_calls();
    CHECKED_FOR_LEAKS {
        GiltObject *ring = ring_of(Del, "e");
        gilt_decref(ring);
        stderr_begin();
        ssize_t found = gilt_gc_collect(2);
        assert_stderr("Exception ignored in: <built-in function __del__>\nDel\n");
        assert_int_equal(found, 0);
        assert_int_equal(gilt_refcount(saved), 2);
        gilt_decref(saved);
        assert_found(1);
        assert_calls("e");
    }
}

/* Makes a weak reference to itself, and does not come back. */
static GiltObject *watch_self(void *callback, GiltObject *const *arguments, size_t count) {
    saved = some(gilt_weakref_new(arguments[0], *(GiltObject **)callback));
    return note_name(NULL, arguments, count);
}

TEST(a_weak_reference_that_a_finaliser_makes_is_cut_when_its_object_dies) {
    static GiltObject *callback;
    callback = noting("w");
    Del = class_with_del(NULL, watch_self, &callback);
    forget_calls();
    CHECKED_FOR_LEAKS {
        for (int ring = 0; ring < 2; ring++) {
            gilt_decref(ring ? ring_of(Del, "r") : named(Del, "d"));
            if (ring) assert_found(1);
            assert_calls(ring ? "rw" : "dw");
            assert_gone(saved);
        }
    }
    gilt_decref(callback);
    testing_blocks = blocks_now();
}

TEST(weak_references_to_what_was_resurrected_are_dead_and_new_ones_work) {
    WITH_SAVED(save, NULL) {
        GiltObject *callback = noting("w");
        for (int ring = 0; ring < 2; ring++) {
            GiltObject *o = ring ? ring_of(Del, "r") : named(Del, "d");
            GiltObject *w = gilt_weakref_new(o, callback);
            gilt_decref(o);
            assert_found(0);
            assert_calls(ring ? "rw" : "dw");
            assert_gone(w);
            o = take_saved();
            w = gilt_weakref_new(o, callback);
            assert_alive(w);
            gilt_decref(o);
            assert_found(ring);
            assert_calls("w");
            assert_gone(w);
        }
        gilt_decref(callback);
    }
    gilt_decref(saved);
    testing_blocks = blocks_now();
}

/* As in CPython: what is garbage calls nobody, even if it comes back later. */
TEST(a_weak_reference_that_was_garbage_stays_dead) {
    WITH_SAVED(save, NULL) {
        GiltObject *callback = noting("w"), *living = node();
        GiltObject *ring = ring_of(Del, "r"), *w = gilt_weakref_new(living, callback);
        link_to(ring, "item", w);
        gilt_decref(w);
        gilt_decref(ring);
        assert_found(0);
        ring = take_saved();
        w = some(get(ring, "item"));
        gilt_decref(living);
        assert_calls("r");
        assert_gone(w);
        gilt_decref(ring);
        assert_found(2);
        gilt_decref(callback);
    }
    gilt_decref(saved);
    testing_blocks = blocks_now();
}

/* ---- Given to another thread ---- */

static GiltObject *given;
static atomic_int given_state; /* 0 nothing, 1 given, 2 taken */

static GiltObject *give(void *data, GiltObject *const *arguments, size_t count) {
    given = gilt_incref(arguments[0]);
    atomic_store(&given_state, 1);
    while (atomic_load(&given_state) < 2) gilt_safepoint();
    return note_name(data, arguments, count);
}

/* Takes it while the finaliser still runs, and changes it. */
static void take_given(void *unused) {
    (void)unused;
    while (atomic_load(&given_state) < 1) gilt_safepoint();
    set(given, "item", gilt_int(1000));
    atomic_store(&given_state, 2);
}

TEST(another_thread_may_have_it_before_its_finaliser_returns) {
    Del = class_with_del(NULL, give, NULL);
    forget_calls();
    CHECKED_FOR_LEAKS {
        for (int ring = 0; ring < 2; ring++) {
            atomic_store(&given_state, 0);
            GiltThread *thread = gilt_thread_start(take_given, NULL);
            gilt_decref(ring ? ring_of(Del, "r") : named(Del, "d"));
            assert_found(0);
            assert_true(gilt_thread_join(thread));
            assert_calls(ring ? "r" : "d");
            assert_repr(get(given, "item"), "1000");
            gilt_decref(given);
            assert_found(ring);
            assert_calls("");
        }
    }
}

/* ---- A large one, against the numbers that it must give ---- */

#define RINGS 3000
#define SIZE 7

static int64_t finalized_sum; /* of the numbers of all objects whose finaliser ran */
static int planned;           /* rings that came back */

/* Each 5th ring comes back, by a member that depends on the ring. */
static GiltObject *save_some(void *data, GiltObject *const *arguments, size_t count) {
    (void)data, (void)count;
    GiltObject *number = some(get(arguments[0], "item"));
    int64_t n;
    assert_true(gilt_int_value(number, &n));
    gilt_decref(number);
    finalized_sum += n;
    if (n / SIZE % 5 == 0 && n % SIZE == n / SIZE % SIZE) {
        append(saved, arguments[0]);
        planned++;
    }
    return gilt_none();
}

TEST(of_many_cycles_those_that_come_back_stay_and_all_others_go) {
    WITH_SAVED(save_some, NULL) {
        finalized_sum = planned = 0;
        for (int r = 0; r < RINGS; r++) {
            GiltObject *first = NULL, *last = NULL;
            for (int i = 0; i < SIZE; i++) {
                GiltObject *o = some(gilt_instance_new(Del));
                set(o, "item", gilt_int(r * SIZE + i));
                if (last)
                    link_to(last, "next", o);
                else
                    first = gilt_incref(o);
                gilt_decref(last);
                last = o;
            }
            link_to(last, "next", first);
            gilt_decref(last);
            gilt_decref(first);
        }
        int64_t all = RINGS * SIZE;
        assert_found((RINGS - RINGS / 5) * SIZE);
        assert_int_equal(planned, RINGS / 5);
        assert_true(finalized_sum == all * (all - 1) / 2);
        assert_found(0);
        gilt_list_clear(saved);
        assert_found(RINGS / 5 * SIZE);
        assert_true(finalized_sum == all * (all - 1) / 2);
    }
    gilt_decref(saved);
    testing_blocks = blocks_now();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        gc_test(an_object_that_the_last_drop_resurrects_is_whole),
        gc_test(an_object_that_the_last_drop_resurrected_may_be_in_a_cycle_later),
        gc_test(objects_deep_in_what_is_dropped_are_resurrected),
        gc_test(one_member_resurrects_its_whole_cycle),
        gc_test(all_members_may_resurrect_it),
        gc_test(other_garbage_of_the_same_collection_dies),
        gc_test(the_tail_of_a_cycle_may_be_all_that_is_resurrected),
        gc_test(every_generation_resurrects),
        gc_test(an_exception_may_raise_itself),
        gc_test(a_weak_reference_that_a_finaliser_makes_is_cut_when_its_object_dies),
        gc_test(weak_references_to_what_was_resurrected_are_dead_and_new_ones_work),
        gc_test(a_weak_reference_that_was_garbage_stays_dead),
        gc_test(another_thread_may_have_it_before_its_finaliser_returns),
        gc_test(of_many_cycles_those_that_come_back_stay_and_all_others_go),
    };
    return cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL);
}
