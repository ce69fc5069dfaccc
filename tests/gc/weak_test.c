/* weak_test.c: weak references to garbage: none of them sees an object that has died, and
 * the callbacks of those that live are called once, after all that died is out of reach. */
#include "tests/gc/finalizers.h"
#include <stdatomic.h>

/* A ring of one Node: garbage as soon as it is dropped, with this attribute `item`. */
static GiltObject *ring_with(GiltObject *item) {
    GiltObject *ring = ring_of_nodes(1);
    if (item) link_to(ring, "item", item);
    return ring;
}

TEST(a_weak_reference_to_garbage_is_dead_without_a_callback) {
    forget_calls();
    GiltObject *ring = ring_of_nodes(3), *w = gilt_weakref_new(ring, NULL);
    gilt_decref(ring);
    assert_alive(w); /* until it is collected, it can be brought back this way */
    ring = some(gilt_weakref_get(w));
    assert_found(0);
    gilt_decref(ring);
    assert_found(3);
    assert_gone(w);
}

TEST(a_living_one_calls_its_callback_once) {
    forget_calls();
    GiltObject *callback = noting("w"), *ring = ring_with(NULL);
    GiltObject *w = gilt_weakref_new(ring, callback);
    gilt_decref(ring);
    assert_calls("");
    assert_found(1);
    assert_calls("w");
    assert_found(0);
    assert_calls("");
    assert_gone(w);
    gilt_decref(callback);
    assert_calls("");
}

TEST(one_that_is_garbage_itself_never_calls) {
    forget_calls();
    GiltObject *callback = noting("w"), *living = node(), *w[3];
    GiltObject *ring = ring_of_nodes(3), *next = get(ring, "next");
    w[0] = gilt_weakref_new(ring, callback); /* to its holder */
    w[1] = gilt_weakref_new(next, callback); /* to another member */
    w[2] = gilt_weakref_new(living, callback);
    GiltObject *all = some(gilt_list_new(w, 3));
    link_to(ring, "item", all);
    for (int i = 0; i < 3; i++) gilt_decref(w[i]);
    gilt_decref(all);
    gilt_decref(next);
    gilt_decref(ring);
    assert_found(7);
    assert_calls("");
    gilt_decref(living);
    assert_calls("");
    assert_int_equal(gilt_refcount(callback), 1);
    gilt_decref(callback);
}

/* A dead one is only its callback's holder: in a cycle it is collected like any object. */
TEST(one_whose_referent_died_before_is_found_in_a_cycle) {
    GiltObject *o = node(), *callback = node(), *w = gilt_weakref_new(o, callback);
    link_to(callback, "item", w);
    stderr_begin();
    gilt_decref(o); /* the callback is no function */
    assert_stderr("Exception ignored in: <Node object>\n"
                  "TypeError: 'Node' object is not callable\n");
    gilt_decref(w);
    gilt_decref(callback);
    assert_found(2);
}

/* ---- Order ---- */

TEST(of_one_object_the_newest_is_called_first) {
    forget_calls();
    GiltObject *ring = ring_with(NULL), *w[3], *callback[3];
    for (int i = 0; i < 3; i++) {
        callback[i] = noting(&"abc"[i]);
        w[i] = gilt_weakref_new(ring, callback[i]);
    }
    gilt_decref(ring);
    assert_found(1);
    assert_calls("cba");
    for (int i = 0; i < 3; i++) {
        assert_gone(w[i]);
        gilt_decref(callback[i]);
    }
}

/* Those that are made one after the other stand so in a page. */
TEST(of_several_objects_the_first_that_was_made_comes_first) {
    forget_calls();
    enum { COUNT = 5 };
    GiltObject *ring = ring_of_nodes(COUNT), *at = gilt_incref(ring), *w[2 * COUNT];
    for (int i = 0; i < 2 * COUNT; i++) {
        GiltObject *callback = noting(&"abcdefghij"[i]), *next = some(get(at, "next"));
        w[i] = gilt_weakref_new(at, callback);
        gilt_decref(callback);
        gilt_decref(at);
        at = next;
    }
    gilt_decref(at);
    gilt_decref(ring);
    assert_found(COUNT);
    assert_calls("fagbhcidje");
    for (int i = 0; i < 2 * COUNT; i++) assert_gone(w[i]);
}

static GiltObject *watched[4];

static GiltObject *check_watched(void *data, GiltObject *const *arguments, size_t count) {
    for (int i = 0; i < 4; i++) {
        GiltObject *got = gilt_weakref_get(watched[i]);
        if (got) note_call('!');
        gilt_decref(got);
    }
    return note(data, arguments, count);
}

TEST(when_the_first_is_called_all_are_dead) {
    forget_calls();
    GiltObject *callback = gilt_function_new("check", check_watched, "w");
    GiltObject *ring = ring_of_nodes(4), *at = gilt_incref(ring);
    for (int i = 0; i < 4; i++) {
        GiltObject *next = some(get(at, "next"));
        watched[i] = gilt_weakref_new(at, callback);
        gilt_decref(at);
        at = next;
    }
    gilt_decref(at);
    gilt_decref(ring);
    assert_found(4);
    assert_calls("wwww");
    for (int i = 0; i < 4; i++) assert_gone(watched[i]);
    gilt_decref(callback);
}

/* ---- What callbacks may do ---- */

static GiltObject *raise_here(void *data, GiltObject *const *arguments, size_t count) {
    note(data, arguments, count);
    return gilt_raise(GILT_VALUE_ERROR, "wanted by a test");
}

TEST(what_one_raises_is_printed_and_the_rest_goes_on) {
    forget_calls();
    GiltObject *raises = gilt_function_new("raise", raise_here, "r"), *notes = noting("n");
    GiltObject *ring = ring_with(NULL), *w[3];
    w[0] = gilt_weakref_new(ring, notes);
    w[1] = gilt_weakref_new(ring, raises);
    w[2] = gilt_weakref_new(ring, notes);
    gilt_decref(ring);
    gilt_raise(GILT_KEY_ERROR, "mine");
    stderr_begin();
    ssize_t found = gilt_gc_collect(2);
    assert_stderr("Exception ignored in: <built-in function raise>\n"
                  "ValueError: wanted by a test\n");
    assert_int_equal(found, 1);
    assert_raised_text(GILT_KEY_ERROR, "'mine'");
    assert_calls("nrn");
    for (int i = 0; i < 3; i++) assert_gone(w[i]);
    gilt_decref(raises);
    gilt_decref(notes);
}

static GiltObject *drop_data(void *data, GiltObject *const *arguments, size_t count) {
    GiltObject **reference = data, *o = *reference;
    *reference = NULL;
    gilt_decref(o);
    return note("d", arguments, count);
}

TEST(one_may_drop_its_own_weak_reference) {
    forget_calls();
    GiltObject *w = NULL, *callback = gilt_function_new("drop", drop_data, &w);
    GiltObject *ring = ring_with(NULL);
    w = gilt_weakref_new(ring, callback);
    gilt_decref(callback);
    gilt_decref(ring);
    assert_found(1);
    assert_null(w);
    assert_calls("d");
}

TEST(one_may_make_more_garbage) {
    forget_calls();
    GiltObject *other = ring_of_lists(4);
    GiltObject *callback = gilt_function_new("drop", drop_data, &other);
    GiltObject *ring = ring_with(NULL), *w = gilt_weakref_new(ring, callback);
    gilt_decref(ring);
    assert_found(1);
    assert_calls("d");
    assert_found(4);
    assert_gone(w);
    gilt_decref(callback);
}

static ssize_t found_inside;

static GiltObject *collect(void *data, GiltObject *const *arguments, size_t count) {
    gilt_decref(ring_of_lists(5));
    found_inside = gilt_gc_collect(2);
    for (int i = 0; i < 3000; i++) gilt_decref(node());
    return note(data, arguments, count);
}

TEST(a_collection_that_one_asks_for_does_nothing) {
    forget_calls();
    GiltObject *callback = gilt_function_new("collect", collect, "c");
    GiltObject *ring = ring_with(NULL), *w = gilt_weakref_new(ring, callback);
    gilt_decref(ring);
    found_inside = -2;
    assert_found(1);
    assert_int_equal(found_inside, 0);
    assert_found(5);
    assert_calls("c");
    assert_gone(w);
    gilt_decref(callback);
}

static atomic_bool other_ran;

static void run_other(void *unused) {
    (void)unused;
    gilt_decref(ring_of_lists(3));
    atomic_store(&other_ran, true);
}

static GiltObject *wait_for_other(void *data, GiltObject *const *arguments, size_t count) {
    GiltThread *thread = gilt_thread_start(run_other, NULL);
    while (!atomic_load(&other_ran)) gilt_safepoint();
    assert_true(gilt_thread_join(thread));
    return note(data, arguments, count);
}

TEST(other_threads_run_while_one_is_called) {
    forget_calls();
    atomic_store(&other_ran, false);
    GiltObject *callback = gilt_function_new("wait", wait_for_other, "w");
    GiltObject *ring = ring_with(NULL), *w = gilt_weakref_new(ring, callback);
    gilt_decref(ring);
    assert_found(1);
    assert_calls("w");
    assert_found(3);
    assert_gone(w);
    gilt_decref(callback);
}

/* ---- Of what, and how many ---- */

TEST(every_type_that_can_be_referred_to_weakly_is_cut) {
    GiltObject *list = empty_list();
    GiltObject *o[] = {gilt_set_new(NULL, 0),
                       some(gilt_instance_new(Slots)),
                       node(),
                       gilt_call(gilt_type(GILT_VALUE_ERROR), &list, 1),
                       gilt_lock_new(),
                       noting("f")};
    enum { COUNT = sizeof o / sizeof *o };
    GiltObject *w[COUNT];
    append(list, list);
    for (int i = 0; i < COUNT; i++) {
        append(list, o[i]);
        w[i] = some(gilt_weakref_new(o[i], NULL));
        gilt_decref(o[i]);
    }
    for (int i = 0; i < COUNT; i++) assert_alive(w[i]);
    gilt_decref(list);
    assert_found(6); /* the list, four of the others, and args of the exception */
    for (int i = 0; i < COUNT; i++) assert_gone(w[i]);
}

TEST(thousands_of_them_are_told_apart) {
    enum { COUNT = 6000 };
    static GiltObject *o[COUNT], *w[COUNT];
    forget_calls();
    GiltObject *callback = noting("w");
    for (int i = 0; i < COUNT; i++) {
        o[i] = ring_with(NULL);
        w[i] = gilt_weakref_new(o[i], i % 3 ? callback : NULL);
    }
    for (int i = 0; i < COUNT; i += 2) gilt_decref(o[i]);
    assert_found(COUNT / 2);
    assert_int_equal(call_count, COUNT / 3);
    for (int i = 0; i < COUNT; i++) {
        GiltObject *got = gilt_weakref_get(w[i]);
        assert_ptr_equal(got, i % 2 ? o[i] : NULL);
        gilt_decref(got);
        if (i % 2) gilt_decref(o[i]);
    }
    assert_found(COUNT / 2);
    assert_int_equal(call_count, COUNT / 3 * 2);
    for (int i = 0; i < COUNT; i++) assert_gone(w[i]);
    gilt_decref(callback);
    forget_calls();
}

/* ---- With other threads ---- */

#define ROUNDS 300

static _Atomic(GiltObject *) asked; /* a weak reference, held by the main thread */
static atomic_long saw;

/* Asks as fast as it can: what it gets must be whole. */
static void ask(void *unused) {
    (void)unused;
    for (GiltObject *w; (w = atomic_load(&asked)) != Node;) {
        GiltObject *got = w ? gilt_weakref_get(w) : NULL;
        if (got) {
            GiltObject *next = get(got, "next");
            if (next == got) atomic_fetch_add(&saw, 1);
            gilt_decref(next);
            gilt_decref(got);
        }
        gilt_safepoint();
    }
}

/* Whoever gets it keeps it alive; so it is found when nobody has it, once. */
TEST(garbage_that_another_thread_asks_for_is_alive_or_dead) {
    static GiltObject *all[ROUNDS];
    GiltThread *thread = gilt_thread_start(ask, NULL);
    ssize_t found = 0;
    for (int i = 0; i < ROUNDS; i++) {
        GiltObject *ring = ring_with(NULL);
        all[i] = gilt_weakref_new(ring, NULL);
        atomic_store(&asked, all[i]);
        gilt_decref(ring);
        for (int k = 0; k < i % 50; k++) gilt_safepoint();
        found += gilt_gc_collect(i % 3);
    }
    atomic_store(&asked, Node);
    assert_true(gilt_thread_join(thread));
    found += gilt_gc_collect(2);
    assert_int_equal(found, ROUNDS);
    for (int i = 0; i < ROUNDS; i++) assert_gone(all[i]);
    atomic_store(&asked, NULL);
    assert_sound();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        gc_test(a_weak_reference_to_garbage_is_dead_without_a_callback),
        gc_test(a_living_one_calls_its_callback_once),
        gc_test(one_that_is_garbage_itself_never_calls),
        gc_test(one_whose_referent_died_before_is_found_in_a_cycle),
        gc_test(of_one_object_the_newest_is_called_first),
        gc_test(of_several_objects_the_first_that_was_made_comes_first),
        gc_test(when_the_first_is_called_all_are_dead),
        gc_test(what_one_raises_is_printed_and_the_rest_goes_on),
        gc_test(one_may_drop_its_own_weak_reference),
        gc_test(one_may_make_more_garbage),
        gc_test(a_collection_that_one_asks_for_does_nothing),
        gc_test(other_threads_run_while_one_is_called),
        gc_test(every_type_that_can_be_referred_to_weakly_is_cut),
        gc_test(thousands_of_them_are_told_apart),
        gc_test(garbage_that_another_thread_asks_for_is_alive_or_dead),
    };
    return cmocka_run_group_tests_name(__FILE__, tests, NULL, NULL);
}
