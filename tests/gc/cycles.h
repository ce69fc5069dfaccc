/* cycles.h: what the tests of the collector share: graphs of objects in few words.
 *
 * A gc_test begins with the collections that run by themselves off and with everything made
 * so far collected, so that each number is exactly that of what the test has made; there
 * are classes Node (any attributes), Slots (left, right) and Wide (60 slots, to fill
 * pages). It ends with a collection that must find nothing, and with a heap that is in
 * order. */
#pragma once
#include "core/object/object.h"
#include "tests/types/kept.h"

#define WIDE 250

static GiltObject *Node, *Slots, *Wide;

static inline GiltObject *some(GiltObject *o) {
    if (!o) gilt_error_print();
    assert_non_null(o);
    return o;
}

/* ---- Making: new references; arguments are borrowed unless named `own` ---- */

static inline GiltObject *empty_list(void) { return some(gilt_list_new(NULL, 0)); }
static inline GiltObject *list_of(GiltObject *item) {
    return some(gilt_list_new(&item, 1));
}
static inline GiltObject *tuple_of(GiltObject *item) {
    return some(gilt_tuple_new(&item, 1));
}
static inline GiltObject *node(void) { return some(gilt_instance_new(Node)); }

static inline void append(GiltObject *list, GiltObject *item) {
    assert_true(gilt_list_append(list, item));
}

static inline void link_to(GiltObject *o, const char *name, GiltObject *to) {
    assert_true(set(o, name, gilt_incref(to)));
}

static inline void put_in(GiltObject *dict, GiltObject *key, GiltObject *value) {
    assert_true(gilt_dict_set(dict, key, value));
}

/* A ring of lists, each with the next one as its first item. */
static inline GiltObject *ring_of_lists(size_t count) {
    GiltObject *first = empty_list(), *last = gilt_incref(first);
    for (size_t i = 1; i < count; i++) {
        GiltObject *next = empty_list();
        append(last, next);
        gilt_decref(last);
        last = next;
    }
    append(last, first);
    gilt_decref(last);
    return first;
}

/* A ring of Nodes by the attribute `next`. */
static inline GiltObject *ring_of_nodes(size_t count) {
    GiltObject *first = node(), *last = gilt_incref(first);
    for (size_t i = 1; i < count; i++) {
        GiltObject *next = node();
        link_to(last, "next", next);
        gilt_decref(last);
        last = next;
    }
    link_to(last, "next", first);
    gilt_decref(last);
    return first;
}

/* ---- Asking ---- */

static inline void assert_sound(void) {
    const char *wrong = gilt_gc_verify();
    if (wrong) fail_msg("gilt_gc_verify: %s", wrong);
}

/* A collection of all finds this many objects, and leaves the heap in order. */
static inline void assert_found(ssize_t count) {
    assert_int_equal(gilt_gc_collect(2), count);
    assert_sound();
}

static inline size_t blocks_now(void) { return gilt_memory().blocks; }

static inline void assert_gone(GiltObject *own_weakref) {
    assert_null(gilt_weakref_get(own_weakref));
    assert_null(gilt_error());
    gilt_decref(own_weakref);
}

static inline void assert_alive(GiltObject *weakref) {
    gilt_decref(some(gilt_weakref_get(weakref)));
}

static inline void assert_at(GiltObject *list, ssize_t index, GiltObject *item) {
    GiltObject *got = some(gilt_list_get(list, index));
    assert_ptr_equal(got, item);
    gilt_decref(got);
}

/* ---- The frame of a test ---- */

static inline GiltObject *wide_class(void) {
    static char names[WIDE][16];
    const char *slots[WIDE + 1] = {0};
    for (int i = 0; i < WIDE; i++) {
        snprintf(names[i], sizeof names[i], "s%d", i);
        slots[i] = names[i];
    }
    return gilt_class_new("Wide", NULL, slots);
}

/* Makes the shapes of Nodes with these names in this order, before blocks are counted.
 */
static inline void warm_up(const char *const *names) {
    GiltObject *o = node();
    for (; *names; names++) link_to(o, *names, Node);
    gilt_decref(o);
}

static inline int gc_begin_with(const char *const *options, size_t count) {
    const char *const slots[] = {"left", "right", NULL};
    const char *wrong = gilt_start(options, count);
    if (wrong) fail_msg("gilt_start: %s", wrong);
    gilt_gc_disable();
    Node = some(gilt_class_new("Node", NULL, NULL));
    Slots = some(gilt_class_new("Slots", NULL, slots));
    Wide = some(wide_class());
    static const char *const orders[][4] = {
        {"next", "before", "item"}, {"next", "item", "before"}, {"before", "next", "item"},
        {"before", "item", "next"}, {"item", "next", "before"}, {"item", "before", "next"}};
    for (int i = 0; i < 6; i++) warm_up(orders[i]);
    gilt_gc_collect(2);
    testing_blocks = blocks_now();
    return 0;
}

static inline int gc_begin(void **state) {
    (void)state;
    return gc_begin_with(NULL, 0);
}

static inline int gc_end(void **state) {
    ssize_t left = gilt_gc_collect(2);
    const char *wrong = gilt_gc_verify();
    if (left) print_error("the test left garbage: %zd objects\n", left);
    if (wrong) print_error("gilt_gc_verify: %s\n", wrong);
    return testing_end(state) || left || wrong ? -1 : 0;
}

#define gc_test(name) cmocka_unit_test_setup_teardown(name, gc_begin, gc_end)
