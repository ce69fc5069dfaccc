/* threads_test.c: threads change a graph of objects while others collect.
 *
 * Each node has a number, and each node's finaliser notes it. So at the end every node that
 * was ever made is either reachable or was finalised, and none was finalised twice. */
#include "tests/threads/together.h"

#ifdef __has_feature
#if __has_feature(thread_sanitizer)
#define __SANITIZE_THREAD__ 1
#endif
#endif
#ifdef __SANITIZE_THREAD__
enum { STEPS = 2000, RINGS = 300, ROUNDS = 10, STEPS_HELPED = 60, ROUNDS_HELPED = 1 };
#else
enum { STEPS = 15000, RINGS = 2000, ROUNDS = 40, STEPS_HELPED = 1500, ROUNDS_HELPED = 3 };
#endif
enum { ROOTS = 64, NODES_MAX = 1 << 20 };

static GiltObject *node, *roots, *weaks;
static GiltObject *number, *left, *right, *box;
static int steps, rounds;
static atomic_int made, finalized, called;
static _Atomic uint8_t ran[NODES_MAX]; /* by number: how often its finaliser ran */

/* ---- Nodes ---- */

static GiltObject *node_new(void) {
    GiltObject *o = gilt_instance_new(node);
    GiltObject *n = gilt_int(atomic_fetch_add(&made, 1));
    gilt_set_attr(o, number, n);
    gilt_decref(n);
    return o;
}

static int64_t number_of(GiltObject *o) {
    int64_t value = 0;
    GiltObject *n = gilt_get_attr(o, number);
    check(n && gilt_int_value(n, &value));
    gilt_decref(n);
    return value;
}

static void set_new(GiltObject *o, GiltObject *name, GiltObject *value) {
    check(value && gilt_set_attr(o, name, value));
    gilt_decref(value);
}

/* Two nodes that name each other; only the first is returned. */
static GiltObject *ring(void) {
    GiltObject *a = node_new(), *b = node_new();
    gilt_set_attr(a, left, b);
    gilt_set_attr(b, left, a);
    gilt_decref(b);
    return a;
}

static GiltObject *note_end(void *data, GiltObject *const *arguments, size_t count) {
    (void)data;
    check(count == 1);
    check(atomic_fetch_add(&ran[number_of(arguments[0])], 1) == 0);
    atomic_fetch_add(&finalized, 1);
    return gilt_none();
}

static GiltObject *note_call(void *data, GiltObject *const *arguments, size_t count) {
    (void)data;
    check(count == 1 && !gilt_weakref_get(arguments[0]));
    atomic_fetch_add(&called, 1);
    return gilt_none();
}

/* ---- Set-up ---- */

static void make_class(GiltNative *end) {
    GiltObject *del = gilt_intern("__del__"), *function;
    node = gilt_class_new("Node", NULL, NULL);
    function = gilt_function_new("__del__", end, NULL);
    gilt_set_attr(node, del, function);
    gilt_decref(function);
    number = gilt_intern("number");
    left = gilt_intern("left");
    right = gilt_intern("right");
    box = gilt_intern("box");
}

/* Attributes that are set in another order make another shape, and shapes stay. */
static void make_shapes(void) {
    GiltObject *names[] = {left, right, box};
    for (int order = 0; order < 27; order++) {
        GiltObject *a = node_new();
        gilt_set_attr(a, names[order % 3], a);
        gilt_set_attr(a, names[order / 3 % 3], a);
        gilt_set_attr(a, names[order / 9], a);
        if (!gilt_del_attr(a, box)) gilt_error_clear();
        gilt_decref(a);
    }
    gilt_gc_collect(2);
}

/* Helpers help only with more than some hundred pages of containers. It stays to the end.
 * Most references lead to a neighbour, so that there is little to send. */
static void make_ballast(void) {
    GiltObject *items[200], *last = gilt_list_new(NULL, 0);
    for (int i = 0; i < 6000; i++) {
        for (int k = 0; k < 200; k++) items[k] = last;
        GiltObject *tuple = gilt_tuple_new(items, 200);
        gilt_decref(last);
        last = tuple;
    }
}

static void start_with_end(const char *settings, GiltNative *end) {
    const char *wrong_setting = gilt_start(&settings, settings ? 1 : 0);
    if (wrong_setting) fail_msg("%s", wrong_setting);
    memset((void *)ran, 0, sizeof ran);
    made = finalized = called = wrong = 0;
    make_class(end);
    make_shapes();
    if (settings) make_ballast();
    steps = settings ? STEPS_HELPED : STEPS; /* a full collection takes long with ballast */
    rounds = settings ? ROUNDS_HELPED : ROUNDS;
    testing_blocks = gilt_memory().blocks;
}

static int start(void **state) { return start_with_end(*state, note_end), 0; }

static int end(void **state) {
    const char *wrong_heap = gilt_gc_verify();
    if (wrong_heap) print_error("%s\n", wrong_heap);
    return testing_end(state) || wrong_heap || wrong ? -1 : 0;
}

/* ---- Changing the graph ---- */

static uint32_t next_random(uint32_t *random) {
    *random ^= *random << 13;
    *random ^= *random >> 17;
    *random ^= *random << 5;
    return *random;
}

/* Whoever has a node in hand has one that was not finalised. */
static GiltObject *pick(uint32_t *random) {
    GiltObject *o = gilt_list_get(roots, next_random(random) % ROOTS);
    GiltObject *further = next_random(random) % 2 ? gilt_get_attr(o, left) : NULL;
    gilt_error_clear();
    if (further) {
        gilt_decref(o);
        o = further;
    }
    check(ran[number_of(o)] == 0);
    return o;
}

static GiltObject *list_with(GiltObject *a, GiltObject *b) {
    GiltObject *items[] = {a, b}, *o = gilt_list_new(items, 2);
    gilt_list_append(o, o);
    return o;
}

static GiltObject *dict_with(GiltObject *a, GiltObject *b) {
    GiltObject *o = gilt_dict_new();
    gilt_dict_set(o, a, b);
    gilt_dict_set(o, left, o);
    return o;
}

static GiltObject *set_with(GiltObject *a, GiltObject *b) {
    GiltObject *items[] = {a, b};
    return gilt_set_new(items, 2);
}

static GiltObject *tuple_with(GiltObject *a, GiltObject *b) {
    GiltObject *inner = list_with(a, b), *items[] = {a, inner},
               *o = gilt_tuple_new(items, 2);
    gilt_decref(inner);
    return o;
}

static void look_at_weak(uint32_t *random) {
    GiltObject *w = gilt_list_get(weaks, next_random(random) % ROOTS);
    GiltObject *o = gilt_is(w, GILT_WEAKREF) ? gilt_weakref_get(w) : NULL;
    if (o) check(ran[number_of(o)] == 0);
    gilt_decref(o);
    gilt_decref(w);
}

static void replace(GiltObject *list, uint32_t *random, GiltObject *with) {
    check(with && gilt_list_set(list, next_random(random) % ROOTS, with));
    gilt_decref(with);
}

static void change(uint32_t *random) {
    GiltObject *a = pick(random), *b = pick(random);
    switch (next_random(random) % 10) {
    case 0:
        gilt_set_attr(a, left, b);
        break;
    case 1:
        gilt_set_attr(a, right, b);
        break;
    case 2:
        set_new(a, left, node_new());
        break;
    case 3:
        set_new(a, box, list_with(a, b));
        break;
    case 4:
        set_new(a, box, dict_with(b, a));
        break;
    case 5:
        set_new(a, box, set_with(a, b));
        break;
    case 6:
        set_new(a, box, tuple_with(a, b));
        break;
    case 7:
        replace(weaks, random, gilt_weakref_new(a, NULL));
        break;
    case 8:
        look_at_weak(random);
        break;
    default:
        replace(roots, random, ring());
        break;
    }
    gilt_decref(a);
    gilt_decref(b);
}

static void mutate(int self) {
    uint32_t random = 2463534242u + (uint32_t)self * 7919u;
    for (int i = 0; i < steps; i++) {
        change(&random);
        gilt_safepoint();
    }
}

static void collect(int self) {
    for (int i = self; keep_reading(); i++) check(gilt_gc_collect(i % 3) >= 0);
}

/* ---- Counting what is there ---- */

/* Finds all nodes from the roots by the public API alone. */
static void visit(GiltObject *o, GiltObject *seen, GiltObject *todo) {
    if (!o || gilt_is(o, GILT_INT) || gilt_contains(seen, o)) return;
    gilt_set_add(seen, o);
    gilt_list_append(todo, o);
}

static void visit_referents(GiltObject *o, GiltObject *seen, GiltObject *todo) {
    GiltObject *names[] = {left, right};
    for (int i = 0; i < 2; i++) {
        GiltObject *to = gilt_get_attr(o, names[i]);
        gilt_error_clear();
        visit(to, seen, todo);
        gilt_decref(to);
    }
}

/* Boxes can be left out: the nodes in a box are made anew only in roots and left, but a box
 * may hold what nobody else does: so they are emptied first. */
static void empty_boxes(GiltObject *seen) {
    size_t position = 0;
    GiltObject *o;
    while (gilt_set_next(seen, &position, &o)) {
        if (!gilt_del_attr(o, box)) gilt_error_clear();
        gilt_decref(o);
    }
}

static size_t count_reachable(void) {
    GiltObject *seen = gilt_set_new(NULL, 0), *todo = gilt_list_new(NULL, 0);
    for (int i = 0; i < ROOTS; i++) {
        GiltObject *o = gilt_list_get(roots, i);
        visit(o, seen, todo);
        gilt_decref(o);
    }
    while (gilt_list_size(todo)) {
        GiltObject *o = gilt_list_pop(todo, -1);
        check(ran[number_of(o)] == 0);
        visit_referents(o, seen, todo);
        gilt_decref(o);
    }
    empty_boxes(seen);
    size_t count = gilt_set_size(seen);
    gilt_decref(todo);
    gilt_decref(seen);
    return count;
}

static void make_roots(void) {
    roots = gilt_list_new(NULL, 0);
    weaks = gilt_list_new(NULL, 0);
    for (int i = 0; i < ROOTS; i++) {
        GiltObject *o = ring();
        gilt_list_append(roots, o);
        gilt_list_append(weaks, left);
        gilt_decref(o);
    }
}

static void collect_all(void) {
    for (int i = 0; i < 3; i++) assert_true(gilt_gc_collect(2) >= 0);
}

static void change_and_collect(int mutators, int collectors) {
    gilt_gc_set_thresholds((const size_t[3]){50, 10, 10});
    make_roots();
    together(mutators, mutate, collectors, collect);
    size_t reachable = count_reachable();
    collect_all();
    assert_int_equal(made - finalized, reachable);
    assert_int_equal(count_reachable(), reachable);
    gilt_decref(roots);
    gilt_decref(weaks);
    collect_all();
    assert_int_equal(finalized, made);
    assert_int_equal(wrong, 0);
}

TEST(one_thread_changes_what_another_collects) { change_and_collect(1, 1); }
TEST(many_threads_change_what_one_collects) { change_and_collect(3, 1); }
TEST(many_threads_change_what_many_collect) { change_and_collect(2, 2); }
TEST(collections_that_run_by_themselves_are_enough) { change_and_collect(4, 0); }

/* ---- Garbage with a known number of objects ---- */

static void make_rings(int count) {
    for (int i = 0; i < count; i++) gilt_decref(ring());
}

static void only_collect(int self) {
    (void)self;
    atomic_fetch_add(&sum, gilt_gc_collect(2));
}

static void collect_at_once(int threads) {
    gilt_gc_disable();
    for (int i = 0; i < rounds; i++) {
        make_rings(RINGS / 10);
        together(threads, only_collect, 0, NULL);
        assert_int_equal(sum, RINGS / 10 * 2);
        assert_int_equal(finalized, made);
    }
}

TEST(two_threads_that_collect_at_once_find_each_object_once) { collect_at_once(2); }
TEST(four_threads_that_collect_at_once_find_each_object_once) { collect_at_once(4); }

static atomic_bool may_end;

static void make_and_stay(void *unused) {
    (void)unused;
    make_rings(RINGS);
    atomic_fetch_sub(&waiting, 1);
    gilt_blocking_begin();
    while (!atomic_load(&may_end)) usleep(100);
    gilt_blocking_end();
}

TEST(garbage_of_a_blocked_thread_is_collected_by_another) {
    gilt_gc_disable();
    waiting = 1;
    may_end = false;
    GiltThread *thread = gilt_thread_start(make_and_stay, NULL);
    while (atomic_load(&waiting)) gilt_safepoint();
    ssize_t found = gilt_gc_collect(2);
    may_end = true;
    assert_true(gilt_thread_join(thread));
    assert_int_equal(found, RINGS * 2);
    assert_int_equal(finalized, made);
}

static void make_and_end(void *unused) {
    (void)unused;
    make_rings(RINGS);
}

TEST(garbage_of_a_thread_that_has_ended_is_collected) {
    gilt_gc_disable();
    for (int i = 0; i < 3; i++)
        assert_true(gilt_thread_join(gilt_thread_start(make_and_end, NULL)));
    assert_int_equal(gilt_gc_collect(2), 3 * RINGS * 2);
    assert_int_equal(finalized, made);
}

/* One half of each ring is another thread's, and it is dropped by a third. */
static GiltObject *halves;

static void join_halves(int self) {
    GiltObject *o;
    for (int i = 0; i < RINGS; i++) {
        GiltObject *mine = node_new();
        o = gilt_list_get(halves, self * RINGS + i);
        gilt_set_attr(mine, left, o);
        gilt_set_attr(o, left, mine);
        gilt_decref(mine);
        gilt_decref(o);
        gilt_safepoint();
    }
}

TEST(rings_through_objects_of_two_threads_are_collected_by_a_third) {
    gilt_gc_disable();
    halves = gilt_list_new(NULL, 0);
    for (int i = 0; i < 2 * RINGS; i++) {
        GiltObject *o = node_new();
        gilt_list_append(halves, o);
        gilt_decref(o);
    }
    together(2, join_halves, 0, NULL);
    gilt_decref(halves);
    together(1, only_collect, 0, NULL);
    assert_int_equal(sum, 4 * RINGS);
    assert_int_equal(finalized, made);
}

/* Each callback is called once, whoever collects. */
TEST(callbacks_of_weak_references_are_called_once_by_whoever_collects) {
    gilt_gc_disable();
    GiltObject *callback = gilt_function_new("note", note_call, NULL);
    GiltObject *kept = gilt_list_new(NULL, 0);
    for (int i = 0; i < RINGS; i++) {
        GiltObject *o = ring(), *w = gilt_weakref_new(o, callback);
        gilt_list_append(kept, w);
        gilt_decref(w);
        gilt_decref(o);
    }
    together(4, only_collect, 0, NULL);
    assert_int_equal(sum, RINGS * 2);
    assert_int_equal(called, RINGS);
    gilt_decref(kept);
    gilt_decref(callback);
}

/* ---- Finalisers that start threads ---- */

static void make_more(void *unused) {
    (void)unused;
    for (int i = 0; i < 10; i++) {
        GiltObject *a = gilt_list_new(NULL, 0);
        gilt_list_append(a, a);
        gilt_decref(a);
    }
    check(gilt_gc_collect(1) >= 0);
}

static GiltObject *start_thread(void *data, GiltObject *const *arguments, size_t count) {
    GiltThread *thread = gilt_thread_start(make_more, NULL);
    check(thread && gilt_thread_join(thread));
    return note_end(data, arguments, count);
}

static int start_with_threads(void **state) {
    return start_with_end(*state, start_thread), 0;
}

static void make_few_and_collect(int self) {
    (void)self;
    for (int i = 0; i < 5; i++) {
        make_rings(4);
        check(gilt_gc_collect(2) >= 0);
    }
}

TEST(finalisers_may_start_threads_that_collect) {
    together(2, make_few_and_collect, 0, NULL);
    collect_all();
    assert_int_equal(finalized, made);
}

#define plain(name) cmocka_unit_test_prestate_setup_teardown(name, start, end, NULL)
#define with_helpers(name)                                                                 \
    cmocka_unit_test_prestate_setup_teardown(name, start, end, "gc_threads=2")

int main(void) {
    const struct CMUnitTest tests[] = {
        plain(one_thread_changes_what_another_collects),
        plain(many_threads_change_what_one_collects),
        plain(many_threads_change_what_many_collect),
        with_helpers(many_threads_change_what_many_collect),
        plain(collections_that_run_by_themselves_are_enough),
        with_helpers(collections_that_run_by_themselves_are_enough),
        plain(two_threads_that_collect_at_once_find_each_object_once),
        plain(four_threads_that_collect_at_once_find_each_object_once),
        with_helpers(four_threads_that_collect_at_once_find_each_object_once),
        plain(garbage_of_a_blocked_thread_is_collected_by_another),
        plain(garbage_of_a_thread_that_has_ended_is_collected),
        plain(rings_through_objects_of_two_threads_are_collected_by_a_third),
        plain(callbacks_of_weak_references_are_called_once_by_whoever_collects),
        cmocka_unit_test_setup_teardown(finalisers_may_start_threads_that_collect,
                                        start_with_threads, end),
    };
    return cmocka_run_group_tests_name("gc threads", tests, NULL, NULL);
}
